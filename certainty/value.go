package certainty

import "hearsay/doc"

// polarity is 1 where v says that it is so, -1 where it says that it is not, 0 for none.
func polarity(v doc.Factuality) int {
	switch v {
	case doc.Certain, doc.Probable, doc.Possible:
		return 1
	case doc.NotCertain, doc.NotProbable, doc.NotPossible:
		return -1
	}
	return 0
}

// strength is 3 for certain, 2 for probable, 1 for possible, 0 for no commitment.
func strength(v doc.Factuality) int {
	switch v {
	case doc.Certain, doc.NotCertain:
		return 3
	case doc.Probable, doc.NotProbable:
		return 2
	case doc.Possible, doc.NotPossible:
		return 1
	}
	return 0
}

// positive and negative are the values by their strength.
var (
	positive = [4]doc.Factuality{doc.Uncommitted, doc.Possible, doc.Probable, doc.Certain}
	negative = [4]doc.Factuality{doc.Uncommitted, doc.NotPossible, doc.NotProbable, doc.NotCertain}
)

// weaken returns v with a strength of at most n.
func weaken(v doc.Factuality, n int) doc.Factuality {
	n = min(n, strength(v))
	if polarity(v) < 0 {
		return negative[n]
	}
	return positive[n]
}

// degree is where a value stands on the scale from -3 to 3.
func degree(v doc.Factuality) float64 { return float64(polarity(v) * strength(v)) }

// operator is a sign at work: it turns how sure a holder is of the clause that the sign
// stands in into how sure the holder is of the sign's scope.
type operator struct {
	words doc.Span
	scope int // the token that heads the scope
	kind  string
	entry string
	// yes is the value of the scope where the clause is certain, no where it is certainly not
	// so. What is less certain outside is less certain inside.
	yes, no doc.Factuality
	// given: the scope is taken for granted, so that what stands around it does not matter.
	given bool
	// known: a noun told as known («the fire»), which is so to the reporter as well where
	// somebody only asks for it or wants it.
	known bool
	// others: the scope is somebody else's view.
	others bool
	// apart: the scope is somebody else's view, so that nothing in it binds the holder.
	apart bool
}

// apply returns the value of the operator's scope in a clause of value v.
func (o *operator) apply(v doc.Factuality) doc.Factuality {
	switch {
	case o.given:
		return o.yes
	case polarity(v) > 0:
		return weaken(o.yes, strength(v))
	case polarity(v) < 0:
		return weaken(o.no, strength(v))
	}
	return doc.Uncommitted
}

// asserting are the kinds of sign whose scope somebody holds to be so or not.
var asserting = map[string]bool{"report": true, "belief": true, "denial": true, "doubt": true, "evidential": true, "hedge": true, "prediction": true, "factive": true, "withheld": true}

// saying are the kinds in whose scope even a noun told as known is only somebody's word: «said
// the fire was out»; not so «believes the fire is out».
var saying = map[string]bool{"report": true, "denial": true, "evidential": true, "hedge": true, "withheld": true}

// evaluate returns what the operators, the innermost first, make of the innermost scope
// where all of them stand in a plain assertion.
func evaluate(ops []operator) doc.Factuality {
	v, apart := doc.Certain, false
	for i := len(ops) - 1; i >= 0; i-- {
		o := &ops[i]
		switch {
		case o.apart && saying[o.kind]:
			return doc.Uncommitted
		case o.apart:
			v, apart = doc.Uncommitted, true
		case apart && !o.known:
		default:
			v = o.apply(v)
			apart = false
		}
	}
	return v
}

// reported returns the operators as they bind a reporter who takes over what others say and
// believe, but not what they plan, want or ask for.
func reported(ops []operator) []operator {
	out := append([]operator(nil), ops...)
	for k := range out {
		if o := &out[k]; o.others && !asserting[o.kind] {
			o.apart = true
		}
	}
	return out
}
