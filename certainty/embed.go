package certainty

import (
	"hearsay/doc"
	"hearsay/lexicon"
)

// embedding returns the operators of a governing word with entry e: what its scope is worth
// to whoever reports the word, or with voice, to whomever it lets speak.
func embedding(e *lexicon.CertaintyEntry, words doc.Span, scope int, voice bool) operator {
	o := of(e, words, scope)
	o.others = e.Outer == "UU"
	if o.yes == o.no && polarity(o.yes) != 0 && e.Kind != "negation" {
		o.given = true
	}
	if voice || e.Outer == "=" {
		return o
	}
	if e.Outer == "UU" {
		o.apart = true
		return o
	}
	o.yes = doc.Factuality(e.Outer)
	if e.If != e.IfNot {
		o.no, o.given = doc.Uncommitted, false
	}
	return o
}

// given makes the operator of what is taken for granted.
func given(words doc.Span, scope int) operator {
	return operator{words: words, scope: scope, kind: "fact", yes: doc.Certain, no: doc.Certain, given: true}
}

// light are the verbs that only say that what their object names is done: «held talks»,
// «did not carry out the attack».
var light = map[string]bool{"have": true, "make": true, "hold": true, "take": true, "give": true, "carry": true, "launch": true, "conduct": true,
	"stage": true, "do": true, "mount": true, "be": true, "commit": true, "hand": true, "reach": true, "sign": true, "provide": true, "issue": true, "perform": true,
	"open": true, "wage": true, "deliver": true, "face": true, "complete": true, "undertake": true, "see": true, "get": true, "receive": true, "impose": true, "place": true, "put": true}

// step goes from i to the word above it that it depends on for being so. It appends the
// operators of that step; next is -1 where nothing above bears on i, and alone says that
// what stands beside next does not.
func (a *analysis) step(i int, voice bool, inside func(int) bool, ops []operator) (out []operator, next int, alone bool) {
	d := a.d
	t := &d.Tokens[i]
	h := t.Head
	words := d.Tokens[h].Span
	rel := base(t.Rel)
	switch rel {
	case "conj":
		return a.conjoined(i, h, inside, voice, ops)
	case "parataxis", "list", "appos", "dislocated", "vocative", "orphan":
		return ops, -1, false
	case "acl":
		if t.Rel == "acl:relcl" && !a.complement(i) {
			// «the man who fled»: he did. Not so of «any man who flees».
			if a.none(h) {
				return a.denied(i, h, ops), h, false
			}
			return append(ops, given(d.Tokens[i].Span, i)), h, true
		}
	case "advcl":
		if o, known, next, alone := a.adverbial(i, h, voice); known {
			if o != nil {
				ops = append(ops, *o)
			}
			return ops, next, alone
		}
	}
	f := a.frame(i)
	if f.open >= 0 && rel != "advcl" {
		ops = append(ops, operator{words: d.Tokens[f.open].Span, scope: i, kind: "question", entry: a.form(f.open), yes: doc.Uncommitted, no: doc.Uncommitted})
	}
	if !f.noun {
		if o := a.degreeWord(i, h, f); o != nil {
			return append(ops, *o), h, false
		}
	}
	if e := a.governor(h, f); e != nil {
		if f.noun && (e.Kind == "denial" || e.Kind == "implicative") && d.Tokens[h].UPOS == "VERB" && polarity(doc.Factuality(e.If)) < 0 && a.said(i) {
			// «rejected the offer», «denied the allegations»: these were made.
			g := given(d.Tokens[i].Span, i)
			g.known = true
			return append(ops, g), h, true
		}
		return append(ops, embedding(e, words, i, voice)), h, false
	}
	if g := d.Tokens[h].Head; g >= 0 && inside(g) && !f.noun && t.Rel != "acl:relcl" && (base(d.Tokens[h].Rel) == "obj" || base(d.Tokens[h].Rel) == "obl") && d.Tokens[g].UPOS == "VERB" {
		// «accused the mayor of taking bribes», «saw two men climbing»
		if e := a.governor(g, f); e != nil && (f.names[0] != "to" || e.Kind == "order" || e.Kind == "ask") {
			return append(ops, embedding(e, d.Tokens[g].Span, i, voice)), g, false
		}
	}
	if f.noun {
		if m := a.child(i, "case"); m >= 0 {
			if e := a.conjunction(m); e != nil && inside(m) {
				o := of(e, d.Tokens[m].Span, i)
				o.given = e.Kind == "fact"
				return append(ops, o), h, true
			}
		}
		return a.nominal(i, h, f, ops)
	}
	switch {
	case rel == "ccomp" || rel == "csubj" || rel == "xcomp" && len(f.names) > 0 && f.names[0] == "that":
		if e := a.byClass(h, f); e != nil {
			return append(ops, embedding(e, words, i, voice)), h, false
		}
	case rel == "acl" && f.names[0] != "to" && a.none(h):
		return a.denied(i, h, ops), h, false
	case (rel == "acl" || rel == "amod") && f.names[0] != "to":
		// «calls seeking comment», «the coming quarter»
		return append(ops, given(d.Tokens[i].Span, i)), h, true
	case rel == "acl" && f.names[0] == "to" && d.Tokens[h].Head < 0 && a.child(h, "cop", "aux") < 0:
		// «Harbour council to close two schools», a headline
		return append(ops, operator{words: words, scope: i, kind: "plan", yes: doc.Probable, no: doc.NotProbable}), h, true
	case rel == "acl" && f.names[0] == "to":
		// «the money to build a school»
		return append(ops, operator{words: words, scope: i, kind: "purpose", yes: doc.Uncommitted, no: doc.Uncommitted}), h, true
	case rel == "advcl" && f.names[0] == "to":
		// «He resigned to save the party.»
		return append(ops, operator{words: words, scope: i, kind: "purpose", yes: doc.Uncommitted, no: doc.Uncommitted}), h, true
	case rel == "xcomp" && d.Tokens[h].UPOS == "ADJ" && f.names[0] == "to":
		// «It is hard to say.»
		if e := a.byClass(h, f); e != nil {
			return append(ops, embedding(e, words, i, voice)), h, false
		}
		return append(ops, operator{words: words, scope: i, kind: "ability", yes: doc.Possible, no: doc.NotPossible}), h, false
	case rel == "xcomp":
		if e := a.byClass(h, f); e != nil {
			return append(ops, embedding(e, words, i, voice)), h, false
		}
	}
	return ops, h, rel == "advcl"
}

