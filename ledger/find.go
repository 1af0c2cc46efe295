package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hearsay/claim"
)

// Filter says what to find. Fields that are empty filter nothing; all that are set must
// hold. Names are matched as words of a name, without regard to case and accents: "roe"
// finds Jane Roe. Countries are ISO 3166 alpha-3 codes, in capitals.
type Filter struct {
	// Query is words that must all stand in the content or in who the source is (of
	// articles: in title or text), "phrases in quotation marks", and -words that must not.
	Query string
	// About are whom or what it must be about: a country's code, an id in the knowledge
	// base ("org:nato"), or a name.
	About []string
	// Source is a name or words of the source; Entity its name whole, or its id in the
	// knowledge base.
	Source, Entity string
	Kinds          []string // of source, any of them: "anonymous"
	Role           string   // words of the role: "official"
	Affiliation    string   // a country's code or a body
	Outlets        []string // any of them
	// Certain are values of factuality, any of them ("PS+"), that Holder has: "source" is
	// the statement's own, "author" the article's, "" anybody at all.
	Certain []string
	Holder  string
	// Event, Actor and Target must hold of one event that the statement tells. Actors are
	// countries' codes, ids in the knowledge base, or whole names.
	Event, Actor, Target string
	Place                string // a whole name, or a country's code
	Cited                string // of articles: an outlet that the text cites or credits
	// Since and Until are days (YYYY-MM-DD) of publication, both included; for an article
	// that tells no day, the one on which it was fetched or stored.
	Since, Until string
	// Revisions asks for texts too that a later one of the same locator replaced.
	Revisions bool
	// ByRank asks for the best first, of the 1,000 newest that fit; otherwise it is the newest first.
	ByRank bool
	Limit  int    // 0 is 20
	After  string // Next of the page before
}

// ranked is how many of the newest that fit are put in order of rank. It bounds the time of
// a query for a common word.
const ranked = 1000

// Hit is a statement that was found.
type Hit struct {
	About
	Statement string `json:"statement"`
	Claim     string `json:"claim,omitzero"` // where it is told elsewhere too
	Source    Who    `json:"source"`
	Cue       string `json:"cue"`
	Class     string `json:"class"`
	Words     string `json:"words"`
	Quotation string `json:"quotation"`
	Negated   bool   `json:"negated,omitzero"`
	Addressee string `json:"addressee,omitzero"`
	// Certainty is how sure the source is, and Author how sure the article's author.
	Certainty string `json:"certainty,omitzero"`
	Author    string `json:"author,omitzero"`
	// Factuality is every holder.
	Factuality []Held  `json:"factuality,omitzero"`
	Score      float64 `json:"score"`
	// Spans are the content in code points of the article's text.
	Spans [][2]int `json:"spans"`
	// Open is where to read it: the address with a text fragment, or the path.
	Open      string `json:"open"`
	Corrected bool   `json:"corrected,omitzero"` // by a person
	// Full is the statement itself, with offsets in bytes.
	Full *claim.Statement `json:"-"`
}

// Who is a source as it is shown.
type Who struct {
	Text        string `json:"text"`
	Name        string `json:"name,omitzero"`
	Known       string `json:"known,omitzero"`
	Kind        string `json:"kind"`
	Role        string `json:"role,omitzero"`
	Affiliation string `json:"affiliation,omitzero"`
	Count       int    `json:"count,omitzero"`
	Basis       string `json:"basis,omitzero"`
	Terms       string `json:"terms,omitzero"`
	Record      string `json:"record,omitzero"`
}

// Held is how sure a holder is.
type Held struct {
	Holder string `json:"holder"`
	Value  string `json:"value"`
}

// Results is a page of what was found.
type Results[T any] struct {
	Hits []T `json:"hits"`
	// Next is what Filter.After must be for the page after; "" after the last.
	Next string `json:"next,omitzero"`
}

