package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"
)

// Collector takes pages from sources. Its fields are set before use and not after; it may
// be used by many goroutines if Seen may.
type Collector struct {
	// Fetcher gets what is on the web. Without one nothing is fetched: addresses are
	// refused, and the entries of a feed in a file are pages by their own content.
	Fetcher *Fetcher
	// Fields names the fields of JSON lines.
	Fields Fields
	// MaxPage is how many bytes a page in a file or archive may have; 0: 20 MB.
	MaxPage int64
	// Seen tells that the page of an entry is known, and is not to be fetched. nil: none is.
	Seen func(Entry) bool
	// Now is the clock, for the time at which files are read; nil: time.Now.
	Now func() time.Time
}

// Pages takes the pages of a source, one after another: of a file, a folder, a feed, OPML
// list, sitemap or page on the web. What a source is, is told by its content. It goes on
// behind the place after, if that is not "". Sources stream: what is held in memory is one
// page, or one feed or sitemap, whatever the size of an archive.
//
// An error names the thing that it is about, and the rest goes on; the page beside it is
// empty but for Locator and the Cursor behind what is wrong. After an error whose Cursor is
// "" there is nothing more.
func (c *Collector) Pages(ctx context.Context, name string, after Cursor) iter.Seq2[Page, error] {
	return func(yield func(Page, error) bool) {
		at, err := start(after)
		if err != nil {
			yield(Page{Locator: name}, err)
			return
		}
		out := func(p Page, err error) bool {
			if e := ctx.Err(); e != nil {
				yield(Page{Locator: name}, e)
				return false
			}
			return yield(p, err)
		}
		switch {
		case isAddress(name):
			c.address(ctx, name, at, 0, out)
		default:
			info, err := os.Stat(name)
			switch {
			case err != nil:
				out(Page{Locator: name}, reading(name, err))
			case info.IsDir():
				c.folder(ctx, name, at, out)
			case !info.Mode().IsRegular():
				out(Page{Locator: name}, fmt.Errorf("read %s: neither a file nor a folder", name))
			default:
				c.file(ctx, name, at, "", out)
			}
		}
	}
}

// yielder takes a page or an error, and tells whether to go on.
type yielder func(Page, error) bool

func (c *Collector) clock() time.Time {
	if c.Now != nil {
		return c.Now().UTC()
	}
	return time.Now().UTC()
}

func (c *Collector) mostPage() int64 {
	if c.MaxPage > 0 {
		return c.MaxPage
	}
	return defaultPage
}

func (c *Collector) mostList() int64 {
	if c.Fetcher != nil {
		return c.Fetcher.opt.MaxList
	}
	return defaultList
}

func errNoFetcher(address string) error {
	return fmt.Errorf("fetch %s: fetching is off", address)
}

// maxNested is how deep lists may lie in each other: an OPML list, a sitemap index, its
// sitemaps.
const maxNested = 3

// address takes the pages of a source on the web. depth counts the lists that led to it.
func (c *Collector) address(ctx context.Context, address string, at place, depth int, yield yielder) bool {
	if c.Fetcher == nil {
		return yield(Page{Locator: address, Cursor: at.behind(address)}, errNoFetcher(address))
	}
	fail := func(err error) bool {
		return yield(Page{Locator: address, Cursor: at.behind(address)}, err)
	}
	page, err := c.Fetcher.Get(ctx, Request{URL: address, List: true})
	if err != nil {
		return fail(err)
	}
	raw, kind, err := unpackList(page.Body, c.mostList())
	switch {
	case err != nil:
		return fail(fmt.Errorf("read %s: %w", address, err))
	case kind == kindPage && depth == 0 && len(bytes.TrimSpace(raw)) > 0:
		if !readable(page.Header.Get("Content-Type"), false) {
			return fail(&FetchError{URL: address, Reason: ReasonType, Err: fmt.Errorf("content type %q", page.Header.Get("Content-Type"))})
		}
		if at.key() == address {
			return true
		}
		page.Entry.URL, page.Cursor = address, at.behind(address)
		return yield(page, nil)
	}
	return c.list(ctx, address, page.URL, raw, kind, at, depth, yield)
}

