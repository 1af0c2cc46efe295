package entity_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/read"
)

// names returns text with n names that are not alike.
func names(n int) string {
	given := strings.Fields("Mira Anselm Odran Lena Tobias Ilse Karl Jonas Dara Henrik")
	first := strings.Fields("Tol Bro Pel Qui Ru Mar Ost Ek Mol Vol")
	last := strings.Fields("berg ström by sson dahl wick mere ton ley ski")
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "%s %s%s", given[i%10], first[i/10%10], strings.ToLower(first[i/100%10])+last[i/1000%10])
		switch {
		case i%60 == 59:
			b.WriteString(" left.\n\n")
		case i%6 == 5:
			b.WriteString(" left. ")
		default:
			b.WriteString(" met ")
		}
	}
	return b.String()
}

// TestBadInput reads what no editor would print, and holds the layers to what they
// promise.
func TestBadInput(t *testing.T) {
	long := strings.TrimSuffix(strings.Repeat("the minister told her aide that the Arden Steel Company and ", 273), " and ") + " left."
	fast, err := read.New(read.Config{Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		published  string
		mentions   int // at least
	}{
		{"empty", "", "2022-03-16", 0},
		{"white space", " \n\n\t ", "", 0},
		{"marks alone", "“” ... \" ' — , ;", "", 0},
		{"an open quotation", "“I left, Mira Toll said. “We stay.", "", 3},
		{"5,000 names", names(5000), "2022-03-16", 4900},
		{"pronouns alone", strings.Repeat("She told him that they saw her and it. I gave you mine. ", 150), "2022-03-16", 900},
		{"one name 2,000 times", strings.Repeat("Toll. ", 2000), "", 1000},
		{"a day in the future", "The Chinese president met Mira Toll. He left.", "2999-12-31", 3},
		{"no day", "The Chinese president met Mira Toll. He left.", "", 3},
		{"what is no day", "The Chinese president met Mira Toll. He left.", "16 March", 3},
		{"a day before all knowledge", "The Chinese president met Mira Toll. He left.", "0001-01-01", 3},
		{"a sentence of 3,000 words", long, "2022-03-16", 500},
		{"other scripts", "Ärzte говорят 北京 said Ж. 𝒥ane Roe said no. é", "", 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, r := range map[string]*read.Reader{"default": shipped(t), "fast": fast} {
				d := doc.New(c.text)
				d.Meta.Published = c.published
				extract.Layout(d)
				r.Annotate(d)
				hold(t, name, d)
				if len(d.Mentions) < c.mentions {
					t.Errorf("%s: %d mentions, want %d at least", name, len(d.Mentions), c.mentions)
				}
			}
		})
	}
}

// Nobody is put into an office on a day of which it is not known who held it.
func TestUnknownDays(t *testing.T) {
	for _, day := range []string{"", "2999-12-31", "0001-01-01", "16 March"} {
		d := doc.New("The Chinese president met Mira Toll. He left.")
		d.Meta.Published = day
		extract.Layout(d)
		shipped(t).Annotate(d)
		for _, e := range d.Entities {
			if e.Known != "" && e.Type == doc.Person {
				t.Errorf("published %q: %s", day, e.Name)
			}
		}
	}
}

// The same article read twice gives the same layers.
func TestSameTwice(t *testing.T) {
	r := shipped(t)
	var before *doc.Doc
	for range 3 {
		d := doc.New(named)
		extract.Layout(d)
		r.Annotate(d)
		if before != nil && (!reflect.DeepEqual(d.Mentions, before.Mentions) || !reflect.DeepEqual(d.Entities, before.Entities) || !reflect.DeepEqual(d.Names, before.Names)) {
			t.Fatal("two readings differ")
		}
		before = d
	}
}

// hold fails where layers break what doc promises of them.
func hold(t *testing.T, reader string, d *doc.Doc) {
	t.Helper()
	at := 0
	for _, n := range d.Names {
		if n.Begin < at || n.Empty() || n.End > len(d.Text) {
			t.Fatalf("%s: name at %v after %d", reader, n.Span, at)
		}
		at = n.End
	}
	mentioned := 0
	for k, m := range d.Mentions {
		if m.Begin < 0 || m.Empty() || m.End > len(d.Text) {
			t.Fatalf("%s: mention at %v of %d bytes", reader, m.Span, len(d.Text))
		}
		if m.Head < 0 || m.Head >= len(d.Tokens) || !m.Contains(d.Tokens[m.Head].Span) {
			t.Fatalf("%s: mention %q has head %d", reader, d.Slice(m.Span), m.Head)
		}
		if k > 0 {
			if b := d.Mentions[k-1]; m.Begin < b.Begin || m.Begin == b.Begin && m.End > b.End {
				t.Fatalf("%s: mention %q comes after %q", reader, d.Slice(m.Span), d.Slice(b.Span))
			}
		}
		if m.Entity < 0 || m.Entity > mentioned {
			t.Fatalf("%s: entity %d comes up before %d", reader, m.Entity, mentioned)
		}
		mentioned = max(mentioned, m.Entity+1)
	}
	if mentioned != len(d.Entities) {
		t.Fatalf("%s: %d entities, %d of them mentioned", reader, len(d.Entities), mentioned)
	}
	for k, e := range d.Entities {
		if e.Name == "" {
			t.Errorf("%s: entity %d has no name", reader, k)
		}
		for _, g := range e.Of {
			if g < 0 || g >= len(d.Entities) || g == k {
				t.Errorf("%s: entity %d is of %d", reader, k, g)
			}
		}
	}
	for _, s := range d.Statements {
		if s.Source.Entity < -1 || s.Source.Entity >= len(d.Entities) || s.Told < -1 || s.Told >= len(d.Entities) {
			t.Errorf("%s: source %d, told %d of %d entities", reader, s.Source.Entity, s.Told, len(d.Entities))
		}
	}
}
