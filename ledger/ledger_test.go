package ledger

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hearsay/claim"
)

// The suite runs on both databases. Each test gets a ledger of its own and may open it
// again by its name.

type backend struct {
	name string
	// fresh returns the name of a new, empty ledger.
	fresh func(t testing.TB) string
}

func backends(t testing.TB) []backend {
	out := []backend{{"sqlite", func(t testing.TB) string { return filepath.Join(t.TempDir(), "ledger.db") }}}
	if server := postgresServer(t); server != "" {
		out = append(out, backend{"postgres", func(t testing.TB) string { return newDatabase(t, server) }})
	}
	return out
}

// both runs a test on an open ledger of each database.
func both(t *testing.T, f func(t *testing.T, l *Ledger)) {
	for _, b := range backends(t) {
		t.Run(b.name, func(t *testing.T) { f(t, mustOpen(t, b.fresh(t))) })
	}
}

func mustOpen(t testing.TB, where string) *Ledger {
	t.Helper()
	l, err := Open(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// mustPut stores articles and returns what became of them.
func mustPut(t testing.TB, l *Ledger, articles ...*claim.Article) []Outcome {
	t.Helper()
	items := make([]Item, len(articles))
	for i, a := range articles {
		items[i].Article = a
	}
	out, err := l.Put(t.Context(), items...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// sound fails the test where verify has something to say.
func sound(t testing.TB, l *Ledger) {
	t.Helper()
	r, err := l.Verify(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Error("verify:", p)
	}
}

// ticking gives a ledger a clock that a test moves; moving returns a moment on the way.
func ticking(l *Ledger, start string) func(time.Duration) time.Time {
	now, err := time.Parse(time.DateOnly, start)
	if err != nil {
		panic(err)
	}
	var at atomic.Int64
	at.Store(now.UnixMicro())
	l.clock = func() time.Time { return time.UnixMicro(at.Load()) }
	return func(d time.Duration) time.Time { return time.UnixMicro(at.Add(d.Microseconds())).UTC().Add(-d / 2) }
}

func TestPutAndOpen(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		a := invent(1, 12, 500)
		if out := mustPut(t, l, a); out[0].State != Stored || out[0].Article != a.ID {
			t.Fatalf("first: %+v", out)
		}
		p, err := l.Now().Article(t.Context(), a.ID)
		if err != nil {
			t.Fatal(err)
		}
		if d := diff(a, p.Content); d != "" {
			t.Error("the article is not what was stored:", d)
		}
		if p.Outlet != a.Outlet || p.Title != a.Title || p.Locator != a.Locator || p.Readings != 1 || p.Reader != "test 1" || len(p.Revisions) != 1 {
			t.Errorf("page: %+v", p)
		}
		sound(t, l)
	})
}

// TestSameTwice holds that the same input changes nothing, not one row.
func TestSameTwice(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		a, b := invent(1, 5, 200), invent(2, 5, 200)
		mustPut(t, l, a, b)
		before := dumped(t, l)
		for _, put := range [][]*claim.Article{{a}, {b, a}, {a, a}} {
			for _, o := range mustPut(t, l, put...) {
				if o.State != Known {
					t.Errorf("again: %+v", o)
				}
			}
		}
		if after := dumped(t, l); before != after {
			t.Errorf("storing again changed the ledger:\n%s\n%s", before, after)
		}
		if out := mustPut(t, l, invent(3, 2, 50), invent(3, 2, 50)); out[0].State != Stored || out[1].State != Known {
			t.Errorf("twice in one call: %+v", out)
		}
		has, err := l.Has(t.Context(), "test 1", a.ID, "a0000000000000000")
		if err != nil || !has[a.ID] || len(has) != 1 {
			t.Errorf("has %v, %v", has, err)
		}
		if has, _ := l.Has(t.Context(), "test 2", a.ID); has[a.ID] {
			t.Error("it has a reading by a reader that made none")
		}
	})
}

func TestRevisions(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		one := say("https://x.example/1", "2022-03-01", "Ada Pell", "said", "the bridge would close")
		two := say("https://x.example/1", "2022-03-01", "Ada Pell", "said", "the bridge would not close")
		old := say("https://x.example/1", "2022-03-01", "Ada Pell", "said", "the bridge stood")
		one.Fetched, two.Fetched, old.Fetched = "2022-03-01T10:00:00Z", "2022-03-01T12:00:00Z", "2022-03-01T08:00:00Z"
		mustPut(t, l, one)
		if out := mustPut(t, l, two); out[0].State != Revision || out[0].Before != one.ID {
			t.Errorf("second text: %+v", out)
		}
		// A capture that is older and comes later does not become the newest.
		if out := mustPut(t, l, old); out[0].State != Revision || out[0].Before != two.ID {
			t.Errorf("older text: %+v", out)
		}
		found := func(f Filter) string {
			r, err := l.Now().Find(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			var words []string
			for _, h := range r.Hits {
				words = append(words, h.Words)
			}
			return strings.Join(words, "; ")
		}
		if got := found(Filter{Query: "bridge"}); got != "the bridge would not close" {
			t.Errorf("found %q", got)
		}
		if got := found(Filter{Query: "bridge", Revisions: true}); got != "the bridge stood; the bridge would not close; the bridge would close" {
			t.Errorf("found in all revisions %q", got)
		}
		p, err := l.Now().Article(t.Context(), one.ID)
		if err != nil || len(p.Revisions) != 3 || !p.Replaced {
			t.Errorf("page %+v, %v", p, err)
		}
		sound(t, l)
	})
}

