package main

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"

	"hearsay/lexicon/gazetteer"
)

// spot is a place as it is collected. Country, region and county are codes until all
// places are known.
type spot struct {
	gazetteer.Entry
	country, region, county string // "US", "US.LA", "US.LA.079"; "" for none
	lats, lons              []float64
	placed                  bool // Lat and Lon are known
}

// worldMap collects places by code.
type worldMap struct {
	spots []*spot
	codes map[string]*spot   // states, regions and counties
	names map[string][]*spot // towns of the United States by state and folded name
	iso3  map[string]string  // alpha-3 by alpha-2 code
}

func newMap() *worldMap {
	return &worldMap{codes: map[string]*spot{}, names: map[string][]*spot{}, iso3: map[string]string{}}
}

// add takes a place in; code is "" for one that holds no others.
func (m *worldMap) add(s *spot, code string) {
	m.spots = append(m.spots, s)
	if code != "" {
		m.codes[code] = s
	}
}

// lines calls f with the fields of each line of a table, those that begin with "#"
// left out, and says where an error of f arose.
func lines(path string, fields int, f func(field []string) error) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for i, line := range strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		field := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if len(field) < fields {
			return fmt.Errorf("read %s: line %d: %d fields, want %d", path, i+1, len(field), fields)
		}
		if err := f(field); err != nil {
			return fmt.Errorf("read %s: line %d: %w", path, i+1, err)
		}
	}
	return nil
}

// entries returns the places in the order that packs best: by state and region, those
// that hold others first, then by GeoNames id.
func (m *worldMap) entries() []gazetteer.Entry {
	m.centre()
	slices.SortStableFunc(m.spots, func(a, b *spot) int {
		return cmp.Or(cmp.Compare(a.country, b.country), cmp.Compare(a.region, b.region),
			cmp.Compare(min(a.Kind, gazetteer.Capital), min(b.Kind, gazetteer.Capital)),
			cmp.Compare(a.GeoNames, b.GeoNames), cmp.Compare(a.county, b.county), cmp.Compare(a.Name, b.Name))
	})
	id := map[*spot]gazetteer.ID{}
	for i, s := range m.spots {
		id[s] = gazetteer.ID(i)
	}
	of := func(code string) gazetteer.ID {
		if s := m.codes[code]; s != nil {
			return id[s]
		}
		return gazetteer.None
	}
	out := make([]gazetteer.Entry, len(m.spots))
	for i, s := range m.spots {
		s.Country, s.Region, s.County = of(s.country), of(s.region), of(s.county)
		if s.Region == gazetteer.None {
			s.County = gazetteer.None // its code is of a region that is no more
		}
		out[i] = s.Entry
	}
	return out
}

// centre puts regions and counties without a point of their own in the middle of their
// towns, and leaves out those that have no town.
func (m *worldMap) centre() {
	for _, s := range m.spots {
		for _, code := range []string{s.region, s.county} {
			if over := m.codes[code]; s.Kind.Populated() && over != nil {
				over.lats, over.lons = append(over.lats, s.Lat), append(over.lons, s.Lon)
				if s.Kind != gazetteer.Suburb {
					over.Population += s.Population
				}
			}
		}
	}
	var gone []string
	m.spots = slices.DeleteFunc(m.spots, func(s *spot) bool {
		if s.placed {
			return false
		}
		if len(s.lats) == 0 {
			return true
		}
		s.Lat, s.Lon = middle(s.lats), middle(s.lons)
		return false
	})
	left := map[*spot]bool{}
	for _, s := range m.spots {
		left[s] = true
	}
	for code, s := range m.codes {
		if !left[s] {
			gone = append(gone, code)
		}
	}
	for _, code := range gone {
		delete(m.codes, code)
	}
}

// middle returns the middle between the 5th and the 95th percentile, which the crowding
// of towns in one corner does not move as it does the mean.
func middle(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	if v[len(v)-1]-v[0] > 180 {
		// Towns on both sides of the date line.
		for i := range v {
			if v[i] < 0 {
				v[i] += 360
			}
		}
		slices.Sort(v)
	}
	n := len(v) - 1
	mid := (v[n*5/100] + v[n-n*5/100]) / 2
	if mid > 180 {
		mid -= 360
	}
	return mid
}

// apart returns the distance of two points in kilometres.
func apart(lat1, lon1, lat2, lon2 float64) float64 {
	const rad = math.Pi / 180
	a := math.Sin((lat2 - lat1) * rad / 2)
	b := math.Sin((lon2 - lon1) * rad / 2)
	h := a*a + math.Cos(lat1*rad)*math.Cos(lat2*rad)*b*b
	return 2 * 6371 * math.Asin(math.Min(1, math.Sqrt(h)))
}
