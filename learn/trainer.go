package learn

import "math"

// Trainer holds the float weights of a linear model of K classes while it is
// trained, and their running average. It is not safe for concurrent use.
type Trainer struct {
	// Gate is how often a feature must have been updated before it counts, in
	// training as in the frozen model. It keeps rare features from learning single
	// examples by heart (Goldberg and Elhadad 2011).
	Gate uint32

	k       int
	index   map[uint64]int32
	feature []uint64
	weight  []float32 // K a row
	total   []float64 // K a row: the sum of the weight over all ticks up to stamp
	stamp   []uint32  // K a row
	square  []float32 // K a row: the sum of squared gradients; Descend only
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
		if r, ok := t.index[f]; ok && t.seen[r] >= t.Gate {
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
		t.add(t.row(f)*t.k+class, delta)
	}
}

// Descend takes a step of AdaGrad (Duchi et al. 2011) down the gradient of the loss
// by the score of one class: weights that have moved much move less.
func (t *Trainer) Descend(features []uint64, class int, gradient, rate float32) {
	for _, f := range features {
		at := t.row(f)*t.k + class
		for len(t.square) < len(t.weight) {
			t.square = append(t.square, 0)
		}
		t.square[at] += gradient * gradient
		t.add(at, -rate*gradient/float32(math.Sqrt(float64(t.square[at])+1e-6)))
	}
}

// add adds delta to weight number at.
func (t *Trainer) add(at int, delta float32) {
	t.total[at] += float64(t.weight[at]) * float64(t.now-t.stamp[at])
	t.stamp[at] = t.now
	t.weight[at] += delta
	t.seen[at/t.k]++
}

// row returns the row of a feature, a new one if it has none.
func (t *Trainer) row(f uint64) int {
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
	return int(r)
}

// Prune says which rows Freeze leaves out.
type Prune struct {
	MinUpdates uint32  // rows updated less often
	MinWeight  float64 // rows whose largest averaged weight is smaller
	// Scale is what one unit of a frozen score is worth; 0 stands for
	// Trainer.Scale. Models whose scores are added need one scale between them.
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

// maxShift is the largest shift of a row.
const maxShift = 8

// Scale returns the finest scale at which the largest weight still fits.
func (t *Trainer) Scale() float64 {
	var most float64
	for _, w := range t.average() {
		most = math.Max(most, math.Abs(w))
	}
	if most == 0 {
		return 1
	}
	return most / (127 << maxShift)
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
		if t.seen[r] < max(p.MinUpdates, t.Gate) {
			continue
		}
		weights := avg[r*t.k : (r+1)*t.k]
		top := 0.0
		for _, w := range weights {
			top = math.Max(top, math.Abs(w))
		}
		if top == 0 || top < p.MinWeight {
			continue
		}
		row := frozenRow{feature: f, weights: make([]int8, t.k)}
		for top/scale > 127.5*float64(int(1)<<row.shift) {
			row.shift++
		}
		unit := scale * float64(int(1)<<row.shift)
		for c, w := range weights {
			row.weights[c] = int8(math.Max(-127, math.Min(127, math.Round(w/unit))))
		}
		rows = append(rows, row)
	}
	return newLinear(t.k, float32(scale), rows)
}
