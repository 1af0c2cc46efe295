package entity

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// linker puts the mentions of an article into groups that refer to the same.
type linker struct {
	*tree
	day    kb.Day // of publication; 0 where not known
	home   string // the state that the article comes from: "the president" is its own
	all    []mention
	of     []int // the group of each mention
	groups []group
	// Of choose: for each group how likely it is beside a new one, and those that have
	// any odds.
	odds    []float64
	touched []int
}

// group is what some mentions refer to.
type group struct {
	mentions     []int // in order; empty where it was merged into another
	gender       uint8
	names        []string // of people: the full names among its mentions
	members      []int    // the groups that are counted in it
	onlyPronouns bool
	unnamed      bool   // a statement has it as a source without a name: «one of the sources»
	state        string // the state that it stands for as an actor: "CHN" for "Beijing"
	byline       bool   // it has its name from the byline
	entity       doc.Entity
}

func newLinker(d *doc.Doc, known *kb.KB) *linker {
	l := &linker{tree: newTree(d, known)}
	l.all = l.mentions()
	l.groups = make([]group, 0, len(l.all)/2)
	l.of = make([]int, len(l.all))
	return l
}

// For a pronoun of a person: the odds against "new" that suffice, and what a group counts
// that has no name, and less if it has nothing but pronouns. The values are of GAP's train
// part, where they matter little.
const (
	soon     = 0.02
	nameless = 0.15
	nobody   = 0.2
)

// choose takes the group that the mentions before m make likeliest together, if it is
// likelier than a new one and m can belong to it, or makes a group of m's own. Odds are
// rounded, so that no difference between processors' exponentials can show.
func (l *linker) choose(m int, before []int32, score []float32, fresh float32) {
	l.touched = l.touched[:0]
	for k, a := range before {
		g := l.of[a]
		if l.odds[g] == 0 {
			l.touched = append(l.touched, g)
		}
		l.odds[g] += float64(float32(math.Exp(float64(min(score[k]-fresh, 40)))))
	}
	least := 1.0
	if x := &l.all[m]; x.form == pronoun && x.person == 3 && x.gender&neuter == 0 {
		// «He» is somebody whom the article names, nearly always, and before long.
		least = soon
		for _, g := range l.touched {
			if len(l.groups[g].names) == 0 {
				l.odds[g] *= nameless
				if l.groups[g].onlyPronouns {
					l.odds[g] *= nobody
				}
			}
		}
	}
	best := -1
	for {
		for _, g := range l.touched {
			if l.odds[g] > least && (best < 0 || l.odds[g] > l.odds[best]) {
				best = g
			}
		}
		if best < 0 || l.fits(m, best) {
			break
		}
		l.odds[best] = -1
		best = -1
	}
	for _, g := range l.touched {
		l.odds[g] = 0
	}
	if best < 0 {
		best = len(l.groups)
		l.groups, l.odds = append(l.groups, group{gender: anyGender, onlyPronouns: true}), append(l.odds, 0)
	}
	l.of[m] = best
	l.join(m, &l.groups[best])
}

func (l *linker) join(m int, g *group) {
	g.unnamed = g.unnamed || l.another(&l.all[m]) && l.speaks(&l.all[m])
	g.onlyPronouns = g.onlyPronouns && l.all[m].form == pronoun
	g.mentions = append(g.mentions, m)
	if x := g.gender & l.all[m].gender; x != 0 {
		g.gender = x
	}
	if n := l.personName(&l.all[m]); n != "" && !slices.Contains(g.names, n) {
		g.names = append(g.names, n)
	}
}

// fits says whether a mention contradicts a group: a man and a woman, or two people with
// names of their own, are never one, however likely each link on the way is.
func (l *linker) fits(m int, to int) bool {
	g := &l.groups[to]
	x := &l.all[m]
	if x.gender != 0 && g.gender&x.gender == 0 {
		return false
	}
	if p := l.possessor(m); p >= 0 && l.of[p] == to {
		return false // «her lawyer» is not she
	}
	if l.another(x) && (len(g.names) == 0 || l.speaks(x)) {
		return false
	}
	if l.apart(x, g) || l.someone(x, g) {
		return false
	}
	if l.strange(x, g) {
		return false
	}
	n := l.personName(x)
	if n == "" {
		return true
	}
	if g.unnamed && !l.beside(x, g) {
		return false // nobody is put in the place of a source that is not named
	}
	for _, other := range g.names {
		if !sameName(n, other) {
			return false
		}
	}
	return true
}

