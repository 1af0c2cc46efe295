package collect

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// Sitemap is what a sitemap names (https://www.sitemaps.org/protocol.html): the sitemaps
// of an index, or pages.
type Sitemap struct {
	Sitemaps []string
	Entries  []Entry
}

// maxListed is the protocol's limit of the addresses in one sitemap.
const maxListed = 50_000

// ParseSitemap reads a sitemap that was found at the address list. Of a news
// sitemap (xmlns http://www.google.com/schemas/sitemap-news/0.9) publication, title, date
// and keywords go into the entries. What stands before an error comes with it.
func ParseSitemap(list string, raw []byte) (s Sitemap, err error) {
	text, _, err := xmlText(raw)
	if err != nil {
		return s, fmt.Errorf("read sitemap %s: %w", list, err)
	}
	if root := rootElement(text); root != "urlset" && root != "sitemapindex" {
		return s, fmt.Errorf("read sitemap %s: %w", list, notRoot("urlset", root))
	}
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.CharsetReader = asIs
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return s, fmt.Errorf("read sitemap %s: byte %d: %w", list, dec.InputOffset(), err)
		}
		element, ok := token.(xml.StartElement)
		if !ok || element.Name.Local != "url" && element.Name.Local != "sitemap" {
			continue
		}
		if len(s.Sitemaps)+len(s.Entries) == maxListed {
			return s, fmt.Errorf("read sitemap %s: names more than %d addresses", list, maxListed)
		}
		var u struct {
			Loc     string `xml:"loc"`
			LastMod string `xml:"lastmod"`
			News    struct {
				Title       string `xml:"title"`
				Date        string `xml:"publication_date"`
				Keywords    string `xml:"keywords"`
				Publication struct {
					Name     string `xml:"name"`
					Language string `xml:"language"`
				} `xml:"publication"`
			} `xml:"news"`
		}
		if err := dec.DecodeElement(&u, &element); err != nil {
			return s, fmt.Errorf("read sitemap %s: byte %d: %w", list, dec.InputOffset(), err)
		}
		loc := absolute(list, u.Loc)
		switch {
		case loc == "":
		case element.Name.Local == "sitemap":
			s.Sitemaps = append(s.Sitemaps, loc)
		default:
			e := Entry{List: list, URL: loc, Updated: dated(u.LastMod)}
			e.Title = strings.TrimSpace(u.News.Title)
			e.Published = dated(u.News.Date)
			e.ListTitle = strings.TrimSpace(u.News.Publication.Name)
			e.Outlet = e.ListTitle
			e.Language = strings.TrimSpace(u.News.Publication.Language)
			for word := range strings.SplitSeq(u.News.Keywords, ",") {
				if word = strings.TrimSpace(word); word != "" {
					e.Categories = append(e.Categories, word)
				}
			}
			s.Entries = append(s.Entries, e)
		}
	}
}

// dateForms are those of sitemaps, archives and lines. Forms without an hour come first.
var dateForms = []struct {
	form string
	day  bool
}{
	{"2006-01-02", true}, {"2006-1-2", true}, {"20060102", true}, {"2006/01/02", true}, {"2 January 2006", true}, {"January 2, 2006", true}, {"Jan 2, 2006", true},
	{time.RFC3339Nano, false}, {"2006-01-02T15:04Z07:00", false}, {"2006-01-02T15:04:05Z0700", false}, {"2006-01-02T15:04:05", false},
	{"2006-01-02 15:04:05Z07:00", false}, {"2006-01-02 15:04:05 -0700", false}, {"2006-01-02 15:04:05", false}, {"2006-01-02 15:04", false},
	{time.RFC1123, false}, {time.RFC1123Z, false}, {"Mon, 2 Jan 2006 15:04:05 -0700", false}, {"Mon, 2 Jan 2006 15:04:05 MST", false},
}

// dated reads a date in one of dateForms. Without a zone it is UTC.
func dated(text string) Date {
	d := Date{Text: strings.TrimSpace(text)}
	if d.Text == "" || len(d.Text) > 64 {
		return d
	}
	for _, f := range dateForms {
		t, err := time.Parse(f.form, d.Text)
		if err != nil {
			continue
		}
		d.Time, d.Day = t.UTC(), f.day
		if name, _ := t.Zone(); strings.HasSuffix(f.form, "MST") && name != "UTC" && name != "GMT" {
			// An abbreviation says nothing to the parser: it counts as UTC.
			if hours, known := zones[name]; known {
				d.Time = d.Time.Add(-time.Duration(hours) * time.Hour)
			} else {
				d.Time, d.Day = d.Time.Truncate(24*time.Hour), true
			}
		}
		break
	}
	return d
}

// zones are the hours before and behind UTC of the abbreviations in RFC 822, and of those
// in Europe that have one meaning. By any other only the day is sure.
var zones = map[string]int{
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
	"WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3,
}
