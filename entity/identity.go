package entity

import (
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// identify says of each group who or what it is: first what each is called and of what
// sort, then which groups the knowledge base or equal names say are one, and at last
// office, state and body of each.
func (l *linker) identify() {
	l.day, _ = kb.ParseDay(l.d.Meta.Published)
	for g := range l.groups {
		l.call(g)
	}
	l.home = l.homeState()
	l.writer()
	l.sameNames()
	l.states()
	l.aides()
	l.holders()
	l.officers()
	l.nominees()
	l.descriptions()
	l.bodies()
	l.called()
	l.speech()
	l.pairs()
	for g := range l.groups {
		if len(l.groups[g].mentions) > 0 {
			l.call(g)
			l.place(g)
		}
	}
	l.owned()
	l.issuers()
	l.campaigns()
	l.press()
}

// call names a group and says of what type it is: by its fullest name, or else by its
// first description.
func (l *linker) call(g int) {
	e := &l.groups[g].entity
	*e = doc.Entity{}
	votes := map[doc.EntityType]int{}
	var described string
	for _, k := range l.groups[g].mentions {
		m := &l.all[k]
		if m.kind != "" {
			n := 1
			if m.form == proper {
				n = 3
			}
			votes[m.kind] += n
		}
		switch {
		case m.form == proper && m.name >= 0 && len(l.groups[g].names) > 0 && l.d.Names[m.name].Type == doc.Group:
			// «the Vermont Democrat» names nobody
		case m.form == proper && m.name >= 0:
			name := strings.Join(strings.Fields(l.d.Slice(l.d.Names[m.name].Span)), " ")
			name = plainName(name)
			if l.d.Names[m.name].Type == doc.Person {
				name = bareName(name)
			}
			if fuller(name, e.Name) {
				e.Name, e.Named = name, true
			}
		case described == "" && m.form != pronoun:
			described = l.described(m)
		}
	}
	for _, t := range []doc.EntityType{doc.Person, doc.Organization, doc.Country, doc.Location, doc.Group, doc.Document, doc.Other} {
		if votes[t] > votes[e.Type] {
			e.Type = t
		}
	}
	if (e.Type == doc.Organization || e.Type == doc.Other) && e.Named && l.introduced(g) {
		e.Type = doc.Person
	}
	if e.Name == "" {
		if e.Name = described; e.Name == "" {
			e.Name = l.d.Slice(l.span(&l.all[l.groups[g].mentions[0]]))
		}
	}
	if l.groups[g].byline {
		e.Name, e.Named, e.Type = l.groups[g].names[0], true, doc.Person
	}
	if !e.Named {
		return
	}
	if id := l.groups[g].state; id != "" {
		e.Type, e.Known, e.Country, e.Sector = doc.Country, id, id, "GOV"
		for _, r := range l.known.Lookup(e.Name) {
			if r.Entry.ID == id && (r.As == kb.Capital || r.As == kb.Seat) {
				e.Name = r.Entry.Name // not by its seat
			}
		}
		return
	}
	for _, r := range l.known.Lookup(e.Name) {
		if l.suits(e.Type, r) {
			e.Known, e.Country, e.Sector = r.Entry.ID, l.known.Country(r.Entry), r.Entry.Sector
			if r.Entry.State != nil && r.As != kb.Demonym {
				e.Type = doc.Country
			}
			break
		}
	}
	if e.Type == doc.Other && documentName(e.Name) || e.Type == doc.Organization && survey[strings.ToLower(lastWord(e.Name))] && strings.Contains(e.Name, " ") {
		e.Type = doc.Document
	}
}

// survey are words at the end of names that taggers take for bodies: «Harbour University
// Poll».
var survey = map[string]bool{"poll": true, "survey": true, "study": true, "report": true}

// introduced says whether what was taken for a body is told to be a person: «Dag Andres, a
// spokesman for …», of a name that no table has.
func (l *linker) introduced(g int) bool {
	for _, k := range l.groups[g].mentions {
		m := &l.all[k]
		if m.form != proper || m.name < 0 || len(l.known.Lookup(l.d.Slice(l.d.Names[m.name].Span))) > 0 {
			continue
		}
		for c := l.first[m.head]; c >= 0; c = l.next[c] {
			t := &l.d.Tokens[c]
			if t.Rel != "appos" || t.UPOS != "NOUN" || t.XPOS != "NN" || int(c) < m.head {
				continue
			}
			if n, ok := lexicon.Noun(strings.ToLower(t.Lemma)); ok && n.Class == lexicon.PersonNoun {
				return true
			}
		}
	}
	return false
}

// fuller says whether a name is a better one to call an entity by than another: longer
// in words, or the first that is not an abbreviation.
func fuller(a, b string) bool {
	if b == "" {
		return true
	}
	x, y := len(strings.Fields(a)), len(strings.Fields(b))
	if x != y {
		return x > y
	}
	return b == strings.ToUpper(b) && a != strings.ToUpper(a)
}

// described returns the words of a description without what hangs from it in a clause:
// "the official" of «the official, who spoke on Monday».
func (l *linker) described(m *mention) string {
	last := m.last
	for c := l.first[m.head]; c >= 0; c = l.next[c] {
		if k := &l.d.Tokens[c]; int(c) > m.head && (k.Rel == "acl:relcl" || k.Rel == "acl") {
			if e := l.edge(int(c), -1); e > m.head {
				last = min(last, e)
			}
		}
	}
	for last-1 > m.head && l.d.Tokens[last-1].UPOS == "PUNCT" {
		last--
	}
	return l.d.Text[l.d.Tokens[m.first].Begin:l.d.Tokens[last-1].End]
}

// suits says whether an entry of the knowledge base can be of that type.
func (l *linker) suits(t doc.EntityType, r kb.Ref) bool {
	switch {
	case r.Entry.Table == kb.Holders || r.Entry.Table == kb.People:
		return t == doc.Person
	case r.Entry.State != nil:
		switch r.As {
		case kb.Demonym, kb.Adjective:
			return t == doc.Group || t == doc.Location || t == doc.Country || t == doc.Other
		case kb.Capital:
			return false // the city; what stands for the government is settled by grammar
		case kb.Seat:
			return true // whatever the tagger takes it for
		}
		return t == doc.Location || t == doc.Country || t == doc.Organization
	case r.Entry.Table == kb.Groups:
		return t == doc.Group || t == doc.Other
	}
	return t == doc.Organization || t == doc.Other || t == doc.Group || t == doc.Location && r.As == kb.Name
}

// homeState returns the state that an article speaks from: that of its outlet, or else
// the one whose adjective or name it mentions most.
func (l *linker) homeState() string {
	if l.d.Meta.Outlet != "" {
		if o, ok := l.known.Outlet(l.d.Meta.Outlet, l.day); ok && o.Country != "" {
			return o.Country
		}
	}
	count := map[string]int{}
	best := ""
	for g := range l.groups {
		c := l.groups[g].entity.Country
		if c == "" {
			continue
		}
		count[c] += len(l.groups[g].mentions)
		if count[c] > count[best] {
			best = c
		}
	}
	return best
}

// sameNames merges groups whose names are the same, and the surname of one person with
// the full name of the only one who has it.
func (l *linker) sameNames() {
	byName := map[string]int{}
	bySurname := map[string][]int{}
	for g := range l.groups {
		e := &l.groups[g].entity
		if len(l.groups[g].mentions) == 0 || !e.Named {
			continue
		}
		key := string(kindKey(e.Type)) + strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(e.Name, "the "), "The "))
		if first, ok := byName[key]; ok {
			l.merge(first, g)
			continue
		}
		byName[key] = g
		if words := strings.Fields(e.Name); e.Type == doc.Person && len(words) > 1 {
			last := strings.ToLower(words[len(words)-1])
			bySurname[last] = append(bySurname[last], g)
		}
	}
	for g := range l.groups {
		// «DNC» is the one body of the article with these initials.
		e := &l.groups[g].entity
		if len(l.groups[g].mentions) == 0 || !e.Named || e.Type != doc.Organization || len(e.Name) < 3 || e.Name != strings.ToUpper(e.Name) || strings.Contains(e.Name, " ") {
			continue
		}
		full := -1
		for f := range l.groups {
			x := &l.groups[f].entity
			if len(l.groups[f].mentions) > 0 && f != g && x.Named && x.Type == doc.Organization && initials(x.Name, e.Name) {
				full = f
				break
			}
		}
		if full >= 0 {
			l.merge(full, g)
		}
	}
	for g := range l.groups {
		e := &l.groups[g].entity
		if len(l.groups[g].mentions) > 0 && e.Named && e.Type == doc.Person && !strings.Contains(e.Name, " ") {
			full := bySurname[strings.ToLower(e.Name)]
			if len(full) > 1 {
				// «Mr. Roe» is not Mrs. Roe, however well known she is.
				full = slices.DeleteFunc(slices.Clone(full), func(p int) bool { return l.groups[p].gender&l.groups[g].gender == 0 })
			}
			if len(full) == 1 {
				l.merge(full[0], g)
			}
		}
	}
}

