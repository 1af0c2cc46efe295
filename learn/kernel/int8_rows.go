package kernel

// AddInt8Rows sets dst to the sum over ids, in their order, of row id of the table times its scale: the bag of
// embeddings of a token's features. Row i of the table is table[i*dim:], dim bytes, and dst has dim values.
func AddInt8Rows(dst []float32, table []int8, scale []float32, dim int, ids []uint32) {
	dst = dst[:dim]
	if len(ids) == 0 {
		clear(dst)
		return
	}
	// The largest id is looked up once here; the assembly checks nothing.
	var top uint32
	for _, id := range ids {
		top = max(top, id)
	}
	_, _ = scale[top], table[int(top)*dim:][:dim]
	n := addInt8RowsVector(dst, table, scale, dim, ids)
	if n == dim {
		return
	}
	rest := dst[n:]
	clear(rest)
	for _, id := range ids {
		s := scale[id]
		for j, q := range table[int(id)*dim+n:][:len(rest)] {
			rest[j] += float32(float32(q) * s)
		}
	}
}
