package certainty

import (
	"slices"

	"hearsay/doc"
	"hearsay/lexicon"
)

// analysis finds signs in one Doc.
type analysis struct {
	*tree
	words *lexicon.Certainties
}

// of returns the operator of a lexicon entry.
func of(e *lexicon.CertaintyEntry, words doc.Span, scope int) operator {
	return operator{words: words, scope: scope, kind: e.Kind, entry: e.Lemma, yes: doc.Factuality(e.If), no: doc.Factuality(e.IfNot)}
}

// clause appends the operators that stand beside predicate i and bear on it, the innermost
// first: a modal is inside a negation, adverbs go by their order («certainly not», «not
// certainly»), and a condition is outside all. inside says which words may be looked at; from
// is the word below i whose signs have been found, or -1.
func (a *analysis) clause(i, from int, inside func(int) bool, voice bool, ops []operator) []operator {
	d := a.d
	type placed struct {
		operator
		at int
	}
	var list []placed
	add := func(at int, o operator) { list = append(list, placed{o, at}) }
	entry := func(c int, lemma, pos, frame string) bool {
		e := a.words.Entry(lemma, pos, frame)
		if e == nil {
			return false
		}
		o := of(e, d.Tokens[c].Span, i)
		if e.Outer == "UU" && !voice {
			// «He reportedly left»: the reporter passes it on.
			o.apart = true
		}
		add(c, o)
		return true
	}
	verbal := a.verbal(i)
	perfect := false
	a.children(i, func(c int, rel string) bool {
		perfect = perfect || rel == "aux" && a.lemma(c) == "have"
		return true
	})
	a.children(i, func(c int, rel string) bool {
		if !inside(c) || c == from {
			return true
		}
		switch rel {
		case "aux":
			lemma := modalLemma(a.form(c), a.lemma(c))
			if h := d.Tokens[i].Head; lemma == "would" && base(d.Tokens[i].Rel) == "ccomp" && h >= 0 && a.past(h) {
				lemma = "will" // «She said that the firm would close»
			}
			if d.Tokens[c].XPOS != "MD" && lemma != "can" {
				break
			}
			if (lemma == "could" || lemma == "can") && perceived[a.lemma(i)] && !negated(a, i) {
				break // «They could hear shots»: they heard some
			}
			// «could have burned» is another thing than «could burn».
			at := d.Tokens[i].End // the innermost
			if perfect {
				if e := a.words.Entry(lemma+" have", "aux", "-"); e != nil {
					add(at, of(e, d.Tokens[c].Span, i))
					break
				}
			}
			if e := a.words.Entry(lemma, "aux", "-"); e != nil {
				add(at, of(e, d.Tokens[c].Span, i))
			}
		case "advmod", "det", "cc", "discourse", "neg", "mark":
			a.adverb(c, i, entry)
		case "nsubj":
			if verbal {
				// «Nobody came», «No soldier came», «Few voters came».
				if !entry(c, a.lemma(c), "pron", "-") {
					a.quantifier(c, inside, entry)
				}
			}
		case "obj":
			// «They reached no deal», «They told nobody».
			if verbal && !entry(c, a.lemma(c), "pron", "-") {
				a.negativeDeterminer(c, inside, entry)
			}
		case "case":
			// «a country that is without violence»
			if f := a.form(c); f == "without" && a.child(i, "cop") >= 0 {
				entry(c, f, "adp", "-")
			}
		case "amod", "acl":
			a.adjective(c, i, entry)
		case "advcl":
			if o, ok := a.conditioned(c, i); ok {
				add(-1, o)
			}
		case "parataxis":
			// «The bridge, aides say, fell»: an inserted clause of saying.
			if e := a.words.Entry(a.lemma(c), "verb", "that"); e != nil && e.Outer == "UU" && !voice && a.child(c, "ccomp", "xcomp", "obj") < 0 {
				add(c, operator{words: d.Tokens[c].Span, scope: i, kind: e.Kind, entry: e.Lemma, apart: true})
			}
		case "obl", "nmod":
			if !voice {
				if k := a.child(c, "case"); k >= 0 && inside(k) && a.form(k) == "according" {
					add(k, operator{words: d.Tokens[k].Span, scope: i, kind: "evidential", apart: true})
				}
			}
		}
		return true
	})
	slices.SortStableFunc(list, func(x, y placed) int { return y.at - x.at })
	sure, hedged := -1, -1
	for k := range list {
		if o := &list[k]; o.at < d.Tokens[i].End && d.Tokens[i].End != o.at {
			if o.kind == "hedge" && o.yes == doc.Certain && o.no == doc.Uncommitted {
				sure = k
			} else if (o.kind == "hedge" || o.kind == "modal") && strength(o.yes) < 3 && o.entry != "" {
				hedged = k
			}
		}
		ops = append(ops, list[k].operator)
	}
	if sure >= 0 && hedged >= 0 {
		// «He definitely possibly knew»: the words contradict each other.
		x, y := list[sure].words, list[hedged].words
		if x.Begin > y.Begin {
			x, y = y, x
		}
		ops = append(ops, operator{words: doc.Span{Begin: x.Begin, End: y.End}, scope: i, kind: "contradiction", yes: doc.Uncommitted, no: doc.Uncommitted})
	}
	return ops
}

