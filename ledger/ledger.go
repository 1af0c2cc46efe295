package ledger

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Ledger is an open ledger. It is safe for concurrent use; several processes may have one
// open, and their writers wait for each other.
type Ledger struct {
	where   string // for people: without a password
	dialect dialect
	reads   *sql.DB
	writes  *sql.DB // of SQLite one connection, of PostgreSQL the same pool
	clock   func() time.Time
	group   group
}

// dialect is where SQLite and PostgreSQL differ. All other statements are the same for
// both, with $1 for the first argument.
type dialect interface {
	// open returns pools for reading and for writing, and a name for messages.
	open(ctx context.Context) (reads, writes *sql.DB, where string, err error)
	// migrations names the folder of migrations, and goose's name for the dialect.
	migrations() string
	// foreign says whether the database has tables, none of which are a ledger's.
	foreign(ctx context.Context, db *sql.DB) (bool, error)
	// lock is the end of the SELECT of a writing transaction that waits for other writers.
	lock() string
	// insert adds rows to a table.
	insert(ctx context.Context, tx *sql.Tx, table string, columns []string, rows [][]any) error
	// index adds entries, in rising order of their ids, to the full-text table of statements or articles.
	index(ctx context.Context, tx *sql.Tx, of *catalogue, entries []entry) error
	// match returns a condition on the full-text table, whose arguments begin at $n.
	match(of *catalogue, w where, n int) (condition string, args []any)
	// stretch is how many matches are looked at before there must be others, or 0 where the
	// index gives them one by one.
	stretch() int
	// ranked is a SELECT of id and rank of the newest that match a plan, as many as the
	// constant of that name says. The rank is smaller where an entry fits better.
	ranked(p *plan) string
	// why tells the cause of an error in plain words, or "", and whether to try again.
	why(err error) (string, bool)
	// check returns complaints about the database's own structures.
	check(ctx context.Context, l *Ledger) ([]string, error)
	// purge gives the room of deleted rows back, so that nothing of them is left.
	purge(ctx context.Context, l *Ledger) error
	// indexed names the table and the column with the ids that an index has.
	indexed(of *catalogue) (table, id string)
	// clear is a statement that empties an index.
	clear(of *catalogue) string
	// backup writes all of the ledger to a new file.
	backup(ctx context.Context, l *Ledger, path string) error
	// snapshot is the level at which a transaction that reads sees one moment.
	snapshot() sql.IsolationLevel
	// restored are statements to run after rows with given numbers were added.
	restored() []string
	// size is the room taken on disk in bytes.
	size(ctx context.Context, db *sql.DB) (int64, error)
}

// Open opens the ledger at a path or an address, and makes it where there is none: "" is
// the file ledger.db in the user's data directory, "postgres://…" a database of a
// PostgreSQL server, anything else a file of SQLite. Tables of an older program are
// brought up to date; those of a newer one give [ErrNewer].
func Open(ctx context.Context, where string) (*Ledger, error) {
	if strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://") {
		return open(ctx, &postgres{url: where})
	}
	if where == "" {
		path, err := DefaultPath()
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, &Error{Op: "open", Where: path, Err: err}
		}
		where = path
	}
	return open(ctx, &sqlite{path: where, busy: patience})
}

func open(ctx context.Context, d dialect) (*Ledger, error) {
	l := &Ledger{dialect: d, clock: time.Now}
	var err error
	l.reads, l.writes, l.where, err = d.open(ctx)
	if err == nil {
		err = l.migrate(ctx)
	}
	if err != nil {
		l.Close()
		return nil, l.fail("open", err)
	}
	return l, nil
}

// Close waits for writes under way and closes the ledger.
func (l *Ledger) Close() error {
	l.group.wait()
	var errs []error
	if l.reads != nil && l.reads != l.writes {
		errs = append(errs, l.reads.Close())
	}
	if l.writes != nil {
		errs = append(errs, l.writes.Close())
	}
	return l.fail("close", errors.Join(errs...))
}

// Where is the path or the address of the ledger, without a password.
func (l *Ledger) Where() string { return l.where }

// DefaultPath is where the ledger is kept when none is named: hearsay/ledger.db in the
// user's data directory.
func DefaultPath() (string, error) {
	home, err := os.UserHomeDir()
	var dir string
	switch data := os.Getenv("XDG_DATA_HOME"); {
	case filepath.IsAbs(data):
		dir, err = data, nil
	case runtime.GOOS == "windows":
		if local := os.Getenv("LocalAppData"); local != "" {
			dir, err = local, nil
		}
	case runtime.GOOS == "darwin":
		dir = filepath.Join(home, "Library", "Application Support")
	default:
		dir = filepath.Join(home, ".local", "share")
	}
	if err != nil {
		return "", &Error{Op: "open", Where: "the default ledger", Err: err}
	}
	return filepath.Join(dir, "hearsay", "ledger.db"), nil
}

// tx is a writing transaction. It holds the lock of the one writer from its beginning.
type tx struct {
	*sql.Tx
	ctx context.Context
	l   *Ledger
	// now is the moment of all that the transaction records, later than that of every one
	// before it even where the clock went back.
	now     int64
	changed bool
	head    struct{ articles, statements int64 } // the last numbers given
}

// write runs f in a transaction, which is stored whole or not at all. Where f has not
// called record the transaction is rolled back.
func (l *Ledger) write(ctx context.Context, op string, f func(*tx) error) error {
	begun, err := l.writes.BeginTx(ctx, nil)
	if err != nil {
		return l.fail(op, err)
	}
	defer begun.Rollback()
	t := &tx{Tx: begun, ctx: ctx, l: l}
	var last int64
	err = begun.QueryRowContext(ctx, `SELECT recorded, articles, statements FROM head`+l.dialect.lock()).
		Scan(&last, &t.head.articles, &t.head.statements)
	if err == nil {
		t.now = max(l.clock().UnixMicro(), last+1)
		err = f(t)
	}
	if err == nil && t.changed {
		_, err = begun.ExecContext(ctx, `UPDATE head SET recorded = $1, articles = $2, statements = $3`,
			t.now, t.head.articles, t.head.statements)
		if err == nil {
			err = begun.Commit()
		}
	}
	return l.fail(op, err)
}

// record says that the transaction changes something, and returns its moment.
func (t *tx) record() int64 {
	t.changed = true
	return t.now
}

// exec runs a statement that changes something and returns the number of rows it met.
func (t *tx) exec(query string, args ...any) (int64, error) {
	r, err := t.ExecContext(t.ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	if n > 0 {
		t.record()
	}
	return n, err
}

// insert adds rows to a table.
func (t *tx) insert(table string, columns []string, rows [][]any) error {
	if len(rows) == 0 {
		return nil
	}
	t.record()
	return t.l.dialect.insert(t.ctx, t.Tx, table, columns, rows)
}

// none says whether a query found no row.
func none(err error) bool { return errors.Is(err, sql.ErrNoRows) }

func moment(micro int64) time.Time {
	if micro == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micro).UTC()
}

func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}
