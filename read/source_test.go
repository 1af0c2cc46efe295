package read

import (
	"strings"
	"testing"

	"hearsay/doc"
)

// text returns words as one string.
func text(in []word) string {
	var parts []string
	for _, w := range in {
		s := ""
		for _, p := range w.pieces {
			s += p.text
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, " ")
}

// TestSource shows what stands beside the words of a source in the table.
func TestSource(t *testing.T) {
	roe := doc.Entity{Name: "Jane Roe", Named: true, Type: doc.Person, Country: "USA", Role: "spokesperson"}
	for _, test := range []struct {
		name          string
		words         string // of the source
		entities      []doc.Entity
		names         string // a name in it
		source        doc.Source
		shown, beside string
	}{
		{"a pronoun", "she", []doc.Entity{roe}, "", doc.Source{Kind: doc.PersonSource, Role: "spokesperson", Affiliation: "USA"},
			"she = Jane Roe", "person, USA"},
		{"a description", "the spokesperson", []doc.Entity{roe}, "", doc.Source{Kind: doc.PersonSource}, "the spokesperson = Jane Roe", "person"},
		{"her name", "Spokesperson Jane Roe", []doc.Entity{roe}, "Jane Roe", doc.Source{Kind: doc.PersonSource}, "Spokesperson Jane Roe", "person"},
		{"her surname", "Roe", []doc.Entity{roe}, "Roe", doc.Source{Kind: doc.PersonSource}, "Roe", "person"},
		{"no part of a word", "the monroes", []doc.Entity{{Name: "Roe", Named: true}}, "", doc.Source{Kind: doc.Collective}, "the monroes = Roe", "collective"},
		{"nobody", "an aide", nil, "", doc.Source{Kind: doc.Anonymous, Role: "aide", Affiliation: "USA", Terms: "on condition of anonymity", Record: doc.OffRecord},
			"an aide", "anonymous, USA, on condition of anonymity, off the record"},
		{"what the words say already", "two US aides familiar with the plans", nil, "",
			doc.Source{Kind: doc.Anonymous, Role: "aides", Affiliation: "US", Count: 2, Basis: "familiar with the plans"},
			"two US aides familiar with the plans", "anonymous"},
		{"one whom a description introduced", "he", []doc.Entity{{Name: "a senior defence official of the old school who had seen it"}}, "",
			doc.Source{Kind: doc.Anonymous, Role: "defence official", Basis: "had seen it"},
			"he = a senior defence official of the old school …", "anonymous, had seen it"},
		{"a shorter description", "the official", []doc.Entity{{Name: "a senior official"}}, "", doc.Source{Kind: doc.Anonymous},
			"the official = a senior official", "anonymous"},
		{"a part of its first mention", "an official", []doc.Entity{{Name: "an official, who had seen it"}}, "", doc.Source{Kind: doc.Anonymous},
			"an official", "anonymous"},
		{"two pronouns", "him", []doc.Entity{{Name: "he"}}, "", doc.Source{Kind: doc.Anonymous}, "him", "anonymous"},
		{"one of a group", "one of them", []doc.Entity{{Name: "one of them", Of: []int{1}}, {Name: "two aides"}}, "", doc.Source{Kind: doc.Anonymous},
			"one of them", "anonymous, among “two aides”"},
		{"one of two who are joined", "an aide", []doc.Entity{{Name: "an aide", Of: []int{1}}, {Name: "an aide and a diplomat"}}, "",
			doc.Source{Kind: doc.Anonymous}, "an aide", "anonymous"},
		{"no words", "", []doc.Entity{roe}, "", doc.Source{Kind: doc.Author}, "(author)", ""},
		{"no kind", "", nil, "", doc.Source{}, "(unknown)", ""},
		{"not decided", "she", nil, "", doc.Source{}, "she", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := doc.New(test.words + " said no.")
			d.Entities = test.entities
			if i := strings.Index(test.words, test.names); test.names != "" {
				d.Names = []doc.Name{{Span: doc.Span{Begin: i, End: i + len(test.names)}}}
			}
			if test.names == "Jane Roe" || test.names == "" {
				d.Names = append(d.Names, doc.Name{Span: doc.Span{Begin: len(d.Text) - 3, End: len(d.Text)}})
			}
			test.source.Span.End = len(test.words)
			source, about := newPrinter(d, TextOptions{}).source(&doc.Statement{Source: test.source})
			if text(source) != test.shown || text(about) != test.beside {
				t.Errorf("got  %s | %s\nwant %s | %s", text(source), text(about), test.shown, test.beside)
			}
		})
	}
}

// TestIsName tells names from descriptions that have one inside.
func TestIsName(t *testing.T) {
	d := doc.New("The Russian envoy said envoy Mira Toll said so")
	for i, w := range []struct {
		word, upos string
		head       int
	}{{"The", "DET", 2}, {"Russian", "ADJ", 2}, {"envoy", "NOUN", 3}, {"said", "VERB", -1}, {"envoy", "NOUN", 5}, {"Mira", "PROPN", 7}, {"Toll", "PROPN", 5},
		{"said", "VERB", 3}, {"so", "ADV", 7}} {
		at := 0
		if i > 0 {
			at = d.Tokens[i-1].End + 1
		}
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: at, End: at + len(w.word)}, UPOS: w.upos, Head: w.head})
	}
	span := func(first, last int) doc.Span { return doc.Span{Begin: d.Tokens[first].Begin, End: d.Tokens[last].End} }
	d.Names = []doc.Name{{Span: span(1, 1)}, {Span: span(5, 6)}}
	p := newPrinter(d, TextOptions{})
	for _, test := range []struct {
		words string
		span  doc.Span
		want  bool
	}{{"The Russian envoy", span(0, 2), false}, {"envoy Mira Toll", span(4, 6), true}, {"Toll", span(6, 6), true}, {"so", span(8, 8), false}} {
		if got := p.isName(test.span); got != test.want || d.Slice(test.span) != test.words {
			t.Errorf("%q is a name: %v, want %v", d.Slice(test.span), got, test.want)
		}
	}
}
