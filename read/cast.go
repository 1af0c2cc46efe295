package read

import (
	"fmt"
	"slices"
	"strings"

	"hearsay/doc"
)

// CastSchema names the JSON form of a cast.
const CastSchema = "hearsay/cast/1"

// Member is a source of an article and what is known of it. Unknown fields are empty.
type Member struct {
	// Name is the fullest name that the article gives, the words that describe who has
	// no name, or "" where no source stands in the text.
	Name  string
	Named bool // whether Name is a proper name
	// Entity is an index into Doc.Entities, or -1.
	Entity      int
	Kind        doc.SourceKind // that of most of its statements
	Role        string
	Affiliation string
	Count       int // how many they are, 0 where that is not told
	Basis       string
	Terms       string
	Record      doc.Record // empty too where its statements differ
	// Of are the groups that it is a member of, as indices into Doc.Entities.
	Of []int
	// Told are those it spoke to, each once, in the order in which they come up.
	Told []Listener
	// Statements are indices into Doc.Statements, in order.
	Statements []int
}

// Listener is somebody to whom a source spoke.
type Listener struct {
	Name   string // of the entity, or else the article's words
	Entity int    // an index into Doc.Entities, or -1
}

// Cast returns the sources of an article's statements whose score, as it is shown, is
// at least least. Statements of one entity are one source's. Where no entity is known,
// every statement has a source of its own, alike though their words may be: two times
// "an official" may be two officials. What nobody in the text vouches for is the
// author's, and those statements are one member.
//
// Who has most statements comes first, then who came up first; those that stand in no
// words of the text come last. Listeners that are mere pronouns are left out.
func Cast(d *doc.Doc, least float64) []Member {
	var out []Member
	seat := map[int]int{} // by entity; below -1 by statement
	const author = -1
	for _, i := range choose(d, least).shown {
		src := &d.Statements[i].Source
		key, entity := -2-i, -1
		switch {
		case src.Span.Empty():
			if src.Kind == doc.Author {
				key = author
			}
		case entityOf(d, src.Entity) != nil:
			key, entity = src.Entity, src.Entity
		}
		at, ok := seat[key]
		if !ok {
			at = len(out)
			seat[key] = at
			out = append(out, Member{Entity: entity})
		}
		out[at].Statements = append(out[at].Statements, i)
	}
	for i := range out {
		out[i].fill(d)
	}
	slices.SortStableFunc(out, func(a, b Member) int {
		if a.Name == "" != (b.Name == "") {
			if a.Name == "" {
				return 1
			}
			return -1
		}
		return len(b.Statements) - len(a.Statements)
	})
	return out
}

// fill gathers what the statements of a member tell of it.
func (m *Member) fill(d *doc.Doc) {
	kinds := map[doc.SourceKind]int{}
	on, off := false, false
	for _, i := range m.Statements {
		s := &d.Statements[i]
		src := &s.Source
		kind := kindOf(src.Kind)
		kinds[kind]++
		if kinds[kind] > kinds[m.Kind] {
			m.Kind = kind
		}
		first(&m.Role, src.Role)
		first(&m.Affiliation, src.Affiliation)
		first(&m.Count, src.Count)
		first(&m.Basis, src.Basis)
		first(&m.Terms, src.Terms)
		on, off = on || src.Record == doc.OnRecord, off || src.Record == doc.OffRecord
		m.hear(d, s)
	}
	switch {
	case on && !off:
		m.Record = doc.OnRecord
	case off && !on:
		m.Record = doc.OffRecord
	}
	if e := entityOf(d, m.Entity); e != nil {
		m.Named, m.Of = e.Named, e.Of
		if e.Named || !pronoun(e.Name) {
			m.Name = e.Name
		}
	}
	// «He will not go, the envoy said»: the first mention is no description.
	for _, i := range m.Statements {
		if text := d.Slice(d.Statements[i].Source.Span); !pronoun(text) {
			first(&m.Name, text)
		}
	}
	first(&m.Name, d.Slice(d.Statements[m.Statements[0]].Source.Span))
}

// hear adds the addressee of a statement to those whom a member told something.
func (m *Member) hear(d *doc.Doc, s *doc.Statement) {
	if s.Addressee.Empty() {
		return
	}
	l := Listener{d.Slice(s.Addressee), -1}
	if e := entityOf(d, s.Told); e != nil {
		l.Entity = s.Told
		if e.Named || pronoun(l.Name) {
			l.Name = e.Name
		}
	}
	if pronoun(l.Name) || slices.ContainsFunc(m.Told, func(o Listener) bool {
		return o == l || l.Entity >= 0 && o.Entity == l.Entity || strings.EqualFold(o.Name, l.Name)
	}) {
		return
	}
	m.Told = append(m.Told, l)
}

