package learn

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// trained returns a trainer of k classes with random weights for n features, and the
// features.
func trained(k, n int) (*Trainer, []uint64) {
	rng := rand.New(rand.NewPCG(1, uint64(k)))
	t := NewTrainer(k)
	features := make([]uint64, n)
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
	for _, k := range []int{1, 3, denseClasses, denseClasses + 1, 60} {
		tr, features := trained(k, 500)
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

// TestFalseMatches asks a model of 100,000 features for others.
func TestFalseMatches(t *testing.T) {
	rows := make([]frozenRow, 100000)
	feature := func(i int) uint64 { return Mix(Template(i%7), Hash(fmt.Sprint(i))) }
	for i := range rows {
		rows[i] = frozenRow{feature: feature(i), weights: []int8{1}}
	}
	m := newLinear(1, 1, rows)
	for _, r := range rows {
		if _, ok := m.find(r.feature); !ok {
			t.Fatalf("feature %x is not found", r.feature)
		}
	}
	found := 0
	const asked = 200000
	for i := range asked {
		if _, ok := m.find(feature(len(rows) + i)); ok {
			found++
		}
	}
	if found > asked/6000 {
		t.Errorf("%d of %d unknown features are found", found, asked)
	}
}

// TestLinearBytes reads models back: without rows, dense and sparse, with a row that has
// no weight and one whose weights do not add up to nought.
func TestLinearBytes(t *testing.T) {
	for _, k := range []int{1, denseClasses, denseClasses + 1, 256} {
		zero, uneven := make([]int8, k), make([]int8, k)
		uneven[0], uneven[k-1] = -127, -100
		for name, rows := range map[string][]frozenRow{
			"no rows":  nil,
			"two rows": {{Hash("zero"), 0, zero}, {Hash("uneven"), 3, uneven}},
		} {
			b := newLinear(k, 0.5, rows).Bytes()
			m, err := ReadLinear(b, k)
			if err != nil {
				t.Fatalf("%d classes, %s: %v", k, name, err)
			}
			if !bytes.Equal(m.Bytes(), b) {
				t.Errorf("%d classes, %s: what is read has other bytes", k, name)
			}
			got := make([]int32, k)
			m.Score([]uint64{Hash("zero"), Hash("uneven")}, got)
			for c := range k {
				want := int32(0)
				if rows != nil {
					want = int32(uneven[c]) << 3
				}
				if got[c] != want {
					t.Errorf("%d classes, %s: class %d scores %d, want %d", k, name, c, got[c], want)
				}
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
	tr, _ := trained(3, 500)
	good := tr.Freeze(Prune{}).Bytes()
	tr, _ = trained(denseClasses+1, 500)
	sparse := tr.Freeze(Prune{}).Bytes()
	tr, _ = trained(3, 20000)
	many := tr.Freeze(Prune{}).Bytes()
	// changed returns b with one byte changed.
	changed := func(b []byte, at int, to byte) []byte {
		b = bytes.Clone(b)
		b[at] = to
		return b
	}
	slots := (500*5/4 + 2 + 7) / 8 // bytes that say which are taken
	columns := linearHeader + slots
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
		{"long", "bytes, want", second(ReadLinear(append(bytes.Clone(good), 0), 3))},
		{"short sparse", "bytes of classes and weights, want", second(ReadLinear(sparse[:len(sparse)-1], denseClasses+1))},
		{"no room", "2548 rows in 627 slots", second(ReadLinear(changed(good, 13, 9), 3))},
		{"a slot that is not there", "500 rows, but", second(ReadLinear(changed(good, columns-1, 1<<3), 3))},
		{"long check", "no check may be", second(ReadLinear(changed(many, linearHeader+(20000*5/4+2+7)/8+20000, 1), 3))},
		{"class out of range", "class 9 of 9", second(ReadLinear(changed(sparse, columns+6*500, 9), denseClasses+1))},
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

// FuzzReadLinear reads anything as a model. What is read must score and have the same
// bytes again.
func FuzzReadLinear(f *testing.F) {
	for _, k := range []int{3, denseClasses + 1} {
		tr, _ := trained(k, 20)
		f.Add(tr.Freeze(Prune{}).Bytes(), uint8(k-1))
	}
	f.Fuzz(func(t *testing.T, b []byte, less uint8) {
		k := int(less) + 1
		m, err := ReadLinear(b, k)
		if err != nil {
			return
		}
		m.Score([]uint64{0, 1 << 31, math.MaxUint64}, make([]int32, k))
		if !bytes.Equal(m.Bytes(), b) {
			t.Errorf("%d bytes: what is read has other bytes", len(b))
		}
	})
}

// BenchmarkScore scores 1,000 features, one half of them unknown.
func BenchmarkScore(b *testing.B) {
	for _, k := range []int{3, 50} {
		b.Run(fmt.Sprintf("%d classes", k), func(b *testing.B) {
			tr, features := trained(k, 200000)
			m := tr.Freeze(Prune{})
			features = features[:500]
			for i := range 500 {
				features = append(features, Hash(fmt.Sprint(i)))
			}
			out := make([]int32, k)
			for b.Loop() {
				m.Score(features, out)
			}
		})
	}
}

func BenchmarkReadLinear(b *testing.B) {
	for _, k := range []int{3, 50} {
		b.Run(fmt.Sprintf("%d classes", k), func(b *testing.B) {
			tr, _ := trained(k, 200000)
			data := tr.Freeze(Prune{}).Bytes()
			for b.Loop() {
				if _, err := ReadLinear(data, k); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
