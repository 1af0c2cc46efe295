package net

import (
	"math"
	"math/rand/v2"
	"testing"

	"hearsay/learn"
	"hearsay/learn/kernel"
)

// normals returns a node of rows whose values are spread as vectors are.
func normals(seed uint64, rows, cols int) *Node {
	rng := rand.New(rand.NewPCG(seed, 9))
	x := &Node{R: rows, C: cols, V: make([]float32, rows*cols), G: make([]float32, rows*cols)}
	for i := range x.V {
		x.V[i] = float32(rng.NormFloat64())
	}
	return x
}

// far returns how far got is from want, as a share of want's length.
func far(got, want []float32) float64 {
	diff, size := 0.0, 0.0
	for i := range want {
		d := float64(got[i]) - float64(want[i])
		diff += d * d
		size += float64(want[i]) * float64(want[i])
	}
	return math.Sqrt(diff / size)
}

// int8Share is how far a frozen layer may be from the float one: rounding costs each of rows and weights about a
// hundredth of the largest value beside it, and errors of both signs are added up.
const int8Share = 0.025

func TestReadLayer(t *testing.T) {
	defer kernel.Use(kernel.Use(kernel.AVX2))
	p := NewParams(1)
	w, b := p.Dense("w", 48, 40), p.Matrix("b", 1, 40, 1)
	for i := range w.Rows {
		w.W[i*w.Cols+7] = 0     // a column without weights has no scale
		w.W[i*w.Cols+8] *= 1000 // and a large one must not drown the others
	}
	x := normals(1, 13, 48)
	var q kernel.Quantized
	q.Quantize(x.V, x.R, x.C, x.C)
	for _, bias := range []*Param{b, nil} {
		name := ""
		if bias != nil {
			name = "b"
		}
		l, err := ReadLayer(reread(t, Frozen(w, bias)...), "w", name, 48, 40)
		if err != nil {
			t.Fatal(err)
		}
		const stride = 43 // wider than a row, whose gap must stay
		got := make([]float32, x.R*stride)
		for i := range got {
			got[i] = 42
		}
		l.Apply(got, stride, &q, x.R)
		want := NewShard(p, 0).Linear(x, w, bias)
		for j := range w.Cols {
			var a, b []float32
			for i := range x.R {
				a, b = append(a, got[i*stride+j]), append(b, want.V[i*w.Cols+j])
			}
			if j == 7 && bias == nil {
				for _, v := range a {
					if v != 0 {
						t.Fatalf("a column of zeros gives %g", v)
					}
				}
			} else if off := far(a, b); !(off < int8Share) {
				t.Errorf("bias %q, column %d: off by %.3f of its size", name, j, off)
			}
		}
		for i := range x.R {
			for _, v := range got[i*stride+w.Cols : (i+1)*stride] {
				if v != 42 {
					t.Fatal("wrote beyond the columns")
				}
			}
		}
	}
}

func TestReadUnit(t *testing.T) {
	defer kernel.Use(kernel.Use(kernel.AVX2))
	for _, c := range []struct {
		name    string
		in      int
		reverse bool
	}{
		{"forward, input passes by", 32, false},
		{"backward, input passes by", 32, true},
		{"forward, learnt", 48, false},
		{"backward, learnt", 48, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := NewParams(3)
			r := p.NewRecur("unit", c.in, 32, c.reverse)
			for i := range r.VB.W[64:] {
				r.VB.W[64+i] += float32(i%5) / 10 // biases of both gates
			}
			unit, err := ReadUnit(reread(t, r.Frozen()...), "unit", c.in, 32)
			if err != nil {
				t.Fatal(err)
			}
			x := normals(2, 11, c.in)
			seqs := []int{0, 4, 4, 11}
			want := NewShard(p, 0).Recur(x, r, seqs)
			// Rows of x and h lie apart, as where two directions stand side by side.
			xstride, hstride := c.in+5, 32+3
			wide, h := make([]float32, x.R*xstride), make([]float32, x.R*hstride)
			for i := range x.R {
				copy(wide[i*xstride:], x.Row(i))
			}
			var q kernel.Quantized
			q.Quantize(wide, x.R, c.in, xstride)
			unit.Run(h, hstride, wide, xstride, &q, seqs, c.reverse, make([]float32, x.R*unit.Out))
			for i := range x.R {
				if off := far(h[i*hstride:i*hstride+32], want.Row(i)); !(off < int8Share) {
					t.Errorf("row %d: off by %.3f of its size", i, off)
				}
				for _, v := range h[i*hstride+32 : (i+1)*hstride] {
					if v != 0 {
						t.Fatal("wrote beyond the units")
					}
				}
			}
		})
	}
}

// TestReadTable looks at each weight: it is off by half a step of its row at most, and the largest of a row takes the
// whole range.
func TestReadTable(t *testing.T) {
	p := NewParams(1)
	w := p.Table("table", 5, 32, 1)
	for j := range w.Cols {
		w.W[1*w.Cols+j] = 0
		w.W[2*w.Cols+j] *= 1e-6
		w.W[3*w.Cols+j] *= 1e6
	}
	q, scale, err := ReadTable(reread(t, learn.Section{Name: "before", Data: []byte("odd")}, w.Rowwise()), "table", 5, 32)
	if err != nil {
		t.Fatal(err)
	}
	if len(q) != len(w.W) || len(scale) != w.Rows {
		t.Fatalf("%d weights and %d scales", len(q), len(scale))
	}
	for i, x := range w.W {
		s := float64(scale[i/w.Cols])
		if math.Abs(float64(q[i])*s-float64(x)) > 0.5001*s {
			t.Errorf("weight %d is %d times %g, want %g", i, q[i], s, x)
		}
	}
	for i := range w.Rows {
		top := int8(0)
		for _, x := range q[i*w.Cols : (i+1)*w.Cols] {
			top = max(top, x, -x)
		}
		if i != 1 && top != 127 || i == 1 && (top != 0 || scale[i] != 0) {
			t.Errorf("row %d: largest %d, scale %g", i, top, scale[i])
		}
	}
	floats, err := ReadFloats(reread(t, Frozen(nil, w)...), "table", 5, 32)
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range w.W {
		if floats[i] != x {
			t.Fatalf("float %d is %g, want %g", i, floats[i], x)
		}
	}
}