// said says whether noun i names something said: an offer, a report, an order.
func (a *analysis) said(i int) bool {
	switch lexicon.CueClass(a.lemma(i), "NOUN") {
	case "say", "ask", "order", "promise", "warn", "plan":
		return true
	}
	return false
}

// none says whether noun i is nobody, nothing or anybody: «nothing preventing it».
func (a *analysis) none(i int) bool {
	switch a.form(i) {
	case "nothing", "nobody", "none", "anything", "anybody", "anyone":
		return true
	}
	k := a.child(i, "det")
	return k >= 0 && (a.form(k) == "any" || a.form(k) == "no")
}

// denied appends the negation that a pronoun h makes of the clause i beside it: «nothing
// preventing it».
func (a *analysis) denied(i, h int, ops []operator) []operator {
	if e := a.words.Entry(a.form(h), "pron", "-"); e != nil {
		ops = append(ops, of(e, a.d.Tokens[h].Span, i))
	}
	return ops
}

// complement says whether the clause of i, though it hangs on a noun like a relative clause,
// tells what the noun is about: «signs that the strike is ending».
func (a *analysis) complement(i int) bool {
	if k := a.child(i, "mark"); k >= 0 {
		return a.form(k) == "that"
	}
	// The parser may take "that" for an object though the clause lacks none.
	that, subject := false, false
	a.children(i, func(c int, rel string) bool {
		if a.form(c) == "that" {
			that = rel == "obj" || rel == "advmod"
		} else {
			subject = subject || rel == "nsubj"
		}
		return true
	})
	if !that || !subject {
		return false
	}
	e := a.words.Entry(a.lemma(a.d.Tokens[i].Head), "noun", "that")
	return e != nil && e.Kind != "report"
}

// degreeWord is «too weak to walk», «thick enough to carry», «has yet to rule».
func (a *analysis) degreeWord(i, h int, f frame) *operator {
	if f.names[0] != "to" {
		return nil
	}
	var found *operator
	a.children(h, func(c int, rel string) bool {
		if rel == "advmod" {
			if e := a.words.Entry(a.form(c), "adv", "to"); e != nil {
				o := of(e, a.d.Tokens[c].Span, i)
				found = &o
			}
		}
		return found == nil
	})
	return found
}

