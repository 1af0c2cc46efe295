package ledger

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hearsay/claim"
)

// A child process takes articles in as a run of tasks and prints the id of each after Put
// has said that it is stored. The test kills it over and over.

const childOf = "HEARSAY_TEST_LEDGER_CHILD"

func TestMain(m *testing.M) {
	if where := os.Getenv(childOf); where != "" {
		if err := child(where); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// crashArticles is how many articles the run has.
const crashArticles = 700

func crashArticle(n int) *claim.Article { return invent(n, 5, 220) }

func child(where string) error {
	ctx := context.Background()
	l, err := Open(ctx, where)
	if err != nil {
		return err
	}
	if _, err := l.Release(ctx, "run"); err != nil {
		return err
	}
	var tasks []Task
	for i := range crashArticles {
		tasks = append(tasks, Task{Run: "run", Name: fmt.Sprint(i)})
	}
	if _, err := l.Enqueue(ctx, tasks...); err != nil {
		return err
	}
	var print sync.Mutex
	work := make(chan Task)
	errs := make(chan error, 4)
	for range 4 {
		go func() {
			for k := range work {
				var n int
				fmt.Sscan(k.Name, &n)
				item := Item{Article: crashArticle(n), Run: "run", Task: k.Name, Marks: map[string][]uint64{"s1": {uint64(n)}}}
				if n%10 == 9 {
					page := []byte(strings.Repeat(k.Name, 3000))
					a := *item.Article
					a.RawHash = claim.Hash(page)
					item.Article, item.Raw = &a, &Raw{"text/plain", page}
				}
				if n > 0 {
					item.Links = []claim.Link{{A: claim.Telling{Article: item.Article.ID, Statement: "s1"}, B: claim.Telling{Article: item.Article.ID, Statement: "s2"}, Score: 0.5}}
				}
				out, err := l.Put(ctx, item)
				if err != nil {
					errs <- err
					return
				}
				print.Lock()
				fmt.Println(out[0].Article)
				print.Unlock()
			}
			errs <- nil
		}()
	}
	for {
		got, err := l.Take(ctx, "run", time.Now(), 16)
		if err != nil {
			return err
		}
		if len(got) == 0 {
			break
		}
		for _, k := range got {
			select {
			case work <- k:
			case err := <-errs:
				return err
			}
		}
	}
	close(work)
	for range 4 {
		if err := <-errs; err != nil {
			return err
		}
	}
	return l.Close()
}

// run starts a child and kills it some time after it printed its first id, or lets it end
// where that is 0. It adds the ids that the child printed, the last only if its line is whole.
func run(t *testing.T, where string, after time.Duration, stored map[string]bool) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), childOf+"="+where)
	var problem strings.Builder
	c.Stderr = &problem
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	first := after > 0
	for r := bufio.NewReader(out); ; {
		line, err := r.ReadString('\n')
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if stored[strings.TrimSpace(line)] = true; first {
			first = false
			time.AfterFunc(after, func() { c.Process.Kill() })
		}
	}
	if err := c.Wait(); problem.Len() > 0 || after == 0 && err != nil {
		t.Fatalf("child: %v: %s", err, problem.String())
	}
}

// TestKill holds that kill -9 at any moment loses nothing that was reported as stored, leaves
// no half of an article, and that the next run goes on.
func TestKill(t *testing.T) {
	for _, b := range backends(t) {
		t.Run(b.name, func(t *testing.T) {
			where := b.fresh(t)
			mustOpen(t, where).Close()
			stored := map[string]bool{}
			rng := rand.New(rand.NewPCG(1, 2))
			kills := 7
			if testing.Short() {
				kills = 3
			}
			for k := range kills {
				run(t, where, time.Duration(1+rng.IntN(150))*time.Millisecond, stored)
				l := mustOpen(t, where)
				for id := range stored {
					if _, err := l.Now().Article(t.Context(), id); err != nil {
						t.Fatalf("kill %d: reported as stored: %v", k+1, err)
					}
				}
				sound(t, l)
				l.Close()
			}
			killed := len(stored)
			if killed < kills || killed == crashArticles {
				t.Errorf("%d articles were stored when the last child was killed: that shows little", killed)
			}
			run(t, where, 0, stored)
			l := mustOpen(t, where)
			if p, err := l.Progress(t.Context(), "run"); err != nil || p != (Progress{Done: crashArticles}) {
				t.Errorf("after the last run: %+v, %v", p, err)
			}
			s, err := l.Now().Stats(t.Context())
			if err != nil || s.Articles != crashArticles || s.Statements != 5*crashArticles || s.Claims != crashArticles-1 || s.Pages != crashArticles/10 {
				t.Errorf("%+v, %v", s, err)
			}
			sound(t, l)
			t.Logf("%d kills; %d articles reported before the last run", kills, killed)
		})
	}
}

