package entity

import (
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon/kb"
)

// office is what a description or the words before a name say of somebody's place in
// the world: «the Chinese foreign minister», «State Department spokesman Jim Roe».
type office struct {
	role       string // in the article's words, without state, article and rank
	title      string // the role with what "of" adds: "secretary of state"
	country    string // ISO 3166 alpha-3
	body       string // a body that is no state's, in the article's words
	sector     string
	former     bool
	indefinite bool // «a senator», «one of the sources»
	elsewhere  bool // of something that is no state: «the president of the club», "his aide"
	ofState    bool // the noun alone means an officer of a state
}

// rank are adjectives that say nothing of what somebody does.
var rank = map[string]bool{"senior": true, "top": true, "high-ranking": true, "ranking": true, "chief": false, "new": true, "old": true, "unnamed": true,
	"unidentified": true, "anonymous": true, "other": true, "several": true, "many": true, "some": true, "longtime": true, "long-time": true, "leading": true,
	"prominent": true, "key": true, "close": true, "influential": true, "same": true, "current": true, "then": true, "embattled": true, "veteran": true, "so-called": true}

// office reads a mention: the words up to its head, or up to the name where it has one
// as its head, and what hangs from it after.
func (l *linker) office(m *mention) office {
	d := l.d
	var o office
	end := m.head + 1
	if m.form == proper && m.name >= 0 {
		for end = m.first; end < m.last && int(l.name[end]) != m.name; end++ {
		}
	}
	o.indefinite = true
	first, last := -1, -1 // of the role's words
	for i := m.first; i < end; i++ {
		k := &d.Tokens[i]
		word := strings.ToLower(d.Word(i))
		if k.UPOS == "DET" {
			if word == "the" {
				o.indefinite = false
			}
			continue
		}
		if n := l.name[i]; n >= 0 && int(n) != m.name && d.Names[n].Type != doc.Person {
			if i == m.first || l.name[i-1] != n {
				o.indefinite = o.indefinite && k.Rel != "nmod:poss"
				l.belongs(&o, d.Slice(d.Names[n].Span))
			}
			if len(d.Slice(d.Names[n].Span)) != 0 && (o.country == "" || !l.isState(d.Slice(d.Names[n].Span))) {
				// «State Department spokesman»: the body is part of the role.
				if first < 0 {
					first = i
				}
				last = i + 1
			}
			continue
		}
		switch {
		case word == "former" || word == "ex" || word == "late" || strings.HasPrefix(word, "ex-"):
			o.former = true
		case k.Rel == "nmod:poss" || k.XPOS == "PRP$":
			o.indefinite, o.elsewhere = false, true
			continue
		case k.XPOS == "POS" || k.UPOS == "PUNCT" && word != "-" || k.UPOS == "NUM" || rank[word] || k.UPOS == "ADV" || k.UPOS == "CCONJ":
			continue
		}
		if first < 0 {
			first = i
		}
		last = i + 1
	}
	if first >= 0 && first < last {
		o.role = d.Text[d.Tokens[first].Begin:d.Tokens[last-1].End]
	}
	o.title = o.role
	for c := l.first[m.head]; c >= 0; c = l.next[c] {
		k := &d.Tokens[c]
		rel, _, _ := strings.Cut(k.Rel, ":")
		if rel != "nmod" || int(c) < m.head && k.Rel != "nmod:poss" {
			continue
		}
		if n := l.name[c]; n >= 0 {
			name := d.Slice(d.Names[n].Span)
			if k.Rel == "nmod:poss" {
				o.indefinite = false
			}
			switch l.preposition(int(c)) {
			case "of", "for", "to", "from", "at", "in", "with", "":
				if d.Names[n].Type == doc.Person {
					o.elsewhere = true // «a lawyer for Ms. Roe»
					continue
				}
				if !l.belongs(&o, name) {
					o.elsewhere = true
				}
				if l.preposition(int(c)) == "of" && m.form != proper && !l.isState(name) {
					o.title = strings.TrimSpace(o.role + " of " + name)
				}
			}
			continue
		}
		if l.preposition(int(c)) == "of" && o.role != "" {
			f, e := l.extent(int(c))
			of := d.Text[d.Tokens[f].Begin:d.Tokens[e-1].End]
			if t, ok := l.known.Title(o.role+" of "+of, o.country); ok {
				o.title, o.sector = o.role+" of "+of, t.Sector
			} else if !strings.EqualFold(of, "state") && !strings.EqualFold(of, "the united states") {
				o.elsewhere = true
			}
		}
	}
	if m.form != proper || o.role != "" {
		o.ofState = l.stateNoun(m, o.role)
	}
	if o.sector == "" && o.title != "" {
		if t, ok := l.known.Title(o.title, o.country); ok {
			o.sector = t.Sector
		}
	}
	return o
}

