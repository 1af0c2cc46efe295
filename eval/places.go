package eval

import (
	"math"
	"sort"

	"hearsay/corpus"
	"hearsay/doc"
	"hearsay/entity/place"
	"hearsay/lexicon/gazetteer"
)

// within161 is how near a place must be to count as right: 161 km are 100 miles, the
// measure of the field.
const within161 = 161

// places scores the finding of places on the map: on gold spans, and from raw text.
func (r *Report) places(c Config, read Reader, name string, paths []string) error {
	var gold []corpus.GeoDoc
	for _, path := range paths {
		files, err := filesOf(path)
		if err != nil {
			return err
		}
		for _, file := range files {
			docs, err := corpus.Geo(file)
			if err != nil {
				return err
			}
			gold = append(gold, docs...)
		}
	}
	unplaced := 0
	texts := make([]*doc.Doc, len(gold))
	for i, g := range gold {
		unplaced += len(g.Unplaced)
		texts[i] = g.Doc
	}
	r.note("%s: %d gold places have no coordinates: they count as names of the text alone", name, unplaced)
	onGold, raw := bareOutlet(texts), bareOutlet(texts)
	for i, d := range onGold {
		d.Places = place.Resolve(d, spansOf(texts[i].Places))
	}
	each(c, raw, name+" dev", read.Read)
	r.Rows = append(r.Rows, PlaceRows(name, "dev", gold, onGold, raw)...)
	return nil
}

// bareOutlet returns Docs with the text, the outlet and the date alone.
func bareOutlet(gold []*doc.Doc) []*doc.Doc {
	docs := bare(gold)
	for i, g := range gold {
		docs[i].Meta.Outlet, docs[i].Meta.Published = g.Meta.Outlet, g.Meta.Published
	}
	return docs
}

func spansOf(places []doc.Place) []doc.Span {
	spans := make([]doc.Span, len(places))
	for i, p := range places {
		spans[i] = p.Span
	}
	return spans
}

// PlaceRows scores places against gold ones: onGold[i].Places are those found for the
// gold spans of gold[i], in order; raw[i].Places those read from its text. In order:
//   - gold spans, 161 km: the share of gold places with a point that were put within
//     161 km of it; one not found is wrong. The baseline takes the place of the largest
//     population of that very name.
//   - gold spans, best choice: the share for which the gazetteer has any place within
//     161 km under that name, which no resolver can pass.
//   - gold spans, mean error and median error: kilometres, over those found.
//   - gold spans, found: the share for which there is any place at all.
//   - raw text, names: gold names, also those without a point, and names read, paired one to
//     one where they overlap.
//   - raw text, 161 km: the share of gold places with a point that were read and put
//     within 161 km of it.
func PlaceRows(name, part string, gold []corpus.GeoDoc, onGold, raw []*doc.Doc) []Row {
	names := []string{"gold spans, 161 km", "gold spans, best choice", "gold spans, found", "raw text, names", "raw text, 161 km"}
	metrics := make([]metric, len(names))
	for i, n := range names {
		metrics[i] = metric{name: n, share: i != 3}
	}
	largest := metric{}
	km := make([][]float64, len(gold))
	for i, g := range gold {
		n := len(g.Places)
		var near, any, found, big int
		for k, want := range g.Places {
			got := onGold[i].Places[k]
			if got.Resolved() {
				found++
				d := distance(want, got)
				km[i] = append(km[i], d)
				if d <= within161 {
					near++
				}
			}
			if bestChoice(g.Doc, want) <= within161 {
				any++
			}
			if largestPopulation(g.Doc, want) <= within161 {
				big++
			}
		}
		largest.articles = append(largest.articles, Count{big, n, n})
		read, right := rawPlaces(g, raw[i])
		for m, c := range []Count{{near, n, n}, {any, n, n}, {found, n, n}, read, right} {
			metrics[m].articles = append(metrics[m].articles, c)
		}
	}
	var rows []Row
	for i, m := range metrics {
		row := m.row("places", name, part)
		if i == 0 {
			base := largest.row("places", name, part).Value
			row.Baseline = &base
		}
		rows = append(rows, row)
		if i == 0 {
			rows = append(rows, errorRow(name, part, "gold spans, mean error", km, mean), errorRow(name, part, "gold spans, median error", km, median))
		}
	}
	return rows
}

// errorRow is a figure over the errors of articles in kilometres.
func errorRow(name, part, what string, km [][]float64, figure func([]float64) float64) Row {
	of := func(drawn []int) (float64, bool) {
		var all []float64
		for _, i := range drawn {
			all = append(all, km[i]...)
		}
		return figure(all), len(all) > 0
	}
	every := make([]int, len(km))
	n := 0
	for i := range every {
		every[i] = i
		n += len(km[i])
	}
	row := Row{Task: "places", Corpus: name, Part: part, Metric: what, N: n}
	value, _ := of(every)
	low, high := percentiles(len(km), of)
	row.Value, row.Low, row.High = round(value), round(low), round(high)
	return row
}

func mean(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x
	}
	return sum / float64(max(len(v), 1))
}

func median(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	sort.Float64s(v)
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

// rawPlaces pairs the places read with the gold ones: read counts names, right those
// with a point that are near it.
func rawPlaces(gold corpus.GeoDoc, raw *doc.Doc) (read, right Count) {
	edges := make([][]int, 0, len(gold.Places)+len(gold.Unplaced))
	for _, s := range append(spansOf(gold.Places), gold.Unplaced...) {
		var to []int
		first := sort.Search(len(raw.Places), func(j int) bool { return raw.Places[j].End > s.Begin })
		for j := first; j < len(raw.Places) && raw.Places[j].Begin < s.End; j++ {
			to = append(to, j)
		}
		edges = append(edges, to)
	}
	read = Count{matching(edges, len(raw.Places)), len(edges), len(raw.Places)}
	right = Count{Gold: len(gold.Places), Pred: len(gold.Places)}
	for k, want := range gold.Places {
		for _, j := range edges[k] {
			if raw.Places[j].Resolved() && distance(want, raw.Places[j]) <= within161 {
				right.Right++
				break
			}
		}
	}
	return read, right
}

// bestChoice returns the least distance of all that a gold name may stand for.
func bestChoice(d *doc.Doc, want doc.Place) float64 {
	best := math.Inf(1)
	for _, p := range place.Options(d, want.Span) {
		best = min(best, distance(want, p))
	}
	return best
}

// largestPopulation returns the distance of the most populous place of the very name.
func largestPopulation(d *doc.Doc, want doc.Place) float64 {
	g := gazetteer.Shipped()
	id := gazetteer.None
	for _, c := range g.Find(nil, d.Slice(want.Span)) {
		if id == gazetteer.None || g.Size(c.ID) > g.Size(id) {
			id = c.ID
		}
	}
	if id == gazetteer.None {
		return math.Inf(1)
	}
	lat, lon := g.Degrees(id)
	return distance(want, doc.Place{Lat: lat, Lon: lon})
}

// distance returns the great circle distance of two places in kilometres.
func distance(a, b doc.Place) float64 {
	const rad = math.Pi / 180
	y, x := math.Sin((b.Lat-a.Lat)*rad/2), math.Sin((b.Lon-a.Lon)*rad/2)
	h := y*y + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*x*x
	return 2 * 6371 * math.Asin(min(1, math.Sqrt(h)))
}
