package ledger

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay/claim"
	"hearsay/doc"
)

// again returns a new reading of an article by another reader, changed by f.
func again(a *claim.Article, reader string, f func(*claim.Article)) *claim.Article {
	b := *a
	b.Reader = reader
	b.Statements = slices.Clone(a.Statements)
	for i := range b.Statements {
		b.Statements[i].Factuality = slices.Clone(a.Statements[i].Factuality)
	}
	b.Events = slices.Clone(a.Events)
	f(&b)
	return &b
}

const day = 24 * time.Hour

func words(t testing.TB, v View, f Filter) string {
	t.Helper()
	r, err := v.Find(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range r.Hits {
		out = append(out, h.Statement+" "+h.Source.Kind+" "+h.Words)
	}
	return strings.Join(out, "; ")
}

// TestReread holds that a new reading takes the place of the old, that statements keep
// their ids through it, and that each day still shows what was known on it.
func TestReread(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		move := ticking(l, "2024-01-01")
		a := invent(5, 4, 160)
		mustPut(t, l, a)
		first := move(day)
		// The new reading does not find s2, finds another statement before all, and numbers anew.
		b := again(a, "test 2", func(b *claim.Article) {
			extra := b.Statements[0]
			extra.ID, extra.Words = "s1", "Then"
			extra.Content = []doc.Span{{Begin: 0, End: 4}}
			extra.Cue.Spans = []doc.Span{{Begin: 5, End: 8}}
			extra.Factuality = []claim.Commitment{{Holder: "s1", Value: doc.Certain}}
			b.Statements = []claim.Statement{extra, b.Statements[0], b.Statements[2], b.Statements[3]}
			for i := range b.Statements {
				b.Statements[i].ID = labelled(int64(i + 1))
				b.Statements[i].Factuality[0].Holder = b.Statements[i].ID
			}
			b.Statements[3].Parent = "s3"
			b.Events = b.Events[2:3]
			b.Events[0].Statement, b.Events[0].Factuality = "s3", nil
		})
		out := mustPut(t, l, b)
		if d := diff(Outcome{Article: a.ID, State: Reread, Ids: map[string]string{"s1": "s5", "s2": "s1"}}, out[0]); d != "" {
			t.Error(d)
		}
		p, err := l.Now().Article(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, s := range p.Content.Statements {
			ids = append(ids, s.ID)
			if s.Factuality[0].Holder != s.ID {
				t.Errorf("%s: its holder is %s", s.ID, s.Factuality[0].Holder)
			}
		}
		if s := strings.Join(ids, " "); s != "s5 s1 s3 s4" || p.Content.Statements[3].Parent != "s3" || p.Content.Events[0].Statement != "s3" || p.Readings != 2 || p.Reader != "test 2" {
			t.Errorf("statements %s, readings %d by %s", s, p.Readings, p.Reader)
		}
		if b.Statements[0].ID != "s1" {
			t.Error("the caller's article was changed")
		}
		f := Filter{Query: `"` + a.Statements[1].Words + `"`}
		if got := words(t, l.Now(), f); got != "" {
			t.Errorf("what the new reading does not have is found: %q", got)
		}
		if got := words(t, l.AsOf(first), f); !strings.Contains(got, "s2 ") {
			t.Errorf("what the old reading had is not found as of its day: %q", got)
		}
		if p, err := l.AsOf(first).Article(t.Context(), a.ID); err != nil || p.Reader != "test 1" || len(p.Content.Statements) != 4 || p.Content.Statements[1].ID != "s2" {
			t.Errorf("as of the first day: %+v, %v", p, err)
		}
		if _, err := l.AsOf(first.Add(-2*day)).Article(t.Context(), a.ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("as of the day before: %v", err)
		}
		if out := mustPut(t, l, b, a); out[0].State != Known || out[1].State != Known {
			t.Errorf("readings that are there: %+v", out)
		}
		sound(t, l)
	})
}