// TestTwoWriters holds that writers of one file wait for each other, and are told when the
// wait is too long.
func TestTwoWriters(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ledger.db")
	one := mustOpen(t, path)
	two, err := open(t.Context(), &sqlite{path: path, busy: 300 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer two.Close()
	hold := func(d time.Duration) (held chan struct{}) {
		held = make(chan struct{})
		begun := make(chan struct{})
		go func() {
			one.write(context.Background(), "hold", func(*tx) error {
				close(begun)
				time.Sleep(d)
				return nil
			})
			close(held)
		}()
		<-begun
		return held
	}
	held := hold(900 * time.Millisecond)
	_, err = two.Put(t.Context(), Item{Article: invent(1, 1, 30)})
	if err == nil || !Retryable(err) || !strings.Contains(err.Error(), "another process has been writing for more than 300ms") {
		t.Errorf("while another writes for long: %v", err)
	}
	if _, err := two.Now().Stats(t.Context()); err != nil {
		t.Errorf("a reader has to wait: %v", err)
	}
	<-held
	held = hold(100 * time.Millisecond)
	mustPut(t, two, invent(1, 1, 30))
	<-held
	sound(t, one)
}

// TestProcesses holds that two processes may take articles into one ledger at once.
func TestProcesses(t *testing.T) {
	for _, b := range backends(t) {
		t.Run(b.name, func(t *testing.T) {
			where := b.fresh(t) // which both make
			var all [2]map[string]bool
			var wg sync.WaitGroup
			for i := range all {
				all[i] = map[string]bool{}
				wg.Go(func() { run(t, where, 400*time.Millisecond, all[i]) })
			}
			wg.Wait()
			l := mustOpen(t, where)
			for i := range all {
				for id := range all[i] {
					if _, err := l.Now().Article(t.Context(), id); err != nil {
						t.Fatal(err)
					}
				}
			}
			sound(t, l)
		})
	}
}

// fill stores articles until one fails, and returns how many it stored.
func fillUp(t *testing.T, l *Ledger) (int, error) {
	for i := range 5000 {
		if _, err := l.Put(t.Context(), Item{Article: invent(i, 5, 400)}); err != nil {
			return i, err
		}
	}
	t.Fatal("it never failed")
	return 0, nil
}

// TestDiskFull holds that a full disk is named, and that what was stored before stays.
func TestDiskFull(t *testing.T) {
	full := func(t *testing.T, path string, limit func(*Ledger), more func(*Ledger)) {
		l := mustOpen(t, path)
		limit(l)
		n, err := fillUp(t, l)
		if !strings.Contains(err.Error(), "the disk is full") || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), invent(n, 5, 400).ID) || Retryable(err) {
			t.Errorf("after %d articles: %v", n, err)
		}
		more(l)
		if s, err := l.Now().Stats(t.Context()); err != nil || s.Articles != n || n == 0 {
			t.Errorf("%d reported as stored: %+v, %v", n, s, err)
		}
		mustPut(t, l, invent(n, 5, 400))
		sound(t, l)
	}
	t.Run("limit of the file", func(t *testing.T) {
		pages := func(n string) func(*Ledger) {
			return func(l *Ledger) {
				if _, err := l.writes.Exec("PRAGMA max_page_count(" + n + ")"); err != nil {
					t.Fatal(err)
				}
			}
		}
		full(t, filepath.Join(t.TempDir(), "ledger.db"), pages("250"), pages("100000"))
	})
	t.Run("small disk", func(t *testing.T) {
		dir := smallDisk(t, "3m")
		full(t, filepath.Join(dir, "ledger.db"), func(*Ledger) {}, func(*Ledger) {
			if out, err := exec.Command("mount", "-o", "remount,size=30m", dir).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
		})
	})
}

