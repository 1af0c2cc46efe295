package ledger

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// tables are all that hold something which cannot be made again, in an order in which each
// names only rows of those before it. The first column is what they are read in order of.
var tables = []struct {
	name    string
	columns string
}{
	{"head", "one, recorded, articles, statements"},
	{"raw", "hash, media, size, recorded, body"},
	{"article", "id, name, locator, outlet, title, published, fetched, text_hash, raw_hash, recorded, before, replaced, reading, labels"},
	{"reading", "article, number, reader, recorded, frame"},
	{"statement", "id, article, reading, label, since, until"},
	{"mark", "hash, article, label"},
	{"link", "id, a_article, a_label, b_article, b_label, score, evidence, person, recorded, until"},
	{"telling", "id, claim_article, claim_label, article, label, since, until"},
	{"correction", "id, article, label, what, value, person, reason, recorded"},
	{"redaction", "id, name, text_hash, raw_hash, person, reason, recorded"},
	{"feed", feedColumns},
	{"task", "id, run, name, payload, state, tries, due, problem"},
	{"checkpoint", "name, value, recorded"},
}

// Backup writes the ledger, as it is at one moment, to a new file while others go on: of
// SQLite a file that is a ledger itself, of PostgreSQL what [Ledger.Dump] writes, compressed with zstd.
func (l *Ledger) Backup(ctx context.Context, path string) error {
	return l.fail("back up to "+path, l.dialect.backup(ctx, l, path))
}

func (l *Ledger) dumpTo(ctx context.Context, path string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	z, err := zstd.NewWriter(f)
	if err == nil {
		err = l.Dump(ctx, z)
		err = errors.Join(err, z.Close())
	}
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(path)
	}
	return err
}

const dumpSchema = "hearsay/ledger/1"

// Dump writes all rows as lines of JSON, the same from either database: the first line
// names the schema, each other a table and its values in the order of its columns, bytes as
// {"b": base64}, and the last says how many rows there were.
func (l *Ledger) Dump(ctx context.Context, w io.Writer) error { return l.fail("dump", l.dump(ctx, w)) }

func (l *Ledger) dump(ctx context.Context, w io.Writer) error {
	// One snapshot for all tables.
	tx, err := l.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: l.dialect.snapshot()})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	out := bufio.NewWriterSize(w, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(map[string]any{"schema": dumpSchema}); err != nil {
		return err
	}
	n := 0
	for _, t := range tables {
		key, _, _ := strings.Cut(t.columns, ",")
		if t.name == "reading" || t.name == "mark" {
			key = "1, 2, 3"
			if t.name == "reading" {
				key = "article, number"
			}
		}
		rows, err := tx.QueryContext(ctx, "SELECT "+t.columns+" FROM "+t.name+" ORDER BY "+key)
		if err != nil {
			return err
		}
		defer rows.Close()
		width := strings.Count(t.columns, ",") + 1
		for rows.Next() {
			values, into := make([]any, width), make([]any, width)
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				return err
			}
			for i, v := range values {
				if b, ok := v.([]byte); ok {
					values[i] = map[string]string{"b": base64.StdEncoding.EncodeToString(b)}
				}
			}
			if err := enc.Encode(map[string]any{"table": t.name, "row": values}); err != nil {
				return err
			}
			n++
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return err
		}
	}
	if err := enc.Encode(map[string]any{"rows": n}); err != nil {
		return err
	}
	return out.Flush()
}

