package collect

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestOPML(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []Subscription
		fault      string
	}{
		{name: "folders", text: `<?xml version="1.0"?><!-- Fictional example --><opml version="2.0"><head><title>Desk</title></head><body>
			<outline text="Wires"><outline text="Tidewire" type="rss" xmlUrl="https://tidewire.example/rss" htmlUrl="https://tidewire.example/"/>
			<outline text="Inner"><outline title="Sallow" text="ignored" xmlurl=" https://sallow.example/atom "/></outline></outline>
			<outline text="Harbour &amp; Mail" XMLURL="https://harbour.example/rss"></outline>
			<outline text="Again" xmlUrl="https://tidewire.example/rss"/></body></opml>`,
			want: []Subscription{
				{URL: "https://tidewire.example/rss", Title: "Tidewire", Site: "https://tidewire.example/", Folder: []string{"Wires"}},
				{URL: "https://sallow.example/atom", Title: "Sallow", Folder: []string{"Wires", "Inner"}},
				{URL: "https://harbour.example/rss", Title: "Harbour & Mail"},
			}},
		{name: "empty", text: `<opml><body/></opml>`},
		{name: "bare ampersand", text: `<opml><body><outline text="A & B" xmlUrl="https://a.example/?x=1&y=2"/></body></opml>`,
			want: []Subscription{{URL: "https://a.example/?x=1&y=2", Title: "A & B"}}},
		{name: "cut off", text: `<opml><body><outline xmlUrl="https://a.example/"/><outline xml`,
			want: []Subscription{{URL: "https://a.example/"}}, fault: "read OPML: byte "},
		{name: "a page", text: `<!DOCTYPE html><html></html>`, fault: "read OPML: the root is <html>, not <opml>"},
		{name: "nothing", fault: "read OPML: no XML of the element <opml>"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := OPML([]byte(test.text))
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if (err == nil) != (test.fault == "") || err != nil && !strings.HasPrefix(err.Error(), test.fault) {
				t.Errorf("error %v, want %q", err, test.fault)
			}
		})
	}
}

func TestParseSitemap(t *testing.T) {
	const at = "https://harbour.example/sitemap.xml"
	for _, test := range []struct {
		name, text string
		want       Sitemap
		fault      string
	}{
		{name: "pages", text: `<?xml version="1.0"?><!-- Fictional example --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
			<url><loc> https://harbour.example/1 </loc><lastmod>2031-03-04</lastmod></url><url><loc>/2</loc></url><url><loc></loc></url><url><loc>mailto:x</loc></url></urlset>`,
			want: Sitemap{Entries: []Entry{{List: at, URL: "https://harbour.example/1", Updated: dated("2031-03-04")}, {List: at, URL: "https://harbour.example/2"}}}},
		{name: "news", text: `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
			<loc>https://harbour.example/1</loc><news:news><news:publication><news:name>The Harbour Post</news:name><news:language>en</news:language></news:publication>
			<news:publication_date>2031-03-04T10:00:00Z</news:publication_date><news:title>Ferry line to reopen</news:title><news:keywords>ferry, port</news:keywords></news:news></url></urlset>`,
			want: Sitemap{Entries: []Entry{{List: at, ListTitle: "The Harbour Post", URL: "https://harbour.example/1", Outlet: "The Harbour Post", Title: "Ferry line to reopen",
				Language: "en", Published: dated("2031-03-04T10:00:00Z"), Categories: []string{"ferry", "port"}}}}},
		{name: "index", text: `<sitemapindex><sitemap><loc>https://harbour.example/a.xml.gz</loc></sitemap><sitemap><loc>b.xml</loc></sitemap></sitemapindex>`,
			want: Sitemap{Sitemaps: []string{"https://harbour.example/a.xml.gz", "https://harbour.example/b.xml"}}},
		{name: "cut off", text: `<urlset><url><loc>https://harbour.example/1</loc></url><url><loc>https`,
			want: Sitemap{Entries: []Entry{{List: at, URL: "https://harbour.example/1"}}}, fault: "read sitemap " + at + ": byte "},
		{name: "a feed", text: `<rss/>`, fault: "read sitemap " + at + ": the root is <rss>, not <urlset>"},
		{name: "too many", text: "<urlset>" + strings.Repeat("<url><loc>/x</loc></url>", maxListed+1) + "</urlset>", fault: "read sitemap " + at + ": names more than 50000 addresses"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := ParseSitemap(at, []byte(test.text))
			if test.name == "too many" {
				if len(got.Entries) != maxListed {
					t.Errorf("%d entries", len(got.Entries))
				}
				got = Sitemap{}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
			if (err == nil) != (test.fault == "") || err != nil && !strings.HasPrefix(err.Error(), test.fault) {
				t.Errorf("error %v, want %q", err, test.fault)
			}
		})
	}
}

