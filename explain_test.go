package main

import (
	"strings"
	"testing"

	"hearsay/doc"
)

// TestExplainEvent explains an event of a Doc made by hand: offsets are code points, and the
// words of the article cannot steer a terminal.
func TestExplainEvent(t *testing.T) {
	d := doc.New("Søren may \x1b[31mstrike.")
	may, strike := doc.Span{Begin: 7, End: 10}, doc.Span{Begin: 11, End: len(d.Text) - 1}
	sign := doc.Sign{Span: may, Scope: strike, Kind: "modal", Entry: "may", Value: doc.Possible}
	d.Events = []doc.Event{{Trigger: strike, Statement: -1, Factuality: []doc.Commitment{{Holder: doc.ByAuthor, Value: doc.Possible, Degree: 1, Signs: []doc.Sign{sign}}}}}
	x, err := explained(d, "v1", 1)
	if err != nil {
		t.Fatal(err)
	}
	if s := x.Holders[0].Signs[0]; s.Span != [2]int{6, 9} || s.Text != "may" {
		t.Errorf("sign %+v", s)
	}
	text := string(x.text())
	if !strings.Contains(text, "PS+ possible (the author)\n    \"may\" holds it possible: possible\n") || strings.Contains(text, "\x1b") {
		t.Errorf("text %q", text)
	}
}