func TestCorrect(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		move := ticking(l, "2024-01-01")
		a := say("https://x.example/1", "2022-03-01", "a diplomat", "said", "the bridge would close at noon")
		a.Entities = nil
		a.Statements[0].Source = claim.Source{Party: claim.Party{Span: a.Statements[0].Source.Span, Text: "a diplomat"}, Kind: doc.Anonymous, Affiliation: "NOR"}
		mustPut(t, l, a)
		before := move(day)
		correct := func(c Correction) {
			t.Helper()
			c.Article, c.Statement, c.By, c.Reason = a.ID, "s1", "Edda", "she was at the press conference"
			got, err := l.Correct(t.Context(), c)
			if err != nil {
				t.Fatal(err)
			}
			if got.ID == 0 || got.Recorded.IsZero() {
				t.Errorf("%+v", got)
			}
			move(day)
		}
		bad := func(want string, c Correction) {
			t.Helper()
			if c.Article == "" {
				c.Article, c.Statement, c.By, c.Reason = a.ID, "s1", "Edda", "for a try"
			}
			if _, err := l.Correct(t.Context(), c); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%+v: %v, want %q", c, err, want)
			}
		}
		bad("an unnamed source (anonymous) is never given a name", Correction{What: SetEntity, Name: "Hana Vane"})
		bad("is not a kind of source", Correction{What: SetKind, Kind: "spokesman"})
		bad("content [3, 999)", Correction{What: SetContent, Content: [][2]int{{3, 999}}})
		bad("a person and a reason", Correction{What: Reject, Article: a.ID, Statement: "s1", By: "Edda"})
		bad("not in the ledger", Correction{What: Reject, Article: a.ID, Statement: "s2", By: "Edda", Reason: "a try"})
		bad("no correction of a statement", Correction{What: "shout"})

		correct(Correction{What: SetKind, Kind: "person"})
		correct(Correction{What: SetEntity, Name: "Hana Vane", Known: "person:hana-vane"})
		correct(Correction{What: SetAffiliation, Affil: "EST"})
		begin := strings.Index(a.Text, "the bridge")
		correct(Correction{What: SetContent, Content: [][2]int{{begin, begin + len("the bridge would close")}}})
		check := func(v View, want string) {
			t.Helper()
			for _, f := range []Filter{{}, {Entity: "Hana Vane", Kinds: []string{"person"}, Affiliation: "EST", Query: "bridge vane -noon"}} {
				if got := words(t, v, f); got != want {
					t.Errorf("%+v finds %q, want %q", f, got, want)
				}
				if want != "" && !strings.Contains(want, "person") {
					break
				}
			}
		}
		check(l.Now(), "s1 person the bridge would close")
		check(l.AsOf(before), "s1 anonymous the bridge would close at noon")
		if got := words(t, l.Now(), Filter{Kinds: []string{"anonymous"}}); got != "" {
			t.Errorf("by the kind it was read as: %q", got)
		}
		p, err := l.Now().Article(t.Context(), a.ID)
		if err != nil || len(p.Corrections) != 4 || !slices.Equal(p.Corrected, []string{"s1"}) || p.Content.Statements[0].Source.Known != "person:hana-vane" {
			t.Errorf("page %+v, %v", p, err)
		}

		// A new reading with other numbers: corrections stay with the words.
		b := again(a, "test 2", func(b *claim.Article) {
			s := b.Statements[0]
			s.ID, s.Content, s.Words = "s2", []doc.Span{{Begin: begin - 5, End: len(a.Text) - 1}}, "that the bridge would close at noon"
			s.Factuality = nil
			b.Statements = []claim.Statement{{ID: "s1", Content: []doc.Span{{Begin: 0, End: 1}}, Words: "a"}, s}
		})
		mustPut(t, l, b)
		if got := words(t, l.Now(), Filter{Entity: "person:hana-vane"}); got != "s1 person the bridge would close" {
			t.Errorf("after a new reading: %q", got)
		}
		move(day)
		// One that does not find it at all: a person has said that it is there.
		mustPut(t, l, again(a, "test 3", func(b *claim.Article) { b.Statements, b.Events = nil, nil }))
		if got := words(t, l.Now(), Filter{}); got != "s1 person the bridge would close" {
			t.Errorf("after a reading without it: %q", got)
		}
		rejected := move(day)
		correct(Correction{What: Reject})
		check(l.Now(), "")
		check(l.AsOf(rejected), "s1 person the bridge would close")
		mustPut(t, l, again(a, "test 4", func(*claim.Article) {}))
		check(l.Now(), "")
		if p, err := l.Now().Article(t.Context(), a.ID); err != nil || !slices.Equal(p.Rejected, []string{"s1"}) || len(p.Content.Statements) != 0 {
			t.Errorf("rejected: %+v, %v", p, err)
		}
		move(day)
		correct(Correction{What: Restore, Field: Reject})
		correct(Correction{What: Restore, Field: SetContent})
		if got := words(t, l.Now(), Filter{Entity: "Hana Vane"}); got != "s1 person the bridge would close at noon" {
			t.Errorf("partly taken back: %q", got)
		}
		correct(Correction{What: Restore})
		if got := words(t, l.Now(), Filter{}); got != "s1 anonymous the bridge would close at noon" {
			t.Errorf("all taken back: %q", got)
		}
		sound(t, l)
		before2 := dumped(t, l)
		if err := l.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
		check(l.AsOf(rejected), "s1 person the bridge would close")
		if before2 == "" {
			t.Error("nothing dumped")
		}
		sound(t, l)
	})
}

