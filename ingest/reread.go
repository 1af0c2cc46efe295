package ingest

import (
	"context"
	"errors"
	"fmt"

	"hearsay/claim"
	"hearsay/doc"
	"hearsay/extract"
	"hearsay/ledger"
)

// Reread reads the articles anew that this reader has not read, from what the ledger holds:
// f says which (zero: all). Statements that were there before keep their ids, and with them claims
// and corrections. A run that was stopped goes on where it was, since what has been read
// anew is known.
func (in *Ingest) Reread(ctx context.Context, f ledger.Filter) (Tally, error) {
	before := in.tally
	f.Revisions, f.Limit = true, 500
	var failed error
	jobs := func(yield func(job) bool) {
		for {
			found, err := in.Ledger.Now().Articles(ctx, f)
			if err != nil {
				failed = err
				return
			}
			ids := make([]string, len(found.Hits))
			for i := range found.Hits {
				ids[i] = found.Hits[i].Article
			}
			has, err := in.Ledger.Has(ctx, in.Reader.Version(), ids...)
			if err != nil {
				failed = err
				return
			}
			for _, id := range ids {
				j := job{stored: id, run: "reread", task: id}
				j.page.Locator = id
				if !has[id] && !yield(j) {
					return
				}
			}
			if f.After = found.Next; f.After == "" {
				return
			}
		}
	}
	err := in.take(ctx, jobs)
	if err == nil {
		err = failed
	}
	if err == nil {
		var links int
		links, err = in.links.settle(ctx)
		in.tally.Links += links
	}
	return in.tally.minus(before), err
}

// readStored makes an item of a stored article. The blocks of its text are those of the
// page as it came, where that still gives the same text.
func (in *Ingest) readStored(ctx context.Context, id string) (*ledger.Item, error) {
	page, err := in.Ledger.Now().Article(ctx, id)
	if err != nil {
		return nil, err
	}
	a := page.Content
	d := doc.New(a.Text)
	fromPage := false
	if a.RawHash != "" {
		raw, err := in.Ledger.Raw(ctx, a.RawHash)
		switch {
		case errors.Is(err, ledger.ErrNotFound):
		case err != nil:
			return nil, err
		default:
			if again, err := extract.Article(a.Locator, raw.Body); err == nil && again.Text == a.Text {
				d, fromPage = again, true
			}
		}
	}
	if !fromPage {
		extract.Layout(d)
	}
	m := &d.Meta
	m.Path, m.Title, m.Outlet, m.Byline, m.Credit, m.Language = a.Locator, a.Title, a.Outlet, a.Byline, a.Credit, a.Language
	m.Published = dayOf(a.Published)
	d.Reader = in.Reader.Version()
	if extract.English(d) {
		in.annotate(d)
	}
	new := claim.New(d, a.Locator, a.Evidence)
	new.RawHash = a.RawHash
	if new.ID != id {
		return nil, fmt.Errorf("reread %s: it is %s now", id, new.ID)
	}
	return &ledger.Item{Article: new, Marks: marks(new)}, nil
}
