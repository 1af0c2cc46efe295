package read

import (
	"sort"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/doc"
)

// part is a role in a statement. Where two parts have the same span, the lower one
// is marked outside.
type part uint8

const (
	contentPart part = iota
	addresseePart
	sourcePart
	cuePart
)

// brackets stand round a part where colours are off, the number of its statement
// after the first one.
var brackets = [...]struct{ open, close string }{
	contentPart:   {"[", "]"},
	addresseePart: {"(→", ")"},
	sourcePart:    {"{", "}"},
	cuePart:       {"<", ">"},
}

// mark is a span of the text and what it is. Several statements can share a source.
type mark struct {
	doc.Span
	part       part
	depth      int // of nesting of the first statement
	statements []int
}

// look returns how the mark is shown where colours are on.
func (m *mark) look() look {
	switch m.part {
	case sourcePart:
		return sourceLook
	case cuePart:
		return cueLook
	case addresseePart:
		return addresseeLook
	}
	return content(m.depth)
}

// label returns the numbers of the mark's statements as people count them.
func (m *mark) label() string {
	parts := make([]string, len(m.statements))
	for i, s := range m.statements {
		parts[i] = strconv.Itoa(s + 1)
	}
	return strings.Join(parts, ",")
}

// marks returns the parts of the statements shown in the order in which they open, outer
// ones first.
func (p *printer) marks() []mark {
	var all []mark
	for _, i := range p.shown {
		s, depth := &p.d.Statements[i], p.depth(i)
		add := func(part part, spans ...doc.Span) {
			for _, span := range spans {
				if !span.Empty() {
					all = append(all, mark{span, part, depth, []int{i}})
				}
			}
		}
		add(contentPart, s.Content...)
		add(addresseePart, s.Addressee)
		add(sourcePart, s.Source.Span)
		add(cuePart, s.Cue.Spans...)
	}
	sort.SliceStable(all, func(i, j int) bool {
		a, b := &all[i], &all[j]
		switch {
		case a.Begin != b.Begin:
			return a.Begin < b.Begin
		case a.End != b.End:
			return a.End > b.End
		case a.part != b.part:
			return a.part < b.part
		}
		return a.depth < b.depth
	})
	n := 0
	for _, m := range all {
		if n > 0 && m.Span == all[n-1].Span && m.part == all[n-1].part {
			all[n-1].statements = append(all[n-1].statements, m.statements...)
			continue
		}
		all[n] = m
		n++
	}
	return all[:n]
}

// marker goes through the text once and cuts it into words that carry the marks.
type marker struct {
	p     *printer
	marks []mark
	next  int    // the first mark that has not opened yet
	open  []mark // those that are open, outer ones first; the End of each lies ahead
	base  look   // of text outside all marks
	words []word
	word  word
}

// block returns the words of one block. Blocks are to be taken in order. A mark
// that goes on after the block is closed at its end and opened again in the next.
func (m *marker) block(b doc.Span, base look) []word {
	m.words, m.word, m.base = nil, word{}, base
	text := m.p.d.Text
	for m.next < len(m.marks) && m.marks[m.next].End <= b.Begin {
		m.next++ // outside all blocks
	}
	resume := m.open
	m.open = nil
	for _, k := range resume {
		if k.End > b.Begin {
			m.begin(k)
		}
	}
	for at := b.Begin; at < b.End; {
		r, n := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) {
			m.flush()
			at += n
			continue
		}
		m.closeUntil(at)
		for m.next < len(m.marks) && m.marks[m.next].Begin <= at {
			if k := m.marks[m.next]; k.End > at {
				m.begin(k)
			}
			m.next++
		}
		end := m.run(at, b.End)
		m.word.add(Printable(text[at:end]), m.look())
		at = end
	}
	m.closeUntil(b.End)
	m.close(0)
	m.flush()
	return m.words
}

// run returns where the text from at on changes its marks or has white space, or
// else end.
func (m *marker) run(at, end int) int {
	for _, k := range m.open {
		end = min(end, k.End)
	}
	if m.next < len(m.marks) {
		end = min(end, m.marks[m.next].Begin)
	}
	_, n := utf8.DecodeRuneInString(m.p.d.Text[at:])
	for at += n; at < end; at += n {
		var r rune
		if r, n = utf8.DecodeRuneInString(m.p.d.Text[at:]); unicode.IsSpace(r) {
			break
		}
	}
	return at
}

// closeUntil closes the marks that end at or before an offset. Those inside them
// that go on are closed as well, and opened again.
func (m *marker) closeUntil(at int) {
	first := 0
	for first < len(m.open) && m.open[first].End > at {
		first++
	}
	if first == len(m.open) {
		return
	}
	again := append([]mark(nil), m.open[first:]...)
	m.close(first)
	m.open = m.open[:first]
	for _, k := range again {
		if k.End > at {
			m.begin(k)
		}
	}
}

// begin opens a mark before the text that comes next.
func (m *marker) begin(k mark) {
	m.open = append(m.open, k)
	switch {
	case !m.p.o.Color:
		// The space is part of the word: no line ends after the number.
		m.word.add(brackets[k.part].open+k.label()+" ", m.base)
	case k.part != contentPart: // whose colour tells the depth, and whose cue the number
		m.word.add(superscript(k.label()), k.look())
	}
}

// close writes the closing brackets of the open marks from first on, behind the
// last word.
func (m *marker) close(first int) {
	if m.p.o.Color {
		return
	}
	last := &m.word
	if n := len(m.words); last.width == 0 && n > 0 {
		last = &m.words[n-1]
	}
	for i := len(m.open) - 1; i >= first; i-- {
		last.add(brackets[m.open[i].part].close, m.base)
	}
}

func (m *marker) flush() {
	if m.word.width > 0 {
		m.words = append(m.words, m.word)
	}
	m.word = word{}
}

// look returns the look of text inside the marks that are open.
func (m *marker) look() look {
	if n := len(m.open); n > 0 {
		return m.open[n-1].look()
	}
	return m.base
}

// superscript returns digits and commas as small ones above the line.
func superscript(s string) string {
	return strings.Map(func(r rune) rune {
		if r == ',' {
			return '·'
		}
		return []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0']
	}, s)
}
