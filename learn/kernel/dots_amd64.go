package kernel

//go:generate go -C asm run ./dots -out ../dots_amd64.s -stubs ../dots_stubs_amd64.go -pkg kernel

// dotsVector does as many rows of Dots as it can and returns their number.
func dotsVector(dst, x, y []float32, d int) int {
	if using() < AVX2 || d%8 != 0 {
		return 0
	}
	i := 0
	for ; i+4 <= len(dst); i += 4 {
		dots4AVX2(&dst[i], &x[0], &y[i*d], d)
	}
	for ; i < len(dst); i++ {
		dots1AVX2(&dst[i], &x[0], &y[i*d], d)
	}
	return i
}
