package collect

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Page is one document as it came.
type Page struct {
	// Locator says where the bytes were taken from: an address as it was asked for, a
	// path, path:LINE in a file of JSON lines, path@OFFSET in an archive.
	Locator string
	// URL is the address of the page after all redirects, as the archive gives it, or
	// as the line gives it; "" for a file.
	URL string
	// Moved tells that there were redirects and that each was permanent (301, 308).
	Moved bool
	// Fetched is when the bytes were taken: by this program, or by the archive.
	Fetched time.Time
	// Status is that of HTTP, or 0 where none was spoken. 304 comes without a body.
	Status int
	// Header holds those of keptHeaders that the server sent.
	Header http.Header
	// Body is the document, free of transfer and content encoding, otherwise byte for
	// byte: its characters are not converted.
	Body []byte
	// Cut says in a word why Body lacks its end, or is "".
	Cut string
	// Fallback says why Body is the content that the entry held and not the page that
	// it names, or is "".
	Fallback string
	// Entry is what the feed, sitemap, archive or line said of the page.
	Entry Entry
	// Cursor is the place behind this page: [Collector.Pages] goes on from it.
	Cursor Cursor
}

// Canonical is the address that the server (Link: <…>; rel="canonical") or else the entry
// calls the original of the page, or "".
func (p Page) Canonical() string {
	for _, header := range p.Header["Link"] {
		for link := range strings.SplitSeq(header, ",") {
			address, params, _ := strings.Cut(link, ";")
			address = strings.TrimSpace(address)
			for param := range strings.SplitSeq(params, ";") {
				name, value, _ := strings.Cut(strings.TrimSpace(param), "=")
				if strings.EqualFold(name, "rel") && strings.EqualFold(strings.Trim(value, `"`), "canonical") && strings.HasPrefix(address, "<") {
					return absolute(p.URL, strings.Trim(address, "<>"))
				}
			}
		}
	}
	return p.Entry.Canonical
}

// keptHeaders are the headers of use: to ask again, to read the body, and to know the
// original (a Link may say rel="canonical").
var keptHeaders = []string{"Content-Type", "Etag", "Last-Modified", "Cache-Control", "Content-Language", "Link", "Date"}

func kept(from http.Header) http.Header {
	out := http.Header{}
	for _, name := range keptHeaders {
		if v := from[name]; len(v) > 0 {
			out[name] = v
		}
	}
	return out
}

// Entry is what a list said of a page: evidence of where the page comes from.
type Entry struct {
	List       string   `json:"list,omitempty"`       // address or path of the feed, sitemap, archive or file
	ListTitle  string   `json:"list_title,omitempty"` // the feed's own name, or the sitemap's publication
	ID         string   `json:"id,omitempty"`         // guid, atom:id, record or line id, as written
	URL        string   `json:"url,omitempty"`        // the address that the entry links to
	Canonical  string   `json:"canonical,omitempty"`  // the address that is called the original
	Via        string   `json:"via,omitempty"`        // where the list says that it found it
	Source     Source   `json:"source,omitzero"`      // RSS <source>, atom:source, dc:source
	Outlet     string   `json:"outlet,omitempty"`     // who publishes it, where the entry says so
	Title      string   `json:"title,omitempty"`
	Author     string   `json:"author,omitempty"` // several are divided by ", "
	Language   string   `json:"language,omitempty"`
	Published  Date     `json:"published,omitzero"`
	Updated    Date     `json:"updated,omitzero"`
	Categories []string `json:"categories,omitempty"`
	Summary    string   `json:"summary,omitempty"` // HTML or text, as it came
	Content    string   `json:"content,omitempty"` // the same, of the whole article
}

// Key tells entries of one list apart: their address, or else their id. Ids come second
// since feeds repeat them.
func (e Entry) Key() string {
	if e.URL != "" {
		return e.URL
	}
	return e.ID
}

// Source is the feed that an entry was taken over from, as the entry credits it.
type Source struct {
	Title string `json:"title,omitempty"`
	URL   string `json:"url,omitempty"` // the feed of the source, or else its site
	ID    string `json:"id,omitempty"`
}

// Date is a time as a list wrote it.
type Date struct {
	Text string    `json:"text,omitempty"`
	Time time.Time `json:"time,omitzero"` // in UTC; zero where Text is not understood
	// Day tells that Text names a day only: Time is its first moment in UTC.
	Day bool `json:"day,omitempty"`
}

// firstNews is before the oldest page of the web and after the zero times of broken
// publishing systems (1 January 1970, 1 January 1980).
var firstNews = time.Date(1981, 1, 1, 0, 0, 0, 0, time.UTC)

// Plausible tells whether a page that was fetched at that time can bear the date: it is
// understood, not before 1981 and not more than a day ahead, since clocks and zones
// differ.
func (d Date) Plausible(fetched time.Time) bool {
	return !d.Time.IsZero() && !d.Time.Before(firstNews) && !d.Time.After(fetched.Add(24*time.Hour))
}

// Cursor is a place in a source, as printable text; "" is its beginning. It is a JSON
// array with a key for each level: ["2031/crawl.warc.gz","84211"] is the record at that
// byte of that archive in a folder. It stays good while the source is as it was; where a
// key is gone from a feed or sitemap, that list is read from its beginning.
type Cursor string

// place is where a reading stands: the keys above it, and the keys below at which it is
// to go on.
type place struct {
	above []string
	from  []string
}

func start(at Cursor) (place, error) {
	var p place
	if at == "" {
		return p, nil
	}
	if err := json.Unmarshal([]byte(at), &p.from); err != nil {
		return p, fmt.Errorf("cursor %q: not one of this program's: %w", at, err)
	}
	return p, nil
}

// key is the key of this level to go on at, or "".
func (p place) key() string {
	if len(p.from) == 0 {
		return ""
	}
	return p.from[0]
}

// within tells whether the reading goes on inside of the key of this level, and not
// behind it.
func (p place) within() bool { return len(p.from) > 1 }

// inside is the place below the given key.
func (p place) inside(key string) place {
	q := place{above: append(p.above[:len(p.above):len(p.above)], key)}
	if p.within() && p.from[0] == key {
		q.from = p.from[1:]
	}
	return q
}

// behind is the cursor behind what the given key names.
func (p place) behind(key string) Cursor {
	text, err := json.Marshal(append(p.above[:len(p.above):len(p.above)], key))
	if err != nil {
		panic(err) // an array of strings
	}
	return Cursor(text)
}
