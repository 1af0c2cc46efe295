package quote

import (
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
)

func TestJudge(t *testing.T) {
	const text = "Ann and Bo said that Cy warned of rain."
	at := func(s string) doc.Span {
		i := strings.Index(text, s)
		if i < 0 && s != "" {
			t.Fatalf("%q does not stand in the text", s)
		}
		return doc.Span{Begin: max(i, 0), End: max(i, 0) + len(s)}
	}
	st := func(score float64, source, cue, content string) doc.Statement {
		return doc.Statement{Score: score, Source: doc.Source{Span: at(source)}, Cue: doc.Cue{Spans: []doc.Span{at(cue)}}, Content: []doc.Span{at(content)}}
	}
	said := st(0, "Ann and Bo", "said", "that Cy warned of rain")
	for _, test := range []struct {
		name       string
		gold, pred []doc.Statement
		scores     []float64
		right      []bool
	}{
		{"right", []doc.Statement{said}, []doc.Statement{st(0.9, "Bo", "said", "rain")}, []float64{0.9}, []bool{true}},
		{"another source", []doc.Statement{said}, []doc.Statement{st(0.9, "Cy", "said", "rain")}, []float64{0.9}, []bool{false}},
		{"no source", []doc.Statement{said}, []doc.Statement{st(0.9, "", "said", "rain")}, []float64{0.9}, []bool{false}},
		{"no source in either", []doc.Statement{st(0, "", "said", "rain")}, []doc.Statement{st(0.9, "", "said", "of rain")}, []float64{0.9}, []bool{true}},
		{"another cue", []doc.Statement{said}, []doc.Statement{st(0.9, "Ann", "warned", "rain")}, []float64{0.9}, []bool{false}},
		{"another content", []doc.Statement{said}, []doc.Statement{st(0.9, "Ann", "said", "Bo")}, []float64{0.9}, []bool{false}},
		{"nothing in the gold", nil, []doc.Statement{st(0.9, "Ann", "said", "rain")}, []float64{0.9}, []bool{false}},
		{"nothing read", []doc.Statement{said}, nil, nil, nil},
		{"nested ones are left out", []doc.Statement{said},
			[]doc.Statement{st(0.9, "Ann", "said", "that Cy warned of rain"), st(0.8, "Cy", "warned", "of rain")}, []float64{0.9}, []bool{true}},
		{"the likelier of two is paid for", []doc.Statement{said},
			[]doc.Statement{st(0.4, "Ann", "said", "Cy"), st(0.9, "Bo", "said", "rain")}, []float64{0.4, 0.9}, []bool{false, true}},
		// The likelier could have either, the other only the second: both are paid for.
		{"as many pairs as can be", []doc.Statement{st(0, "Bo", "said", "rain"), said},
			[]doc.Statement{st(0.9, "Bo", "said", "that Cy warned of rain"), st(0.4, "Ann", "said", "Cy")}, []float64{0.9, 0.4}, []bool{true, true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			scores, right := Judge(test.gold, test.pred)
			if !slices.Equal(scores, test.scores) || !slices.Equal(right, test.right) {
				t.Errorf("got %v %v, want %v %v", scores, right, test.scores, test.right)
			}
		})
	}
}
