package kernel

import (
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"
)

// slowMul is the definition of Mul.
func slowMul(q []int8, scale []float32, k, n int, x *Quantized, first, rows int, bias []float32) []float32 {
	out := make([]float32, rows*n)
	for i := range rows {
		row := x.Data[(first+i)*x.Stride():]
		for j := range n {
			var sum int32
			for c := range k {
				sum += int32(row[c]) * int32(q[c*n+j])
			}
			v := float32(float32(sum) * float32(x.Scale[first+i]*scale[j]))
			var b float32
			if bias != nil {
				b = bias[j]
			}
			out[i*n+j] = v + b
		}
	}
	return out
}

func TestMul(t *testing.T) {
	for _, c := range []struct {
		rows, first, k, n int
		bias, extreme     bool
	}{
		{rows: 1, k: 1, n: 1},
		{rows: 1, k: 64, n: 16, bias: true},
		{rows: 2, first: 3, k: 5, n: 7, bias: true},
		{rows: 5, k: 63, n: 17},
		{rows: 6, first: 1, k: 65, n: 63, bias: true},
		{rows: 7, k: 66, n: 64, bias: true},
		{rows: 9, k: 67, n: 65},
		{rows: 10, k: 128, n: 80, bias: true},
		{rows: 11, first: 2, k: 127, n: 100},
		{rows: 23, k: 256, n: 130, bias: true},
		{rows: 13, k: 129, n: 200, bias: true, extreme: true},
		{rows: 4, k: 4096, n: 70, extreme: true},
		{rows: 1, k: MaxInner, n: 3, extreme: true},
	} {
		t.Run(fmt.Sprintf("%d+%d_%dx%d_bias%t_extreme%t", c.first, c.rows, c.k, c.n, c.bias, c.extreme), func(t *testing.T) {
			rng := rand.New(rand.NewPCG(7, uint64(c.rows*c.k+c.n)))
			q, scale := make([]int8, c.k*c.n), normal(rng, c.n, 0.01)
			values := normal(rng, (c.first+c.rows)*c.k, 2)
			for i := range q {
				q[i] = int8(rng.IntN(256) - 128)
			}
			if c.extreme { // every product the largest, so that lanes and sums come as near their limits as they can
				for i := range q {
					q[i] = -128
				}
				for i := range values {
					values[i] = -3
				}
				for i := range len(q) / 7 {
					q[len(q)-1-i] = 127
				}
			}
			var bias []float32
			if c.bias {
				bias = normal(rng, c.n, 1)
			}
			var x Quantized
			x.Quantize(values, c.first+c.rows, c.k, c.k)
			want := slowMul(q, scale, c.k, c.n, &x, c.first, c.rows, bias)
			w := NewWeights(q, scale, c.k, c.n)
			eachLevel(t, func(t *testing.T) {
				const gap = 3
				stride := c.n + gap
				got := make([]float32, c.rows*stride)
				for i := range got {
					got[i] = 42
				}
				var y Quantized
				y.Quantize(values, c.first+c.rows, c.k, c.k)
				for _, x := range []*Quantized{&x, &y} { // quantized at another level and at this one
					w.Mul(got, stride, x, c.first, c.rows, bias)
					for i := range c.rows {
						sameBits(t, fmt.Sprintf("row %d", i), got[i*stride:][:c.n], want[i*c.n:][:c.n])
						for _, v := range got[i*stride:][c.n:stride] {
							if v != 42 {
								t.Fatalf("row %d: wrote beyond its end", i)
							}
						}
					}
				}
			})
		})
	}
}

// Random sizes find what a table does not.
func TestMulRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 9))
	for range 60 {
		rows, k, n := 1+rng.IntN(20), 1+rng.IntN(300), 1+rng.IntN(200)
		values := mixed(rng, rows*k)
		w := PackWeights(normal(rng, k*n, 1), k, n)
		var x Quantized
		x.Quantize(values, rows, k, k)
		want := slowMul(w.q, w.scale, k, n, &x, 0, rows, nil)
		for l := Plain; l <= Best(); l++ {
			old := Use(l)
			got := make([]float32, rows*n)
			w.Mul(got, n, &x, 0, rows, nil)
			Use(old)
			sameBits(t, fmt.Sprintf("%s: %d rows of %d×%d", l, rows, k, n), got, want)
		}
	}
}

// The product of rounded matrices is near that of the real ones.
func TestMulError(t *testing.T) {
	const rows, k, n = 20, 256, 48
	rng := rand.New(rand.NewPCG(10, 11))
	a, b := normal(rng, rows*k, 1), normal(rng, k*n, 1)
	var x Quantized
	x.Quantize(a, rows, k, k)
	got := make([]float32, rows*n)
	PackWeights(b, k, n).Mul(got, n, &x, 0, rows, nil)
	var square float64
	for i := range rows {
		for j := range n {
			var sum float64
			for c := range k {
				sum += float64(a[i*k+c]) * float64(b[c*n+j])
			}
			d := float64(got[i*n+j]) - sum
			square += d * d
		}
	}
	// The sums have a deviation of 16, and steps of about 1/40 on either side make an error of about 0.16.
	if e := math.Sqrt(square / (rows * n)); e > 0.25 || e < 0.01 {
		t.Errorf("deviation %g", e)
	}
}

