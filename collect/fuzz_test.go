package collect

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzArchive reads any bytes as an archive: it ends, records lie inside the file in the
// order of their places, and reading from any of them gives the same rest.
func FuzzArchive(f *testing.F) {
	one, two := response("http://a.example/1", "<p>one"), response("http://a.example/2", "4\r\ntide\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n")
	for _, seed := range [][]byte{one, append(one[:len(one):len(one)], two...), packed(one, two), packed(append(one[:len(one):len(one)], two...)), packed(one, two)[:200], one[:90],
		response("http://a.example/3", string(packed([]byte("tide"))), "Content-Encoding: gzip\r\n"), []byte("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: <http://a.example/>\r\nContent-Length: 4\r\n\r\ntide")} {
		f.Add(seed)
	}
	const most = 1 << 16
	walk := func(raw []byte, at int64) (places []string, records []record) {
		a, err := openArchive(bytes.NewReader(raw), bytes.HasPrefix(raw, gzipMagic), at, most)
		if err != nil {
			return nil, nil
		}
		for {
			r, err := a.next()
			if errors.Is(err, errEnd) {
				return places, records
			}
			places = append(places, fmt.Sprintf("%d+%d %v", r.at, a.inside, err == nil))
			if err == nil {
				records = append(records, r)
			}
			if len(places) > len(raw)+1 && !a.packed {
				panic("no end")
			}
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 1<<16 {
			return
		}
		places, records := walk(raw, 0)
		last := int64(0)
		for i, r := range records {
			if r.at < last || r.at > int64(len(raw)) || len(r.block) > most {
				t.Fatalf("record %d at %d behind %d of %d bytes, block of %d", i, r.at, last, len(raw), len(r.block))
			}
			last = r.at
			if p, ok, err := r.page(most); ok && err == nil && (len(p.Body) == 0 || len(p.Body) > most || !isAddress(p.URL)) {
				t.Fatalf("page %q of %d bytes", p.URL, len(p.Body))
			}
		}
		if len(records) > 0 {
			middle := records[len(records)/2].at
			rest, _ := walk(raw, middle)
			var want []string
			for i, p := range places {
				if strings.HasPrefix(p, fmt.Sprintf("%d+", middle)) {
					want = places[i:]
					break
				}
			}
			if strings.Join(rest, ",") != strings.Join(want, ",") {
				t.Fatalf("from %d: %v, want %v", middle, rest, want)
			}
		}
	})
}

func FuzzOPML(f *testing.F) {
	f.Add([]byte(`<opml version="2.0"><body><outline text="A"><outline xmlUrl="https://a.example/"/></outline></body></opml>`))
	f.Add([]byte("\xff\xfe<\x00o\x00p\x00m\x00l\x00/\x00>\x00"))
	f.Add([]byte(`<?xml version="1.0" encoding="latin1"?><opml><outline xmlUrl='` + "\xe9" + `'/></opml>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		list, _ := OPML(raw)
		known := map[string]bool{}
		for _, s := range list {
			if s.URL == "" || known[s.URL] || !utf8.ValidString(s.URL+s.Title+s.Site) {
				t.Fatalf("%+v", s)
			}
			known[s.URL] = true
		}
	})
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(`<urlset><url><loc>https://a.example/1</loc><lastmod>2031-03-04</lastmod><news:news><news:publication><news:name>A</news:name></news:publication></news:news></url></urlset>`))
	f.Add([]byte(`<sitemapindex><sitemap><loc>b.xml</loc></sitemap></sitemapindex>`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, _ := ParseSitemap("https://a.example/sitemap.xml", raw)
		for _, e := range s.Entries {
			s.Sitemaps = append(s.Sitemaps, e.URL)
		}
		for _, address := range s.Sitemaps {
			if u, err := url.Parse(address); err != nil || u.Host == "" {
				t.Fatalf("%q: %v", address, err)
			}
		}
	})
}

func FuzzFeed(f *testing.F) {
	paths, err := filepath.Glob("testdata/feeds/*[^t]")
	if err != nil || len(paths) == 0 {
		f.Fatal(err)
	}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		feed, err := ParseFeed("https://a.example/feed", raw)
		if err != nil {
			return
		}
		known := map[string]bool{}
		for _, e := range feed.Entries {
			if e.Key() == "" || known[e.Key()] || e.URL != "" && !isAddress(e.URL) {
				t.Fatalf("%+v", e)
			}
			known[e.Key()] = true
		}
	})
}

