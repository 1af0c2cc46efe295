package claim

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// stream makes a stream of articles: every day some stories, each told by several outlets in
// varying words with twelve statements an article; words are as frequent as in news.
func stream(n int) func(i int) *Article {
	r := rand.New(rand.NewPCG(1, 40))
	var words []string
	for i := range 30_000 {
		words = append(words, fmt.Sprintf("%c%c%s", 'b'+i%20, 'a'+i/20%5*4, strings.Repeat(string(rune('k'+i%7)), 1+i/9000)+fmt.Sprintf("%x", i)))
	}
	draw := func() string { return words[int(float64(len(words))*r.Float64()*r.Float64()*r.Float64())] }
	type line struct{ words []string }
	var stories [][]line
	return func(i int) *Article {
		if i%4 == 0 || len(stories) == 0 {
			var s []line
			for range 16 {
				var l line
				for range 14 {
					l.words = append(l.words, draw())
				}
				s = append(s, l)
			}
			if len(stories) > 8 {
				stories = stories[1:]
			}
			stories = append(stories, s)
		}
		story := stories[r.IntN(len(stories))]
		day := time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*3000/n)
		a := &Article{ID: fmt.Sprintf("a%d", i), Evidence: Evidence{Published: day.Format(time.DateOnly)}}
		for k := range 12 {
			l := append([]string(nil), story[r.IntN(len(story))].words...)
			for range 1 + r.IntN(8) {
				l[r.IntN(len(l))] = draw()
			}
			s := Statement{ID: number("s", k), Words: strings.Join(l, " "), Cue: Cue{Text: "said", Lemma: "say"}}
			s.Source.Text = "the " + story[0].words[0]
			a.Statements = append(a.Statements, s)
			a.Text += s.Source.Text + " said " + s.Words + ". "
		}
		return a
	}
}

// The work for an article does not grow with the articles that were added: what is looked
// up for one of the last fifth is no more than for one of the second.
func TestLinkerFlat(t *testing.T) {
	const n = 1500
	next, l := stream(n), NewLinker(30, 0)
	var looked [5]int
	before := 0
	for i := range n {
		l.Add(next(i))
		looked[i/(n/5)] += l.looked - before
		before = l.looked
	}
	if looked[1] == 0 || float64(looked[4]) > 1.1*float64(looked[1]) {
		t.Errorf("looked up in each fifth: %v", looked)
	}
}

// BenchmarkLinker shows the time for an article in each tenth of 40,000.
func BenchmarkLinker(b *testing.B) {
	const n = 40_000
	for b.Loop() {
		next, l := stream(n), NewLinker(30, 0)
		links, taken := 0, time.Duration(0)
		for i := range n {
			a := next(i)
			start := time.Now()
			links += len(l.Add(a))
			taken += time.Since(start)
			if (i+1)%(n/10) == 0 {
				b.Logf("articles %5d to %5d: %6.1f µs an article, %.1f links each, %d tellings held", i+1-n/10, i+1,
					float64(taken.Microseconds())/(n/10), float64(links)/(n/10), l.held)
				links, taken = 0, 0
			}
		}
	}
}

// BenchmarkScore is one pair that has to be compared in full.
func BenchmarkScore(b *testing.B) {
	a := article("a1", "2021-05-03", "Officials in Port Ellery|said|the storm had flooded 300 homes along the river Enn and cut the road to Lindham")
	c := article("a2", "2021-05-04", "The mayor of Port Ellery|said|about 310 homes along the river had been flooded and the Lindham road was cut by the storm")
	x, y := Gists(a), Gists(c)
	b.Run("features", func(b *testing.B) {
		for b.Loop() {
			f := compare(&x[0], &y[0])
			logit(&f)
		}
	})
	b.Run("with evidence", func(b *testing.B) {
		for b.Loop() {
			Score(&x[0], &y[0])
		}
	})
}
