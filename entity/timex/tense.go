package timex

import (
	"strings"

	"hearsay/doc"
)

// tense is that of the verb to which a time belongs.
type tense uint8

const (
	tenseNone tense = iota
	tensePast
	tensePresent
	tenseFuture
	tensePerfect // had done: before the time that is being told
)

// looksAhead are verbs whose infinitive has yet to come: "expects to sign on Friday".
var looksAhead = map[string]bool{"expect": true, "plan": true, "schedule": true, "intend": true, "hope": true,
	"set": true, "agree": true, "want": true, "urge": true, "ask": true, "propose": true, "promise": true, "vow": true,
	"due": true, "ready": true, "likely": true, "slate": true, "prepare": true, "aim": true, "be": true,
	"postpone": true, "delay": true, "extend": true, "deadline": true, "threaten": true, "invite": true, "seek": true}

// ahead are adjectives that a day to come goes with: "payable Dec. 1".
var ahead = map[string]bool{"payable": true, "effective": true, "due": true, "redeemable": true, "available": true}

// puts are verbs that set a day to come, whatever their tense: "has scheduled a vote Thursday".
var puts = map[string]bool{"schedule": true, "slate": true, "postpone": true, "reschedule": true, "plan": true}

// reports are verbs in the present that tell of what has been: "says on Monday".
var reports = map[string]bool{"say": true, "report": true, "write": true, "tell": true, "show": true}

// tense returns the tense of the verb that governs the atoms [i, to).
func (p *parser) tense(i, to int) tense {
	tokens := p.d.Tokens
	t := -1
	for k := i; k < to; k++ {
		x := p.a[k].tok
		if x < 0 {
			continue
		}
		t = x
		if h := tokens[x].Head; h < 0 || h < p.a[i].tok || h > p.a[to-1].tok {
			break // the word of the expression that hangs from elsewhere
		}
	}
	if t < 0 || p.is(i-1, of) && p.word(i-2, "as") { // "as of Monday"
		return tenseNone
	}
	if p.word(i-1, "until") || p.word(i-1, "till") {
		// What was put off until a day has that day before it; "until Thursday nobody
		// had called" has not.
		for k, steps := t, 0; k >= 0 && steps < 12; k, steps = tokens[k].Head, steps+1 {
			if got := p.verbTense(k); got == tensePerfect {
				return got
			} else if got != tenseNone {
				return tenseFuture
			}
		}
	}
	if tokens[t].Rel == "nmod:poss" {
		return tenseNone // "Friday's ruling"
	}
	for range 12 {
		if ahead[tokens[t].Lemma] && tokens[t].UPOS == "ADJ" {
			return tenseFuture
		}
		if got := p.verbTense(t); got != tenseNone {
			return got
		}
		if t = tokens[t].Head; t < 0 || t >= len(tokens) {
			return tenseNone
		}
	}
	return tenseNone
}

// verbTense returns the tense that token t has as the head of a clause, tenseNone
// where it heads none or leaves it to the verb above.
func (p *parser) verbTense(t int) tense {
	tokens := p.d.Tokens
	w := &tokens[t]
	var modal, have, be, copula *doc.Token
	mark := false
	// Auxiliaries stand close by: the search ends at the borders of the sentence.
	for k := max(p.first, t-12); k < min(p.last, t+4); k++ {
		c := &tokens[k]
		if c.Head != t {
			continue
		}
		switch {
		case strings.HasPrefix(c.Rel, "aux"):
			switch {
			case c.XPOS == "MD":
				modal = c
			case c.Lemma == "have":
				have = c
			case c.Lemma == "be":
				be = c
			case c.Lemma == "do":
				if c.XPOS == "VBD" {
					return tensePast
				}
				return tensePresent
			}
		case c.Rel == "cop":
			copula = c
		case c.Rel == "mark" && c.XPOS == "TO":
			mark = true
		}
	}
	if modal != nil {
		if modal.Lemma == "could" || strings.EqualFold(p.d.Slice(modal.Span), "could") {
			return tenseNone
		}
		return tenseFuture
	}
	if puts[w.Lemma] && (w.XPOS == "VBN" || w.XPOS == "VBD") && (have == nil || have.XPOS != "VBD") {
		return tenseFuture
	}
	verb := w
	if copula != nil {
		verb = copula
	}
	switch verb.XPOS {
	case "VBD":
		return tensePast
	case "VBN":
		switch {
		case have != nil && have.XPOS == "VBD":
			return tensePerfect
		case have != nil && mark:
			return tensePast
		case have != nil:
			return tensePast
		case be != nil && be.XPOS == "VBD":
			return tensePast
		case be != nil && mark:
			return p.infinitive(t)
		case be != nil && (be.XPOS == "VBZ" || be.XPOS == "VBP"):
			if looksAhead[w.Lemma] {
				return tenseFuture
			}
			return tensePresent
		case be != nil:
			return tensePast
		case copula != nil:
			return tensePast
		case w.Rel == "acl" || w.Rel == "advcl" || w.Rel == "amod":
			if looksAhead[w.Lemma] {
				return tenseFuture
			}
			return tensePast // "the results announced Friday"
		}
		return tenseNone
	case "VBG":
		if be != nil {
			if be.XPOS == "VBD" {
				return tensePast
			}
			return tenseFuture // "is leaving on Monday"
		}
		return tenseNone
	case "VBZ", "VBP":
		if reports[w.Lemma] {
			return tensePast
		}
		return tensePresent
	case "VB":
		if mark {
			return p.infinitive(t)
		}
		return tenseNone
	}
	if mark && (copula != nil || be != nil) {
		return p.infinitive(t)
	}
	return tenseNone
}

// infinitive returns the tense of "to do": what is planned lies ahead, what was managed
// or tried lies where its verb does.
func (p *parser) infinitive(t int) tense {
	h := p.d.Tokens[t].Head
	if h < 0 {
		return tenseFuture
	}
	if looksAhead[p.d.Tokens[h].Lemma] && p.verbTense(h) == tensePerfect {
		return tensePast // "had been scheduled to expire Friday"
	}
	if looksAhead[p.d.Tokens[h].Lemma] || p.d.Tokens[t].Rel == "acl" {
		return tenseFuture
	}
	return tenseNone
}
