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

// TestBounds refuses lists that would have a reader call itself a million times, or take
// a hundred times their size in memory.
func TestBounds(t *testing.T) {
	deep := strings.Repeat("<x:a>", 100_000)
	many := strings.Repeat("<x:a/>", maxElements+1)
	wide := "<a " + strings.Repeat("b ", 1<<20)
	json := `{"version":"https://jsonfeed.org/version/1.1","items":[{}` + strings.Repeat(",{}", maxObjects) + "]}"
	feed := func(raw string) error { _, err := ParseFeed("https://deep.example/", []byte(raw)); return err }
	list := func(raw string) error { _, err := OPML([]byte(raw)); return err }
	sitemap := func(raw string) error { _, err := ParseSitemap("https://deep.example/", []byte(raw)); return err }
	for _, test := range []struct {
		name string
		read func(string) error
		raw  string
		want string
	}{
		{"deep RSS", feed, "<rss><channel><item>" + deep, "elements stand in each other more than 200 deep"},
		{"deep Atom", feed, "<feed><entry><content type='xhtml'>" + deep, "elements stand in each other more than 200 deep"},
		{"deep OPML", list, "<opml>" + deep, "elements stand in each other more than 200 deep"},
		{"deep sitemap", sitemap, "<urlset>" + deep, "elements stand in each other more than 200 deep"},
		{"many extensions", feed, "<rss><channel><item>" + many, "more than 1000000 elements"},
		{"many attributes", feed, "<rss>" + wide, "a tag of more than 1 MB"},
		{"many entries", feed, "<rss><channel>" + strings.Repeat("<item/>", maxListed+1) + "</channel></rss>", "more than 50000 entries"},
		{"many objects", feed, json, "more than 100000 objects"},
		{"deep JSON", feed, `{"version":"https://jsonfeed.org/version/1.1","items":` + strings.Repeat("[", 100_000), "exceeded max depth"},
		{"large", feed, "<rss>" + strings.Repeat(" ", maxFeed), "larger than the limit of 10 MB: 10485765 bytes"},
	} {
		if err := test.read(test.raw); err == nil || !strings.HasSuffix(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %s", test.name, err, test.want)
		}
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
