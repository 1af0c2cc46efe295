package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"hearsay/claim"
)

// ClaimPage is a claim with what its tellings say.
type ClaimPage struct {
	claim.Claim
	// Hits are the tellings, the earliest first.
	Hits []Hit
	// Outlets is how many outlets tell it; how many origins it has is for provenance to say.
	Outlets int
	// Corrections are the splits and merges by people.
	Corrections []Correction
}

const toldThen = `t.since <= $1 AND (t.until IS NULL OR t.until > $1)`

// claimOf returns the id of the claim that a statement is in, or "".
func (v View) claimOf(ctx context.Context, article, label int64) (string, error) {
	var name string
	var n int64
	err := v.l.reads.QueryRowContext(ctx, `SELECT a.name, t.claim_label FROM telling t JOIN article a ON a.id = t.claim_article
		WHERE `+toldThen+` AND t.article = $2 AND t.label = $3`, v.at, article, label).Scan(&name, &n)
	if none(err) {
		return "", nil
	}
	return ClaimID(name, labelled(n)), err
}

// claims returns the claims of an article's statements.
func (v View) claims(ctx context.Context, article int64) (map[string]string, error) {
	rows, err := v.l.reads.QueryContext(ctx, `SELECT t.label, a.name, t.claim_label FROM telling t JOIN article a ON a.id = t.claim_article
		WHERE `+toldThen+` AND t.article = $2`, v.at, article)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]string{}
	for rows.Next() {
		var n, of int64
		var name string
		if err := rows.Scan(&n, &name, &of); err != nil {
			return nil, err
		}
		out[labelled(n)] = ClaimID(name, labelled(of))
	}
	return out, rows.Err()
}

// Claim returns a claim by its id. The id of any telling finds it, also one under which it
// was known before it was merged into another. A statement that nothing is linked to is a
// claim with one telling.
func (v View) Claim(ctx context.Context, id string) (*ClaimPage, error) {
	p, err := v.claim(ctx, id)
	return p, v.l.fail("open claim "+id, err)
}

func (v View) claim(ctx context.Context, id string) (*ClaimPage, error) {
	first, err := splitClaimID(id)
	if err != nil {
		return nil, err
	}
	article, err := number(ctx, v.l.reads, first.Article, v.at)
	if err != nil {
		return nil, err
	}
	n, _ := label(first.Statement)
	p := &ClaimPage{Claim: claim.Claim{ID: id}}
	now, err := v.claimOf(ctx, article, n)
	if err != nil {
		return nil, err
	}
	of := spot{article, n}
	members := []spot{of}
	if now != "" {
		p.ID = now
		lead, err := splitClaimID(now)
		if err != nil {
			return nil, err
		}
		if of.article, err = number(ctx, v.l.reads, lead.Article, v.at); err != nil {
			return nil, err
		}
		of.label, _ = label(lead.Statement)
		if members, err = v.spots(ctx, `SELECT t.article, t.label FROM telling t WHERE `+toldThen+` AND t.claim_article = $2 AND t.claim_label = $3 ORDER BY t.article, t.label`,
			of.article, of.label); err != nil {
			return nil, err
		}
	}
	outlets := map[string]bool{}
	for _, m := range members {
		h, ok, err := v.statement(ctx, m)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue // rejected, or not in the newest reading
		}
		h.Claim = now
		p.Hits = append(p.Hits, h)
		p.Tellings = append(p.Tellings, claim.Telling{Article: h.Article, Statement: h.Statement})
		outlets[h.Outlet] = true
	}
	if len(p.Hits) == 0 {
		return nil, fmt.Errorf("claim %s: %w", id, ErrNotFound)
	}
	p.Outlets = len(outlets)
	p.Text = plainest(p.Hits)
	if p.Links, err = v.links(ctx, of, now != ""); err != nil {
		return nil, err
	}
	for _, m := range members {
		made, err := corrections(ctx, v.l.reads, m.article, v.at)
		if err != nil {
			return nil, err
		}
		for _, c := range made {
			if c.Statement == labelled(m.label) && (c.What == Split || c.What == Merge) {
				p.Corrections = append(p.Corrections, c)
			}
		}
	}
	return p, nil
}

