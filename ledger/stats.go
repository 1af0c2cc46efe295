package ledger

import (
	"context"
	"time"
)

// Stats is how much the ledger holds.
type Stats struct {
	Articles    int `json:"articles"`
	Replaced    int `json:"replaced"` // of these, texts that a later one replaced
	Readings    int `json:"readings"`
	Statements  int `json:"statements"`
	Claims      int `json:"claims"`   // with more than one telling
	Tellings    int `json:"tellings"` // that these have
	Links       int `json:"links"`
	Corrections int `json:"corrections"`
	Redactions  int `json:"redactions"`
	Pages       int `json:"pages"` // kept as they came
	Feeds       int `json:"feeds"`
	Waiting     int `json:"waiting"` // tasks
	// Bytes is the room on disk, of which PageBytes are pages as they came.
	Bytes     int64 `json:"bytes"`
	PageBytes int64 `json:"pageBytes"`
	// First and Last are the days of publication, Recorded when something last changed.
	First    string    `json:"first,omitzero"`
	Last     string    `json:"last,omitzero"`
	Recorded time.Time `json:"recorded,omitzero"`
	Readers  []Count   `json:"readers"` // newest readings of articles, by who made them
	Schema   int64     `json:"schema"`
}

// Stats counts what was known; room, feeds and tasks are those of now.
func (v View) Stats(ctx context.Context) (*Stats, error) {
	s, err := v.stats(ctx)
	return s, v.l.fail("count", err)
}

func (v View) stats(ctx context.Context) (*Stats, error) {
	s := new(Stats)
	var first, last, recorded int64
	var pages int64
	for _, q := range []struct {
		query string
		into  []any
	}{
		{`SELECT count(*), count(CASE WHEN replaced <= $1 THEN 1 END), coalesce(min(id), 0), coalesce(max(id), 0), coalesce(max(recorded), 0) FROM article WHERE recorded <= $1`,
			[]any{&s.Articles, &s.Replaced, &first, &last, &recorded}},
		{`SELECT count(*) FROM reading WHERE recorded <= $1`, []any{&s.Readings}},
		{`SELECT count(*) FROM statement WHERE since <= $1 AND (until IS NULL OR until > $1)`, []any{&s.Statements}},
		{`SELECT coalesce(sum(n), 0), count(*) FROM (SELECT count(*) AS n FROM telling t WHERE ` + toldThen + ` GROUP BY t.claim_article, t.claim_label) c`, []any{&s.Tellings, &s.Claims}},
		{`SELECT count(*) FROM link WHERE recorded <= $1 AND (until IS NULL OR until > $1)`, []any{&s.Links}},
		{`SELECT count(*) FROM correction WHERE recorded <= $1`, []any{&s.Corrections}},
		{`SELECT count(*) FROM redaction WHERE recorded <= $1`, []any{&s.Redactions}},
		{`SELECT count(*), coalesce(sum(length(body)), 0) FROM raw WHERE recorded <= $1`, []any{&s.Pages, &pages}},
	} {
		if err := v.l.reads.QueryRowContext(ctx, q.query, v.at).Scan(q.into...); err != nil {
			return nil, err
		}
	}
	s.PageBytes = pages
	s.First, s.Last, s.Recorded = dateOf(first), dateOf(last), moment(recorded)
	err := v.l.reads.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM feed), (SELECT count(*) FROM task WHERE state = 'waiting')`).Scan(&s.Feeds, &s.Waiting)
	if err != nil {
		return nil, err
	}
	rows, err := v.l.reads.QueryContext(ctx, `SELECT r.reader, count(*) FROM reading r WHERE r.recorded <= $1
		AND r.number = (SELECT max(n.number) FROM reading n WHERE n.article = r.article AND n.recorded <= $1) GROUP BY r.reader ORDER BY 2 DESC, 1`, v.at)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	s.Readers = []Count{}
	for rows.Next() {
		var c Count
		if err := rows.Scan(&c.What, &c.N); err != nil {
			return nil, err
		}
		s.Readers = append(s.Readers, c)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	p, err := v.l.provider()
	if err != nil {
		return nil, err
	}
	if s.Schema, err = p.GetDBVersion(ctx); err != nil {
		return nil, err
	}
	s.Bytes, err = v.l.dialect.size(ctx, v.l.reads)
	return s, err
}
