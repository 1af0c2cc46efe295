package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestAdamStep follows ten steps in float64, on lengths with and without a rest after whole registers.
func TestAdamStep(t *testing.T) {
	levels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		for _, n := range []int{0, 1, 15, 16, 33, 100} {
			w, m, v := randoms(r, n), make([]float32, n), make([]float32, n)
			w64, m64, v64 := make([]float64, n), make([]float64, n), make([]float64, n)
			for i := range w {
				w64[i] = float64(w[i])
			}
			const rate, beta1, beta2, eps, decay = 0.01, 0.9, 0.999, 1e-8, 0.1
			for step := 1; step <= 10; step++ {
				g := randoms(r, n)
				kept := clone(g)
				correct1, correct2 := 1/(1-math.Pow(beta1, float64(step))), 1/(1-math.Pow(beta2, float64(step)))
				AdamStep(w, g, m, v, rate, beta1, beta2, eps, decay, float32(correct1), float32(correct2))
				same(t, "g", g, kept)
				for i := range g {
					x := float64(g[i])
					m64[i] = beta1*m64[i] + (1-beta1)*x
					v64[i] = beta2*v64[i] + (1-beta2)*x*x
					w64[i] -= rate * (m64[i]*correct1/(math.Sqrt(v64[i]*correct2)+eps) + decay*w64[i])
					if math.Abs(float64(w[i])-w64[i]) > 1e-5 {
						t.Fatalf("n=%d step %d: w[%d] = %g, want %g", n, step, i, w[i], w64[i])
					}
				}
			}
		}
	})
}

// TestRowsLevels holds the assembly to the bytes of the plain code.
func TestRowsLevels(t *testing.T) {
	for _, n := range []int{0, 1, 16, 31, 32, 77, 1000} {
		type result struct {
			w, m, v, y, z []float32
			sum           float64
		}
		var want result
		for l := Plain; l <= Best(); l++ {
			r := rand.New(rand.NewPCG(3, uint64(n)))
			w, g, m, v := randoms(r, n), randoms(r, n), randoms(r, n), randoms(r, n)
			for i := range v {
				v[i] *= v[i]
			}
			old := Use(l)
			AdamStep(w, g, m, v, 0.01, 0.9, 0.999, 1e-8, 0.1, 3, 50)
			y, z := clone(g), clone(g)
			Axpy(y, w, -0.7)
			Scale(z, 1.7)
			got := result{w, m, v, y, z, SumSquares(g)}
			Use(old)
			if l == Plain {
				want = got
			}
			same(t, l.String()+" w", got.w, want.w)
			same(t, l.String()+" m", got.m, want.m)
			same(t, l.String()+" v", got.v, want.v)
			same(t, l.String()+" Axpy", got.y, want.y)
			same(t, l.String()+" Scale", got.z, want.z)
			if got.sum != want.sum {
				t.Errorf("%v, n=%d: SumSquares = %g, plain code says %g", l, n, got.sum, want.sum)
			}
			var sum float64
			for i, x := range g {
				sum += float64(x) * float64(x)
				if y[i] != x+float32(float32(-0.7)*w[i]) || z[i] != x*1.7 {
					t.Fatalf("%v, n=%d: Axpy or Scale at %d", l, n, i)
				}
			}
			if math.Abs(got.sum-sum) > 1e-9*sum {
				t.Errorf("%v, n=%d: SumSquares = %g, want %g", l, n, got.sum, sum)
			}
		}
	}
}

func BenchmarkAdamStep(b *testing.B) {
	const n = 1 << 20
	w, g, m, v := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	for b.Loop() {
		AdamStep(w, g, m, v, 0.01, 0.9, 0.999, 1e-8, 0.1, 3, 50)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/weight")
}
