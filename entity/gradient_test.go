package entity

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"hearsay/doc"
	"hearsay/learn/kernel"
	"hearsay/learn/net"
	"hearsay/lexicon/kb"
)

// smallDim is the length of the vectors of these tests.
const smallDim = 6

// vectors gives each token of d a random vector.
func vectors(d *doc.Doc, v *doc.Vectors, seed uint64) {
	rng := rand.New(rand.NewPCG(seed, 9))
	v.Resize(len(d.Tokens), smallDim)
	for i := range v.Data {
		v.Data[i] = int8(rng.IntN(255) - 127)
	}
	for i := range v.Scale {
		v.Scale[i] = 1.0 / 100
	}
}

// slopes compares the gradients of a loss with what it does when all weights of one
// matrix are moved a little at once: along the gradient; at random, each as far as its
// gradient is large; and at random, which finds what the gradient leaves out.
func slopes(t *testing.T, p *net.Params, loss func(s *net.Shard)) {
	t.Helper()
	// AMX would round to bfloat16, which is coarser than the differences.
	defer kernel.Use(kernel.Use(kernel.AVX2))
	s := net.NewShard(p, 0)
	run := func() float64 {
		s.Reset()
		s.Train = false // no dropout
		loss(s)
		return s.Loss
	}
	run()
	s.Backward()
	grads := make([][]float32, len(p.List()))
	for k, w := range p.List() {
		grads[k] = slices.Clone(s.Grad(w))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for k, w := range p.List() {
		grad := grads[k]
		var at []int // the weights that are moved: of a table those in use
		length := 0.0
		for i, g := range grad {
			if length += float64(g) * float64(g); g != 0 || len(grad) < 1<<16 {
				at = append(at, i)
			}
		}
		if length = math.Sqrt(length); !(length > 0) {
			t.Errorf("%s has no gradient", w.Name)
			continue
		}
		for direction := range 4 {
			step := make([]float64, len(at))
			size := 0.0
			for j, i := range at {
				g := float64(grad[i])
				switch direction {
				case 0:
					step[j] = g
				case 1, 2:
					step[j] = math.Abs(g) * rng.NormFloat64()
				default:
					step[j] = rng.NormFloat64()
				}
				size += step[j] * step[j]
			}
			const far = 0.02 // that all go together; less drowns in rounding, more passes the bends of Relu
			was := make([]float32, len(at))
			for j, i := range at {
				was[j] = w.W[i]
			}
			want, high := 0.0, 0.0
			for _, sign := range [2]float64{1, -1} {
				for j, i := range at {
					w.W[i] = was[j] + float32(sign*far*step[j]/math.Sqrt(size))
					want += sign * float64(grad[i]) * float64(w.W[i])
				}
				high = run() - high
			}
			got := -high // the second run's loss less the first's, turned round
			for j, i := range at {
				w.W[i] = was[j]
			}
			if allowed := 0.02*math.Abs(want) + 0.01*length*2*far + 2e-6; !(math.Abs(got-want) <= allowed) {
				t.Errorf("%s, direction %d: the loss changes by %.7f, the gradient says %.7f, with %.7f allowed", w.Name, direction, got, want, allowed)
			}
		}
	}
}

// TestNameGradients checks the tagger's, of articles whose annotators marked all types,
// and of one whose annotators marked people alone.
func TestNameGradients(t *testing.T) {
	all := hand(t, people, peopleNames...)
	some := hand(t, people, peopleNames[1:2]...)
	p := net.NewParams(1)
	x := p.Matrix("x", len(all.Tokens)*2, smallDim, 0.9)
	trainer := NewNameTrainer(p, smallDim)
	trainer.See([]*doc.Doc{all}, tagTypes[:]...)
	trainer.See([]*doc.Doc{some}, doc.Person)
	slopes(t, p, func(s *net.Shard) {
		trainer.Loss(s, s.Weights(x), some.Windows(all.Windows(nil)))
	})
}

// TestOpinionGradients checks those of the second opinion, which has heard something.
func TestOpinionGradients(t *testing.T) {
	d := hand(t, people, peopleNames...)
	vectors(d, &d.Vectors, 5)
	h := NewHeard()
	h.Hear(d)
	h.Hear(d)
	trainer, err := NewOpinion(smallDim, h.Section(), 1)
	if err != nil {
		t.Fatal(err)
	}
	trainer.See([]*doc.Doc{d}, tagTypes[:]...)
	slopes(t, trainer.params, func(s *net.Shard) {
		windows := d.Windows(nil)
		trainer.Loss(s, vectorsOf(s, windows), windows)
	})
}

// The loss of a sentence whose every word may be anything is 0: nothing is known of it.
func TestNameLossUnknown(t *testing.T) {
	d := hand(t, people)
	p := net.NewParams(1)
	x := p.Matrix("x", len(d.Tokens), smallDim, 0.9)
	trainer := NewNameTrainer(p, smallDim)
	trainer.See([]*doc.Doc{d})
	s := net.NewShard(p, 0)
	s.Train = false
	trainer.Loss(s, s.Weights(x), d.Windows(nil))
	if math.Abs(s.Loss) > 1e-9 {
		t.Errorf("loss %g", s.Loss)
	}
	trainer.See([]*doc.Doc{d}, tagTypes[:]...)
	s.Reset()
	trainer.Loss(s, s.Weights(x), d.Windows(nil))
	if !(s.Loss > 0.1) {
		t.Errorf("loss %g where all words are known to stand outside of names", s.Loss)
	}
}

// TestRankGradients checks the ranker's, of an article whose mentions are all known and
// of one in which one pronoun is.
func TestRankGradients(t *testing.T) {
	lessons := []CorefLesson{{Doc: hand(t, people, peopleNames...)}, {Doc: hand(t, people, peopleNames...)}}
	for k := range lessons {
		d := lessons[k].Doc
		vectors(d, &d.Vectors, uint64(k))
		vectors(d, &d.Second, uint64(k)+7)
		lessons[k].Groups = map[doc.Span]int{}
		for i, g := range map[int]int{3: 0, 5: 0, 8: 1, 7: 1, 14: 2} {
			lessons[k].Groups[d.Tokens[i].Span] = g
			for _, n := range d.Names {
				if n.Contains(d.Tokens[i].Span) {
					lessons[k].Groups[n.Span] = g
				}
			}
		}
	}
	lessons[1].Only = []doc.Span{lessons[1].Doc.Tokens[5].Span}
	p := net.NewParams(1)
	heads := newRankHeads(p, smallDim)
	var examples []*corefExample
	for _, l := range lessons {
		examples = append(examples, newExample(l, kb.Shipped()))
	}
	if a, b := examples[0], examples[1]; len(a.later) != len(a.all) || len(b.later) != 1 {
		t.Fatalf("%d of %d mentions are learnt, and %d, want all and 1", len(a.later), len(a.all), len(b.later))
	}
	slopes(t, p, func(s *net.Shard) {
		for _, e := range examples {
			heads.loss(s, e, 1)
		}
	})
}

// TestCandidates says which mentions a mention may refer back to.
func TestCandidates(t *testing.T) {
	all := make([]mention, 200)
	seen := map[uint64][]int32{}
	for k := range all {
		all[k].form = common
		if k%10 == 0 {
			all[k].words = []uint64{7, 8}
		}
		note(all, k, seen)
	}
	list := func(m int) (out []int) {
		candidates(all, m, seen, func(a int) { out = append(out, a) })
		return out
	}
	if got := list(0); len(got) != 0 {
		t.Errorf("the first has %v before it", got)
	}
	if got := list(3); !slices.Equal(got, []int{2, 1, 0}) {
		t.Errorf("the fourth has %v before it", got)
	}
	seen = map[uint64][]int32{}
	for k := range 150 {
		note(all, k, seen)
	}
	all[150].words = []uint64{7, 8}
	got := list(150)
	want := make([]int, 0, 70)
	for a := 149; a >= 150-nearest; a-- {
		want = append(want, a)
	}
	for a := 80; a >= 0; a -= 10 {
		want = append(want, a) // once each, though two words are shared
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	all[150].form = pronoun
	if got := list(150); len(got) != nearest {
		t.Errorf("a pronoun looks at %d", len(got))
	}
}
