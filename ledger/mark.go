package ledger

import (
	"cmp"
	"context"
	"slices"

	"hearsay/claim"
)

// Marked is a statement, or with an empty Statement an article, that has some of the marks
// asked for.
type Marked struct {
	claim.Telling
	Marks int // how many it has
}

// Marked returns what has most of some marks and was published in a window of days, which is
// how candidates for links and copies are found without comparing all with all. Both days are included;
// "" is open. At most limit are returned, those with most marks first.
func (v View) Marked(ctx context.Context, marks []uint64, since, until string, limit int) ([]Marked, error) {
	f := Filter{Since: since, Until: until}
	from, to, err := f.days()
	if err != nil {
		return nil, v.l.fail("look for marks", err)
	}
	found := map[spot]int{}
	for _, h := range marks {
		s, err := v.spots(ctx, `SELECT m.article, m.label FROM mark m JOIN article a ON a.id = m.article
			WHERE a.recorded <= $1 AND m.hash = $2 AND m.article >= $3 AND m.article < $4`, int64(h), from, to)
		if err != nil {
			return nil, v.l.fail("look for marks", err)
		}
		for _, at := range s {
			found[at]++
		}
	}
	order := make([]spot, 0, len(found))
	for at := range found {
		order = append(order, at)
	}
	slices.SortFunc(order, func(a, b spot) int { return cmp.Or(cmp.Compare(found[b], found[a]), a.compare(b)) })
	var out []Marked
	for _, at := range order[:min(len(order), limit)] {
		m := Marked{Marks: found[at]}
		if err := v.l.reads.QueryRowContext(ctx, `SELECT name FROM article WHERE id = $1`, at.article).Scan(&m.Article); err != nil {
			return nil, v.l.fail("look for marks", err)
		}
		if at.label > 0 {
			m.Statement = labelled(at.label)
		}
		out = append(out, m)
	}
	return out, nil
}
