package quote

import "slices"

// Some forms attribute whatever their words' record in the training data, where
// annotators passed over many of them or the word is mostly met in another use. A
// cue in such a form is given at least an even chance.

// form returns the name of the form that the cue headed by token i has, or "".
func (v *view) form(i int) string {
	t := &v.d.Tokens[i]
	if name := v.phrase(i); name != "" {
		return name
	}
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
			if mark == "that" && k.Rel != "advcl" && (v.class[i] != 0 || talk[t.Lemma]) {
				return "noun with that"
			}
		case t.UPOS == "VERB" && k.Rel == "ccomp" && v.subjectOf(i) >= 0:
			// «The letter states that no payment was made.» «They monitor whether …»
			if mark == "that" && (v.class[i] != 0 || t.Lemma == "confide") || mark == "whether" {
				return "verb with clause"
			}
		}
	}
	return ""
}

// phrase returns the name of the set phrase that the word i heads, or "".
func (v *view) phrase(i int) string {
	d, t := v.d, &v.d.Tokens[i]
	child := func(rel string, lemmas ...string) int {
		for c := v.first[i]; c >= 0; c = v.next[c] {
			k := &d.Tokens[c]
			if k.Rel == rel && (len(lemmas) == 0 || slices.Contains(lemmas, k.Lemma)) {
				return int(c)
			}
		}
		return -1
	}
	switch t.Lemma {
	case "report", "reveal", "disclose", "announce":
		// «As the Gazette was the first to report, the fort is lost.»
		if h := t.Head; t.UPOS == "VERB" && h >= 0 && h < i && d.Tokens[h].Lemma == "first" && child("mark", "to") >= 0 {
			return "first to report"
		}
	case "come":
		// «Word came from the Gazette that the fort is lost.»
		if child("nsubj", "word", "news", "confirmation") >= 0 && v.thatAfter(i) {
			return "word came"
		}
	case "learn", "understand", "hear":
		// «The Gazette has learnt from an aide that the fort is lost.»
		for c := v.first[i]; c >= 0; c = v.next[c] {
			if d.Tokens[c].Rel == "obl" && v.preposition(int(c)) == "from" && (v.thatAfter(i) || int(v.lo[i]) < i) {
				return "learnt from"
			}
		}
	case "word":
		// «In the words of the envoy, the fort is lost.»
		if t.UPOS == "NOUN" && i > 1 && child("case", "in") >= 0 && i+1 < len(d.Tokens) && d.Tokens[i+1].Lemma == "of" {
			return "in the words of"
		}
	case "put":
		// «As the envoy puts it, the fort is lost.» «“The fort is lost,” was how the envoy put it.»
		if t.UPOS == "VERB" && child("obj", "it") >= 0 && (child("mark", "as") >= 0 || child("advmod", "as", "how") >= 0 || child("mark", "how") >= 0) {
			return "as one puts it"
		}
	case "know":
		// «The envoy let it be known that the fort is lost.»
		if t.UPOS == "VERB" && i > 2 && d.Tokens[i-1].Lemma == "be" && d.Tokens[i-2].Lemma == "it" && v.thatAfter(i) {
			return "let it be known"
		}
	}
	return ""
}

// thatAfter says whether a "that" stands in the next words behind token i, before its sentence ends.
func (v *view) thatAfter(i int) bool {
	last := v.d.Sentences[v.sent[i]].Last
	for k := i + 1; k < min(i+25, last); k++ {
		if v.d.Tokens[k].Lemma == "that" && (v.d.Tokens[k].Rel == "mark" || v.d.Tokens[k].UPOS == "SCONJ") {
			return true
		}
	}
	return false
}

// talk are nouns of what is said by nobody in particular: «There is talk that the fort is lost.»
var talk = map[string]bool{"talk": true, "speculation": true, "rumour": true, "rumor": true, "word": true, "news": true, "gossip": true}

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
