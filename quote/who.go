package quote

import (
	"strings"

	"hearsay/doc"
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
		w.introduce(d.Statements[i].Source.Span)
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		s.Told = w.entity(s.Addressee)
		w.source(s)
	}
	w.inherit()
}

// meant says whether words mean somebody told of before: a pronoun or a definite noun,
// and not «lawmakers» at large.
func (w *witness) meant(h int) bool {
	if t := &w.d.Tokens[h]; t.UPOS != "NOUN" && t.UPOS != "PROPN" {
		return true
	}
	for c := w.first[h]; c >= 0; c = w.next[c] {
		if r := w.d.Tokens[c].Rel; r == "det" || r == "nmod:poss" {
			return true
		}
	}
	return false
}

// inherit gives unnamed sources the basis and the terms that the article states once:
// for the same source, or for the group that it is one of («two people familiar with
// the talks said … One of the people added»).
func (w *witness) inherit() {
	first := map[int]*doc.Source{} // of each entity, the source that states them
	unnamed := map[int]bool{}      // entities of which some source is somebody
	for i := range w.d.Statements {
		src := &w.d.Statements[i].Source
		if src.Entity >= 0 && src.Kind == doc.Anonymous {
			unnamed[src.Entity] = true
		}
	}
	for i := range w.d.Statements {
		src := &w.d.Statements[i].Source
		if h := w.d.HeadOf(src.Span); src.Kind == doc.Collective && unnamed[src.Entity] && h >= 0 && !w.share(h) && w.meant(h) {
			src.Kind = doc.Anonymous
		}
	}
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
	if h := w.d.HeadOf(span); h >= 0 {
		if k, ok := w.at[w.antecedent(h)]; ok {
			return k
		}
	}
	return -1
}

// antecedent returns the noun that a relative pronoun stands for, and any other word
// itself: «the minister, who said».
func (w *witness) antecedent(h int) int {
	if h < 0 {
		return h
	}
	if x := w.d.Tokens[h].XPOS; x != "WP" && x != "WDT" && x != "WP$" {
		return h
	}
	if word := strings.ToLower(w.d.Word(h)); word == "who" || word == "which" {
		// A name right before is the one: «Roe, who», "Russia, which"; trees go astray more
		// often.
		i := h - 1
		for i > 0 && w.d.Tokens[i].UPOS == "PUNCT" && h-i < 3 {
			i--
		}
		for k := range w.d.Names {
			if n := &w.d.Names[k]; i >= 0 && !(n.Type == doc.Person && w.areMany(h)) && (n.Type == doc.Person) == (word == "who") && n.Type != doc.Group && n.Contains(w.d.Tokens[i].Span) {
				name, _ := tokens(w.d, n.Span)
				for j := name[0]; j < name[1]; j++ {
					if _, ok := w.at[j]; ok {
						return j
					}
				}
			}
		}
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

// areMany says whether a plural verb follows a relative pronoun: «those backing Roe, who are».
func (w *witness) areMany(h int) bool {
	if h+1 >= len(w.d.Tokens) {
		return false
	}
	switch t := &w.d.Tokens[h+1]; strings.ToLower(w.d.Word(h + 1)) {
	case "are", "were", "have":
		return true
	default:
		return t.XPOS == "VBP"
	}
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

// some are words for people whom nothing tells apart.
var some = map[string]bool{"another": true, "others": true, "other": true, "some": true, "many": true, "several": true, "few": true, "most": true,
	"everyone": true, "everybody": true, "anyone": true, "anybody": true, "someone": true, "somebody": true, "nobody": true, "people": true}

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
	h := w.antecedent(w.d.HeadOf(span))
	e := new(doc.Entity)
	if src.Entity = w.entity(span); src.Entity >= 0 {
		e = &w.d.Entities[src.Entity]
	}
	k := w.called(span)
	if k >= 0 && e.Named && w.d.Mentions[k].Entity != src.Entity && !strings.Contains(e.Name, w.d.Word(w.d.Mentions[k].Head)) {
		e = new(doc.Entity) // «the president, Jane Roe», read as another president
	}
	src.Basis = w.basis(span, h)
	src.Terms = w.terms(s, h)
	hidden := src.Terms+src.Basis != "" && h >= 0 && w.d.Tokens[h].UPOS == "NOUN"
	if k < 0 && e.Named && e.Type == doc.Person && (hidden || w.unknown(span, h)) {
		// Nobody is named first and then introduced: «a friend».
		stranger := doc.Entity{Type: doc.Person}
		if n, ok := w.noun(h); ok && n.State && stateSectors[e.Sector] {
			stranger.Country, stranger.Sector, stranger.Assumed = e.Country, e.Sector, e.Assumed
		}
		e, src.Entity = &stranger, -1
	}
	if e.Named && h >= 0 && some[strings.ToLower(w.d.Word(h))] {
		e, src.Entity = new(doc.Entity), -1 // «another wrote»: whoever was named before is somebody else
	}
	if !e.Named || e.Type != doc.Person {
		if k >= 0 {
			src.Entity, h = w.d.Mentions[k].Entity, w.d.Mentions[k].Head
			e = &w.d.Entities[src.Entity]
		} else if known := w.body(span); known != nil && !e.Named {
			e = known
		}
	} else if known := w.body(span); known != nil && len(w.known.PersonByName(e.Name, w.day)) == 0 {
		e = known // what was taken for a person
	}
	if !w.share(h) {
		src.Count = w.count(span, h)
	}
	src.Kind = w.kind(s, h, e)
	src.Role = e.Role
	src.Affiliation = affiliation(src.Kind, e)
	src.Assumed = e.Assumed && src.Affiliation == e.Country && src.Affiliation != ""
	w.several(s, span, h, e)
	switch {
	case src.Terms != "":
		src.Record = doc.OffRecord
	case src.Kind == doc.PersonSource:
		src.Record = doc.OnRecord
	case src.Kind == doc.Anonymous && src.Basis != "":
		src.Record = doc.OffRecord
	}
}
