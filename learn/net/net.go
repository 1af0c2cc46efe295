package net

import (
	"math"
	"math/rand/v2"

	"hearsay/learn/kernel"
)

// Param is one matrix of weights, row-major. A table is a Param of which a step
// touches few rows: only these are updated.
type Param struct {
	Name       string
	Rows, Cols int
	W          []float32

	table bool
	index int
	m, v  []float32 // moments of Adam
	rate  float32   // times the rate of the step
}

// Params are the weights of a model under training, in the order they were made.
type Params struct {
	list []*Param
	rng  *rand.Rand
}

// NewParams returns an empty set, whose initial weights follow from the seed.
func NewParams(seed uint64) *Params {
	return &Params{rng: rand.New(rand.NewPCG(seed, 0x6e6574))}
}

// Matrix adds a matrix whose weights are drawn evenly from ±spread. A spread of 0
// gives zeros.
func (p *Params) Matrix(name string, rows, cols int, spread float64) *Param {
	w := &Param{Name: name, Rows: rows, Cols: cols, index: len(p.list), rate: 1}
	n := rows * cols
	w.W, w.m, w.v = make([]float32, n), make([]float32, n), make([]float32, n)
	if spread > 0 {
		for i := range w.W {
			w.W[i] = float32(spread * (2*p.rng.Float64() - 1))
		}
	}
	p.list = append(p.list, w)
	return w
}

// Dense adds a matrix for products with rows of x, spread so that the variance of
// what comes out is that of what goes in (Glorot and Bengio 2010).
func (p *Params) Dense(name string, in, out int) *Param {
	return p.Matrix(name, in, out, math.Sqrt(3/float64(in)))
}

// Table adds a matrix whose rows are looked up.
func (p *Params) Table(name string, rows, cols int, spread float64) *Param {
	w := p.Matrix(name, rows, cols, spread)
	w.table = true
	return w
}

// Slow makes a Param learn at a part of the rate of the others.
func (w *Param) Slow(part float64) { w.rate = float32(part) }

// List returns all in order.
func (p *Params) List() []*Param { return p.list }

// Named returns the Param of a name, or nil.
func (p *Params) Named(name string) *Param {
	for _, w := range p.list {
		if w.Name == name {
			return w
		}
	}
	return nil
}

// Shard computes the values and gradients of a part of a batch. Shards run at the
// same time, each with its own memory, and their gradients are added in order, so
// the sum does not depend on how many cores there are.
type Shard struct {
	Rng     *rand.Rand
	Train   bool // dropout is on
	Loss    float64
	scratch kernel.Scratch
	params  *Params
	grad    [][]float32 // by Param
	touched [][]int32   // by Param: rows of tables with a gradient, in order of meeting
	seen    [][]bool    // by Param
	tape    []func()
	free    [][]float32 // blocks of the arena
	block   int
	at      int
}

// NewShard returns a shard over the params. All params must have been made.
func NewShard(p *Params, seed uint64) *Shard {
	s := &Shard{params: p, Rng: rand.New(rand.NewPCG(seed, 0x7368)), Train: true}
	s.grad = make([][]float32, len(p.list))
	s.touched = make([][]int32, len(p.list))
	s.seen = make([][]bool, len(p.list))
	for i, w := range p.list {
		s.grad[i] = make([]float32, len(w.W))
		if w.table {
			s.seen[i] = make([]bool, w.Rows)
		}
	}
	return s
}

// Grad returns the gradient of a Param in this shard, to be added to. Rows of a
// table must be touched.
func (s *Shard) Grad(w *Param) []float32 { return s.grad[w.index] }

// Touch notes that a row of a table has a gradient, and returns the row's.
func (s *Shard) Touch(w *Param, row int) []float32 {
	if !s.seen[w.index][row] {
		s.seen[w.index][row] = true
		s.touched[w.index] = append(s.touched[w.index], int32(row))
	}
	return s.grad[w.index][row*w.Cols : (row+1)*w.Cols]
}

// arenaBlock is how many floats the arena takes from the system at once.
const arenaBlock = 1 << 22

// Floats returns n zeros that live until Reset.
func (s *Shard) Floats(n int) []float32 {
	out := s.dirty(n)
	clear(out)
	return out
}

