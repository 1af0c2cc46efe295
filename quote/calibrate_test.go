package quote

import (
	"math"
	"slices"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/models"
	"hearsay/syntax"
)

// group is n statements of one score, the first of them right.
type group struct {
	score    float64
	n, right int
}

// statements returns the scores of groups, lowest first, and whether each is right.
func statements(groups ...group) (scores []float64, right []bool) {
	for _, g := range groups {
		for i := range g.n {
			scores, right = append(scores, g.score), append(right, i < g.right)
		}
	}
	return scores, right
}

func TestCalibrationAt(t *testing.T) {
	three := Calibration{{0.2, 0.1}, {0.6, 0.5}, {1, 0.9}}
	for _, test := range []struct {
		name    string
		c       Calibration
		p, want float64
	}{
		{"no knots", nil, 0.12345, 0.12345},
		{"one knot", Calibration{{0.5, 0.7}}, 0.1, 0.7},
		{"before the first", three, 0.1, 0.1},
		{"on the first", three, 0.2, 0.1},
		{"half way", three, 0.4, 0.3},
		{"on the second", three, 0.6, 0.5},
		{"a quarter of the way", three, 0.7, 0.6},
		{"on the last", three, 1, 0.9},
		{"after the last", Calibration{{0.2, 0.1}, {0.6, 0.5}}, 0.9, 0.5},
		{"a third of the least digit", Calibration{{0, 0}, {0.0003, 0.0001}}, 0.0001, 0},
		{"two thirds of it", Calibration{{0, 0}, {0.0003, 0.0001}}, 0.0002, 0.0001},
		{"half of it", Calibration{{0, 0}, {0.0002, 0.0001}}, 0.0001, 0.0001},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.c.At(test.p); got != test.want {
				t.Errorf("At(%v) = %v, want %v", test.p, got, test.want)
			}
		})
	}
}

// TestCalibrationRises holds every map to what it promises: it never falls, stays
// between 0 and 1, and has four digits.
func TestCalibrationRises(t *testing.T) {
	some, right := statements(group{0.3, 50, 10}, group{0.6, 60, 40}, group{0.7, 40, 20}, group{0.99, 90, 85})
	for name, c := range map[string]Calibration{"isotonic": isotonic(some, right), "platt": platt(some, right), "steep": curve(3, -2), "flat": curve(0, 1)} {
		last := 0.0
		for i := range 10001 {
			y := c.At(float64(i) / 1e4)
			if y < last || y > 1 || y != math.Round(y*1e4)/1e4 {
				t.Fatalf("%s: At(%v) = %v after %v", name, float64(i)/1e4, y, last)
			}
			last = y
		}
	}
}