func TestKindOf(t *testing.T) {
	for _, test := range []struct {
		name, head string
		want       kind
	}{
		{"text", "The tide came in.", kindPage},
		{"latin-1", "L'\xe9cluse", kindPage},
		{"utf-16", "\xff\xfeT\x00i\x00d\x00e\x00", kindPage},
		{"html", "<!DOCTYPE html><p>", kindPage},
		{"html without a root", "<p>tide", kindPage},
		{"text in brackets", "<tide> is in", kindPage},
		{"xhtml", `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">`, kindPage},
		{"rss", "\ufeff\n<?xml version=\"1.0\" encoding=\"utf-16\"?><!-- c --><rss>", kindFeed},
		{"atom", "<feed>", kindFeed},
		{"atom with a prefix", `<a:feed xmlns:a="http://www.w3.org/2005/Atom">`, kindFeed},
		{"json feed", `{"version":"https://jsonfeed.org/version/1.1"`, kindFeed},
		{"json on many lines", "{\n  \"items\": []", kindFeed},
		{"lines", `{"title": "Tide", "text": "In"}` + "\n{", kindLines},
		{"opml", "<opml>", kindOPML},
		{"sitemap", "<urlset>", kindSitemap},
		{"sitemap index", "<sitemapindex>", kindSitemap},
		{"archive", "WARC/1.0\r\n", kindWARC},
		{"picture", "\x89PNG\r\n\x1a\n", kindBinary},
		{"pdf", "%PDF-1.7\n", kindBinary},
		{"program", "\x7fELF\x02\x01\x01\x00\x00", kindBinary},
		{"zeros", "tide\x00", kindBinary},
		{"empty", "", kindPage},
	} {
		if got := kindOf([]byte(test.head)); got != test.want {
			t.Errorf("%s: got %d, want %d", test.name, got, test.want)
		}
	}
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// shortNames writes locators below a folder without it.
func shortNames(pages []Page, dir string) (out []string) {
	for _, p := range pages {
		out = append(out, strings.ReplaceAll(p.Locator, dir+string(filepath.Separator), ""))
	}
	return out
}

// TestFolder reads a folder with everything in it that a folder should not have.
func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"a/z.txt":        "Fictional example\nThe tide came in.",
		"a/page.html.gz": string(packed([]byte("<!DOCTYPE html><!-- Fictional example --><p>Tide"))),
		"a.txt":          "Fictional example\nThe tide went out.",
		"b/lines.jsonl":  `{"text":"one"}` + "\n" + `{"text":"two"}` + "\n",
		"b/feed.xml":     `<rss><channel><title>F</title><item><link>https://f.example/1</link><description>Summary</description></item><item><link>https://f.example/2</link></item></channel></rss>`,
		"b/x.warc":       string(response("http://a.example/1", "<p>one")) + string(response("http://a.example/2", "<p>two")),
		"b/list.opml":    `<opml><body><outline xmlUrl="https://f.example/rss"/></body></opml>`,
		".hidden/x.txt":  "hidden",
		".hidden.txt":    "hidden",
		"c/empty.txt":    "",
		"c/blank.txt":    " \n\n",
		"c/picture.png":  "\x89PNG\r\n\x1a\n",
		"c/large.txt":    strings.Repeat("x", 2000),
		"c/bomb.txt.gz":  string(packed([]byte(strings.Repeat("x", 2000)))),
		"c/broken.gz":    string(packed([]byte(strings.Repeat("The tide came in. ", 50)))[:30]),
		"d/last.txt":     "Fictional example\nThe end.",
	})
	for link, to := range map[string]string{"c/loop": "..", "c/self": "self", "c/nowhere.txt": "missing.txt", "c/good.txt": "../a.txt"} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Skipf("skipped: no links: %v", err)
		}
	}
	unreadable := os.Geteuid() != 0 // the superuser reads everything
	if unreadable {
		write(t, dir, map[string]string{"c/secret.txt": "secret", "c/shut/x.txt": "secret"})
		os.Chmod(filepath.Join(dir, "c/secret.txt"), 0)
		os.Chmod(filepath.Join(dir, "c/shut"), 0)
		defer os.Chmod(filepath.Join(dir, "c/shut"), 0o755)
	}
	c := &Collector{MaxPage: 1000}
	pages, faults := readPages(c, dir, "")
	want := []string{"a/page.html.gz", "a/z.txt", "a.txt", "b/feed.xml#https://f.example/1", "b/lines.jsonl:1", "b/lines.jsonl:2", "b/x.warc@0", "b/x.warc@" + fmt.Sprint(len(response("http://a.example/1", "<p>one"))), "c/good.txt", "d/last.txt"}
	if diff := cmp.Diff(want, shortNames(pages, dir)); diff != "" {
		t.Error(diff)
	}
	wantFaults := []string{
		"fetch https://f.example/2: fetching is off", "fetch https://f.example/rss: fetching is off",
		"read c/blank.txt: empty", "read c/bomb.txt.gz: larger than the limit of 1000 bytes", "read c/broken.gz: unexpected EOF", "read c/empty.txt: empty",
		"read c/large.txt: larger than the limit of 1000 bytes", "read c/nowhere.txt: no such file or directory", "read c/picture.png: neither text nor HTML, nor a list or archive of pages",
	}
	if unreadable {
		wantFaults = append(wantFaults, "read c/secret.txt: permission denied")
	}
	wantFaults = append(wantFaults, "read c/self: too many levels of symbolic links")
	if unreadable {
		wantFaults = append(wantFaults, "read c/shut: permission denied")
	}
	for i := range faults {
		faults[i] = strings.ReplaceAll(faults[i], dir+"/", "")
	}
	if diff := cmp.Diff(wantFaults, faults); diff != "" {
		t.Error(diff)
	}
	resume(t, c, dir, pages)
}

// TestNames reads what is named itself.
func TestNames(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.txt": "Fictional example", "empty/.keep": ""})
	for _, test := range []struct {
		name, path string
		after      Cursor
		want       string
		fault      string
	}{
		{name: "a file", path: "a.txt", want: "a.txt"},
		{name: "a file that is done", path: "a.txt", after: `["end"]`},
		{name: "a cursor of another program", path: "a.txt", after: "7", fault: `cursor "7": not one of this program's: `},
		{name: "not there", path: "b.txt", fault: "read b.txt: no such file or directory"},
		{name: "an empty folder", path: "empty", fault: "read empty: a folder without files to read"},
		{name: "no fetcher", path: "https://a.example/", fault: "fetch https://a.example/: fetching is off"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := test.path
			if !isAddress(path) {
				path = filepath.Join(dir, path)
			}
			pages, faults := readPages(&Collector{}, path, test.after)
			if got := strings.Join(shortNames(pages, dir), " "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if got := strings.ReplaceAll(strings.Join(faults, "; "), dir+"/", ""); !strings.HasPrefix(got, test.fault) || (got == "") != (test.fault == "") {
				t.Errorf("faults %q, want %q", got, test.fault)
			}
		})
	}
}
