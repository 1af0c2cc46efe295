package ledger

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"hearsay/claim"
)

// Item is an article to store, with all that is stored in the same transaction.
type Item struct {
	Article *claim.Article
	// Raw is the page as it came, whose hash is Article.RawHash; nil where it is stored
	// already or not kept.
	Raw *Raw
	// Links are those of the article's statements to others', or to each other.
	Links []claim.Link
	// Marks are hashes under which [View.Marked] finds statements, by their ids, and the
	// article itself, under "".
	Marks map[string][]uint64
	// Run and Task name the task that is done once the article is stored; see [Ledger.Enqueue].
	Run, Task string
	// Checkpoint, unless it is "", names the checkpoint that is set to Value; see
	// [Ledger.SetCheckpoint].
	Checkpoint, Value string
}

// Raw is a page or a file as it came.
type Raw struct {
	Media string // such as "text/html"
	Body  []byte
}

// Outcome says what became of an article.
type Outcome struct {
	Article string
	// State is "stored" for a new article, "revision" for a new text under a known locator,
	// "reread" for a new reading of a known article, "known" where nothing changed, and
	// "redacted" where the article or its text was removed earlier and is not taken again.
	State string
	// Before is the article of which this is a revision.
	Before string
	// Ids are the statement's ids as stored where they are not those given: a statement that
	// an earlier reading has too keeps its id.
	Ids map[string]string
}

// The states of an Outcome.
const (
	Stored   = "stored"
	Revision = "revision"
	Reread   = "reread"
	Known    = "known"
	Redacted = "redacted"
)

// Put stores articles, all or none. When it returns without an error they outlive a crash.
// Calls at the same time share a transaction, so many goroutines with an article each are as
// quick as one with many. A call that fails may be repeated: an article that has been stored
// with a reading of the same Reader is known, and changes nothing.
//
// A context that ends while others write gives its error at once; whether the articles were
// stored is then not known.
func (l *Ledger) Put(ctx context.Context, items ...Item) ([]Outcome, error) {
	batch := make([]*prepared, len(items))
	for i := range items {
		p, err := prepare(&items[i])
		if err != nil {
			return nil, l.fail("store article "+naming(items[i].Article), err)
		}
		batch[i] = p
	}
	if len(batch) == 0 {
		return nil, nil
	}
	return l.group.put(ctx, l, batch)
}

func naming(a *claim.Article) string {
	if a == nil {
		return "without content"
	}
	return a.ID + " (" + a.Locator + ")"
}

// prepared is an item with all that can be computed without the database.
type prepared struct {
	*Item
	frame    []byte
	raw      []byte // compressed
	rawHash  []byte
	textHash []byte
	whole    entry
	entries  []entry
}

func prepare(item *Item) (*prepared, error) {
	a := item.Article
	if a == nil {
		return nil, errors.New("no article")
	}
	if wrong := complaints(a); len(wrong) > 0 {
		return nil, fmt.Errorf("not sound: %s", strings.Join(wrong[:min(len(wrong), 3)], "; "))
	}
	p := &prepared{Item: item}
	var err error
	if p.textHash, err = digest(a.TextHash); err != nil {
		return nil, err
	}
	if a.RawHash != "" {
		if p.rawHash, err = digest(a.RawHash); err != nil {
			return nil, err
		}
	}
	if item.Raw != nil {
		if len(item.Raw.Body) > maxBody {
			return nil, fmt.Errorf("the page has %d bytes", len(item.Raw.Body))
		}
		if h := claim.Hash(item.Raw.Body); h != a.RawHash {
			return nil, fmt.Errorf("the page has the hash %s, the article names %q", h, a.RawHash)
		}
		p.raw = encoder().EncodeAll(item.Raw.Body, nil)
	}
	for id := range item.Marks {
		if !slices.ContainsFunc(a.Statements, func(s claim.Statement) bool { return s.ID == id }) && id != "" {
			return nil, fmt.Errorf("marks of a statement %q that it has not", id)
		}
	}
	if p.frame, err = pack(a); err != nil {
		return nil, err
	}
	p.whole = articleEntry(a)
	p.entries = statementEntries(a, all(len(a.Statements)))
	return p, nil
}

