package provenance

import (
	"slices"

	"hearsay/claim"
	"hearsay/doc"
)

// Rise is a chain along which a claim has become surer than where it came from, with
// nothing new that would make it so: from "may" to "is".
type Rise struct {
	Tellings []int // indexes into Graph.Tellings, the least sure one first
	From, To doc.Factuality
}

// strength orders how sure a telling is. What nobody commits to is the least.
var strength = map[doc.Factuality]int{doc.Uncommitted: 1, doc.Possible: 2, doc.Probable: 3, doc.Certain: 4}

// sureOf returns how sure a telling says its claim is: the surest of its own source and
// the author.
func sureOf(s *claim.Statement) doc.Factuality {
	var best doc.Factuality
	for i, c := range s.Factuality {
		if (i == 0 || c.Holder == claim.Author) && strength[c.Value] > strength[best] {
			best = c.Value
		}
	}
	return best
}

// rises finds for each telling that has the claim from another one the weakest telling up
// its chain, and notes it where this one is surer, once for each step at which the
// certainty rose.
func (t *tracer) rises() {
	for i := range t.Tellings {
		x := &t.Tellings[i]
		mine := sureOf(x.Statement)
		up := t.upstream(i)
		if up < 0 || strength[mine] == 0 {
			continue
		}
		if theirs := sureOf(t.Tellings[up].Statement); strength[theirs] == 0 || strength[theirs] >= strength[mine] {
			continue
		}
		// This step rose. The chain begins with the weakest of those before it.
		path := []int{i, up}
		for seen := map[int]bool{i: true, up: true}; ; {
			up = t.upstream(up)
			if up < 0 || seen[up] {
				break
			}
			seen[up] = true
			path = append(path, up)
		}
		slices.Reverse(path)
		weakest := 0
		for k, at := range path[:len(path)-1] {
			if s := strength[sureOf(t.Tellings[at].Statement)]; s > 0 && s < strength[sureOf(t.Tellings[path[weakest]].Statement)] {
				weakest = k
			}
		}
		path = path[weakest:]
		t.Rises = append(t.Rises, Rise{path, sureOf(t.Tellings[path[0]].Statement), mine})
	}
}

// upstream returns the telling from which telling i has the claim, or -1. Where it has an
// origin of its own beside what it cites, there is none.
func (t *tracer) upstream(i int) int {
	for _, e := range t.from[i] {
		to := t.Edges[e].To
		if to >= 0 && t.Edges[e].Kind != SameUtterance && t.Tellings[to].Origin == t.Tellings[i].Origin {
			return to
		}
	}
	return -1
}
