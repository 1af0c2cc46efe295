package kernel

import (
	"fmt"
	"math"
)

// AdamStep moves the weights w by one step of AdamW (Loshchilov and Hutter, 2019), given their gradient g and the
// running means m of g and v of its square, all of one length. w, m and v are rewritten, g is left as it is:
//
//	m  = beta1*m + (1-beta1)*g
//	v  = beta2*v + (1-beta2)*g²
//	w -= rate*(m*correct1 / (sqrt(v*correct2) + eps) + decay*w)
//
// correct1 and correct2 undo the pull to 0 that the means start with: 1/(1-beta1^t) and 1/(1-beta2^t) at step t, from
// 1. The bytes that come out are the same on every processor.
func AdamStep(w, g, m, v []float32, rate, beta1, beta2, eps, decay, correct1, correct2 float32) {
	n := len(w)
	if len(g) != n || len(m) != n || len(v) != n {
		panic(fmt.Sprintf("kernel.AdamStep: %d weights, gradient of %d, means of %d and %d", n, len(g), len(m), len(v)))
	}
	// In the order that the assembly reads them.
	k := [8]float32{beta1, 1 - beta1, beta2, 1 - beta2, correct2, eps, float32(rate * correct1), 1 - float32(rate*decay)}
	done := adamFast(w, g, m, v, &k)
	w, g, m, v = w[done:], g[done:], m[done:], v[done:]
	for i, x := range g {
		m[i] = float32(k[0]*m[i]) + float32(k[1]*x)
		v[i] = float32(k[2]*v[i]) + float32(k[3]*float32(x*x))
		root := float32(math.Sqrt(float64(float32(v[i] * k[4]))))
		w[i] = float32(w[i]*k[7]) - float32(k[6]*m[i])/(root+k[5])
	}
}

// Axpy adds a*x to the front of y, which is at least as long.
func Axpy(y, x []float32, a float32) {
	if len(x) > len(y) {
		panic(fmt.Sprintf("kernel.Axpy: %d values to add to %d", len(x), len(y)))
	}
	y = y[:len(x)]
	done := axpyFast(y, x, a)
	y = y[done:]
	for i, x := range x[done:] {
		y[i] += float32(a * x)
	}
}

// Scale multiplies x by a.
func Scale(x []float32, a float32) {
	x = x[scaleFast(x, a):]
	for i := range x {
		x[i] *= a
	}
}

// SumSquares returns the sum of the squares of x, in float64: every 32nd value is summed by itself and the 32 sums
// then in order, so that the bytes are the same on every processor.
func SumSquares(x []float32) float64 {
	var sums [32]float64
	x = x[sumSquaresFast(x, &sums):]
	for i, y := range x {
		sums[i%32] += float64(y) * float64(y) // exact before it is added, so fusing changes nothing
	}
	var sum float64
	for _, s := range sums {
		sum += s
	}
	return sum
}