// dirty returns n floats of any value that live until Reset, for what is written
// before it is read: clearing costs as much as computing.
func (s *Shard) dirty(n int) []float32 {
	for {
		if s.block == len(s.free) {
			s.free = append(s.free, make([]float32, max(arenaBlock, n)))
		}
		if b := s.free[s.block]; s.at+n <= len(b) {
			out := b[s.at : s.at+n : s.at+n]
			s.at += n
			return out
		}
		s.block++
		s.at = 0
	}
}

// Reset forgets all nodes, and begins a new computation.
func (s *Shard) Reset() {
	s.tape, s.block, s.at, s.Loss = s.tape[:0], 0, 0, 0
}

// Backward runs the gradients of all operations since Reset, the last first.
func (s *Shard) Backward() {
	for i := len(s.tape) - 1; i >= 0; i-- {
		s.tape[i]()
	}
}

// Then notes what is to be done in Backward.
func (s *Shard) Then(f func()) { s.tape = append(s.tape, f) }

// Node is a matrix of values with the gradient of the loss by each, row-major.
type Node struct {
	R, C int
	V, G []float32
}

// Row returns the values of a row.
func (x *Node) Row(i int) []float32 { return x.V[i*x.C : (i+1)*x.C] }

// GradRow returns the gradient of a row.
func (x *Node) GradRow(i int) []float32 { return x.G[i*x.C : (i+1)*x.C] }

// Node returns a node of zeros.
func (s *Shard) Node(rows, cols int) *Node {
	return &Node{rows, cols, s.Floats(rows * cols), s.Floats(rows * cols)}
}

// fill returns a node whose values are to be written before they are read.
func (s *Shard) fill(rows, cols int) *Node {
	return &Node{rows, cols, s.dirty(rows * cols), s.Floats(rows * cols)}
}

// Optimizer is AdamW (Loshchilov and Hutter 2019) over the params of a model.
type Optimizer struct {
	Rate, Decay float64
	Clip        float64 // the largest norm of all gradients together; 0: none
	Steps       int     // taken so far
	params      *Params
}

// NewOptimizer returns an optimizer at its first step.
func NewOptimizer(p *Params) *Optimizer { return &Optimizer{params: p, Clip: 1} }

const beta1, beta2, epsilon = 0.9, 0.98, 1e-8

// Step adds up the gradients of the shards, takes a step down and clears them.
// It returns the norm of the gradient before it was clipped.
func (o *Optimizer) Step(shards []*Shard) float64 {
	o.Steps++
	c1 := float32(1 / (1 - math.Pow(beta1, float64(o.Steps))))
	c2 := float32(1 / (1 - math.Pow(beta2, float64(o.Steps))))
	first := shards[0]
	norm := 0.0
	for i, w := range o.params.list {
		g := first.grad[i]
		if !w.table {
			for _, s := range shards[1:] {
				kernel.Axpy(g, s.grad[i], 1)
				clear(s.grad[i])
			}
			norm += kernel.SumSquares(g)
			continue
		}
		for _, s := range shards[1:] {
			for _, r := range s.touched[i] {
				from := s.grad[i][int(r)*w.Cols : int(r+1)*w.Cols]
				kernel.Axpy(first.Touch(w, int(r)), from, 1)
				clear(from)
				s.seen[i][r] = false
			}
			s.touched[i] = s.touched[i][:0]
		}
		for _, r := range first.touched[i] {
			norm += kernel.SumSquares(g[int(r)*w.Cols : int(r+1)*w.Cols])
		}
	}
	norm = math.Sqrt(norm)
	shrink := float32(1)
	if o.Clip > 0 && norm > o.Clip {
		shrink = float32(o.Clip / norm)
	}
	for i, w := range o.params.list {
		g, rate, decay := first.grad[i], float32(o.Rate)*w.rate, float32(o.Decay)
		if w.Rows == 1 {
			decay = 0 // biases
		}
		if !w.table {
			kernel.Scale(g, shrink)
			kernel.AdamStep(w.W, g, w.m, w.v, rate, beta1, beta2, epsilon, decay, c1, c2)
			clear(g)
			continue
		}
		for _, r := range first.touched[i] {
			a, b := int(r)*w.Cols, int(r+1)*w.Cols
			kernel.Scale(g[a:b], shrink)
			kernel.AdamStep(w.W[a:b], g[a:b], w.m[a:b], w.v[a:b], rate, beta1, beta2, epsilon, 0, c1, c2)
			clear(g[a:b])
			first.seen[i][r] = false
		}
		first.touched[i] = first.touched[i][:0]
	}
	return norm
}
