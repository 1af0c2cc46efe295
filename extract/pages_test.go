package extract

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPages extracts each testdata/pages/*.html, pages of differing layout about invented
// events, and compares with what an editor would expect of it in the .want beside it:
// what is known about the article, a field a line, then its paragraphs. Fields that are
// not named must be empty. The headline, which opens the text, is not repeated there.
func TestPages(t *testing.T) {
	paths, err := filepath.Glob("testdata/pages/*.html")
	if err != nil || len(paths) < 40 {
		t.Fatalf("%d pages, want at least 40 (%v)", len(paths), err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".html"), func(t *testing.T) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(path, ".html") + ".want")
			if err != nil {
				t.Fatal(err)
			}
			d, err := Article(path, raw)
			if err != nil {
				t.Fatal(err)
			}
			m := d.Meta
			got := ""
			for _, f := range [][2]string{{"title", m.Title}, {"byline", m.Byline}, {"outlet", m.Outlet}, {"credit", m.Credit}, {"dateline", m.Dateline},
				{"published", m.Published}, {"updated", m.Updated}, {"section", m.Section}, {"canonical", m.Canonical}} {
				if f[1] != "" {
					got += fmt.Sprintf("%s: %s\n", f[0], f[1])
				}
			}
			got += "\n" + strings.TrimPrefix(d.Text, m.Title+"\n\n") + "\n"
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}
