package gazetteer

import (
	"bufio"
	"bytes"
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"case", "New YORK", "new york"},
		{"marks", "Córdoba", "cordoba"},
		{"letters without a plain form", "Łódź, Øresund", "lodz oresund"},
		{"saint", "St. Paul's", "saint pauls"},
		{"mount and fort", "Mt. Pleasant Ft Worth", "mount pleasant fort worth"},
		{"a street stays a word inside another", "Stow", "stow"},
		{"hyphens", "Stoke-on-Trent", "stoke on trent"},
		{"article", "The Hague", "hague"},
		{"article alone", "the", ""},
		{"article inside", "Isle of the Dogs", "isle of the dogs"},
		{"stops", "U.S.A.", "usa"},
		{"and", "Tyne & Wear", "tyne and wear"},
		{"apostrophes", "Sana'a Xi’an", "sanaa xian"},
		{"other scripts stay", "Киев", "киев"},
		{"nothing", " -- ", ""},
	} {
		if got := Fold(c.in); got != c.want {
			t.Errorf("%s: Fold(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

// TestKnown: facts that anybody can check.
func TestKnown(t *testing.T) {
	g := Shipped()
	for _, c := range []struct {
		name, region, iso3 string
		kind               Kind
		lat, lon           float64
		geonames           int
	}{
		{"Paris", "Île-de-France", "FRA", Capital, 48.85, 2.35, 2988507},
		{"London", "England", "GBR", Capital, 51.51, -0.13, 2643743},
		{"Tokyo", "Tokyo", "JPN", Capital, 35.69, 139.69, 1850147},
		{"Cairo", "Cairo", "EGY", Capital, 30.06, 31.25, 360630},
		{"Moscow", "Moscow", "RUS", Capital, 55.75, 37.62, 524901},
		{"Beijing", "Beijing", "CHN", Capital, 39.91, 116.4, 1816670},
		{"Canberra", "Australian Capital Territory", "AUS", Capital, -35.28, 149.13, 2172517},
		{"Nairobi", "", "KEN", Capital, -1.28, 36.82, 184745},
		{"Buenos Aires", "", "ARG", Capital, -34.61, -58.38, 3435910},
		{"Ottawa", "Ontario", "CAN", Capital, 45.41, -75.7, 6094817},
		{"New York", "New York", "USA", City, 40.71, -74.01, 5128581},
		{"Los Angeles", "California", "USA", City, 34.05, -118.24, 5368361},
		{"Chicago", "Illinois", "USA", City, 41.85, -87.65, 4887398},
		{"Bombay", "Maharashtra", "IND", Seat, 19.07, 72.88, 1275339},
		{"Istanbul", "Istanbul", "TUR", Seat, 41.01, 28.95, 745044},
		{"Lagos", "Lagos", "NGA", City, 6.45, 3.39, 2332459},
		{"Sydney", "New South Wales", "AUS", Seat, -33.87, 151.21, 2147714},
		{"Auckland", "Auckland", "NZL", Seat, -36.85, 174.76, 2193733},
		{"Reykjavik", "", "ISL", Capital, 64.14, -21.9, 3413829},
		{"Peoria", "Illinois", "USA", City, 40.69, -89.59, 4905687},
		{"Rapides Parish", "Louisiana", "USA", County, 31.2, -92.53, 0},
		{"Oxfordshire", "England", "GBR", County, 51.8, -1.3, 0},
		{"Texas", "Texas", "USA", Region, 31.25, -99.25, 4736286},
		{"Holland", "", "NLD", Country, 52.25, 5.75, 2750405},
		{"U.S.", "", "USA", Country, 39.8, -98.5, 6252001},
		{"Lake Victoria", "", "", Lake, -1, 33, 0},
		{"Gulf of Aden", "", "", Sea, 12.5, 47, 0},
	} {
		best := None
		for _, x := range g.Find(nil, c.name) {
			p := g.Place(x.ID)
			if p.Kind == c.kind && g.ISO3(x.ID) == c.iso3 && (best == None || g.Size(x.ID) > g.Size(best)) &&
				(c.region == "" || p.Region != None && g.Name(p.Region) == c.region) {
				best = x.ID
			}
		}
		if best == None {
			t.Errorf("%s: no %s of %q in %q; have %s", c.name, c.kind, c.region, c.iso3, all(g, c.name))
			continue
		}
		p := g.Place(best)
		if math.Abs(p.Lat-c.lat) > 0.2 || math.Abs(p.Lon-c.lon) > 0.2 || p.GeoNames != c.geonames {
			t.Errorf("%s: %+v, want %v %v %d", c.name, p, c.lat, c.lon, c.geonames)
		}
	}
}

func all(g *Gazetteer, name string) (s string) {
	for _, x := range g.Find(nil, name) {
		p := g.Place(x.ID)
		s += fmt.Sprintf("%s %s %s %.1f %.1f; ", p.Name, p.Kind, g.ISO3(x.ID), p.Lat, p.Lon)
	}
	return s
}

// TestShipped holds what is true of the whole file.
func TestShipped(t *testing.T) {
	if len(shipped) > 5_000_000 {
		t.Errorf("places.bin has %d bytes, more than five million", len(shipped))
	}
	g := Shipped()
	if g.Len() < 200_000 {
		t.Errorf("%d places, want 200,000 and more", g.Len())
	}
	for i := range g.Len() {
		id := ID(i)
		p := g.Place(id)
		if p.Kind == 0 || p.Kind >= kinds || p.Name == "" || math.Abs(p.Lat) > 90 || math.Abs(p.Lon) > 180 {
			t.Fatalf("place %d: %+v", i, p)
		}
		for k, in := range []ID{p.Country, p.Region, p.County} {
			if in != None && g.Kind(in) != Country+Kind(k) {
				t.Fatalf("place %d: %+v lies in %+v", i, p, g.Place(in))
			}
		}
		if i%97 == 0 && !slices.Contains(g.Find(nil, p.Name), Candidate{ID: id}) {
			t.Errorf("place %d is not found under its name %q", i, p.Name)
		}
	}
	for _, id := range g.countries {
		if g.ISO3(id) == "" {
			t.Errorf("%s has no code", g.Name(id))
		}
	}
}

// TestMemory: what a gazetteer holds stays under 40 MB.
func TestMemory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	g, err := Decode(shipped)
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if held := int64(after.HeapAlloc) - int64(before.HeapAlloc); held > 40_000_000 {
		t.Errorf("holds %d bytes, want under 40 MB", held)
	}
	runtime.KeepAlive(g)
}

func TestAbbreviation(t *testing.T) {
	g := Shipped()
	for form, want := range map[string]string{"ill": "Illinois", "ga": "Georgia", "nsw": "New South Wales", "ont": "Ontario"} {
		if id, ok := g.Abbreviation(form); !ok || g.Name(id) != want {
			t.Errorf("%q is %v, want %s", form, ok, want)
		}
	}
	if _, ok := g.Abbreviation("peoria"); ok {
		t.Error("peoria is no abbreviation")
	}
}

func TestAdjective(t *testing.T) {
	g := Shipped()
	for word, want := range map[string]string{"Russian": "Russia", "Londoners": "London", "Sri Lankan": "Sri Lanka", "SWISS": "Switzerland"} {
		if id, ok := g.Adjective(word); !ok || g.Name(id) != want {
			t.Errorf("%q is %v, want %s", word, ok, want)
		}
	}
	if _, ok := g.Adjective("Russia"); ok {
		t.Error("Russia is no adjective")
	}
}

// TestTables lints the tables that people wrote: columns, order, doubles, and every
// short form and adjective to a place of the gazetteer.
func TestTables(t *testing.T) {
	g := Shipped()
	for _, c := range []struct {
		file    string
		columns int
		check   func(f []string) bool
	}{
		{"countries.tsv", 4, func(f []string) bool { return len(f[0]) == 2 }},
		{"regions.tsv", 4, func(f []string) bool { return strings.Contains(f[0], ".") }},
		{"nicknames.tsv", 2, func(f []string) bool { return len(g.Find(nil, strings.Split(f[1], "|")[0])) > 0 }},
		{"features.tsv", 6, func(f []string) bool {
			return KindOf(f[1]) != 0 && len(g.Find(nil, strings.Split(f[0], "|")[0])) > 0
		}},
		{"abbreviations.tsv", 3, func(f []string) bool { _, ok := g.Abbreviation(f[0]); return ok }},
		{"adjectives.tsv", 2, func(f []string) bool { _, ok := g.Adjective(f[0]); return ok }},
	} {
		raw, err := os.ReadFile(c.file)
		if err != nil {
			t.Fatal(err)
		}
		last, n := "", 0
		for s := bufio.NewScanner(bytes.NewReader(raw)); s.Scan(); {
			n++
			line := s.Text()
			if strings.HasPrefix(line, "#") {
				continue
			}
			f := strings.Split(line, "\t")
			if len(f) != c.columns {
				t.Errorf("%s:%d: %d columns, want %d", c.file, n, len(f), c.columns)
				continue
			}
			if f[0] <= last {
				t.Errorf("%s:%d: %q is out of order or twice", c.file, n, f[0])
			}
			last = f[0]
			if !c.check(f) {
				t.Errorf("%s:%d: %q says nothing that the gazetteer knows", c.file, n, line)
			}
		}
	}
}

// some returns entries whose names share beginnings.
func some() []Entry {
	var out []Entry
	for i, name := range []string{"Aland", "Ala", "Alabama", "Ålesund", "Bergen", "Berg", "Be", "Saint-Jean", "St. John", "The Hague"} {
		e := Entry{Place: Place{Name: name, Kind: City, Lat: float64(i) - 5, Lon: 20 * float64(i-5), GeoNames: 1000 - 7*i,
			Country: None, Region: None, County: None, Population: i * i * i * 1000}}
		if i%2 == 0 {
			e.Alternates = []string{"Other " + name, name, "Berg"}
		}
		out = append(out, e)
	}
	out[0].Kind, out[0].ISO3, out[0].Country = Country, "ALA", 0
	out[1].Kind, out[1].Country, out[1].Region = Region, 0, 1
	out[2].Kind, out[2].Country, out[2].Region, out[2].County = County, 0, 1, 2
	out[3].Country, out[3].Region, out[3].County = 0, 1, 2
	return out
}

// TestFindSlow compares the search with reading every name.
func TestFindSlow(t *testing.T) {
	entries := some()
	for i := range 300 { // several blocks
		entries = append(entries, Entry{Place: Place{Name: fmt.Sprintf("Place %d", i*i%1000), Kind: City, Country: None, Region: None, County: None}})
	}
	file, err := Encode(entries)
	if err != nil {
		t.Fatal(err)
	}
	g, err := Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range entries {
		if p := g.Place(ID(i)); p.Name != e.Name || p.Kind != e.Kind || p.GeoNames != e.GeoNames || p.Country != e.Country ||
			p.Region != e.Region || p.County != e.County || math.Abs(p.Lat-e.Lat) > 0.0005 || math.Abs(p.Lon-e.Lon) > 0.0005 {
			t.Errorf("place %d: %+v, want %+v", i, p, e.Place)
		}
		if p, want := float64(g.Population(ID(i))), float64(e.Population); math.Abs(p-want) > want/12 {
			t.Errorf("place %d: population %v, want %v", i, p, want)
		}
	}
	for _, name := range []string{"aland", "al", "ala", "alabama", "alabam", "alabamas", "berg", "bergen", "b", "be", "zz", "", "saint john", "St Jean",
		"hague", "place 4", "place 999", "place 1", "other berg", "a", "other", "place 100 "} {
		var want []Candidate
		for i, e := range entries {
			switch key := Fold(name); {
			case key == "":
			case Fold(e.Name) == key:
				want = append(want, Candidate{ID: ID(i)})
			case slices.ContainsFunc(e.Alternates, func(a string) bool { return Fold(a) == key }):
				want = append(want, Candidate{ID: ID(i), Alternate: true})
			}
		}
		sort.Slice(want, func(i, j int) bool { return want[i].ID < want[j].ID })
		if got := g.Find(nil, name); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

func TestEncodeErrors(t *testing.T) {
	for _, c := range []struct {
		name string
		e    Entry
		want string
	}{
		{"off the Earth", Entry{Place: Place{Name: "Far", Kind: City, Lat: 91, Country: None, Region: None, County: None}}, "lies at 91 degrees"},
		{"nameless", Entry{Place: Place{Name: "-", Kind: City, Country: None, Region: None, County: None}}, "has no name"},
		{"county without a region", Entry{Place: Place{Name: "Lost", Kind: City, Country: None, Region: None, County: 0}}, "does not stand behind its region"},
	} {
		if _, err := Encode([]Entry{c.e}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", c.name, err, c.want)
		}
	}
}

// FuzzDecode: a broken file is an error and never a panic, neither when it is opened
// nor when it is read.
func FuzzDecode(f *testing.F) {
	file, err := Encode(some())
	if err != nil {
		f.Fatal(err)
	}
	raw := unzip(f, file)
	f.Add(raw)
	f.Add(raw[:len(raw)/2])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, raw []byte) {
		g, err := decode(raw)
		if err != nil {
			return
		}
		for i := range g.Len() {
			g.Place(ID(i))
			g.ISO3(ID(i))
		}
		for _, name := range []string{"Berg", "Aland", "The Hague", "zzz", "\xff"} {
			g.Find(nil, name)
		}
	})
}

func unzip(f *testing.F, file []byte) []byte {
	dec, err := zstd.NewReader(nil)
	if err != nil {
		f.Fatal(err)
	}
	defer dec.Close()
	raw, err := dec.DecodeAll(file, nil)
	if err != nil {
		f.Fatal(err)
	}
	return raw
}

func BenchmarkDecode(b *testing.B) {
	for b.Loop() {
		Decode(shipped)
	}
}

func BenchmarkFind(b *testing.B) {
	g := Shipped()
	var room []Candidate
	for b.Loop() {
		room = g.Find(room[:0], "Rapides Parish")
	}
}
