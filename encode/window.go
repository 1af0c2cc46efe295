package encode

import "hearsay/doc"

// windowSize is how many tokens a window has at most, but for a single sentence.
const windowSize = 256

// windows appends the windows of d, which hold all of its tokens. They end at blocks
// where they can.
func windows(d *doc.Doc, out []doc.Window) []doc.Window {
	from := 0
	for from < len(d.Sentences) {
		to, block := from, from // sentences up to to fit; up to block, whole blocks do
		size := 0
		for to < len(d.Sentences) {
			s := d.Sentences[to]
			if size += s.Last - s.First; size > windowSize && to > from {
				break
			}
			to++
			if to == len(d.Sentences) || d.Sentences[to].Block != s.Block {
				block = to
			}
		}
		// A block that does not fit is cut only if it would not fit a window of its own
		// either, or most of the window would stay empty.
		if block > from && d.Sentences[block-1].Last-d.Sentences[from].First >= windowSize/4 {
			to = block
		}
		out = append(out, doc.Window{Doc: d, First: d.Sentences[from].First, Last: d.Sentences[to-1].Last})
		from = to
	}
	return out
}

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
