package eval

import (
	"math"
	"testing"

	"hearsay/doc"
)

// factual is a Doc of words with an event at each of some.
func factual(text string, events ...doc.Event) *doc.Doc {
	d := doc.New(text)
	begin := 0
	for i := 0; i <= len(text); i++ {
		if i == len(text) || text[i] == ' ' {
			d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: begin, End: i}})
			begin = i + 1
		}
	}
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: len(text)}, Last: len(d.Tokens)}}
	d.Events = events
	return d
}

func told(head int, v doc.Factuality, degree float64) doc.Event {
	return doc.Event{Head: head, Factuality: []doc.Commitment{{Holder: doc.ByAuthor, Value: v, Degree: degree}}}
}

func TestPearson(t *testing.T) {
	for _, c := range []struct {
		name string
		x, y []float64
		want float64
	}{
		{"alike", []float64{1, 2, 3}, []float64{2, 4, 6}, 1},
		{"contrary", []float64{1, 2, 3}, []float64{3, 2, 1}, -1},
		{"no relation", []float64{1, 2, 1, 2}, []float64{1, 1, 2, 2}, 0},
		{"by hand", []float64{1, 2, 3, 4}, []float64{1, 3, 2, 4}, 0.8},
		{"one does not vary", []float64{1, 2}, []float64{3, 3}, 0},
	} {
		if got := pearson(c.x, c.y); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestDegreeRows counts by hand: errors of 0, 1 and 1 degrees.
func TestDegreeRows(t *testing.T) {
	gold := []*doc.Doc{factual("They may leave", told(2, "", 1)), factual("He left and did not stay", told(1, "", 3), told(5, "", -3))}
	pred := [][]doc.Commitment{{{Degree: 1}}, {{Degree: 2}, {Degree: -2}}}
	rows := DegreeRows("uw", "dev", gold, pred)
	if len(rows) != 2 || rows[0].N != 3 || rows[1].Value != 66.67 {
		t.Errorf("rows %+v", rows)
	}
	// "may" and "not" are all that it takes here.
	if *rows[0].Baseline != 100 || *rows[1].Baseline != 0 {
		t.Errorf("baselines %v and %v", *rows[0].Baseline, *rows[1].Baseline)
	}
}

// TestValueRows counts by hand: of two certain ones, one is found and one taken for denied;
// the denied one is found.
func TestValueRows(t *testing.T) {
	gold := []*doc.Doc{factual("He left and did not stay", told(1, doc.Certain, 0), told(3, doc.Certain, 0), told(5, doc.NotCertain, 0))}
	pred := [][]doc.Commitment{{{Value: doc.Certain}, {Value: doc.NotCertain}, {Value: doc.NotCertain}}}
	want := map[string]float64{"macro-F1": 66.67, "macro-F1, all certain": 40, "CT+": 66.67, "CT-": 66.67, "accuracy": 66.67}
	rows := ValueRows("meantime", "dev", gold, pred)
	for _, r := range rows {
		if v, ok := want[r.Metric]; !ok || r.Value != v {
			t.Errorf("%s: %v, want %v", r.Metric, r.Value, v)
		}
		if r.Metric == "macro-F1" && (*r.Baseline != 100 || r.N != 3) {
			t.Errorf("baseline %v of %d", *r.Baseline, r.N)
		}
	}
	if len(rows) != len(want) {
		t.Errorf("%d rows", len(rows))
	}
}
