package net

import (
	"math"
	"testing"
)

// TestExp walks over what softmax asks for: values from 0 down to where nothing is left.
func TestExp(t *testing.T) {
	for _, c := range []struct {
		from, to, tolerance float64
	}{
		{-1, 0, 3e-7},
		{-10, -1, 8e-7},
		{-87, -10, 4e-6},
	} {
		worst, at := 0.0, 0.0
		for k := range 20000 {
			x := float32(c.from + (c.to-c.from)*float64(k)/20000)
			want := math.Exp(float64(x))
			if off := math.Abs(float64(exp(x))-want) / want; off > worst {
				worst, at = off, float64(x)
			}
		}
		t.Logf("from %g to %g: off by %.2g at %g", c.from, c.to, worst, at)
		if worst > c.tolerance {
			t.Errorf("from %g to %g: off by %.2g at %g, want %.2g", c.from, c.to, worst, at, c.tolerance)
		}
	}
	for x, want := range map[float32]float32{0: 1, -88: 0, -1e30: 0, float32(math.Inf(-1)): 0} {
		if got := exp(x); got != want {
			t.Errorf("exp(%g) = %g, want %g", x, got, want)
		}
	}
}

// TestLosses compares losses with their definition in float64, also where scores are so far apart that a careless
// exponential would overflow.
func TestLosses(t *testing.T) {
	p := NewParams(1)
	x := matrix([]float32{1, 2, 0.5}, []float32{1000, -1000, 999}, []float32{3, 3, 3}, []float32{-7, 0, 7})
	targets := []int{1, 1, 0, -1}
	want := 0.0
	for i, target := range targets {
		if target < 0 {
			continue
		}
		row := x.Row(i)
		top, sum := float64(max(row[0], row[1], row[2])), 0.0
		for _, v := range row {
			sum += math.Exp(float64(v) - top)
		}
		want += 0.5 * (math.Log(sum) + top - float64(row[target]))
	}
	s := NewShard(p, 0)
	right := s.Softmax(x, targets, 0.5)
	if math.Abs(s.Loss-want) > 1e-6*want {
		t.Errorf("Softmax: loss %g, want %g", s.Loss, want)
	}
	// The first row, and the third, where the first of equal scores counts as the largest.
	if right != 2 {
		t.Errorf("Softmax: %d rows right, want 2", right)
	}

	z := matrix([]float32{0.5, -2, 800, -800, 800, 3})
	s.Reset()
	s.Logistic(z, []float32{1, 0, 1, 1, 0, -1}, 0.5)
	want = 0.5 * (-math.Log(1/(1+math.Exp(-0.5))) - math.Log(1-1/(1+math.Exp(2))) + 0 + 800 + 800)
	if math.Abs(s.Loss-want) > 1e-9*want {
		t.Errorf("Logistic: loss %g, want %g", s.Loss, want)
	}
	s.Backward()
	if z.G[2] != 0 || z.G[3] != -0.5 || z.G[4] != 0.5 || z.G[5] != 0 {
		t.Errorf("Logistic: gradient %v", z.G)
	}
}
