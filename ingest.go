package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"time"

	"hearsay/collect"
	"hearsay/ingest"
	"hearsay/ledger"
	"hearsay/read"
)

// takeIn are the flags of commands that take articles in.
type takeIn struct {
	ledgerFlag   `embed:""`
	Jobs         int    `short:"j" default:"0" placeholder:"N" help:"Articles read at once. Unless given: one for each processor."`
	Fast         bool   `help:"Read with the linear models: quicker, less right."`
	AllowPrivate bool   `help:"Fetch from this machine and its network too, which is refused otherwise."`
	Contact      string `env:"HEARSAY_CONTACT" placeholder:"ADDRESS" help:"Page or mailbox of yours, named to the servers that are asked."`
	MaxSize      size   `default:"20MB" placeholder:"SIZE" help:"Refuse larger pages (20MB)."`
}

type ingestCmd struct {
	takeIn  `embed:""`
	Sources []string `arg:"" name:"source" help:"Files, folders, archives (WARC), JSON lines, feeds, OPML lists, sitemaps, addresses."`
	Fields  string   `placeholder:"PART=FIELD,…" help:"Names of the fields of JSON lines: text=story,date=day. The usual ones are found without it."`
	Date    string   `placeholder:"YYYY-MM-DD" help:"Day of publication of all articles. Unless given: each one's own."`
	Outlet  string   `placeholder:"NAME" help:"Medium that published all articles. Unless given: each one's own."`
	Restart bool     `help:"Begin at the beginning though an earlier run was stopped; what is stored is not read again."`
}

func (ingestCmd) Help() string {
	return `Articles are read once and kept with who said what in them, where they came from, and which other articles tell the same. What a source is, is told by its content. The same source again changes nothing; what is new in it, or has another text, is taken in.

A run that was stopped (Ctrl-C) or killed goes on where it was when it is started again. A page that cannot be read is reported and recorded (hearsay ledger failures), the others go on, and the exit status is 1.

Examples:
  hearsay ingest articles/
  hearsay ingest --jobs 2 --fast crawl.warc.gz stories.jsonl.gz
  hearsay ingest --fields text=story,date=day,outlet=paper lines.jsonl
  hearsay ingest https://harbour.example/feed.xml
  hearsay ingest --ledger postgres://desk@db.example/hearsay articles/`
}

// ingestMemory is how much memory, in bytes, a run is content with: the collector of
// garbage works harder near it. What is needed is kept, so it is no hard limit.
const ingestMemory = 700 << 20

// Run takes the sources in, one after another.
func (c *ingestCmd) Run(e *env) error {
	debug.SetMemoryLimit(ingestMemory)
	if c.Date != "" {
		if _, err := time.Parse(time.DateOnly, c.Date); err != nil {
			return usageError(fmt.Sprintf("--date %s: not a day such as 2026-03-15", c.Date))
		}
	}
	fields, err := collect.ParseFields(c.Fields)
	if err != nil {
		return usageError("--fields: " + err.Error())
	}
	l, err := c.make(e)
	if err != nil {
		return err
	}
	defer l.Close()
	with, err := c.config(e, l)
	if err != nil {
		return err
	}
	with.Collector.Fields, with.Fields = fields, c.Fields
	with.Date, with.Outlet, with.Anew = c.Date, c.Outlet, c.Restart
	bar := newCounter(e.errs, func() int { return ingest.Count(e, c.Sources) })
	defer bar.stop()
	with.Progress = func(t ingest.Tally) { bar.reach(t.Pages) }
	with.Problem = func(err error) { bar.say("hearsay: " + read.Printable(err.Error())) }
	in := ingest.New(with)
	begun := time.Now()
	for _, source := range c.Sources {
		if _, err = in.Source(e, source); err != nil {
			break
		}
	}
	bar.stop()
	t := in.Tally()
	if wrong := report(e, l, t, time.Since(begun)); err == nil {
		err = wrong
	}
	return ended(e, err, t)
}

// ended is the error of a run that took articles in.
func ended(e *env, err error, t ingest.Tally) error {
	switch {
	case err != nil && errors.Is(err, context.Canceled) && e.Err() != nil:
		return errStopped
	case err == nil && t.Failed > 0:
		return errFailed
	}
	return err
}

// config returns what articles are taken in with.
func (c *takeIn) config(e *env, l *ledger.Ledger) (ingest.Config, error) {
	if c.Jobs < 0 {
		return ingest.Config{}, usageError("--jobs must be at least 1")
	}
	jobs := c.Jobs
	if jobs == 0 {
		jobs = runtime.NumCPU()
	}
	k, err := openKB(e)
	if err != nil {
		return ingest.Config{}, err
	}
	reader, err := openReader(e, c.Fast)
	if err != nil {
		return ingest.Config{}, err
	}
	return ingest.Config{Ledger: l, Reader: reader, Collector: c.collector(), Jobs: jobs, Owner: owner(k)}, nil
}

// collector returns what pages are collected with.
func (c *takeIn) collector() *collect.Collector {
	return &collect.Collector{
		Fetcher: collect.NewFetcher(collect.FetchOptions{
			Version: read.Program, Contact: c.Contact, AllowPrivate: c.AllowPrivate, MaxPage: int64(c.MaxSize),
		}),
		MaxPage: int64(c.MaxSize),
	}
}

// report says what became of the pages: a line for people, or of JSON.
func report(e *env, l *ledger.Ledger, t ingest.Tally, took time.Duration) error {
	if !isTerminal(e.out) {
		return json.NewEncoder(e.out).Encode(struct {
			ingest.Tally
			Seconds float64 `json:"seconds"`
			Ledger  string  `json:"ledger"`
		}{t, float64(took.Milliseconds()) / 1000, l.Where()})
	}
	return told(e.out, l, t, took)
}

func told(w io.Writer, l *ledger.Ledger, t ingest.Tally, took time.Duration) error {
	line := fmt.Sprintf("%d new", t.Stored)
	for _, part := range []struct {
		n    int
		what string
	}{{t.Revisions, "new texts of known articles"}, {t.Reread, "read anew"}, {t.Known, "known"}, {t.Redacted, "redacted earlier"}, {t.Failed, "failed"}} {
		if part.n > 0 {
			line += fmt.Sprintf(", %d %s", part.n, part.what)
		}
	}
	_, err := fmt.Fprintf(w, "%s; %d statements, %d links; %s, %.1f pages/s\n%s\n", line, t.Statements, t.Links,
		took.Round(time.Second/10), float64(t.Pages)/max(took.Seconds(), 1e-3), read.Printable(l.Where()))
	return err
}
