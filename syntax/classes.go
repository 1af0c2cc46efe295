package syntax

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"hearsay/doc"
	"hearsay/learn"
)

// classes maps frequent words to word classes learnt from raw text: words that
// stand between the same neighbours share a class, so what the treebanks teach
// about "senator" also holds for "congresswoman", which they lack.
//
// It is a hash table read in place: for each slot a uint32 check (0: free), then
// for each slot a fine and a coarse class, one byte each. Class 0 stands for
// words that are not in it.
type classes struct {
	slots  uint32
	checks []byte
	class  []byte
}

const (
	fineClasses   = 255
	coarseClasses = 63
)

// of returns the fine and the coarse class of a word by the hash of its folded form.
func (c *classes) of(word uint64) (fine, coarse uint8) {
	if c == nil || c.slots == 0 {
		return 0, 0
	}
	check := max(1, uint32(word>>32))
	for slot := uint32(uint64(uint32(word)) * uint64(c.slots) >> 32); ; {
		switch binary.LittleEndian.Uint32(c.checks[4*slot:]) {
		case check:
			return c.class[2*slot], c.class[2*slot+1]
		case 0:
			return 0, 0
		}
		if slot++; slot == c.slots {
			slot = 0
		}
	}
}

func (c *classes) bytes() []byte {
	return slices.Concat(c.checks, c.class)
}

func readClasses(b []byte) (*classes, error) {
	if len(b)%6 != 0 {
		return nil, fmt.Errorf("word classes: %d bytes, not whole slots", len(b))
	}
	n := len(b) / 6
	return &classes{slots: uint32(n), checks: b[:4*n], class: b[4*n:]}, nil
}

// newClasses lays the table out.
func newClasses(words []uint64, fine, coarse []uint8) *classes {
	n := uint32(len(words)*3/2 + 1)
	c := &classes{slots: n, checks: make([]byte, 4*n), class: make([]byte, 2*n)}
	for i, w := range words {
		slot := uint32(uint64(uint32(w)) * uint64(n) >> 32)
		for binary.LittleEndian.Uint32(c.checks[4*slot:]) != 0 {
			slot = (slot + 1) % n
		}
		binary.LittleEndian.PutUint32(c.checks[4*slot:], max(1, uint32(w>>32)))
		c.class[2*slot], c.class[2*slot+1] = fine[i]+1, coarse[i]+1
	}
	return c
}

// neighbour is a word that stands beside another, and how often.
type neighbour struct{ word, count int32 }

// clustering is the exchange algorithm (Kneser and Ney 1993; Martin, Liermann and
// Ney 1998) on both sides: each word in turn goes to the class that most raises
// the mutual information of classes with the words before and after them.
type clustering struct {
	count  []int32       // by word; words are in order of falling count
	before [][]neighbour // by word
	after  [][]neighbour
}

const (
	minClassCount = 8
	maxClassWords = 60000
)

