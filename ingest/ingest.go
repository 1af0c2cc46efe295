package ingest

import (
	"context"
	"encoding/json"
	"errors"
	"iter"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hearsay/claim"
	"hearsay/collect"
	"hearsay/doc"
	"hearsay/ledger"
	"hearsay/read"
)

// Config says what an [Ingest] works with.
type Config struct {
	Ledger    *ledger.Ledger
	Reader    *read.Reader
	Collector *collect.Collector
	// Jobs is how many pages are read at once; 0 is 1.
	Jobs int
	// Date (YYYY-MM-DD) and Outlet go before what pages and lists say of themselves.
	Date, Outlet string
	// Fields is how the fields of JSON lines are named, as the Collector has them: a run that is
	// gone on with under other names begins anew.
	Fields string
	// Owner returns the name of an outlet, by a name or a domain, and its owner family on a
	// day (YYYY-MM-DD, or ""). Nil knows none.
	Owner func(nameOrDomain, day string) (name, family string)
	// Anew begins a source at its beginning though an earlier run was stopped in it.
	Anew bool
	// Progress, unless nil, is told after each page. Problem, unless nil, is told of what
	// failed, and of what was taken in with a reservation. Neither is called twice at once.
	Progress func(Tally)
	Problem  func(error)
	// Every is how often saved sources are asked that have no interval of their own; 0: 15 minutes.
	Every time.Duration
	// Clock is the time, for schedules; nil: time.Now.
	Clock func() time.Time
}

// Ingest takes articles into a ledger. Its methods are not for concurrent use.
type Ingest struct {
	Config
	links *linking
	tally Tally
	// dropped are articles that could not be stored, to which nothing can be linked.
	dropped map[string]bool
	reading chan struct{} // room for as many readings as there are jobs
}

// Tally counts what became of pages.
type Tally struct {
	Pages     int `json:"pages"`     // all that were collected
	Stored    int `json:"stored"`    // new articles
	Revisions int `json:"revisions"` // new texts of known articles
	Reread    int `json:"reread"`    // known articles, read by a reader that had not read them
	Known     int `json:"known"`     // nothing changed
	Redacted  int `json:"redacted"`  // removed by a person, and not taken again
	Failed    int `json:"failed"`
	// Statements and Links are those of what was stored.
	Statements int `json:"statements"`
	Links      int `json:"links"`
}

// New returns an Ingest.
func New(c Config) *Ingest {
	c.Jobs = max(c.Jobs, 1)
	if c.Clock == nil {
		c.Clock = time.Now
	}
	return &Ingest{Config: c, links: newLinking(c.Ledger, held), dropped: map[string]bool{}, reading: make(chan struct{}, c.Jobs)}
}

// Tally returns what became of all pages so far.
func (in *Ingest) Tally() Tally { return in.tally }

// place is how far a source has been taken in, as its checkpoint keeps it.
type place struct {
	Cursor collect.Cursor `json:"cursor"`
	Reader string         `json:"reader"`
	Fields string         `json:"fields,omitempty"`
}

// Source takes in a source, and goes on where an earlier run with the same reader was
// stopped. It returns what became of its pages. An error says that the run has ended early: the
// context has, or the ledger cannot store. What is wrong with pages is told to Problem.
func (in *Ingest) Source(ctx context.Context, name string) (Tally, error) {
	before := in.tally
	name = absolute(name)
	checkpoint := "ingest " + name
	kept, err := in.Ledger.Checkpoint(ctx, checkpoint)
	if err != nil {
		return Tally{}, err
	}
	at := place{Reader: in.Reader.Version(), Fields: in.Fields}
	var old place
	if kept != "" && json.Unmarshal([]byte(kept), &old) == nil && old.Reader == at.Reader && old.Fields == at.Fields && !in.Anew {
		at.Cursor = old.Cursor
	}
	jobs := func(yield func(job) bool) {
		for page, err := range in.Collector.Pages(ctx, name, at.Cursor) {
			if ctx.Err() != nil {
				return
			}
			if page.Cursor != "" {
				at.Cursor = page.Cursor
			}
			value, bad := json.Marshal(at)
			if bad != nil {
				panic(bad) // three strings
			}
			if !yield(job{page: page, err: err, run: name, task: page.Locator, checkpoint: checkpoint, value: string(value)}) {
				return
			}
		}
	}
	if err = in.take(ctx, jobs); err == nil {
		var links int
		links, err = in.links.settle(ctx)
		in.tally.Links += links
	}
	if err == nil {
		err = in.patiently(ctx, func(ctx context.Context) error {
			kept, err := in.Ledger.Checkpoint(ctx, checkpoint)
			if err == nil && kept != "" {
				err = in.Ledger.SetCheckpoint(ctx, checkpoint, "")
			}
			return err
		})
	}
	return in.tally.minus(before), err
}

