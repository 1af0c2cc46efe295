package net

import (
	"math"

	"hearsay/learn/kernel"
)

// Linear returns x·W + b; b may be nil.
func (s *Shard) Linear(x *Node, w, b *Param) *Node {
	y := s.fill(x.R, w.Cols)
	s.multiply(y, x, w, b)
	return y
}

// multiply sets the values of y to x·W + b.
func (s *Shard) multiply(y, x *Node, w, b *Param) {
	if b != nil {
		for i := range x.R {
			copy(y.Row(i), b.W)
		}
	}
	kernel.MatMul(&s.scratch, kernel.NN, x.R, w.Cols, x.C, x.V, x.C, w.W, w.Cols, y.V, w.Cols, b != nil)
	s.Then(func() {
		kernel.MatMul(&s.scratch, kernel.NT, x.R, x.C, w.Cols, y.G, w.Cols, w.W, w.Cols, x.G, x.C, true)
		kernel.MatMul(&s.scratch, kernel.TN, x.C, w.Cols, x.R, x.V, x.C, y.G, w.Cols, s.Grad(w), w.Cols, true)
		if b != nil {
			g := s.Grad(b)
			for i := range y.R {
				kernel.Axpy(g, y.GradRow(i), 1)
			}
		}
	})
}

// Relu returns x where it is positive and 0 elsewhere.
func (s *Shard) Relu(x *Node) *Node {
	y := s.Node(x.R, x.C)
	for i, v := range x.V {
		if v > 0 {
			y.V[i] = v
		}
	}
	s.Then(func() {
		for i, v := range x.V {
			if v > 0 {
				x.G[i] += y.G[i]
			}
		}
	})
	return y
}

// Dropout zeroes each column with probability p, the same columns in each row of a
// sequence (Gal and Ghahramani 2016), and scales the others up. Outside training it
// returns x. Sequences are rows [seqs[i], seqs[i+1]).
func (s *Shard) Dropout(x *Node, p float64, seqs []int) *Node {
	if !s.Train || p == 0 {
		return x
	}
	y := s.fill(x.R, x.C)
	masks := s.Floats(x.C * (len(seqs) - 1))
	up := float32(1 / (1 - p))
	for i := range masks {
		if s.Rng.Float64() >= p {
			masks[i] = up
		}
	}
	each := func(to, from []float32, add bool) {
		for k := 0; k+1 < len(seqs); k++ {
			mask := masks[k*x.C : (k+1)*x.C]
			for i := seqs[k]; i < seqs[k+1]; i++ {
				a, b := to[i*x.C:(i+1)*x.C], from[i*x.C:(i+1)*x.C]
				for j, m := range mask {
					if add {
						a[j] += b[j] * m
					} else {
						a[j] = b[j] * m
					}
				}
			}
		}
	}
	each(y.V, x.V, false)
	s.Then(func() { each(x.G, y.G, true) })
	return y
}

// Join returns the columns of the nodes side by side.
func (s *Shard) Join(xs ...*Node) *Node {
	cols := 0
	for _, x := range xs {
		cols += x.C
	}
	y := s.fill(xs[0].R, cols)
	at := 0
	for _, x := range xs {
		for i := range x.R {
			copy(y.V[i*cols+at:], x.Row(i))
		}
		at += x.C
	}
	s.Then(func() {
		at := 0
		for _, x := range xs {
			for i := range x.R {
				kernel.Axpy(x.GradRow(i), y.G[i*cols+at:i*cols+at+x.C], 1)
			}
			at += x.C
		}
	})
	return y
}

// Pick returns the given rows of x; a row of -1 is zeros.
func (s *Shard) Pick(x *Node, rows []int) *Node {
	y := s.Node(len(rows), x.C)
	for i, r := range rows {
		if r >= 0 {
			copy(y.Row(i), x.Row(r))
		}
	}
	s.Then(func() {
		for i, r := range rows {
			if r >= 0 {
				kernel.Axpy(x.GradRow(r), y.GradRow(i), 1)
			}
		}
	})
	return y
}

