package kernel

// The hyperbolic tangent is x·P(x²)/Q(x²) on [-tanhLimit, tanhLimit] and constant beyond. The constants are our own:
// asm/tanhfit found them as the least largest relative error (1.17e-7) for degrees 3 and 4 and this limit, with
//
//	go run ./tanhfit -p 3 -q 4 -limit 7.8
//
// The wider the limit, the larger the error inside it; at 7.8 the tangent itself is within 3.4e-7 of one. Rounding adds
// to that: over all float32 values the error is at most 4.5e-7.
const (
	tanhLimit = 7.8

	tanhP0 = 0.9999998829033624
	tanhP1 = 0.12943120507485467
	tanhP2 = 0.0029698937827421484
	tanhP3 = 1.1635766638070593e-05

	tanhQ1 = 0.4627635750285007
	tanhQ2 = 0.023892417591803525
	tanhQ3 = 0.0002413552584381324
	tanhQ4 = 2.526250842751955e-07
)

// The sigmoid is 0.5 + 0.5·tanh(x/2). Its constants are the same with those halves multiplied in, which is exact because
// they are powers of two, so that it costs one addition more than the tangent and no multiplication.
const (
	sigmoidLimit = 2 * tanhLimit

	sigmoidP0 = tanhP0 / 4
	sigmoidP1 = tanhP1 / 16
	sigmoidP2 = tanhP2 / 64
	sigmoidP3 = tanhP3 / 256

	sigmoidQ1 = tanhQ1 / 4
	sigmoidQ2 = tanhQ2 / 16
	sigmoidQ3 = tanhQ3 / 64
	sigmoidQ4 = tanhQ4 / 256
)

// Tanh returns the hyperbolic tangent of x, to 4.5e-7. Its conversions to float32 forbid the compiler to fuse a
// multiplication with an addition, which it may do on arm64 and not on amd64.
func Tanh(x float32) float32 {
	x = clamp(x, tanhLimit)
	z := float32(x * x)
	p := float32(tanhP3*z) + tanhP2
	p = float32(p*z) + tanhP1
	p = float32(p*z) + tanhP0
	q := float32(tanhQ4*z) + tanhQ3
	q = float32(q*z) + tanhQ2
	q = float32(q*z) + tanhQ1
	q = float32(q*z) + 1
	return float32(x*p) / q
}

// Sigmoid returns 1/(1+exp(-x)) as 0.5·(1+Tanh(x/2)), to 2.5e-7. It never reaches 0 or 1.
func Sigmoid(x float32) float32 {
	x = clamp(x, sigmoidLimit)
	z := float32(x * x)
	p := float32(sigmoidP3*z) + sigmoidP2
	p = float32(p*z) + sigmoidP1
	p = float32(p*z) + sigmoidP0
	q := float32(sigmoidQ4*z) + sigmoidQ3
	q = float32(q*z) + sigmoidQ2
	q = float32(q*z) + sigmoidQ1
	q = float32(q*z) + 1
	return float32(float32(x*p)/q) + 0.5
}

// clamp limits x to [-limit, limit] and, like the vector instructions, lets a NaN through.
func clamp(x, limit float32) float32 {
	if x > limit {
		return limit
	}
	if x < -limit {
		return -limit
	}
	return x
}

// Tanhs sets dst[i] to Tanh(x[i]) for every i of x. The two may be the same slice.
func Tanhs(dst, x []float32) {
	dst = dst[:len(x)]
	n := tanhsVector(dst, x)
	for i := n; i < len(x); i++ {
		dst[i] = Tanh(x[i])
	}
}

// Sigmoids sets dst[i] to Sigmoid(x[i]) for every i of x. The two may be the same slice.
func Sigmoids(dst, x []float32) {
	dst = dst[:len(x)]
	n := sigmoidsVector(dst, x)
	for i := n; i < len(x); i++ {
		dst[i] = Sigmoid(x[i])
	}
}

// Relus sets dst[i] to x[i] where that is above zero and to 0 elsewhere. The two may be the same slice.
func Relus(dst, x []float32) {
	dst = dst[:len(x)]
	n := relusVector(dst, x)
	for i := n; i < len(x); i++ {
		v := x[i]
		if !(v > 0) {
			v = 0
		}
		dst[i] = v
	}
}
