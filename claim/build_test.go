package claim_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/claim"
	"hearsay/doc"
)

const story = `PORT ELLERY (Reuters) — Harbour master Ann Poe told CNN on Monday that the ferry Orlena would not sail. "She is not safe," Poe said. The owners said that inspectors had warned that the hull was cracked.`

// What a Doc holds is in the article, with ids in place of indexes.
func TestNew(t *testing.T) {
	d := annotated(t, story)
	d.Meta.Title, d.Meta.Outlet, d.Meta.Published = "Ferry stays", "Harbour Wire", "2021-05-03"
	a := claim.New(d, "https://wire.example/1", claim.Evidence{Title: "Ferry stays in port", Feed: "https://wire.example/feed"})
	if a.ID != claim.ArticleID("https://wire.example/1", d.Text) || a.Text != d.Text || a.TextHash != claim.Hash([]byte(d.Text)) || a.Reader != d.Reader {
		t.Errorf("id %s, hash %s, reader %s", a.ID, a.TextHash, a.Reader)
	}
	want := claim.Evidence{Title: "Ferry stays in port", Outlet: "Harbour Wire", Published: "2021-05-03", Feed: "https://wire.example/feed",
		Credit: d.Meta.Credit, Byline: d.Meta.Byline, Language: d.Meta.Language}
	if diff := cmp.Diff(want, a.Evidence); diff != "" {
		t.Error(diff)
	}
	if len(a.Statements) != len(d.Statements) || len(a.Times) != len(d.Times) || len(a.Places) != len(d.Places) || len(a.Statements) < 4 {
		t.Fatalf("%d statements of %d, %d times of %d, %d places of %d", len(a.Statements), len(d.Statements),
			len(a.Times), len(d.Times), len(a.Places), len(d.Places))
	}
	ids := map[string]bool{"": true}
	for _, e := range a.Entities {
		ids[e.ID] = true
	}
	var lines []string
	for i, s := range a.Statements {
		ids[s.ID] = true
		for _, id := range append([]string{s.Source.Entity, s.Addressee.Entity}, s.About...) {
			if !ids[id] {
				t.Errorf("%s names %q, which is not there", s.ID, id)
			}
		}
		if p := d.Statements[i].Parent; p >= 0 && s.Parent != a.Statements[p].ID || p < 0 && s.Parent != "" {
			t.Errorf("%s has the parent %q, want that of index %d", s.ID, s.Parent, p)
		}
		lines = append(lines, s.Source.Text+" | "+s.Cue.Text+" | "+s.Words+" | "+s.Addressee.Text)
	}
	wantLines := []string{
		"Harbour master Ann Poe | told | that the ferry Orlena would not sail | CNN",
		`Poe | said | "She is not safe," | `,
		"The owners | said | that inspectors had warned that the hull was cracked | ",
		"inspectors | had warned | that the hull was cracked | "}
	if diff := cmp.Diff(wantLines, lines); diff != "" {
		t.Error(diff)
	}
	if a.Statements[3].Parent != a.Statements[2].ID {
		t.Errorf("the warning stands in %q", a.Statements[3].Parent)
	}
	about := ""
	for _, e := range a.Entities {
		if len(a.Statements[1].About) > 0 && e.ID == a.Statements[1].About[0] {
			about = e.Name
		}
	}
	if about == "" {
		t.Errorf("what is not safe? %v", a.Statements[1].About)
	}
}

// Evidence that the page gives goes before what the Doc knows, the words of a content are
// joined by single blanks, and events name their statement, time and place.
func TestNewByHand(t *testing.T) {
	text := "Poe said the\n  ferry,  which burned in Solm, sank."
	span := func(words string) doc.Span {
		at := strings.Index(text, words)
		return doc.Span{Begin: at, End: at + len(words)}
	}
	d := doc.New(text)
	d.Entities = []doc.Entity{{Name: "Poe", Named: true, Known: "person:poe"}, {Name: "two men"}, {Name: "the ferry", Of: []int{1}}}
	d.Mentions = []doc.Mention{{Span: span("Poe"), Entity: 0}, {Span: span("the\n  ferry"), Entity: 2}}
	d.Times = []doc.Time{{Span: span("burned"), Type: doc.Date, Value: "2021"}}
	d.Places = []doc.Place{{Span: span("Solm")}}
	d.Statements = []doc.Statement{{Parent: -1, Source: doc.Source{Span: span("Poe"), Entity: 0}, Told: -1, Cue: doc.Cue{Spans: []doc.Span{span("said")}},
		Content: []doc.Span{span("the\n  ferry"), span("sank")}, Factuality: []doc.Commitment{{Holder: 0, Value: doc.Certain}, {Holder: doc.ByAuthor, Value: doc.Uncommitted}}}}
	d.Events = []doc.Event{{Trigger: span("sank"), Type: "ASSAULT", Time: 0, Place: 0, Statement: 0, Killed: 3,
		Actors: []doc.Party{{Span: span("the\n  ferry"), Entity: 2, Country: "KAR"}}}}
	a := claim.New(d, "x", claim.Evidence{Outlet: "Harbour Wire"})
	s, v := a.Statements[0], a.Events[0]
	if s.Words != "the ferry sank" || s.Source.Known != "person:poe" || !cmp.Equal(s.About, []string{"e3"}) {
		t.Errorf("%+v", s)
	}
	if want := []claim.Commitment{{Holder: "s1", Value: doc.Certain}, {Holder: claim.Author, Value: doc.Uncommitted}}; !cmp.Equal(s.Factuality, want) {
		t.Errorf("%+v", s.Factuality)
	}
	if v.Statement != "s1" || v.Time != "2021" || v.Place != "p1" || v.Killed != 3 || v.Actors[0].Entity != "e3" || v.Actors[0].Name != "" || v.Actors[0].Country != "KAR" {
		t.Errorf("%+v", v)
	}
	if e := a.Entities[2]; e.Count != 1 || e.First != span("the\n  ferry") || !cmp.Equal(e.Of, []string{"e2"}) {
		t.Errorf("%+v", e)
	}
}

// The same text at the same place is the same article; another place or text is not.
func TestArticleID(t *testing.T) {
	a := claim.ArticleID("x", "yz")
	if len(a) != 17 || a[0] != 'a' || a != claim.ArticleID("x", "yz") || a == claim.ArticleID("xy", "z") || a == claim.ArticleID("x", "yy") {
		t.Errorf("id %q", a)
	}
}
