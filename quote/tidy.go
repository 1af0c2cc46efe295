package quote

import "slices"

// tidy mends by rule what the decoder leaves at the edges of a statement's parts, as
// the annotation guidelines of PolNeAR define them.
func (v *view) tidy(a *found) {
	// An empty pronoun is nobody: «It is said that the fort is haunted».
	if a.source[1]-a.source[0] == 1 && v.d.Tokens[a.source[0]].Rel == "expl" {
		a.source = [2]int{}
	}
	if a.source[0] == a.source[1] {
		a.source = v.onTerms(a.cue[0])
	} else if last := a.source[1] - 1; last > a.source[0] && v.d.Tokens[last].XPOS == "WP" && v.onTerms(a.cue[0])[1] > 0 {
		a.source[1]-- // «an official | who asked not to be named»
	}
	v.setPhrase(a)
	v.passive(a)
	v.giver(a)
	n := 0
	for k, c := range a.content {
		if k == 0 {
			c[0] = v.afterAddressee(a, c)
		}
		// A comma outside the quotation marks ends the clause and not the content:
		// «The strike will continue, the union said».
		if last := c[1] - 1; v.d.Word(last) == "," && !v.quotes.Inside(last) {
			c[1]--
		}
		if !v.onlyMarks(c) {
			a.content[n] = c
			n++
		}
	}
	if n > 0 {
		a.content = a.content[:n]
	}
}

// onTerms returns the noun and the relative clause of terms that stand right before a cue, which
// trees may make a part of that clause: «An official who asked not to be named told …».
func (v *view) onTerms(cue int) (source [2]int) {
	for i := cue - 1; i > 0 && v.sent[i] == v.sent[cue] && v.d.Tokens[i].UPOS != "PUNCT"; i-- {
		if !v.ofTerms(i) {
			continue
		}
		n := v.d.Tokens[i].Head
		if n < 0 || n >= i {
			return source
		}
		first := n
		for c := v.first[n]; c >= 0; c = v.next[c] {
			if int(c) < n && v.d.Tokens[c].UPOS != "PUNCT" {
				first = min(first, int(v.lo[c]))
			}
		}
		return [2]int{first, cue}
	}
	return source
}

// afterAddressee returns where content c begins once the person spoken to is left
// out of it: «assured investors that the bank was sound», «asked the witness
// whether he had seen it». Only an object right behind the cue counts, and only
// before a clause with a marker.
func (v *view) afterAddressee(a *found, c [2]int) int {
	if c[0] != a.cue[1] || !addressed[v.d.Tokens[a.head].Lemma] {
		return c[0]
	}
	for x := v.first[a.head]; x >= 0; x = v.next[x] {
		k := &v.d.Tokens[x]
		if k.Rel != "obj" && k.Rel != "iobj" || int(v.lo[x]) != c[0] || !v.person(int(x)) {
			continue
		}
		next := int(v.hi[x]) + 1
		if next < c[1] {
			switch v.d.Tokens[next].Lemma {
			case "that", "whether", "if", "why", "how":
				return next
			}
		}
	}
	return c[0]
}

// setPhrase mends the content of set phrases, of which the decoder takes a part of the phrase itself:
// «As the Gazette was the first to report, the fort is lost», «Word came from the Gazette that …».
func (v *view) setPhrase(a *found) {
	name := v.phrase(a.head)
	sent := v.d.Sentences[v.sent[a.head]]
	last := sent.Last
	for last > sent.First && v.d.Tokens[last-1].UPOS == "PUNCT" {
		last--
	}
	from := -1
	switch name {
	case "first to report":
		from = int(v.hi[v.d.Tokens[a.head].Head]) + 1
	case "as one puts it":
		if int(v.lo[a.head]) < a.head-1 && v.d.Tokens[v.lo[a.head]].Lemma == "as" {
			from = int(v.hi[a.head]) + 1
		}
	case "in the words of":
		for c := v.first[a.head]; c >= 0; c = v.next[c] {
			if int(c) > a.head && v.preposition(int(c)) == "of" {
				from = int(v.hi[c]) + 1
				a.source = [2]int{int(v.lo[c]) + 1, from}
				a.cue = [2]int{int(v.lo[a.head]), a.head + 2}
				break
			}
		}
	case "word came", "let it be known":
		for k := a.head + 1; k < last; k++ {
			if v.d.Tokens[k].Lemma == "that" {
				from = k
				break
			}
		}
	}
	if from < 0 || from <= a.cue[1]-1 {
		return
	}
	for from < last && v.d.Tokens[from].UPOS == "PUNCT" && !v.quotes.Inside(from) {
		from++
	}
	if last-from < 3 {
		return
	}
	for a.source[1] > from && a.source[1] > a.source[0] {
		a.source[1]--
	}
	a.content = append(a.content[:0], [2]int{from, last})
}

