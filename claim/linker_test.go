package claim

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

// article makes one of statements "source|cue|content", of which a line that begins
// with ">" stands in the one before.
func article(id, day string, lines ...string) *Article {
	a := &Article{ID: id, Evidence: Evidence{Published: day}}
	for i, line := range lines {
		line, inner := strings.CutPrefix(line, ">")
		f := strings.Split(line, "|")
		s := Statement{ID: number("s", i), Words: f[2], Cue: Cue{Text: f[1]}}
		s.Source.Text = f[0]
		if inner {
			s.Parent = number("s", i-1)
		} else {
			a.Text += strings.Join(f, " ") + ". "
		}
		a.Statements = append(a.Statements, s)
	}
	return a
}

func told(links []Link) (out []string) {
	for _, l := range links {
		out = append(out, fmt.Sprintf("%s.%s=%s.%s", l.A.Article, l.A.Statement, l.B.Article, l.B.Statement))
	}
	return out
}

func TestLinker(t *testing.T) {
	const storm = "the storm had flooded 300 homes in Port Ellery"
	for _, c := range []struct {
		name     string
		articles []*Article
		want     []string // of the last article
	}{
		{"the same words", []*Article{article("a1", "2021-05-03", "Officials|said|"+storm), article("a2", "2021-05-04", "The mayor|said|"+storm)}, []string{"a1.s1=a2.s1"}},
		{"another matter", []*Article{article("a1", "2021-05-03", "Officials|said|"+storm), article("a2", "2021-05-04", "The mayor|said|schools in Port Ellery would open again on Monday")}, nil},
		{"other numbers and another place", []*Article{article("a1", "2021-05-03", "Officials|said|"+storm), article("a2", "2021-05-04", "Officials|said|rain had delayed 12 trains near Harrowgate")}, nil},
		{"too far apart", []*Article{article("a1", "2021-05-03", "Officials|said|"+storm), article("a2", "2021-07-04", "The mayor|said|"+storm)}, nil},
		{"the older one comes later", []*Article{article("a1", "2021-05-03", "Officials|said|"+storm), article("a2", "2021-04-25", "The mayor|said|"+storm)}, []string{"a1.s1=a2.s1"}},
		{"no dates", []*Article{article("a1", "", "Officials|said|"+storm), article("a2", "", "The mayor|said|"+storm)}, []string{"a1.s1=a2.s1"}},
		{"one without a date", []*Article{article("a1", "", "Officials|said|"+storm), article("a2", "2021-05-03", "The mayor|said|"+storm)}, nil},
		{"twice in one article", []*Article{article("a1", "2021-05-03", "Officials|said|"+storm, "The mayor|said|"+storm)}, nil},
		{"the outer and the inner", []*Article{
			article("a1", "2021-05-03", "Officials|said|"+storm),
			article("a2", "2021-05-04", "A spokesman|said|officials said "+storm, ">officials|said|"+storm)}, []string{"a1.s1=a2.s1", "a1.s1=a2.s2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := NewLinker(30, 0)
			var got []Link
			for _, a := range c.articles {
				got = l.Add(a)
			}
			if diff := cmp.Diff(c.want, told(got)); diff != "" {
				t.Error(diff, got)
			}
		})
	}
}

// Adding an article again gives the same links and stores nothing.
func TestLinkerTwice(t *testing.T) {
	a := article("a1", "2021-05-03", "Officials|said|the storm had flooded 300 homes in Port Ellery")
	b := article("a2", "2021-05-03", "The mayor|said|the storm had flooded 300 homes in Port Ellery")
	l := NewLinker(30, 0)
	l.Add(a)
	first := l.Add(b)
	held := l.held
	second := l.Add(b)
	if diff := cmp.Diff(first, second); diff != "" || len(first) != 1 || l.held != held {
		t.Errorf("%s, held %d, then %d", diff, held, l.held)
	}
	want := []Match{{"content", "6 of 7 words: Ellery, flooded, homes, storm, 300"}, {"numbers", "300"}, {"day", "the same"}}
	if diff := cmp.Diff(want, first[0].Evidence); diff != "" {
		t.Error(diff)
	}
}

