package entity

import (
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
)

// owned gives what has neither state nor body those of what it belongs to: «her
// campaign», «his aides», «an adviser to the campaign», «the committee's report».
func (l *linker) owned() {
	at := map[int]int{} // the mention that a token heads
	for k := range l.all {
		if l.all[k].form != joint {
			at[l.all[k].head] = k
		}
	}
	for range 2 {
		for g := range l.groups {
			e := &l.groups[g].entity
			if len(l.groups[g].mentions) == 0 || e.Body != "" || e.Type == doc.Location || e.Named && e.Type != doc.Person && e.Type != doc.Document {
				continue
			}
			if e.Country != "" && (stateSectors[e.Sector] || e.Sector == "ELI" || e.Type == doc.Country && e.Country != l.home) {
				continue
			}
			near, far := l.said(g)
			for _, m := range append(near, far...) {
				for _, t := range l.office(m).owners {
					if o, ok := l.owner(t, at); ok && l.of[o] != g && l.own(e, m, &l.all[o], &l.groups[l.of[o]].entity) {
						break
					}
				}
			}
		}
	}
}

// owner returns the mention that a token belongs to: that it heads, or the name that it
// stands in.
func (l *linker) owner(t int, at map[int]int) (int, bool) {
	if k, ok := at[t]; ok {
		return k, true
	}
	n := l.name[t]
	if n < 0 {
		return 0, false
	}
	for i := t + 1; i < len(l.name) && l.name[i] == n; i++ {
		if k, ok := at[i]; ok {
			return k, true
		}
	}
	name := bareName(l.d.Slice(l.d.Names[n].Span))
	for k := range l.all { // «the Clinton campaign»: no mention of its own
		if e := &l.groups[l.of[k]].entity; e.Named && e.Type == doc.Person && l.all[k].form == proper && (e.Name == name || lastWord(e.Name) == name) {
			return k, true
		}
	}
	return 0, false
}

// teams are what surrounds a candidate or an officer.
var teams = map[string]bool{"campaign": true, "team": true, "camp": true, "operation": true}

// staff are those who speak for whom they work for.
var staff = map[string]bool{"aide": true, "adviser": true, "advisor": true, "spokesman": true, "spokeswoman": true, "spokesperson": true, "surrogate": true,
	"campaign manager": true, "strategist": true, "staffer": true, "staff": true, "campaign chairman": true, "pollster": true, "running mate": false,
	"press secretary": true, "chief of staff": true, "representative": true, "ally": false, "troop": true, "official": true, "peacekeeper": true,
	"communications director": true, "envoy": true, "ambassador": true, "director": true, "secretary": true, "deputy": true, "counsel": true, "budget director": true, "manager": true,
	"speechwriter": true, "nominee": true, "appointee": true, "chairman": true, "chair": true, "chairwoman": true, "finance director": true, "political director": true}

// own gives e what its owner has, and says whether it did.
func (l *linker) own(e *doc.Entity, m, by *mention, owner *doc.Entity) bool {
	lemma := strings.ToLower(l.d.Tokens[m.head].Lemma)
	state := owner.Country != "" && (owner.Type == doc.Country || stateSectors[owner.Sector] || owner.Sector == "ELI")
	runs := owner.Type == doc.Person && !state && owner.Sector == "PTY"
	campaign := lastWord(owner.Name) + " campaign"
	noun, _ := l.noun(m)
	switch {
	case teams[lemma] && owner.Type == doc.Person:
		if lemma == "campaign" || runs {
			e.Body, e.Country, e.Sector, e.Assumed = campaign, "", "PTY", false
			return true
		}
		if state {
			l.serve(e, owner.Country, owner.Sector)
			e.Assumed = owner.Assumed
			return true
		}
	case noun.Class == lexicon.GovernmentNoun && owner.Type == doc.Person:
		if c := owner.Country; c != "" {
			e.Country, e.Sector, e.Assumed = c, "GOV", owner.Assumed
			return true
		}
	case owner.Type == doc.Person && e.Type != doc.Document && !staff[lemma]:
		return false // «her mother», "his lawyer"
	case runs && staff[lemma]:
		e.Body = campaign
		return true
	case runs && paper[lemma] == "ad":
		e.Body, e.Sector = campaign, "PTY" // «the Roe ad»
		return true
	case (e.Type == doc.Person || e.Type == doc.Group) && owner.Type == doc.Document:
		return false
	}
	switch {
	case noun.Class == lexicon.PeopleNoun && noun.Sector == "" || owner.Type == doc.Location || owner.Type == "":
		return false
	case state:
		l.serve(e, owner.Country, owner.Sector)
		e.Assumed = owner.Assumed
	case owner.Body != "":
		e.Body = owner.Body
	case owner.Named && owner.Type == doc.Organization:
		e.Body = owner.Name
	default:
		return false
	}
	return true
}
