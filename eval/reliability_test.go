package eval

import (
	"bytes"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/quote"
)

// scoredDoc is mark with the scores of its statements.
func scoredDoc(marked string, scores ...float64) *doc.Doc {
	d := mark(marked)
	for i, s := range scores {
		d.Statements[i].Score = s
	}
	return d
}

func TestScoresOf(t *testing.T) {
	for _, c := range []struct {
		name    string
		gold    string
		pred    *doc.Doc
		bins    map[int]bin
		squares float64
	}{
		{"right", "[S1 Ann] [C1 said] [Q1 no].", scoredDoc("[S1 Ann] [C1 said] [Q1 no].", 0.8), map[int]bin{8: {1, 1, 0.8}}, 0.04},
		{"wrong", "Ann said no.", scoredDoc("[S1 Ann] [C1 said] [Q1 no].", 0.8), map[int]bin{8: {1, 0, 0.8}}, 0.64},
		{"certain", "[S1 Ann] [C1 said] [Q1 no].", scoredDoc("[S1 Ann] [C1 said] [Q1 no].", 1), map[int]bin{9: {1, 1, 1}}, 0},
		{"on an edge", "[S1 Ann] [C1 said] [Q1 no].", scoredDoc("[S1 Ann] [C1 said] [Q1 no].", 0.3), map[int]bin{3: {1, 1, 0.3}}, 0.49},
		{"just below it", "[S1 Ann] [C1 said] [Q1 no].", scoredDoc("[S1 Ann] [C1 said] [Q1 no].", 0.2999), map[int]bin{2: {1, 1, 0.2999}}, 0.49014001},
		{"nested ones are left out", "[S1 Ann] [C1 said] [Q1 Bo warned that it rained].",
			scoredDoc("[S1 Ann] [C1 said] [Q1 [S2 Bo] [C2 warned] that [Q2 it rained]].", 0.8, 0.7), map[int]bin{8: {1, 1, 0.8}}, 0.04},
		{"two in a bin, one right", "[S1 Ann] [C1 said] [Q1 no] and Bo asked why.",
			scoredDoc("[S1 Ann] [C1 said] [Q1 no] and [S2 Bo] [C2 asked] [Q2 why].", 0.6, 0.65), map[int]bin{6: {2, 1, 1.25}}, 0.16 + 0.4225},
		{"the likelier of two is paid for", "[S1 Ann] [C1 said again] [Q1 no].",
			scoredDoc("[S12 Ann] [C1 said][C2  again] [Q12 no].", 0.2, 0.9), map[int]bin{2: {1, 0, 0.2}, 9: {1, 1, 0.9}}, 0.04 + 0.01},
		{"nothing read", "[S1 Ann] [C1 said] [Q1 no].", mark("Ann said no."), nil, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := scoresOf(mark(c.gold), c.pred)
			for k, b := range got.bins {
				if want := c.bins[k]; b.n != want.n || b.right != want.right || math.Abs(b.score-want.score) > 1e-9 {
					t.Errorf("bin %d: %+v, want %+v", k, b, want)
				}
			}
			if math.Abs(got.squares-c.squares) > 1e-9 {
				t.Errorf("squares %v, want %v", got.squares, c.squares)
			}
		})
	}
}

