package corpus

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"hearsay/doc"
)

// GeoDoc is an article whose place names people found on the map.
type GeoDoc struct {
	*doc.Doc
	// Unplaced are the places of the text that have no coordinates: nobody could tell
	// where they lie. Doc.Places holds the others.
	Unplaced []doc.Span
	// Adrift says how many places were dropped because their name does not stand
	// where the file says; none in either corpus.
	Adrift int
}

// Geo reads a corpus of toponyms: LGL (articles of local newspapers, with outlet and
// date) or GeoVirus (Wikinews on epidemics), told apart by their elements. Places hold
// the gold in order of the text, with Name as the gold gives it, Country as its English
// name where it does, and GeoNames where known. Offsets in the files are code points,
// which GeoVirus counts from one. Errors name the file and article.
func Geo(path string) ([]GeoDoc, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read geo: %w", err)
	}
	var file struct {
		Articles []struct {
			ID        string         `xml:"docid,attr"`
			Title     string         `xml:"title"`
			Domain    string         `xml:"domain"`
			Time      string         `xml:"dltime"`
			Source    string         `xml:"source"`
			Text      string         `xml:"text"`
			Toponyms  []lglName      `xml:"toponyms>toponym"`
			Locations []geoVirusName `xml:"locations>location"`
		} `xml:"article"`
	}
	if err := xml.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if len(file.Articles) == 0 {
		return nil, fmt.Errorf("read %s: no articles", path)
	}
	docs := make([]GeoDoc, 0, len(file.Articles))
	for i, a := range file.Articles {
		name := a.ID
		if name == "" {
			name = strconv.Itoa(i + 1)
		}
		d := GeoDoc{Doc: doc.New(a.Text)}
		d.Meta = doc.Meta{Path: filepath.Base(path) + "#" + name, Title: a.Title, Outlet: a.Domain, Language: "en"}
		if len(a.Time) >= 10 {
			d.Meta.Published = a.Time[:10]
		}
		at := runeStarts(a.Text)
		for _, t := range a.Toponyms {
			if err := d.add(at, t.Start, t.End, t.Phrase, t.Tag); err != nil {
				return nil, fmt.Errorf("read %s: article %s: %w", path, name, err)
			}
		}
		for _, l := range flat(a.Locations) {
			if err := d.add(at, l.Start-1, l.End-1, l.Name, &geoTag{Name: l.Name, Lat: l.Lat, Lon: l.Lon}); err != nil {
				return nil, fmt.Errorf("read %s: article %s: %w", path, name, err)
			}
		}
		sort.SliceStable(d.Places, func(i, j int) bool { return d.Places[i].Begin < d.Places[j].Begin })
		docs = append(docs, d)
	}
	return docs, nil
}

type lglName struct {
	Start  int     `xml:"start"`
	End    int     `xml:"end"`
	Phrase string  `xml:"phrase"`
	Tag    *geoTag `xml:"gaztag"`
}

// geoTag is an entry of GeoNames.
type geoTag struct {
	ID      string `xml:"geonameid,attr"`
	Name    string `xml:"name"`
	Lat     string `xml:"lat"`
	Lon     string `xml:"lon"`
	Country string `xml:"country"`
}

// geoVirusName is a place of GeoVirus. A few stand inside another by mistake.
type geoVirusName struct {
	Name  string         `xml:"name"`
	Start int            `xml:"start"`
	End   int            `xml:"end"`
	Lat   string         `xml:"lat"`
	Lon   string         `xml:"lon"`
	Inner []geoVirusName `xml:"location"`
}

func flat(list []geoVirusName) (out []geoVirusName) {
	for _, l := range list {
		out = append(append(out, l), flat(l.Inner)...)
	}
	return out
}

// add takes one gold place in; at is the byte offset of each code point.
func (d *GeoDoc) add(at []int, start, end int, phrase string, tag *geoTag) error {
	phrase = strings.TrimSpace(phrase)
	if start < 0 || end >= len(at) || start >= end || strings.TrimSpace(d.Text[at[start]:at[end]]) != phrase {
		d.Adrift++
		return nil
	}
	span := doc.Span{Begin: at[start], End: at[end]}.Trim(d.Text)
	if tag == nil || tag.Lat == "" || tag.Lon == "" {
		d.Unplaced = append(d.Unplaced, span)
		return nil
	}
	p := doc.Place{Span: span, Name: tag.Name, Country: tag.Country}
	var err1, err2 error
	p.Lat, err1 = strconv.ParseFloat(strings.TrimSpace(tag.Lat), 64)
	p.Lon, err2 = strconv.ParseFloat(strings.TrimSpace(tag.Lon), 64)
	if err1 != nil || err2 != nil || p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180 {
		return fmt.Errorf("%q lies at %q, %q", phrase, tag.Lat, tag.Lon)
	}
	p.GeoNames, _ = strconv.Atoi(tag.ID)
	d.Places = append(d.Places, p)
	return nil
}
