package certainty

import (
	"slices"

	"hearsay/doc"
	"hearsay/lexicon"
)

// telling is a statement as its tree shows it.
type telling struct {
	content, cue []doc.Span // runs of tokens, [Begin, End)
	top          int        // the token that heads the content; -1 if there is none
	verb         int        // the token of the cue that governs it
	frame        frame
	effect       *lexicon.CertaintyEntry
	mood         *operator  // the content asks or demands: «"Leave!" he said»
	inner        []operator // the content is an attitude: «expressed openness to a deal»
}

// run returns the tokens that lie in the spans, as runs.
func (a *analysis) run(spans []doc.Span) (out []doc.Span) {
	tokens := a.d.Tokens
	for _, s := range spans {
		first, _ := slices.BinarySearchFunc(tokens, s.Begin, func(t doc.Token, at int) int { return t.End - at - 1 })
		last := first
		for last < len(tokens) && tokens[last].Begin < s.End {
			last++
		}
		if last > first {
			out = append(out, doc.Span{Begin: first, End: last})
		}
	}
	return out
}

// within says whether token i is in one of the runs.
func within(runs []doc.Span, i int) bool {
	for _, r := range runs {
		if r.Begin <= i && i < r.End {
			return true
		}
	}
	return false
}

// bearers are verbs that only bring an attitude: «expressed openness to a deal».
var bearers = map[string]bool{"express": true, "convey": true, "voice": true, "show": true, "signal": true, "have": true, "harbor": true, "share": true, "state": true, "declare": true, "reiterate": true}

// telling works out how a statement's content hangs on its cue.
func (a *analysis) telling(s *doc.Statement) *telling {
	d := a.d
	t := &telling{content: a.run(s.Content), cue: a.run(s.Cue.Spans), top: -1, verb: -1}
	for _, r := range t.cue {
		for i := r.Begin; i < r.End; i++ {
			if h := d.Tokens[i].Head; !within(t.cue, h) && d.Tokens[i].UPOS != "PUNCT" && (t.verb < 0 || d.Tokens[i].UPOS == "VERB" && d.Tokens[t.verb].UPOS != "VERB") {
				t.verb = i
			}
		}
	}
	best := -1
	for _, r := range t.content {
		for i := r.Begin; i < r.End; i++ {
			h := d.Tokens[i].Head
			if d.Tokens[i].UPOS == "PUNCT" || within(t.content, h) {
				continue
			}
			score, top := 1, i
			rel := base(d.Tokens[i].Rel)
			switch {
			case rel == "mark" || rel == "cc" || rel == "case" || rel == "det" || rel == "aux" || rel == "cop":
				score = 0
			case t.verb >= 0 && d.Tokens[t.verb].Head == i:
				score = 9 // «He left, she said», with "said" below "left"
			case within(t.cue, h):
				score, top = a.rank(i, h, rel)
			case rel == "advcl" && a.mark(i) >= 0:
				// «"If it rains, we stay," she said» is about the staying.
			case a.verbal(i):
				score = 2
			}
			if score > best {
				best, t.top = score, top
			}
		}
	}
	if t.top < 0 {
		t.frame = frame{names: []string{"that"}, open: -1}
	} else {
		t.frame = a.frame(t.top)
		h := d.Tokens[t.top].Head
		if !within(t.cue, h) && t.frame.open >= 0 && a.form(t.frame.open) == "if" {
			t.frame.open = -1 // a condition, not a question
		}
		if h >= 0 && !within(t.cue, h) && within(t.cue, d.Tokens[h].Head) && a.governor(d.Tokens[h].Head, t.frame) != nil {
			h = d.Tokens[h].Head // «saw two men climbing»
		}
		if within(t.cue, h) {
			t.verb = h
		} else if t.frame.open < 0 && t.frame.names[0] != "to" {
			t.frame = frame{names: []string{"that"}, open: -1}
			if !a.verbal(t.top) && d.Tokens[t.top].UPOS != "ADJ" && d.Tokens[t.top].Head >= 0 {
				t.frame = frame{names: []string{"np"}, open: -1, noun: true}
			}
		}
		if o, ok := a.asked(t.top); ok {
			t.mood = &o
		}
		a.attitude(t)
		a.openKnowledge(t)
	}
	if t.verb >= 0 {
		t.effect = a.governor(t.verb, t.frame)
	}
	if t.effect == nil {
		t.effect = a.cueEntry(t)
	}
	if t.effect == nil {
		t.effect = classEntry(s.Cue.Class, s.Cue.Lemma, t.frame)
	}
	if t.effect == nil {
		t.effect = classEntry("say", s.Cue.Lemma, t.frame)
	}
	return t
}

