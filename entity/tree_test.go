package entity

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/lexicon/kb"
)

// hand makes a Doc of a tree written by hand. Each line is a word: form, lemma, UPOS, XPOS, head,
// counted in the sentence from 1, and relation; "~" before a form glues it to the word before.
// A blank line ends a sentence, a line "¶" a block too. Names are "person: Jane Roe", each looked
// for behind the one before.
func hand(t *testing.T, rows string, names ...string) *doc.Doc {
	t.Helper()
	d := new(doc.Doc)
	var text strings.Builder
	block, first, begin := 0, 0, 0
	end := func() {
		if n := len(d.Tokens); n > first {
			d.Sentences = append(d.Sentences, doc.Sentence{Span: doc.Span{Begin: d.Tokens[first].Begin, End: d.Tokens[n-1].End}, First: first, Last: n, Block: block})
			first = n
		}
	}
	endBlock := func() {
		end()
		if text.Len() > begin {
			d.Blocks = append(d.Blocks, doc.Block{Span: doc.Span{Begin: begin, End: text.Len()}})
			text.WriteString("\n\n")
			begin = text.Len()
			block++
		}
	}
	for _, row := range strings.Split(rows, "\n") {
		f := strings.Fields(row)
		switch {
		case len(f) == 0:
			end()
			continue
		case f[0] == "¶":
			endBlock()
			continue
		case len(f) != 6:
			t.Fatalf("%d fields, want 6: %s", len(f), row)
		}
		form, glued := strings.CutPrefix(f[0], "~")
		if text.Len() > begin && !glued {
			text.WriteByte(' ')
		}
		head, err := strconv.Atoi(f[4])
		if err != nil {
			t.Fatalf("head %q: %s", f[4], row)
		}
		if head--; head >= 0 {
			head += first
		}
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: text.Len(), End: text.Len() + len(form)}, Lemma: f[1], UPOS: f[2], XPOS: f[3], Head: head, Rel: f[5]})
		text.WriteString(form)
	}
	endBlock()
	d.Text = strings.TrimSuffix(text.String(), "\n\n")
	at := 0
	for _, n := range names {
		kind, name, _ := strings.Cut(n, ": ")
		k := strings.Index(d.Text[at:], name)
		if k < 0 {
			t.Fatalf("name %q does not follow in %q", name, d.Text)
		}
		d.Names = append(d.Names, doc.Name{Type: doc.EntityType(kind), Span: doc.Span{Begin: at + k, End: at + k + len(name)}})
		at += k + len(name)
	}
	return d
}

// shown writes a mention down: its words, and of what form it is.
func (t *tree) shown(m *mention) string {
	return fmt.Sprintf("%s %s", [...]string{"pronoun", "proper", "common", "joint"}[m.form], t.d.Slice(t.span(m)))
}

// handTree is hand with its tree and mentions.
func handTree(t *testing.T, rows string, names ...string) (*tree, []mention) {
	t.Helper()
	tr := newTree(hand(t, rows, names...), kb.Shipped())
	return tr, tr.mentions()
}

// find returns the mention of those words and of that form, "proper Jane Roe".
func find(t *testing.T, tr *tree, all []mention, what string) *mention {
	t.Helper()
	for k := range all {
		if tr.shown(&all[k]) == what {
			return &all[k]
		}
	}
	t.Fatalf("no mention %q in %q", what, tr.d.Text)
	return nil
}

func itoa(n int) string { return strconv.Itoa(n) }

func hashOf(word string) uint64 { return learn.Hash(word) }
