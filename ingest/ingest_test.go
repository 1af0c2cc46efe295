package ingest

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/claim"
	"hearsay/ledger"
)

func TestSourceTwice(t *testing.T) {
	l := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a.txt", story(1))
	write("b.html", "<html><body><article><h1>Closed</h1><p>"+strings.ReplaceAll(story(2), "\n\n", "</p><p>")+"</p></article></body></html>")
	write("c.txt", "\x00\x01\x02\x03")
	lines(t, filepath.Join(dir, "d.jsonl"), 3, 6)

	in, problems := newIngest(l, 2)
	first, err := in.Source(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if first.Stored != 5 || first.Failed != 1 || first.Known != 0 {
		t.Errorf("first run: %+v %q", first, *problems)
	}
	if len(*problems) != 1 || !strings.Contains((*problems)[0], "c.txt") {
		t.Errorf("problems: %q", *problems)
	}
	failed, err := l.Failed(t.Context())
	if err != nil || len(failed) != 1 || !strings.HasSuffix(failed[0].Name, "c.txt") {
		t.Errorf("recorded as failed: %+v, %v", failed, err)
	}
	stats, err := l.Now().Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	// What was plain text is not kept twice; the page and no other is.
	if stats.Pages != 1 {
		t.Errorf("%d pages kept, want that of b.html", stats.Pages)
	}

	in, _ = newIngest(l, 2)
	second, err := in.Source(t.Context(), dir)
	if err != nil || second.Known != 5 || second.Stored+second.Revisions+second.Reread != 0 {
		t.Errorf("second run: %+v, %v", second, err)
	}
	again, err := l.Now().Stats(t.Context())
	if err != nil || again.Articles != stats.Articles || again.Recorded != stats.Recorded || again.Links != stats.Links {
		t.Errorf("the same again changed the ledger: %+v, then %+v, %v", stats, again, err)
	}

	write("c.txt", story(9))
	in, _ = newIngest(l, 2)
	if third, err := in.Source(t.Context(), dir); err != nil || third.Stored != 1 || third.Failed != 0 {
		t.Errorf("third run: %+v, %v", third, err)
	}
	if failed, err := l.Failed(t.Context()); err != nil || len(failed) != 0 {
		t.Errorf("still recorded as failed: %+v, %v", failed, err)
	}
	verified(t, l)
}

// A run that is stopped goes on behind what it stored: nothing is read twice, and nothing
// left out.
func TestStopAndGoOn(t *testing.T) {
	l := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
	const n = 150
	path := lines(t, filepath.Join(t.TempDir(), "stories.jsonl"), 0, n)
	total := Tally{}
	for range 20 {
		ctx, stop := context.WithCancel(t.Context())
		in, _ := newIngest(l, 2)
		in.Progress = func(p Tally) {
			if p.Pages >= 40 {
				stop()
			}
		}
		got, err := in.Source(ctx, path)
		stop()
		total.Pages += got.Pages
		total.Stored += got.Stored
		total.Known += got.Known
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	// A page that was in hand behind one that the stop left out is stored, and known later.
	if total.Stored != n || total.Pages-total.Known != n || total.Known > 20*6 {
		t.Errorf("all runs together: %+v, want %d pages, each read once", total, n)
	}
	if got := verified(t, l); got != n {
		t.Errorf("%d articles, want %d", got, n)
	}
	if at, err := l.Checkpoint(t.Context(), "ingest "+path); err != nil || at != "" {
		t.Errorf("a finished run leaves the checkpoint %q, %v", at, err)
	}
}

// claimsOf returns the claims of all statements of a ledger.
func claimsOf(t *testing.T, l *ledger.Ledger) map[string]string {
	t.Helper()
	found, err := l.Now().Articles(t.Context(), ledger.Filter{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, s := range found.Hits {
		page, err := l.Now().Article(t.Context(), s.Article)
		if err != nil {
			t.Fatal(err)
		}
		for statement, of := range page.Claims {
			out[s.Article+"."+statement] = of
		}
	}
	return out
}

// What is stored doesn't depend on how many jobs read, nor on how often a run was begun.
func TestSameWhateverTheRuns(t *testing.T) {
	dir := t.TempDir()
	whole := lines(t, filepath.Join(dir, "all.jsonl"), 0, 60)
	first, second := lines(t, filepath.Join(dir, "1.jsonl"), 0, 25), lines(t, filepath.Join(dir, "2.jsonl"), 25, 60)
	var want map[string]string
	for _, run := range []struct {
		name    string
		jobs    int
		sources []string
	}{{"one job", 1, []string{whole}}, {"four jobs", 4, []string{whole}}, {"two runs", 2, []string{first, second}}} {
		l := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
		for _, s := range run.sources {
			in, _ := newIngest(l, run.jobs)
			if _, err := in.Source(t.Context(), s); err != nil {
				t.Fatal(err)
			}
		}
		got := claimsOf(t, l)
		if want == nil {
			if want = got; len(want) == 0 {
				t.Fatal("no claims: the test tests nothing")
			}
		}
		if !maps.Equal(got, want) {
			t.Errorf("%s: %d tellings in claims, want %d as with one job", run.name, len(got), len(want))
		}
	}
}

func TestCopies(t *testing.T) {
	l := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
	dir := t.TempDir()
	long := ""
	for n := range 8 {
		long += strings.ReplaceAll(story(n*7), "“", "") + "\n"
	}
	for name, text := range map[string]string{"a.txt": long, "b.txt": "Harbour desk. " + long[:len(long)-200] + "\nMore follows.", "c.txt": story(77)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	in, _ := newIngest(l, 1)
	in.Date = "2031-03-04"
	if _, err := in.Source(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	a, err := l.Now().Article(t.Context(), claim.ArticleID(filepath.Join(dir, "a.txt"), long))
	if err != nil {
		t.Fatal(err)
	}
	copies, err := Copies(t.Context(), l.Now(), a.Content)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range copies {
		names = append(names, filepath.Base(c.Locator))
	}
	if !slices.Equal(names, []string{"b.txt"}) {
		t.Errorf("copies of a.txt: %v, want b.txt", names)
	}
}

func TestReread(t *testing.T) {
	l := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
	in, _ := newIngest(l, 2)
	path := lines(t, filepath.Join(t.TempDir(), "s.jsonl"), 0, 5)
	if _, err := in.Source(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	in, _ = newIngest(l, 2)
	if got, err := in.Reread(t.Context(), ledger.Filter{}); err != nil || got.Pages != 0 {
		t.Errorf("read anew with the same models: %+v, %v", got, err)
	}
	// Another program has read them: as if the models had changed since.
	found, err := l.Now().Articles(t.Context(), ledger.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range found.Hits {
		page, err := l.Now().Article(t.Context(), s.Article)
		if err != nil {
			t.Fatal(err)
		}
		page.Content.Reader = "an older program"
		if _, err := l.Put(t.Context(), ledger.Item{Article: page.Content}); err != nil {
			t.Fatal(err)
		}
	}
	first := found.Hits[0].Article
	fixed, err := l.Correct(t.Context(), ledger.Correction{Article: first, Statement: "s1", What: ledger.SetAffiliation, Affil: "ITA", By: "Ada", Reason: "a test"})
	if err != nil {
		t.Fatal(err)
	}
	in, problems := newIngest(l, 2)
	in.Config.Reader = full()
	got, err := in.Reread(t.Context(), ledger.Filter{})
	if err != nil || got.Reread != 5 || got.Failed != 0 {
		t.Errorf("read anew: %+v, %v, %q", got, err, *problems)
	}
	page, err := l.Now().Article(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(page.Content.Statements, func(s claim.Statement) bool { return s.ID == fixed.Statement })
	if i < 0 || page.Content.Statements[i].Source.Affiliation != "ITA" || page.Reader != full().Version() {
		t.Errorf("the correction is gone with reading %d by %s", page.Readings, page.Reader)
	}
	verified(t, l)
}
