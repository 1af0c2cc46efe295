package entity

import (
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/gazetteer"
	"hearsay/lexicon/kb"
)

// What is done without models, for read --fast: names by their tags and the tables,
// and links by a few rules.

// Plain finds names and what they refer to by rules and tables alone.
type Plain struct{ known *kb.KB }

// NewPlain returns the rules over a knowledge base.
func NewPlain(known *kb.KB) *Plain { return &Plain{known} }

// Names fills d.Names with runs of words tagged as proper nouns, of the type that the
// tables have for them, or else that the words show. It needs sentences and tags.
func (p *Plain) Names(d *doc.Doc) {
	d.Names = d.Names[:0]
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			first := i
			for i < s.Last && (d.Tokens[i].UPOS == "PROPN" || i > first && i+1 < s.Last && strings.ToLower(d.Word(i)) == "of" && d.Tokens[i+1].UPOS == "PROPN" && d.Tokens[i-1].UPOS == "PROPN" && p.has(d, first, i+2)) {
				i++
			}
			if i > first {
				if i == first+1 && p.calendar(d, first) {
					continue
				}
				n := doc.Name{Span: doc.Span{Begin: d.Tokens[first].Begin, End: d.Tokens[i-1].End}}
				n.Type = p.typeOf(d.Slice(n.Span))
				d.Names = append(d.Names, n)
			} else if t := &d.Tokens[i]; t.UPOS == "ADJ" && capital(d.Word(i)) {
				if refs := p.known.Lookup(d.Word(i)); len(refs) > 0 && (refs[0].Entry.State != nil || refs[0].Entry.Table == kb.Groups) {
					d.Names = append(d.Names, doc.Name{Span: t.Span, Type: doc.Group})
				}
			}
		}
	}
}

// calendar says whether token i is the name of a day, or of a month that stands as a time: «on
// Monday», «in May», «May 3», but not «May said».
func (p *Plain) calendar(d *doc.Doc, i int) bool {
	switch d.Word(i) {
	case "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday":
		return true
	case "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December":
		before := i > 0 && (d.Tokens[i-1].UPOS == "ADP" || d.Tokens[i-1].UPOS == "ADJ" || d.Tokens[i-1].UPOS == "DET" || d.Tokens[i-1].UPOS == "NUM")
		return before || i+1 < len(d.Tokens) && d.Tokens[i+1].UPOS == "NUM"
	}
	return false
}

// has says whether the tables know the words [first, last) as one name.
func (p *Plain) has(d *doc.Doc, first, last int) bool {
	return len(p.known.Lookup(d.Text[d.Tokens[first].Begin:d.Tokens[last-1].End])) > 0
}

func (p *Plain) typeOf(name string) doc.EntityType {
	for _, r := range p.known.Lookup(name) {
		switch {
		case r.Entry.Table == kb.Holders || r.Entry.Table == kb.People:
			return doc.Person
		case r.Entry.State != nil && (r.As == kb.Demonym || r.As == kb.Adjective) || r.Entry.Table == kb.Groups:
			return doc.Group
		case r.Entry.State != nil:
			return doc.Location
		}
		return doc.Organization
	}
	words := strings.Fields(name)
	if _, ok := lexicon.Given(words[0]); ok && len(words) > 1 {
		return doc.Person
	}
	if n, ok := lexicon.Noun(strings.ToLower(words[len(words)-1])); ok && n.Class == lexicon.OrganizationNoun {
		return doc.Organization
	}
	if len(gazetteer.Shipped().Find(nil, name)) > 0 {
		return doc.Location
	}
	if len(words) == 2 || len(words) == 3 {
		return doc.Person
	}
	if name == strings.ToUpper(name) {
		return doc.Organization
	}
	return doc.Person
}

// Link fills d.Mentions and d.Entities. It needs all layers up to d.Statements.
func (p *Plain) Link(d *doc.Doc) {
	l := newLinker(d, p.known)
	seen := map[uint64][]int32{}
	var before []int32
	var score []float32
	for m := range l.all {
		before, score = before[:0], score[:0]
		candidates(l.all, m, seen, func(a int) {
			if x := l.rule(a, m); x > 0 {
				before, score = append(before, int32(a)), append(score, x/20)
			}
		})
		note(l.all, m, seen)
		l.choose(m, before, score, 0)
	}
	l.identify()
	l.write()
}

// rule scores mention a as what m refers back to; 0 is no.
func (l *linker) rule(a, m int) float32 {
	x, y := &l.all[a], &l.all[m]
	near := float32(m - a)
	switch {
	case y.inside == a || x.inside == m && x.form != proper:
		return 0
	case y.form == pronoun:
		if y.person == 1 {
			// «I», where somebody speaks
			if s := l.speaker[y.head]; s >= 0 && int(s) == x.head || x.form == pronoun && x.person == 1 && l.speaker[x.head] == s {
				return 1000 - near
			}
			return 0
		}
		if y.person == 2 || x.gender&y.gender == 0 || x.number&y.number == 0 || y.sent-x.sent > 3 {
			return 0
		}
		if y.gender&neuter == 0 && x.kind != doc.Person {
			return 0
		}
		score := 200 - near
		if strings.HasPrefix(l.d.Tokens[x.head].Rel, "nsubj") {
			score += 20
		}
		if x.form == proper {
			score += 10
		}
		return score
	case y.form == proper && x.form == proper:
		if x.whole == y.whole || x.kind == y.kind && y.kind == doc.Person && len(y.words) > 0 && len(x.words) > 0 && x.words[len(x.words)-1] == y.words[len(y.words)-1] {
			return 500 - near/100
		}
	case y.form == common && x.form == common:
		if x.whole == y.whole && l.opening(y) != 1 {
			return 100 - near/100
		}
	}
	return 0
}
