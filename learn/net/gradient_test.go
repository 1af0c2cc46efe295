package net

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"hearsay/learn/kernel"
)

// gradientCase is an operation whose gradient is compared with what the loss does when a weight is nudged. What goes in
// are Params too, seen through Weights, so that one loop can nudge everything.
type gradientCase struct {
	name string
	// make adds what the operation reads.
	make func(p *Params)
	// run applies the operation. A loss returns nil.
	run func(s *Shard, p *Params) *Node
}

// in adds a matrix of values between 0.1 and 1 in size: a nudge carries none over 0, where Relu has no gradient.
func in(p *Params, name string, rows, cols int) {
	w := p.Matrix(name, rows, cols, 0.9)
	for i, x := range w.W {
		w.W[i] = x + float32(math.Copysign(0.1, float64(x)))
	}
}

// node returns the Param of a name as a node.
func node(s *Shard, p *Params, name string) *Node { return s.Weights(p.Named(name)) }

// inputs returns a make that adds one matrix for each name, from "x", of the shapes given.
func inputs(shapes ...[2]int) func(p *Params) {
	return func(p *Params) {
		for i, s := range shapes {
			in(p, string(rune('x'+i)), s[0], s[1])
		}
	}
}

// recurCase runs units over three sequences, of which the second is empty.
func recurCase(name string, inCols int, reverse bool) gradientCase {
	var unit *Recur
	return gradientCase{name,
		func(p *Params) {
			in(p, "x", 7, inCols)
			unit = p.NewRecur("unit", inCols, 16, reverse)
		},
		func(s *Shard, p *Params) *Node { return s.Recur(node(s, p, "x"), unit, []int{0, 3, 3, 7}) },
	}
}

var gradientCases = []gradientCase{
	{"Linear", func(p *Params) { in(p, "x", 5, 3); in(p, "w", 3, 4); in(p, "b", 1, 4) },
		func(s *Shard, p *Params) *Node { return s.Linear(node(s, p, "x"), p.Named("w"), p.Named("b")) }},
	{"Linear without bias", func(p *Params) { in(p, "x", 5, 3); in(p, "w", 3, 4) },
		func(s *Shard, p *Params) *Node { return s.Linear(node(s, p, "x"), p.Named("w"), nil) }},
	{"Linear twice with the same weights", func(p *Params) { in(p, "x", 4, 3); in(p, "w", 3, 3); in(p, "b", 1, 3) },
		func(s *Shard, p *Params) *Node {
			return s.Linear(s.Linear(node(s, p, "x"), p.Named("w"), p.Named("b")), p.Named("w"), p.Named("b"))
		}},
	{"Relu", inputs([2]int{5, 6}),
		func(s *Shard, p *Params) *Node { return s.Relu(node(s, p, "x")) }},
	{"Dropout", inputs([2]int{7, 9}),
		func(s *Shard, p *Params) *Node { return s.Dropout(node(s, p, "x"), 0.4, []int{0, 2, 2, 7}) }},
	{"Dropout outside training", inputs([2]int{4, 3}),
		func(s *Shard, p *Params) *Node {
			s.Train = false
			return s.Relu(s.Dropout(node(s, p, "x"), 0.4, []int{0, 4}))
		}},
	{"Join", inputs([2]int{4, 2}, [2]int{4, 5}),
		func(s *Shard, p *Params) *Node {
			x, y := node(s, p, "x"), node(s, p, "y")
			return s.Join(x, y, x)
		}},
	{"Pick", inputs([2]int{4, 3}),
		func(s *Shard, p *Params) *Node { return s.Pick(node(s, p, "x"), []int{2, -1, 0, 2, -1, 3}) }},
	{"Bag", func(p *Params) { p.Table("rows", 6, 3, 1) },
		func(s *Shard, p *Params) *Node {
			return s.Bag(p.Named("rows"), []uint32{4, 1, 4, 0, 1, 2}, []int{0, 3, 3, 5, 6}) // the second item has no rows
		}},
	recurCase("Recur forward, what passes by is the input", 16, false),
	recurCase("Recur backward, what passes by is the input", 16, true),
	recurCase("Recur forward, what passes by is learnt", 5, false),
	recurCase("Recur backward, what passes by is learnt", 5, true),
	{"Against", func(p *Params) { in(p, "x", 5, 4); p.Table("rows", 6, 4, 1); p.Table("bias", 6, 1, 1) },
		func(s *Shard, p *Params) *Node {
			return s.Against(node(s, p, "x"), p.Named("rows"), p.Named("bias"), []int{5, 0, 3}, []float32{0.5, -2, 0})
		}},
	{"Weights", inputs([2]int{2, 3}),
		func(s *Shard, p *Params) *Node { return node(s, p, "x") }},
	{"Stack", inputs([2]int{2, 3}, [2]int{4, 3}),
		func(s *Shard, p *Params) *Node { return s.Stack(node(s, p, "x"), node(s, p, "y")) }},
	{"Add", inputs([2]int{3, 3}, [2]int{3, 3}),
		func(s *Shard, p *Params) *Node { return s.Add(node(s, p, "x"), node(s, p, "y")) }},
	{"Add to itself", inputs([2]int{3, 3}),
		func(s *Shard, p *Params) *Node { return s.Add(node(s, p, "x"), node(s, p, "x")) }},
	{"Cross", inputs([2]int{3, 5}, [2]int{4, 5}),
		func(s *Shard, p *Params) *Node { return s.Cross(node(s, p, "x"), node(s, p, "y")) }},
	{"Cross with itself", inputs([2]int{3, 5}),
		func(s *Shard, p *Params) *Node { return s.Cross(node(s, p, "x"), node(s, p, "x")) }},
	{"Columns", inputs([2]int{3, 7}),
		func(s *Shard, p *Params) *Node { return s.Columns(node(s, p, "x"), 2, 5) }},
	{"Softmax", inputs([2]int{5, 4}),
		func(s *Shard, p *Params) *Node {
			s.Softmax(node(s, p, "x"), []int{3, -1, 0, 0, -1}, 0.7)
			return nil
		}},
	{"Logistic", inputs([2]int{3, 2}),
		func(s *Shard, p *Params) *Node {
			s.Logistic(node(s, p, "x"), []float32{1, 0, -1, 1, -1, 0}, 0.7)
			return nil
		}},
}

