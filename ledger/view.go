package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"time"
	"unicode/utf8"

	"hearsay/claim"
)

// View is the ledger as it was known at a moment: what was stored later is not there, what
// was superseded later still is. Only what was redacted is gone from all views.
type View struct {
	l  *Ledger
	at int64 // MaxInt64 is now
}

// Now is the view of what is known now.
func (l *Ledger) Now() View { return View{l, math.MaxInt64} }

// AsOf is the view of what was known at a moment. The moments are those at which this
// ledger recorded things, whatever an article says of its own dates.
func (l *Ledger) AsOf(t time.Time) View {
	if t.IsZero() {
		return l.Now()
	}
	return View{l, t.UnixMicro()}
}

// querier is a pool or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// column returns the values of a query with one column.
func column[T any](ctx context.Context, q querier, query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var v T
		if err := rows.Scan(&v); err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	return out, rows.Err()
}

// About is what every result says of an article.
type About struct {
	Article   string `json:"article"`
	Outlet    string `json:"outlet"`
	Published string `json:"published"`
	Title     string `json:"title"`
	Locator   string `json:"locator"`
	// Recorded is when the ledger took the article in.
	Recorded time.Time `json:"recorded"`
	// Replaced says that a later text of the locator was known.
	Replaced bool `json:"replaced,omitzero"`
}

// Page is an article with what the ledger knows around it.
type Page struct {
	About
	// Text is the article with all statements as people have corrected them; offsets are in
	// bytes.
	Content *claim.Article `json:"-"`
	// Reader and Read tell the reading shown, Readings how many there were.
	Reader   string    `json:"reader"`
	Read     time.Time `json:"read"`
	Readings int       `json:"readings"`
	// Corrected are the ids of statements that people changed, Rejected those they took out.
	Corrected   []string     `json:"corrected,omitzero"`
	Rejected    []string     `json:"rejected,omitzero"`
	Corrections []Correction `json:"corrections,omitzero"`
	// Claims has the claim of each statement that is told elsewhere too.
	Claims map[string]string `json:"claims,omitzero"`
	// Revisions are all articles of the locator in the order in which they were recorded.
	Revisions []About `json:"revisions,omitzero"`
}

const aboutColumns = `a.name, a.outlet, a.published, a.title, a.locator, a.recorded, coalesce(a.replaced, 0)`

type aboutScan struct {
	About
	recorded, replaced int64
}

func (s *aboutScan) into() []any {
	return []any{&s.Article, &s.Outlet, &s.Published, &s.Title, &s.Locator, &s.recorded, &s.replaced}
}

func (s *aboutScan) done(at int64) About {
	s.Recorded = moment(s.recorded)
	s.Replaced = s.replaced != 0 && s.replaced <= at
	return s.About
}

// number returns the number of an article that was known at a moment, and its locator.
func number(ctx context.Context, q querier, name string, at int64) (int64, error) {
	var id int64
	err := q.QueryRowContext(ctx, `SELECT id FROM article WHERE name = $1 AND recorded <= $2`, name, at).Scan(&id)
	if !none(err) {
		return id, err
	}
	var reason, day string
	var recorded int64
	err = q.QueryRowContext(ctx, `SELECT reason, recorded FROM redaction WHERE name = $1`, name).Scan(&reason, &recorded)
	if none(err) {
		return 0, fmt.Errorf("article %s: %w", name, ErrNotFound)
	}
	if err != nil {
		return 0, err
	}
	day = moment(recorded).Format(time.DateOnly)
	return 0, fmt.Errorf("article %s: %w on %s: %s", name, ErrRedacted, day, reason)
}

// article returns the number of an article in a transaction.
func (t *tx) article(name string) (int64, error) { return number(t.ctx, t.Tx, name, t.now) }

// Article returns an article by its id, or [ErrNotFound] or [ErrRedacted].
func (v View) Article(ctx context.Context, id string) (*Page, error) {
	p, err := v.page(ctx, id)
	return p, v.l.fail("open article "+id, err)
}

