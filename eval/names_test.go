package eval

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

func TestNameCounts(t *testing.T) {
	name := func(kind doc.EntityType, begin, end int) doc.Name {
		return doc.Name{Type: kind, Span: doc.Span{Begin: begin, End: end}}
	}
	for _, c := range []struct {
		name       string
		gold, pred []doc.Name
		want       []Count // all, people, organizations, places; each right, gold, found
	}{
		{"alike", []doc.Name{name(doc.Person, 0, 4), name(doc.Location, 5, 9)}, []doc.Name{name(doc.Person, 0, 4), name(doc.Location, 5, 9)},
			[]Count{{2, 2, 2}, {1, 1, 1}, {}, {1, 1, 1}}},
		{"a state is a place", []doc.Name{name(doc.Location, 0, 4)}, []doc.Name{name(doc.Country, 0, 4)},
			[]Count{{1, 1, 1}, {}, {}, {1, 1, 1}}},
		{"another type", []doc.Name{name(doc.Person, 0, 4)}, []doc.Name{name(doc.Organization, 0, 4)},
			[]Count{{0, 1, 1}, {0, 1, 0}, {0, 0, 1}, {}}},
		{"other edges", []doc.Name{name(doc.Person, 0, 4)}, []doc.Name{name(doc.Person, 0, 5), name(doc.Person, 1, 4)},
			[]Count{{0, 1, 2}, {0, 1, 2}, {}, {}}},
		{"types that the corpora do not mark", []doc.Name{name(doc.Group, 0, 4), name(doc.Other, 5, 9)}, []doc.Name{name(doc.Group, 0, 4), name(doc.Document, 5, 9)},
			[]Count{{}, {}, {}, {}}},
		{"nothing found", []doc.Name{name(doc.Organization, 0, 4)}, nil,
			[]Count{{0, 1, 0}, {}, {0, 1, 0}, {}}},
		{"found twice", []doc.Name{name(doc.Person, 0, 4)}, []doc.Name{name(doc.Person, 0, 4), name(doc.Person, 0, 4)},
			[]Count{{1, 1, 1}, {1, 1, 1}, {}, {}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := NameCounts(&doc.Doc{Names: c.gold}, &doc.Doc{Names: c.pred})
			for k := range c.want {
				want := c.want[k]
				if got[k] != want {
					t.Errorf("%s: %+v, want %+v", nameMetrics[k], got[k], want)
				}
			}
		})
	}
}

// TestCapitalBaseline takes capitalised words inside sentences for names.
func TestCapitalBaseline(t *testing.T) {
	d := doc.New("Then Jane Roe left Oslo. Paris slept. We saw Ana")
	at := 0
	for _, w := range []string{"Then", "Jane", "Roe", "left", "Oslo", ".", "Paris", "slept", ".", "We", "saw", "Ana"} {
		for d.Text[at:at+len(w)] != w {
			at++
		}
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: at, End: at + len(w)}})
		at += len(w)
	}
	for _, s := range [][2]int{{0, 6}, {6, 9}, {9, 12}} {
		d.Sentences = append(d.Sentences, doc.Sentence{First: s[0], Last: s[1]})
	}
	var got []string
	for _, n := range capitalBaseline(d) {
		got = append(got, string(n.Type)+" "+d.Slice(n.Span))
	}
	if diff := cmp.Diff([]string{"person Jane Roe", "place Oslo", "place Ana"}, got); diff != "" {
		t.Error(diff)
	}
}