// Bag returns for each item the sum of the table's rows ids[offsets[i]:offsets[i+1]].
func (s *Shard) Bag(table *Param, ids []uint32, offsets []int) *Node {
	y := s.Node(len(offsets)-1, table.Cols)
	for i := range y.R {
		row := y.Row(i)
		for _, id := range ids[offsets[i]:offsets[i+1]] {
			kernel.Axpy(row, table.W[int(id)*table.Cols:int(id+1)*table.Cols], 1)
		}
	}
	s.Then(func() {
		for i := range y.R {
			g := y.GradRow(i)
			for _, id := range ids[offsets[i]:offsets[i+1]] {
				kernel.Axpy(s.Touch(table, int(id)), g, 1)
			}
		}
	})
	return y
}

// Recur is a layer of simple recurrent units in one direction (Lei et al. 2018).
// W is In × 3D, or In × 4D where In differs from D: then the last D columns make
// what passes by the unit. VB holds four rows of D: the weights of the state in the
// gate that forgets and the one that resets, and the biases of both.
type Recur struct {
	W, VB   *Param
	D       int
	Reverse bool
}

// NewRecur adds the weights of a layer.
func (p *Params) NewRecur(name string, in, d int, reverse bool) *Recur {
	parts := 3
	if in != d {
		parts = 4
	}
	r := &Recur{D: d, Reverse: reverse}
	r.W = p.Matrix(name+".w", in, parts*d, math.Sqrt(3/float64(in)))
	r.VB = p.Matrix(name+".vb", 4, d, 0)
	for i := range 2 * d {
		r.VB.W[i] = float32(0.5 * (2*p.rng.Float64() - 1))
	}
	// Units begin by remembering: some for a few words, some for many.
	for i := range d {
		r.VB.W[2*d+i] = float32(i%4) * 0.7
	}
	return r
}

// Recur runs the layer over sequences of rows [seqs[i], seqs[i+1]).
func (s *Shard) Recur(x *Node, r *Recur, seqs []int) *Node {
	// The gradient of u is written whole by Backward, so it need not be cleared.
	u := &Node{x.R, r.W.Cols, s.dirty(x.R * r.W.Cols), s.dirty(x.R * r.W.Cols)}
	s.multiply(u, x, r.W, nil)
	y := s.fill(x.R, r.D)
	unit := kernel.SRU{D: r.D, V: r.VB.W[:2*r.D], B: r.VB.W[2*r.D:]}
	states := kernel.SRUState{C: s.dirty(x.R * r.D), F: s.dirty(x.R * r.D), R: s.dirty(x.R * r.D)}
	by, byStride := x.V, x.C
	if u.C == 4*r.D {
		by, byStride = nil, 0
	}
	part := func(k int) (a, n int, save kernel.SRUState, by1 []float32) {
		a, n = seqs[k], seqs[k+1]-seqs[k]
		b := (a + n) * r.D
		save = kernel.SRUState{C: states.C[a*r.D : b], F: states.F[a*r.D : b], R: states.R[a*r.D : b]}
		if by != nil {
			by1 = by[a*byStride:]
		}
		return a, n, save, by1
	}
	for k := 0; k+1 < len(seqs); k++ {
		if a, n, save, by1 := part(k); n > 0 {
			unit.Forward(n, u.V[a*u.C:], u.C, by1, byStride, y.V[a*r.D:], r.D, &save, r.Reverse)
		}
	}
	s.Then(func() {
		g := s.Grad(r.VB)
		for k := 0; k+1 < len(seqs); k++ {
			a, n, save, by1 := part(k)
			if n == 0 {
				continue
			}
			var dx []float32
			if by1 != nil {
				dx = x.G[a*x.C:]
			}
			unit.Backward(n, u.V[a*u.C:], u.C, by1, byStride, &save, y.G[a*r.D:], r.D,
				u.G[a*u.C:], u.C, dx, byStride, g[:2*r.D], g[2*r.D:], r.Reverse)
		}
	})
	return y
}

