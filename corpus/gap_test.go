package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Offsets of the file count code points, and the text may have a lone quotation mark.
func TestGAP(t *testing.T) {
	all, err := GAP("testdata/gap/invented.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 {
		t.Fatalf("%d snippets", len(all))
	}
	for i, want := range []struct {
		id, pronoun, a, b string
		isA, isB          bool
	}{
		{"invented-1", "she", "Mira Toll", "Ada Ek", true, false},
		{"invented-2", "She", "Mira", "Ada", false, false},
	} {
		x := all[i]
		if x.ID != want.id || x.Doc.Meta.Path != want.id || x.IsA != want.isA || x.IsB != want.isB {
			t.Errorf("%s %v %v, want %+v", x.ID, x.IsA, x.IsB, want)
		}
		if p, a, b := x.Doc.Slice(x.Pronoun), x.Doc.Slice(x.A), x.Doc.Slice(x.B); p != want.pronoun || a != want.a || b != want.b {
			t.Errorf("%s: %q %q %q", x.ID, p, a, b)
		}
	}
}

func TestGAPRefused(t *testing.T) {
	const head = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
	for _, c := range []struct{ name, file, want string }{
		{"no snippets", head, "no snippets"},
		{"a column too few", head + "x\tShe left Mira.\tShe\t0\tMira\t9\tTRUE\tMira\t9\tTRUE\n", "wrong number of fields"},
		{"no number", head + "x\tShe left Mira.\tShe\tzero\tMira\t9\tTRUE\tMira\t9\tTRUE\tu\n", "line 2: offset \"zero\""},
		{"another word there", head + "x\tShe left Mira.\tShe\t0\tMira\t8\tTRUE\tMira\t9\tTRUE\tu\n", "line 2: \"Mira\" does not stand at 8"},
		{"beyond the end", head + "x\tShe left Mira.\tShe\t0\tMira\t900\tTRUE\tMira\t9\tTRUE\tu\n", "line 2: \"Mira\" does not stand at 900"},
		{"before the beginning", head + "x\tShe left Mira.\tShe\t0\tMira\t-1\tTRUE\tMira\t9\tTRUE\tu\n", "line 2: \"Mira\" does not stand at -1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "bad.tsv")
			if err := os.WriteFile(path, []byte(c.file), 0o644); err != nil {
				t.Fatal(err)
			}
			if _, err := GAP(path); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "bad.tsv") {
				t.Errorf("error %v, want bad.tsv and %q", err, c.want)
			}
		})
	}
}

func TestByteOffset(t *testing.T) {
	for _, c := range []struct {
		text    string
		n, want int
	}{
		{"", 0, 0}, {"ab", 1, 1}, {"äb", 1, 2}, {"äb", 2, 3}, {"äb", 9, 3},
	} {
		if got := byteOffset(c.text, c.n); got != c.want {
			t.Errorf("code point %d of %q begins at %d, want %d", c.n, c.text, got, c.want)
		}
	}
}