// strange says whether a mention has the name of a body, and the group that of another:
// the two share no word, and neither is short for the other.
func (l *linker) strange(m *mention, g *group) bool {
	if m.form != proper || m.name < 0 || l.d.Names[m.name].Type != doc.Organization || len(g.names) > 0 {
		return false
	}
	name := plainName(l.d.Slice(l.d.Names[m.name].Span))
	found := false
	for _, k := range g.mentions {
		o := &l.all[k]
		if o.form != proper || o.name < 0 || l.d.Names[o.name].Type != doc.Organization {
			continue
		}
		other := plainName(l.d.Slice(l.d.Names[o.name].Span))
		if l.short(name, other) || l.short(other, name) || l.beside(m, &group{mentions: []int{k}}) {
			return false
		}
		found = true
	}
	return found
}

// short says whether a name may be short for another: the tables have both for one, or a word
// of one begins as a word of the other does, or it is its initials.
func (l *linker) short(a, b string) bool {
	for _, x := range l.known.Lookup(a) {
		for _, y := range l.known.Lookup(b) {
			if x.Entry.ID == y.Entry.ID {
				return true
			}
		}
	}
	for _, v := range strings.Fields(strings.ToLower(a)) {
		for _, w := range strings.Fields(strings.ToLower(b)) {
			if len(v) > 2 && len(w) > 2 && v != "the" && w != "the" && (strings.HasPrefix(v, w) || strings.HasPrefix(w, v)) {
				return true
			}
		}
	}
	return len(a) < len(b) && (initials(b, a) || a == strings.ToUpper(a) && len(a) <= 5)
}

// another says whether a description is of somebody unnamed and not said to be known
// already: «one of the sources», "two officials", "officials", "a diplomat". Two of them
// are never taken for the same, however alike their words.
func (l *linker) another(m *mention) bool {
	if m.form != common {
		return false
	}
	k := &l.d.Tokens[m.head]
	if k.UPOS == "NUM" {
		return true
	}
	if n, ok := l.noun(m); !ok || n.Class != lexicon.PersonNoun {
		return false
	}
	counted := false
	for i := m.first; i < m.head; i++ {
		switch t := &l.d.Tokens[i]; {
		case t.UPOS == "DET" && t.Head == m.head:
			switch strings.ToLower(l.d.Word(i)) {
			case "a", "an", "another", "some", "several", "many", "most":
				return true
			}
			return false
		case t.Rel == "nmod:poss" && t.Head == m.head:
			return false
		case t.Rel == "nummod":
			counted = true
		}
	}
	return counted || k.XPOS == "NNS"
}

// speaks says whether a mention is the source of a statement.
func (l *linker) speaks(m *mention) bool {
	_, ok := l.source[m.head]
	return ok
}

// beside says whether a name stands in apposition to a mention of the group: «a spokesman,
// Jim Roe, said».
func (l *linker) beside(m *mention, g *group) bool {
	for _, k := range g.mentions {
		o := &l.all[k]
		if t := &l.d.Tokens[m.head]; t.Head == o.head && (t.Rel == "appos" || t.Rel == "flat" || t.Rel == "nmod:desc" || t.Rel == "compound") {
			return true
		}
		if t := &l.d.Tokens[o.head]; t.Head == m.head && (t.Rel == "appos" || t.Rel == "nmod:desc" || t.Rel == "compound") {
			return true
		}
	}
	return false
}

// someone says whether a mention is of a person by its noun, and the group is of something
// that has a name and is none: «the spokeswoman» is no convention.
func (l *linker) someone(m *mention, g *group) bool {
	if m.form != common || m.kind != doc.Person || len(g.names) > 0 {
		return false
	}
	named := false
	for _, k := range g.mentions {
		o := &l.all[k]
		if o.kind == doc.Person || l.d.Tokens[o.head].Head == m.head || l.d.Tokens[m.head].Head == o.head {
			return false
		}
		named = named || o.form == proper && (o.kind == doc.Organization || o.kind == doc.Country || o.kind == doc.Document)
	}
	return named
}

