package main

import (
	"fmt"
	"strings"
	"time"

	"hearsay/claim"
	"hearsay/ingest"
	"hearsay/ledger"
	"hearsay/read"
)

type articleCmd struct {
	viewFlag `embed:""`
	layFlag  `embed:""`
	ID       string `arg:"" name:"id" help:"Id of an article, as rows of hearsay find show it."`
	Text     bool   `help:"Print the text too."`
}

func (articleCmd) Help() string {
	return `What the ledger holds of an article: where it comes from, what is said in it and by whom, what people have corrected, the copies of its text, and how its statements changed from one text to the next.

Examples:
  hearsay article aoqi3olop2aoce1he
  hearsay article --as-known-on 2022-03-15 --format jsonl aoqi3olop2aoce1he`
}

// articleJSON is an article as it is written for programs.
type articleJSON struct {
	ledger.Page
	Evidence   map[string]string `json:"evidence"`
	Text       string            `json:"text,omitzero"`
	Statements []ledger.Hit      `json:"statements"`
	Copies     []copyJSON        `json:"copies"`
	Changes    *changesJSON      `json:"changes,omitzero"` // against the text before
}

type copyJSON struct {
	ledger.About
	Share  float64 `json:"share"`  // of the shorter text
	Shared int     `json:"shared"` // words
}

type changesJSON struct {
	Before   string       `json:"before"` // id of the article
	Same     int          `json:"same"`
	Added    []toldJSON   `json:"added"`
	Dropped  []toldJSON   `json:"dropped"`
	Reworded []rewordJSON `json:"reworded"`
}

type toldJSON struct {
	Statement string `json:"statement"`
	Source    string `json:"source"`
	Cue       string `json:"cue"`
	Words     string `json:"words"`
}

type rewordJSON struct {
	Before toldJSON `json:"before"`
	After  toldJSON `json:"after"`
}

func toldOf(s *claim.Statement) toldJSON {
	return toldJSON{s.ID, s.Source.Text, s.Cue.Text, s.Words}
}

// Run prints an article.
func (c *articleCmd) Run(e *env) error {
	l, v, err := c.view(e)
	if err != nil {
		return err
	}
	defer l.Close()
	id, _, _ := strings.Cut(c.ID, ".")
	page, err := v.Article(e, id)
	if err != nil {
		return err
	}
	a := articleJSON{Page: *page, Evidence: evidenceOf(page.Content), Statements: []ledger.Hit{}, Copies: []copyJSON{}}
	for i := range a.Corrections {
		a.Corrections[i].Content = pointsOf(page.Content.Text, a.Corrections[i].Content)
	}
	if c.Text {
		a.Text = page.Content.Text
	}
	for i := range page.Content.Statements {
		h, err := v.Statement(e, claim.Telling{Article: id, Statement: page.Content.Statements[i].ID})
		if err != nil {
			return err
		}
		a.Statements = append(a.Statements, h)
	}
	copies, err := ingest.Copies(e, v, page.Content)
	if err != nil {
		return err
	}
	for _, k := range copies {
		a.Copies = append(a.Copies, copyJSON{k.About, k.Of.Share(), k.Of.Shared})
	}
	if a.Changes, err = changes(e, v, page.Revisions, page.Content); err != nil {
		return err
	}
	out := c.rows(e.out)
	if !out.text {
		out.json(a)
		return out.err
	}
	a.print(out, page)
	return out.err
}

// evidenceOf returns what tells where an article comes from, by name, without what is not known.
func evidenceOf(a *claim.Article) map[string]string {
	all := map[string]string{"outlet": a.Outlet, "family": a.Family, "byline": a.Byline, "credit": a.Credit, "dateline": a.Dateline,
		"section": a.Section, "language": a.Language, "published": a.Published, "updated": a.Updated, "fetched": a.Fetched,
		"canonical": a.Canonical, "feed": a.Feed, "feed_from": a.FeedFrom, "feed_url": a.FeedURL}
	for name, value := range all {
		if value == "" {
			delete(all, name)
		}
	}
	return all
}

// evidenceNames are the facts of evidenceOf in the order in which they are shown.
var evidenceNames = []string{"outlet", "family", "byline", "credit", "dateline", "section", "published", "updated", "fetched", "canonical", "feed", "feed_from", "feed_url"}