// classes give what a word does that the lexicon of certainty lacks, by its class among cues.
var classes = map[string]lexicon.CertaintyEntry{
	"say":     {Kind: "report", If: "CT+", IfNot: "UU", Outer: "UU"},
	"show":    {Kind: "report", If: "CT+", IfNot: "UU", Outer: "UU"},
	"ask":     {Kind: "ask", If: "UU", IfNot: "UU", Outer: "UU"},
	"order":   {Kind: "order", If: "UU", IfNot: "UU", Outer: "UU"},
	"warn":    {Kind: "report", If: "CT+", IfNot: "UU", Outer: "UU"},
	"promise": {Kind: "promise", If: "PR+", IfNot: "PR-", Outer: "UU"},
	"plan":    {Kind: "plan", If: "PR+", IfNot: "PR-", Outer: "UU"},
	"deny":    {Kind: "denial", If: "CT-", IfNot: "UU", Outer: "UU"},
	"believe": {Kind: "belief", If: "CT+", IfNot: "CT-", Outer: "UU"},
	"know":    {Kind: "factive", If: "CT+", IfNot: "CT+", Outer: "CT+"},
	"doubt":   {Kind: "doubt", If: "PR-", IfNot: "PR+", Outer: "UU"},
	"fear":    {Kind: "fear", If: "PS+", IfNot: "UU", Outer: "UU"},
	"want":    {Kind: "want", If: "UU", IfNot: "UU", Outer: "UU"},
	"agree":   {Kind: "report", If: "CT+", IfNot: "CT-", Outer: "UU"},
	"judge":   {Kind: "emotion", If: "CT+", IfNot: "CT+", Outer: "CT+"},
}

// byClass is the entry of a governor's class, or nil.
func (a *analysis) byClass(h int, f frame) *lexicon.CertaintyEntry {
	return classEntry(lexicon.CueClass(a.lemma(h), a.d.Tokens[h].UPOS), a.lemma(h), f)
}

// classEntry is what a cue of a class does with content in a frame.
func classEntry(class, lemma string, f frame) *lexicon.CertaintyEntry {
	e, ok := classes[class]
	if !ok {
		return nil
	}
	if len(f.names) > 0 {
		switch {
		case class == "agree" && f.names[0] == "to":
			e = classes["promise"]
		case class == "fear" && f.noun && (f.names[0] == "at" || like[f.names[0]] == "at"):
			e = classes["judge"] // «alarm at the arrest»: it is a fact
		case class == "warn" && f.noun:
			e = classes["fear"] // «warned of a flood»
		case class == "judge" && f.names[0] == "to", class == "say" && f.names[0] == "to":
			e = classes["order"] // «told them to leave»
		}
	}
	e.Lemma = lemma
	return &e
}

// nominal goes up from noun i, which no entry governs.
func (a *analysis) nominal(i, h int, f frame, ops []operator) ([]operator, int, bool) {
	rel := base(a.d.Tokens[i].Rel)
	switch rel {
	case "compound", "flat":
		return ops, h, false
	case "amod":
		if a.none(h) {
			return ops, h, false
		}
		return append(ops, given(a.d.Tokens[i].Span, i)), h, true
	case "root", "dep":
		return ops, -1, false
	}
	sure := a.definite(i)
	switch rel {
	case "nsubj":
		// «Earnings have not been good»: there were some. Not so of «an attack».
		k := a.child(i, "det")
		sure = sure || k < 0 && a.d.Tokens[i].Rel != "nsubj:pass" && a.child(h, "expl") < 0 || k >= 0 && a.form(k) != "a" && a.form(k) != "an" && a.form(k) != "any" && a.form(k) != "no"
	case "obl":
		if k := a.child(i, "case"); k >= 0 {
			sure = sure || asides[a.phrase(k)]
		}
	}
	if rel == "obj" && acting[a.lemma(h)] {
		sure = true
	}
	done := rel == "obj"
	if k := a.child(i, "case"); rel == "obl" && k >= 0 && a.form(k) == "with" {
		done = true // «provide them with the aid»
	}
	if sure && !(done && light[a.lemma(h)]) {
		// «did not attend the meeting»: there was one.
		g := given(a.d.Tokens[i].Span, i)
		g.known = true
		return append(ops, g), h, true
	}
	return ops, h, rel == "nmod" || a.d.Tokens[h].UPOS == "NOUN"
}

// acting are verbs that act on what there is: «will not affect efforts to help».
var acting = map[string]bool{"affect": true, "influence": true, "hurt": true, "harm": true, "hamper": true, "hinder": true, "undermine": true, "limit": true,
	"weaken": true, "ease": true, "change": true, "worsen": true, "derail": true, "reduce": true, "complicate": true, "damage": true}

// asides are prepositions of what was so anyhow: «refused to sign after two days of talks».
var asides = map[string]bool{"after": true, "before": true, "during": true, "through": true, "because of": true, "since": true, "amid": true, "following": true,
	"despite": true, "due to": true, "in response to": true, "according to": true, "in spite of": true, "throughout": true, "as": true, "like": true, "until": true}