// apart says whether a pronoun and a mention of the group are two parts of one clause, which
// are two unless the pronoun says otherwise: «Jane Roe thanked her», not "thanked herself".
func (l *linker) apart(m *mention, g *group) bool {
	t := &l.d.Tokens[m.head]
	if m.form != pronoun || t.Head < 0 || !argument[t.Rel] || strings.HasSuffix(t.Lemma, "self") || strings.HasSuffix(t.Lemma, "selves") {
		return false
	}
	for n := len(g.mentions) - 1; n >= 0; n-- {
		o := &l.all[g.mentions[n]]
		if o.sent != m.sent {
			if o.sent < m.sent {
				break
			}
			continue
		}
		if k := &l.d.Tokens[o.head]; k.Head == t.Head && argument[k.Rel] && o.form != joint {
			return true
		}
	}
	return false
}

// argument are the parts of a clause that are two where they are pronouns.
var argument = map[string]bool{"nsubj": true, "obj": true, "iobj": true, "nsubj:pass": true}

// possessor returns the mention that owns mention m, where it stands just before it in the
// order of choosing: "her" of «her lawyer»; -1 for none.
func (l *linker) possessor(m int) int {
	if m == 0 {
		return -1
	}
	k := &l.d.Tokens[l.all[m-1].head]
	if k.Rel == "nmod:poss" && k.Head == l.all[m].head {
		return m - 1
	}
	return -1
}

// personName returns the name of a mention that names a person, without titles.
func (t *tree) personName(m *mention) string {
	if m.form != proper || m.name < 0 || t.d.Names[m.name].Type != doc.Person {
		return ""
	}
	return bareName(t.d.Slice(t.d.Names[m.name].Span))
}

// plainName takes the possessive off a name: "Roe" of «Roe's».
func plainName(name string) string {
	return strings.TrimSuffix(strings.TrimSuffix(name, "'s"), "’s")
}

// bareName takes titles, a possessive and white space within off a name.
func bareName(n string) string {
	n = strings.Join(strings.Fields(n), " ")
	n = plainName(n)
	for _, t := range []string{"Mr. ", "Mrs. ", "Ms. ", "Mr ", "Mrs ", "Ms ", "Dr. ", "Sen. ", "Rep. ", "Gov. ", "Gen. ", "President ", "Senator "} {
		n = strings.TrimPrefix(n, t)
	}
	return strings.Trim(n, ` "“”`)
}

// sameName says whether two names of people can be one person's: one has all the words
// of the other («Roe», "Jane Roe"), or both end alike and begin with the same given
// name or its initial («J. Roe», "Jane Q. Roe").
func sameName(a, b string) bool {
	if strings.EqualFold(a, b) {
		return true
	}
	x, y := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	if len(x) > len(y) {
		x, y = y, x
	}
	k := 0
	for _, w := range y {
		if k < len(x) && (x[k] == w || strings.TrimSuffix(x[k], ".") == strings.TrimSuffix(w, ".")) {
			k++
		}
	}
	if k == len(x) {
		return true
	}
	if len(x) < 2 || x[len(x)-1] != y[len(y)-1] {
		return false
	}
	return x[0] == y[0] || nickname(x[0], y[0]) || (len(strings.TrimSuffix(x[0], ".")) == 1 || len(strings.TrimSuffix(y[0], ".")) == 1) && x[0][0] == y[0][0]
}

// nickname says whether two given names are forms of one: one begins as the other does
// («Tim», "Timothy"), or a table has them.
func nickname(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) >= 3 && strings.HasPrefix(b, a[:3]) {
		return true
	}
	for _, pair := range nicknames {
		if a == pair[0] && b == pair[1] || a == pair[1] && b == pair[0] {
			return true
		}
	}
	return false
}

var nicknames = [][2]string{{"bill", "william"}, {"bob", "robert"}, {"dick", "richard"}, {"jim", "james"}, {"joe", "joseph"}, {"jack", "john"},
	{"mike", "michael"}, {"ted", "edward"}, {"ted", "theodore"}, {"tony", "anthony"}, {"hank", "henry"}, {"peggy", "margaret"}, {"betsy", "elizabeth"},
	{"bernie", "bernard"}, {"chuck", "charles"}, {"kate", "katherine"}, {"liz", "elizabeth"}, {"tom", "thomas"}, {"ed", "edward"}, {"rick", "richard"}}

