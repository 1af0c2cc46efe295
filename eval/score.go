package eval

import (
	"math"
	"math/rand/v2"
	"sort"
)

// Count is what one article adds to a figure: how many items are in the gold, how
// many were predicted, and how many of the latter are right.
type Count struct{ Right, Gold, Pred int }

// add returns the sum of two counts.
func (c Count) add(o Count) Count {
	return Count{c.Right + o.Right, c.Gold + o.Gold, c.Pred + o.Pred}
}

// P returns the precision in percent, 0 where nothing was predicted.
func (c Count) P() float64 { return percent(c.Right, c.Pred) }

// R returns the recall in percent, 0 where there is no gold.
func (c Count) R() float64 { return percent(c.Right, c.Gold) }

// F1 returns the harmonic mean of P and R in percent, 0 where both are 0.
func (c Count) F1() float64 { return percent(2*c.Right, c.Gold+c.Pred) }

func percent(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return 100 * float64(part) / float64(whole)
}

// resamples is how many times the articles are drawn for an interval: the 2.5th
// percentile of a thousand stands on 25 draws, steady to about a tenth of a point.
const resamples = 1000

// interval returns the 2.5th and 97.5th percentile of the F1 of counts.
func interval(articles []Count) (low, high float64) {
	return percentiles(len(articles), func(drawn []int) (float64, bool) {
		var sum Count
		for _, i := range drawn {
			sum = sum.add(articles[i])
		}
		return sum.F1(), true
	})
}

// percentiles returns the 2.5th and 97.5th percentile of a figure over n articles drawn
// with replacement; draws that do not have the figure are left out. They depend on n
// alone, so all figures of a corpus are compared over the same ones.
func percentiles(n int, figure func(drawn []int) (value float64, ok bool)) (low, high float64) {
	draw := rand.New(rand.NewPCG(1, uint64(n)))
	drawn := make([]int, n)
	var values []float64
	for range resamples {
		for i := range drawn {
			drawn[i] = draw.IntN(n)
		}
		if v, ok := figure(drawn); ok {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return 0, 0
	}
	sort.Float64s(values)
	return values[len(values)*25/1000], values[max(len(values)*975/1000-1, 0)]
}

// round keeps two decimals, so that figures read the same wherever they are shown.
func round(x float64) float64 { return math.Round(100*x) / 100 }

// A metric is a named figure with the count of each article.
type metric struct {
	name     string
	articles []Count
	share    bool // a share of the predictions, which has no P, R and F1
}

// row works a metric out.
func (m metric) row(task, corpus, part string) Row {
	var sum Count
	for _, c := range m.articles {
		sum = sum.add(c)
	}
	low, high := interval(m.articles)
	r := Row{Task: task, Corpus: corpus, Part: part, Metric: m.name, N: sum.Gold,
		Value: round(sum.F1()), Low: round(low), High: round(high)}
	if !m.share {
		p, rec, f := round(sum.P()), round(sum.R()), round(sum.F1())
		r.P, r.R, r.F1 = &p, &rec, &f
	}
	return r
}
