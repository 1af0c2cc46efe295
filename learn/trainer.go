package learn

import "math"

// Trainer holds the float weights of a linear model of K classes while it is
// trained, and their running average. It is not safe for concurrent use.
type Trainer struct {
	k       int
	index   map[uint64]int32
	feature []uint64
	weight  []float32 // K a row
	total   []float64 // K a row: the sum of the weight over all ticks up to stamp
	stamp   []uint32  // K a row
	seen    []uint32  // updates a row
	now     uint32
}

// NewTrainer returns an empty model of k classes.
func NewTrainer(k int) *Trainer {
	return &Trainer{k: k, index: make(map[uint64]int32)}
}

// Rows returns the number of features met.
func (t *Trainer) Rows() int { return len(t.feature) }

// Tick ends one training example: averages count weights by ticks.
func (t *Trainer) Tick() { t.now++ }

// Score adds the weights of the features to out, which has length K.
func (t *Trainer) Score(features []uint64, out []float32) {
	for _, f := range features {
		if r, ok := t.index[f]; ok {
			row := t.weight[int(r)*t.k : int(r+1)*t.k]
			for c, w := range row {
				out[c] += w
			}
		}
	}
}

// Update adds delta to the weight of every feature for one class.
func (t *Trainer) Update(features []uint64, class int, delta float32) {
	for _, f := range features {
		r, ok := t.index[f]
		if !ok {
			r = int32(len(t.feature))
			t.index[f] = r
			t.feature = append(t.feature, f)
			t.seen = append(t.seen, 0)
			for range t.k {
				t.weight = append(t.weight, 0)
				t.total = append(t.total, 0)
				t.stamp = append(t.stamp, t.now)
			}
		}
		at := int(r)*t.k + class
		t.total[at] += float64(t.weight[at]) * float64(t.now-t.stamp[at])
		t.stamp[at] = t.now
		t.weight[at] += delta
		t.seen[r]++
	}
}

// Prune says which rows Freeze leaves out.
type Prune struct {
	MinUpdates uint32  // rows updated less often
	MinWeight  float64 // rows whose largest averaged weight is smaller
	// Scale is what one unit of the frozen int8 weights is worth. 0 stands for
	// Trainer.Scale, which cuts the largest ten-thousandth of the weights, so that
	// one outlier does not coarsen the rest. Models whose scores are added need
	// one scale between them.
	Scale float64
}

// average returns the averaged weights.
func (t *Trainer) average() []float64 {
	avg := make([]float64, len(t.weight))
	for i, w := range t.weight {
		total := t.total[i] + float64(w)*float64(t.now-t.stamp[i])
		avg[i] = total / math.Max(1, float64(t.now))
	}
	return avg
}

// Scale returns the scale that Freeze would choose by itself.
func (t *Trainer) Scale() float64 {
	avg := t.average()
	var most float64
	for _, w := range avg {
		most = math.Max(most, math.Abs(w))
	}
	if most == 0 {
		return 1
	}
	return percentile(avg, most, 0.9999) / 127
}

// Freeze averages, prunes and quantises to int8.
func (t *Trainer) Freeze(p Prune) *Linear {
	avg := t.average()
	scale := p.Scale
	if scale == 0 {
		scale = t.Scale()
	}
	var rows []frozenRow
	for r, f := range t.feature {
		if t.seen[r] < p.MinUpdates {
			continue
		}
		row := frozenRow{f, make([]int8, t.k)}
		var top float64
		some := false
		for c := range t.k {
			w := avg[r*t.k+c]
			top = math.Max(top, math.Abs(w))
			q := math.Round(w / scale)
			row.weights[c] = int8(math.Max(-127, math.Min(127, q)))
			some = some || row.weights[c] != 0
		}
		if some && top >= p.MinWeight {
			rows = append(rows, row)
		}
	}
	return newLinear(t.k, float32(scale), rows)
}

// percentile returns the value below which the given share of the non-zero
// absolute weights lie, by a histogram of 4096 bins up to most.
func percentile(weights []float64, most, share float64) float64 {
	if most == 0 {
		return 0
	}
	var bins [4097]int
	n := 0
	for _, w := range weights {
		if w != 0 {
			bins[int(math.Abs(w)/most*4096)]++
			n++
		}
	}
	want := int(math.Ceil(share * float64(n)))
	for b, c := range bins {
		if want -= c; want <= 0 {
			return most * float64(b+1) / 4096
		}
	}
	return most
}
