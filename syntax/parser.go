package syntax

import "hearsay/learn"

// The transitions of the arc-hybrid system (Kuhlmann et al. 2011). The root
// stands behind the last word.
const (
	moveShift = iota // the first word of the buffer goes onto the stack
	moveLeft         // the top of the stack depends on the first of the buffer
	moveRight        // the top of the stack depends on the one below it
	moveCount
)

// state is a parse under way. Words are those of a core, 0 … n-1; n is the root.
type state struct {
	n     int
	words []word
	stack []int32
	next  int
	head  []int32    // -1: none yet
	label []int32    // of the arc to the head; label hashes are looked up in rels
	left  [][2]int32 // the outermost two dependents to the left: last attached first
	right [][2]int32
	kids  [][2]uint8 // how many dependents to the left and right
	rels  []uint64   // hash by label
}

func (s *state) reset(words []word, rels []uint64) {
	n := len(words)
	s.n, s.words, s.next, s.rels = n, words, 0, rels
	s.stack = s.stack[:0]
	if cap(s.head) < n+1 {
		s.head, s.label = make([]int32, n+1, 2*n+1), make([]int32, n+1, 2*n+1)
		s.left, s.right = make([][2]int32, n+1, 2*n+1), make([][2]int32, n+1, 2*n+1)
		s.kids = make([][2]uint8, n+1, 2*n+1)
	}
	s.head, s.label, s.left, s.right, s.kids = s.head[:n+1], s.label[:n+1], s.left[:n+1], s.right[:n+1], s.kids[:n+1]
	for i := range s.head {
		s.head[i], s.label[i] = -1, 0
		s.left[i], s.right[i], s.kids[i] = [2]int32{-1, -1}, [2]int32{-1, -1}, [2]uint8{}
	}
}

func (s *state) done() bool { return s.next == s.n && len(s.stack) == 0 }

// allowed says which moves may be made; at least one always may until done. A
// sentence gets one root: the root takes a dependent only as the last move.
func (s *state) allowed() (ok [moveCount]bool) {
	ok[moveShift] = s.next < s.n
	ok[moveLeft] = len(s.stack) > 0 && (s.next < s.n || len(s.stack) == 1)
	ok[moveRight] = len(s.stack) > 1
	return ok
}

// arc returns the dependent and head of the arc that a move makes.
func (s *state) arc(move int) (dep, head int32) {
	dep = s.stack[len(s.stack)-1]
	if move == moveLeft {
		return dep, int32(s.next)
	}
	return dep, s.stack[len(s.stack)-2]
}

// apply makes a move; label is that of the arc made.
func (s *state) apply(move int, label int) {
	if move == moveShift {
		s.stack = append(s.stack, int32(s.next))
		s.next++
		return
	}
	dep, head := s.arc(move)
	s.stack = s.stack[:len(s.stack)-1]
	s.head[dep], s.label[dep] = head, int32(label)
	if move == moveLeft {
		s.left[head] = [2]int32{dep, s.left[head][0]}
		s.kids[head][0] = min(s.kids[head][0]+1, 5)
	} else {
		s.right[head] = [2]int32{dep, s.right[head][0]}
		s.kids[head][1] = min(s.kids[head][1]+1, 5)
	}
}

var rootWord = word{lower: 21, shape: 22, xposHash: 23, uposHash: 24, tagWord: 25, fine: 26, coarse: 27}

// at returns word i, the root, or the edge for -1.
func (s *state) at(i int32) *word {
	switch {
	case i < 0 || int(i) > s.n:
		return &edge
	case int(i) == s.n:
		return &rootWord
	}
	return &s.words[i]
}

func (s *state) rel(i int32) uint64 {
	if i < 0 || int(i) >= s.n || s.head[i] < 0 {
		return 31
	}
	return s.rels[s.label[i]]
}

func (s *state) onStack(k int) int32 {
	if k >= len(s.stack) {
		return -1
	}
	return s.stack[len(s.stack)-1-k]
}

func (s *state) inBuffer(k int) int32 {
	if s.next+k > s.n {
		return -1
	}
	return int32(s.next + k)
}

