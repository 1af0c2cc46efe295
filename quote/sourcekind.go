package quote

import (
	"slices"
	"strconv"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// stateSectors are what is of a state: ELI are those who were its officers.
var stateSectors = map[string]bool{"GOV": true, "MIL": true, "LEG": true, "JUD": true, "COP": true, "SPY": true, "ELI": true}

// affiliation returns the state or else the body of a source. People and companies of a
// country do not speak for it.
func affiliation(kind doc.SourceKind, e *doc.Entity) string {
	switch {
	case kind == doc.OutletSource && e.Named:
		return e.Name
	case e.Country != "" && kind != doc.OutletSource && (e.Type == doc.Country || e.Type == doc.Location || stateSectors[e.Sector]):
		return e.Country
	case kind == doc.OrganizationSource && e.Named && e.Type != doc.Person && e.Type != doc.Group:
		return e.Name
	case e.Body != "":
		return e.Body
	case kind == doc.DocumentSource && e.Named && e.Type == doc.Organization:
		return e.Name[:max(0, strings.LastIndexByte(e.Name, ' '))] // «Quinnipiac University poll»
	}
	return ""
}

// kind tells what sort of source a statement has.
func (w *witness) kind(s *doc.Statement, h int, e *doc.Entity) doc.SourceKind {
	t := &w.d.Tokens[h]
	noun, isNoun := w.noun(h)
	named := e.Named
	if t.UPOS == "NOUN" && t.XPOS == "NNS" && named && w.outlet(e, noun, false) {
		e, named = new(doc.Entity), false // «People want …» at the head of a sentence is no magazine
	}
	if w.share(h) {
		return doc.Collective // «a majority of voters», "60 percent"
	}
	if w.speaker(h) {
		return doc.PersonSource
	}
	if bunch[t.Lemma] {
		for c := w.first[h]; c >= 0; c = w.next[c] {
			// «a group of parents», "a number of aides"
			if k := &w.d.Tokens[c]; k.Rel == "nmod" && k.XPOS == "NNS" && w.preposition(int(c)) == "of" {
				if n, ok := w.noun(int(c)); ok && (n.Class == lexicon.PersonNoun || n.Class == lexicon.PeopleNoun) {
					if t.Lemma == "lot" || t.Lemma == "array" || t.Lemma == "range" || t.Lemma == "chorus" {
						return doc.Collective // «a lot of readers»
					}
					return w.unnamed(s, h, n)
				}
			}
		}
	}
	switch e.Type {
	case doc.Person:
		switch {
		case named && w.outlet(e, noun, false) && len(w.known.PersonByName(e.Name, w.day)) == 0:
			return doc.OutletSource // a name that looks like a person's
		case named:
			return doc.PersonSource
		}
		return w.unnamed(s, h, noun)
	case doc.Country:
		return doc.CountrySource
	case doc.Document:
		return doc.DocumentSource
	case doc.Organization:
		if named && t.UPOS == "NOUN" && noun.Class == lexicon.DocumentNoun {
			return doc.DocumentSource // «a Quinnipiac University poll» with all of it for a name
		}
		if named && w.followers(e.Name) {
			return w.unnamed(s, h, noun)
		}
		if w.outlet(e, noun, isNoun) {
			return doc.OutletSource
		}
		if named || isNoun && noun.Class == lexicon.OrganizationNoun || t.UPOS == "PRON" {
			return doc.OrganizationSource
		}
	case doc.Group:
		if body[t.Lemma] {
			return doc.OrganizationSource // «the Roe team»
		}
		return w.unnamed(s, h, noun)
	case doc.Location:
		if named {
			if w.state(e.Name) || w.seat(e.Name) {
				return doc.CountrySource
			}
			return doc.OrganizationSource // «Ohio says it will appeal»
		}
	case doc.Other:
		if named && w.outlet(e, noun, isNoun) {
			return doc.OutletSource
		}
	}
	if isNoun {
		switch noun.Class {
		case lexicon.PersonNoun, lexicon.PeopleNoun:
			if body[t.Lemma] && t.XPOS != "NNS" {
				return doc.OrganizationSource
			}
			return w.unnamed(s, h, noun)
		case lexicon.OrganizationNoun:
			return doc.OrganizationSource
		case lexicon.OutletNoun:
			return doc.OutletSource
		case lexicon.DocumentNoun:
			return doc.DocumentSource
		case lexicon.GovernmentNoun:
			return doc.CountrySource
		case lexicon.PlaceNoun:
			return doc.OrganizationSource
		}
	}
	if named && w.state(e.Name) {
		return doc.CountrySource
	}
	switch t.UPOS {
	case "PRON", "DET", "NUM", "ADJ":
		switch strings.ToLower(w.d.Word(h)) {
		case "it", "which", "itself":
			return doc.OrganizationSource // whoever says something and is no person
		case "this", "that", "these":
			return doc.UnknownSource
		}
		return w.unnamed(s, h, noun)
	case "PROPN":
		return doc.OrganizationSource
	}
	if t.XPOS == "NNS" {
		return doc.Collective
	}
	return doc.UnknownSource
}

// body are nouns of people who speak as one: «the Roe team said».
var body = map[string]bool{"team": true, "camp": true, "staff": true, "leadership": true, "police": true, "military": true}

// bunch are nouns that stand for the people after "of".
var bunch = map[string]bool{"group": true, "number": true, "handful": true, "dozen": true, "crowd": true, "couple": true, "host": true, "majority": true,
	"coalition": false, "series": true, "score": true, "pair": true, "trio": true, "lot": true, "array": true, "range": true, "chorus": true}

// state says whether a name is a state's own.
func (w *witness) state(name string) bool {
	for _, r := range w.known.Lookup(name) {
		if r.Entry.State != nil && (r.As == kb.Name || r.As == kb.Abbreviation || r.As == kb.Short || r.As == kb.Seat) {
			return true
		}
	}
	return false
}

// seat says whether a name is that of a capital which stands for its government.
func (w *witness) seat(name string) bool {
	for _, r := range w.known.Lookup(name) {
		if r.Entry.State != nil && r.As == kb.Capital && r.Entry.State.CapitalIsSeat {
			return true
		}
	}
	return false
}

// followers says whether a name is of people by its last word: «House Republicans».
func (w *witness) followers(name string) bool {
	for _, r := range w.known.Lookup(name[strings.LastIndexByte(name, ' ')+1:]) {
		return r.Entry.Table == kb.Groups && r.Entry.Type == "party" && strings.HasSuffix(name, "s")
	}
	return false
}

// speaker says whether token h is a name in capitals with a colon after it, as in a
// transcript: «ROE: Thank you.»
func (w *witness) speaker(h int) bool {
	word := w.d.Word(h)
	if len(word) < 3 || word != strings.ToUpper(word) || word[0] < 'A' || word[0] > 'Z' || w.d.Tokens[h].UPOS != "PROPN" {
		return false
	}
	return h+1 < len(w.d.Tokens) && w.d.Word(h+1) == ":"
}

// unnamed tells unnamed sources that are somebody from groups at large: one person, a
// count, an addressee, a basis of knowledge or terms make the difference.
func (w *witness) unnamed(s *doc.Statement, h int, noun lexicon.NounEntry) doc.SourceKind {
	t := &w.d.Tokens[h]
	src := &s.Source
	if src.Basis != "" || src.Terms != "" || !s.Addressee.Empty() || noun.Inside && noun.Class == lexicon.PersonNoun {
		return doc.Anonymous
	}
	switch strings.ToLower(w.d.Word(h)) {
	case "everyone", "everybody", "nobody", "anyone", "anybody", "group", "crowd":
		if !w.asked(h) {
			return doc.Collective
		}
	}
	if src.Count > 0 || w.few(h) || w.asked(h) {
		return doc.Anonymous
	}
	switch t.UPOS {
	case "PRON", "DET":
		switch strings.ToLower(w.d.Word(h)) {
		case "i", "he", "she", "him", "her", "one", "me", "my", "another", "someone", "somebody":
			return doc.Anonymous
		}
		return doc.Collective
	}
	if noun.Class == lexicon.PeopleNoun || t.XPOS == "NNS" || t.XPOS == "NNPS" || t.XPOS == "JJ" || t.XPOS == "DT" {
		return doc.Collective
	}
	return doc.Anonymous
}

// few says whether people are so few that somebody counted them, though the text does
// not say how many: «several experts», "a number of aides".
func (w *witness) few(h int) bool {
	switch w.d.Tokens[h].Lemma {
	case "number", "handful", "dozen", "pair", "couple", "trio":
		return true
	}
	for c := w.first[h]; c >= 0; c = w.next[c] {
		if int(c) < h {
			switch l := strings.ToLower(w.d.Word(int(c))); l {
			case "several", "few", "dozens":
				return true
			}
		}
	}
	return false
}

// asked says whether people spoke to the author or to somebody: «the experts I
// interviewed», "workers who spoke to the paper".
func (w *witness) asked(h int) bool {
	for c := w.first[h]; c >= 0; c = w.next[c] {
		k := &w.d.Tokens[c]
		if !strings.HasPrefix(k.Rel, "acl") {
			continue
		}
		switch k.Lemma {
		case "interview", "contact", "reach", "quote", "consult", "speak", "talk":
			return true
		}
	}
	return false
}

// share says whether token h is a part of a public: a share is no count of people.
func (w *witness) share(h int) bool {
	if w.d.Tokens[h].UPOS == "NUM" || w.d.Tokens[h].UPOS == "NOUN" {
		// «eight of 10 voters», "eight in ten"
		for c := w.first[h]; c >= 0; c = w.next[c] {
			if w.d.Tokens[c].Rel == "nmod" && w.d.Tokens[h].UPOS == "NUM" {
				for i := h + 1; i <= int(c); i++ {
					if w.d.Tokens[i].UPOS == "NUM" {
						return true
					}
				}
			}
			if w.d.Tokens[c].Rel == "nummod" && int(c) < h && int(c) >= 2 {
				if of := w.d.Word(int(c) - 1); (of == "of" || of == "in") && w.d.Tokens[c-2].UPOS == "NUM" {
					return true
				}
			}
		}
	}
	for i := max(h-6, 1); i < h-1 && w.sent[i] == w.sent[h]; i++ {
		// «four in 10 undecided voters»
		if word := w.d.Word(i); (word == "in" || word == "of") && w.d.Tokens[i-1].UPOS == "NUM" && w.d.Tokens[i+1].UPOS == "NUM" && w.until(i+2, h) {
			return true
		}
	}
	if h+2 < len(w.d.Tokens) && w.d.Tokens[h].UPOS == "NUM" && w.d.Tokens[h+2].UPOS == "NUM" && (w.d.Word(h+1) == "in" || w.d.Word(h+1) == "of") {
		return true // «about four in 10 are angry»
	}
	switch w.d.Tokens[h].Lemma {
	case "percent", "%", "majority", "most", "half", "third", "quarter", "plurality":
		return true
	}
	for c := w.first[h]; c >= 0; c = w.next[c] {
		if l := w.d.Tokens[c].Lemma; l == "percent" || l == "%" {
			return true
		}
	}
	return false
}

// until says whether nothing but adjectives and nouns stand from token i to token h.
func (w *witness) until(i, h int) bool {
	for ; i < h; i++ {
		switch w.d.Tokens[i].UPOS {
		case "ADJ", "NOUN", "PROPN":
		default:
			return false
		}
	}
	return true
}

// noun looks up the head of a source, with the word or two before it where they are one
// entry together.
func (w *witness) noun(h int) (lexicon.NounEntry, bool) {
	t := &w.d.Tokens[h]
	if t.UPOS != "NOUN" && t.UPOS != "PROPN" && t.UPOS != "ADJ" {
		return lexicon.NounEntry{}, false
	}
	lemma := strings.ToLower(t.Lemma)
	for k := 2; k > 0; k-- {
		if from := h - k; from >= 0 && w.sent[from] == w.sent[h] {
			if n, ok := lexicon.Noun(strings.ToLower(w.d.Text[w.d.Tokens[from].Begin:t.Begin]) + lemma); ok {
				return n, true
			}
		}
	}
	return lexicon.Noun(lemma)
}

// outlet says whether an entity is a medium: the knowledge base has its name, or its
// noun says so.
func (w *witness) outlet(e *doc.Entity, noun lexicon.NounEntry, isNoun bool) bool {
	if e.Named {
		if refs := w.known.Lookup(e.Name); len(refs) > 0 {
			return slices.ContainsFunc(refs, func(r kb.Ref) bool { return r.Entry.Outlet != nil && r.Entry.ID == e.Known }) || refs[0].Entry.Outlet != nil
		}
		if w.d.Meta.Outlet != "" && strings.EqualFold(w.d.Meta.Outlet, e.Name) {
			return true
		}
		n, ok := lexicon.Noun(strings.ToLower(e.Name[strings.LastIndexByte(e.Name, ' ')+1:]))
		return ok && n.Class == lexicon.OutletNoun
	}
	return isNoun && noun.Class == lexicon.OutletNoun
}

// count returns how many people a source is: a number before the noun, or one for
// each singular noun of people; 0 where the text does not tell.
func (w *witness) count(span doc.Span, h int) int {
	r, ok := tokens(w.d, span)
	if !ok {
		return 0
	}
	t := &w.d.Tokens[h]
	if n := number(w.d.Word(h), t.Lemma); n > 0 && t.UPOS != "NOUN" && t.UPOS != "PROPN" {
		return n
	}
	for c := w.first[h]; c >= 0; c = w.next[c] {
		if k := &w.d.Tokens[c]; k.Rel == "nummod" && int(c) >= r[0] && int(c) < h {
			if n := number(w.d.Word(int(c)), k.Lemma); n > 0 {
				return n
			}
		}
	}
	joined := 1
	for c := w.first[h]; c >= 0; c = w.next[c] {
		if k := &w.d.Tokens[c]; k.Rel == "conj" && int(c) < r[1] {
			if k.XPOS == "NNS" || k.XPOS == "NNPS" {
				return 0
			}
			joined++
		}
	}
	switch t.XPOS {
	case "NN", "NNP":
		if n, ok := w.noun(h); ok && n.Class != lexicon.PersonNoun {
			return 0
		}
		return joined
	}
	return 0
}

// number reads a number up to a thousand, in figures or as a word.
func number(word, lemma string) int {
	if n, err := strconv.Atoi(strings.ReplaceAll(word, ",", "")); err == nil && n > 0 && n <= 1000 {
		return n
	}
	return numbers[strings.ToLower(lemma)]
}

var numbers = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"ten": 10, "eleven": 11, "twelve": 12, "both": 2, "dozen": 12, "couple": 2}
