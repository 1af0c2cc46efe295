package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

// labelled writes a Doc's names down.
func labelled(d *doc.Doc) (out []string) {
	for _, n := range d.Names {
		out = append(out, string(n.Type)+" "+d.Slice(n.Span))
	}
	return out
}

func wordsOf(d *doc.Doc) (out []string) {
	for i := range d.Tokens {
		out = append(out, d.Word(i))
	}
	return out
}

// The file has two documents; its words stand in the text as it says.
func TestUNER(t *testing.T) {
	docs, err := UNER("testdata/iob/invented.iob2")
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || docs[0].Meta.Path != "invented_one" || docs[1].Meta.Path != "invented_two" || docs[1].Text != "No Finns" {
		t.Fatalf("%d documents", len(docs))
	}
	d := docs[0]
	if want := "Aides met Mira Toll (“Mi”) in Arden. Ärger über Arden Steel"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
	if diff := cmp.Diff([]string{"person Mira Toll", "person Mi", "place Arden", "organization Arden Steel"}, labelled(d)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{" Finns"}, labelled(docs[1])); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(strings.Fields("Aides met Mira Toll ( “ Mi ” ) in Arden . Ärger über Arden Steel"), wordsOf(d)); diff != "" {
		t.Error(diff)
	}
	check(t, docs)
}

// Sentences have nothing to do with each other, and their types are those of politics.
func TestCrossNER(t *testing.T) {
	docs, err := CrossNER("testdata/iob/crossner.txt")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.Text)
		got = append(got, labelled(d)...)
	}
	if diff := cmp.Diff([]string{"Mira Toll left the Blue Party.", "person Mira Toll", "organization Blue Party",
		"The 1901 vote ended in Freedonia.", "other 1901 vote", "place Freedonia"}, got); diff != "" {
		t.Error(diff)
	}
	check(t, docs)
}

// A folder of articles: the text is spaced as news is printed, dates are no names, and a
// name may begin without its B.
func TestWorldwide(t *testing.T) {
	docs, err := Worldwide("testdata/iob/worldwide")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range docs {
		got = append(got, d.Text)
		got = append(got, labelled(d)...)
	}
	if diff := cmp.Diff([]string{`https://news.example/one On May 3, "Mira Toll" didn't see Arden Port (now $5).`, "person Mira Toll", "place Arden Port",
		"Danes won Skyhaven Cup", "group Danes", "other Skyhaven", "other Cup"}, got); diff != "" {
		t.Error(diff)
	}
	check(t, docs)
}

// TestIOBRefused says what is wrong with a file, and in which line.
func TestIOBRefused(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "no sentences"},
		{"no label", "Mira\tB-PER\nToll\n", "line 2: 1 columns"},
		{"no word", "\tB-PER\n", "line 1:"},
		{"a label of another kind", "Mira\tPER\n\n", `label "PER"`},
		{"not UTF-8", "Mira\tO\nT\xffll\tO\n", "line 2: not UTF-8"},
		{"words that are not the text's", "# text = Mira left\nMira\tO\nwent\tO\n\n", `line 4: word "went" does not follow`},
		{"text between words", "# text = Mira has left\nMira\tO\nleft\tO\n\n", `line 4: word "left" does not follow`},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bad.txt")
			if err := os.WriteFile(path, []byte(c.file), 0o644); err != nil {
				t.Fatal(err)
			}
			_, err := CrossNER(path)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "bad.txt") {
				t.Errorf("error %v, want bad.txt and %q", err, c.want)
			}
		})
	}
	if _, err := Worldwide(t.TempDir()); err == nil {
		t.Error("an empty folder is read")
	}
	if _, err := UNER("testdata/iob/absent"); !os.IsNotExist(err) {
		t.Errorf("a file that is not there: %v", err)
	}
}

// FuzzIOB reads any file: names and words lie inside the text, and nothing panics.
func FuzzIOB(f *testing.F) {
	for _, path := range []string{"testdata/iob/invented.iob2", "testdata/iob/crossner.txt"} {
		raw, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte("# text = a b\na\tB-PER\nb\tI-PER\n\n# newdoc\nc\tI-LOC\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		path := filepath.Join(t.TempDir(), "file")
		if err := os.WriteFile(path, raw, 0o644); err != nil {
			t.Fatal(err)
		}
		docs, err := iob(path, 0, 1)
		if err != nil {
			return
		}
		for _, d := range docs {
			at := 0
			for _, n := range d.Names {
				if n.Begin < at || n.Empty() || n.End > len(d.Text) {
					t.Fatalf("name %v of %d bytes after %d", n.Span, len(d.Text), at)
				}
				at = n.End
			}
		}
		check(t, docs)
		for _, d := range docs {
			check(t, apart(d))
		}
	})
}
