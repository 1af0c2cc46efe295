package provenance

import (
	"cmp"
	"slices"
	"strings"
)

// pairs says of each two origins how they stand to each other.
func (t *tracer) pairs() {
	t.relays()
	for a := range t.Origins {
		for b := a + 1; b < len(t.Origins); b++ {
			r, why := t.relation(a, b)
			t.Pairs = append(t.Pairs, Pair{a, b, r, why})
		}
	}
}

// relation returns how two origins stand to each other, and why. Independent needs
// evidence: two speakers of different states or bodies, neither of whom has it from the
// other.
func (t *tracer) relation(a, b int) (Relation, string) {
	x, y := &t.Origins[a], &t.Origins[b]
	if why := t.leads(a, b); why != "" {
		return Derived, why
	}
	p, q := &x.speaker, &y.speaker
	if p.same(q) {
		return Unknown, "the same speaker at another time"
	}
	if x.Kind == Report || y.Kind == Report {
		return Unknown, "what " + cmp.Or(x.reportOf(), y.reportOf()) + " reported is not at hand"
	}
	if x.Kind == Observation && y.Kind == Observation {
		if p.told.family == q.told.family {
			return Unknown, "one owner: " + p.told.family
		}
		return Independent, "seen by people of two outlets"
	}
	why, firm := p.apart(q)
	if x.Kind == Unnamed || y.Kind == Unnamed {
		if firm || why != "" && x.Kind == Unnamed && y.Kind == Unnamed {
			return Independent, why
		}
		if x.Kind == Unnamed && y.Kind == Unnamed {
			return Unknown, "two unnamed sources, whom nothing tells apart"
		}
		return Unknown, "the unnamed source may be the named one, or of the same body"
	}
	if firm {
		return Independent, why
	}
	if x.Kind == Observation || y.Kind == Observation {
		return Independent, "one saw it, the other said it"
	}
	if p.affiliation != "" && p.affiliation == q.affiliation {
		return Unknown, "one institutional position: " + p.affiliation
	}
	return Unknown, "nothing says whom they speak for"
}

func (o *Origin) reportOf() string {
	if o.Kind == Report {
		return o.Outlet
	}
	return ""
}

// leads returns why one of two origins has it from the other, or "": a telling of the one
// stands in a statement of the other's speaker ("officials said that the cable says …").
func (t *tracer) leads(a, b int) string {
	for _, pair := range [][2]int{{a, b}, {b, a}} {
		from, to := &t.Origins[pair[0]], &t.Origins[pair[1]]
		if !to.speaker.named {
			continue
		}
		for i := range from.around {
			if p := &from.around[i]; p.same(&to.speaker) && !p.same(&from.speaker) {
				return strings.TrimSpace(to.Name) + " is the one who says what " + strings.TrimSpace(from.Name) + " said"
			}
		}
	}
	return ""
}

// relays fills for each origin the named speakers of the statements in which its tellings
// stand.
func (t *tracer) relays() {
	for n := range t.Origins {
		o := &t.Origins[n]
		for _, i := range o.Tellings {
			x := &t.Tellings[i]
			for _, id := range x.chain()[1:] {
				p := t.in.speakerOf(x.Article, x.statement(id))
				there := func(q speaker) bool { return p.same(&q) }
				if p.named && !slices.ContainsFunc(o.around, there) {
					o.around = append(o.around, p)
				}
			}
		}
	}
}