// TestGradients compares the gradient by every weight with the central difference of the loss. It runs where kernels
// compute in float32: AMX would round to bfloat16, which is coarser than the differences.
func TestGradients(t *testing.T) {
	defer kernel.Use(kernel.Use(kernel.AVX2))
	for _, c := range gradientCases {
		t.Run(c.name, func(t *testing.T) {
			p := NewParams(1)
			c.make(p)
			s := NewShard(p, 0)
			run := func() {
				spoil(s)
				s.Reset()
				s.Train = true
				s.Rng = rand.New(rand.NewPCG(5, 6)) // the same mask each time
				if y := c.run(s, p); y != nil {
					against(s, y, 1)
				}
				// What goes in has another use, later on the tape, so that its gradient is not 0 when the operation adds to it.
				for i, w := range p.List() {
					if !w.table {
						against(s, s.Weights(w), uint64(2+i))
					}
				}
			}
			run()
			run() // over memory that is spoilt
			s.Backward()
			for _, w := range p.List() {
				got := slices.Clone(s.Grad(w))
				for i := range w.W {
					const nudge = 1.0 / 64
					was := w.W[i]
					w.W[i] = was + nudge
					up := float64(w.W[i])
					run()
					high := s.Loss
					w.W[i] = was - nudge
					down := float64(w.W[i])
					run()
					w.W[i] = was
					// The third derivative bends the difference by some nudge², and values are rounded to 1e-7.
					want := (high - s.Loss) / (up - down)
					if !(math.Abs(float64(got[i])-want) <= 5e-4*(1+math.Abs(want))) {
						t.Fatalf("gradient by %s[%d] is %g, the loss says %g", w.Name, i, got[i], want)
					}
					if r := i / w.Cols; w.table && got[i] != 0 && !slices.Contains(s.touched[w.index], int32(r)) {
						t.Fatalf("row %d of %s has a gradient and is not touched: a step would pass it by", r, w.Name)
					}
				}
			}
		})
	}
}

// against adds to the loss the values of x, each times a number of its own.
func against(s *Shard, x *Node, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 7))
	c := make([]float32, len(x.V))
	for i := range c {
		c[i] = float32(2*r.Float64() - 1)
		s.Loss += float64(c[i]) * float64(x.V[i])
	}
	s.Then(func() { kernel.Axpy(x.G, c, 1) })
}

// spoil fills what the arena has lent so far with NaN, so that reading anything before it is written is seen.
func spoil(s *Shard) {
	for k := range s.free {
		end := len(s.free[k])
		if k == s.block {
			end = s.at
		}
		for i := range end {
			s.free[k][i] = float32(math.NaN())
		}
		if k == s.block {
			return
		}
	}
}
