package event

import (
	"slices"
	"strconv"
	"strings"

	"hearsay/doc"
)

// future turns cooperation that has yet to come into an agreement, and a withdrawal into a
// concession, as the codebook has it: «will meet», «plans to visit», «agreed to send aid».
func (m *matcher) future(f *found, e *doc.Event) {
	if !m.toCome(f.head, 0) {
		return
	}
	if m.denied(f.head) {
		switch e.Type {
		case doc.Consult:
			e.Type, e.Mode = doc.Reject, "meet"
		case doc.Aid, doc.Cooperate:
			e.Type, e.Mode = doc.Reject, "assist"
		case doc.Retreat, doc.Concede:
			e.Type, e.Mode = doc.Reject, "yield"
		case doc.Support, doc.Agree:
			e.Type, e.Mode = doc.Reject, ""
		}
		return
	}
	switch e.Type {
	case doc.Consult, doc.Support, doc.Cooperate, doc.Aid:
		e.Type, e.Mode = doc.Agree, ""
	case doc.Retreat:
		e.Type, e.Mode = doc.Concede, ""
	}
}

// planners have what their infinitive says yet to come.
var planners = map[string]bool{"plan": true, "agree": true, "promise": true, "pledge": true, "vow": true, "intend": true, "offer": true, "expect": true,
	"schedule": true, "prepare": true, "decide": true, "commit": true, "set": true, "ready": true, "willing": true, "willingness": true, "readiness": true, "intention": true, "decision": true, "desire": true, "appetite": true, "effort": true, "due": true, "propose": true,
	"hope": true, "want": true, "seek": true, "aim": true, "consider": true}

// toCome says whether what token i says lies ahead.
func (m *matcher) toCome(i, depth int) bool {
	if depth > 4 {
		return false
	}
	found := false
	m.children(i, func(c int) bool {
		if m.is(c, "aux") {
			switch m.lower[c] {
			case "will", "'ll", "shall", "wo", "would":
				found = true
			}
		}
		return !found
	})
	if found {
		return true
	}
	h := m.d.Tokens[i].Head
	if h < 0 {
		return false
	}
	if m.is(i, "obj", "nsubj:pass") && m.verbal(h) && (m.d.Tokens[i].UPOS == "NOUN") {
		return planners[m.d.Tokens[h].Lemma] && m.d.Tokens[h].Lemma != "set" || m.toCome(h, depth+1)
	}
	if m.is(i, "xcomp", "acl", "ccomp", "advcl") && m.mark(i) == "to" {
		if planners[m.d.Tokens[h].Lemma] {
			return true
		}
		return m.toCome(h, depth+1) && m.is(i, "xcomp")
	}
	if m.is(i, "xcomp") || m.d.Tokens[i].Rel == "conj" && m.verbal(h) && m.child(i, "nsubj") < 0 {
		return m.toCome(h, depth+1)
	}
	return false
}

// denied says whether token i is negated.
func (m *matcher) denied(i int) bool {
	no := false
	m.children(i, func(c int) bool {
		switch m.lower[c] {
		case "not", "n't", "never", "no", "neither":
			no = no || m.is(c, "advmod", "det", "cc:preconj")
		}
		return !no
	})
	return no
}

// statement finds the innermost statement whose content tells the event.
func (m *matcher) statement(e *doc.Event) {
	d := m.d
	at := d.Tokens[e.Head].Span
	best := -1
	for k := range d.Statements {
		for _, c := range d.Statements[k].Content {
			if !c.Contains(at) {
				continue
			}
			if best < 0 || inside(d, k, best) || !inside(d, best, k) && total(d, k) < total(d, best) {
				best = k
			}
		}
	}
	e.Statement = best
}

// inside says whether statement k stands in the content of statement j.
func inside(d *doc.Doc, k, j int) bool {
	for range d.Statements {
		if k = d.Statements[k].Parent; k == j {
			return true
		}
		if k < 0 {
			return false
		}
	}
	return false
}

func total(d *doc.Doc, k int) (n int) {
	for _, c := range d.Statements[k].Content {
		n += c.Len()
	}
	return n
}

// clauseOf returns the verb (or other predicate) of the clause that token i stands in.
func (m *matcher) clauseOf(i int) int {
	for {
		h := m.d.Tokens[i].Head
		if h < 0 || m.is(i, "ccomp", "advcl", "acl", "parataxis", "csubj", "xcomp") || m.d.Tokens[i].Rel == "conj" && m.verbal(i) {
			return i
		}
		i = h
	}
}

// when finds the time that stands in the clause of the event: of several the one that hangs
// on its head, else the nearest.
func (m *matcher) when(f *found, e *doc.Event) {
	d := m.d
	e.Time = m.nearest(f, len(d.Times), func(k int) doc.Span {
		if t := &d.Times[k]; t.Type == doc.Date || t.Type == doc.Clock {
			return t.Span
		}
		return doc.Span{}
	})
}

