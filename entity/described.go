package entity

import (
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// bodies finds the named body that a description means by its noun: «the fund» is the
// International Monetary Fund, "the agency" an agency, "the network" a broadcaster. Of
// several it is the last named before.
func (l *linker) bodies() {
	for k := range l.all {
		m := &l.all[k]
		g := l.of[k]
		if m.form != common || m.number == plural || l.groups[g].entity.Named || !l.definite(m) || l.nameIn(m) {
			continue
		}
		n, ok := l.noun(m)
		if !ok || n.Class != lexicon.OrganizationNoun && n.Class != lexicon.OutletNoun {
			continue
		}
		noun := strings.ToLower(l.d.Tokens[m.head].Lemma)
		for a := k - 1; a >= 0; a-- {
			to := l.of[a]
			e := &l.groups[to].entity
			if l.all[a].form != proper || !e.Named || to == g || e.Type != doc.Organization && e.Type != doc.Other {
				continue
			}
			if l.isBody(to, noun, m.headWord) {
				l.merge(to, g)
				break
			}
		}
	}
}

// nameIn says whether a description has a name or an owner in it, or something of it
// after it: such a one is told apart by these.
func (l *linker) nameIn(m *mention) bool {
	for i := m.first; i < m.last; i++ {
		if l.name[i] >= 0 {
			return true
		}
	}
	for c := l.first[m.head]; c >= 0; c = l.next[c] {
		switch l.d.Tokens[c].Rel {
		case "nmod", "nmod:poss", "acl", "acl:relcl", "appos":
			return true
		}
	}
	return false
}

// isBody says whether a noun is one for a named body: a word of its name, what the
// article calls it, or what the tables say it is.
func (l *linker) isBody(g int, noun string, head uint64) bool {
	e := &l.groups[g].entity
	x, known := l.known.Entry(e.Known)
	names := []string{e.Name}
	if known {
		names = append(names, x.Name)
	}
	for _, n := range names {
		if words := strings.Fields(strings.ToLower(n)); len(words) > 1 && slices.Contains(words, noun) {
			return true
		}
	}
	for _, k := range l.groups[g].mentions {
		if o := &l.all[k]; o.form == proper && o.headWord != head && slices.Contains(o.called, head) {
			return true
		}
	}
	if !known {
		return false
	}
	switch {
	case x.Outlet != nil:
		return slices.Contains(outletNouns[x.Outlet.Kind], noun)
	case x.Table == kb.Bodies:
		return slices.Contains(bodyNouns[x.Type], noun)
	}
	return false
}

// bodyNouns are nouns for bodies by the type that the tables give them, outletNouns for
// media by their kind.
var (
	bodyNouns = map[string][]string{
		"agency": {"agency", "bureau"}, "ministry": {"ministry", "department", "agency"}, "court": {"court"}, "company": {"company", "firm", "corporation"},
		"bank": {"bank", "lender"}, "university": {"university", "school", "college"}, "party": {"party"}, "union": {"union", "federation"},
		"think tank": {"think tank", "institute", "group"}, "ngo": {"group", "organization", "charity", "nonprofit"}, "bloc": {"bloc", "alliance"},
		"international": {"agency", "organization", "body"}, "police": {"force", "department"}, "parliament": {"chamber", "parliament"},
	}
	outletNouns = map[string][]string{
		"newspaper": {"newspaper", "paper", "daily", "publication"}, "magazine": {"magazine", "publication"}, "agency": {"agency"},
		"broadcaster": {"network", "broadcaster", "channel", "station"}, "online": {"website", "site", "outlet", "publication"}, "programme": {"show", "program", "programme"},
	}
)

// aides takes the description of somebody's aide out of the group of a person whom the
// article does not call so, and puts it to the name beside it: «Roe's spokesman» is not
// whoever was named last.
func (l *linker) aides() {
	at := l.heads()
	for k := range l.all {
		m := &l.all[k]
		g := l.of[k]
		if m.form != common || m.number == plural || len(l.groups[g].names) == 0 || l.opening(m) != 3 {
			continue
		}
		if lemma := strings.ToLower(l.d.Tokens[m.head].Lemma); !staff[lemma] && lemma != "lawyer" && lemma != "attorney" || l.calledSo(g, m) {
			continue
		}
		to := -1
		for c := l.first[m.head]; c >= 0; c = l.next[c] {
			if a, ok := at[int(c)]; ok && l.d.Tokens[c].Rel == "appos" && l.personName(&l.all[a]) != "" {
				to = l.of[a]
			}
		}
		switch {
		case to == g || l.besideName(m, g):
		case to >= 0:
			l.move(k, to)
		default:
			l.groups = append(l.groups, group{gender: anyGender})
			l.move(k, len(l.groups)-1)
			l.call(len(l.groups) - 1)
			l.call(g)
		}
	}
}

// besideName says whether a description stands in apposition to a name of the group, or is
// said of it.
func (l *linker) besideName(m *mention, g int) bool {
	for _, j := range l.groups[g].mentions {
		o := &l.all[j]
		if o == m || o.form != proper {
			continue
		}
		if t := &l.d.Tokens[o.head]; t.Head == m.head {
			return true
		}
		if l.d.Tokens[m.head].Head == o.head {
			return true
		}
	}
	return false
}

// called finds the one named person whom the article calls by the noun of a description:
// «Pell's lawyer» after "Jim Roe, a lawyer for Pell", "the economist" after «economist Jane
// Roe»; and in a headline, which comes before («Retired general speaks out»).
func (l *linker) called() {
	at := l.heads()
	for k := range l.all {
		m := &l.all[k]
		g := l.of[k]
		if m.form != common || m.number == plural || l.groups[g].entity.Named || len(l.groups[g].names) > 0 || m.quote >= 0 {
			continue
		}
		n, ok := l.noun(m)
		if !ok || n.Class != lexicon.PersonNoun || n.Inside || family[strings.ToLower(l.d.Tokens[m.head].Lemma)] {
			continue
		}
		headline := m.sent == 0 && l.opening(m) == 1 && l.speaks(m)
		if !headline && !l.definite(m) && l.opening(m) != 3 {
			continue
		}
		owners := l.ownersOf(m, at)
		to := -1
		for p := range l.groups {
			if len(l.groups[p].names) == 0 || len(l.groups[p].mentions) == 0 || l.groups[p].gender&m.gender == 0 || !l.calledSo(p, m) {
				continue
			}
			if l.opening(m) == 3 && !slices.ContainsFunc(l.groups[p].mentions, func(o int) bool {
				return slices.Contains(l.all[o].called, m.headWord) && sharesOne(l.ownersOf(&l.all[o], at), owners)
			}) {
				continue
			}
			if to >= 0 {
				to = -1
				break
			}
			to = p
		}
		if to >= 0 && (headline || l.groups[to].mentions[0] < k || l.opening(m) == 3) {
			l.merge(to, g)
		}
	}
}

// ownersOf returns the groups that a mention belongs to: of «Pell's lawyer» and "a lawyer
// for Pell" Pell's.
func (l *linker) ownersOf(m *mention, at map[int]int) (out []int) {
	near, far := l.said(l.of[at[m.head]])
	for _, x := range append(near, far...) {
		if x.head != m.head && l.d.Tokens[x.head].Head != m.head && l.d.Tokens[m.head].Head != x.head {
			continue
		}
		for _, t := range l.office(x).owners {
			if o, ok := l.owner(t, at); ok {
				out = append(out, l.of[o])
			}
		}
	}
	return out
}

func sharesOne(a, b []int) bool {
	return slices.ContainsFunc(a, func(x int) bool { return slices.Contains(b, x) })
}

// family are those whom everybody has one of.
var family = map[string]bool{"father": true, "mother": true, "son": true, "daughter": true, "brother": true, "sister": true, "wife": true, "husband": true,
	"friend": true, "parent": true, "child": true, "man": true, "woman": true, "boy": true, "girl": true, "person": true, "one": true, "member": true}