// kindKey keeps people apart from the rest, which taggers confuse among each other.
func kindKey(t doc.EntityType) byte {
	if t == doc.Person {
		return 'p'
	}
	if t == doc.Group {
		return 'g'
	}
	return 'o'
}

// states merges what stands for one state as an actor: its names, its seat of government
// and, where it acts, its capital («Beijing denied it»; «in Beijing» is the city).
func (l *linker) states() {
	first := map[string]int{}
	for g := range l.groups {
		e := &l.groups[g].entity
		if len(l.groups[g].mentions) == 0 || !e.Named {
			continue
		}
		if e.Type != doc.Country {
			if id := l.governs(e.Name); id != "" && l.acts(g) {
				e.Type, e.Known, e.Country, e.Sector = doc.Country, id, id, "GOV"
			}
		}
		if e.Type != doc.Country || e.Known == "" {
			continue
		}
		// Whatever the tagger took it for, it is a state now, and "it" may be it.
		x := &l.groups[g]
		x.state, x.gender, x.names = e.Known, anyGender, nil
		if a, ok := first[e.Known]; ok {
			l.merge(a, g)
		} else {
			first[e.Known] = g
		}
	}
}

// governs returns the state that is governed from a capital on the day of publication.
func (l *linker) governs(capital string) string {
	for _, r := range l.known.Lookup(capital) {
		if r.Entry.State == nil || r.As != kb.Capital || !r.Entry.State.CapitalIsSeat {
			continue
		}
		if last, gone := bygone[r.Entry.ID]; !gone || l.day != 0 && l.day <= last {
			return r.Entry.ID
		}
	}
	return ""
}

