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
			score := 1
			rel := base(d.Tokens[i].Rel)
			switch {
			case rel == "mark" || rel == "cc" || rel == "case" || rel == "det" || rel == "aux" || rel == "cop":
				score = 0
			case within(t.cue, h):
				score = a.rank(i, h, rel)
			case a.verbal(i):
				score = 2
			}
			if score > best {
				best, t.top = score, i
			}
		}
	}
	if t.top < 0 {
		t.frame = frame{names: []string{"that"}, open: -1}
	} else {
		t.frame = a.frame(t.top)
		if h := d.Tokens[t.top].Head; within(t.cue, h) {
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
	}
	if t.verb >= 0 {
		t.effect = a.governor(t.verb, t.frame)
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
// is what it is about: «warned [his counterpart of consequences]» is about the latter.
func (a *analysis) rank(i, h int, rel string) int {
	switch rel {
	case "ccomp", "csubj":
		return 9
	case "xcomp", "acl":
		return 8
	}
	if e := a.governor(h, a.frame(i)); e != nil {
		return 7
	}
	switch rel {
	case "advcl":
		return 6
	case "obj", "parataxis":
		return 5
	case "obl", "nmod":
		return 4
	}
	return 3
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
	at := i
	for s != holder {
		if s < 0 {
			return ops // a holder that is not around it
		}
		t := h.of(s)
		parent := h.d.Statements[s].Parent
		if t.frame.open >= 0 && at == t.top {
			ops = append(ops, h.open(t))
		}
		o := embedding(t.effect, h.cueWords(s), t.scope(), h.d.Statements[s].Source.Kind == doc.Author && parent < 0)
		ops = append(ops, o)
		if o.apart || t.verb < 0 {
			return ops
		}
		at, s = t.verb, parent
		ops = h.climb(at, h.inside(s), false, ops)
	}
	if s >= 0 {
		ops = h.source(s, at, ops)
	}
	return ops
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

// source appends what the cue of statement s makes of its content for who says it. at is the
// token that the signs before led to. Whether it will be said at all is for others: in
// «China would likely deny it» "likely" is not China's. Only a saying that did not take
// place is none: «did not say», «declined to confirm».
func (h *holders) source(s, at int, ops []operator) []operator {
	t := h.of(s)
	if t.frame.open >= 0 && at == t.top {
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
