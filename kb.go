package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"hearsay/lexicon/kb"
	"hearsay/lexicon/plover"
	"hearsay/read"
)

type kbCmd struct {
	Add    kbAddCmd    `cmd:"" help:"Add tables of your own."`
	Find   kbFindCmd   `cmd:"" help:"Print what is known of a name, a title or an office."`
	Export kbExportCmd `cmd:"" help:"Write all shipped tables into a folder."`
	List   kbListCmd   `cmd:"" help:"List the tables of your own."`
}

func (kbCmd) Help() string {
	return `States, bodies, armed groups, outlets and their owners, and who held which office when. Tables of your own are CSV files in $HEARSAY_KB or, unless it is set, in hearsay/kb in your configuration; their entries win over those that ship with the program. lexicon/kb/data/README.md describes the columns.

Examples:
  hearsay kb find Kremlin
  hearsay kb find --date 2016-05-01 "Chinese President"
  hearsay kb add ministers.csv
  hearsay kb export tables/`
}

type kbAddCmd struct {
	Files []string `arg:"" name:"file" help:"Tables as CSV files."`
}

func (kbAddCmd) Help() string {
	return `Which table a file is, its header says. All files are checked first, together with those that lie in the folder; where a line is wrong, nothing is added. A file takes the place of the one of the same name. To take a table away, delete its file.

Examples:
  hearsay kb add ministers.csv
  HEARSAY_KB=desk/kb hearsay kb add bodies.csv people.csv`
}

// maxTable is the largest table that is read.
const maxTable = size(20 << 20)

// Run adds the tables to the user's folder.
func (c *kbAddCmd) Run(e *env) error {
	dir, err := kb.UserDir()
	if err != nil {
		return err
	}
	var files []kb.File
	for _, path := range c.Files {
		data, err := load(e.in, path, maxTable)
		if err != nil {
			return err
		}
		files = append(files, kb.File{Name: path, Data: data})
	}
	added, err := kb.Add(dir, files...)
	if err != nil {
		return mistakes(e, err)
	}
	return printTables(e.out, added)
}

// mistakes prints an error that joins several, one a line.
func mistakes(e *env, err error) error {
	var joined interface{ Unwrap() []error }
	what := "kb"
	var frame *plover.Problem
	if errors.As(err, &frame) {
		what = "frames"
	}
	if !errors.As(err, &joined) {
		return fmt.Errorf("%s: %w", what, err)
	}
	for _, err := range joined.Unwrap() {
		if mistakes(e, err) != errFailed {
			complain(e.errs, fmt.Errorf("%s: %w", what, err))
		}
	}
	return errFailed
}

func printTables(w io.Writer, tables []kb.Added) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, t := range tables {
		entries := "entries"
		if t.Entries == 1 {
			entries = "entry"
		}
		fmt.Fprintf(out, "%s\t%s\t%d %s\n", read.Printable(t.File), t.Table, t.Entries, entries)
	}
	return out.Flush()
}

type kbListCmd struct{}

func (kbListCmd) Help() string {
	return `Example:
  hearsay kb list`
}

// Run lists the user's tables.
func (*kbListCmd) Run(e *env) error {
	dir, err := kb.UserDir()
	if err != nil {
		return err
	}
	tables, err := kb.List(dir)
	if err != nil {
		err = mistakes(e, err)
	} else if len(tables) == 0 {
		fmt.Fprintf(e.errs, "hearsay: kb: no tables in %s\n", read.Printable(dir))
	}
	return errors.Join(printTables(e.out, tables), err)
}

type kbExportCmd struct {
	Dir string `arg:"" name:"dir" help:"Folder to write into."`
}

func (kbExportCmd) Help() string {
	return `The tables are written as CSV, with their comments on sources and licences. A file that is there already is left alone, and that is an error.

Example:
  hearsay kb export tables/`
}

