package quote

import (
	"hearsay/doc"
	"hearsay/learn"
)

// The roles of a token in one statement. A token of the window has one.
const (
	roleOut = iota
	roleSource
	roleCue
	roleContent
	roleCount
)

// The window of a cue: its block, and at most this many tokens to either side.
const windowReach = 220

// frame is a cue's view of its window: for every token its place in the tree as
// seen from the cue. Slices run over the window, from token first on.
//
// The tree is climbed from the cue's head h to the root; every other token of the
// sentence hangs under one of these ancestors by a branch. In «Aides said on
// Monday he had left» seen from "said": "Aides" is the branch nsubj of h itself,
// "he had left" the branch ccomp; both at level 0. Seen from "announced" in
// «Aides announced a plan and said …» the branch of "plan" is obj at level 0.
type frame struct {
	v           *view
	head        int      // the cue's head token
	first, last int      // the window is tokens [first, last)
	level       []int8   // ancestors climbed from h to where the branch hangs; -1 in another sentence
	branch      []int32  // token that heads the branch; the ancestor itself if t is one; -1 in another sentence
	twig        []int32  // the child of the branch's head under which t stands; the branch itself at its head
	chain       []uint64 // hash of the relations climbed, by level
	ancestors   []int32
	onChain     map[int32]int8

	marksBefore []uint8 // quotation marks between t and the cue, at most 3
}

// enter points the frame at the cue headed by token h.
func (f *frame) enter(v *view, h int) {
	f.v, f.head = v, h
	s := v.d.Sentences[v.sent[h]]
	f.first, f.last = blockTokens(v.d, s.Block, int(v.sent[h]))
	f.first, f.last = max(f.first, h-windowReach), min(f.last, h+windowReach+1)
	n := f.last - f.first
	f.level = grow(f.level, n)
	f.branch = grow(f.branch, n)
	f.twig = grow(f.twig, n)
	f.marksBefore = grow(f.marksBefore, n)

	f.ancestors, f.chain = f.ancestors[:0], f.chain[:0]
	if f.onChain == nil {
		f.onChain = make(map[int32]int8)
	}
	clear(f.onChain)
	climbed := uint64(0)
	for a := h; a >= 0 && len(f.ancestors) < 100; a = v.d.Tokens[a].Head {
		f.onChain[int32(a)] = int8(len(f.ancestors))
		f.ancestors = append(f.ancestors, int32(a))
		f.chain = append(f.chain, climbed)
		climbed = learn.Mix(climbed+1, v.rel[a])
	}
	for i := range n {
		f.level[i], f.branch[i], f.twig[i] = -1, -1, -1
	}
	for i := max(s.First, f.first); i < min(s.Last, f.last); i++ {
		f.place(i)
	}
	// Quotation marks crossed on the way from the cue.
	for dir := -1; dir <= 1; dir += 2 {
		crossed := uint8(0)
		for i := h + dir; i >= f.first && i < f.last; i += dir {
			f.marksBefore[i-f.first] = crossed
			if v.quotes.Mark(i) != 0 && crossed < 3 {
				crossed++
			}
		}
	}
	f.marksBefore[h-f.first] = 0
}

// place finds the branch of token i by climbing to the cue's chain, and records
// it for all tokens passed on the way.
func (f *frame) place(i int) {
	if f.branch[i-f.first] >= 0 {
		return
	}
	var path [64]int32
	n := 0
	t := int32(i)
	for n < len(path) {
		if l, ok := f.onChain[t]; ok {
			// t is an ancestor of the cue or the cue itself.
			f.set(t, l, t, t)
			if n > 0 {
				b := path[n-1]
				f.set(b, l, b, b)
				for k := n - 2; k >= 0; k-- {
					f.set(path[k], l, b, path[n-2])
				}
			}
			return
		}
		path[n] = t
		n++
		h := f.v.d.Tokens[t].Head
		if h < 0 {
			break
		}
		if in := int(h) >= f.first && int(h) < f.last; in && f.branch[h-f.first] >= 0 {
			if _, on := f.onChain[int32(h)]; !on {
				l, b, w := f.level[h-f.first], f.branch[h-f.first], f.twig[h-f.first]
				for k := n - 1; k >= 0; k-- {
					if w == b {
						f.set(path[k], l, b, path[n-1])
					} else {
						f.set(path[k], l, b, w)
					}
				}
				return
			}
		}
		t = int32(h)
	}
	// Too deep, or another root of the same sentence: it hangs nowhere.
	for k := range n {
		f.set(path[k], 99, path[n-1], path[n-1])
	}
}

