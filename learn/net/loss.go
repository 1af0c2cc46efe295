package net

import "math"

// Softmax adds the loss -log p(target) of each row of x under the softmax of its
// columns, times weight. A target below 0 is left out. It returns how many rows
// had the target as their largest.
func (s *Shard) Softmax(x *Node, targets []int, weight float64) (right int) {
	probs := s.dirty(len(x.V))
	for i, t := range targets {
		if t < 0 {
			continue
		}
		row, p := x.Row(i), probs[i*x.C:(i+1)*x.C]
		sum, best := softmax(p, row)
		if best == t {
			right++
		}
		s.Loss += weight * (math.Log(float64(sum)) + float64(row[best]-row[t]))
	}
	s.Then(func() {
		for i, t := range targets {
			if t < 0 {
				continue
			}
			g, p := x.GradRow(i), probs[i*x.C:(i+1)*x.C]
			for j, v := range p {
				g[j] += float32(weight) * v
			}
			g[t] -= float32(weight)
		}
	})
	return right
}

// softmax writes the softmax of row to p. It returns the sum of the exponentials
// relative to the largest, and where that is.
func softmax(p, row []float32) (sum float32, best int) {
	for j, v := range row {
		if v > row[best] {
			best = j
		}
	}
	top := row[best]
	for j, v := range row {
		e := exp(v - top)
		p[j] = e
		sum += e
	}
	inv := 1 / sum
	for j := range p {
		p[j] *= inv
	}
	return sum, best
}

// exp returns e to the x for x <= 0, to a relative error of 3e-7 from -1 up and of 4e-6
// at -87, below which it is 0: the product with log2e is rounded, which shows where it is
// large, and there the value no longer counts.
func exp(x float32) float32 {
	if x < -87 {
		return 0
	}
	const log2e, half, magic = 1.44269504, 0.5, 12582912
	y := x * log2e
	n := (y + magic) - magic
	f := (y - n) * 0.693147181
	r := 1 + f*(1+f*(0.5+f*(0.16666667+f*(0.041666667+f*(0.0083333333+f*0.0013888889)))))
	return math.Float32frombits(uint32(int32(n)+127)<<23) * r
}

// Logistic adds the loss of each value of x as the log-odds of its target (0 or 1),
// times weight. A negative target is left out.
func (s *Shard) Logistic(x *Node, targets []float32, weight float64) {
	grad := s.Floats(len(x.V))
	for i, t := range targets {
		if t < 0 {
			continue
		}
		z := float64(x.V[i])
		p := 1 / (1 + math.Exp(-z))
		grad[i] = float32(weight * (p - float64(t)))
		s.Loss += weight * (math.Max(z, 0) - z*float64(t) + math.Log1p(math.Exp(-math.Abs(z))))
	}
	s.Then(func() {
		for i, g := range grad {
			x.G[i] += g
		}
	})
}
