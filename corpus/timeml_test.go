package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

// timed is a time expression in words, for comparing.
type timed struct {
	Text  string
	Type  doc.TimeType
	Value string
}

func timesOf(d *doc.Doc) (all []timed) {
	for _, x := range d.Times {
		all = append(all, timed{d.Slice(x.Span), x.Type, x.Value})
	}
	return all
}

// The file has what a reader can trip over: times outside the body, an entity, an
// accent before the offsets, a line break inside an expression, nesting, a value left
// open, an empty element, and a creation time with an hour.
func TestTimeML(t *testing.T) {
	docs, err := TimeML("testdata/timeml")
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 {
		t.Fatalf("%d articles, want 2", len(docs))
	}
	want := []timed{
		{"Sunday", doc.Date, "2031-01-05"},
		{"ten\nyears", doc.Duration, "P10Y"},
		{"every day at ten", doc.Set, "P1D"},
		{"this time", doc.Date, ""},
	}
	if diff := cmp.Diff(want, timesOf(docs[0])); diff != "" {
		t.Error(diff)
	}
	text := "\nThe café & harbour closed on Sunday.\nIt had been open for ten\nyears, every day at ten.\nBy this time nobody came.\n"
	if diff := cmp.Diff(text, docs[0].Text); diff != "" {
		t.Error(diff)
	}
	meta := doc.Meta{Path: filepath.Join("testdata", "timeml", "a_harbour.tml"), Published: "2031-01-06"}
	if diff := cmp.Diff(meta, docs[0].Meta); diff != "" {
		t.Error(diff)
	}
	if docs[1].Meta.Published != "" || len(docs[1].Times) != 0 || docs[1].Text != "Nothing happened." {
		t.Errorf("the second article is %+v", docs[1])
	}
}

func TestTimeMLErrors(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"no TEXT", "<TimeML></TimeML>", "a.tml: no TEXT"},
		{"two TEXTs", "<TimeML><TEXT>a</TEXT>\n<TEXT>b</TEXT></TimeML>", "a.tml: line 2: a second TEXT"},
		{"no type", "<TimeML><TEXT>\n\n<TIMEX3 value=\"2031\">a</TIMEX3></TEXT></TimeML>", `line 3: TIMEX3 of type ""`},
		{"unknown type", "<TimeML><TEXT><TIMEX3 type=\"EPOCH\">a</TIMEX3></TEXT></TimeML>", `line 1: TIMEX3 of type "EPOCH"`},
		{"broken tags", "<TimeML><TEXT>\na</TimeML>", "line 2"},
		{"cut off", "<TimeML><TEXT>\na", "line 2"},
		{"not UTF-8", "<TimeML><TEXT>caf\xe9</TEXT></TimeML>", "a.tml: not UTF-8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := TimeML(write(t, map[string]string{"a.tml": c.file}))
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "a.tml") {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
	if _, err := TimeML(t.TempDir()); err == nil || !strings.Contains(err.Error(), "no files") {
		t.Errorf("an empty folder: error %v", err)
	}
	if _, err := TimeML("testdata/nowhere"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a folder that is not there: error %v", err)
	}
}

// The dev part has as many articles and expressions as its makers count in the bodies.
func TestTimeMLDev(t *testing.T) {
	for _, c := range []struct {
		name        string
		docs, times int
	}{{"timebank", 59, 376}, {"aquaint", 24, 226}, {"wikiwars", 4, 615}} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := TimeML(filepath.Join(home, "timex", "dev", c.name))
			skipAbsent(t, err)
			times := 0
			for _, d := range docs {
				times += len(d.Times)
				end := 0
				for _, x := range d.Times {
					if x.Begin < end || d.Slice(x.Span) == "" {
						t.Errorf("%s: %v after %d", d.Meta.Path, x.Span, end)
					}
					end = x.End
				}
				if d.Meta.Published == "" {
					t.Errorf("%s: no day of publication", d.Meta.Path)
				}
			}
			if len(docs) != c.docs || times != c.times {
				t.Errorf("%d articles, %d times; want %d, %d", len(docs), times, c.docs, c.times)
			}
		})
	}
}

// FuzzTimeML checks that any file gives an error or times in order inside the text.
func FuzzTimeML(f *testing.F) {
	raw, err := os.ReadFile("testdata/timeml/a_harbour.tml")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw))
	f.Add("<TEXT><TIMEX3 type=\"DATE\"> é </TIMEX3></TEXT>")
	f.Add("<TEXT><TIMEX3 type=\"DATE\"><TEXT/></TIMEX3></TEXT>")
	f.Fuzz(func(t *testing.T, raw string) {
		d, err := timeML("a.tml", raw)
		if err != nil {
			return
		}
		end := 0
		for _, x := range d.Times {
			if x.Begin < end || x.Empty() || x.End > len(d.Text) || !utf8.ValidString(d.Slice(x.Span)) {
				t.Fatalf("span %v after %d of %q", x.Span, end, d.Text)
			}
			end = x.End
		}
	})
}
