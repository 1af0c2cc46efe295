package kb

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Table is a kind of table.
type Table uint8

// The kinds of table. A file is known by its header.
const (
	States  Table = iota + 1
	Bodies        // and armed groups, parties, companies
	Groups        // followers of faiths and parties, peoples
	Outlets       // with successive owners
	People        // known without an office
	Holders       // terms of office
	Titles        // what a title means
	Rivals        // offices that several held or claimed at once
)

type tableKind struct {
	name    string // in messages, and of the shipped file
	columns []string
}

var tables = [...]tableKind{
	States:  {"states", strings.Split("id,iso2,name,names,adjectives,demonyms,capital,seats,capital_is_seat", ",")},
	Bodies:  {"bodies", strings.Split("id,name,names,type,country,sector,parent,from,to", ",")},
	Groups:  {"groups", strings.Split("id,name,names,type,country,sector", ",")},
	Outlets: {"outlets", strings.Split("id,name,names,domain,country,kind,owner,from,to", ",")},
	People:  {"people", strings.Split("id,name,names,country,role,affiliation,from,to", ",")},
	Holders: {"holders", strings.Split("country,office,title,name,names,from,to,confidence", ",")},
	Titles:  {"titles", strings.Split("title,office,sector,country", ",")},
	Rivals:  {"rivals", strings.Split("country,office,from,to,reason", ",")},
}

// String returns the name of the kind: "states".
func (t Table) String() string {
	if int(t) >= len(tables) || t == 0 {
		return "unknown"
	}
	return tables[t].name
}

// File is a table as CSV: UTF-8 with a header row, lines that begin with # as comments.
type File struct {
	Name string // of the file, for messages
	Data []byte
}

// Problem is something wrong in a file.
type Problem struct {
	File string
	Line int // from 1; 0 for the file as a whole
	Text string
}

func (p *Problem) Error() string {
	if p.Line == 0 {
		return p.File + ": " + p.Text
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Text)
}

// file is a table whose rows have been found.
type file struct {
	File
	table Table
	// asOf is the day up to which open terms are true, zero where no comment says one
	// ("# as of 2025-10-31"). later is the day of a snapshot, where a comment names one, up
	// to which terms are true that begin after asOf ("# snapshot of 2026-08-22").
	asOf, later Day
	rows        []row
}

// upTo returns the day up to which an open term that begins so is true: of one that
// begins after the file's day nothing is known beyond its beginning.
func (f *file) upTo(from string) Day {
	first, last, err := bounds(from)
	switch {
	case err != nil || f.asOf == 0 || first <= f.asOf:
		return f.asOf
	case f.later >= last:
		return f.later
	}
	return last
}

// row is one line of a table.
type row struct {
	table  Table
	asOf   Day // the day up to which it is true if it is an open term
	line   int
	begin  int // bytes [begin, end) of the file
	end    int
	fields []string
}

// get returns the field of a column, or "" where the table has no such column.
func (r row) get(column string) string {
	if i := slices.Index(tables[r.table].columns, column); i >= 0 && i < len(r.fields) {
		return r.fields[i]
	}
	return ""
}

var (
	asOfRE     = regexp.MustCompile(`(?mi)^#.*\bas of (\d{4}-\d{2}-\d{2})\b`)
	snapshotRE = regexp.MustCompile(`(?mi)^#.*\bsnapshot .*\bof (\d{4}-\d{2}-\d{2})\b`)
)

// parse reads a table. Its error joins a *Problem for each line that is no row of it;
// what the fields say is not looked at.
func parse(f File) (*file, error) {
	out := &file{File: f}
	fail := func(line int, format string, a ...any) error {
		return &Problem{f.Name, line, fmt.Sprintf(format, a...)}
	}
	if bytes.HasPrefix(f.Data, []byte("\ufeff")) {
		return nil, fail(1, "begins with a byte order mark; save it as UTF-8 without one")
	}
	for _, c := range []struct {
		re  *regexp.Regexp
		day *Day
	}{{asOfRE, &out.asOf}, {snapshotRE, &out.later}} {
		m := c.re.FindSubmatchIndex(f.Data)
		if m == nil {
			continue
		}
		day, err := ParseDay(string(f.Data[m[2]:m[3]]))
		if err != nil {
			return nil, fail(1+bytes.Count(f.Data[:m[2]], []byte("\n")), "%v", err)
		}
		*c.day = day
	}
	r := csv.NewReader(bytes.NewReader(f.Data))
	r.Comment, r.FieldsPerRecord = '#', -1
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, fail(0, "empty: a table begins with its header")
	}
	if err != nil {
		return nil, csvProblem(f.Name, err)
	}
	if out.table = tableOf(header); out.table == 0 {
		line, _ := r.FieldPos(0)
		return nil, fail(line, "%s", headerProblem(header))
	}
	var problems []error
	columns := tables[out.table].columns
	for {
		begin := int(r.InputOffset())
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, errors.Join(problems...)
		}
		if err != nil {
			// After a broken quote nothing can be said of the lines that follow.
			return nil, errors.Join(append(problems, csvProblem(f.Name, err))...)
		}
		line, _ := r.FieldPos(0)
		if len(fields) != len(columns) {
			problems = append(problems, fail(line, "%d fields where %s have %d (%s)", len(fields), out.table, len(columns), strings.Join(columns, ",")))
			continue
		}
		next := row{table: out.table, line: line, begin: begin, end: int(r.InputOffset()), fields: fields}
		next.asOf = out.upTo(next.get("from"))
		out.rows = append(out.rows, next)
	}
}

func csvProblem(name string, err error) error {
	var at *csv.ParseError
	if errors.As(err, &at) {
		return &Problem{name, at.Line, at.Err.Error()}
	}
	return &Problem{name, 0, err.Error()}
}

// tableOf knows a table by its header.
func tableOf(header []string) Table {
	for t := States; int(t) < len(tables); t++ {
		if slices.Equal(header, tables[t].columns) {
			return t
		}
	}
	return 0
}

// headerProblem says which table the header comes nearest to, and what is wrong.
func headerProblem(header []string) string {
	best, most := States, -1
	for t := States; int(t) < len(tables); t++ {
		n := 0
		for _, c := range tables[t].columns {
			if slices.Contains(header, c) {
				n++
			}
		}
		if n > most {
			best, most = t, n
		}
	}
	return fmt.Sprintf("header %s is that of no table; the nearest, %s, has %s", strings.Join(header, ","), best, strings.Join(tables[best].columns, ","))
}

// readRow reads one row of a shipped table again, which parse has read before.
func readRow(f *file, text string) row {
	r := row{table: f.table}
	if !strings.ContainsAny(text, "\"#\r") {
		r.fields = strings.Split(strings.Trim(text, "\n"), ",")
	} else {
		c := csv.NewReader(strings.NewReader(text))
		c.Comment, c.FieldsPerRecord = '#', -1
		r.fields, _ = c.Read()
	}
	r.asOf = f.upTo(r.get("from"))
	return r
}
