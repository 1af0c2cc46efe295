package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/lexicon/gazetteer"
)

// TestBuild makes a gazetteer of a few places from tables in testdata.
func TestBuild(t *testing.T) {
	to := filepath.Join(t.TempDir(), "places.bin")
	if err := build("testdata/from", "testdata/own", to); err != nil {
		t.Fatal(err)
	}
	file, err := os.ReadFile(to)
	if err != nil {
		t.Fatal(err)
	}
	if err := build("testdata/from", "testdata/own", to); err != nil {
		t.Fatal(err)
	}
	if again, _ := os.ReadFile(to); !bytes.Equal(file, again) {
		t.Error("the same tables give other bytes")
	}
	g, err := gazetteer.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, find, want string
		lat, lon         float64
	}{
		{"a town, its post office left out", "Peoria", "Peoria, Peoria County, Illinois, USA; Peoria County, Peoria County, Illinois, USA", 0, 0},
		{"a town by another name", "La Villa de Maillet", "Peoria, Peoria County, Illinois, USA", 40.694, -89.589},
		{"a town by a nickname", "P-town", "Peoria, Peoria County, Illinois, USA", 40.694, -89.589},
		{"a code is no name", "PAR", "", 0, 0},
		{"a post office that is no town of the table", "Hanna City", "Hanna City, Peoria County, Illinois, USA", 40.69, -89.79},
		{"a county in the middle of its outline", "Peoria County", "Peoria County, Peoria County, Illinois, USA", 40.5, -89.5},
		{"a county without towns", "Empty County", "", 0, 0},
		{"a region by another name", "Land of Lincoln", "Illinois, Illinois, USA", 40, -89.25},
		{"a region in the middle of its towns", "Ile-de-France", "Île-de-France, Île-de-France, FRA", 48.853, 2.349},
		{"a region of no state", "Nowhere", "", 0, 0},
		{"a river", "River Seine", "Seine, FRA", 49.43, 0.23},
	} {
		var got []string
		for _, x := range g.Find(nil, c.find) {
			p := g.Place(x.ID)
			name := []string{p.Name}
			for _, in := range []gazetteer.ID{p.County, p.Region} {
				if in != gazetteer.None {
					name = append(name, g.Name(in))
				}
			}
			got = append(got, strings.Join(append(name, g.ISO3(x.ID)), ", "))
			if c.lat != 0 && (p.Lat != c.lat || p.Lon != c.lon) {
				t.Errorf("%s: lies at %v, %v; want %v, %v", c.name, p.Lat, p.Lon, c.lat, c.lon)
			}
		}
		for i, j := 0, len(got)-1; i < j; i, j = i+1, j-1 {
			got[i], got[j] = got[j], got[i] // towns before what holds them
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: %q, want %q", c.name, s, c.want)
		}
	}
}

// TestBuildErrors: what does not fit is named with its file and line.
func TestBuildErrors(t *testing.T) {
	for _, c := range []struct{ name, file, text, want string }{
		{"state", "countries.tsv", "# test\nQQ\t1\t2\t\n", "countries.tsv: line 2: no state \"QQ\""},
		{"columns", "features.tsv", "Seine\triver\n", "features.tsv: line 1: 2 fields, want 6"},
		{"kind", "features.tsv", "Seine\tstream\t1\t2\tFR\t2\n", "line 1: no kind of place \"stream\""},
		{"number", "regions.tsv", "US.IL\tnorth\t2\t\n", "line 1: latitude \"north\""},
		{"id", "nicknames.tsv", "12\tX\n", "line 1: no town with the GeoNames id \"12\""},
	} {
		own := t.TempDir()
		for _, f := range []string{"countries.tsv", "regions.tsv", "nicknames.tsv", "features.tsv"} {
			raw, err := os.ReadFile(filepath.Join("testdata", "own", f))
			if err != nil {
				t.Fatal(err)
			}
			if f == c.file {
				raw = []byte(c.text)
			}
			if err := os.WriteFile(filepath.Join(own, f), raw, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		err := build("testdata/from", own, filepath.Join(own, "out"))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", c.name, err, c.want)
		}
	}
}
