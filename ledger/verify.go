package ledger

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"hearsay/claim"
)

// Report is what [Ledger.Verify] found.
type Report struct {
	Articles int      `json:"articles"`
	Pages    int      `json:"pages"`
	Problems []string `json:"problems"` // none where all is well
}

// Verify checks all that is stored: that pages and texts have their hashes, that articles
// have the ids of their content, that spans lie inside texts, that what names something
// names what is there, that moments never go back, that statements are in the full-text index with
// their words, and that nothing is left of what was redacted. An error says that it could
// not be checked; what is wrong stands in the report. progress may be nil; it is told how many
// articles have been checked.
func (l *Ledger) Verify(ctx context.Context, progress func(articles int)) (*Report, error) {
	r := &Report{Problems: []string{}}
	err := l.verify(ctx, r, progress)
	return r, l.fail("verify", err)
}

func (l *Ledger) verify(ctx context.Context, r *Report, progress func(int)) error {
	own, err := l.dialect.check(ctx, l)
	if err != nil {
		return err
	}
	r.Problems = append(r.Problems, own...)
	if err := l.verifyRows(ctx, r); err != nil {
		return err
	}
	if err := l.verifyPages(ctx, r); err != nil {
		return err
	}
	for last := int64(-1); ; {
		ids, err := column[int64](ctx, l.reads, `SELECT id FROM article WHERE id > $1 ORDER BY id LIMIT 500`, last)
		if err != nil || len(ids) == 0 {
			return err
		}
		for _, id := range ids {
			if err := l.verifyArticle(ctx, r, id); err != nil {
				return err
			}
		}
		if r.Articles += len(ids); progress != nil {
			progress(r.Articles)
		}
		last = ids[len(ids)-1]
	}
}

// rules are counts that must be zero.
var rules = []struct{ what, count string }{
	{"statements without a reading", `SELECT count(*) FROM statement s WHERE NOT EXISTS (SELECT 1 FROM reading r WHERE r.article = s.article AND r.number = s.reading)`},
	{"statements that end before they begin", `SELECT count(*) FROM statement WHERE until <= since`},
	{"statements known twice at once", `SELECT count(*) FROM (SELECT 1 FROM statement WHERE until IS NULL GROUP BY article, label HAVING count(*) > 1) t`},
	{"tellings of statements that are not there", `SELECT count(*) FROM telling t WHERE NOT EXISTS (SELECT 1 FROM statement s WHERE s.article = t.article AND s.label = t.label)`},
	{"claims whose first telling is not there", `SELECT count(*) FROM telling t WHERE NOT EXISTS (SELECT 1 FROM statement s WHERE s.article = t.claim_article AND s.label = t.claim_label)`},
	{"statements in two claims", `SELECT count(*) FROM (SELECT 1 FROM telling WHERE until IS NULL GROUP BY article, label HAVING count(*) > 1) t`},
	{"claims with one telling", `SELECT count(*) FROM (SELECT 1 FROM telling WHERE until IS NULL GROUP BY claim_article, claim_label HAVING count(*) = 1) t`},
	{"links of statements that are not there", `SELECT count(*) FROM link k WHERE NOT EXISTS (SELECT 1 FROM statement s WHERE s.article = k.a_article AND s.label = k.a_label)
		OR NOT EXISTS (SELECT 1 FROM statement s WHERE s.article = k.b_article AND s.label = k.b_label)`},
	{"articles recorded after the last moment", `SELECT count(*) FROM article WHERE recorded > (SELECT recorded FROM head)`},
	{"readings recorded after the last moment, or before their articles", `SELECT count(*) FROM reading r JOIN article a ON a.id = r.article WHERE r.recorded > (SELECT recorded FROM head) OR r.recorded < a.recorded`},
	{"articles whose newest reading is not there", `SELECT count(*) FROM article a WHERE a.reading <> (SELECT coalesce(max(r.number), 0) FROM reading r WHERE r.article = a.id)`},
	{"articles that were redacted", `SELECT count(*) FROM article a JOIN redaction r ON r.name = a.name OR r.text_hash = a.text_hash`},
	{"pages that were redacted", `SELECT count(*) FROM raw w JOIN redaction r ON r.raw_hash = w.hash`},
}

func (l *Ledger) verifyRows(ctx context.Context, r *Report) error {
	for _, rule := range rules {
		var n int
		if err := l.reads.QueryRowContext(ctx, rule.count).Scan(&n); err != nil {
			return err
		}
		if n > 0 {
			r.Problems = append(r.Problems, fmt.Sprintf("%d %s", n, rule.what))
		}
	}
	for _, c := range []struct {
		of   *catalogue
		rows string
	}{{ofStatements, "statement"}, {ofArticles, "article"}} {
		table, id := l.dialect.indexed(c.of)
		for what, q := range map[string]string{
			"rows of %s are not in the full-text index":                           "SELECT count(*) FROM (SELECT id FROM " + c.rows + " EXCEPT SELECT " + id + " FROM " + table + ") t",
			"entries of the full-text index of %s are of rows that are not there": "SELECT count(*) FROM (SELECT " + id + " FROM " + table + " EXCEPT SELECT id FROM " + c.rows + ") t",
		} {
			var n int
			if err := l.reads.QueryRowContext(ctx, q).Scan(&n); err != nil {
				return err
			}
			if n > 0 {
				r.Problems = append(r.Problems, fmt.Sprintf("%d "+what, n, c.rows))
			}
		}
	}
	return nil
}

