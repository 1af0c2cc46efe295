package quote

import (
	"strconv"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// Who says of each statement's source who it is and of what kind, on what basis and on
// what terms it speaks, and to whom. It needs all layers up to d.Entities.
func Who(d *doc.Doc, known *kb.KB) {
	if len(d.Statements) == 0 {
		return
	}
	w := &witness{view: newView(d), known: known, at: map[int]int{}, whole: map[doc.Span]int{}}
	w.day, _ = kb.ParseDay(d.Meta.Published)
	for k := range d.Mentions {
		m := &d.Mentions[k]
		if _, ok := w.at[m.Head]; !ok || m.Len() < d.Mentions[w.at[m.Head]].Len() {
			w.at[m.Head] = k
		}
		w.whole[m.Span] = k
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		s.Told = w.entity(s.Addressee)
		w.source(s)
	}
	w.inherit()
}

// inherit gives unnamed sources the basis and the terms that the article states once:
// for the same source, or for the group that it is one of («two people familiar with
// the talks said … One of the people added»).
func (w *witness) inherit() {
	first := map[int]*doc.Source{} // of each entity, the source that states them
	for i := range w.d.Statements {
		src := &w.d.Statements[i].Source
		if src.Entity < 0 || src.Kind != doc.Anonymous && src.Kind != doc.Collective {
			continue
		}
		from := first[src.Entity]
		for _, g := range w.d.Entities[src.Entity].Of {
			if from == nil {
				from = first[g]
			}
		}
		if from != nil {
			if src.Basis == "" {
				src.Basis = from.Basis
			}
			if src.Terms == "" {
				src.Terms = from.Terms
			}
			if src.Record == "" {
				src.Record = from.Record
			}
			if src.Basis != "" || src.Terms != "" {
				src.Kind = doc.Anonymous
			}
		}
		if first[src.Entity] == nil && (src.Basis != "" || src.Terms != "") {
			first[src.Entity] = src
		}
	}
}

// witness is what is known of an article's sources.
type witness struct {
	*view
	known *kb.KB
	day   kb.Day
	at    map[int]int      // the shortest mention with that head
	whole map[doc.Span]int // the mention of that span
}

// mention returns the mention that a span is: of the same words, or of the same head;
// -1 for none.
func (w *witness) mention(span doc.Span) int {
	if k, ok := w.whole[span]; ok {
		return k
	}
	if h := w.headOf(span); h >= 0 {
		if k, ok := w.at[w.antecedent(h)]; ok {
			return k
		}
	}
	return -1
}

// antecedent returns the noun that a relative pronoun stands for, and any other word
// itself: «the minister, who said».
func (w *witness) antecedent(h int) int {
	if x := w.d.Tokens[h].XPOS; x != "WP" && x != "WDT" && x != "WP$" {
		return h
	}
	for a, n := h, 0; n < 20; n++ {
		if a = w.d.Tokens[a].Head; a < 0 {
			return h
		}
		if w.d.Tokens[a].Rel == "acl:relcl" && w.d.Tokens[a].Head >= 0 {
			return w.d.Tokens[a].Head
		}
	}
	return h
}

func (w *witness) entity(span doc.Span) int {
	if span.Empty() {
		return -1
	}
	if k := w.mention(span); k >= 0 {
		return w.d.Mentions[k].Entity
	}
	return -1
}

// headOf returns the word of a span that the others depend on: the first that hangs
// from outside it and is no punctuation or preposition; -1 for an empty span.
func (w *witness) headOf(span doc.Span) int {
	r, ok := tokens(w.d, span)
	if !ok {
		return -1
	}
	for i := r[0]; i < r[1]; i++ {
		k := &w.d.Tokens[i]
		if (k.Head < r[0] || k.Head >= r[1]) && k.UPOS != "PUNCT" && k.Rel != "case" && k.Rel != "cc" && k.Rel != "mark" {
			return i
		}
	}
	return r[0]
}

// source fills the source of a statement.
func (w *witness) source(s *doc.Statement) {
	src := &s.Source
	span, kind := src.Span, src.Kind
	*src = doc.Source{Span: span, Entity: -1}
	if span.Empty() {
		if src.Kind = kind; src.Kind == "" {
			src.Kind = doc.UnknownSource
		}
		return
	}
	h := w.antecedent(w.headOf(span))
	var e *doc.Entity
	if src.Entity = w.entity(span); src.Entity >= 0 {
		e = &w.d.Entities[src.Entity]
	} else {
		e = new(doc.Entity)
	}
	src.Count = w.count(span, h)
	src.Basis = w.basis(span, h)
	src.Terms = w.terms(s, h)
	src.Kind = w.kind(s, h, e)
	src.Role = e.Role
	src.Affiliation = affiliation(src.Kind, e)
	switch {
	case src.Terms != "":
		src.Record = doc.OffRecord
	case src.Kind == doc.PersonSource:
		src.Record = doc.OnRecord
	case src.Kind == doc.Anonymous && src.Basis != "":
		src.Record = doc.OffRecord
	}
}

// affiliation returns the state or else the body of a source.
func affiliation(kind doc.SourceKind, e *doc.Entity) string {
	switch {
	case e.Country != "" && kind != doc.OutletSource:
		return e.Country
	case e.Body != "":
		return e.Body
	case (kind == doc.OrganizationSource || kind == doc.OutletSource) && e.Named:
		return e.Name
	}
	return ""
}

// kind tells what sort of source a statement has.
func (w *witness) kind(s *doc.Statement, h int, e *doc.Entity) doc.SourceKind {
	t := &w.d.Tokens[h]
	noun, isNoun := w.noun(h)
	named := e.Named
	switch e.Type {
	case doc.Person:
		if named {
			return doc.PersonSource
		}
		return w.unnamed(s, h, noun)
	case doc.Country:
		return doc.CountrySource
	case doc.Document:
		return doc.DocumentSource
	case doc.Organization:
		if w.outlet(e, noun, isNoun) {
			return doc.OutletSource
		}
		if named || isNoun && noun.Class == lexicon.OrganizationNoun {
			return doc.OrganizationSource
		}
	case doc.Group:
		return w.unnamed(s, h, noun)
	case doc.Location:
		if named {
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
	switch t.UPOS {
	case "PRON", "DET", "NUM", "ADJ":
		switch strings.ToLower(w.d.Word(h)) {
		case "it", "this", "that", "which", "these":
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

// unnamed tells unnamed sources that are somebody from groups at large: one person, a
// count, an addressee, a basis of knowledge or terms make the difference.
func (w *witness) unnamed(s *doc.Statement, h int, noun lexicon.NounEntry) doc.SourceKind {
	t := &w.d.Tokens[h]
	src := &s.Source
	if src.Basis != "" || src.Terms != "" || !s.Addressee.Empty() || noun.Inside && noun.Class == lexicon.PersonNoun {
		return doc.Anonymous
	}
	if w.share(h) {
		return doc.Collective // «a majority of voters», "60 percent"
	}
	if src.Count > 0 {
		return doc.Anonymous
	}
	switch t.UPOS {
	case "PRON", "DET":
		switch strings.ToLower(w.d.Word(h)) {
		case "i", "he", "she", "him", "her", "one", "me", "my":
			return doc.Anonymous
		}
		return doc.Collective
	}
	if noun.Class == lexicon.PeopleNoun || t.XPOS == "NNS" || t.XPOS == "NNPS" || t.XPOS == "JJ" || t.XPOS == "DT" {
		return doc.Collective
	}
	return doc.Anonymous
}

// share says whether token h is a part of a public: a share is no count of people.
func (w *witness) share(h int) bool {
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
		for _, r := range w.known.Lookup(e.Name) {
			return r.Entry.Outlet != nil
		}
		if w.d.Meta.Outlet != "" && strings.EqualFold(w.d.Meta.Outlet, e.Name) {
			return true
		}
		n, ok := lexicon.Noun(strings.ToLower(e.Name[strings.LastIndexByte(e.Name, ' ')+1:]))
		return ok && n.Class == lexicon.OutletNoun
	}
	return isNoun && noun.Class == lexicon.OutletNoun
}

// count returns how many people a source is: a number before the noun, or one for a
// singular noun with an article of one; 0 where the text does not tell.
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
		if !basisWords[t.Lemma] || t.UPOS == "ADV" {
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
	{"anonymity", ""},       // «on condition of anonymity because …»
	{"anonymously", ""},     // «spoke anonymously»
	{"background", "on"},    // «on background»
	{"unidentified", ""},    //
	{"named", "not"},        // «asked not to be named»
	{"identified", "not"},   // «declined to be identified» has "declined"
	{"identified", "decl"},  //
	{"named", "decl"},       //
	{"publicly", "authori"}, // «not authorized to speak publicly»
	{"authorized", "not"},
	{"authorised", "not"},
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
			return w.clause(i, h, sent)
		}
	}
	return ""
}

// near says whether a word that begins so stands within six words before token i.
func (w *witness) near(i int, begin string, sent doc.Sentence) bool {
	for k := max(sent.First, i-6); k < i; k++ {
		word := strings.ToLower(w.d.Word(k))
		if strings.HasPrefix(word, begin) || begin == "not" && word == "n't" {
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
// the end of what hangs there, up to the next comma that ends it.
func (w *witness) clause(i, h int, sent doc.Sentence) string {
	from := i
	for from > sent.First && from-1 != h && i-from < 14 {
		word := strings.ToLower(w.d.Word(from - 1))
		if w.d.Tokens[from-1].UPOS == "PUNCT" || word == "who" || word == "because" || word == "said" || word == "spoke" || word == "told" {
			break
		}
		from--
	}
	to := i + 1
	for to < sent.Last && w.d.Tokens[to].UPOS != "PUNCT" {
		to++
	}
	return w.d.Text[w.d.Tokens[from].Begin:w.d.Tokens[to-1].End]
}
