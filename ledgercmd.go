package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
	"time"

	"hearsay/ingest"
	"hearsay/ledger"
	"hearsay/read"
)

type ledgerCmd struct {
	Verify   ledgerVerifyCmd   `cmd:"" help:"Check all that is stored."`
	Stats    ledgerStatsCmd    `cmd:"" help:"Print how much it holds."`
	Failures ledgerFailuresCmd `cmd:"" help:"List the pages that could not be taken in."`
	Backup   ledgerBackupCmd   `cmd:"" help:"Copy it to a file while others go on."`
	Restore  ledgerRestoreCmd  `cmd:"" help:"Fill an empty ledger from a dump, also one of the other database."`
	Dump     ledgerDumpCmd     `cmd:"" help:"Write all rows as lines of JSON."`
	Compact  ledgerCompactCmd  `cmd:"" help:"Give unused room back."`
	Reread   ledgerRereadCmd   `cmd:"" help:"Read articles anew with the models of this program."`
	Redact   ledgerRedactCmd   `cmd:"" help:"Remove an article and all that derives from it."`
	Migrate  ledgerMigrateCmd  `cmd:"" help:"Bring the tables to a version, to go back to an older program."`
}

func (ledgerCmd) Help() string {
	return `The ledger is one file of SQLite, or a database of PostgreSQL (--ledger postgres://…). It is append-only: texts, readings and corrections are added, and --as-known-on shows what was known earlier.

Examples:
  hearsay ledger stats
  hearsay ledger verify
  hearsay ledger backup monday.db`
}

type ledgerVerifyCmd struct {
	ledgerFlag `embed:""`
}

func (ledgerVerifyCmd) Help() string {
	return `Pages and texts are held to their hashes, spans to their texts, references to what they name, and the full-text index to both. The exit status is 1 where something is wrong.

Example:
  hearsay ledger verify --ledger desk.db`
}

// Run verifies a ledger.
func (c *ledgerVerifyCmd) Run(e *env) error {
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := l.Now().Stats(e)
	if err != nil {
		return err
	}
	bar := newMeter(e.errs, s.Articles, "checking")
	r, err := l.Verify(e, bar.reach)
	bar.stop()
	if err != nil {
		return err
	}
	for _, p := range r.Problems {
		complain(e.errs, errors.New("ledger verify: "+p))
	}
	if !isTerminal(e.out) {
		err = json.NewEncoder(e.out).Encode(r)
	} else if len(r.Problems) == 0 {
		_, err = fmt.Fprintf(e.out, "%s and %s: all is well\n", counted(r.Articles, "article"), counted(r.Pages, "page"))
	}
	if err == nil && len(r.Problems) > 0 {
		err = errFailed
	}
	return err
}

type ledgerStatsCmd struct {
	viewFlag `embed:""`
}

func (ledgerStatsCmd) Help() string {
	return `Example:
  hearsay ledger stats --as-known-on 2022-03-15`
}

// Run prints how much a ledger holds.
func (c *ledgerStatsCmd) Run(e *env) error {
	l, v, err := c.view(e)
	if err != nil {
		return err
	}
	defer l.Close()
	s, err := v.Stats(e)
	if err != nil {
		return err
	}
	if !isTerminal(e.out) {
		return json.NewEncoder(e.out).Encode(s)
	}
	w := tabwriter.NewWriter(e.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "ledger\t%s\n", read.Printable(l.Where()))
	for _, row := range []struct {
		what string
		n    int
	}{{"articles", s.Articles}, {"replaced by later texts", s.Replaced}, {"readings", s.Readings}, {"statements", s.Statements},
		{"claims told more than once", s.Claims}, {"tellings of these", s.Tellings}, {"links", s.Links}, {"corrections", s.Corrections},
		{"redactions", s.Redactions}, {"pages kept as they came", s.Pages}, {"saved sources", s.Feeds}, {"pages waiting", s.Waiting}} {
		fmt.Fprintf(w, "%s\t%d\n", row.what, row.n)
	}
	if s.First != "" {
		fmt.Fprintf(w, "published\t%s to %s\n", s.First, s.Last)
	}
	fmt.Fprintf(w, "on disk\t%.1f MB, of which pages %.1f MB\n", float64(s.Bytes)/1e6, float64(s.PageBytes)/1e6)
	for _, r := range s.Readers {
		fmt.Fprintf(w, "read by\t%s: %d\n", read.Printable(r.What), r.N)
	}
	return w.Flush()
}

type ledgerFailuresCmd struct {
	ledgerFlag `embed:""`
	layFlag    `embed:""`
}

func (ledgerFailuresCmd) Help() string {
	return `A page leaves the list when a later run takes it in.

Example:
  hearsay ledger failures`
}

// Run lists what could not be taken in.
func (c *ledgerFailuresCmd) Run(e *env) error {
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	tasks, err := l.Failed(e)
	if err != nil {
		return err
	}
	out := c.rows(e.out)
	for _, t := range tasks {
		if out.text {
			out.line("%s", read.Printable(fmt.Sprintf("%s: %s (%s)", t.Name, t.Problem, counted(t.Tries, "try"))))
			continue
		}
		out.json(map[string]any{"source": t.Run, "page": t.Name, "problem": t.Problem, "tries": t.Tries})
	}
	return out.err
}

type ledgerBackupCmd struct {
	ledgerFlag `embed:""`
	Path       string `arg:"" name:"file" help:"A new file."`
}

