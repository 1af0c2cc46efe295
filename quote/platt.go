package quote

import "math"

// platt fits share = 1/(1+exp(-(slope·logit(p)+offset))) (Platt 1999).
func platt(scores []float64, right []bool) Calibration { return curve(plattFit(scores, right)) }

// curve sets knots on the curve of platt at every half logit of p. Lines between them
// miss it by about a point at most, and no share is known better.
func curve(slope, offset float64) (c Calibration) {
	knot := func(p float64) {
		p = math.Round(p*1e4) / 1e4
		c = c.with(p, logistic(slope*logit(p)+offset))
	}
	knot(0)
	for k := -9.0; k <= 9; k += 0.5 {
		knot(logistic(k))
	}
	knot(1)
	return c
}

// plattFit returns the parameters of the highest likelihood, by Newton's method with
// halved steps (Lin, Lin and Weng 2007). As in Platt, what is right counts as a little
// less than 1 and what is wrong as a little more than 0, so that few statements do not
// give certainty. A slope below 0, which would turn the order round, becomes 0.
func plattFit(scores []float64, right []bool) (slope, offset float64) {
	x, y := make([]float64, len(scores)), make([]float64, len(scores))
	n, mean := [2]float64{}, 0.0
	for _, r := range right {
		if r {
			n[1]++
		} else {
			n[0]++
		}
	}
	for i, s := range scores {
		x[i], y[i] = logit(s), 1/(n[0]+2)
		if right[i] {
			y[i] = (n[1] + 1) / (n[1] + 2)
		}
		mean += y[i] / float64(len(scores))
	}
	loss := func(a, b float64) (sum float64) {
		for i := range x {
			z := a*x[i] + b
			// log(1+exp(z)) - y·z without overflow
			sum += math.Max(z, 0) + math.Log1p(math.Exp(-math.Abs(z))) - y[i]*z
		}
		return sum
	}
	offset = logit(mean)
	now := loss(slope, offset)
	for range 100 {
		const ridge = 1e-9 // keeps the matrix regular where all scores are equal
		ga, gb, aa, ab, bb := 0.0, 0.0, ridge, 0.0, ridge
		for i := range x {
			q := logistic(slope*x[i] + offset)
			d, w := q-y[i], q*(1-q)
			ga, gb = ga+d*x[i], gb+d
			aa, ab, bb = aa+w*x[i]*x[i], ab+w*x[i], bb+w
		}
		det := aa*bb - ab*ab
		da, db := -(bb*ga-ab*gb)/det, -(aa*gb-ab*ga)/det
		t := 1.0
		for t > 1e-6 && loss(slope+t*da, offset+t*db) > now {
			t /= 2
		}
		next := loss(slope+t*da, offset+t*db)
		if !(next < now-1e-10) {
			break
		}
		slope, offset, now = slope+t*da, offset+t*db, next
	}
	if slope < 0 {
		return 0, logit(mean)
	}
	return slope, offset
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// logit returns the inverse of logistic, of probabilities not nearer to 0 and 1 than
// four digits can tell.
func logit(p float64) float64 {
	p = math.Min(math.Max(p, 0.5e-4), 1-0.5e-4)
	return math.Log(p / (1 - p))
}