// Run writes the shipped tables.
func (c *kbExportCmd) Run(e *env) error {
	tables := kb.Tables()
	for _, t := range tables {
		path := filepath.Join(c.Dir, filepath.FromSlash(t.Name))
		if _, err := os.Lstat(path); err == nil {
			return fmt.Errorf("kb export: %s is there already", path)
		}
	}
	for _, t := range tables {
		path := filepath.Join(c.Dir, filepath.FromSlash(t.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return fmt.Errorf("kb export: %w", err)
		}
		if err := os.WriteFile(path, t.Data, 0o666); err != nil {
			return fmt.Errorf("kb export: %w", err)
		}
	}
	_, err := fmt.Fprintf(e.out, "%d tables in %s\n", len(tables), read.Printable(c.Dir))
	return err
}

type kbFindCmd struct {
	Name   []string `arg:"" name:"name" help:"A name, a title, a domain, or a state with an office (\"Chinese President\")."`
	Date   string   `placeholder:"YYYY-MM-DD" help:"Day on which an office was held or an outlet owned. Unless given: all terms, and no owner where several followed each other."`
	Format string   `short:"f" enum:"text,json" default:"text" help:"text or json."`
}

func (kbFindCmd) Help() string {
	return `The exit status is 1 where nothing is known.

Examples:
  hearsay kb find Kremlin
  hearsay kb find Clinton --date 2010-06-01
  hearsay kb find --date 2016-05-01 "US Secretary of State"
  hearsay kb find --format json edition.cnn.com`
}

// found is what is known of a name, in the form of --format json.
type found struct {
	Name    string       `json:"name"`
	Date    string       `json:"date,omitempty"`
	Holder  *foundTerm   `json:"holder,omitempty"` // of "Chinese President"
	Entries []foundEntry `json:"entries"`
	Titles  []foundTitle `json:"titles,omitempty"`
}

type foundEntry struct {
	ID      string      `json:"id"`
	Name    string      `json:"name"`
	As      string      `json:"as"` // how the name that was asked for stands for it
	Type    string      `json:"type,omitempty"`
	Country string      `json:"country,omitempty"`
	Sector  string      `json:"sector,omitempty"`
	PartOf  string      `json:"part_of,omitempty"`
	From    string      `json:"from,omitempty"`
	To      string      `json:"to,omitempty"`
	Names   []string    `json:"names,omitempty"`
	Capital string      `json:"capital,omitempty"`
	Seats   []string    `json:"seats,omitempty"`
	Domain  string      `json:"domain,omitempty"`
	Owner   string      `json:"owner,omitempty"`
	Terms   []foundTerm `json:"terms,omitempty"` // of a person; with a date, those that cover it
}

type foundTerm struct {
	Name       string `json:"name,omitempty"`
	Country    string `json:"country"`
	Office     string `json:"office"`
	Title      string `json:"title"`
	From       string `json:"from"`
	To         string `json:"to,omitempty"`
	Confidence string `json:"confidence"`
}

type foundTitle struct {
	Title   string   `json:"title"`
	Country string   `json:"country,omitempty"`
	Offices []string `json:"offices,omitempty"`
	Sector  string   `json:"sector,omitempty"`
}

// Run looks a name up in the shipped tables and the user's.
func (c *kbFindCmd) Run(e *env) error {
	day, err := kb.ParseDay(c.Date)
	if err != nil {
		return usageError("--date: " + err.Error())
	}
	k, err := openKB(e)
	if err != nil {
		return err
	}
	name := strings.Join(c.Name, " ")
	f := lookUp(k, name, day)
	if len(f.Entries) == 0 && len(f.Titles) == 0 && f.Holder == nil {
		return fmt.Errorf("kb find: nothing is known of %q", name)
	}
	if c.Format == "json" {
		out := json.NewEncoder(e.out)
		out.SetIndent("", "  ")
		out.SetEscapeHTML(false)
		return out.Encode(f)
	}
	return f.print(e.out)
}

// openKB opens the knowledge base with the user's tables on top.
func openKB(e *env) (*kb.KB, error) {
	dir, err := kb.UserDir()
	if err != nil {
		return nil, err
	}
	k, err := kb.Open(dir)
	if err != nil {
		return nil, mistakes(e, err)
	}
	return k, nil
}

// lookUp gathers what is known of a name.
func lookUp(k *kb.KB, name string, day kb.Day) *found {
	f := &found{Name: name, Date: day.String(), Entries: []foundEntry{}}
	if h, confidence, known := k.WhoIs(name, day); known {
		f.Holder = termOf(h)
		f.Holder.Name, f.Holder.Confidence = h.Name, confidence.String()
	}
	seen := map[string]bool{}
	add := func(e *kb.Entry, as string) {
		if seen[e.ID] {
			return
		}
		seen[e.ID] = true
		f.Entries = append(f.Entries, describe(k, e, as, day))
	}
	if e, ok := k.Entry(name); ok {
		add(e, "id")
	}
	for _, r := range k.Lookup(name) {
		e := r.Entry
		if e.Outlet != nil {
			e, _ = k.OutletByID(e.ID, day)
		}
		add(e, r.As.String())
	}
	if e, ok := k.Outlet(name, day); ok {
		add(e, "domain")
	}
	for _, p := range k.PersonByName(name, day) {
		add(p.Entry, "surname or short form")
	}
	for _, t := range k.TitleAnywhere(name) {
		f.Titles = append(f.Titles, foundTitle{t.Title, t.Country, t.Offices, t.Sector})
	}
	return f
}

// describe puts an entry into the form that is printed.
func describe(k *kb.KB, e *kb.Entry, as string, day kb.Day) foundEntry {
	out := foundEntry{
		ID: e.ID, Name: e.Name, As: as, Type: e.Type, Country: k.Country(e), Sector: e.Sector, PartOf: e.Parent,
		From: e.Term.From, To: e.Term.To, Names: e.Names,
	}
	if s := e.State; s != nil {
		out.Capital, out.Seats, out.Names = s.Capital, s.Seats, nil
		for _, n := range slices.Concat(e.Names, s.Adjectives, s.Demonyms) {
			if !slices.Contains(out.Names, n) {
				out.Names = append(out.Names, n)
			}
		}
	}
	if o := e.Outlet; o != nil {
		out.Domain, out.Owner = o.Domain, o.Owner
	}
	if e.Table == kb.People || e.Table == kb.Holders {
		terms := k.TermsOf(e.Name)
		if day != 0 {
			terms = k.OfficesOf(e.Name, day)
		}
		for _, h := range terms {
			out.Terms = append(out.Terms, *termOf(h))
		}
		if out.Type == "" {
			out.Type = "person"
		}
	}
	return out
}

func termOf(h kb.Holder) *foundTerm {
	title := h.Office
	if len(h.Titles) > 0 {
		title = h.Titles[0]
	}
	return &foundTerm{Country: h.Country, Office: h.Office, Title: title, From: h.Term.From, To: h.Term.To, Confidence: h.Confidence.String()}
}

// print prints what was found for people to read. Tables may hold anything.
func (f *found) print(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(name string, parts ...string) {
		var full []string
		for _, p := range parts {
			if p != "" {
				full = append(full, read.Printable(p))
			}
		}
		if len(full) > 0 {
			fmt.Fprintf(out, "%s\t%s\n", read.Printable(name), strings.Join(full, ", "))
		}
	}
	if h := f.Holder; h != nil {
		line(h.Name, "in office on "+f.Date, h.String(), "confidence "+h.Confidence)
	}
	for _, e := range f.Entries {
		line(e.Name, e.ID, e.Type, e.Country, e.Sector, "found by "+e.As)
		line("  also", e.Names...)
		line("  capital", e.Capital)
		line("  seats", e.Seats...)
		line("  part of", e.PartOf)
		line("  domain", e.Domain)
		line("  owner", e.Owner)
		if e.From != "" || e.To != "" {
			line("  term", e.From+" to "+e.To)
		}
		for _, t := range e.Terms {
			line("  office", t.String(), "confidence "+t.Confidence)
		}
	}
	for _, t := range f.Titles {
		where := t.Country
		if where == "" {
			where = "anywhere"
		}
		line(t.Title, "title", where, strings.Join(t.Offices, " or "), t.Sector)
	}
	return out.Flush()
}

func (t *foundTerm) String() string {
	to := t.To
	if to == "" {
		to = "(open)"
	}
	return fmt.Sprintf("%s of %s, %s to %s", t.Title, t.Country, t.From, to)
}