// TestLayer runs what one layer of a reader runs, embeddings to states, and holds the bytes to those of the day it was
// written: other processors, compilers and levels must give them too. The values come from integers because the normal
// deviates of math/rand use logarithms, whose last bit is not the same everywhere.
func TestLayer(t *testing.T) {
	const tokens, in, d, rows = 37, 100, 48, 500
	rng := rand.New(rand.NewPCG(18, 19))
	values := func(n int, scale float32) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(rng.IntN(2001)-1000) * scale
		}
		return x
	}
	table := make([]int8, rows*in)
	for i := range table {
		table[i] = int8(rng.IntN(255) - 127)
	}
	tableScale := values(rows, 1e-5)
	w, bias := PackWeights(values(in*4*d, 1e-4), in, 4*d), values(4*d, 1e-3)
	l := SRU{D: d, V: values(2*d, 1e-3), B: values(2*d, 1e-3)}
	ids := make([]uint32, tokens*8)
	for i := range ids {
		ids[i] = uint32(rng.IntN(rows))
	}
	eachLevel(t, func(t *testing.T) {
		x, u, h := make([]float32, tokens*in), make([]float32, tokens*4*d), make([]float32, tokens*2*d)
		for i := range tokens {
			AddInt8Rows(x[i*in:], table, tableScale, in, ids[i*8:][:8])
		}
		var q Quantized
		q.Quantize(x, tokens, in, in)
		w.Mul(u, 4*d, &q, 0, tokens, bias)
		l.Forward(tokens, u, 4*d, nil, 0, h, 2*d, nil, false)
		l.Forward(tokens, u, 4*d, nil, 0, h[d:], 2*d, nil, true)
		Tanhs(h, h)
		hash := fnv.New64a()
		for _, v := range h {
			bits := math.Float32bits(v)
			hash.Write([]byte{byte(bits), byte(bits >> 8), byte(bits >> 16), byte(bits >> 24)})
		}
		if got, want := hash.Sum64(), uint64(0xbcce0ee97778e9a0); got != want {
			t.Errorf("hash of the output %#x, want %#x; it begins %v", got, want, h[:4])
		}
	})
}

func TestMulAllocatesNothing(t *testing.T) {
	const rows, k, n = 20, 100, 70
	rng := rand.New(rand.NewPCG(10, 11))
	a := normal(rng, rows*k, 1)
	w := PackWeights(normal(rng, k*n, 1), k, n)
	out := make([]float32, rows*n)
	eachLevel(t, func(t *testing.T) {
		var x Quantized
		x.Quantize(a, rows, k, k)
		w.Mul(out, n, &x, 0, rows, out[:n])
		if m := testing.AllocsPerRun(3, func() {
			x.Quantize(a, rows, k, k)
			w.Mul(out, n, &x, 0, rows, nil)
		}); m > 0 {
			t.Errorf("%g allocations", m)
		}
	})
}

func TestMulRefuses(t *testing.T) {
	var x Quantized
	x.Quantize(make([]float32, 20), 2, 10, 10)
	w := NewWeights(make([]int8, 30), make([]float32, 3), 10, 3)
	for name, f := range map[string]func(){
		"short dst":  func() { w.Mul(make([]float32, 5), 3, &x, 0, 2, nil) },
		"short bias": func() { w.Mul(make([]float32, 6), 3, &x, 0, 2, make([]float32, 2)) },
		"rows":       func() { w.Mul(make([]float32, 9), 3, &x, 0, 3, nil) },
		"columns": func() {
			NewWeights(make([]int8, 27), make([]float32, 3), 9, 3).Mul(make([]float32, 6), 3, &x, 0, 2, nil)
		},
		"weights":      func() { NewWeights(make([]int8, 29), make([]float32, 3), 10, 3) },
		"too deep":     func() { NewWeights(make([]int8, MaxInner+1), make([]float32, 1), MaxInner+1, 1) },
		"unknown id":   func() { AddInt8Rows(make([]float32, 4), make([]int8, 8), make([]float32, 2), 4, []uint32{1, 2}) },
		"short values": func() { x.Quantize(make([]float32, 19), 2, 10, 10) },
	} {
		eachLevel(t, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f()
		})
	}
}

func BenchmarkMul(b *testing.B) {
	for _, c := range []struct{ rows, k, n int }{{200, 128, 256}, {500, 256, 1024}, {1000, 1024, 2048}, {25, 256, 1024}, {1, 256, 1024}} {
		b.Run(fmt.Sprintf("%dx%dx%d", c.rows, c.k, c.n), func(b *testing.B) {
			rng := rand.New(rand.NewPCG(12, 13))
			w := PackWeights(normal(rng, c.k*c.n, 1), c.k, c.n)
			var x Quantized
			x.Quantize(normal(rng, c.rows*c.k, 1), c.rows, c.k, c.k)
			out := make([]float32, c.rows*c.n)
			eachLevelB(b, func(b *testing.B) {
				w.Mul(out, c.n, &x, 0, c.rows, nil)
				for b.Loop() {
					w.Mul(out, c.n, &x, 0, c.rows, nil)
				}
				ns := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
				b.ReportMetric(float64(c.rows*c.k*c.n)/ns, "GMAC/s")
				b.ReportMetric(ns/float64(c.rows), "ns/token")
			})
		})
	}
}

// BenchmarkPack is what a start costs: 4 MB of weights put in order.
func BenchmarkPack(b *testing.B) {
	const k, n = 2048, 2048
	q, scale := make([]int8, k*n), make([]float32, n)
	b.Run("panels", func(b *testing.B) {
		var x Quantized
		x.Quantize(make([]float32, k), 1, k, k)
		out := make([]float32, n)
		for b.Loop() {
			NewWeights(q, scale, k, n).Mul(out, n, &x, 0, 1, nil)
		}
	})
	b.Run("triples", func(b *testing.B) {
		for b.Loop() {
			NewWeights(q, scale, k, n).packTriples()
		}
	})
}
