package eval

import (
	"errors"
	"io/fs"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/corpus"
	"hearsay/doc"
	"hearsay/entity/place"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b doc.Place
		want float64
	}{
		{"none", doc.Place{Lat: 10, Lon: 10}, doc.Place{Lat: 10, Lon: 10}, 0},
		{"a degree of the equator", doc.Place{}, doc.Place{Lon: 1}, 111.2},
		{"across the date line", doc.Place{Lon: 179.5}, doc.Place{Lon: -179.5}, 111.2},
		{"pole to pole", doc.Place{Lat: 90}, doc.Place{Lat: -90}, 20015},
		{"Paris to London", doc.Place{Lat: 48.86, Lon: 2.35}, doc.Place{Lat: 51.51, Lon: -0.13}, 344},
	} {
		if got := distance(c.a, c.b); math.Abs(got-c.want) > c.want/100 {
			t.Errorf("%s: %.1f km, want %.1f", c.name, got, c.want)
		}
	}
}

// TestPlaceRows counts an article by hand: two gold places with a point and one
// without; the resolver finds one of the two, and the reading finds one and a false one.
func TestPlaceRows(t *testing.T) {
	text := "From Paris to Qwrtz by the Mill."
	span := func(w string) doc.Span {
		at := strings.Index(text, w)
		return doc.Span{Begin: at, End: at + len(w)}
	}
	gold := corpus.GeoDoc{Doc: doc.New(text), Unplaced: []doc.Span{span("Mill")}}
	gold.Places = []doc.Place{{Span: span("Paris"), Lat: 48.86, Lon: 2.35}, {Span: span("Qwrtz"), Lat: 10, Lon: 10}}
	onGold, raw := doc.New(text), doc.New(text)
	onGold.Places = place.Resolve(onGold, spansOf(gold.Places))
	raw.Places = []doc.Place{{Span: span("From")}, {Span: span("Paris"), Name: "Paris", Lat: 48.86, Lon: 2.35}}
	rows := PlaceRows("geo", "dev", []corpus.GeoDoc{gold}, []*doc.Doc{onGold}, []*doc.Doc{raw})
	want := map[string]float64{"gold spans, 161 km": 50, "gold spans, best choice": 50, "gold spans, found": 50,
		"raw text, names": 40, "raw text, 161 km": 50}
	for _, r := range rows {
		if v, ok := want[r.Metric]; ok && math.Abs(r.Value-v) > 0.01 {
			t.Errorf("%s: %v, want %v", r.Metric, r.Value, v)
		}
		if strings.HasSuffix(r.Metric, "error") && (r.Value > 5 || r.N != 1) {
			t.Errorf("%s: %v km of %d, want less than 5 of 1", r.Metric, r.Value, r.N)
		}
		delete(want, r.Metric)
	}
	if len(want) > 0 {
		t.Errorf("no rows for %v", want)
	}
	if b := rows[0].Baseline; b == nil || *b != 50 {
		t.Errorf("baseline %v, want 50", b)
	}
}

// TestPlacesLGL holds the resolver to its floor on gold spans.
func TestPlacesLGL(t *testing.T) {
	gold, err := corpus.Geo(filepath.Join("..", "..", "shared", "corpora", "geo", "dev", "lgl.xml"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("needs the corpora: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	texts := make([]*doc.Doc, len(gold))
	for i, g := range gold {
		texts[i] = g.Doc
	}
	found := bareOutlet(texts)
	for i, d := range found {
		d.Places = place.Resolve(d, spansOf(texts[i].Places))
	}
	rows := PlaceRows("geo", "dev", gold, found, found)
	for _, r := range rows {
		t.Logf("%-26s n %d, %.2f (%.2f - %.2f)", r.Metric, r.N, r.Value, r.Low, r.High)
	}
	if rows[0].Value < 88 {
		t.Errorf("%s: %.2f, want 88 and more", rows[0].Metric, rows[0].Value)
	}
}
