package kernel

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
)

// levels runs f as a subtest with each set of instructions that this processor has.
func levels(t *testing.T, f func(t *testing.T)) {
	for l := Plain; l <= Best(); l++ {
		t.Run(l.String(), func(t *testing.T) {
			defer Use(Use(l))
			f(t)
		})
	}
}

func randoms(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}

// naive is MatMul in float64. It also returns, for each entry, the norm of its row times the norm of its column, to
// which the error of an entry is compared.
func naive(op Op, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int, add bool) (sum, norm []float64) {
	at := func(i, p int) float64 {
		if op == TN {
			return float64(a[p*lda+i])
		}
		return float64(a[i*lda+p])
	}
	bt := func(p, j int) float64 {
		if op == NT {
			return float64(b[j*ldb+p])
		}
		return float64(b[p*ldb+j])
	}
	for i := range m {
		for j := range n {
			var s, na, nb float64
			for p := range k {
				x, y := at(i, p), bt(p, j)
				s += x * y
				na += x * x
				nb += y * y
			}
			if add {
				s += float64(c[i*ldc+j])
			}
			sum = append(sum, s)
			norm = append(norm, math.Sqrt(na*nb))
		}
	}
	return sum, norm
}

func shape(op Op, m, n, k int) (arows, acols, brows, bcols int) {
	switch op {
	case NT:
		return m, k, n, k
	case TN:
		return k, m, k, n
	}
	return m, k, k, n
}

func TestMatMul(t *testing.T) {
	sizes := [][3]int{
		{1, 1, 1}, {1, 40, 1}, {3, 2, 5}, {16, 16, 32}, {17, 33, 31}, {32, 32, 32}, {31, 65, 64}, {33, 31, 97},
		{64, 64, 128}, {100, 70, 129}, {48, 16, 1100}, {530, 35, 40}, {37, 96, 2050}, {5, 4130, 33}, {65, 63, 1025},
		{0, 3, 3}, {3, 0, 3}, {3, 3, 0},
	}
	levels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(1, 2))
		var s Scratch
		for _, size := range sizes {
			m, n, k := size[0], size[1], size[2]
			for _, op := range []Op{NN, NT, TN} {
				for variant := range 4 {
					add, gap := variant&1 == 1, 7*(variant>>1)
					name := fmt.Sprintf("%v m=%d n=%d k=%d add=%v gap=%d", op, m, n, k, add, gap)
					ar, ac, br, bc := shape(op, m, n, k)
					lda, ldb, ldc := ac+gap, bc+gap, n+gap
					a, b, c := randoms(r, ar*lda), randoms(r, br*ldb), randoms(r, m*ldc)
					old := append([]float32(nil), c...)
					sum, norm := naive(op, m, n, k, a, lda, b, ldb, c, ldc, add)
					MatMul(&s, op, m, n, k, a, lda, b, ldb, c, ldc, add)
					// Rounding to 8 bits errs by at most 1/256 in each factor, so a sum by 1/128 of the sum of the
					// sizes of its products, which the norms bound. 1e-5 is for float32 and for adding to C.
					tolerance := 1.0 / 127
					if !coarse() {
						tolerance = 1e-5
					}
					for i := range m {
						for j := range ldc {
							got := float64(c[i*ldc+j])
							if j >= n {
								if c[i*ldc+j] != old[i*ldc+j] {
									t.Fatalf("%s: wrote beyond column %d of row %d", name, n, i)
								}
								continue
							}
							want := sum[i*n+j]
							if math.Abs(got-want) > tolerance*norm[i*n+j]+1e-5 || math.IsNaN(got) {
								t.Fatalf("%s: C[%d,%d] = %g, want %g", name, i, j, got, want)
							}
						}
					}
				}
			}
		}
	})
}

// TestMatMulExact multiplies small whole numbers, which bfloat16 holds exactly, so that no tolerance hides a mistake
// in a single product.
func TestMatMulExact(t *testing.T) {
	levels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(3, 4))
		var s Scratch
		for range 60 {
			m, n, k := 1+r.IntN(100), 1+r.IntN(100), 1+r.IntN(200)
			op := Op(r.IntN(3))
			ar, ac, br, bc := shape(op, m, n, k)
			a, b, c := make([]float32, ar*ac), make([]float32, br*bc), make([]float32, m*n)
			for _, x := range [][]float32{a, b, c} {
				for i := range x {
					x[i] = float32(r.IntN(255) - 127)
				}
			}
			add := r.IntN(2) == 1
			want, _ := naive(op, m, n, k, a, ac, b, bc, c, n, add)
			MatMul(&s, op, m, n, k, a, ac, b, bc, c, n, add)
			for i := range c {
				if float64(c[i]) != want[i] {
					t.Fatalf("%v m=%d n=%d k=%d add=%v: C[%d,%d] = %g, want %g", op, m, n, k, add, i/n, i%n, c[i], want[i])
				}
			}
		}
	})
}

