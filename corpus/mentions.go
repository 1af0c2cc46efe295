package corpus

import (
	"fmt"
	"sort"
	"strings"

	"hearsay/doc"
)

// mentions are those of one document of GUM, whose last field has "(12-person-…" where
// a mention of group 12 begins, "12)" where the last one begun of it ends, and
// "(12-person-…)" where it is one word.
type mentions struct {
	open []gumMention
	done []gumMention
}

type gumMention struct {
	group, kind string
	first, last int // tokens [first, last)
}

// take reads the field of token at.
func (m *mentions) take(field string, at int) error {
	for field != "" {
		if field[0] == '(' {
			end := strings.IndexAny(field[1:], "()") + 1
			if end == 0 {
				end = len(field)
			}
			part := strings.SplitN(field[1:end], "-", 3)
			if len(part) < 2 || part[0] == "" {
				return fmt.Errorf("mention %q has no group and type", field)
			}
			g := gumMention{group: part[0], kind: part[1], first: at}
			field = field[end:]
			if strings.HasPrefix(field, ")") {
				g.last = at + 1
				m.done = append(m.done, g)
				field = field[1:]
			} else {
				m.open = append(m.open, g)
			}
			continue
		}
		group, rest, ok := strings.Cut(field, ")")
		if !ok {
			return fmt.Errorf("mention %q does not end", field)
		}
		k := len(m.open) - 1
		for k >= 0 && m.open[k].group != group {
			k--
		}
		if k < 0 {
			return fmt.Errorf("mention of group %q ends, but none is open", group)
		}
		g := m.open[k]
		g.last = at + 1
		m.done = append(m.done, g)
		m.open = append(m.open[:k], m.open[k+1:]...)
		field = rest
	}
	return nil
}

var gumTypes = map[string]doc.EntityType{"person": doc.Person, "organization": doc.Organization, "place": doc.Location}

// give fills the layers of the document. A mention in parts ("12[1/2]") is one mention
// for each part, in one group.
func (m *mentions) give(d *doc.Doc) {
	sort.SliceStable(m.done, func(i, j int) bool {
		a, b := m.done[i], m.done[j]
		return a.first < b.first || a.first == b.first && a.last > b.last
	})
	index := map[string]int{}
	for _, g := range m.done {
		group, _, _ := strings.Cut(g.group, "[")
		e, ok := index[group]
		if !ok {
			e = len(d.Entities)
			index[group] = e
			kind := gumTypes[g.kind]
			if kind == "" {
				kind = doc.Other
			}
			d.Entities = append(d.Entities, doc.Entity{Type: kind})
		}
		head := g.first
		for i := g.first; i < g.last; i++ {
			if h := d.Tokens[i].Head; h < g.first || h >= g.last {
				head = i
				break
			}
		}
		d.Mentions = append(d.Mentions, doc.Mention{Entity: e, Head: head,
			Span: doc.Span{Begin: d.Tokens[g.first].Begin, End: d.Tokens[g.last-1].End}})
	}
}
