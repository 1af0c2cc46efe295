package corpus

import (
	"path/filepath"
	"strings"
	"testing"

	"hearsay/doc"
)

func TestGeoLGL(t *testing.T) {
	docs, err := Geo(filepath.Join("testdata", "geo", "lgl.xml"))
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 1 {
		t.Fatalf("%d articles, want 1", len(docs))
	}
	d := docs[0]
	if d.Meta.Outlet != "example.com" || d.Meta.Published != "2009-03-20" || d.Meta.Title != "Café reopens" {
		t.Errorf("meta %+v", d.Meta)
	}
	if len(d.Places) != 1 || d.Slice(d.Places[0].Span) != "Peoria" || d.Places[0].Lat != 40.69365 || d.Places[0].GeoNames != 4905687 {
		t.Errorf("places %+v", d.Places)
	}
	if len(d.Unplaced) != 1 || d.Slice(d.Unplaced[0]) != "Mill & Main" || d.Adrift != 1 {
		t.Errorf("unplaced %v, adrift %d", d.Unplaced, d.Adrift)
	}
}

func TestGeoVirus(t *testing.T) {
	docs, err := Geo(filepath.Join("testdata", "geo", "geovirus.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range docs[0].Places {
		got = append(got, docs[0].Slice(p.Span))
	}
	if want := "Zürich, Lagos"; strings.Join(got, ", ") != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestGeoErrors(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"nowhere.xml", "article 7: \"Peoria\" lies at \"140\""},
		{"empty.xml", "no articles"},
	} {
		_, err := Geo(filepath.Join("testdata", "geo", c.name))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q in it", c.name, err, c.want)
		}
	}
}

// TestGeoCorpora holds the counts of the two corpora, and every name to its span.
func TestGeoCorpora(t *testing.T) {
	for _, c := range []struct {
		path                           string
		docs, places, unplaced, adrift int
	}{
		{"dev/lgl.xml", 588, 4462, 626, 0},
		{"train/geovirus.xml", 229, 2170, 0, 0},
	} {
		docs, err := Geo(filepath.Join(home, "geo", c.path))
		skipAbsent(t, err)
		places, unplaced, adrift := 0, 0, 0
		for _, d := range docs {
			places, unplaced, adrift = places+len(d.Places), unplaced+len(d.Unplaced), adrift+d.Adrift
			last := doc.Span{}
			for _, p := range d.Places {
				if p.Begin < last.Begin || p.End > len(d.Text) {
					t.Errorf("%s: span %v after %v", d.Meta.Path, p.Span, last)
				}
				last = p.Span
			}
		}
		if len(docs) != c.docs || places != c.places || unplaced != c.unplaced || adrift != c.adrift {
			t.Errorf("%s: %d articles, %d places, %d without a point, %d adrift; want %d, %d, %d, %d", c.path,
				len(docs), places, unplaced, adrift, c.docs, c.places, c.unplaced, c.adrift)
		}
	}
}
