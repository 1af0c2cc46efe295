//go:build !amd64

package kernel

func (w *Weights) mulVector(dst []float32, dstride int, x *Quantized, first, rows int, bias []float32) bool {
	return false
}

func addInt8RowsVector(dst []float32, table []int8, scale []float32, dim int, ids []uint32) int {
	return 0
}
