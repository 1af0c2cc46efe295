package certainty

import (
	"strings"

	"hearsay/lexicon"
)

// frame is how a clause or a noun hangs on the word that governs it.
type frame struct {
	names []string // of the lexicon's frames, the best first
	// open is the word that leaves a clause open: "whether", "if"; -1 for none.
	open int
	noun bool
}

// conjunctions are joining words that are no prepositions.
var conjunctions = map[string]bool{"that": true, "if": true, "whether": true, "while": true, "when": true, "because": true, "as": true, "though": true,
	"although": true, "unless": true, "so": true, "lest": true, "once": true, "where": true, "whereas": true}

// like are the prepositions that go by another in the lexicon.
var like = map[string]string{"by": "at", "with": "at", "over": "about", "on": "about", "regarding": "about", "concerning": "about", "upon": "about", "into": "about"}

// frame says how i hangs on its head.
func (a *analysis) frame(i int) frame {
	d := a.d
	t := &d.Tokens[i]
	rel := base(t.Rel)
	f := frame{open: -1}
	to, prep, wh := false, "", false
	a.children(i, func(c int, r string) bool {
		form := a.form(c)
		switch {
		case r == "mark" && (form == "whether" || form == "if"):
			f.open = c
		case (r == "mark" || r == "case") && form == "to":
			to = true
			if r == "case" {
				prep = "to"
			}
		case r == "case" || r == "mark" && !conjunctions[form]:
			if prep == "" {
				prep = form
			}
		}
		switch d.Tokens[c].XPOS {
		case "WRB", "WP":
			wh = wh || c < i
		}
		return true
	})
	clausal := a.verbal(i)
	switch rel {
	case "obj", "obl", "nmod", "nsubj", "iobj", "compound", "appos":
		clausal = false
	}
	gerund := t.XPOS == "VBG" && a.child(i, "aux", "nsubj") < 0
	switch {
	case clausal && to && wh:
		f.names, f.open = []string{"that"}, i // «how to respond»
	case clausal && gerund && prep != "" && prep != "to":
		f.names = []string{prep, like[prep], "ing", "that", "to"}
	case clausal && to:
		f.names = []string{"to"}
	case clausal && t.XPOS == "VBG" && a.child(i, "aux") < 0:
		f.names = []string{"ing", "np", "that"}
		if rel == "advcl" {
			f.names = []string{"-"} // «asked for aid, saying that …»
		}
	case clausal && (rel == "xcomp" || rel == "ccomp") && !wh && (t.XPOS == "VB" && a.child(i, "aux", "mark") < 0 || rel == "xcomp"):
		f.names = []string{"to", "that"}
	case clausal:
		f.names = []string{"that"}
	case rel == "nsubj" && t.Rel != "nsubj:pass":
		f.names, f.noun = []string{"subj"}, true
	case prep != "":
		f.names, f.noun = []string{prep, like[prep]}, true
	default:
		f.names, f.noun = []string{"np"}, true
	}
	return f
}

// parts gives the parts of speech under which a token may stand in the lexicon.
func (a *analysis) parts(h int) []string {
	t := &a.d.Tokens[h]
	switch t.UPOS {
	case "VERB", "AUX":
		return []string{"verb"}
	case "NOUN", "PROPN":
		return []string{"noun"}
	case "ADJ":
		return []string{"adj"}
	case "ADV":
		return []string{"adv"}
	}
	return nil
}

// governor returns the entry of word h for what hangs on it by the frame, or nil.
func (a *analysis) governor(h int, f frame) *lexicon.CertaintyEntry {
	t := &a.d.Tokens[h]
	if t.XPOS == "VBN" || t.XPOS == "JJ" || t.UPOS == "ADJ" || t.XPOS == "VBD" && a.child(h, "cop", "aux:pass") >= 0 {
		// «is prepared to», «were alarmed at»
		if e := a.lookup(a.form(h), "adj", f); e != nil {
			return e
		}
	}
	if t.UPOS == "AUX" && !f.noun {
		if e := a.words.Entry(modalLemma(a.form(h), a.lemma(h)), "aux", "-"); e != nil {
			return e // «ought to repair»
		}
	}
	for _, pos := range a.parts(h) {
		lemma := a.lemma(h)
		if pos == "verb" {
			// «ruled out a coalition», «took place»
			if c := a.child(h, "compound:prt", "obj"); c >= 0 {
				if e := a.lookup(lemma+" "+a.lemma(c), pos, f); e != nil {
					return e
				}
			}
		}
		if e := a.lookup(lemma, pos, f); e != nil {
			return e
		}
	}
	if t.UPOS == "ADJ" || t.XPOS == "JJ" {
		// «was unnerved by» with the participle taken for an adjective
		for _, end := range []string{"ed", "d"} {
			if lemma, ok := strings.CutSuffix(a.form(h), end); ok {
				if e := a.lookup(lemma, "verb", f); e != nil {
					return e
				}
			}
		}
	}
	return nil
}

// reach says for kinds of entry of another frame whether they hold for a noun as well: who
// fears that P fears the event, who wants to do it wants it done.
var reach = map[string]map[string]bool{
	"that": {"denial": true, "factive": true, "prediction": true, "fear": true, "emotion": true, "doubt": true, "question": true, "withheld": true},
	"to":   {"want": true, "plan": true, "promise": true, "attempt": true},
}

// ofNoun are the kinds that a noun has for whatever follows it: «the allegation of theft».
var ofNoun = map[string]bool{"report": true, "belief": true, "hedge": true, "possibility": true, "evidential": true, "ability": true, "implicative": true}

func (a *analysis) lookup(lemma, pos string, f frame) *lexicon.CertaintyEntry {
	if !a.words.Has(lemma, pos) {
		return nil
	}
	for _, name := range f.names {
		if name == "" {
			continue
		}
		if e := a.words.Entry(lemma, pos, name); e != nil {
			return e
		}
	}
	if f.noun && f.names[0] != "subj" {
		for _, name := range []string{"np", "of", "for", "about", "that", "to"} {
			e := a.words.Entry(lemma, pos, name)
			if e == nil {
				continue
			}
			preposition := f.names[0] != "np"
			switch {
			case name != "that" && name != "to":
				if pos == "noun" && preposition && like[f.names[0]] != "at" && f.names[0] != "in" && f.names[0] != "at" {
					return e
				}
			case pos == "noun" && preposition && (reach[name][e.Kind] || ofNoun[e.Kind]):
				if f.names[0] == "of" || f.names[0] == "for" || like[f.names[0]] == "about" || f.names[0] == "about" || f.names[0] == "to" {
					return e
				}
			case (pos == "verb" || pos == "adj" && name == "that") && !preposition && reach[name][e.Kind]:
				return e
			case pos != "noun" && like[f.names[0]] == "about" && (e.Kind == "fear" || e.Kind == "question"):
				return e
			case pos != "noun" && (f.names[0] == "about" || f.names[0] == "for" && name == "to") && (e.Kind == "fear" || e.Kind == "want" || e.Kind == "question" || e.Kind == "withheld" || e.Kind == "plan"):
				return e
			}
		}
	}
	if !f.noun && len(f.names) == 1 && f.names[0] == "to" {
		// «is alleged to», «is known to»
		if e := a.words.Entry(lemma, pos, "that"); e != nil && pos == "verb" && (e.Kind == "report" || e.Kind == "belief" || e.Kind == "factive" || e.Kind == "prediction") {
			return e
		}
	}
	return nil
}