func TestIsotonic(t *testing.T) {
	for _, test := range []struct {
		name   string
		groups []group
		want   Calibration
	}{
		{"rising", []group{{0.2, 30, 6}, {0.4, 30, 12}, {0.8, 30, 27}}, Calibration{{0.2, 0.2}, {0.4, 0.4}, {0.8, 0.9}}},
		{"two that fall are joined", []group{{0.2, 30, 6}, {0.4, 30, 15}, {0.6, 30, 12}, {0.8, 30, 27}},
			Calibration{{0.2, 0.2}, {0.5, 0.45}, {0.8, 0.9}}},
		{"a fall that takes the level before with it", []group{{0.2, 30, 12}, {0.4, 30, 15}, {0.6, 30, 3}}, Calibration{{0.4, 0.3333}}},
		{"equal scores stay together", []group{{0.5, 70, 35}, {0.9, 30, 24}}, Calibration{{0.5, 0.5}, {0.9, 0.8}}},
		{"a short rest joins the last level", []group{{0.2, 30, 6}, {0.4, 30, 15}, {0.6, 20, 15}}, Calibration{{0.2, 0.2}, {0.48, 0.6}}},
		{"all right", []group{{0.5, 30, 30}, {0.9, 30, 30}}, Calibration{{0.7, 1}}},
		{"fewer than a level", []group{{0.5, 4, 1}}, Calibration{{0.5, 0.25}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := isotonic(statements(test.groups...)); !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
	if got := isotonic([]float64{0.9, 0.1}, []bool{true, false}); !slices.Equal(got, Calibration{{0.5, 0.5}}) {
		t.Errorf("out of order: %v", got)
	}
	scores, right := make([]float64, 1000), make([]bool, 1000)
	for i := range scores {
		scores[i], right[i] = float64(i)/1000, i >= 500
	}
	if got := isotonic(scores, right); len(got) != 2 { // the levels of 0 and of 1
		t.Errorf("a step in the middle: %v", got)
	}
}

// TestPlatt fits two groups, whose shares a line of two parameters meets: of 40, 28 are
// right, which count as 29/30, and 12 wrong, which count as 1/14. So 10 of 20 are
// (10·29/30+10/14)/20 = 0.5190, and 18 of 20 are 0.8771.
func TestPlatt(t *testing.T) {
	scores, right := statements(group{0.5, 20, 10}, group{0.9, 20, 18})
	slope, offset := plattFit(scores, right)
	for _, test := range []struct{ p, want float64 }{{0.5, 0.5190}, {0.9, 0.8771}} {
		if got := logistic(slope*logit(test.p) + offset); math.Abs(got-test.want) > 1e-4 {
			t.Errorf("the curve at %v is %.4f, want %.4f", test.p, got, test.want)
		}
	}
	if got := platt(scores, right).At(0.5); got != 0.5190 {
		t.Errorf("at the knot of 0.5: %v", got)
	}
	// What falls would turn the order round: all get the share of all, 0.5.
	if c := platt(statements(group{0.1, 40, 30}, group{0.9, 40, 10})); c.At(0.1) != 0.5 || c.At(0.9) != 0.5 {
		t.Errorf("a falling share: %v", c)
	}
	// Equal scores fix one point: 30 of 40 right, (30·31/32+10/12)/40 = 0.7474.
	if got := platt(statements(group{0.8, 40, 30})).At(0.8); math.Abs(got-0.7474) > 0.002 {
		t.Errorf("equal scores: %v, want 0.7474", got)
	}
	// All right is not certain: (100+1)/(100+2).
	if got := platt(statements(group{0.8, 100, 100})).At(0.8); math.Abs(got-0.9902) > 0.002 {
		t.Errorf("all right: %v, want 0.9902", got)
	}
}

// TestCurve holds the lines between knots against the curve.
func TestCurve(t *testing.T) {
	for slope := 0.25; slope <= 2; slope += 0.25 {
		for offset := -2.0; offset <= 2; offset++ {
			c := curve(slope, offset)
			for i := range 10001 {
				p := float64(i) / 1e4
				if want := logistic(slope*logit(p) + offset); math.Abs(c.At(p)-want) > 0.015 {
					t.Fatalf("slope %v, offset %v: At(%v) = %v, the curve %.4f", slope, offset, p, c.At(p), want)
				}
			}
		}
	}
}

// TestBrier: (0.2² + 0.4²)/2 as they are; mapped to 0.9 and 0.5, (0.1² + 0.5²)/2.
func TestBrier(t *testing.T) {
	scores, right := []float64{0.8, 0.4}, []bool{true, false}
	if got := Brier(nil, scores, right); math.Abs(got-0.1) > 1e-12 {
		t.Errorf("raw: %v, want 0.1", got)
	}
	if got := Brier(Calibration{{0.4, 0.5}, {0.8, 0.9}}, scores, right); math.Abs(got-0.13) > 1e-12 {
		t.Errorf("mapped: %v, want 0.13", got)
	}
	if got := Brier(nil, nil, nil); got != 0 {
		t.Errorf("nothing: %v", got)
	}
}

// TestCrossBrier fits the share of right ones alone. Of ten, the first is right: the
// nine others give it 0, and those that it is among give each of the others 1/9.
func TestCrossBrier(t *testing.T) {
	share := func(scores []float64, right []bool) Calibration {
		if len(scores) != 9 || len(right) != 9 {
			t.Fatalf("a fit to %d of ten", len(scores))
		}
		n := 0.0
		for _, r := range right {
			if r {
				n++
			}
		}
		return Calibration{{0.5, n / 9}}
	}
	right := make([]bool, 10)
	right[0] = true
	if got, want := crossBrier(share, make([]float64, 10), right), (1+9.0/81)/10; math.Abs(got-want) > 1e-12 {
		t.Errorf("got %v, want %v", got, want)
	}
}

// TestCalibrate lets shares follow a Platt curve, then a step that no such curve has.
func TestCalibrate(t *testing.T) {
	if c := Calibrate(statements(group{0.5, 99, 9})); c != nil {
		t.Errorf("99 statements gave %v", c)
	}
	draw := func(share func(p float64) float64) (scores []float64, right []bool) {
		for i := range 2000 {
			p := math.Mod(float64(i)*0.7548776662, 1) // spread evenly, as is the next
			scores, right = append(scores, p), append(right, math.Mod(float64(i)*0.5698402910, 1) < share(p))
		}
		return scores, right
	}
	for _, test := range []struct {
		name  string
		share func(p float64) float64
		platt bool
	}{
		{"a Platt curve", func(p float64) float64 { return logistic(0.6*logit(p) - 0.5) }, true},
		{"a step and a level", func(p float64) float64 {
			if p < 0.3 {
				return 0
			}
			return 0.6
		}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			scores, right := draw(test.share)
			c := Calibrate(scores, right)
			if is := slices.Equal(c, platt(scores, right)); is != test.platt {
				t.Errorf("Platt's: %v, want %v", is, test.platt)
			}
			for _, p := range []float64{0.1, 0.5, 0.9} {
				if got, want := c.At(p), test.share(p); math.Abs(got-want) > 0.05 {
					t.Errorf("At(%v) = %v, want about %.3f", p, got, want)
				}
			}
			if b, raw := Brier(c, scores, right), Brier(nil, scores, right); b >= raw {
				t.Errorf("Brier score %v, raw %v", b, raw)
			}
		})
	}
}

// TestModelCalibration sets a map into the shipped model: it comes back from the
// bytes, changes all scores by it and nothing else, and a model without one is as it
// was before there were maps.
func TestModelCalibration(t *testing.T) {
	load := func(b []byte) *Model {
		m, err := Load(b)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	parser, err := syntax.Load(models.Bytes("split"))
	if err != nil {
		t.Fatal(err)
	}
	if err := parser.LoadLinear(models.Bytes("syntax")); err != nil {
		t.Fatal(err)
	}
	read := func(m *Model) []doc.Statement {
		d := doc.New("Officials said that the minister warned that rivals would deny it. “No,” she said. He may ask why.")
		extract.Layout(d)
		parser.Annotate(d)
		m.Annotate(d)
		return d.Statements
	}
	m := load(models.Bytes("quote"))
	m.Calibration = nil
	raw := read(load(m.Bytes()))
	c := Calibration{{0.1, 0.05}, {0.9, 0.45}}
	m.Calibration = c
	again := load(m.Bytes())
	if !slices.Equal(again.Calibration, c) || again.Top != m.Top || again.Nested != m.Nested {
		t.Fatalf("parameters come back as %+v", again.params)
	}
	mapped := read(again)
	if len(raw) == 0 || len(mapped) != len(raw) {
		t.Fatalf("%d statements, %d raw", len(mapped), len(raw))
	}
	for i := range raw {
		if got, want := mapped[i].Score, c.At(raw[i].Score); got != want {
			t.Errorf("statement %d has the score %v, want %v", i, got, want)
		}
		if mapped[i].Parent != raw[i].Parent || mapped[i].Cue.Spans[0] != raw[i].Cue.Spans[0] {
			t.Errorf("statement %d is another one", i)
		}
	}
}