// all returns the indexes up to n.
func all(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func digest(hash string) ([]byte, error) {
	b, err := hex.DecodeString(hash)
	if err == nil && len(b) != 32 {
		err = fmt.Errorf("a hash of %d bytes", len(b))
	}
	return b, err
}

// serialBits is how many bits of an article's or a statement's number count; those above
// are the day, so that the order of numbers is that of publication, and a stretch of days
// is a stretch of numbers.
const serialBits = 43

// dayOf returns the days from 1 January of the year 1 to a date, which a moment or a day
// in RFC 3339 begins with; false where it is none.
func dayOf(date string) (int64, bool) {
	if len(date) < 10 {
		return 0, false
	}
	t, err := time.Parse(time.DateOnly, date[:10])
	if err != nil || t.Year() < 1 || t.Year() > 2800 {
		return 0, false
	}
	return (t.Unix() + 62135596800) / 86400, true
}

// day is when an article was published, or else updated, fetched or stored.
func (t *tx) day(a *claim.Article) int64 {
	for _, date := range []string{a.Published, a.Updated, a.Fetched} {
		if d, ok := dayOf(date); ok {
			return d
		}
	}
	d, _ := dayOf(moment(t.now).Format(time.DateOnly))
	return d
}

// shelf gathers the rows of a transaction, which are written together, in order.
type shelf struct {
	raws, articles, readings, statements, marks [][]any
	whole, parts                                []entry
	names, locators                             map[string]bool // of the articles gathered
}

// put stores a batch.
func (t *tx) put(batch []*prepared) ([]Outcome, error) {
	out := make([]Outcome, len(batch))
	var s shelf
	for i, p := range batch {
		if s.names[p.Article.ID] || s.locators[p.Article.Locator] {
			if err := t.flush(&s); err != nil {
				return nil, err
			}
		}
		var err error
		if out[i], err = t.putOne(&s, p); err != nil {
			return nil, fmt.Errorf("article %s: %w", p.Article.ID, err)
		}
		if p.Task != "" {
			if err := t.done(p.Run, p.Task); err != nil {
				return nil, err
			}
		}
		if p.Checkpoint != "" {
			if err := t.checkpoint(p.Checkpoint, p.Value); err != nil {
				return nil, err
			}
		}
	}
	if err := t.flush(&s); err != nil {
		return nil, err
	}
	for i, p := range batch {
		if len(p.Links) > 0 && (out[i].State == Stored || out[i].State == Revision || out[i].State == Reread) {
			if err := t.link(renamed(p.Links, out[i])); err != nil {
				return nil, fmt.Errorf("links of article %s: %w", p.Article.ID, err)
			}
		}
	}
	return out, nil
}

// renamed returns links in which the statements of a re-read article have their stored ids.
func renamed(links []claim.Link, o Outcome) []claim.Link {
	links = slices.Clone(links)
	for i := range links {
		for _, end := range []*claim.Telling{&links[i].A, &links[i].B} {
			if id, ok := o.Ids[end.Statement]; ok && end.Article == o.Article {
				end.Statement = id
			}
		}
	}
	return links
}

func (t *tx) putOne(s *shelf, p *prepared) (Outcome, error) {
	a := p.Article
	out := Outcome{Article: a.ID, State: Stored}
	var id, reading, labels int64
	err := t.QueryRowContext(t.ctx, `SELECT id, reading, labels FROM article WHERE name = $1`, a.ID).Scan(&id, &reading, &labels)
	if err == nil {
		var n int
		err = t.QueryRowContext(t.ctx, `SELECT count(*) FROM reading WHERE article = $1 AND reader = $2`, id, a.Reader).Scan(&n)
		if err != nil || n > 0 {
			out.State = Known
			return out, err
		}
		out.State = Reread
		if err := t.flush(s); err != nil {
			return out, err
		}
		out.Ids, err = t.reread(s, id, reading, labels, p)
		return out, err
	}
	if !none(err) {
		return out, err
	}
	var gone int
	err = t.QueryRowContext(t.ctx, `SELECT count(*) FROM redaction WHERE name = $1 OR text_hash = $2`, a.ID, p.textHash).Scan(&gone)
	if err != nil || gone > 0 {
		out.State = Redacted
		return out, err
	}
	day := t.day(a) << serialBits
	t.head.articles++
	id = day | t.head.articles
	before, replaced, err := t.chain(a, id, &out)
	if err != nil {
		return out, err
	}
	now := t.record()
	for i := range a.Statements {
		n, _ := label(a.Statements[i].ID)
		labels = max(labels, n)
	}
	if err := t.shelveRaw(s, p); err != nil {
		return out, err
	}
	s.articles = append(s.articles, []any{id, a.ID, a.Locator, clean(a.Outlet), clean(a.Title), clean(a.Published), clean(a.Fetched),
		p.textHash, p.rawHash, now, before, replaced, int64(1), labels})
	s.readings = append(s.readings, []any{id, int64(1), clean(a.Reader), now, p.frame})
	for i := range p.entries {
		n, _ := label(a.Statements[i].ID)
		t.shelve(s, id, 1, n, p.entries[i])
	}
	p.whole.id = id
	s.whole = append(s.whole, p.whole)
	t.shelveMarks(s, id, p, nil)
	if s.names == nil {
		s.names, s.locators = map[string]bool{}, map[string]bool{}
	}
	s.names[a.ID], s.locators[a.Locator] = true, true
	return out, nil
}

// clean takes out of a text for a column what PostgreSQL cannot hold; the frame has all.
func clean(s string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD")
}

// chain finds of which article a is a revision, and marks that one as replaced; where the
// other was fetched later, a itself is the one replaced.
func (t *tx) chain(a *claim.Article, id int64, out *Outcome) (before, replaced any, err error) {
	var old int64
	var name, fetched string
	err = t.QueryRowContext(t.ctx, `SELECT id, name, fetched FROM article WHERE locator = $1 AND replaced IS NULL ORDER BY recorded DESC LIMIT 1`,
		a.Locator).Scan(&old, &name, &fetched)
	if none(err) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	out.State, out.Before = Revision, name
	if a.Fetched != "" && a.Fetched < fetched {
		return old, t.now, nil
	}
	_, err = t.exec(`UPDATE article SET replaced = $1 WHERE id = $2`, t.now, old)
	return old, nil, err
}

func (t *tx) shelveRaw(s *shelf, p *prepared) error {
	if p.raw == nil {
		return nil
	}
	for _, r := range s.raws {
		if string(r[0].([]byte)) == string(p.rawHash) {
			return nil
		}
	}
	var n int
	err := t.QueryRowContext(t.ctx, `SELECT count(*) FROM raw WHERE hash = $1`, p.rawHash).Scan(&n)
	if err == nil && n == 0 {
		s.raws = append(s.raws, []any{p.rawHash, clean(p.Item.Raw.Media), int64(len(p.Item.Raw.Body)), t.now, p.raw})
	}
	return err
}

// shelve adds the row of a statement and what the index holds of it, under a new number of
// the article's day.
func (t *tx) shelve(s *shelf, article, reading, label int64, e entry) {
	t.head.statements++
	e.id = article>>serialBits<<serialBits | t.head.statements
	s.statements = append(s.statements, []any{e.id, article, reading, label, t.record(), nil})
	s.parts = append(s.parts, e)
}

func (t *tx) shelveMarks(s *shelf, article int64, p *prepared, ids map[string]string) {
	for id, hashes := range p.Marks {
		var n int64
		if to, ok := ids[id]; ok {
			id = to
		}
		if id != "" {
			n, _ = label(id)
		}
		hashes = slices.Clone(hashes)
		slices.Sort(hashes)
		for _, h := range slices.Compact(hashes) {
			s.marks = append(s.marks, []any{int64(h), article, n})
		}
	}
}

// flush writes what was gathered, in an order that both the references between tables and
// the full-text index want.
func (t *tx) flush(s *shelf) error {
	byNumber := func(a, b []any) int { return cmp.Compare(a[0].(int64), b[0].(int64)) }
	byID := func(a, b entry) int { return cmp.Compare(a.id, b.id) }
	slices.SortFunc(s.statements, byNumber)
	slices.SortFunc(s.marks, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(int64), b[0].(int64)), cmp.Compare(a[1].(int64), b[1].(int64)), cmp.Compare(a[2].(int64), b[2].(int64)))
	})
	slices.SortFunc(s.whole, byID)
	slices.SortFunc(s.parts, byID)
	for _, w := range []struct {
		table   string
		columns []string
		rows    [][]any
	}{
		{"raw", []string{"hash", "media", "size", "recorded", "body"}, s.raws},
		{"article", []string{"id", "name", "locator", "outlet", "title", "published", "fetched", "text_hash", "raw_hash",
			"recorded", "before", "replaced", "reading", "labels"}, s.articles},
		{"reading", []string{"article", "number", "reader", "recorded", "frame"}, s.readings},
		{"statement", []string{"id", "article", "reading", "label", "since", "until"}, s.statements},
		{"mark", []string{"hash", "article", "label"}, s.marks},
	} {
		if err := t.insert(w.table, w.columns, w.rows); err != nil {
			return fmt.Errorf("rows of %s: %w", w.table, err)
		}
	}
	for _, w := range []struct {
		of      *catalogue
		entries []entry
	}{{ofStatements, s.parts}, {ofArticles, s.whole}} {
		if len(w.entries) > 0 {
			if err := t.l.dialect.index(t.ctx, t.Tx, w.of, w.entries); err != nil {
				return fmt.Errorf("index %s: %w", w.of.table, err)
			}
		}
	}
	*s = shelf{}
	return nil
}
