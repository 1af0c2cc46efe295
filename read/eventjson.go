package read

import (
	"strconv"

	"hearsay/doc"
)

type commitment struct {
	Holder string `json:"holder"` // a statement's id (its source), or "author"
	Value  string `json:"value"`
}

type happening struct {
	ID         string       `json:"id"`
	Trigger    [2]int       `json:"trigger"`
	Text       string       `json:"text"`            // of the trigger
	Frame      string       `json:"frame,omitempty"` // the entry of the lexicon that it met
	Type       string       `json:"type"`
	Mode       string       `json:"mode,omitempty"`
	Contexts   []string     `json:"contexts"`
	Actors     []side       `json:"actors"`
	Targets    []side       `json:"targets"`
	Time       string       `json:"time,omitempty"`  // value of the time expression
	Place      string       `json:"place,omitempty"` // id of the place
	Killed     int          `json:"killed,omitempty"`
	Injured    int          `json:"injured,omitempty"`
	Amount     string       `json:"amount,omitempty"`
	Statement  *string      `json:"statement"` // the innermost one shown that tells it; null: the author
	Factuality []commitment `json:"factuality"`
}

type side struct {
	Entity  string `json:"entity,omitempty"`
	Span    [2]int `json:"span"`
	Text    string `json:"text"`
	Country string `json:"country,omitempty"`
	Sector  string `json:"sector,omitempty"`
}

// EventID returns the name of event i of a Doc in its reading: "v1" for the first.
func EventID(i int) string { return "v" + strconv.Itoa(i+1) }

func eventsJSON(d *doc.Doc, o *doc.Offsets, c selection) []happening {
	out := make([]happening, len(d.Events))
	for i := range d.Events {
		v := &d.Events[i]
		t := happening{ID: EventID(i), Trigger: o.Span(v.Trigger), Text: d.Slice(v.Trigger), Frame: v.Frame,
			Type: string(v.Type), Mode: v.Mode, Contexts: v.Contexts,
			Actors: sidesJSON(d, o, v.Actors), Targets: sidesJSON(d, o, v.Targets),
			Killed: v.Killed, Injured: v.Injured, Amount: d.Slice(v.Amount),
			Factuality: factualityJSON(v.Factuality)}
		if t.Contexts == nil {
			t.Contexts = []string{}
		}
		if v.Time >= 0 && v.Time < len(d.Times) {
			t.Time = d.Times[v.Time].Value
		}
		if v.Place >= 0 && v.Place < len(d.Places) {
			t.Place = PlaceID(v.Place)
		}
		if s := c.teller(d, v.Statement); s >= 0 {
			id := ID(s)
			t.Statement = &id
		}
		out[i] = t
	}
	return out
}

func sidesJSON(d *doc.Doc, o *doc.Offsets, of []doc.Party) []side {
	out := make([]side, len(of))
	for i, a := range of {
		out[i] = side{Span: o.Span(a.Span), Text: d.Slice(a.Span), Country: a.Country, Sector: a.Sector}
		if entityOf(d, a.Entity) != nil {
			out[i].Entity = EntityID(a.Entity)
		}
	}
	return out
}

func factualityJSON(of []doc.Commitment) []commitment {
	out := make([]commitment, len(of))
	for i, c := range of {
		out[i] = commitment{HolderID(c.Holder), string(c.Value)}
	}
	return out
}

// HolderID returns the name of a holder in a reading: a statement's, or "author".
func HolderID(holder int) string {
	if holder == doc.ByAuthor {
		return "author"
	}
	return ID(holder)
}
