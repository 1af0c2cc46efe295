package read

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"hearsay/doc"
)

// ploverEvent is an event as the codebook of PLOVER (draft 2.0 of 2021) has its records: its
// names for fields, and behind them ours. Fields of which nothing is known are left
// out, but for those that the codebook requires.
type ploverEvent struct {
	ID        string         `json:"id"`   // of the text's hash and the event in it
	Date      string         `json:"date"` // YYYY-MM-DD, the day of publication where no other is told; "" where neither is known
	Actor     []ploverActor  `json:"actor"`
	Recipient []ploverActor  `json:"recipient,omitempty"`
	Event     []string       `json:"event"`
	Place     *ploverPlace   `json:"event_loc,omitempty"`
	Words     []string       `json:"event_text"`
	Quad      int            `json:"quad_code"`
	Mode      []string       `json:"mode,omitempty"`
	Context   []string       `json:"context,omitempty"`
	Size      *ploverSize    `json:"size,omitempty"`
	Text      string         `json:"text,omitempty"` // the sentence, where texts are asked for
	TextInfo  ploverText     `json:"text_info"`
	Cite      ploverCite     `json:"cite_info"`
	Coder     string         `json:"coder"`
	Frame     string         `json:"frame"`               // of the lexicon
	Amount    string         `json:"amount,omitempty"`    // "$300 million"
	Day       string         `json:"date_text,omitempty"` // the words for when
	Statement string         `json:"statement,omitempty"` // id of the innermost that tells it
	Source    []ploverSource `json:"source"`              // who tells it: the innermost first, the author last
	Certainty []ploverHolder `json:"certainty,omitempty"`
}

type ploverActor struct {
	Code   string `json:"code"`
	Sector string `json:"sector,omitempty"`
	Text   string `json:"entity_text"`
	ID     string `json:"identifier_id,omitempty"` // in the knowledge base
	Name   string `json:"identifier_text,omitempty"`
	Office string `json:"office,omitempty"`
	Entity string `json:"entity,omitempty"` // id in the reading
}

type ploverPlace struct {
	Extracted string   `json:"extracted_place"`
	Resolved  string   `json:"resolved_place,omitempty"`
	GeoNames  int      `json:"geonameid,omitempty"`
	Lat       *float64 `json:"lat,omitempty"`
	Lon       *float64 `json:"lon,omitempty"`
	Country   string   `json:"country_code,omitempty"`
}

type ploverSize struct {
	Dead    int `json:"dead,omitempty"`
	Injured int `json:"injured,omitempty"`
}

// ploverText says where the words stand: code points of the text.
type ploverText struct {
	Sequence int `json:"sequence"` // of the sentence, from 1
	Start    int `json:"start"`    // of the words for the event
	End      int `json:"end"`
}

type ploverCite struct {
	Title       string `json:"title,omitempty"`
	Publication string `json:"publication,omitempty"`
	Language    string `json:"language"`
	Coder       string `json:"coder"`
	Codebook    string `json:"codebook"`
	Citation    string `json:"citation"` // the file
}

type ploverSource struct {
	Statement   string `json:"statement,omitempty"`
	Kind        string `json:"kind"`
	Text        string `json:"text,omitempty"`
	Affiliation string `json:"affiliation,omitempty"`
}

type ploverHolder struct {
	Holder string `json:"holder"` // a statement's id, or "author"
	Value  string `json:"value"`
}

// quads are the codebook's four classes of types.
var quads = map[doc.EventType]int{
	doc.Agree: 1, doc.Consult: 1, doc.Support: 1, doc.Concede: 1,
	doc.Cooperate: 2, doc.Aid: 2, doc.Retreat: 2,
	doc.Request: 3, doc.Accuse: 3, doc.Reject: 3, doc.Threaten: 3,
	// The codebook's tables disagree about SANCTION: its own section and the summary say material.
	doc.Protest: 4, doc.Sanction: 4, doc.Mobilize: 4, doc.Coerce: 4, doc.Assault: 4,
}

