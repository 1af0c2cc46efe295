package kernel

import "golang.org/x/sys/cpu"

//go:noescape
func fma12x32(kc int, a, b, c *float32)

//go:noescape
func fma6x16(kc int, a, b, c *float32)

const (
	fmaDepth = 256     // k packed at once
	fmaWidth = 32 * 16 // columns of B packed at once: 512 KB at full depth, for a second cache of 1 MB
)

// fmaBlock is a function that multiplies in float32, and the rows and columns of the block that it makes.
type fmaBlock struct {
	rows, columns int
	multiply      func(kc int, a, b, c *float32)
}

// fma returns the block for the level in use; its rows are 0 if there is none.
func fma() fmaBlock {
	switch l := using(); {
	case l >= AVX512:
		return fmaBlock{12, 32, fma12x32}
	case l >= AVX2 && cpu.X86.HasFMA:
		return fmaBlock{6, 16, fma6x16}
	}
	return fmaBlock{}
}

// matMulFMA is MatMul for sizes above 0 in float32. It packs A into panels of as many rows as a block has, k by k, and
// B likewise into panels of its columns, zeros where rows or columns are missing.
func matMulFMA(s *Scratch, block fmaBlock, op Op, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, add bool) {
	br, bc := block.rows, block.columns
	s.fa = grow(s.fa, fmaDepth*br)
	s.fb = grow(s.fb, fmaDepth*fmaWidth)
	s.edge = grow(s.edge, br*bc)
	for j0 := 0; j0 < n; j0 += fmaWidth {
		nj := min(fmaWidth, n-j0)
		for p0 := 0; p0 < k; p0 += fmaDepth {
			kc := min(fmaDepth, k-p0)
			for j := 0; j < nj; j += bc {
				if op == NT {
					packAcross(s.fb[j*kc:], b[(j0+j)*ldb+p0:], ldb, kc, min(bc, nj-j), bc)
				} else {
					packAlong(s.fb[j*kc:], b[p0*ldb+j0+j:], ldb, kc, min(bc, nj-j), bc)
				}
			}
			for i := 0; i < m; i += br {
				rows := min(br, m-i)
				if op == TN {
					packAlong(s.fa, a[p0*lda+i:], lda, kc, rows, br)
				} else {
					packAcross(s.fa, a[i*lda+p0:], lda, kc, rows, br)
				}
				for j := 0; j < nj; j += bc {
					block.multiply(kc, &s.fa[0], &s.fb[j*kc], &s.edge[0])
					columns := min(bc, nj-j)
					for r := range rows {
						from, to := s.edge[r*bc:][:columns], c[(i+r)*ldc+j0+j:][:columns]
						if add || p0 > 0 {
							for x, y := range from {
								to[x] += y
							}
						} else {
							copy(to, from)
						}
					}
				}
			}
		}
	}
}

// packAlong packs, for each of kc rows of src, its first n values and zeros up to width.
func packAlong(dst, src []float32, ld, kc, n, width int) {
	for p := range kc {
		row := dst[p*width:][:width]
		copy(row, src[p*ld:][:n])
		clear(row[n:])
	}
}

// packAcross packs, for each of kc columns of src, the values of its first n rows and zeros up to width.
func packAcross(dst, src []float32, ld, kc, n, width int) {
	dst = dst[:kc*width]
	if n < width {
		clear(dst)
	}
	for i := range n {
		at := i
		for _, x := range src[i*ld:][:kc] {
			dst[at] = x
			at += width
		}
	}
}
