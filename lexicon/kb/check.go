package kb

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What fields may say.
var (
	bodyTypes = []string{
		"bloc", "international", "ministry", "agency", "parliament", "court", "military", "police", "party", "company",
		"bank", "think tank", "university", "campaign", "union", "ngo", "armed group", "religious", "other",
	}
	groupTypes  = []string{"religious", "party", "ethnic", "movement", "armed", "other"}
	outletKinds = []string{"agency", "newspaper", "magazine", "broadcaster", "online", "programme"}
	confidences = []string{"high", "medium", "low"}
	// Sectors are the codes of PLOVER, and behind them those that it puts in the place of
	// a country.
	Sectors = strings.Fields("COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED OPP PRE REF REL SOC" +
		" IGO NGO MNC IMG ISM")
)

// Check says what is wrong in tables that are to come on top of base, or nil where they
// stand for themselves. The error joins a *Problem for each mistake, in the order of
// the files and lines: wrong columns, fields that say what no table may say, ids that come
// twice, countries and bodies that nobody has, bodies inside themselves, dates, terms
// that end before they begin, and two people in one office at once.
func Check(base *KB, files ...File) error {
	_, err := check(base, files)
	return err
}

// checker gathers what is wrong.
type checker struct {
	base     *KB
	problems []*Problem
	states   map[string]bool
	bodies   map[string]string // id of a body to that of its parent
	rivals   map[string][]Term // country, tab, office to the times when several claimed it
}

func (c *checker) fail(f *file, r *row, format string, a ...any) {
	c.problems = append(c.problems, &Problem{f.Name, r.line, fmt.Sprintf(format, a...)})
}