// perceived are verbs of which a modal of ability says that they came about.
var perceived = map[string]bool{"hear": true, "see": true, "feel": true, "smell": true}

// modalLemma is the lemma of a modal verb, short or long.
func modalLemma(form, lemma string) string {
	switch form {
	case "ca", "can", "cannot":
		return "can"
	case "wo", "will", "'ll", "’ll":
		return "will"
	case "'d", "’d":
		return "would"
	case "could", "might", "would", "should", "may", "must", "shall", "ought":
		return form
	}
	return lemma
}

// adverb looks an adverb, determiner or conjunction c of predicate i up.
func (a *analysis) adverb(c, i int, entry func(c int, lemma, pos, frame string) bool) {
	lemma, form := a.lemma(c), a.form(c)
	switch {
	case form == "n't" || form == "n’t" || form == "not":
		// «not only», «not just» deny nothing.
		if n := c + 1; n < len(a.d.Tokens) && (a.form(n) == "only" || a.form(n) == "just" || a.form(n) == "merely") {
			return
		}
		entry(c, "not", "adv", "-")
	case lemma == "long" && a.child(c, "advmod", "det") >= 0 && a.form(a.child(c, "advmod", "det")) == "no":
		entry(c, "no longer", "adv", "-") // «no longer sells»
	case lemma == "any" || form == "any":
		entry(c, "any", "det", "-")
	case form == "no" || form == "neither" || form == "few":
		if a.d.Tokens[c].Rel != "discourse" {
			entry(c, form, "det", "-")
		}
	case form == "nor":
		entry(c, "nor", "conj", "-")
	default:
		entry(c, form, "adv", "-")
	}
}

// quantifier looks for what makes a subject c nobody or few.
func (a *analysis) quantifier(c int, inside func(int) bool, entry func(c int, lemma, pos, frame string) bool) {
	if a.negativeDeterminer(c, inside, entry) {
		return
	}
	if a.form(c) == "few" && a.child(c, "det") < 0 {
		entry(c, "few", "det", "-") // «Few of them obeyed»
	}
	a.children(c, func(k int, rel string) bool {
		if inside(k) && rel == "cc" && a.form(k) == "neither" {
			entry(k, "neither", "det", "-") // «Neither he nor she could be reached»
		}
		if inside(k) && (rel == "amod" || rel == "det") && a.form(k) == "few" && a.child(c, "det") != k && a.child(c, "det") < 0 {
			entry(k, "few", "det", "-")
		}
		return true
	})
}

// negativeDeterminer looks for "no" or "neither" before a noun.
func (a *analysis) negativeDeterminer(c int, inside func(int) bool, entry func(c int, lemma, pos, frame string) bool) (found bool) {
	a.children(c, func(k int, rel string) bool {
		if inside(k) && rel == "det" && (a.form(k) == "no" || a.form(k) == "neither") {
			found = entry(k, a.form(k), "det", "-")
		}
		return !found
	})
	return found
}

