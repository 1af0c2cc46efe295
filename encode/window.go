package encode

import "hearsay/doc"

// lay adds the rows of a window's words to b as a sequence, with a mark before each
// block, and appends to rows which row of the sequence each token is.
func lay(w doc.Window, v *vocab, b *batch, rows []int) []int {
	block, sent := -1, sentenceOf(w.Doc, w.First)
	var ids [2 + 2*longestAffix]uint32
	for i := w.First; i < w.Last; i++ {
		for i >= w.Doc.Sentences[sent].Last {
			sent++
		}
		if s := w.Doc.Sentences[sent]; s.Block != block {
			block = s.Block
			ids[0] = rowParagraph
			b.word(ids[:1])
		}
		rows = append(rows, len(b.offsets)-1)
		b.word(v.rows(w.Doc.Word(i), ids[:0]))
	}
	b.end()
	return rows
}

// sentenceOf returns the sentence that token i stands in.
func sentenceOf(d *doc.Doc, i int) int {
	lo, hi := 0, len(d.Sentences)-1
	for lo < hi {
		if mid := (lo + hi + 1) / 2; d.Sentences[mid].First <= i {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}
