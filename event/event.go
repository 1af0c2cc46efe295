package event

import (
	"slices"

	"hearsay/doc"
	"hearsay/lexicon/plover"
)

// Model finds events. It is safe for concurrent use.
type Model struct {
	frames *plover.Frames
	judges *Judges // nil: none
}

// Load returns a model with the judges that a file holds, and with the shipped frames and
// those of the user's folders on top. The error joins a *plover.Problem for each line of
// them that is wrong.
func Load(weights []byte, dirs ...string) (*Model, error) {
	m, err := New(dirs...)
	if err != nil {
		return nil, err
	}
	if m.judges, err = readJudges(weights); err != nil {
		return nil, err
	}
	return m, nil
}

// New is Load without judges, for those who teach them.
func New(dirs ...string) (*Model, error) {
	frames, err := plover.Open(dirs...)
	if err != nil {
		return nil, err
	}
	return &Model{frames: frames}, nil
}

// Frames returns the frames that the model reads with.
func (m *Model) Frames() *plover.Frames { return m.frames }

// Annotate fills the events of a Doc that has trees, statements, entities, times and places.
func (m *Model) Annotate(d *doc.Doc) {
	d.Events = d.Events[:0]
	x := newMatcher(d, m.frames)
	var all []found
	for s := range d.Sentences {
		sent := &d.Sentences[s]
		if sent.Block < len(d.Blocks) && !d.Blocks[sent.Block].Kind.Prose() {
			continue
		}
		for i := sent.First; i < sent.Last; i++ {
			if f, ok := x.at(i); ok {
				all = append(all, f)
			}
		}
	}
	all = settle(all)
	x.possessors(all)
	for _, f := range all {
		if x.political(&f) && !x.oneself(&f) && !x.sports(&f) {
			d.Events = append(d.Events, x.event(&f))
		}
	}
	d.Events = slices.DeleteFunc(d.Events, func(e doc.Event) bool { return x.again(d, &e) || x.outcome(d, &e) })
}

// outcome says whether an event is only what another one came to, and gives its targets to
// that: «attacked a station, killing two».
func (m *matcher) outcome(d *doc.Doc, e *doc.Event) bool {
	lemma := d.Tokens[e.Head].Lemma
	if e.Type != doc.Assault || !kills[lemma] && !injures[lemma] || !m.is(e.Head, "advcl", "conj", "acl") {
		return false
	}
	for k := range d.Events {
		o := &d.Events[k]
		if o.Head == e.Head || o.Type != doc.Assault || len(o.Actors) == 0 || len(e.Actors) == 0 || !m.under(e.Head, o.Head) || o.Actors[0].Span != e.Actors[0].Span {
			continue
		}
		for _, t := range e.Targets {
			if !slices.Contains(o.Targets, t) {
				o.Targets = append(o.Targets, t)
			}
		}
		return true
	}
	return false
}

// again says whether an event is told by another one that stands over it in the tree, of the same
// type and with the same actors: «met to hold talks».
func (m *matcher) again(d *doc.Doc, e *doc.Event) bool {
	for k := range d.Events {
		o := &d.Events[k]
		if o.Head == e.Head || o.Type != e.Type || len(o.Actors) == 0 || len(e.Actors) == 0 || !m.under(e.Head, o.Head) {
			continue
		}
		if o.Actors[0].Span == e.Actors[0].Span && (len(e.Targets) == 0 || len(o.Targets) > 0 && o.Targets[0].Span == e.Targets[0].Span) {
			return true
		}
	}
	return false
}

// settle leaves out what is no event, what hangs on a word of a heavier frame, and what stands in
// the infinitive or clause that a frame speaks of: «threatened to attack» is no attack.
func settle(all []found) []found {
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return all[b].weight - all[a].weight })
	taken, within := map[int]bool{}, map[int]bool{}
	gone := make([]bool, len(all))
	for _, i := range order {
		if gone[i] = taken[all[i].head]; gone[i] {
			continue
		}
		for _, w := range all[i].words {
			taken[w] = true
		}
	}
	for i := range all {
		if !gone[i] {
			for _, w := range all[i].within {
				within[w] = w != all[i].head
			}
		}
	}
	// What is agreed on or asked for has its target inside: «agreed to send police to Peru».
	for i := range all {
		if gone[i] || len(all[i].targets) > 0 {
			continue
		}
		for k := range all {
			if k != i && !gone[k] && slices.Contains(all[i].within, all[k].head) {
				all[i].targets = all[k].targets
			}
		}
	}
	out := all[:0]
	for i := range all {
		if !gone[i] && !within[all[i].head] && all[i].frame.Type != "none" {
			out = append(out, all[i])
		}
	}
	return out
}

