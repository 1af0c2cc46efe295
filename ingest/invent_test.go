package ingest

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"hearsay/collect"
	"hearsay/ledger"
	"hearsay/read"
)

// reader reads with the linear models, which are there soonest.
var reader = sync.OnceValue(func() *read.Reader {
	r, err := read.New(read.Config{Fast: true})
	if err != nil {
		panic(err)
	}
	return r
})

// story is an invented report, another one for each number.
func story(n int) string {
	towns := []string{"Port Vale", "Harrowgate Bay", "Sunder", "Kelmoor", "Oster Quay", "Linnet"}
	works := []string{"the bridge", "the ferry", "the old mill", "the north road", "the tunnel"}
	return fmt.Sprintf("Fictional example %d. The mayor of %s said on Monday that %s would stay closed for %d days.\n\n"+
		"“We found %d cracks in it,” Mira Toll, an engineer, told the Harbour Wire. Critics said the council had known since %d.\n",
		n, towns[n%len(towns)], works[n%len(works)], 10+n, 3+n, 1900+n%100)
}

// lines writes a file of JSON lines with stories [from, to).
func lines(t testing.TB, path string, from, to int) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for n := from; n < to; n++ {
		line := map[string]string{"id": fmt.Sprint(n), "url": fmt.Sprintf("https://wire.example/%d", n), "source": "Harbour Wire",
			"date": fmt.Sprintf("2031-03-%02d", 1+n%28), "title": fmt.Sprintf("Closed: %d", n), "text": story(n)}
		if err := enc.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// new returns an Ingest into a ledger with what problems it tells.
func newIngest(l *ledger.Ledger, jobs int) (*Ingest, *[]string) {
	var problems []string
	return New(Config{Ledger: l, Reader: reader(), Collector: &collect.Collector{}, Jobs: jobs,
		Problem: func(err error) { problems = append(problems, err.Error()) }}), &problems
}

func openLedger(t testing.TB, where string) *ledger.Ledger {
	t.Helper()
	l, err := ledger.Open(context.Background(), where)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

// verified fails the test where something is wrong with a ledger, and counts its articles.
func verified(t testing.TB, l *ledger.Ledger) int {
	t.Helper()
	r, err := l.Verify(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Error(p)
	}
	return r.Articles
}

// server is the address of a PostgreSQL server, or "" and why there is none.
var server = sync.OnceValues(func() (string, string) {
	if where := os.Getenv("HEARSAY_TEST_POSTGRES"); where != "" {
		return where, ""
	}
	script, err := filepath.Abs("../.ci/postgres")
	if err != nil {
		return "", err.Error()
	}
	var problem bytes.Buffer
	run := exec.Command(script, "--no-install")
	run.Stderr = &problem
	out, err := run.Output()
	if err != nil {
		return "", strings.TrimSpace(problem.String()) + " (" + err.Error() + ")"
	}
	return strings.TrimSpace(string(out)), ""
})

// onBoth runs a test on a new ledger of each database.
func onBoth(t *testing.T, test func(t *testing.T, where string)) {
	t.Run("SQLite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "ledger.db")) })
	t.Run("PostgreSQL", func(t *testing.T) {
		if testing.Short() {
			t.Skip("short")
		}
		where, problem := server()
		if where == "" {
			t.Skip("no PostgreSQL: " + problem)
		}
		db, err := sql.Open("pgx", where)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		name := fmt.Sprintf("hearsay_ingest_%d_%s", os.Getpid(), strings.ToLower(strings.Split(t.Name(), "/")[0]))
		if _, err := db.Exec("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if db, err := sql.Open("pgx", where); err == nil {
				db.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)")
				db.Close()
			}
		})
		base, query, _ := strings.Cut(where, "?")
		scheme, rest, _ := strings.Cut(base, "://")
		host, _, _ := strings.Cut(rest, "/")
		address := scheme + "://" + host + "/" + name
		if query != "" {
			address += "?" + query
		}
		test(t, address)
	})
}

// full reads with the neural models.
var full = sync.OnceValue(func() *read.Reader {
	r, err := read.New(read.Config{})
	if err != nil {
		panic(err)
	}
	return r
})
