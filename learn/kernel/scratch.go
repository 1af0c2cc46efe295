package kernel

import "unsafe"

// A Scratch holds the buffers that MatMul packs its operands into. They grow to what the largest product needs and are
// kept, so that a training loop allocates nothing after its first step. The zero value is ready for use; a Scratch
// serves one goroutine at a time.
type Scratch struct {
	a, b   []uint16  // packed operands in bfloat16, both on a cache line
	c      []float32 // a block at the right or lower edge of the result
	fa, fb []float32 // packed operands in float32, where there is no AMX
	edge   []float32 // rows or columns of an operand at its edge, padded with zeros
}

// line is the size in bytes of a cache line, and of a row of a tile.
const line = 64

// grow returns buf with room for n elements, starting on a cache line. What it held may be lost.
func grow[T ~int8 | ~uint8 | ~int16 | ~uint16 | ~int32 | ~uint32 | ~float32](buf []T, n int) []T {
	if n <= cap(buf) {
		return buf[:n]
	}
	var t T
	size := int(unsafe.Sizeof(t))
	raw := make([]T, n+line/size)
	off := 0
	for uintptr(unsafe.Pointer(&raw[off]))%line != 0 {
		off++
	}
	return raw[off : off+n : off+n]
}
