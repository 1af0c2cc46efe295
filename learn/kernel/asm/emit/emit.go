// Package emit holds the instruction sequences that several kernels share.
package emit

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// A Width is 32 for YMM registers (AVX2) or 64 for ZMM registers (AVX-512), in bytes.
type Width int

// Widths are those that every float kernel is made for.
var Widths = []Width{32, 64}

// Name is the level's name, which ends a kernel's name.
func (w Width) Name() string {
	if w == 64 {
		return "AVX512"
	}
	return "AVX2"
}

// Reg returns a new vector register.
func (w Width) Reg() reg.VecVirtual {
	if w == 64 {
		return ZMM()
	}
	return YMM()
}

// A Curve is the constants of x·P(x²)/Q(x²)+Shift on [-limit, limit]: rows of kernel.curve, each repeated 16 times.
type Curve struct {
	w         Width
	low, high reg.VecVirtual
	p         [4]Op
	q         [5]Op // q[0] is one
	shift     Op
}

// LoadCurve readies the table that t points to. The wide registers are 32, enough to keep it in; the narrow are 16, and
// it is read from memory each time, which costs nothing more as a part of the multiplication or addition.
func LoadCurve(w Width, t reg.Register) *Curve {
	c := &Curve{w: w, low: w.Reg(), high: w.Reg()}
	row := 0
	next := func() Mem {
		row++
		return Mem{Base: t, Disp: 64 * (row - 1)}
	}
	VMOVUPS(next(), c.low)
	VMOVUPS(next(), c.high)
	op := func() Op {
		if w == 32 {
			return next()
		}
		r := w.Reg()
		VMOVUPS(next(), r)
		return r
	}
	for i := range c.p {
		c.p[i] = op()
	}
	for i := range c.q {
		c.q[i] = op()
	}
	c.shift = op()
	return c
}

// Apply replaces x by the curve at x, in the order of operations of kernel.Tanh and kernel.Sigmoid.
func (c *Curve) Apply(x reg.VecVirtual, shifted bool) {
	z, p, q := c.w.Reg(), c.w.Reg(), c.w.Reg()
	// The value is the second source of both, which is the one that they return if it is not a number.
	VMINPS(x, c.high, x)
	VMAXPS(x, c.low, x)
	VMULPS(x, x, z)
	VMULPS(c.p[3], z, p)
	VMULPS(c.q[4], z, q)
	VADDPS(c.q[3], q, q)
	for i := 2; i >= 0; i-- {
		if i < 2 {
			VMULPS(z, p, p)
		}
		VADDPS(c.p[i], p, p)
		VMULPS(z, q, q)
		VADDPS(c.q[i], q, q)
	}
	VMULPS(x, p, p)
	VDIVPS(q, p, x)
	if shifted {
		VADDPS(c.shift, x, x)
	}
}
