package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// postgres is a ledger in a database of a PostgreSQL server, in the first schema of the
// search path.
type postgres struct{ url string }

func (p *postgres) migrations() string { return "postgres" }

func (p *postgres) open(ctx context.Context) (reads, writes *sql.DB, where string, err error) {
	where = "postgres://…"
	if u, err := url.Parse(p.url); err == nil {
		u.RawQuery = ""
		where = u.Redacted()
	}
	config, err := pgx.ParseConfig(p.url)
	if err != nil {
		return nil, nil, where, errors.New("the address is not one of PostgreSQL: postgres://user:password@host:port/database")
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(12)
	db.SetMaxIdleConns(6)
	var encoding string
	if err := db.QueryRowContext(ctx, `SHOW server_encoding`).Scan(&encoding); err != nil {
		return db, db, where, err
	}
	if encoding != "UTF8" {
		return db, db, where, fmt.Errorf("the database has the encoding %s; it must be UTF8", encoding)
	}
	return db, db, where, nil
}

func (p *postgres) foreign(ctx context.Context, db *sql.DB) (bool, error) {
	var tables, ours int
	err := db.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE tablename IN ('goose_db_version', 'head')) FROM pg_tables WHERE schemaname = current_schema()`).
		Scan(&tables, &ours)
	return tables > 0 && ours == 0, err
}

func (p *postgres) lock() string { return " FOR UPDATE" }

// insert adds rows with as many to a statement as the protocol's 65,535 arguments allow.
func (p *postgres) insert(ctx context.Context, tx *sql.Tx, table string, columns []string, rows [][]any) error {
	const most = 1000
	for len(rows) > 0 {
		n := min(len(rows), most)
		var values []string
		var args []any
		for i, r := range rows[:n] {
			values = append(values, "("+places(i*len(columns)+1, len(columns))+")")
			args = append(args, r...)
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO "+table+" ("+strings.Join(columns, ", ")+") VALUES "+strings.Join(values, ", "), args...); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// weights are the labels of the columns of a catalogue inside its tsvector.
const weights = "ABCD"

// index makes one tsvector of an entry. Its columns differ in weight and are kept apart by a
// word, so that no phrase reaches across; facets are lexemes that begin with a sign that no
// word has.
func (p *postgres) index(ctx context.Context, tx *sql.Tx, of *catalogue, entries []entry) error {
	for len(entries) > 0 {
		n := min(len(entries), 1000)
		ids := make([]int64, n)
		columns := make([][]string, len(of.columns))
		marks := make([]string, n)
		for i, e := range entries[:n] {
			ids[i] = e.id
			for c := range columns {
				columns[c] = append(columns[c], e.columns[c])
			}
			marks[i] = "=" + strings.Join(e.facets, " =")
		}
		args := []any{ids, marks}
		names, vector, arrays := "", "array_to_tsvector(string_to_array(m, ' '))", "$1::bigint[], $2::text[]"
		for c := range columns {
			args = append(args, columns[c])
			names += fmt.Sprintf(", c%d", c)
			arrays += fmt.Sprintf(", $%d::text[]", len(args))
			vector += fmt.Sprintf(" || setweight(to_tsvector('hearsay', '%s' || c%d), '%c')", strings.TrimLeft(gap, " "), c, weights[c])
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO "+of.table+" (rowid, words) SELECT id, "+vector+" FROM unnest("+arrays+") AS e (id, m"+names+")", args...); err != nil {
			return err
		}
		entries = entries[n:]
	}
	return nil
}

// match writes a tsquery: words are stemmed by the server, facets are taken as they are.
func (p *postgres) match(of *catalogue, w where, n int) (string, []any) {
	var facets []string
	for _, f := range w.facets {
		var any []string
		for _, one := range f {
			any = append(any, "'="+one+"'")
		}
		facets = append(facets, "("+strings.Join(any, " | ")+")")
	}
	if len(facets) == 0 {
		facets = append(facets, "'="+everything+"'")
	}
	var words []string
	for _, p := range w.phrases {
		weight := ""
		for c, name := range of.columns {
			for _, in := range p.columns {
				if in == name {
					weight += weights[c : c+1]
				}
			}
		}
		var phrase []string
		for _, word := range p.words {
			phrase = append(phrase, "'"+word+"':"+weight)
		}
		term := "(" + strings.Join(phrase, " <-> ") + ")"
		if p.not {
			term = "!" + term
		}
		words = append(words, term)
	}
	query, args := fmt.Sprintf("$%d::tsquery", n), []any{strings.Join(facets, " & ")}
	if len(words) > 0 {
		query = fmt.Sprintf("(to_tsquery('hearsay', $%d) && %s)", n+1, query)
		args = append(args, strings.Join(words, " & "))
	}
	return of.table + ".words @@ " + query, args
}

// stretch has a value because PostgreSQL, told that no more are wanted, reads numbers
// backwards where a word is common instead of gathering and sorting all that match.
func (p *postgres) stretch() int { return stretch }

// stretch is a variable so that tests can make it short.
var stretch = 1000

func (p *postgres) ranked(of *plan) string {
	table := of.of.table
	query := "NULL::tsquery" // nothing to rank by
	if of.where.asks() {
		query = strings.TrimPrefix(of.match(p, where{phrases: of.where.phrases}), table+".words @@ ")
	}
	return "SELECT " + table + ".rowid AS id, coalesce(-ts_rank(" + table + ".words, " + query + ", 1), 0)::float8 AS rank" + of.matched +
		" ORDER BY " + table + ".rowid DESC LIMIT " + strconv.Itoa(ranked)
}

func (p *postgres) why(err error) (string, bool) {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		switch {
		case e.Code == "53100":
			return "the server's disk is full", false
		case e.Code == "25006":
			return "the database is read-only", false
		case e.Code == "42501":
			return "no permission", false
		case e.Code == "3D000":
			return "the server has no such database", false
		case e.Code == "40001", e.Code == "40P01", e.Code == "55P03":
			return "another process was writing", true
		case strings.HasPrefix(e.Code, "28"):
			return "the server does not let this user in", false
		case strings.HasPrefix(e.Code, "57P"), strings.HasPrefix(e.Code, "08"), strings.HasPrefix(e.Code, "53"):
			return "the server is stopping, starting or too busy", true
		}
		return "", false
	}
	var connect *pgconn.ConnectError
	var network net.Error
	if errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, driver.ErrBadConn) || err != nil && strings.Contains(err.Error(), "conn closed") {
		return "the database is gone", true
	}
	return "", false
}

func (p *postgres) check(ctx context.Context, l *Ledger) ([]string, error) {
	// References are the server's to hold; what it cannot see is an index that it was told is valid.
	return column[string](ctx, l.reads, `SELECT c.relname || ': the index is not valid' FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
		JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT i.indisvalid AND n.nspname = current_schema()`)
}

func (p *postgres) indexed(of *catalogue) (table, id string) { return of.table, "rowid" }

func (p *postgres) clear(of *catalogue) string { return "DELETE FROM " + of.table }

// purge writes the tables that hold text anew. What the server has logged or archived is
// its own keeper's to remove.
func (p *postgres) purge(ctx context.Context, l *Ledger) error {
	for _, table := range tables {
		if _, err := l.writes.ExecContext(ctx, "VACUUM (FULL, ANALYZE) "+table.name); err != nil {
			return err
		}
	}
	for _, of := range []*catalogue{ofStatements, ofArticles} {
		if _, err := l.writes.ExecContext(ctx, "VACUUM (FULL, ANALYZE) "+of.table); err != nil {
			return err
		}
	}
	return nil
}

func (p *postgres) backup(ctx context.Context, l *Ledger, path string) error {
	return l.dumpTo(ctx, path)
}

func (p *postgres) snapshot() sql.IsolationLevel { return sql.LevelRepeatableRead }

func (p *postgres) restored() []string {
	var out []string
	for _, t := range []string{"link", "telling", "correction", "redaction", "task"} {
		out = append(out, "SELECT setval(pg_get_serial_sequence('"+t+"', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM "+t+"), false)")
	}
	return out
}

func (p *postgres) size(ctx context.Context, db *sql.DB) (n int64, err error) {
	err = db.QueryRowContext(ctx, `SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
		WHERE c.relkind = 'r' AND n.nspname = current_schema()`).Scan(&n)
	return n, err
}
