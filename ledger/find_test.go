package ledger

import (
	"slices"
	"strings"
	"testing"

	"hearsay/claim"
	"hearsay/doc"
)

// library stores articles that differ in what filters ask for.
func library(t testing.TB, l *Ledger) {
	t.Helper()
	one := say("https://x.example/1", "2022-03-01", "Ada Pell", "said", "Norland would close the bridge to Ruvia")
	one.Statements[0].Source.Known = "person:ada-pell"
	two := say("https://x.example/2", "2022-03-02", "two officials", "warned", "Chena might send military assistance")
	two.Outlet = "Hill Gazette"
	s := &two.Statements[0]
	s.Source = claim.Source{Party: claim.Party{Span: s.Source.Span, Text: "two officials"}, Kind: doc.Anonymous, Role: "administration official", Affiliation: "USA", Count: 2, Basis: "familiar with the cable"}
	s.Factuality = []claim.Commitment{{Holder: "s1", Value: doc.Possible}, {Holder: claim.Author, Value: doc.Uncommitted}}
	two.Entities = []claim.Entity{{ID: "e1", Name: "Chena", Named: true, Type: doc.Country, Country: "CHN", Known: "state:chena"}, {ID: "e2", Name: "Ruvia", Named: true, Country: "RUS"}}
	s.About = []string{"e1"}
	at := func(a *claim.Article, words string) doc.Span {
		i := strings.Index(a.Text, words)
		return doc.Span{Begin: i, End: i + len(words)}
	}
	actor := func(name, country, entity string) []claim.Actor {
		return []claim.Actor{{Party: claim.Party{Name: name, Entity: entity}, Country: country}}
	}
	two.Events = []claim.Event{
		{ID: "v1", Trigger: at(two, "send"), Text: "send", Type: doc.Aid, Actors: actor("Chena", "CHN", "e1"), Targets: actor("Ruvia", "RUS", "e2"), Statement: "s1"},
		{ID: "v2", Trigger: at(two, "warned"), Text: "warned", Type: "THREATEN", Actors: actor("", "USA", ""), Targets: actor("Chena", "CHN", "e1"), Statement: "s1"},
	}
	three := say("/archive/three.txt", "2022-03-03", "Béla Źeller", "denied", "the treaty was dead — “never” said of U.S.-made grain")
	three.Places = []claim.Place{{ID: "p1", Span: at(three, "treaty"), Text: "treaty", Found: true, Name: "Tréaty Hill", Country: "NLD"}}
	three.Statements[0].Factuality[0].Value = doc.NotCertain
	three.Language = "en"
	mustPut(t, l, one, two, three)
}