// check parses and checks files, which it returns sorted by kind of table and name.
func check(base *KB, files []File) ([]*file, error) {
	files = slices.Clone(files)
	slices.SortStableFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	c := &checker{base: base, states: map[string]bool{}, bodies: map[string]string{}, rivals: map[string][]Term{}}
	var parsed []*file
	var errs []error
	for _, f := range files {
		p, err := parse(f)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		parsed = append(parsed, p)
	}
	if len(errs) > 0 {
		// What refers to the lines that are no rows would be called unknown too.
		return nil, errors.Join(errs...)
	}
	c.gather(parsed)
	c.ids(parsed)
	for _, f := range parsed {
		for i := range f.rows {
			c.row(f, &f.rows[i])
		}
	}
	c.cycles(parsed)
	c.overlaps(parsed)
	slices.SortStableFunc(c.problems, func(a, b *Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	for _, p := range c.problems {
		errs = append(errs, p)
	}
	slices.SortStableFunc(parsed, func(a, b *file) int { return cmp.Compare(a.table, b.table) })
	return parsed, errors.Join(errs...)
}

// gather notes what rows may refer to.
func (c *checker) gather(files []*file) {
	for _, f := range files {
		for i := range f.rows {
			r := &f.rows[i]
			switch f.table {
			case States:
				c.states[r.get("id")] = true
			case Bodies:
				c.bodies[r.get("id")] = r.get("parent")
			case Rivals:
				if t, err := newTerm(r.get("from"), r.get("to"), 0); err == nil {
					key := r.get("country") + "\t" + r.get("office")
					c.rivals[key] = append(c.rivals[key], t)
				}
			}
		}
	}
}

func (c *checker) state(id string) bool {
	if c.states[id] {
		return true
	}
	if c.base == nil {
		return false
	}
	_, ok := c.base.State(id)
	return ok
}

func (c *checker) body(id string) bool {
	if _, ok := c.bodies[id]; ok {
		return true
	}
	if c.base == nil {
		return false
	}
	e, ok := c.base.Entry(id)
	return ok && e.Table == Bodies
}

// ids finds those that come twice. An outlet may have a row for each owner.
func (c *checker) ids(files []*file) {
	type seen struct {
		file *file
		line int
	}
	first := map[string]seen{}
	for _, f := range files {
		for i := range f.rows {
			r := &f.rows[i]
			id := r.get("id")
			if f.table == Titles {
				id = "title " + fold(r.get("title")) + " of country " + cmp.Or(r.get("country"), "any")
			}
			if id == "" {
				continue
			}
			if s, ok := first[id]; ok && (f.table != Outlets || s.file != f) {
				c.fail(f, r, "%s stands already in line %d of %s", id, s.line, s.file.Name)
			} else if !ok {
				first[id] = seen{f, r.line}
			}
		}
	}
}

// row checks the fields of one row.
func (c *checker) row(f *file, r *row) {
	for i, v := range r.fields {
		column := tables[f.table].columns[i]
		switch {
		case !utf8.ValidString(v):
			c.fail(f, r, "%s is not UTF-8", column)
		case v != strings.TrimSpace(v):
			c.fail(f, r, "%s %q has space around it", column, v)
		case strings.ContainsFunc(v, unicode.IsControl):
			c.fail(f, r, "%s %q has a control character", column, v)
		case strings.Contains(v, "||") || strings.HasPrefix(v, "|") || strings.HasSuffix(v, "|"):
			c.fail(f, r, "%s %q has an empty item between |", column, v)
		}
	}
	required := []string{"id", "name"}
	oneOf := func(column string, values []string, empty bool) {
		if v := r.get(column); !(v == "" && empty) && !slices.Contains(values, v) {
			c.fail(f, r, "%s %q is none of: %s", column, v, strings.Join(values, ", "))
		}
	}
	prefix := ""
	switch f.table {
	case States:
		if id := r.get("id"); len(id) != 3 || strings.ToUpper(id) != id {
			c.fail(f, r, "id %q is no code of three capitals such as FRA", id)
		}
		if v := r.get("iso2"); v != "" && (len(v) != 2 || strings.ToUpper(v) != v) {
			c.fail(f, r, "iso2 %q is no code of two capitals", v)
		}
		oneOf("capital_is_seat", []string{"yes", "no"}, false)
		if r.get("capital_is_seat") == "yes" && r.get("capital") == "" {
			c.fail(f, r, "capital_is_seat is yes, and there is no capital")
		}
	case Bodies:
		prefix = "org:"
		oneOf("type", bodyTypes, false)
		oneOf("sector", Sectors, false)
		if p := r.get("parent"); p != "" && !c.body(p) {
			c.fail(f, r, "parent %s is no body that is known", p)
		}
	case Groups:
		prefix = "group:"
		oneOf("type", groupTypes, false)
		oneOf("sector", Sectors, false)
	case Outlets:
		prefix = "outlet:"
		oneOf("kind", outletKinds, false)
	case People:
		if id := personID(r.get("name")); r.get("id") != id {
			c.fail(f, r, "id %s of %s: a person's id is made of the name, %s", r.get("id"), r.get("name"), id)
		}
		if a := r.get("affiliation"); a != "" && !c.body(a) {
			c.fail(f, r, "affiliation %s is no body that is known", a)
		}
	case Holders:
		required = []string{"country", "office", "title", "name", "from"}
		oneOf("office", Offices, false)
		oneOf("confidence", confidences, false)
		if r.get("to") == "" && f.asOf == 0 {
			c.fail(f, r, "to is empty, and no comment says up to when the file is true (# as of 2026-01-31)")
		}
	case Titles:
		required = []string{"title"}
		for _, o := range list(r.get("office")) {
			if !slices.Contains(Offices, o) {
				c.fail(f, r, "office %q is none of: %s", o, strings.Join(Offices, ", "))
			}
		}
		oneOf("sector", Sectors, true)
	case Rivals:
		required = []string{"country", "office", "from", "to", "reason"}
		oneOf("office", Offices, false)
	}
	for _, column := range required {
		if slices.Contains(tables[f.table].columns, column) && r.get(column) == "" {
			c.fail(f, r, "%s is empty", column)
		}
	}
	if id := r.get("id"); prefix != "" && id != "" && (!strings.HasPrefix(id, prefix) || slug(id[len(prefix):]) != id[len(prefix):]) {
		c.fail(f, r, "id %s is not of the form %sname-of-it", id, prefix)
	}
	if v := r.get("country"); v != "" && f.table != States {
		bodies := f.table == Holders || f.table == Titles || f.table == Rivals
		if !c.state(v) && !(bodies && c.body(v)) {
			c.fail(f, r, "country %s is not known", v)
		}
	}
	if f.table != States {
		if _, err := newTerm(r.get("from"), r.get("to"), r.asOf); err != nil {
			c.fail(f, r, "%v", err)
		}
	}
}

// cycles finds bodies that are part of themselves.
func (c *checker) cycles(files []*file) {
	parent := func(id string) string {
		if p, ok := c.bodies[id]; ok {
			return p
		}
		if c.base == nil {
			return ""
		}
		if e, ok := c.base.Entry(id); ok {
			return e.Parent
		}
		return ""
	}
	for _, f := range files {
		if f.table != Bodies {
			continue
		}
		for i := range f.rows {
			r := &f.rows[i]
			way := []string{r.get("id")}
			for id := parent(way[0]); id != ""; id = parent(id) {
				if id == way[0] {
					c.fail(f, r, "%s is part of itself: %s", id, strings.Join(append(way, id), " in "))
					break
				}
				if slices.Contains(way, id) {
					break // the cycle is said where it lies
				}
				way = append(way, id)
			}
		}
	}
}

// overlaps finds two people in one office at once: in rows of the same country and office
// that share a title, unless a table of rivals says that there were several.
func (c *checker) overlaps(files []*file) {
	type term struct {
		file   *file
		row    *row
		titles []string
		term   Term
	}
	byOffice := map[string][]term{}
	for _, f := range files {
		if f.table != Holders {
			continue
		}
		for i := range f.rows {
			r := &f.rows[i]
			t, err := newTerm(r.get("from"), r.get("to"), r.asOf)
			office := r.get("office")
			if err != nil || office == "other" || office == "spokesperson" {
				continue
			}
			key := r.get("country") + "\t" + office
			for _, o := range byOffice[key] {
				shared := slices.ContainsFunc(list(r.get("title")), func(t string) bool { return slices.Contains(o.titles, t) })
				if !shared || !t.Overlaps(o.term) || c.rival(key, t, o.term) {
					continue
				}
				c.fail(f, r, "%s overlaps the term of %s in line %d of %s", r.get("name"), o.row.get("name"), o.row.line, o.file.Name)
			}
			byOffice[key] = append(byOffice[key], term{f, r, list(r.get("title")), t})
		}
	}
}

// rival says whether the time that two terms share lies in one when several claimed the
// office.
func (c *checker) rival(key string, a, b Term) bool {
	first, last := max(a.sureFirst, b.sureFirst), min(a.sureLast, b.sureLast)
	return slices.ContainsFunc(c.rivals[key], func(t Term) bool { return t.First <= first && last <= t.Last })
}
