package ledger

import (
	"context"
	"strconv"
)

// ranked is how many of the newest that fit are put in order of rank. It bounds the time of
// a query for a common word.
const ranked = 1000

// match is a row that an index has given.
type match struct {
	cursor
	article, reading, label int64
	about                   aboutScan
	frame                   []byte
	corrected               int64
}

// plan is a query for what matches a filter, as parts of a SELECT whose arguments are args:
// $1 is the moment of the view.
type plan struct {
	of    *catalogue
	where where
	// matched is FROM and WHERE of the index, whose rowid is the number of what matches.
	matched string
	// join and known add the rows of statement and article, and leave those that were known.
	join, known string
	args        []any
}

func (p *plan) bind(x any) string {
	p.args = append(p.args, x)
	return "$" + strconv.Itoa(len(p.args))
}

// match is the condition that the index matches w.
func (p *plan) match(d dialect, w where) string {
	condition, args := d.match(p.of, w, len(p.args)+1)
	p.args = append(p.args, args...)
	return condition
}

func (v View) plan(f *Filter, of *catalogue, more ...[]string) (*plan, error) {
	w, err := f.terms(of)
	if err != nil {
		return nil, err
	}
	w.facets = append(w.facets, more...)
	from, to, err := f.days()
	if err != nil {
		return nil, err
	}
	p := &plan{of: of, where: w, args: []any{v.at, from, to}}
	condition := p.match(v.l.dialect, w)
	p.matched = " FROM " + of.table + " WHERE " + condition + " AND " + of.table + ".rowid >= $2 AND " + of.table + ".rowid < $3"
	if of == ofStatements {
		p.join = " CROSS JOIN statement s CROSS JOIN article a"
		p.known = "s.id = m.id AND a.id = s.article AND s.since <= $1 AND (s.until IS NULL OR s.until > $1)"
	} else {
		p.join = " CROSS JOIN article a"
		p.known = "a.id = m.id AND a.recorded <= $1"
	}
	if !f.Revisions {
		p.known += " AND (a.replaced IS NULL OR a.replaced > $1)"
	}
	return p, nil
}

// newest is a SELECT of the numbers that match, the newest before c first.
func (p *plan) newest(d dialect, c cursor) string {
	rowid := p.of.table + ".rowid"
	q := "SELECT " + rowid + " AS id" + p.matched
	if c.set {
		q += " AND " + rowid + " < " + p.bind(c.id)
	}
	q += " ORDER BY " + rowid + " DESC"
	if n := d.stretch(); n > 0 {
		q += " LIMIT " + strconv.Itoa(n)
	}
	return q
}

// best is the same in the order of rank.
func (p *plan) best(d dialect, c cursor) string {
	q := "SELECT n.id, n.rank FROM (" + d.ranked(p) + ") n"
	if c.set {
		r := p.bind(c.rank)
		q += " WHERE n.rank > " + r + " OR n.rank = " + r + " AND n.id < " + p.bind(c.id)
	}
	return q + " ORDER BY n.rank, n.id DESC"
}

// query is the SELECT of up to limit rows after c. The index gives numbers in the order
// wanted, and the rows of each are looked at until there are enough: that is quick because
// the index leaves out all that the facets leave out, and nothing has to be sorted.
func (p *plan) query(d dialect, byRank bool, c cursor, limit int) string {
	var inner, order, rank string
	if byRank {
		inner, order, rank = p.best(d, c), "m.rank, m.id DESC", "m.rank"
	} else {
		inner, order, rank = p.newest(d, c), "m.id DESC", "0.0"
	}
	columns := "s.article, s.reading, s.label, (SELECT count(*) FROM correction c WHERE c.article = s.article AND c.label = s.label AND c.recorded <= $1)"
	if p.of == ofArticles {
		columns = "a.id, a.reading, 0, 0" // an article stands for its own reading
	}
	return "SELECT m.id, " + rank + ", " + columns + ", " + aboutColumns + " FROM (" + inner + ") m" + p.join +
		" WHERE " + p.known + " ORDER BY " + order + " LIMIT " + p.bind(limit)
}

// matches returns up to limit rows after c.
func (v View) matches(ctx context.Context, f *Filter, of *catalogue, c cursor, limit int) ([]match, error) {
	d := v.l.dialect
	var out []match
	for {
		p, err := v.plan(f, of)
		if err != nil {
			return nil, err
		}
		query := p.query(d, f.ByRank, c, limit-len(out)) // which adds arguments
		found, err := v.rows(ctx, query, p.args)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
		if f.ByRank || len(out) == limit || d.stretch() == 0 {
			return out, nil
		}
		// Was that all, or the end of a stretch?
		if p, err = v.plan(f, of); err != nil {
			return nil, err
		}
		var n int
		query = "SELECT count(*), coalesce(min(id), 0) FROM (" + p.newest(d, c) + ") m WHERE $1 = CAST($1 AS BIGINT)"
		if err := v.l.reads.QueryRowContext(ctx, query, p.args...).Scan(&n, &c.id); err != nil {
			return nil, err
		}
		if c.set = true; n < d.stretch() {
			return out, nil
		}
	}
}

// rows returns what a query of [plan.query] gives.
func (v View) rows(ctx context.Context, query string, args []any) ([]match, error) {
	rows, err := v.l.reads.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []match
	for rows.Next() {
		var m match
		if err := rows.Scan(append([]any{&m.id, &m.rank, &m.article, &m.reading, &m.label, &m.corrected}, m.about.into()...)...); err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, rows.Err()
}
