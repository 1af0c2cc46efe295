package eval

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"hearsay/doc"
)

// leastScores are the values of hearsay read --min-score that are measured.
var leastScores = []float64{0.3, 0.5, 0.7, 0.9}

// leastMetrics are the metrics measured at each.
var leastMetrics = []string{"strict source", "strict cue", "strict content", "strict triple", "statement"}

// at names a metric at a least score: "strict cue at 0.5".
func at(metric string, least float64) string {
	return metric + " at " + strconv.FormatFloat(least, 'f', -1, 64)
}

// atLeast says whether a metric is one at a least score.
func atLeast(metric string) bool { return strings.Contains(metric, " at ") }

// LeastRows scores what --min-score leaves. As in what it prints, a statement that
// stood in the content of one left out can become an outermost one.
func LeastRows(corpus, part string, gold, pred []*doc.Doc) (rows []Row) {
	for _, least := range leastScores {
		kept := make([]*doc.Doc, len(pred))
		for i, d := range pred {
			kept[i] = doc.New(d.Text)
			for _, s := range d.Statements {
				if s.Score >= least {
					kept[i].Statements = append(kept[i].Statements, s)
				}
			}
		}
		all := map[string]Row{}
		for _, r := range QuoteRows(corpus, part, gold, kept) {
			all[r.Metric] = r
		}
		for _, m := range leastMetrics {
			r := all[m]
			r.Metric = at(m, least)
			rows = append(rows, r)
		}
	}
	return rows
}

// leastScores writes the table of --min-score, a line for each value.
func (r results) leastScores(b *bytes.Buffer, head string) {
	rows := map[string]Row{}
	for _, row := range r.rows {
		if row.Task+" "+row.Corpus == head {
			rows[row.Metric] = row
		}
	}
	line := func(name string, of func(metric string) string) {
		fmt.Fprintf(b, "| %s |", name)
		for _, m := range leastMetrics {
			row := rows[of(m)]
			if m != "statement" {
				b.WriteString(" " + num(&row.Value) + " |")
				continue
			}
			b.WriteString(" " + num(row.P) + " | " + num(row.R) + " |\n")
		}
	}
	first := true
	for _, least := range leastScores {
		if _, ok := rows[at("statement", least)]; !ok {
			continue
		}
		if first {
			b.WriteString("\nWith `hearsay read --min-score`, strict F1, and P and R of whole statements:\n\n" +
				"| least score | source | cue | content | triple | statement P | statement R |\n|---|--:|--:|--:|--:|--:|--:|\n")
			line("0", func(m string) string { return m })
			first = false
		}
		line(strconv.FormatFloat(least, 'f', -1, 64), func(m string) string { return at(m, least) })
	}
}
