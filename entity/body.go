package entity

import (
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/gazetteer"
	"hearsay/lexicon/kb"
)

// isState says whether a name or an adjective is a state's.
func (l *linker) isState(name string) bool {
	for _, r := range l.known.Lookup(name) {
		if r.Entry.State != nil {
			return true
		}
	}
	return false
}

// isGroup says whether a name is that of followers or of a people: «Republican».
func (l *linker) isGroup(name string) bool {
	for _, r := range l.known.Lookup(name) {
		if r.Entry.Table == kb.Groups {
			return true
		}
		if r.Entry.Type == "party" {
			return r.As == kb.Abbreviation // «the GOP senator»
		}
	}
	return false
}

// belongs notes the state or the body of a name, and says whether it did. Of an adjective
// of a party it notes that it weighs little.
func (l *linker) belongs(o *office, name string, kind doc.EntityType, adjective bool) bool {
	name = plainName(name)
	set := func(body, sector string) {
		if o.body == "" || o.weak && !adjective {
			o.body, o.weak = body, adjective
			if sector != "" {
				o.sector = sector
			}
		}
	}
	for _, r := range l.known.Lookup(name) {
		e := r.Entry
		switch {
		case e.Table == kb.Holders || e.Table == kb.People:
			continue
		case e.State != nil:
			if o.country == "" {
				o.country = e.ID
			}
		case e.Table == kb.Groups:
			if p := l.party(e); p != "" {
				set(p, "PTY")
			} else if e.Sector == "LEG" && e.Country != "" && o.country == "" {
				o.country, o.sector, o.stated = e.Country, e.Sector, true // «Senate Republican leaders»
			}
		case l.stateBody(e):
			if o.country == "" || !o.stated {
				o.country, o.sector, o.stated = l.known.Country(e), e.Sector, true
			}
		default:
			set(l.fullName(name, e), e.Sector)
		}
		return true
	}
	if c := l.region(name); c != "" && (kind == doc.Location || kind == doc.Country || kind == doc.Other) {
		if o.country == "" {
			o.country = c
		}
		return true
	}
	if kind == doc.Location || kind == doc.Country || kind == doc.Group {
		return false
	}
	if c, sector, assumed := l.publicBody(name); c != "" {
		if o.country == "" || !o.stated {
			o.country, o.sector, o.stated, o.assumed = c, sector, true, assumed
		}
		return true
	}
	set(l.fullName(name, nil), "")
	return true
}

// fullName returns the fullest name that the article has of a body, or the knowledge
// base, where the article gives its initials alone.
func (l *linker) fullName(name string, e *kb.Entry) string {
	best := name
	short := name == strings.ToUpper(name) && len(name) > 1
	if a, b, ok := strings.Cut(name, "-"); ok && e == nil && len(l.known.Lookup(a)) > 0 && len(l.known.Lookup(b)) > 0 {
		return a + "; " + b // «a Washington Post-ABC News poll»
	}
	for g := range l.groups {
		x := &l.groups[g].entity
		if len(l.groups[g].mentions) == 0 || !x.Named || x.Type == doc.Person {
			continue
		}
		if e != nil && x.Known == e.ID || short && initials(x.Name, name) {
			if fuller(x.Name, best) {
				best = x.Name
			}
		}
	}
	if best == name && e != nil && short {
		return e.Name
	}
	return best
}

// initials says whether capitals are those of the words of a name: "AROS" of «Alliance to
// Reclaim Our Schools».
func initials(name, capitals string) bool {
	var all, big []byte
	for _, w := range strings.Fields(name) {
		if c := w[0]; c >= 'A' && c <= 'Z' {
			all, big = append(all, c), append(big, c)
		} else if c >= 'a' && c <= 'z' {
			all = append(all, c-'a'+'A')
		}
	}
	capitals = strings.ReplaceAll(capitals, ".", "")
	return len(big) > 1 && (string(big) == capitals || string(all) == capitals)
}

// region returns the state in which a place lies, "" where the gazetteer has none of the
// name: of several the largest, where regions count for more and other names for less.
func (l *linker) region(name string) string {
	g := gazetteer.Shipped()
	best, size := "", -1
	for _, c := range g.Find(nil, name) {
		kind := g.Kind(c.ID)
		if kind != gazetteer.Region && kind != gazetteer.County && !kind.Populated() {
			continue
		}
		country, _, _ := g.Lies(c.ID)
		if country == gazetteer.None {
			continue
		}
		s := g.Size(c.ID)
		if c.Alternate {
			s /= 2
		}
		if kind == gazetteer.Region {
			s += 64
		}
		if code := g.ISO3(country); s > size {
			best, size = code, s
		}
	}
	return best
}

// publicBody says of a body that the knowledge base lacks whether its name is one of a
// body of state, and of which: «Ohio Department of Health», "the Springfield Police". That of
// a name without a place is assumed to be the article's own.
func (l *linker) publicBody(name string) (country, sector string, assumed bool) {
	words := strings.Fields(strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The "))
	end := len(words)
	for i, w := range words {
		if w == "of" || w == "for" || w == "on" {
			end = i
			break
		}
	}
	if end == 0 {
		return "", "", false
	}
	var noun lexicon.NounEntry
	for from := max(0, end-3); from < end && !noun.State; from++ {
		noun, _ = lexicon.Noun(strings.ToLower(strings.Join(words[from:end], " ")))
	}
	if !noun.State || noun.Class != lexicon.OrganizationNoun && noun.Class != lexicon.GovernmentNoun && noun.Class != lexicon.PeopleNoun {
		return "", "", false
	}
	for n := min(3, len(words)-1); n > 0; n-- {
		first := plainName(strings.Join(words[:n], " "))
		for _, r := range l.known.Lookup(first) {
			if r.Entry.State != nil {
				return r.Entry.ID, noun.Sector, false
			}
		}
		if c := l.region(first); c != "" {
			return c, noun.Sector, false
		}
	}
	return l.home, noun.Sector, true
}

// stateTypes are the types of body that belong to a state.
var stateTypes = map[string]bool{"ministry": true, "agency": true, "parliament": true, "court": true, "military": true, "police": true}

// stateSectors are what a state does itself.
var stateSectors = map[string]bool{"GOV": true, "MIL": true, "LEG": true, "JUD": true, "COP": true, "SPY": true}

// stateBody says whether an entry is of a body that belongs to one state.
func (l *linker) stateBody(e *kb.Entry) bool {
	return e.Table == kb.Bodies && (stateTypes[e.Type] || stateSectors[e.Sector]) && l.known.Country(e) != ""
}

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
