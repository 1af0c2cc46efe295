package read

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"hearsay/doc"
)

// CastText writes the cast of an article for a person: each source with its kind, what is
// known of it, to whom it spoke, and the first words of its statements behind their
// numbers, which are those of [Text]. Lines are at most as wide as the options say. What
// could steer a terminal is escaped (Printable). The error is the writer's.
func CastText(w io.Writer, d *doc.Doc, o TextOptions) error {
	p := newPrinter(d, o)
	p.facts()
	p.b.WriteByte('\n')
	p.cast()
	_, err := io.WriteString(w, p.b.String())
	return err
}

func (p *printer) cast() {
	if len(p.shown) == 0 {
		p.lines(words(p.nothing(), plainLook), "", "")
		return
	}
	all := Cast(p.d, p.least)
	sources := 0
	for i := range all {
		if all[i].Name != "" {
			sources++
		}
	}
	p.lines(words(plural(sources, "source")+", "+p.counted(), titleLook), "", "")
	for i := range all {
		p.b.WriteByte('\n')
		p.member(&all[i])
	}
}

// member writes one source: its name and how often it speaks, what is known of it, to
// whom it spoke, and its statements.
func (p *printer) member(m *Member) {
	head, known := words(m.Name, sourceLook), strings.Join(p.known(m), ", ")
	if m.Name == "" {
		head, known = words("("+string(m.Kind)+")", faintLook), "the text does not say who"
		if m.Kind == doc.Author {
			known = "no source is named: the article says so itself"
		}
	}
	p.lines(append(head, unbroken("· "+plural(len(m.Statements), "statement"), faintLook)), "", "")
	p.lines(words(known, faintLook), "  ", "  ")
	if len(m.Told) > 0 {
		names := make([]string, len(m.Told))
		for i, l := range m.Told {
			names[i] = short(l.Name)
		}
		p.lines(append(words("→", faintLook), words(strings.Join(names, ", "), addresseeLook)...), "  ", "  ")
	}
	for _, i := range m.Statements {
		p.saying(i)
	}
}

// known returns in a few words each what is known of a member beyond its name.
func (p *printer) known(m *Member) []string {
	f := facts{said: m.Name}
	f.add(string(m.Kind))
	f.other(m.Role)
	f.other(m.Affiliation)
	switch m.Kind {
	case doc.Anonymous, doc.Collective, doc.PersonSource:
		if m.Count > 1 {
			f.add(fmt.Sprint(m.Count, " people"))
		}
	}
	if !m.Named {
		f.among(p.d, m.Name, m.Of)
	}
	f.other(m.Basis)
	f.other(m.Terms)
	if m.Record != "" {
		f.add(string(m.Record) + " the record")
	}
	return f.out
}

// saying writes the number of a statement, its cue and the first words of its content.
// Where another statement tells it, that one's number stands behind the cue.
func (p *printer) saying(i int) {
	s := &p.d.Statements[i]
	number := fmt.Sprintf("%*d  ", 2+p.numberWidth(), i+1)
	what := p.cue(s)
	if k := p.parent[i]; k >= 0 {
		what = append(what, unbroken("(in "+strconv.Itoa(k+1)+")", faintLook))
	}
	what = append(what, words(joined(p.d, s.Content), content(p.depth(i)))...)
	most := 1
	if p.o.Width < narrow {
		most = 2
	}
	room := p.o.Width - width(number)
	lines := wrap(what, room)
	if len(lines) > most {
		lines = wrap(what, room-2)[:most] // an ellipsis is one column wide
		lines[most-1] = append(lines[most-1], words("…", faintLook)...)
	}
	for k, l := range lines {
		if k > 0 {
			number = strings.Repeat(" ", width(number))
		}
		p.b.WriteString(number)
		p.render(l)
		p.b.WriteByte('\n')
	}
}

// narrow is the width below which a statement gets two lines.
const narrow = 60
