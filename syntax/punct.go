package syntax

import "hearsay/learn"

// Where a mark hangs says little about the words and much about the tree of the
// words: in «He left, she said.» the comma belongs to "left" because "left" heads
// the clause that it ends. The parser meets marks before that tree is there, so
// they are hung anew once it is: on one of the words that a mark can reach without
// crossing an arc, the best by a linear ranker.

// hanger hangs marks. Its slices run over the words of one sentence.
type hanger struct {
	n       int
	words   []word
	head    []int32 // n: the root
	label   []int32
	rels    []uint64
	mark    []bool
	partner []int32 // of a quotation mark or bracket, -1 if none
	lo, hi  []int32 // the first and last word under each
	feats   []uint64
	cands   []int32
	sides   []uint8
	ranks   []int16 // steps from the bottom of the chain
}

var punctHash = learn.Hash("PUNCT")

// hashes of the marks that come in pairs.
var (
	opens  = map[uint64]uint64{}
	either = map[uint64]bool{learn.Hash(`"`): true, learn.Hash("'"): true, learn.Hash("-"): true}
)

func init() {
	for _, p := range [][2]string{{"(", ")"}, {"[", "]"}, {"{", "}"}, {"``", "''"}, {"«", "»"}} {
		opens[learn.Hash(p[0])] = learn.Hash(p[1])
	}
}

// enter takes up a sentence whose tree is known.
func (h *hanger) enter(words []word, head, label []int32, rels []uint64) {
	n := len(words)
	h.n, h.words, h.head, h.label, h.rels = n, words, head, label, rels
	h.mark, h.partner = growTo(h.mark, n), growTo(h.partner, n)
	h.lo, h.hi = growTo(h.lo, n), growTo(h.hi, n)
	last := map[uint64]int32{}
	for i := range words {
		h.mark[i] = words[i].uposHash == punctHash
		h.partner[i] = -1
		h.lo[i], h.hi[i] = int32(i), int32(i)
		w := words[i].lower
		switch {
		case !h.mark[i]:
		case opens[w] != 0:
			last[opens[w]] = int32(i)
		default:
			if j, ok := last[w]; ok {
				h.partner[i], h.partner[j] = j, int32(i)
				delete(last, w)
			} else if either[w] {
				last[w] = int32(i)
			}
		}
	}
	for i := range words {
		if h.mark[i] {
			continue
		}
		for x, steps := int32(i), 0; int(x) < n && steps < 100; x, steps = head[x], steps+1 {
			if h.lo[x] <= int32(i) && h.hi[x] >= int32(i) && x != int32(i) {
				break
			}
			h.lo[x], h.hi[x] = min(h.lo[x], int32(i)), max(h.hi[x], int32(i))
		}
	}
}

// reach lists the words that the mark p can hang on: up the heads from its nearest
// word on either side until one lies beyond p.
func (h *hanger) reach(p int) {
	h.cands, h.sides, h.ranks = h.cands[:0], h.sides[:0], h.ranks[:0]
	for side := range 2 {
		x, step := p-1, -1
		if side == 1 {
			x, step = p+1, 1
		}
		for x >= 0 && x < h.n && h.mark[x] {
			x += step
		}
		for rank := 0; x >= 0 && x < h.n && rank < 60; rank++ {
			if (x > p) != (side == 1) {
				break
			}
			if !h.mark[x] {
				h.cands = append(h.cands, int32(x))
				h.sides = append(h.sides, uint8(side))
				h.ranks = append(h.ranks, int16(rank))
			}
			x = int(h.head[x])
		}
	}
}

func (h *hanger) rel(i int) uint64 {
	if i < 0 || i >= h.n {
		return 3
	}
	return h.rels[h.label[i]]
}

