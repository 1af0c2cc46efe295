package kernel

// The product is cut into blocks of 32 by 32 of C, which the four accumulating tiles hold, and steps of 32 in k. A
// panel is 32 rows of A, or 32 columns of B, over a stretch of k: for each step two tiles of 16 rows by 64 bytes, so
// that the inner loop reads both panels from front to end. The sizes of the stretches were measured on Sapphire Rapids,
// with caches of 48 KB and 2 MB; all are multiples of 32.
const (
	amxSide   = 32      // rows or columns of a panel, and values of k in a step
	amxTile   = 512     // values in a tile
	amxInner  = 512     // k of a panel of A that the inner loop stays on: its 32 KB stay in the first cache
	amxDepth  = 1024    // k packed at once, at most: C is read and written once for each stretch
	amxVolume = 1 << 19 // values of B packed at once: 1 MB, half of the second cache
	amxHeight = 4096    // rows of A, transposed, packed at once
)

//go:noescape
func amxPanels(c *float32, cstride int, a, b *uint16, bstep, steps, panels int, load bool)

//go:noescape
func packRows(dst *uint16, src *float32, stride, tiles int)

//go:noescape
func packPairs(dst *uint16, src *float32, stride, panels, step int)

//go:noescape
func packRowsT(dst *uint16, src *float32, stride, tiles int)

//go:noescape
func packPairsT(dst *uint16, src *float32, stride, panels, step int)

// up returns n rounded up to whole panels.
func up(n int) int { return (n + amxSide - 1) &^ (amxSide - 1) }

// evenly cuts n into the fewest parts of at most limit, and returns the size of a part in whole panels.
func evenly(n, limit int) int {
	parts := (n + limit - 1) / limit
	return up((n + parts - 1) / parts)
}

// matMulAMX is MatMul for sizes above 0. A block of B is packed and stays in the second cache while A passes by in
// panels of 32 rows, each packed when its turn comes. Where A is transposed, a panel would touch a page of memory for
// every row, so all panels over the stretch of k are packed together, a row after the other.
func matMulAMX(s *Scratch, op Op, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, add bool) {
	// Deep stretches pay where C is read and written more than B, that is where C is narrow.
	kc := evenly(k, max(amxInner, min(amxDepth, 1<<18/n)))
	nc := evenly(n, amxVolume/kc&^(amxSide-1))
	mc, rows := m, amxSide
	if op == TN {
		mc = evenly(m, amxHeight)
		rows = mc
	}
	s.a = grow(s.a, rows*kc)
	s.b = grow(s.b, nc*kc)
	s.c = grow(s.c, amxSide*amxSide)
	for i0 := 0; i0 < m; i0 += mc {
		mi := min(mc, m-i0)
		for p0 := 0; p0 < k; p0 += kc {
			np := min(kc, k-p0)
			if op == TN {
				s.packWide(s.a, a[p0*lda+i0:], lda, np, mi, packPairsT)
			}
			for j0 := 0; j0 < n; j0 += nc {
				nj := min(nc, n-j0)
				if op == NT {
					s.packLong(s.b, b[j0*ldb+p0:], ldb, nj, np, packRowsT)
				} else {
					s.packWide(s.b, b[p0*ldb+j0:], ldb, np, nj, packPairs)
				}
				for i := 0; i < mi; i += amxSide {
					panel, have := s.a, min(amxSide, mi-i)
					if op == TN {
						panel = s.a[i*up(np):]
					} else {
						s.packLong(s.a, a[(i0+i)*lda+p0:], lda, have, np, packRows)
					}
					s.multiply(panel, have, nj, up(np), c[(i0+i)*ldc+j0:], ldc, add || p0 > 0)
				}
			}
		}
	}
}