// adjective looks up a word that stands with noun i: «an alleged theft», «the attack foiled
// by police».
func (a *analysis) adjective(c, i int, entry func(c int, lemma, pos, frame string) bool) {
	if a.verbal(i) && a.d.Tokens[i].UPOS == "VERB" {
		return
	}
	t := &a.d.Tokens[c]
	if entry(c, a.form(c), "adj", "mod") {
		return
	}
	if t.UPOS == "VERB" && t.XPOS == "VBN" && a.child(c, "aux", "nsubj") < 0 {
		entry(c, a.lemma(c), "verb", "np")
	}
}

// conditioned says whether predicate i is told under the condition c: «The bank will fail
// if the state does not help».
func (a *analysis) conditioned(c, i int) (operator, bool) {
	o := operator{scope: i, kind: "consequence", yes: doc.Possible, no: doc.NotPossible}
	if m := a.mark(c); m >= 0 {
		if m > 0 && a.form(m-1) == "even" {
			return o, false // «even if it rains» is no condition
		}
		if e := a.conjunction(m); e != nil && e.Kind == "condition" {
			o.words, o.entry = a.d.Tokens[m].Span, e.Lemma
			return o, true
		}
		return o, false
	}
	if m := a.inverted(c); m >= 0 {
		o.words = a.d.Tokens[m].Span
		return o, true
	}
	return o, false
}

// inverted returns the word that opens a condition without a conjunction, or -1: «should
// support be forthcoming», «had she known».
func (a *analysis) inverted(c int) int {
	subject := a.child(c, "nsubj")
	found := -1
	a.children(c, func(k int, rel string) bool {
		if (rel == "aux" || rel == "cop") && k < subject {
			switch a.form(k) {
			case "should", "had", "were":
				found = k
			}
			return false
		}
		return true
	})
	return found
}

// mark returns the word that joins the clause of i to another, or -1: "if", "before", "when".
func (a *analysis) mark(i int) (found int) {
	found = -1
	a.children(i, func(c int, rel string) bool {
		switch rel {
		case "mark", "case":
			if f := a.form(c); f != "to" && f != "that" {
				found = c
			}
		case "advmod":
			if f := a.form(c); f == "when" || f == "whenever" || f == "while" || f == "once" {
				found = c
			}
		}
		return found < 0
	})
	return found
}

// conjunction returns the entry of the joining word m, or nil.
func (a *analysis) conjunction(m int) *lexicon.CertaintyEntry {
	p := a.phrase(m)
	if p == "in" && m+1 < len(a.d.Tokens) && a.form(m+1) == "case" {
		p = "in case"
	}
	for _, pos := range []string{"conj", "adp"} {
		for _, frame := range []string{"-", "ing", "np"} {
			if e := a.words.Entry(p, pos, frame); e != nil {
				return e
			}
		}
	}
	return nil
}

// asked says whether the clause of i is a question that leaves open whether it is so, or a
// demand: «Did she leave?», «Leave the town!».
func (a *analysis) asked(i int) (operator, bool) {
	o := operator{scope: i, yes: doc.Uncommitted, no: doc.Uncommitted}
	d := a.d
	s := d.Sentences[a.sentence[i]]
	open, wh := -1, false
	a.children(i, func(c int, rel string) bool {
		if rel == "punct" && a.form(c) == "?" {
			open = c
		}
		wh = wh || (rel == "advmod" || rel == "obl") && (a.form(c) == "why" || a.form(c) == "how" || a.form(c) == "when" || a.form(c) == "where")
		return true
	})
	if d.Tokens[i].Head < 0 && open < 0 {
		for k := s.Last - 1; k >= s.First && k >= s.Last-3; k-- {
			if a.form(k) == "?" {
				open = k
			}
		}
	}
	if open >= 0 && !wh {
		// «Why did she leave?» takes it for granted that she left.
		o.kind, o.words = "question", d.Tokens[open].Span
		return o, true
	}
	if t := &d.Tokens[i]; t.UPOS == "VERB" && t.XPOS == "VB" && a.child(i, "nsubj", "aux", "mark", "cop", "expl", "csubj") < 0 && (t.Head < 0 || base(t.Rel) == "ccomp") {
		o.kind, o.words = "order", t.Span
		return o, true
	}
	return o, false
}

// negated says whether "not" or "never" stands beside i.
func negated(a *analysis, i int) (found bool) {
	a.children(i, func(c int, rel string) bool {
		switch a.form(c) {
		case "not", "n't", "n’t", "never":
			found = true
		}
		return !found
	})
	return found
}