func (ledgerBackupCmd) Help() string {
	return `Of SQLite the copy is a ledger itself (--ledger monday.db), of PostgreSQL a dump for hearsay ledger restore.

Example:
  hearsay ledger backup monday.db`
}

// Run backs a ledger up.
func (c *ledgerBackupCmd) Run(e *env) error {
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Backup(e, c.Path)
}

type ledgerDumpCmd struct {
	ledgerFlag `embed:""`
}

func (ledgerDumpCmd) Help() string {
	return `Example:
  hearsay ledger dump > desk.jsonl`
}

// Run dumps a ledger.
func (c *ledgerDumpCmd) Run(e *env) error {
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Dump(e, e.out)
}

type ledgerRestoreCmd struct {
	ledgerFlag `embed:""`
	Path       string `arg:"" name:"file" help:"What hearsay ledger dump, or backup of PostgreSQL, wrote; - is standard input."`
}

func (ledgerRestoreCmd) Help() string {
	return `The ledger that is filled must be new. A backup of SQLite needs no restoring: it is a ledger.

Examples:
  hearsay ledger restore --ledger copy.db desk.jsonl
  hearsay ledger dump | hearsay ledger restore --ledger postgres://desk@db.example/hearsay -`
}

// Run restores a ledger.
func (c *ledgerRestoreCmd) Run(e *env) error {
	from := e.in
	if c.Path != "-" {
		f, err := os.Open(c.Path)
		if err != nil {
			return reason(c.Path, err)
		}
		defer f.Close()
		from = f
	}
	l, err := c.make(e)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Restore(e, from)
}

type ledgerCompactCmd struct {
	ledgerFlag `embed:""`
}

func (ledgerCompactCmd) Help() string {
	return `Example:
  hearsay ledger compact`
}

// Run compacts a ledger.
func (c *ledgerCompactCmd) Run(e *env) error {
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Compact(e)
}

type ledgerRereadCmd struct {
	takeIn `embed:""`
	Since  string `placeholder:"YYYY-MM-DD" help:"Published on this day or later."`
	Until  string `placeholder:"YYYY-MM-DD" help:"Published on this day or before."`
}

func (ledgerRereadCmd) Help() string {
	return `Articles that these models have read are left out, so that a run that was stopped goes on where it was. Statements keep their ids, and with them claims and corrections. What was read before stays in the ledger, for --as-known-on.

Example:
  hearsay ledger reread --jobs 2`
}

// Run reads articles anew.
func (c *ledgerRereadCmd) Run(e *env) error {
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	with, err := c.config(e, l)
	if err != nil {
		return err
	}
	s, err := l.Now().Stats(e)
	if err != nil {
		return err
	}
	bar := newCounter(e.errs, func() int { return s.Articles })
	defer bar.stop()
	with.Progress = func(t ingest.Tally) { bar.reach(t.Pages) }
	with.Problem = func(err error) { bar.say("hearsay: " + read.Printable(err.Error())) }
	in := ingest.New(with)
	begun := time.Now()
	t, err := in.Reread(e, ledger.Filter{Since: c.Since, Until: c.Until})
	bar.stop()
	if wrong := report(e, l, t, time.Since(begun)); err == nil {
		err = wrong
	}
	return ended(e, err, t)
}

type ledgerRedactCmd struct {
	ledgerFlag `embed:""`
	byFlag     `embed:""`
	Article    string `arg:"" name:"article" help:"Id of the article."`
}

func (ledgerRedactCmd) Help() string {
	return `Text, readings, statements, links, corrections and the page as it came are removed from all views, with every other article of exactly the same text. The id, the hashes and the reason with its date stay, and the same text is not taken in again. Other texts of the same locator are named: they are for you to judge. Backups made earlier are out of reach.

Example:
  hearsay ledger redact a0123456789abcdef --by "Desk" --why "order of the court of Port Vale"`
}

// Run redacts an article.
func (c *ledgerRedactCmd) Run(e *env) error {
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	removed, err := l.Redact(e, c.Article, c.who(), c.Why)
	if err != nil {
		return err
	}
	if !isTerminal(e.out) {
		return json.NewEncoder(e.out).Encode(removed)
	}
	for _, r := range removed.Redactions {
		fmt.Fprintf(e.out, "removed %s\n", r.Article)
	}
	for _, a := range removed.Left {
		fmt.Fprintf(e.out, "still there, for you to judge: %s %s\n", a.Article, read.Printable(a.Locator))
	}
	return nil
}

type ledgerMigrateCmd struct {
	ledgerFlag `embed:""`
	Version    int64 `arg:"" name:"version" help:"Version of the tables, as hearsay ledger stats shows it (schema)."`
	Yes        bool  `help:"Needed for version 0, which drops all that the ledger holds."`
}

func (ledgerMigrateCmd) Help() string {
	return `Every command brings the tables up to date by itself. This is for going back.

Example:
  hearsay ledger migrate 1`
}

// Run migrates a ledger.
func (c *ledgerMigrateCmd) Run(e *env) error {
	if c.Version < 0 || c.Version == 0 && !c.Yes {
		return usageError("version 0 drops all that the ledger holds; --yes says that you mean it")
	}
	l, err := c.open(e)
	if err != nil {
		return err
	}
	defer l.Close()
	return l.Migrate(e, c.Version)
}
