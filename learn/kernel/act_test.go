package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// eachLevel runs f at every level that this machine has, as a subtest, and puts the level back.
func eachLevel(t *testing.T, f func(t *testing.T)) {
	for l := Plain; l <= Best(); l++ {
		t.Run(l.String(), func(t *testing.T) {
			defer Use(Use(l))
			f(t)
		})
	}
}

// eachLevelB is eachLevel for benchmarks.
func eachLevelB(b *testing.B, f func(b *testing.B)) {
	for l := Plain; l <= Best(); l++ {
		b.Run(l.String(), func(b *testing.B) {
			defer Use(Use(l))
			f(b)
		})
	}
}

// sameBits reports the first place where two slices differ in a bit, if the values are not both NaN.
func sameBits(t *testing.T, what string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d values, want %d", what, len(got), len(want))
	}
	for i := range want {
		if math.Float32bits(got[i]) != math.Float32bits(want[i]) && !(got[i] != got[i] && want[i] != want[i]) {
			t.Fatalf("%s: value %d is %x (%g), want %x (%g)", what, i,
				math.Float32bits(got[i]), got[i], math.Float32bits(want[i]), want[i])
		}
	}
}

// mixed returns n values of all sizes: ordinary ones, zeros of both signs, denormals, ones beyond every clamp.
func mixed(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		switch rng.IntN(8) {
		case 0:
			x[i] = float32(math.Ldexp(rng.NormFloat64(), rng.IntN(280)-150))
		case 1:
			x[i] = math.Float32frombits(uint32(rng.IntN(3)) | uint32(rng.IntN(2))<<31)
		default:
			x[i] = float32(rng.NormFloat64() * 3)
		}
	}
	return x
}

// TestCurveError walks over float32 values of every exponent that matters and holds the functions to what their
// comments promise.
func TestCurveError(t *testing.T) {
	var tanh, sigmoid float64
	for bits := uint32(0x30000000); bits < 0x42800000; bits += 997 {
		x := math.Float32frombits(bits)
		for _, x := range []float32{x, -x} {
			y, s := Tanh(x), Sigmoid(x)
			tanh = max(tanh, math.Abs(float64(y)-math.Tanh(float64(x))))
			sigmoid = max(sigmoid, math.Abs(float64(s)-1/(1+math.Exp(-float64(x)))))
			if y < -1 || y > 1 || s <= 0 || s >= 1 {
				t.Fatalf("Tanh(%g) = %g, Sigmoid(%g) = %g", x, y, x, s)
			}
			if s != 0.5*(1+Tanh(0.5*x)) {
				t.Fatalf("Sigmoid(%g) = %g, which is not that of the tangent", x, s)
			}
		}
	}
	if tanh > 5e-7 || sigmoid > 2.5e-7 {
		t.Errorf("largest errors %g and %g", tanh, sigmoid)
	}
	t.Logf("largest errors: tanh %.3g, sigmoid %.3g", tanh, sigmoid)
}

func TestCurveEdges(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	for _, c := range []struct{ x, tanh, sigmoid float32 }{
		{0, 0, 0.5},
		{inf, Tanh(tanhLimit), Sigmoid(sigmoidLimit)},
		{-inf, -Tanh(tanhLimit), Sigmoid(-sigmoidLimit)},
		{nan, nan, nan},
	} {
		sameBits(t, "edge", []float32{Tanh(c.x), Sigmoid(c.x)}, []float32{c.tanh, c.sigmoid})
	}
}

func TestVectorsSameAtEveryLevel(t *testing.T) {
	funcs := []struct {
		name   string
		one    func(float32) float32
		vector func(dst, x []float32)
	}{
		{"tanh", Tanh, Tanhs},
		{"sigmoid", Sigmoid, Sigmoids},
		{"relu", func(x float32) float32 {
			if x > 0 {
				return x
			}
			return 0
		}, Relus},
	}
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(1, 2))
		for _, n := range []int{0, 1, 7, 8, 15, 16, 17, 31, 32, 33, 100, 1000} {
			x := mixed(rng, n+1)
			if n > 20 {
				x[3], x[4], x[5] = float32(math.Inf(1)), float32(math.Inf(-1)), float32(math.NaN())
			}
			for _, f := range funcs {
				want := make([]float32, n)
				for i := range want {
					want[i] = f.one(x[i])
				}
				got := append(make([]float32, n), 42)
				f.vector(got, x[:n])
				sameBits(t, f.name, got[:n], want)
				if got[n] != 42 {
					t.Fatalf("%s wrote beyond %d values", f.name, n)
				}
				got = append([]float32{}, x[:n]...)
				f.vector(got, got)
				sameBits(t, f.name+" in place", got, want)
			}
		}
	})
}

func BenchmarkTanhs(b *testing.B) {
	x := make([]float32, 1024)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	dst := make([]float32, len(x))
	eachLevelB(b, func(b *testing.B) {
		for b.Loop() {
			Tanhs(dst, x)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(x)), "ns/value")
	})
}
