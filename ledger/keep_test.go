package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hearsay/claim"
)

// TestRedact holds that nothing of an article is left, not in any view and not in the bytes
// of the file, and that all that was not redacted stays.
func TestRedact(t *testing.T) {
	for _, b := range backends(t) {
		t.Run(b.name, func(t *testing.T) {
			where := b.fresh(t)
			l := mustOpen(t, where)
			move := ticking(l, "2024-01-01")
			secret := say("https://x.example/1", "2022-03-01", "Ada Zanzelmar", "said", "the quibbleforth would flounderate")
			page := []byte("<p>" + secret.Text + "</p>")
			secret.RawHash = claim.Hash(page)
			twin := say("https://y.example/copy", "2022-03-01", "Ada Zanzelmar", "said", "the quibbleforth would flounderate")
			next := say("https://x.example/1", "2022-03-01", "Ada Pell", "said", "nothing would happen")
			other := say("https://x.example/3", "2022-03-01", "Ada Pell", "said", "the bridge would close")
			third := say("https://x.example/4", "2022-03-02", "Ada Pell", "said", "the bridge would close soon")
			if _, err := l.Put(t.Context(), Item{Article: secret, Raw: &Raw{"text/html", page}}); err != nil {
				t.Fatal(err)
			}
			mustPut(t, l, twin, next, other, third)
			tell := func(a *claim.Article) claim.Telling { return claim.Telling{Article: a.ID, Statement: "s1"} }
			for _, k := range []claim.Link{{A: tell(secret), B: tell(other), Score: 0.9, Evidence: []claim.Match{{What: "content", How: "quibbleforth"}}}, {A: tell(other), B: tell(third), Score: 0.9}} {
				if err := l.Link(t.Context(), k); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := l.Correct(t.Context(), Correction{Article: secret.ID, Statement: "s1", What: SetEntity, Name: "Ada Zanzelmar", By: "Edda", Reason: "flounderate"}); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Enqueue(t.Context(), Task{Run: "r", Name: secret.Locator, Payload: []byte("quibbleforth")}); err != nil {
				t.Fatal(err)
			}
			before := move(day)
			if _, err := l.Redact(t.Context(), secret.ID, "", ""); err == nil {
				t.Error("redacted by nobody")
			}
			out, err := l.Redact(t.Context(), secret.ID, "Faro", "order of a court")
			if err != nil {
				t.Fatal(err)
			}
			if len(out.Redactions) != 2 || len(out.Left) != 1 || out.Left[0].Article != next.ID {
				t.Errorf("removed %+v", out)
			}
			_, err = l.AsOf(before).Article(t.Context(), secret.ID)
			if !errors.Is(err, ErrRedacted) || !strings.Contains(err.Error(), "order of a court") {
				t.Errorf("opened: %v", err)
			}
			for _, query := range []string{"quibbleforth", "flounderate", "zanzelmar"} {
				for _, v := range []View{l.Now(), l.AsOf(before)} {
					if got := words(t, v, Filter{Query: query, Revisions: true}); got != "" {
						t.Errorf("%s is found: %s", query, got)
					}
				}
			}
			if _, err := l.Raw(t.Context(), secret.RawHash); !errors.Is(err, ErrNotFound) {
				t.Errorf("the page: %v", err)
			}
			for _, o := range mustPut(t, l, secret, twin) {
				if o.State != Redacted {
					t.Errorf("again: %+v", o)
				}
			}
			if p, err := l.Now().Claim(t.Context(), ClaimID(third.ID, "s1")); err != nil || len(p.Tellings) != 2 || len(p.Links) != 1 {
				t.Errorf("the claim of the others: %+v, %v", p, err)
			}
			if r, err := l.Redactions(t.Context()); err != nil || len(r) != 2 || r[0].TextHash != secret.TextHash || r[0].RawHash != secret.RawHash || r[0].Reason != "order of a court" {
				t.Errorf("redactions %+v, %v", r, err)
			}
			dump := dumped(t, l)
			sound(t, l)
			l.Close()
			if b.name == "sqlite" {
				for _, file := range []string{where, where + "-wal"} {
					content, err := os.ReadFile(file)
					if err != nil && !os.IsNotExist(err) {
						t.Fatal(err)
					}
					dump += string(content)
				}
			}
			for _, word := range []string{"quibbleforth", "quibbl", "flounder", "anzelmar"} {
				if i := strings.Index(dump, word); i >= 0 {
					t.Errorf("%q is still there: …%q…", word, dump[max(0, i-60):min(len(dump), i+40)])
				}
			}
		})
	}
}

// TestBackup holds that a backup holds all, and that a dump of either database makes the
// same ledger in the other.
func TestBackup(t *testing.T) {
	for _, b := range backends(t) {
		t.Run(b.name, func(t *testing.T) {
			l := mustOpen(t, b.fresh(t))
			move := ticking(l, "2024-01-01")
			library(t, l)
			for i := range 20 {
				mustPut(t, l, invent(i, 4, 120))
			}
			then := move(day)
			a := invent(3, 4, 120)
			mustPut(t, l, again(a, "test 2", func(a *claim.Article) { a.Statements, a.Events = a.Statements[1:], nil }))
			mustPut(t, l, say("https://news.example/4", "2022-03-01", "Ada Pell", "said", "another text"))
			if _, err := l.Correct(t.Context(), Correction{Article: a.ID, Statement: "s3", What: SetAffiliation, Affil: "EST", By: "Edda", Reason: "a try"}); err != nil {
				t.Fatal(err)
			}
			if err := l.Link(t.Context(), claim.Link{A: claim.Telling{Article: a.ID, Statement: "s3"}, B: claim.Telling{Article: invent(5, 4, 120).ID, Statement: "s1"}, Score: 0.5}); err != nil {
				t.Fatal(err)
			}
			if err := l.SaveFeed(t.Context(), Feed{Address: "https://feed.example/", Every: time.Minute}); err != nil {
				t.Fatal(err)
			}
			if _, err := l.Redact(t.Context(), invent(7, 4, 120).ID, "Faro", "a try"); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(t.TempDir(), "backup")
			if err := l.Backup(t.Context(), path); err != nil {
				t.Fatal(err)
			}
			if err := l.Backup(t.Context(), path); err == nil {
				t.Error("a backup took the place of another")
			}
			want := dumped(t, l)
			if b.name == "sqlite" {
				if got := dumped(t, mustOpen(t, path)); got != want {
					t.Error("the backup has other rows")
				}
			}
			for _, other := range backends(t) {
				to := mustOpen(t, other.fresh(t))
				if err := to.Restore(t.Context(), strings.NewReader(want)); err != nil {
					t.Fatalf("to %s: %v", other.name, err)
				}
				sound(t, to)
				if got := dumped(t, to); headless(got) != headless(want) {
					t.Errorf("to %s: other rows", other.name)
				}
				for _, f := range []Filter{{Query: "bridge", Limit: 1000}, {Affiliation: "EST", Limit: 1000}} {
					for name, at := range map[string]time.Time{"now": {}, "then": then} {
						if x, y := words(t, l.AsOf(at), f), words(t, to.AsOf(at), f); x != y || x == "" {
							t.Errorf("to %s, %s: %+v finds\n%s\nwant\n%s", other.name, name, f, y, x)
						}
					}
				}
				// The restored ledger goes on where the old one was.
				mustPut(t, to, invent(99, 2, 50))
				if err := to.Link(t.Context(), claim.Link{A: claim.Telling{Article: a.ID, Statement: "s2"}, B: claim.Telling{Article: invent(99, 2, 50).ID, Statement: "s1"}, Score: 0.5}); err != nil {
					t.Error(err)
				}
				if err := to.Restore(t.Context(), strings.NewReader(want)); err == nil || !strings.Contains(err.Error(), "not empty") {
					t.Errorf("restored over a ledger: %v", err)
				}
				sound(t, to)
			}
			cut := mustOpen(t, b.fresh(t))
			if err := cut.Restore(t.Context(), strings.NewReader(want[:len(want)*2/3])); err == nil || !strings.Contains(err.Error(), "cut off or damaged") {
				t.Errorf("a dump that is cut off: %v", err)
			}
			if s, err := cut.Now().Stats(t.Context()); err != nil || s.Articles != 0 {
				t.Errorf("half a dump was restored: %+v, %v", s, err)
			}
		})
	}
}

// headless is a dump without its row of the last moment, which indexing moves.
func headless(dump string) string {
	var out []string
	for line := range strings.Lines(dump) {
		if !strings.Contains(line, `"table":"head"`) {
			out = append(out, line)
		}
	}
	return strings.Join(out, "")
}

func TestFeeds(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		now := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
		b := Feed{Address: "https://b.example/", Kind: "rss", Title: "B", Outlet: "Harbour Wire", Every: 15 * time.Minute, Due: now, Tried: now.Add(-time.Hour), Worked: now.Add(-time.Hour),
			ETag: `"x"`, Modified: "Mon", Health: "broken", Problem: "404", Fails: 3, More: json.RawMessage(`{"seen":["1"]}`)}
		a := Feed{Address: "https://a.example/", Every: time.Hour, Due: now.Add(time.Second)}
		for _, f := range []Feed{b, a, b} {
			if err := l.SaveFeed(t.Context(), f); err != nil {
				t.Fatal(err)
			}
		}
		all, err := l.Feeds(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if d := diff([]Feed{a, b}, all); d != "" {
			t.Error(d)
		}
		if due, err := l.DueFeeds(t.Context(), now); err != nil || len(due) != 1 || due[0].Address != b.Address {
			t.Errorf("due: %+v, %v", due, err)
		}
		if err := l.DropFeed(t.Context(), a.Address); err != nil {
			t.Error(err)
		}
		if err := l.DropFeed(t.Context(), a.Address); !errors.Is(err, ErrNotFound) {
			t.Errorf("dropped twice: %v", err)
		}
	})
}

