package read

import (
	"fmt"
	"strings"

	"hearsay/doc"
)

// column is one column of the table of statements.
type column struct {
	title string
	width int
}

const columnGap = 2

// wideTable is the width from which on cue and addressee have columns of their own;
// below it they stand under the source.
const wideTable = 110

// columns shares the width out.
func (p *printer) columns() []column {
	number := p.numberWidth()
	if p.o.Width < wideTable {
		rest := p.o.Width - number - len("indirect") - 3*columnGap
		who := max(rest/3, 12)
		return []column{{"#", number}, {"who", who}, {"what", rest - who}, {"how", len("indirect")}}
	}
	rest := p.o.Width - number - len("indirect") - len("probable") - len("score") - 7*columnGap
	source, cue, to := rest/5, max(rest/9, len("information")), rest/8
	return []column{{"#", number}, {"source", source}, {"cue", cue}, {"to", to},
		{"content", rest - source - cue - to}, {"quoted", len("indirect")}, {"sure", len("probable")}, {"score", len("score")}}
}

// table writes the statements, each nested under the one in whose content it stands.
func (p *printer) table() {
	if len(p.shown) == 0 {
		p.lines(words(p.nothing(), plainLook), "", "")
		return
	}
	p.lines(words(p.counted(), titleLook), "", "")
	columns := p.columns()
	heads := make([][][]word, len(columns))
	for i, c := range columns {
		heads[i] = wrap(words(c.title, faintLook), c.width)
	}
	p.row(columns, heads)
	children := make([][]int, len(p.d.Statements))
	for _, i := range p.shown {
		if k := p.parent[i]; k >= 0 {
			children[k] = append(children[k], i)
		}
	}
	var below func(i int)
	below = func(i int) {
		cells, about := p.cells(columns, i)
		p.row(columns, cells)
		p.under(columns, about, p.depth(i))
		for _, k := range children[i] {
			below(k)
		}
	}
	for _, i := range p.shown {
		if p.parent[i] < 0 {
			p.b.WriteByte('\n')
			below(i)
		}
	}
}

// numberWidth returns the columns that the number of any statement needs.
func (p *printer) numberWidth() int { return max(2, len(fmt.Sprint(len(p.d.Statements)))) }

// counted says how many statements are shown and how many are not.
func (p *printer) counted() string {
	s := plural(len(p.shown), "statement")
	if n := p.out(); n > 0 {
		s += fmt.Sprintf("; %d with a score below %v left out", n, p.least)
	}
	return s
}

// nothing says why there are no statements.
func (p *printer) nothing() string {
	if l := p.d.Meta.Language; l != "en" && l != "und" && l != "" {
		return "Not read: the language is " + l + ", and only English is read."
	}
	if n := p.out(); n > 0 {
		return fmt.Sprintf("No statement with a score of %v or more; %s left out.", p.least, plural(n, "statement"))
	}
	return "No statements."
}

// plural returns a count with its noun.
func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprint(n, " ", noun)
}

// cells returns the lines of each cell of a statement's row, and what is left to say
// about its source below it.
func (p *printer) cells(columns []column, i int) (cells [][][]word, below []word) {
	s := &p.d.Statements[i]
	depth := p.depth(i)
	source, about := p.source(s)
	cue := p.cue(s)
	var to []word
	if !s.Addressee.Empty() {
		to = words(p.d.Slice(s.Addressee), addresseeLook)
	}
	var n word
	n.add(fmt.Sprintf("%*d", columns[0].width, i+1), plainLook)
	number := []word{n}
	// What is short stands under the source, what is long on lines of its own.
	beside := p.nested(about, columns[1].width, depth, false)
	if len(beside) > 2 {
		beside, below = nil, about
	}
	what := words(joined(p.d, s.Content), content(depth))
	quoted, rank := words(string(s.Quotation), plainLook), words(fmt.Sprintf("%.2f", s.Score), faintLook)
	if len(columns) == 4 {
		room := columns[1].width
		who := p.nested(source, room, depth, true)
		who = append(who, p.nested(cue, room, depth, false)...)
		if to != nil {
			arrow := words("→", faintLook)
			who = append(who, p.nested(append(arrow, to...), room, depth, false)...)
		}
		who = append(who, beside...)
		how := [][]word{quoted}
		if s := sure(s.Factuality); s != nil {
			how = append(how, s)
		}
		return [][][]word{{number}, who, wrap(what, columns[2].width), append(how, rank)}, below
	}
	who := append(p.nested(source, columns[1].width, depth, true), beside...)
	return [][][]word{{number}, who, wrap(cue, columns[2].width),
		wrap(to, columns[3].width), wrap(what, columns[4].width), {quoted}, {sure(s.Factuality)}, {rank}}, below
}

// cue returns the words of a statement's cue, with a negation that stands outside it.
func (p *printer) cue(s *doc.Statement) []word {
	cue := words(joined(p.d, s.Cue.Spans), cueLook)
	if s.Negated && !negative(cue) {
		cue = append(cue, words("(not)", cueLook)...)
	}
	return cue
}

// under writes words below a row, from the column of the source on.
func (p *printer) under(columns []column, in []word, depth int) {
	margin := strings.Repeat(" ", columns[0].width+columnGap)
	for _, line := range p.nested(in, p.o.Width-len(margin), depth, false) {
		p.b.WriteString(margin)
		p.render(line)
		p.b.WriteByte('\n')
	}
}

// nested wraps words behind an indent that shows the depth; the first line of a row
// has a corner.
func (p *printer) nested(in []word, room, depth int, corner bool) [][]word {
	indent := min(2*depth, room/2)
	lines := wrap(in, room-indent)
	for i := range lines {
		if indent == 0 {
			break
		}
		lead := strings.Repeat(" ", indent)
		if i == 0 && corner {
			lead = strings.Repeat(" ", indent-2) + "└ "
		}
		first := word{pieces: append([]piece{{lead, faintLook}}, lines[i][0].pieces...), width: indent + lines[i][0].width}
		lines[i] = append([]word{first}, lines[i][1:]...)
	}
	return lines
}

// negative says whether a cue has its negation in it.
func negative(cue []word) bool {
	for _, w := range cue {
		s := strings.ToLower(w.pieces[0].text)
		if s == "not" || s == "never" || s == "no" || strings.HasSuffix(s, "n't") || strings.HasSuffix(s, "n’t") {
			return true
		}
	}
	return false
}

// row writes cells beside each other.
func (p *printer) row(columns []column, cells [][][]word) {
	height := 0
	for _, c := range cells {
		height = max(height, len(c))
	}
	for k := range height {
		due := 0 // columns to skip before the next text
		for i, c := range columns {
			used := 0
			if k < len(cells[i]) && len(cells[i][k]) > 0 {
				p.b.WriteString(strings.Repeat(" ", due))
				due = 0
				used = p.render(cells[i][k])
			}
			due += c.width - used + columnGap
		}
		p.b.WriteByte('\n')
	}
}