// bygone are states that are no more, with the last day of each.
var bygone = map[string]kb.Day{"CSK": 19921231, "DDR": 19901002, "SUN": 19911225, "YUG": 20030203}

// acts says whether the mentions of a group are mostly those of somebody who does
// something: subjects of verbs that are not passive, owners, partners in "between".
func (l *linker) acts(g int) bool {
	acts, stands := 0, 0
	for _, k := range l.groups[g].mentions {
		if l.actor(&l.all[k]) {
			acts++
		} else {
			stands++
		}
	}
	return acts > stands
}

func (l *linker) actor(m *mention) bool {
	k := &l.d.Tokens[m.head]
	i := m.head
	for k.Rel == "conj" && k.Head >= 0 {
		i = k.Head
		k = &l.d.Tokens[i]
	}
	switch k.Rel {
	case "nsubj":
		return k.Head >= 0 && l.d.Tokens[k.Head].UPOS == "VERB"
	case "nmod:poss", "obl:agent", "iobj":
		return true
	case "obj":
		return k.Head >= 0 && personal[l.d.Tokens[k.Head].Lemma]
	}
	for c := l.first[i]; c >= 0; c = l.next[c] {
		if l.d.Tokens[c].Rel == "case" {
			switch strings.ToLower(l.d.Word(int(c))) {
			case "between", "by", "with", "against":
				return true
			}
		}
	}
	return false
}

