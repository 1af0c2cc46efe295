package quote

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

// onlyMarks says whether no word stands in the tokens of c.
func (v *view) onlyMarks(c [2]int) bool {
	for i := c[0]; i < c[1]; i++ {
		if v.d.Tokens[i].UPOS != "PUNCT" {
			return false
		}
	}
	return true
}
