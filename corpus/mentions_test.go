package corpus

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

// chain makes a Doc of words that each depend on the last of them.
func chain(words int) *doc.Doc {
	d := doc.New(strings.TrimSpace(strings.Repeat("x ", words)))
	for i := range words {
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: 2 * i, End: 2*i + 1}, Head: words - 1})
	}
	d.Tokens[words-1].Head = -1
	return d
}

// TestGUMMentions reads the fields of words in order.
func TestGUMMentions(t *testing.T) {
	for _, c := range []struct {
		name   string
		fields []string
		want   []string // first-last, head, entity and its type
	}{
		{"one word", []string{"(1-person-new)", ""}, []string{"0-0 head 0 of 0 person"}},
		{"two words", []string{"(1-person-new", "1)"}, []string{"0-1 head 1 of 0 person"}},
		{"one inside another that begins with it", []string{"(1-organization-new(2-place-new)", "", "1)"},
			[]string{"0-2 head 2 of 0 organization", "0-0 head 0 of 1 place"}},
		{"two that end together", []string{"(1-person-new", "(2-abstract-new", "2)1)"},
			[]string{"0-2 head 2 of 0 person", "1-2 head 2 of 1 other"}},
		{"one ends and one begins", []string{"(1-person-new", "1)(2-place-new", "2)"},
			[]string{"0-1 head 0 of 0 person", "1-2 head 2 of 1 place"}},
		{"twice the same", []string{"(7-person-new)", "", "(7-person-giv)"},
			[]string{"0-0 head 0 of 0 person", "2-2 head 2 of 0 person"}},
		{"the same inside itself", []string{"(7-person-new", "(7-person-giv)", "7)"},
			[]string{"0-2 head 2 of 0 person", "1-1 head 1 of 0 person"}},
		{"in parts", []string{"(7[1/2]-person-new", "7[1/2])", "(7[2/2]-person-new)"},
			[]string{"0-1 head 0 of 0 person", "2-2 head 2 of 0 person"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := new(mentions)
			d := chain(len(c.fields))
			for i, f := range c.fields {
				if err := m.take(f, i); err != nil {
					t.Fatal(err)
				}
			}
			m.give(d)
			var got []string
			for _, x := range d.Mentions {
				got = append(got, fmt.Sprintf("%d-%d head %d of %d %s", x.Begin/2, (x.End-1)/2, x.Head, x.Entity, d.Entities[x.Entity].Type))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestGUMMentionsRefused(t *testing.T) {
	for _, c := range []struct{ name, field, want string }{
		{"ends and has not begun", "1)", "none is open"},
		{"no type", "(1)", "no group and type"},
		{"no group", "(-person)", "no group and type"},
		{"neither begins nor ends", "1-person", "does not end"},
	} {
		if err := new(mentions).take(c.field, 0); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

// FuzzGUMMentions takes any two fields: what comes out lies inside the text.
func FuzzGUMMentions(f *testing.F) {
	f.Add("(1-person-new(2-place-new)", "1)")
	f.Add("(1[1/2]-person-new)", "(1[2/2]-person-new)")
	f.Fuzz(func(t *testing.T, a, b string) {
		m := new(mentions)
		if m.take(a, 0) != nil || m.take(b, 1) != nil {
			return
		}
		d := chain(2)
		m.give(d)
		for _, x := range d.Mentions {
			if x.Begin < 0 || x.End > len(d.Text) || x.Empty() || x.Entity >= len(d.Entities) || !x.Contains(d.Tokens[x.Head].Span) {
				t.Fatalf("mention %+v", x)
			}
		}
	})
}
