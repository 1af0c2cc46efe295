package kernel

// coarse reports whether MatMul rounds its operands to bfloat16.
func coarse() bool { return amxReady && using() >= AVX512 }

// matMulFast does the product in the fastest way that the processor has, and reports whether there was one.
func matMulFast(s *Scratch, op Op, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, add bool) bool {
	if coarse() {
		matMulAMX(s, op, m, n, k, a, lda, b, ldb, c, ldc, add)
		return true
	}
	if block := fma(); block.rows > 0 {
		matMulFMA(s, block, op, m, n, k, a, lda, b, ldb, c, ldc, add)
		return true
	}
	return false
}