func TestMatMulTwice(t *testing.T) {
	levels(t, func(t *testing.T) {
		r := rand.New(rand.NewPCG(5, 6))
		m, n, k := 70, 90, 1200
		a, b := randoms(r, m*k), randoms(r, k*n)
		var first []byte
		for range 2 {
			c := make([]float32, m*n)
			MatMul(new(Scratch), NN, m, n, k, a, k, b, n, c, n, false)
			out, _ := binary.Append(nil, binary.LittleEndian, c)
			if first != nil && !bytes.Equal(first, out) {
				t.Fatal("equal input gave different bytes")
			}
			first = out
		}
	})
}

// TestMatMulInterrupted multiplies in several goroutines while the scheduler and the collector stop them by signals,
// which must keep what stands in the tile registers.
func TestMatMulInterrupted(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	m, n, k := 160, 256, 512
	a, b := randoms(r, m*k), randoms(r, k*n)
	want := make([]float32, m*n)
	MatMul(new(Scratch), NN, m, n, k, a, k, b, n, want, n, false)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			var s Scratch
			c := make([]float32, m*n)
			for range 40 {
				MatMul(&s, NN, m, n, k, a, k, b, n, c, n, false)
				if !slices.Equal(c, want) {
					t.Error("a product came out otherwise beside others")
					return
				}
				runtime.GC()
			}
		})
	}
	group.Wait()
}

func TestMatMulAllocatesOnce(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	m, n, k := 70, 90, 50
	a, b, c := randoms(r, m*k), randoms(r, k*n), make([]float32, m*n)
	var s Scratch
	got := testing.AllocsPerRun(5, func() {
		MatMul(&s, NN, m, n, k, a, k, b, n, c, n, false)
		MatMul(&s, TN, k, n, m, a, k, c, n, b, n, false)
	})
	if got != 0 {
		t.Errorf("%g allocations in a product of a size seen before", got)
	}
}

func TestMatMulPanics(t *testing.T) {
	x := make([]float32, 12)
	for name, f := range map[string]func(){
		"negative size":     func() { MatMul(new(Scratch), NN, -1, 1, 1, x, 1, x, 1, x, 1, false) },
		"A of 4 by 4":       func() { MatMul(new(Scratch), NN, 4, 3, 4, x, 4, x, 3, x, 3, false) },
		"B of 3 by 5":       func() { MatMul(new(Scratch), NT, 4, 3, 5, make([]float32, 20), 5, x, 5, x, 3, false) },
		"C of 4 by 4":       func() { MatMul(new(Scratch), TN, 4, 4, 3, x, 4, x, 4, x, 4, false) },
		"lie only 2 apart":  func() { MatMul(new(Scratch), NN, 3, 3, 3, x, 2, x, 3, x, 3, false) },
		"no such operation": func() { MatMul(new(Scratch), 3, 3, 3, 3, x, 3, x, 3, x, 3, false) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if got := fmt.Sprint(recover()); !strings.Contains(got, name) {
					t.Errorf("panic %q does not say %q", got, name)
				}
			}()
			f()
		})
	}
}

func BenchmarkMatMul(b *testing.B) {
	for _, size := range []struct {
		op      Op
		m, n, k int
	}{
		{NN, 2000, 512, 128}, {NN, 4000, 512, 512}, {NN, 4000, 1536, 512}, {NN, 8000, 2048, 1024}, {NN, 4000, 2000, 256}, {NN, 4000, 256, 2000},
		{NT, 2000, 512, 128}, {NT, 4000, 512, 512}, {NT, 4000, 512, 1536}, {NT, 8000, 2048, 1024}, {NT, 4000, 256, 2000},
		{TN, 128, 512, 2000}, {TN, 512, 512, 4000}, {TN, 512, 1536, 4000}, {TN, 1024, 2048, 8000}, {TN, 256, 2000, 4000},
	} {
		m, n, k := size.m, size.n, size.k
		b.Run(fmt.Sprintf("%v/m=%d/n=%d/k=%d", size.op, m, n, k), func(b *testing.B) {
			r := rand.New(rand.NewPCG(1, 2))
			ar, ac, br, bc := shape(size.op, m, n, k)
			x, y, c := randoms(r, ar*ac), randoms(r, br*bc), make([]float32, m*n)
			var s Scratch
			for b.Loop() {
				MatMul(&s, size.op, m, n, k, x, ac, y, bc, c, n, false)
			}
			b.ReportMetric(float64(m)*float64(n)*float64(k)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GMAC/s")
		})
	}
}
