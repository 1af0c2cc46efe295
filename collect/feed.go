package collect

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	jsonfeed "github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"
)

// Feed is what an RSS, Atom or JSON feed says.
type Feed struct {
	URL      string
	Title    string
	Site     string // the page that the feed belongs to
	Language string
	Entries  []Entry // as the feed orders them, without those that are repeated
	// Every is how long the feed says that it stays as it is (ttl, sy:updatePeriod), or 0.
	Every time.Duration
	// Problems are what is wrong with single entries or characters: the rest was read.
	Problems []error
}

// maxFeed is how many bytes of a feed are read. Its reader builds trees of the HTML in it.
const maxFeed = 10 << 20

// ErrNotFeed is the reason where a document is no feed at all, and not a broken one.
var ErrNotFeed = errors.New("not a feed")

// ParseFeed reads a feed that was found at an address or path. It forgives what feeds get
// wrong: HTML entities, bare ampersands, control characters, a wrong encoding. The error
// is ErrNotFeed, or says where the feed breaks off.
func ParseFeed(address string, raw []byte) (*Feed, error) {
	if len(raw) > maxFeed {
		return nil, fmt.Errorf("read feed %s: %w of %s: %d bytes", address, errLarge, megabytes(maxFeed), len(raw))
	}
	text, note, err := utf8Text(raw), "", error(nil)
	isXML := bytes.HasPrefix(bytes.TrimLeft(text, " \t\r\n"), []byte("<"))
	switch kind := kindOf(text[:min(len(text), headSize)]); {
	case kind != kindFeed && kind != kindLines: // a line may be a feed whose version stands far behind
		return nil, fmt.Errorf("read feed %s: %w, but %s", address, ErrNotFeed, whatIs(text))
	case isXML:
		if text, note, err = xmlText(raw); err != nil {
			return nil, fmt.Errorf("read feed %s: %w", address, err)
		}
		text = fromRoot(text)
	case bytes.Count(text, []byte("{")) > maxObjects:
		return nil, fmt.Errorf("read feed %s: more than %d objects", address, maxObjects)
	}
	parser := gofeed.NewParser()
	parser.KeepOriginalFeed = true
	from, err := parser.Parse(bytes.NewReader(text))
	switch {
	case errors.Is(err, gofeed.ErrFeedTypeNotDetected):
		return nil, fmt.Errorf("read feed %s: %w", address, ErrNotFeed)
	case err != nil:
		return nil, fmt.Errorf("read feed %s: %w", address, err)
	}
	if len(from.Items) > maxListed {
		return nil, fmt.Errorf("read feed %s: more than %d entries", address, maxListed)
	}
	f := &Feed{URL: address, Title: plain(from.Title), Site: absolute(address, from.Link), Language: from.Language}
	if note != "" {
		f.Problems = append(f.Problems, fmt.Errorf("read feed %s: %s", address, note))
	}
	entries := make([]Entry, len(from.Items))
	for i, item := range from.Items {
		entries[i] = f.entry(item)
	}
	switch original := from.OriginalFeed().(type) {
	case *rss.Feed:
		f.Every = max(minutes(original.TTL), syndication(original.Extensions))
		for i, item := range original.Items {
			rssSource(&entries[i], item)
		}
	case *atom.Feed:
		for i, entry := range original.Entries {
			atomSource(&entries[i], entry)
		}
	case *jsonfeed.Feed:
		if original.Version == "" && original.Items == nil {
			return nil, fmt.Errorf("read feed %s: %w, but other JSON", address, ErrNotFeed)
		}
		for i, item := range original.Items {
			if item != nil {
				entries[i].Source.URL = item.ExternalURL
			}
		}
	}
	f.distinct(entries)
	return f, nil
}

// fromRoot takes off what stands before the first element: a declaration that is not true
// any more, since the text is UTF-8 now, and comments, which may be long. Their line ends
// stay, for the line that an error names; of more than two thousand the kind of a feed
// could not be told.
func fromRoot(text []byte) []byte {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.CharsetReader = asIs
	for {
		at := dec.InputOffset()
		token, err := dec.RawToken()
		if err != nil {
			return text
		}
		if _, ok := token.(xml.StartElement); ok {
			lines := min(bytes.Count(text[:at], []byte("\n")), 2000)
			return append(bytes.Repeat([]byte("\n"), lines), text[at:]...)
		}
	}
}

// whatIs names a document that is no feed.
func whatIs(text []byte) string {
	text = text[:min(len(text), headSize)]
	switch kindOf(text) {
	case kindOPML:
		return "an OPML list"
	case kindSitemap:
		return "a sitemap"
	case kindWARC:
		return "an archive"
	}
	switch trimmed := bytes.TrimSpace(text); {
	case len(trimmed) == 0:
		return "empty"
	case trimmed[0] != '<':
		return "neither XML nor JSON"
	case strings.HasPrefix(http.DetectContentType(text), "text/html"), rootElement(text) == "":
		return "an HTML page"
	}
	return "a document of the element <" + rootElement(text) + ">"
}

// entry takes over what all three formats say alike.
func (f *Feed) entry(item *gofeed.Item) Entry {
	e := Entry{
		List: f.URL, ListTitle: f.Title, ID: item.GUID, URL: absolute(f.URL, item.Link),
		Title: plain(item.Title), Language: f.Language, Categories: item.Categories,
		Summary: item.Description, Content: item.Content,
		Published: parsed(item.Published, item.PublishedParsed),
		Updated:   parsed(item.Updated, item.UpdatedParsed),
	}
	var authors []string
	for _, p := range item.Authors {
		if p == nil {
			continue
		}
		if name := plain(p.Name); name != "" {
			authors = append(authors, name)
		} else if p.Email != "" {
			authors = append(authors, p.Email)
		}
	}
	e.Author = strings.Join(authors, ", ")
	if dc := item.DublinCoreExt; dc != nil {
		e.Outlet = plain(first(dc.Publisher))
		if from := strings.TrimSpace(first(dc.Source)); isAddress(from) {
			e.Source.URL = from
		} else {
			e.Source.Title = plain(from)
		}
	}
	// FeedBurner and others rewrite links to count clicks, and keep the original beside.
	e.Canonical = strings.TrimSpace(extension(item.Extensions, "feedburner", "origLink"))
	return e
}