// Plover returns the events of an article as records of PLOVER, one to a line, each with its
// line end; nothing where there are none. Sentences are in them where with.Text asks for
// texts. Events of statements whose score is below with.MinScore are left out.
func Plover(d *doc.Doc, with JSONOptions) ([]byte, error) {
	o := doc.NewOffsets(d.Text)
	sum := sha256.Sum256([]byte(d.Text))
	hash := hex.EncodeToString(sum[:6])
	var out bytes.Buffer
	for i := range d.Events {
		e := &d.Events[i]
		if e.Statement >= 0 && d.Statements[e.Statement].Score < with.MinScore {
			continue
		}
		b, err := line(ploverJSON(d, o, hash, i, with.Text))
		if err != nil {
			return nil, fmt.Errorf("write events of %s: %w", d.Meta.Path, err)
		}
		out.Write(b)
		out.WriteByte('\n')
	}
	return out.Bytes(), nil
}

func ploverJSON(d *doc.Doc, o *doc.Offsets, hash string, i int, text bool) *ploverEvent {
	e := &d.Events[i]
	span := o.Span(e.Trigger)
	p := &ploverEvent{
		ID: hash + "-" + EventID(i), Date: d.Meta.Published, Actor: ploverActors(d, e.Actors), Recipient: ploverActors(d, e.Targets),
		Event: []string{string(e.Type)}, Words: []string{d.Slice(e.Trigger)}, Quad: quads[e.Type], Context: e.Contexts,
		TextInfo: ploverText{Start: span[0], End: span[1]},
		Cite:     ploverCite{Title: d.Meta.Title, Publication: d.Meta.Outlet, Language: d.Meta.Language, Coder: d.Reader, Codebook: "plover-2.0", Citation: d.Meta.Path},
		Coder:    "hearsay", Frame: e.Frame, Amount: d.Slice(e.Amount),
	}
	if e.Mode != "" {
		p.Mode = []string{e.Mode}
	}
	if e.Time >= 0 {
		t := &d.Times[e.Time]
		p.Day = d.Slice(t.Span)
		if day := dayOf(t.Value); day != "" {
			p.Date = day
		}
	}
	if e.Place >= 0 {
		x := &d.Places[e.Place]
		p.Place = &ploverPlace{Extracted: d.Slice(x.Span)}
		if x.Resolved() {
			lat, lon := degrees(x.Lat), degrees(x.Lon)
			p.Place.Resolved, p.Place.GeoNames, p.Place.Country, p.Place.Lat, p.Place.Lon = x.Name, x.GeoNames, x.Country, &lat, &lon
		}
	}
	if e.Killed > 0 || e.Injured > 0 {
		p.Size = &ploverSize{e.Killed, e.Injured}
	}
	for k := range d.Sentences {
		if s := &d.Sentences[k]; s.Contains(e.Trigger) {
			p.TextInfo.Sequence = k + 1
			if text {
				p.Text = d.Slice(s.Span)
			}
		}
	}
	if e.Statement >= 0 {
		p.Statement = ID(e.Statement)
	}
	for k := e.Statement; k >= 0; k = d.Statements[k].Parent {
		s := &d.Statements[k].Source
		p.Source = append(p.Source, ploverSource{Statement: ID(k), Kind: string(kindOf(s.Kind)), Text: d.Slice(s.Span), Affiliation: s.Affiliation})
	}
	p.Source = append(p.Source, ploverSource{Kind: string(doc.Author)})
	for _, c := range e.Factuality {
		holder := "author"
		if c.Holder != doc.ByAuthor {
			holder = ID(c.Holder)
		}
		p.Certainty = append(p.Certainty, ploverHolder{holder, string(c.Value)})
	}
	return p
}

func ploverActors(d *doc.Doc, list []doc.Party) []ploverActor {
	out := []ploverActor{}
	for _, x := range list {
		a := ploverActor{Code: x.Country, Sector: x.Sector, Text: d.Slice(x.Span)}
		// The codebook has these in a country's place.
		switch x.Sector {
		case "IGO", "NGO", "MNC", "IMG", "ISM":
			if a.Code == "" {
				a.Code, a.Sector = x.Sector, ""
			}
		}
		if e := entityOf(d, x.Entity); e != nil {
			a.ID, a.Office, a.Entity = e.Known, e.Role, EntityID(x.Entity)
			if e.Named {
				a.Name = e.Name
			}
		}
		out = append(out, a)
	}
	return out
}

// dayOf returns the day of a time's value, or "" where it tells none.
func dayOf(value string) string {
	if len(value) < 10 || value[4] != '-' || value[7] != '-' {
		return ""
	}
	for i, c := range []byte(value[:10]) {
		if i != 4 && i != 7 && (c < '0' || c > '9') {
			return ""
		}
	}
	return value[:10]
}
