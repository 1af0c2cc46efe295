package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	driver "modernc.org/sqlite"
	code "modernc.org/sqlite/lib"
)

// patience is how long a writer waits for the writer of another process.
const patience = 10 * time.Second

// sqlite is a ledger in a file.
type sqlite struct {
	path string
	busy time.Duration
}

func (s *sqlite) migrations() string { return "sqlite" }

// open makes the file where there is none. A write-ahead log lets readers go on while one
// writes; every commit is synced, so that what was reported as stored outlives a power cut.
func (s *sqlite) open(ctx context.Context) (reads, writes *sql.DB, where string, err error) {
	where = s.path
	if dir := filepath.Dir(s.path); dir != "." {
		if _, err := os.Stat(dir); err != nil {
			return nil, nil, where, err
		}
	}
	if info, err := os.Stat(s.path); err == nil && info.IsDir() {
		return nil, nil, where, fmt.Errorf("is a folder")
	} else if err == nil {
		// SQLite says less clearly why it cannot write.
		f, err := os.OpenFile(s.path, os.O_RDWR, 0)
		if err != nil {
			return nil, nil, where, err
		}
		f.Close()
	}
	pragmas := func(more ...string) string {
		q := url.Values{"_pragma": append([]string{
			fmt.Sprintf("busy_timeout(%d)", s.busy.Milliseconds()), "foreign_keys(1)", "temp_store(memory)"}, more...)}
		return "file:" + (&url.URL{Path: s.path}).EscapedPath() + "?" + q.Encode()
	}
	writes, err = sql.Open("sqlite", pragmas("page_size(4096)", "journal_mode(wal)", "synchronous(full)",
		"cache_size(-65536)", "secure_delete(1)", "journal_size_limit(67108864)")+"&_txlock=immediate")
	if err != nil {
		return nil, nil, where, err
	}
	writes.SetMaxOpenConns(1)
	if err := writes.PingContext(ctx); err != nil {
		return nil, writes, where, err
	}
	reads, err = sql.Open("sqlite", pragmas("query_only(1)", "cache_size(-16384)"))
	if err != nil {
		return nil, writes, where, err
	}
	n := max(2, runtime.NumCPU())
	reads.SetMaxOpenConns(n)
	reads.SetMaxIdleConns(n)
	return reads, writes, where, nil
}