// passive mends the passive of a report, of which the decoder takes the empty "it" or the
// person spoken to for the content: «It was first reported by the Gazette that the fort
// is lost», «the Gazette was told by an aide that …», «The fort is lost, it was reported by the Gazette».
func (v *view) passive(a *found) {
	s, d := a.source, v.d
	if s[0] == s[1] || s[0] < a.cue[1] || len(a.content) == 0 || a.content[0][1] > a.cue[0] {
		return
	}
	if by := d.Tokens[s[0]].Lemma; by != "by" && d.Tokens[s[0]-1].Lemma != "by" {
		return
	}
	c := a.content[0]
	empty := c[1]-c[0] == 1 && d.Tokens[c[0]].Lemma == "it"
	spoken := false
	for x := v.first[a.head]; x >= 0; x = v.next[x] {
		spoken = spoken || d.Tokens[x].Rel == "nsubj:pass" && c[0] <= int(x) && int(x) < c[1] && addressed[d.Tokens[a.head].Lemma]
	}
	if !empty && !spoken {
		return
	}
	if len(a.content) > 1 {
		if a.content[1][0] >= a.cue[1] {
			a.content = slices.Delete(a.content, 0, 1)
		}
		return
	}
	for k := s[0] + 1; k+1 < s[1]; k++ {
		if d.Tokens[k].Lemma == "that" && (d.Tokens[k].Rel == "mark" || d.Tokens[k].UPOS == "SCONJ") {
			a.source[1] = k
			a.content[0] = [2]int{k, s[1]}
			return
		}
	}
	first := d.Sentences[v.sent[c[0]]].First
	if comma := c[0] - 1; comma > first && d.Word(comma) == "," {
		for k := first; k < comma; k++ {
			if w := d.Word(k); w == "—" || w == "–" {
				first = k + 1 // the place of a dateline
			}
		}
		a.content[0] = [2]int{first, comma}
	}
}

// giver sets the source right where the decoder took whom it is said to for it: «an aide told the
// Gazette», «The Gazette has learnt from an aide that …».
func (v *view) giver(a *found) {
	s, d, lemma := a.source, v.d, v.d.Tokens[a.head].Lemma
	if s[0] == s[1] || d.Tokens[a.head].UPOS != "VERB" {
		return
	}
	if s[1] <= a.cue[0] && receives[lemma] {
		for x := v.first[a.head]; x >= 0; x = v.next[x] {
			if d.Tokens[x].Rel == "obl" && v.preposition(int(x)) == "from" && v.person(int(x)) {
				if from := [2]int{int(v.lo[x]) + 1, int(v.hi[x]) + 1}; len(a.content) == 1 && a.content[0][0] >= from[0]-1 && a.content[0][1] <= from[1] {
					// «The fort is lost, the Gazette understands from an aide.»
					first := v.d.Sentences[v.sent[a.head]].First
					if comma := s[0] - 1; comma > first+2 && d.Word(comma) == "," {
						a.content[0] = [2]int{first, comma}
					}
				}
				v.instead(a, int(v.lo[x])+1, int(v.hi[x])+1)
				return
			}
		}
	}
	told := addressed[lemma] && s[0] == a.cue[1]
	to := s[0] >= a.cue[1] && (d.Tokens[s[0]].Lemma == "to" || d.Tokens[s[0]-1].Lemma == "to") && s[0] <= a.cue[1]+1
	if !told && !to {
		return
	}
	for x := v.first[a.head]; x >= 0; x = v.next[x] {
		if k := int(x); d.Tokens[k].Rel == "nsubj" && k < a.head && v.person(k) {
			v.instead(a, int(v.lo[k]), min(int(v.hi[k])+1, a.cue[0]))
			return
		}
	}
}

// receives are verbs of whoever is told.
var receives = map[string]bool{"learn": true, "hear": true, "understand": true, "gather": true}

// instead takes the tokens from first to last as the source, unless some of them are content.
func (v *view) instead(a *found, first, last int) {
	for _, c := range a.content {
		if c[0] < last && first < c[1] {
			if first >= c[0] {
				return
			}
			last = c[0]
		}
	}
	if first < last {
		a.source = [2]int{first, last}
	}
}

// onlyMarks says whether no word stands in the tokens of c.
func (v *view) onlyMarks(c [2]int) bool {
	for i := c[0]; i < c[1]; i++ {
		if v.d.Tokens[i].UPOS != "PUNCT" {
			return false
		}
	}
	return true
}
