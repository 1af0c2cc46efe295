package encode

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/net"
)

// The sizes of what the readers of vectors share.
const (
	narrowDim = 256 // of both sides together, before they meet
	mixDim    = 256 // of each direction above
	mixDepth  = 2
	// Dim is the length of a token's vector.
	Dim = 2 * mixDim
)

// mixer lets the two sides meet: both are narrowed to one vector, then layers of
// units run over it in both directions.
type mixer struct {
	narrow, bias *net.Param
	ahead, back  [mixDepth]*net.Recur
}

func newMixer(p *net.Params) *mixer {
	m := &mixer{narrow: p.Dense("narrow", inputDim+2*contextDim, narrowDim), bias: p.Matrix("narrow.bias", 1, narrowDim, 0)}
	in := narrowDim
	for i := range mixDepth {
		m.ahead[i] = p.NewRecur(numbered("mix.ahead", i), in, mixDim, false)
		m.back[i] = p.NewRecur(numbered("mix.back", i), in, mixDim, true)
		in = 2 * mixDim
	}
	return m
}

func (m *mixer) run(s *net.Shard, x, ahead, back *net.Node, dropout float64, seqs []int) *net.Node {
	z := s.Linear(s.Dropout(s.Join(x, ahead, back), dropout, seqs), m.narrow, m.bias)
	for i := range mixDepth {
		z = s.Dropout(z, dropout, seqs)
		z = s.Join(s.Recur(z, m.ahead[i], seqs), s.Recur(z, m.back[i], seqs))
	}
	return s.Dropout(z, dropout, seqs)
}

// params returns the weights, to be saved.
func (m *mixer) params() []*net.Param {
	out := []*net.Param{m.narrow, m.bias}
	for i := range mixDepth {
		out = append(out, m.ahead[i].W, m.ahead[i].VB, m.back[i].W, m.back[i].VB)
	}
	return out
}

// Trainer trains the encoder together with the heads of stages that read it.
type Trainer struct {
	Params *net.Params // to which stages add their weights
	vocab  *vocab
	net    *network
	mixer  *mixer
	seed   uint64
	start  Start
	shards []*net.Shard
}

// Head is what a stage learns from the encoder's vectors.
type Head interface {
	// Loss adds the loss of the windows' tokens. z has a row for each, one window
	// after the other.
	Loss(s *net.Shard, z *net.Node, windows []doc.Window)
}

// Course is what a head learns from: docs with their gold layers, and how many
// tokens of them a step takes.
type Course struct {
	Head Head
	Docs []*doc.Doc
	Size int
}

// Start says what of that which raw news taught a Trainer begins with. Less than all
// is for measuring what the rest is worth.
type Start string

// StartAll takes the words and what stands around them, StartWords the rows of words
// alone, StartNothing the list of words without their rows.
const (
	StartAll     Start = "all"
	StartWords   Start = "words"
	StartNothing Start = "nothing"
)

// NewTrainer begins with the weights that Pretrain made.
func NewTrainer(pretrained []byte, start Start, seed uint64) (*Trainer, error) {
	f, err := learn.ReadFile(pretrained, pretrainedName, modelVersion)
	if err != nil {
		return nil, err
	}
	b, err := f.Section("words")
	if err != nil {
		return nil, err
	}
	v, err := readVocab(b)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", f.Name, err)
	}
	t := &Trainer{Params: net.NewParams(seed), vocab: v, seed: seed, start: start}
	t.net = newNetwork(t.Params, v)
	for i, w := range t.net.params() {
		if start == StartNothing || start == StartWords && i > 0 {
			break
		}
		if err := w.Read(f); err != nil {
			return nil, err
		}
		w.Slow(slow)
	}
	t.mixer = newMixer(t.Params)
	return t, nil
}

// NewSecondTrainer trains a second encoder, for what stages learn that came after the
// first and must not change it. It reads the same rows of words as the first, whose
// file is reader, and begins otherwise with the weights that Pretrain made.
func NewSecondTrainer(pretrained []byte, reader *learn.File, seed uint64) (*Trainer, error) {
	t, err := NewTrainer(pretrained, StartAll, seed)
	if err != nil {
		return nil, err
	}
	t.start = "second"
	words, err := reader.Section("words")
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(words, t.vocab.bytes()) {
		return nil, fmt.Errorf("model %s has not the words of model %s: train reader from these words first", reader.Name, pretrainedName)
	}
	table, scale, err := net.ReadTable(reader, "input", t.vocab.size(), inputDim)
	if err != nil {
		return nil, err
	}
	w := t.net.input
	for i, x := range table {
		w.W[i] = float32(x) * scale[i/inputDim]
	}
	w.Slow(0)
	return t, nil
}

