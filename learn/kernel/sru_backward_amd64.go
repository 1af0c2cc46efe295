package kernel

// sruBackRow is the assembly of sruPlainBack. n is in values; add is all ones or zero. It asks for the rows at next
// while it works on these; past the ends of a sequence that asks for nothing that matters, and never faults.
//
//go:noescape
func sruBackRow(n int, vf, vr, ux, xh, before, c, f, r, dh, carry, dux, duf, dur, dxh, dvf, dvr, dbf, dbr *float32, add int, next *sruNext)

func sruVectorBack(s *sruBack) {
	add := 0
	if s.add {
		add = -1
	}
	sruBackRow(len(s.carry), &s.vf[0], &s.vr[0], &s.ux[0], &s.xh[0], &s.before[0], &s.c[0], &s.f[0], &s.r[0], &s.dh[0], &s.carry[0],
		&s.dux[0], &s.duf[0], &s.dur[0], &s.dxh[0], &s.dvf[0], &s.dvr[0], &s.dbf[0], &s.dbr[0], add, &s.next)
}
