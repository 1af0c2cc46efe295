package event

import (
	"strings"

	"hearsay/doc"
	"hearsay/lexicon/plover"
)

// tree is the shape of a Doc's trees and what its words refer to. Slices run over
// Doc.Tokens.
type tree struct {
	d           *doc.Doc
	first, next []int32 // first child and next sibling, in order; -1 where there is none
	lower       []string
	mention     []int32 // the shortest mention that the token is the head of, or -1
}

func newTree(d *doc.Doc) *tree {
	n := len(d.Tokens)
	ints := make([]int32, 3*n)
	t := &tree{d: d, first: ints[:n], next: ints[n : 2*n], mention: ints[2*n:], lower: make([]string, n)}
	for i := range ints {
		ints[i] = -1
	}
	for i := n - 1; i >= 0; i-- {
		t.lower[i] = strings.ToLower(d.Word(i))
		if h := d.Tokens[i].Head; h >= 0 {
			t.next[i] = t.first[h]
			t.first[h] = int32(i)
		}
	}
	for k := range d.Mentions {
		m := &d.Mentions[k]
		if at := t.mention[m.Head]; at < 0 || m.Len() < d.Mentions[at].Len() {
			t.mention[m.Head] = int32(k)
		}
	}
	return t
}

// children calls f with each child of i in order until it returns false.
func (t *tree) children(i int, f func(int) bool) {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		if !f(int(c)) {
			return
		}
	}
}

// child returns the first child of i with one of the relations (without subtype, or in full), or -1.
func (t *tree) child(i int, rels ...string) int {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		if t.is(int(c), rels...) {
			return int(c)
		}
	}
	return -1
}

// is says whether token i has one of the relations: "obl" is also "obl:agent", "nsubj:pass" only itself.
func (t *tree) is(i int, rels ...string) bool {
	rel := t.d.Tokens[i].Rel
	for _, r := range rels {
		if rel == r || strings.HasPrefix(rel, r) && rel[len(r)] == ':' {
			return true
		}
	}
	return false
}

// says whether token i is one of the words: by its lemma, as it is written, or as a
// regular form. Of "tear_gas" the last part is the token, the others hang on it.
func (t *tree) says(i int, words []string) bool {
	for _, w := range words {
		if k := strings.LastIndexByte(w, '_'); k >= 0 {
			if t.word(i, w[k+1:]) && t.parts(i, strings.Split(w[:k], "_")) {
				return true
			}
		} else if t.word(i, w) {
			return true
		}
	}
	return false
}

func (t *tree) word(i int, w string) bool {
	lemma := t.d.Tokens[i].Lemma
	return w == t.lower[i] || w == lemma || len(w) == len(lemma) && strings.EqualFold(w, lemma) || plover.FormOf(t.lower[i], w)
}

// parts says whether all words hang on token i.
func (t *tree) parts(i int, words []string) bool {
	for _, w := range words {
		found := false
		t.children(i, func(c int) bool {
			found = t.word(c, w)
			return !found
		})
		if !found {
			return false
		}
	}
	return true
}

// under says whether i is top or stands below it.
func (t *tree) under(i, top int) bool {
	for ; i >= 0; i = t.d.Tokens[i].Head {
		if i == top {
			return true
		}
	}
	return false
}

// nominal says whether token i can head the words for a party.
func (t *tree) nominal(i int) bool {
	switch t.d.Tokens[i].UPOS {
	case "NOUN", "PROPN", "PRON":
		return true
	case "ADJ", "NUM", "DET":
		return t.mention[i] >= 0 // "the wounded", "three of them", "some"
	}
	return false
}

// verbal says whether token i is a verb or stands in the place of one.
func (t *tree) verbal(i int) bool {
	u := t.d.Tokens[i].UPOS
	return u == "VERB" || u == "AUX"
}

// passive says whether verb i is in the passive voice.
func (t *tree) passive(i int) bool {
	if t.child(i, "aux:pass") >= 0 || t.child(i, "nsubj:pass") >= 0 {
		return true
	}
	// «the men arrested on Monday»
	x := t.d.Tokens[i].XPOS
	return (x == "VBN" || x == "VBD") && t.d.Tokens[i].Rel == "acl" && t.child(i, "nsubj", "aux") < 0
}

// joined returns token i and those coordinated with it.
func (t *tree) joined(i int, like func(int) bool) []int {
	out := []int{i}
	t.children(i, func(c int) bool {
		if t.d.Tokens[c].Rel == "conj" && like(c) {
			out = append(out, t.joined(c, like)...)
		}
		return true
	})
	return out
}

// quantities hold others: «thousands of soldiers».
var quantities = map[string]bool{"thousand": true, "hundred": true, "dozen": true, "million": true, "number": true, "group": true,
	"handful": true, "lot": true, "majority": true, "some": true, "many": true, "several": true, "most": true, "all": true, "both": true,
	"one": true, "two": true, "three": true, "member": true, "series": true, "wave": true, "couple": true, "part": true, "rest": true,
	"score": true, "crowd": true, "half": true, "any": true, "none": true, "each": true, "another": true, "other": true, "round": true, "kind": true, "type": true}

// inner returns the word that a word of quantity counts: soldiers in «thousands of
// soldiers»; i itself where it is none.
func (t *tree) inner(i int) int {
	tok := &t.d.Tokens[i]
	if !quantities[tok.Lemma] && tok.UPOS != "NUM" {
		return i
	}
	out := i
	t.children(i, func(c int) bool {
		if t.is(c, "nmod", "obl") && t.hasCase(c, "of") {
			out = c
			return false
		}
		return true
	})
	return out
}

// hasCase says whether the words headed by i begin with the preposition.
func (t *tree) hasCase(i int, prep string) bool {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		if t.is(int(c), "case", "mark") && t.lower[c] == prep {
			return true
		}
	}
	return false
}

// subtree returns the first and the last token under i.
func (t *tree) subtree(i int) (lo, hi int) {
	lo, hi = i, i
	t.children(i, func(c int) bool {
		l, h := t.subtree(c)
		lo, hi = min(lo, l), max(hi, h)
		return true
	})
	return lo, hi
}

// span returns the bytes from token lo to token hi.
func (t *tree) span(lo, hi int) doc.Span {
	return doc.Span{Begin: t.d.Tokens[lo].Begin, End: t.d.Tokens[hi].End}
}