// features appends what candidate k of the mark p is judged by.
func (h *hanger) features(p, k int, f []uint64) []uint64 {
	n := 0
	x := int(h.cands[k])
	side := uint64(h.sides[k])
	form := h.words[p].lower
	add := func(a, b, c, d uint64) {
		f = append(f, learn.Mix(learn.Mix(learn.Mix(learn.Mix(learn.Mix(learn.Template(800+n), form), a), b), c), d))
		n++
	}
	bottom := uint64(min(h.ranks[k], 3))
	top := bit(k+1 == len(h.cands) || h.sides[k+1] != h.sides[k])
	isRoot := bit(int(h.head[x]) == h.n)
	up := int(h.head[x])
	crosses := bit(up < h.n && (up > p) != (x > p)) // its own arc passes over the mark
	edge := bit(int(h.hi[x]) == p-1 || int(h.lo[x]) == p+1)
	over := bit(int(h.lo[x]) < p && int(h.hi[x]) > p)
	end := bit(p == h.n-1) | bit(p == 0)<<1
	rel, pos := h.rel(x), h.words[x].uposHash
	pair := uint64(0)
	if q := int(h.partner[p]); q >= 0 {
		lo, hi := min(p, q), max(p, q)
		pair = 1 + bit(lo < x && x < hi) + 2*bit(lo < x && x < hi && (up < lo || up > hi)) + 4*bit(q < p)
	}
	other := uint64(0)
	for j := range h.cands {
		if h.sides[j] != h.sides[k] && (j+1 == len(h.cands) || h.sides[j+1] != h.sides[j]) {
			other = h.rel(int(h.cands[j]))
		}
	}
	prev, next := uint64(5), uint64(6)
	if p > 0 {
		prev = h.words[p-1].uposHash
	}
	if p+1 < h.n {
		next = h.words[p+1].uposHash
	}
	add(side, top, isRoot, end)
	add(side, bottom, rel, top)
	add(side, rel, pos, 0)
	add(side, crosses, edge, over)
	add(side, top, rel, other)
	add(side, top, crosses, rel)
	add(pair, top, isRoot, side)
	add(pair, edge, over, crosses)
	add(pair, rel, side, bottom)
	add(side, rel, edge, over)
	add(side, top, prev, next)
	add(side, rel, prev, next)
	add(rel, h.rel(up), side, edge)
	add(side, isRoot, end, other)
	add(side, bottom, top, edge)
	add(side, pos, top, next)
	return f
}

func growTo[T any](a []T, n int) []T {
	if cap(a) < n {
		return make([]T, n)
	}
	return a[:n]
}

// hang moves every mark that heads nothing to its best candidate.
func (m *Model) hang(h *hanger, st *state) {
	h.enter(st.words, st.head, st.label, m.relHash)
	punct := int32(m.punct)
	for p := range h.n {
		if !h.mark[p] || st.label[p] != punct || st.kids[p] != [2]uint8{} || int(st.head[p]) == h.n {
			continue
		}
		h.reach(p)
		best, top := -1, int32(0)
		for k := range h.cands {
			h.feats = h.features(p, k, h.feats[:0])
			var score [1]int32
			m.marks.Score(h.feats, score[:])
			if best < 0 || score[0] > top {
				best, top = k, score[0]
			}
		}
		if best >= 0 {
			st.head[p] = h.cands[best]
		}
	}
}

// trainMarks learns the ranker from gold trees.
func (m *Model) trainMarks(sents []*sample, epochs int) *learn.Trainer {
	t := learn.NewTrainer(1)
	var h hanger
	var gold, guess []uint64
	label := make([]int32, 0, 300)
	for range epochs {
		for _, s := range sents {
			label = label[:0]
			for _, l := range s.label {
				label = append(label, int32(l))
			}
			h.enter(s.words, s.head, label, m.relHash)
			for p := range h.n {
				if !h.mark[p] {
					continue
				}
				h.reach(p)
				right, best := -1, -1
				var top float32
				for k, x := range h.cands {
					h.feats = h.features(p, k, h.feats[:0])
					var score [1]float32
					t.Score(h.feats, score[:])
					if x == s.head[p] {
						right = k
						score[0] -= 2 // a margin
					}
					if best < 0 || score[0] > top {
						best, top = k, score[0]
					}
				}
				if right < 0 || best == right {
					t.Tick()
					continue
				}
				gold, guess = h.features(p, right, gold[:0]), h.features(p, best, guess[:0])
				t.Update(gold, 0, 1)
				t.Update(guess, 0, -1)
				t.Tick()
			}
		}
	}
	return t
}