func TestTasks(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		now := time.Date(2024, 1, 1, 12, 0, 0, 0, time.UTC)
		var tasks []Task
		for _, name := range []string{"one", "two", "three", "four"} {
			tasks = append(tasks, Task{Run: "r", Name: name, Payload: []byte(name)})
		}
		add := func(want int) {
			t.Helper()
			if n, err := l.Enqueue(t.Context(), tasks...); err != nil || n != want {
				t.Errorf("added %d, want %d, %v", n, want, err)
			}
		}
		take := func(n int, want string) {
			t.Helper()
			got, err := l.Take(t.Context(), "r", now, n)
			var names []string
			for _, k := range got {
				names = append(names, k.Name)
			}
			if s := strings.Join(names, " "); err != nil || s != want {
				t.Errorf("took %q, want %q, %v", s, want, err)
			}
		}
		add(4)
		add(0)
		take(2, "one two")
		take(1, "three")
		if _, err := l.Put(t.Context(), Item{Article: invent(1, 1, 30), Run: "r", Task: "one"}); err != nil {
			t.Fatal(err)
		}
		if err := l.Fail(t.Context(), "r", "two", "no answer", now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		// The run is killed; the next one takes up what nobody finished.
		if n, err := l.Release(t.Context(), "r"); err != nil || n != 1 {
			t.Errorf("released %d, %v", n, err)
		}
		add(0)
		take(9, "three four")
		now = now.Add(2 * time.Hour)
		got, err := l.Take(t.Context(), "r", now, 9)
		if err != nil || len(got) != 1 || got[0].Tries != 1 || got[0].Problem != "no answer" || string(got[0].Payload) != "two" {
			t.Errorf("%+v, %v", got, err)
		}
		if err := l.Fail(t.Context(), "r", "two", "gone", time.Time{}); err != nil {
			t.Fatal(err)
		}
		if err := l.Done(t.Context(), "r", "three", "four"); err != nil {
			t.Fatal(err)
		}
		if p, err := l.Progress(t.Context(), "r"); err != nil || p != (Progress{Done: 3, Failed: 1}) {
			t.Errorf("%+v, %v", p, err)
		}
		if err := l.Forget(t.Context(), "r"); err != nil {
			t.Fatal(err)
		}
		add(4)
		if err := errors.Join(l.SetCheckpoint(t.Context(), "a", "1"), l.SetCheckpoint(t.Context(), "a", "2")); err != nil {
			t.Fatal(err)
		}
		if v, err := l.Checkpoint(t.Context(), "a"); err != nil || v != "2" {
			t.Errorf("checkpoint %q, %v", v, err)
		}
		if v, err := l.Checkpoint(t.Context(), "b"); err != nil || v != "" {
			t.Errorf("no checkpoint: %q, %v", v, err)
		}
	})
}