// plainest returns the words of the telling that says a claim most plainly: of those that
// are not negated the one of middle length, since the shortest mostly leaves something out
// and the longest brings something else in.
func plainest(hits []Hit) string {
	words := make([]string, 0, len(hits))
	for _, h := range hits {
		if !h.Negated {
			words = append(words, h.Words)
		}
	}
	if len(words) == 0 {
		return hits[0].Words
	}
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	return words[(len(words)-1)/2]
}

func (v View) spots(ctx context.Context, query string, args ...any) ([]spot, error) {
	rows, err := v.l.reads.QueryContext(ctx, query, append([]any{v.at}, args...)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []spot
	for rows.Next() {
		var s spot
		if err := rows.Scan(&s.article, &s.label); err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// statement returns what was known of one statement; false where it was not known.
func (v View) statement(ctx context.Context, of spot) (h Hit, ok bool, err error) {
	var m match
	m.article, m.label = of.article, of.label
	err = v.l.reads.QueryRowContext(ctx, `SELECT s.reading, (SELECT count(*) FROM correction c WHERE c.article = s.article AND c.label = s.label AND c.recorded <= $1), `+
		aboutColumns+` FROM statement s JOIN article a ON a.id = s.article
		WHERE s.article = $2 AND s.label = $3 AND s.since <= $1 AND (s.until IS NULL OR s.until > $1)`, v.at, of.article, of.label).
		Scan(append([]any{&m.reading, &m.corrected}, m.about.into()...)...)
	if none(err) {
		return h, false, nil
	}
	if err != nil {
		return h, false, err
	}
	return v.hit(ctx, &Filter{}, &m)
}

// Statement returns one statement as it was known.
func (v View) Statement(ctx context.Context, of claim.Telling) (Hit, error) {
	op := fmt.Sprintf("open %s of article %s", of.Statement, of.Article)
	article, err := number(ctx, v.l.reads, of.Article, v.at)
	if err != nil {
		return Hit{}, v.l.fail(op, err)
	}
	n, err := label(of.Statement)
	if err != nil {
		return Hit{}, v.l.fail(op, err)
	}
	h, ok, err := v.statement(ctx, spot{article, n})
	if err == nil && !ok {
		err = ErrNotFound
	}
	return h, v.l.fail(op, err)
}

// links returns those between tellings of a claim, the parting ones of its tellings too.
func (v View) links(ctx context.Context, of spot, joined bool) ([]claim.Link, error) {
	in := `(SELECT t.article, t.label FROM telling t WHERE ` + toldThen + ` AND t.claim_article = $2 AND t.claim_label = $3)`
	if !joined {
		in = `(SELECT CAST($2 AS BIGINT), CAST($3 AS BIGINT))`
	}
	rows, err := v.l.reads.QueryContext(ctx, `SELECT a.name, k.a_label, b.name, k.b_label, k.score, k.evidence, k.person
		FROM link k JOIN article a ON a.id = k.a_article JOIN article b ON b.id = k.b_article
		WHERE k.recorded <= $1 AND (k.until IS NULL OR k.until > $1) AND
			(k.score > 0 AND (k.a_article, k.a_label) IN `+in+` AND (k.b_article, k.b_label) IN `+in+`
			OR k.score = 0 AND ((k.a_article, k.a_label) IN `+in+` OR (k.b_article, k.b_label) IN `+in+`)) ORDER BY k.id`, v.at, of.article, of.label)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []claim.Link
	for rows.Next() {
		var k claim.Link
		var a, b int64
		var evidence string
		if err := rows.Scan(&k.A.Article, &a, &k.B.Article, &b, &k.Score, &evidence, &k.By); err != nil {
			return nil, err
		}
		k.A.Statement, k.B.Statement = labelled(a), labelled(b)
		if err := json.Unmarshal([]byte(evidence), &k.Evidence); err != nil {
			return nil, err
		}
		out = append(out, k)
	}
	return out, rows.Err()
}