func TestClaims(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		move := ticking(l, "2024-01-01")
		var tellings []claim.Telling
		for i, outlet := range []string{"Harbour Wire", "Hill Gazette", "Coast Radio", "Harbour Wire", "Morning Lantern"} {
			a := say("https://x.example/"+outlet+string(rune('a'+i)), "2022-03-0"+string(rune('1'+i)), "Ada Pell", "said", "the bridge would close"+strings.Repeat(" soon", i))
			a.Outlet = outlet
			mustPut(t, l, a)
			tellings = append(tellings, claim.Telling{Article: a.ID, Statement: "s1"})
		}
		id := func(i int) string { return ClaimID(tellings[i].Article, "s1") }
		link := func(a, b int, score float64, by string) {
			t.Helper()
			if err := l.Link(t.Context(), claim.Link{A: tellings[a], B: tellings[b], Score: score, By: by, Evidence: []claim.Match{{What: "content", How: "4 of 5 words"}}}); err != nil {
				t.Fatal(err)
			}
		}
		// shape is the claims by the numbers of their tellings.
		shape := func(v View) string {
			t.Helper()
			var out []string
			seen := map[string]bool{}
			for i := range tellings {
				p, err := v.Claim(t.Context(), id(i))
				if err != nil {
					t.Fatal(err)
				}
				if seen[p.ID] {
					continue
				}
				seen[p.ID] = true
				s := ""
				for _, k := range p.Tellings {
					s += string(rune('0' + slices.Index(tellings, k)))
				}
				out = append(out, s)
			}
			return strings.Join(out, " ")
		}
		if got := shape(l.Now()); got != "0 1 2 3 4" {
			t.Errorf("unlinked: %s", got)
		}
		link(2, 1, 0.8, "")
		link(3, 4, 0.9, Machine)
		move(day)
		apart := move(day)
		link(2, 4, 0.7, Machine)
		link(1, 2, 0.8, Machine) // again, the other way round
		if got := shape(l.Now()); got != "0 1234" {
			t.Errorf("linked: %s", got)
		}
		p, err := l.Now().Claim(t.Context(), id(4))
		if err != nil {
			t.Fatal(err)
		}
		if p.ID != id(1) || p.Outlets != 4 || len(p.Links) != 3 || p.Links[0].Evidence[0].How != "4 of 5 words" || p.Links[0].By != Machine || p.Text != "the bridge would close soon soon" || p.Hits[0].Claim != id(1) {
			t.Errorf("claim %+v", p)
		}
		if page, err := l.Now().Article(t.Context(), tellings[3].Article); err != nil || page.Claims["s1"] != id(1) {
			t.Errorf("claims of an article %v, %v", page.Claims, err)
		}
		rest, split, err := l.Split(t.Context(), id(1), tellings[3:5], "Edda", "the other bridge")
		if err != nil || rest != id(1) || split != id(3) {
			t.Errorf("split: %s and %s, %v", rest, split, err)
		}
		if got := shape(l.Now()); got != "0 12 34" {
			t.Errorf("split: %s", got)
		}
		link(1, 3, 0.99, Machine)
		link(1, 4, 0.99, Machine)
		if got := shape(l.Now()); got != "0 12 34" {
			t.Errorf("the machine joined what a person has parted: %s", got)
		}
		move(day)
		// Through a third statement it must not join them either.
		link(0, 2, 0.9, Machine)
		link(0, 3, 0.9, Machine)
		if got := shape(l.Now()); got != "012 34" {
			t.Errorf("through a third: %s", got)
		}
		merged, err := l.Merge(t.Context(), id(1), id(4), "Faro", "it was the same bridge")
		if err != nil || merged != id(1) {
			t.Errorf("merged: %s, %v", merged, err)
		}
		if got := shape(l.Now()); got != "01234" {
			t.Errorf("merged: %s", got)
		}
		if got := shape(l.AsOf(apart)); got != "0 12 34" {
			t.Errorf("as of the first day: %s", got)
		}
		if p, err := l.Now().Claim(t.Context(), id(0)); err != nil || len(p.Corrections) != 2 || p.Corrections[0].Reason != "the other bridge" || len(p.Corrections[0].Tellings) != 2 {
			t.Errorf("corrections %+v, %v", p.Corrections, err)
		}
		if _, _, err := l.Split(t.Context(), id(1), tellings[:1], "", ""); err == nil {
			t.Error("a split by nobody")
		}
		// The first telling goes: the rest keeps the claim, whatever it is called.
		if _, _, err := l.Split(t.Context(), id(1), tellings[1:2], "Edda", "an older one"); err != nil {
			t.Error(err)
		}
		if got := shape(l.Now()); got != "0234 1" {
			t.Errorf("without its first: %s", got)
		}
		sound(t, l)
	})
}

