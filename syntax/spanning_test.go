package syntax

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// isTree says why heads, with n for the root, are no tree with one word on the root; "" if they are.
func isTree(heads []int, n int) string {
	if len(heads) != n {
		return fmt.Sprintf("%d heads for %d words", len(heads), n)
	}
	roots := 0
	for i, h := range heads {
		if h == n {
			roots++
		}
		for k, j := 0, i; j != n; k++ {
			if j < 0 || j > n {
				return fmt.Sprintf("word %d hangs on %d", i, j)
			}
			if k > n {
				return fmt.Sprintf("word %d leads into a ring", i)
			}
			j = heads[j]
		}
	}
	if roots != 1 {
		return fmt.Sprintf("%d words hang on the root", roots)
	}
	return ""
}

func sumOf(score []float32, heads []int) float64 {
	sum := 0.0
	for i, h := range heads {
		sum += float64(score[i*(len(heads)+1)+h])
	}
	return sum
}

// eachTree calls f with every tree over n words.
func eachTree(n int, f func(heads []int)) {
	heads := make([]int, n)
	var fill func(i int)
	fill = func(i int) {
		if i == n {
			if isTree(heads, n) == "" {
				f(heads)
			}
			return
		}
		for h := range n + 1 {
			if h != i {
				heads[i] = h
				fill(i + 1)
			}
		}
	}
	fill(0)
}

// TestBest compares with all trees. The tree must be the best of those on the roots that are tried, which the test
// chooses by itself, unless each word's first choice makes a tree, which then is the best of all; for up to maxRoots
// words it always is.
func TestBest(t *testing.T) {
	draw := map[string]func(r *rand.Rand) float32{
		"normal":   func(r *rand.Rand) float32 { return float32(r.NormFloat64()) },
		"few":      func(r *rand.Rand) float32 { return float32(r.IntN(3)) }, // many trees are equally good
		"spread":   func(r *rand.Rand) float32 { return float32(r.NormFloat64() * math.Pow(10, float64(r.IntN(5)))) },
		"negative": func(r *rand.Rand) float32 { return float32(-1000 - 10*r.Float64()) },
	}
	// There are n^(n-1) trees.
	want := []int{1: 1, 2: 2, 3: 9, 4: 64, 5: 625}
	for name, value := range draw {
		for n := 1; n <= 5; n++ {
			trees := 0
			eachTree(n, func([]int) { trees++ })
			if trees != want[n] {
				t.Fatalf("%d trees over %d words, want %d", trees, n, want[n])
			}
			rounds, missed := 200, 0
			if n == 5 {
				rounds = 40
			}
			var s spanning
			for k := range rounds {
				r := rand.New(rand.NewPCG(uint64(k), uint64(n)))
				score := make([]float32, n*(n+1))
				for i := range score {
					score[i] = value(r)
				}
				given := slices.Clone(score)
				got := slices.Clone(s.best(score, n))
				if why := isTree(got, n); why != "" {
					t.Fatalf("%s, %d words, round %d: %v: %s", name, n, k, got, why)
				}
				tried := rootsTried(given, n)
				all, among := math.Inf(-1), math.Inf(-1)
				eachTree(n, func(heads []int) {
					sum := sumOf(given, heads)
					all = max(all, sum)
					if tried[slices.Index(heads, n)] {
						among = max(among, sum)
					}
				})
				sum, slack := sumOf(given, got), 1e-6*(1+math.Abs(all))
				if sum < among-slack || n <= maxRoots && sum < all-slack {
					t.Fatalf("%s, %d words, round %d: %v has %g; the best has %g, on the roots tried %g", name, n, k, got, sum, all, among)
				}
				if sum < all-slack {
					missed++
				}
				if choice := firstChoice(given, n); isTree(choice, n) == "" && sum < all-slack {
					t.Fatalf("%s, %d words, round %d: %v has %g, and first choices make a better tree", name, n, k, got, sum)
				}
			}
			t.Logf("%s, %d words: %d of %d not the best of all", name, n, missed, rounds)
		}
	}
}

// rootsTried returns the words that gain most by hanging on the root and not on their best other head.
func rootsTried(score []float32, n int) map[int]bool {
	order := make([]int, n)
	gain := make([]float32, n)
	for i := range n {
		order[i] = i
		row := score[i*(n+1) : (i+1)*(n+1)]
		most := float32(math.Inf(-1))
		for j, x := range row[:n] {
			if j != i {
				most = max(most, x)
			}
		}
		gain[i] = row[n] - most
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if gain[a] > gain[b] {
			return -1
		}
		return 1
	})
	// With equal gains either word may have been tried, so neither is asked for.
	tried := map[int]bool{}
	for _, i := range order[:min(maxRoots, n)] {
		tried[i] = n <= maxRoots || gain[i] > gain[order[maxRoots]]
	}
	return tried
}

func firstChoice(score []float32, n int) []int {
	heads := make([]int, n)
	for i := range heads {
		best := -1
		for j, x := range score[i*(n+1) : (i+1)*(n+1)] {
			if j != i && (best < 0 || x > score[i*(n+1)+best]) {
				best = j
			}
		}
		heads[i] = best
	}
	return heads
}

// TestBestHostile: whatever the scores, a tree comes out, and soon.
func TestBestHostile(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name  string
		score func(i, j, n int) float32 // of word i having head j; n is the root
	}{
		{"all 0", func(i, j, n int) float32 { return 0 }},
		{"all high", func(i, j, n int) float32 { return 1e9 }},
		{"all low", func(i, j, n int) float32 { return -1e9 }},
		{"random", func(i, j, n int) float32 { return float32(r.NormFloat64()) }},
		{"far apart", func(i, j, n int) float32 { return float32(2*r.IntN(2)-1) * 1e29 }},
		{"all on the root", func(i, j, n int) float32 {
			if j == n {
				return 1e6
			}
			return float32(r.NormFloat64())
		}},
		{"none on the root", func(i, j, n int) float32 {
			if j == n {
				return -1e6
			}
			return float32(r.NormFloat64())
		}},
		{"one long ring", func(i, j, n int) float32 {
			if j == (i+1)%n {
				return 10
			}
			return float32(r.NormFloat64())
		}},
		{"rings of two", func(i, j, n int) float32 {
			if j == i^1 {
				return 10
			}
			return float32(r.NormFloat64())
		}},
		// Each ring, once it is a node, makes a ring with the next word: n-2 rings, one inside the other.
		{"ring in ring", func(i, j, n int) float32 {
			if j == n {
				return -1e6
			}
			return -float32(max(i, j))
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s spanning
			for _, n := range []int{1, 2, 3, 7, 300, 4} { // large before small, which must not see what it left
				score := make([]float32, n*(n+1))
				for i := range n {
					for j := range n + 1 {
						score[i*(n+1)+j] = c.score(i, j, n)
					}
				}
				began := time.Now()
				heads := s.best(score, n)
				if why := isTree(heads, n); why != "" {
					t.Errorf("%d words: %s", n, why)
				}
				// It takes about a tenth of a second at worst; the rest is for a busy machine.
				took := time.Since(began)
				if took > 5*time.Second {
					t.Errorf("%d words: took %v", n, took)
				}
				if n == maxSentence {
					t.Logf("%d words: %v", n, took)
				}
			}
		})
	}
	var s spanning
	if heads := s.best(nil, 0); len(heads) != 0 {
		t.Errorf("no words: %v", heads)
	}
}
