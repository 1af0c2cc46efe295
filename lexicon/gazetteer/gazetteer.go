package gazetteer

import (
	_ "embed"
	"math"
	"sync"
)

// Kind says what sort of place an entry is.
type Kind uint8

// The kinds of place. Those up to County hold other places.
const (
	Continent Kind = 1 + iota
	Country        // a state, or a territory with a code of its own
	Region         // the first division of a state: a state, a province
	County         // the second division
	Capital        // the seat of a state
	Seat           // the seat of a region
	City           // any other populated place
	Suburb         // a part of a populated place
	Area           // a region by custom, a desert, a park: "the Middle East"
	River
	Lake
	Sea // also bays, gulfs, straits and oceans
	Mountain
	Island
	kinds
)

var kindNames = [kinds]string{"", "continent", "country", "region", "county", "capital", "seat", "city", "suburb",
	"area", "river", "lake", "sea", "mountain", "island"}

// String returns the lower-case name of the kind, "" for none.
func (k Kind) String() string {
	if k >= kinds {
		return ""
	}
	return kindNames[k]
}

// KindOf returns the kind of that name, 0 for none.
func KindOf(name string) Kind {
	for k := Continent; k < kinds; k++ {
		if kindNames[k] == name {
			return k
		}
	}
	return 0
}

// Populated says whether people live there close together: a city, its parts.
func (k Kind) Populated() bool { return Capital <= k && k <= Suburb }

// ID is the number of a place in one gazetteer, from 0 without gaps.
type ID uint32

// None stands for no place.
const None = ID(math.MaxUint32)

// Place is an entry of the gazetteer.
type Place struct {
	Name string
	Kind Kind
	// Lat and Lon are degrees north and east: of the centre of a town, a county or a
	// state, of the mouth of a river. Rounded to a thousandth (about 100 m).
	Lat, Lon float64
	// GeoNames is the id there; 0 where not known.
	GeoNames int
	// Country, Region and County are the places that this one lies in, itself where it
	// is one; None where not known.
	Country, Region, County ID
	// Population is rounded to about a twelfth; 0 where not known. For a feature
	// without inhabitants it is how well it is known, on the same scale.
	Population int
}

// Candidate is a place that a name may stand for.
type Candidate struct {
	ID ID
	// Alternate says that the place has another name in English for the most part: a
	// former one, one in another language or a short one.
	Alternate bool
}

//go:embed places.bin
var shipped []byte

// Shipped returns the gazetteer inside the program, which the first call unpacks. It
// panics if the file is broken.
var Shipped = sync.OnceValue(func() *Gazetteer {
	g, err := Decode(shipped)
	if err != nil {
		panic(err)
	}
	return g
})

// Gazetteer is a table of places with an index of their names. It is never changed
// and safe for concurrent use.
type Gazetteer struct {
	lat, lon       []int32 // thousandths of a degree
	geonames       []uint32
	kind           []Kind
	size           []uint8    // population, see quantise
	parents        [3][]ID    // country, region, county
	names          packed     // by ID
	keys           packedKeys // folded names, sorted
	postings       []byte     // the candidates of each key
	iso3           []string   // of countries, by the order of their IDs
	countries      []ID
	short          map[string]ID // abbreviations of regions
	readShort      sync.Once
	adjectives     map[string]string
	readAdjectives sync.Once
}

// Len returns the number of places.
func (g *Gazetteer) Len() int { return len(g.lat) }

// Place returns entry id.
func (g *Gazetteer) Place(id ID) Place {
	return Place{
		Name: g.Name(id), Kind: g.kind[id], Lat: float64(g.lat[id]) / 1000, Lon: float64(g.lon[id]) / 1000,
		GeoNames: int(g.geonames[id]), Country: g.parents[0][id], Region: g.parents[1][id], County: g.parents[2][id],
		Population: g.Population(id),
	}
}

// Name returns the name of place id as people write it.
func (g *Gazetteer) Name(id ID) string { return g.names.at(int(id)) }

// Kind returns the kind of place id.
func (g *Gazetteer) Kind(id ID) Kind { return g.kind[id] }

// Size returns the population of place id on a scale of twelfths: 8 more is twice as
// many. 0 is not known.
func (g *Gazetteer) Size(id ID) int { return int(g.size[id]) }

// Population returns the population of place id, rounded to about a twelfth.
func (g *Gazetteer) Population(id ID) int {
	if g.size[id] == 0 {
		return 0
	}
	return int(math.Round(math.Exp2(float64(g.size[id]-1) / 8)))
}

// Lies returns the country, region and county that place id lies in.
func (g *Gazetteer) Lies(id ID) (country, region, county ID) {
	return g.parents[0][id], g.parents[1][id], g.parents[2][id]
}

// Degrees returns latitude and longitude of place id.
func (g *Gazetteer) Degrees(id ID) (lat, lon float64) {
	return float64(g.lat[id]) / 1000, float64(g.lon[id]) / 1000
}

// ISO3 returns the ISO 3166 alpha-3 code of the country of place id, "" for none.
func (g *Gazetteer) ISO3(id ID) string {
	if id == None {
		return ""
	}
	c := g.parents[0][id]
	lo, hi := 0, len(g.countries)
	for lo < hi {
		if m := int(uint(lo+hi) >> 1); g.countries[m] < c {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo < len(g.countries) && g.countries[lo] == c {
		return g.iso3[lo]
	}
	return ""
}

// Find appends the places that name may stand for to dst, in order of their IDs.
func (g *Gazetteer) Find(dst []Candidate, name string) []Candidate {
	var room [64]byte
	return g.FindFolded(dst, AppendFold(room[:0], name))
}

// FindFolded is Find for a name that is folded already.
func (g *Gazetteer) FindFolded(dst []Candidate, key []byte) []Candidate {
	i, ok := g.keys.find(key)
	if !ok {
		return dst
	}
	return g.appendPostings(dst, i)
}
