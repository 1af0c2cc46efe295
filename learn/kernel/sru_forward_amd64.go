package kernel

import "unsafe"

//go:generate go -C asm run ./sruforward -out ../sru_forward_amd64.s -stubs ../sru_forward_stubs_amd64.go -pkg kernel

// sruArgs is what the assembly reads (asm/sruforward): pointers into the first row of the walk, at the first column of
// the chunk, and how far each moves a step. All counts are in bytes, except steps.
type sruArgs struct {
	u, x, h, v, b  *float32
	old, now, f, r *float32 // where the state is read, and where state and gates are written
	table          *float32
	steps          int
	width          int // of the chunk's columns
	d              int // of all the layer's columns, which is the way from one part of a row to the next
	ustep          int
	xstep          int
	hstep          int
	savestep       int
}

// vector runs c in assembly and reports whether the level in use has any.
func (c *sruCall) vector() bool {
	l := using()
	if l == Plain {
		return false
	}
	var state [sruColumns]float32
	const size = int(unsafe.Sizeof(state[0]))
	first, sign := 0, size
	if c.reverse {
		first, sign = c.t-1, -size
	}
	d := c.layer.D
	for from := 0; from < d; from += sruColumns {
		n := min(sruColumns, d-from)
		clear(state[:n])
		a := sruArgs{
			u: &c.u[first*c.ustride+from], x: &c.x[first*c.xstride+from], h: &c.h[first*c.hstride+from],
			v: &c.layer.V[from], b: &c.layer.B[from],
			old: &state[0], now: &state[0],
			table: &sigmoidCurve[0][0], steps: c.t, width: n * size, d: d * size,
			ustep: c.ustride * sign, xstep: c.xstride * sign, hstep: c.hstride * sign,
		}
		if s := c.save; s != nil {
			at := first*d + from
			a.now, a.f, a.r, a.savestep = &s.C[at], &s.F[at], &s.R[at], d*sign
		}
		args := (*byte)(unsafe.Pointer(&a))
		switch {
		case c.save != nil && l >= AVX512:
			sruForwardSaveAVX512(args)
		case c.save != nil:
			sruForwardSaveAVX2(args)
		case l >= AVX512:
			sruForwardAVX512(args)
		default:
			sruForwardAVX2(args)
		}
	}
	return true
}
