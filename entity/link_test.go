package entity

import (
	"slices"
	"testing"

	"hearsay/doc"
	"hearsay/lexicon/kb"
)

func TestSameName(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"alike", "Jane Roe", "Jane Roe", true},
		{"in other letters", "JANE ROE", "Jane Roe", true},
		{"the surname alone", "Roe", "Jane Roe", true},
		{"the given name alone", "Jane", "Jane Roe", true},
		{"a middle name more", "Jane Roe", "Jane Alma Roe", true},
		{"a middle initial with and without its point", "Jane Q Roe", "Jane Q. Roe", true},
		{"an initial for the given name", "J. Roe", "Jane Roe", true},
		{"an initial that is another", "K. Roe", "Jane Roe", false},
		{"two middle names", "Jane Alma Roe", "Jane Quinn Roe", true},
		{"a short form", "Tim Marrow", "Timothy Marrow", true},
		{"a short form of the table", "Bill Ek", "William Ek", true},
		{"and the other way", "William Ek", "Bill Ek", true},
		{"two people of one surname", "Jane Roe", "Karl Roe", false},
		{"two surnames", "Jane Roe", "Jane Toll", false},
		{"words out of order", "Roe Jane", "Jane Roe", false},
		{"nothing in common", "Pell", "Jane Roe", false},
		{"part of a word", "Ro", "Jane Roe", false},
	} {
		if got := sameName(c.a, c.b); got != c.want {
			t.Errorf("%s: %q and %q: %v", c.name, c.a, c.b, got)
		}
		if got := sameName(c.b, c.a); got != c.want {
			t.Errorf("%s, turned round: %q and %q: %v", c.name, c.b, c.a, got)
		}
	}
}

func TestBareName(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing to take off", "Jane Roe", "Jane Roe"},
		{"a title", "Mr. Roe", "Roe"},
		{"a title without its point", "Mrs Roe", "Roe"},
		{"an office", "President Roe", "Roe"},
		{"a possessive", "Jane Roe's", "Jane Roe"},
		{"a printed possessive", "Jane Roe’s", "Jane Roe"},
		{"a line end within", "Jane\n  Roe", "Jane Roe"},
		{"quotation marks", "“Jane Roe”", "Jane Roe"},
		{"a name that begins like a title", "Drake Roe", "Drake Roe"},
		{"a title and a possessive", "Sen. Jane Roe’s", "Jane Roe"},
	} {
		if got := bareName(c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestFuller(t *testing.T) {
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"any is fuller than none", "Roe", "", true},
		{"more words", "Jane Roe", "Roe", true},
		{"fewer words", "Roe", "Jane Roe", false},
		{"the first of equals stays", "Toll", "Roe", false},
		{"a name after an abbreviation", "Europe", "EU", true},
		{"an abbreviation after a name", "EU", "Europe", false},
		{"two abbreviations", "EU", "UN", false},
	} {
		if got := fuller(c.a, c.b); got != c.want {
			t.Errorf("%s: fuller(%q, %q) is %v", c.name, c.a, c.b, got)
		}
	}
}

// people is an article of names and pronouns, each word a mention of its own.
const people = `
	Mr. mr. PROPN NNP 2 compound
	Roe roe PROPN NNP 3 nsubj
	met meet VERB VBD 0 root
	Jane jane PROPN NNP 3 obj
	Toll toll PROPN NNP 4 flat

	She she PRON PRP 2 nsubj
	thanked thank VERB VBD 0 root
	him he PRON PRP 2 obj

	Karl karl PROPN NNP 3 nsubj
	Roe roe PROPN NNP 1 flat
	called call VERB VBD 0 root
	Ada ada PROPN NNP 3 obj
	Toll toll PROPN NNP 4 flat

	Toll toll PROPN NNP 2 nsubj
	answered answer VERB VBD 0 root
	it it PRON PRP 2 obj`

var peopleNames = []string{"person: Roe", "person: Jane Toll", "person: Karl Roe", "person: Ada Toll", "person: Toll"}

