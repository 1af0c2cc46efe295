package entity

import (
	"math"
	"slices"
	"strings"

	"hearsay/doc"
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
	mentions []int // in order; empty where it was merged into another
	gender   uint8
	names    []string // of people: the full names among its mentions
	entity   doc.Entity
}

func newLinker(d *doc.Doc, known *kb.KB) *linker {
	l := &linker{tree: newTree(d, known)}
	l.all = l.mentions()
	l.groups = make([]group, 0, len(l.all)/2)
	l.of = make([]int, len(l.all))
	return l
}

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
	best := -1
	for {
		for _, g := range l.touched {
			if l.odds[g] > 1 && (best < 0 || l.odds[g] > l.odds[best]) {
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
		l.groups, l.odds = append(l.groups, group{gender: anyGender}), append(l.odds, 0)
	}
	l.of[m] = best
	l.join(m, &l.groups[best])
}

func (l *linker) join(m int, g *group) {
	g.mentions = append(g.mentions, m)
	if x := g.gender & l.all[m].gender; x != 0 {
		g.gender = x
	}
	if n := l.personName(&l.all[m]); n != "" {
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
	n := l.personName(x)
	if n == "" {
		return true
	}
	for _, other := range g.names {
		if !sameName(n, other) {
			return false
		}
	}
	return true
}

// personName returns the name of a mention that names a person, without titles.
func (l *linker) personName(m *mention) string {
	if m.form != proper || m.name < 0 || l.d.Names[m.name].Type != doc.Person {
		return ""
	}
	return bareName(l.d.Slice(l.d.Names[m.name].Span))
}

// bareName takes titles, a possessive and white space within off a name.
func bareName(n string) string {
	n = strings.Join(strings.Fields(n), " ")
	n = strings.TrimSuffix(strings.TrimSuffix(n, "'s"), "’s")
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
	l.groups[b].mentions, l.groups[b].names = nil, nil
	return true
}

// write fills the layers of the Doc.
func (l *linker) write() {
	d := l.d
	d.Mentions, d.Entities = d.Mentions[:0], d.Entities[:0]
	number := make([]int, len(l.groups))
	for k := range number {
		number[k] = -1
	}
	for k := range l.all {
		g := l.of[k]
		if number[g] < 0 {
			number[g] = len(d.Entities)
			d.Entities = append(d.Entities, l.groups[g].entity)
		}
		d.Mentions = append(d.Mentions, doc.Mention{Span: l.span(&l.all[k]), Head: l.all[k].head, Entity: number[g]})
	}
	for k := range l.all {
		if g := l.group(k); g >= 0 {
			e, of := &d.Entities[d.Mentions[k].Entity], d.Mentions[g].Entity
			if of != d.Mentions[k].Entity && !slices.Contains(e.Of, of) {
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
			for j := k + 1; j < len(l.all) && l.all[j].first < m.last; j++ {
				if l.all[j].head == int(c) {
					return j
				}
			}
		}
	}
	return -1
}
