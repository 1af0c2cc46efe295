package encode

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"sort"
	"sync"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/net"
)

const (
	wordLimit = 30000 // words with rows of their own
	shards    = 2     // parts of a batch that are computed at the same time
	rounds    = 8     // parts that each computes one after the other, which keeps them in cache
)

// These are variables so that tests can learn from a few sentences.
var (
	minCount  = 20  // of a word with a row of its own
	chunkSize = 160 // words of a sequence, about
	partSize  = 500 // words of a part
	reported  = 100 // steps between two reports
)

// Text is raw text on its way into Pretrain: the forms of all words, as numbers.
type Text struct {
	forms  []string
	index  map[string]uint32
	counts []int
	words  []uint32 // form numbers; paragraph stands before each block
	ends   []int    // where each article ends in words
}

const paragraph = 0 // the form number of the mark

// NewText returns a Text without articles.
func NewText() *Text {
	return &Text{forms: []string{"\n"}, index: map[string]uint32{"\n": 0}, counts: []int{0}}
}

// Add adds an article by its blocks and words.
func (t *Text) Add(d *doc.Doc) {
	block := -1
	for _, s := range d.Sentences {
		if s.Block != block {
			block = s.Block
			t.words = append(t.words, paragraph)
			t.counts[paragraph]++
		}
		for i := s.First; i < s.Last; i++ {
			form := d.Word(i)
			id, ok := t.index[form]
			if !ok {
				id = uint32(len(t.forms))
				form = string([]byte(form)) // lets go of the article's text
				t.forms = append(t.forms, form)
				t.index[form] = id
				t.counts = append(t.counts, 0)
			}
			t.counts[id]++
			t.words = append(t.words, id)
		}
	}
	t.ends = append(t.ends, len(t.words))
}

// Words returns how many words have been added.
func (t *Text) Words() int { return len(t.words) }

// vocab returns the words that get rows of their own, and how often each row of
// words is met.
func (t *Text) vocab() (*vocab, []int) {
	folded := map[string]int{}
	for id, form := range t.forms[1:] {
		folded[string(fold(nil, form))] += t.counts[id+1]
	}
	var words []string
	for w, n := range folded {
		if n >= minCount {
			words = append(words, w)
		}
	}
	sort.Slice(words, func(i, j int) bool {
		a, b := words[i], words[j]
		return folded[a] > folded[b] || folded[a] == folded[b] && a < b
	})
	words = words[:min(len(words), wordLimit)]
	counts := make([]int, firstWord+len(words))
	counts[rowParagraph] = t.counts[paragraph]
	for i, w := range words {
		counts[firstWord+i] = folded[w]
	}
	return newVocab(words), counts
}

// chunks cuts the articles into sequences, at blocks where it can.
func (t *Text) chunks() (out [][]uint32) {
	from := 0
	for _, end := range t.ends {
		for from < end {
			to := min(from+chunkSize, end)
			for k := to; to < end && k > from+chunkSize/2; k-- {
				if t.words[k] == paragraph {
					to = k
					break
				}
			}
			out = append(out, t.words[from:to])
			from = to
		}
	}
	return out
}

// PretrainOptions say how long to learn and where to keep what was learnt so far.
type PretrainOptions struct {
	learn.Options
	// Checkpoint is a file that training is written to now and then, and taken up
	// from if it exists; "" for none.
	Checkpoint string
	Every      int // steps between checkpoints
}