// where finds the place in which it happened: one that stands in the clause after a
// preposition of place and is no party.
func (m *matcher) where(f *found, e *doc.Event) {
	d := m.d
	party := func(s doc.Span) bool {
		for _, list := range [][]doc.Party{e.Actors, e.Targets} {
			for _, p := range list {
				if p.Span.Contains(s) && p.Span.Len() < s.Len()+5 {
					return true
				}
			}
		}
		return false
	}
	e.Place = m.nearest(f, len(d.Places), func(k int) doc.Span {
		s := d.Places[k].Span
		i := m.tokenAt(s.Begin)
		if i < 0 {
			return doc.Span{}
		}
		for ; m.d.Tokens[i].Head >= 0 && m.is(i, "flat", "compound"); i = m.d.Tokens[i].Head {
		}
		ok := false
		for _, prep := range []string{"in", "at", "near", "outside", "around", "inside", "across", "throughout", "over"} {
			ok = ok || m.hasCase(i, prep)
		}
		if !ok || party(s) && !m.hasCase(i, "in") {
			return doc.Span{}
		}
		return s
	})
}

// tokenAt returns the token that begins at byte b or holds it, or -1.
func (m *matcher) tokenAt(b int) int {
	i, _ := slices.BinarySearchFunc(m.d.Tokens, b, func(t doc.Token, b int) int {
		switch {
		case t.End <= b:
			return -1
		case t.Begin > b:
			return 1
		}
		return 0
	})
	if i == len(m.d.Tokens) || m.d.Tokens[i].Begin > b {
		return -1
	}
	return i
}

// nearest returns which of n spans of the event's sentence stands in its clause and nearest
// to its head, or -1.
func (m *matcher) nearest(f *found, n int, span func(int) doc.Span) int {
	best, distance := -1, 1<<30
	clause := -1
	lo, hi := m.sentence(f.head)
	for k := range n {
		s := span(k)
		if s.Empty() || s.Begin < m.d.Tokens[lo].Begin || s.End > m.d.Tokens[hi-1].End {
			continue
		}
		i := m.tokenAt(s.Begin)
		if i < 0 {
			continue
		}
		if clause < 0 {
			clause = m.clauseOf(f.head)
		}
		if m.clauseOf(i) != clause && !m.under(i, f.head) {
			continue
		}
		gap := i - f.head
		if gap < 0 {
			gap = -gap
		}
		if !m.under(i, f.head) {
			gap += 100
		}
		if gap < distance {
			best, distance = k, gap
		}
	}
	return best
}

// sentence returns the tokens [lo, hi) of the sentence of token i.
func (m *matcher) sentence(i int) (lo, hi int) {
	k, _ := slices.BinarySearchFunc(m.d.Sentences, i, func(s doc.Sentence, i int) int {
		switch {
		case s.Last <= i:
			return -1
		case s.First > i:
			return 1
		}
		return 0
	})
	s := &m.d.Sentences[k]
	return s.First, s.Last
}

var numbers = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}

// count returns the number that stands with noun i: 12 of «12 people»; 0 where none does.
func (m *matcher) count(i int) int {
	n := 0
	m.children(i, func(c int) bool {
		if m.is(c, "nummod", "det") {
			w := m.lower[c]
			if v, err := strconv.Atoi(strings.ReplaceAll(w, ",", "")); err == nil {
				n = v
			} else if m.is(c, "nummod") || w == "a" || w == "an" {
				n = numbers[w]
			}
		}
		return n == 0
	})
	if n == 0 && m.d.Tokens[i].UPOS == "NUM" {
		if v, err := strconv.Atoi(strings.ReplaceAll(m.lower[i], ",", "")); err == nil {
			return v
		}
		return numbers[m.lower[i]]
	}
	return n
}

var (
	kills   = map[string]bool{"kill": true, "murder": true, "die": true, "dead": true, "execute": true, "assassinate": true}
	injures = map[string]bool{"injure": true, "wound": true, "hurt": true}
)

