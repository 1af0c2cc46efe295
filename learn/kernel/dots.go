package kernel

// Dots sets each value of dst to the product of x with a row of y, d values long. The
// order of additions is fixed: eight sums, of every eighth product, are added in pairs.
func Dots(dst, x, y []float32, d int) {
	x, y = x[:d], y[:len(dst)*d]
	for i := dotsVector(dst, x, y, d); i < len(dst); i++ {
		row := y[i*d : (i+1)*d]
		var s [8]float32
		k := 0
		for ; k+8 <= d; k += 8 {
			a, b := x[k:k+8:k+8], row[k:k+8:k+8]
			s[0] += float32(a[0] * b[0])
			s[1] += float32(a[1] * b[1])
			s[2] += float32(a[2] * b[2])
			s[3] += float32(a[3] * b[3])
			s[4] += float32(a[4] * b[4])
			s[5] += float32(a[5] * b[5])
			s[6] += float32(a[6] * b[6])
			s[7] += float32(a[7] * b[7])
		}
		for ; k < d; k++ {
			s[k%8] += float32(x[k] * row[k])
		}
		dst[i] = ((s[0] + s[1]) + (s[2] + s[3])) + ((s[4] + s[5]) + (s[6] + s[7]))
	}
}
