package eval

import (
	"fmt"
	"slices"
	"testing"

	"hearsay/doc"
)

// Of three statements one is wrong. The right ones have the scores 0.9 and 0.3, the
// wrong one 0.5.
func TestLeastRows(t *testing.T) {
	gold := []*doc.Doc{mark("[S1 Ann] [C1 said] [Q1 no]. [S2 Bo] [C2 asked] [Q2 why]. Cy sang songs.")}
	pred := []*doc.Doc{scoredDoc("[S1 Ann] [C1 said] [Q1 no]. [S2 Bo] [C2 asked] [Q2 why]. [S3 Cy] [C3 sang] [Q3 songs].", 0.9, 0.3, 0.5)}
	rows := LeastRows("polnear", "dev", gold, pred)
	var got []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%s %d %.1f %.1f %.1f", r.Metric, r.N, *r.P, *r.R, r.Value))
	}
	var want []string
	for _, c := range []struct{ least, figures string }{
		{"0.3", "2 66.7 100.0 80.0"}, {"0.5", "2 50.0 50.0 50.0"}, {"0.7", "2 100.0 50.0 66.7"}, {"0.9", "2 100.0 50.0 66.7"},
	} {
		for _, m := range []string{"strict source", "strict cue", "strict content", "strict triple", "statement"} {
			want = append(want, m+" at "+c.least+" "+c.figures)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
	if n := len(pred[0].Statements); n != 3 {
		t.Errorf("the reading has %d statements left", n)
	}
}

// As in what is printed: where the outer one is left out, the inner one is outermost.
func TestLeastRowsNested(t *testing.T) {
	gold := []*doc.Doc{mark("Ann said [S1 Bo] [C1 warned] that [Q1 it rained].")}
	pred := []*doc.Doc{scoredDoc("[S1 Ann] [C1 said] [Q1 [S2 Bo] [C2 warned] that [Q2 it rained]].", 0.4, 0.8)}
	values := map[string]float64{}
	for _, r := range LeastRows("polnear", "dev", gold, pred) {
		values[r.Metric] = r.Value
	}
	if values["statement at 0.3"] != 0 || values["statement at 0.5"] != 100 || values["statement at 0.9"] != 0 {
		t.Errorf("figures %v", values)
	}
}