// Three articles: 0.9 and right; 0.7 and right; 0.6 and wrong with 0.8 and right. The
// bins miss by 0.1, 0.3, 0.6 and 0.2, so the calibration error is 1.2/4 = 30 %; the
// squares are 0.01, 0.09, 0.36 and 0.04, so the Brier score is 0.5/4 = 12.5 %. With the
// share of all, 3/4, it would be 3/16.
func TestScoreRows(t *testing.T) {
	gold := []*doc.Doc{mark("[S1 Ann] [C1 said] [Q1 no]."), mark("[S1 Bo] [C1 said] [Q1 no]."), mark("[S1 Cy] [C1 said] [Q1 no], he thought.")}
	pred := []*doc.Doc{scoredDoc("[S1 Ann] [C1 said] [Q1 no].", 0.9), scoredDoc("[S1 Bo] [C1 said] [Q1 no].", 0.7),
		scoredDoc("[S1 Cy] [C1 said] [Q1 no], [S2 he] [C2 thought][Q2 .]", 0.8, 0.6)}
	rows := ScoreRows("polnear", "dev", gold, pred)
	type figure struct {
		metric       string
		n            int
		value, score float64
	}
	var got []figure
	for _, r := range rows {
		f := figure{r.Metric, r.N, r.Value, -1}
		if r.Score != nil {
			f.score = *r.Score
		}
		got = append(got, f)
		if r.P != nil || r.R != nil || r.F1 != nil {
			t.Errorf("%s has P, R or F1", r.Metric)
		}
		if r.Low > r.Value || r.Value > r.High {
			t.Errorf("%s: %v is not between %v and %v", r.Metric, r.Value, r.Low, r.High)
		}
	}
	want := []figure{{"reliability 0.6-0.7", 1, 0, 60}, {"reliability 0.7-0.8", 1, 100, 70}, {"reliability 0.8-0.9", 1, 100, 80},
		{"reliability 0.9-1.0", 1, 100, 90}, {"calibration error", 4, 30, -1}, {"brier", 4, 12.5, -1}}
	if !slices.Equal(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	// A bin that stands in one article has that one's share in every draw that has it.
	if r := rows[3]; r.Low != 100 || r.High != 100 {
		t.Errorf("the bin of one article: %v to %v", r.Low, r.High)
	}
	if b := rows[5].Baseline; b == nil || *b != 18.75 {
		t.Errorf("baseline of the Brier score: %v", b)
	}
	if rows := ScoreRows("polnear", "dev", gold[:1], []*doc.Doc{mark("Ann said no.")}); rows != nil {
		t.Errorf("no predictions gave %v", rows)
	}
}

func TestPaired(t *testing.T) {
	for _, c := range []struct {
		name  string
		edges [][]int
		right int
		want  []bool
	}{
		{"none", nil, 0, []bool{}},
		{"the first is served first", [][]int{{0}, {0}}, 1, []bool{true, false}},
		{"who has another gives way", [][]int{{0, 1}, {0}}, 2, []bool{true, true}},
		{"through two", [][]int{{0, 1}, {1, 2}, {0}, {0}}, 3, []bool{true, true, true, false}},
		{"no edge", [][]int{{}, {0}}, 1, []bool{false, true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := paired(c.edges, c.right); !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// What training counts as right is what is measured here: quote.Judge and scoresOf
// agree on statements drawn at random.
func TestJudgeAgrees(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 2))
	text := strings.Repeat("abcdefghij", 4)
	span := func() doc.Span {
		b := draw.IntN(len(text) - 1)
		return doc.Span{Begin: b, End: b + 1 + draw.IntN(min(16, len(text)-b))}
	}
	document := func() *doc.Doc {
		d := doc.New(text)
		for range draw.IntN(7) {
			s := doc.Statement{Score: float64(draw.IntN(5)) / 5, Cue: doc.Cue{Spans: []doc.Span{span()}}, Content: []doc.Span{span()}}
			if draw.IntN(3) > 0 {
				s.Source.Span = span()
			}
			d.Statements = append(d.Statements, s)
		}
		return d
	}
	some := 0
	for range 3000 {
		gold, pred := document(), document()
		want := new(scored)
		scores, right := quote.Judge(gold.Statements, pred.Statements)
		for i, s := range scores {
			b := &want.bins[int(math.Round(s*10))]
			b.n++
			b.score += s
			if right[i] {
				b.right++
				some++
			}
		}
		got := scoresOf(gold, pred)
		for k, b := range got.bins {
			if w := want.bins[k]; b.n != w.n || b.right != w.right || math.Abs(b.score-w.score) > 1e-9 {
				t.Fatalf("gold %+v\nread %+v\nbin %d is %+v here and %+v in training", gold.Statements, pred.Statements, k, b, w)
			}
		}
	}
	if some < 300 {
		t.Errorf("only %d were right: the draw is too poor", some)
	}
}

// The tables of RESULTS.md, and the columns for a person.
func TestScoreTables(t *testing.T) {
	gold := []*doc.Doc{mark("[S1 Ann] [C1 said] [Q1 no], he thought.")}
	pred := []*doc.Doc{scoredDoc("[S1 Ann] [C1 said] [Q1 no], [S2 he] [C2 thought][Q2 .]", 0.8, 0.6)}
	rows := append(QuoteRows("polnear", "dev", gold, pred), LeastRows("polnear", "dev", gold, pred)...)
	rows = append(rows, ScoreRows("polnear", "dev", gold, pred)...)
	text := string(results{rows: rows}.markdown(nil))
	for _, want := range []string{
		"| score | n | mean score | matched | 95 % | before |\n|---|--:|--:|--:|--:|--:|\n" +
			"| 0.6-0.7 | 1 | 60.0 | **0.0** | 0.0–0.0 |  |\n| 0.8-0.9 | 1 | 80.0 | **100.0** | 100.0–100.0 |  |\n\n",
		"| expected calibration error | 2 | **40.0** | 40.0–40.0 |  |  |\n| Brier score × 100 | 2 | **20.0** | 20.0–20.0 |  | 25.0 |\n",
		"| 0 | 66.7 | 66.7 | 66.7 | 66.7 | 50.0 | 100.0 |\n| 0.3 | 66.7 | 66.7 | 66.7 | 66.7 | 50.0 | 100.0 |\n" +
			"| 0.5 | 66.7 | 66.7 | 66.7 | 66.7 | 50.0 | 100.0 |\n| 0.7 | 100.0 | 100.0 | 100.0 | 100.0 | 100.0 | 100.0 |\n" +
			"| 0.9 | 0.0 | 0.0 | 0.0 | 0.0 | 0.0 | 0.0 |\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no\n%s\nin\n%s", want, text)
		}
	}
	if _, after, _ := strings.Cut(text, "| nested share |"); strings.Contains(text, "| brier |") || strings.Contains(text, " at 0.3 |") || strings.Count(text, "\ndev:\n") != 1 || after == "" {
		t.Errorf("what has tables of its own stands in the first one too:\n%s", text)
	}
	var b bytes.Buffer
	if err := WriteTable(&b, rows[len(rows)-4:]); err != nil {
		t.Fatal(err)
	}
	want := `scores, dev                  n score       value          95 %  --fast baseline
  reliability 0.6-0.7        1  60.0         0.0     0.0 - 0.0                 
  reliability 0.8-0.9        1  80.0       100.0 100.0 - 100.0                 
  calibration error          2              40.0   40.0 - 40.0                 
  brier                      2              20.0   20.0 - 20.0             25.0
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}
