package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"hearsay/collect"
	"hearsay/ledger"
)

// A saved source is a row of the ledger with its schedule and its health, and what it named
// that is not taken in yet are tasks there. A poll first makes tasks of new entries and then
// says that it has seen them, so that a kill between the two loses none.

// Subscribe saves a source, or changes how often it is asked and which outlet it is of.
func Subscribe(ctx context.Context, l *ledger.Ledger, address string, every time.Duration, outlet string, now time.Time) error {
	address = absolute(address)
	feeds, err := l.Feeds(ctx)
	if err != nil {
		return err
	}
	f := ledger.Feed{Address: address, Due: now}
	for _, known := range feeds {
		if known.Address == address {
			f = known
		}
	}
	f.Every, f.Outlet = every, cmp.Or(outlet, f.Outlet)
	s := state(&f)
	f.Due = s.Due(now)
	return l.SaveFeed(ctx, f)
}

// Unsubscribe removes a saved source; what came from it stays, and what was still to be
// taken in is forgotten.
func Unsubscribe(ctx context.Context, l *ledger.Ledger, address string) error {
	address = absolute(address)
	if err := l.DropFeed(ctx, address); err != nil {
		return err
	}
	return l.Forget(ctx, address)
}

// state returns what collect keeps of a saved source.
func state(f *ledger.Feed) collect.State {
	var s collect.State
	if len(f.More) == 0 || json.Unmarshal(f.More, &s) != nil || s.URL == "" {
		s = collect.Subscribe(f.Address, f.Every)
	}
	s.Every = f.Every
	return s
}

// state is the same with the interval of the run where the source has none.
func (in *Ingest) state(f *ledger.Feed) collect.State {
	s := state(f)
	s.Every = cmp.Or(s.Every, in.Every)
	return s
}

// save stores the state of a source.
func (in *Ingest) save(ctx context.Context, f ledger.Feed, s collect.State) error {
	more, err := json.Marshal(s)
	if err != nil {
		return err
	}
	h := s.Health
	f.More, f.Title, f.ETag, f.Modified = more, cmp.Or(s.Title, f.Title), s.ETag, s.LastModified
	f.Tried, f.Worked, f.Fails, f.Due = s.Polled, h.LastGood, h.Failures, s.Due(in.Clock())
	f.Problem = ""
	switch h.Condition {
	case collect.Alive:
		f.Health = "ok"
	case collect.Empty:
		f.Health = "empty"
	case collect.Broken:
		f.Health, f.Problem = "broken", string(h.Reason)
		if h.Detail != "" {
			f.Problem += ": " + h.Detail
		}
	}
	return in.patiently(context.WithoutCancel(ctx), func(ctx context.Context) error { return in.Ledger.SaveFeed(ctx, f) })
}

const (
	// pollsAtOnce is how many sources are asked at once; collect is polite to each server.
	pollsAtOnce = 8
	// taskTake is how many pages of a source are taken from the queue at once.
	taskTake = 64
	// idle is the longest pause of a run that collects: a source may be added meanwhile.
	idle = time.Minute
)

// retries are the pauses after which a page that could not be had is asked for again.
var retries = []time.Duration{15 * time.Minute, 2 * time.Hour, 12 * time.Hour}