// rssSource reads <source url="https://harbour.example/rss">The Harbour Post</source>,
// and the atom:source that some write into RSS.
func rssSource(e *Entry, item *rss.Item) {
	if s := item.Source; s != nil && (s.URL != "" || s.Title != "") {
		e.Source = Source{Title: plain(s.Title), URL: absolute(e.List, s.URL)}
	}
	if item.GUID != nil && e.URL == "" && isAddress(item.GUID.Value) && item.GUID.IsPermalink != "false" {
		e.URL = item.GUID.Value
	}
	for _, s := range item.Extensions["atom"]["source"] {
		from := Source{ID: child(s, "id"), Title: plain(child(s, "title"))}
		for _, link := range s.Children["link"] {
			if href := link.Attrs["href"]; href != "" && (from.URL == "" || link.Attrs["rel"] == "self") {
				from.URL = absolute(e.List, href)
			}
		}
		if e.Source == (Source{}) {
			e.Source = from
		}
	}
	for _, link := range item.Extensions["atom"]["link"] {
		e.link(link.Attrs["rel"], link.Attrs["href"])
	}
}

// atomSource reads atom:source and the links of an Atom entry.
func atomSource(e *Entry, entry *atom.Entry) {
	for _, l := range entry.Links {
		if l != nil {
			e.link(l.Rel, l.Href)
		}
	}
	s := entry.Source
	if s == nil {
		return
	}
	from := Source{Title: plain(s.Title), ID: s.ID}
	for _, l := range s.Links {
		if l != nil && l.Href != "" && (from.URL == "" || l.Rel == "self") {
			from.URL = absolute(e.List, l.Href)
		}
	}
	if from != (Source{}) {
		e.Source = from
	}
	if e.Author == "" { // RFC 4287, 4.2.1: the authors are then those of the source
		for _, p := range s.Authors {
			if p != nil && p.Name != "" && e.Author == "" {
				e.Author = plain(p.Name)
			}
		}
	}
}

// link takes over a link that tells of the origin: "canonical" and "via".
func (e *Entry) link(rel, href string) {
	switch strings.ToLower(rel) {
	case "canonical":
		e.Canonical = absolute(e.List, href)
	case "via":
		e.Via = absolute(e.List, href)
	}
}

// distinct keeps the entries that a feed does not repeat. An id that stands at two
// addresses is a mistake of the feed: both entries stay, and it is said.
func (f *Feed) distinct(entries []Entry) {
	byKey, byID := map[string]bool{}, map[string]string{}
	for i, e := range entries {
		key := e.Key()
		if key == "" {
			if e.Title == "" && e.Content == "" && e.Summary == "" {
				f.Problems = append(f.Problems, fmt.Errorf("read feed %s: entry %d: empty", f.URL, i+1))
				continue
			}
			e.ID = "title:" + e.Title // all that tells it apart
			key = e.ID
		}
		if at, known := byID[e.ID]; known && e.ID != "" {
			f.Problems = append(f.Problems, fmt.Errorf("read feed %s: entry %d: has the id %q of an earlier entry (%s)", f.URL, i+1, e.ID, at))
		}
		if e.ID != "" {
			byID[e.ID] = key
		}
		if byKey[key] {
			continue
		}
		byKey[key] = true
		f.Entries = append(f.Entries, e)
	}
}

func parsed(text string, t *time.Time) Date {
	d := dated(text)
	if d.Time.IsZero() && t != nil {
		d.Time = t.UTC()
	}
	return d
}

// minutes reads the ttl of RSS.
func minutes(text string) time.Duration {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n <= 0 || n > 60*24*365 {
		return 0
	}
	return time.Duration(n) * time.Minute
}

var periods = map[string]time.Duration{
	"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
}

// syndication reads sy:updatePeriod and sy:updateFrequency
// (http://purl.org/rss/1.0/modules/syndication/): "hourly", 2 is every thirty minutes.
func syndication(e ext.Extensions) time.Duration {
	every := periods[strings.ToLower(strings.TrimSpace(extension(e, "sy", "updatePeriod")))]
	if n, err := strconv.Atoi(strings.TrimSpace(extension(e, "sy", "updateFrequency"))); err == nil && n > 1 {
		every /= time.Duration(n)
	}
	return every
}

func extension(e ext.Extensions, prefix, name string) string {
	for _, x := range e[prefix][name] {
		return x.Value
	}
	return ""
}

func child(e ext.Extension, name string) string {
	for _, x := range e.Children[name] {
		return strings.TrimSpace(x.Value)
	}
	return ""
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}

// plain is a title or name on one line. Feeds escape them twice: "Grain &amp;amp; Tides".
func plain(text string) string {
	return strings.Join(strings.Fields(html.UnescapeString(text)), " ")
}

func isAddress(text string) bool {
	u, err := url.Parse(strings.TrimSpace(text))
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// absolute resolves an address against that of the list it stands in. It is "" for what
// is no address of the web.
func absolute(list, address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || strings.TrimSpace(address) == "" {
		return ""
	}
	if base, err := url.Parse(list); err == nil && base.Host != "" {
		u = base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}