// definite says whether noun i is told as known: «the meeting», «her arrest».
func (a *analysis) definite(i int) bool {
	sure := a.d.Tokens[i].UPOS == "PROPN"
	a.children(i, func(c int, rel string) bool {
		switch {
		case a.d.Tokens[c].Rel == "nmod:poss":
			sure = true
		case rel == "det":
			switch a.form(c) {
			case "the", "this", "that", "these", "those", "both":
				sure = true
			}
		}
		return !sure
	})
	return sure
}

// conjoined goes from the second part of a pair to the first, and takes on what both share:
// «may seek control and sell it».
func (a *analysis) conjoined(i, h int, inside func(int) bool, voice bool, ops []operator) ([]operator, int, bool) {
	t, first := &a.d.Tokens[i], &a.d.Tokens[h]
	if k := a.child(i, "cc"); k >= 0 {
		if e := a.conjunction(k); e != nil && e.Kind == "negation" && e.Lemma != "nor" {
			ops = append(ops, of(e, a.d.Tokens[k].Span, i)) // «walked out rather than sign»
		}
	}
	if finite(t.XPOS) && !finite(first.XPOS) && a.child(h, "aux", "cop") < 0 {
		// «failed to find one and filed for bankruptcy»: the second goes with "failed".
		up := first.Head
		for up >= 0 && inside(up) && !finite(a.d.Tokens[up].XPOS) {
			up = a.d.Tokens[up].Head
		}
		if up >= 0 && inside(up) {
			return ops, up, true
		}
	}
	// «neither confirm nor deny»: each is denied once.
	nor := a.child(i, "cc") >= 0 && a.form(a.child(i, "cc")) == "nor"
	own := a.child(i, "nsubj", "aux", "cop", "mark") >= 0
	if !own && (t.XPOS == first.XPOS || t.UPOS != "VERB" && first.UPOS == t.UPOS) && (first.XPOS != "VBD" || t.UPOS != "VERB") && (first.XPOS != "VBZ") {
		for _, o := range a.clause(h, i, inside, voice, nil) {
			if o.kind != "consequence" && !(nor && o.kind == "negation") {
				o.scope = i
				ops = append(ops, o)
			}
		}
	}
	return ops, h, true
}

// finite says whether a tag is of a finite verb.
func finite(xpos string) bool { return xpos == "VBD" || xpos == "VBZ" || xpos == "VBP" || xpos == "MD" }

// adverbial goes from the clause of i, which says when, why or on what condition, to that of
// h. known is false where nothing joins them.
func (a *analysis) adverbial(i, h int, voice bool) (o *operator, known bool, next int, alone bool) {
	d := a.d
	m := a.mark(i)
	if m < 0 {
		if k := a.inverted(i); k >= 0 {
			return &operator{words: d.Tokens[k].Span, scope: i, kind: "condition", yes: doc.Uncommitted, no: doc.Uncommitted}, true, -1, false
		}
		return nil, false, 0, false
	}
	p := a.phrase(m)
	span := d.Tokens[m].Span
	if m > 0 && p == "if" && a.form(m-1) == "as" || p == "as if" || p == "as though" {
		return &operator{words: span, scope: i, kind: "comparison", yes: doc.Uncommitted, no: doc.Uncommitted}, true, -1, false
	}
	switch p {
	case "before":
		if a.modal(i) {
			// «They struck before the enemy could flee»: it did not come to that.
			return &operator{words: span, scope: i, kind: "time", entry: p, yes: doc.NotProbable, no: doc.Uncommitted}, true, h, false
		}
		fallthrough
	case "after", "when", "whenever", "while", "once", "as", "since", "until", "till":
		if a.past(i) || p == "since" || p == "as" || p == "while" {
			g := given(span, i)
			g.kind, g.entry = "time", p
			return &g, true, h, true
		}
		if e := a.conjunction(m); e != nil {
			x := of(e, span, i)
			return &x, true, h, true
		}
		return nil, true, h, true
	case "although", "though", "whereas", "because", "given", "now":
		g := given(span, i)
		g.entry = p
		return &g, true, h, true
	case "so", "so that", "in order":
		if a.modal(i) || p != "so" {
			return &operator{words: span, scope: i, kind: "purpose", entry: p, yes: doc.Uncommitted, no: doc.Uncommitted}, true, h, true
		}
		return nil, true, h, true
	}
	if e := a.conjunction(m); e != nil {
		x := of(e, span, i)
		x.given = e.Kind == "fact"
		return &x, true, h, true
	}
	return nil, false, 0, false
}