// political says whether the parties make it a political interaction.
func (m *matcher) political(f *found) bool {
	best := func(list []party) rank {
		r := nobody
		for _, x := range list {
			r = max(r, x.rank)
		}
		return r
	}
	a, t := best(f.actors), best(f.targets)
	if !bodily[f.frame.Type] && !(m.anyKnown(f.actors) && m.anyKnown(f.targets)) {
		return false // «chastised people who do not agree»
	}
	switch {
	case max(a, t) == strong:
		return a > nobody || t >= public
	case f.frame.Type == "PROTEST":
		return a == public || slices.ContainsFunc(f.actors, func(x party) bool { return x.Sector != "" && x.many })
	case f.frame.Type == "ASSAULT" || f.frame.Type == "COERCE" || f.frame.Type == "RETREAT":
		return t == public && len(f.actors) == 0 || a == public
	}
	return false
}

// bodily are the types of what is done to people whoever they are.
var bodily = map[string]bool{"ASSAULT": true, "COERCE": true, "RETREAT": true, "AID": true, "PROTEST": true, "SANCTION": true}

// anyKnown says whether of one of the parties there is more known than that it is somebody;
// also where there are none.
func (m *matcher) anyKnown(list []party) bool {
	return len(list) == 0 || slices.ContainsFunc(list, func(x party) bool {
		return x.Country != "" || x.Sector != "" || x.Entity >= 0 && m.d.Entities[x.Entity].Named
	})
}

// oneself says whether the only target is a pronoun for the actor: «claimed that he was
// robbed».
func (m *matcher) oneself(f *found) bool {
	if len(f.actors) == 0 || len(f.targets) != 1 || m.d.Tokens[f.targets[0].head].UPOS != "PRON" {
		return false
	}
	return f.targets[0].Entity >= 0 && f.targets[0].Entity == f.actors[0].Entity
}

// sports says whether words of sport hang on the event: «was banned from the Olympics».
func (m *matcher) sports(f *found) bool {
	class := m.frames.Class("sport")
	lo, hi := m.subtree(f.head)
	for i := lo; i <= hi; i++ {
		if m.says(i, class) {
			return true
		}
	}
	return false
}

// event makes the event of a frame that was met.
func (m *matcher) event(f *found) doc.Event {
	e := doc.Event{Head: f.head, Trigger: m.trigger(f), Frame: f.frame.Text, Type: doc.EventType(f.frame.Type), Time: -1, Place: -1, Statement: -1}
	if len(f.frame.Modes) > 0 {
		e.Mode = f.frame.Modes[0]
	}
	if len(f.targets) == 0 && len(f.actors) > 1 && f.together() {
		f.actors, f.targets = f.actors[:1], f.actors[1:]
	}
	f.actors = slices.DeleteFunc(f.actors, m.arm)
	e.Actors, e.Targets = sides(f.actors, nil), sides(f.targets, f.actors)
	m.future(f, &e)
	m.statement(&e)
	m.when(f, &e)
	m.where(f, &e)
	m.victims(f, &e)
	m.contexts(f, &e)
	return e
}

// together says whether the frame has room for another side that is not named, so that its
// actors did it with each other: «Chile and Peru signed a treaty».
func (f *found) together() bool {
	for i := range f.frame.Pattern.Pieces {
		x := &f.frame.Pattern.Pieces[i]
		if x.Optional && x.Slot.Role == 'T' && len(x.Preps) == 1 && slices.Contains(x.Preps[0], "with") {
			return true
		}
	}
	return false
}

// arm says whether the party is a weapon of nobody that is told: «rockets hit the port» has no actor.
func (m *matcher) arm(x party) bool {
	return x.Country == "" && slices.Contains(m.frames.Class("weapon"), x.noun)
}

// reflexive words are no other side.
var reflexive = map[string]bool{"itself": true, "himself": true, "herself": true, "themselves": true, "each": true, "other": true}

// sides returns the parties, each entity once, without those that stand on the other side. Who are one
// entity on both sides stay: that is a slip of coreference, but for reflexives.
func sides(list, other []party) []doc.Party {
	var out []doc.Party
	for _, x := range list {
		same := func(y doc.Party) bool {
			return y.Span == x.Span || x.Entity >= 0 && y.Entity == x.Entity && y.Country == x.Country
		}
		if slices.ContainsFunc(out, same) || slices.ContainsFunc(other, func(y party) bool { return y.Span == x.Span }) || reflexive[x.noun] {
			continue
		}
		out = append(out, x.Party)
	}
	return out
}

// trigger returns the words of a frame where they stand near each other, else those about
// its head.
func (m *matcher) trigger(f *found) doc.Span {
	lo, hi := f.head, f.head
	for k := slices.Index(f.words, f.head) + 1; k < len(f.words) && f.words[k]-hi <= 3; k++ {
		hi = f.words[k]
	}
	for k := slices.Index(f.words, f.head) - 1; k >= 0 && lo-f.words[k] <= 3; k-- {
		lo = f.words[k]
	}
	return m.span(lo, hi)
}
