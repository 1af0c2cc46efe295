package entity

import (
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// speaks are those who stand for a state where its adjective is all that is said of them:
// «the Chinese spokesman».
var speaks = map[string]bool{"spokesman": true, "spokeswoman": true, "spokesperson": true, "negotiator": true, "aide": true, "adviser": true, "advisor": true,
	"representative": true, "delegation": true, "delegate": true, "source": true, "leader": true, "side": true, "investigator": true, "envoy": true,
	"commissioner": true, "inspector": true, "force": true, "leadership": true, "troop": true, "team": true, "chief": true, "head": true}

// place says of a group which office, state and body it has.
func (l *linker) place(g int) {
	e := &l.groups[g].entity
	switch {
	case e.Type == doc.Location:
		if e.Country == "" && e.Named {
			e.Country = l.region(e.Name)
		}
		return
	case e.Type == doc.Country && e.Named:
		return
	}
	if len(l.groups[g].names) > 0 && !e.Named {
		// Whom the knowledge base names, and the article does not.
		e.Name, e.Type = l.groups[g].names[0], doc.Person
	}
	person := e.Type == doc.Person
	if e.Named && !person {
		l.placeNamed(e)
		if e.Type == doc.Group && e.Country != "" && e.Sector == "LEG" {
			return // «House Republicans»
		}
		if e.Type != doc.Group && e.Type != doc.Document && e.Type != doc.Other {
			return
		}
	}
	var now, before, party, nation office // of state; of a state no more; of a party; of a people
	var body string
	nation.country, e.Country = e.Country, ""
	near, far := l.said(g)
	told := false
	for i, m := range append(near, far...) {
		o := l.office(m)
		if i < len(near) {
			told = told || person && (o.noun.Class == lexicon.PersonNoun || o.body != "" || o.stated)
		}
		if e.Role == "" && o.role != "" && (person || !e.Named) {
			e.Role = o.role
		}
		if o.weak {
			party = o
			o.body = ""
		}
		if o.noun.Sector == "JRN" && o.stated {
			o.stated, o.country = false, "" // «White House correspondent»: whom they write about
		}
		lemma := l.d.Tokens[m.head].Lemma
		ofState := o.stated || o.ofState && !o.elsewhere && o.body == "" ||
			o.country != "" && o.body == "" && (o.ofState || o.noun.Sector == "" && (speaks[lemma] || m.form == proper && speaks[lastWord(strings.ToLower(o.role))]))
		if e.Type == doc.Document {
			ofState = o.stated || l.official(m)
		}
		switch {
		case ofState && i >= len(near) && told:
			// «The president» was taken for somebody whose own words have another occupation.
		case ofState:
			if o.country == "" {
				o.country, o.assumed = l.home, true
			}
			switch {
			case o.former && before.country == "":
				before = o
			case !o.former && now.country == "":
				now = o
			}
		case o.body != "" && o.body != e.Name && body == "":
			if body = o.body; e.Sector == "" {
				e.Sector = o.sector
			}
		case o.country != "" && nation.country == "" && !stateSectors[e.Sector]:
			nation = o
		}
		if e.Sector == "" && !stateSectors[o.noun.Sector] {
			e.Sector = o.noun.Sector
		}
	}
	if e.Type == doc.Document && e.Named && body == "" && now.country == "" {
		if words := strings.Fields(e.Name); len(words) > 1 && paper[strings.ToLower(words[len(words)-1])] != "" {
			// «a Northern Gazette-Harbour College poll»
			var o office
			if l.belongs(&o, strings.Join(words[:len(words)-1], " "), doc.Organization, false); o.stated {
				now = o
			} else if body = o.body; body == e.Name {
				body = ""
			}
		}
	}
	var held held
	if person {
		held = l.holds(e, l.groups[g].gender)
	}
	switch {
	case held.now && held.country != "":
		l.serve(e, held.country, held.sector)
	case held.now && held.body != "":
		e.Body, e.Country = held.body, nation.country
	case now.country != "":
		l.serve(e, now.country, stateSector(now))
		e.Assumed = now.assumed
	case body != "":
		e.Body, e.Country = body, nation.country
	case before.country != "":
		l.serve(e, before.country, stateSector(before))
		e.Assumed = before.assumed
	case held.body != "":
		e.Body, e.Country = held.body, nation.country
	case held.country != "":
		l.serve(e, held.country, held.sector)
	case party.body != "" && e.Type != doc.Document:
		e.Body, e.Country = party.body, nation.country
		e.Sector = "PTY"
	default:
		e.Country = nation.country
	}
	if e.Type == doc.Country && e.Country == "" {
		for _, k := range l.groups[g].mentions {
			switch m := &l.all[k]; l.d.Tokens[m.head].Lemma {
			case "government", "administration", "authorities", "authority":
				if m.form == common {
					e.Country, e.Assumed = l.home, true
				}
			}
		}
	}
	if e.Body != "" && (stateSectors[e.Sector] || e.Sector == "ELI") {
		e.Sector = ""
	}
	if e.Type == doc.Group && e.Named && stateSectors[e.Sector] && now.country == "" {
		e.Sector = "CVL"
	}
}

// said returns the mentions of a group that may say what it is, and of people what stands
// in apposition to their names, whether or not it was found to be the same: «Jane Roe, a
// professor at …», "the minister of the economy, Mr. Roe".
func (l *linker) said(g int) (near, far []*mention) {
	d := l.d
	var seen []int
	add := func(m *mention) {
		if !slices.Contains(seen, m.head) {
			near, seen = append(near, m), append(seen, m.head)
		}
	}
	beside := func(i int) {
		if k := &d.Tokens[i]; len(d.Word(i)) > 1 && (k.UPOS == "NOUN" || k.UPOS == "PROPN" && l.name[i] < 0) {
			m := mention{head: i, form: common, name: -1, number: singular}
			m.first, m.last = l.extent(i)
			add(&m)
		}
	}
	for _, k := range l.groups[g].mentions {
		m := &l.all[k]
		if m.form == pronoun || m.form == joint || len(d.Word(m.head)) < 2 { // "D" of «(D-Ohio)»
			continue
		}
		if l.personName(m) == "" {
			continue
		}
		add(m)
		for c := l.first[m.head]; c >= 0; c = l.next[c] {
			if d.Tokens[c].Rel == "appos" {
				beside(int(c))
				for j := l.first[c]; j >= 0; j = l.next[j] {
					if d.Tokens[j].Rel == "conj" {
						beside(int(j)) // «Jane Roe, a lawyer and now a professor at …»
					}
				}
			}
		}
		if t := &d.Tokens[m.head]; t.Rel == "appos" && t.Head >= 0 && t.Head < m.head {
			beside(t.Head)
		}
	}
	for _, k := range l.groups[g].mentions {
		m := &l.all[k]
		if m.form != pronoun && m.form != joint && len(d.Word(m.head)) > 1 && !slices.Contains(seen, m.head) {
			far, seen = append(far, m), append(seen, m.head)
		}
	}
	return near, far
}

// serve gives an entity to a state.
func (l *linker) serve(e *doc.Entity, country, sector string) {
	e.Country, e.Assumed = country, false
	if e.Sector = sector; !stateSectors[sector] && sector != "ELI" {
		e.Sector = "GOV"
	}
}

func stateSector(o office) string {
	if stateSectors[o.noun.Sector] {
		return o.noun.Sector
	}
	return o.sector
}

// official says whether a document is one of a government by its adjective: «federal
// data», «official figures».
func (l *linker) official(m *mention) bool {
	for i := m.first; i < m.head; i++ {
		switch strings.ToLower(l.d.Word(i)) {
		case "federal", "official", "government", "congressional", "diplomatic", "ministerial", "presidential", "court", "police", "census":
			return true
		}
	}
	return false
}

// placeNamed says of a body with a name whether it is a state's.
func (l *linker) placeNamed(e *doc.Entity) {
	if e.Known != "" {
		x, ok := l.known.Entry(e.Known)
		switch {
		case !ok:
		case x.Table == kb.Groups:
			if p := l.party(x); p != "" {
				e.Body, e.Sector = p, "PTY"
			}
		case x.State != nil && e.Type != doc.Country:
			e.Sector = "CVL" // «Mexicans»
		case x.Table == kb.Bodies && l.stateBody(x) && !stateSectors[e.Sector]:
			e.Sector = "GOV"
		}
		return
	}
	if e.Type == doc.Organization || e.Type == doc.Group {
		if c, sector, assumed := l.publicBody(e.Name); c != "" {
			e.Country, e.Sector, e.Assumed = c, sector, assumed
		} else if first, rest, ok := strings.Cut(e.Name, " "); ok && l.isGroup(rest) {
			for _, r := range l.known.Lookup(first) {
				if l.stateBody(r.Entry) {
					e.Country, e.Sector = l.known.Country(r.Entry), r.Entry.Sector // «House Republicans»
					break
				}
			}
		}
	}
}

// held is what the knowledge base has of a person on the day of publication.
type held struct {
	country, body, sector string
	now                   bool // an office or a candidacy of that day
}

// holds looks a named person up. A surname alone is enough of whoever is in office or a
// candidate on the day, if nobody else of the name is.
func (l *linker) holds(e *doc.Entity, gender uint8) (h held) {
	people := meant(l.known, e.Name, l.day)
	people = slices.DeleteFunc(slices.Clone(people), func(p kb.Person) bool {
		first, _, _ := strings.Cut(p.Name, " ")
		given := givenGender(first)
		return !strings.Contains(e.Name, " ") && given != 0 && given&gender == 0
	})
	if len(people) != 1 || !strings.Contains(e.Name, " ") && !busy(&people[0], l.day) {
		return h // a surname alone names nobody who is not in office
	}
	p := people[0]
	e.Known = p.ID
	for _, o := range p.Holds {
		if len(h.country) == 3 {
			break
		}
		if len(o.Country) == 3 {
			h = held{o.Country, "", o.Sector, true}
		} else if b, ok := l.known.Entry(o.Country); ok && h.body == "" {
			h = held{"", b.Name, b.Sector, true}
		}
		if len(o.Titles) > 0 && e.Role == "" {
			e.Role = o.Titles[0]
		}
	}
	covers, sure := p.Term.Covers(l.day)
	if noun, ok := lexicon.Noun(strings.ToLower(p.Type)); ok && noun.State && p.Country != "" && covers && h.country == "" {
		// A member of a parliament, whom the table of people has by that.
		if e.Role == "" {
			e.Role = p.Type
		}
		return held{p.Country, "", noun.Sector, sure && l.day != 0}
	}
	if h.now {
		if e.Sector = h.sector; h.country == "" {
			e.Country = p.Country
		}
		return h
	}
	if p.Parent != "" && covers {
		if b, ok := l.known.Entry(p.Parent); ok {
			h.body, h.sector = b.Name, b.Sector
			h.now = strings.Contains(p.Type, "candidate") && sure && l.day != 0
		}
		if e.Role == "" {
			e.Role = p.Type
		}
		if e.Sector == "" || h.now {
			e.Sector = h.sector
		}
	}
	// Whoever held an office of a state before keeps it as affiliation where nothing
	// newer is known.
	if h.body == "" && l.day != 0 {
		if slices.ContainsFunc(l.known.OfficesBefore(p.Name, l.day), func(h kb.Holder) bool { return len(h.Country) == 3 && h.Country == p.Country }) {
			h.country, h.sector = p.Country, "ELI"
		}
	}
	return h
}
