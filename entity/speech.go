package entity

import (
	"strings"

	"hearsay/doc"
)

// speech settles pronouns by who speaks: «I» inside a quotation is whoever says it, and
// "he" who goes on speaking is whoever spoke just before.
func (l *linker) speech() {
	at := l.heads()
	l.quoted(at)
	l.saysOf(at)
	l.goesOn(at)
	l.itGoesOn(at)
}

// heads returns the mention that each token heads, the shortest where there are several.
func (l *linker) heads() map[int]int {
	at := make(map[int]int, len(l.all))
	for k := range l.all {
		if l.all[k].form != joint {
			at[l.all[k].head] = k
		}
	}
	return at
}

// quoted gives "I" inside a quotation to whoever says the quotation, and "we" where that is
// a body or several: «"I will go," Jane Roe said», "We will vote," the union said.
func (l *linker) quoted(at map[int]int) {
	said := l.sayers()
	for k := range l.all {
		m := &l.all[k]
		if m.form != pronoun || m.person != 1 || m.quote < 0 {
			continue
		}
		h, ok := said[m.quote]
		if !ok {
			continue
		}
		s, ok := at[l.antecedent(h)]
		if !ok || s == k || l.of[s] == l.of[k] {
			continue
		}
		x := &l.all[s]
		several := x.number == plural || x.kind == doc.Organization || x.kind == doc.Country
		if several != (m.number == plural) || m.number != plural && x.gender&(male|female) == 0 || several && x.form == pronoun {
			continue
		}
		l.move(k, l.of[s])
	}
}

// sayers returns for each quotation the head of the source that says it: of the statements
// whose words stand outside it and whose content is in it, the one with most of it. A
// quotation that no statement has is of whoever says the one before it, in its paragraph or at
// the end of the last.
func (l *linker) sayers() map[int]int {
	d := l.d
	words := map[int]int{} // of the best statement of each quotation
	said := map[int]int{}
	for i := range d.Statements {
		st := &d.Statements[i]
		if st.Source.Span.Empty() || st.Quotation == doc.Indirect || len(st.Cue.Spans) == 0 {
			continue
		}
		h := d.HeadOf(st.Source.Span)
		cue, _ := d.Within(st.Cue.Spans[0])
		if h < 0 {
			continue
		}
		count := map[int]int{}
		var order []int
		for _, c := range st.Content {
			first, last := d.Within(c)
			for j := first; j < last; j++ {
				if q := int(l.quote[j]); q >= 0 && q != int(l.quote[cue]) && q != int(l.quote[h]) {
					if count[q] == 0 {
						order = append(order, q)
					}
					count[q]++
				}
			}
		}
		for _, q := range order {
			if count[q] > words[q] {
				words[q], said[q] = count[q], h
			}
		}
	}
	before, block := -1, -1
	for i := range d.Tokens {
		if b := d.Sentences[l.sent[i]].Block; b != block {
			block = b
			if w := d.Word(i); w != "“" && w != "``" && w != `"` {
				before = -1 // a quotation may run on into a paragraph that opens with one
			}
		}
		q := int(l.quote[i])
		switch h, ok := said[q]; {
		case q < 0:
			if _, speaks := l.source[i]; speaks {
				before = i
			}
		case ok:
			before = h
		case before >= 0:
			said[q] = before
		}
	}
	return said
}

// antecedent returns the noun that a relative pronoun stands for, and any other word
// itself.
func (l *linker) antecedent(h int) int {
	if x := l.d.Tokens[h].XPOS; x != "WP" && x != "WDT" {
		return h
	}
	for a, n := h, 0; n < 20 && a >= 0; n++ {
		if t := &l.d.Tokens[a]; t.Rel == "acl:relcl" && t.Head >= 0 {
			return t.Head
		}
		a = l.d.Tokens[a].Head
	}
	return h
}

// goesOn gives "he" and "she" who speak outside quotations to the source just before, where
// that is a person of the gender and nobody else who could be meant is the subject of a
// clause between: «The mayor said he was tired. He added that …».
func (l *linker) goesOn(at map[int]int) {
	for k := range l.all {
		m := &l.all[k]
		if m.form != pronoun || m.person != 3 || m.gender&neuter != 0 || m.quote >= 0 || !l.speaks(m) || !subject(&l.d.Tokens[m.head]) {
			continue
		}
		h, ok := l.latest[m.head]
		if !ok || h < 0 {
			continue
		}
		s, ok := at[l.antecedent(h)]
		if !ok || l.of[s] == l.of[k] {
			continue
		}
		if l.rivals(s, k) {
			continue
		}
		l.move(k, l.of[s])
	}
}