// slow is the part of the rate at which what was learnt from raw news goes on
// learning, so that it is kept.
const slow = 0.3

// dropout is the share of inner values that are hidden in training.
const dropout = 0.25

// RunOptions say how long to train.
type RunOptions struct {
	Steps      int
	Rate       float64 // of learning, at its highest; it falls to 0
	Checkpoint string  // a file to keep training in and to take it up from; "" for none
	Every      int     // steps between checkpoints
	// After, if set, is called after each step with each course's loss, the mean since
	// the last multiple of fifty steps. Its error ends the run. Steps that a checkpoint
	// has are passed through without losses.
	After func(step int, losses []float64) error
}

// Run takes the courses side by side: each step has a batch of each course, computed
// at the same time.
func (t *Trainer) Run(courses []Course, o RunOptions) error {
	steps := o.Steps
	for len(t.shards) < len(courses) {
		t.shards = append(t.shards, net.NewShard(t.Params, 0))
	}
	opt := net.NewOptimizer(t.Params)
	opt.Decay = 0.01
	run := fmt.Sprintf("reader, seed %d, start %s, %d steps", t.seed, t.start, steps)
	if err := resume(opt, o.Checkpoint, run); err != nil {
		return err
	}
	done := opt.Steps
	type state struct {
		all, next []doc.Window
		rng       *rand.Rand
		batch     batch
		rows      []int
		loss      float64
	}
	states := make([]state, len(courses))
	for k, c := range courses {
		st := &states[k]
		st.rng = rand.New(rand.NewPCG(t.seed, uint64(k)))
		for _, d := range c.Docs {
			st.all = d.Windows(st.all)
		}
		if len(st.all) == 0 {
			return fmt.Errorf("course %d has no sentences", k+1)
		}
	}
	for step := range steps {
		part := float64(step) / float64(steps)
		opt.Rate = o.Rate * min(1, float64(step+1)/200) * (1 - part)
		var wait sync.WaitGroup
		for k, c := range courses {
			st, s := &states[k], t.shards[k]
			wait.Go(func() {
				var chosen []doc.Window
				for size := 0; size < c.Size; {
					if len(st.next) == 0 {
						st.next = append(st.next[:0], st.all...)
						st.rng.Shuffle(len(st.next), func(i, j int) { st.next[i], st.next[j] = st.next[j], st.next[i] })
					}
					w := st.next[len(st.next)-1]
					st.next = st.next[:len(st.next)-1]
					chosen = append(chosen, w)
					size += w.Last - w.First
				}
				if step < done {
					return
				}
				s.Reset()
				s.Rng, s.Train = rand.New(rand.NewPCG(t.seed+1, uint64(step*len(courses)+k))), true
				st.batch.reset()
				st.rows = st.rows[:0]
				for _, w := range chosen {
					st.rows = lay(w, t.vocab, &st.batch, st.rows)
				}
				st.batch.hide(t.vocab, s.Rng)
				x, ahead, back := t.net.run(s, &st.batch, dropout/2)
				z := s.Pick(t.mixer.run(s, x, ahead, back, dropout, st.batch.seqs), st.rows)
				c.Head.Loss(s, z, chosen)
				s.Backward()
			})
		}
		wait.Wait()
		if step < done {
			if o.After != nil {
				if err := o.After(step+1, nil); err != nil {
					return err
				}
			}
			continue
		}
		if norm := opt.Step(t.shards[:len(courses)]); math.IsNaN(norm) || math.IsInf(norm, 0) {
			return fmt.Errorf("step %d: the gradient's norm is %v", step+1, norm)
		}
		losses := make([]float64, len(courses))
		for k := range states {
			states[k].loss += t.shards[k].Loss
			losses[k] = states[k].loss / float64(step%50+1)
			if step%50 == 49 {
				states[k].loss = 0
			}
		}
		if o.After != nil {
			if err := o.After(step+1, losses); err != nil {
				return err
			}
		}
		if o.Checkpoint != "" && o.Every > 0 && (step+1)%o.Every == 0 {
			if err := keep(opt, o.Checkpoint, run); err != nil {
				return err
			}
		}
	}
	return nil
}
