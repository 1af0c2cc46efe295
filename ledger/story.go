package ledger

import (
	"cmp"
	"context"
	"strings"

	"hearsay/claim"
)

// Story is an article that was found.
type Story struct {
	About
	Statements int `json:"statements"`
	// Snippet is the words around the first of the query's that the text has.
	Snippet string `json:"snippet,omitzero"`
	// Events are those that the filter asks for, where it names a type or sides.
	Events []Told `json:"events,omitzero"`
}

// Told is an event as it is shown.
type Told struct {
	ID        string       `json:"id"`
	Type      string       `json:"type"`
	Mode      string       `json:"mode,omitzero"`
	Words     string       `json:"words"`
	Actors    []string     `json:"actors"`
	Targets   []string     `json:"targets"`
	Time      string       `json:"time,omitzero"`
	Statement string       `json:"statement,omitzero"`
	Author    string       `json:"author,omitzero"` // how sure the author is that it happened
	Span      [2]int       `json:"span"`            // of the trigger, in code points
	Full      *claim.Event `json:"-"`
}

// Articles returns articles by their titles and texts, and by the events and people in
// them. An article's index is that of its newest reading, also in views of earlier days.
func (v View) Articles(ctx context.Context, f Filter) (Results[Story], error) {
	r, err := find(ctx, v, &f, ofArticles, v.story)
	return r, v.l.fail("find articles", err)
}

func (v View) story(ctx context.Context, f *Filter, m *match) (s Story, ok bool, err error) {
	got, err := load(ctx, v.l.reads, m.article, v.at)
	if err != nil {
		return s, false, err
	}
	a := got.Article
	s.About, s.Statements = m.about.done(v.at), len(a.Statements)
	s.Snippet = snippet(a.Text, f.Query)
	if f.sided() == 0 {
		return s, true, nil
	}
	for i := range a.Events {
		if e := &a.Events[i]; f.fits(e) {
			s.Events = append(s.Events, told(e, a.Text))
		}
	}
	return s, len(s.Events) > 0, nil
}

func told(e *claim.Event, text string) Told {
	t := Told{ID: e.ID, Type: string(e.Type), Mode: e.Mode, Words: e.Text, Time: e.Time, Statement: e.Statement, Full: e, Actors: []string{}, Targets: []string{}}
	for _, a := range e.Actors {
		t.Actors = append(t.Actors, cmp.Or(a.Name, a.Text, a.Country))
	}
	for _, a := range e.Targets {
		t.Targets = append(t.Targets, cmp.Or(a.Name, a.Text, a.Country))
	}
	for _, c := range e.Factuality {
		if c.Holder == claim.Author {
			t.Author = string(c.Value)
		}
	}
	if p := points(text, []claim.Span{e.Trigger}); len(p) > 0 {
		t.Span = p[0]
	}
	return t
}

// snippet is some 30 words around the first word of the query that a text has, or its
// beginning.
func snippet(text, query string) string {
	var w where
	w.ask(query)
	words := strings.Fields(text)
	at := 0
search:
	for i, word := range words {
		f := fold(word)
		for _, p := range w.phrases {
			if !p.not && strings.Contains(" "+f+" ", " "+p.words[0]+" ") {
				at = i
				break search
			}
		}
	}
	from, to := max(0, at-12), min(len(words), at+18)
	out := strings.Join(words[from:to], " ")
	if from > 0 {
		out = "… " + out
	}
	if to < len(words) {
		out += " …"
	}
	return out
}