// What is held stays within bounds, and the span of days looked at least lately goes.
func TestLinkerForgets(t *testing.T) {
	l := NewLinker(10, 5)
	days := []string{"2021-01-05", "2021-03-05", "2021-05-05"}
	for round := range 2 {
		for i, day := range days {
			l.Add(article(fmt.Sprintf("a%d%d", round, i), day, "Officials|said|the storm had flooded 300 homes in Port Ellery"))
		}
	}
	if l.held > 5 {
		t.Errorf("%d held", l.held)
	}
	if got := l.Add(article("a9", "2021-01-06", "Officials|said|the storm had flooded 300 homes in Port Ellery")); len(got) != 0 {
		t.Errorf("January was looked at least lately, yet: %v", told(got))
	}
	if got := l.Add(article("a8", "2021-05-06", "Officials|said|the storm had flooded 300 homes in Port Ellery")); len(got) != 2 {
		t.Errorf("May is held, yet: %v", told(got))
	}
}

var nouns = strings.Fields(`harbour bridge tariff budget minister court verdict ferry factory refinery outbreak vaccine
	election ballot senator drought wheat pipeline border treaty hostage convoy museum painting orchestra stadium goalkeeper
	comet telescope glacier dialect ledger auction merger airline runway engine battery satellite reactor turbine canal lock
	orchard vineyard parliament decree pardon strike union pension teacher curriculum hospital surgeon clinic epidemic`)

// invent makes an article of as many statements of random words.
func invent(r *rand.Rand, id string, day, statements int) *Article {
	a := &Article{ID: id, Evidence: Evidence{Published: fmt.Sprintf("%d-%02d-%02d", 2015+day/336, 1+day/28%12, 1+day%28)}}
	for i := range statements {
		var words []string
		for range 12 {
			w := nouns[r.IntN(len(nouns))]
			if r.IntN(2) == 0 {
				w += fmt.Sprintf("%c%c%c", 'b'+r.IntN(20), 'b'+r.IntN(20), 'k'+r.IntN(5))
			}
			words = append(words, w)
		}
		s := Statement{ID: number("s", i), Words: strings.Join(words, " "), Cue: Cue{Text: "said"}, Quotation: doc.Indirect}
		a.Statements = append(a.Statements, s)
	}
	return a
}

// Every pair that is scored as the same and shares enough is found, whatever else is there:
// the index loses nothing against trying all pairs.
func TestLinkerAgainstAllPairs(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var articles []*Article
	for i := range 150 {
		a := invent(r, fmt.Sprintf("a%03d", i), i/4, 4)
		if i > 0 && i%3 == 0 { // tells with a few other words what an earlier one did
			s := articles[r.IntN(i)].Statements[r.IntN(4)]
			f := strings.Fields(s.Words)
			f[r.IntN(len(f))] = "otherwise"
			a.Statements[1].Words = strings.Join(f, " ")
		}
		articles = append(articles, a)
	}
	l := NewLinker(30, 0)
	var got, want []string
	for i, b := range articles {
		got = append(got, told(l.Add(b))...)
		gb := Gists(b)
		for _, a := range articles[:i] {
			ga := Gists(a)
			for x := range ga {
				for y := range gb {
					if p, _ := Score(&ga[x], &gb[y]); p >= Threshold && gb[y].day-ga[x].day <= 30 {
						want = append(want, fmt.Sprintf("%s.%s=%s.%s", a.ID, ga[x].Statement, b.ID, gb[y].Statement))
					}
				}
			}
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" || len(want) < 30 {
		t.Errorf("%d pairs, without the index and with it: %s", len(want), diff)
	}
}