// TestVerifyFinds holds that each kind of damage is found, so that a report without
// problems says something.
func TestVerifyFinds(t *testing.T) {
	both(t, func(t *testing.T, l *Ledger) {
		page := []byte("<p>page</p>")
		a := invent(1, 3, 100)
		a.RawHash = claim.Hash(page)
		if _, err := l.Put(t.Context(), Item{Article: a, Raw: &Raw{"text/html", page}}); err != nil {
			t.Fatal(err)
		}
		sound(t, l)
		other, err := pack(invent(2, 3, 100))
		if err != nil {
			t.Fatal(err)
		}
		moved := *a
		moved.Statements = append([]claim.Statement{}, a.Statements...)
		moved.Statements[0].Content = []claim.Span{{Begin: 0, End: len(a.Text) + 1}}
		outside, err := pack(&moved)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name, do string
			args     []any
			want     string
		}{
			{"a page with other bytes", `UPDATE raw SET body = $1`, []any{encoder().EncodeAll([]byte("else"), nil)}, "its content has the hash"},
			{"a page that is gone", `DELETE FROM raw`, nil, "its page is not there"},
			{"an article in the place of another", `UPDATE reading SET frame = $1`, []any{other}, "is of article"},
			{"a span outside the text", `UPDATE reading SET frame = $1`, []any{outside}, "span [0, "},
			{"a frame that is cut", `UPDATE reading SET frame = $1`, []any{other[:40]}, "is damaged"},
			{"a statement that is gone", `DELETE FROM statement WHERE label = 2`, nil, "its rows are of [1 3]"},
			{"one that is not in the index", `DELETE FROM statement_find WHERE rowid = (SELECT max(id) FROM statement)`, nil, "1 rows of statement are not in the full-text index"},
			{"one in the index too many", `UPDATE statement SET id = id + 1 WHERE id = (SELECT max(id) FROM statement)`, nil, "entries of the full-text index of statement are of rows that are not there"},
			{"a moment after the last", `UPDATE article SET recorded = recorded + 99`, nil, "recorded after the last moment"},
		} {
			t.Run(c.name, func(t *testing.T) {
				tx, err := l.writes.Begin()
				if err != nil {
					t.Fatal(err)
				}
				if _, err := tx.Exec(c.do, c.args...); err != nil {
					t.Fatal(err)
				}
				if err := tx.Commit(); err != nil {
					t.Fatal(err)
				}
				r, err := l.Verify(t.Context(), nil)
				if err != nil {
					t.Fatal(err)
				}
				if !strings.Contains(strings.Join(r.Problems, "\n"), c.want) {
					t.Errorf("problems %q, want one with %q", r.Problems, c.want)
				}
				// Set right again for the next.
				var good bytes.Buffer
				fresh := mustOpen(t, filepath.Join(t.TempDir(), "l.db"))
				if _, err := fresh.Put(t.Context(), Item{Article: a, Raw: &Raw{"text/html", page}}); err != nil {
					t.Fatal(err)
				}
				if err := fresh.Dump(t.Context(), &good); err != nil {
					t.Fatal(err)
				}
				if err := errors.Join(l.Migrate(t.Context(), 0), l.migrate(t.Context()), l.Restore(t.Context(), &good)); err != nil {
					t.Fatal(err)
				}
				sound(t, l)
			})
		}
	})
}
