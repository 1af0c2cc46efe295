package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

// told is a statement in words, for comparing.
type told struct {
	Source, Cue string
	Content     []string
}

func tell(d *doc.Doc) (all []told) {
	for _, s := range d.Statements {
		t := told{Source: d.Slice(s.Source.Span), Cue: d.Slice(s.Cue.Spans[0])}
		for _, c := range s.Content {
			t.Content = append(t.Content, d.Slice(c))
		}
		all = append(all, t)
	}
	return all
}

// The file holds what the README warns of: offsets in code points after curly
// quotes and accents, a span whose text runs over a raw newline, fragments divided
// by a semicolon, a second content, an event without a content, and two annotators.
func TestPolNeAR(t *testing.T) {
	docs, err := PolNeAR("testdata/polnear/dev")
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 {
		t.Fatalf("%d articles, want 2", len(docs))
	}
	want := []told{
		{"aides", "say", []string{"“is dead”"}},
		{"Zoë Brandt", "said", []string{"“The café plan is over,”", "“and nobody\nmourns it.”"}},
		{"", "was feared", []string{"that the port would close"}},
		{"Brandt", "denied", []string{"a rumour of a sale"}},
	}
	if diff := cmp.Diff(want, tell(docs[0])); diff != "" {
		t.Error(diff)
	}
	for _, s := range docs[0].Statements {
		if s.Parent != -1 {
			t.Errorf("statement %q has a parent", docs[0].Slice(s.Cue.Spans[0]))
		}
	}
	meta := doc.Meta{Path: filepath.Join("testdata", "polnear", "dev", "text", "invented_2031-01-06_harbour.txt"),
		Title: "Harbour plan “is dead”, aides say", Outlet: "The Harbour Post", Byline: "Ida Lund",
		Credit: "Nordwire", Published: "2031-01-06"}
	if diff := cmp.Diff(meta, docs[0].Meta); diff != "" {
		t.Error(diff)
	}
	if n := len(docs[1].Statements); n != 0 {
		t.Errorf("the second article has %d statements", n)
	}
}

// write makes the files of a part under a new folder and returns its path.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestPolNeARErrors(t *testing.T) {
	const text = "Ann said no."
	for _, c := range []struct{ name, ann, want string }{
		{"beyond the text", "T1\tSource 0 3\tAnn\nT2\tCue 4 99\tsaid\n", `a_0000.ann: line 2: offsets "4 99"`},
		{"backwards", "T1\tCue 8 4\tsaid\n", `line 1: offsets "8 4"`},
		{"no number", "T1\tCue x 4\tsaid\n", `line 1: offsets "x 4"`},
		{"no offsets", "T1\tCue\tsaid\n", "line 1: T1 has no offsets"},
		{"dangling", "T1\tCue 4 8\tsaid\nnothing\nE1\tAttribution:T1 Cue:T1 Content:T7\n", `line 3: Content names "T7"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := write(t, map[string]string{"text/a.txt": text, "attributions/a_0000.ann": c.ann})
			_, err := PolNeAR(dir)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
	for name, files := range map[string]map[string]string{
		"no articles in text/": {"text/.hidden": "", "attributions/a.ann": ""},
		"no annotations":       {"text/a.txt": text, "attributions/b_0000.ann": ""},
		"not UTF-8":            {"text/a.txt": "caf\xe9", "attributions/a.ann": ""},
	} {
		if _, err := PolNeAR(write(t, files)); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("error %v, want one with %q", err, name)
		}
	}
}

// A part is read whatever its files are called, and one article's name may be the
// beginning of another's.
func TestPolNeARNames(t *testing.T) {
	ann := "T1\tSource 0 3\t\nT2\tCue 4 8\t\nT3\tContent 9 11\t\nE1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
	dir := write(t, map[string]string{
		"text/a.txt": "Ann said no.", "attributions/a_zz.ann": "", "attributions/a_bb.ann": ann,
		"text/a_c": "Bob said no.", "attributions/a_c_bb.ann": ann,
	})
	docs, err := PolNeAR(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"Ann", "Bob"} {
		if got := tell(docs[i]); len(got) != 1 || got[0].Source != want {
			t.Errorf("article %d: %v, want one statement of %s", i, got, want)
		}
	}
}

// FuzzBrat checks that any standoff file gives an error or statements whose spans
// lie inside the text, at the borders of code points.
func FuzzBrat(f *testing.F) {
	raw, err := os.ReadFile("testdata/polnear/dev/attributions/invented_2031-01-06_harbour_2b2b.ann")
	if err != nil {
		f.Fatal(err)
	}
	text, err := os.ReadFile("testdata/polnear/dev/text/invented_2031-01-06_harbour.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(text), string(raw))
	f.Add("é", "T1\tCue 0 1\té\nE1\tAttribution:T1 Cue:T1 Content2:T1")
	f.Add("", "\t\nT1\t")
	f.Fuzz(func(t *testing.T, text, ann string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		d := doc.New(text)
		if brat(d, "a.ann", ann) != nil {
			return
		}
		for _, s := range d.Statements {
			all := append(append([]doc.Span{}, s.Cue.Spans...), s.Content...)
			if !s.Source.Span.Empty() {
				all = append(all, s.Source.Span)
			}
			for _, p := range all {
				if p.Empty() || p.Begin < 0 || p.End > len(text) || !utf8.ValidString(d.Slice(p)) {
					t.Fatalf("span %v of %q", p, text)
				}
			}
			if len(s.Cue.Spans) == 0 || len(s.Content) == 0 {
				t.Fatal("a statement without cue or content")
			}
		}
	})
}
