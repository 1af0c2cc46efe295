package syntax

import "hearsay/learn"

// The parser works on the words of a sentence without its punctuation marks: they
// say much about the words beside them and are no good partners on the stack (Ma,
// Zhang and Zhu 2014). Each word knows which marks stand next to it and how many
// stand before it; the marks are hung on the tree of the words once it is known.

// context is what a word knows of the marks around it.
type context struct {
	before, after                   uint64 // the mark next to it, or noMark
	commas, quotes, brackets, other uint8  // how many stand before it; brackets are those open
}

const noMark = 41

// The kinds of mark, told by the Penn tag.
const (
	otherMark = iota
	comma
	openQuote
	closeQuote
	openBracket
	closeBracket
)

func markKind(xpos string) uint8 {
	switch xpos {
	case ",":
		return comma
	case "``":
		return openQuote
	case "''":
		return closeQuote
	case "-LRB-":
		return openBracket
	case "-RRB-":
		return closeBracket
	}
	return otherMark
}

// core is the words of a sentence without its marks.
type core struct {
	words []word
	at    []int32 // where each stands in the sentence
	index []int32 // by word of the sentence: its place among words, -1 for a mark
}

// fill takes the core out of a tagged sentence. A sentence of marks alone keeps its
// first as its only word.
func (c *core) fill(m *Model, all []word) {
	c.words, c.at, c.index = c.words[:0], c.at[:0], c.index[:0]
	alone := true
	for i := range all {
		alone = alone && all[i].upos == m.punctTag
	}
	var seen context
	before := uint64(noMark)
	for i := range all {
		w := &all[i]
		if w.upos == m.punctTag && !(alone && i == 0) {
			switch m.kinds[w.xpos] {
			case comma:
				seen.commas++
			case openQuote, closeQuote:
				seen.quotes++
			case openBracket:
				seen.brackets++
			case closeBracket:
				seen.brackets--
			default:
				seen.other++
			}
			before = w.lower
			if n := len(c.words); n > 0 && c.words[n-1].after == noMark {
				c.words[n-1].after = w.lower
			}
			c.index = append(c.index, -1)
			continue
		}
		c.index = append(c.index, int32(len(c.words)))
		c.at = append(c.at, int32(i))
		seen.before, seen.after = before, noMark
		before = noMark
		c.words = append(c.words, *w)
		c.words[len(c.words)-1].context = seen
	}
}

// between says which marks stand between words a and b of a core, for b after a:
// up to three commas, any other mark, whether a quotation or bracket opens or
// closes. Nothing is known of the edges.
func (s *state) between(a, b int32) uint64 {
	if a < 0 || b < 0 {
		return 77
	}
	if int(b) >= s.n {
		return 78
	}
	x, y := &s.words[a].context, &s.words[b].context
	return uint64(min(y.commas-x.commas, 3)) | uint64(min(y.other-x.other, 1))<<2 |
		uint64((y.quotes-x.quotes)&1)<<3 | uint64((y.brackets-x.brackets)&3)<<4
}

// tree is a sentence whose words have heads and labels, for hanging its marks.
type tree struct {
	words   []word
	index   []int32 // -1 for a mark
	head    []int32 // n: the root
	label   []int32
	partner []int32 // of a quotation mark or bracket, -1 if none
}

// hanger hangs marks: each on one of the words that it can reach without crossing
// an arc. These are the words on the way through the tree from the nearest word on
// its left to the nearest on its right. In «He left, she said.» the comma can hang
// on "left" and "said".
type hanger struct {
	tree
	marks []int32 // open ones, while partners are looked for
	cands []candidate
	feats []uint64
}

// enter takes up a tagged sentence and the tree of its core. Marks get the label
// given and no head yet.
func (h *hanger) enter(words []word, c *core, head, label []int32, punct int) {
	h.words, h.index = words, c.index
	h.head, h.label = h.head[:0], h.label[:0]
	for _, k := range c.index {
		to, rel := int32(len(words)), int32(punct)
		if k >= 0 {
			rel = label[k]
			if int(head[k]) < len(c.at) {
				to = c.at[head[k]]
			}
		}
		h.head, h.label = append(h.head, to), append(h.label, rel)
	}
}

// candidate is a word that a mark may hang on.
type candidate struct {
	word int32
	side uint64 // 1: met on the way from the left, 2: from the right, 3: the top of the way
}

// maxClimb bounds the way up from a mark.
const maxClimb = 60

// pair finds the partners of quotation marks and brackets.
func (h *hanger) pair(kinds []uint8) {
	h.partner, h.marks = h.partner[:0], h.marks[:0]
	for i := range h.words {
		h.partner = append(h.partner, -1)
		if h.index[i] >= 0 {
			continue
		}
		want := uint8(openQuote)
		switch kinds[h.words[i].xpos] {
		case openQuote, openBracket:
			h.marks = append(h.marks, int32(i))
			continue
		case closeBracket:
			want = openBracket
		case closeQuote:
		default:
			continue
		}
		for k := len(h.marks) - 1; k >= max(0, len(h.marks)-3); k-- {
			if j := h.marks[k]; kinds[h.words[j].xpos] == want {
				h.partner[i], h.partner[j] = j, int32(i)
				h.marks = h.marks[:k]
				break
			}
		}
	}
}

