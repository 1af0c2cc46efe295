package provenance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"hearsay/claim"
	"hearsay/doc"
)

// origins gives each telling its origin. A telling that has the claim from another has that
// one's origin; one that has it from an outlet not at hand has its speaker as told there;
// one that nothing says has it from elsewhere is its speaker's own. Where reporting leads
// round and nothing outside feeds it, there is no origin.
func (t *tracer) origins() {
	state := make([]byte, len(t.Tellings)) // 1: being looked at, 2: done
	var resolve func(i int) int
	resolve = func(i int) int {
		if state[i] > 0 {
			return t.Tellings[i].Origin // -1 while it is being looked at
		}
		state[i] = 1
		x := &t.Tellings[i]
		if x.inside >= 0 {
			x.Origin = resolve(x.inside)
			state[i] = 2
			return x.Origin
		}
		round := false
		// What is at hand says more than what is not, and the nearest comes first.
		from := slices.Clone(t.from[i])
		slices.SortStableFunc(from, func(a, b int) int { return cmp.Compare(far(&t.Edges[a]), far(&t.Edges[b])) })
		for _, e := range from {
			edge := &t.Edges[e]
			if edge.To < 0 {
				x.Origin = t.reported(x, edge)
			} else {
				round = round || state[edge.To] == 1
				x.Origin = resolve(edge.To)
			}
			if x.Origin >= 0 {
				break
			}
		}
		if x.Origin < 0 && !x.Denies && (len(t.from[i]) == 0 || x.speaker.named && x.speaker.kind != doc.OutletSource && !round) {
			x.Origin = t.own(x, x.outlet)
		}
		state[i] = 2
		return x.Origin
	}
	for i := range t.Tellings {
		if !t.Tellings[i].Denies {
			resolve(i)
		}
	}
	for i := range t.Tellings {
		if o := t.Tellings[i].Origin; o >= 0 {
			t.Origins[o].Tellings = append(t.Origins[o].Tellings, i)
		}
	}
	t.order()
	t.utterances()
}

// far orders edges: those to a telling at hand come first.
func far(e *Edge) int {
	if e.To < 0 {
		return 1
	}
	return 0
}

// order numbers the origins by their first tellings and drops those without any.
func (t *tracer) order() {
	var kept []int
	for o := range t.Origins {
		if len(t.Origins[o].Tellings) > 0 {
			kept = append(kept, o)
		}
	}
	slices.SortStableFunc(kept, func(a, b int) int { return t.Origins[a].Tellings[0] - t.Origins[b].Tellings[0] })
	out := make([]Origin, len(kept))
	for n, o := range kept {
		out[n] = t.Origins[o]
		for _, i := range out[n].Tellings {
			t.Tellings[i].Origin = n
		}
	}
	t.Origins = out
}

// reported returns the origin of a telling that has the claim from an outlet whose article
// is not at hand: its own speaker as told there, else the outlet's report.
func (t *tracer) reported(x *Telling, e *Edge) int {
	o := t.in.medium(e.Outlet, day(moment(x.Article)))
	switch x.speaker.kind {
	case doc.OutletSource, doc.Author, doc.UnknownSource, "":
		if strings.ToLower(o.name) == o.name {
			return -1 // "local media", "state television": which one is not recorded
		}
		return t.origin(Origin{Kind: Report, Name: "report of " + o.name, Outlet: o.name, speaker: speaker{text: o.key}}, x, o)
	}
	return t.own(x, o)
}

// own returns the origin that the speaker of a telling is, as told to an outlet; -1 where
// nothing says from where the article has it.
func (t *tracer) own(x *Telling, told outlet) int {
	p := x.speaker
	switch p.kind {
	case doc.PersonSource, doc.OrganizationSource, doc.CountrySource:
		if w := fold(x.Statement.Cue.Text); len(w) > 1 && modal[w[0]] {
			return -1 // "Astana could have proposed that …": nobody says that it did
		}
		return t.origin(Origin{Kind: Utterance, Name: p.text, speaker: p}, x, told)
	case doc.DocumentSource:
		return t.origin(Origin{Kind: Document, Name: p.text, speaker: p}, x, told)
	case doc.Anonymous, doc.Collective:
		return t.origin(Origin{Kind: Unnamed, Name: fmt.Sprintf("%s, told to %s", p.text, told.name), Outlet: told.name, speaker: p}, x, told)
	case doc.OutletSource:
		if t.in.medium(p.text, day(moment(x.Article))).key != x.outlet.key {
			return -1
		}
		if saw[x.Statement.Cue.Lemma] && !strings.HasPrefix(x.Statement.Cue.Text, "ha") && !t.namesPaper(x) {
			return t.origin(Origin{Kind: Observation, Name: told.name + ", by its own people", Outlet: told.name, speaker: p}, x, told)
		}
		return t.somebody(x, told)
	case doc.UnknownSource, "":
		if t.namesItself(x) {
			return t.somebody(x, told)
		}
	}
	return -1
}

