package entity

import (
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// onAir are those who speak for a medium that the text names beside them and not as theirs:
// «On ABC's "This Week", moderator Jane Roe asked …».
var onAir = map[string]bool{"host": true, "co-host": true, "moderator": true, "anchor": true, "interviewer": true, "reporter": true, "correspondent": true,
	"journalist": true, "columnist": true, "anchorman": true, "anchorwoman": true, "co-anchor": true, "editor": true}

// press gives hosts and reporters of whom no medium is told the one named last before them,
// in their sentence or the two before, or next in their sentence.
func (l *linker) press() {
	for g := range l.groups {
		e := &l.groups[g].entity
		if len(l.groups[g].mentions) == 0 || e.Type != doc.Person || e.Body != "" || stateSectors[e.Sector] || e.Role == "" || !onAir[strings.ToLower(lastWord(e.Role))] {
			continue
		}
		m := &l.all[l.groups[g].mentions[0]]
		at := l.d.Tokens[m.head].Begin
		from := l.d.Sentences[max(0, m.sent-2)].Begin
		to := l.d.Sentences[m.sent].End
		best := ""
		for n := range l.d.Names {
			x := &l.d.Names[n]
			if x.Begin < from || x.End > to || x.Begin > at && best != "" || x.Type == doc.Person {
				continue
			}
			name := plainName(l.d.Slice(x.Span))
			if l.outlet(name) && !l.anothersMedium(x) {
				best = name
			}
		}
		if best != "" {
			e.Body = best
		}
	}
}

// anothersMedium says whether a name stands before the noun of somebody: «the Northern Gazette
// columnist».
func (l *linker) anothersMedium(n *doc.Name) bool {
	first, last := l.d.Within(n.Span)
	for i := first; i < last; i++ {
		t := &l.d.Tokens[i]
		if t.Head < last || t.Rel != "compound" && t.Rel != "nmod:poss" && t.Rel != "nmod:desc" {
			continue
		}
		if p := l.name[t.Head]; p >= 0 && l.d.Names[p].Type == doc.Person {
			return true
		}
		if x, ok := lexicon.Noun(strings.ToLower(l.d.Tokens[t.Head].Lemma)); ok && x.Class == lexicon.PersonNoun {
			return true
		}
	}
	return false
}

// outlet says whether a name is a medium's that the tables have.
func (l *linker) outlet(name string) bool {
	for _, r := range l.known.Lookup(name) {
		if r.Entry.Outlet != nil && r.As != kb.Surname {
			return true
		}
	}
	return false
}
