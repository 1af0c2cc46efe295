package kernel

import (
	"encoding/binary"
	"unsafe"
)

//go:generate go -C asm run ./int8 -out ../int8_amd64.s -stubs ../int8_stubs_amd64.go -pkg kernel

// mulArgs is what the assembly reads and moves on (asm/int8). Steps are in bytes.
type mulArgs struct {
	x       *int8
	xstep   int
	xnext   int // from behind the last column of a group's row to the first of the next group's
	w       *uint8
	panel   int // from a panel to the next
	quads   int // how many times four columns of x
	dst     *float32
	dststep int
	xscale  *float32
	offset  *int32
	wscale  *float32
	bias    *float32
	groups  int
}

// noBias is the bias of a block of columns without one.
var noBias [64]float32

// mulVector runs Mul in assembly and reports whether the level in use has any. Columns are the outer loop: 64 of them
// stay in the first or second cache while all rows pass.
func (w *Weights) mulVector(dst []float32, dstride int, x *Quantized, first, rows int, bias []float32) bool {
	l := using()
	if l == Plain {
		return false
	}
	w.panelsOnce.Do(w.packPanels)
	quads := (w.K + 3) / 4
	for j := 0; j < w.N; {
		width := 8
		if l == AVX512VNNI {
			width = 16
			if len(w.scale)-j >= 64 {
				width = 64
			}
		}
		b := mulBlock{
			x: x, width: width,
			mulArgs: mulArgs{
				xstep: x.Stride(), panel: 64 * quads, quads: quads,
				w:      &w.panels[j/16*64*quads+j%16*4],
				wscale: &w.scale[j],
				bias:   &noBias[0],
			},
		}
		if j+width <= w.N {
			if bias != nil {
				b.bias = &bias[j]
			}
			b.mul(dst[j:], dstride, first, rows)
		} else {
			b.mulEdge(dst[j:], dstride, first, rows, w.N-j, bias, j)
		}
		j += width
	}
	return true
}

// A mulBlock is the product of all rows with the columns of one call.
type mulBlock struct {
	x     *Quantized
	width int // 64 or 16 columns with VNNI, 8 with AVX2
	mulArgs
}

func (b *mulBlock) mul(dst []float32, dstride, first, rows int) {
	a := b.mulArgs
	a.dststep = 4 * dstride
	for _, m := range [...]int{6, 3, 1} {
		a.groups = rows / m
		if a.groups == 0 {
			continue
		}
		a.x = &b.x.Data[first*a.xstep]
		a.xnext = m*a.xstep - 4*a.quads
		a.xscale, a.offset = &b.x.Scale[first], &b.x.offset[first]
		a.dst = &dst[0]
		mulGroups(m, b.width, (*byte)(unsafe.Pointer(&a)))
		done := m * (rows / m)
		first, rows = first+done, rows-done
		if rows == 0 {
			return
		}
		dst = dst[done*dstride:]
	}
}

// mulGroups calls the kernel for groups of m rows. The calls are direct, so that the arguments stay on the stack.
func mulGroups(m, width int, args *byte) {
	switch {
	case m == 6 && width == 64:
		mulVNNI6x64(args)
	case m == 3 && width == 64:
		mulVNNI3x64(args)
	case m == 1 && width == 64:
		mulVNNI1x64(args)
	case m == 6 && width == 16:
		mulVNNI6x16(args)
	case m == 3 && width == 16:
		mulVNNI3x16(args)
	case m == 1 && width == 16:
		mulVNNI1x16(args)
	case m == 6:
		mulAVX2x6(args)
	case m == 3:
		mulAVX2x3(args)
	default:
		mulAVX2x1(args)
	}
}

// mulEdge multiplies with the last n columns, which are fewer than the kernel's width, by way of a buffer.
func (b mulBlock) mulEdge(dst []float32, dstride, first, rows, n int, bias []float32, j int) {
	var out [6 * 64]float32
	var padded [64]float32
	if bias != nil {
		copy(padded[:], bias[j:])
		b.bias = &padded[0]
	}
	for i := 0; i < rows; i += 6 {
		m := min(6, rows-i)
		b.mul(out[:], b.width, first+i, m)
		for r := range m {
			copy(dst[(i+r)*dstride:][:n], out[r*b.width:])
		}
	}
}

// packPanels makes the order that the assembly reads.
func (w *Weights) packPanels() {
	quads, groups := (w.K+3)/4, (w.N+15)/16
	w.panels = make([]uint8, groups*quads*64)
	full := w.N / 16
	for q := range w.K / 4 {
		rows := w.q[4*q*w.N:][:4*w.N]
		bytes := unsafe.Slice((*byte)(unsafe.Pointer(&rows[0])), len(rows))
		r0, r1, r2, r3 := bytes[:w.N], bytes[w.N:][:w.N], bytes[2*w.N:][:w.N], bytes[3*w.N:][:w.N]
		for g := range full {
			to := w.panels[(g*quads+q)*64:][:64]
			for c := 0; c < 16; c += 4 {
				at := 16*g + c
				transpose(to[4*c:], r0[at:], r1[at:], r2[at:], r3[at:])
			}
		}
		if full < groups {
			w.packEdge(full, q, quads)
		}
	}
	if w.K%4 != 0 {
		for g := range groups {
			w.packEdge(g, quads-1, quads)
		}
	}
}

// transpose writes the first four bytes of four rows as four columns, each byte 128 larger.
func transpose(to, r0, r1, r2, r3 []byte) {
	le := binary.LittleEndian
	a, b := uint64(le.Uint32(r0)), uint64(le.Uint32(r1))
	c, d := uint64(le.Uint32(r2)), uint64(le.Uint32(r3))
	a, b, c, d = spread(a), spread(b), spread(c), spread(d)
	low, high := a|b<<8, c|d<<8 // two rows of each column, side by side
	const even, sign = 0x0000ffff_0000ffff, 0x80808080_80808080
	evens := (low&even | high&even<<16) ^ sign // columns 0 and 2
	odds := (low>>16&even | high&^even) ^ sign // columns 1 and 3
	le.PutUint32(to, uint32(evens))
	le.PutUint32(to[4:], uint32(odds))
	le.PutUint32(to[8:], uint32(evens>>32))
	le.PutUint32(to[12:], uint32(odds>>32))
}

// spread moves the four low bytes of v to every second place.
func spread(v uint64) uint64 {
	v = (v | v<<16) & 0x0000ffff_0000ffff
	return (v | v<<8) & 0x00ff00ff_00ff00ff
}

// packEdge packs the 64 bytes of group g that stand for rows 4q to 4q+3 where some lie beyond the matrix. A weight of
// zero is 128 here, like any other.
func (w *Weights) packEdge(g, q, quads int) {
	to := w.panels[(g*quads+q)*64:][:64]
	for i := range to {
		to[i] = uint8(w.column(4*q+i%4, 16*g+i/4)) ^ 0x80
	}
}
