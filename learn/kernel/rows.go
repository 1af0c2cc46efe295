package kernel

import "fmt"

// Set makes q the given bytes and scales, which it reads in place: rows of cols values from
// -127 to 127, cols a multiple of 64.
func (q *Quantized) Set(data []int8, scale []float32, rows, cols int) {
	if cols%64 != 0 || len(data) < rows*cols || len(scale) < rows {
		panic(fmt.Sprintf("kernel: %d rows of %d from %d bytes and %d scales", rows, cols, len(data), len(scale)))
	}
	q.Rows, q.Cols = rows, cols
	q.Data, q.Scale, q.lent = data, scale, true
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