// LearnClasses counts the words of raw text, whose blocks or lines are taken apart by
// the splitter, and clusters them.
func (m *Model) learnClasses(docs []*doc.Doc, report func(string)) *classes {
	counts := map[uint64]int32{}
	m.eachWord(docs, func(w uint64) {
		if w != 0 {
			counts[w]++
		}
	})
	var words []uint64
	for w, n := range counts {
		if n >= minClassCount {
			words = append(words, w)
		}
	}
	slices.SortFunc(words, func(a, b uint64) int {
		if counts[a] != counts[b] {
			return int(counts[b] - counts[a])
		}
		if a < b {
			return -1
		}
		return 1
	})
	words = words[:min(len(words), maxClassWords)]
	index := make(map[uint64]int32, len(words))
	for i, w := range words {
		index[w] = int32(i)
	}
	// Beyond the words stand two more neighbours: any rarer word and the edge.
	rare, edge := int32(len(words)), int32(len(words)+1)
	pairs := map[uint64]int32{}
	last := edge
	m.eachWord(docs, func(w uint64) {
		at := edge
		if w != 0 {
			var ok bool
			if at, ok = index[w]; !ok {
				at = rare
			}
		}
		if last != edge || at != edge {
			pairs[uint64(last)<<32|uint64(at)]++
		}
		last = at
	})
	keys := make([]uint64, 0, len(pairs))
	for k := range pairs {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	c := clustering{make([]int32, len(words)), make([][]neighbour, len(words)), make([][]neighbour, len(words))}
	for i, w := range words {
		c.count[i] = counts[w]
	}
	for _, k := range keys {
		a, b := int32(k>>32), int32(uint32(k))
		if a < rare {
			c.after[a] = append(c.after[a], neighbour{b, pairs[k]})
		}
		if b < rare {
			c.before[b] = append(c.before[b], neighbour{a, pairs[k]})
		}
	}
	report(fmt.Sprintf("%d words, %d pairs", len(words), len(keys)))
	fine := c.cluster(fineClasses, 8, report)
	coarse := c.cluster(coarseClasses, 8, report)
	return newClasses(words, fine, coarse)
}

// eachWord calls f with the hash of each folded word, and with 0 after each block.
func (m *Model) eachWord(docs []*doc.Doc, f func(uint64)) {
	s := splitter{model: m.split}
	var spans []doc.Span
	var buf [1024]byte
	for _, d := range docs {
		blocks := d.Blocks
		if blocks == nil {
			blocks = []doc.Block{{Span: doc.Span{Begin: 0, End: len(d.Text)}}}
		}
		for _, b := range blocks {
			spans = s.words(d.Text, b.Begin, b.End, spans[:0])
			for _, w := range spans {
				f(learn.HashBytes(fold(buf[:0], d.Slice(w))))
			}
			f(0)
		}
	}
}

// cluster returns a class below k for every word.
func (c *clustering) cluster(k, passes int, report func(string)) []uint8 {
	v := len(c.count) + 2
	class := make([]uint8, len(c.count))
	size := make([]int64, k)
	left, right := make([]int32, v*k), make([]int32, v*k) // by neighbour and class
	put := func(w int, to uint8, sign int32) {
		size[to] += int64(sign * c.count[w])
		for _, n := range c.before[w] {
			left[int(n.word)*k+int(to)] += sign * n.count
		}
		for _, n := range c.after[w] {
			right[int(n.word)*k+int(to)] += sign * n.count
		}
	}
	for w := range class {
		class[w] = uint8(w % k)
		put(w, class[w], 1)
	}
	var table [1 << 14]float64
	for i := range table {
		if i > 0 {
			table[i] = float64(i) * math.Log(float64(i))
		}
	}
	xlogx := func(n int64) float64 {
		if n < int64(len(table)) {
			return table[n]
		}
		return float64(n) * math.Log(float64(n))
	}
	gain := make([]float64, k)
	for pass := range passes {
		moved := 0
		for w := range class {
			put(w, class[w], -1)
			for to := range gain {
				gain[to] = -2 * (xlogx(size[to]+int64(c.count[w])) - xlogx(size[to]))
			}
			for side, ns := range [2][]neighbour{c.before[w], c.after[w]} {
				rows := left
				if side == 1 {
					rows = right
				}
				for _, n := range ns {
					row := rows[int(n.word)*k:][:k]
					zero := xlogx(int64(n.count))
					for to, have := range row {
						if have == 0 {
							gain[to] += zero
						} else if s := have + n.count; int(s) < len(table) {
							gain[to] += table[s] - table[have]
						} else {
							gain[to] += xlogx(int64(s)) - xlogx(int64(have))
						}
					}
				}
			}
			to := uint8(best(gain))
			if to != class[w] {
				moved++
			}
			class[w] = to
			put(w, to, 1)
		}
		report(fmt.Sprintf("pass %d of %d: %d moved", pass+1, passes, moved))
		if moved*200 < len(class) {
			break
		}
	}
	return class
}
