package provenance

import (
	"cmp"
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"hearsay/claim"
	"hearsay/doc"
)

// telling describes one telling for the tests: an article with a single statement.
type tell struct {
	id, outlet, day string
	kind            doc.SourceKind
	cue             string // its lemma; "say" unless given
	source          string // its words; of a named one also its name
	of              string // affiliation
	role            string
	told            string // addressee
	cites           string // outlet cited
	credit          string
	sure            doc.Factuality
	text            string
}

// article builds the article of a telling.
func (t tell) article() *claim.Article {
	text := t.text
	if text == "" {
		text = t.id + " tells that the fleet may leave the harbour"
	}
	a := &claim.Article{ID: t.id, Locator: "https://" + t.id + ".example/", Text: text,
		Evidence: claim.Evidence{Outlet: t.outlet, Published: t.day, Credit: t.credit}}
	s := claim.Statement{ID: "s1", Cue: claim.Cue{Lemma: cmp.Or(t.cue, "say")}, Words: "the fleet may leave the harbour", Quotation: doc.Indirect,
		Content: []doc.Span{{Begin: 0, End: len(text)}},
		Source:  claim.Source{Kind: t.kind, Affiliation: t.of, Role: t.role, Party: claim.Party{Text: t.source, Span: doc.Span{End: 1}}}}
	if t.kind == doc.PersonSource || t.kind == doc.OutletSource {
		s.Source.Name = t.source
	}
	if t.told != "" {
		s.Addressee = claim.Party{Text: t.told, Span: doc.Span{End: 1}}
	}
	if t.sure != "" {
		s.Factuality = []claim.Commitment{{Holder: "s1", Value: t.sure}, {Holder: claim.Author, Value: doc.Uncommitted}}
	}
	a.Statements = []claim.Statement{s}
	cite := func(kind claim.CitationKind, name string) {
		if name != "" {
			a.Citations = append(a.Citations, claim.Citation{Span: doc.Span{End: min(5, len(text))}, Kind: kind,
				Party: claim.Party{Text: name, Span: doc.Span{End: 1}}, Statement: "s1"})
		}
	}
	cite(claim.Told, t.told)
	cite(claim.Reported, t.cites)
	return a
}

func trace(tells []tell) *Graph {
	c := &claim.Claim{ID: "c1", Text: "the fleet may leave the harbour"}
	in := Input{Claim: c, Outlet: func(name, _ string) (string, string) {
		switch plain(name) {
		case "eastherald", "westherald":
			return plain(name), "herald group"
		}
		return "", ""
	}}
	for _, t := range tells {
		in.Articles = append(in.Articles, t.article())
		c.Tellings = append(c.Tellings, claim.Telling{Article: t.id, Statement: "s1"})
	}
	in.Copies = CopiesOf(in.Articles)
	return Trace(in)
}

const (
	wireText = "The harbour fleet may leave for the northern grounds before the end of the week, two officials familiar with the plan told the Harbour Wire, after a month in which ice had kept most of its boats at the quay and the price of cod had gone up by a third in the markets of the coast."
	cutText  = "Harbour fleet to sail. " + "The harbour fleet may leave for the northern grounds before the end of the week, two officials familiar with the plan told the Harbour Wire, after a month in which ice had kept most of its boats at the quay."
)

