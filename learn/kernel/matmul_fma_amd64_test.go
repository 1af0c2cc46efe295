package kernel

import (
	"math/rand/v2"
	"testing"
)

// TestMatMulFMA tests the float32 blocks where MatMul itself would take AMX. Small whole numbers leave no tolerance.
func TestMatMulFMA(t *testing.T) {
	for _, l := range []Level{AVX2, AVX512} {
		if l > Best() {
			t.Skipf("no %v here", l)
		}
		old := Use(l)
		block := fma()
		Use(old)
		if block.rows == 0 {
			t.Skip("no fused products here")
		}
		r := rand.New(rand.NewPCG(3, 4))
		var s Scratch
		for round := range 60 {
			m, n, k := 1+r.IntN(40), 1+r.IntN(70), 1+r.IntN(80)
			if round%10 == 0 {
				n, k = n+fmaWidth, k+2*fmaDepth
			}
			op, add, gap := Op(r.IntN(3)), r.IntN(2) == 1, r.IntN(5)
			ar, ac, br, bc := shape(op, m, n, k)
			lda, ldb, ldc := ac+gap, bc+gap, n+gap
			a, b, c := make([]float32, ar*lda), make([]float32, br*ldb), make([]float32, m*ldc)
			for _, x := range [][]float32{a, b, c} {
				for i := range x {
					x[i] = float32(r.IntN(19) - 9)
				}
			}
			old := clone(c)
			want, _ := naive(op, m, n, k, a, lda, b, ldb, c, ldc, add)
			matMulFMA(&s, block, op, m, n, k, a, lda, b, ldb, c, ldc, add)
			for i := range c {
				row, column := i/ldc, i%ldc
				expect := float64(old[i])
				if column < n {
					expect = want[row*n+column]
				}
				if float64(c[i]) != expect {
					t.Fatalf("%v %v m=%d n=%d k=%d add=%v gap=%d: C[%d,%d] = %g, want %g", l, op, m, n, k, add, gap, row, column, c[i], expect)
				}
			}
		}
	}
}