// TestUnsound holds that nothing is stored of an article that is wrong in itself, nor of
// others given with it.
func TestUnsound(t *testing.T) {
	for _, c := range []struct {
		name string
		do   func(*claim.Article)
		want string
	}{
		{"id of another text", func(a *claim.Article) { a.ID = "a0000000000000000" }, "is not that of locator and text"},
		{"hash of another text", func(a *claim.Article) { a.TextHash = claim.Hash(nil) }, "hash of the text"},
		{"span past the end", func(a *claim.Article) { a.Statements[0].Content[0].End = 9999 }, "span"},
		{"parent that is not there", func(a *claim.Article) { a.Statements[0].Parent = "s9" }, "no parent"},
		{"statement with no number", func(a *claim.Article) { a.Statements[0].ID = "first" }, "statement id"},
		{"entity that is not there", func(a *claim.Article) { a.Statements[0].Source.Entity = "e9" }, "no entity"},
		{"page that is not the one named", func(a *claim.Article) { a.RawHash = "12" }, "hash of the page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := mustOpen(t, filepath.Join(t.TempDir(), "l.db"))
			a := say("x", "", "Ada Pell", "said", "the bridge stood")
			c.do(a)
			_, err := l.Put(t.Context(), Item{Article: invent(1, 1, 30)}, Item{Article: a})
			if err == nil || !strings.Contains(err.Error(), c.want) || Retryable(err) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
			if s, err := l.Now().Stats(t.Context()); err != nil || s.Articles != 0 {
				t.Errorf("%d articles stored, %v", s.Articles, err)
			}
		})
	}
}

func TestRaw(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		page := []byte(strings.Repeat("<p>the same paragraph</p>", 500))
		a, b := invent(1, 2, 50), invent(2, 2, 50)
		a.RawHash, b.RawHash = claim.Hash(page), claim.Hash(page)
		raw := &Raw{"text/html", page}
		if _, err := l.Put(t.Context(), Item{Article: a, Raw: raw}, Item{Article: b, Raw: raw}); err != nil {
			t.Fatal(err)
		}
		got, err := l.Raw(t.Context(), a.RawHash)
		if err != nil || got.Media != "text/html" || string(got.Body) != string(page) {
			t.Errorf("page of %d bytes, %v", len(got.Body), err)
		}
		s, err := l.Now().Stats(t.Context())
		if err != nil || s.Pages != 1 || s.PageBytes > 500 {
			t.Errorf("stats %+v, %v", s, err)
		}
		sound(t, l)
	})
}

// TestClockBack holds that moments never go back, so that what is known on a day never
// depends on a clock that was wrong.
func TestClockBack(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		move := ticking(l, "2024-05-01")
		mustPut(t, l, invent(1, 1, 30))
		move(-30 * 365 * 24 * time.Hour)
		mustPut(t, l, invent(2, 1, 30))
		one, _ := l.Now().Article(t.Context(), invent(1, 1, 30).ID)
		two, _ := l.Now().Article(t.Context(), invent(2, 1, 30).ID)
		if !two.Recorded.After(one.Recorded) || two.Recorded.Year() != 2024 {
			t.Errorf("recorded %v, then %v", one.Recorded, two.Recorded)
		}
		ids, last, err := l.Recorded(t.Context(), one.Recorded, 10)
		if err != nil || len(ids) != 1 || ids[0] != two.Article || !last.Equal(two.Recorded) {
			t.Errorf("recorded after the first: %v, %v, %v", ids, last, err)
		}
		sound(t, l)
	})
}

func TestGroupCommit(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		errs := make(chan error)
		const n = 60
		for i := range n {
			go func() {
				out, err := l.Put(t.Context(), Item{Article: invent(i, 3, 100)})
				if err == nil && out[0].Article != invent(i, 3, 100).ID {
					err = fmt.Errorf("article %d: outcome of %s", i, out[0].Article)
				}
				errs <- err
			}()
		}
		for range n {
			if err := <-errs; err != nil {
				t.Error(err)
			}
		}
		if s, err := l.Now().Stats(t.Context()); err != nil || s.Articles != n {
			t.Errorf("%+v, %v", s, err)
		}
		sound(t, l)
	})
}

func TestMigrations(t *testing.T) {
	for _, b := range backends(t) {
		t.Run(b.name, func(t *testing.T) {
			where := b.fresh(t)
			l := mustOpen(t, where)
			mustPut(t, l, invent(1, 2, 50))
			if err := l.Migrate(t.Context(), 0); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Now().Stats(t.Context()); err == nil {
				t.Error("tables are there after the last migration down")
			}
			l.Close()
			l = mustOpen(t, where)
			if s, err := l.Now().Stats(t.Context()); err != nil || s.Articles != 0 || s.Schema < 1 {
				t.Errorf("up again: %+v, %v", s, err)
			}
			if _, err := l.writes.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, $1)`, true); err != nil {
				t.Fatal(err)
			}
			l.Close()
			_, err := Open(t.Context(), where)
			if err == nil || !strings.Contains(err.Error(), "newer version of the program: its tables have version 9999") || Retryable(err) {
				t.Errorf("a newer ledger: %v", err)
			}
		})
	}
}

func TestDefaultPath(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("XDG_DATA_HOME", dir)
	l := mustOpen(t, "")
	if want := filepath.Join(dir, "hearsay", "ledger.db"); l.Where() != want {
		t.Errorf("at %s, want %s", l.Where(), want)
	}
	if info, err := os.Stat(filepath.Join(dir, "hearsay")); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("its folder: %v, %v", info, err)
	}
}
