package claim

import (
	"slices"
	"strconv"
	"strings"

	"hearsay/doc"
)

// New returns the article that a Doc holds. What the Doc's Meta knows of outlet, title,
// dates and credit fills the fields of evidence that e leaves empty. Citations are those
// that [Cite] finds.
func New(d *doc.Doc, locator string, e Evidence) *Article {
	m := &d.Meta
	fill(&e.Title, m.Title)
	fill(&e.Outlet, m.Outlet)
	fill(&e.Byline, m.Byline)
	fill(&e.Credit, m.Credit)
	fill(&e.Published, m.Published)
	fill(&e.Language, m.Language)
	a := &Article{
		ID: ArticleID(locator, d.Text), Locator: locator, Text: d.Text, TextHash: Hash([]byte(d.Text)),
		Reader: d.Reader, Evidence: e,
		Entities:   make([]Entity, len(d.Entities)),
		Statements: make([]Statement, len(d.Statements)),
		Events:     make([]Event, len(d.Events)),
		Times:      make([]Time, len(d.Times)),
		Places:     make([]Place, len(d.Places)),
	}
	for i := range d.Entities {
		a.Entities[i] = entity(&d.Entities[i], i)
	}
	for i := range d.Mentions {
		e := &a.Entities[d.Mentions[i].Entity]
		if e.Count++; e.Count == 1 {
			e.First = d.Mentions[i].Span
		}
	}
	for i := range d.Statements {
		a.Statements[i] = statement(d, i)
	}
	for i := range d.Events {
		a.Events[i] = event(d, i)
	}
	for i, t := range d.Times {
		a.Times[i] = Time{t.Span, d.Slice(t.Span), t.Type, t.Value}
	}
	for i := range d.Places {
		p := &d.Places[i]
		a.Places[i] = Place{number("p", i), p.Span, d.Slice(p.Span), p.Resolved(), p.Name, p.Country, p.Lat, p.Lon, p.GeoNames}
	}
	a.Citations = Cite(d)
	about(a, d)
	a.Entities = slices.DeleteFunc(a.Entities, unnamed(a))
	return a
}

// about fills for each statement the entities that its content mentions.
func about(a *Article, d *doc.Doc) {
	for i := range a.Statements {
		s := &a.Statements[i]
		for _, m := range d.Mentions {
			inside := slices.ContainsFunc(s.Content, func(c doc.Span) bool { return c.Begin <= m.Begin && m.End <= c.End })
			id := number("e", m.Entity)
			if inside && !slices.Contains(s.About, id) {
				s.About = append(s.About, id)
			}
		}
	}
}

// unnamed returns a test for the entities that are not kept: without a name, and named by
// nothing else. Most are, such as "a long road", and they would be half of a ledger. What
// a statement is about does not keep them, and drops them in turn.
func unnamed(a *Article) func(Entity) bool {
	kept := map[string]bool{}
	for i := range a.Statements {
		s := &a.Statements[i]
		kept[s.Source.Entity], kept[s.Addressee.Entity] = true, true
	}
	for i := range a.Events {
		for _, p := range slices.Concat(a.Events[i].Actors, a.Events[i].Targets) {
			kept[p.Entity] = true
		}
	}
	for _, c := range a.Citations {
		kept[c.Party.Entity] = true
	}
	for _, e := range a.Entities {
		if e.Named || e.Known != "" || e.Country != "" {
			kept[e.ID] = true
		}
	}
	// A group that a kept entity is a member of is kept too; groups are not members.
	for _, e := range a.Entities {
		if kept[e.ID] {
			for _, g := range e.Of {
				kept[g] = true
			}
		}
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		s.About = slices.DeleteFunc(s.About, func(id string) bool { return !kept[id] })
	}
	return func(e Entity) bool { return !kept[e.ID] }
}

func fill(field *string, with string) {
	if *field == "" {
		*field = with
	}
}

// number returns the id of the thing with an index, or "" for -1: "s1" for the first
// statement, as in a reading.
func number(letter string, i int) string {
	if i < 0 {
		return ""
	}
	return letter + strconv.Itoa(i+1)
}

func entity(e *doc.Entity, i int) Entity {
	out := Entity{ID: number("e", i), Name: e.Name, Named: e.Named, Type: e.Type, Country: e.Country,
		Sector: e.Sector, Body: e.Body, Role: e.Role, Known: e.Known}
	for _, g := range e.Of {
		out.Of = append(out.Of, number("e", g))
	}
	return out
}

func statement(d *doc.Doc, i int) Statement {
	s := &d.Statements[i]
	src := &s.Source
	return Statement{
		ID: number("s", i), Parent: number("s", s.Parent), Score: s.Score,
		Source: Source{party(d, src.Span, src.Entity), src.Kind, src.Role, src.Affiliation, src.Assumed, src.Count,
			src.Basis, src.Terms, src.Record},
		Cue:     Cue{s.Cue.Spans, words(d, s.Cue.Spans), s.Cue.Lemma, s.Cue.Class},
		Content: s.Content, Words: words(d, s.Content),
		Quotation: s.Quotation, Negated: s.Negated,
		Addressee:  party(d, s.Addressee, s.Told),
		Factuality: commitments(s.Factuality),
	}
}

func event(d *doc.Doc, i int) Event {
	v := &d.Events[i]
	out := Event{
		ID: number("v", i), Trigger: v.Trigger, Text: d.Slice(v.Trigger), Frame: v.Frame,
		Type: v.Type, Mode: v.Mode, Contexts: v.Contexts,
		Actors: actors(d, v.Actors), Targets: actors(d, v.Targets),
		Place: number("p", v.Place), Statement: number("s", v.Statement),
		Killed: v.Killed, Injured: v.Injured, Amount: d.Slice(v.Amount),
		Factuality: commitments(v.Factuality),
	}
	if v.Time >= 0 {
		out.Time = d.Times[v.Time].Value
	}
	return out
}

func actors(d *doc.Doc, parties []doc.Party) []Actor {
	var out []Actor
	for _, p := range parties {
		out = append(out, Actor{party(d, p.Span, p.Entity), p.Country, p.Sector})
	}
	return out
}

// party returns the words of a span and whom entity i is; an empty span is nobody.
func party(d *doc.Doc, span doc.Span, i int) Party {
	if span.Empty() {
		return Party{}
	}
	p := Party{Span: span, Text: d.Slice(span)}
	if i >= 0 && i < len(d.Entities) {
		e := &d.Entities[i]
		p.Entity, p.Known = number("e", i), e.Known
		if e.Named {
			p.Name = e.Name
		}
	}
	return p
}

func commitments(of []doc.Commitment) []Commitment {
	var out []Commitment
	for _, c := range of {
		holder := Author
		if c.Holder != doc.ByAuthor {
			holder = number("s", c.Holder)
		}
		out = append(out, Commitment{holder, c.Value})
	}
	return out
}

// words returns fragments joined by single spaces, with each run of white space in them
// made one space.
func words(d *doc.Doc, spans []doc.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, strings.Fields(d.Slice(s))...)
	}
	return strings.Join(parts, " ")
}
