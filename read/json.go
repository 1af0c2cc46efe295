package read

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"

	"hearsay/doc"
)

// reading is the JSON form of an article, schema hearsay/reading/1. Offsets are
// [begin, end) in code points.
type reading struct {
	Schema     string      `json:"schema"`
	Version    string      `json:"version"`
	Document   document    `json:"document"`
	Sentences  [][2]int    `json:"sentences"`
	Statements []statement `json:"statements"`
}

type document struct {
	Path      string `json:"path"`
	SHA256    string `json:"sha256"`
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
	Parent    *string   `json:"parent"`
	Score     float64   `json:"score"`
	Source    source    `json:"source"`
	Cue       cue       `json:"cue"`
	Content   fragments `json:"content"`
	Quotation string    `json:"quotation"`
	Negated   bool      `json:"negated"`
	Addressee *spanned  `json:"addressee"`
}

type source struct {
	Span *[2]int `json:"span"`
	Text string  `json:"text,omitempty"`
	Kind string  `json:"kind,omitempty"`
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

// ID returns the name of statement i in a reading.
func ID(i int) string { return "s" + strconv.Itoa(i+1) }

// JSON returns the reading of an article on one line, without a line end. The same
// Doc gives the same bytes. version is Reader.Version; withText adds the text.
func JSON(d *doc.Doc, version string, withText bool) ([]byte, error) {
	o := doc.NewOffsets(d.Text)
	sum := sha256.Sum256([]byte(d.Text))
	m := &d.Meta
	r := reading{
		Schema: "hearsay/reading/1", Version: version,
		Document: document{Path: m.Path, SHA256: hex.EncodeToString(sum[:]), Title: m.Title, Outlet: m.Outlet,
			Byline: m.Byline, Credit: m.Credit, Published: m.Published, Language: m.Language},
		Sentences:  make([][2]int, len(d.Sentences)),
		Statements: make([]statement, len(d.Statements)),
	}
	if withText {
		r.Document.Text = d.Text
	}
	for i, s := range d.Sentences {
		r.Sentences[i] = o.Span(s.Span)
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		t := statement{ID: ID(i), Score: s.Score, Quotation: string(s.Quotation), Negated: s.Negated,
			Source:  source{Kind: string(s.Source.Kind)},
			Cue:     cue{Spans: spans(o, s.Cue.Spans), Text: joined(d, s.Cue.Spans), Lemma: s.Cue.Lemma, Class: s.Cue.Class},
			Content: fragments{spans(o, s.Content), joined(d, s.Content)},
		}
		if s.Parent >= 0 {
			id := ID(s.Parent)
			t.Parent = &id
		}
		if !s.Source.Span.Empty() {
			span := o.Span(s.Source.Span)
			t.Source.Span, t.Source.Text = &span, d.Slice(s.Source.Span)
		}
		if !s.Addressee.Empty() {
			t.Addressee = &spanned{o.Span(s.Addressee), d.Slice(s.Addressee)}
		}
		r.Statements[i] = t
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(&r); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func spans(o *doc.Offsets, in []doc.Span) [][2]int {
	out := make([][2]int, len(in))
	for i, s := range in {
		out[i] = o.Span(s)
	}
	return out
}

// joined returns the text of spans with " … " between them.
func joined(d *doc.Doc, in []doc.Span) string {
	parts := make([]string, len(in))
	for i, s := range in {
		parts[i] = d.Slice(s)
	}
	return strings.Join(parts, " … ")
}
