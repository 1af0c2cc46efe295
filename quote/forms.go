package quote

// Some forms attribute whatever their words' record in the training data, where
// annotators passed over many of them or the word is mostly met in another use. A
// cue in such a form is given at least an even chance.

// form returns the name of the form that the cue headed by token i has, or "".
func (v *view) form(i int) string {
	t := &v.d.Tokens[i]
	for c := v.first[i]; c >= 0; c = v.next[c] {
		k := &v.d.Tokens[c]
		if k.Rel != "ccomp" && k.Rel != "csubj" && k.Rel != "csubj:outer" && k.Rel != "acl" && k.Rel != "advcl" && k.Rel != "csubj:pass" {
			continue
		}
		mark := v.marker(int(c))
		switch t.UPOS {
		case "ADJ":
			// «It is not yet clear whether the envoy will return.»
			if openQuestion[mark] && unsettled[t.Lemma] {
				return "open question"
			}
		case "NOUN":
			// «There are fears that the war will spread.» «The claim that …»
			if mark == "that" && (k.Rel == "acl" || k.Rel == "ccomp") && v.class[i] != 0 {
				return "noun with that"
			}
		case "VERB":
			// «The letter states that no payment was made.»
			if mark == "that" && k.Rel == "ccomp" && v.class[i] != 0 && v.subjectOf(i) >= 0 {
				return "verb with that"
			}
		}
	}
	return ""
}

var (
	openQuestion = map[string]bool{"whether": true, "if": true, "how": true, "why": true, "what": true, "when": true, "who": true, "where": true}
	unsettled    = map[string]bool{"clear": true, "unclear": true, "certain": true, "uncertain": true, "known": true, "unknown": true}
)

// marker returns the lemma of the word that opens the clause headed by i: its
// marker, or its first word where that asks.
func (v *view) marker(i int) string {
	for c := v.first[i]; c >= 0; c = v.next[c] {
		if v.d.Tokens[c].Rel == "mark" {
			return v.d.Tokens[c].Lemma
		}
	}
	return v.d.Tokens[v.lo[i]].Lemma
}

// evenChance is the least probability of a cue in one of the forms.
const evenChance = 0.5