// linked returns a linker over people, in which each mention has a group of its own.
func linked(t *testing.T) *linker {
	t.Helper()
	l := newLinker(hand(t, people, peopleNames...), kb.Shipped())
	for m := range l.all {
		l.choose(m, nil, nil, 0)
	}
	return l
}

// of1 returns the group of the only mention of those words.
func (l *linker) of1(t *testing.T, what string) int {
	t.Helper()
	for k := range l.all {
		if l.d.Slice(l.span(&l.all[k])) == what {
			return l.of[k]
		}
	}
	t.Fatalf("no mention %q", what)
	return -1
}

// TestMerge puts groups together in order, and says whether the last pair went.
func TestMerge(t *testing.T) {
	for _, c := range []struct {
		name  string
		pairs [][2]string
		want  bool
	}{
		{"a pronoun and its name", [][2]string{{"Jane Toll", "She"}}, true},
		{"a pronoun of the other gender", [][2]string{{"Jane Toll", "him"}}, false},
		{"a title says the gender", [][2]string{{"Mr. Roe", "She"}}, false},
		{"a person and it", [][2]string{{"Jane Toll", "it"}}, false},
		{"a surname and a full name", [][2]string{{"Mr. Roe", "Karl Roe"}}, true},
		{"two full names of one surname", [][2]string{{"Jane Toll", "Ada Toll"}}, false},
		{"two names", [][2]string{{"Karl Roe", "Jane Toll"}}, false},
		{"with itself", [][2]string{{"Jane Toll", "Jane Toll"}}, true},
		{"a surname between two full names", [][2]string{{"Toll", "Jane Toll"}, {"Toll", "Ada Toll"}}, false},
		{"through a pronoun", [][2]string{{"She", "Jane Toll"}, {"She", "him"}}, false},
		{"a group and one that was merged away", [][2]string{{"Jane Toll", "She"}, {"Jane Toll", "She"}}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := linked(t)
			got := false
			for _, p := range c.pairs {
				got = l.merge(l.of1(t, p[0]), l.of1(t, p[1]))
			}
			if got != c.want {
				t.Errorf("merged: %v", got)
			}
			last := c.pairs[len(c.pairs)-1]
			if one := l.of1(t, last[0]) == l.of1(t, last[1]); one != c.want {
				t.Errorf("in one group: %v", one)
			}
			for g := range l.groups {
				for _, m := range l.groups[g].mentions {
					if l.of[m] != g {
						t.Errorf("mention %d is of group %d and stands in %d", m, l.of[m], g)
					}
				}
			}
		})
	}
}

// A group that has been merged away takes nothing in.
func TestMergeEmpty(t *testing.T) {
	l := linked(t)
	jane, she, him := l.of1(t, "Jane Toll"), l.of1(t, "She"), l.of1(t, "him")
	if !l.merge(jane, she) || l.merge(she, him) || l.of1(t, "him") != him {
		t.Error("an empty group took a mention in")
	}
}

