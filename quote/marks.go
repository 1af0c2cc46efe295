package quote

import "hearsay/doc"

// What a token is as a quotation mark.
const (
	markNone uint8 = iota
	markOpen
	markClose
)

// quotes says for every token whether it stands inside quotation marks. A mark
// counts as inside. Quotations end with their block at the latest; a mark that
// finds no partner in its block leaves the rest of the block quoted if it opens
// one ("We waited. ¶ "Nobody came."), and is no mark if it closes one.
type quotes struct {
	mark   []uint8
	spans  []quoteSpan
	within []int32 // index into spans, -1 outside
}

// quoteSpan is a quotation: tokens first to last, marks included.
type quoteSpan struct {
	first, last int32
	closed      bool
}

// Mark returns markOpen, markClose or markNone for a token.
func (q *quotes) Mark(i int) uint8 { return q.mark[i] }

// Inside says whether token i stands in a quotation.
func (q *quotes) Inside(i int) bool { return q.within[i] >= 0 }

// Closed says whether the quotation around token i has a closing mark.
func (q *quotes) Closed(i int) bool { return q.within[i] >= 0 && q.spans[q.within[i]].closed }

// Span returns the first and last token of the quotation around token i.
func (q *quotes) Span(i int) (first, last int) {
	s := q.spans[q.within[i]]
	return int(s.first), int(s.last)
}

// The shapes of quotation marks: which characters may open, close, or both.
const (
	shapeBoth = iota + 1
	shapeOpen
	shapeClose
	shapeSingleOpen
	shapeSingleClose
	shapeSingleBoth
)

func markShape(s string) int {
	switch s {
	case `"`:
		return shapeBoth
	case "“", "„", "«", "``":
		return shapeOpen
	case "”", "»", "''":
		return shapeClose
	case "‘", "`":
		return shapeSingleOpen
	case "’":
		return shapeSingleClose
	case "'":
		return shapeSingleBoth
	}
	return 0
}

// findQuotes pairs the quotation marks of each block in one pass.
func findQuotes(d *doc.Doc) *quotes {
	n := len(d.Tokens)
	q := &quotes{mark: make([]uint8, n), within: make([]int32, n)}
	for i := range q.within {
		q.within[i] = -1
	}
	for s := 0; s < len(d.Sentences); {
		first, b := d.Sentences[s].First, d.Sentences[s].Block
		for s < len(d.Sentences) && d.Sentences[s].Block == b {
			s++
		}
		q.pair(d, first, d.Sentences[s-1].Last)
	}
	return q
}

// pair finds the quotations among the tokens of one block.
func (q *quotes) pair(d *doc.Doc, first, last int) {
	open, single := -1, false
	for i := first; i < last; i++ {
		if d.Tokens[i].End-d.Tokens[i].Begin > 3 {
			continue
		}
		shape := markShape(d.Word(i))
		switch {
		case shape == 0:
		case open < 0:
			switch {
			case shape == shapeOpen,
				shape == shapeBoth && (spaceBefore(d, i) || !spaceAfter(d, i) || i == first):
				open, single = i, false
			case (shape == shapeSingleOpen || shape == shapeSingleBoth) && spaceBefore(d, i) && !spaceAfter(d, i) &&
				closesSingle(d, i, last):
				open, single = i, true
			}
		case single:
			if shape == shapeSingleClose || shape == shapeSingleBoth && endsSingle(d, i) {
				q.add(open, i, true)
				open = -1
			}
		case shape == shapeClose, shape == shapeBoth:
			q.add(open, i, true)
			open = -1
		case shape == shapeOpen && i > open+1:
			// A second opening mark: the first was never closed.
			q.add(open, i-1, false)
			open = i
		}
	}
	if open >= 0 && !single {
		q.add(open, last-1, false)
	}
}

func (q *quotes) add(first, last int, closed bool) {
	q.spans = append(q.spans, quoteSpan{int32(first), int32(last), closed})
	for i := first; i <= last; i++ {
		q.within[i] = int32(len(q.spans) - 1)
	}
	q.mark[first] = markOpen
	if closed {
		q.mark[last] = markClose
	}
}

func spaceBefore(d *doc.Doc, i int) bool {
	return i == 0 || d.Tokens[i-1].End < d.Tokens[i].Begin || d.Word(i-1) == "(" || d.Word(i-1) == "—" || d.Word(i-1) == "–"
}

func spaceAfter(d *doc.Doc, i int) bool {
	return i+1 == len(d.Tokens) || d.Tokens[i].End < d.Tokens[i+1].Begin
}

// endsSingle tells a closing ' from the apostrophe of «the allies' plan»: it
// follows punctuation, or no word follows it at once.
func endsSingle(d *doc.Doc, i int) bool {
	return i > 0 && (d.Tokens[i-1].UPOS == "PUNCT" || d.Tokens[i].XPOS != "POS") && !spaceBefore(d, i)
}

// closesSingle says whether a single quotation opened at token i ends within 60
// tokens of its block.
func closesSingle(d *doc.Doc, i, last int) bool {
	for k := i + 2; k < min(last, i+60); k++ {
		switch markShape(d.Word(k)) {
		case shapeSingleClose, shapeSingleBoth:
			if endsSingle(d, k) {
				return true
			}
		case shapeBoth, shapeOpen, shapeClose:
			return false
		}
	}
	return false
}