// Against returns the product of each row of x with each of the given rows of a
// table, plus that row's bias and shift.
func (s *Shard) Against(x *Node, table, bias *Param, rows []int, shift []float32) *Node {
	n, d := len(rows), table.Cols
	y := s.fill(x.R, n)
	m, g, lean := s.Floats(n*d), s.Floats(n*d), s.Floats(n)
	for j, r := range rows {
		copy(m[j*d:], table.W[r*d:(r+1)*d])
		lean[j] = bias.W[r] + shift[j]
	}
	for i := range x.R {
		copy(y.Row(i), lean)
	}
	kernel.MatMul(&s.scratch, kernel.NT, x.R, n, d, x.V, d, m, d, y.V, n, true)
	s.Then(func() {
		kernel.MatMul(&s.scratch, kernel.NN, x.R, d, n, y.G, n, m, d, x.G, d, true)
		kernel.MatMul(&s.scratch, kernel.TN, n, d, x.R, y.G, n, x.V, d, g, d, false)
		clear(lean)
		for i := range x.R {
			kernel.Axpy(lean, y.GradRow(i), 1)
		}
		for j, r := range rows {
			kernel.Axpy(s.Touch(table, r), g[j*d:(j+1)*d], 1)
			s.Touch(bias, r)[0] += lean[j]
		}
	})
	return y
}

// Weights returns the weights of a Param as a node.
func (s *Shard) Weights(w *Param) *Node { return &Node{w.Rows, w.Cols, w.W, s.Grad(w)} }

// Stack returns the rows of x with those of y below.
func (s *Shard) Stack(x, y *Node) *Node {
	z := s.fill(x.R+y.R, x.C)
	copy(z.V, x.V)
	copy(z.V[len(x.V):], y.V)
	s.Then(func() {
		kernel.Axpy(x.G, z.G[:len(x.G)], 1)
		kernel.Axpy(y.G, z.G[len(x.G):], 1)
	})
	return z
}

// Add returns the sum of two nodes of one shape.
func (s *Shard) Add(x, y *Node) *Node {
	z := s.fill(x.R, x.C)
	copy(z.V, x.V)
	kernel.Axpy(z.V, y.V, 1)
	s.Then(func() {
		kernel.Axpy(x.G, z.G, 1)
		kernel.Axpy(y.G, z.G, 1)
	})
	return z
}

// Cross returns the products of each row of x with each row of y.
func (s *Shard) Cross(x, y *Node) *Node {
	z := s.fill(x.R, y.R)
	kernel.MatMul(&s.scratch, kernel.NT, x.R, y.R, x.C, x.V, x.C, y.V, y.C, z.V, y.R, false)
	s.Then(func() {
		kernel.MatMul(&s.scratch, kernel.NN, x.R, x.C, y.R, z.G, y.R, y.V, y.C, x.G, x.C, true)
		kernel.MatMul(&s.scratch, kernel.TN, y.R, y.C, x.R, z.G, y.R, x.V, x.C, y.G, y.C, true)
	})
	return z
}

// Columns returns the columns [from, to) of x.
func (s *Shard) Columns(x *Node, from, to int) *Node {
	y := s.fill(x.R, to-from)
	for i := range x.R {
		copy(y.Row(i), x.Row(i)[from:to])
	}
	s.Then(func() {
		for i := range x.R {
			kernel.Axpy(x.GradRow(i)[from:to], y.GradRow(i), 1)
		}
	})
	return y
}

// Thin returns ids, of which those from place from on are dropped with probability p in
// training.
func (s *Shard) Thin(from int, p float64, ids []uint32) []uint32 {
	if !s.Train {
		return ids
	}
	kept := ids[:from]
	for _, id := range ids[from:] {
		if s.Rng.Float64() >= p {
			kept = append(kept, id)
		}
	}
	return kept
}
