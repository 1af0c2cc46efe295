package provenance

import (
	"cmp"
	"slices"

	"hearsay/doc"
)

// Copy is what two texts share word for word.
type Copy struct {
	// Kept are the passages that both have, in the order of the second text; Cut is what the
	// second leaves out of the first, Added what it has beside it.
	Kept  []Passages
	Cut   []doc.Span // in the first text
	Added []doc.Span // in the second text
	// Words are the words of both texts, and Shared those that both have.
	WordsA, WordsB, Shared int
	// Own are the shared words that stand outside quotation marks and stock passages in both.
	Own int
	own [2]int // words outside quotation marks
}

// Passages is a passage in the first text and the same in the second.
type Passages struct{ A, B doc.Span }

// leastRun is how many words in a row are a passage. Shorter ones are names, titles and
// stock phrases, which two reporters write alike.
const leastRun = 9

// Compare returns what two texts share.
func Compare(a, b string) *Copy { return compare(a, b, func(uint32) bool { return false }) }

// compare is Compare where stock says which marks are of passages that say nothing. A word
// is of such a passage where the mark next to it is.
func compare(a, b string, stock func(uint32) bool) *Copy {
	wa, wb := wordsOf(a), wordsOf(b)
	for _, words := range [][]word{wa, wb} {
		marks := marksOf(words)
		for k, m := range marks {
			if !stock(m.hash) {
				continue
			}
			from, to := 0, len(words)
			if k > 0 {
				from = (marks[k-1].at + m.at + shingle) / 2
			}
			if k+1 < len(marks) {
				to = (m.at + marks[k+1].at + shingle) / 2
			}
			for i := from; i < to; i++ {
				words[i].stock = true
			}
		}
	}
	c := &Copy{WordsA: len(wa), WordsB: len(wb)}
	for _, w := range wa {
		if w.own() {
			c.own[0]++
		}
	}
	for _, w := range wb {
		if w.own() {
			c.own[1]++
		}
	}
	runs := match(wa, wb)
	var inA, inB []doc.Span // in words
	for _, r := range runs {
		c.Kept = append(c.Kept, Passages{
			doc.Span{Begin: wa[r.a].Begin, End: wa[r.a+r.n-1].End},
			doc.Span{Begin: wb[r.b].Begin, End: wb[r.b+r.n-1].End}})
		c.Shared += r.n
		for i := range r.n {
			if wa[r.a+i].own() && wb[r.b+i].own() {
				c.Own++
			}
		}
		inA = append(inA, doc.Span{Begin: r.a, End: r.a + r.n})
		inB = append(inB, doc.Span{Begin: r.b, End: r.b + r.n})
	}
	c.Cut, c.Added = gaps(wa, inA), gaps(wb, inB)
	return c
}

// run is n words from word a of the first text on that stand from word b of the second on.
type run struct{ a, b, n int }

// match returns the longest runs that two texts share, none overlapping another in
// either text, in the order of the second. At each word of the second text the longest
// run from there is taken; of equally long ones the one that goes on where the last ended.
func match(wa, wb []word) []run {
	sa, sb := shingles(wa), shingles(wb)
	at := make(map[uint64][]int, len(sa))
	for i, h := range sa {
		// A text that repeats itself a thousand times costs no more than one that does not.
		if l := at[h]; len(l) < 16 {
			at[h] = append(l, i)
		}
	}
	taken := make([]bool, len(wa))
	var out []run
	next := 0
	for b := 0; b < len(sb); {
		best := run{b: b}
		for _, a := range at[sb[b]] {
			n := 0
			for a+n < len(wa) && b+n < len(wb) && wa[a+n].hash == wb[b+n].hash && !taken[a+n] {
				n++
			}
			if n > best.n || n == best.n && a == next {
				best = run{a, b, n}
			}
		}
		if best.n < leastRun {
			b++
			continue
		}
		for i := range best.n {
			taken[best.a+i] = true
		}
		out = append(out, best)
		b += best.n
		next = best.a + best.n
	}
	return out
}

// gaps returns the spans of text between runs given in words.
func gaps(words []word, runs []doc.Span) (out []doc.Span) {
	slices.SortFunc(runs, func(a, b doc.Span) int { return cmp.Compare(a.Begin, b.Begin) })
	at := 0
	add := func(until int) {
		if at < until {
			out = append(out, doc.Span{Begin: words[at].Begin, End: words[until-1].End})
		}
	}
	for _, r := range runs {
		add(r.Begin)
		at = r.End
	}
	add(len(words))
	return out
}

// Copied says whether one text has been made from the other, or both from a third: they
// share words that neither has in quotation marks, and enough of them that two reporters
// who write of the same thing would not. What both only quote is no copy: many report one
// speech.
func (c *Copy) Copied() bool {
	least := min(c.own[0], c.own[1])
	return c.Own >= 60 || c.Own >= 25 && c.Own*100 >= 30*least
}

// Share is the part of the shorter text that the other one has, from 0 to 1.
func (c *Copy) Share() float64 {
	if n := min(c.WordsA, c.WordsB); n > 0 {
		return float64(c.Shared) / float64(n)
	}
	return 0
}
