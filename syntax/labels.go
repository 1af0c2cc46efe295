package syntax

import "hearsay/learn"

// labelFeatures appends what the label of the arc from head to dep is judged by
// when it is made.
func (s *state) labelFeatures(dep, head int32, f []uint64) []uint64 {
	n := 0
	add := func(a, b, c uint64) {
		f = append(f, learn.Mix(learn.Mix(learn.Mix(learn.Template(700+n), a), b), c))
		n++
	}
	d, h := s.at(dep), s.at(head)
	side := uint64(bit(dep < head))
	far := side | uint64(min(max(dep-head, head-dep), 6))<<1
	dl, dr := s.kid(s.left, dep, 0), s.kid(s.right, dep, 0)
	dl2 := s.kid(s.left, dep, 1)
	hl, hr := s.kid(s.left, head, 0), s.kid(s.right, head, 0)
	add(d.xposHash, h.xposHash, side)
	add(d.tagWord, h.xposHash, side)
	add(d.xposHash, h.tagWord, side)
	add(d.tagWord, h.tagWord, side)
	add(d.lower, h.lower, side)
	add(d.lower, side, 0)
	add(h.lower, d.uposHash, side)
	add(d.uposHash, h.uposHash, far)
	add(d.xposHash, h.xposHash, far)
	add(d.suffix[2], h.xposHash, side)
	add(s.rel(dl), d.xposHash, h.xposHash)
	add(s.rel(dl), s.rel(dl2), d.xposHash)
	add(s.rel(dr), d.xposHash, h.xposHash)
	add(s.at(dl).lower, d.xposHash, h.xposHash)
	add(s.at(dl).lower, d.xposHash, h.lower)
	add(s.at(dl2).lower, s.at(dl).lower, d.xposHash)
	add(s.at(dr).lower, d.xposHash, side)
	add(s.rel(hl), h.xposHash, d.xposHash)
	add(s.rel(hr), h.xposHash, d.xposHash)
	add(s.rel(hl), s.rel(hr), d.xposHash)
	add(s.rel(hl), h.tagWord, d.xposHash)
	add(s.rel(hr), h.tagWord, d.xposHash)
	p, q := s.at(dep-1), s.at(dep+1)
	add(p.xposHash, d.xposHash, q.xposHash)
	add(p.lower, d.xposHash, h.xposHash)
	add(q.lower, d.xposHash, h.xposHash)
	add(s.at(head-1).xposHash, h.xposHash, d.xposHash)
	add(s.at(head+1).xposHash, h.xposHash, d.xposHash)
	if dep < head {
		add(s.between(dep, head), d.xposHash, h.xposHash)
	} else {
		add(s.between(head, dep), d.xposHash, h.xposHash)
	}
	add(d.before, d.xposHash, h.xposHash)
	add(d.after, d.xposHash, h.xposHash)
	add(d.fine, h.fine, side)
	add(d.fine, h.xposHash, side)
	add(d.xposHash, h.fine, side)
	add(d.fine, h.lower, side)
	add(d.lower, h.fine, side)
	add(d.fine, s.at(dl).lower, h.xposHash)
	add(s.at(dl).lower, d.lower, h.fine)
	return f
}

// labeller labels the arcs of a whole tree: once all words have heads, what hangs
// under a word and beside it says more than what was known when its arc was made.
type labeller struct {
	words       []word
	head        []int32 // n: the root
	first, next []int32 // the leftmost dependent of a word, and its next sibling; -1: none
	feats       []uint64
}

func (l *labeller) enter(words []word, head []int32) {
	n := len(words)
	l.words, l.head = words, head
	l.first, l.next = l.first[:0], l.next[:0]
	for range n + 1 {
		l.first, l.next = append(l.first, -1), append(l.next, -1)
	}
	for k := n - 1; k >= 0; k-- {
		h := head[k]
		l.next[k], l.first[h] = l.first[h], int32(k)
	}
}

func (l *labeller) at(i int32) *word {
	switch {
	case i < 0 || int(i) > len(l.words):
		return &edge
	case int(i) == len(l.words):
		return &rootWord
	}
	return &l.words[i]
}

// maxKids bounds how many dependents of one word are looked at.
const maxKids = 12

