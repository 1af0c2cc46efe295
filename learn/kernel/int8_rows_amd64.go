package kernel

// addInt8RowsVector does the first columns, a multiple of 16, and returns how many.
func addInt8RowsVector(dst []float32, table []int8, scale []float32, dim int, ids []uint32) int {
	n := dim &^ 15
	switch l := using(); {
	case n == 0 || l == Plain:
		return 0
	case l >= AVX512:
		addInt8RowsAVX512(&dst[0], &table[0], &scale[0], dim, &ids[0], len(ids), n)
	default:
		addInt8RowsAVX2(&dst[0], &table[0], &scale[0], dim, &ids[0], len(ids), n)
	}
	return n
}