// changes compares an article with the text before it, or returns nil where it is the first.
func changes(e *env, v ledger.View, revisions []ledger.About, a *claim.Article) (*changesJSON, error) {
	before := ""
	for i, r := range revisions {
		if r.Article == a.ID && i > 0 {
			before = revisions[i-1].Article
		}
	}
	if before == "" {
		return nil, nil
	}
	page, err := v.Article(e, before)
	if err != nil {
		return nil, err
	}
	d := ingest.Diff(page.Content, a)
	out := &changesJSON{Before: before, Same: d.Same, Added: []toldJSON{}, Dropped: []toldJSON{}, Reworded: []rewordJSON{}}
	for i := range d.Added {
		out.Added = append(out.Added, toldOf(&d.Added[i]))
	}
	for i := range d.Dropped {
		out.Dropped = append(out.Dropped, toldOf(&d.Dropped[i]))
	}
	for i := range d.Reworded {
		out.Reworded = append(out.Reworded, rewordJSON{toldOf(&d.Reworded[i].Before), toldOf(&d.Reworded[i].After)})
	}
	return out, nil
}

// print writes an article for people.
func (a *articleJSON) print(out *rows, page *ledger.Page) {
	out.line("%s%s%s", bold, oneLine(page.Title), plain)
	out.line("%s%s  %s%s", faint, page.Article, read.Printable(page.Locator), plain)
	for _, name := range evidenceNames {
		if value := a.Evidence[name]; value != "" {
			out.line("  %s%s", cell(strings.ReplaceAll(name, "_", " "), 12), oneLine(value))
		}
	}
	out.line("  %s%s", cell("recorded", 12), page.Recorded.Format(time.RFC3339))
	if page.Replaced {
		out.line("  %sa later text replaced this one%s", bold, plain)
	}
	if a.Text != "" {
		out.line("")
		for p := range strings.SplitSeq(a.Text, "\n") {
			out.wrapped("  ", p, "")
		}
	}
	out.line("\n%s", counted(len(a.Statements), "statement"))
	for i := range a.Statements {
		out.hit(&a.Statements[i])
	}
	if n := len(a.Rejected); n > 0 {
		out.line("\nrejected: %s", strings.Join(a.Rejected, ", "))
	}
	for i := range a.Corrections {
		out.correction(&a.Corrections[i])
	}
	if len(a.Copies) > 0 {
		out.line("\ncopies of the text")
		for _, k := range a.Copies {
			out.line("  %s%s %3.0f %% shared  %s  %s", cell(dayText(k.Published), 12), cell(k.Outlet, 24), 100*k.Share, k.Article, read.Printable(k.Locator))
		}
	}
	if len(page.Revisions) > 1 {
		out.line("\ntexts of this locator")
		for _, r := range page.Revisions {
			out.line("  %s  %s", r.Recorded.Format(time.RFC3339), r.Article)
		}
	}
	a.Changes.print(out, "")
}

// print writes how statements changed from one text to the next.
func (c *changesJSON) print(out *rows, indent string) {
	if c == nil {
		return
	}
	out.line("\n%schanged since %s: %d added, %d dropped, %d reworded, %d the same", indent, c.Before, len(c.Added), len(c.Dropped), len(c.Reworded), c.Same)
	for _, t := range c.Added {
		out.wrapped(indent+"  + ", t.String(), "")
	}
	for _, t := range c.Dropped {
		out.wrapped(indent+"  - ", t.String(), "")
	}
	for _, t := range c.Reworded {
		out.wrapped(indent+"  < ", t.Before.String(), "")
		out.wrapped(indent+"  > ", t.After.String(), "")
	}
}

func (t toldJSON) String() string {
	return oneLine(fmt.Sprintf("%s %s: %s (%s)", t.Source, t.Cue, t.Words, t.Statement))
}

// correction writes what a person changed.
func (r *rows) correction(c *ledger.Correction) {
	what := string(c.What)
	for _, s := range []string{c.Kind, c.Name, c.Known, c.Affil, string(c.Field)} {
		if s != "" {
			what += " " + s
		}
	}
	for _, t := range c.Tellings {
		what += " " + t.Article + "." + t.Statement
	}
	r.line("  corrected %s: %s, by %s on %s: %s", c.Statement, read.Printable(what), read.Printable(c.By), c.Recorded.Format(time.DateOnly), read.Printable(c.Reason))
}

// dayText is the day of a moment for people.
func dayText(moment string) string {
	if moment == "" {
		return "no date"
	}
	return moment[:min(len(moment), len(time.DateOnly))]
}

// counted returns a count with its noun: "2 events".
func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprint(n, " ", what)
}