// terms turns the filter into what the index of statements or articles must match.
func (f *Filter) terms(of *catalogue) (where, error) {
	var w where
	facet1 := func(kind string, values ...string) {
		var any []string
		for _, v := range values {
			if x := facet(kind, v); x != "" {
				any = append(any, x)
			}
		}
		if len(any) > 0 {
			w.facets = append(w.facets, any)
		}
	}
	statements := of == ofStatements
	if statements {
		w.ask(f.Query, "content", "source")
		w.named(f.Source, "source")
		w.named(f.Role, "role")
		facet1(hasEntity, f.Entity)
		facet1(hasKind, f.Kinds...)
		facet1(hasAffil, f.Affiliation)
		kind, ok := map[string]string{"": hasCertainty, "source": hasOwn, "author": hasAuthor}[f.Holder]
		if !ok {
			return w, fmt.Errorf("holder %q: it is source, author or empty", f.Holder)
		}
		var values []string
		for _, v := range f.Certain {
			if !slices.Contains([]string{"CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "UU"}, v) {
				return w, fmt.Errorf("%q is not a value of factuality", v)
			}
			values = append(values, signed(v))
		}
		facet1(kind, values...)
		for _, k := range f.Kinds {
			if !slices.Contains(kinds, k) {
				return w, fmt.Errorf("%q is not a kind of source", k)
			}
		}
	} else {
		if f.Source+f.Entity+f.Role+f.Affiliation != "" || len(f.Kinds)+len(f.Certain) > 0 {
			return w, fmt.Errorf("articles are not found by their sources; look for statements")
		}
		w.ask(f.Query, "title", "text")
		facet1(hasCited, f.Cited)
	}
	for _, about := range f.About {
		switch {
		case country(about):
			facet1(hasCountry, about)
		case strings.Contains(about, ":"):
			facet1(hasKnown, about)
		default:
			w.named(about, "about")
		}
	}
	facet1(hasOutlet, f.Outlets...)
	facet1(hasEvent, f.Event)
	facet1(hasActor, f.Actor)
	facet1(hasTarget, f.Target)
	facet1(hasPlace, f.Place)
	return w, nil
}

// country says whether a word is written as the code of a country.
func country(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// days returns the stretch of numbers [from, to) of a filter's days.
func (f *Filter) days() (from, to int64, err error) {
	to = math.MaxInt64
	if f.Since != "" {
		d, ok := dayOf(f.Since)
		if !ok || len(f.Since) != 10 {
			return 0, 0, fmt.Errorf("since %q: not a day (YYYY-MM-DD)", f.Since)
		}
		from = d << serialBits
	}
	if f.Until != "" {
		d, ok := dayOf(f.Until)
		if !ok || len(f.Until) != 10 {
			return 0, 0, fmt.Errorf("until %q: not a day (YYYY-MM-DD)", f.Until)
		}
		to = (d + 1) << serialBits
	}
	return from, to, nil
}

// cursor is where a page ended.
type cursor struct {
	id   int64
	rank float64
	set  bool
}

func (f *Filter) cursor() (c cursor, err error) {
	if f.After == "" {
		return c, nil
	}
	rank, id, ok := strings.Cut(f.After, "~")
	if !ok {
		id = rank
	}
	c.set = true
	c.id, err = strconv.ParseInt(id, 36, 64)
	if err == nil && ok {
		c.rank, err = strconv.ParseFloat(rank, 64)
	}
	if err != nil || ok != f.ByRank {
		return c, fmt.Errorf("after %q: not the end of a page of this query", f.After)
	}
	return c, nil
}

func (c cursor) String(byRank bool) string {
	id := strconv.FormatInt(c.id, 36)
	if byRank {
		return strconv.FormatFloat(c.rank, 'g', -1, 64) + "~" + id
	}
	return id
}

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

// Find returns statements, the newest first unless asked otherwise.
func (v View) Find(ctx context.Context, f Filter) (Results[Hit], error) {
	r, err := find(ctx, v, &f, ofStatements, v.hit)
	return r, v.l.fail("find", err)
}

// find gathers a page. make turns a match into a result, or drops it.
func find[T any](ctx context.Context, v View, f *Filter, of *catalogue, make func(context.Context, *Filter, *match) (T, bool, error)) (out Results[T], err error) {
	limit := cmp.Or(max(f.Limit, 0), 20)
	c, err := f.cursor()
	if err != nil {
		return out, err
	}
	out.Hits = []T{}
	for {
		// One more than is wanted tells whether there is another page.
		want := limit - len(out.Hits) + 1
		found, err := v.matches(ctx, f, of, c, want)
		if err != nil {
			return out, err
		}
		for i := range found {
			if len(out.Hits) == limit {
				out.Next = c.String(f.ByRank)
				return out, nil
			}
			hit, ok, err := make(ctx, f, &found[i])
			if err != nil {
				return out, err
			}
			if ok {
				out.Hits = append(out.Hits, hit)
			}
			c = found[i].cursor
			c.set = true
		}
		if len(found) < want {
			return out, nil
		}
	}
}

func (v View) hit(ctx context.Context, f *Filter, m *match) (h Hit, ok bool, err error) {
	var packed []byte
	err = v.l.reads.QueryRowContext(ctx, `SELECT frame FROM reading WHERE article = $1 AND number = $2`, m.article, m.reading).Scan(&packed)
	if err != nil {
		return h, false, err
	}
	fr, err := unpack(packed)
	if err != nil {
		return h, false, fmt.Errorf("article %s: %w", m.about.Article, err)
	}
	s, err := fr.statement(m.label)
	if err != nil {
		return h, false, fmt.Errorf("article %s: %w", m.about.Article, err)
	}
	if f.sided() > 1 {
		var head claim.Article
		if err := json.Unmarshal(fr.head, &head); err != nil {
			return h, false, err
		}
		if !slices.ContainsFunc(head.Events, func(e claim.Event) bool { return e.Statement == s.ID && f.fits(&e) }) {
			return h, false, nil
		}
	}
	if m.corrected > 0 {
		made, err := corrections(ctx, v.l.reads, m.article, v.at)
		if err != nil {
			return h, false, err
		}
		p := patch(&claim.Article{Text: fr.text, Statements: []claim.Statement{*s}}, made)
		if len(p.Article.Statements) == 0 {
			return h, false, nil
		}
		s = &p.Article.Statements[0]
		h.Corrected = p.changed[s.ID]
	}
	fill(&h, m.about.done(v.at), s, fr.text)
	h.Claim, err = v.claimOf(ctx, m.article, m.label)
	return h, true, err
}

// fill writes a statement down as it is shown.
func fill(h *Hit, about About, s *claim.Statement, text string) {
	src := &s.Source
	h.About, h.Full, h.Statement = about, s, s.ID
	h.Source = Who{src.Text, src.Name, src.Known, string(src.Kind), src.Role, src.Affiliation, src.Count, src.Basis, src.Terms, string(src.Record)}
	h.Cue, h.Class, h.Words, h.Quotation, h.Negated = s.Cue.Text, s.Cue.Class, s.Words, string(s.Quotation), s.Negated
	h.Addressee, h.Score = s.Addressee.Text, s.Score
	for _, c := range s.Factuality {
		h.Factuality = append(h.Factuality, Held{c.Holder, string(c.Value)})
		switch c.Holder {
		case s.ID:
			h.Certainty = string(c.Value)
		case claim.Author:
			h.Author = string(c.Value)
		}
	}
	h.Spans = points(text, s.Content)
	h.Open = place(about.Locator, s.Words, len(s.Content) == 1)
}

// place is where to read words: the address with a text fragment, where they stand together
// and it is an address; otherwise the locator.
func place(locator, words string, together bool) string {
	if !strings.HasPrefix(locator, "http://") && !strings.HasPrefix(locator, "https://") || !together || strings.Contains(locator, "#") {
		return locator
	}
	w := strings.Fields(words)
	if len(w) == 0 {
		return locator
	}
	escape := func(s string) string {
		return strings.NewReplacer("-", "%2D", ",", "%2C", "&", "%26").Replace(url.PathEscape(s))
	}
	if len(w) <= 10 {
		return locator + "#:~:text=" + escape(strings.Join(w, " "))
	}
	return locator + "#:~:text=" + escape(strings.Join(w[:4], " ")) + "," + escape(strings.Join(w[len(w)-4:], " "))
}

// sided is how many sides of one event a filter names. The index knows them only apart.
func (f *Filter) sided() int {
	n := 0
	for _, s := range []string{f.Event, f.Actor, f.Target} {
		if s != "" {
			n++
		}
	}
	return n
}

// fits says whether one event is what the filter asks for.
func (f *Filter) fits(e *claim.Event) bool {
	side := func(want string, of []claim.Actor) bool {
		return want == "" || slices.ContainsFunc(of, func(a claim.Actor) bool {
			return slices.ContainsFunc(keys(&a), func(k string) bool { return k != "" && facet("", k) == facet("", want) })
		})
	}
	return (f.Event == "" || strings.EqualFold(string(e.Type), f.Event)) && side(f.Actor, e.Actors) && side(f.Target, e.Targets)
}

// Story is an article that was found.
type Story struct {
	About
	Statements int `json:"statements"`
	// Snippet is the words around the first of the query's that the text has.
	Snippet string `json:"snippet,omitzero"`
	// Events are those that the filter asks for, where it names a type or sides.
	Events []Told `json:"events,omitzero"`
}

// Told is an event as it is shown.
type Told struct {
	ID        string       `json:"id"`
	Type      string       `json:"type"`
	Mode      string       `json:"mode,omitzero"`
	Words     string       `json:"words"`
	Actors    []string     `json:"actors"`
	Targets   []string     `json:"targets"`
	Time      string       `json:"time,omitzero"`
	Statement string       `json:"statement,omitzero"`
	Author    string       `json:"author,omitzero"` // how sure the author is that it happened
	Span      [2]int       `json:"span"`            // of the trigger, in code points
	Full      *claim.Event `json:"-"`
}

// Articles returns articles by their titles and texts, and by the events and people in
// them. An article's index is that of its newest reading, also in views of earlier days.
func (v View) Articles(ctx context.Context, f Filter) (Results[Story], error) {
	r, err := find(ctx, v, &f, ofArticles, v.story)
	return r, v.l.fail("find articles", err)
}

func (v View) story(ctx context.Context, f *Filter, m *match) (s Story, ok bool, err error) {
	got, err := load(ctx, v.l.reads, m.article, v.at)
	if err != nil {
		return s, false, err
	}
	a := got.Article
	s.About, s.Statements = m.about.done(v.at), len(a.Statements)
	s.Snippet = snippet(a.Text, f.Query)
	if f.sided() == 0 {
		return s, true, nil
	}
	for i := range a.Events {
		if e := &a.Events[i]; f.fits(e) {
			s.Events = append(s.Events, told(e, a.Text))
		}
	}
	return s, len(s.Events) > 0, nil
}

func told(e *claim.Event, text string) Told {
	t := Told{ID: e.ID, Type: string(e.Type), Mode: e.Mode, Words: e.Text, Time: e.Time, Statement: e.Statement, Full: e, Actors: []string{}, Targets: []string{}}
	for _, a := range e.Actors {
		t.Actors = append(t.Actors, cmp.Or(a.Name, a.Text, a.Country))
	}
	for _, a := range e.Targets {
		t.Targets = append(t.Targets, cmp.Or(a.Name, a.Text, a.Country))
	}
	for _, c := range e.Factuality {
		if c.Holder == claim.Author {
			t.Author = string(c.Value)
		}
	}
	if p := points(text, []claim.Span{e.Trigger}); len(p) > 0 {
		t.Span = p[0]
	}
	return t
}

// snippet is some 30 words around the first word of the query that a text has, or its
// beginning.
func snippet(text, query string) string {
	var w where
	w.ask(query)
	words := strings.Fields(text)
	at := 0
search:
	for i, word := range words {
		f := fold(word)
		for _, p := range w.phrases {
			if !p.not && strings.Contains(" "+f+" ", " "+p.words[0]+" ") {
				at = i
				break search
			}
		}
	}
	from, to := max(0, at-12), min(len(words), at+18)
	out := strings.Join(words[from:to], " ")
	if from > 0 {
		out = "… " + out
	}
	if to < len(words) {
		out += " …"
	}
	return out
}