// itGoesOn gives "it" that speaks to the body, the document or the state that spoke just
// before, where nothing else that could be meant is a subject between: «The ministry denied
// the report. It said …».
func (l *linker) itGoesOn(at map[int]int) {
	for k := range l.all {
		m := &l.all[k]
		if m.form != pronoun || m.person != 3 || m.gender != neuter || m.quote >= 0 || !l.speaks(m) || !subject(&l.d.Tokens[m.head]) {
			continue
		}
		h, ok := l.latest[m.head]
		if !ok || h < 0 {
			continue
		}
		s, ok := at[l.antecedent(h)]
		if !ok || l.of[s] == l.of[k] {
			continue
		}
		x := &l.all[s]
		if x.quote >= 0 || m.sent-x.sent > 2 || x.kind != doc.Organization && x.kind != doc.Document && x.kind != doc.Country || !subject(&l.d.Tokens[x.head]) || x.form == common && x.number == plural {
			continue
		}
		rival := false
		for j := range l.all {
			o := &l.all[j]
			if o.head > x.head && o.head < m.head && o.quote < 0 && l.of[j] != l.of[s] && subject(&l.d.Tokens[o.head]) && (o.kind == doc.Organization || o.kind == doc.Document || o.kind == doc.Country) {
				rival = true
			}
		}
		if !rival {
			l.move(k, l.of[s])
		}
	}
}

// rivals says whether the source of mention s cannot be pronoun k, or somebody else can.
func (l *linker) rivals(s, k int) bool {
	x, m := &l.all[s], &l.all[k]
	g := &l.groups[l.of[s]]
	if g.gender&m.gender == 0 || x.number == plural || m.sent-x.sent > 2 || len(g.names) == 0 || x.quote >= 0 || !subject(&l.d.Tokens[x.head]) {
		return true
	}
	switch v := l.d.Tokens[m.head].Head; {
	case v < 0:
		return true
	case l.d.Tokens[v].Rel != "root" && l.d.Tokens[v].Rel != "parataxis" && l.d.Tokens[v].Rel != "ccomp":
		return true
	}
	for j := range l.all {
		o := &l.all[j]
		if o.head <= x.head || o.head >= m.head || o.quote >= 0 || l.of[j] == l.of[s] || o.form == pronoun && o.person != 3 {
			continue
		}
		if strings.HasPrefix(l.d.Tokens[o.head].Rel, "nsubj") && o.gender&m.gender&(male|female) != 0 && (o.kind == doc.Person || o.form == pronoun) {
			return true
		}
	}
	return false
}

// saysOf gives "he" and "she" who open what somebody says of himself to the source: «Jane
// Roe says she asked her staff». It is done where the source is a name, and the subject of
// the clause that is said is the pronoun; "it" so is the body that says it.
func (l *linker) saysOf(at map[int]int) {
	d := l.d
	for k := range l.all {
		m := &l.all[k]
		if m.form != pronoun || m.person != 3 || m.number == plural || m.quote >= 0 || d.Tokens[m.head].Rel != "nsubj" {
			continue
		}
		it := m.gender == neuter
		v := d.Tokens[m.head].Head
		if v < 0 || d.Tokens[v].Rel != "ccomp" || d.Tokens[v].Head < 0 {
			continue
		}
		for c := l.first[d.Tokens[v].Head]; c >= 0 && int(c) < m.head; c = l.next[c] {
			s, ok := at[int(c)]
			if !ok || d.Tokens[c].Rel != "nsubj" || !l.speaks(&l.all[s]) || l.of[s] == l.of[k] {
				continue
			}
			switch x := &l.all[s]; {
			case it && (x.form == pronoun || x.number == plural || x.kind != doc.Organization && x.kind != doc.Country), !it && l.personName(x) == "":
				continue
			}
			if l.groups[l.of[s]].gender&m.gender != 0 && !wish[d.Tokens[d.Tokens[v].Head].Lemma] {
				l.move(k, l.of[s])
			}
		}
	}
}

// wish are verbs of what somebody else is to do: «Jane Roe recommended that she resign».
var wish = map[string]bool{"recommend": true, "demand": true, "request": true, "urge": true, "propose": true, "suggest": true, "ask": true, "require": true}
