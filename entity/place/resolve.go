package place

import (
	"sort"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon/gazetteer"
)

// group is all names of an article that are written alike and said to lie in the same
// thing; they are one place.
type group struct {
	options []option
	count   int
	early   int  // begin of the first
	opens   bool // a dateline, or in one
	within  []gazetteer.ID
	key     string
}

// Resolve finds the places that spans of an article name. There is one Place for each
// span, in the same order, unresolved where the gazetteer has nothing of that name.
func Resolve(d *doc.Doc, spans []doc.Span) []doc.Place {
	ids := resolve(d, spans)
	g := gazetteer.Shipped()
	out := make([]doc.Place, len(spans))
	for i, s := range spans {
		out[i] = found(g, s, ids[i])
	}
	return out
}

// found is the place of a span as it stands in a Doc.
func found(g *gazetteer.Gazetteer, s doc.Span, id gazetteer.ID) doc.Place {
	if id == gazetteer.None {
		return doc.Place{Span: s}
	}
	p := g.Place(id)
	return doc.Place{Span: s, Name: p.Name, Country: g.ISO3(id), Lat: p.Lat, Lon: p.Lon, GeoNames: p.GeoNames}
}

// resolve returns the place of each span, gazetteer.None where there is none.
func resolve(d *doc.Doc, spans []doc.Span) []gazetteer.ID {
	g := gazetteer.Shipped()
	f := &finder{g: g}
	groups, of := gather(d, f, spans)
	rest := surroundings(d, f)
	for i := range groups {
		for j := range groups[i].options {
			o := &groups[i].options[j]
			if anyHolds(g, groups[i].within, o.id) {
				o.prior += weights.qualified
			}
			o.score = o.prior
		}
	}
	for range rounds {
		all := append(witnesses(groups), rest...)
		for i := range groups {
			for j := range groups[i].options {
				o := &groups[i].options[j]
				o.score = o.prior + hear(g, o, i, all)
			}
		}
	}
	out := make([]gazetteer.ID, len(spans))
	for i := range spans {
		out[i] = best(groups[of[i]].options)
	}
	return out
}

func best(list []option) gazetteer.ID {
	id, top := gazetteer.None, 0.0
	for _, o := range list {
		if id == gazetteer.None || o.score > top {
			id, top = o.id, o.score
		}
	}
	return id
}

// gather puts the spans into groups; of says which each belongs to. A name that is
// once said to lie in something ("Paris, Texas") means the same one elsewhere.
func gather(d *doc.Doc, f *finder, spans []doc.Span) (groups []group, of []int) {
	type sense struct {
		name string
		in   gazetteer.ID // first of what it lies in
	}
	index := map[sense]int{}
	qualified := map[string]int{} // the first group of that name with a qualifier
	of = make([]int, len(spans))
	for i, s := range spans {
		name := bareName(d.Slice(s))
		in := f.within(d.Text, s)
		if head, tail, ok := strings.Cut(name, ","); ok {
			if more := f.holders(tail); len(more) > 0 {
				name, in = head, more
			}
		}
		key := gazetteer.Fold(name)
		k := sense{key, gazetteer.None}
		if len(in) > 0 {
			k.in = in[0]
		}
		at, ok := index[k]
		if !ok {
			at = len(groups)
			index[k] = at
			groups = append(groups, group{options: f.anyOptions(name), early: s.Begin, within: in, key: key})
			if len(in) > 0 {
				if _, ok := qualified[key]; !ok && anyHeld(f.g, in, groups[at].options) {
					qualified[key] = at
				}
			}
		}
		groups[at].count++
		groups[at].opens = groups[at].opens || opens(d, s)
		of[i] = at
	}
	for i := range groups {
		if q, ok := qualified[groups[i].key]; ok && len(groups[i].within) == 0 {
			groups[i].within = groups[q].within
		}
	}
	return groups, of
}

func anyHeld(g *gazetteer.Gazetteer, in []gazetteer.ID, list []option) bool {
	for _, o := range list {
		if anyHolds(g, in, o.id) {
			return true
		}
	}
	return false
}

func anyHolds(g *gazetteer.Gazetteer, in []gazetteer.ID, id gazetteer.ID) bool {
	for _, h := range in {
		if holds(g, h, id) {
			return true
		}
	}
	return false
}

// holds says whether a place lies in another.
func holds(g *gazetteer.Gazetteer, in, id gazetteer.ID) bool {
	c, r, k := g.Lies(id)
	return in != id && (c == in || r == in || k == in)
}

// opens says whether a name stands in a dateline: marked as one, or where a sentence
// begins, in capitals and before a bracket, a dash or a colon.
//
//	[WASHINGTON] (AP) — The Senate … · [BEIRUT]: The army …
func opens(d *doc.Doc, s doc.Span) bool {
	if i := sort.Search(len(d.Blocks), func(i int) bool { return d.Blocks[i].End >= s.End }); i < len(d.Blocks) &&
		d.Blocks[i].Kind == doc.Dateline && d.Blocks[i].Contains(s) {
		return true
	}
	name := d.Slice(s)
	if s.Len() < 4 || strings.ToUpper(name) != name {
		return false
	}
	before := strings.TrimRight(d.Text[:s.Begin], " \"'”’")
	if before != "" && !strings.ContainsAny(before[len(before)-1:], ".!?\n") {
		return false
	}
	after := d.Text[s.End:min(len(d.Text), s.End+30)]
	end := strings.IndexAny(after, ".!?\n")
	cut := -1
	for _, mark := range []string{"(", "—", "–", "--", " - ", ": "} {
		if i := strings.Index(after, mark); i >= 0 && (cut < 0 || i < cut) {
			cut = i
		}
	}
	return cut >= 0 && (end < 0 || cut < end || strings.HasPrefix(after, ", "))
}

// witnesses are the names that are heard, the most frequent of too many.
func witnesses(groups []group) []witness {
	order := make([]int, 0, len(groups))
	for i := range groups {
		if len(groups[i].options) > 0 {
			order = append(order, i)
		}
	}
	if len(order) > maxWitnesses {
		sort.SliceStable(order, func(a, b int) bool {
			x, y := &groups[order[a]], &groups[order[b]]
			if x.opens != y.opens {
				return x.opens
			}
			return x.count > y.count
		})
		order = order[:maxWitnesses]
	}
	out := make([]witness, 0, len(order)+4)
	for _, i := range order {
		w := witness{group: i, weight: 1, options: shares(groups[i].options)}
		if groups[i].opens {
			w.weight = weights.dateline
		}
		out = append(out, w)
	}
	return out
}

// Options returns all places that the name at a span may stand for, whatever the rest
// of the article says: what a perfect choice could choose from.
func Options(d *doc.Doc, s doc.Span) []doc.Place {
	g := gazetteer.Shipped()
	f := &finder{g: g}
	name := bareName(d.Slice(s))
	if head, tail, ok := strings.Cut(name, ","); ok && len(f.holders(tail)) > 0 {
		name = head
	}
	var out []doc.Place
	for _, o := range f.anyOptions(name) {
		out = append(out, found(g, s, o.id))
	}
	return out
}