func TestTrace(t *testing.T) {
	anonymous, person, outlet := doc.Anonymous, doc.PersonSource, doc.OutletSource
	for _, test := range []struct {
		name        string
		tells       []tell
		origins     [][]string // ids of their articles
		independent int
		relation    Relation // of the first two origins
		cycles      []string
		rises       int
	}{
		{name: "one article", tells: []tell{{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: anonymous, source: "two officials", told: "the Harbour Wire"}},
			origins: [][]string{{"a"}}},
		{name: "a copy that keeps the words", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: anonymous, source: "two officials", told: "the Harbour Wire", text: wireText},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: anonymous, source: "two officials", told: "the Harbour Wire", text: cutText}},
			origins: [][]string{{"a", "b"}}},
		{name: "cited without being copied", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: anonymous, source: "two officials", told: "the Harbour Wire"},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: anonymous, source: "officials", told: "Harbour Wire"},
			{id: "c", outlet: "Inland Mail", day: "2026-03-03", kind: outlet, source: "the Harbour Wire", cites: "the Harbour Wire"}},
			origins: [][]string{{"a", "b", "c"}}},
		{name: "cited and not at hand", tells: []tell{
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: anonymous, source: "officials", told: "Harbour Wire"},
			{id: "c", outlet: "Inland Mail", day: "2026-03-03", kind: anonymous, source: "an official", told: "the Harbour Wire"}},
			origins: [][]string{{"b", "c"}}},
		{name: "unnamed sources of two outlets", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: anonymous, source: "an official", told: "the Harbour Wire", of: "NOR"},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: anonymous, source: "a senior official", told: "the Fjord Post", of: "NOR"}},
			origins: [][]string{{"a"}, {"b"}}, relation: Unknown},
		{name: "unnamed sources of two states", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: anonymous, source: "an official", told: "the Harbour Wire", of: "NOR"},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: anonymous, source: "a Danish official", told: "the Fjord Post", of: "DNK"}},
			origins: [][]string{{"a"}, {"b"}}, relation: Independent, independent: 2},
		{name: "one speaker in two papers", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: person, source: "Mira Tollefsen", of: "NOR"},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: person, source: "Tollefsen", of: "NOR"}},
			origins: [][]string{{"a", "b"}}},
		{name: "two speakers of one ministry", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: person, source: "Mira Tollefsen", of: "NOR"},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: person, source: "Odd Lervik", of: "NOR"}},
			origins: [][]string{{"a"}, {"b"}}, relation: Unknown},
		{name: "two speakers of two states", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: person, source: "Mira Tollefsen", of: "NOR"},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: person, source: "Jens Korsgaard", of: "DNK"}},
			origins: [][]string{{"a"}, {"b"}}, relation: Independent, independent: 2},
		{name: "a denial is no origin", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: person, source: "Mira Tollefsen", of: "NOR", sure: doc.Certain},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: person, source: "Jens Korsgaard", of: "DNK", sure: doc.NotCertain}},
			origins: [][]string{{"a"}}},
		{name: "an author who names nobody", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: doc.Author}}},
		{name: "one owner", tells: []tell{
			{id: "a", outlet: "East Herald", day: "2026-03-02", kind: outlet, source: "the East Herald", cue: "see"},
			{id: "b", outlet: "West Herald", day: "2026-03-03", kind: outlet, source: "the West Herald", cue: "see"}},
			origins: [][]string{{"a"}, {"b"}}, relation: Unknown},
		{name: "three that cite each other", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: outlet, source: "the Inland Mail", cites: "the Inland Mail"},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: outlet, source: "the Harbour Wire", cites: "the Harbour Wire"},
			{id: "c", outlet: "Inland Mail", day: "2026-03-04", kind: outlet, source: "the Fjord Post", cites: "the Fjord Post"}},
			cycles: []string{"c b a"}},
		{name: "a paper that cites those who cited it", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: anonymous, source: "an official", told: "the Harbour Wire"},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: outlet, source: "the Harbour Wire", cites: "the Harbour Wire"},
			{id: "c", outlet: "Harbour Wire", day: "2026-03-04", kind: outlet, source: "the Fjord Post", cites: "the Fjord Post"}},
			origins: [][]string{{"a", "b", "c"}}, cycles: []string{"c b"}},
		{name: "may becomes is", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: anonymous, source: "an official", told: "the Harbour Wire", sure: doc.Possible},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: outlet, source: "the Harbour Wire", cites: "the Harbour Wire", sure: doc.Possible},
			{id: "c", outlet: "Inland Mail", day: "2026-03-04", kind: outlet, source: "the Fjord Post", cites: "the Fjord Post", sure: doc.Certain}},
			origins: [][]string{{"a", "b", "c"}}, rises: 1},
		{name: "surer with a source of its own", tells: []tell{
			{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: anonymous, source: "an official", told: "the Harbour Wire", sure: doc.Possible},
			{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: person, source: "Jens Korsgaard", of: "DNK", sure: doc.Certain}},
			origins: [][]string{{"a"}, {"b"}}, relation: Unknown},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := trace(test.tells)
			var got [][]string
			for _, o := range g.Origins {
				var ids []string
				for _, i := range o.Tellings {
					ids = append(ids, g.Tellings[i].Article.ID)
				}
				got = append(got, ids)
			}
			if fmt.Sprint(got) != fmt.Sprint(test.origins) {
				t.Errorf("origins %v, want %v\n%s", got, test.origins, g.Tree())
			}
			if g.Independent != test.independent {
				t.Errorf("%d independent, want %d\n%s", g.Independent, test.independent, g.Tree())
			}
			if test.relation != "" && (len(g.Pairs) == 0 || g.Pairs[0].Relation != test.relation) {
				t.Errorf("pairs %v, want %s", g.Pairs, test.relation)
			}
			var cycles []string
			for _, c := range g.Cycles {
				cycles = append(cycles, strings.Join(c.Articles, " "))
			}
			if !slices.Equal(cycles, test.cycles) {
				t.Errorf("cycles %q, want %q", cycles, test.cycles)
			}
			if len(g.Rises) != test.rises {
				t.Errorf("rises %v, want %d", g.Rises, test.rises)
			}
			// The order in which tellings come makes no difference.
			want, err := g.JSON()
			if err != nil {
				t.Fatal(err)
			}
			for seed := range int64(5) {
				mixed := slices.Clone(test.tells)
				rand.New(rand.NewSource(seed)).Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
				again := trace(mixed)
				again.Text = g.Text
				if b, _ := again.JSON(); string(b) != string(want) && !strings.Contains(test.name, "copy") {
					t.Errorf("in another order:\n%s\nwant\n%s", b, want)
				}
			}
		})
	}
}