func TestFind(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		library(t, l)
		for _, c := range []struct {
			name string
			f    Filter
			want string // the last part of each locator found, in order
		}{
			{"all, newest first", Filter{}, "three.txt 2 1"},
			{"a word of the content", Filter{Query: "bridge"}, "1"},
			{"another form of it", Filter{Query: "bridges closing"}, "1"},
			{"words anywhere", Filter{Query: "bridge norland"}, "1"},
			{"words that are in two statements", Filter{Query: "bridge military"}, ""},
			{"a bare AND is passed over", Filter{Query: "bridge AND norland"}, "1"},
			{"a phrase", Filter{Query: `"military assistance"`}, "2"},
			{"its words the other way round", Filter{Query: `"assistance military"`}, ""},
			{"no phrase reaches from content into source", Filter{Query: `"assistance two"`}, ""},
			{"a word that must not be there", Filter{Query: "-bridge"}, "three.txt 2"},
			{"a phrase that must not", Filter{Query: `-"military assistance" -treaty`}, "1"},
			{"word and not word", Filter{Query: "the -bridge"}, "three.txt"},
			{"the source's name", Filter{Query: "pell"}, "1"},
			{"accents and capitals", Filter{Query: "BELA zeller"}, "three.txt"},
			{"dots and dashes", Filter{Query: `"U.S. made"`}, "three.txt"},
			{"only signs ask for nothing", Filter{Query: `"" * ( ) : - ^ " NEAR`}, ""},
			{"and find all without NEAR", Filter{Query: `"" * ( ) : - ^ "`}, "three.txt 2 1"},
			{"source by part of the name", Filter{Source: "pell"}, "1"},
			{"source by words", Filter{Source: "officials"}, "2"},
			{"entity whole", Filter{Entity: "ada pell"}, "1"},
			{"entity by part is none", Filter{Entity: "pell"}, ""},
			{"entity by id", Filter{Entity: "person:ada-pell"}, "1"},
			{"kind", Filter{Kinds: []string{"anonymous"}}, "2"},
			{"one of two kinds", Filter{Kinds: []string{"anonymous", "person"}}, "three.txt 2 1"},
			{"role by a word", Filter{Role: "official"}, "2"},
			{"affiliation", Filter{Affiliation: "USA"}, "2"},
			{"outlet", Filter{Outlets: []string{"hill gazette"}}, "2"},
			{"outlets", Filter{Outlets: []string{"Hill Gazette", "Harbour Wire"}}, "three.txt 2 1"},
			{"about a country", Filter{About: []string{"CHN"}}, "2"},
			{"about a name", Filter{About: []string{"chena"}}, "2"},
			{"about an id", Filter{About: []string{"state:chena"}}, "2"},
			{"about the other side of an event", Filter{About: []string{"RUS", "CHN"}}, "2"},
			{"certain of anybody", Filter{Certain: []string{"UU"}}, "three.txt 2 1"},
			{"certain of the source", Filter{Certain: []string{"UU"}, Holder: "source"}, ""},
			{"possible to the source", Filter{Certain: []string{"PS+"}, Holder: "source"}, "2"},
			{"that it is not, or possible", Filter{Certain: []string{"PS+", "CT-"}, Holder: "source"}, "three.txt 2"},
			{"event", Filter{Event: "AID"}, "2"},
			{"event and actor", Filter{Event: "AID", Actor: "CHN"}, "2"},
			{"actor by name", Filter{Event: "AID", Actor: "Chena"}, "2"},
			{"the actor of another event", Filter{Event: "AID", Actor: "USA"}, ""},
			{"actor and target", Filter{Actor: "CHN", Target: "RUS"}, "2"},
			{"of two events", Filter{Actor: "CHN", Target: "CHN"}, ""},
			{"place", Filter{Place: "treaty hill"}, "three.txt"},
			{"place by country", Filter{Place: "NLD"}, "three.txt"},
			{"since", Filter{Since: "2022-03-02"}, "three.txt 2"},
			{"until", Filter{Until: "2022-03-02"}, "2 1"},
			{"one day", Filter{Since: "2022-03-02", Until: "2022-03-02"}, "2"},
			{"all at once", Filter{Query: "military assistance", About: []string{"CHN"}, Kinds: []string{"anonymous"}, Event: "AID", Since: "2022-03-01"}, "2"},
			{"ranked: among fewer words first", Filter{Query: "the -nothing", ByRank: true}, "1 three.txt"},
			{"ranked with a filter", Filter{Query: "the", Kinds: []string{"person"}, Affiliation: "NOR", ByRank: true}, "1 three.txt"},
			{"ranked with nothing to rank by", Filter{Kinds: []string{"person"}, ByRank: true}, "three.txt 1"},
			{"ranked by what must not be there", Filter{Query: "-treaty", ByRank: true}, "2 1"},
		} {
			t.Run(c.name, func(t *testing.T) {
				r, err := l.Now().Find(t.Context(), c.f)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, h := range r.Hits {
					got = append(got, h.Locator[strings.LastIndexByte(h.Locator, '/')+1:])
				}
				if s := strings.Join(got, " "); s != c.want {
					t.Errorf("found %q, want %q", s, c.want)
				}
			})
		}
		for name, f := range map[string]Filter{
			"kind":      {Kinds: []string{"spokesman"}},
			"certainty": {Certain: []string{"maybe"}},
			"holder":    {Holder: "reader"},
			"since":     {Since: "yesterday"},
			"after":     {After: "%"},
		} {
			if _, err := l.Now().Find(t.Context(), f); err == nil || !strings.Contains(err.Error(), "ledger ") || Retryable(err) {
				t.Errorf("%s: error %v", name, err)
			}
		}
	})
}