// TestChoose says which group a mention joins, by what those before it are likely to be.
func TestChoose(t *testing.T) {
	l := newLinker(hand(t, people, peopleNames...), kb.Shipped())
	var at []int
	for k := range l.all {
		at = append(at, k)
		if l.d.Slice(l.span(&l.all[k])) == "him" {
			break
		}
		l.choose(k, nil, nil, 0)
	}
	roe, jane, she, him := 0, 1, 2, at[len(at)-1]
	for _, c := range []struct {
		name   string
		before []int32
		score  []float32
		fresh  float32
		want   int // the mention whose group is joined, -1 for a new one
	}{
		{"the likelier", []int32{int32(roe), int32(jane)}, []float32{3, 1}, 0, roe},
		{"new is likelier", []int32{int32(roe)}, []float32{1}, 9, -1},
		{"the likeliest contradicts", []int32{int32(roe), int32(jane)}, []float32{1, 9}, 0, roe},
		{"all contradict", []int32{int32(jane), int32(she)}, []float32{9, 9}, 0, -1},
		{"nobody before", nil, nil, -3, -1},
		{"scores beyond all measure", []int32{int32(roe)}, []float32{1000}, -1000, roe},
	} {
		t.Run(c.name, func(t *testing.T) {
			groups, odds := len(l.groups), len(l.odds)
			was := slices.Clone(l.groups[0].mentions)
			l.choose(him, c.before, c.score, c.fresh)
			got := l.of[him]
			switch {
			case c.want < 0 && got != groups:
				t.Errorf("joined group %d of %d", got, groups)
			case c.want >= 0 && got != l.of[c.want]:
				t.Errorf("joined group %d, want that of %q", got, l.d.Slice(l.span(&l.all[c.want])))
			}
			for g, x := range l.odds[:odds] {
				if x != 0 {
					t.Errorf("odds of group %d stay %v", g, x)
				}
			}
			l.groups, l.odds = l.groups[:groups], l.odds[:odds]
			l.groups[0].mentions = was
		})
	}
}

// Two mentions of one group count together.
func TestChooseTogether(t *testing.T) {
	l := linked(t)
	it := len(l.all) - 1
	a, b := l.of1(t, "Jane Toll"), l.of1(t, "She")
	if !l.merge(a, b) {
		t.Fatal("not merged")
	}
	var jane, she, roe int32
	for k := range l.all {
		switch l.d.Slice(l.span(&l.all[k])) {
		case "Jane Toll":
			jane = int32(k)
		case "She":
			she = int32(k)
		case "Mr. Roe":
			roe = int32(k)
		}
	}
	l.all[it].gender = anyGender
	l.choose(it, []int32{she, jane, roe}, []float32{0.5, 0.5, 0.9}, 0)
	if l.of[it] != a {
		t.Error("the likelier single mention won over two of one group that are likelier together")
	}
}

// TestWrite checks what the layers have in common.
func TestWrite(t *testing.T) {
	l := newLinker(hand(t, people, peopleNames...), kb.Shipped())
	for m := range l.all {
		if l.d.Slice(l.span(&l.all[m])) == "She" {
			l.choose(m, []int32{int32(m - 1)}, []float32{1}, 0)
			continue
		}
		l.choose(m, nil, nil, 0)
	}
	l.identify()
	l.write()
	d := l.d
	if len(d.Mentions) != len(l.all) {
		t.Fatalf("%d mentions of %d", len(d.Mentions), len(l.all))
	}
	of := map[string]int{}
	next := 0
	for k, m := range d.Mentions {
		if k > 0 && m.Begin < d.Mentions[k-1].Begin {
			t.Errorf("mention %d is out of order", k)
		}
		if m.Entity > next {
			t.Errorf("entity %d comes up before %d", m.Entity, next)
		}
		next = max(next, m.Entity+1)
		of[d.Slice(m.Span)] = m.Entity
	}
	if next != len(d.Entities) {
		t.Errorf("%d entities, of which %d are mentioned", len(d.Entities), next)
	}
	for _, c := range []struct {
		mention, name string
		named         bool
		kind          doc.EntityType
	}{
		{"Jane Toll", "Jane Toll", true, doc.Person}, {"She", "Jane Toll", true, doc.Person},
		{"Mr. Roe", "Karl Roe", true, doc.Person}, // the only Roe with a full name
		{"Karl Roe", "Karl Roe", true, doc.Person},
		{"Toll", "Toll", true, doc.Person}, // may be either Toll
		{"him", "him", false, doc.Person}, {"it", "it", false, ""},
	} {
		if e := d.Entities[of[c.mention]]; e.Name != c.name || e.Named != c.named || e.Type != c.kind {
			t.Errorf("%q is %q, named %v, %q; want %q, %v, %q", c.mention, e.Name, e.Named, e.Type, c.name, c.named, c.kind)
		}
	}
}