// TestNested checks that an article whose statements stand in each other tells a claim once:
// its officials do, not the state of which they tell, and not the outlet that it cites.
func TestNested(t *testing.T) {
	c := &claim.Claim{ID: "c1"}
	in := Input{Claim: c}
	for _, x := range []tell{
		{id: "a", outlet: "Harbour Wire", day: "2026-03-02", kind: doc.Anonymous, source: "two officials", told: "the Harbour Wire", of: "NOR"},
		{id: "b", outlet: "Fjord Post", day: "2026-03-03", kind: doc.OutletSource, source: "the Harbour Wire", cites: "the Harbour Wire"},
	} {
		a := x.article()
		inner := a.Statements[0]
		inner.ID, inner.Parent, inner.Addressee = "s2", "s1", claim.Party{}
		inner.Source = claim.Source{Kind: doc.CountrySource, Affiliation: "SWE", Party: claim.Party{Text: "Sweden", Name: "Sweden", Known: "SWE", Span: doc.Span{End: 1}}}
		a.Statements = append(a.Statements, inner)
		in.Articles = append(in.Articles, a)
		c.Tellings = append(c.Tellings, claim.Telling{Article: x.id, Statement: "s1"}, claim.Telling{Article: x.id, Statement: "s2"})
	}
	g := Trace(in)
	if len(g.Origins) != 1 || g.Origins[0].Kind != Unnamed || len(g.Origins[0].Tellings) != 4 || g.Articles != 2 {
		t.Errorf("%d origins of %d articles:\n%s", len(g.Origins), g.Articles, g.Tree())
	}
}
