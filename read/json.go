package read

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"hearsay/doc"
)

// Schema names the JSON form of a reading.
const Schema = "hearsay/reading/1"

// reading is the JSON form of an article. Offsets are [begin, end) in Unicode code
// points of the document's text. Layers that no stage writes yet are left out.
type reading struct {
	Schema     string      `json:"schema"`
	Version    string      `json:"version"`
	Document   document    `json:"document"`
	Sentences  [][2]int    `json:"sentences"`
	Statements []statement `json:"statements"`
}

type document struct {
	Path      string `json:"path"`
	SHA256    string `json:"sha256"` // of the text in UTF-8
	Title     string `json:"title,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Byline    string `json:"byline,omitempty"`
	Credit    string `json:"credit,omitempty"`
	Published string `json:"published,omitempty"`
	Language  string `json:"language"`
	Text      string `json:"text,omitempty"`
}

type statement struct {
	ID        string    `json:"id"`
	Parent    *string   `json:"parent"` // null at the top
	Score     float64   `json:"score"`  // rounded to 4 digits
	Source    source    `json:"source"`
	Cue       cue       `json:"cue"`
	Content   fragments `json:"content"`
	Quotation string    `json:"quotation"`
	Negated   bool      `json:"negated"`
	Addressee *spanned  `json:"addressee"` // null where none is named
}

type source struct {
	Span *[2]int `json:"span"` // null where the text names none
	Text string  `json:"text,omitempty"`
	Kind string  `json:"kind,omitempty"` // left out while undecided
}

type cue struct {
	Spans [][2]int `json:"spans"`
	Text  string   `json:"text"`
	Lemma string   `json:"lemma"`
	Class string   `json:"class"`
}

type fragments struct {
	Spans [][2]int `json:"spans"`
	Text  string   `json:"text"`
}

type spanned struct {
	Span [2]int `json:"span"`
	Text string `json:"text"`
}

// ID returns the name of statement i of a Doc in its reading: "s1" for the first.
func ID(i int) string { return "s" + strconv.Itoa(i+1) }

// JSONOptions say what goes into the JSON of a reading.
type JSONOptions struct {
	Text     bool    // also the text that the offsets refer to
	MinScore float64 // statements of lower scores are left out; the ids of the others stay
}

// JSON returns the reading of an article, schema hearsay/reading/1 of FORMATS, on
// one line without a line end. The same Doc and options give the same bytes. It fails
// on a score that is no number.
func JSON(d *doc.Doc, with JSONOptions) ([]byte, error) {
	o := doc.NewOffsets(d.Text)
	sum := sha256.Sum256([]byte(d.Text))
	m := &d.Meta
	c := choose(d, with.MinScore)
	r := reading{
		Schema: Schema, Version: d.Reader,
		Document: document{Path: m.Path, SHA256: hex.EncodeToString(sum[:]), Title: m.Title, Outlet: m.Outlet,
			Byline: m.Byline, Credit: m.Credit, Published: m.Published, Language: m.Language},
		Sentences:  make([][2]int, len(d.Sentences)),
		Statements: make([]statement, len(c.shown)),
	}
	if with.Text {
		r.Document.Text = d.Text
	}
	for i, s := range d.Sentences {
		r.Sentences[i] = o.Span(s.Span)
	}
	for k, i := range c.shown {
		r.Statements[k] = statementJSON(d, o, i, c.parent[i])
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(&r); err != nil {
		return nil, fmt.Errorf("write reading of %s: %w", m.Path, err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func statementJSON(d *doc.Doc, o *doc.Offsets, i, parent int) statement {
	s := &d.Statements[i]
	t := statement{
		ID: ID(i), Score: score(s.Score),
		Source:    source{Kind: string(s.Source.Kind)},
		Cue:       cue{Spans: codePoints(o, s.Cue.Spans), Text: joined(d, s.Cue.Spans), Lemma: s.Cue.Lemma, Class: s.Cue.Class},
		Content:   fragments{codePoints(o, s.Content), joined(d, s.Content)},
		Quotation: string(s.Quotation), Negated: s.Negated,
	}
	if parent >= 0 {
		id := ID(parent)
		t.Parent = &id
	}
	if !s.Source.Span.Empty() {
		span := o.Span(s.Source.Span)
		t.Source.Span, t.Source.Text = &span, d.Slice(s.Source.Span)
	}
	if !s.Addressee.Empty() {
		t.Addressee = &spanned{o.Span(s.Addressee), d.Slice(s.Addressee)}
	}
	return t
}

func codePoints(o *doc.Offsets, in []doc.Span) [][2]int {
	out := make([][2]int, len(in))
	for i, s := range in {
		out[i] = o.Span(s)
	}
	return out
}

// joined returns the texts of spans with " … " between them.
func joined(d *doc.Doc, in []doc.Span) string {
	parts := make([]string, len(in))
	for i, s := range in {
		parts[i] = d.Slice(s)
	}
	return strings.Join(parts, " … ")
}

// Indent returns JSON laid out for people: an object or array that fits on a line
// stays on one.
func Indent(src []byte) ([]byte, error) {
	var wide bytes.Buffer
	if err := json.Indent(&wide, src, "", "  "); err != nil {
		return nil, err
	}
	const room = 100
	lines := bytes.Split(wide.Bytes(), []byte("\n"))
	var out bytes.Buffer
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		if n := len(line); n > 0 && (line[n-1] == '{' || line[n-1] == '[') {
			if whole, end := fold(lines[i:], room); end > 0 {
				line = whole
				i += end
			}
		}
		out.Write(line)
		if i+1 < len(lines) {
			out.WriteByte('\n')
		}
	}
	return out.Bytes(), nil
}

// fold joins the lines of the object or array that lines[0] opens, if they fit in
// room columns; end is the index of the line that closes it, 0 if they do not fit.
func fold(lines [][]byte, room int) (whole []byte, end int) {
	indent := len(lines[0]) - len(bytes.TrimLeft(lines[0], " "))
	whole = append(whole, lines[0]...)
	for k, line := range lines[1:] {
		part := bytes.TrimLeft(line, " ")
		closes := len(line)-len(part) == indent
		if whole[len(whole)-1] == ',' {
			whole = append(whole, ' ')
		}
		whole = append(whole, part...)
		if len(whole) > room {
			return nil, 0
		}
		if closes {
			return whole, k + 1
		}
	}
	return nil, 0
}
