package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestQuantize holds every level to the definition in float64.
func TestQuantize(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(14, 15))
		var q Quantized
		for _, c := range []struct{ rows, cols int }{{3, 100}, {1, 1}, {5, 16}, {2, 33}, {4, 64}, {0, 10}, {3, 250}, {2, 0}} {
			stride := c.cols + 2
			x := normal(rng, c.rows*stride, 3)
			q.Quantize(x, c.rows, c.cols, stride)
			if q.Rows != c.rows || q.Cols != c.cols || len(q.Data) != c.rows*q.Stride() || q.Stride()%64 != 0 {
				t.Fatalf("%v: %d×%d in %d bytes", c, q.Rows, q.Cols, len(q.Data))
			}
			for i := range c.rows {
				var top float32
				for _, v := range x[i*stride:][:c.cols] {
					top = max(top, v, -v)
				}
				if q.Scale[i] != top/127 {
					t.Fatalf("row %d: scale %g, want %g", i, q.Scale[i], top/127)
				}
				var sum int32
				for j, got := range q.Data[i*q.Stride():][:q.Stride()] {
					var want float64
					if j < c.cols {
						want = math.RoundToEven(float64(float32(x[i*stride+j] * (127 / top))))
					}
					if float64(got) != want {
						t.Fatalf("row %d value %d: %d, want %g", i, j, got, want)
					}
					sum += int32(got)
				}
				if q.offset[i] != 128*sum {
					t.Fatalf("row %d: offset %d, want %d", i, q.offset[i], 128*sum)
				}
			}
		}
	})
}

// Halves round to even, at every level: with a largest value of 127 the scale is one.
func TestQuantizeHalves(t *testing.T) {
	x := make([]float32, 40)
	want := make([]int8, 40)
	for i := range x {
		x[i] = float32(i) - 20.5
		want[i] = int8(math.RoundToEven(float64(x[i])))
	}
	x[7], want[7] = 127, 127
	x[39], want[39] = -127, -127
	eachLevel(t, func(t *testing.T) {
		var q Quantized
		q.Quantize(x, 1, 40, 40)
		if !slices.Equal(q.Data[:40], want) {
			t.Errorf("%v, want %v", q.Data[:40], want)
		}
	})
}

func TestQuantizeExtremes(t *testing.T) {
	inf, nan := float32(math.Inf(1)), float32(math.NaN())
	eachLevel(t, func(t *testing.T) {
		for _, c := range []struct {
			name  string
			value float32
			scale float32 // 42 if any will do
			byte  int8
		}{
			{"zero", 0, 0, 0},
			{"denormal", 1e-45, 0, 0},
			{"small", 1e-29, float32(1e-29) / 127, 127},
			{"large", -math.MaxFloat32, math.MaxFloat32 / 127, -127},
			{"infinite", inf, 42, 0},
			{"not a number", nan, 42, 0},
		} {
			for _, n := range []int{20, 64} {
				x := make([]float32, n)
				x[3], x[n-1] = c.value, c.value
				var q Quantized
				q.Quantize(x, 1, n, n)
				if c.scale == 42 {
					continue
				}
				if q.Scale[0] != c.scale || q.Data[3] != c.byte || q.Data[n-1] != c.byte || q.Data[0] != 0 {
					t.Errorf("%s: scale %g, bytes %v", c.name, q.Scale[0], q.Data[:n])
				}
			}
		}
	})
}

// A second, smaller use leaves nothing of the first behind the columns.
func TestQuantizeReuse(t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 15))
	var used, fresh Quantized
	x := normal(rng, 1000, 1)
	used.Quantize(x, 4, 250, 250)
	used.Quantize(x, 3, 70, 70)
	fresh.Quantize(x, 3, 70, 70)
	if !slices.Equal(used.Data, fresh.Data) || !slices.Equal(used.Scale, fresh.Scale) {
		t.Error("a used buffer gives other bytes")
	}
}

func TestQuantizeColumns(t *testing.T) {
	q, scale := QuantizeColumns([]float32{
		1, 0, -4,
		-2, 0, 1,
	}, 2, 3)
	if want := []int8{64, 0, -127, -127, 0, 32}; !slices.Equal(q, want) {
		t.Errorf("%v, want %v", q, want)
	}
	if want := []float32{2. / 127, 0, 4. / 127}; !slices.Equal(scale, want) {
		t.Errorf("scales %v, want %v", scale, want)
	}
}

func TestAddInt8Rows(t *testing.T) {
	eachLevel(t, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(16, 17))
		for _, dim := range []int{1, 8, 15, 16, 17, 32, 48, 64, 80, 100, 128, 200, 256} {
			for _, n := range []int{0, 1, 2, 9} {
				const rows = 50
				table, scale := make([]int8, rows*dim), normal(rng, rows, 0.1)
				for i := range table {
					table[i] = int8(rng.IntN(256) - 128)
				}
				ids := make([]uint32, n)
				for i := range ids {
					ids[i] = uint32(rng.IntN(rows))
				}
				want := make([]float32, dim)
				for _, id := range ids {
					for j := range want {
						want[j] += float32(float32(table[int(id)*dim+j]) * scale[id])
					}
				}
				got := normal(rng, dim+1, 1)
				end := got[dim]
				AddInt8Rows(got, table, scale, dim, ids)
				sameBits(t, fmt.Sprintf("%d rows of %d", n, dim), got[:dim], want)
				if got[dim] != end {
					t.Fatalf("wrote beyond %d columns", dim)
				}
			}
		}
	})
}

func BenchmarkQuantize(b *testing.B) {
	const rows, cols = 200, 256
	x := normal(rand.New(rand.NewPCG(1, 2)), rows*cols, 1)
	eachLevelB(b, func(b *testing.B) {
		var q Quantized
		for b.Loop() {
			q.Quantize(x, rows, cols, cols)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*rows), "ns/token")
	})
}

func BenchmarkAddInt8Rows(b *testing.B) {
	const rows, dim, bag = 20000, 128, 10
	rng := rand.New(rand.NewPCG(1, 2))
	table, scale := make([]int8, rows*dim), normal(rng, rows, 1)
	ids := make([]uint32, 4096)
	for i := range ids {
		ids[i] = uint32(rng.IntN(rows))
	}
	dst := make([]float32, dim)
	eachLevelB(b, func(b *testing.B) {
		k := 0
		for b.Loop() {
			AddInt8Rows(dst, table, scale, dim, ids[k:k+bag])
			k = (k + bag) % 4000
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N), "ns/token")
	})
}
