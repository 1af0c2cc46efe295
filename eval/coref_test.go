package eval

import (
	"math"
	"math/rand/v2"
	"testing"

	"hearsay/doc"
)

// mentioned makes a Doc whose mentions are single bytes: "ab c" is one entity with the
// mentions at 'a' and 'b', and another at 'c'.
func mentioned(chains ...string) *doc.Doc {
	d := new(doc.Doc)
	for e, c := range chains {
		d.Entities = append(d.Entities, doc.Entity{})
		for i := range len(c) {
			at := int(c[i] - 'a')
			d.Mentions = append(d.Mentions, doc.Mention{Span: doc.Span{Begin: at, End: at + 1}, Entity: e})
		}
	}
	return d
}

// TestCorefScores holds the three metrics against what was worked out by hand. Each
// figure is right/all, precision before recall.
func TestCorefScores(t *testing.T) {
	for _, c := range []struct {
		name       string
		gold, pred []string
		want       [3]ratio // MUC, B-cubed, CEAF-e
	}{
		{"alike", []string{"abc", "de"}, []string{"abc", "de"},
			// 2 + 1 links; 5 mentions; two chains, each as similar as can be.
			[3]ratio{{3, 3, 3, 3}, {5, 5, 5, 5}, {2, 2, 2, 2}}},
		{"nothing in common", []string{"ab"}, []string{"cd"},
			[3]ratio{{0, 1, 0, 1}, {0, 2, 0, 2}, {0, 1, 0, 1}}},
		{"nothing found", []string{"abc"}, nil,
			[3]ratio{{0, 0, 0, 2}, {0, 0, 0, 3}, {0, 0, 0, 1}}},
		{"one chain cut in two", []string{"abcd"}, []string{"ab", "cd"},
			// MUC: both links found are right; of 3 gold links 4 - 2 parts = 2 are found.
			// B-cubed: each mention found with its all; in the gold each has 2 of its 4.
			// CEAF-e: one of the halves is paired, 2*2/(4+2) = 2/3.
			[3]ratio{{2, 2, 2, 3}, {4, 4, 2, 4}, {2. / 3, 2, 2. / 3, 1}}},
		{"two chains put together", []string{"ab", "cd"}, []string{"abcd"},
			[3]ratio{{2, 3, 2, 2}, {2, 4, 4, 4}, {2. / 3, 1, 2. / 3, 2}}},
		// Vilain et al. (1995) and Bagga and Baldwin (1998): 12 mentions 1-2-3-4-5, 6-7, 8-9-A-B-C.
		{"two large ones put together", []string{"abcde", "fg", "hijkl"}, []string{"abcde", "fghijkl"},
			// MUC: 4+6 links found, of which 4+5 are right; all 4+1+4 gold ones are found.
			// B-cubed P: 5*5/5 + (2*2+5*5)/7 = 5 + 29/7; every gold mention is with its all.
			// CEAF-e: 1 and, of fg and hijkl, the better: 2*5/(5+7) = 5/6.
			[3]ratio{{9, 10, 9, 9}, {5 + 29./7, 12, 12, 12}, {11. / 6, 2, 11. / 6, 3}}},
		{"the large put together with the large", []string{"abcde", "fg", "hijkl"}, []string{"abcdehijkl", "fg"},
			// MUC does not see the difference to the one before; B-cubed does: 2*(5*5/10) + 2.
			// CEAF-e: 2*5/(5+10) = 2/3 and 1.
			[3]ratio{{9, 10, 9, 9}, {2 + 5, 12, 12, 12}, {5. / 3, 2, 5. / 3, 3}}},
		// Mentions without a twin: the other side lacks them.
		{"a mention too many", []string{"ab"}, []string{"abx"},
			// MUC: 2 links found, 3 - 1 part - 1 alone = 1 right. B-cubed: a and b each with 2 of 3; x with none.
			// CEAF-e: 2*2/(2+3) = 4/5.
			[3]ratio{{1, 2, 1, 1}, {4. / 3, 3, 2, 2}, {0.8, 1, 0.8, 1}}},
		{"a mention missed", []string{"abx"}, []string{"ab"},
			[3]ratio{{1, 1, 1, 2}, {2, 2, 4. / 3, 3}, {0.8, 1, 0.8, 1}}},
		{"a chain that is not there", []string{"ab"}, []string{"ab", "xy"},
			[3]ratio{{1, 2, 1, 1}, {2, 4, 2, 2}, {1, 2, 1, 1}}},
		{"one mention in place of another", []string{"abc"}, []string{"abx"},
			// MUC: a-b right of 2. B-cubed: a and b with 2 of 3 each. CEAF-e: 2*2/(3+3).
			[3]ratio{{1, 2, 1, 2}, {4. / 3, 3, 4. / 3, 3}, {2. / 3, 1, 2. / 3, 1}}},
		{"what is mentioned once does not count", []string{"ab", "c"}, []string{"ab", "d", "e"},
			[3]ratio{{1, 1, 1, 1}, {2, 2, 2, 2}, {1, 1, 1, 1}}},
		{"single in the gold, linked in what was found", []string{"ab", "c"}, []string{"abc"},
			[3]ratio{{1, 2, 1, 1}, {4. / 3, 3, 2, 2}, {0.8, 1, 0.8, 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := CorefScores(mentioned(c.gold...), mentioned(c.pred...))
			for k, metric := range corefMetrics {
				g, w := got[k], c.want[k]
				for i, pair := range [4][2]float64{{g.pRight, w.pRight}, {g.pAll, w.pAll}, {g.rRight, w.rRight}, {g.rAll, w.rAll}} {
					if math.Abs(pair[0]-pair[1]) > 1e-12 {
						t.Errorf("%s: %s is %.4f, want %.4f", metric, [4]string{"right of the found", "found", "found of the gold", "gold"}[i], pair[0], pair[1])
					}
				}
			}
			// The other way round precision is recall.
			back := CorefScores(mentioned(c.pred...), mentioned(c.gold...))
			for k, metric := range corefMetrics {
				g, b := got[k], back[k]
				if math.Abs(g.pRight-b.rRight) > 1e-12 || math.Abs(g.rRight-b.pRight) > 1e-12 || g.pAll != b.rAll || g.rAll != b.pAll {
					t.Errorf("%s: %v, and %v with the sides changed", metric, g, b)
				}
			}
		})
	}
}

// A span that is marked twice for one entity is one mention.
func TestChains(t *testing.T) {
	d := mentioned("aab", "cc")
	got := chains(d)
	if len(got) != 1 || len(got[0]) != 2 {
		t.Errorf("%v", got)
	}
}

func TestRatio(t *testing.T) {
	p, r, f := ratio{1, 2, 1, 4}.add(ratio{0, 0, 1, 0}).scores()
	if p != 50 || r != 50 || f != 50 {
		t.Errorf("%v %v %v", p, r, f)
	}
	if p, r, f := (ratio{}).scores(); p != 0 || r != 0 || f != 0 {
		t.Errorf("of nothing: %v %v %v", p, r, f)
	}
}

// TestCorefRows checks the mean of the three, over two documents together.
func TestCorefRows(t *testing.T) {
	gold := []*doc.Doc{mentioned("abcd"), mentioned("ab")}
	pred := []*doc.Doc{mentioned("ab", "cd"), mentioned("ab")}
	rows := corefRows("invented", "dev", gold, pred)
	if len(rows) != 4 {
		t.Fatalf("%d rows", len(rows))
	}
	// MUC: P 3/3, R 3/4. B-cubed: P 6/6, R 4/6. CEAF-e: 5/3 of 3 and of 2.
	want := map[string][3]float64{"MUC": {100, 75, 85.71}, "B-cubed": {100, 66.67, 80}, "CEAF-e": {55.56, 83.33, 66.67}, "CoNLL": {85.19, 75, 77.46}}
	for _, r := range rows {
		if w := want[r.Metric]; math.Abs(*r.P-w[0]) > 0.011 || math.Abs(*r.R-w[1]) > 0.011 || math.Abs(*r.F1-w[2]) > 0.011 || r.N != 6 {
			t.Errorf("%s: %v %v %v of %d, want %v of 6", r.Metric, *r.P, *r.R, *r.F1, r.N, w)
		}
	}
}

// TestAssign holds the cheapest pairing against all pairings.
func TestAssign(t *testing.T) {
	if assign(nil) != 0 || assign([][]float64{{}, {}}) != 0 {
		t.Error("pairing nothing costs something")
	}
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 5))
		rows, cols := 1+rng.IntN(5), 1+rng.IntN(5)
		cost := make([][]float64, rows)
		for i := range cost {
			cost[i] = make([]float64, cols)
			for k := range cost[i] {
				cost[i][k] = float64(rng.IntN(9) - 4) // many are equal
				if seed%2 == 0 {
					cost[i][k] = -rng.Float64()
				}
			}
		}
		if got, want := assign(cost), cheapest(cost, 0, make([]bool, cols), min(rows, cols)); math.Abs(got-want) > 1e-9 {
			t.Errorf("seed %d, %d by %d: %v, want %v", seed, rows, cols, got, want)
		}
	}
}

