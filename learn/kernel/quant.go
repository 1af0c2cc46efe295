package kernel

import "math"

// A Quantized is float rows rounded to bytes: value j of row i is about Data[i*Stride()+j] * Scale[i]. Each row has its
// own scale, its largest magnitude divided by 127. The buffers grow and are used again; Quantize fills them, or Set lends others'.
type Quantized struct {
	Rows, Cols int
	// Data holds a row every Stride bytes, from -127 to 127. Beyond Cols a row is zero.
	Data []int8
	// Scale holds one factor a row. It is 0 for a row of zeros.
	Scale []float32
	// offset is 128 times the sum of each row, which the products subtract because they work with weights that are
	// 128 too large (see Weights).
	offset []int32
	// lent says that Data and Scale are not q's own, so that Quantize must not write into them.
	lent bool
}

// tiny is the magnitude below which a whole row counts as zero: 127 divided by it must be finite.
const tiny = 1e-30

// Stride returns how many bytes a row takes: Cols rounded up to a multiple of 64.
func (q *Quantized) Stride() int { return (q.Cols + 63) &^ 63 }

// Quantize makes q the rounding of rows×cols values; row i starts at x[i*stride]. Halves round to even. A row that is
// nowhere above 1e-30 becomes zero; one that holds an infinity or a NaN gets a meaningless scale or meaningless bytes.
func (q *Quantized) Quantize(x []float32, rows, cols, stride int) {
	q.Rows, q.Cols = rows, cols
	if q.lent {
		q.Data, q.Scale, q.lent = nil, nil, false
	}
	width := q.Stride()
	q.Data = sized(q.Data, rows*width)
	q.Scale = sized(q.Scale, rows)
	q.offset = sized(q.offset, rows)
	for i := range rows {
		to := q.Data[i*width:][:width]
		q.Scale[i], q.offset[i] = quantizeRow(to[:cols], x[i*stride:][:cols])
		clear(to[cols:])
	}
}

// sized returns a slice of n values, s if it has room, with whatever it held.
func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}

// quantizeRow rounds one row and returns its scale and its offset.
func quantizeRow(to []int8, x []float32) (scale float32, offset int32) {
	top, n := absMaxVector(x)
	high := magnitude(top)
	for _, v := range x[n:] {
		high = max(high, magnitude(v))
	}
	top = math.Float32frombits(high)
	if top < tiny {
		clear(to)
		return 0, 0
	}
	inverse := 127 / top
	sum, n := roundVector(to, x, inverse)
	for j, v := range x[n:] {
		r := roundEven(float32(v * inverse))
		to[n+j] = int8(r)
		sum += r
	}
	return top / 127, 128 * sum
}

// magnitude returns the bits of v without its sign. They order as the magnitudes do, and comparing integers is faster
// than max of floats, which must look for NaN.
func magnitude(v float32) uint32 { return math.Float32bits(v) &^ (1 << 31) }

// roundEven rounds a value of magnitude under 2²² to an integer, halves to even. Adding 1.5·2²³ leaves no bits for a
// fraction, so the addition itself rounds, and the low bits of the sum are the integer.
func roundEven(v float32) int32 {
	const magic = 3 << 22
	return int32(math.Float32bits(v+magic)) - 0x4b400000
}