// smallDisk mounts a file system in memory; the test is skipped where that is not allowed.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no file system can be mounted here: %v: %s", err, out)
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	return dir
}

// TestCannotOpen holds that what cannot be a ledger is named with the reason, and stays as it is.
func TestCannotOpen(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "notes.txt")
	if err := os.WriteFile(text, []byte(strings.Repeat("these are notes\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(dir, "other.db")
	s := &sqlite{path: other}
	_, db, _, err := s.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE songs (name TEXT)"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	ro := smallReadOnly(t)
	for _, c := range []struct{ name, where, want string }{
		{"a text", text, text + ": open: the file is not a ledger"},
		{"another program's database", other, "has tables, and they are not a ledger's"},
		{"a folder", dir, "is a folder"},
		{"a folder that is not there", filepath.Join(dir, "no", "ledger.db"), "no such folder"},
		{"a read-only disk", ro, "the file is read-only"},
		{"no server", "postgres://someone:secret@127.0.0.1:1/news", "postgres://someone:xxxxx@127.0.0.1:1/news: open: the database is gone"},
		{"no address", "postgres://[", "not one of PostgreSQL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.where == "" {
				t.Skip("no file system can be mounted here")
			}
			l, err := Open(t.Context(), c.where)
			if err == nil {
				l.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "secret") {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
			if Retryable(err) != (c.name == "no server") {
				t.Errorf("retryable: %v", Retryable(err))
			}
		})
	}
}

// smallReadOnly returns a ledger of an older program on a disk that is read-only, or "".
func smallReadOnly(t *testing.T) string {
	dir := t.TempDir()
	if exec.Command("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", dir).Run() != nil {
		return ""
	}
	t.Cleanup(func() { exec.Command("umount", "-l", dir).Run() })
	path := filepath.Join(dir, "ledger.db")
	l := mustOpen(t, path)
	l.Close()
	if out, err := exec.Command("mount", "-o", "remount,ro", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return path
}

// TestServerGone holds that a server which dies in the middle is named, that the call may be
// repeated, and that nothing reported as stored is lost.
func TestServerGone(t *testing.T) {
	if testing.Short() || postgresServer(t) == "" {
		t.Skip("no PostgreSQL, or a short test")
	}
	// A server of this test's own, since it is killed. Its folder is short because it holds
	// a socket, and open because the server may run as another user.
	dir, err := os.MkdirTemp("", "hs")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	script := func(args ...string) (string, error) {
		c := exec.Command("../.ci/postgres", args...)
		for _, v := range os.Environ() {
			if !strings.HasPrefix(v, "HEARSAY_TEST_POSTGRES=") && !strings.HasPrefix(v, "TMPDIR=") {
				c.Env = append(c.Env, v)
			}
		}
		c.Env = append(c.Env, "TMPDIR="+dir)
		out, err := c.Output()
		return strings.TrimSpace(string(out)), err
	}
	t.Cleanup(func() {
		script("stop")
		os.RemoveAll(dir)
	})
	server, err := script("--no-install")
	if err != nil {
		t.Skipf("no server of its own: %v", err)
	}
	l := mustOpen(t, server)
	stored := map[string]bool{}
	failed := 0
	restarted := make(chan error, 1)
	for i := 0; i < 400; i++ {
		if i == 40 {
			go func() {
				_, err := script("restart")
				restarted <- err
			}()
		}
		a := invent(i, 3, 100)
		out, err := l.Put(t.Context(), Item{Article: a})
		if err == nil {
			stored[out[0].Article] = true
			continue
		}
		failed++
		if !Retryable(err) || !strings.Contains(err.Error(), a.ID) {
			t.Fatalf("error %v (retryable: %v)", err, Retryable(err))
		}
		if failed > 2000 {
			t.Fatal("it does not come back")
		}
		time.Sleep(20 * time.Millisecond)
		i--
		if i == 39 {
			i = 40
		}
	}
	if err := <-restarted; err != nil {
		t.Fatal(err)
	}
	for id := range stored {
		if _, err := l.Now().Article(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
	sound(t, l)
	t.Logf("%d calls failed while the server was gone", failed)
}
