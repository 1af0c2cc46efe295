package read

import (
	"io"
	"strings"

	"hearsay/doc"
)

// TextOptions say how a reading is laid out for a person.
type TextOptions struct {
	Width    int     // columns, at least 40; 0 stands for 80
	Color    bool    // parts in colours; else in brackets
	MinScore float64 // statements of lower scores are left out; the numbers of the others stay
}

const leastWidth = 40

// Text writes the article with the parts of each statement marked and numbered, and
// below it a table of the statements, nested under their parents, each with how sure its
// source is, and a table of the events. Lines are at most as wide as the options say. What
// could steer a terminal is escaped (Printable). The error is the writer's.
func Text(w io.Writer, d *doc.Doc, o TextOptions) error {
	p := newPrinter(d, o)
	p.facts()
	p.key()
	p.b.WriteByte('\n')
	p.article()
	p.table()
	p.eventTable()
	_, err := io.WriteString(w, p.b.String())
	return err
}

type printer struct {
	selection
	d *doc.Doc
	o TextOptions
	b strings.Builder
}

func newPrinter(d *doc.Doc, o TextOptions) *printer {
	if o.Width <= 0 {
		o.Width = 80
	}
	o.Width = max(o.Width, leastWidth)
	return &printer{d: d, o: o, selection: choose(d, o.MinScore)}
}

// lines writes words wrapped to the full width, the first line behind first and the
// others behind rest, which are equally wide.
func (p *printer) lines(in []word, first, rest string) {
	for i, line := range wrap(in, p.o.Width-width(first)) {
		if i == 0 {
			p.b.WriteString(first)
		} else {
			p.b.WriteString(rest)
		}
		p.render(line)
		p.b.WriteByte('\n')
	}
}

// facts writes what is known of the article as a whole.
func (p *printer) facts() {
	m := &p.d.Meta
	p.lines(words(m.Path, faintLook), "", "")
	if !p.hasTitle() {
		p.lines(words(m.Title, titleLook), "", "")
	}
	var facts []string
	for _, s := range []string{m.Outlet, m.Byline, m.Credit, m.Published} {
		if s != "" {
			facts = append(facts, s)
		}
	}
	if m.Language != "en" {
		facts = append(facts, "language "+m.Language)
	}
	p.lines(words(strings.Join(facts, " · "), faintLook), "", "")
}

// key writes what the marks mean.
func (p *printer) key() {
	if len(p.shown) == 0 {
		return
	}
	key := words("marks:", faintLook)
	for _, k := range []struct {
		name string
		part part
	}{{"source", sourcePart}, {"cue", cuePart}, {"addressee", addresseePart}, {"content", contentPart}} {
		var w word
		if p.o.Color {
			w.add(k.name, (&mark{part: k.part}).look())
		} else {
			w.add(brackets[k.part].open+k.name+brackets[k.part].close, plainLook)
		}
		key = append(key, w)
	}
	p.lines(key, "", "")
}

// hasTitle says whether the title stands in the text, so that it is shown there.
func (p *printer) hasTitle() bool {
	for _, b := range p.d.Blocks {
		if b.Kind == doc.Headline && p.d.Slice(b.Span) == p.d.Meta.Title {
			return true
		}
	}
	return false
}

// article writes the blocks.
func (p *printer) article() {
	m := &marker{p: p, marks: p.marks()}
	for _, b := range p.d.Blocks {
		base, first, rest := plainLook, "", ""
		switch {
		case b.Kind == doc.Headline:
			base = titleLook
		case b.Kind == doc.Item:
			first, rest = "• ", "  "
		case !b.Kind.Prose():
			base = faintLook
		}
		p.lines(m.block(b.Span, base), first, rest)
		p.b.WriteByte('\n')
	}
}
