package kernel

// Set makes q the given bytes and scales, which it keeps: rows of cols values from
// -127 to 127, cols a multiple of 64.
func (q *Quantized) Set(data []int8, scale []float32, rows, cols int) {
	q.Rows, q.Cols = rows, cols
	q.Data, q.Scale = data, scale
	q.offset = grow(q.offset, rows)
	for i := range rows {
		sum := int32(0)
		for _, x := range data[i*cols : (i+1)*cols] {
			sum += int32(x)
		}
		q.offset[i] = 128 * sum
	}
}

// Row returns the bytes of row i.
func (q *Quantized) Row(i int) []int8 {
	width := q.Stride()
	return q.Data[i*width : i*width+q.Cols]
}

// Dots sets each value of dst to the product of x with a row of y, d values long. The
// order of additions is fixed: eight sums, of every eighth product, are added in pairs.
func Dots(dst, x, y []float32, d int) {
	x = x[:d]
	for i := range dst {
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
