package quote

// tidy mends by rule what the decoder leaves at the edges of a statement's parts, as
// the annotation guidelines of PolNeAR define them.
func (v *view) tidy(a *found) {
	// An empty pronoun is nobody: «It is said that the fort is haunted».
	if a.source[1]-a.source[0] == 1 && v.d.Tokens[a.source[0]].Rel == "expl" {
		a.source = [2]int{}
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