func (f *frame) set(t int32, level int8, branch, twig int32) {
	if i := int(t) - f.first; i >= 0 && i < len(f.branch) {
		f.level[i], f.branch[i], f.twig[i] = level, branch, twig
	}
}

// blockTokens returns the tokens of block b, of which sentence s is one.
func blockTokens(d *doc.Doc, b, s int) (first, last int) {
	lo, hi := s, s
	for lo > 0 && d.Sentences[lo-1].Block == b && s-lo < 40 {
		lo--
	}
	for hi+1 < len(d.Sentences) && d.Sentences[hi+1].Block == b && hi-s < 40 {
		hi++
	}
	return d.Sentences[lo].First, d.Sentences[hi].Last
}

func grow[T any](a []T, n int) []T {
	if cap(a) < n {
		return make([]T, n)
	}
	return a[:n]
}

// distance puts the distance from the cue into one of a few classes.
func distance(n int) uint64 {
	side := uint64(0)
	if n < 0 {
		side, n = 16, -n
	}
	switch {
	case n <= 5:
		return side + uint64(n)
	case n <= 8:
		return side + 6
	case n <= 14:
		return side + 7
	case n <= 25:
		return side + 8
	case n <= 50:
		return side + 9
	}
	return side + 10
}

// levelClass folds deep levels together; other sentences keep a class by how far
// they are.
func (f *frame) levelClass(i int) uint64 {
	l := f.level[i-f.first]
	if l >= 0 {
		return uint64(min(l, 6))
	}
	so := int(f.v.sent[i]) - int(f.v.sent[f.head])
	return uint64(20 + max(-4, min(4, so)))
}

// emit appends the features of token i having a role.
func (f *frame) emit(i int, out []uint64) []uint64 {
	v, h, k := f.v, f.head, i-f.first
	side := bit(i > h)
	if i == h {
		side = 2
	}
	lc := f.levelClass(i)
	word, pos, rel := v.word[i], v.xpos[i], v.rel[i]
	hl, hp, hc := v.lemma[h], v.xpos[h], v.class[h]
	n := 0
	add := func(parts ...uint64) {
		x := learn.Template(100 + n)
		n++
		for _, p := range parts {
			x = learn.Mix(x, p)
		}
		out = append(out, x)
	}
	in := bit(v.quotes.Inside(i)) | bit(v.quotes.Inside(h))<<1 | bit(v.quotes.Mark(i) != 0)<<2
	marks := uint64(f.marksBefore[k])
	dist := distance(i - h)
	near := uint64(9)
	if i-h <= 4 && h-i <= 4 {
		near = dist
	}
	add(side, in, marks)
	add(word, side)
	add(pos, dist)
	add(at(v.word, i-1, f.first, f.last), side)
	add(at(v.word, i+1, f.first, f.last), side)
	add(at(v.xpos, i-1, f.first, f.last), pos, at(v.xpos, i+1, f.first, f.last), side)
	add(near, pos, hp)
	add(near, word, hp)
	add(near, word, hl)
	add(near, hc, pos)
	add(in, side, hc, lc)
	add(in, marks, side, hp)
	if f.level[k] < 0 { // another sentence of the paragraph
		s := v.d.Sentences[v.sent[i]]
		hs := v.d.Sentences[v.sent[h]]
		opens := v.word[s.First]
		so := lc
		add(so, in, hc)
		add(so, opens, in)
		add(so, hp, bit(v.quotes.Inside(hs.Last-1)), in)
		add(so, bit(hs.Last-1 == h || hs.Last-2 == h), in, marks)
		add(so, pos, in)
		add(so, v.upos[f.root(s)], in)
		return out
	}
	b, w := f.branch[k], f.twig[k]
	brel, wrel := v.rel[b], v.rel[w]
	chain := uint64(0)
	if int(f.level[k]) < len(f.chain) {
		chain = f.chain[f.level[k]]
	}
	if l, on := f.onChain[b]; on && l == f.level[k] {
		brel = 0x99 // an ancestor of the cue, or its head
	}
	add(lc, brel, side)
	add(lc, brel, hl)
	add(lc, brel, hc, hp)
	add(chain, brel, hp, side)
	add(chain, brel, hl)
	add(lc, brel, pos)
	add(lc, brel, word)
	add(lc, brel, wrel, side)
	add(chain, brel, wrel, hp)
	add(lc, brel, wrel, hc)
	add(lc, brel, wrel, pos)
	if g := v.d.Tokens[i].Head; g >= 0 {
		add(rel, v.rel[g], side)
	} else {
		add(rel, side)
	}
	add(lc, brel, v.lemma[b], side)
	add(lc, brel, v.xpos[b], hl)
	add(lc, brel, v.lemma[b], hl)
	add(lc, brel, v.lemma[w], side)
	mark := f.mark(int(b))
	add(lc, brel, mark, hc, side)
	add(lc, brel, mark, v.xpos[b], wrel)
	add(lc, brel, in, marks, side)
	add(lc, brel, bit(int(v.lo[b]) < h), bit(int(v.hi[b]) > h), side)
	sub := v.subjectOf(h)
	add(lc, brel, hp, bit(sub >= 0), side)
	add(near, rel, lc, brel)
	edge := bit(int(v.lo[b]) == i) | bit(int(v.hi[b]) == i)<<1 | bit(int(v.lo[w]) == i)<<2 | bit(int(v.hi[w]) == i)<<3
	add(edge, pos, brel, side)
	add(edge, lc, brel, wrel)
	return out
}

