package eval

import (
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
)

// TestSourceLabels lints the file of labels.
func TestSourceLabels(t *testing.T) {
	labels, err := SourceLabels()
	if err != nil {
		t.Fatal(err)
	}
	if len(labels) != 1952 {
		t.Errorf("%d labels, want 1952", len(labels))
	}
	kinds := strings.Fields("person anonymous collective country organization document outlet author unknown ?")
	half := map[string]bool{}
	type place struct {
		article string
		span    [2]int
	}
	seen := map[place]bool{}
	frozen, linked := 0, 0
	last := ""
	for _, l := range labels {
		if was, ok := half[l.Article]; ok && was != l.Frozen {
			t.Errorf("%s is both frozen and open", l.Article)
		}
		if _, ok := half[l.Article]; !ok && l.Article < last {
			t.Errorf("%s is out of order", l.Article)
		}
		half[l.Article], last = l.Frozen, l.Article
		if p := (place{l.Article, l.Span}); seen[p] {
			t.Errorf("%s %v is labelled twice", l.Article, l.Span)
		} else {
			seen[p] = true
		}
		if !slices.Contains(kinds, l.Kind) {
			t.Errorf("%s %v: kind %q", l.Article, l.Span, l.Kind)
		}
		if !slices.Contains([]string{"name", "pronoun", "description", "?"}, l.Refers) {
			t.Errorf("%s %v: refers %q", l.Article, l.Span, l.Refers)
		}
		if l.Affiliation == "" || slices.Contains(l.Names, "") {
			t.Errorf("%s %v: an empty affiliation or name", l.Article, l.Span)
		}
		if l.Frozen {
			frozen++
		}
		if l.Names != nil && l.Refers != "name" && l.Refers != "?" {
			linked++
		}
	}
	if frozen < 600 || len(labels)-frozen < 300 {
		t.Errorf("%d labels are frozen of %d", frozen, len(labels))
	}
	if linked < 300 {
		t.Errorf("%d pronouns and descriptions have a name, want 300", linked)
	}
	t.Logf("%d labels in %d articles, %d frozen, %d linked", len(labels), len(half), frozen, linked)
}

func TestSameBody(t *testing.T) {
	for _, c := range []struct {
		name, gold, pred string
		want             bool
	}{
		{"a state", "USA", "USA", true},
		{"another state", "USA", "GBR", false},
		{"none", "-", "", true},
		{"none, and one found", "-", "USA", false},
		{"one, and none found", "USA", "", false},
		{"a body", "Coastal Safety Agency", "Coastal Safety Agency", true},
		{"in other letters", "coastal safety agency", "Coastal Safety Agency", true},
		{"words left out", "The Coastal Safety Agency", "Safety Agency", true},
		{"words more", "Safety Agency", "the Coastal Safety Agency of Arden", true},
		{"another body", "Coastal Safety Agency", "Coastal Council", false},
		{"one of two", "Arden Steel; USA", "USA", true},
		{"the other of two", "Arden Steel; USA", "Arden Steel Company", true},
		{"neither of two", "Arden Steel; USA", "GBR", false},
		{"a possessive", "Arden’s Council", "Arden Council", true},
		{"a state's code is no word of a body", "USA", "USA Today", false},
		{"words that say nothing", "Council of the North", "North Council", true},
	} {
		if got := sameBody(c.gold, c.pred); got != c.want {
			t.Errorf("%s: %q for %q: %v", c.name, c.pred, c.gold, got)
		}
	}
}

func TestMeans(t *testing.T) {
	all := []SourceLabel{{Names: []string{"Mira Toll"}}, {Names: []string{"Karl Toll", "Anselm Brodt"}}, {Names: []string{"Brodt"}}}
	for _, c := range []struct {
		name   string
		want   []string
		called string
		ok     bool
	}{
		{"the name", []string{"Mira Toll"}, "Mira Toll", true},
		{"a fuller one", []string{"Mira Toll"}, "Mira Q. Toll", true},
		{"another", []string{"Mira Toll"}, "Anselm Brodt", false},
		{"a surname of two people", []string{"Mira Toll"}, "Toll", false},
		{"a surname of one", []string{"Anselm Brodt"}, "Brodt", true},
		{"either of two", []string{"Mira Toll", "Anselm Brodt"}, "Anselm Brodt", true},
		{"a given name", []string{"Mira Toll"}, "Mira", true},
	} {
		l := SourceLabel{Names: c.want}
		if got := l.means(c.called, all); got != c.ok {
			t.Errorf("%s: %q for %q: %v", c.name, c.called, c.want, got)
		}
	}
}

// TestSourceCounts scores an article of three sources, of which one has no label.
func TestSourceCounts(t *testing.T) {
	d := doc.New("Ünal Toll said no. She swore. Aides wept.")
	o := doc.NewOffsets(d.Text)
	span := func(s string) doc.Span {
		i := strings.Index(d.Text, s)
		return doc.Span{Begin: i, End: i + len(s)}
	}
	d.Entities = []doc.Entity{{Name: "Ünal Toll", Named: true}}
	d.Statements = []doc.Statement{
		{Source: doc.Source{Span: span("Ünal Toll"), Kind: doc.PersonSource, Affiliation: "USA", Entity: 0}},
		{Source: doc.Source{Span: span("She"), Kind: doc.Anonymous, Affiliation: "USA", Entity: 0}},
		{Source: doc.Source{Span: span("Aides"), Kind: doc.Collective, Entity: -1}},
		{Source: doc.Source{Kind: doc.Author, Entity: -1}},
	}
	labels := []SourceLabel{
		{Span: o.Span(span("Ünal Toll")), Kind: "person", Affiliation: "?", Refers: "name", Names: []string{"Ünal Toll"}},
		{Span: o.Span(span("She")), Kind: "person", Affiliation: "USA", Refers: "pronoun", Names: []string{"Ünal Toll"}},
		{Span: [2]int{36, 40}, Kind: "person", Affiliation: "USA", Refers: "pronoun", Names: []string{"Ünal Toll"}}, // no source there
	}
	want := []Count{{Right: 1, Gold: 2, Pred: 2}, {Right: 1, Gold: 1, Pred: 1}, {Right: 1, Gold: 1, Pred: 1}}
	for k, c := range sourceCounts(labels, d) {
		if c != want[k] {
			t.Errorf("%s: %+v, want %+v", sourceMetrics[k], c, want[k])
		}
	}
	d.Statements[1].Source.Entity = -1
	if c := sourceCounts(labels, d)[2]; c.Right != 0 || c.Gold != 1 {
		t.Errorf("linked to nobody: %+v", c)
	}
}