func (v View) page(ctx context.Context, name string) (*Page, error) {
	q := v.l.reads
	id, err := number(ctx, q, name, v.at)
	if err != nil {
		return nil, err
	}
	got, err := load(ctx, q, id, v.at)
	if err != nil {
		return nil, err
	}
	p := &Page{Content: got.Article, Reader: got.Article.Reader, Read: moment(got.at), Rejected: got.reject, Corrections: got.made}
	for i := range got.Article.Statements {
		if s := got.Article.Statements[i].ID; got.changed[s] {
			p.Corrected = append(p.Corrected, s)
		}
	}
	if err := q.QueryRowContext(ctx, `SELECT count(*) FROM reading WHERE article = $1 AND recorded <= $2`, id, v.at).Scan(&p.Readings); err != nil {
		return nil, err
	}
	if p.Revisions, err = v.revisions(ctx, got.Article.Locator); err != nil {
		return nil, err
	}
	for _, r := range p.Revisions {
		if r.Article == name {
			p.About = r
		}
	}
	p.Claims, err = v.claims(ctx, id)
	return p, err
}

func (v View) revisions(ctx context.Context, locator string) ([]About, error) {
	rows, err := v.l.reads.QueryContext(ctx, `SELECT `+aboutColumns+` FROM article a WHERE a.locator = $1 AND a.recorded <= $2 ORDER BY a.recorded, a.id`, locator, v.at)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []About
	for rows.Next() {
		var s aboutScan
		if err := rows.Scan(s.into()...); err != nil {
			return nil, err
		}
		out = append(out, s.done(v.at))
	}
	return out, rows.Err()
}

// Revisions returns the articles of a locator in the order in which they were recorded.
func (v View) Revisions(ctx context.Context, locator string) ([]About, error) {
	out, err := v.revisions(ctx, locator)
	return out, v.l.fail("list revisions of "+locator, err)
}

// Raw returns a page as it came, by its hash.
func (l *Ledger) Raw(ctx context.Context, hash string) (*Raw, error) {
	r, err := raw(ctx, l.reads, hash)
	return r, l.fail("open page "+hash, err)
}

func raw(ctx context.Context, q querier, hash string) (*Raw, error) {
	h, err := digest(hash)
	if err != nil {
		return nil, err
	}
	r := new(Raw)
	var packed []byte
	err = q.QueryRowContext(ctx, `SELECT media, body FROM raw WHERE hash = $1`, h).Scan(&r.Media, &packed)
	if none(err) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	r.Body, err = decoder().DecodeAll(packed, nil)
	return r, err
}

// Recorded returns the ids of articles that were stored or read anew after a moment, the
// earliest first, and the moment of the last; at most limit. A watcher asks again with it.
func (l *Ledger) Recorded(ctx context.Context, after time.Time, limit int) (ids []string, last time.Time, err error) {
	rows, err := l.reads.QueryContext(ctx, `SELECT a.name, r.recorded FROM reading r JOIN article a ON a.id = r.article
		WHERE r.recorded > $1 ORDER BY r.recorded, r.article LIMIT $2`, micro(after), limit)
	last = after
	if err == nil {
		defer rows.Close()
		for rows.Next() {
			var name string
			var at int64
			if err = rows.Scan(&name, &at); err != nil {
				break
			}
			ids, last = append(ids, name), moment(at)
		}
		err = errors.Join(err, rows.Err())
	}
	return ids, last, l.fail("list new articles", err)
}

// Has returns which of some articles the ledger need not be given again: those it has with
// a reading of the same reader, and those that were redacted.
func (l *Ledger) Has(ctx context.Context, reader string, ids ...string) (map[string]bool, error) {
	out := map[string]bool{}
	for len(ids) > 0 {
		n := min(len(ids), 500)
		args := []any{clean(reader)}
		for _, id := range ids[:n] {
			args = append(args, id)
		}
		in := places(2, n)
		found, err := column[string](ctx, l.reads, `SELECT a.name FROM article a JOIN reading r ON r.article = a.id WHERE r.reader = $1 AND a.name IN (`+in+`)
			UNION SELECT name FROM redaction WHERE name IN (`+in+`)`, args...)
		if err != nil {
			return nil, l.fail("look for articles", err)
		}
		for _, id := range found {
			out[id] = true
		}
		ids = ids[n:]
	}
	return out, nil
}

// points turns byte offsets into code points, in which the outside counts.
func points(text string, of []claim.Span) [][2]int {
	out := make([][2]int, 0, len(of))
	for _, s := range of {
		if s.Empty() {
			continue
		}
		begin := utf8.RuneCountInString(text[:s.Begin])
		out = append(out, [2]int{begin, begin + utf8.RuneCountInString(text[s.Begin:s.End])})
	}
	return out
}