// multiply adds the product of a panel of A, of which m rows count, and the packed B, n columns wide and kc deep, to C,
// or overwrites it.
func (s *Scratch) multiply(a []uint16, m, n, kc int, c []float32, ldc int, add bool) {
	whole := 0
	if m == amxSide {
		whole = n / amxSide
	}
	for p := 0; p < kc; p += amxInner {
		steps, load := min(amxInner, kc-p)/amxSide, add || p > 0
		if whole > 0 {
			amxPanels(&c[0], ldc*4, &a[p*amxSide], &s.b[p*amxSide], kc*amxSide*2, steps, whole, load)
		}
		for j := whole * amxSide; j < n; j += amxSide {
			s.multiplyEdge(c[j:], ldc, m, min(amxSide, n-j), &a[p*amxSide], &s.b[j*kc+p*amxSide], steps, load)
		}
	}
}

// multiplyEdge does one block of C that has fewer than 32 rows or columns, in a whole block aside.
func (s *Scratch) multiplyEdge(c []float32, ldc, m, n int, a, b *uint16, steps int, load bool) {
	if load {
		for i := range m {
			copy(s.c[i*amxSide:][:n], c[i*ldc:])
		}
	}
	amxPanels(&s.c[0], amxSide*4, a, b, 0, steps, 1, load)
	for i := range m {
		copy(c[i*ldc:][:n], s.c[i*amxSide:])
	}
}

// packLong packs panels of 32 rows of src: for A as it lies, for B transposed. Columns are the k of the product; what
// is missing of the last step and the last panel is packed as zeros.
func (s *Scratch) packLong(dst []uint16, src []float32, ld, rows, cols int, pack func(*uint16, *float32, int, int)) {
	kc := up(cols)
	full := cols / amxSide
	for i := 0; i < up(rows); i += amxSide / 2 {
		d := dst[(i&^(amxSide-1))*kc+(i&(amxSide/2))*amxSide:]
		have := min(rows-i, amxSide/2)
		if have == amxSide/2 {
			if full > 0 {
				pack(&d[0], &src[i*ld], ld*4, full)
			}
			if full*amxSide < cols {
				s.pad(src[i*ld+full*amxSide:], ld, have, cols-full*amxSide, amxSide)
				pack(&d[full*2*amxTile], &s.edge[0], amxSide*4, 1)
			}
			continue
		}
		if have <= 0 {
			s.pad(nil, 0, 0, 0, kc)
		} else {
			s.pad(src[i*ld:], ld, have, cols, kc)
		}
		pack(&d[0], &s.edge[0], kc*4, kc/amxSide)
	}
}

// packWide packs panels of 32 columns of src: for B as it lies, for A transposed. Rows are the k of the product.
func (s *Scratch) packWide(dst []uint16, src []float32, ld, rows, cols int, pack func(*uint16, *float32, int, int, int)) {
	kc := up(rows)
	full := cols / amxSide
	step := kc * amxSide * 2
	for p := 0; p < kc; p += amxSide {
		d := dst[p*amxSide:]
		have := min(rows-p, amxSide)
		if have == amxSide {
			if full > 0 {
				pack(&d[0], &src[p*ld], ld*4, full, step)
			}
			if full*amxSide < cols {
				s.pad(src[p*ld+full*amxSide:], ld, amxSide, cols-full*amxSide, amxSide)
				pack(&d[full*amxSide*kc], &s.edge[0], amxSide*4, 1, step)
			}
			continue
		}
		s.pad(src[p*ld:], ld, have, cols, up(cols))
		pack(&d[0], &s.edge[0], up(cols)*4, up(cols)/amxSide, step)
	}
}

// pad copies rows by cols values of src to the start of s.edge, as 32 rows of width values with zeros about them.
func (s *Scratch) pad(src []float32, ld, rows, cols, width int) {
	s.edge = grow(s.edge, amxSide*width)
	for i := range amxSide {
		row := s.edge[i*width:][:width]
		n := 0
		if i < rows {
			n = copy(row, src[i*ld:][:cols])
		}
		clear(row[n:])
	}
}
