package quote

import (
	"math"
	"sort"
)

// Calibration maps the raw probability of a statement to the share of such
// statements that a careful reader marks: straight lines between knots of (raw
// probability, share), neither of which ever falls from one knot to the next, and
// level before the first and after the last. Without knots each p is mapped to itself.
type Calibration [][2]float64

// At returns the share for the raw probability p, with four digits. It counts in
// ten-thousandths, so that all processors give the same one.
func (c Calibration) At(p float64) float64 {
	if len(c) == 0 {
		return p
	}
	x := tenThousandths(p)
	i := sort.Search(len(c), func(i int) bool { return tenThousandths(c[i][0]) >= x })
	switch i {
	case 0:
		return c[0][1]
	case len(c):
		return c[len(c)-1][1]
	}
	x0, y0 := tenThousandths(c[i-1][0]), tenThousandths(c[i-1][1])
	x1, y1 := tenThousandths(c[i][0]), tenThousandths(c[i][1])
	rise, run := (y1-y0)*(x-x0), x1-x0
	return float64(y0+(2*rise+run)/(2*run)) / 1e4
}

func tenThousandths(x float64) int { return int(math.Round(x * 1e4)) }

// leastToCalibrate is how many statements it takes to say more of a probability than
// it says itself.
const leastToCalibrate = 100

// folds is into how many runs the statements are cut to compare fits.
const folds = 10

// Calibrate fits a map from the raw probabilities of statements to whether each was
// right, both in the order of articles: isotonic regression of few levels or Platt
// scaling, whichever has the lower Brier score on the tenths that it has not seen.
// Tenths are runs, so that an article is not on both sides. Fewer than a hundred
// statements give the map of each p to itself.
func Calibrate(scores []float64, right []bool) Calibration {
	if len(scores) < leastToCalibrate {
		return nil
	}
	if crossBrier(isotonic, scores, right) < crossBrier(platt, scores, right) {
		return isotonic(scores, right)
	}
	return platt(scores, right)
}

// crossBrier returns the Brier score of each tenth by a fit to the nine others.
func crossBrier(fit func([]float64, []bool) Calibration, scores []float64, right []bool) float64 {
	n, sum := len(scores), 0.0
	for k := range folds {
		first, last := k*n/folds, (k+1)*n/folds
		c := fit(append(append([]float64(nil), scores[:first]...), scores[last:]...),
			append(append([]bool(nil), right[:first]...), right[last:]...))
		sum += Brier(c, scores[first:last], right[first:last]) * float64(last-first)
	}
	return sum / float64(n)
}

// Brier returns the mean squared difference of the calibrated probabilities from 1
// for what is right and 0 for what is not (Brier 1950); 0 for nothing.
func Brier(c Calibration, scores []float64, right []bool) float64 {
	sum := 0.0
	for i, s := range scores {
		d := c.At(s)
		if right[i] {
			d--
		}
		sum += d * d
	}
	return sum / math.Max(1, float64(len(scores)))
}

// with adds a knot, rounded; one at the place of the last moves that one up.
func (c Calibration) with(p, share float64) Calibration {
	knot := [2]float64{math.Round(p*1e4) / 1e4, math.Round(share*1e4) / 1e4}
	if n := len(c); n > 0 && c[n-1][0] == knot[0] {
		c[n-1][1] = knot[1]
		return c
	}
	return append(c, knot)
}