func (l *Ledger) verifyPages(ctx context.Context, r *Report) error {
	missing, err := column[string](ctx, l.reads, `SELECT a.name FROM article a WHERE a.raw_hash IS NOT NULL AND NOT EXISTS (SELECT 1 FROM raw w WHERE w.hash = a.raw_hash)
		AND NOT EXISTS (SELECT 1 FROM redaction d WHERE d.raw_hash = a.raw_hash) ORDER BY a.id`)
	if err != nil {
		return err
	}
	for _, name := range missing {
		r.Problems = append(r.Problems, "article "+name+": its page is not there")
	}
	hashes, err := column[[]byte](ctx, l.reads, `SELECT hash FROM raw ORDER BY hash`)
	if err != nil {
		return err
	}
	for _, h := range hashes {
		hash := fmt.Sprintf("%x", h)
		page, err := raw(ctx, l.reads, hash)
		switch {
		case errors.Is(err, ErrNotFound): // redacted meanwhile
		case err != nil && ctx.Err() != nil:
			return err
		case err != nil:
			r.Problems = append(r.Problems, "page "+hash+": "+err.Error())
		case claim.Hash(page.Body) != hash:
			r.Problems = append(r.Problems, "page "+hash+": its content has the hash "+claim.Hash(page.Body))
		}
		r.Pages++
	}
	return nil
}

func (l *Ledger) verifyArticle(ctx context.Context, r *Report, id int64) error {
	var name, locator string
	var textHash []byte
	err := l.reads.QueryRowContext(ctx, `SELECT name, locator, text_hash FROM article WHERE id = $1`, id).Scan(&name, &locator, &textHash)
	if none(err) {
		return nil // redacted meanwhile
	}
	if err != nil {
		return err
	}
	say := func(format string, args ...any) {
		r.Problems = append(r.Problems, "article "+name+": "+fmt.Sprintf(format, args...))
	}
	frames, err := column[[]byte](ctx, l.reads, `SELECT frame FROM reading WHERE article = $1 ORDER BY number`, id)
	if err != nil {
		return err
	}
	for i, packed := range frames {
		f, err := unpack(packed)
		var a *claim.Article
		if err == nil {
			a, err = f.article()
		}
		if err != nil {
			say("reading %d: %v", i+1, err)
			continue
		}
		for _, c := range complaints(a) {
			say("reading %d: %s", i+1, c)
		}
		if a.ID != name || a.Locator != locator || a.TextHash != fmt.Sprintf("%x", textHash) {
			say("reading %d is of article %s (%s)", i+1, a.ID, a.Locator)
		}
	}
	if len(frames) == 0 {
		say("it has no reading")
		return nil
	}
	v, err := load(ctx, l.reads, id, math.MaxInt64)
	if err != nil {
		say("%v", err)
		return nil
	}
	var want []int64
	for i := range v.Article.Statements {
		n, _ := label(v.Article.Statements[i].ID)
		want = append(want, n)
	}
	have, err := column[int64](ctx, l.reads, `SELECT label FROM statement WHERE article = $1 AND until IS NULL ORDER BY label`, id)
	if err != nil {
		return err
	}
	slices.Sort(want)
	if !slices.Equal(want, have) {
		say("its statements are %v, and its rows are of %v", want, have)
		return nil
	}
	return l.verifyIndex(ctx, r, id, v.Article)
}

// verifyIndex asks the index for the title of an article and for the words of one of its
// statements, a different one from article to article.
func (l *Ledger) verifyIndex(ctx context.Context, r *Report, id int64, a *claim.Article) error {
	found := func(of *catalogue, number int64, words, column string) error {
		w := where{}
		if p := strings.Fields(words); len(p) > 0 {
			w.phrases = []phrase{{words: p[:min(len(p), 8)], columns: []string{column}}}
		}
		condition, args := l.dialect.match(of, w, 2)
		var n int
		err := l.reads.QueryRowContext(ctx, "SELECT count(*) FROM "+of.table+" WHERE "+condition+" AND "+of.table+".rowid = $1", append([]any{number}, args...)...).Scan(&n)
		if err == nil && n == 0 {
			r.Problems = append(r.Problems, fmt.Sprintf("article %s: the full-text index does not find it by its %s", a.ID, column))
		}
		return err
	}
	if err := found(ofArticles, id, fold(a.Title), "title"); err != nil || len(a.Statements) == 0 {
		return err
	}
	s := &a.Statements[int(id%int64(len(a.Statements)))]
	n, _ := label(s.ID)
	var number int64
	err := l.reads.QueryRowContext(ctx, `SELECT id FROM statement WHERE article = $1 AND label = $2 AND until IS NULL`, id, n).Scan(&number)
	if none(err) {
		return nil // changed meanwhile
	}
	if err != nil {
		return err
	}
	return found(ofStatements, number, fold(s.Words), "content")
}