func FuzzRobots(f *testing.F) {
	f.Add([]byte("User-agent: *\nDisallow: /*.pdf$\nCrawl-delay: 3\n"), "/a.pdf")
	f.Add([]byte("\ufeffuser-agent: hearsay\r\nallow:\rdisallow: (((\n"), "/(((")
	f.Fuzz(func(t *testing.T, raw []byte, path string) {
		rules := robotsRules(raw)
		rules.Test(path)
		if rules.CrawlDelay < 0 || rules.CrawlDelay > 24*time.Hour {
			t.Fatalf("delay %v", rules.CrawlDelay)
		}
	})
}

// FuzzLines reads any bytes as lines: none is longer than allowed, all bytes are counted,
// and pages have text.
func FuzzLines(f *testing.F) {
	f.Add([]byte(`{"text":"The tide.","authors":[{"name":"A"}],"date":1930384800}`+"\n{}\n"), "")
	f.Add([]byte(`{"a":{"b":"The tide."}}`), "text=a.b")
	f.Fuzz(func(t *testing.T, raw []byte, names string) {
		fields, err := ParseFields(names)
		if err != nil {
			return
		}
		in, total := bufio.NewReader(bytes.NewReader(raw)), int64(0)
		for {
			line, n, err := oneLine(in, 1000)
			total += n
			if len(line) > 1000 {
				t.Fatalf("a line of %d bytes", len(line))
			}
			if p, err := fields.page(line); err == nil && (strings.TrimSpace(string(p.Body)) == "" || !utf8.Valid(p.Body)) {
				t.Fatalf("body %q", p.Body)
			}
			if errors.Is(err, io.EOF) || n == 0 {
				break
			}
		}
		if total != int64(len(raw)) {
			t.Fatalf("%d bytes of %d", total, len(raw))
		}
	})
}

// FuzzCursor takes any text for a cursor.
func FuzzCursor(f *testing.F) {
	f.Add(`["a","1@2"]`)
	f.Add(`["999999999999+1"]`)
	f.Add(`["end"]`)
	dir := f.TempDir()
	path := filepath.Join(dir, "a.jsonl")
	if err := os.WriteFile(path, []byte(`{"text":"one"}`+"\n"+`{"text":"two"}`+"\n"), 0o644); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		for _, name := range []string{dir, path, "testdata/harbour.warc.gz"} {
			readPages(&Collector{}, name, Cursor(cursor))
		}
	})
}

// TestHuge meets 100 MB where a page is looked for, and takes no more than the limit.
func TestHuge(t *testing.T) {
	const size = 100 << 20
	dir := t.TempDir()
	for _, test := range []struct{ name, head, fault string }{
		{"page", strings.Repeat("Fictional example. ", 500), "read FILE: larger than the limit of 1 MB"},
		{"feed", "<rss>", "read FILE: larger than the limit of 10 MB"},
		{"lines", `{"text":"`, "read FILE:1: larger than the limit of 1 MB: 104857600 bytes"},
		{"archive", "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 104857000\r\n\r\n", "read FILE: record at byte 0 (http://a.example/): larger than the limit of 1 MB: 104857000 bytes"},
		{"archive whose record claims more", "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Length: 9000000000000000000\r\n\r\n", "read FILE: record at byte 0 (http://a.example/): cut off"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(dir, "x")
			if err := os.WriteFile(path, []byte(test.head), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := os.Truncate(path, size); err != nil { // zeros, without room on the disk
				t.Fatal(err)
			}
			most := uint64(16 << 20)
			if test.name == "feed" {
				most = 6 * maxFeed // a growing slice is copied
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			pages, faults := readPages(&Collector{MaxPage: 1 << 20}, path, "")
			runtime.ReadMemStats(&after)
			if got := strings.ReplaceAll(strings.Join(faults, "; "), path, "FILE"); len(pages) > 0 || !strings.HasPrefix(got, test.fault) {
				t.Errorf("%d pages, faults %.200q", len(pages), got)
			}
			if took := after.TotalAlloc - before.TotalAlloc; took > most {
				t.Errorf("took %d MB of memory", took>>20)
			}
		})
	}
}
