package kernel

import "fmt"

// Backward runs the gradient of Forward for one sequence. The first arguments are those given to Forward, with what it
// kept in save; dh is the gradient of the loss in h. It overwrites the 3*D values of each row of du (4*D where x is
// nil) with the gradient in u, and adds to dx, the gradient in x, and to dv and db, 2*D values each, those in V and B.
// dx is not looked at where x is nil. Strides are in values. It allocates nothing.
//
// For each column, against the direction of Forward, with p the state of the step before and e the gradient in the
// state, 0 at first:
//
//	e   += dh*r
//	dxh  = dh*(1-r)
//	dux  = e*(1-f)
//	duf  = e*(p-ux)*f*(1-f)
//	dur  = dh*(c-xh)*r*(1-r)
//	e    = e*f + duf*vf + dur*vr
func (l *SRU) Backward(t int, u []float32, ustride int, x []float32, xstride int, save *SRUState, dh []float32, dhstride int,
	du []float32, dustride int, dx []float32, dxstride int, dv, db []float32, reverse bool) {
	d := l.D
	if d%16 != 0 || len(l.V) < 2*d || len(dv) < 2*d || len(db) < 2*d {
		panic(fmt.Sprintf("kernel: gradient of an SRU of %d columns with %d weights, in %d weights and %d biases", d, len(l.V), len(dv), len(db)))
	}
	if ustride < 0 || xstride < 0 || dhstride < 0 || dustride < 0 || dxstride < 0 {
		panic("kernel: gradient of an SRU with a negative stride")
	}
	if t <= 0 || d == 0 {
		return
	}
	highway := x == nil
	if highway {
		x, xstride = u[3*d:], ustride
		dx, dxstride = du[3*d:], dustride
	}
	vector := using() >= AVX512
	sign := -4 // bytes of a value, against the direction of Forward
	if reverse {
		sign = 4
	}
	for from := 0; from < d; from += sruColumns {
		n := min(sruColumns, d-from)
		var zeros, carry [sruColumns]float32
		s := sruBack{
			vf: l.V[from:][:n], vr: l.V[d+from:][:n],
			dvf: dv[from:][:n], dvr: dv[d+from:][:n], dbf: db[from:][:n], dbr: db[d+from:][:n],
			carry: carry[:n],
			add:   !highway,
			next:  sruNext{sign * ustride, sign * xstride, sign * d, sign * dhstride, sign * dustride, sign * dxstride},
		}
		for k := range t {
			i, before := t-1-k, t-2-k
			if reverse {
				i, before = k, k+1
			}
			at := i*d + from
			s.c, s.f, s.r = save.C[at:][:n], save.F[at:][:n], save.R[at:][:n]
			s.before = zeros[:n]
			if k < t-1 {
				s.before = save.C[before*d+from:][:n]
			}
			row := u[i*ustride+from:]
			s.ux = row[:n]
			s.xh = x[i*xstride+from:][:n]
			s.dh = dh[i*dhstride+from:][:n]
			row = du[i*dustride+from:]
			s.dux, s.duf, s.dur = row[:n], row[d:][:n], row[2*d:][:n]
			s.dxh = dx[i*dxstride+from:][:n]
			// Called through a variable, either would move s to the heap.
			if vector {
				sruVectorBack(&s)
			} else {
				sruPlainBack(&s)
			}
		}
	}
}

// sruBack is one token of a backward pass over a chunk of columns; all slices are of its width, a multiple of 16.
type sruBack struct {
	vf, vr                  []float32
	ux, xh, before, c, f, r []float32 // of the forward pass
	dh                      []float32
	carry                   []float32 // gradient in the state, from the token after; rewritten for the token before
	dux, duf, dur, dxh      []float32 // written
	dvf, dvr, dbf, dbr      []float32 // added to
	next                    sruNext
	add                     bool // whether dxh is added to as well
}

// sruPlainBack is the definition that the assembly is tested against. The conversions keep each product rounded by
// itself, so that the bytes are the same on every processor.
func sruPlainBack(s *sruBack) {
	n := len(s.carry)
	vf, vr := s.vf[:n], s.vr[:n]
	ux, xh, before, c, fs, rs, dh := s.ux[:n], s.xh[:n], s.before[:n], s.c[:n], s.f[:n], s.r[:n], s.dh[:n]
	dux, duf, dur, dxh := s.dux[:n], s.duf[:n], s.dur[:n], s.dxh[:n]
	dvf, dvr, dbf, dbr := s.dvf[:n], s.dvr[:n], s.dbf[:n], s.dbr[:n]
	for j, carry := range s.carry {
		f, r, p, g := fs[j], rs[j], before[j], dh[j]
		e := carry + float32(g*r)
		keep, pass := 1-f, 1-r
		through := float32(g * pass)
		ef := float32(e * f)
		gf := float32(float32(ef*(p-ux[j])) * keep)
		gr := float32(float32(float32(g*(c[j]-xh[j]))*r) * pass)
		s.carry[j] = float32(ef+float32(gf*vf[j])) + float32(gr*vr[j])
		dux[j], duf[j], dur[j] = float32(e*keep), gf, gr
		if s.add {
			through += dxh[j]
		}
		dxh[j] = through
		dvf[j] += float32(gf * p)
		dvr[j] += float32(gr * p)
		dbf[j] += gf
		dbr[j] += gr
	}
}

// sruNext holds, in bytes, how far from a row of u, x, the states, dh, du and dx the next one is that the walk comes to.
type sruNext struct{ u, x, state, dh, du, dx int }