func (s *sqlite) foreign(ctx context.Context, db *sql.DB) (bool, error) {
	var tables, ours int
	err := db.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE name IN ('goose_db_version', 'head')) FROM sqlite_master`).Scan(&tables, &ours)
	return tables > 0 && ours == 0, err
}

func (s *sqlite) lock() string { return "" } // the transaction began with the lock

func (s *sqlite) insert(ctx context.Context, tx *sql.Tx, table string, columns []string, rows [][]any) error {
	into, err := tx.PrepareContext(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES ("+places(1, len(columns))+")")
	if err != nil {
		return err
	}
	defer into.Close()
	for _, r := range rows {
		if _, err := into.ExecContext(ctx, r...); err != nil {
			return err
		}
	}
	return nil
}

// places returns "$3, $4" for two arguments from the third.
func places(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "$%d", from+i)
	}
	return b.String()
}

// index needs rising ids: FTS5 writes what it has gathered to disk whenever one is smaller
// than the one before.
func (s *sqlite) index(ctx context.Context, tx *sql.Tx, of *catalogue, entries []entry) error {
	rows := make([][]any, len(entries))
	for i, e := range entries {
		rows[i] = append(rows[i], e.id)
		for _, c := range e.columns {
			rows[i] = append(rows[i], c)
		}
		rows[i] = append(rows[i], strings.Join(e.facets, " "))
	}
	return s.insert(ctx, tx, of.table, append(append([]string{"rowid"}, of.columns...), "facets"), rows)
}

// match writes an FTS5 expression. All words come from fold and are quoted, so that
// nothing in them is an operator.
func (s *sqlite) match(of *catalogue, w where, n int) (string, []any) {
	var all []string
	for _, f := range w.facets {
		var any []string
		for _, one := range f {
			any = append(any, `"`+one+`"`)
		}
		all = append(all, "facets : ("+strings.Join(any, " OR ")+")")
	}
	var none []string
	for _, p := range w.phrases {
		term := "{" + strings.Join(p.columns, " ") + `} : "` + strings.Join(p.words, " ") + `"`
		if p.not {
			none = append(none, term)
		} else {
			all = append(all, term)
		}
	}
	if len(all) == 0 {
		all = append(all, "facets : "+everything)
	}
	expression := strings.Join(all, " AND ")
	if len(none) > 0 {
		expression = "(" + expression + ") NOT (" + strings.Join(none, " OR ") + ")"
	}
	return fmt.Sprintf("%s MATCH $%d", of.table, n), []any{expression}
}

func (s *sqlite) stretch() int { return 0 }

// ranked goes twice to the index where there are facets, first for all and then for the words
// alone, because FTS5 counts for its rank all entries that have a word, and facets are words that
// most entries have. The plus keeps it from looking for each number by itself.
func (s *sqlite) ranked(p *plan) string {
	rowid := p.of.table + ".rowid"
	newest := "SELECT " + rowid + " AS id%s" + p.matched + " ORDER BY " + rowid + " DESC LIMIT " + strconv.Itoa(ranked)
	words := where{phrases: p.where.phrases}
	switch {
	case !words.asks():
		return fmt.Sprintf(newest, ", 0.0 AS rank")
	case len(p.where.facets) == 0:
		return fmt.Sprintf(newest, ", "+p.of.table+".rank AS rank")
	}
	return "WITH c AS MATERIALIZED (" + fmt.Sprintf(newest, "") + ") SELECT " + rowid + " AS id, " + p.of.table + ".rank AS rank FROM " + p.of.table +
		" WHERE " + p.match(s, words) + " AND " + rowid + " >= (SELECT min(id) FROM c) AND +" + rowid + " IN (SELECT id FROM c)"
}

func (s *sqlite) why(err error) (string, bool) {
	var path *os.PathError
	if errors.As(err, &path) {
		switch {
		case errors.Is(err, os.ErrNotExist):
			return "no such folder", false
		case errors.Is(err, syscall.EROFS):
			return "the file is read-only", false
		case errors.Is(err, os.ErrPermission):
			return "this user may not write the file", false
		}
	}
	var e *driver.Error
	if !errors.As(err, &e) {
		return "", false
	}
	switch e.Code() & 0xff {
	case code.SQLITE_BUSY, code.SQLITE_LOCKED:
		return fmt.Sprintf("another process has been writing for more than %v", s.busy), true
	case code.SQLITE_FULL:
		return "the disk is full", false
	case code.SQLITE_READONLY:
		return "the file is read-only", false
	case code.SQLITE_PERM, code.SQLITE_AUTH:
		return "no permission", false
	case code.SQLITE_CANTOPEN:
		return "the file cannot be opened", false
	case code.SQLITE_NOTADB:
		return "the file is not a ledger", false
	case code.SQLITE_CORRUPT:
		return "the file is damaged", false
	case code.SQLITE_IOERR:
		return "the disk does not read or write", false
	case code.SQLITE_INTERRUPT:
		return "stopped", true
	}
	return "", false
}

func (s *sqlite) check(ctx context.Context, l *Ledger) ([]string, error) {
	out, err := column[string](ctx, l.writes, `PRAGMA integrity_check(20)`)
	if err != nil {
		return nil, err
	}
	out = slices.DeleteFunc(out, func(s string) bool { return s == "ok" })
	found, err := column[string](ctx, l.writes, `SELECT 'row ' || coalesce(rowid, '') || ' of ' || "table" || ' names a row of ' || parent || ' that is not there' FROM pragma_foreign_key_check`)
	if err != nil {
		return nil, err
	}
	out = append(out, found...)
	for _, c := range []*catalogue{ofStatements, ofArticles} {
		_, err := l.writes.ExecContext(ctx, "INSERT INTO "+c.table+" ("+c.table+") VALUES ('integrity-check')")
		var e *driver.Error
		if errors.As(err, &e) && e.Code()&0xff == code.SQLITE_CORRUPT {
			out = append(out, c.table+": the full-text index is damaged")
		} else if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// purge merges each full-text index into one, which drops the words of what was deleted,
// and then writes the file anew.
func (s *sqlite) purge(ctx context.Context, l *Ledger) error {
	for _, c := range []*catalogue{ofStatements, ofArticles} {
		if _, err := l.writes.ExecContext(ctx, "INSERT INTO "+c.table+" ("+c.table+") VALUES ('optimize')"); err != nil {
			return err
		}
	}
	for _, q := range []string{"VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"} {
		if _, err := l.writes.ExecContext(ctx, q); err != nil {
			return err
		}
	}
	return nil
}

func (s *sqlite) indexed(of *catalogue) (table, id string) { return of.table + "_docsize", "id" }

func (s *sqlite) clear(of *catalogue) string {
	return "INSERT INTO " + of.table + " (" + of.table + ") VALUES ('delete-all')"
}

// backup writes a copy of the file, which is a ledger itself.
func (s *sqlite) backup(ctx context.Context, l *Ledger, path string) error {
	if _, err := os.Stat(path); err == nil {
		return fmt.Errorf("%s is there already", path)
	}
	c, err := l.reads.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	// A connection for reading refuses even to write another file.
	if _, err := c.ExecContext(ctx, "PRAGMA query_only(0)"); err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, "VACUUM INTO $1", path)
	if err != nil {
		os.Remove(path)
	}
	_, again := c.ExecContext(context.WithoutCancel(ctx), "PRAGMA query_only(1)")
	return errors.Join(err, again)
}

func (s *sqlite) snapshot() sql.IsolationLevel { return sql.LevelDefault }

func (s *sqlite) restored() []string { return nil }

func (s *sqlite) size(ctx context.Context, db *sql.DB) (n int64, err error) {
	err = db.QueryRowContext(ctx, `SELECT page_count * page_size FROM pragma_page_count, pragma_page_size`).Scan(&n)
	return n, err
}
