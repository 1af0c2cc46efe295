package extract

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/doc"
)

var update = flag.Bool("update", false, "rewrite testdata with what comes out")

// TestLayout lays out each testdata/*.txt and compares with the .blocks beside it:
// one block a line, its kind and its text with line ends as "⏎".
func TestLayout(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatal("no testdata/*.txt", err)
	}
	more, _ := filepath.Glob("testdata/*.html")
	for _, path := range append(paths, more...) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			raw, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			d, err := Article(path, raw)
			if err != nil {
				t.Fatal(err)
			}
			m := d.Meta
			got := fmt.Sprintf("title %s | byline %s | credit %s | outlet %s | published %s | language %s\n", m.Title, m.Byline, m.Credit, m.Outlet, m.Published, m.Language)
			for _, f := range [][2]string{{"dateline", m.Dateline}, {"updated", m.Updated}, {"section", m.Section}, {"canonical", m.Canonical}} {
				if f[1] != "" {
					got += f[0] + " " + f[1] + "\n"
				}
			}
			for _, b := range d.Blocks {
				got += fmt.Sprintf("%-11s %s\n", b.Kind, strings.NewReplacer("\r\n", "⏎", "\n", "⏎").Replace(d.Slice(b.Span)))
			}
			golden := path + ".blocks"
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestBadPages(t *testing.T) {
	for _, c := range []struct{ name, raw, want string }{
		{"deep", "<html><body>" + strings.Repeat("<div>", 100000) + "He said no.", "elements lie"},
		{"no text", "<html><head><title>x</title></head><body><script>var a = 1</script></body></html>", "no body text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Article("page.html", []byte(c.raw)); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "page.html") {
				t.Errorf("got %v, want an error that names page.html and %q", err, c.want)
			}
		})
	}
}

func TestLanguage(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The minister said that talks with the union had failed.", "en"},
		{"Le ministre a déclaré que les discussions avec le syndicat avaient échoué et que la grève se poursuivrait dans tout le pays pendant la semaine.", "fr"},
		{"Der Minister sagte, die Gespräche mit der Gewerkschaft seien gescheitert, und der Streik werde im ganzen Land fortgesetzt werden.", "de"},
		{"Министр заявил, что переговоры с профсоюзом провалились.", "ru"},
		{"Envoy: no talks", "und"},
		{"12 34", "und"},
	} {
		d := doc.New(c.text)
		if got := language(d); got != c.want {
			t.Errorf("%s: got %s, want %s", c.text, got, c.want)
		}
	}
}

// FuzzLayout holds that blocks are trimmed, in order, inside the text, and that
// only bullets lie outside them.
func FuzzLayout(f *testing.F) {
	for _, s := range []string{"", "A\n\nB", "- x\n- y", "PORT VALE (Wire) — It rained for a long day.", "1. a\r\n2. b", "•  \n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		d := doc.New(text)
		Layout(d)
		at := 0
		for _, b := range d.Blocks {
			if b.Begin < at || b.End <= b.Begin || b.End > len(text) || b.Span != b.Span.Trim(text) {
				t.Fatalf("block %v after %d of %d", b.Span, at, len(text))
			}
			if gap := strings.TrimSpace(text[at:b.Begin]); len(gap) > 40 {
				t.Fatalf("%q lies outside all blocks", gap)
			}
			at = b.End
		}
	})
}

// FuzzArticle holds that no page or file, however broken, does harm.
func FuzzArticle(f *testing.F) {
	for _, s := range []string{"<html><p>He said no.</p>", "<!doctype html><body><p>a<p>b<li>c", "<html><body><table><tr><td>x", "plain"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := Article("x", raw)
		if err == nil && strings.TrimSpace(d.Text) == "" {
			t.Fatal("an article without text")
		}
	})
}
