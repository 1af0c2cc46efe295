package encode

import (
	"math/rand/v2"

	"hearsay/learn/net"
)

// The sizes of the encoder.
const (
	inputDim   = 128 // of the sum of a word's rows
	contextDim = 512 // of what is known from one side
	depth      = 2   // layers for each side
)

// network is the part of the encoder that is learnt from raw news: each word's rows
// are added up, then one stack of recurrent layers reads on from the left and one
// from the right. The two never meet in here, so that a word can be guessed from
// what each has read before it.
type network struct {
	input       *net.Param
	ahead, back [depth]*net.Recur
}

func newNetwork(p *net.Params, v *vocab) *network {
	n := &network{input: p.Table("input", v.size(), inputDim, 0.15)}
	in := inputDim
	for i := range depth {
		n.ahead[i] = p.NewRecur(numbered("ahead", i), in, contextDim, false)
		n.back[i] = p.NewRecur(numbered("back", i), in, contextDim, true)
		in = contextDim
	}
	return n
}

// batch is a number of sequences of words as rows of the input table.
type batch struct {
	ids     []uint32
	offsets []int // ids of word i are ids[offsets[i]:offsets[i+1]]
	seqs    []int // words of sequence k are [seqs[k], seqs[k+1])
}

func (b *batch) reset() {
	b.ids, b.offsets, b.seqs = b.ids[:0], append(b.offsets[:0], 0), append(b.seqs[:0], 0)
}

// word adds a word by its rows.
func (b *batch) word(rows []uint32) {
	b.ids = append(b.ids, rows...)
	b.offsets = append(b.offsets, len(b.ids))
}

// end ends a sequence.
func (b *batch) end() { b.seqs = append(b.seqs, len(b.offsets)-1) }

// hide replaces words by the unknown word at random, rare ones more often, so that
// what stands for unknown words is learnt, and affixes are.
func (b *batch) hide(v *vocab, rng *rand.Rand) {
	for _, at := range b.offsets[:len(b.offsets)-1] {
		row := b.ids[at]
		if row < firstWord {
			continue
		}
		if rng.Float64() < 0.02+0.15*float64(row-firstWord)/float64(len(v.words)) {
			b.ids[at] = rowUnknown
		}
	}
}

// run returns what is known of each word from the left and from the right, itself
// included.
func (n *network) run(s *net.Shard, b *batch, dropout float64) (x, ahead, back *net.Node) {
	x = s.Bag(n.input, b.ids, b.offsets)
	ahead, back = s.Dropout(x, dropout, b.seqs), s.Dropout(x, dropout, b.seqs)
	for i := range depth {
		if i > 0 {
			ahead, back = s.Dropout(ahead, dropout, b.seqs), s.Dropout(back, dropout, b.seqs)
		}
		ahead = s.Recur(ahead, n.ahead[i], b.seqs)
		back = s.Recur(back, n.back[i], b.seqs)
	}
	return x, ahead, back
}

// params returns the weights, to be saved.
func (n *network) params() []*net.Param {
	out := []*net.Param{n.input}
	for i := range depth {
		out = append(out, n.ahead[i].W, n.ahead[i].VB, n.back[i].W, n.back[i].VB)
	}
	return out
}

// numbered returns the name of layer i, counted from 1.
func numbered(name string, i int) string { return name + string(rune('1'+i)) }
