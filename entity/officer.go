package entity

import (
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// officers finds whom of the article's people a description by office means: «the Vermont
// senator», "the former secretary of state", "the New York Democrat", "the governor". The
// tables know who held which office, and the article calls some "Sen." or "Gov.". What was
// taken for somebody who is known never to have held it is taken back.
func (l *linker) officers() {
	for k := range l.all {
		m := &l.all[k]
		if m.number == plural && m.form != proper || m.form == pronoun || m.form == joint || m.quote >= 0 && l.speaker[m.head] < 0 {
			continue
		}
		title, former, bare := l.officeOf(m)
		if title == "" {
			continue
		}
		g := l.of[k]
		if l.hasOffice(g, title, former) || bare && l.calledSo(g, m) {
			continue
		}
		named := len(l.groups[g].names) > 0
		to := l.officer(k, title, former, bare)
		if named && (to < 0 || bare || !l.hasOffice(to, title, former)) && !l.neverHeld(g, title) {
			continue
		}
		switch {
		case to >= 0 && named:
			l.move(k, to)
		case to >= 0:
			l.merge(to, g)
		case named && len(l.groups[g].mentions) > 1 && m.form == common:
			l.groups = append(l.groups, group{gender: anyGender})
			l.move(k, len(l.groups)-1)
			l.call(len(l.groups) - 1)
			l.call(g)
		}
	}
}

// officeOf returns the title by which a mention describes somebody, whether it is a former
// one, and whether it is no more than a noun: «the senator». It returns "" for what is no
// office, and for one that is of somebody new: «a senator».
func (l *linker) officeOf(m *mention) (title string, former, bare bool) {
	d := l.d
	if m.form == proper {
		// «the New York Democrat»: the followers of a party are names.
		if m.name < 0 || d.Names[m.name].Type != doc.Group || d.Tokens[m.head].XPOS == "NNPS" || m.first == m.head || !l.isGroup(d.Word(m.head)) {
			return "", false, false
		}
		if !strings.EqualFold(d.Word(m.first), "the") || m.first+1 == m.head {
			return "", false, false
		}
		return d.Text[d.Tokens[m.first+1].Begin:d.Tokens[m.head].End], false, false
	}
	if t := &d.Tokens[m.head]; t.UPOS != "NOUN" && t.UPOS != "PROPN" {
		return "", false, false
	}
	n, ok := l.noun(m)
	if !ok || n.Class != lexicon.PersonNoun {
		return "", false, false
	}
	o := l.office(m)
	if o.indefinite && o.country == "" || o.title == "" || slices.ContainsFunc(o.owners, func(t int) bool { return l.name[t] < 0 || d.Names[l.name[t]].Type == doc.Person }) {
		return "", false, false
	}
	bare = strings.EqualFold(o.title, d.Word(m.head))
	if _, known := l.known.Title(o.title, "USA"); !n.State && !known {
		return "", false, false
	}
	return o.title, o.former, bare
}

// hasOffice says whether the tables have a person of the group in an office of that title
// on the day of publication, or before it.
func (l *linker) hasOffice(g int, title string, former bool) bool {
	for _, h := range l.offices(g) {
		covers, _ := h.Term.Covers(l.day)
		if former && h.Term.Last != 0 && h.Term.Last < l.day || covers && !former {
			if slices.ContainsFunc(h.Titles, func(t string) bool { return strings.EqualFold(t, title) }) {
				return true
			}
		}
	}
	return false
}

// offices returns the terms of whoever a group's full name means.
func (l *linker) offices(g int) []kb.Holder {
	if l.day == 0 || len(l.groups[g].names) == 0 || len(l.groups[g].mentions) == 0 {
		return nil
	}
	p := l.person(g)
	if p == nil {
		return nil
	}
	return l.known.TermsOf(p.Name)
}

// person returns whom the tables have by the name of a group, nil where that is not one.
func (l *linker) person(g int) *kb.Person {
	e := &l.groups[g].entity
	if !e.Named || e.Type != doc.Person {
		return nil
	}
	people := meant(l.known, e.Name, l.day)
	if len(people) != 1 || !strings.Contains(e.Name, " ") && !busy(&people[0], l.day) {
		return nil
	}
	return &people[0]
}

// calledSo says whether a group is called by the noun of a mention elsewhere: "senator" of
// «Sen. Jane Roe».
func (l *linker) calledSo(g int, m *mention) bool {
	for _, k := range l.groups[g].mentions {
		if o := &l.all[k]; o != m && o.form == proper && slices.Contains(o.called, m.headWord) {
			return true
		}
	}
	return false
}

// neverHeld says whether the tables know a group's person well enough to say that an
// office is not, and was not, theirs: they have other offices or roles of that person, and
// the article does not call them so.
func (l *linker) neverHeld(g int, title string) bool {
	p := l.person(g)
	if p == nil || l.day == 0 {
		return false
	}
	if strings.Contains(strings.ToLower(p.Type), strings.ToLower(lastWord(title))) {
		return false
	}
	last := strings.ToLower(lastWord(title))
	for _, h := range l.known.TermsOf(p.Name) {
		if slices.ContainsFunc(h.Titles, func(t string) bool { return strings.Contains(strings.ToLower(t), last) }) {
			return false
		}
	}
	for _, k := range l.groups[g].mentions {
		if o := &l.all[k]; o.form == proper && slices.Contains(o.called, learn.Hash(last)) {
			return false
		}
	}
	return true
}

// officer returns the group that a title means: the one person who has it, or of several
// the last named before mention k; -1 for none.
func (l *linker) officer(k int, title string, former, bare bool) int {
	var fit []int
	for g := range l.groups {
		if len(l.groups[g].names) == 0 || len(l.groups[g].mentions) == 0 || l.groups[g].gender&l.all[k].gender == 0 {
			continue
		}
		if l.hasOffice(g, title, former) || bare && l.calledSo(g, &l.all[k]) {
			fit = append(fit, g)
		}
	}
	switch len(fit) {
	case 0:
		return -1
	case 1:
		return fit[0]
	}
	for a := k - 1; a >= 0; a-- {
		if slices.Contains(fit, l.of[a]) && l.all[a].quote < 0 {
			return l.of[a]
		}
	}
	return -1
}
