package encode

import (
	"math"
	"math/rand/v2"
	"sort"
	"testing"

	"hearsay/learn/net"
)

// named returns a word for a number, in letters: digits would all be folded into 0.
func named(i int) string {
	return string([]byte{'a' + byte(i/676%26), 'a' + byte(i/26%26), 'a' + byte(i%26)}) + "x"
}

// TestClozeLoss: the sum over the sampled words stands for that over all. Where nothing is learnt and all words have the
// same score, it is on average the number of words, rare and frequent, however unevenly they are sampled.
func TestClozeLoss(t *testing.T) {
	const words, known = 3000, 300
	var list []string
	counts := make([]int, firstWord+words)
	counts[rowParagraph] = 5000
	for i := range words {
		list = append(list, named(i))
		counts[firstWord+i] = 100000 / (i + 1)
	}
	v := newVocab(list)
	p := net.NewParams(1)
	c := newCloze(p, newNetwork(p, v), v, counts)
	clear(c.words.W)
	total, weights := 0.0, 0.0
	for _, n := range counts {
		total += float64(n)
		weights += math.Pow(float64(n), 0.75)
	}
	// chance is that of a word to be among those of the batch, each of which is it by its frequency, or to be sampled.
	chance := func(row int) float64 {
		n := float64(counts[row])
		return 1 - math.Pow(1-n/total, known)*math.Pow(1-math.Pow(n, 0.75)/weights, sampled)
	}

	var drawn []float64 // cumulative counts
	for i, n := range counts {
		drawn = append(drawn, float64(n))
		if i > 0 {
			drawn[i] += drawn[i-1]
		}
	}

	s := net.NewShard(p, 0)
	const draws = 12
	sum := 0.0
	for k := range draws {
		rng := rand.New(rand.NewPCG(uint64(k), 3))
		var b batch
		b.reset()
		var targets []int
		want := 0.0 // what the loss has beside the logarithm of the sum
		for i := range known {
			row := sort.SearchFloat64s(drawn, total*rng.Float64())
			b.word([]uint32{uint32(row)})
			targets = append(targets, row)
			want += math.Log(chance(row)) / known
			if i == known/2 {
				b.word([]uint32{rowUnknown}) // a word without a row of its own is not guessed
				targets = append(targets, -1)
				b.end()
			}
		}
		b.end()
		s.Reset()
		if n := c.loss(s, &b, targets, rng); n != known {
			t.Fatalf("%d words guessed, want %d", n, known)
		}
		sum += math.Exp(s.Loss*shards*rounds-want) / draws
	}
	t.Logf("the sampled words stand for %.0f", sum)
	if math.Abs(sum/(words+1)-1) > 0.04 {
		t.Errorf("the sampled words stand for %.0f, want %d", sum, words+1)
	}
}

// TestClozeBlind: what stands for a word does not see the word itself, nor anything on its other side. A change of word
// 4 must change no guess of word 4, but that of the words beside it, and of none in another sequence.
func TestClozeBlind(t *testing.T) {
	list := []string{"a", "b", "c", "d", "e", "f", "g", "h", "other"}
	v := newVocab(list)
	p := net.NewParams(1)
	counts := make([]int, firstWord+len(list))
	for i := range counts {
		counts[i] = 1
	}
	c := newCloze(p, newNetwork(p, v), v, counts)
	s := net.NewShard(p, 0)
	// loss returns the loss of guessing the word at one place alone.
	loss := func(words []string, place int) float64 {
		var b batch
		b.reset()
		targets := make([]int, len(words))
		for i, w := range words {
			b.word(v.rows(w, nil))
			if targets[i] = -1; i == place {
				targets[i] = firstWord // whichever it is: the guess is asked for "a"
			}
			if i == 5 {
				b.end()
			}
		}
		b.end()
		s.Reset()
		c.loss(s, &b, targets, rand.New(rand.NewPCG(1, 2)))
		return s.Loss
	}
	words := list[:8:8]
	changed := append([]string{}, words...)
	changed[4] = "other"
	for place := range words {
		same := loss(words, place) == loss(changed, place)
		if want := place == 4 || place >= 6; same != want {
			t.Errorf("word 4 is another: the guess of word %d is the same = %t", place, same)
		}
	}
}

// TestHide: marks stay, frequent words are hidden seldom and rare ones more often, and only their own row is.
func TestHide(t *testing.T) {
	list := make([]string, 100)
	for i := range list {
		list[i] = named(i)
	}
	v := newVocab(list)
	rng := rand.New(rand.NewPCG(1, 2))
	hidden := make([]int, len(list))
	const times = 5000
	for range times {
		var b batch
		b.reset()
		b.word([]uint32{rowParagraph})
		for _, w := range list {
			b.word(v.rows(w, nil))
		}
		before := append([]uint32{}, b.ids...)
		b.hide(v, rng)
		for i, at := range b.offsets[1 : len(b.offsets)-1] {
			if b.ids[at] == rowUnknown {
				hidden[i]++
				b.ids[at] = before[at]
			}
		}
		for i, id := range b.ids {
			if id != before[i] {
				t.Fatalf("row %d became %d", before[i], id)
			}
		}
	}
	for _, c := range []struct {
		word int
		want float64
	}{{0, 0.02}, {50, 0.095}, {99, 0.1685}} {
		if got := float64(hidden[c.word]) / times; math.Abs(got-c.want) > 0.015 {
			t.Errorf("word %d is hidden in %.3f of all cases, want %.3f", c.word, got, c.want)
		}
	}
}