// personal are verbs whose object is somebody rather than somewhere.
var personal = map[string]bool{"tell": true, "warn": true, "accuse": true, "urge": true, "ask": true, "criticize": true, "blame": true,
	"persuade": true, "pressure": true, "press": true, "sanction": true, "threaten": true, "condemn": true, "support": true, "arm": true,
	"fund": true, "help": true, "assist": true, "deter": true, "provoke": true, "anger": true, "isolate": true, "punish": true}

// holders finds who a description means by office and state on the day of publication:
// «the Chinese President», "Britain's foreign secretary", "the president" of the
// article's own state. Nobody is put in the place of a term that is not known.
func (l *linker) holders() {
	people := map[string]int{}
	for g := range l.groups {
		if e := &l.groups[g].entity; e.Named && e.Type == doc.Person && len(l.groups[g].mentions) > 0 {
			people[e.Name] = g
		}
	}
	for g := range l.groups {
		if len(l.groups[g].mentions) == 0 || l.groups[g].entity.Named {
			continue
		}
		h, ok := l.holderOf(g)
		if !ok {
			continue
		}
		to := -1
		for name, p := range people {
			if name == h.Name || slices.Contains(h.Names, name) || lastWord(name) == lastWord(h.Name) && sameName(name, h.Name) {
				if to < 0 || p < to {
					to = p
				}
			}
		}
		if to >= 0 {
			l.merge(to, g)
			continue
		}
		if l.groups[g].gender&(male|female) == 0 {
			continue
		}
		// The article never names them; the knowledge base does.
		people[h.Name] = g
		l.groups[g].names = append(l.groups[g].names, h.Name)
		for _, k := range l.groups[g].mentions {
			l.all[k].kind = doc.Person
		}
	}
}

// holderOf returns who holds the office by which a group is described.
func (l *linker) holderOf(g int) (kb.Holder, bool) {
	for _, k := range l.groups[g].mentions {
		m := &l.all[k]
		if m.form != common || m.number == plural || l.d.Tokens[m.head].UPOS != "NOUN" && l.d.Tokens[m.head].UPOS != "PROPN" {
			continue
		}
		o := l.office(m)
		if o.title == "" || o.former || o.indefinite {
			continue
		}
		country := o.country
		if country == "" && !o.elsewhere {
			country = l.home
		}
		if country == "" {
			continue
		}
		if h, _, ok := l.known.Holder(country, o.title, l.day); ok && !shared(h) {
			return h, true
		}
	}
	return kb.Holder{}, false
}

// shared says whether several hold such an office at once, so that its title names nobody
// by itself: the table may lack the others.
func shared(h kb.Holder) bool {
	return slices.ContainsFunc(h.Titles, func(t string) bool { return t == "Senator" || t == "Representative" })
}

// nominees merges a party's candidate with the one person of the article whom the
// knowledge base has as that: «the Republican nominee».
func (l *linker) nominees() {
	for k := range l.all {
		m := &l.all[k]
		lemma := l.d.Tokens[m.head].Lemma
		if m.form != common || m.number == plural || lemma != "nominee" && lemma != "candidate" && lemma != "contender" && lemma != "hopeful" {
			continue
		}
		o := l.office(m)
		if o.body == "" || o.indefinite {
			continue
		}
		to, several := -1, false
		for p := range l.groups {
			e := &l.groups[p].entity
			if len(l.groups[p].mentions) == 0 || !e.Named || e.Type != doc.Person || !l.runs(e.Name, o.body) {
				continue
			}
			several = several || to >= 0
			to = p
		}
		switch g := l.of[k]; {
		case to < 0 || several || to == g:
		case l.groups[g].entity.Named:
			l.move(k, to) // it was taken for somebody else
		default:
			l.merge(to, g)
		}
	}
}

