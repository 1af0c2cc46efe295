package ingest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"hearsay/ledger"
)

// TestMain is the program that is killed, where a test has started it as such.
func TestMain(m *testing.M) {
	if where := os.Getenv("INGEST_LEDGER"); where != "" {
		if err := takeIn(where, os.Getenv("INGEST_SOURCE")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// takeIn takes in a source and prints how many articles are stored whenever that is more.
func takeIn(where, source string) error {
	l, err := ledger.Open(context.Background(), where)
	if err != nil {
		return err
	}
	defer l.Close()
	in, _ := newIngest(l, 2)
	last := 0
	in.Progress = func(t Tally) {
		if t.Stored > last {
			last = t.Stored
			fmt.Println("stored", last)
		}
	}
	fmt.Println("begun")
	t, err := in.Source(context.Background(), source)
	if err == nil {
		fmt.Println("stored", t.Stored)
		fmt.Println("known", t.Known)
	}
	return err
}

// Runs that are killed at any moment lose nothing that was reported as stored, leave no
// half article, and read nothing twice.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("short")
	}
	onBoth(t, func(t *testing.T, where string) {
		const n, mostKills = 200, 6
		path := lines(t, filepath.Join(t.TempDir(), "stories.jsonl"), 0, n)
		reported, kills := 0, 0
		for round := 0; ; round++ {
			child := exec.Command(os.Args[0])
			child.Env = append(os.Environ(), "INGEST_LEDGER="+where, "INGEST_SOURCE="+path)
			child.Stderr = os.Stderr
			out, err := child.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := child.Start(); err != nil {
				t.Fatal(err)
			}
			stored, known := 0, 0
			in := bufio.NewScanner(out)
			for in.Scan() {
				what, number, _ := strings.Cut(in.Text(), " ")
				switch what {
				case "begun":
					// From here on it may be at anything, a different thing in each round.
					if round < mostKills {
						time.AfterFunc(time.Duration(100+230*round)*time.Millisecond, func() { child.Process.Kill() })
					}
				case "stored":
					stored, _ = strconv.Atoi(number)
				case "known":
					known, _ = strconv.Atoi(number)
				}
			}
			err = child.Wait()
			var exit *exec.ExitError
			killed := errors.As(err, &exit) && exit.Sys().(syscall.WaitStatus).Signal() == syscall.SIGKILL
			if err != nil && !killed {
				t.Fatal(err)
			}
			reported += stored
			l := openLedger(t, where)
			has := verified(t, l)
			l.Close()
			if has < reported {
				t.Fatalf("round %d: %d articles are there, %d were reported as stored", round, has, reported)
			}
			reported = has // stored and not yet reported when it was killed
			if !killed {
				if known > 0 {
					t.Errorf("%d articles that were stored came again", known)
				}
				break
			}
			kills++
		}
		if reported != n {
			t.Errorf("%d articles in the end, want %d", reported, n)
		}
		if kills == 0 {
			t.Skip("this machine is too quick: nothing was killed")
		}
		t.Logf("%d kills", kills)
	})
}

// A disk that fills up ends the run with a clear word, and when there is room the run goes
// on where it was.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no file system can be mounted here: %v: %s", err, out)
	}
	t.Cleanup(func() { syscall.Unmount(dir, 2) })
	l := openLedger(t, filepath.Join(dir, "ledger.db"))
	const n = 300
	path := lines(t, filepath.Join(t.TempDir(), "stories.jsonl"), 0, n)
	in, _ := newIngest(l, 2)
	first, err := in.Source(t.Context(), path)
	if err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Fatalf("on a full disk: %+v, %v", first, err)
	}
	if out, err := exec.Command("mount", "-o", "remount,size=60m", dir).CombinedOutput(); err != nil {
		t.Skipf("%v: %s", err, out)
	}
	in, _ = newIngest(l, 2)
	second, err := in.Source(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if first.Stored+second.Stored != n || second.Known != 0 {
		t.Errorf("stored %d and, with room again, %d (known: %d), of %d", first.Stored, second.Stored, second.Known, n)
	}
	if got := verified(t, l); got != n {
		t.Errorf("%d articles, want %d", got, n)
	}
}
