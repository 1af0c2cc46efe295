package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hearsay/certainty"
	"hearsay/doc"
	"hearsay/eval"
	"hearsay/event"
	"hearsay/extract"
	"hearsay/models"
	"hearsay/read"
)

type evalCmd struct {
	Tasks   []string `arg:"" optional:"" name:"task" help:"quote, syntax, names, coref, sources, times, places, certainty, events, links or origins. Unless given: all."`
	Corpora string   `default:"../shared/corpora" placeholder:"DIR" help:"Folder of the corpora (../shared/corpora)."`
	JSON    bool     `help:"Print one JSON object for each figure."`
	Write   bool     `help:"Write RESULTS.md in this folder anew."`
	Errors  int      `placeholder:"N" help:"Print N errors, grouped, with what stands in the corpus beside what was read."`
	Floors  bool     `help:"Fail where a figure is under its floor."`
	Fast    bool     `default:"true" negatable:"" help:"Score the linear models of read --fast too, and show their values beside the others. Unless --no-fast."`
	Open    bool     `help:"Score the sources of the articles that are open to error analysis, and print what is wrong with them (sources); score the links of the open half (links)."`
	Jobs    int      `short:"j" default:"1" placeholder:"N" help:"Articles read at once."`
	Seed    uint64   `default:"1" placeholder:"N" help:"Of the sample of errors (1)."`
}

func (evalCmd) Help() string {
	return `Reads the dev parts of the corpora with the models that ship with the program, and holds the readings against what people marked. Train parts are never opened. Folders that are not there are skipped, and that is said.

Examples:
  hearsay eval
  hearsay eval quote --errors 50
  hearsay eval syntax --no-fast
  hearsay eval --json --corpora ../shared/corpora > figures.jsonl
  hearsay eval --write --floors`
}

// resultsFile is where --write puts the figures, beside the code that reached them.
const resultsFile = "RESULTS.md"

// Run scores the shipped models.
func (c *evalCmd) Run(e *env) error {
	if c.Errors < 0 || c.Jobs < 1 {
		return usageError("--errors and --jobs take numbers above 0")
	}
	if c.Write && !c.Fast {
		return usageError("--write wants both readers: leave --no-fast out")
	}
	reader, err := measured(read.Config{})
	if err != nil {
		return err
	}
	var fast *eval.Reader
	if c.Fast {
		if fast, err = measured(read.Config{Fast: true}); err != nil {
			return err
		}
	}
	wrong := func(what string, l eval.SourceLabel, d *doc.Doc, s *doc.Source) {
		name := "-"
		if s.Entity >= 0 {
			name = d.Entities[s.Entity].Name
		}
		from, to := max(0, s.Span.Begin-60), min(len(d.Text), s.Span.End+60)
		fmt.Fprintf(e.out, "%s  %s %v: want %s %s %s, got %s %s %s: %q\n", what, l.Article, l.Span, l.Kind, l.Affiliation, strings.Join(l.Names, "; "),
			s.Kind, s.Affiliation, name, strings.Join(strings.Fields(d.Text[from:s.Span.Begin]+"["+d.Slice(s.Span)+"]"+d.Text[s.Span.End:to]), " "))
	}
	wrongEvent := func(d *doc.Doc, side doc.Span, want, got []string) {
		if c.Open {
			fmt.Fprintf(e.out, "countries: want %v, got %v: %s[%s]%s\n", want, got, d.Text[:side.Begin], d.Slice(side), d.Text[side.End:])
		}
	}
	var bar *meter
	last := ""
	report, err := eval.Run(eval.Config{
		Open: c.Open, Wrong: wrong, WrongEvent: wrongEvent, Worlds: func(s string) { fmt.Fprintln(e.out, s) },
		Corpora: c.Corpora, Tasks: c.Tasks, Jobs: c.Jobs, Errors: c.Errors, Seed: c.Seed, Fast: fast,
		Progress: func(done, total int, what string) {
			if what != last {
				if bar != nil {
					bar.stop()
				}
				bar, last = newMeter(e.errs, total, what), what
			}
			bar.reach(done)
		},
	}, *reader)
	if bar != nil {
		bar.stop()
	}
	var task eval.TaskError
	if errors.As(err, &task) {
		return usageError(task.Error())
	}
	if report == nil {
		return err
	}
	for _, note := range report.Notes {
		fmt.Fprintln(e.errs, "hearsay: eval:", note)
	}
	return errors.Join(err, c.print(e, report))
}

// measured returns a reader in the form that eval measures.
func measured(c read.Config) (*eval.Reader, error) {
	r, err := read.New(c)
	if err != nil {
		return nil, err
	}
	events, err := event.Load(models.Bytes("event"))
	if err != nil {
		return nil, err
	}
	return &eval.Reader{
		Version: r.Version(),
		Read: func(d *doc.Doc) {
			extract.Layout(d)
			r.Annotate(d)
		},
		Split: func(d *doc.Doc) {
			extract.Layout(d)
			r.Syntax().Split(d)
		},
		Parse: r.Parse,
		Names: r.Names,
		Link:  r.Link,
		Sources: func(d *doc.Doc, given []doc.Statement) {
			extract.Layout(d)
			r.Syntax().Split(d)
			r.Names(d)
			d.Statements = given
			r.Who(d)
		},
		Certainty: func(d *doc.Doc, tokens []int, web bool) []doc.Commitment {
			r.Names(d)
			scale := certainty.News
			if web {
				scale = certainty.Web
			}
			return r.Certainty().Judge(d, tokens, scale)
		},
		Event: func(d *doc.Doc, source, target doc.Span) string {
			class, _ := events.Classify(event.Sample{Doc: d, Source: source, Target: target})
			return class
		},
		Parties: events.Parties,
	}, nil
}

// print prints what was asked for and checks the floors.
func (c *evalCmd) print(e *env, report *eval.Report) error {
	var err error
	if c.JSON {
		err = eval.WriteJSON(e.out, report.Rows)
	} else {
		err = eval.WriteTable(e.out, report.Rows)
	}
	if err != nil {
		return err
	}
	if c.Errors > 0 {
		for _, m := range report.Mistakes {
			if c.JSON {
				err = json.NewEncoder(e.out).Encode(m)
			} else {
				fmt.Fprintln(e.out)
				err = eval.WriteErrors(e.out, m)
			}
			if err != nil {
				return err
			}
		}
	}
	if c.Write {
		if err := eval.WriteResults(resultsFile, report, eval.Floors()); err != nil {
			return err
		}
	}
	if c.Floors {
		out := e.out
		if c.JSON {
			out = e.errs
		} else {
			fmt.Fprintln(e.out)
		}
		return eval.CheckFloors(out, report.Rows, c.floors())
	}
	return nil
}

// floors returns those of the tasks that were run.
func (c *evalCmd) floors() (out []eval.Floor) {
	for _, f := range eval.Floors() {
		if len(c.Tasks) == 0 || slices.Contains(c.Tasks, f.Task) {
			out = append(out, f)
		}
	}
	return out
}
