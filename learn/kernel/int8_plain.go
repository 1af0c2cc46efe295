package kernel

// The Go product puts three weights into one 64-bit word, 21 bits apart, so that one multiplication makes three products
// and one addition adds all three. A product is at most 127·128, so 64 of them stay within 20 bits and a sign; after
// that many rows of the matrix the lanes are emptied into ordinary sums.
const (
	laneBits  = 21
	laneSteps = 64
	laneWidth = 12 // columns that run together: four words
)

// packTriples makes the order that mulPlain reads.
func (w *Weights) packTriples() {
	groups := (w.N + laneWidth - 1) / laneWidth
	w.triples = make([][4]int64, groups*w.K)
	for g := range groups {
		from := g * laneWidth
		to := w.triples[g*w.K:][:w.K]
		var tail [laneWidth]int8
		for i := range to {
			row := w.q[i*w.N+from : (i+1)*w.N]
			if len(row) < laneWidth {
				copy(tail[:], row)
				row = tail[:]
			}
			row = row[:laneWidth]
			to[i] = [4]int64{
				triple(row[0], row[1], row[2]), triple(row[3], row[4], row[5]),
				triple(row[6], row[7], row[8]), triple(row[9], row[10], row[11]),
			}
		}
	}
}

// triple adds a, b and c at their places. A negative lane borrows from the one above it, and split gives that back.
func triple(a, b, c int8) int64 {
	return int64(a) + int64(b)<<laneBits + int64(c)<<(2*laneBits)
}

// split adds the three sums in v to sums.
func split(v int64, sums *[3]int32) {
	const drop = 64 - laneBits
	a := v << drop >> drop
	v = (v - a) >> laneBits
	b := v << drop >> drop
	sums[0] += int32(a)
	sums[1] += int32(b)
	sums[2] += int32((v - b) >> laneBits)
}

// mulPlain is Mul in Go.
func (w *Weights) mulPlain(dst []float32, dstride int, x *Quantized, first, rows int, bias []float32) {
	w.triplesOnce.Do(w.packTriples)
	stride := x.Stride()
	for j := 0; j < w.N; j += laneWidth {
		n := min(laneWidth, w.N-j)
		panel := w.triples[j/laneWidth*w.K:][:w.K]
		scale := w.scale[j:][:n]
		for i := range rows {
			row := x.Data[(first+i)*stride:][:w.K]
			var sums [4][3]int32
			for from := 0; from < w.K; from += laneSteps {
				to := min(w.K, from+laneSteps)
				mulLanes(&sums, panel[from:to], row[from:to])
			}
			out := dst[i*dstride+j:][:n]
			for c := range out {
				v := float32(float32(sums[c/3][c%3]) * float32(x.Scale[first+i]*scale[c]))
				var b float32
				if bias != nil {
					b = bias[j+c]
				}
				out[c] = v + b
			}
		}
	}
}

// mulLanes adds at most laneSteps products to each of twelve sums.
func mulLanes(sums *[4][3]int32, panel [][4]int64, row []int8) {
	var a, b, c, d int64
	row = row[:len(panel)]
	for k := range panel {
		x, w := int64(row[k]), &panel[k]
		a += x * w[0]
		b += x * w[1]
		c += x * w[2]
		d += x * w[3]
	}
	split(a, &sums[0])
	split(b, &sums[1])
	split(c, &sums[2])
	split(d, &sums[3])
}