// cheapest tries all ways to pair n rows from row i on with columns that are not taken.
func cheapest(cost [][]float64, i int, taken []bool, n int) float64 {
	if n == 0 {
		return 0
	}
	if len(cost)-i < n {
		return math.Inf(1)
	}
	least := cheapest(cost, i+1, taken, n) // row i stays alone
	for k := range taken {
		if !taken[k] {
			taken[k] = true
			least = min(least, cost[i][k]+cheapest(cost, i+1, taken, n-1))
			taken[k] = false
		}
	}
	return least
}

// TestRefersTo says when a pronoun counts as linked to a name.
func TestRefersTo(t *testing.T) {
	// "Jane Roe met Ada. She left": the name's mention may be longer than the name.
	d := doc.New("Sen. Jane Roe met Ada. She left")
	d.Tokens = []doc.Token{{Span: doc.Span{Begin: 0, End: 4}}, {Span: doc.Span{Begin: 5, End: 9}}, {Span: doc.Span{Begin: 10, End: 13}},
		{Span: doc.Span{Begin: 18, End: 21}}, {Span: doc.Span{Begin: 23, End: 26}}}
	d.Entities = make([]doc.Entity, 2)
	d.Mentions = []doc.Mention{{Span: doc.Span{Begin: 0, End: 13}, Head: 1, Entity: 0}, {Span: doc.Span{Begin: 18, End: 21}, Head: 3, Entity: 1},
		{Span: doc.Span{Begin: 23, End: 26}, Head: 4, Entity: 0}}
	jane, ada, she := doc.Span{Begin: 5, End: 13}, doc.Span{Begin: 18, End: 21}, doc.Span{Begin: 23, End: 26}
	for _, c := range []struct {
		name           string
		pronoun, name2 doc.Span
		want           bool
	}{
		{"its name", she, jane, true},
		{"the other name", she, ada, false},
		{"what is no mention", doc.Span{Begin: 27, End: 31}, jane, false},
	} {
		if got := refersTo(d, c.pronoun, c.name2); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

func TestYes(t *testing.T) {
	for _, c := range []struct {
		gold, pred bool
		want       Count
	}{
		{true, true, Count{Right: 1, Gold: 1, Pred: 1}}, {true, false, Count{Gold: 1}}, {false, true, Count{Pred: 1}}, {false, false, Count{}},
	} {
		if got := yes(c.gold, c.pred); got != c.want {
			t.Errorf("gold %v, found %v: %v", c.gold, c.pred, got)
		}
	}
}

// TestHeadBaseline puts mentions of the same words together.
func TestHeadBaseline(t *testing.T) {
	d := doc.New("Roe met Roe and Ek")
	for _, s := range []doc.Span{{Begin: 0, End: 3}, {Begin: 8, End: 11}, {Begin: 16, End: 18}} {
		d.Mentions = append(d.Mentions, doc.Mention{Span: s, Entity: len(d.Mentions)})
	}
	out := wordsBaseline([]*doc.Doc{d})[0]
	if len(out.Entities) != 2 || out.Mentions[0].Entity != out.Mentions[1].Entity || out.Mentions[2].Entity == out.Mentions[0].Entity {
		t.Errorf("%v", out.Mentions)
	}
	if d.Mentions[1].Entity != 1 {
		t.Error("what was found is changed")
	}
}
