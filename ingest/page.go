package ingest

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"mime"
	"net/url"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"hearsay/claim"
	"hearsay/collect"
	"hearsay/doc"
	"hearsay/extract"
	"hearsay/ledger"
)

// read makes an item of a page, unless the ledger has it. Our own panics are errors: a
// broken page never ends a run.
func (in *Ingest) read(ctx context.Context, j job) (r result) {
	r.job = j
	defer func() {
		if p := recover(); p != nil {
			r.item, r.err = nil, fmt.Errorf("read %s: a fault of this program, please report it: %v\n%s", r.page.Locator, p, debug.Stack())
		}
	}()
	if r.err == nil {
		r.err = ctx.Err()
	}
	if r.fetch != nil && r.err == nil {
		r.page, r.err = r.fetch(ctx)
	}
	if r.err != nil {
		return r
	}
	if r.stored != "" {
		// A stop does not take the answer away: what is in hand is finished.
		if r.item, r.err = in.readStored(context.WithoutCancel(ctx), r.stored); r.item != nil {
			r.item.Run, r.item.Task, r.reread = j.run, j.task, true
		}
		return r
	}
	page := &r.page
	d, err := extract.Article(page.Locator, decoded(page))
	if err != nil {
		r.err = err
		return r
	}
	locator := Locator(page)
	e := in.evidence(page, d)
	id := claim.ArticleID(locator, d.Text)
	known, reread, err := in.known(context.WithoutCancel(ctx), id, locator)
	if err != nil {
		r.err = err
		return r
	}
	if known {
		return r
	}
	d.Reader = in.Reader.Version()
	if extract.English(d) {
		in.annotate(d)
	} else {
		r.notes = append(r.notes, fmt.Errorf("read %s: not in English (language: %s), so no statements are looked for", page.Locator, d.Meta.Language))
	}
	if page.Fallback != "" {
		r.notes = append(r.notes, fmt.Errorf("read %s: what the feed holds of it is taken, since %s", page.Locator, page.Fallback))
	}
	if page.Cut != "" {
		r.notes = append(r.notes, fmt.Errorf("read %s: its end is missing (%s)", page.Locator, page.Cut))
	}
	a := claim.New(d, locator, e)
	r.reread = reread
	r.item = &ledger.Item{Article: a, Marks: marks(a), Run: j.run, Task: j.task}
	// A page that is nothing but its text is kept by the text.
	if string(page.Body) != a.Text {
		a.RawHash = claim.Hash(page.Body)
		media, _, _ := mime.ParseMediaType(page.Header.Get("Content-Type"))
		r.item.Raw = &ledger.Raw{Media: media, Body: page.Body}
	}
	return r
}

// decoded returns the body of a page in UTF-8 where the server names its characters and
// they are no UTF-8; extract finds out all other cases by itself.
func decoded(page *collect.Page) []byte {
	_, params, err := mime.ParseMediaType(page.Header.Get("Content-Type"))
	if err != nil || params["charset"] == "" || utf8.Valid(page.Body) {
		return page.Body
	}
	from, err := charset.NewReaderLabel(params["charset"], bytes.NewReader(page.Body))
	if err != nil {
		return page.Body
	}
	text, err := io.ReadAll(from)
	if err != nil {
		return page.Body
	}
	return text
}

// tracking are parameters of addresses that say by which way a reader came.
var tracking = []string{"utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "utm_id", "fbclid", "gclid", "mc_cid", "mc_eid"}

// Locator returns where an article is kept: the address of its page without a fragment and
// parameters of advertising; else the path of its file, with the id or the number of the
// line that it stands in.
func Locator(p *collect.Page) string {
	address := cmp.Or(p.URL, p.Entry.URL)
	u, err := url.Parse(address)
	if !isAddress(address) || err != nil || u.Host == "" {
		if p.Entry.ID != "" && p.Entry.List != "" && !strings.Contains(p.Locator, "@") {
			return clean(absolute(p.Entry.List) + "#" + p.Entry.ID)
		}
		return clean(absolute(p.Locator))
	}
	u.Fragment, u.RawFragment = "", ""
	if u.RawQuery != "" {
		var kept []string
		for part := range strings.SplitSeq(u.RawQuery, "&") {
			name, _, _ := strings.Cut(part, "=")
			if !contains(tracking, strings.ToLower(name)) && part != "" {
				kept = append(kept, part)
			}
		}
		u.RawQuery = strings.Join(kept, "&")
	}
	return clean(u.String())
}

// clean makes valid UTF-8 of the name of a file.
func clean(s string) string { return strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "\uFFFD") }

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// evidence gathers what page and list say of an article. What the list says goes before
// what the page seems to say, since it was written to be read by programs; what a person
// says goes before both. It sets in the Doc what the reading goes by.
func (in *Ingest) evidence(p *collect.Page, d *doc.Doc) claim.Evidence {
	m, entry := &d.Meta, &p.Entry
	e := claim.Evidence{
		Title:     cmp.Or(entry.Title, m.Title),
		Outlet:    cmp.Or(in.Outlet, entry.Outlet, m.Outlet),
		Byline:    cmp.Or(entry.Author, m.Byline),
		Credit:    m.Credit,
		Dateline:  m.Dateline,
		Section:   m.Section,
		Language:  m.Language,
		Published: cmp.Or(in.Date, moment(entry.Published, p.Fetched), m.Published),
		Updated:   cmp.Or(moment(entry.Updated, p.Fetched), m.Updated),
		Canonical: cmp.Or(p.Canonical(), m.Canonical),
		FeedFrom:  entry.Source.Title,
		FeedURL:   cmp.Or(entry.Source.URL, entry.Source.ID),
	}
	if !p.Fetched.IsZero() {
		e.Fetched = p.Fetched.UTC().Format(time.RFC3339)
	}
	if entry.List != "" {
		e.Feed = absolute(entry.List)
	}
	if e.Section == "" && len(entry.Categories) > 0 {
		e.Section = entry.Categories[0]
	}
	day := dayOf(e.Published)
	if in.Owner != nil && e.Outlet != "" {
		if name, family := in.Owner(e.Outlet, day); name != "" {
			e.Outlet, e.Family = name, family
		}
	}
	if host := hostOf(cmp.Or(p.URL, entry.URL)); host != "" && (e.Outlet == "" || e.Family == "") {
		name, family := host, ""
		if in.Owner != nil {
			if n, f := in.Owner(host, day); n != "" {
				name, family = n, f
			}
		}
		e.Outlet, e.Family = cmp.Or(e.Outlet, name), cmp.Or(e.Family, family)
	}
	m.Published, m.Outlet, m.Title = day, e.Outlet, e.Title
	for _, s := range []*string{&e.Title, &e.Outlet, &e.Byline, &e.Credit, &e.Section, &e.Canonical, &e.Feed, &e.FeedFrom, &e.FeedURL} {
		*s = clean(*s)
	}
	return e
}

// dayOf returns the day of a moment.
func dayOf(moment string) string { return moment[:min(len(moment), len(time.DateOnly))] }

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || !isAddress(address) {
		return ""
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// moment writes a date of a list, or "" for one that cannot be.
func moment(d collect.Date, fetched time.Time) string {
	if fetched.IsZero() {
		fetched = time.Now()
	}
	switch {
	case !d.Plausible(fetched):
		return ""
	case d.Day:
		return d.Time.Format(time.DateOnly)
	}
	return d.Time.UTC().Format(time.RFC3339)
}