// list takes the pages that a feed, OPML list or sitemap names.
func (c *Collector) list(ctx context.Context, name, address string, raw []byte, kind kind, at place, depth int, yield yielder) bool {
	var children []string
	var entries []Entry
	var problems []error
	var err error
	switch kind {
	case kindOPML:
		var subscriptions []Subscription
		subscriptions, err = OPML(raw)
		for _, s := range subscriptions {
			children = append(children, s.URL)
		}
		if err != nil {
			err = fmt.Errorf("%s: %w", name, err)
		}
	case kindSitemap:
		var m Sitemap
		m, err = ParseSitemap(address, raw)
		children, entries = m.Sitemaps, m.Entries
	default:
		var feed *Feed
		if feed, err = ParseFeed(address, raw); err == nil {
			entries, problems = feed.Entries, feed.Problems
		}
	}
	children, circles := onward(children, append(at.above[:len(at.above):len(at.above)], name))
	for _, back := range circles {
		problems = append(problems, fmt.Errorf("read %s: names %s, which led to it", name, back))
	}
	if err == nil && len(children) > 0 && depth == maxNested {
		children, err = nil, fmt.Errorf("read %s: lists lie in lists more than %d deep", name, maxNested)
	}
	if err != nil {
		problems = append(problems, err)
	}
	if at.key() == "" { // else they were told the first time
		behind := at.behind("")
		if len(entries)+len(children) == 0 {
			behind = at.behind("end")
		}
		for _, problem := range problems {
			if !yield(Page{Locator: name, Cursor: behind}, problem) {
				return false
			}
		}
	}
	return c.children(ctx, children, at, depth, yield) && c.entries(ctx, entries, at, yield)
}

// onward returns the lists that a list names, each once, without those that led to it.
func onward(children, path []string) (out, circles []string) {
	known := map[string]bool{}
	for _, c := range children {
		switch {
		case slices.Contains(path, c):
			circles = append(circles, c)
		case !known[c]:
			known[c] = true
			out = append(out, c)
		}
	}
	return out, circles
}

// children takes the pages of the lists that a list names.
func (c *Collector) children(ctx context.Context, children []string, at place, depth int, yield yielder) bool {
	from := 0
	for i, address := range children {
		if address == at.key() {
			from = i
			if !at.within() {
				from++
			}
		}
	}
	for _, address := range children[from:] {
		if !c.address(ctx, address, at.inside(address), depth+1, yield) {
			return false
		}
	}
	return true
}

// entries takes the pages of entries.
func (c *Collector) entries(ctx context.Context, entries []Entry, at place, yield yielder) bool {
	from := 0
	for i, e := range entries {
		if key := at.key(); key != "" && key == e.Key() {
			from = i + 1
		}
	}
	for _, e := range entries[from:] {
		if c.Seen != nil && c.Seen(e) {
			continue
		}
		page, err := c.Page(ctx, e)
		if err != nil {
			page = Page{Locator: e.Key(), Entry: e}
		}
		page.Cursor = at.behind(e.Key())
		if !yield(page, err) {
			return false
		}
	}
	return true
}

// Page gets the page of an entry. Where it cannot be had, but the entry has the whole
// content, that content is the page and Fallback says why.
func (c *Collector) Page(ctx context.Context, e Entry) (Page, error) {
	err := errNoFetcher(e.Key())
	switch {
	case e.URL == "":
		err = fmt.Errorf("read %s: entry %q: without a link", e.List, e.Key())
	case c.Fetcher != nil:
		var page Page
		if page, err = c.Fetcher.Get(ctx, Request{URL: e.URL}); err == nil && len(bytes.TrimSpace(page.Body)) == 0 {
			err = fmt.Errorf("fetch %s: an empty page", e.URL)
		}
		if err == nil {
			page.Entry = e
			return page, nil
		}
		if ctx.Err() != nil {
			return Page{}, ctx.Err()
		}
	}
	body := e.Content
	if body == "" && (c.Fetcher == nil || e.URL == "") {
		body = e.Summary
	}
	if strings.TrimSpace(body) == "" {
		return Page{}, err
	}
	return Page{
		Locator: e.List + "#" + e.Key(), URL: e.URL, Fetched: c.clock(), Body: []byte(body),
		Header: http.Header{"Content-Type": {"text/html; charset=utf-8"}}, Fallback: err.Error(), Entry: e,
	}, nil
}

var gzipMagic = []byte{0x1f, 0x8b}

// unpackList unpacks a list that is packed as a file, as sitemaps are, and tells its kind.
func unpackList(raw []byte, most int64) ([]byte, kind, error) {
	if bytes.HasPrefix(raw, gzipMagic) {
		var err error
		if raw, err = gunzip(bytes.NewReader(raw), most); err != nil {
			return nil, 0, err
		}
	}
	return raw, kindOf(raw[:min(len(raw), headSize)]), nil
}

// reading puts an error about a file into the words of this program.
func reading(path string, err error) error {
	var at *os.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("read %s: %w", path, err)
}
