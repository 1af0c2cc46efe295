package certainty

import "hearsay/doc"

// Degrees from which the network goes before the rules. They are from MEANTIME's train part.
const (
	surelySo  = 1.0  // though the rules deny it: mostly a negation that belongs elsewhere
	surelyNot = -0.3 // though the rules find no denial
)

// settle returns the value of rules and network together. The rules decide, but where the
// network is sure of the contrary.
func settle(v doc.Factuality, degree float64) doc.Factuality {
	switch {
	case polarity(v) < 0 && degree > surelySo:
		return doc.Certain
	case v == doc.Certain && degree < surelyNot:
		return doc.NotCertain
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
