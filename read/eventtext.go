package read

import (
	"strconv"
	"strings"

	"hearsay/doc"
)

// sure returns how sure the first holder is, as words; nothing where none has been
// decided.
func sure(of []doc.Commitment) []word {
	if len(of) == 0 {
		return nil
	}
	return words(of[0].Value.Words(), plainLook)
}

// eventTable writes the events: who did what to whom, when and where, and how sure of it
// are the source that tells it and the author.
func (p *printer) eventTable() {
	if len(p.d.Events) == 0 {
		return
	}
	p.b.WriteByte('\n')
	p.lines(words(plural(len(p.d.Events), "event"), titleLook), "", "")
	number := max(3, 1+len(strconv.Itoa(len(p.d.Events))))
	rest := p.o.Width - number - len("probable") - 4*columnGap
	side := rest / 3
	columns := []column{{"#", number}, {"who", side}, {"did what", rest - 2*side}, {"to whom", side}, {"how sure", len("probable")}}
	heads := make([][][]word, len(columns))
	for i, c := range columns {
		heads[i] = wrap(words(c.title, faintLook), c.width)
	}
	p.row(columns, heads)
	for i := range p.d.Events {
		v := &p.d.Events[i]
		id := unbroken(strings.Repeat(" ", number-len(EventID(i)))+EventID(i), plainLook)
		did := append(words(string(v.Type), titleLook), words("“"+p.d.Slice(v.Trigger)+"”", cueLook)...)
		p.row(columns, [][][]word{{{id}}, wrap(p.parties(v.Actors), side),
			wrap(append(did, words(p.circumstances(v), faintLook)...), columns[2].width),
			wrap(p.parties(v.Targets), side), p.held(v)})
	}
}

// parties returns the sides of an event, each with its state and its sector.
func (p *printer) parties(of []doc.Party) (out []word) {
	for i, a := range of {
		if i > 0 {
			out = append(out, words("and", faintLook)...)
		}
		name := p.d.Slice(a.Span)
		if e := entityOf(p.d, a.Entity); e != nil && (e.Named || pronoun(name)) {
			name = short(e.Name)
		}
		out = append(out, words(name, sourceLook)...)
		if code := strings.TrimSpace(a.Country + " " + a.Sector); code != "" && code != name {
			out = append(out, unbroken(code, faintLook))
		}
	}
	return out
}

// circumstances returns mode, contexts, time, place, victims and amount of an event.
func (p *printer) circumstances(v *doc.Event) string {
	parts := append([]string{v.Mode}, v.Contexts...)
	if v.Time >= 0 && v.Time < len(p.d.Times) {
		parts = append(parts, p.d.Times[v.Time].Value)
	}
	if v.Place >= 0 && v.Place < len(p.d.Places) {
		parts = append(parts, p.d.Slice(p.d.Places[v.Place].Span))
	}
	if v.Killed > 0 {
		parts = append(parts, strconv.Itoa(v.Killed)+" killed")
	}
	if v.Injured > 0 {
		parts = append(parts, strconv.Itoa(v.Injured)+" injured")
	}
	parts = append(parts, p.d.Slice(v.Amount))
	var out []string
	for _, s := range parts {
		if s != "" {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "· " + strings.Join(out, ", ")
}

// held returns the lines that say who is how sure of an event: its teller behind the
// number of the statement, and the author.
func (p *printer) held(v *doc.Event) (lines [][]word) {
	for _, c := range v.Factuality {
		if c.Holder == doc.ByAuthor && len(v.Factuality) > 1 && c.Value == doc.Uncommitted {
			continue // a reporter who only reports
		}
		lines = append(lines, words(c.Value.Words(), plainLook))
		if c.Holder >= 0 {
			lines = append(lines, words("in "+strconv.Itoa(c.Holder+1), faintLook))
		}
	}
	return lines
}