// features appends what the label of the arc to dep is judged by.
func (l *labeller) features(dep int32, f []uint64) []uint64 {
	t, n := 0, int32(len(l.words))
	add := func(a, b, c uint64) {
		f = append(f, learn.Mix(learn.Mix(learn.Mix(learn.Template(900+t), a), b), c))
		t++
	}
	hd := l.head[dep]
	d, h := l.at(dep), l.at(hd)
	side := bit(dep < hd)
	up := int32(-1)
	if hd < n {
		up = l.head[hd]
	}
	g := l.at(up)
	far := uint64(min(max(dep-hd, hd-dep), 6))<<1 | side
	marks := uint64(0)
	if dep < hd && hd < n {
		marks = uint64(min(h.commas-d.commas, 3))
	} else if hd < dep {
		marks = uint64(min(d.commas-h.commas, 3))
	}
	add(d.xposHash, h.xposHash, side)
	add(d.tagWord, h.xposHash, side)
	add(d.xposHash, h.tagWord, side)
	add(d.tagWord, h.tagWord, side)
	add(d.lower, h.lower, side)
	add(d.lower, side, 0)
	add(d.lower, d.uposHash, h.uposHash)
	add(h.lower, d.uposHash, side)
	add(d.fine, h.fine, side)
	add(d.fine, h.tagWord, side)
	add(d.tagWord, h.fine, side)
	add(d.fine, h.lower, side)
	add(d.lower, h.fine, side)
	add(g.xposHash, h.xposHash, d.xposHash)
	add(g.uposHash, h.tagWord, d.xposHash)
	add(g.tagWord, h.xposHash, d.xposHash)
	add(d.suffix[2], h.xposHash, side)
	add(d.xposHash, h.xposHash, far)
	add(d.tagWord, h.uposHash, far)
	add(d.before, d.xposHash, h.xposHash)
	add(d.after, d.xposHash, h.xposHash)
	add(marks, d.xposHash, h.xposHash)
	add(marks, d.fine, h.fine)
	add(l.at(dep-1).xposHash, d.xposHash, l.at(dep+1).xposHash)
	add(l.at(dep-1).lower, d.xposHash, h.xposHash)
	add(l.at(dep+1).lower, d.xposHash, h.xposHash)
	add(l.at(hd-1).xposHash, h.xposHash, d.xposHash)
	add(l.at(hd+1).xposHash, h.xposHash, d.xposHash)
	// What hangs under it.
	first, last, kids := l.first[dep], int32(-1), uint64(0)
	under := t
	for k := first; k >= 0 && kids < maxKids; k = l.next[k] {
		w := l.at(k)
		kidSide := side | bit(k < dep)<<1
		t = under
		add(w.xposHash|kidSide, d.xposHash, h.xposHash)
		add(w.lower, d.uposHash, kidSide)
		add(w.lower, d.xposHash, h.xposHash)
		add(w.lower, d.lower, h.uposHash)
		last = k
		kids++
	}
	t = under + 4
	add(l.at(first).xposHash, l.at(last).xposHash, d.xposHash)
	add(l.at(first).lower, h.tagWord, side)
	add(l.at(first).lower, d.lower, side)
	add(l.at(first).lower, d.fine, h.fine)
	add(kids, d.xposHash, h.xposHash)
	// What hangs beside it.
	before, after := int32(-1), int32(-1)
	beside, kids := t, uint64(0)
	for k := l.first[hd]; k >= 0 && kids < maxKids; k = l.next[k] {
		kids++
		if k == dep {
			after = l.next[k]
			continue
		}
		if k < dep {
			before = k
		}
		w := l.at(k)
		kidSide := bit(k < hd) | bit(k < dep)<<1 | side<<2
		t = beside
		add(w.xposHash, d.xposHash, kidSide)
		add(w.xposHash, d.xposHash, h.xposHash|kidSide)
		add(w.lower, d.xposHash, h.uposHash|kidSide)
		add(w.fine, d.fine, kidSide)
	}
	t = beside + 4
	add(l.at(before).xposHash, d.xposHash, h.xposHash)
	add(l.at(after).xposHash, d.xposHash, h.xposHash)
	add(l.at(before).xposHash, l.at(after).xposHash, d.xposHash)
	add(l.at(before).lower, d.xposHash, h.xposHash)
	return f
}
