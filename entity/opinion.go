package entity

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/net"
)

// Opinion trains the second opinion on names, over the vectors of the first encoder, which
// stay as they are.
type Opinion struct {
	NameTrainer
	params  *net.Params
	section learn.Section
	courses [2][]doc.Window
}

// NewOpinion returns a trainer for vectors of length dim, with what ReadHeard returned.
func NewOpinion(dim int, heard learn.Section, seed uint64) (*Opinion, error) {
	h, err := heardOf(heard.Data)
	if err != nil {
		return nil, err
	}
	p := net.NewParams(seed)
	return &Opinion{params: p, section: heard,
		NameTrainer: NameTrainer{heads: newNameHeads(p, opinionName, dim), heard: h, lessons: map[*doc.Doc]*nameLesson{}}}, nil
}

// vectorDropout is the share of the vectors' values that are hidden in training.
const vectorDropout = 0.2

// Train goes over news and web, which See has seen and which have vectors, side by side:
// each step has a batch of both.
func (t *Opinion) Train(news, web []*doc.Doc, o learn.Options) []learn.Section {
	const size = 1200 // words of each
	words := 0
	for k, docs := range [][]*doc.Doc{news, web} {
		for _, d := range docs {
			t.courses[k] = d.Windows(t.courses[k])
			if k == 0 {
				words += len(d.Tokens)
			}
		}
	}
	steps := o.Epochs * words / size
	opt := net.NewOptimizer(t.params)
	opt.Decay = 0.01
	var shards []*net.Shard
	var rngs []*rand.Rand
	var next [2][]doc.Window
	for k := range t.courses {
		shards = append(shards, net.NewShard(t.params, 0))
		rngs = append(rngs, rand.New(rand.NewPCG(o.Seed, uint64(k))))
	}
	mean := 0.0
	for step := range steps {
		opt.Rate = 2e-3 * min(1, float64(step+1)/100) * (1 - float64(step)/float64(steps))
		var wait sync.WaitGroup
		for k, s := range shards {
			wait.Go(func() {
				var chosen []doc.Window
				for n := 0; n < size; {
					if len(next[k]) == 0 {
						next[k] = append(next[k], t.courses[k]...)
						rngs[k].Shuffle(len(next[k]), func(i, j int) { next[k][i], next[k][j] = next[k][j], next[k][i] })
					}
					w := next[k][len(next[k])-1]
					next[k] = next[k][:len(next[k])-1]
					chosen = append(chosen, w)
					n += w.Last - w.First
				}
				s.Reset()
				s.Rng, s.Train = rand.New(rand.NewPCG(o.Seed+1, uint64(2*step+k))), true
				t.Loss(s, vectorsOf(s, chosen), chosen)
				s.Backward()
			})
		}
		wait.Wait()
		opt.Step(shards)
		for _, s := range shards {
			mean += s.Loss / 2
		}
		if step%50 == 49 {
			o.Report(float64(step+1), float64(steps), fmt.Sprintf("second opinion, step %d of %d, loss %.3f", step+1, steps, mean/50))
			mean = 0
		}
	}
	return append(t.Sections(), t.section)
}

// vectorsOf returns the vectors of the windows' words as a node.
func vectorsOf(s *net.Shard, windows []doc.Window) *net.Node {
	words, seqs := 0, []int{0}
	for _, w := range windows {
		words += w.Last - w.First
		seqs = append(seqs, words)
	}
	z := s.Node(words, windows[0].Doc.Vectors.Dim)
	row := 0
	for _, w := range windows {
		for i := w.First; i < w.Last; i++ {
			to, scale := z.Row(row), w.Doc.Vectors.Scale[i]
			for k, x := range w.Doc.Vectors.Row(i) {
				to[k] = float32(x) * scale
			}
			row++
		}
	}
	return s.Dropout(z, vectorDropout, seqs)
}

// WithoutOpinion returns the sections of a names' file that NameTrainer and the second encoder
// wrote.
func WithoutOpinion(f *learn.File) []learn.Section {
	return slices.DeleteFunc(slices.Clone(f.Sections), func(s learn.Section) bool {
		return s.Name == heardName || strings.HasPrefix(s.Name, opinionName+".")
	})
}