// minus returns what came after an earlier tally.
func (t Tally) minus(u Tally) Tally {
	t.Pages -= u.Pages
	t.Stored -= u.Stored
	t.Revisions -= u.Revisions
	t.Reread -= u.Reread
	t.Known -= u.Known
	t.Redacted -= u.Redacted
	t.Failed -= u.Failed
	t.Statements -= u.Statements
	t.Links -= u.Links
	return t
}

// absolute returns the name by which a source is known from whatever folder a run is
// started in.
func absolute(name string) string {
	if isAddress(name) {
		return name
	}
	if path, err := filepath.Abs(name); err == nil {
		return path
	}
	return name
}

func isAddress(name string) bool {
	return strings.HasPrefix(name, "http://") || strings.HasPrefix(name, "https://")
}

// job is a page to take in.
type job struct {
	page   collect.Page
	err    error
	stored string // id of a stored article that is read anew, in place of a page
	// fetch, unless nil, gets the page, by the worker.
	fetch func(context.Context) (collect.Page, error)
	run   string // under which what fails is recorded
	task  string
	again func(err error) time.Time // when to try a failed task again; nil: never
	// checkpoint is set to value once this page and all before it are dealt with; "": none.
	checkpoint, value string
}

// result is what became of a job.
type result struct {
	job
	item   *ledger.Item // to store; nil where there is nothing to
	reread bool         // the article is known, and this is a new reading of it
	notes  []error
}

// take takes in pages: read by several workers, dealt with in their order. What was begun
// when the context ends is still stored.
func (in *Ingest) take(ctx context.Context, jobs iter.Seq[job]) error {
	type pending struct {
		job
		done chan result
	}
	work, window := make(chan pending), make(chan pending, 2*fetchers*in.Jobs)
	quit := make(chan struct{})
	var all sync.WaitGroup
	// Nothing of this run goes on behind its end.
	defer all.Wait()
	defer close(quit)
	// Pages that are still to be fetched are mostly waited for.
	for range in.Jobs * fetchers {
		all.Go(func() {
			for p := range work {
				p.done <- in.read(ctx, p.job)
			}
		})
	}
	all.Go(func() {
		defer close(window)
		defer close(work)
		for j := range jobs {
			p := pending{j, make(chan result, 1)}
			select {
			case window <- p:
			case <-quit:
				return
			}
			select {
			case work <- p:
			case <-quit:
				return
			}
		}
	})
	s := &sink{Ingest: in, ctx: context.WithoutCancel(ctx), stop: ctx}
	tick := time.NewTicker(flushEvery)
	defer tick.Stop()
	for {
		select {
		case p, ok := <-window:
			if !ok {
				return errors.Join(s.flush(), ctx.Err())
			}
			var r result
			select {
			case r = <-p.done:
			case <-ctx.Done():
				// What a worker has in hand is waited for; what nobody took is not.
				select {
				case r = <-p.done:
				case <-time.After(inHand):
					return errors.Join(s.flush(), ctx.Err())
				}
			}
			if err := s.put(r); err != nil {
				return err
			}
		case <-tick.C:
			if err := s.flush(); err != nil {
				return err
			}
		}
	}
}

// fetchers is how many pages are in hand for each that is being read.
const fetchers = 3

// inHand is how long a run that is stopped waits for a page.
const inHand = 10 * time.Second

// annotate reads a Doc, no more of them at once than there are jobs.
func (in *Ingest) annotate(d *doc.Doc) {
	in.reading <- struct{}{}
	defer func() { <-in.reading }()
	in.Reader.Annotate(d)
}

// known says whether the ledger has an article with a reading of this reader, or else
// whether it has it with others.
func (in *Ingest) known(ctx context.Context, a string, locator string) (known, reread bool, err error) {
	has, err := in.Ledger.Has(ctx, in.Reader.Version(), a)
	if err != nil || has[a] {
		return has[a], false, err
	}
	revisions, err := in.Ledger.Now().Revisions(ctx, locator)
	for _, r := range revisions {
		reread = reread || r.Article == a
	}
	return false, reread, err
}

// statements counts those of an item.
func statements(a *claim.Article) int { return len(a.Statements) }
