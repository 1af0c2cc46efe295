package ingest

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hearsay/collect"
	"hearsay/doc"
)

func TestLocator(t *testing.T) {
	for _, test := range []struct {
		name string
		page collect.Page
		want string
	}{
		{"a file", collect.Page{Locator: "/news/a.txt"}, "/news/a.txt"},
		{"a page", collect.Page{Locator: "https://wire.example/a", URL: "https://wire.example/a?id=3#part"}, "https://wire.example/a?id=3"},
		{"advertising", collect.Page{URL: "https://wire.example/a?utm_source=x&id=3&UTM_Medium=y"}, "https://wire.example/a?id=3"},
		{"nothing but advertising", collect.Page{URL: "https://wire.example/a?fbclid=7"}, "https://wire.example/a"},
		{"a line with an address", collect.Page{Locator: "/l.jsonl:3", URL: "https://wire.example/b", Entry: collect.Entry{ID: "3", List: "/l.jsonl"}}, "https://wire.example/b"},
		{"a line with an id", collect.Page{Locator: "/l.jsonl:3", Entry: collect.Entry{ID: "n3", List: "/l.jsonl"}}, "/l.jsonl#n3"},
		{"a line without", collect.Page{Locator: "/l.jsonl:3", Entry: collect.Entry{List: "/l.jsonl"}}, "/l.jsonl:3"},
		{"a record of an archive", collect.Page{Locator: "/c.warc@812", URL: "https://wire.example/c", Entry: collect.Entry{List: "/c.warc"}}, "https://wire.example/c"},
		{"what a feed holds", collect.Page{Locator: "https://wire.example/feed#https://wire.example/d", URL: "https://wire.example/d", Fallback: "gone"}, "https://wire.example/d"},
		{"no address", collect.Page{Locator: "/l.jsonl:9", URL: "mailto:desk@wire.example", Entry: collect.Entry{List: "/l.jsonl"}}, "/l.jsonl:9"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Locator(&test.page); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

func FuzzLocator(f *testing.F) {
	f.Add("https://wire.example/a?utm_source=x&b=%zz#c", "/l.jsonl:1", "n1")
	f.Add("http://[::1/", "\xff", "\x00")
	f.Fuzz(func(t *testing.T, address, locator, id string) {
		got := Locator(&collect.Page{URL: address, Locator: locator, Entry: collect.Entry{ID: id, List: "/l.jsonl"}})
		if got == "" || !utf8.ValidString(got) || strings.ContainsRune(got, 0) {
			t.Errorf("locator %q", got)
		}
		if again := Locator(&collect.Page{URL: got, Locator: got}); isAddress(got) && again != got {
			t.Errorf("%q, and of itself %q", got, again)
		}
	})
}

func TestEvidence(t *testing.T) {
	fetched := time.Date(2031, 3, 5, 12, 0, 0, 0, time.UTC)
	day := func(y int) collect.Date { return collect.Date{Time: time.Date(y, 3, 4, 9, 30, 0, 0, time.UTC)} }
	owner := func(name, on string) (string, string) {
		if name == "wire.example" || name == "HW" {
			return "Harbour Wire", "Vale Press"
		}
		return "", ""
	}
	for _, test := range []struct {
		name                      string
		in                        Ingest
		page                      collect.Page
		meta                      doc.Meta
		outlet, family, published string
	}{
		{name: "all from the page", meta: doc.Meta{Outlet: "Page", Published: "2031-03-01"}, outlet: "Page", published: "2031-03-01"},
		{name: "the list goes before the page", page: collect.Page{Entry: collect.Entry{Outlet: "List", Published: day(2031)}}, meta: doc.Meta{Outlet: "Page", Published: "2031-03-01"},
			outlet: "List", published: "2031-03-04T09:30:00Z"},
		{name: "a person goes before both", in: Ingest{Config: Config{Date: "2031-02-02", Outlet: "Person"}}, page: collect.Page{Entry: collect.Entry{Outlet: "List", Published: day(2031)}},
			outlet: "Person", published: "2031-02-02"},
		{name: "a clock far ahead", page: collect.Page{Entry: collect.Entry{Published: day(2045)}}, meta: doc.Meta{Published: "2031-03-01"}, published: "2031-03-01"},
		{name: "an outlet by its address", in: Ingest{Config: Config{Owner: owner}}, page: collect.Page{URL: "https://www.wire.example/a"}, outlet: "Harbour Wire", family: "Vale Press"},
		{name: "an outlet by its name", in: Ingest{Config: Config{Owner: owner}}, page: collect.Page{Entry: collect.Entry{Outlet: "HW"}}, outlet: "Harbour Wire", family: "Vale Press"},
		{name: "an unknown address", in: Ingest{Config: Config{Owner: owner}}, page: collect.Page{URL: "https://www.gull.example/a"}, outlet: "gull.example"},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.page.Fetched = fetched
			d := doc.New("")
			d.Meta = test.meta
			e := test.in.evidence(&test.page, d)
			if e.Outlet != test.outlet || e.Family != test.family || e.Published != test.published {
				t.Errorf("got %s of %s on %s, want %s of %s on %s", e.Outlet, e.Family, e.Published, test.outlet, test.family, test.published)
			}
			if d.Meta.Published != dayOf(test.published) || d.Meta.Outlet != test.outlet {
				t.Errorf("it is read as of %q on %q", d.Meta.Outlet, d.Meta.Published)
			}
		})
	}
}

func TestDecoded(t *testing.T) {
	page := func(kind, body string) *collect.Page {
		return &collect.Page{Header: http.Header{"Content-Type": {kind}}, Body: []byte(body)}
	}
	for _, test := range []struct {
		name string
		page *collect.Page
		want string
	}{
		{"named", page("text/html; charset=windows-1251", "\xcc\xe8\xf0"), "Мир"},
		{"named wrongly", page("text/html; charset=windows-1251", "Мир"), "Мир"},
		{"not known", page("text/html; charset=runes", "\xcc"), "\xcc"},
		{"not named", page("text/html", "\xcc"), "\xcc"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := string(decoded(test.page)); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
