package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Redaction is what is kept of an article that had to go.
type Redaction struct {
	Article  string    `json:"article"`
	TextHash string    `json:"textHash"`
	RawHash  string    `json:"rawHash,omitzero"`
	By       string    `json:"by"`
	Reason   string    `json:"reason"`
	Recorded time.Time `json:"recorded"`
}

// Removed is what a redaction did.
type Removed struct {
	// Redactions are the articles removed: the one named, and those with the same text.
	Redactions []Redaction `json:"redactions"`
	// Left are other revisions of the same locators, and articles taken from the same page.
	// Their texts differ, so that it is for a person to say whether they must go too.
	Left []About `json:"left"`
}

// Redact removes an article and all that derives from it, in all views: text, title, locator,
// readings, statements, links, corrections, the page as it came, and their words in the
// full-text index. Articles with exactly the same text go with it. Of each remain the id,
// the hashes and a dated reason; the same article or text is not taken in again. The file is
// written anew, so that nothing is left in unused room; copies made by [Ledger.Backup] before are
// out of reach.
func (l *Ledger) Redact(ctx context.Context, article, by, reason string) (Removed, error) {
	op := "redact article " + article
	var out Removed
	err := l.write(ctx, op, func(t *tx) (err error) {
		out, err = t.redact(article, by, reason)
		return err
	})
	if err != nil {
		return out, err
	}
	if err := l.dialect.purge(ctx, l); err != nil {
		return out, l.fail(op+": it is removed, and what the file may still hold in unused room is not yet: compact the ledger", err)
	}
	return out, nil
}

func (t *tx) redact(article, by, reason string) (out Removed, err error) {
	if by == "" || reason == "" {
		return out, errors.New("a redaction needs a person and a reason")
	}
	first, err := t.article(article)
	if err != nil {
		return out, err
	}
	ids, err := column[int64](t.ctx, t.Tx, `SELECT id FROM article WHERE text_hash = (SELECT text_hash FROM article WHERE id = $1) ORDER BY id`, first)
	if err != nil {
		return out, err
	}
	left := map[int64]bool{}
	for _, id := range ids {
		near, err := column[int64](t.ctx, t.Tx, `SELECT b.id FROM article a JOIN article b ON b.locator = a.locator OR b.raw_hash = a.raw_hash WHERE a.id = $1`, id)
		if err != nil {
			return out, err
		}
		for _, n := range near {
			left[n] = !slices.Contains(ids, n)
		}
	}
	for _, id := range ids {
		r := Redaction{By: by, Reason: reason, Recorded: moment(t.record())}
		if err := t.redactOne(id, &r); err != nil {
			return out, fmt.Errorf("article %d: %w", id, err)
		}
		out.Redactions = append(out.Redactions, r)
	}
	out.Left = []About{}
	var order []int64
	for id, stays := range left {
		if stays {
			order = append(order, id)
		}
	}
	slices.Sort(order)
	for _, id := range order {
		var s aboutScan
		if err := t.QueryRowContext(t.ctx, `SELECT `+aboutColumns+` FROM article a WHERE a.id = $1`, id).Scan(s.into()...); err != nil {
			return out, err
		}
		out.Left = append(out.Left, s.done(t.now))
	}
	return out, nil
}

func (t *tx) redactOne(id int64, r *Redaction) error {
	var locator string
	var textHash, rawHash []byte
	err := t.QueryRowContext(t.ctx, `SELECT name, locator, text_hash, raw_hash FROM article WHERE id = $1`, id).Scan(&r.Article, &locator, &textHash, &rawHash)
	if err != nil {
		return err
	}
	r.TextHash, r.RawHash = fmt.Sprintf("%x", textHash), fmt.Sprintf("%x", rawHash)
	rows, err := column[int64](t.ctx, t.Tx, `SELECT id FROM statement WHERE article = $1`, id)
	if err != nil {
		return err
	}
	for _, s := range rows {
		if err := t.unindex(ofStatements, s); err != nil {
			return err
		}
	}
	if err := t.unindex(ofArticles, id); err != nil {
		return err
	}
	if err := t.rehead(id); err != nil {
		return err
	}
	for _, q := range []string{
		`DELETE FROM telling WHERE article = $1`,
		`DELETE FROM link WHERE a_article = $1 OR b_article = $1`,
		`DELETE FROM correction WHERE article = $1`,
		`DELETE FROM mark WHERE article = $1`,
		`DELETE FROM statement WHERE article = $1`,
		`DELETE FROM reading WHERE article = $1`,
		`UPDATE article SET before = (SELECT a.before FROM article a WHERE a.id = $1) WHERE before = $1`,
		`DELETE FROM article WHERE id = $1`,
	} {
		if _, err := t.exec(q, id); err != nil {
			return err
		}
	}
	// What else may hold words of it: the page, and tasks that bring it in.
	if _, err := t.exec(`DELETE FROM task WHERE name = $1`, clean(locator)); err != nil {
		return err
	}
	var raw any
	if rawHash != nil {
		raw = rawHash
		if _, err := t.exec(`DELETE FROM raw WHERE hash = $1`, rawHash); err != nil {
			return err
		}
	}
	_, err = t.exec(`INSERT INTO redaction (name, text_hash, raw_hash, person, reason, recorded) VALUES ($1, $2, $3, $4, $5, $6)`,
		r.Article, textHash, raw, clean(r.By), clean(r.Reason), t.now)
	return err
}

// rehead gives the claims whose first telling is in an article the id of another of their
// tellings, or ends them where there is none.
func (t *tx) rehead(article int64) error {
	labels, err := column[int64](t.ctx, t.Tx, `SELECT DISTINCT claim_label FROM telling WHERE claim_article = $1`, article)
	if err != nil {
		return err
	}
	for _, n := range labels {
		var heir spot
		err := t.QueryRowContext(t.ctx, `SELECT article, label FROM telling WHERE claim_article = $1 AND claim_label = $2 AND article <> $1
			ORDER BY CASE WHEN until IS NULL THEN 0 ELSE 1 END, article, label LIMIT 1`, article, n).Scan(&heir.article, &heir.label)
		if err == nil {
			_, err = t.exec(`UPDATE telling SET claim_article = $1, claim_label = $2 WHERE claim_article = $3 AND claim_label = $4`, heir.article, heir.label, article, n)
		} else if none(err) {
			_, err = t.exec(`DELETE FROM telling WHERE claim_article = $1 AND claim_label = $2`, article, n)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Redactions returns all, in the order in which they were made.
func (l *Ledger) Redactions(ctx context.Context) ([]Redaction, error) {
	out, err := redactions(ctx, l.reads)
	return out, l.fail("list redactions", err)
}

func redactions(ctx context.Context, q querier) ([]Redaction, error) {
	rows, err := q.QueryContext(ctx, `SELECT name, text_hash, raw_hash, person, reason, recorded FROM redaction ORDER BY id`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Redaction
	for rows.Next() {
		var r Redaction
		var text, raw []byte
		var recorded int64
		if err := rows.Scan(&r.Article, &text, &raw, &r.By, &r.Reason, &recorded); err != nil {
			return nil, err
		}
		r.TextHash, r.RawHash, r.Recorded = fmt.Sprintf("%x", text), fmt.Sprintf("%x", raw), moment(recorded)
		out = append(out, r)
	}
	return out, rows.Err()
}
