package encode

import (
	"fmt"
	"sync"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/kernel"
	"hearsay/learn/net"
)

// Model turns words into vectors. It is safe for concurrent use.
type Model struct {
	vocab             *vocab
	table             []int8 // rows of inputDim
	scale             []float32
	ahead, back       [depth]net.Unit
	narrow            net.Layer
	mixAhead, mixBack [mixDepth]net.Unit
	pool              sync.Pool // of *scratch
}

const modelName = "reader"

// Freeze returns the trained encoder as the file that Load takes; heads add their
// sections to it.
func (t *Trainer) Freeze() *learn.File {
	f := &learn.File{Name: modelName, Version: modelVersion}
	add := func(s ...learn.Section) { f.Sections = append(f.Sections, s...) }
	add(learn.Section{Name: "words", Data: t.vocab.bytes()}, t.net.input.Rowwise())
	add(t.Layers()...)
	return f
}

// Layers returns what Freeze does without the rows of words, for LoadSecond.
func (t *Trainer) Layers() (out []learn.Section) {
	for i := range depth {
		out = append(out, t.net.ahead[i].Frozen()...)
		out = append(out, t.net.back[i].Frozen()...)
	}
	out = append(out, net.Frozen(t.mixer.narrow, t.mixer.bias)...)
	for i := range mixDepth {
		out = append(out, t.mixer.ahead[i].Frozen()...)
		out = append(out, t.mixer.back[i].Frozen()...)
	}
	return out
}

// Read takes the model file of the reader apart, for Load here and LoadHeads of the
// stages.
func Read(b []byte) (*learn.File, error) { return learn.ReadFile(b, modelName, modelVersion) }

// Load returns the encoder of a file that Freeze made. It keeps the file, and reads
// the table of words in place.
func Load(f *learn.File) (*Model, error) {
	words, err := f.Section("words")
	if err != nil {
		return nil, err
	}
	m := new(Model)
	if m.vocab, err = readVocab(words); err != nil {
		return nil, fmt.Errorf("model %s: %w", modelName, err)
	}
	if m.table, m.scale, err = net.ReadTable(f, "input", m.vocab.size(), inputDim); err != nil {
		return nil, err
	}
	return m, m.layers(f)
}

// LoadSecond returns a second encoder, which reads the rows of words of m and has its
// layers in f.
func (m *Model) LoadSecond(f *learn.File) (*Model, error) {
	second := &Model{vocab: m.vocab, table: m.table, scale: m.scale}
	return second, second.layers(f)
}

// layers reads all but the rows of words.
func (m *Model) layers(f *learn.File) (err error) {
	in := inputDim
	for i := range depth {
		if m.ahead[i], err = net.ReadUnit(f, numbered("ahead", i), in, contextDim); err != nil {
			return err
		}
		if m.back[i], err = net.ReadUnit(f, numbered("back", i), in, contextDim); err != nil {
			return err
		}
		in = contextDim
	}
	if m.narrow, err = net.ReadLayer(f, "narrow", "narrow.bias", inputDim+2*contextDim, narrowDim); err != nil {
		return err
	}
	in = narrowDim
	for i := range mixDepth {
		if m.mixAhead[i], err = net.ReadUnit(f, numbered("mix.ahead", i), in, mixDim); err != nil {
			return err
		}
		if m.mixBack[i], err = net.ReadUnit(f, numbered("mix.back", i), in, mixDim); err != nil {
			return err
		}
		in = 2 * mixDim
	}
	return nil
}

// scratch is the working space of one Annotate.
type scratch struct {
	windows []doc.Window
	batch   batch
	rows    []int // the row of each token
	x       []float32
	a, b    []float32 // what a layer's two directions give
	u       []float32
	q, r    kernel.Quantized
}

// passSize is about how many words go through the layers at once: enough that
// weights are read seldom, few enough that what passes between layers stays in cache.
const passSize = 512

// Annotate fills d.Vectors. It needs sentences and the spans of tokens.
func (m *Model) Annotate(d *doc.Doc) { m.Encode(d, &d.Vectors) }

// Encode is Annotate into out: d.Second for a second encoder.
func (m *Model) Encode(d *doc.Doc, out *doc.Vectors) {
	s, _ := m.pool.Get().(*scratch)
	if s == nil {
		s = new(scratch)
	}
	defer m.pool.Put(s)
	out.Resize(len(d.Tokens), Dim)
	s.windows = d.Windows(s.windows[:0])
	for from := 0; from < len(s.windows); {
		s.batch.reset()
		s.rows = s.rows[:0]
		to := from
		for to < len(s.windows) && (to == from || s.windows[to].Last-s.windows[from].First <= passSize) {
			s.rows = lay(s.windows[to], m.vocab, &s.batch, s.rows)
			to++
		}
		m.pass(s, out, s.windows[from].First)
		from = to
	}
}

// pass runs the words of s.batch through the layers, and writes the vectors of the
// tokens from first on.
func (m *Model) pass(s *scratch, out *doc.Vectors, first int) {
	seqs := s.batch.seqs
	n := seqs[len(seqs)-1]
	const both = inputDim + 2*contextDim
	s.x = grow(s.x, n*both)
	s.a = grow(s.a, n*2*contextDim)
	s.u = grow(s.u, n*max(4*contextDim, 4*mixDim))
	// Each row of x: the sum of the word's rows, then what is known from the left,
	// then from the right.
	for i := range n {
		ids := s.batch.ids[s.batch.offsets[i]:s.batch.offsets[i+1]]
		kernel.AddInt8Rows(s.x[i*both:i*both+inputDim], m.table, m.scale, inputDim, ids)
	}
	const left, right = inputDim, inputDim + contextDim
	s.q.Quantize(s.x, n, inputDim, both)
	h := s.a[:n*contextDim]
	k := s.a[n*contextDim : 2*n*contextDim]
	m.ahead[0].Run(h, contextDim, nil, 0, &s.q, seqs, false, s.u)
	m.back[0].Run(k, contextDim, nil, 0, &s.q, seqs, true, s.u)
	s.q.Quantize(h, n, contextDim, contextDim)
	m.ahead[1].Run(s.x[left:], both, h, contextDim, &s.q, seqs, false, s.u)
	s.q.Quantize(k, n, contextDim, contextDim)
	m.back[1].Run(s.x[right:], both, k, contextDim, &s.q, seqs, true, s.u)

	s.q.Quantize(s.x, n, both, both)
	z, dim := s.a, narrowDim
	m.narrow.Apply(z, narrowDim, &s.q, n)
	for i := range mixDepth {
		s.q.Quantize(z, n, dim, dim)
		to := s.x
		if i%2 == 1 {
			to = s.a
		}
		m.mixAhead[i].Run(to, Dim, z, dim, &s.q, seqs, false, s.u)
		m.mixBack[i].Run(to[mixDim:], Dim, z, dim, &s.q, seqs, true, s.u)
		z, dim = to, Dim
	}
	s.q.Quantize(z, n, Dim, Dim)
	for i, row := range s.rows {
		copy(out.Row(first+i), s.q.Row(row)[:Dim])
		out.Scale[first+i] = s.q.Scale[row]
	}
}

func grow(x []float32, n int) []float32 {
	if cap(x) < n {
		return make([]float32, n)
	}
	return x[:n]
}
