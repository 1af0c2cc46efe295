package provenance

import (
	"cmp"
	"slices"

	"hearsay/claim"
)

// CopyPair says that two articles share text. Of says what, with the first article as A.
type CopyPair struct {
	A, B string // ids of articles
	Of   *Copy
}

// CopiesOf returns the pairs of articles of which one was made from the other, or both
// from a third, in the order of the articles. Candidates come from an index, so that the
// time does not grow with the square of their number.
func CopiesOf(articles []*claim.Article) []CopyPair {
	x := NewIndex()
	byNumber := make([]*claim.Article, 0, len(articles))
	var out []CopyPair
	for _, a := range articles {
		s := Sign(a.Text)
		for _, c := range x.Find(s, mostCandidates) {
			of := x.Compare(byNumber[c.Number].Text, a.Text)
			if of.Copied() {
				out = append(out, CopyPair{byNumber[c.Number].ID, a.ID, of})
			}
		}
		x.Add(s, moment(a))
		byNumber = append(byNumber, a)
	}
	return out
}

// mostCandidates is how many articles are looked at as the one that a new one was copied
// from. Those that share the most marks come first.
const mostCandidates = 12

// sortPairs orders pairs by their articles.
func sortPairs(pairs []CopyPair) {
	slices.SortFunc(pairs, func(a, b CopyPair) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
}
