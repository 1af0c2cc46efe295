package kernel

// absMaxVector returns the largest magnitude of the first n values, n a multiple of 16.
func absMaxVector(x []float32) (top float32, n int) {
	n = len(x) &^ 15
	switch l := using(); {
	case n == 0 || l == Plain:
		return 0, 0
	case l >= AVX512:
		return absMaxAVX512(&x[0], n), n
	}
	return absMaxAVX2(&x[0], n), n
}

// roundVector rounds x*inverse to to for the first n values, n a multiple of 16, and returns their sum.
func roundVector(to []int8, x []float32, inverse float32) (sum int32, n int) {
	n = len(x) &^ 15
	switch l := using(); {
	case n == 0 || l == Plain:
		return 0, 0
	case l >= AVX512:
		return roundBytesAVX512(&to[0], &x[0], n, inverse), n
	}
	return roundBytesAVX2(&to[0], &x[0], n, inverse), n
}
