package doc

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// laid returns a Doc whose blocks have sentences of these many tokens.
func laid(blocks ...[]int) *Doc {
	d := new(Doc)
	for b, sizes := range blocks {
		d.Blocks = append(d.Blocks, Block{})
		for _, n := range sizes {
			first := len(d.Tokens)
			d.Tokens = append(d.Tokens, make([]Token, n)...)
			d.Sentences = append(d.Sentences, Sentence{First: first, Last: len(d.Tokens), Block: b})
		}
	}
	return d
}

// TestWindows says where windows end, in tokens.
func TestWindows(t *testing.T) {
	for _, c := range []struct {
		name   string
		blocks [][]int
		want   []int
	}{
		{"no sentences", nil, nil},
		{"one word", [][]int{{1}}, []int{1}},
		{"all fits", [][]int{{20, 30}, {10}, {196}}, []int{256}},
		{"one token too many ends it at the block before", [][]int{{20, 30}, {14}, {193}}, []int{64, 257}},
		{"several blocks share a window", [][]int{{100}, {100}, {100}, {100}, {100}}, []int{200, 400, 500}},
		{"a short block does not stand alone before a long one", [][]int{{63}, {100, 100}}, []int{163, 263}},
		{"a longer one does", [][]int{{64}, {100, 100}}, []int{64, 264}},
		{"a block of its own size is cut between sentences", [][]int{{100, 100, 100, 100}}, []int{200, 400}},
		{"a sentence beyond the size stays whole", [][]int{{300}, {10}}, []int{300, 310}},
		{"and so does one that follows others", [][]int{{10, 300, 10}}, []int{10, 310, 320}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var ends []int
			for _, w := range laid(c.blocks...).Windows(nil) {
				ends = append(ends, w.Last)
			}
			if !slices.Equal(ends, c.want) {
				t.Errorf("windows end at %v, want %v", ends, c.want)
			}
		})
	}
}

// TestWindowsHold checks what all windows of any article have in common.
func TestWindowsHold(t *testing.T) {
	for k := range 300 {
		rng := rand.New(rand.NewPCG(uint64(k), 1))
		long := []int{5, 40, 150, 400}[rng.IntN(4)]
		var blocks [][]int
		for range rng.IntN(30) {
			sizes := make([]int, 1+rng.IntN(8))
			for i := range sizes {
				sizes[i] = 1 + rng.IntN(long)
			}
			blocks = append(blocks, sizes)
		}
		d := laid(blocks...)
		before := Window{Last: -1}
		windows := d.Windows([]Window{before})
		if windows[0] != before {
			t.Fatalf("round %d: what stood in the slice is gone", k)
		}
		at := 0 // token
		next := 0
		for _, w := range windows[1:] {
			where := fmt.Sprintf("round %d, window [%d, %d)", k, w.First, w.Last)
			if w.Doc != d || w.First != at || w.Last <= w.First {
				t.Fatalf("%s: the one before ends at %d", where, at)
			}
			at = w.Last
			first := next
			for next < len(d.Sentences) && d.Sentences[next].Last <= w.Last {
				next++
			}
			if next == first || d.Sentences[next-1].Last != w.Last {
				t.Fatalf("%s: ends inside a sentence", where)
			}
			if w.Last-w.First > windowSize && next-first > 1 {
				t.Fatalf("%s: %d tokens in %d sentences", where, w.Last-w.First, next-first)
			}
			if next == len(d.Sentences) {
				continue
			}
			// How far it could have gone: to the end of the next sentence where it ends inside a block, to that of the next
			// block where it ends with one.
			further := next + 1
			if inside := d.Sentences[next].Block == d.Sentences[next-1].Block; inside {
				for i := first; i < next; i++ {
					if d.Sentences[i].Block != d.Sentences[next].Block && d.Sentences[i+1].Block == d.Sentences[next].Block &&
						d.Sentences[i].Last-w.First >= windowSize/4 {
						t.Fatalf("%s: cuts a block, and could have ended before it at %d", where, d.Sentences[i].Last)
					}
				}
			} else {
				for further < len(d.Sentences) && d.Sentences[further].Block == d.Sentences[next].Block {
					further++
				}
			}
			if d.Sentences[further-1].Last-w.First <= windowSize {
				t.Fatalf("%s: could go on to %d", where, d.Sentences[further-1].Last)
			}
		}
		if at != len(d.Tokens) {
			t.Fatalf("round %d: windows end at %d of %d tokens", k, at, len(d.Tokens))
		}
	}
}
