package quote

import (
	"hearsay/doc"
	"hearsay/learn"
)

// view is what the cue and role models look at: the hashes of a Doc's words and
// labels, computed once, and the shape of its trees. Slices run over Doc.Tokens.
type view struct {
	d      *doc.Doc
	word   []uint64 // hash of the lower-case form, digits folded
	lemma  []uint64
	xpos   []uint64
	upos   []uint64
	rel    []uint64
	class  []uint64 // hash of the lexicon's cue class of the lemma, 0 if none
	sent   []int32  // index into Doc.Sentences
	lo, hi []int32  // first and last token of the subtree
	first  []int32  // first child, or -1
	next   []int32  // next sibling, or -1
	quotes *quotes
}

func newView(d *doc.Doc) *view {
	n := len(d.Tokens)
	hashes := make([]uint64, 6*n)
	ints := make([]int32, 5*n)
	v := &view{d: d,
		word: hashes[:n], lemma: hashes[n : 2*n], xpos: hashes[2*n : 3*n],
		upos: hashes[3*n : 4*n], rel: hashes[4*n : 5*n], class: hashes[5*n:],
		sent: ints[:n], lo: ints[n : 2*n], hi: ints[2*n : 3*n], first: ints[3*n : 4*n], next: ints[4*n:],
		quotes: findQuotes(d)}
	var buf []byte
	for i := range d.Tokens {
		t := &d.Tokens[i]
		buf = fold(buf[:0], d.Text[t.Begin:t.End])
		v.word[i] = learn.HashBytes(buf)
		v.lemma[i] = learn.Hash(t.Lemma)
		v.xpos[i] = learn.Hash(t.XPOS)
		v.upos[i] = learn.Hash(t.UPOS)
		v.rel[i] = learn.Hash(t.Rel)
		if c := cueClass(t); c != "" {
			v.class[i] = learn.Hash(c)
		}
		v.lo[i], v.hi[i], v.first[i], v.next[i] = int32(i), int32(i), -1, -1
	}
	for s := range d.Sentences {
		v.shape(s)
	}
	return v
}

// shape fills the tree layer of sentence s.
func (v *view) shape(s int) {
	sent := &v.d.Sentences[s]
	for i := sent.Last - 1; i >= sent.First; i-- {
		v.sent[i] = int32(s)
		if h := v.d.Tokens[i].Head; h >= 0 {
			v.next[i] = v.first[h]
			v.first[h] = int32(i)
		}
	}
	// A token widens its head once its own subtree is known: children before
	// heads, which an explicit walk from the root gives in reverse.
	order := make([]int32, 0, sent.Last-sent.First)
	for i := sent.First; i < sent.Last; i++ {
		if v.d.Tokens[i].Head < 0 {
			order = append(order, int32(i))
		}
	}
	for k := 0; k < len(order); k++ {
		for c := v.first[order[k]]; c >= 0; c = v.next[c] {
			order = append(order, c)
		}
	}
	for k := len(order) - 1; k >= 0; k-- {
		i := order[k]
		if h := v.d.Tokens[i].Head; h >= 0 {
			v.lo[h] = min(v.lo[h], v.lo[i])
			v.hi[h] = max(v.hi[h], v.hi[i])
		}
	}
}

// fold appends the form in lower case with every digit as 0 to buf.
func fold(buf []byte, form string) []byte {
	for i := 0; i < len(form); i++ {
		c := form[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case '0' <= c && c <= '9':
			c = '0'
		}
		buf = append(buf, c)
	}
	return buf
}

// headOf returns the token of [first, last) that stands highest in the tree: the
// head of the words. Among equals a verb goes before a noun before the rest, and
// the left before the right.
func (v *view) headOf(first, last int) int {
	best, rank := first, 99
	for i := first; i < last; i++ {
		h := v.d.Tokens[i].Head
		if h >= first && h < last {
			continue
		}
		r := 9
		switch v.d.Tokens[i].UPOS {
		case "VERB":
			r = 0
		case "NOUN", "PROPN":
			r = 1
		case "ADJ", "ADP", "SCONJ":
			r = 2
		case "ADV":
			r = 3
		case "AUX":
			r = 4
		case "PUNCT":
			r = 5
		}
		if r < rank {
			best, rank = i, r
		}
	}
	return best
}

// at returns the i-th hash of a, or a constant for a place outside the block.
func at(a []uint64, i, first, last int) uint64 {
	if i < first || i >= last {
		return 0x51
	}
	return a[i]
}
