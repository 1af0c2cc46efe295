package collect

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestFeeds reads the feeds of testdata/feeds and compares each with the text beside it,
// which says what an editor sees in it.
func TestFeeds(t *testing.T) {
	paths, err := filepath.Glob("testdata/feeds/*[^t]") // not .want
	if err != nil || len(paths) < 15 {
		t.Fatalf("%d feeds: %v", len(paths), err)
	}
	for _, path := range paths {
		t.Run(filepath.Base(path), func(t *testing.T) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := "Fictional example\n" + seen(ParseFeed("https://harbour.example/"+filepath.Base(path), raw))
			if *update {
				if err := os.WriteFile(path+".want", []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path + ".want")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// seen writes a feed as text: a line for each thing that it says.
func seen(f *Feed, err error) string {
	var out strings.Builder
	if err != nil {
		fmt.Fprintf(&out, "error: %v\n", err)
		if errors.Is(err, ErrNotFeed) {
			out.WriteString("not a feed\n")
		}
		return out.String()
	}
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&out, "%s: %s\n", name, value)
		}
	}
	line("feed", f.Title)
	line("site", f.Site)
	line("language", f.Language)
	if f.Every > 0 {
		line("every", f.Every.String())
	}
	for _, problem := range f.Problems {
		line("problem", problem.Error())
	}
	for _, e := range f.Entries {
		fmt.Fprintf(&out, "\n%s\n", e.Title)
		line("  id", e.ID)
		line("  url", e.URL)
		line("  canonical", e.Canonical)
		line("  via", e.Via)
		line("  source", strings.TrimSpace(e.Source.Title+" "+e.Source.URL+" "+e.Source.ID))
		line("  outlet", e.Outlet)
		line("  author", e.Author)
		line("  published", shown(e.Published))
		line("  updated", shown(e.Updated))
		line("  categories", strings.Join(e.Categories, ", "))
		line("  summary", e.Summary)
		line("  content", e.Content)
	}
	return out.String()
}

func shown(d Date) string {
	switch {
	case d.Text == "" && d.Time.IsZero():
		return ""
	case d.Time.IsZero():
		return d.Text + " (not understood)"
	case !d.Plausible(march):
		return d.Text + " (not plausible)"
	case d.Day:
		return d.Time.Format(time.DateOnly)
	}
	return d.Time.Format(time.RFC3339)
}

// TestDeep refuses a feed that would have a reader call itself a million times.
func TestDeep(t *testing.T) {
	deep := strings.Repeat("<x:a>", 1_000_000)
	for _, raw := range []string{
		`<rss version="2.0"><channel><item>` + deep,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="xhtml">` + deep,
		`<opml><body>` + strings.ReplaceAll(deep, "x:a", "outline"),
		`<urlset>` + deep,
	} {
		_, feed := ParseFeed("https://deep.example/", []byte(raw))
		_, list := OPML([]byte(raw))
		_, sitemap := ParseSitemap("https://deep.example/", []byte(raw))
		for _, err := range []error{feed, list, sitemap} {
			if err == nil || !strings.HasSuffix(err.Error(), "elements stand in each other more than 200 deep") && !strings.Contains(err.Error(), "not ") {
				t.Errorf("%.40s: %v", raw, err)
			}
		}
	}
}

// TestLargeFeed reads ten thousand entries.
func TestLargeFeed(t *testing.T) {
	var raw strings.Builder
	raw.WriteString(`<rss version="2.0"><channel>`)
	for i := range 10_000 {
		fmt.Fprintf(&raw, "<item><title>Tide %d</title><link>https://tides.example/%d</link><guid>%d</guid><description>&lt;p&gt;In and out, in and out.</description></item>", i, i, i)
	}
	raw.WriteString("</channel></rss>")
	f, err := ParseFeed("https://tides.example/", []byte(raw.String()))
	if err != nil || len(f.Entries) != 10_000 {
		t.Errorf("%d bytes: %v", raw.Len(), err)
	}
}

func TestDated(t *testing.T) {
	for _, test := range []struct {
		text string
		want string // RFC 3339, or a day
	}{
		{"2031-03-04", "2031-03-04"},
		{"20310304", "2031-03-04"},
		{"2031-03-04T10:00:00+02:00", "2031-03-04T08:00:00Z"},
		{"2031-03-04T10:00Z", "2031-03-04T10:00:00Z"},
		{"2031-03-04T10:00:00.5Z", "2031-03-04T10:00:00Z"},
		{"2031-03-04 10:00:00", "2031-03-04T10:00:00Z"},
		{"March 4, 2031", "2031-03-04"},
		{"Tue, 4 Mar 2031 10:00:00 +0100", "2031-03-04T09:00:00Z"},
		{"Tue, 4 Mar 2031 10:00:00 EST", "2031-03-04T15:00:00Z"},
		{"Tue, 4 Mar 2031 10:00:00 GMT", "2031-03-04T10:00:00Z"},
		{"Tue, 4 Mar 2031 10:00:00 XST", "2031-03-04"},
		{" 2031-03-04 ", "2031-03-04"},
		{"2031-02-30", "2031-02-30 (not understood)"},
		{"soon", "soon (not understood)"},
		{"0001-01-01", "0001-01-01 (not understood)"}, // the zero time of some programs
		{"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z (not plausible)"},
		{"2031-03-05T09:59:00Z", "2031-03-05T09:59:00Z"},
		{"2031-03-05T10:01:00Z", "2031-03-05T10:01:00Z (not plausible)"},
		{"", ""},
	} {
		if got := shown(dated(test.text)); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}