// TestHit holds that a row shows all that a reader of it needs.
func TestHit(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		library(t, l)
		r, err := l.Now().Find(t.Context(), Filter{Kinds: []string{"anonymous"}})
		if err != nil || len(r.Hits) != 1 {
			t.Fatal(r, err)
		}
		h := r.Hits[0]
		h.Recorded, h.Full = h.Recorded.Truncate(0), nil
		want := Hit{
			About:     About{Article: h.Article, Outlet: "Hill Gazette", Published: "2022-03-02", Title: "What two officials warned", Locator: "https://x.example/2", Recorded: h.Recorded},
			Statement: "s1", Source: Who{Text: "two officials", Kind: "anonymous", Role: "administration official", Affiliation: "USA", Count: 2, Basis: "familiar with the cable"},
			Cue: "warned", Class: "say", Words: "Chena might send military assistance", Quotation: "indirect", Certainty: "PS+", Author: "UU",
			Factuality: []Held{{"s1", "PS+"}, {"author", "UU"}}, Score: 0.9, Spans: [][2]int{{26, 62}},
			Open: "https://x.example/2#:~:text=Chena%20might%20send%20military%20assistance",
		}
		if d := diff(want, h); d != "" {
			t.Error(d)
		}
		r, _ = l.Now().Find(t.Context(), Filter{Query: "treaty"})
		if h := r.Hits[0]; h.Spans[0] != [2]int{24, 77} || h.Open != "/archive/three.txt" {
			t.Errorf("a text with accents: %v, %s", h.Spans, h.Open)
		}
	})
}

// TestPages holds that pages of any size give the same rows in the same order, each once.
func TestPages(t *testing.T) {
	defer func(n int) { stretch = n }(stretch)
	stretch = 5
	both(t, func(t *testing.T, l *Ledger) {
		for i := range 30 {
			mustPut(t, l, invent(i, 7, 250))
		}
		for name, f := range map[string]Filter{
			"all":                 {},
			"a word":              {Query: "bridge"},
			"by rank":             {Query: "harbour", ByRank: true},
			"by rank, two facets": {Query: "harbour -grain", ByRank: true, Kinds: []string{"person"}, Outlets: []string{"Coast Radio", "Harbour Wire"}},
			"two facets":          {Kinds: []string{"person"}, About: []string{"CHN"}},
			"seen one by one":     {Event: "AID", Actor: "CHN"},
		} {
			t.Run(name, func(t *testing.T) {
				walk := func(limit int) (out []string) {
					f := f
					f.Limit = limit
					for {
						r, err := l.Now().Find(t.Context(), f)
						if err != nil {
							t.Fatal(err)
						}
						for _, h := range r.Hits {
							out = append(out, h.Article+h.Statement)
						}
						if f.After = r.Next; f.After == "" {
							return out
						}
						if len(r.Hits) != limit {
							t.Fatalf("a page of %d with %d rows that is not the last", limit, len(r.Hits))
						}
					}
				}
				all := walk(1000)
				if f.ByRank {
					ranked := slices.Sorted(slices.Values(all))
					f.ByRank = false
					newest := slices.Sorted(slices.Values(walk(1000)))
					f.ByRank = true
					if !slices.Equal(ranked, newest) {
						t.Errorf("by rank %d rows, newest first %d, or others", len(ranked), len(newest))
					}
				}
				if len(all) < 2 {
					t.Fatalf("%d rows: too few to try", len(all))
				}
				for _, n := range []int{1, 3, len(all), len(all) - 1} {
					if got := walk(n); !slices.Equal(got, all) {
						t.Errorf("pages of %d: %d rows, want %d: or not the same", n, len(got), len(all))
					}
				}
			})
		}
	})
}

// TestFindAsScan checks the index against reading everything.
func TestFindAsScan(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		articles := []*claim.Article{}
		for i := range 40 {
			articles = append(articles, invent(i, 6, 200))
		}
		mustPut(t, l, articles...)
		has := func(of []string, one string) bool { return one == "" || slices.Contains(of, one) }
		for _, f := range []Filter{
			{Query: "treaty"}, {Query: "treaty -harbour"}, {Kinds: []string{"anonymous"}, Affiliation: "RUS"}, {Certain: []string{"PS+"}, Holder: "source", Query: "grain"},
			{Outlets: []string{"Coast Radio"}, Event: "AID"}, {Actor: "CHN", Target: "USA"}, {Entity: "Ada Pell"},
		} {
			want := 0
			for _, a := range articles {
				for i := range a.Statements {
					s := &a.Statements[i]
					words := strings.Fields(fold(s.Words + " " + s.Source.Text))
					var certain []string
					for _, c := range s.Factuality {
						if c.Holder == s.ID {
							certain = append(certain, string(c.Value))
						}
					}
					ok := (f.Kinds == nil || slices.Contains(f.Kinds, string(s.Source.Kind))) && (f.Affiliation == "" || f.Affiliation == s.Source.Affiliation) &&
						(f.Certain == nil || has(certain, f.Certain[0])) && (f.Outlets == nil || f.Outlets[0] == a.Outlet) && (f.Entity == "" || f.Entity == s.Source.Name) &&
						(f.sided() == 0 || f.fits(&a.Events[i]))
					for q := range strings.FieldsSeq(f.Query) {
						q, not := strings.CutPrefix(q, "-")
						ok = ok && has(words, q) != not
					}
					if ok {
						want++
					}
				}
			}
			f.Limit = 1000
			r, err := l.Now().Find(t.Context(), f)
			if err != nil || len(r.Hits) != want || want == 0 {
				t.Errorf("%+v: found %d, want %d, %v", f, len(r.Hits), want, err)
			}
		}
	})
}

