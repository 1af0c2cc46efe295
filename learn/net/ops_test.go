package net

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"hearsay/learn/kernel"
)

// matrix returns a node of the given rows.
func matrix(rows ...[]float32) *Node {
	x := &Node{R: len(rows), C: len(rows[0])}
	for _, r := range rows {
		x.V = append(x.V, r...)
	}
	x.G = make([]float32, len(x.V))
	return x
}

// set gives a Param the values of rows.
func set(w *Param, rows ...[]float32) *Param {
	copy(w.W, slices.Concat(rows...))
	return w
}

// TestForward holds each operation to values that one can work out on paper: a gradient may be right for the wrong rows.
func TestForward(t *testing.T) {
	defer kernel.Use(kernel.Use(kernel.AVX2))
	p := NewParams(1)
	w := set(p.Matrix("w", 2, 3, 0), []float32{1, 2, 3}, []float32{10, 20, 30})
	b := set(p.Matrix("b", 1, 3, 0), []float32{0.5, 0, -0.5})
	rows := set(p.Table("rows", 3, 2, 0), []float32{1, 2}, []float32{10, 20}, []float32{100, 200})
	lean := set(p.Table("lean", 3, 1, 0), []float32{0.25, 0.5, 0.75})
	x := matrix([]float32{1, -1}, []float32{2, 0}, []float32{-3, 4})
	y := matrix([]float32{5, 6}, []float32{7, 8}, []float32{9, 9})
	for _, c := range []struct {
		name string
		run  func(s *Shard) *Node
		want *Node
	}{
		{"Linear", func(s *Shard) *Node { return s.Linear(x, w, b) },
			matrix([]float32{-8.5, -18, -27.5}, []float32{2.5, 4, 5.5}, []float32{37.5, 74, 110.5})},
		{"Linear without bias", func(s *Shard) *Node { return s.Linear(x, w, nil) },
			matrix([]float32{-9, -18, -27}, []float32{2, 4, 6}, []float32{37, 74, 111})},
		{"Relu", func(s *Shard) *Node { return s.Relu(x) },
			matrix([]float32{1, 0}, []float32{2, 0}, []float32{0, 4})},
		{"Join", func(s *Shard) *Node { return s.Join(x, y) },
			matrix([]float32{1, -1, 5, 6}, []float32{2, 0, 7, 8}, []float32{-3, 4, 9, 9})},
		{"Pick", func(s *Shard) *Node { return s.Pick(x, []int{2, -1, 0, 2}) },
			matrix([]float32{-3, 4}, []float32{0, 0}, []float32{1, -1}, []float32{-3, 4})},
		{"Bag", func(s *Shard) *Node { return s.Bag(rows, []uint32{2, 0, 1, 1}, []int{0, 2, 2, 4}) },
			matrix([]float32{101, 202}, []float32{0, 0}, []float32{20, 40})},
		{"Against", func(s *Shard) *Node { return s.Against(x, rows, lean, []int{2, 0}, []float32{-1, 1}) },
			matrix([]float32{-100.25, 0.25}, []float32{199.75, 3.25}, []float32{499.75, 6.25})},
		{"Weights", func(s *Shard) *Node { return s.Weights(w) },
			matrix([]float32{1, 2, 3}, []float32{10, 20, 30})},
		{"Stack", func(s *Shard) *Node { return s.Stack(y, x) },
			matrix([]float32{5, 6}, []float32{7, 8}, []float32{9, 9}, []float32{1, -1}, []float32{2, 0}, []float32{-3, 4})},
		{"Add", func(s *Shard) *Node { return s.Add(x, y) },
			matrix([]float32{6, 5}, []float32{9, 8}, []float32{6, 13})},
		{"Cross", func(s *Shard) *Node { return s.Cross(x, y) },
			matrix([]float32{-1, -1, 0}, []float32{10, 14, 18}, []float32{9, 11, 9})},
		{"Columns", func(s *Shard) *Node { return s.Columns(x, 1, 2) },
			matrix([]float32{-1}, []float32{0}, []float32{4})},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.run(NewShard(p, 0))
			if got.R != c.want.R || got.C != c.want.C || !slices.Equal(got.V, c.want.V) {
				t.Errorf("%d x %d %v, want %d x %d %v", got.R, got.C, got.V, c.want.R, c.want.C, c.want.V)
			}
		})
	}
}