// mark returns the word that opens the branch headed by b: its marker ("that",
// "to", "whether") or its preposition.
func (f *frame) mark(b int) uint64 {
	for c := f.v.first[b]; c >= 0; c = f.v.next[c] {
		if r := f.v.d.Tokens[c].Rel; r == "mark" || r == "case" {
			return f.v.lemma[c]
		}
	}
	return 0
}

func (v *view) subjectOf(i int) int {
	for c := v.first[i]; c >= 0; c = v.next[c] {
		if r := v.d.Tokens[c].Rel; r == "nsubj" || r == "nsubj:pass" {
			return int(c)
		}
	}
	return -1
}

func (f *frame) root(s doc.Sentence) int {
	for i := s.First; i < s.Last; i++ {
		if f.v.d.Tokens[i].Head < 0 {
			return i
		}
	}
	return s.First
}

// join appends the features of token i having one role and the token before it
// another: where parts begin and end.
func (f *frame) join(i int, out []uint64) []uint64 {
	v, h, k := f.v, f.head, i-f.first
	n := 0
	add := func(parts ...uint64) {
		x := learn.Template(200 + n)
		n++
		for _, p := range parts {
			x = learn.Mix(x, p)
		}
		out = append(out, x)
	}
	side := bit(i > h)
	if i == h {
		side = 2
	}
	prev := func(a []uint64) uint64 { return at(a, i-1, f.first, f.last) }
	pos, word := v.xpos[i], v.word[i]
	hl, hp, hc := v.lemma[h], v.xpos[h], v.class[h]
	near := uint64(99)
	if i-h <= 3 && h-i <= 3 {
		near = distance(i - h)
	}
	add(side)
	add(side, near, hp)
	add(pos, side)
	add(prev(v.xpos), side)
	add(prev(v.xpos), pos, side)
	add(prev(v.word), pos)
	add(prev(v.xpos), word)
	add(word, side)
	add(prev(v.word), word)
	add(near, pos, hp)
	add(near, word, hl)
	add(near, prev(v.word), word)
	add(pos, at(v.xpos, i+1, f.first, f.last), side)
	q0 := uint64(0)
	if i > f.first {
		q0 = bit(v.quotes.Inside(i-1)) | uint64(v.quotes.Mark(i-1))<<1
	}
	q1 := bit(v.quotes.Inside(i)) | uint64(v.quotes.Mark(i))<<1
	marks := uint64(f.marksBefore[k])
	add(q0, q1, side, marks)
	add(q0, q1, pos, side)
	add(q0, q1, bit(v.quotes.Inside(h)), hc)
	if i == f.first || v.sent[i] != v.sent[i-1] {
		so := f.levelClass(i)
		add(so, q0, q1)
		add(so, word, q0)
		add(so, hc, q0, q1)
		add(so, hp, q1)
		return out
	}
	n += 4
	if f.level[k] < 0 {
		return out
	}
	b0, b1 := f.branch[k-1], f.branch[k]
	w0, w1 := f.twig[k-1], f.twig[k]
	l0, l1 := f.levelClass(i-1), f.levelClass(i)
	r0, r1 := v.rel[b0], v.rel[b1]
	if l, on := f.onChain[b0]; on && l == f.level[k-1] {
		r0 = 0x99
	}
	if l, on := f.onChain[b1]; on && l == f.level[k] {
		r1 = 0x99
	}
	same := bit(b0 == b1) | bit(w0 == w1)<<1
	add(l0, r0, l1, r1, same)
	add(l0, r0, l1, r1, same, hl)
	add(same, r0, r1, pos, side)
	add(same, r1, v.rel[w0], v.rel[w1], l1)
	add(same, r1, v.rel[w1], hp, side)
	open := bit(int(v.lo[b1]) == i) | bit(int(v.lo[w1]) == i)<<1
	shut := bit(int(v.hi[b0]) == i-1) | bit(int(v.hi[w0]) == i-1)<<1
	add(open, shut, r0, r1, side)
	add(open, shut, l1, r1, v.rel[w1], hp)
	add(open, shut, pos, prev(v.xpos))
	add(open, shut, hc, l0, r0, l1, r1)
	// The widest subtree that begins or ends here.
	add(v.rel[f.opener(i)], pos, side)
	add(v.rel[f.opener(i)], prev(v.xpos), l1)
	add(v.rel[f.closer(i-1)], prev(v.xpos), pos)
	add(v.rel[f.closer(i-1)], v.rel[f.opener(i)], side, q0, q1)
	return out
}

