package certainty

import (
	"math"
	"math/rand/v2"
	"testing"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/kernel"
	"hearsay/learn/net"
	"hearsay/lexicon"
)

// small is a Doc of some words with random vectors of dim numbers and an event at each.
func small(dim int) *doc.Doc {
	d := doc.New("Aides said talks may fail")
	for i, w := range []struct {
		begin, end, head int
		pos, rel         string
	}{{0, 5, 1, "NOUN", "nsubj"}, {6, 10, -1, "VERB", "root"}, {11, 16, 4, "NOUN", "nsubj"}, {17, 20, 4, "AUX", "aux"}, {21, 25, 1, "VERB", "ccomp"}} {
		span := doc.Span{Begin: w.begin, End: w.end}
		d.Tokens = append(d.Tokens, doc.Token{Span: span, UPOS: w.pos, XPOS: "X", Lemma: d.Slice(span), Head: w.head, Rel: w.rel})
		d.Events = append(d.Events, doc.Event{Head: i, Factuality: []doc.Commitment{{Degree: float64(i) - 2}}})
	}
	d.Tokens[3].XPOS = "MD"
	d.Blocks = []doc.Block{{Span: doc.Span{End: 25}}}
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: 25}, Last: 5}}
	rng := rand.New(rand.NewPCG(4, 4))
	for _, v := range []*doc.Vectors{&d.Vectors, &d.Second} {
		v.Resize(5, dim)
		for i := range v.Data {
			v.Data[i] = int8(rng.IntN(255) - 127)
		}
		for i := range v.Scale {
			v.Scale[i] = 0.01
		}
	}
	return d
}

// TestGradients moves all weights of one matrix a little along their gradient, and compares
// what the loss does with what the gradient says.
func TestGradients(t *testing.T) {
	defer kernel.Use(kernel.Use(kernel.AVX2))
	const dim = 64
	d := small(dim)
	words, err := lexicon.ShippedCertainties()
	if err != nil {
		t.Fatal(err)
	}
	a := analysis{newTree(d), words}
	var some []example
	for i, e := range d.Events {
		some = append(some, example{d, a.points(i), a.signs(i, a.climb(i, everywhere, true, nil), nil), Scale(i % 2), float32(e.Factuality[0].Degree)})
	}
	p := net.NewParams(1)
	h := newHeads(p, dim)
	s := net.NewShard(p, 0)
	run := func() float64 {
		s.Reset()
		s.Train = false // no dropout
		h.loss(s, some, 0.2)
		return s.Loss
	}
	run()
	s.Backward()
	for _, w := range p.List() {
		grad := append([]float32(nil), s.Grad(w)...)
		length := 0.0
		for _, g := range grad {
			length += float64(g) * float64(g)
		}
		length = math.Sqrt(length)
		if length == 0 {
			t.Errorf("%s has no gradient", w.Name)
			continue
		}
		const far = 0.01
		was := append([]float32(nil), w.W...)
		side := func(sign float64) float64 {
			for i, g := range grad {
				w.W[i] = was[i] + float32(sign*far*float64(g)/length)
			}
			return run()
		}
		got := side(1) - side(-1)
		copy(w.W, was)
		if want := 2 * far * length; math.Abs(got-want) > 0.03*want+1e-6 {
			t.Errorf("%s: the loss changes by %.6f, the gradient says %.6f", w.Name, got, want)
		}
	}
}

// TestTrain holds that training learns, that the same seed gives the same bytes, and that
// the frozen net says what it learnt.
func TestTrain(t *testing.T) {
	const dim = 64
	train := func(seed uint64) []byte {
		f, err := Train([]Lesson{{small(dim), News}}, dim, learn.Options{Seed: seed, Epochs: 400})
		if err != nil {
			t.Fatal(err)
		}
		return f.Bytes()
	}
	one := train(1)
	if string(one) != string(train(1)) {
		t.Error("two trainings of one seed differ")
	}
	if string(one) == string(train(2)) {
		t.Error("trainings of two seeds are the same")
	}
	m, err := Load(one, dim)
	if err != nil {
		t.Fatal(err)
	}
	d := small(dim)
	for i, c := range m.Judge(d, []int{0, 1, 2, 3, 4}, News) {
		if want := float64(i) - 2; math.Abs(c.Degree-want) > 0.7 {
			t.Errorf("word %d: %.2f, want %.0f", i, c.Degree, want)
		}
	}
	if _, err := Load(one, 128); err == nil {
		t.Error("a model for other vectors is taken")
	}
	if _, err := Train(nil, dim, learn.Options{}); err == nil {
		t.Error("nothing is learnt from, and no error")
	}
}
