package certainty

import (
	"strings"

	"hearsay/doc"
)

// tree is the children of every token of a Doc.
type tree struct {
	d           *doc.Doc
	first, next []int32 // first child, next sibling; -1 for none
	sentence    []int32
}

func newTree(d *doc.Doc) *tree {
	n := len(d.Tokens)
	room := make([]int32, 3*n)
	t := &tree{d: d, first: room[:n], next: room[n : 2*n], sentence: room[2*n:]}
	for i := range t.first {
		t.first[i], t.next[i] = -1, -1
	}
	for s := range d.Sentences {
		for i := d.Sentences[s].Last - 1; i >= d.Sentences[s].First; i-- {
			t.sentence[i] = int32(s)
			if h := d.Tokens[i].Head; h >= 0 {
				t.next[i], t.first[h] = t.first[h], int32(i)
			}
		}
	}
	return t
}

// children calls f with each child of i from the left, until f returns false.
func (t *tree) children(i int, f func(c int, rel string) bool) {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		if !f(int(c), base(t.d.Tokens[c].Rel)) {
			return
		}
	}
}

// child returns the first child of i with one of the relations, or -1.
func (t *tree) child(i int, rels ...string) (found int) {
	found = -1
	t.children(i, func(c int, rel string) bool {
		for _, r := range rels {
			if rel == r || t.d.Tokens[c].Rel == r {
				found = c
				return false
			}
		}
		return true
	})
	return found
}

// base is a relation without its subtype.
func base(rel string) string {
	if i := strings.IndexByte(rel, ':'); i >= 0 {
		return rel[:i]
	}
	return rel
}

// lemma is the lemma of i in small letters.
func (t *tree) lemma(i int) string { return strings.ToLower(t.d.Tokens[i].Lemma) }

// form is the word i in small letters.
func (t *tree) form(i int) string { return strings.ToLower(t.d.Word(i)) }

// phrase is the form of a function word with those fixed to it: "instead of".
func (t *tree) phrase(i int) string {
	p := t.form(i)
	t.children(i, func(c int, rel string) bool {
		if rel == "fixed" {
			p += " " + t.form(c)
		}
		return true
	})
	return p
}

// span is the text from the first to the last word under i, but for punctuation at the ends.
func (t *tree) span(i int) doc.Span {
	lo, hi := i, i
	var walk func(k, depth int)
	walk = func(k, depth int) {
		for c := t.first[k]; c >= 0 && depth < 100; c = t.next[c] {
			if t.d.Tokens[c].UPOS == "PUNCT" {
				continue
			}
			lo, hi = min(lo, int(c)), max(hi, int(c))
			walk(int(c), depth+1)
		}
	}
	walk(i, 0)
	return doc.Span{Begin: t.d.Tokens[lo].Begin, End: t.d.Tokens[hi].End}
}

// verbal says whether i is the predicate of a clause: a verb, or a word with a copula or a
// subject.
func (t *tree) verbal(i int) bool {
	return t.d.Tokens[i].UPOS == "VERB" || t.d.Tokens[i].UPOS == "AUX" || t.child(i, "cop", "aux", "nsubj", "csubj") >= 0
}

// past says whether the clause of i is told as past: «after the bridge fell».
func (t *tree) past(i int) bool {
	if t.d.Tokens[i].XPOS == "VBD" {
		return true
	}
	past := false
	t.children(i, func(c int, rel string) bool {
		past = past || (rel == "aux" || rel == "cop") && t.d.Tokens[c].XPOS == "VBD"
		return true
	})
	return past
}

// modal says whether the clause of i has a modal verb.
func (t *tree) modal(i int) bool {
	found := false
	t.children(i, func(c int, rel string) bool {
		found = found || rel == "aux" && t.d.Tokens[c].XPOS == "MD"
		return true
	})
	return found
}