// Collect asks the saved sources for what is new, each when it is due, and takes that in,
// until the context ends. With once it asks all of them at once and returns.
func (in *Ingest) Collect(ctx context.Context, once bool) error {
	feeds, err := in.Ledger.Feeds(ctx)
	if err != nil {
		return err
	}
	for _, f := range feeds { // what a killed run had in hand
		if _, err := in.Ledger.Release(ctx, f.Address); err != nil {
			return err
		}
	}
	for {
		due := feeds
		if !once {
			if due, err = in.Ledger.DueFeeds(ctx, in.Clock()); err != nil {
				return err
			}
		}
		if err := in.poll(ctx, due); err != nil {
			return err
		}
		if feeds, err = in.Ledger.Feeds(ctx); err != nil {
			return err
		}
		wait := idle
		for _, f := range feeds {
			if err := in.queued(ctx, f); err != nil {
				return err
			}
			wait = min(wait, f.Due.Sub(in.Clock()))
		}
		links, err := in.links.settle(ctx)
		if in.tally.Links += links; err != nil {
			return err
		}
		if once {
			return ctx.Err()
		}
		select {
		case <-time.After(max(wait, time.Second)):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// poll asks sources, several at once.
func (in *Ingest) poll(ctx context.Context, feeds []ledger.Feed) error {
	errs := make([]error, len(feeds))
	said := make([][]error, len(feeds))
	var all sync.WaitGroup
	room := make(chan struct{}, pollsAtOnce)
	for i, f := range feeds {
		if !isAddress(f.Address) {
			continue
		}
		all.Go(func() {
			room <- struct{}{}
			defer func() { <-room }()
			said[i], errs[i] = in.pollOne(ctx, f)
		})
	}
	all.Wait()
	for i, f := range feeds {
		for _, problem := range said[i] {
			if in.Problem != nil {
				in.Problem(problem)
			}
		}
		if errs[i] == nil && !isAddress(f.Address) {
			errs[i] = in.again(ctx, f)
		}
		if errs[i] != nil {
			return errs[i]
		}
	}
	return nil
}

// pollOne asks one source and makes tasks of what is new.
func (in *Ingest) pollOne(ctx context.Context, f ledger.Feed) (problems []error, err error) {
	poll, s, err := in.Collector.Poll(ctx, in.state(&f))
	if err != nil {
		return nil, err
	}
	if poll.Err != nil {
		problems = append(problems, poll.Err)
	}
	problems = append(problems, poll.Problems...)
	var tasks []ledger.Task
	for _, e := range poll.New {
		payload, err := json.Marshal(e)
		if err != nil {
			return problems, err
		}
		name := e.Key()
		if e.Updated.Text != "" { // a page that was changed is a task anew
			name += " " + e.Updated.Text
		}
		if name != "" {
			tasks = append(tasks, ledger.Task{Run: f.Address, Name: name, Payload: payload, Due: in.Clock().Add(-time.Second)})
		}
	}
	added, err := in.Ledger.Enqueue(ctx, tasks...)
	if err != nil {
		return problems, err
	}
	if s.Health.Condition == collect.Alive && added == 0 {
		old := in.state(&f)
		s.Health = old.Health.After(collect.Empty, collect.ReasonNothingNew, "", s.Polled)
	}
	return problems, in.save(ctx, f, s.Took(poll))
}

// queued takes in what a source has named.
func (in *Ingest) queued(ctx context.Context, f ledger.Feed) error {
	outlet := in.Outlet
	in.Outlet = cmp.Or(f.Outlet, outlet)
	defer func() { in.Outlet = outlet }()
	for ctx.Err() == nil {
		tasks, err := in.Ledger.Take(ctx, f.Address, in.Clock(), taskTake)
		if err != nil || len(tasks) == 0 {
			return err
		}
		err = in.take(ctx, func(yield func(job) bool) {
			for _, t := range tasks {
				if !yield(in.task(t)) {
					return
				}
			}
		})
		if _, wrong := in.Ledger.Release(context.WithoutCancel(ctx), f.Address); err == nil {
			err = wrong // a stop leaves tasks that nobody has in hand
		}
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// task makes a job of a task.
func (in *Ingest) task(t ledger.Task) job {
	var e collect.Entry
	j := job{run: t.Run, task: t.Name}
	if err := json.Unmarshal(t.Payload, &e); err != nil {
		j.err = fmt.Errorf("task %s of %s: %w", t.Name, t.Run, err)
	}
	j.page.Locator = e.Key()
	j.fetch = func(ctx context.Context) (collect.Page, error) { return in.Collector.Page(ctx, e) }
	j.again = func(error) time.Time {
		if t.Tries < len(retries) {
			return in.Clock().Add(retries[t.Tries])
		}
		return time.Time{}
	}
	return j
}

// again takes in a saved source that is no address: a folder into which something is put,
// an archive that grows.
func (in *Ingest) again(ctx context.Context, f ledger.Feed) error {
	outlet := in.Outlet
	in.Outlet = cmp.Or(f.Outlet, outlet)
	defer func() { in.Outlet = outlet }()
	s := in.state(&f)
	t, err := in.Source(ctx, f.Address)
	if err != nil {
		return err
	}
	s.Polled = in.Clock()
	switch {
	case t.Stored+t.Revisions > 0:
		s.Health = s.Health.After(collect.Alive, collect.ReasonNew, fmt.Sprint(t.Stored+t.Revisions), s.Polled)
	case t.Failed > 0 && t.Failed == t.Pages:
		s.Health = s.Health.After(collect.Broken, collect.ReasonParse, "nothing in it can be read", s.Polled)
	default:
		s.Health = s.Health.After(collect.Empty, collect.ReasonNothingNew, "", s.Polled)
	}
	return in.save(ctx, f, s)
}
