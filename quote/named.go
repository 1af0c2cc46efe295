package quote

import (
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// introduce gives a person what the words before the name say, where the tree makes them
// something of their own.
func (w *witness) introduce(span doc.Span) {
	if span.Empty() {
		return
	}
	k := w.called(span)
	if k < 0 {
		return
	}
	e := &w.d.Entities[w.d.Mentions[k].Entity]
	o := w.entity(span)
	if o < 0 || o == w.d.Mentions[k].Entity {
		return
	}
	title := &w.d.Entities[o]
	if e.Role == "" && !title.Named {
		e.Role = title.Role
	}
	if e.Body != "" || e.Country != "" && stateSectors[e.Sector] {
		return
	}
	switch {
	case title.Named && title.Type == doc.Organization && !stateSectors[title.Sector]:
		e.Body = title.Name
	case title.Country != "" && stateSectors[title.Sector]:
		e.Country, e.Sector, e.Assumed = title.Country, title.Sector, title.Assumed
	case title.Body != "":
		e.Body, e.Sector = title.Body, title.Sector
	}
}

// unknown says whether a source is a description that brings somebody new into the
// article: «a friend», "one official".
func (w *witness) unknown(span doc.Span, h int) bool {
	r, ok := tokens(w.d, span)
	if !ok || h < r[0] || h >= r[1] || w.d.Tokens[h].UPOS != "NOUN" || w.d.Tokens[h].XPOS != "NN" {
		return false
	}
	for c := w.first[h]; c >= 0; c = w.next[c] {
		switch strings.ToLower(w.d.Word(int(c))) {
		case "a", "an", "one", "another":
			return int(c) < h
		}
	}
	return false
}

// called returns the mention of the person whom a source names behind a title that the
// tree makes its head («Republican nominee Jane Roe», "Conservative economist Jim Roe,
// who …»), or -1.
func (w *witness) called(span doc.Span) int {
	r, ok := tokens(w.d, span)
	if !ok {
		return -1
	}
	for k := range w.d.Names {
		n := &w.d.Names[k]
		if n.Type != doc.Person || n.Begin < span.Begin || n.End > span.End {
			continue
		}
		name, _ := tokens(w.d, n.Span)
		beside := w.d.Tokens[name[0]].Rel == "appos" && w.d.Tokens[name[0]].Head >= r[0] && w.d.Tokens[name[0]].Head < name[0]
		if name[0] > r[0] && !beside {
			// «Secretary of State Jane Roe»
			title := strings.TrimPrefix(w.d.Text[w.d.Tokens[r[0]].Begin:w.d.Tokens[name[0]-1].End], "the ")
			_, beside = w.known.Title(title, "")
			if t := name[0] - 1; !beside && t == w.d.HeadOf(span) && w.d.Tokens[t].UPOS == "NOUN" {
				// «Gazette editor Jane Roe», "his colleague Jim Roe"
				n, ok := w.noun(t)
				beside = ok && n.Class == lexicon.PersonNoun
			}
		}
		for i := r[0]; i < name[0]; i++ {
			t := &w.d.Tokens[i]
			and := t.UPOS == "CCONJ" && name[1] == r[1] && name[0]-r[0] > 2                                            // «former mayor and candidate Jane Roe»
			dot := and || w.d.Word(i) == "." || w.d.Word(i) == "-" || beside && (t.UPOS == "PUNCT" || t.UPOS == "ADP") // «the president, Jane Roe»
			if !dot && t.XPOS != "POS" && t.UPOS != "NOUN" && t.UPOS != "PROPN" && t.UPOS != "ADJ" && t.UPOS != "DET" && t.UPOS != "NUM" {
				return -1
			}
		}
		if name[1] < r[1] {
			// «Jane Roe's aide», "the Roe campaign"
			if t := &w.d.Tokens[name[1]]; t.XPOS == "POS" || t.UPOS == "NOUN" || t.UPOS == "PROPN" || w.d.Word(name[1]) == "-" {
				continue
			}
		}
		for i := name[0]; i < name[1]; i++ {
			if m, ok := w.at[i]; ok {
				return m
			}
		}
		text := w.d.Slice(n.Span)
		for m := range w.d.Mentions {
			if e := &w.d.Entities[w.d.Mentions[m].Entity]; e.Named && e.Type == doc.Person && e.Name == text {
				return m
			}
		}
		return -1
	}
	return -1
}

// several sets kind and affiliation of a source that joins others: «China and Russia»,
// "Jane Roe and Jim Roe". They are those of its members where these are alike.
func (w *witness) several(s *doc.Statement, span doc.Span, h int, e *doc.Entity) {
	r, _ := tokens(w.d, span)
	var members []*doc.Entity
	var heads []int
	add := func(i int) {
		if k, ok := w.at[i]; ok {
			members, heads = append(members, &w.d.Entities[w.d.Mentions[k].Entity]), append(heads, i)
		}
	}
	for c := w.first[h]; c >= 0; c = w.next[c] {
		if w.d.Tokens[c].Rel == "conj" && int(c) < r[1] && w.nominal(int(c)) {
			if x := w.d.Tokens[c].XPOS; e.Named && e.Type == doc.Person && x != "NNP" && x != "NNS" && x != "NNPS" {
				continue // «Jane Roe, a lawyer and professor»
			}
			if len(members) == 0 {
				add(h)
			}
			add(int(c))
		}
	}
	if len(members) < 2 && e.Named && s.Source.Entity >= 0 {
		// «the two countries», whose names stand elsewhere
		members, heads = nil, nil
		for i := range w.d.Entities {
			if m := &w.d.Entities[i]; m.Named && slices.Contains(m.Of, s.Source.Entity) {
				members, heads = append(members, m), append(heads, h)
			}
		}
	}
	if len(members) < 2 {
		return
	}
	one := *s
	var kinds []doc.SourceKind
	var from []string
	assumed := true
	for i, m := range members {
		one.Source.Count = 0
		for c := w.first[heads[i]]; c >= 0; c = w.next[c] {
			if w.d.Tokens[c].Rel == "nummod" {
				one.Source.Count = 1
			}
		}
		kind := w.kind(&one, heads[i], m)
		kinds = append(kinds, kind)
		if a := affiliation(kind, m); a != "" {
			if !slices.Contains(from, a) {
				from = append(from, a)
			}
			assumed = assumed && m.Assumed && a == m.Country
		}
	}
	src := &s.Source
	src.Affiliation = strings.Join(from, "; ")
	src.Assumed = assumed && len(from) == 1
	src.Kind = kinds[0]
	for _, k := range kinds[1:] {
		if k != kinds[0] {
			switch {
			case slices.Contains(kinds, doc.PersonSource):
				src.Kind = doc.PersonSource
			case slices.Contains(kinds, doc.Collective):
				src.Kind = doc.Collective
			}
		}
	}
}

func (w *witness) nominal(i int) bool {
	switch w.d.Tokens[i].UPOS {
	case "NOUN", "PROPN", "PRON":
		return true
	}
	return false
}

// body returns a body or an outlet that the knowledge base has by the very words of a
// source, where no name was found in them: «the IMF», "Politifact"; nil for none.
func (w *witness) body(span doc.Span) *doc.Entity {
	text := w.d.Slice(span)
	for _, article := range []string{"the ", "The ", "a ", "A ", "an ", "An "} {
		text = strings.TrimPrefix(text, article)
	}
	if text == "" || text[0] < 'A' || text[0] > 'Z' || strings.Contains(text, " ") && text != strings.TrimSpace(text) {
		return nil
	}
	for _, r := range w.known.Lookup(text) {
		e := &doc.Entity{Name: text, Named: true, Type: doc.Organization, Known: r.Entry.ID, Sector: r.Entry.Sector}
		switch {
		case r.Entry.Outlet != nil:
			return e
		case r.Entry.State != nil && (r.As == kb.Name || r.As == kb.Abbreviation || r.As == kb.Seat):
			e.Type, e.Country = doc.Country, r.Entry.ID
			return e
		case r.Entry.Table == kb.Bodies:
			e.Country = w.known.Country(r.Entry)
			return e
		}
	}
	return nil
}
