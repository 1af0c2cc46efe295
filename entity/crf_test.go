package entity

import (
	"math"
	"math/rand/v2"
	"testing"
)

// chance is a sentence of random scores. Of each word some tags may not be, but the one
// of a legal way through always may.
type chance struct {
	emit [][tagCount]float32
	step [tagCount * tagCount]float32
	may  []uint32
}

func newChance(seed uint64, n int) *chance {
	rng := rand.New(rand.NewPCG(seed, 3))
	c := &chance{emit: make([][tagCount]float32, n), may: make([]uint32, n)}
	for i := range c.emit {
		for b := range c.emit[i] {
			c.emit[i][b] = float32(4*rng.Float64() - 2)
		}
		c.may[i] = 1 | uint32(rng.Uint64())&(1<<tagCount-1)
	}
	for k := range c.step {
		c.step[k] = float32(4*rng.Float64() - 2)
	}
	return c
}

// each calls f with every legal way of tags through the sentence and its score.
func (c *chance) each(may []uint32, f func(tags []int, score float64)) {
	tags := make([]int, len(c.emit))
	var walk func(i int, score float64)
	walk = func(i int, score float64) {
		if i == len(c.emit) {
			f(tags, score)
			return
		}
		for b := range tagCount {
			if may[i]>>b&1 == 0 {
				continue
			}
			s := score + float64(c.emit[i][b])
			if i > 0 {
				// Inside stands only after begin or inside of its own type.
				if a := tags[i-1]; b > 0 && b%2 == 0 && a != b && a != b-1 {
					continue
				}
				s += float64(c.step[tags[i-1]*tagCount+b])
			} else if b > 0 && b%2 == 0 {
				continue
			}
			tags[i] = b
			walk(i+1, s)
		}
	}
	walk(0, 0)
}

func everyTag(n int) []uint32 {
	all := make([]uint32, n)
	for i := range all {
		all[i] = 1<<tagCount - 1
	}
	return all
}

// TestSums holds the sums against those over all ways, one scratch space for all.
func TestSums(t *testing.T) {
	var space chain
	for _, n := range []int{4, 1, 2, 3} {
		for seed := range uint64(3) {
			c := newChance(seed, n)
			for _, may := range [][]uint32{c.may, everyTag(n)} {
				var scores []float64
				c.each(may, func(_ []int, s float64) { scores = append(scores, s) })
				want, got := logSum(scores), space.sums(c.emit, &c.step, may)
				if math.Abs(got-want) > 1e-9 {
					t.Errorf("%d words, seed %d: %.9f, want %.9f of %d ways", n, seed, got, want, len(scores))
				}
			}
		}
	}
}

// No way agrees with a name that begins with its second word.
func TestSumsNone(t *testing.T) {
	c := newChance(1, 2)
	c.may[0], c.may[1] = 1<<beginOf(0), 1<<insideOf(1)
	if got := new(chain).sums(c.emit, &c.step, c.may); !math.IsInf(got, -1) {
		t.Errorf("the log of no way at all is %v", got)
	}
}

func TestLogSum(t *testing.T) {
	inf := math.Inf(-1)
	for _, c := range []struct {
		name string
		in   []float64
		want float64
	}{
		{"two halves", []float64{math.Log(0.5), math.Log(0.5)}, 0},
		{"far apart", []float64{0, -5000}, 0},
		{"large", []float64{5000, 5000}, 5000 + math.Ln2},
		{"one is nothing", []float64{inf, 3}, 3},
		{"all are nothing", []float64{inf, inf}, inf},
	} {
		if got := logSum(c.in); got != c.want && !(math.Abs(got-c.want) < 1e-12) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestBest holds the best way against all others.
func TestBest(t *testing.T) {
	for _, n := range []int{1, 2, 3, 4} {
		for seed := range uint64(4) {
			c := newChance(seed, n)
			var want []int
			top := math.Inf(-1)
			c.each(everyTag(n), func(tags []int, s float64) {
				if s > top {
					top, want = s, append(want[:0], tags...)
				}
			})
			got := make([]uint8, n)
			best(c.emit, &c.step, make([][tagCount]uint8, n), got)
			for i := range want {
				if int(got[i]) != want[i] {
					t.Errorf("%d words, seed %d: %v, want %v", n, seed, got, want)
					break
				}
			}
		}
	}
}

// Of equal ways the first counts: no name at all.
func TestBestEqual(t *testing.T) {
	const n = 3
	var step [tagCount * tagCount]float32
	tags := []uint8{9, 9, 9}
	best(make([][tagCount]float32, n), &step, make([][tagCount]uint8, n), tags)
	for i, b := range tags {
		if b != 0 {
			t.Errorf("word %d has tag %d", i, b)
		}
	}
}

// TestExpect compares the expected numbers of tags and steps with what the sum does when
// a score is nudged.
func TestExpect(t *testing.T) {
	const n, weight = 4, 0.7
	for seed := range uint64(2) {
		c := newChance(seed, n)
		var space chain
		gradEmit := make([][tagCount]float32, n)
		gradStep := make([]float32, tagCount*tagCount)
		space.expect(c.emit, &c.step, c.may, space.sums(c.emit, &c.step, c.may), weight, gradEmit, gradStep)
		check := func(name string, x *float32, got float32) {
			const nudge = 1.0 / 128
			was := *x
			*x = was + nudge
			up, high := float64(*x), space.sums(c.emit, &c.step, c.may)
			*x = was - nudge
			down, low := float64(*x), space.sums(c.emit, &c.step, c.may)
			*x = was
			if want := weight * (high - low) / (up - down); math.Abs(float64(got)-want) > 1e-5 {
				t.Errorf("seed %d, %s: %.6f, the sum says %.6f", seed, name, got, want)
			}
		}
		for i := range c.emit {
			for b := range tagCount {
				check("score of a tag", &c.emit[i][b], gradEmit[i][b])
			}
		}
		for k := range c.step {
			check("score of a step", &c.step[k], gradStep[k])
		}
	}
}

// TestFollows says which tags stand where.
func TestFollows(t *testing.T) {
	b, i := beginOf, insideOf
	for _, c := range []struct {
		name string
		a, b int
		want bool
	}{
		{"outside after a name", i(0), 0, true},
		{"a name after a name", i(0), b(0), true},
		{"another name after a name", b(0), b(3), true},
		{"inside after its beginning", b(2), i(2), true},
		{"inside after inside", i(2), i(2), true},
		{"inside after another type's beginning", b(1), i(2), false},
		{"inside after another type", i(1), i(2), false},
		{"inside after outside", 0, i(2), false},
		{"inside of the type before", b(1), i(0), false},
	} {
		if got := follows(c.a, c.b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	for k := range tagTypes {
		if !opens(b(k)) || opens(i(k)) {
			t.Errorf("type %d: begin opens a sentence %v, inside %v", k, opens(b(k)), opens(i(k)))
		}
	}
	if !opens(0) {
		t.Error("no sentence opens without a name")
	}
}
