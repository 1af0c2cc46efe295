package encode

import (
	"math"
	"math/rand/v2"
	"sort"

	"hearsay/learn/net"
)

const (
	guessDim  = 256
	hiddenDim = 384
	// sampled is how many words, beside those of the batch itself, each word must
	// be told from.
	sampled = 512
)

// cloze guesses each word from what stands to its left and to its right.
type cloze struct {
	net       *network
	left      *net.Param
	right     *net.Param
	bias1     *net.Param
	guess     *net.Param
	bias2     *net.Param
	words     *net.Param // a row for each word, and the paragraph mark
	lean      *net.Param // a bias for each
	frequency []float64  // share of each word row in the text
	pick      []float64  // cumulative shares by which words are sampled
}

func newCloze(p *net.Params, n *network, v *vocab, counts []int) *cloze {
	rows := firstWord + len(v.words)
	c := &cloze{net: n,
		left: p.Dense("cloze.left", contextDim, hiddenDim), right: p.Dense("cloze.right", contextDim, hiddenDim), bias1: p.Matrix("cloze.bias1", 1, hiddenDim, 0),
		guess: p.Dense("cloze.guess", hiddenDim, guessDim), bias2: p.Matrix("cloze.bias2", 1, guessDim, 0),
		words: p.Table("cloze.words", rows, guessDim, 0.05), lean: p.Table("cloze.lean", rows, 1, 0),
		frequency: make([]float64, rows), pick: make([]float64, rows)}
	total := 0.0
	for i, n := range counts {
		c.frequency[i] = float64(n)
		total += float64(n)
	}
	sum := 0.0
	for i := range c.frequency {
		c.frequency[i] /= total
		sum += math.Pow(c.frequency[i], 0.75)
		c.pick[i] = sum
	}
	for i := range c.pick {
		c.pick[i] /= sum
	}
	return c
}

// loss adds the loss of guessing the words of a batch. targets are word rows, or -1
// for words that have none. It returns how many words were guessed.
//
// The softmax is over the words of the batch and some sampled ones. A word's score
// is lowered by the log of its chance to be among them, so that frequent words,
// which always are, get no advantage (Bengio and Senécal 2008).
func (c *cloze) loss(s *net.Shard, b *batch, targets []int, rng *rand.Rand) int {
	_, ahead, back := c.net.run(s, b, 0)
	before, after := make([]int, len(targets)), make([]int, len(targets))
	for k := 0; k+1 < len(b.seqs); k++ {
		for i := b.seqs[k]; i < b.seqs[k+1]; i++ {
			before[i], after[i] = i-1, i+1
		}
		before[b.seqs[k]], after[b.seqs[k+1]-1] = -1, -1
	}
	left := s.Pick(s.Linear(ahead, c.left, nil), before)
	right := s.Pick(s.Linear(back, c.right, c.bias1), after)
	g := s.Linear(s.Relu(s.Add(left, right)), c.guess, c.bias2)

	at := map[int]int{}
	var candidates []int
	add := func(w int) {
		if _, ok := at[w]; !ok {
			at[w] = len(candidates)
			candidates = append(candidates, w)
		}
	}
	known := 0
	for _, t := range targets {
		if t >= 0 {
			add(t)
			known++
		}
	}
	for range sampled {
		add(sort.SearchFloat64s(c.pick, rng.Float64()))
	}
	if known == 0 {
		return 0
	}
	shift := make([]float32, len(candidates))
	places := make([]int, len(targets))
	for j, w := range candidates {
		pw := c.pick[w]
		if w > 0 {
			pw -= c.pick[w-1]
		}
		none := float64(known)*math.Log1p(-c.frequency[w]) + sampled*math.Log1p(-pw)
		shift[j] = float32(-math.Log(-math.Expm1(none)))
	}
	for i, t := range targets {
		places[i] = -1
		if t >= 0 {
			places[i] = at[t]
		}
	}
	scores := s.Against(g, c.words, c.lean, candidates, shift)
	s.Softmax(scores, places, 1/float64(known*shards*rounds))
	return known
}