// Restore fills an empty ledger with what [Ledger.Dump] wrote, plain or compressed with zstd,
// from either database, and makes the full-text index. It is done whole or not at all.
func (l *Ledger) Restore(ctx context.Context, r io.Reader) error {
	err := l.write(ctx, "restore", func(t *tx) error {
		var n int
		if err := t.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM article) + (SELECT count(*) FROM redaction) + (SELECT count(*) FROM feed)`).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			return errors.New("the ledger is not empty")
		}
		return t.restore(r)
	})
	if err != nil {
		return err
	}
	return l.Reindex(ctx)
}

func (t *tx) restore(r io.Reader) error {
	in := bufio.NewReaderSize(r, 1<<16)
	if magic, _ := in.Peek(4); bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}) {
		z, err := zstd.NewReader(in)
		if err != nil {
			return err
		}
		defer z.Close()
		in = bufio.NewReaderSize(z, 1<<16)
	}
	columns := map[string][]string{}
	for _, t := range tables {
		columns[t.name] = strings.Split(t.columns, ", ")
	}
	var table string
	var rows [][]any
	befores := map[int64]int64{} // set at the end, since an article may name a later row
	flush := func() error {
		err := t.insert(table, columns[table], rows)
		rows = nil
		if err != nil {
			return fmt.Errorf("rows of %s: %w", table, err)
		}
		return nil
	}
	dec := json.NewDecoder(in)
	dec.UseNumber()
	n, ended := 0, false
	for line := 1; !ended; line++ {
		var v struct {
			Schema string
			Table  string
			Row    []any
			Rows   *int
		}
		if err := dec.Decode(&v); err != nil {
			return fmt.Errorf("line %d: the dump is cut off or damaged: %w", line, err)
		}
		switch {
		case line == 1:
			if v.Schema != dumpSchema {
				return fmt.Errorf("line 1: schema %q, this program reads %q", v.Schema, dumpSchema)
			}
		case v.Rows != nil:
			if ended = true; *v.Rows != n {
				return fmt.Errorf("line %d: the dump says %d rows and has %d", line, *v.Rows, n)
			}
		default:
			if len(columns[v.Table]) == 0 || len(v.Row) != len(columns[v.Table]) {
				return fmt.Errorf("line %d: table %q with %d columns", line, v.Table, len(v.Row))
			}
			n++
			for i := range v.Row {
				var err error
				if v.Row[i], err = undump(v.Row[i]); err != nil {
					return fmt.Errorf("line %d: %w", line, err)
				}
			}
			if v.Table == "head" {
				last, articles, statements := v.Row[1].(int64), v.Row[2].(int64), v.Row[3].(int64)
				t.now, t.head.articles, t.head.statements = max(t.now, last), articles, statements
				continue
			}
			if v.Table == "article" {
				if before, ok := v.Row[10].(int64); ok {
					befores[v.Row[0].(int64)] = before
					v.Row[10] = nil
				}
			}
			if v.Table != table || len(rows) >= 500 {
				if err := flush(); err != nil {
					return err
				}
				table = v.Table
			}
			rows = append(rows, v.Row)
		}
	}
	if err := flush(); err != nil {
		return err
	}
	for id, before := range befores {
		if _, err := t.exec(`UPDATE article SET before = $1 WHERE id = $2`, before, id); err != nil {
			return err
		}
	}
	for _, q := range t.l.dialect.restored() {
		if _, err := t.ExecContext(t.ctx, q); err != nil {
			return err
		}
	}
	t.record()
	return nil
}

func undump(v any) (any, error) {
	switch x := v.(type) {
	case json.Number:
		if n, err := x.Int64(); err == nil {
			return n, nil
		}
		return x.Float64()
	case map[string]any:
		s, _ := x["b"].(string)
		return base64.StdEncoding.DecodeString(s)
	}
	return v, nil
}

// Reindex makes the full-text index anew from what is stored, in one transaction.
func (l *Ledger) Reindex(ctx context.Context) error {
	return l.write(ctx, "make the full-text index", func(t *tx) error {
		for _, c := range []*catalogue{ofStatements, ofArticles} {
			if _, err := t.ExecContext(t.ctx, l.dialect.clear(c)); err != nil {
				return err
			}
		}
		t.record()
		for last := int64(-1); ; {
			ids, err := column[int64](t.ctx, t.Tx, `SELECT id FROM article WHERE id > $1 ORDER BY id LIMIT 200`, last)
			if err != nil || len(ids) == 0 {
				return err
			}
			var s shelf
			for _, id := range ids {
				if err := t.reindex(&s, id); err != nil {
					return fmt.Errorf("article %d: %w", id, err)
				}
			}
			if err := t.flush(&s); err != nil {
				return err
			}
			last = ids[len(ids)-1]
		}
	})
}

// reindex gathers what the indexes hold of an article: each row of a statement as it was
// when the row was made.
func (t *tx) reindex(s *shelf, article int64) error {
	rows, err := t.QueryContext(t.ctx, `SELECT id, label, since FROM statement WHERE article = $1 ORDER BY since, id`, article)
	if err != nil {
		return err
	}
	defer rows.Close()
	type row struct{ id, label, since int64 }
	var all []row
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.id, &r.label, &r.since); err != nil {
			return err
		}
		all = append(all, r)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	for len(all) > 0 {
		v, err := load(t.ctx, t.Tx, article, all[0].since)
		if err != nil {
			return err
		}
		at := map[string]int{}
		for i := range v.Article.Statements {
			at[v.Article.Statements[i].ID] = i
		}
		var of []int
		var ids []int64
		n := 0
		for ; n < len(all) && all[n].since == all[0].since; n++ {
			i, ok := at[labelled(all[n].label)]
			if !ok {
				return fmt.Errorf("%w: it has no statement s%d", errFrame, all[n].label)
			}
			of, ids = append(of, i), append(ids, all[n].id)
		}
		for i, e := range statementEntries(v.Article, of) {
			e.id = ids[i]
			s.parts = append(s.parts, e)
		}
		all = all[n:]
	}
	v, err := load(t.ctx, t.Tx, article, t.now)
	if err != nil {
		return err
	}
	whole := articleEntry(v.Article)
	whole.id = article
	s.whole = append(s.whole, whole)
	return nil
}

// Compact gives unused room back and merges the parts of the full-text index.
func (l *Ledger) Compact(ctx context.Context) error {
	return l.fail("compact", l.dialect.purge(ctx, l))
}