// somebody returns the origin of "The Herald has learnt that …", in the Herald: whoever told it, or
// showed it a paper.
func (t *tracer) somebody(x *Telling, told outlet) int {
	p := speaker{kind: doc.Anonymous, text: "somebody"}
	return t.origin(Origin{Kind: Unnamed, Name: "somebody, told to " + told.name, Outlet: told.name, speaker: p}, x, told)
}

// modal are verbs with which nobody has spoken yet.
var modal = setOf("could may might would should must")

// saw are verbs of what an outlet's own people did to know: "the Herald counted 40 tanks".
var saw = setOf("see count observe witness watch visit photograph film")

// origin returns the index of an origin: one that is there already and the same, or a new
// one.
func (t *tracer) origin(o Origin, x *Telling, told outlet) int {
	for n := range t.Origins {
		if old := &t.Origins[n]; old.Kind == o.Kind && t.one(old, &o, x, told) {
			if old.speaker.affiliation == "" {
				old.speaker.affiliation = o.speaker.affiliation
			}
			if len(o.speaker.name) > len(old.speaker.name) && o.speaker.affiliation != "" {
				old.speaker, old.Name = o.speaker, o.Name
			}
			return n
		}
	}
	o.speaker.told, o.speaker.on, o.speaker.words = told, moment(x.Article), x.Statement
	t.Origins = append(t.Origins, o)
	return len(t.Origins) - 1
}

// one says whether two origins of a kind are one.
func (t *tracer) one(old, o *Origin, x *Telling, told outlet) bool {
	p, q := &old.speaker, &o.speaker
	switch o.Kind {
	case Report:
		return p.text == q.text
	case Unnamed:
		return p.told.key == told.key && p.compatible(q)
	case Observation:
		return p.told.key == told.key
	case Document:
		return p.same(q) && (p.affiliation == q.affiliation || p.affiliation == "" || q.affiliation == "")
	}
	return p.same(q) && (near(p.on, moment(x.Article)) || sharesQuotation(p.words, x.Statement))
}

// mostDays is how many days apart articles may be that report one utterance: a briefing
// on Friday is in Monday's papers.
const mostDays = 3

// near says whether two moments are at most mostDays apart, or one is not known.
func near(a, b string) bool {
	x, err := time.Parse(time.DateOnly, day(a))
	y, err2 := time.Parse(time.DateOnly, day(b))
	if err != nil || err2 != nil {
		return true
	}
	d := x.Sub(y)
	return max(d, -d) <= mostDays*24*time.Hour
}

// sharesQuotation says whether the contents of two statements have five words in a row in
// common that both have in quotation marks or in direct speech.
func sharesQuotation(a, b *claim.Statement) bool {
	if a.Quotation == doc.Indirect || b.Quotation == doc.Indirect {
		return false
	}
	have := map[uint64]bool{}
	for _, h := range shingles(wordsOf(a.Words)) {
		have[h] = true
	}
	for _, h := range shingles(wordsOf(b.Words)) {
		if have[h] {
			return true
		}
	}
	return false
}

// utterances adds the edges between tellings of one utterance that no other edge joins.
func (t *tracer) utterances() {
	for _, o := range t.Origins {
		if o.Kind != Utterance && o.Kind != Document {
			continue
		}
		for _, i := range o.Tellings[1:] {
			if len(t.from[i]) == 0 && t.Tellings[i].inside < 0 {
				x := t.Tellings[o.Tellings[0]]
				t.edge(i, o.Tellings[0], x.outlet.name, SameUtterance, "both report "+strings.TrimSpace(o.Name))
			}
		}
	}
}
