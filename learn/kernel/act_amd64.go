package kernel

//go:generate go -C asm run ./act -out ../act_amd64.s -stubs ../act_stubs_amd64.go -pkg kernel

// A curve is the constants of an activation function as the assembly reads them (asm/emit.Curve): each repeated over
// the widest vector, in the order limits, P, Q, shift.
type curve [12][16]float32

var (
	tanhCurve = makeCurve(-tanhLimit, tanhLimit, tanhP0, tanhP1, tanhP2, tanhP3,
		1, tanhQ1, tanhQ2, tanhQ3, tanhQ4, 0)
	sigmoidCurve = makeCurve(-sigmoidLimit, sigmoidLimit, sigmoidP0, sigmoidP1, sigmoidP2, sigmoidP3,
		1, sigmoidQ1, sigmoidQ2, sigmoidQ3, sigmoidQ4, 0.5)
)

func makeCurve(constants ...float32) (c curve) {
	for i := range c {
		for j := range c[i] {
			c[i][j] = constants[i]
		}
	}
	return c
}

// tanhsVector does the first values, a multiple of 16, and returns how many.
func tanhsVector(dst, x []float32) int {
	n := len(x) &^ 15
	switch l := using(); {
	case n == 0 || l == Plain:
		return 0
	case l >= AVX512:
		tanhsAVX512(&dst[0], &x[0], n, &tanhCurve[0][0])
	default:
		tanhsAVX2(&dst[0], &x[0], n, &tanhCurve[0][0])
	}
	return n
}

// sigmoidsVector does the first values, a multiple of 16, and returns how many.
func sigmoidsVector(dst, x []float32) int {
	n := len(x) &^ 15
	switch l := using(); {
	case n == 0 || l == Plain:
		return 0
	case l >= AVX512:
		sigmoidsAVX512(&dst[0], &x[0], n, &sigmoidCurve[0][0])
	default:
		sigmoidsAVX2(&dst[0], &x[0], n, &sigmoidCurve[0][0])
	}
	return n
}

// relusVector does the first values, a multiple of 16, and returns how many.
func relusVector(dst, x []float32) int {
	n := len(x) &^ 15
	switch l := using(); {
	case n == 0 || l == Plain:
		return 0
	case l >= AVX512:
		relusAVX512(&dst[0], &x[0], n)
	default:
		relusAVX2(&dst[0], &x[0], n)
	}
	return n
}
