package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// slowSRU is the formulas, in float64 and without any cleverness.
func slowSRU(l *SRU, t int, u []float32, ustride int, x []float32, xstride int, reverse bool) (h, c, f, r []float64) {
	d := l.D
	h, c, f, r = make([]float64, t*d), make([]float64, t*d), make([]float64, t*d), make([]float64, t*d)
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	for j := range d {
		state := 0.0
		for k := range t {
			i := k
			if reverse {
				i = t - 1 - k
			}
			row := u[i*ustride:]
			in := float64(row[min(len(row)-1, 3*d+j)])
			if x != nil {
				in = float64(x[i*xstride+j])
			}
			at := i*d + j
			f[at] = sigmoid(float64(row[d+j]) + float64(l.V[j])*state + float64(l.B[j]))
			r[at] = sigmoid(float64(row[2*d+j]) + float64(l.V[d+j])*state + float64(l.B[d+j]))
			state = f[at]*state + (1-f[at])*float64(row[j])
			c[at] = state
			h[at] = r[at]*state + (1-r[at])*in
		}
	}
	return h, c, f, r
}

func near(t *testing.T, what string, got []float32, want []float64, tolerance float64) {
	t.Helper()
	for i := range want {
		if math.Abs(float64(got[i])-want[i]) > tolerance {
			t.Fatalf("%s: value %d is %g, want %g", what, i, got[i], want[i])
		}
	}
}

func normal(rng *rand.Rand, n int, scale float64) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64() * scale)
	}
	return x
}

func TestSRUForward(t *testing.T) {
	for _, c := range []struct {
		d, t        int
		input, save bool
		reverse     bool
		gap         int // of each stride beyond what the row needs
		values      func(*rand.Rand, int) []float32
		tolerance   float64
	}{
		{d: 16, t: 1},
		{d: 16, t: 7, input: true, save: true},
		{d: 32, t: 5, reverse: true, gap: 3},
		{d: 48, t: 20, input: true, reverse: true, save: true, gap: 48},
		{d: 256, t: 60, save: true},
		{d: 256, t: 60, input: true, reverse: true},
		{d: 528, t: 9, save: true, reverse: true, gap: 1}, // over the columns that run together
		{d: 1040, t: 3, input: true},
		{d: 64, t: 30, save: true, values: mixed, tolerance: math.Inf(1)},
		{d: 64, t: 30, input: true, reverse: true, values: mixed, tolerance: math.Inf(1)},
	} {
		name := fmt.Sprintf("d%d_t%d_input%t_save%t_reverse%t_gap%d", c.d, c.t, c.input, c.save, c.reverse, c.gap)
		t.Run(name, func(t *testing.T) {
			rng := rand.New(rand.NewPCG(3, uint64(c.d+c.t)))
			if c.values == nil {
				c.values = func(rng *rand.Rand, n int) []float32 { return normal(rng, n, 1.5) }
				c.tolerance = 1e-4
			}
			l := &SRU{D: c.d, V: c.values(rng, 2*c.d), B: c.values(rng, 2*c.d)}
			parts := 4
			var x []float32
			xstride := 0
			if c.input {
				parts, xstride = 3, c.d+c.gap
				x = c.values(rng, c.t*xstride)[:(c.t-1)*xstride+c.d]
			}
			ustride, hstride := parts*c.d+c.gap, c.d+c.gap
			u := c.values(rng, c.t*ustride)[:(c.t-1)*ustride+parts*c.d]

			run := func() (h []float32, s *SRUState) {
				h = make([]float32, c.t*hstride)
				if c.save {
					s = &SRUState{C: make([]float32, c.t*c.d), F: make([]float32, c.t*c.d), R: make([]float32, c.t*c.d)}
				}
				l.Forward(c.t, u, ustride, x, xstride, h, hstride, s, c.reverse)
				return h, s
			}
			defer Use(Use(Plain))
			wantH, wantS := run()
			slowH, slowC, slowF, slowR := slowSRU(l, c.t, u, ustride, x, xstride, c.reverse)
			for i := range c.t {
				near(t, "h", wantH[i*hstride:][:c.d], slowH[i*c.d:][:c.d], c.tolerance)
			}
			if c.save {
				near(t, "C", wantS.C, slowC, c.tolerance)
				near(t, "F", wantS.F, slowF, c.tolerance)
				near(t, "R", wantS.R, slowR, c.tolerance)
			}
			eachLevel(t, func(t *testing.T) {
				h, s := run()
				sameBits(t, "h", h, wantH) // the gaps between the rows, too, which stay zero
				if c.save {
					sameBits(t, "C", s.C, wantS.C)
					sameBits(t, "F", s.F, wantS.F)
					sameBits(t, "R", s.R, wantS.R)
				}
			})
		})
	}
}

// Infinities and NaN may come out differently but must not stop anything, and allocation is none of the kernel's business.
func TestSRUForwardHostile(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		const d, steps = 32, 10
		rng := rand.New(rand.NewPCG(5, 6))
		l := &SRU{D: d, V: normal(rng, 2*d, 1), B: normal(rng, 2*d, 1)}
		u, h := normal(rng, steps*4*d, 1), make([]float32, steps*d)
		for _, v := range []float64{math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat32} {
			for range 20 {
				u[rng.IntN(len(u))] = float32(v)
			}
		}
		if n := testing.AllocsPerRun(3, func() { l.Forward(steps, u, 4*d, nil, 0, h, d, nil, false) }); n > 0 {
			t.Errorf("%g allocations", n)
		}
	})
}

func BenchmarkSRUForward(b *testing.B) {
	for _, d := range []int{128, 256, 512} {
		b.Run(fmt.Sprint(d), func(b *testing.B) {
			const steps = 200
			rng := rand.New(rand.NewPCG(5, 6))
			l := &SRU{D: d, V: normal(rng, 2*d, 1), B: normal(rng, 2*d, 1)}
			u, x, h := normal(rng, steps*3*d, 1), normal(rng, steps*d, 1), make([]float32, steps*d)
			eachLevelB(b, func(b *testing.B) {
				for b.Loop() {
					l.Forward(steps, u, 3*d, x, d, h, d, nil, false)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*steps), "ns/token")
			})
		})
	}
}
