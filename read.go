package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"github.com/charmbracelet/colorprofile"
	"golang.org/x/term"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/lexicon/kb"
	"hearsay/lexicon/plover"
	"hearsay/read"
)

// articles are the flags of commands that read articles and print something of each.
type articles struct {
	Paths    []string `arg:"" name:"file" help:"Files or folders; - is standard input."`
	Format   string   `short:"f" enum:"auto,text,json,jsonl,plover" default:"auto" help:"text for people, json, jsonl (an article a line), or of read plover (an event a line, as PLOVER has it). Unless given: text on a terminal, else jsonl."`
	Date     string   `placeholder:"YYYY-MM-DD" help:"Day of publication. Unless given: the article's own, if it has one."`
	Outlet   string   `placeholder:"NAME" help:"Medium that published it. Unless given: the article's own, if it has one."`
	Fast     bool     `help:"Read with the linear models: quicker without vector instructions, less right. RESULTS.md has both."`
	Jobs     int      `short:"j" default:"1" placeholder:"N" help:"Articles read at once."`
	Width    int      `placeholder:"N" help:"Columns of the text format. Unless given: the terminal's, or 80."`
	MinScore float64  `default:"0" placeholder:"P" help:"Leave out statements whose score is below P, a number from 0 to 1 (0: none)."`
	MaxSize  size     `default:"20MB" placeholder:"SIZE" help:"Refuse larger files (20MB)."`

	profile colorprofile.Profile // of the output, for the text format
}

type readCmd struct {
	articles `embed:""`
	Text     bool `help:"Put the text that the offsets refer to into the JSON."`
}

func (readCmd) Help() string {
	return `Plain text and HTML are told apart by content, not by name. Folders are read recursively, what is hidden left out, and results come in the order given whatever --jobs says. A file that cannot be read is reported, the others go on, and the exit status is 1. --min-score 0.7 leaves out statements whose score is below 0.7, in every format; the others keep their ids, and one that stood in a statement left out moves to the next one outside it. Colours follow the terminal and NO_COLOR; without them the parts of a statement stand in brackets. Tables of your own (hearsay kb add) are read first; where a line of them is wrong, nothing is read.

The same models give the same reading on every processor. The environment variable HEARSAY_CPU (plain, avx2 or avx512) holds the program to the instructions named; unless set, it uses the best there are.

Examples:
  hearsay read story.txt
  hearsay read --format json --date 2026-03-15 --outlet "Harbour Wire" story.html
  hearsay read --min-score 0.7 story.txt
  hearsay read --fast --jobs 2 archive/ > readings.jsonl
  hearsay read --format plover --text articles/ > events.jsonl
  hearsay read --jobs 2 articles/ > readings.jsonl
  curl -s https://example.org/story | hearsay read --text -`
}

// result is what became of an input.
type result struct {
	out  []byte
	note string // for standard error, though all went well
	err  error
}

// barFrom is the number of articles from which on a progress bar is shown.
const barFrom = 5

// Run reads the articles and prints their readings in the order given.
func (c *readCmd) Run(e *env) error { return c.run(e, c.lay) }

// openReader returns a reader that knows the user's own tables. Where those are wrong it
// prints file and line of each mistake and returns errFailed.
func openReader(e *env, fast bool) (*read.Reader, error) {
	with := read.Config{Fast: fast}
	// Without a folder for configuration there are no tables in it either.
	if dir, err := kb.UserDir(); err == nil {
		with.KB = []string{dir}
	}
	if dir, err := plover.UserDir(); err == nil {
		with.Frames = []string{dir}
	}
	r, err := read.New(with)
	var wrong *kb.Problem
	var frame *plover.Problem
	if errors.As(err, &wrong) || errors.As(err, &frame) {
		return nil, mistakes(e, err)
	}
	return r, err
}

// run reads the articles and prints what lay makes of each, in the order given.
func (c *articles) run(e *env, lay func(*doc.Doc) ([]byte, error)) error {
	if err := c.check(); err != nil {
		return err
	}
	all := inputs(c.Paths)
	reader, err := openReader(e, c.Fast)
	if err != nil {
		return err
	}
	c.settle(e.out)
	bar := &meter{out: e.errs}
	if len(all) >= barFrom && !isTerminal(e.out) {
		bar = newMeter(e.errs, len(all), "reading")
	}
	defer bar.stop()
	done, failed := 0, false
	err = inOrder(e, all, c.Jobs,
		func(in input) result { return c.read(e.in, reader, in, lay) },
		func(r result) error {
			// The lines of the last article go before the bar is full and leaves.
			done++
			defer bar.reach(done)
			if r.note != "" {
				bar.say("hearsay: " + read.Printable(r.note))
			}
			if r.err != nil {
				failed = true
				bar.say("hearsay: " + read.Printable(r.err.Error()))
				return nil
			}
			if _, err := e.out.Write(r.out); err != nil {
				return fmt.Errorf("write readings: %w", err)
			}
			return nil
		})
	if err == nil && failed {
		err = errFailed
	}
	return err
}

