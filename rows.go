package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"hearsay/doc"
	"hearsay/ledger"
	"hearsay/read"
)

// layFlag says how a command lays out what it found.
type layFlag struct {
	Format string `short:"f" enum:"auto,text,jsonl" default:"auto" help:"text for people or jsonl (an object a line). Unless given: text on a terminal, else jsonl."`
	Width  int    `placeholder:"N" help:"Columns of the text format. Unless given: the terminal's, or 100."`
}

// rows writes what was found: a table for people, or lines of JSON.
type rows struct {
	out   io.Writer
	text  bool
	width int
	err   error
}

func (f *layFlag) rows(out io.Writer) *rows {
	r := &rows{out: out, text: f.Format == "text" || f.Format == "auto" && isTerminal(out), width: f.Width}
	if r.width <= 0 && isTerminal(out) {
		r.width, _, _ = term.GetSize(int(out.(*os.File).Fd()))
	}
	if r.width <= 0 {
		r.width = 100
	}
	r.width = max(r.width, 40)
	if r.text {
		profile := colorprofile.Detect(out, os.Environ())
		if os.Getenv("NO_COLOR") != "" { // which colorprofile lets CLICOLOR_FORCE overrule
			profile = colorprofile.ASCII
		}
		r.out = &colorprofile.Writer{Forward: out, Profile: profile}
	}
	return r
}

// json writes a line of JSON.
func (r *rows) json(v any) {
	enc := json.NewEncoder(r.out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil && r.err == nil {
		r.err = err
	}
}

// line writes a line for people, as it is.
func (r *rows) line(format string, args ...any) {
	if _, err := fmt.Fprintf(r.out, format+"\n", args...); err != nil && r.err == nil {
		r.err = err
	}
}

const (
	bold  = "\x1b[1m"
	faint = "\x1b[2m"
	plain = "\x1b[0m"
)

// wrapped writes a text in lines behind an indent.
func (r *rows) wrapped(indent, text, style string) {
	room := r.width - runewidth.StringWidth(indent)
	line, used := "", 0
	flush := func() {
		if line != "" {
			if style != "" {
				line = style + line + plain
			}
			r.line("%s%s", indent, line)
		}
		line, used = "", 0
	}
	for _, w := range strings.Fields(oneLine(text)) {
		n := runewidth.StringWidth(w)
		if used > 0 && used+1+n > room {
			flush()
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		line, used = line+w, used+n
	}
	flush()
}

// cell fits a text into so many columns.
func cell(s string, width int) string {
	s = oneLine(s)
	return runewidth.FillRight(runewidth.Truncate(s, width, "…"), width)
}

// hitHead writes the titles of the columns of hits.
func (r *rows) hitHead() {
	date, outlet, source, sure := r.columns()
	r.line("%s%s%s", faint, strings.TrimRight(cell("date", date)+cell("outlet", outlet)+cell("source", source)+cell("how sure", sure), " "), plain)
}

// columns shares the width out.
func (r *rows) columns() (date, outlet, source, sure int) {
	date, sure = 12, len(doc.Probable.Words())+2
	rest := r.width - date - sure
	outlet = rest / 3
	return date, outlet, rest - outlet, sure
}

// hit writes a statement: when, where, who, how sure; what; where to open it.
func (r *rows) hit(h *ledger.Hit) {
	if !r.text {
		r.json(h)
		return
	}
	date, outlet, source, sure := r.columns()
	r.line("%s", strings.TrimRight(cell(dayText(h.Published), date)+cell(h.Outlet, outlet-2)+"  "+bold+cell(sourceOf(&h.Source), source-2)+plain+"  "+cell(doc.Factuality(h.Certainty).Words(), sure), " "))
	said := h.Cue
	if h.Negated {
		said = "not " + said
	}
	r.wrapped("  ", said+": "+quoted(h), "")
	where := h.Open + "  " + h.Article + "." + h.Statement
	if h.Claim != "" {
		where += "  claim " + h.Claim
	}
	if h.Corrected {
		where += "  corrected"
	}
	if h.Replaced {
		where += "  replaced by a later text"
	}
	r.line("  %s%s%s", faint, read.Printable(where), plain)
}

// quoted returns the words, in quotation marks where they are the source's own.
func quoted(h *ledger.Hit) string {
	if h.Quotation == "direct" {
		return "“" + strings.Trim(h.Words, "“”\"") + "”"
	}
	return h.Words
}

// sourceOf names a source in a few words: "two officials (anonymous, USA)".
func sourceOf(w *ledger.Who) string {
	name := w.Name
	if name == "" {
		name = w.Text
	}
	var facts []string
	for _, s := range []string{w.Kind, w.Role, w.Affiliation} {
		if s != "" && s != "unknown" && !strings.EqualFold(s, name) {
			facts = append(facts, s)
		}
	}
	switch {
	case name == "" && len(facts) == 0:
		return "no source named"
	case name == "":
		return "(" + strings.Join(facts, ", ") + ")"
	case len(facts) == 0:
		return name
	}
	return name + " (" + strings.Join(facts, ", ") + ")"
}
