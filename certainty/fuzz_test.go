package certainty_test

import (
	"strings"
	"testing"

	"hearsay/certainty"
	"hearsay/doc"
	"hearsay/extract"
	"hearsay/read"
)

var values = map[doc.Factuality]bool{doc.Certain: true, doc.Probable: true, doc.Possible: true, doc.NotCertain: true,
	doc.NotProbable: true, doc.NotPossible: true, doc.Uncommitted: true}

// check holds commitments to what must be true of all: each holder once and the author last,
// values that there are, degrees that go with them, signs inside the text.
func check(t *testing.T, d *doc.Doc, s int, all []doc.Commitment) {
	t.Helper()
	for k, c := range all {
		if k < len(all)-1 && c.Holder != s || k == len(all)-1 && c.Holder != doc.ByAuthor {
			t.Fatalf("holder %d is %d, want %d", k, c.Holder, s)
		}
		if s >= 0 {
			s = d.Statements[s].Parent
		}
		if !values[c.Value] || !(c.Degree >= -3 && c.Degree <= 3) || (c.Degree > 0.5) != strings.HasSuffix(string(c.Value), "+") && c.Degree != 0.5 {
			t.Fatalf("value %q at degree %v", c.Value, c.Degree)
		}
		for i, sign := range c.Signs {
			for _, span := range []doc.Span{sign.Span, sign.Scope} {
				if span.Begin < 0 || span.End > len(d.Text) || span.Begin > span.End {
					t.Fatalf("a sign at %v of %d bytes", span, len(d.Text))
				}
			}
			if i == len(c.Signs)-1 && sign.Value != c.Value || certainty.Step(d, sign) == "" {
				t.Fatalf("the last sign says %s, the value is %s", sign.Value, c.Value)
			}
		}
	}
	if len(all) == 0 {
		t.Fatal("no holder")
	}
}

// FuzzAnnotate has statements read from any text, and an event put at every word.
func FuzzAnnotate(f *testing.F) {
	for _, s := range []string{
		"One official said the minister warned that the bank might fail, should the state not help.",
		"\"Leave!\" he said. Did he? Neither did nor could they rather than not.",
		"It is not clear whether, if not unless, no one has yet to be too weak to refuse to deny it.",
		"According to two aides, according to him.", "Not.", "", "that that that that",
	} {
		f.Add(s)
	}
	r, err := fast()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := doc.New(strings.ToValidUTF8(text, "?"))
		extract.Layout(d)
		r.Annotate(d)
		everyWord(t, r, d)
	})
}

func everyWord(t *testing.T, r *read.Reader, d *doc.Doc) {
	for i := range d.Tokens {
		d.Events = append(d.Events, doc.Event{Trigger: d.Tokens[i].Span, Head: i, Statement: innermost(d, d.Tokens[i].Span)})
	}
	r.Certainty().Annotate(d)
	for i := range d.Statements {
		check(t, d, i, d.Statements[i].Factuality)
	}
	for i := range d.Events {
		check(t, d, d.Events[i].Statement, d.Events[i].Factuality)
	}
}

// TestBareStatements reads layers that lack parts: no cue, no content, no words of either in
// the tree.
func TestBareStatements(t *testing.T) {
	for _, open := range []func() (*read.Reader, error){reader, fast} {
		r, err := open()
		if err != nil {
			t.Fatal(err)
		}
		d := doc.New("Aides said that the talks may fail.")
		extract.Layout(d)
		r.Annotate(d)
		d.Statements = []doc.Statement{{Parent: -1}, {Parent: 0, Content: []doc.Span{{Begin: 0, End: 0}}},
			{Parent: 1, Content: []doc.Span{{Begin: 11, End: 34}}, Cue: doc.Cue{Spans: []doc.Span{{Begin: 6, End: 10}}, Class: "say"}}}
		everyWord(t, r, d)
		if got := d.Statements[2].Factuality[0].Value; got != doc.Possible {
			t.Errorf("the talks may fail: %s", got)
		}
	}
}

// TestContradiction holds that words that contradict each other bind nobody, and that the
// chain says so.
func TestContradiction(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	d := doc.New("The minister definitely perhaps knew the code.")
	extract.Layout(d)
	r.Annotate(d)
	c := r.Certainty().View(d).Of(4, -1, doc.ByAuthor)
	last := c.Signs[len(c.Signs)-1]
	if c.Value != doc.Uncommitted || last.Kind != "contradiction" || d.Slice(last.Span) != "definitely perhaps" {
		t.Errorf("%s by %v", c.Value, c.Signs)
	}
}

func TestLoadRefuses(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{{"nothing", "", "not a model file"}, {"cut", "HEARSAY\nabc", "truncated"}} {
		if _, err := certainty.Load([]byte(c.file), 256); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