// check rules out wrong uses.
func (c *articles) check() error {
	if c.Date != "" {
		if _, err := time.Parse(time.DateOnly, c.Date); err != nil {
			return usageError(fmt.Sprintf("--date %s: not a day such as 2026-03-15", c.Date))
		}
	}
	if c.Jobs < 1 {
		return usageError("--jobs must be at least 1")
	}
	if c.Width < 0 {
		return usageError("--width must be at least 1")
	}
	if !(c.MinScore >= 0 && c.MinScore <= 1) { // which NaN is not either
		return usageError(fmt.Sprintf("--min-score %v: not a number from 0 to 1", c.MinScore))
	}
	stdin := 0
	for _, p := range c.Paths {
		if p == "-" {
			stdin++
		}
	}
	if stdin > 1 {
		return usageError("standard input (-) can be read only once")
	}
	return nil
}

// settle fills in the format and the width that were not given.
func (c *articles) settle(out io.Writer) {
	terminal := isTerminal(out)
	if c.Format == "auto" {
		c.Format = "jsonl"
		if terminal {
			c.Format = "text"
		}
	}
	if c.Width == 0 && terminal {
		c.Width, _, _ = term.GetSize(int(out.(*os.File).Fd()))
	}
	if c.Format == "text" {
		c.profile = colorprofile.Detect(out, os.Environ())
		if os.Getenv("NO_COLOR") != "" { // which colorprofile lets CLICOLOR_FORCE overrule
			c.profile = colorprofile.ASCII
		}
	}
}

// read reads one article and lays out what was read. Its own panics are errors: a
// broken page never ends a run.
func (c *articles) read(stdin io.Reader, reader *read.Reader, in input, lay func(*doc.Doc) ([]byte, error)) (r result) {
	defer func() {
		if p := recover(); p != nil {
			r = result{err: fmt.Errorf("read %s: a fault of this program, please report it: %v\n%s", in.path, p, debug.Stack())}
		}
	}()
	if in.err != nil {
		return result{err: in.err}
	}
	raw, err := load(stdin, in.path, c.MaxSize)
	if err != nil {
		return result{err: err}
	}
	d, err := reader.Article(in.path, raw, read.Options{Date: c.Date, Outlet: c.Outlet})
	if err != nil {
		return result{err: err}
	}
	if !extract.English(d) {
		r.note = fmt.Sprintf("read %s: not in English (language: %s), so no statements are looked for", in.path, d.Meta.Language)
	}
	r.out, r.err = lay(d)
	return r
}

// lay returns a reading in the format asked for.
func (c *readCmd) lay(d *doc.Doc) ([]byte, error) {
	if c.Format == "text" {
		return c.text(d, read.Text)
	}
	with := read.JSONOptions{Text: c.Text, MinScore: c.MinScore}
	if c.Format == "plover" {
		return read.Plover(d, with)
	}
	b, err := read.JSON(d, with)
	return c.json(b, err)
}

// text returns what write lays out for people, and an empty line behind it.
func (c *articles) text(d *doc.Doc, write func(io.Writer, *doc.Doc, read.TextOptions) error) ([]byte, error) {
	var b bytes.Buffer
	w := &colorprofile.Writer{Forward: &b, Profile: c.profile}
	err := write(w, d, read.TextOptions{Width: c.Width, Color: c.profile >= colorprofile.ANSI, MinScore: c.MinScore})
	b.WriteByte('\n')
	return b.Bytes(), err
}

// json returns a line of JSON in the format asked for.
func (c *articles) json(line []byte, err error) ([]byte, error) {
	if err == nil && c.Format == "json" {
		line, err = read.Indent(line)
	}
	return append(line, '\n'), err
}

// inOrder calls do on every input, jobs of them at a time, and emit on the results
// in the order of the inputs. No more than twice as many results as jobs wait. It
// ends early with emit's error, or with errStopped where the context ends.
func inOrder(ctx context.Context, all []input, jobs int, do func(input) result, emit func(result) error) error {
	type job struct {
		in   input
		done chan result
	}
	work, window := make(chan job), make(chan job, 2*jobs)
	quit := make(chan struct{})
	defer close(quit)
	for range jobs {
		go func() {
			for j := range work {
				j.done <- do(j.in)
			}
		}()
	}
	go func() {
		defer close(work)
		defer close(window)
		for _, in := range all {
			j := job{in, make(chan result, 1)}
			select {
			case window <- j:
			case <-quit:
				return
			}
			select {
			case work <- j:
			case <-quit:
				return
			}
		}
	}()
	for j := range window {
		// An interrupt goes before a result that is there.
		if ctx.Err() != nil {
			return errStopped
		}
		select {
		case r := <-j.done:
			if err := emit(r); err != nil {
				return err
			}
		case <-ctx.Done():
			return errStopped
		}
	}
	return nil
}
