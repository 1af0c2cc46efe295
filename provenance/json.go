package provenance

import (
	"bytes"
	"encoding/json"
)

type graphJSON struct {
	ID          string        `json:"id"`
	Text        string        `json:"text"`
	Articles    int           `json:"articles"`
	Outlets     int           `json:"outlets"`
	Origins     int           `json:"origins"`
	Independent int           `json:"independent"`
	Tellings    []tellingJSON `json:"tellings"`
	Pairs       []pairJSON    `json:"pairs"`
	Cycles      [][]string    `json:"cycles"`
	Denials     []tellingJSON `json:"denials"`
	Sources     []originJSON  `json:"sources"`
	Edges       []edgeJSON    `json:"edges"`
	Rises       []riseJSON    `json:"rises"`
}

type tellingJSON struct {
	Article   string `json:"article"`
	Statement string `json:"statement"`
	Origin    *int   `json:"origin"` // index into sources; null: none is recorded
	Outlet    string `json:"outlet,omitempty"`
	Published string `json:"published,omitempty"`
	Locator   string `json:"locator"`
	Sure      string `json:"sure,omitempty"`
	Words     string `json:"words"`
}

type pairJSON struct {
	A        int      `json:"a"`
	B        int      `json:"b"`
	Relation Relation `json:"relation"`
	Reason   string   `json:"reason"`
}

type originJSON struct {
	Kind     OriginKind `json:"kind"`
	Name     string     `json:"name"`
	Outlet   string     `json:"outlet,omitempty"`
	Tellings []int      `json:"tellings"`
}

// edgeJSON names tellings by their place in all of them, denials included.
type edgeJSON struct {
	From   teller   `json:"from"`
	To     *teller  `json:"to"` // null: not at hand
	Outlet string   `json:"outlet,omitempty"`
	Kind   EdgeKind `json:"kind"`
	Reason string   `json:"reason"`
}

type teller struct {
	Article   string `json:"article"`
	Statement string `json:"statement"`
}

type riseJSON struct {
	Path []teller `json:"path"`
	From string   `json:"from"`
	To   string   `json:"to"`
}

// JSON returns the graph as FORMATS has a claim, with the origins themselves ("sources"),
// the edges and the rises beside it.
func (g *Graph) JSON() ([]byte, error) {
	out := graphJSON{ID: g.Claim, Text: g.Text, Articles: g.Articles, Outlets: g.Outlets,
		Origins: len(g.Origins), Independent: g.Independent,
		Tellings: []tellingJSON{}, Pairs: []pairJSON{}, Cycles: [][]string{}, Denials: []tellingJSON{},
		Sources: []originJSON{}, Edges: []edgeJSON{}, Rises: []riseJSON{}}
	place := make([]int, len(g.Tellings)) // among those that do not deny
	for i := range g.Tellings {
		x := &g.Tellings[i]
		t := tellingJSON{Article: x.Article.ID, Statement: x.Statement.ID, Outlet: x.outlet.name,
			Published: x.Article.Published, Locator: x.Article.Locator, Sure: string(sureOf(x.Statement)), Words: x.Statement.Words}
		if x.Origin >= 0 {
			t.Origin = &x.Origin
		}
		if x.Denies {
			out.Denials = append(out.Denials, t)
			continue
		}
		place[i] = len(out.Tellings)
		out.Tellings = append(out.Tellings, t)
	}
	for _, o := range g.Origins {
		j := originJSON{Kind: o.Kind, Name: o.Name, Outlet: o.Outlet, Tellings: make([]int, len(o.Tellings))}
		for k, i := range o.Tellings {
			j.Tellings[k] = place[i]
		}
		out.Sources = append(out.Sources, j)
	}
	for _, p := range g.Pairs {
		out.Pairs = append(out.Pairs, pairJSON(p))
	}
	for _, c := range g.Cycles {
		out.Cycles = append(out.Cycles, c.Articles)
	}
	for _, e := range g.Edges {
		j := edgeJSON{From: g.teller(e.From), Outlet: e.Outlet, Kind: e.Kind, Reason: e.Reason}
		if e.To >= 0 {
			to := g.teller(e.To)
			j.To = &to
		}
		out.Edges = append(out.Edges, j)
	}
	for _, r := range g.Rises {
		j := riseJSON{From: string(r.From), To: string(r.To)}
		for _, i := range r.Tellings {
			j.Path = append(j.Path, g.teller(i))
		}
		out.Rises = append(out.Rises, j)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(out); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

func (g *Graph) teller(i int) teller {
	return teller{g.Tellings[i].Article.ID, g.Tellings[i].Statement.ID}
}