func (s *state) kid(of [][2]int32, i int32, k int) int32 {
	if i < 0 {
		return -1
	}
	return of[i][k]
}

// features appends what the next move is judged by: the top three of the stack,
// the first three of the buffer, and the outermost dependents of the top ones
// with their labels (after Zhang and Nivre 2011).
func (s *state) features(f []uint64) []uint64 {
	n := 0
	add1 := func(a uint64) { f = append(f, learn.Mix(learn.Template(600+n), a)); n++ }
	add2 := func(a, b uint64) { f = append(f, learn.Mix(learn.Mix(learn.Template(600+n), a), b)); n++ }
	add3 := func(a, b, c uint64) {
		f = append(f, learn.Mix(learn.Mix(learn.Mix(learn.Template(600+n), a), b), c))
		n++
	}
	add4 := func(a, b, c, d uint64) {
		f = append(f, learn.Mix(learn.Mix(learn.Mix(learn.Mix(learn.Template(600+n), a), b), c), d))
		n++
	}
	i0, i1, i2 := s.onStack(0), s.onStack(1), s.onStack(2)
	j0, j1, j2 := s.inBuffer(0), s.inBuffer(1), s.inBuffer(2)
	s0, s1, s2 := s.at(i0), s.at(i1), s.at(i2)
	b0, b1, b2 := s.at(j0), s.at(j1), s.at(j2)
	far := uint64(0)
	if i0 >= 0 && j0 >= 0 {
		switch d := int(j0 - i0); {
		case d <= 4:
			far = uint64(d)
		case d <= 6:
			far = 5
		case d <= 10:
			far = 6
		default:
			far = 7
		}
	}
	far2 := uint64(0)
	if i0 >= 0 && i1 >= 0 {
		far2 = uint64(min(i0-i1, 8))
	}
	kl := func(i int32) uint64 {
		if i < 0 {
			return 9
		}
		return uint64(s.kids[i][0])
	}
	kr := func(i int32) uint64 {
		if i < 0 {
			return 9
		}
		return uint64(s.kids[i][1])
	}
	add1(s0.tagWord)
	add1(s0.lower)
	add1(s0.xposHash)
	add1(b0.tagWord)
	add1(b0.lower)
	add1(b0.xposHash)
	add1(b1.tagWord)
	add1(b1.xposHash)
	add1(b2.tagWord)
	add1(s1.tagWord)
	add1(s1.xposHash)
	add1(s2.xposHash)
	add2(s0.tagWord, b0.tagWord)
	add2(s0.tagWord, b0.xposHash)
	add2(s0.xposHash, b0.tagWord)
	add2(s0.lower, b0.lower)
	add2(s0.xposHash, b0.xposHash)
	add2(s0.uposHash, b0.uposHash)
	add2(s1.tagWord, s0.tagWord)
	add2(s1.tagWord, s0.xposHash)
	add2(s1.xposHash, s0.tagWord)
	add2(s1.xposHash, s0.xposHash)
	add2(s1.xposHash, b0.xposHash)
	add2(s1.tagWord, b0.xposHash)
	add2(s1.lower, b0.lower)
	add2(b0.xposHash, b1.xposHash)
	add2(b0.tagWord, b1.tagWord)
	add3(b0.xposHash, b1.xposHash, b2.xposHash)
	add3(s0.xposHash, b0.xposHash, b1.xposHash)
	add3(s0.tagWord, b0.xposHash, b1.xposHash)
	add3(s0.xposHash, b0.tagWord, b1.xposHash)
	add3(s1.xposHash, s0.xposHash, b0.xposHash)
	add3(s1.xposHash, s0.tagWord, b0.xposHash)
	add3(s1.tagWord, s0.xposHash, b0.xposHash)
	add3(s1.xposHash, s0.xposHash, b0.tagWord)
	add3(s2.xposHash, s1.xposHash, s0.xposHash)
	add4(s1.xposHash, s0.xposHash, b0.xposHash, b1.xposHash)
	add3(s0.uposHash, s1.uposHash, b0.lower)
	// Dependents.
	s0l, s0r := s.kid(s.left, i0, 0), s.kid(s.right, i0, 0)
	s0l2, s0r2 := s.kid(s.left, i0, 1), s.kid(s.right, i0, 1)
	s1l, s1r := s.kid(s.left, i1, 0), s.kid(s.right, i1, 0)
	s1r2 := s.kid(s.right, i1, 1)
	b0l, b0l2 := s.kid(s.left, j0, 0), s.kid(s.left, j0, 1)
	add3(s0.xposHash, b0.xposHash, s.at(s0l).xposHash)
	add3(s0.xposHash, b0.xposHash, s.at(s0r).xposHash)
	add3(s0.xposHash, b0.xposHash, s.at(b0l).xposHash)
	add3(s1.xposHash, s0.xposHash, s.at(s1l).xposHash)
	add3(s1.xposHash, s0.xposHash, s.at(s1r).xposHash)
	add3(s1.xposHash, s0.xposHash, s.at(s0l).xposHash)
	add3(s1.xposHash, s0.xposHash, s.at(s0r).xposHash)
	add2(s0.tagWord, s.rel(s0l))
	add2(s0.tagWord, s.rel(s0r))
	add3(s0.xposHash, s.rel(s0l), s.rel(s0l2))
	add3(s0.xposHash, s.rel(s0r), s.rel(s0r2))
	add2(s1.tagWord, s.rel(s1l))
	add2(s1.tagWord, s.rel(s1r))
	add3(s1.xposHash, s.rel(s1r), s.rel(s1r2))
	add2(b0.tagWord, s.rel(b0l))
	add3(b0.xposHash, s.rel(b0l), s.rel(b0l2))
	add3(s0.xposHash, b0.xposHash, s.rel(s0r))
	add3(s0.xposHash, b0.xposHash, s.rel(s0l))
	add3(s0.xposHash, b0.xposHash, s.rel(b0l))
	add3(s1.xposHash, s0.xposHash, s.rel(s1r))
	add3(s1.xposHash, s.rel(s1l), s0.tagWord)
	add3(s0.tagWord, s.at(s0l).lower, s.at(s0r).lower)
	add3(s1.tagWord, s.at(s0l).lower, s0.xposHash)
	add3(s0.xposHash, s.at(s0l).lower, b0.xposHash)
	add4(s1.xposHash, s0.xposHash, s.at(s0l).lower, b0.xposHash)
	// Counts and distances.
	add3(s0.xposHash, kl(i0), kr(i0))
	add3(s0.tagWord, kl(i0), kr(i0))
	add3(s1.xposHash, kl(i1), kr(i1))
	add2(s1.tagWord, kr(i1))
	add2(b0.xposHash, kl(j0))
	add2(b0.tagWord, kl(j0))
	add3(s0.xposHash, b0.xposHash, far)
	add3(s0.tagWord, b0.xposHash, far)
	add3(s0.xposHash, b0.tagWord, far)
	add3(s1.xposHash, s0.xposHash, far2)
	add3(s1.tagWord, s0.xposHash, far2)
	add3(s1.xposHash, s0.tagWord, far2)
	add3(bit(len(s.stack) == 1), bit(int(j0) == s.n), s0.xposHash)
	// The marks around and between.
	mark, mark2 := s.between(i0, j0), s.between(i1, i0)
	add3(mark, s0.xposHash, b0.xposHash)
	add2(mark, s0.tagWord)
	add2(mark, b0.tagWord)
	add3(mark, s0.fine, b0.fine)
	add3(mark2, s1.xposHash, s0.xposHash)
	add2(mark2, s1.tagWord)
	add2(mark2, s0.tagWord)
	add4(mark, mark2, s0.xposHash, s1.xposHash)
	add4(mark, mark2, s0.uposHash, b0.uposHash)
	add3(b0.before, s0.xposHash, b0.xposHash)
	add3(s0.before, s0.xposHash, b0.xposHash)
	add3(s0.after, s0.xposHash, b0.xposHash)
	add3(s0.after, s0.before, s0.xposHash)
	add3(b0.after, b0.xposHash, s0.xposHash)
	add3(b1.before, b0.xposHash, b1.xposHash)
	add3(b0.before, b0.tagWord, s0.xposHash)
	add3(b0.before, b0.xposHash, s0.tagWord)
	add4(s1.xposHash, s0.before, s0.xposHash, b0.before)
	// Word classes.
	add2(s0.fine, b0.fine)
	add2(s0.fine, b0.xposHash)
	add2(s0.xposHash, b0.fine)
	add2(s0.lower, b0.fine)
	add2(s0.fine, b0.lower)
	add2(s1.fine, s0.fine)
	add2(s1.fine, s0.xposHash)
	add2(s1.xposHash, s0.fine)
	add2(s1.lower, s0.fine)
	add2(s1.fine, s0.lower)
	add3(s1.coarse, s0.coarse, b0.coarse)
	add3(s0.coarse, b0.coarse, b1.coarse)
	add2(s1.fine, b0.fine)
	add1(s0.fine)
	add1(b0.fine)
	add1(b1.fine)
	add1(s1.fine)
	add3(s1.coarse, s0.xposHash, b0.coarse)
	add3(s1.fine, s0.tagWord, b0.xposHash)
	add3(s1.fine, s0.lower, b0.fine)
	// Farther words, and the neighbours in the text.
	b3 := s.at(s.inBuffer(3))
	add3(b1.xposHash, b2.xposHash, b3.xposHash)
	add4(s0.xposHash, b0.xposHash, b1.xposHash, b2.xposHash)
	add2(s0.tagWord, b1.tagWord)
	add3(s2.tagWord, s1.xposHash, s0.xposHash)
	add3(s2.xposHash, s1.tagWord, s0.xposHash)
	add4(s2.xposHash, s1.xposHash, s0.xposHash, b0.xposHash)
	add3(s.at(s0r).tagWord, s0.xposHash, b0.xposHash)
	add3(s.at(s1r).tagWord, s1.xposHash, s0.xposHash)
	add3(s.rel(s1r), s1.tagWord, s0.tagWord)
	add3(s.rel(s0r), s0.tagWord, b0.xposHash)
	add3(s.rel(s0l), s0.tagWord, b0.xposHash)
	add3(s.rel(s0l), s.rel(s0r), s0.tagWord)
	add2(s0.suffix[2], b0.suffix[2])
	add2(s1.suffix[2], s0.suffix[2])
	add3(s.at(i0-1).xposHash, s0.xposHash, s.at(i0+1).xposHash)
	add3(s.at(i0+1).tagWord, s0.xposHash, b0.xposHash)
	add3(s.at(i1+1).xposHash, s1.xposHash, s0.xposHash)
	add3(s.at(i0-1).tagWord, s0.xposHash, s1.xposHash)
	add3(s.at(j0-1).tagWord, b0.xposHash, s0.xposHash)
	return f
}

// costs returns, for each move, how many gold arcs can no longer be made after it
// (Goldberg and Nivre 2013). gold[i] is the head of word i, n the root.
func (s *state) costs(gold []int32) (cost [moveCount]int) {
	if s.next < s.n { // shift: arcs between b and the stack, but for its head on top
		b := int32(s.next)
		for k, w := range s.stack {
			if gold[b] == w && k != len(s.stack)-1 {
				cost[moveShift]++
			}
			if gold[w] == b {
				cost[moveShift]++
			}
		}
	}
	if len(s.stack) > 0 {
		t := s.stack[len(s.stack)-1]
		for b := int32(s.next); int(b) <= s.n; b++ {
			if int(b) < s.n && gold[b] == t {
				cost[moveLeft]++
				cost[moveRight]++
			}
			if gold[t] == b {
				cost[moveRight]++
				if int(b) != s.next {
					cost[moveLeft]++
				}
			}
		}
		if len(s.stack) > 1 && gold[t] == s.stack[len(s.stack)-2] {
			cost[moveLeft]++
		}
	}
	return cost
}
