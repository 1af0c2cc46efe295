package kernel

// matMulPlain is MatMul in float32 for any processor. It works through blocks of B that stay in the first cache while
// all rows of A pass over them.
func matMulPlain(op Op, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, add bool) {
	if !add {
		for i := range m {
			clear(c[i*ldc:][:n])
		}
	}
	const block = 64 // 64 by 64 values are 16 KB, half of a small first cache
	if op == NT {
		for j0 := 0; j0 < n; j0 += block {
			for p0 := 0; p0 < k; p0 += block {
				p1 := min(p0+block, k)
				for i := range m {
					arow := a[i*lda:][p0:p1]
					crow := c[i*ldc:][:n]
					for j := j0; j < min(j0+block, n); j++ {
						crow[j] += dotPlain(arow, b[j*ldb:][p0:p1])
					}
				}
			}
		}
		return
	}
	// The value of A in row i and column p is at a[i*ai+p*ap].
	ai, ap := lda, 1
	if op == TN {
		ai, ap = 1, lda
	}
	for p0 := 0; p0 < k; p0 += block {
		for j0 := 0; j0 < n; j0 += block {
			j1 := min(j0+block, n)
			for i := range m {
				crow := c[i*ldc:][j0:j1]
				p, end := p0, min(p0+block, k)
				// Four rows of B at a time, so that a value of C is read and written once for four products.
				for ; p+4 <= end; p += 4 {
					x0, x1, x2, x3 := a[i*ai+p*ap], a[i*ai+(p+1)*ap], a[i*ai+(p+2)*ap], a[i*ai+(p+3)*ap]
					b0 := b[p*ldb:][j0:j1][:len(crow)]
					b1 := b[(p+1)*ldb:][j0:j1][:len(crow)]
					b2 := b[(p+2)*ldb:][j0:j1][:len(crow)]
					b3 := b[(p+3)*ldb:][j0:j1][:len(crow)]
					for j := range crow {
						crow[j] += x0*b0[j] + x1*b1[j] + x2*b2[j] + x3*b3[j]
					}
				}
				for ; p < end; p++ {
					x := a[i*ai+p*ap]
					for j, y := range b[p*ldb:][j0:j1] {
						crow[j] += x * y
					}
				}
			}
		}
	}
}

// dotPlain sums in four strands, which the processor can run side by side.
func dotPlain(x, y []float32) float32 {
	y = y[:len(x)]
	var s0, s1, s2, s3 float32
	i := 0
	for ; i+4 <= len(x); i += 4 {
		s0 += x[i] * y[i]
		s1 += x[i+1] * y[i+1]
		s2 += x[i+2] * y[i+2]
		s3 += x[i+3] * y[i+3]
	}
	for ; i < len(x); i++ {
		s0 += x[i] * y[i]
	}
	return (s0 + s1) + (s2 + s3)
}
