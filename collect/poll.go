package collect

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// State is what is kept of a polled source from one poll to the next. It is a plain
// value: who polls stores it.
type State struct {
	Asked string `json:"asked,omitempty"` // the address as a person gave it
	URL   string `json:"url"`             // the address to ask; it follows a feed that moved for good
	Title string `json:"title,omitempty"`
	// Every is the interval that a person wants, or 0 for a quarter of an hour.
	Every        time.Duration `json:"every,omitempty"`
	Hint         time.Duration `json:"hint,omitempty"` // how long the feed says that it stays as it is
	ETag         string        `json:"etag,omitempty"`
	LastModified string        `json:"last_modified,omitempty"`
	Polled       time.Time     `json:"polled,omitzero"`     // end of the last poll
	NotBefore    time.Time     `json:"not_before,omitzero"` // Retry-After of the last answer
	Health       Health        `json:"health,omitzero"`
}

// Subscribe returns the state of a source that was never polled.
func Subscribe(address string, every time.Duration) State {
	return State{Asked: address, URL: address, Every: every}
}

// Poll is what one poll found.
type Poll struct {
	Feed *Feed   // nil where it was unchanged, or is a sitemap
	New  []Entry // entries that are not Seen, as the list orders them
	// Err is why the source is broken, or nil. Problems are what is wrong with parts of it.
	Err      error
	Problems []error

	validators Page // whose headers [State.Took] takes over
}

// Poll asks a feed or sitemap for what is new, and returns the state after it. The state
// holds no new validators: [State.Took] adds them once the entries are dealt with, since a
// poll whose entries were lost must not be answered "unchanged" the next time. The error
// is that of ctx alone: a source that is broken is a result.
func (c *Collector) Poll(ctx context.Context, s State) (Poll, State, error) {
	if c.Fetcher == nil {
		return Poll{}, s, errNoFetcher(s.URL)
	}
	if s.Asked == "" {
		s.Asked = s.URL
	}
	page, err := c.Fetcher.Get(ctx, Request{URL: s.URL, ETag: s.ETag, LastModified: s.LastModified, List: true})
	if ctx.Err() != nil {
		return Poll{}, s, ctx.Err()
	}
	at := c.clock()
	s.Polled, s.NotBefore = at, time.Time{}
	if err != nil {
		why, detail := brokenBy(err, page)
		if failed, ok := err.(*FetchError); ok && failed.RetryAfter > 0 {
			s.NotBefore = at.Add(failed.RetryAfter)
		}
		s.Health = s.Health.After(Broken, why, detail, at)
		return Poll{Err: err}, s, nil
	}
	if page.Moved && page.Status == http.StatusNotModified {
		s.URL = page.URL
	}
	if page.Status == http.StatusNotModified {
		s.Health = s.Health.After(Empty, ReasonUnchanged, "", at)
		return Poll{validators: page}, s, nil
	}
	var p Poll
	s.Hint = maxAge(page.Header)
	entries, err := c.listed(page, &p, &s)
	if err != nil {
		why, detail := brokenBy(err, page)
		s.Health = s.Health.After(Broken, why, detail, at)
		return Poll{Err: err}, s, nil
	}
	p.validators = page
	if page.Moved {
		s.URL = page.URL
	}
	for _, e := range entries {
		if c.Seen == nil || !c.Seen(e) {
			p.New = append(p.New, e)
		}
	}
	switch {
	case len(entries) == 0:
		s.Health = s.Health.After(Empty, ReasonNoEntries, "", at)
	case len(p.New) == 0:
		s.Health = s.Health.After(Empty, ReasonNothingNew, "", at)
	default:
		s.Health = s.Health.After(Alive, ReasonNew, strconv.Itoa(len(p.New)), at)
	}
	return p, s, nil
}

// listed reads the entries of a fetched list.
func (c *Collector) listed(page Page, p *Poll, s *State) ([]Entry, error) {
	raw, kind, err := unpackList(page.Body, c.mostList())
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", page.URL, err)
	}
	if kind == kindSitemap {
		m, err := ParseSitemap(page.URL, raw)
		if err == nil && len(m.Sitemaps) > 0 {
			err = fmt.Errorf("read sitemap %s: an index of sitemaps; poll one that changes, such as its news sitemap", page.URL)
		}
		return m.Entries, err
	}
	feed, err := ParseFeed(page.URL, raw)
	if err != nil {
		return nil, err
	}
	p.Feed, p.Problems = feed, feed.Problems
	s.Title, s.Hint = feed.Title, max(s.Hint, feed.Every)
	return feed.Entries, nil
}

// Took returns the state with the validators of a poll whose entries are dealt with: from
// now on the source is asked only for what changed since.
func (s State) Took(p Poll) State {
	if p.validators.Status == http.StatusOK {
		s.ETag = p.validators.Header.Get("Etag")
		s.LastModified = p.validators.Header.Get("Last-Modified")
	}
	return s
}

// maxAge is how long a Cache-Control header says that an answer holds, or 0.
func maxAge(h http.Header) time.Duration {
	for part := range strings.SplitSeq(h.Get("Cache-Control"), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		if strings.EqualFold(name, "no-cache") || strings.EqualFold(name, "no-store") {
			return 0
		}
		if n, err := strconv.Atoi(strings.Trim(value, `"`)); err == nil && n > 0 && strings.EqualFold(name, "max-age") {
			return time.Duration(min(n, 365*24*3600)) * time.Second
		}
	}
	return 0
}
