package ledger

import (
	"path/filepath"
	"strings"
	"testing"

	"hearsay/claim"
	"hearsay/doc"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"capitals and stops", "The U.S. said: no!", "the u s said no"},
		{"apostrophe", "it's don’t", "it s don t"},
		{"accents, whole and combining", "Béla Zeu\u0301s Ōno", "bela zeus ono"},
		{"ligature and wide digits", "ﬁnd ４２", "find 42"},
		{"bytes that are no text", "a\xffb\x00c", "a b c"},
		{"nothing", " -*\"() ", ""},
		{"a word beyond the length", strings.Repeat("a", 70) + " b", strings.Repeat("a", 64) + " b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := fold(c.in)
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if again := fold(got); again != got {
				t.Errorf("folded again %q", again)
			}
		})
	}
	if n := len(strings.Fields(fold(strings.Repeat("word ", most+10)))); n != most {
		t.Errorf("%d words of a long text", n)
	}
}

func TestFacet(t *testing.T) {
	seen := map[string]string{}
	for _, v := range []string{"CNN", "The Daily Ferry", "北京", "東京", "--", "++", strings.Repeat("long ", 30), strings.Repeat("long ", 31), "1", "9x", "org:nato"} {
		f := facet("o", v)
		if before, ok := seen[f]; ok {
			t.Errorf("%q and %q are both %s", before, v, f)
		}
		seen[f] = v
		if fold(f) != f || strings.Contains(f, " ") || !strings.HasSuffix(f, "0") {
			t.Errorf("%q: %q is not one word of the index", v, f)
		}
	}
	if facet("o", "cnn") != facet("o", "CNN") || facet("o", "São Paulo") != facet("o", "sao paulo") || facet("o", "") != "" {
		t.Error("case, accents, nothing")
	}
	if facet("v", "a") == facet("va", "") || facet("y", "sctp") == facet("ys", "ctp") {
		t.Error("kinds run into values")
	}
}

// TestPlan holds SQLite to the plan that makes finding quick: the index is read backwards,
// and what it finds is never sorted.
func TestPlan(t *testing.T) {
	l := mustOpen(t, filepath.Join(t.TempDir(), "l.db"))
	library(t, l)
	for name, f := range map[string]Filter{
		"all":     {},
		"words":   {Query: "bridge -treaty"},
		"filters": {Query: "bridge", Kinds: []string{"person"}, About: []string{"CHN", "Ada"}, Since: "2020-01-01", Until: "2021-01-01"},
		"page":    {Query: "bridge", After: "zz"},
	} {
		for _, of := range []*catalogue{ofStatements, ofArticles} {
			if of == ofArticles {
				f.Kinds = nil
			}
			p, err := l.Now().plan(&f, of)
			if err != nil {
				t.Fatal(err)
			}
			c, err := f.cursor()
			if err != nil {
				t.Fatal(err)
			}
			query := p.query(l.dialect, false, c, 20)
			rows, err := l.reads.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, p.args...)
			if err != nil {
				t.Fatal(err)
			}
			var steps []string
			for rows.Next() {
				var id, parent, unused int
				var step string
				if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
					t.Fatal(err)
				}
				steps = append(steps, step)
			}
			plan := strings.Join(steps, "; ")
			if rows.Err() != nil || strings.Contains(plan, "TEMP B-TREE") || strings.Contains(plan, "MATERIALIZE") || !strings.HasPrefix(plan, "SCAN "+of.table) {
				t.Errorf("%s in %s: %s", name, of.table, plan)
			}
		}
	}
}

// TestLikeness says which statements of two readings are one.
func TestLikeness(t *testing.T) {
	st := func(cue, content [2]int) *claim.Statement {
		s := &claim.Statement{Cue: claim.Cue{Spans: []doc.Span{{Begin: cue[0], End: cue[1]}}}}
		if content[1] > 0 {
			s.Content = []doc.Span{{Begin: content[0], End: content[1]}}
		}
		return s
	}
	for _, c := range []struct {
		name string
		a, b *claim.Statement
		same bool
	}{
		{"all the same", st([2]int{10, 14}, [2]int{20, 60}), st([2]int{10, 14}, [2]int{20, 60}), true},
		{"content found longer", st([2]int{10, 14}, [2]int{20, 60}), st([2]int{10, 14}, [2]int{20, 120}), true},
		{"another cue for the same content: «said», «was quoted as saying»", st([2]int{70, 74}, [2]int{20, 60}), st([2]int{10, 14}, [2]int{20, 60}), true},
		{"«Ada said Bela warned that …»: the inner is not the outer", st([2]int{10, 14}, [2]int{15, 100}), st([2]int{20, 26}, [2]int{32, 100}), false},
		{"same cue, contents apart", st([2]int{10, 14}, [2]int{20, 60}), st([2]int{10, 14}, [2]int{70, 90}), false},
		{"no contents", st([2]int{10, 14}, [2]int{}), st([2]int{10, 14}, [2]int{}), true},
		{"nothing shared", st([2]int{10, 14}, [2]int{20, 60}), st([2]int{70, 74}, [2]int{80, 90}), false},
	} {
		if got := likeness(c.a, c.b); got > 0 != c.same || got != likeness(c.b, c.a) {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// FuzzFrame holds that no bytes in place of a frame do more harm than an error.
func FuzzFrame(f *testing.F) {
	good, err := pack(invent(1, 2, 40))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add(encoder().EncodeAll([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\x7f{}"), nil))
	f.Add(encoder().EncodeAll([]byte("\x00{}\n{\"ID\":\"s1\",}\n"), nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		frame, err := unpack(b)
		if err != nil {
			return
		}
		if a, err := frame.article(); err == nil {
			complaints(a)
			statementEntries(a, all(len(a.Statements)))
			articleEntry(a)
		}
		frame.statement(1)
	})
}
