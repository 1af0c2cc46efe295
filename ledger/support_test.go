package ledger

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func diff(want, got any) string { return cmp.Diff(want, got) }

// dumped is all rows of a ledger.
func dumped(t testing.TB, l *Ledger) string {
	t.Helper()
	var b bytes.Buffer
	if err := l.Dump(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// server is the address of a PostgreSQL server: the one that HEARSAY_TEST_POSTGRES names,
// else one that .ci/postgres starts or finds. Empty where there is none, or with -short.
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

var toldSkipped sync.Once

func postgresServer(t testing.TB) string {
	where, problem := server()
	if where == "" {
		toldSkipped.Do(func() { fmt.Fprintln(os.Stderr, "ledger: the tests on PostgreSQL are skipped: "+problem) })
	}
	return where
}

var databases atomic.Int64

// newDatabase makes a database and drops it when the test ends.
func newDatabase(t testing.TB, server string) string {
	t.Helper()
	name := fmt.Sprintf("hearsay_test_%d_%d", os.Getpid(), databases.Add(1))
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		db, err := sql.Open("pgx", server)
		if err == nil {
			_, err = db.ExecContext(context.Background(), "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)")
			db.Close()
		}
		if err != nil {
			t.Log(err)
		}
	})
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}
