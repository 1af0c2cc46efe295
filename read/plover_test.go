package read

import (
	"encoding/json"
	"strings"
	"testing"

	"hearsay/doc"
)

// TestPlover reads one event back from its record.
func TestPlover(t *testing.T) {
	d := doc.New("Aides said Chile met Peru in Lima on Monday.")
	d.Meta = doc.Meta{Path: "a.txt", Published: "2024-05-15", Language: "en"}
	span := func(s string) doc.Span {
		b := strings.Index(d.Text, s)
		return doc.Span{Begin: b, End: b + len(s)}
	}
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: len(d.Text)}}}
	d.Statements = []doc.Statement{{Parent: -1, Score: 0.5, Source: doc.Source{Span: span("Aides"), Kind: doc.Collective, Entity: -1}}}
	d.Entities = []doc.Entity{{Name: "Chile", Named: true, Type: doc.Country, Country: "CHL", Sector: "GOV", Known: "CHL"}}
	d.Times = []doc.Time{{Span: span("Monday"), Type: doc.Date, Value: "2024-05-13"}}
	d.Places = []doc.Place{{Span: span("Lima")}}
	d.Events = []doc.Event{{
		Trigger: span("met"), Type: doc.Consult, Mode: "visit", Frame: "A meet T",
		Actors:  []doc.Party{{Span: span("Chile"), Entity: 0, Country: "CHL", Sector: "GOV"}},
		Targets: []doc.Party{{Span: span("Peru"), Entity: -1, Sector: "IGO"}},
		Time:    0, Place: 0, Statement: 0, Factuality: []doc.Commitment{{Holder: 0, Value: doc.Certain}, {Holder: doc.ByAuthor, Value: doc.Uncommitted}},
	}}
	b, err := Plover(d, JSONOptions{Text: true})
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	for field, want := range map[string]string{
		"date": `"2024-05-13"`, "event": `["CONSULT"]`, "mode": `["visit"]`, "quad_code": "1", "text": `"Aides said Chile met Peru in Lima on Monday."`,
		"actor":     `[{"code":"CHL","entity":"e1","entity_text":"Chile","identifier_id":"CHL","identifier_text":"Chile","sector":"GOV"}]`,
		"recipient": `[{"code":"IGO","entity_text":"Peru"}]`,
		"event_loc": `{"extracted_place":"Lima"}`, "statement": `"s1"`,
		"source":    `[{"kind":"collective","statement":"s1","text":"Aides"},{"kind":"author"}]`,
		"certainty": `[{"holder":"s1","value":"CT+"},{"holder":"author","value":"UU"}]`,
		"text_info": `{"end":20,"sequence":1,"start":17}`,
	} {
		if b, _ := json.Marshal(got[field]); string(b) != want {
			t.Errorf("%s: got %s, want %s", field, b, want)
		}
	}
	if b, err := Plover(d, JSONOptions{MinScore: 0.6}); err != nil || len(b) > 0 {
		t.Errorf("a statement of low score: got %s, %v", b, err)
	}
	d.Events = nil
	if b, err := Plover(d, JSONOptions{}); err != nil || len(b) > 0 {
		t.Errorf("no events: got %s, %v", b, err)
	}
}
