package eval

import (
	"bytes"
	"fmt"
	"math"
	"sort"
	"strings"

	"hearsay/doc"
)

// bins is into how many equal ranges scores are put. The last holds 1 as well.
const bins = 10

// The metrics of scores. A bin's is named for its range: "reliability 0.8-0.9".
const (
	reliability      = "reliability "
	calibrationError = "calibration error"
	brier            = "brier"
)

// ofScores says whether a metric is one of these.
func ofScores(metric string) bool {
	return strings.HasPrefix(metric, reliability) || metric == calibrationError || metric == brier
}

// bin is the statements of a range of scores.
type bin struct {
	n, right int
	score    float64 // sum
}

// scored is what one article, or several together, add to the figures of scores.
type scored struct {
	bins    [bins]bin
	squares float64 // sum of (score - 1 or 0)²
}

func (s *scored) add(o *scored) {
	for b := range s.bins {
		s.bins[b].n += o.bins[b].n
		s.bins[b].right += o.bins[b].right
		s.bins[b].score += o.bins[b].score
	}
	s.squares += o.squares
}

// all returns all bins as one.
func (s *scored) all() (all bin) {
	for _, b := range s.bins {
		all.n += b.n
		all.right += b.right
		all.score += b.score
	}
	return all
}

// share returns the percentage of right statements.
func (b bin) share() float64 { return percent(b.right, b.n) }

// ece returns the expected calibration error in percent: how far the mean score of a
// bin lies from its share of right statements, weighted by their number.
func (s *scored) ece() float64 {
	sum := 0.0
	for _, b := range s.bins {
		sum += math.Abs(b.score - float64(b.right))
	}
	return 100 * sum / math.Max(1, float64(s.all().n))
}

// brier returns the Brier score in percent.
func (s *scored) brier() float64 { return 100 * s.squares / math.Max(1, float64(s.all().n)) }

// scoresOf holds the scores of an article's outermost predictions against whether each
// is matched, as the figure "statement" matches. Where more claim a gold statement than
// it can pay for, likelier ones are served first.
func scoresOf(gold, pred *doc.Doc) *scored {
	g := merged(gold.Text, gold.Statements)
	all := merged(pred.Text, pred.Statements)
	var p []int
	for i := range all {
		if !isNested(all, i) {
			p = append(p, i)
		}
	}
	sort.SliceStable(p, func(i, j int) bool { return pred.Statements[p[i]].Score > pred.Statements[p[j]].Score })
	edges := make([][]int, len(p))
	for k, i := range p {
		for j := range g {
			if g[j].tellsLike(all[i]) {
				edges[k] = append(edges[k], j)
			}
		}
	}
	s := new(scored)
	for k, right := range paired(edges, len(g)) {
		score := pred.Statements[p[k]].Score
		// In ten-thousandths, so that 0.3 opens a bin and does not close one.
		b := &s.bins[min(max(int(math.Round(score*1e4))*bins/1e4, 0), bins-1)]
		b.n++
		b.score += score
		if right {
			b.right++
			score--
		}
		s.squares += score * score
	}
	return s
}

// ScoreRows measures what scores are worth: for each bin that has statements its n,
// mean score and share of matched ones, then the expected calibration error and the
// Brier score, whose baseline gives every statement the share matched of all. Of the
// last two, less is better. A bin's interval is of the draws that have statements in it;
// that of the calibration error leans upward, for chance moves no bin nearer to its
// score on average.
func ScoreRows(corpus, part string, gold, pred []*doc.Doc) []Row {
	articles := make([]*scored, len(gold))
	sum := new(scored)
	for i := range gold {
		articles[i] = scoresOf(gold[i], pred[i])
		sum.add(articles[i])
	}
	if sum.all().n == 0 {
		return nil
	}
	row := func(name string, n int, figure func(*scored) (value float64, ok bool)) Row {
		value, _ := figure(sum)
		low, high := percentiles(len(articles), func(drawn []int) (float64, bool) {
			s := new(scored)
			for _, i := range drawn {
				s.add(articles[i])
			}
			return figure(s)
		})
		return Row{Task: "quote", Corpus: corpus, Part: part, Metric: name, N: n,
			Value: round(value), Low: round(low), High: round(high)}
	}
	var rows []Row
	for k, b := range sum.bins {
		if b.n == 0 {
			continue
		}
		r := row(fmt.Sprintf("%s%.1f-%.1f", reliability, float64(k)/bins, float64(k+1)/bins), b.n,
			func(s *scored) (float64, bool) { return s.bins[k].share(), s.bins[k].n > 0 })
		mean := round(100 * b.score / float64(b.n))
		r.Score = &mean
		rows = append(rows, r)
	}
	some := func(f func(*scored) float64) func(*scored) (float64, bool) {
		return func(s *scored) (float64, bool) { return f(s), s.all().n > 0 }
	}
	rows = append(rows, row(calibrationError, sum.all().n, some((*scored).ece)))
	r := row(brier, sum.all().n, some((*scored).brier))
	share := sum.all().share() / 100
	base := round(100 * share * (1 - share))
	r.Baseline = &base
	return append(rows, r)
}

// reliability writes the table of bins and the figures of all of them.
func (r results) reliability(b *bytes.Buffer, head string) {
	first := true
	for _, row := range r.rows {
		name, isBin := strings.CutPrefix(row.Metric, reliability)
		if row.Task+" "+row.Corpus != head || !isBin {
			continue
		}
		if first {
			b.WriteString("\nWhat a score is worth: outermost statements by their score, and the share of them that an annotator marked, matched as in \"statement\":\n\n" +
				"| score | n | mean score | matched | 95 % | before |\n|---|--:|--:|--:|--:|--:|\n")
			first = false
		}
		fmt.Fprintf(b, "| %s | %d | %s | **%s** | %s–%s | %s |\n", name, row.N, num(row.Score), num(&row.Value),
			num(&row.Low), num(&row.High), num(row.Before))
	}
	first = true
	for _, row := range r.rows {
		if row.Task+" "+row.Corpus != head || row.Metric != calibrationError && row.Metric != brier {
			continue
		}
		if first {
			b.WriteString("\nLess is better; the baseline gives every statement the share matched of all:\n\n" +
				"| of all scores | n | value | 95 % | before | baseline |\n|---|--:|--:|--:|--:|--:|\n")
			first = false
		}
		name := map[string]string{calibrationError: "expected calibration error", brier: "Brier score × 100"}[row.Metric]
		fmt.Fprintf(b, "| %s | %d | **%s** | %s–%s | %s | %s |\n", name, row.N, num(&row.Value),
			num(&row.Low), num(&row.High), num(row.Before), num(row.Baseline))
	}
}