// TestLinkedAtOnce holds that links are stored with the article, and survive a reading that
// numbers its statements anew.
func TestLinkedAtOnce(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		a, b := invent(1, 3, 100), invent(2, 3, 100)
		mustPut(t, l, a)
		link := claim.Link{A: claim.Telling{Article: a.ID, Statement: "s2"}, B: claim.Telling{Article: b.ID, Statement: "s3"}, Score: 0.9}
		if _, err := l.Put(t.Context(), Item{Article: b, Links: []claim.Link{link}, Marks: map[string][]uint64{"s3": {7, 1 << 63}, "": {9}}}); err != nil {
			t.Fatal(err)
		}
		m, err := l.Now().Marked(t.Context(), []uint64{1 << 63, 7, 8}, "", "", 10)
		if err != nil || len(m) != 1 || m[0] != (Marked{claim.Telling{Article: b.ID, Statement: "s3"}, 2}) {
			t.Errorf("marked %+v, %v", m, err)
		}
		if m, _ := l.Now().Marked(t.Context(), []uint64{9}, b.Published, b.Published, 10); len(m) != 1 || m[0].Statement != "" {
			t.Errorf("marked article %+v", m)
		}
		if m, _ := l.Now().Marked(t.Context(), []uint64{9}, "2099-01-01", "", 10); len(m) != 0 {
			t.Errorf("marked outside the days %+v", m)
		}
		c := again(b, "test 2", func(c *claim.Article) {
			c.Statements = c.Statements[2:]
			c.Statements[0].ID, c.Statements[0].Factuality = "s1", nil
			c.Events = nil
		})
		if _, err := l.Put(t.Context(), Item{Article: c, Links: []claim.Link{{A: link.A, B: claim.Telling{Article: b.ID, Statement: "s1"}, Score: 0.5}}}); err != nil {
			t.Fatal(err)
		}
		p, err := l.Now().Claim(t.Context(), ClaimID(a.ID, "s2"))
		if err != nil {
			t.Fatal(err)
		}
		if len(p.Tellings) != 2 || len(p.Links) != 1 || p.Links[0].Score != 0.9 {
			t.Errorf("claim %+v", p)
		}
		bad := claim.Link{A: link.A, B: claim.Telling{Article: b.ID, Statement: "s77"}, Score: 0.9}
		if _, err := l.Put(t.Context(), Item{Article: invent(3, 1, 40), Links: []claim.Link{bad}}); err == nil {
			t.Error("a link to a statement that is not there")
		}
		if s, _ := l.Now().Stats(t.Context()); s.Articles != 2 {
			t.Error("an article was stored without its links")
		}
		sound(t, l)
	})
}