// runs says whether the knowledge base has a person as a candidate of a party on the day
// of publication.
func (l *linker) runs(name, party string) bool {
	for _, p := range l.known.PersonByName(name, l.day) {
		covers, _ := p.Term.Covers(l.day)
		if !covers || !strings.Contains(p.Type, "candidate") || p.Parent == "" {
			continue
		}
		if b, ok := l.known.Entry(p.Parent); ok && b.Name == party {
			return true
		}
	}
	return false
}

// descriptions merges what is spoken of as known, and yet was linked to nothing before it,
// with the last unnamed people of the same noun: "the sources" after «two sources familiar
// with the talks», "the diplomat" after "a diplomat".
func (l *linker) descriptions() {
	for g := range l.groups {
		if len(l.groups[g].mentions) == 0 || l.groups[g].entity.Named || len(l.groups[g].names) > 0 {
			continue
		}
		k := l.groups[g].mentions[0]
		m := &l.all[k]
		if m.form != common || !l.definite(m) {
			continue
		}
		if n, ok := l.noun(m); !ok || n.Class != lexicon.PersonNoun {
			continue
		}
		for a := k - 1; a >= 0; a-- {
			o := &l.all[a]
			to := l.of[a]
			if o.form == common && o.headWord == m.headWord && o.number&m.number != 0 && to != g && !l.groups[to].entity.Named && len(l.groups[to].names) == 0 {
				l.merge(to, g)
				break
			}
		}
	}
}

// definite says whether a description speaks of somebody as known: «the sources».
func (l *linker) definite(m *mention) bool {
	for c := l.first[m.head]; c >= 0; c = l.next[c] {
		if l.d.Tokens[c].Rel == "det" {
			switch strings.ToLower(l.d.Word(int(c))) {
			case "the", "these", "those", "both", "that", "this":
				return true
			}
		}
	}
	return false
}

// pairs gives names to two things that are only counted: "the two countries" after
// «China and the United States», "the two leaders" after two people. They are the two
// last named of their kind within three sentences.
func (l *linker) pairs() {
	for g := range l.groups {
		if len(l.groups[g].mentions) == 0 || l.groups[g].entity.Named {
			continue
		}
		m := &l.all[l.groups[g].mentions[0]]
		if m.form != common || m.number != plural || !l.twosome(m) {
			continue
		}
		kind, ok := pairKinds[l.d.Tokens[m.head].Lemma]
		if !ok {
			continue
		}
		var two []int
		for k := l.groups[g].mentions[0] - 1; k >= 0 && m.sent-l.all[k].sent <= 3 && len(two) < 2; k-- {
			o := l.of[k]
			e := &l.groups[o].entity
			if e.Named && e.Type == kind && !slices.Contains(two, o) && l.all[k].form == proper {
				two = append(two, o)
			}
		}
		if len(two) != 2 {
			continue
		}
		l.groups[g].members = []int{two[1], two[0]}
	}
}

// twosome says whether a mention is definite and of two: «the two leaders», "both men".
func (l *linker) twosome(m *mention) bool {
	for i := m.first; i < m.head; i++ {
		switch strings.ToLower(l.d.Word(i)) {
		case "two", "both":
			return true
		}
	}
	return false
}

var pairKinds = map[string]doc.EntityType{"country": doc.Country, "nation": doc.Country, "state": doc.Country, "government": doc.Country, "side": doc.Country,
	"leader": doc.Person, "man": doc.Person, "woman": doc.Person, "candidate": doc.Person, "minister": doc.Person, "president": doc.Person,
	"senator": doc.Person, "rival": doc.Person, "nominee": doc.Person, "official": doc.Person, "company": doc.Organization, "agency": doc.Organization,
	"group": doc.Organization, "party": doc.Organization, "organization": doc.Organization}

func lastWord(s string) string { return s[strings.LastIndexByte(s, ' ')+1:] }
