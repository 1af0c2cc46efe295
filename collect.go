package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"hearsay/collect"
	"hearsay/ingest"
	"hearsay/ledger"
	"hearsay/read"
)

type collectCmd struct {
	Run    collectRunCmd    `cmd:"" default:"withargs" help:"Ask the saved sources for what is new until stopped."`
	Once   collectOnceCmd   `cmd:"" help:"Ask all saved sources once, and take in what is new."`
	Add    collectAddCmd    `cmd:"" help:"Save sources."`
	List   collectListCmd   `cmd:"" help:"List the saved sources and how they are."`
	Remove collectRemoveCmd `cmd:"" help:"Remove saved sources; what came from them stays."`
}

func (collectCmd) Help() string {
	return `Feeds, sitemaps and folders are saved in the ledger with their schedules, and go on after a restart where they were. Servers are asked politely: robots.txt, pauses, only for what changed, less often while something is broken.

Examples:
  hearsay collect add --every 30m https://harbour.example/feed.xml
  hearsay collect add subscriptions.opml
  hearsay collect list
  hearsay collect --every 15m
  hearsay collect once`
}

type collectRunCmd struct {
	takeIn `embed:""`
	Every  time.Duration `placeholder:"TIME" help:"How often sources are asked that have no interval of their own (15m)."`
}

func (collectRunCmd) Help() string {
	return `Ctrl-C stops it when what is in hand is stored.

Example:
  hearsay collect --every 15m`
}

// Run collects until it is stopped.
func (c *collectRunCmd) Run(e *env) error { return c.collect(e, c.Every, false) }

type collectOnceCmd struct {
	takeIn `embed:""`
}

func (collectOnceCmd) Help() string {
	return `Example:
  hearsay collect once --jobs 2`
}

// Run asks all sources once.
func (c *collectOnceCmd) Run(e *env) error { return c.collect(e, 0, true) }

func (c *takeIn) collect(e *env, every time.Duration, once bool) error {
	if every < 0 || every > 0 && every < time.Minute {
		return usageError("--every must be at least 1m")
	}
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	feeds, err := l.Feeds(e)
	if err != nil {
		return err
	}
	if len(feeds) == 0 {
		return fmt.Errorf("collect: no sources are saved in %s; hearsay collect add URL saves one", l.Where())
	}
	with, err := c.config(e, l)
	if err != nil {
		return err
	}
	with.Every = every
	bar := newCounter(e.errs, func() int { return 0 })
	defer bar.stop()
	with.Progress = func(t ingest.Tally) { bar.reach(t.Pages) }
	with.Problem = func(err error) { bar.say("hearsay: " + read.Printable(err.Error())) }
	in := ingest.New(with)
	begun := time.Now()
	err = in.Collect(e, once)
	bar.stop()
	t := in.Tally()
	if wrong := report(e, l, t, time.Since(begun)); err == nil {
		err = wrong
	}
	return ended(e, err, t)
}

type collectAddCmd struct {
	ledgerFlag `embed:""`
	Sources    []string      `arg:"" name:"source" help:"Addresses of feeds or sitemaps, folders, or OPML files with lists of feeds."`
	Every      time.Duration `placeholder:"TIME" help:"How often it is asked (30m). Unless given: as collect --every says, or 15m."`
	Outlet     string        `placeholder:"NAME" help:"Medium that publishes it. Unless given: as feed and pages say."`
}

func (collectAddCmd) Help() string {
	return `A source that is saved already gets the new interval and outlet.

Examples:
  hearsay collect add --every 30m https://harbour.example/feed.xml
  hearsay collect add --outlet "Harbour Wire" https://harbour.example/news-sitemap.xml
  hearsay collect add subscriptions.opml`
}

// Run saves sources.
func (c *collectAddCmd) Run(e *env) error {
	if c.Every < 0 || c.Every > 0 && c.Every < time.Minute {
		return usageError("--every must be at least 1m")
	}
	var addresses []string
	for _, s := range c.Sources {
		feeds, err := feedsIn(s)
		if err != nil {
			return err
		}
		addresses = append(addresses, feeds...)
	}
	l, err := c.make(e)
	if err != nil {
		return err
	}
	defer l.Close()
	for _, a := range addresses {
		if err := ingest.Subscribe(e, l, a, c.Every, c.Outlet, time.Now()); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(e.out, "%s saved\n", counted(len(addresses), "source"))
	return err
}

// feedsIn returns the feeds of an OPML file, or the source itself.
func feedsIn(source string) ([]string, error) {
	if strings.HasPrefix(source, "http://") || strings.HasPrefix(source, "https://") {
		return []string{source}, nil
	}
	info, err := os.Stat(source)
	if err != nil {
		return nil, reason(source, err)
	}
	if info.IsDir() {
		return []string{source}, nil
	}
	raw, err := load(nil, source, maxTable)
	if err != nil || !bytes.Contains(raw[:min(len(raw), 4096)], []byte("<opml")) {
		return []string{source}, err
	}
	subscriptions, err := collect.OPML(raw)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", source, err)
	}
	var out []string
	for _, s := range subscriptions {
		out = append(out, s.URL)
	}
	return out, nil
}

type collectListCmd struct {
	ledgerFlag `embed:""`
	Format     string `short:"f" enum:"auto,text,jsonl" default:"auto" help:"text or jsonl. Unless given: text on a terminal, else jsonl."`
}

func (collectListCmd) Help() string {
	return `Health is ok (it gave something new), empty (it answers and has nothing new), or broken with the reason.

Example:
  hearsay collect list`
}

// Run lists the sources.
func (c *collectListCmd) Run(e *env) error {
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	feeds, err := l.Feeds(e)
	if err != nil {
		return err
	}
	out := (&layFlag{Format: c.Format}).rows(e.out)
	if !out.text {
		for _, f := range feeds {
			f.More = nil
			out.json(f)
		}
		return out.err
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "source\toutlet\tevery\tlast asked\tnext\thealth")
	for _, f := range feeds {
		every, health := "default", f.Health
		if f.Every > 0 {
			every = f.Every.String()
		}
		if health == "" {
			health = "not yet asked"
		}
		if f.Fails > 0 {
			health += fmt.Sprintf(" (%d times)", f.Fails)
		}
		if f.Problem != "" {
			health += ": " + f.Problem
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", read.Printable(f.Address), read.Printable(feedName(f)), every, clock(f.Tried), clock(f.Due), read.Printable(health))
	}
	return w.Flush()
}

func feedName(f ledger.Feed) string {
	if f.Outlet != "" {
		return f.Outlet
	}
	return f.Title
}

func clock(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format("2006-01-02 15:04")
}

type collectRemoveCmd struct {
	ledgerFlag `embed:""`
	Sources    []string `arg:"" name:"source" help:"Saved sources, as hearsay collect list shows them."`
}

func (collectRemoveCmd) Help() string {
	return `Example:
  hearsay collect remove https://harbour.example/feed.xml`
}

// Run removes sources.
func (c *collectRemoveCmd) Run(e *env) error {
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	for _, s := range c.Sources {
		if err := ingest.Unsubscribe(e, l, s); err != nil {
			return err
		}
	}
	return nil
}
