package event

import (
	"slices"

	"hearsay/doc"
)

// possessors mends whose attack «its attack» is, where coreference gives it to another state than
// the rest of the article does. What is known beats what is guessed, in this order:
//
//   - whom the clause blames: «condemned Peru for its war on Chile» has a war of Peru;
//   - nobody attacks himself, so a possessor that is the target is nobody;
//   - who attacks that target elsewhere in the article under its own name: after «Peru
//     shelled Chile», «its war on Chile» is Peru's. Where the article names several, the
//     nearest before it.
func (m *matcher) possessors(all []found) {
	for i := range all {
		f := &all[i]
		if !m.theirs(f) {
			continue
		}
		if x, ok := m.blamed(f.head); ok {
			f.actors[0] = m.as(f.actors[0], x)
			continue
		}
		target := country(f.targets)
		if target == "" {
			continue
		}
		x, ok := m.attacker(all, i, target)
		switch {
		case ok:
			f.actors[0] = m.as(f.actors[0], x)
		case f.actors[0].Country == target && f.actors[0].Sector == "GOV":
			f.actors = nil
		}
	}
}

// theirs says whether the frame is an attack that a noun names, and its actor a possessive
// pronoun.
func (m *matcher) theirs(f *found) bool {
	if f.frame.Type != "ASSAULT" || !f.frame.Noun || len(f.actors) != 1 {
		return false
	}
	h := f.actors[0].head
	return (m.lower[h] == "its" || m.lower[h] == "their") && m.is(h, "nmod:poss")
}

// blamed returns the state that stands as the object of the verb on which noun i hangs with "for".
func (m *matcher) blamed(i int) (party, bool) {
	h := m.d.Tokens[i].Head
	if h < 0 || !m.is(i, "obl", "nmod") || !m.hasCase(i, "for") {
		return party{}, false
	}
	o := h
	if m.verbal(h) {
		o = -1
		if list := m.objects(h); len(list) == 1 && len(list[0]) == 1 {
			o = list[0][0]
		}
	}
	if o < 0 || o == i {
		return party{}, false
	}
	x := m.of(o)
	return x, x.rank == strong && x.Country != ""
}

// attacker returns the one state, not the target, that attacks the target in another frame and
// goes there by its name; false where the state that the pronoun of frame i has is among them.
func (m *matcher) attacker(all []found, i int, target string) (party, bool) {
	best, ok := party{}, false
	for k := range all {
		f := &all[k]
		if k == i || f.frame.Type != "ASSAULT" || len(f.actors) != 1 || country(f.targets) != target {
			continue
		}
		x := f.actors[0]
		if x.Country == "" || x.Country == target || m.d.Tokens[x.head].UPOS == "PRON" {
			continue
		}
		if x.Country == all[i].actors[0].Country {
			return party{}, false
		}
		if !ok || k < i {
			best, ok = x, true
		}
	}
	return best, ok
}

// as returns the pronoun p as a word for who x is.
func (m *matcher) as(p, x party) party {
	p.Entity, p.Country, p.Sector, p.typ, p.rank = x.Entity, x.Country, x.Sector, x.typ, x.rank
	if p.typ != doc.Country && force[x.Sector] {
		// «Peruvian troops shelled the port … its war»: the state's.
		p.Entity, p.Sector = m.stateOf(x.Country), "GOV"
	}
	return p
}

// stateOf returns the entity that is the state itself, or -1.
func (m *matcher) stateOf(code string) int {
	return slices.IndexFunc(m.d.Entities, func(e doc.Entity) bool { return e.Type == doc.Country && e.Country == code })
}

// country returns the one country of the parties, or "".
func country(list []party) string {
	code := ""
	for _, x := range list {
		if code != "" && x.Country != code {
			return ""
		}
		code = x.Country
	}
	return code
}
