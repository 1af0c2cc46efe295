package doc

// Window is a run of whole sentences that is read at once: tokens [First, Last).
type Window struct {
	Doc         *Doc
	First, Last int
}

// windowSize is how many tokens a window has at most, but for a single sentence.
const windowSize = 256

// Windows appends the windows of d, which hold all of its tokens. They end at blocks
// where they can.
func (d *Doc) Windows(out []Window) []Window {
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
		out = append(out, Window{Doc: d, First: d.Sentences[from].First, Last: d.Sentences[to-1].Last})
		from = to
	}
	return out
}
