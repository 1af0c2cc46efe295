package ingest

import (
	"context"
	"errors"
	"time"

	"hearsay/claim"
	"hearsay/ledger"
	"hearsay/provenance"
)

const (
	// thin is of how many marks of a text one is kept in the ledger. A text has one for some
	// sixteen words, and a copy shares most of them: a part is enough to find it.
	thin = 4
	// fewMarks is how many marks are all kept: short reports are copied too.
	fewMarks = 8
	// copyDays is how many days before or after a text a copy of it is looked for.
	copyDays = 7
	// mostCopies is how many candidates are compared.
	mostCopies = 12
)

// marks returns the marks under which copies of an article's text are found: a thinned set
// of those that provenance compares texts by.
func marks(a *claim.Article) map[string][]uint64 {
	all := provenance.Sign(a.Text).Marks()
	var kept []uint64
	for _, m := range all {
		if len(all) <= fewMarks || m%thin == 0 {
			kept = append(kept, uint64(m))
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return map[string][]uint64{"": kept}
}

// CopyOf is an article that shares text with another.
type CopyOf struct {
	ledger.About
	Of *provenance.Copy // with the article asked about as the first text
}

// Copies returns the articles that were made from an article, or it from them, or both from
// a third: those published within a week whose texts share marks with its text, and that
// then turn out to be copies, those that share most marks first.
func Copies(ctx context.Context, v ledger.View, a *claim.Article) ([]CopyOf, error) {
	var since, until string
	if t, err := time.Parse(time.DateOnly, date(a)); err == nil {
		since, until = t.AddDate(0, 0, -copyDays).Format(time.DateOnly), t.AddDate(0, 0, copyDays).Format(time.DateOnly)
	}
	found, err := v.Marked(ctx, marks(a)[""], since, until, mostCopies+1)
	if err != nil {
		return nil, err
	}
	var out []CopyOf
	for _, m := range found {
		if m.Article == a.ID || m.Statement != "" {
			continue
		}
		page, err := v.Article(ctx, m.Article)
		if errors.Is(err, ledger.ErrNotFound) || errors.Is(err, ledger.ErrRedacted) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if page.Locator == a.Locator {
			continue // a revision
		}
		if c := provenance.Compare(a.Text, page.Content.Text); c.Copied() {
			out = append(out, CopyOf{page.About, c})
		}
	}
	return out, nil
}
