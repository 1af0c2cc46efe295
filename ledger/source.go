package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// SourcePage is what the ledger has of a source.
type SourcePage struct {
	Name       string  `json:"name"`
	Statements int     `json:"statements"`
	Kinds      []Count `json:"kinds"`
	Outlets    []Count `json:"outlets"`
	// Certainty is how sure the source was of its own statements.
	Certainty []Count `json:"certainty"`
	// First and Last are days of publication.
	First string       `json:"first"`
	Last  string       `json:"last"`
	Found Results[Hit] `json:"found"` // the newest statements
}

// Count is how many there are of something.
type Count struct {
	What string `json:"what"`
	N    int    `json:"n"`
}

// Source returns what a source said: a name whole or its id in the knowledge base, or where
// no source has that, words of the name. f may narrow and page what is found.
func (v View) Source(ctx context.Context, name string, f Filter) (*SourcePage, error) {
	p, err := v.source(ctx, name, f)
	return p, v.l.fail("open source "+name, err)
}

func (v View) source(ctx context.Context, name string, f Filter) (*SourcePage, error) {
	p := &SourcePage{Name: name}
	f.Entity = name
	outlets, err := v.tally(ctx, &f, p)
	if err == nil && p.Statements == 0 {
		f.Entity, f.Source = "", name
		outlets, err = v.tally(ctx, &f, p)
	}
	if err != nil {
		return nil, err
	}
	if p.Statements == 0 {
		return nil, ErrNotFound
	}
	p.Outlets = outlets
	for _, k := range kinds {
		if err := v.count(ctx, &f, &p.Kinds, k, facet(hasKind, k)); err != nil {
			return nil, err
		}
	}
	for _, c := range []string{"CT+", "PR+", "PS+", "UU", "PS-", "PR-", "CT-"} {
		if err := v.count(ctx, &f, &p.Certainty, c, facet(hasOwn, signed(c))); err != nil {
			return nil, err
		}
	}
	p.Found, err = find(ctx, v, &f, ofStatements, v.hit)
	return p, err
}

// tally counts what a filter finds by outlet, and fills numbers and days.
func (v View) tally(ctx context.Context, f *Filter, p *SourcePage) ([]Count, error) {
	plan, err := v.plan(f, ofStatements)
	if err != nil {
		return nil, err
	}
	rows, err := v.l.reads.QueryContext(ctx, "SELECT a.outlet, count(*), min(m.id), max(m.id) FROM (SELECT "+plan.of.table+".rowid AS id"+plan.matched+") m"+
		plan.join+" WHERE "+plan.known+" GROUP BY a.outlet", plan.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Count{}
	var first, last int64
	for rows.Next() {
		var c Count
		var from, to int64
		if err := rows.Scan(&c.What, &c.N, &from, &to); err != nil {
			return nil, err
		}
		if first == 0 || from < first {
			first = from
		}
		last = max(last, to)
		p.Statements += c.N
		out = append(out, c)
	}
	p.First, p.Last = dateOf(first), dateOf(last)
	slices.SortFunc(out, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.What, b.What)) })
	return out, rows.Err()
}

// count adds how many statements that a filter finds have a facet.
func (v View) count(ctx context.Context, f *Filter, to *[]Count, what, facet string) error {
	plan, err := v.plan(f, ofStatements, []string{facet})
	if err != nil {
		return err
	}
	var n int
	err = v.l.reads.QueryRowContext(ctx, "SELECT count(*) FROM (SELECT "+plan.of.table+".rowid AS id"+plan.matched+") m"+plan.join+" WHERE "+plan.known, plan.args...).Scan(&n)
	if err == nil && n > 0 {
		*to = append(*to, Count{what, n})
	}
	return err
}

// dateOf is the day of a number, or "" for 0.
func dateOf(number int64) string {
	if number == 0 {
		return ""
	}
	return time.Unix((number>>serialBits)*86400-62135596800, 0).UTC().Format(time.DateOnly)
}
