package quote

// Some forms attribute whatever their words' record in the training data, where
// annotators passed over many of them or the word is mostly met in another use. A
// cue in such a form is given at least an even chance.

// form returns the name of the form that the cue headed by token i has, or "".
func (v *view) form(i int) string {
	t := &v.d.Tokens[i]
	copula := false
	for c := v.first[i]; c >= 0; c = v.next[c] {
		copula = copula || v.d.Tokens[c].Rel == "cop"
	}
	for c := v.first[i]; c >= 0; c = v.next[c] {
		k := &v.d.Tokens[c]
		if !clausal[k.Rel] {
			continue
		}
		mark := v.marker(int(c))
		switch {
		case t.UPOS == "ADJ" || copula:
			// «It is not yet clear whether the envoy will return.»
			if openQuestion[mark] && unsettled[t.Lemma] {
				return "open question"
			}
		case t.UPOS == "NOUN":
			// «There are fears that the war will spread.» «The claim that …»
			if mark == "that" && k.Rel != "advcl" && v.class[i] != 0 {
				return "noun with that"
			}
		case t.UPOS == "VERB" && k.Rel == "ccomp" && v.subjectOf(i) >= 0:
			// «The letter states that no payment was made.» «They monitor whether …»
			if mark == "that" && v.class[i] != 0 || mark == "whether" {
				return "verb with clause"
			}
		}
	}
	return ""
}

// clausal are the relations of clauses that a cue can govern; a parser often takes
// the clause of a noun for a relative one.
var clausal = map[string]bool{"ccomp": true, "csubj": true, "csubj:outer": true, "csubj:pass": true,
	"acl": true, "acl:relcl": true, "advcl": true}

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
	if w := v.d.Tokens[v.lo[i]].Lemma; openQuestion[w] {
		return w
	}
	return ""
}

// evenChance is the least probability of a cue in one of the forms.
const evenChance = 0.5