// opener returns the head of the widest subtree whose first token is i.
func (f *frame) opener(i int) int {
	t := i
	for {
		h := f.v.d.Tokens[t].Head
		if h < 0 || int(f.v.lo[h]) != i {
			return t
		}
		t = h
	}
}

// closer returns the head of the widest subtree whose last token is i.
func (f *frame) closer(i int) int {
	t := i
	for {
		h := f.v.d.Tokens[t].Head
		if h < 0 || int(f.v.hi[h]) != i {
			return t
		}
		t = h
	}
}

// ending appends the features of the statement as a whole having a source or none
// and a number of fragments: «It was said that …» has none, «"Yes," he said,
// "but …"» has two.
func (f *frame) ending(out []uint64) []uint64 {
	v, h := f.v, f.head
	n := 0
	add := func(parts ...uint64) {
		x := learn.Template(300 + n)
		n++
		for _, p := range parts {
			x = learn.Mix(x, p)
		}
		out = append(out, x)
	}
	s := v.d.Sentences[v.sent[h]]
	left, right := v.nearQuote(h, -1, s), v.nearQuote(h, +1, s)
	sub := v.subject(h)
	srel, spos := uint64(0), uint64(0)
	if sub >= 0 {
		srel, spos = v.rel[sub], v.xpos[sub]
	}
	add()
	add(v.lemma[h])
	add(v.xpos[h], srel)
	add(v.xpos[h], spos)
	add(v.class[h], srel, spos)
	add(v.rel[h], v.xpos[h], srel)
	add(left, right, v.upos[h])
	add(left, right, bit(sub >= 0 && sub < h))
	add(bit(v.quotes.Inside(s.Last-1)), left, right)
	add(v.xpos[h], bit(h-s.First < 3), bit(s.Last-h < 4))
	return out
}