// preposition returns the case marker of token c in small letters, or "".
func (l *linker) preposition(c int) string {
	for k := l.first[c]; k >= 0; k = l.next[k] {
		if l.d.Tokens[k].Rel == "case" && int(k) < c {
			return strings.ToLower(l.d.Word(int(k)))
		}
	}
	return ""
}

// isState says whether a name or an adjective is a state's.
func (l *linker) isState(name string) bool {
	for _, r := range l.known.Lookup(name) {
		if r.Entry.State != nil {
			return true
		}
	}
	return false
}

// belongs notes the state or the body of a name, and says whether it did.
func (l *linker) belongs(o *office, name string) bool {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
	for _, r := range l.known.Lookup(name) {
		if r.Entry.Table == kb.Holders || r.Entry.Table == kb.People {
			continue
		}
		switch {
		case r.Entry.State != nil:
			if o.country == "" {
				o.country = r.Entry.ID
			}
			return true
		case r.Entry.Table == kb.Bodies && stateBody[r.Entry.Type]:
			if c := l.known.Country(r.Entry); c != "" {
				o.country, o.sector = c, r.Entry.Sector
				return true
			}
			o.body = r.Entry.Name
			return true
		case r.Entry.Table == kb.Groups:
			if p := l.party(r.Entry); p != "" && o.body == "" {
				o.body = p
			}
			return true
		}
		if o.body == "" {
			o.body, o.sector = name, r.Entry.Sector
		}
		return true
	}
	if o.body == "" {
		o.body = name
		return true
	}
	return false
}

// stateBody are the types of body that belong to a state.
var stateBody = map[string]bool{"ministry": true, "agency": true, "parliament": true, "court": true, "military": true, "police": true, "bank": false}

// party returns the name of the party that a group follows: Republicans that party of
// theirs.
func (l *linker) party(e *kb.Entry) string {
	if e.Type != "party" {
		return ""
	}
	for _, n := range append([]string{e.Name}, e.Names...) {
		for _, r := range l.known.Lookup(n + " Party") {
			if r.Entry.Type == "party" && r.Entry.Country == e.Country {
				return r.Entry.Name
			}
		}
	}
	return ""
}

// place says of a group which office, state and body it has.
func (l *linker) place(g int) {
	e := &l.groups[g].entity
	if e.Type == doc.Country || e.Type == doc.Location {
		return
	}
	if len(l.groups[g].names) > 0 && !e.Named {
		// Whom the knowledge base names, and the article does not.
		e.Name, e.Type = l.groups[g].names[0], doc.Person
		l.holds(e)
	}
	person := e.Type == doc.Person
	if person && e.Named {
		l.holds(e)
	}
	ofState := false
	for _, k := range l.groups[g].mentions {
		m := &l.all[k]
		if m.form == pronoun || m.form == joint {
			continue
		}
		o := l.office(m)
		if e.Role == "" && o.role != "" && (person || !e.Named) {
			e.Role = o.role
		}
		if e.Country == "" && o.country != "" && (!e.Named || person) {
			e.Country = o.country
		}
		if e.Body == "" && o.body != "" && o.body != e.Name {
			e.Body = o.body
		}
		if e.Sector == "" {
			e.Sector = o.sector
		}
		ofState = ofState || o.ofState && !o.elsewhere
	}
	if e.Country == "" && e.Body == "" && ofState {
		e.Country = l.home
	}
}

// holds fills in what the knowledge base has of a named person on the day of
// publication.
func (l *linker) holds(e *doc.Entity) {
	people := l.known.PersonByName(e.Name, l.day)
	if len(people) == 0 || len(people) > 1 && len(people[0].Holds) == 0 && !strings.Contains(e.Name, " ") {
		return
	}
	p := people[0]
	if !strings.Contains(e.Name, " ") && len(p.Holds) == 0 {
		return // a surname alone names nobody who is not in office
	}
	e.Known = p.ID
	for _, h := range p.Holds {
		if len(h.Country) == 3 {
			e.Country = h.Country
		} else if b, ok := l.known.Entry(h.Country); ok {
			e.Body = b.Name
		}
		if e.Sector = h.Sector; len(h.Titles) > 0 && e.Role == "" {
			e.Role = h.Titles[0]
		}
		return
	}
	if covers, _ := p.Term.Covers(l.day); p.Parent != "" && covers {
		if b, ok := l.known.Entry(p.Parent); ok {
			e.Body = b.Name
		}
		if e.Role == "" {
			e.Role = p.Type
		}
	}
	// Whoever held an office of a state before keeps it as affiliation where nothing
	// newer is known.
	if e.Body == "" && l.day != 0 {
		if slices.ContainsFunc(l.known.OfficesBefore(p.Name, l.day), func(h kb.Holder) bool { return len(h.Country) == 3 && h.Country == p.Country }) {
			e.Country = p.Country
		}
	}
}
