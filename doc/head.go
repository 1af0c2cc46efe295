package doc

import "sort"

// Within returns the tokens [first, last) that a span touches; none where first is last.
func (d *Doc) Within(s Span) (first, last int) {
	first = sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > s.Begin })
	for last = first; last < len(d.Tokens) && d.Tokens[last].Begin < s.End; last++ {
	}
	return first, last
}

// HeadOf returns the token of a span that the others depend on: the first that hangs from
// outside the span and is no punctuation, preposition or conjunction, or else its first;
// -1 where the span has no token.
func (d *Doc) HeadOf(s Span) int {
	first, last := d.Within(s)
	for i := first; i < last; i++ {
		t := &d.Tokens[i]
		if (t.Head < first || t.Head >= last) && t.UPOS != "PUNCT" && t.Rel != "case" && t.Rel != "cc" && t.Rel != "mark" {
			return i
		}
	}
	if first < last {
		return first
	}
	return -1
}
