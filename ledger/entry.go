package ledger

import (
	"slices"
	"strings"

	"hearsay/claim"
)

// catalogue is a full-text index: its table and its columns of words. Every entry has
// facets beside: single words that stand for its fields, so that a filter is one more word
// to look for and the index never hands out what the filter drops.
type catalogue struct {
	table   string
	columns []string
}

var (
	ofStatements = &catalogue{"statement_find", []string{"content", "source", "role", "about"}}
	ofArticles   = &catalogue{"article_find", []string{"title", "text", "about"}}
)

// entry is what an index holds of one statement or article.
type entry struct {
	id      int64
	columns []string
	facets  []string
}

// The facets. A value that is not letters and digits of ASCII is folded; the digit at the
// end keeps the stemmer away.
const (
	everything    = "z0" // every entry has it
	hasKind       = "k"  // of the source
	hasAffil      = "f"  // affiliation of the source
	hasOutlet     = "o"
	hasEntity     = "e" // the source: its name, and its id in the knowledge base
	hasCountry    = "c" // what it is about
	hasKnown      = "b" // what it is about: id in the knowledge base
	hasPlace      = "p" // name or country
	hasEvent      = "v" // type of event
	hasActor      = "va"
	hasTarget     = "vt"
	hasCertainty  = "y" // of any holder
	hasOwn        = "ys"
	hasAuthor     = "ya"
	hasQuotation  = "q"
	hasLanguage   = "l"
	hasCited      = "ci" // outlet cited: name, and id in the knowledge base
	hasFeed       = "d"
	facetMaxBytes = 48
)

// facet returns the word that stands for a value, or "" for an empty one. A digit stands
// between kind and value: 9 before one that is written out, 8 before a hash.
func facet(kind, value string) string {
	if value == "" {
		return ""
	}
	var b strings.Builder
	b.WriteString(kind)
	b.WriteByte('9')
	plain := true
	for _, r := range strings.ReplaceAll(fold(value), " ", "") {
		plain = plain && r < 0x80
		b.WriteRune(r)
	}
	if !plain || b.Len() > facetMaxBytes || b.Len() == len(kind)+1 {
		return kind + "8" + claim.Hash([]byte(strings.ToLower(value)))[:24] + "0"
	}
	b.WriteByte('0')
	return b.String()
}

// signed writes a value of factuality in letters: "CT+" is "ctp".
func signed(value string) string { return strings.NewReplacer("+", "p", "-", "m").Replace(value) }

type facets []string

func (f *facets) add(kind, value string) {
	if w := facet(kind, value); w != "" {
		*f = append(*f, w)
	}
}

// sorted returns each facet once, in order.
func (f facets) sorted() []string {
	f = append(f, everything)
	slices.Sort(f)
	return slices.Compact(f)
}

// articleEntry is what the index holds of an article.
func articleEntry(a *claim.Article) entry {
	var f facets
	var about []string
	f.add(hasOutlet, a.Outlet)
	f.add(hasLanguage, a.Language)
	f.add(hasFeed, a.Feed)
	for i := range a.Entities {
		about = append(about, f.entity(&a.Entities[i])...)
	}
	for i := range a.Events {
		about = append(about, f.event(&a.Events[i], a)...)
	}
	for i := range a.Places {
		about = append(about, f.place(&a.Places[i])...)
	}
	for i := range a.Citations {
		p := &a.Citations[i].Party
		f.add(hasCited, p.Known)
		f.add(hasCited, p.Name)
	}
	f.add(hasCited, a.Credit)
	return entry{columns: []string{fold(a.Title), fold(a.Text), names(about)}, facets: f.sorted()}
}

// statementEntries is what the index holds of the statements with these indexes; ids are
// not filled yet.
func statementEntries(a *claim.Article, of []int) []entry {
	entities := map[string]*claim.Entity{}
	for i := range a.Entities {
		entities[a.Entities[i].ID] = &a.Entities[i]
	}
	events := map[string][]int{}
	for i := range a.Events {
		events[a.Events[i].Statement] = append(events[a.Events[i].Statement], i)
	}
	out := make([]entry, len(of))
	for k, i := range of {
		s := &a.Statements[i]
		var f facets
		var about []string
		f.add(hasOutlet, a.Outlet)
		f.add(hasKind, string(s.Source.Kind))
		f.add(hasAffil, s.Source.Affiliation)
		f.add(hasEntity, s.Source.Name)
		f.add(hasEntity, s.Source.Known)
		f.add(hasQuotation, string(s.Quotation))
		for _, c := range s.Factuality {
			v := signed(string(c.Value))
			f.add(hasCertainty, v)
			switch c.Holder {
			case s.ID:
				f.add(hasOwn, v)
			case claim.Author:
				f.add(hasAuthor, v)
			}
		}
		for _, id := range s.About {
			if e := entities[id]; e != nil {
				about = append(about, f.entity(e)...)
			}
		}
		for _, v := range events[s.ID] {
			about = append(about, f.event(&a.Events[v], a)...)
		}
		for p := range a.Places {
			at := a.Places[p].Span
			for _, c := range s.Content {
				if c.Begin <= at.Begin && at.End <= c.End {
					about = append(about, f.place(&a.Places[p])...)
				}
			}
		}
		out[k] = entry{columns: []string{fold(s.Words), names([]string{s.Source.Name, s.Source.Text}),
			fold(s.Source.Role), names(about)}, facets: f.sorted()}
	}
	return out
}

// entity adds what somebody mentioned gives, and returns names.
func (f *facets) entity(e *claim.Entity) []string {
	f.add(hasCountry, e.Country)
	f.add(hasKnown, e.Known)
	if e.Named {
		return []string{e.Name}
	}
	return nil
}

func (f *facets) event(v *claim.Event, a *claim.Article) []string {
	f.add(hasEvent, string(v.Type))
	var names []string
	side := func(kind string, parties []claim.Actor) {
		for i := range parties {
			for _, key := range keys(&parties[i]) {
				f.add(kind, key)
			}
			f.add(hasCountry, parties[i].Country)
			names = append(names, parties[i].Name)
		}
	}
	side(hasActor, v.Actors)
	side(hasTarget, v.Targets)
	for i := range a.Places {
		if a.Places[i].ID == v.Place {
			names = append(names, f.place(&a.Places[i])...)
		}
	}
	return names
}

// keys are under what an actor can be asked for: the country, the id in the knowledge
// base, the name.
func keys(p *claim.Actor) []string { return []string{p.Country, p.Known, p.Name} }

func (f *facets) place(p *claim.Place) []string {
	f.add(hasPlace, p.Text)
	f.add(hasPlace, p.Name)
	f.add(hasPlace, p.Country)
	f.add(hasCountry, p.Country)
	return []string{p.Text, p.Name}
}
