// Hearsay reads news and keeps the record of who said what, to whom, in which exact
// words, how sure they were, about which event, and from how many independent
// origins it has come.
//
// This package wires the commands: each is a type in a file of its own with the
// flags that it takes, and may use every package below it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	"hearsay/read"
)

// commands is the command line.
type commands struct {
	Read    readCmd    `cmd:"" help:"Print who said what in articles."`
	Who     whoCmd     `cmd:"" help:"Print the sources of articles and what each said."`
	Explain explainCmd `cmd:"" help:"Tell why a source is as sure as it is."`
	Ingest  ingestCmd  `cmd:"" help:"Take articles into a ledger: files, folders, archives, feeds, addresses."`
	Collect collectCmd `cmd:"" help:"Poll saved feeds and sites, and take in what is new."`
	Find    findCmd    `cmd:"" help:"Find who said what in the ledger."`
	Article articleCmd `cmd:"" help:"Print what the ledger holds of an article."`
	Claim   claimCmd   `cmd:"" help:"Print a claim with all that tell it; split and merge claims."`
	Origins originsCmd `cmd:"" help:"Print from how many independent origins a claim has come."`
	Source  sourceCmd  `cmd:"" help:"Print what a source said."`
	Correct correctCmd `cmd:"" help:"Correct a statement of the ledger."`
	Ledger  ledgerCmd  `cmd:"" help:"Verify, back up, restore, redact and re-read the ledger."`
	Kb      kbCmd      `cmd:"" help:"Look up who is who, and add tables of your own."`
	Eval    evalCmd    `cmd:"" help:"Score the shipped models on the dev parts of corpora."`
	Train   trainCmd   `cmd:"" help:"Rebuild a model from the train parts of corpora."`
	Bench   benchCmd   `cmd:"" help:"Measure speed, memory and start of reading on this machine."`
	Version versionCmd `cmd:"" help:"Print the versions of the program and its models."`
}

const about = `Hearsay reads news and keeps the record of who said what to whom, in which words.

Examples:
  hearsay read story.txt             every attributed statement of an article
  hearsay who story.txt              its sources, and what each of them said
  hearsay read --format json -       standard input, for programs
  hearsay read articles/ > out.jsonl a folder, an article a line
  hearsay explain story.txt s7       how sure each source is of it, and by which words
  hearsay ingest articles/           into the ledger, and then
  hearsay find --about China aid     who said what about it
  hearsay COMMAND --help             flags and examples of a command`

// The statuses with which the program ends.
const (
	statusDone    = 0
	statusFailed  = 1
	statusUsage   = 2
	statusStopped = 130 // as shells report an interrupt
)

var (
	// errFailed is returned where the reasons have been printed already.
	errFailed = errors.New("failed")
	// errStopped is returned after an interrupt.
	errStopped = errors.New("stopped")
)

// usageError is a wrong use that the flags alone cannot rule out.
type usageError string

func (e usageError) Error() string { return string(e) }

// env is what a command may touch of the outside.
type env struct {
	context.Context // ends with the first interrupt
	in              io.Reader
	out, errs       io.Writer
}

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// run runs one command line and returns the exit status.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	ended := -1
	var c commands
	parser, err := kong.New(&c, kong.Name("hearsay"), kong.Description(about), kong.Writers(out, errs),
		kong.Exit(func(status int) { ended = status }), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		panic(err) // a mistake in the tags of commands
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	ctx, err := parser.Parse(args)
	if ended >= 0 {
		return ended // --help has been printed
	}
	if err != nil {
		complain(errs, err)
		fmt.Fprintln(errs, "hearsay --help, or --help behind a command, says how it is used.")
		return statusUsage
	}
	// The second interrupt ends the program at once.
	stop, release := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(stop, release)
	defer release()
	err = ctx.Run(&env{stop, in, out, errs})
	var usage usageError
	switch {
	case err == nil:
		return statusDone
	case errors.As(err, &usage):
		complain(errs, err)
		return statusUsage
	case errors.Is(err, errStopped):
		complain(errs, err)
		return statusStopped
	case errors.Is(err, syscall.EPIPE):
		return statusFailed // whoever read the output has gone, and knows
	case !errors.Is(err, errFailed):
		complain(errs, err)
	}
	return statusFailed
}

// complain prints an error on a line of its own. File names may hold anything.
func complain(w io.Writer, err error) { fmt.Fprintln(w, "hearsay:", read.Printable(err.Error())) }
