package quote

import (
	"slices"
	"strings"

	"hearsay/doc"
)

// basisWords begin what says how a source knows: «familiar with the talks», «briefed on
// the matter», «with knowledge of the plan», «close to the president».
var basisWords = map[string]bool{"familiar": true, "brief": true, "knowledge": true, "close": true, "involve": true, "aware": true,
	"acquainted": true, "privy": true, "know": true, "present": true, "insight": true, "access": true, "participate": true, "informed": true}

// basis returns the words that say how a source knows, or "".
func (w *witness) basis(span doc.Span, h int) string {
	r, ok := tokens(w.d, span)
	if !ok {
		return ""
	}
	// What hangs from the noun may stand outside the source that was read.
	last := max(r[1], w.hi1(h))
	for i := h + 1; i < last; i++ {
		t := &w.d.Tokens[i]
		if !basisWords[t.Lemma] || t.UPOS == "ADV" && t.Lemma != "close" {
			continue
		}
		switch t.Lemma {
		case "close", "present":
			if i+1 >= len(w.d.Tokens) || t.UPOS != "ADJ" && t.UPOS != "ADV" {
				continue
			}
		case "knowledge", "insight", "access":
			if w.preposition(i) != "with" {
				continue
			}
		case "know":
			if t.XPOS == "VBN" {
				continue
			}
		}
		from := i
		for from-1 > h && w.under(from-1, i) {
			from--
		}
		to := min(w.hi1(i), last)
		if to == i+1 && to < len(w.d.Tokens) && w.d.Tokens[to].Rel == "case" && w.d.Tokens[to].Head > to && w.sent[to] == w.sent[i] {
			// Trees hang "with the plans" from the noun before as often.
			to = w.hi1(w.d.Tokens[to].Head)
		}
		for to-1 > from && w.d.Tokens[to-1].UPOS == "PUNCT" {
			to--
		}
		return w.d.Text[w.d.Tokens[from].Begin:w.d.Tokens[to-1].End]
	}
	return ""
}

// hi1 returns the token after the last that hangs from token i.
func (w *witness) hi1(i int) int { return int(w.hi[i]) + 1 }

// under says whether token a hangs from token b.
func (w *witness) under(a, b int) bool {
	for n := 0; a >= 0 && n < 60; n++ {
		if a == b {
			return true
		}
		a = w.d.Tokens[a].Head
	}
	return false
}

// termsWords are what terms are made of, with the words that must stand near.
var termsWords = []struct{ word, near string }{
	{"anonymity", ""},        // «on condition of anonymity because …»
	{"anonymously", ""},      // «spoke anonymously»
	{"background", "on"},     // «on background»
	{"unidentified", ""},     //
	{"named", "not"},         // «asked not to be named»
	{"identified", "not"},    // «declined to be identified»
	{"identified", "declin"}, //
	{"named", "declin"},      //
	{"publicly", "authori"},  // «not authorized to speak publicly»
	{"authorized", "not"},
	{"authorised", "not"},
}

// ofTerms says whether a verb heads a relative clause of the terms on which somebody speaks,
// which is no statement: «who asked not to be named».
func (v *view) ofTerms(i int) bool {
	switch v.d.Tokens[i].Lemma {
	case "ask", "decline", "request", "insist", "refuse", "demand":
	default:
		return false
	}
	if !strings.HasPrefix(v.d.Tokens[i].Rel, "acl") {
		return false
	}
	for k := i + 1; k < min(i+7, len(v.d.Tokens)); k++ {
		switch strings.ToLower(v.d.Word(k)) {
		case "named", "identified", "quoted", "anonymity", "anonymous", "unnamed":
			return true
		}
	}
	return false
}

// terms returns the words on what terms a source speaks, from the sentence of its
// statement: the clause that has them, or "".
func (w *witness) terms(s *doc.Statement, h int) string {
	sent := w.d.Sentences[w.sent[h]]
	for i := sent.First; i < sent.Last; i++ {
		word := strings.ToLower(w.d.Word(i))
		for _, t := range termsWords {
			if word != t.word || !w.near(i, t.near, sent) || w.within(s, i) {
				continue
			}
			return w.clause(s, i, h, sent)
		}
	}
	return ""
}

// near says whether that word, or one that begins so if it is long, stands within six words before token i.
func (w *witness) near(i int, begin string, sent doc.Sentence) bool {
	for k := max(sent.First, i-6); k < i; k++ {
		word := strings.ToLower(w.d.Word(k))
		if word == begin || len(begin) > 3 && strings.HasPrefix(word, begin) || begin == "not" && word == "n't" {
			return true
		}
	}
	return begin == ""
}

// within says whether token i is part of the content: what a source says of somebody
// else's terms are not its own.
func (w *witness) within(s *doc.Statement, i int) bool {
	for _, c := range s.Content {
		if c.Contains(w.d.Tokens[i].Span) {
			return true
		}
	}
	return false
}

// clause returns the words from "on condition", "who", or the verb above token i on to
// the end of what hangs there, up to the next comma that ends it or to the cue («who asked not
// to be named | said»).
func (w *witness) clause(s *doc.Statement, i, h int, sent doc.Sentence) string {
	from := i
	for from > sent.First && from-1 != h && i-from < 14 {
		word := strings.ToLower(w.d.Word(from - 1))
		if w.d.Tokens[from-1].UPOS == "PUNCT" || word == "who" || word == "because" || word == "said" || word == "spoke" || word == "told" {
			break
		}
		from--
	}
	to := i + 1
	for to < sent.Last && w.d.Tokens[to].UPOS != "PUNCT" && !slices.ContainsFunc(s.Cue.Spans, func(c doc.Span) bool { return c.Contains(w.d.Tokens[to].Span) }) {
		to++
	}
	return w.d.Text[w.d.Tokens[from].Begin:w.d.Tokens[to-1].End]
}