// rank says how likely the part of a content headed by i, which hangs on word h of the cue,
// is what it is about, and which of its words heads that: «warned [his counterpart of
// consequences]» is about the latter, «saw [two men climbing]» about the climbing.
func (a *analysis) rank(i, h int, rel string) (score, top int) {
	switch rel {
	case "ccomp", "csubj":
		return 9, i
	case "xcomp", "acl":
		return 8, i
	case "advcl":
		if a.inverted(i) >= 0 {
			return 1, i
		}
	}
	if a.governor(h, a.frame(i)) != nil {
		return 7, i
	}
	switch rel {
	case "obj", "iobj", "obl":
		a.children(i, func(c int, r string) bool {
			if r != "nmod" && (r != "acl" || a.d.Tokens[c].Rel == "acl:relcl") {
				return true
			}
			if f := a.frame(c); f.names[0] != "to" && a.governor(h, f) != nil {
				score, top = 7, c
			}
			return top == 0
		})
		if top > 0 {
			return score, top
		}
	}
	switch rel {
	case "obj", "parataxis":
		return 5, i
	case "advcl":
		if m := a.mark(i); m >= 0 {
			return 2, i // «…, she said, though it was late»
		}
		return 4, i
	case "obl", "nmod":
		return 4, i
	}
	return 3, i
}

// attitude goes from an attitude that the cue brings to what it is about: in «expressed some
// openness to [providing] arms» from the openness to providing.
func (a *analysis) attitude(t *telling) {
	if t.verb < 0 || a.d.Tokens[t.top].UPOS != "NOUN" || !bearers[a.lemma(t.verb)] {
		return
	}
	a.children(t.top, func(c int, rel string) bool {
		if rel != "acl" && rel != "nmod" || !within(t.content, c) {
			return true
		}
		e := a.governor(t.top, a.frame(c))
		if e == nil || e.Outer == "=" {
			return true
		}
		t.inner = append(a.clause(t.top, -1, func(k int) bool { return within(t.content, k) && k != c }, true, nil), t.inner...)
		t.inner = append([]operator{embedding(e, a.d.Tokens[t.top].Span, c, true)}, t.inner...)
		t.top = c
		return false
	})
}

// openKnowledge goes from content that says that something is not known to that thing: in
// «It is not clear whether he left, she said» to his leaving.
func (a *analysis) openKnowledge(t *telling) {
	top := t.top
	a.children(top, func(c int, rel string) bool {
		if rel != "ccomp" && rel != "csubj" || !within(t.content, c) {
			return true
		}
		f := a.frame(c)
		if f.open < 0 {
			return true
		}
		e := a.governor(top, f)
		if e == nil || e.Kind != "factive" && e.Kind != "withheld" && e.Kind != "belief" {
			return true
		}
		t.inner = []operator{
			{words: a.d.Tokens[f.open].Span, scope: c, kind: "question", entry: a.form(f.open), yes: doc.Uncommitted, no: doc.Uncommitted},
			embedding(e, a.d.Tokens[top].Span, c, true),
		}
		t.inner = append(t.inner, a.clause(top, c, func(k int) bool { return within(t.content, k) }, true, nil)...)
		t.top = c
		return false
	})
}

// cueEntry returns the entry of a cue's word that takes a clause, the last first, where
// nothing in the tree joins the content to it: «has information suggesting».
func (a *analysis) cueEntry(t *telling) *lexicon.CertaintyEntry {
	if t.frame.noun {
		return nil
	}
	for k := len(t.cue) - 1; k >= 0; k-- {
		for i := t.cue[k].End - 1; i >= t.cue[k].Begin; i-- {
			if i == t.verb || a.d.Tokens[i].UPOS == "AUX" {
				continue
			}
			if e := a.governor(i, t.frame); e != nil {
				return e
			}
		}
	}
	return nil
}

// holders finds signs for those who hold something to be so.
type holders struct {
	analysis
	tellings []*telling // of the statements that were looked at
}

func newHolders(d *doc.Doc, words *lexicon.Certainties) *holders {
	return &holders{analysis: analysis{newTree(d), words}, tellings: make([]*telling, len(d.Statements))}
}

func (h *holders) of(s int) *telling {
	if h.tellings[s] == nil {
		h.tellings[s] = h.telling(&h.d.Statements[s])
	}
	return h.tellings[s]
}

// inside returns which tokens are told in statement s; all where s is -1.
func (h *holders) inside(s int) func(int) bool {
	if s < 0 {
		return func(int) bool { return true }
	}
	t := h.of(s)
	return func(i int) bool { return within(t.content, i) }
}

// climb appends the operators that bear on i among the words that are inside.
func (a *analysis) climb(i int, inside func(int) bool, voice bool, ops []operator) []operator {
	alone, from := false, -1
	for range 64 {
		h := a.d.Tokens[i].Head
		if !alone {
			ops = a.clause(i, from, inside, voice, ops)
			if h < 0 || !inside(h) {
				if o, ok := a.asked(i); ok {
					ops = append(ops, o)
				}
			}
		}
		if h < 0 || !inside(h) {
			break
		}
		from = i
		ops, i, alone = a.step(i, voice, inside, ops)
		if i < 0 {
			break
		}
	}
	return ops
}

