package certainty

import (
	"testing"

	"hearsay/doc"
	"hearsay/lexicon"
)

// TestEvaluate composes operators; the innermost stands first.
func TestEvaluate(t *testing.T) {
	not := operator{kind: "negation", yes: doc.NotCertain, no: doc.Certain}
	may := operator{kind: "modal", yes: doc.Possible, no: doc.NotPossible}
	can := operator{kind: "modal", yes: doc.Possible, no: doc.NotCertain}
	fail := operator{kind: "implicative", yes: doc.NotCertain, no: doc.Certain}
	want := operator{kind: "want", yes: doc.Uncommitted, no: doc.Uncommitted, apart: true}
	say := operator{kind: "report", yes: doc.Certain, no: doc.Uncommitted, apart: true}
	believe := operator{kind: "belief", yes: doc.Certain, no: doc.NotCertain, apart: true}
	know := operator{kind: "factive", yes: doc.Certain, no: doc.Certain, given: true}
	fire := operator{kind: "fact", yes: doc.Certain, no: doc.Certain, given: true, known: true}
	for _, c := range []struct {
		name string
		ops  []operator
		want doc.Factuality
	}{
		{"told plainly", nil, doc.Certain},
		{"did not", []operator{not}, doc.NotCertain},
		{"may not", []operator{may, not}, doc.NotPossible},
		{"cannot", []operator{can, not}, doc.NotCertain},
		{"did not fail to", []operator{fail, not}, doc.Certain},
		{"may have failed to", []operator{fail, may}, doc.NotPossible},
		{"may not have failed to", []operator{fail, may, not}, doc.Possible},
		{"does not know that", []operator{know, not}, doc.Certain},
		{"wants to, to the author", []operator{want}, doc.Uncommitted},
		{"said that he knew that, to the author", []operator{know, say}, doc.Uncommitted},
		{"wants the fire out: there is one", []operator{fire, want}, doc.Certain},
		{"believes the fire is out: there is one", []operator{fire, believe}, doc.Certain},
		{"said the fire was out: the author is not bound", []operator{fire, say}, doc.Uncommitted},
	} {
		if got := evaluate(c.ops); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestPlace keeps a degree within its value.
func TestPlace(t *testing.T) {
	for _, c := range []struct {
		v       doc.Factuality
		x, want float64
	}{
		{doc.Certain, 1, 2.5}, {doc.Certain, 2.8, 2.8}, {doc.Certain, 9, 3}, {doc.NotCertain, -9, -3}, {doc.NotCertain, 2, -2.5},
		{doc.Uncommitted, 2, 0.5}, {doc.Possible, 1.2, 1.2},
	} {
		k := doc.Commitment{Value: c.v}
		if place(&k, c.x); k.Degree != c.want {
			t.Errorf("%s at %v: %v, want %v", c.v, c.x, k.Degree, c.want)
		}
	}
}

// TestKindsExplained holds that every kind of sign can be said in words.
func TestKindsExplained(t *testing.T) {
	words, err := lexicon.ShippedCertainties()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range words.All {
		if kinds[e.Kind] == "" {
			t.Errorf("%s: nothing says what %q does", e.Lemma, e.Kind)
		}
	}
	d := doc.New("They may leave.")
	s := doc.Sign{Span: doc.Span{Begin: 5, End: 8}, Kind: "modal", Value: doc.Possible}
	if got := Step(d, s); got != `"may" holds it possible: possible` {
		t.Errorf("got %s", got)
	}
}
