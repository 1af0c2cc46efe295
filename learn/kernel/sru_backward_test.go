package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
)

// sruCase is a sequence with all that Backward takes. Rows are wider than what they hold, to test the strides.
type sruCase struct {
	layer               SRU
	t                   int
	u, x, h, dh, du, dx []float32
	us, xs, hs          int
	dv, db              []float32
	save                SRUState
	reverse             bool
}

func newSRUCase(r *rand.Rand, t, d int, highway, reverse bool) *sruCase {
	parts := 3
	if highway {
		parts = 4
	}
	c := &sruCase{
		layer: SRU{D: d, V: randoms(r, 2*d), B: randoms(r, 2*d)}, t: t,
		us: parts*d + 16, xs: d + 3, hs: 2 * d, reverse: reverse,
		dv: randoms(r, 2*d), db: randoms(r, 2*d),
		save: SRUState{C: make([]float32, t*d), F: make([]float32, t*d), R: make([]float32, t*d)},
	}
	c.u, c.du = randoms(r, t*c.us), randoms(r, t*c.us)
	c.h, c.dh = make([]float32, t*c.hs), randoms(r, t*c.hs)
	if !highway {
		c.x, c.dx = randoms(r, t*c.xs), randoms(r, t*c.xs)
	}
	return c
}

// forward is the forward pass of c in float64; it keeps its states where the backward pass looks for them and returns
// the loss of which dh is the gradient: the sum of h times dh.
func (c *sruCase) forward() float64 {
	d := c.layer.D
	sigmoid := func(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
	var loss float64
	for j := range d {
		var state float64
		for k := range c.t {
			i := k
			if c.reverse {
				i = c.t - 1 - k
			}
			at := func(part int) float64 { return float64(c.u[i*c.us+part*d+j]) }
			weight := func(x []float32, gate int) float64 { return float64(x[gate*d+j]) }
			f := sigmoid(at(1) + weight(c.layer.V, 0)*state + weight(c.layer.B, 0))
			r := sigmoid(at(2) + weight(c.layer.V, 1)*state + weight(c.layer.B, 1))
			state = f*state + (1-f)*at(0)
			var xh float64
			if c.x == nil {
				xh = at(3)
			} else {
				xh = float64(c.x[i*c.xs+j])
			}
			loss += (r*state + (1-r)*xh) * float64(c.dh[i*c.hs+j])
			c.save.C[i*d+j], c.save.F[i*d+j], c.save.R[i*d+j] = float32(state), float32(f), float32(r)
		}
	}
	return loss
}

func (c *sruCase) backward() {
	c.layer.Backward(c.t, c.u, c.us, c.x, c.xs, &c.save, c.dh, c.hs, c.du, c.us, c.dx, c.xs, c.dv, c.db, c.reverse)
}

func sruCases(f func(name string, t, d int, highway, reverse bool)) {
	for _, size := range [][2]int{{1, 16}, {2, 48}, {7, 32}, {3, 544}} {
		for variant := range 4 {
			highway, reverse := variant&1 == 1, variant&2 == 2
			f(fmt.Sprintf("t=%d d=%d highway=%v reverse=%v", size[0], size[1], highway, reverse), size[0], size[1], highway, reverse)
		}
	}
}

// TestSRUBackward nudges inputs and weights one at a time, and compares what the loss does with the gradient.
func TestSRUBackward(t *testing.T) {
	levels(t, func(t *testing.T) {
		sruCases(func(name string, steps, d int, highway, reverse bool) {
			r := rand.New(rand.NewPCG(1, uint64(d)))
			c := newSRUCase(r, steps, d, highway, reverse)
			oldU, oldX, oldV, oldB := clone(c.du), clone(c.dx), clone(c.dv), clone(c.db)
			c.forward()
			c.backward()
			check := func(what string, i int, x []float32, got float64) {
				t.Helper()
				const nudge = 1.0 / 64
				was := x[i]
				x[i] = was + nudge
				up := c.forward()
				x[i] = was - nudge
				down := c.forward()
				x[i] = was
				// was plus and minus nudge are rounded, but to less than a ten-thousandth of it; the third derivative
				// bends the difference by some nudge².
				want := (up - down) / (2 * nudge)
				if math.Abs(got-want) > 2e-3*(1+math.Abs(want)) {
					t.Fatalf("%s: gradient in %s[%d] is %g, loss says %g", name, what, i, got, want)
				}
			}
			parts := (c.us - 16) / d
			for range 60 {
				i, j := r.IntN(steps), r.IntN(parts*d)
				check("u", i*c.us+j, c.u, float64(c.du[i*c.us+j]))
				if !highway {
					k := i*c.xs + r.IntN(d)
					check("x", k, c.x, float64(c.dx[k])-float64(oldX[k]))
				}
				j = r.IntN(2 * d)
				check("V", j, c.layer.V, float64(c.dv[j])-float64(oldV[j]))
				check("B", j, c.layer.B, float64(c.db[j])-float64(oldB[j]))
			}
			for i := range c.du {
				if i%c.us >= parts*d && c.du[i] != oldU[i] {
					t.Fatalf("%s: wrote beyond the row of du at %d", name, i)
				}
			}
			for i := range c.dx {
				if i%c.xs >= d && c.dx[i] != oldX[i] {
					t.Fatalf("%s: wrote beyond the row of dx at %d", name, i)
				}
			}
		})
	})
}

// TestSRUBackwardLevels holds the assembly to the bytes of the plain code, on states that Forward itself left.
func TestSRUBackwardLevels(t *testing.T) {
	sruCases(func(name string, steps, d int, highway, reverse bool) {
		var want *sruCase
		for l := Plain; l <= Best(); l++ {
			c := newSRUCase(rand.New(rand.NewPCG(2, uint64(d))), steps, d, highway, reverse)
			c.layer.Forward(c.t, c.u, c.us, c.x, c.xs, c.h, c.hs, &c.save, c.reverse)
			old := Use(l)
			c.backward()
			Use(old)
			if want == nil {
				want = c
				continue
			}
			for what, pair := range map[string][2][]float32{
				"du": {c.du, want.du}, "dx": {c.dx, want.dx}, "dv": {c.dv, want.dv}, "db": {c.db, want.db},
			} {
				same(t, name+" "+l.String()+" "+what, pair[0], pair[1])
			}
		}
	})
}

func TestSRUBackwardAllocatesNothing(t *testing.T) {
	levels(t, func(t *testing.T) {
		c := newSRUCase(rand.New(rand.NewPCG(3, 3)), 5, 32, false, false)
		c.forward()
		if got := testing.AllocsPerRun(5, c.backward); got != 0 {
			t.Errorf("%g allocations", got)
		}
	})
}

func clone(x []float32) []float32 { return append([]float32(nil), x...) }

func same(t *testing.T, what string, got, want []float32) {
	t.Helper()
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) {
			t.Fatalf("%s: [%d] = %g, plain code says %g", what, i, got[i], want[i])
		}
	}
}

func BenchmarkSRUBackward(b *testing.B) {
	for _, t := range []int{30, 4000} {
		b.Run(fmt.Sprintf("d=512/t=%d", t), func(b *testing.B) {
			c := newSRUCase(rand.New(rand.NewPCG(1, 1)), t, 512, false, false)
			c.forward()
			for b.Loop() {
				c.backward()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(t), "ns/token")
		})
	}
}
