package read

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
)

// ladder is a Doc of statements with these scores, each inside the one before it.
func ladder(scores ...float64) *doc.Doc {
	d := doc.New("He said no.")
	for i, s := range scores {
		d.Statements = append(d.Statements, doc.Statement{Parent: i - 1, Score: s})
	}
	return d
}

func TestChoose(t *testing.T) {
	for _, test := range []struct {
		name          string
		scores        []float64
		least         float64
		shown, parent []int
	}{
		{"all", []float64{0.9, 0, 0.4}, 0, []int{0, 1, 2}, []int{-1, 0, 1}},
		{"one that is just enough", []float64{0.7, 0.6999}, 0.7, []int{0}, []int{-1, 0}},
		{"as it is shown", []float64{0.69996, 0.69994}, 0.7, []int{0}, []int{-1, 0}},
		{"the middle left out", []float64{0.9, 0.2, 0.8}, 0.5, []int{0, 2}, []int{-1, 0, 0}},
		{"two in a row left out", []float64{0.9, 0.2, 0.1, 0.8}, 0.5, []int{0, 3}, []int{-1, 0, 0, 0}},
		{"the outermost left out", []float64{0.2, 0.9, 0.8}, 0.5, []int{1, 2}, []int{-1, -1, 1}},
		{"none left", []float64{0.2, 0.3}, 1, nil, []int{-1, -1}},
		{"no statements", nil, 0.5, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := choose(ladder(test.scores...), test.least)
			if !slices.Equal(c.shown, test.shown) || !slices.Equal(c.parent, test.parent) {
				t.Errorf("shown %v under %v, want %v under %v", c.shown, c.parent, test.shown, test.parent)
			}
		})
	}
}

// TestMinScore leaves out the middle one of three statements, each inside the one
// before it, in every format.
func TestMinScore(t *testing.T) {
	d := hand(t)
	d.Statements[0].Score, d.Statements[1].Score, d.Statements[2].Score, d.Statements[3].Score = 0.9, 0.3, 0.8, 0.2
	d.Statements[2].Parent = 1
	whole, err := JSON(d, JSONOptions{})
	if err != nil {
		t.Fatal(err)
	}
	line, err := JSON(d, JSONOptions{MinScore: 0.5})
	if err != nil {
		t.Fatal(err)
	}
	var all, r reading
	if err := json.Unmarshal(whole, &all); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(line, &r); err != nil {
		t.Fatal(err)
	}
	if len(r.Statements) != 2 || r.Statements[0].ID != "s1" || r.Statements[1].ID != "s3" {
		t.Fatalf("statements are %+v, want s1 and s3", r.Statements)
	}
	if p := r.Statements[1].Parent; p == nil || *p != "s1" {
		t.Errorf("s3 hangs from %v, want s1", p)
	}
	// But for the parent, what is kept is what stood there.
	r.Statements[1].Parent = all.Statements[2].Parent
	got, _ := json.Marshal(r.Statements)
	want, _ := json.Marshal([]statement{all.Statements[0], all.Statements[2]})
	if !bytes.Equal(got, want) {
		t.Errorf("kept\n%s\nwere\n%s", got, want)
	}

	text := func(least float64) string {
		var b bytes.Buffer
		if err := Text(&b, d, TextOptions{Width: 100, MinScore: least}); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	shown := text(0.5)
	for _, want := range []string{"2 statements; 2 with a score below 0.5 left out\n", "{1 Aides}", "{3 Ekdahl}", "\n 3  └ Ekdahl "} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q in\n%s", want, shown)
		}
	}
	for _, not := range []string{"<2 ", "[2 ", "<4 ", "\n 2  ", "\n 4  "} {
		if strings.Contains(shown, not) {
			t.Errorf("%q is in\n%s", not, shown)
		}
	}
	none := text(0.95)
	if !strings.Contains(none, "No statement with a score of 0.95 or more; 4 statements left out.\n") || strings.Contains(none, "marks:") {
		t.Errorf("with none left:\n%s", none)
	}
}
