package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"hearsay/certainty"
	"hearsay/doc"
	"hearsay/read"
)

type explainCmd struct {
	File    string `arg:"" name:"file" help:"The article; - is standard input."`
	ID      string `arg:"" name:"id" help:"A statement or an event of its reading: s7, v3."`
	Format  string `short:"f" enum:"text,json" default:"text" help:"text for people (text), or json."`
	Date    string `placeholder:"YYYY-MM-DD" help:"Day of publication, as for read."`
	Outlet  string `placeholder:"NAME" help:"Medium that published it, as for read."`
	Fast    bool   `help:"Read with the linear models, and by rules alone."`
	MaxSize size   `default:"20MB" placeholder:"SIZE" help:"Refuse larger files (20MB)."`
}

func (explainCmd) Help() string {
	return `Tells for each holder how sure it is of what a statement says or of an event, and which words make it so: the chain from the innermost word outwards. The holders are the statement's own source, the sources of the statements that tell it, and the author. Ids are those of hearsay read; values are FactBank's (CT certain, PR probable, PS possible, + that it is so, - that it is not, UU no commitment).

Examples:
  hearsay explain story.txt s7
  hearsay explain story.txt v3
  hearsay explain --format json story.txt s7`
}

// Run reads the article and prints the chains of one statement or event.
func (c *explainCmd) Run(e *env) error {
	if len(c.ID) < 2 || c.ID[0] != 's' && c.ID[0] != 'v' {
		return usageError(fmt.Sprintf("%s: not an id such as s7 or v3", c.ID))
	}
	n, err := strconv.Atoi(c.ID[1:])
	if err != nil {
		return usageError(fmt.Sprintf("%s: not an id such as s7 or v3", c.ID))
	}
	all := articles{Paths: []string{c.File}, Date: c.Date, Outlet: c.Outlet, Fast: c.Fast, MaxSize: c.MaxSize, Jobs: 1, Format: "text"}
	return all.run(e, func(d *doc.Doc) ([]byte, error) {
		x, err := explained(d, c.ID, n)
		if err != nil {
			return nil, err
		}
		if c.Format == "json" {
			b, err := json.Marshal(x)
			if err == nil {
				b, err = read.Indent(b)
			}
			return append(b, '\n'), err
		}
		return x.text(), nil
	})
}

// explanation is what is said of a statement or event.
type explanation struct {
	ID      string       `json:"id"`
	Text    string       `json:"text"` // of the content, or of the trigger
	Holders []heldReason `json:"holders"`
}

// heldReason is why a holder is as sure as it is.
type heldReason struct {
	Holder string          `json:"holder"`
	Who    string          `json:"who"` // in the article's words
	Value  doc.Factuality  `json:"value"`
	Degree float64         `json:"degree"`
	Signs  []explainedSign `json:"signs"`
}

// explainedSign is a sign with its words. Offsets are code points.
type explainedSign struct {
	Span  [2]int         `json:"span"`
	Text  string         `json:"text"`
	Scope [2]int         `json:"scope"`
	Bears string         `json:"scope_text"`
	Kind  string         `json:"kind"`
	Entry string         `json:"entry,omitempty"`
	Value doc.Factuality `json:"value"`
	line  string
}

// explained works out the explanation of a statement or event by its number.
func explained(d *doc.Doc, id string, n int) (*explanation, error) {
	x := &explanation{ID: id}
	var held []doc.Commitment
	switch {
	case id[0] == 's' && n >= 1 && n <= len(d.Statements):
		s := &d.Statements[n-1]
		var parts []string
		for _, c := range s.Content {
			parts = append(parts, d.Slice(c))
		}
		x.Text, held = strings.Join(parts, " … "), s.Factuality
	case id[0] == 'v' && n >= 1 && n <= len(d.Events):
		x.Text, held = d.Slice(d.Events[n-1].Trigger), d.Events[n-1].Factuality
	default:
		return nil, fmt.Errorf("explain %s: the article has %s and %s", id, counted(len(d.Statements), "statement"), counted(len(d.Events), "event"))
	}
	offsets := doc.NewOffsets(d.Text)
	for _, c := range held {
		h := heldReason{Holder: "author", Who: "the author", Value: c.Value, Degree: c.Degree, Signs: []explainedSign{}}
		if c.Holder >= 0 {
			h.Holder, h.Who = fmt.Sprintf("s%d", c.Holder+1), "a source without a name"
			if span := d.Statements[c.Holder].Source.Span; !span.Empty() {
				h.Who = d.Slice(span)
			}
		}
		for _, s := range c.Signs {
			h.Signs = append(h.Signs, explainedSign{Span: offsets.Span(s.Span), Text: d.Slice(s.Span), Scope: offsets.Span(s.Scope), Bears: d.Slice(s.Scope),
				Kind: s.Kind, Entry: s.Entry, Value: s.Value, line: certainty.Step(d, s)})
		}
		x.Holders = append(x.Holders, h)
	}
	return x, nil
}

// text is the explanation for people.
func (x *explanation) text() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s  %s\n", x.ID, oneLine(x.Text))
	for _, h := range x.Holders {
		fmt.Fprintf(&b, "\n%s %s (%s)\n", h.Value, h.Value.Words(), holderOf(h))
		if len(h.Signs) == 0 {
			b.WriteString("    told as it is, without a word that would weaken it\n")
		}
		for _, s := range h.Signs {
			fmt.Fprintf(&b, "    %s\n        bears on: %s\n", oneLine(s.line), oneLine(s.Bears))
		}
	}
	return b.Bytes()
}

func holderOf(h heldReason) string {
	if h.Holder == "author" {
		return h.Who
	}
	return h.Holder + ", " + oneLine(h.Who)
}

// oneLine puts text on one line, without what would disturb a terminal.
func oneLine(s string) string { return read.Printable(strings.Join(strings.Fields(s), " ")) }