func TestFindArticles(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		library(t, l)
		for _, c := range []struct {
			name string
			f    Filter
			want string
		}{
			{"a word of the text", Filter{Query: "warned"}, "2"},
			{"a word of the title", Filter{Query: "what denied"}, "three.txt"},
			{"about", Filter{About: []string{"Chena"}}, "2"},
			{"event with its sides", Filter{Event: "THREATEN", Actor: "USA", Target: "CHN"}, "2"},
			{"sides of two events", Filter{Event: "AID", Actor: "USA"}, ""},
			{"outlet and day", Filter{Outlets: []string{"Harbour Wire"}, Since: "2022-03-02"}, "three.txt"},
		} {
			r, err := l.Now().Articles(t.Context(), c.f)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, h := range r.Hits {
				got = append(got, h.Locator[strings.LastIndexByte(h.Locator, '/')+1:])
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s: found %q, want %q", c.name, s, c.want)
			}
			if c.f.Event == "THREATEN" && (len(r.Hits[0].Events) != 1 || r.Hits[0].Events[0].Words != "warned" || r.Hits[0].Events[0].Span != [2]int{14, 20}) {
				t.Errorf("%s: events %+v", c.name, r.Hits[0].Events)
			}
		}
		if _, err := l.Now().Articles(t.Context(), Filter{Kinds: []string{"person"}}); err == nil {
			t.Error("articles by kind of source: no error")
		}
	})
}

func TestSource(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		library(t, l)
		p, err := l.Now().Source(t.Context(), "Ada Pell", Filter{})
		if err != nil {
			t.Fatal(err)
		}
		p.Found = Results[Hit]{}
		want := &SourcePage{Name: "Ada Pell", Statements: 1, Kinds: []Count{{"person", 1}}, Outlets: []Count{{"Harbour Wire", 1}}, Certainty: []Count{{"CT+", 1}}, First: "2022-03-01", Last: "2022-03-01"}
		if d := diff(want, p); d != "" {
			t.Error(d)
		}
		if p, err := l.Now().Source(t.Context(), "officials", Filter{}); err != nil || p.Statements != 1 || len(p.Found.Hits) != 1 {
			t.Errorf("by words: %+v, %v", p, err)
		}
	})
}

// FuzzFind holds that nothing that can be typed is an error, and that what is found has the
// words asked for.
func FuzzFind(f *testing.F) {
	for _, s := range []string{"bridge", `"a b" -c`, `a" OR 1`, `content : x`, "NEAR(a b, 3)", "a*", "{x} : y", "'; DROP TABLE head; --", "-", `-"`, "\x00\xff", "ﬁ é ٣", "a AND NOT b", "=z0", "a:A & b | !c <-> d", `\`, `\'`} {
		f.Add(s)
	}
	var open []*Ledger
	for _, b := range backends(f) {
		l := mustOpen(f, b.fresh(f))
		library(f, l)
		open = append(open, l)
	}
	f.Fuzz(func(t *testing.T, query string) {
		var got [][]string
		for _, l := range open {
			for _, filter := range []Filter{{Query: query}, {Query: query, ByRank: true}, {About: []string{query}, Role: query}, {Entity: query, Place: query, Actor: query}} {
				r, err := l.Now().Find(t.Context(), filter)
				if err != nil {
					t.Fatalf("%q: %v", query, err)
				}
				if filter.Query != "" && !filter.ByRank {
					var found []string
					for _, h := range r.Hits {
						found = append(found, h.Article)
					}
					got = append(got, found)
				}
			}
			if _, err := l.Now().Articles(t.Context(), Filter{Query: query}); err != nil {
				t.Fatalf("%q: %v", query, err)
			}
		}
		if len(got) == 2 && !slices.Equal(got[0], got[1]) {
			t.Errorf("%q: the databases find %q and %q", query, got[0], got[1])
		}
	})
}