// Pretrain learns from raw text what words and their surroundings are like, and
// returns a model file of bfloat16 weights for NewTrainer.
func Pretrain(t *Text, o PretrainOptions) ([]byte, error) {
	if o.Epochs == 0 {
		o.Epochs = 2
	}
	if len(t.words) < shards*rounds*partSize {
		return nil, errors.New("pretrain: too little text")
	}
	v, counts := t.vocab()
	params := net.NewParams(o.Seed)
	n := newNetwork(params, v)
	c := newCloze(params, n, v, counts)
	opt := net.NewOptimizer(params)
	rows := make([][]uint32, len(t.forms))
	target := make([]int, len(t.forms))
	rows[paragraph] = []uint32{rowParagraph}
	for id, form := range t.forms[1:] {
		rows[id+1] = v.rows(form, nil)
		target[id+1] = int(rows[id+1][0])
		if target[id+1] == rowUnknown {
			target[id+1] = -1
		}
	}
	chunks := t.chunks()
	// Parts hold a little more than partSize, so the last steps of an epoch are empty.
	perEpoch := len(t.words)/(shards*rounds*partSize) + 1
	total := perEpoch * o.Epochs
	run := fmt.Sprintf("words, seed %d, %d steps", o.Seed, total)
	if err := resume(opt, o.Checkpoint, run); err != nil {
		return nil, err
	}
	work := make([]*net.Shard, shards)
	batches := make([]batch, shards*rounds)
	targets := make([][]int, shards*rounds)
	for k := range work {
		work[k] = net.NewShard(params, 0)
	}
	var order []int
	epoch, at := -1, 0
	loss, seen := 0.0, 0.0
	for step := 0; step < total; step++ {
		if e := step / perEpoch; e != epoch {
			epoch, at = e, 0
			order = rand.New(rand.NewPCG(o.Seed, uint64(epoch))).Perm(len(chunks))
		}
		for k := range batches {
			b := &batches[k]
			b.reset()
			targets[k] = targets[k][:0]
			for len(b.offsets) < partSize && at < len(order) {
				for _, id := range chunks[order[at]] {
					b.word(rows[id])
					targets[k] = append(targets[k], target[id])
				}
				b.end()
				at++
			}
		}
		if step < opt.Steps || len(targets[0]) == 0 {
			continue // done before the checkpoint, or nothing left in this epoch
		}
		opt.Rate = schedule(step, total)
		var wait sync.WaitGroup
		for k, s := range work {
			wait.Go(func() {
				sum := 0.0
				for r := k; r < len(batches) && len(targets[r]) > 0; r += shards {
					s.Reset()
					s.Rng = rand.New(rand.NewPCG(o.Seed, uint64(step*len(batches)+r)))
					batches[r].hide(v, s.Rng)
					c.loss(s, &batches[r], targets[r], s.Rng)
					s.Backward()
					sum += s.Loss
				}
				s.Loss = sum
			})
		}
		wait.Wait()
		for _, s := range work {
			loss += s.Loss
		}
		seen++
		if norm := opt.Step(work); math.IsNaN(norm) || math.IsInf(norm, 0) {
			return nil, fmt.Errorf("pretrain: step %d: the gradient's norm is %v", step+1, norm)
		}
		opt.Steps = step + 1
		if step%reported == reported-1 || step+1 == total {
			o.Report(float64(step+1), float64(total), fmt.Sprintf("step %d, loss %.3f a word", step+1, loss/seen))
			loss, seen = 0, 0
		}
		if o.Checkpoint != "" && o.Every > 0 && step%o.Every == o.Every-1 {
			if err := keep(opt, o.Checkpoint, run); err != nil {
				return nil, err
			}
		}
	}
	return n.bytes(v), nil
}

// bytes returns the network as the file that NewTrainer takes.
func (n *network) bytes(v *vocab) []byte {
	file := learn.File{Name: pretrainedName, Version: modelVersion, Sections: []learn.Section{{Name: "words", Data: v.bytes()}}}
	for _, w := range n.params() {
		file.Sections = append(file.Sections, w.Section())
	}
	return file.Bytes()
}

// schedule returns the rate of a step: it rises over the first steps and falls with
// a cosine to a twentieth.
func schedule(step, total int) float64 {
	const most, rise = 2e-3, 400
	if step < rise {
		return most * float64(step+1) / rise
	}
	part := float64(step-rise) / float64(max(1, total-rise))
	return most * (0.05 + 0.95*0.5*(1+math.Cos(math.Pi*part)))
}

const (
	pretrainedName = "pretrained"
	checkpointName = "checkpoint"
	modelVersion   = "1"
)

// keep writes a checkpoint of a run, which is described by what decides its steps.
func keep(opt *net.Optimizer, path, run string) error {
	file := learn.File{Name: checkpointName, Version: modelVersion, Sections: append(opt.Checkpoint(), learn.Section{Name: "run", Data: []byte(run)})}
	if err := replace(path, file.Bytes()); err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	return nil
}

// resume goes on from a checkpoint of the same run, if there is one.
func resume(opt *net.Optimizer, path, run string) error {
	if path == "" {
		return nil
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("checkpoint: %w", err)
	}
	f, err := learn.ReadFile(b, checkpointName, modelVersion)
	if err != nil {
		return fmt.Errorf("checkpoint %s: %w", path, err)
	}
	of, err := f.Section("run")
	if err != nil {
		return err
	}
	if string(of) != run {
		return fmt.Errorf("checkpoint %s is of another run (%s, this is %s): delete it or name another file", path, of, run)
	}
	return opt.Resume(f)
}

// replace writes a file beside its place and moves it there, so that a stop in
// between leaves the old one.
func replace(path string, data []byte) error {
	if err := os.WriteFile(path+".new", data, 0o644); err != nil {
		os.Remove(path + ".new")
		return err
	}
	return os.Rename(path+".new", path)
}
