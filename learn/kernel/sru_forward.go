package kernel

import "fmt"

// An SRU is one direction of a layer of simple recurrent units (Lei and others, 2018, arXiv:1709.02755): a recurrence
// in which each of D columns sees only its own past, so that all that is matrix work is done before it, for all steps
// at once. D is a multiple of 16. V weighs the state in the gates and B is their bias: D values for the forget gate, then
// D for the reset gate.
type SRU struct {
	D    int
	V, B []float32
}

// An SRUState is what the backward pass needs of the forward pass: T rows of D values each of the state, the forget
// gate and the reset gate, in the order of the tokens whichever way the recurrence ran.
type SRUState struct {
	C, F, R []float32
}

// Forward runs one sequence of t steps, one row a token, and writes the output of token i to h[i*hstride:], D values.
//
// u[i*ustride:] holds what the matrix product made of token i: the candidate, the forget gate and the reset gate, D
// values each. x[i*xstride:] is the layer's input, which the reset gate lets through; where it is nil, u has a fourth
// part of D values in its place. Strides are in values. With reverse it runs from the last token to the first, and
// hstride lets two directions write side by side. It keeps its states in save, if that is not nil, whose slices hold at
// least t*D values. It allocates nothing. For each column, with c of the step before, 0 at first:
//
//	f = sigmoid(uf + vf*c + bf)
//	r = sigmoid(ur + vr*c + br)
//	c = ux + f*(c-ux)
//	h = x + r*(c-x)
func (l *SRU) Forward(t int, u []float32, ustride int, x []float32, xstride int, h []float32, hstride int, save *SRUState, reverse bool) {
	d := l.D
	if d%16 != 0 || len(l.V) < 2*d || len(l.B) < 2*d {
		panic(fmt.Sprintf("kernel: SRU of %d columns with %d weights and %d biases", d, len(l.V), len(l.B)))
	}
	if t <= 0 || d == 0 {
		return
	}
	parts := 3
	if x == nil {
		x, xstride, parts = u[3*d:], ustride, 4
	}
	// What the loops below will touch is checked here, once, because assembly checks nothing.
	last := t - 1
	_ = u[last*ustride+parts*d-1]
	_ = x[last*xstride+d-1]
	_ = h[last*hstride+d-1]
	if ustride < 0 || xstride < 0 || hstride < 0 {
		panic("kernel: SRU with a negative stride")
	}
	if save != nil {
		_, _, _ = save.C[t*d-1], save.F[t*d-1], save.R[t*d-1]
	}
	c := sruCall{layer: l, t: t, u: u, ustride: ustride, x: x, xstride: xstride, h: h, hstride: hstride, save: save, reverse: reverse}
	if !c.vector() {
		c.plain()
	}
}

// sruCall is the arguments of one Forward, checked.
type sruCall struct {
	layer   *SRU
	t       int
	u       []float32
	ustride int
	x       []float32
	xstride int
	h       []float32
	hstride int
	save    *SRUState
	reverse bool
}

// sruColumns is how many columns run through time together. Their states lie on the stack, so that nothing is allocated,
// and in the first-level cache.
const sruColumns = 512

// plain is the definition that the assembly is tested against.
func (c *sruCall) plain() {
	var state [sruColumns]float32
	for from := 0; from < c.layer.D; from += sruColumns {
		n := min(sruColumns, c.layer.D-from)
		clear(state[:n])
		for k := range c.t {
			i := k
			if c.reverse {
				i = c.t - 1 - k
			}
			c.step(i, from, state[:n])
		}
	}
}

// step moves the columns [from, from+len(state)) over token i.
func (c *sruCall) step(i, from int, state []float32) {
	d, n := c.layer.D, len(state)
	u := c.u[i*c.ustride+from:]
	ux, uf, ur := u[:n], u[d:][:n], u[2*d:][:n]
	vf, vr := c.layer.V[from:][:n], c.layer.V[d+from:][:n]
	bf, br := c.layer.B[from:][:n], c.layer.B[d+from:][:n]
	xh := c.x[i*c.xstride+from:][:n]
	h := c.h[i*c.hstride+from:][:n]
	var sc, sf, sr []float32
	if c.save != nil {
		at := i*d + from
		sc, sf, sr = c.save.C[at:][:n], c.save.F[at:][:n], c.save.R[at:][:n]
	}
	for j, old := range state {
		f := Sigmoid(uf[j] + float32(vf[j]*old) + bf[j])
		r := Sigmoid(ur[j] + float32(vr[j]*old) + br[j])
		now := ux[j] + float32(f*(old-ux[j]))
		state[j] = now
		h[j] = xh[j] + float32(r*(now-xh[j]))
		if sc != nil {
			sc[j], sf[j], sr[j] = now, f, r
		}
	}
}
