package kernel

// The fast functions do the front of their slices, a multiple of 16 or 32 values, and return how many that was.

//go:noescape
func adamRows(n int, w, grad, m, v *float32, k *[8]float32)

//go:noescape
func axpyRows(n int, y, x *float32, a float32)

//go:noescape
func scaleRows(n int, x *float32, a float32)

//go:noescape
func sumSquaresRows(n int, x *float32, sums *[32]float64)

// front returns how many of n values the assembly does, which takes them by some power of two.
func front(n, by int) int {
	if using() < AVX512 {
		return 0
	}
	return n &^ (by - 1)
}

func adamFast(w, g, m, v []float32, k *[8]float32) int {
	n := front(len(w), 16)
	if n > 0 {
		adamRows(n, &w[0], &g[0], &m[0], &v[0], k)
	}
	return n
}

func axpyFast(y, x []float32, a float32) int {
	n := front(len(y), 16)
	if n > 0 {
		axpyRows(n, &y[0], &x[0], a)
	}
	return n
}

func scaleFast(x []float32, a float32) int {
	n := front(len(x), 16)
	if n > 0 {
		scaleRows(n, &x[0], a)
	}
	return n
}

func sumSquaresFast(x []float32, sums *[32]float64) int {
	n := front(len(x), 32)
	if n > 0 {
		sumSquaresRows(n, &x[0], sums)
	}
	return n
}