// first sets to unless it has been set.
func first[T comparable](to *T, from T) {
	var none T
	if *to == none {
		*to = from
	}
}

// pronouns name nobody by themselves.
var pronouns = map[string]bool{
	"i": true, "me": true, "we": true, "us": true, "you": true, "he": true, "him": true, "she": true, "her": true,
	"they": true, "them": true, "it": true, "who": true, "whom": true, "which": true, "that": true, "this": true,
	"these": true, "those": true, "himself": true, "herself": true, "themselves": true, "itself": true, "ourselves": true,
	"his": true, "their": true, "its": true, "my": true, "our": true, "your": true, "myself": true, "yourself": true,
}

// pronoun says whether words are one pronoun, so that they do not describe anybody.
func pronoun(s string) bool { return pronouns[strings.ToLower(strings.TrimSpace(s))] }

// cast is the JSON form of an article's cast.
type cast struct {
	Schema   string   `json:"schema"`
	Version  string   `json:"version"`
	Document document `json:"document"`
	Cast     []member `json:"cast"`
}

type member struct {
	Name        string     `json:"name,omitempty"` // left out where no source stands in the text
	Named       bool       `json:"named"`
	Entity      string     `json:"entity,omitempty"` // id in the reading, as those of statements
	Kind        string     `json:"kind"`
	Role        string     `json:"role,omitempty"`
	Affiliation string     `json:"affiliation,omitempty"`
	Count       int        `json:"count,omitempty"`
	Basis       string     `json:"basis,omitempty"`
	Terms       string     `json:"terms,omitempty"`
	Record      string     `json:"record"`
	Of          []group    `json:"of,omitempty"`
	Told        []listener `json:"told"`
	Statements  []saying   `json:"statements"`
}

type group struct {
	Entity string `json:"entity"`
	Name   string `json:"name"`
}

type listener struct {
	Name   string `json:"name"`
	Entity string `json:"entity,omitempty"`
}

type saying struct {
	ID      string  `json:"id"`
	Parent  *string `json:"parent"` // the statement that tells it, null where the article does
	Cue     string  `json:"cue"`
	Negated bool    `json:"negated"`
	Words   string  `json:"words"` // the first of the content, … behind them where it goes on
}

// firstWords is how many words of a content stand in the JSON of a cast: enough to tell
// it from its neighbours.
const firstWords = 15

// CastJSON returns the cast of an article on one line without a line end. Its ids are
// those of the article's reading ([JSON]). The same Doc and options give the same bytes.
func CastJSON(d *doc.Doc, least float64) ([]byte, error) {
	c := choose(d, least)
	out := cast{Schema: CastSchema, Version: d.Reader, Document: documentJSON(d), Cast: []member{}}
	for _, m := range Cast(d, least) {
		t := member{Name: m.Name, Named: m.Named, Kind: string(m.Kind), Role: m.Role, Affiliation: m.Affiliation,
			Count: m.Count, Basis: m.Basis, Terms: m.Terms, Record: recordJSON(m.Record), Told: []listener{}}
		if m.Entity >= 0 {
			t.Entity = EntityID(m.Entity)
		}
		for _, g := range m.Of {
			t.Of = append(t.Of, group{EntityID(g), d.Entities[g].Name})
		}
		for _, l := range m.Told {
			heard := listener{Name: l.Name}
			if l.Entity >= 0 {
				heard.Entity = EntityID(l.Entity)
			}
			t.Told = append(t.Told, heard)
		}
		for _, i := range m.Statements {
			s := &d.Statements[i]
			said := saying{ID: ID(i), Cue: joined(d, s.Cue.Spans), Negated: s.Negated, Words: joined(d, s.Content)}
			if p := c.parent[i]; p >= 0 {
				id := ID(p)
				said.Parent = &id
			}
			f := strings.Fields(said.Words)
			if len(f) > firstWords {
				f = append(f[:firstWords:firstWords], "…")
			}
			said.Words = strings.Join(f, " ")
			t.Statements = append(t.Statements, said)
		}
		out.Cast = append(out.Cast, t)
	}
	b, err := line(&out)
	if err != nil {
		return nil, fmt.Errorf("write cast of %s: %w", d.Meta.Path, err)
	}
	return b, nil
}