// chain returns the operators between what token i tells, inside statement s or where s is
// -1 outside all, and a holder: s or a statement around it, or doc.ByAuthor.
func (h *holders) chain(i, s, holder int) []operator {
	var ops []operator
	if s >= 0 && i == h.of(s).top && h.of(s).inner != nil {
		ops = append(ops, h.of(s).inner...)
	} else {
		ops = h.climb(i, h.inside(s), false, nil)
	}
	ops = h.own(i, ops)
	for s != holder {
		if s < 0 {
			return ops // a holder that is not around it
		}
		t := h.of(s)
		parent := h.d.Statements[s].Parent
		if t.frame.open >= 0 {
			ops = append(ops, h.open(t))
		}
		o := embedding(t.effect, h.cueWords(s), t.scope(), h.d.Statements[s].Source.Kind == doc.Author && parent < 0)
		ops = append(ops, o)
		if o.apart || t.verb < 0 {
			return ops
		}
		s = parent
		ops = h.climb(t.verb, h.inside(s), false, ops)
	}
	if s >= 0 {
		ops = h.source(s, ops)
	}
	return ops
}

// own drops the operators that say that token i is somebody else's view where the word is
// the cue of a statement that does not tell i: in «He said that Ostland, which has nukes, may
// strike» the relative clause may be the author's.
func (h *holders) own(i int, ops []operator) []operator {
	kept := ops[:0]
	for _, o := range ops {
		if !o.apart || !h.elsewhere(i, o.words) {
			kept = append(kept, o)
		}
	}
	return kept
}

// elsewhere says whether words are the cue of statements none of which tells token i.
func (h *holders) elsewhere(i int, words doc.Span) (found bool) {
	for k := range h.d.Statements {
		cue := h.cueWords(k)
		if !cue.Contains(words) {
			continue
		}
		if within(h.of(k).content, i) {
			return false
		}
		found = true
	}
	return found
}

func (t *telling) scope() int { return max(t.top, 0) }

// open is the operator of content that is left open: "whether".
func (h *holders) open(t *telling) operator {
	return operator{words: h.d.Tokens[t.frame.open].Span, scope: t.top, kind: "question", entry: h.form(t.frame.open), yes: doc.Uncommitted, no: doc.Uncommitted}
}

// cueWords is the span of a statement's cue.
func (h *holders) cueWords(s int) doc.Span {
	cue := h.d.Statements[s].Cue
	if len(cue.Spans) == 0 {
		return doc.Span{}
	}
	return doc.Span{Begin: cue.Spans[0].Begin, End: cue.Spans[len(cue.Spans)-1].End}
}

// source appends what the cue of statement s makes of its content for who says it. Whether it will be said at all is for others: in
// «China would likely deny it» "likely" is not China's. Only a saying that did not take
// place is none: «did not say», «declined to confirm».
func (h *holders) source(s int, ops []operator) []operator {
	t := h.of(s)
	if t.frame.open >= 0 {
		ops = append(ops, h.open(t))
	}
	ops = append(ops, embedding(t.effect, h.cueWords(s), t.scope(), true))
	if t.verb < 0 {
		return ops
	}
	var against []operator
	for _, o := range h.climb(t.verb, h.inside(h.d.Statements[s].Parent), true, nil) {
		if (o.kind == "negation" || o.kind == "implicative") && !within(t.content, h.at(o.words)) {
			against = append(against, o)
		}
	}
	switch denied := polarity(evaluate(against)) < 0; {
	case denied:
		ops = append(ops, operator{words: against[0].words, scope: t.verb, kind: "negation", entry: against[0].entry, yes: doc.NotCertain, no: doc.Certain})
	case h.d.Statements[s].Negated && polarity(evaluate(against)) > 0 && len(against) == 0:
		ops = append(ops, operator{words: h.cueWords(s), scope: t.verb, kind: "negation", yes: doc.NotCertain, no: doc.Certain})
	}
	return ops
}

// at is the first token of a span.
func (h *holders) at(s doc.Span) int {
	if r := h.run([]doc.Span{s}); len(r) > 0 {
		return r[0].Begin
	}
	return -1
}

// commitment works the operators out and shows them as signs.
func (h *holders) commitment(holder int, ops []operator) doc.Commitment {
	c := doc.Commitment{Holder: holder, Value: evaluate(ops)}
	c.Degree = degree(c.Value)
	for k, o := range ops {
		sign := doc.Sign{Span: o.words, Kind: o.kind, Entry: o.entry, Value: evaluate(ops[:k+1])}
		if o.scope >= 0 && o.scope < len(h.d.Tokens) {
			sign.Scope = h.span(o.scope)
		}
		c.Signs = append(c.Signs, sign)
	}
	return c
}