// TestDropout looks at the mask: one for each sequence, the same in all of its rows, of about the right share, and what
// is kept is scaled so that sums stay as they were.
func TestDropout(t *testing.T) {
	p := NewParams(1)
	s := NewShard(p, 1)
	const cols, share = 2000, 0.25
	x := s.Node(5, cols)
	for i := range x.V {
		x.V[i] = 1
	}
	seqs := []int{0, 2, 5}
	y := s.Dropout(x, share, seqs)
	for k := range 2 {
		first := y.Row(seqs[k])
		hidden := 0
		for j, v := range first {
			switch v {
			case 0:
				hidden++
			case float32(1 / (1 - share)):
			default:
				t.Fatalf("column %d is %g", j, v)
			}
		}
		if math.Abs(float64(hidden)/cols-share) > 0.05 {
			t.Errorf("sequence %d: %d of %d columns hidden", k, hidden, cols)
		}
		for i := seqs[k]; i < seqs[k+1]; i++ {
			if !slices.Equal(y.Row(i), first) {
				t.Errorf("row %d hides other columns than the row before", i)
			}
		}
	}
	if slices.Equal(y.Row(0), y.Row(2)) {
		t.Error("both sequences hide the same columns")
	}
	if s.Train = false; s.Dropout(x, share, seqs) != x {
		t.Error("outside training something is hidden")
	}
}

// TestRecur compares with the formulas in float64, over sequences that must not see each other.
func TestRecur(t *testing.T) {
	defer kernel.Use(kernel.Use(kernel.AVX2))
	for _, c := range []struct {
		name    string
		in      int
		reverse bool
	}{
		{"forward, input passes by", 16, false},
		{"backward, input passes by", 16, true},
		{"forward, learnt", 6, false},
		{"backward, learnt", 6, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := NewParams(2)
			r := p.NewRecur("unit", c.in, 16, c.reverse)
			s := NewShard(p, 0)
			x := s.Node(9, c.in)
			rng := rand.New(rand.NewPCG(3, 4))
			for i := range x.V {
				x.V[i] = float32(rng.NormFloat64())
			}
			seqs := []int{0, 4, 4, 5, 9}
			y := s.Recur(x, r, seqs)
			for k := range len(seqs) - 1 {
				for i, row := range slowRecur(x, r, seqs[k], seqs[k+1]) {
					for j, want := range row {
						if got := float64(y.Row(seqs[k] + i)[j]); math.Abs(got-want) > 1e-5 {
							t.Fatalf("row %d, unit %d is %g, want %g", seqs[k]+i, j, got, want)
						}
					}
				}
			}
		})
	}
}

// slowRecur is the formulas for one sequence.
func slowRecur(x *Node, r *Recur, from, to int) [][]float64 {
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	out := make([][]float64, to-from)
	for i := range out {
		out[i] = make([]float64, r.D)
	}
	for j := range r.D {
		gate := func(i, part int, state float64) float64 {
			sum := 0.0
			for k, v := range x.Row(i) {
				sum += float64(v) * float64(r.W.W[k*r.W.Cols+part*r.D+j])
			}
			if part == 1 || part == 2 {
				sum += float64(r.VB.W[(part-1)*r.D+j])*state + float64(r.VB.W[(part+1)*r.D+j])
			}
			return sum
		}
		state := 0.0
		for k := range out {
			i := from + k
			if r.Reverse {
				i = to - 1 - k
			}
			f, reset := sigmoid(gate(i, 1, state)), sigmoid(gate(i, 2, state))
			state = f*state + (1-f)*gate(i, 0, 0)
			var by float64
			if r.W.Cols == 4*r.D {
				by = gate(i, 3, 0)
			} else {
				by = float64(x.Row(i)[j])
			}
			out[i-from][j] = reset*state + (1-reset)*by
		}
	}
	return out
}

// TestThin drops about the share it is asked to, behind the place it is given, and nothing outside training.
func TestThin(t *testing.T) {
	s := NewShard(NewParams(1), 1)
	ids := make([]uint32, 2100)
	for i := range ids {
		ids[i] = uint32(i)
	}
	s.Train = false
	if got := s.Thin(100, 0.5, slices.Clone(ids)); !slices.Equal(got, ids) {
		t.Errorf("outside training %d of %d are kept", len(got), len(ids))
	}
	s.Train = true
	got := s.Thin(100, 0.2, slices.Clone(ids))
	if !slices.Equal(got[:100], ids[:100]) {
		t.Error("dropped before the place from which it may")
	}
	if kept := len(got) - 100; kept < 1500 || kept > 1700 {
		t.Errorf("%d of 2000 are kept, want about 1600", kept)
	}
	if !slices.IsSorted(got) {
		t.Error("what is kept has another order")
	}
}
