package kernel

import (
	"fmt"
	"math"
	"sync"
)

// MaxInner is the largest K of a product. Up to it no int32 sum overflows: 65536 · 255 · 127 is just under 2³¹.
const MaxInner = 1 << 16

// A Weights is a K×N matrix of bytes with a scale for each column, kept in the order that the products read. That order
// is made when a product first needs it, at a few gigabytes a second. A Weights may be used by many goroutines.
type Weights struct {
	K, N int
	// q is the matrix as it was given, row after row.
	q []int8
	// scale is one factor a column, zeros up to a multiple of 16.
	scale []float32

	// panels serves the vector kernels: groups of 16 columns; in each, for every four rows, 64 bytes, the four of the
	// first column, then those of the second, and so on. Each byte is 128 too large, because VPDPBUSD wants one side
	// unsigned; the products subtract 128 times the sum of the row, which Quantized keeps.
	panels     []uint8
	panelsOnce sync.Once
	// triples serves the Go code: groups of 12 columns; in each, for every row, four words of three weights.
	triples     [][4]int64
	triplesOnce sync.Once
}

// NewWeights returns the matrix whose row i, column j is q[i*n+j] * scale[j]. It keeps q and does not change it.
func NewWeights(q []int8, scale []float32, k, n int) *Weights {
	if k < 1 || n < 1 || k > MaxInner || len(q) != k*n || len(scale) != n {
		panic(fmt.Sprintf("kernel: weights %d×%d from %d bytes and %d scales", k, n, len(q), len(scale)))
	}
	w := &Weights{K: k, N: n, q: q, scale: make([]float32, (n+15)&^15)}
	copy(w.scale, scale)
	return w
}

// PackWeights rounds a K×N matrix, row after row, to bytes: each column by its largest magnitude divided by 127, halves
// to even. A column that is nowhere above 1e-30 becomes zero.
func PackWeights(w []float32, k, n int) *Weights {
	q, scale := QuantizeColumns(w, k, n)
	return NewWeights(q, scale, k, n)
}

// QuantizeColumns returns the bytes and scales that PackWeights makes, for storing.
func QuantizeColumns(w []float32, k, n int) (q []int8, scale []float32) {
	q, scale = make([]int8, k*n), make([]float32, n)
	high, inverse := make([]uint32, n), make([]float32, n)
	for i := range k {
		for j, v := range w[i*n:][:n] {
			high[j] = max(high[j], magnitude(v))
		}
	}
	for j, bits := range high {
		if top := math.Float32frombits(bits); top >= tiny {
			inverse[j], scale[j] = 127/top, top/127
		}
	}
	for i := range k {
		for j, v := range w[i*n:][:n] {
			q[i*n+j] = int8(roundEven(float32(v * inverse[j])))
		}
	}
	return q, scale
}

// Mul sets dst[i*dstride+j], for i from 0 to rows-1 and j from 0 to N-1, to the product of row first+i of x with column
// j, plus bias[j]; a nil bias is zeros. It is float32(sum) * (scale of the row * scale of the column) + bias, where sum
// is the exact sum of the products of bytes. It allocates nothing, but for the order of the weights at first use.
func (w *Weights) Mul(dst []float32, dstride int, x *Quantized, first, rows int, bias []float32) {
	if x.Cols != w.K {
		panic(fmt.Sprintf("kernel: %d columns times %d×%d weights", x.Cols, w.K, w.N))
	}
	if first < 0 || rows < 0 || first+rows > x.Rows {
		panic(fmt.Sprintf("kernel: rows %d to %d of %d", first, first+rows, x.Rows))
	}
	if bias != nil {
		bias = bias[:w.N]
	}
	if rows == 0 {
		return
	}
	if dstride < 0 {
		panic("kernel: negative stride")
	}
	_ = dst[(rows-1)*dstride+w.N-1]
	if !w.mulVector(dst, dstride, x, first, rows, bias) {
		w.mulPlain(dst, dstride, x, first, rows, bias)
	}
}

// column returns the byte at row i, column j, and zero beyond the matrix.
func (w *Weights) column(i, j int) int8 {
	if i >= w.K || j >= w.N {
		return 0
	}
	return w.q[i*w.N+j]
}
