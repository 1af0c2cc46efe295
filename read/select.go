package read

import (
	"math"

	"hearsay/doc"
)

// selection is the statements of a Doc that are shown. Those left out still count,
// so that a statement has the same number whatever is left out beside it.
type selection struct {
	shown  []int // indices into Doc.Statements, in order
	parent []int // by statement: the innermost shown one that it stands in, or -1
	least  float64
}

// choose returns the statements whose score, as it is shown, is at least least. What
// refers to a statement goes through parent: with "he said that she warned that …",
// the content of "warned" hangs from "said" where "warned" is left out.
func choose(d *doc.Doc, least float64) selection {
	c := selection{parent: make([]int, len(d.Statements)), least: least}
	keeps := func(i int) bool { return score(d.Statements[i].Score) >= least }
	for i := range d.Statements {
		if keeps(i) {
			c.shown = append(c.shown, i)
		}
		p := d.Statements[i].Parent
		for p >= 0 && !keeps(p) {
			p = d.Statements[p].Parent
		}
		c.parent[i] = p
	}
	return c
}

// depth returns in how many shown statements a statement stands.
func (c selection) depth(i int) (n int) {
	for p := c.parent[i]; p >= 0; p = c.parent[p] {
		n++
	}
	return n
}

// out returns how many statements are left out.
func (c selection) out() int { return len(c.parent) - len(c.shown) }

// score rounds to the digits that are shown.
func score(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// teller returns statement i, or where that is left out the innermost one shown around
// it; -1 is the author.
func (c selection) teller(d *doc.Doc, i int) int {
	if i < 0 || i >= len(c.parent) {
		return doc.ByAuthor
	}
	if score(d.Statements[i].Score) >= c.least {
		return i
	}
	return c.parent[i]
}
