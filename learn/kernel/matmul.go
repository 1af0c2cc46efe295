package kernel

import "fmt"

// An Op says which operands of a product are transposed. All matrices are row-major.
type Op int

const (
	NN Op = iota // C[m,n] = A[m,k] · B[k,n]: a layer's output
	NT           // C[m,n] = A[m,k] · B[n,k]ᵀ: the gradient of its input
	TN           // C[m,n] = A[k,m]ᵀ · B[k,n]: the gradient of its weights
)

func (op Op) String() string {
	switch op {
	case NN:
		return "NN"
	case NT:
		return "NT"
	case TN:
		return "TN"
	}
	return fmt.Sprintf("Op(%d)", int(op))
}

// MatMul sets C, of m rows and n columns, to the product that op names, or adds the product to C if add is set. k is
// the length that is summed over. lda, ldb and ldc are the distances in elements from one row to the next as the
// matrix is stored, so that a product may read and write columns of a wider matrix. C must not overlap A or B.
//
// Where the processor has AMX, A and B are rounded to bfloat16 (8 bits of precision, values under 1e-38 become 0) and
// products are summed in float32: each product errs by at most 0.8 %, which training bears. Elsewhere all is float32.
// The result depends on the processor but not on chance: equal input gives equal bytes.
func MatMul(s *Scratch, op Op, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, add bool) {
	if m < 0 || n < 0 || k < 0 {
		panic(fmt.Sprintf("kernel.MatMul: negative size m=%d n=%d k=%d", m, n, k))
	}
	arows, acols, brows, bcols := m, k, k, n
	switch op {
	case NN:
	case NT:
		brows, bcols = n, k
	case TN:
		arows, acols = k, m
	default:
		panic("kernel.MatMul: no such operation: " + op.String())
	}
	checkMatrix("A", a, arows, acols, lda)
	checkMatrix("B", b, brows, bcols, ldb)
	checkMatrix("C", c, m, n, ldc)
	if m == 0 || n == 0 {
		return
	}
	if k == 0 {
		if !add {
			for i := range m {
				clear(c[i*ldc:][:n])
			}
		}
		return
	}
	if matMulFast(s, op, m, n, k, a, lda, b, ldb, c, ldc, add) {
		return
	}
	matMulPlain(op, m, n, k, a, lda, b, ldb, c, ldc, add)
}

// checkMatrix panics if x cannot hold rows of cols values that lie ld apart.
func checkMatrix(name string, x []float32, rows, cols, ld int) {
	if rows == 0 || cols == 0 {
		return
	}
	if ld < cols {
		panic(fmt.Sprintf("kernel.MatMul: rows of %s have %d columns but lie only %d apart", name, cols, ld))
	}
	if need := (rows-1)*ld + cols; len(x) < need {
		panic(fmt.Sprintf("kernel.MatMul: %s of %d by %d, rows %d apart, needs %d values, has %d", name, rows, cols, ld, need, len(x)))
	}
}
