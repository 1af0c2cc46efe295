package learn

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// trained returns a trainer of k classes with random weights, and its features.
func trained(k int) (*Trainer, []uint64) {
	rng := rand.New(rand.NewPCG(1, uint64(k)))
	t := NewTrainer(k)
	features := make([]uint64, 500)
	for i := range features {
		features[i] = Mix(Template(i%7), uint64(i))
		for range 3 {
			t.Update(features[i:i+1], rng.IntN(k), float32(rng.NormFloat64()*math.Exp(4*rng.Float64())))
			t.Tick()
		}
	}
	return t, features
}

// TestFreeze compares frozen scores with the averaged floats, for dense and sparse
// rows: each row is exact to half of its own unit.
func TestFreeze(t *testing.T) {
	for _, k := range []int{1, 3, 16, 17, 60} {
		tr, features := trained(k)
		m, err := ReadLinear(tr.Freeze(Prune{}).Bytes(), k)
		if err != nil {
			t.Fatal(err)
		}
		avg := tr.average()
		for i, f := range features {
			got := make([]int32, k)
			m.Score([]uint64{f}, got)
			most := 0.0
			for c := range k {
				most = math.Max(most, math.Abs(avg[i*k+c]))
			}
			for c := range k {
				if diff := math.Abs(float64(got[c])*m.Scale() - avg[i*k+c]); diff > most/120+m.Scale() {
					t.Fatalf("%d classes: feature %d class %d is %g, want %g", k, i, c, float64(got[c])*m.Scale(), avg[i*k+c])
				}
			}
		}
		none := make([]int32, k)
		m.Score([]uint64{Hash("never seen")}, none)
		for _, s := range none {
			if s != 0 {
				t.Errorf("%d classes: an unknown feature scores %v", k, none)
			}
		}
	}
}

// TestAverage compares lazy averages with the sum over every tick.
func TestAverage(t *testing.T) {
	tr := NewTrainer(2)
	f := []uint64{Hash("f")}
	sum, w := 0.0, 0.0
	for i := range 50 {
		if i%7 == 0 {
			tr.Update(f, 1, 2)
			w += 2
		}
		if i%11 == 0 {
			tr.Update(f, 1, -1)
			w--
		}
		tr.Tick()
		sum += w
	}
	if got, want := tr.average()[1], sum/50; math.Abs(got-want) > 1e-9 {
		t.Errorf("average %g, want %g", got, want)
	}
}

func TestReadRefuses(t *testing.T) {
	tr, _ := trained(3)
	good := tr.Freeze(Prune{}).Bytes()
	file := (&File{Name: "quote", Version: "1", Sections: []Section{{"cue", good}}}).Bytes()
	if _, err := ReadFile(file, "quote", "1"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, want string
		err        error
	}{
		{"other classes", "3 classes, want 4", second(ReadLinear(good, 4))},
		{"short", "bytes, want", second(ReadLinear(good[:len(good)-1], 3))},
		{"no header", "shorter than its header", second(ReadLinear(good[:5], 3))},
		{"truncated file", "model quote: truncated or damaged", second(ReadFile(file[:len(file)-3], "quote", "1"))},
		{"other model", `holds model "quote"`, second(ReadFile(file, "syntax", "1"))},
		{"other version", `version "1", this program reads "2"`, second(ReadFile(file, "quote", "2"))},
		{"no model", "not a model file", second(ReadFile([]byte("hello"), "quote", "1"))},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, c.err, c.want)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func BenchmarkScore(b *testing.B) {
	tr, features := trained(3)
	m := tr.Freeze(Prune{})
	out := make([]int32, 3)
	for b.Loop() {
		m.Score(features, out)
	}
}
