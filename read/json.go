package read

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"hearsay/doc"
)

// Schema names the JSON form of a reading.
const Schema = "hearsay/reading/1"

// reading is the JSON form of an article. Offsets are [begin, end) in Unicode code
// points of the document's text. Layers that no stage writes yet are left out, as are
// fields of which nothing is known.
type reading struct {
	Schema     string      `json:"schema"`
	Version    string      `json:"version"`
	Document   document    `json:"document"`
	Sentences  [][2]int    `json:"sentences"`
	Statements []statement `json:"statements"`
	Entities   []referent  `json:"entities"`
	Times      []moment    `json:"times"`
	Places     []spot      `json:"places"`
	Events     []happening `json:"events"`
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
	ID        string     `json:"id"`
	Parent    *string    `json:"parent"` // null at the top
	Score     float64    `json:"score"`  // rounded to 4 digits
	Source    source     `json:"source"`
	Cue       cue        `json:"cue"`
	Content   fragments  `json:"content"`
	Quotation string     `json:"quotation"`
	Negated   bool       `json:"negated"`
	Addressee *addressee `json:"addressee"` // null where none is named
	// Factuality is left out by readers that do not judge it.
	Factuality []commitment `json:"factuality,omitempty"`
}

type source struct {
	Span        *[2]int `json:"span"` // null where the text names none
	Text        string  `json:"text,omitempty"`
	Entity      string  `json:"entity,omitempty"`
	Kind        string  `json:"kind"`
	Role        string  `json:"role,omitempty"`
	Affiliation string  `json:"affiliation,omitempty"`
	Assumed     bool    `json:"assumed,omitempty"` // no word of the article tells the affiliation
	Count       int     `json:"count,omitempty"`
	Basis       string  `json:"basis,omitempty"`
	Terms       string  `json:"terms,omitempty"`
	Record      string  `json:"record"` // on, off or unknown
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

type addressee struct {
	Span   [2]int `json:"span"`
	Text   string `json:"text"`
	Entity string `json:"entity,omitempty"`
}

type referent struct {
	ID       string   `json:"id"`
	Name     string   `json:"name"`
	Named    bool     `json:"named"` // whether the name is a proper name
	Type     string   `json:"type"`
	Country  string   `json:"country,omitempty"`
	Sector   string   `json:"sector,omitempty"`
	Body     string   `json:"body,omitempty"`
	Role     string   `json:"role,omitempty"`
	Known    string   `json:"known,omitempty"` // id in the knowledge base
	Of       []string `json:"of,omitempty"`    // groups that it is a member of
	Mentions [][2]int `json:"mentions"`
}

type moment struct {
	Span     [2]int `json:"span"`
	Text     string `json:"text"`
	Type     string `json:"type"`
	Value    string `json:"value,omitempty"`
	Resolved *bool  `json:"resolved,omitempty"` // false where the value cannot be told; else left out
}

type spot struct {
	ID       string   `json:"id"`
	Span     [2]int   `json:"span"`
	Text     string   `json:"text"`
	Resolved *bool    `json:"resolved,omitempty"` // false where it was not found; else left out
	Name     string   `json:"name,omitempty"`     // as the gazetteer has it
	Country  string   `json:"country,omitempty"`
	Lat      *float64 `json:"lat,omitempty"` // rounded to 5 digits: a metre
	Lon      *float64 `json:"lon,omitempty"`
	GeoNames int      `json:"geonames,omitempty"`
}

// ID returns the name of statement i of a Doc in its reading: "s1" for the first.
func ID(i int) string { return "s" + strconv.Itoa(i+1) }

// EntityID returns the name of entity i of a Doc in its reading: "e1" for the first.
func EntityID(i int) string { return "e" + strconv.Itoa(i+1) }

// PlaceID returns the name of place i of a Doc in its reading: "p1" for the first.
func PlaceID(i int) string { return "p" + strconv.Itoa(i+1) }

// entityOf returns entity i of a Doc, or nil where i is none: -1, and whatever stands
// in statements that no stage has linked to entities.
func entityOf(d *doc.Doc, i int) *doc.Entity {
	if i < 0 || i >= len(d.Entities) {
		return nil
	}
	return &d.Entities[i]
}

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
	c := choose(d, with.MinScore)
	r := reading{
		Schema: Schema, Version: d.Reader, Document: documentJSON(d),
		Sentences:  make([][2]int, len(d.Sentences)),
		Statements: make([]statement, len(c.shown)),
		Entities:   entitiesJSON(d, o, c),
		Times:      make([]moment, len(d.Times)),
		Places:     make([]spot, len(d.Places)),
		Events:     eventsJSON(d, o, c),
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
	for i := range d.Times {
		r.Times[i] = timeJSON(d, o, i)
	}
	for i := range d.Places {
		r.Places[i] = placeJSON(d, o, i)
	}
	b, err := line(&r)
	if err != nil {
		return nil, fmt.Errorf("write reading of %s: %w", d.Meta.Path, err)
	}
	return b, nil
}

// line returns a value as JSON on one line without a line end.
func line(of any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(of)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// documentJSON returns what is known of the article as a whole, without its text.
func documentJSON(d *doc.Doc) document {
	m := &d.Meta
	sum := sha256.Sum256([]byte(d.Text))
	return document{Path: m.Path, SHA256: hex.EncodeToString(sum[:]), Title: m.Title, Outlet: m.Outlet,
		Byline: m.Byline, Credit: m.Credit, Published: m.Published, Language: m.Language}
}

func statementJSON(d *doc.Doc, o *doc.Offsets, i, parent int) statement {
	s := &d.Statements[i]
	t := statement{
		ID: ID(i), Score: score(s.Score),
		Source:    sourceJSON(d, o, &s.Source),
		Cue:       cue{Spans: codePoints(o, s.Cue.Spans), Text: joined(d, s.Cue.Spans), Lemma: s.Cue.Lemma, Class: s.Cue.Class},
		Content:   fragments{codePoints(o, s.Content), joined(d, s.Content)},
		Quotation: string(s.Quotation), Negated: s.Negated,
		Factuality: factualityJSON(s.Factuality),
	}
	if parent >= 0 {
		id := ID(parent)
		t.Parent = &id
	}
	if !s.Addressee.Empty() {
		t.Addressee = &addressee{Span: o.Span(s.Addressee), Text: d.Slice(s.Addressee)}
		if entityOf(d, s.Told) != nil {
			t.Addressee.Entity = EntityID(s.Told)
		}
	}
	return t
}

func sourceJSON(d *doc.Doc, o *doc.Offsets, s *doc.Source) source {
	t := source{Kind: string(kindOf(s.Kind)), Role: s.Role, Affiliation: s.Affiliation, Assumed: s.Assumed, Count: s.Count,
		Basis: s.Basis, Terms: s.Terms, Record: recordJSON(s.Record)}
	if !s.Span.Empty() {
		span := o.Span(s.Span)
		t.Span, t.Text = &span, d.Slice(s.Span)
		if entityOf(d, s.Entity) != nil {
			t.Entity = EntityID(s.Entity)
		}
	}
	return t
}

func recordJSON(r doc.Record) string {
	if r == "" {
		return "unknown"
	}
	return string(r)
}

// kindOf returns a kind that is shown: what has not been decided is unknown.
func kindOf(k doc.SourceKind) doc.SourceKind {
	if k == "" {
		return doc.UnknownSource
	}
	return k
}

// entitiesJSON returns the entities that somebody may want to look up, with the ids that
// they have among all. Left out are those mentioned once at most that have no name and to
// which nothing refers: no statement shown has them as source or addressee, no event has
// them as a side, and they are neither a member of a group nor a group with members shown.
func entitiesJSON(d *doc.Doc, o *doc.Offsets, c selection) []referent {
	refers := make([]bool, len(d.Entities))
	refer := func(span doc.Span, i int) {
		if !span.Empty() && entityOf(d, i) != nil {
			refers[i] = true
		}
	}
	for _, i := range c.shown {
		s := &d.Statements[i]
		refer(s.Source.Span, s.Source.Entity)
		refer(s.Addressee, s.Told)
	}
	for i := range d.Events {
		for _, parties := range [][]doc.Party{d.Events[i].Actors, d.Events[i].Targets} {
			for _, a := range parties {
				refer(a.Span, a.Entity)
			}
		}
	}
	for i := range d.Entities {
		for _, group := range d.Entities[i].Of {
			refers[i], refers[group] = true, true
		}
	}
	mentions := make([][][2]int, len(d.Entities))
	for _, m := range d.Mentions {
		mentions[m.Entity] = append(mentions[m.Entity], o.Span(m.Span))
	}
	out := []referent{}
	for i := range d.Entities {
		e := &d.Entities[i]
		if !e.Named && !refers[i] && len(mentions[i]) < 2 {
			continue
		}
		t := referent{ID: EntityID(i), Name: e.Name, Named: e.Named, Type: string(cmp.Or(e.Type, doc.Other)), Country: e.Country,
			Sector: e.Sector, Body: e.Body, Role: e.Role, Known: e.Known, Mentions: mentions[i]}
		for _, group := range e.Of {
			t.Of = append(t.Of, EntityID(group))
		}
		if t.Mentions == nil {
			t.Mentions = [][2]int{}
		}
		out = append(out, t)
	}
	return out
}

// no stands in fields that are left out where the answer is yes.
var no = new(bool)

func timeJSON(d *doc.Doc, o *doc.Offsets, i int) moment {
	x := &d.Times[i]
	t := moment{Span: o.Span(x.Span), Text: d.Slice(x.Span), Type: string(x.Type), Value: x.Value}
	// In the value of a set, X is every week or year, not one that cannot be told.
	if x.Value == "" || x.Type != doc.Set && strings.Contains(x.Value, "X") {
		t.Resolved = no
	}
	return t
}

func placeJSON(d *doc.Doc, o *doc.Offsets, i int) spot {
	x := &d.Places[i]
	t := spot{ID: PlaceID(i), Span: o.Span(x.Span), Text: d.Slice(x.Span)}
	if !x.Resolved() {
		t.Resolved = no
		return t
	}
	lat, lon := degrees(x.Lat), degrees(x.Lon)
	t.Name, t.Country, t.Lat, t.Lon, t.GeoNames = x.Name, x.Country, &lat, &lon, x.GeoNames
	return t
}

func degrees(x float64) float64 { return math.Round(x*1e5) / 1e5 }

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
