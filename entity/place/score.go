package place

import (
	"cmp"
	"math"
	"slices"

	"hearsay/lexicon/gazetteer"
)

// The weights of what speaks for a place. Three units are a population about four
// hundred times as large. They were set by hand, and a few of them (context, sameState,
// english) once more after whole scores on GeoVirus (train) and LGL (dev) with each a
// step up and down; no sentence of either was looked at for it.
var weights = struct {
	size      float64 // of a doubling of the population
	kind      [16]float64
	english   float64 // of a town whose outlet is in English, where that is the language
	alternate float64 // found under a name that is not its first
	loss      float64 // for each word taken from the name to find it
	namesake  float64 // of a region named like a large town in it: "New York"
	qualified float64 // said to lie in what holds it: "Paris, Texas"
	context   float64 // of all other names of the article in agreement
	enough    float64 // how many names in agreement weigh half of that
	// How much another name's place says for this one: where one holds the other, by
	// the kind of the larger one; both in one region or state; two regions of a state.
	inCounty, inRegion, inState    float64
	sameRegion, sameState, sibling float64
	near                           float64 // at no distance
	nearby                         float64 // km at which half of that is left
	dateline, outlet, country      float64 // how much these are heard beside a name in the text
}{
	size:    0.35,
	english: 6,
	kind: [16]float64{gazetteer.Continent: 6, gazetteer.Country: 6, gazetteer.Region: 3, gazetteer.County: 0, gazetteer.Capital: 1.5,
		gazetteer.Seat: 0.5, gazetteer.City: 0, gazetteer.Suburb: -1, gazetteer.Area: 1.5, gazetteer.River: 1, gazetteer.Lake: 1, gazetteer.Sea: 1.5,
		gazetteer.Mountain: 1, gazetteer.Island: 1},
	alternate: 2, loss: 1, namesake: 5, qualified: 30, context: 14, enough: 1,
	inCounty: 1, inRegion: 0.9, inState: 0.4,
	sameRegion: 0.5, sameState: 0.12, sibling: 0.5,
	near: 1, nearby: 70,
	dateline: 2, outlet: 1, country: 1,
}

// prior is what speaks for a place by itself: that it is large, and of a kind that is
// often in the news. size is on the scale of gazetteer.Size.
func prior(kind gazetteer.Kind, size int) float64 {
	return weights.kind[kind] + float64(weights.size*float64(max(size-1, 0))/8)
}

// demoteNamesakes takes from regions named like a large town of theirs: "New York" and
// "Washington" alone are the cities.
func demoteNamesakes(g *gazetteer.Gazetteer, list []option) {
	for i := range list {
		if list[i].kind != gazetteer.Region {
			continue
		}
		country, _, _ := g.Lies(list[i].id)
		for _, o := range list {
			if c, _, _ := g.Lies(o.id); o.kind.Populated() && c == country && g.Size(o.id) > metropolis {
				list[i].prior -= weights.namesake
				break
			}
		}
	}
}

// metropolis is the size of half a million people.
const metropolis = 8 * 19

func sortByPrior(list []option) {
	slices.SortFunc(list, func(a, b option) int { return cmp.Or(cmp.Compare(b.prior, a.prior), cmp.Compare(a.id, b.id)) })
}

// vector is a point on the unit sphere.
type vector [3]float64

func onSphere(lat, lon float64) vector {
	const rad = math.Pi / 180
	c := math.Cos(lat * rad)
	return vector{c * math.Cos(lon*rad), c * math.Sin(lon*rad), math.Sin(lat * rad)}
}

// chord2 is the square of the straight distance of two points in radii of the Earth. It
// adds in one order and never fuses.
func chord2(a, b vector) float64 {
	x, y, z := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	return float64(float64(x*x)+float64(y*y)) + float64(z*z)
}

const earth = 6371.0 // km

// agrees says how much witness w speaks for place o, from 0 to 1: by their states and
// regions, and by their nearness.
func agrees(g *gazetteer.Gazetteer, o, w *option) (say, near float64) {
	half := weights.nearby / earth
	half2 := float64(half * half)
	near = float64(weights.near*half2) / (half2 + chord2(o.point, w.point))
	oc, or, ok := g.Lies(o.id)
	wc, wr, wk := g.Lies(w.id)
	if oc == gazetteer.None || oc != wc {
		return 0, near
	}
	say = weights.sameState
	switch {
	case o.kind == gazetteer.Country || w.kind == gazetteer.Country:
		say = weights.inState
	case o.kind == gazetteer.Region && w.kind == gazetteer.Region:
		say = weights.sibling
	case or != gazetteer.None && or == wr:
		say = weights.sameRegion
		switch {
		case o.kind == gazetteer.Region || w.kind == gazetteer.Region:
			say = weights.inRegion
		case ok != gazetteer.None && ok == wk:
			near = max(near, weights.inCounty)
		}
	}
	return say, near
}

// witness is a name heard for the others.
type witness struct {
	group   int // whose name it is, -1 for none of them
	weight  float64
	options []option // the best few, best first, with their shares
}

// Bounds on what is heard, so that an article of thousands of names stays quick.
const (
	maxWitnesses = 24
	maxSenses    = 8
	rounds       = 3
)

// shares works out how likely each option is from its score, and returns the best few.
func shares(list []option) []option {
	top := math.Inf(-1)
	for _, o := range list {
		top = max(top, o.score)
	}
	sum := 0.0
	for i := range list {
		gap := top - list[i].score
		list[i].share = 1 / float64(1+float64(gap*gap))
		sum += list[i].share
	}
	for i := range list {
		list[i].share /= sum
		list[i].root = math.Sqrt(list[i].share)
	}
	if len(list) <= maxSenses {
		return slices.Clone(list)
	}
	best := make([]option, 0, maxSenses+1)
	for _, o := range list {
		at := len(best)
		for at > 0 && best[at-1].share < o.share {
			at--
		}
		if at < maxSenses {
			best = slices.Insert(best, at, o)
			best = best[:min(len(best), maxSenses)]
		}
	}
	return best
}

// hear returns what all witnesses but a name's own say for one of its options. That two
// names are found side by side tells more than that both are found in one large state:
// it is rarely so by chance. So nearness weighs by the root of the witness's share, and
// "Henry County" speaks for the Paris inside one of the ten counties of that name.
func hear(g *gazetteer.Gazetteer, o *option, group int, all []witness) float64 {
	sum := 0.0
	for i := range all {
		w := &all[i]
		if w.group == group {
			continue
		}
		best := 0.0
		for j := range w.options {
			s := &w.options[j]
			say, near := agrees(g, o, s)
			best = max(best, float64(s.share*say), float64(s.root*near))
		}
		sum += float64(w.weight * best)
	}
	return float64(weights.context*sum) / (weights.enough + sum)
}
