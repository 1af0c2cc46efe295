package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

// The file holds a multiword token that its words spell ("didn’t") and one that
// they do not ("dunno": do, know), an empty node, a sentence without a space after
// it, two paragraphs and two documents.
func TestCoNLLU(t *testing.T) {
	docs, err := CoNLLU("testdata/conllu/invented.conllu")
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 {
		t.Fatalf("%d documents, want 2", len(docs))
	}
	d := docs[0]
	if want := "Aides didn’t object. “Fine”\n\ndunno!"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
	if d.Meta.Path != "invented_one" || docs[1].Meta.Path != "invented_two" || docs[1].Text != "No" {
		t.Errorf("documents %q %q %q", d.Meta.Path, docs[1].Meta.Path, docs[1].Text)
	}
	var words, heads, blocks, sentences []string
	for i, tok := range d.Tokens {
		words = append(words, d.Word(i))
		head := "-"
		if tok.Head >= 0 {
			head = d.Tokens[tok.Head].Lemma
		}
		heads = append(heads, tok.UPOS+" "+tok.XPOS+" "+tok.Rel+" "+head)
	}
	for _, b := range d.Blocks {
		blocks = append(blocks, d.Slice(b.Span))
	}
	for _, s := range d.Sentences {
		sentences = append(sentences, d.Slice(s.Span))
	}
	for _, c := range []struct {
		what      string
		got, want []string
	}{
		{"words", words, []string{"Aides", "did", "n’t", "object", ".", "“", "Fine", "”", "dunno", "dunno", "!"}},
		{"heads", heads, []string{"NOUN NNS nsubj object", "AUX VBD aux object", "PART RB advmod object", "VERB VB root -",
			"PUNCT . punct object", "PUNCT `` punct fine", "ADJ JJ root -", "PUNCT '' punct fine", "AUX VBP aux know",
			"VERB VB root -", "PUNCT . punct know"}},
		{"blocks", blocks, []string{"Aides didn’t object. “Fine”", "dunno!"}},
		{"sentences", sentences, []string{"Aides didn’t object.", "“Fine”", "dunno!"}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s: %s", c.what, diff)
		}
	}
	check(t, docs)
}

// check fails where spans do not lie inside what they are part of.
func check(t *testing.T, docs []*doc.Doc) {
	t.Helper()
	for _, d := range docs {
		at := 0
		for _, s := range d.Sentences {
			if s.First != at || s.Last <= s.First || s.Last > len(d.Tokens) {
				t.Fatalf("sentence of tokens %d to %d after %d", s.First, s.Last, at)
			}
			at = s.Last
			if !d.Blocks[s.Block].Contains(s.Span) {
				t.Fatalf("sentence %v outside its block %v", s.Span, d.Blocks[s.Block].Span)
			}
			for _, tok := range d.Tokens[s.First:s.Last] {
				if !s.Contains(tok.Span) {
					t.Fatalf("token %v outside its sentence %v", tok.Span, s.Span)
				}
				if tok.Head != -1 && (tok.Head < s.First || tok.Head >= s.Last) {
					t.Fatalf("head %d outside the sentence", tok.Head)
				}
			}
		}
		if at != len(d.Tokens) {
			t.Fatalf("%d tokens in sentences, %d in all", at, len(d.Tokens))
		}
	}
}

// row is a line of the ten fields with the given number, form and head.
func row(id, form, head string) string {
	return strings.Join([]string{id, form, form, "X", "X", "_", head, "dep", "_", "_"}, "\t") + "\n"
}

func TestCoNLLUErrors(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"fields", "1\ta\n", "a.conllu: line 1: 2 fields"},
		{"order", row("1", "a", "0") + row("3", "b", "1"), `line 2: word number "3", want 2`},
		{"no number", row("x", "a", "0"), `line 1: word number "x"`},
		{"head", row("1", "a", "_"), `line 1: head "_" is no number`},
		{"head outside", row("1", "a", "7") + "\n", "line 2: word 1: head 7 is outside"},
		{"circle", row("1", "a", "2") + row("2", "b", "1") + "\n", "line 3: word 1: its heads go round"},
		{"itself", row("1", "a", "1") + "\n", "word 1: its heads go round"},
		{"range", row("2-3", "a", "_"), `line 1: bad range "2-3"`},
		{"range in a range", row("1-3", "abc", "_") + row("1", "a", "0") + row("2-3", "bc", "_"), `line 3: bad range "2-3"`},
		{"open range", row("1-2", "ab", "_") + row("1", "a", "0") + "\n", "line 3: a range ends after its sentence"},
		{"form", row("1", " ", "0"), "line 1: no form"},
		{"bytes", row("1", "caf\xe9", "0"), "line 1: not UTF-8"},
		{"nothing", "# newdoc\n", "no sentences"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(write(t, map[string]string{"a.conllu": c.text}), "a.conllu")
			_, err := CoNLLU(path)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

// A file without "# newdoc" is one document, CRLF and a BOM notwithstanding, and a
// "# newdoc" ends the sentence before it even without a blank line.
func TestCoNLLUPlain(t *testing.T) {
	text := "\ufeff" + strings.ReplaceAll(row("1", "Yes", "0")+"\n"+row("1", "No", "0")+"# newdoc id = b\n"+row("1", "Hm", "0"), "\n", "\r\n")
	path := filepath.Join(write(t, map[string]string{"a": text}), "a")
	docs, err := CoNLLU(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || docs[0].Text != "Yes No" || docs[1].Text != "Hm" {
		t.Errorf("%d documents: %+v", len(docs), docs)
	}
}

// FuzzCoNLLU checks that any file gives an error or Docs whose spans fit.
func FuzzCoNLLU(f *testing.F) {
	raw, err := os.ReadFile("testdata/conllu/invented.conllu")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(raw))
	f.Add(row("1-2", "ab", "_") + row("1", "a", "0") + row("2", "b", "1") + "\n# newpar\n" + row("1", "c", "0"))
	f.Fuzz(func(t *testing.T, text string) {
		r := conllu{path: "a"}
		for _, line := range strings.Split(text, "\n") {
			r.line++
			if r.take(line) != nil {
				return
			}
		}
		if r.endSentence() != nil {
			return
		}
		r.endDoc()
		check(t, r.docs)
	})
}
