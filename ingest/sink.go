package ingest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"hearsay/claim"
	"hearsay/ledger"
)

const (
	// batch is how many articles go into a transaction. Its price, the wait for the disk, is
	// shared by all of them, and a kill costs the reading of no more than so many.
	batch = 64
	// flushEvery is how long an article waits for others to be stored with.
	flushEvery = time.Second
	// patience is how long a run waits for a ledger that is locked or gone for now.
	patience = time.Minute
)

// sink deals with results in their order.
type sink struct {
	*Ingest
	ctx   context.Context // for storing: outlives a stop
	stop  context.Context
	items []ledger.Item
	again []bool // the item of the same place is a new reading of a known article
	// checkpoint is to be set to value with the items, or by itself.
	checkpoint, value string
	bare              int  // pages since the checkpoint was set last that gave no item
	cut               bool // a page was left out by a stop: the checkpoint stays before it
}

func (s *sink) problem(err error) {
	if s.Problem != nil {
		s.Problem(err)
	}
}

// put takes a result.
func (s *sink) put(r result) error {
	if r.err != nil && s.stop.Err() != nil && errors.Is(r.err, s.stop.Err()) {
		s.cut = true
		return nil // stopped before it was had; the next run has it
	}
	if fatal(r.err) {
		return r.err
	}
	s.tally.Pages++
	for _, note := range r.notes {
		s.problem(note)
	}
	switch {
	case r.err != nil:
		s.tally.Failed++
		s.problem(r.err)
		if err := s.record(r.job); err != nil {
			return err
		}
	case r.item == nil:
		s.tally.Known++
		if r.again != nil { // a task of a queue is done, though nothing changed
			if err := s.patiently(s.ctx, func(ctx context.Context) error { return s.Ledger.Done(ctx, r.run, r.task) }); err != nil {
				return err
			}
		}
	default:
		if !r.reread {
			links, err := s.links.of(s.ctx, r.item.Article)
			if err != nil {
				return err
			}
			r.item.Links = links
		}
		s.items, s.again = append(s.items, *r.item), append(s.again, r.reread)
	}
	if !s.cut {
		s.checkpoint, s.value = r.checkpoint, r.value
	}
	s.bare++
	var err error
	if len(s.items) >= batch || s.bare >= 1000 {
		err = s.flush()
	}
	if s.Progress != nil {
		s.Progress(s.tally)
	}
	return err
}

// fatal says whether an error is the ledger's and not a page's.
func fatal(err error) bool {
	var of *ledger.Error
	return errors.As(err, &of)
}

// record keeps what failed.
func (s *sink) record(j job) error {
	return s.patiently(s.ctx, func(ctx context.Context) error {
		if _, err := s.Ledger.Enqueue(ctx, ledger.Task{Run: j.run, Name: j.task}); err != nil {
			return err
		}
		var again time.Time
		if j.again != nil {
			again = j.again(j.err)
		}
		return s.Ledger.Fail(ctx, j.run, j.task, j.err.Error(), again)
	})
}

// flush stores what was gathered.
func (s *sink) flush() error {
	if len(s.items) == 0 {
		if s.bare == 0 || s.checkpoint == "" {
			return nil
		}
		s.bare = 0
		return s.patiently(s.ctx, func(ctx context.Context) error { return s.Ledger.SetCheckpoint(ctx, s.checkpoint, s.value) })
	}
	last := &s.items[len(s.items)-1]
	last.Checkpoint, last.Value = s.checkpoint, s.value
	for i := range s.items {
		s.items[i].Links = s.linkable(s.items[i].Links)
	}
	// What is owed is noted before the articles that owe it.
	if err := s.patiently(s.ctx, s.links.note); err != nil {
		return err
	}
	outcomes, err := s.store(s.items)
	var of *ledger.Error
	if errors.As(err, &of) && of.Why == "" {
		// Not the database's trouble but that of an article: each is tried by itself.
		outcomes, err = s.oneByOne()
	}
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		s.count(o, &s.items[i])
		if o.State == ledger.Reread {
			if err := s.relink(o.Article); err != nil {
				return err
			}
		}
	}
	s.items, s.again, s.bare = s.items[:0], s.again[:0], 0
	return nil
}

func (s *sink) store(items []ledger.Item) (out []ledger.Outcome, err error) {
	err = s.patiently(s.ctx, func(ctx context.Context) error {
		out, err = s.Ledger.Put(ctx, items...)
		return err
	})
	return out, err
}

func (s *sink) oneByOne() ([]ledger.Outcome, error) {
	out := make([]ledger.Outcome, len(s.items))
	for i := range s.items {
		item := &s.items[i]
		item.Links = s.linkable(item.Links)
		one, err := s.store([]ledger.Item{*item})
		if errors.Is(err, ledger.ErrNotFound) || errors.Is(err, ledger.ErrRedacted) {
			item.Links = nil // what it was linked to has gone meanwhile
			one, err = s.store([]ledger.Item{*item})
		}
		var of *ledger.Error
		switch {
		case err == nil:
			out[i] = one[0]
		case errors.As(err, &of) && of.Why != "":
			return nil, err
		default:
			s.dropped[item.Article.ID] = true
			s.tally.Failed++
			s.problem(err)
			if err := s.record(job{run: item.Run, task: item.Task, err: err}); err != nil {
				return nil, err
			}
			if item.Checkpoint != "" {
				if err := s.Ledger.SetCheckpoint(s.ctx, item.Checkpoint, item.Value); err != nil {
					return nil, err
				}
			}
		}
	}
	return out, nil
}

// linkable drops links to articles that could not be stored.
func (s *sink) linkable(links []claim.Link) []claim.Link {
	if len(s.dropped) == 0 {
		return links
	}
	return slices.DeleteFunc(links, func(k claim.Link) bool { return s.dropped[k.A.Article] || s.dropped[k.B.Article] })
}

func (s *sink) count(o ledger.Outcome, item *ledger.Item) {
	switch o.State {
	case ledger.Stored:
		s.tally.Stored++
	case ledger.Revision:
		s.tally.Revisions++
	case ledger.Reread:
		s.tally.Reread++
	case ledger.Known:
		s.tally.Known++
		return
	case ledger.Redacted:
		s.tally.Redacted++
		return
	default:
		return
	}
	s.tally.Statements += statements(item.Article)
	s.tally.Links += len(item.Links)
}

// relink links the statements of an article that was read anew. It is the ledger that knows
// what their ids are.
func (s *sink) relink(article string) error {
	page, err := s.Ledger.Now().Article(s.ctx, article)
	if err != nil {
		return err
	}
	links, err := s.links.of(s.ctx, page.Content)
	if links = s.linkable(links); err != nil || len(links) == 0 {
		return err
	}
	s.tally.Links += len(links)
	return s.patiently(s.ctx, func(ctx context.Context) error { return s.Ledger.Link(ctx, links...) })
}

// patiently does again what the ledger could not do for now, for a minute.
func (in *Ingest) patiently(ctx context.Context, do func(context.Context) error) error {
	wait, until := 250*time.Millisecond, time.Now().Add(patience)
	told := false
	for {
		err := do(ctx)
		if err == nil || !ledger.Retryable(err) || time.Now().After(until) {
			return err
		}
		if !told && in.Problem != nil {
			in.Problem(fmt.Errorf("%w; trying again for a minute", err))
			told = true
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return err
		}
		wait = min(2*wait, 5*time.Second)
	}
}
