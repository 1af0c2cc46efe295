package quote

import "sort"

// mostLevels and leastInLevel keep the levels of isotonic regression few and their
// shares steady: of thirty, a share is known to about nine points.
const (
	mostLevels   = 10
	leastInLevel = 30
)

// level is a run of statements, likelier than those before and less likely than those
// after it.
type level struct{ n, score, right float64 }

func (l level) share() float64 { return l.right / l.n }

// isotonic cuts the statements, in order of their scores, into up to ten levels of
// about one size, none between equal scores, and joins neighbours until the share of
// right ones rises (pool adjacent violators, Ayer et al. 1955). A knot stands at the
// mean score and the share of each.
func isotonic(scores []float64, right []bool) Calibration {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return scores[order[i]] < scores[order[j]] })
	size := max(leastInLevel, (len(order)+mostLevels-1)/mostLevels)
	var levels []level
	for i := 0; i < len(order); {
		var l level
		for ; i < len(order) && (int(l.n) < size || len(order)-i < leastInLevel || scores[order[i]] == scores[order[i-1]]); i++ {
			l.n++
			l.score += scores[order[i]]
			if right[order[i]] {
				l.right++
			}
		}
		levels = append(levels, l)
		for n := len(levels); n > 1 && levels[n-1].share() <= levels[n-2].share(); n-- {
			a, b := levels[n-2], levels[n-1]
			levels = append(levels[:n-2], level{a.n + b.n, a.score + b.score, a.right + b.right})
		}
	}
	var c Calibration
	for _, l := range levels {
		c = c.with(l.score/l.n, l.share())
	}
	return c
}
