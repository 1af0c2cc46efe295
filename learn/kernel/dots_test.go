package kernel

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestDots compares the levels bit for bit, and with sums in float64.
func TestDots(t *testing.T) {
	defer Use(Use(Best()))
	rng := rand.New(rand.NewPCG(1, 2))
	for _, d := range []int{1, 7, 8, 24, 192, 193} {
		for _, n := range []int{0, 1, 3, 4, 9} {
			x, y := make([]float32, d), make([]float32, n*d)
			for i := range x {
				x[i] = float32(rng.NormFloat64())
			}
			for i := range y {
				y[i] = float32(rng.NormFloat64())
			}
			want, got := make([]float32, n), make([]float32, n)
			Use(Plain)
			Dots(want, x, y, d)
			Use(AVX2)
			Dots(got, x, y, d)
			if !slices.Equal(got, want) {
				t.Errorf("%d rows of %d: %v with AVX2, %v without", n, d, got, want)
			}
			for i, v := range want {
				sum := 0.0
				for k := range d {
					sum += float64(x[k]) * float64(y[i*d+k])
				}
				if diff := float64(v) - sum; diff > 1e-4 || diff < -1e-4 {
					t.Errorf("%d rows of %d: row %d is %v, want %v", n, d, i, v, sum)
				}
			}
		}
	}
}

func BenchmarkDots(b *testing.B) {
	x, y, dst := make([]float32, 192), make([]float32, 192*25), make([]float32, 25)
	for b.Loop() {
		Dots(dst, x, y, 192)
	}
}

// TestSet multiplies rows that were given as bytes: they are as good as those that
// Quantize made, and Quantize afterwards leaves the given ones alone.
func TestSet(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	x := make([]float32, 5*64)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	var made, given Quantized
	made.Quantize(x, 5, 64, 64)
	data := slices.Clone(made.Data)
	given.Set(data, made.Scale, 5, 64)
	w := PackWeights(x, 64, 5)
	want, got := make([]float32, 25), make([]float32, 25)
	w.Mul(want, 5, &made, 0, 5, nil)
	w.Mul(got, 5, &given, 0, 5, nil)
	if !slices.Equal(got, want) {
		t.Errorf("given rows give %v, made ones %v", got, want)
	}
	given.Quantize(make([]float32, 5*64), 5, 64, 64)
	if !slices.Equal(data, made.Data) {
		t.Error("Quantize wrote into rows that it was only given")
	}
	if !slices.Equal(given.Row(4), make([]int8, 64)) {
		t.Errorf("row 4 is %v, want zeros", given.Row(4))
	}
}