// reach lists the candidates of mark i; left and right are the nearest words, or -1
// and n.
func (h *hanger) reach(left, right int32) {
	n := int32(len(h.words))
	h.cands = h.cands[:0]
	a, b := left, right
	if a < 0 {
		a = n
	}
	up := func(w int32) (steps int) {
		for w < n {
			w = h.head[w]
			steps++
		}
		return steps
	}
	da, db := up(a), up(b)
	for a != b {
		if da >= db {
			h.cands = append(h.cands, candidate{a, 1})
			a, da = h.head[a], da-1
		} else {
			h.cands = append(h.cands, candidate{b, 2})
			b, db = h.head[b], db-1
		}
		if len(h.cands) == maxClimb {
			return
		}
	}
	if a < n {
		h.cands = append(h.cands, candidate{a, 3})
	}
}

// neighbours returns the nearest words on either side of mark i, -1 and n if none.
func (h *hanger) neighbours(i int) (left, right int32) {
	l, r := i-1, i+1
	for l >= 0 && h.index[l] < 0 {
		l--
	}
	for r < len(h.words) && h.index[r] < 0 {
		r++
	}
	return int32(l), int32(r)
}

// features appends what hanging mark i on candidate k is judged by.
func (h *hanger) features(i, k int, left, right int32, f []uint64) []uint64 {
	t, n := 0, len(h.words)
	form := learn.Mix(learn.Template(800), h.words[i].lower)
	add := func(a, b, c uint64) {
		f = append(f, learn.Mix(learn.Mix(learn.Mix(learn.Mix(form, uint64(t)), a), b), c))
		t++
	}
	c, side := h.cands[k].word, h.cands[k].side
	w, head, rel := &h.words[c], h.head[c], uint64(h.label[c])
	isRoot := bit(int(head) == n)
	up, upRel := &rootWord, uint64(99)
	if int(head) < n {
		up, upRel = &h.words[head], uint64(h.label[head])
	}
	ends := bit(left < 0) | bit(int(right) >= n)<<1 | bit(i+1 == n)<<2
	low, high := uint64(min(k, 6)), uint64(min(len(h.cands)-1-k, 3))
	far := &rootWord // the word on the other side of the mark
	if side&1 == 1 && int(right) < n {
		far = &h.words[right]
	} else if side == 2 && left >= 0 {
		far = &h.words[left]
	}
	over, ahead := bit(head < int32(i)), bit(c < head)
	add(side, ends, 0)
	add(side, isRoot, ends)
	add(rel, side, 0)
	add(w.uposHash, side, 0)
	add(w.xposHash, side, rel)
	add(rel, isRoot, side|ends<<8)
	add(low, side, 0)
	add(high, side, 0)
	add(w.tagWord, side, 0)
	add(rel, side, up.uposHash)
	add(w.uposHash, up.uposHash, side)
	add(rel, far.xposHash, side)
	add(rel, far.lower, side)
	add(w.xposHash, far.xposHash, side)
	add(rel, wordAt(h.words, i-1).lower, side)
	add(rel, wordAt(h.words, i+1).lower, side)
	add(rel, upRel, side|over<<8)
	add(upRel, side, bit(c == left || c == right))
	add(rel, over|ahead<<1, learn.Mix(far.uposHash, side))
	add(rel, high, side|over<<8|ahead<<9)
	add(rel, high, low)
	if p := h.partner[i]; p >= 0 {
		lo, hi := min(int32(i), p), max(int32(i), p)
		in := bit(lo < c && c < hi) | bit(lo < head && head < hi)<<1
		add(200, in, bit(lo+2 == hi))
		add(200, in, rel)
		add(200, in, side)
	} else {
		add(300, side, 0)
		add(300, rel, 0)
		add(300, low, 0)
	}
	return f
}

// hang hangs every mark of h's tree on its best candidate.
func (m *Model) hang(h *hanger) {
	h.pair(m.kinds)
	for i := range h.words {
		if h.index[i] >= 0 {
			continue
		}
		left, right := h.neighbours(i)
		h.reach(left, right)
		var top int32
		for k := range h.cands {
			h.feats = h.features(i, k, left, right, h.feats[:0])
			var score [1]int32
			m.marks.Score(h.feats, score[:])
			if k == 0 || score[0] > top {
				h.head[i], top = h.cands[k].word, score[0]
			}
		}
	}
}

// learn makes one update for every mark of h's gold tree; gold holds the marks' heads.
func (h *hanger) learn(t *learn.Trainer, kinds []uint8, gold []int32) {
	h.pair(kinds)
	var right []uint64
	for i := range h.words {
		if h.index[i] >= 0 {
			continue
		}
		l, r := h.neighbours(i)
		h.reach(l, r)
		good, bad := -1, -1
		var goodScore, badScore float32
		for k, c := range h.cands {
			h.feats = h.features(i, k, l, r, h.feats[:0])
			var score [1]float32
			t.Score(h.feats, score[:])
			if c.word == gold[i] {
				good, goodScore = k, score[0]
			} else if bad < 0 || score[0] > badScore {
				bad, badScore = k, score[0]
			}
		}
		if good >= 0 && bad >= 0 && goodScore-badScore <= 1 {
			right = h.features(i, good, l, r, right[:0])
			t.Update(right, 0, 1)
			t.Update(h.features(i, bad, l, r, right[:0]), 0, -1)
		}
		t.Tick()
	}
}
