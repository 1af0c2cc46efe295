package read

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/clipperhouse/uax29/v2/graphemes"
)

// look is how a piece of text is shown.
type look uint8

// The looks. Those of contents follow each other, one for each depth of nesting.
const (
	plainLook look = iota
	titleLook
	faintLook
	sourceLook
	cueLook
	addresseeLook
	contentLook                               // of statements that stand in no other
	lookCount   = contentLook + contentDepths // deeper ones go round
)

const contentDepths = 3

// styles are the colours, of the 16 that a terminal's theme sets, so that they are
// legible on dark and light grounds.
var styles = [lookCount]lipgloss.Style{
	titleLook:       lipgloss.NewStyle().Bold(true),
	faintLook:       lipgloss.NewStyle().Faint(true),
	sourceLook:      lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Magenta),
	cueLook:         lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Yellow),
	addresseeLook:   lipgloss.NewStyle().Foreground(lipgloss.Magenta),
	contentLook:     lipgloss.NewStyle().Foreground(lipgloss.Green),
	contentLook + 1: lipgloss.NewStyle().Foreground(lipgloss.Cyan),
	contentLook + 2: lipgloss.NewStyle().Foreground(lipgloss.Blue),
}

// content returns the look of contents at a depth of nesting.
func content(depth int) look { return contentLook + look(depth%contentDepths) }

// piece is text without white space and its look.
type piece struct {
	text string
	look look
}

// word is what stands between white space: pieces in a row.
type word struct {
	pieces []piece
	width  int // columns
}

// add puts a piece at the end of the word.
func (w *word) add(text string, l look) {
	if text == "" {
		return
	}
	w.width += width(text)
	if n := len(w.pieces); n > 0 && w.pieces[n-1].look == l {
		w.pieces[n-1].text += text
		return
	}
	w.pieces = append(w.pieces, piece{text, l})
}

// words returns s as words of one look, escaped.
func words(s string, l look) (out []word) {
	for _, f := range strings.Fields(s) {
		var w word
		w.add(Printable(f), l)
		out = append(out, w)
	}
	return out
}

// unbroken returns s as one word, spaces and all, so that no line ends inside. It must be
// printable.
func unbroken(s string, l look) (w word) {
	w.add(s, l)
	return w
}

// wrap lays words out on lines at most room columns wide. A word wider than a line
// is cut.
func wrap(in []word, room int) (lines [][]word) {
	var line []word
	used := 0
	flush := func() {
		if len(line) > 0 {
			lines = append(lines, line)
		}
		line, used = nil, 0
	}
	put := func(w word) {
		if used > 0 {
			if used+1+w.width > room {
				flush()
			} else {
				used++
			}
		}
		line, used = append(line, w), used+w.width
	}
	for _, w := range in {
		if w.width > room {
			flush()
			w = cut(w, room, func(full word) { lines = append(lines, []word{full}) })
		}
		put(w)
	}
	flush()
	return lines
}

// cut calls full with room columns of w at a time and returns what is left.
func cut(w word, room int, full func(word)) word {
	var part word
	for _, p := range w.pieces {
		g := graphemes.FromString(p.text)
		for g.Next() {
			if part.width > 0 && part.width+width(g.Value()) > room {
				full(part)
				part = word{}
			}
			part.add(g.Value(), p.look)
		}
	}
	return part
}

// render writes a line of words and returns its width. Neighbours of one look are
// written as one, the spaces between them included.
func (p *printer) render(line []word) (used int) {
	var run piece
	flush := func() {
		if p.o.Color && run.look != plainLook {
			run.text = styles[run.look].Render(run.text)
		}
		p.b.WriteString(run.text)
		run.text = ""
	}
	for i, w := range line {
		space := ""
		if i > 0 {
			space = " "
			used++
		}
		for k, next := range w.pieces {
			switch {
			case next.look == run.look:
				run.text += space + next.text
			case k == 0:
				flush()
				p.b.WriteString(space)
				run = next
			default:
				flush()
				run = next
			}
			space = ""
		}
		used += w.width
	}
	flush()
	return used
}