// victims reads how many were killed and injured in the sentence of an assault, and the
// sum that aid or a fine comes to.
func (m *matcher) victims(f *found, e *doc.Event) {
	lo, hi := m.sentence(f.head)
	if e.Type == doc.Assault {
		for i := lo; i < hi; i++ {
			lemma := m.d.Tokens[i].Lemma
			dead, hurt := kills[lemma] || kills[m.lower[i]], injures[lemma]
			if !dead && !hurt || i != f.head && !m.near(f.head, i) {
				continue
			}
			n := 0
			for _, o := range m.objects(i) {
				for _, j := range o {
					n += m.count(j)
				}
			}
			if n == 0 && (lemma == "die" || lemma == "dead") {
				for _, j := range m.subjects(i) {
					n += m.count(j)
				}
			}
			if dead {
				e.Killed = max(e.Killed, n)
			} else {
				e.Injured = max(e.Injured, n)
			}
		}
		return
	}
	switch e.Type {
	case doc.Aid, doc.Agree, doc.Sanction, doc.Coerce, doc.Request, doc.Cooperate:
		e.Amount = m.amount(f, lo, hi)
	}
}

// near says whether token i belongs to the same tale as the head of an assault: one
// stands under the other, or both in one clause.
func (m *matcher) near(h, i int) bool {
	return m.under(i, h) || m.under(h, i) || m.clauseOf(h) == m.clauseOf(i)
}

// amount returns the first sum of money or count of goods under the head.
func (m *matcher) amount(f *found, lo, hi int) doc.Span {
	for i := lo; i < hi; i++ {
		if c := m.d.Text[m.d.Tokens[i].Begin]; (c == '$' || m.lower[i] == "us$" || m.lower[i] == "€" || m.lower[i] == "£" || m.lower[i] == "¥") && m.under(i, f.head) {
			j := i
			for j+1 < hi && (m.d.Tokens[j+1].UPOS == "NUM" || m.lower[j+1] == "million" || m.lower[j+1] == "billion" || m.lower[j+1] == "trillion" || m.lower[j+1] == "bn" || m.lower[j+1] == "m") {
				j++
			}
			if j > i {
				return m.span(i, j)
			}
		}
		// «2 billion euros»
		switch m.d.Tokens[i].Lemma {
		case "dollar", "euro", "pound", "yen", "ruble", "rouble", "yuan", "franc":
			j := i
			for j > lo && (m.d.Tokens[j-1].UPOS == "NUM" || m.lower[j-1] == "million" || m.lower[j-1] == "billion") {
				j--
			}
			if j < i && m.under(i, f.head) {
				return m.span(j, i)
			}
		}
	}
	return doc.Span{}
}

// contexts gathers those of the frame and of the words that tell the event: its head with all that
// hangs on it but clauses, the other words of the frame, and who took part. What else the sentence
// speaks of is another matter: «The envoys, who know the oil trade, met in Oslo.» Nor does an
// assault's own noun run for office: «the army's campaign».
func (m *matcher) contexts(f *found, e *doc.Event) {
	out := slices.Clone(f.frame.Contexts)
	lo, hi := m.sentence(f.head)
	told := m.told(f, e, lo, hi)
	longest := m.frames.LongestContext()
	for i := lo; i < hi; i++ {
		// The longest entry wins: «military campaign» is no election campaign.
		for n := min(longest, hi-i); n > 0; n-- {
			if slices.Contains(told[i-lo:i-lo+n], false) {
				continue
			}
			if c := m.contextOf(i, n); c != "" && !(c == "election" && i == f.head && e.Type == doc.Assault) {
				out = append(out, c)
				i += n - 1
				break
			}
		}
	}
	slices.Sort(out)
	e.Contexts = slices.Compact(out)
}

// contextOf returns the context of the n tokens from i, the last as it is written or as its lemma.
func (m *matcher) contextOf(i, n int) string {
	last := i + n - 1
	before := ""
	if n > 1 {
		before = strings.Join(m.lower[i:last], " ") + " "
	}
	if c := m.frames.Context(before + m.lower[last]); c != "" {
		return c
	}
	return m.frames.Context(before + strings.ToLower(m.d.Tokens[last].Lemma))
}

// told says which tokens of [lo, hi) tell the event.
func (m *matcher) told(f *found, e *doc.Event, lo, hi int) []bool {
	told := make([]bool, hi-lo)
	var mark func(i int)
	mark = func(i int) {
		if i < lo || i >= hi || told[i-lo] {
			return
		}
		told[i-lo] = true
		m.children(i, func(c int) bool {
			if !m.is(c, "advcl", "acl", "ccomp", "xcomp", "csubj", "parataxis", "conj", "appos") || m.d.Tokens[c].Rel == "conj" && m.nominal(c) && !m.verbal(i) {
				mark(c)
			}
			return true
		})
	}
	for _, w := range f.words {
		mark(w)
	}
	for _, w := range f.within {
		mark(w)
	}
	if f.lent >= 0 {
		mark(f.lent)
	}
	for _, list := range [][]doc.Party{e.Actors, e.Targets} {
		for _, p := range list {
			for i := lo; i < hi; i++ {
				told[i-lo] = told[i-lo] || p.Span.Contains(m.d.Tokens[i].Span)
			}
		}
	}
	return told
}