// merge puts all mentions of group b into group a. Where they contradict each other it
// does nothing, and says so.
func (l *linker) merge(a, b int) bool {
	if a == b || len(l.groups[a].mentions) == 0 || len(l.groups[b].mentions) == 0 {
		return a == b
	}
	for _, m := range l.groups[b].mentions {
		if !l.fits(m, a) {
			return false
		}
	}
	for _, m := range l.groups[b].mentions {
		l.of[m] = a
		l.join(m, &l.groups[a])
	}
	slices.Sort(l.groups[a].mentions)
	l.groups[b].mentions, l.groups[b].names = nil, nil
	return true
}

// move takes a mention out of its group and puts it into another. The gender that the
// group it leaves had from it stays.
func (l *linker) move(k, to int) {
	from := &l.groups[l.of[k]]
	from.mentions = slices.DeleteFunc(slices.Clone(from.mentions), func(m int) bool { return m == k })
	if len(from.mentions) == 0 {
		from.names = nil
	}
	l.of[k] = to
	l.join(k, &l.groups[to])
	slices.Sort(l.groups[to].mentions)
}

// write fills the layers of the Doc.
func (l *linker) write() {
	d := l.d
	d.Mentions, d.Entities = d.Mentions[:0], d.Entities[:0]
	number := make([]int, len(l.groups))
	for k := range number {
		number[k] = -1
	}
	order := make([]int, len(l.all)) // of the text: reorder may have moved some
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &l.all[a], &l.all[b]
		return cmp.Or(cmp.Compare(x.first, y.first), cmp.Compare(y.last, x.last), cmp.Compare(y.form, x.form))
	})
	for _, k := range order {
		g := l.of[k]
		if number[g] < 0 {
			number[g] = len(d.Entities)
			d.Entities = append(d.Entities, l.groups[g].entity)
		}
		d.Mentions = append(d.Mentions, doc.Mention{Span: l.span(&l.all[k]), Head: l.all[k].head, Entity: number[g]})
	}
	for g := range l.groups {
		for k, one := range l.groups[g].members {
			e := &d.Entities[number[g]]
			d.Entities[number[one]].Of = append(d.Entities[number[one]].Of, number[g])
			if name := d.Entities[number[one]].Name; k == 0 {
				e.Name, e.Named = name, true
			} else {
				e.Name += " and " + name
			}
		}
	}
	for k := range l.all {
		if g := l.group(k); g >= 0 {
			one, of := number[l.of[k]], number[l.of[g]]
			if e := &d.Entities[one]; one != of && !slices.Contains(e.Of, of) {
				e.Of = append(e.Of, of)
			}
		}
	}
}

// group returns the mention of the group that mention k is a member of, or -1: of «one
// of the sources» "the sources", of "Jane Roe" in «Jane Roe and her aide» both.
func (l *linker) group(k int) int {
	m := &l.all[k]
	d := l.d
	if up := m.inside; up >= 0 && l.all[up].form == joint && m.form != joint {
		for h := m.head; ; h = d.Tokens[h].Head {
			if h == l.all[up].head {
				return up
			}
			if d.Tokens[h].Rel != "conj" || d.Tokens[h].Head < 0 {
				break
			}
		}
	}
	if m.form == proper || m.number == plural && d.Tokens[m.head].UPOS == "NOUN" {
		return -1
	}
	for c := l.first[m.head]; c >= 0; c = l.next[c] {
		t := &d.Tokens[c]
		if t.Rel != "nmod" || t.XPOS != "NNS" && t.XPOS != "PRP" || l.preposition(int(c)) != "of" {
			continue
		}
		switch d.Tokens[m.head].UPOS {
		case "NUM", "PRON", "DET", "ADJ":
			for j := k + 1; j < len(l.all) && j < k+20; j++ {
				if l.all[j].head == int(c) && l.all[j].form != joint {
					return j
				}
			}
		}
	}
	return -1
}
