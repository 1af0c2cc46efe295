package quote

// runOn adds to statements the paragraphs that go on with their quotation. Each is
// nothing but a quotation, with no cue of its own, and follows the paragraph in
// which a quoted statement comes last, whether that left its quotation open or not:
//
//	"It was late," she said. "We waited.
//
//	"Nobody came."
func (v *view) runOn(all []found) {
	d := v.d
	owner := make(map[int]int) // block to the last outermost statement in it, -1 if its content is not quoted
	for i := range all {
		a := &all[i]
		if a.parent >= 0 {
			continue
		}
		owner[v.block(a.cue[0])] = -1
		for _, c := range a.content {
			if v.quotes.Inside(c[1]-1) || v.quotes.Inside(c[0]) {
				owner[v.block(a.cue[0])] = i
			}
		}
	}
	for s := 1; s < len(d.Sentences); s++ {
		b := d.Sentences[s].Block
		before := d.Sentences[s-1].Block
		if b == before {
			continue
		}
		i, ok := owner[before]
		if _, own := owner[b]; own || !ok || i < 0 || !d.Blocks[b].Kind.Prose() || b != before+1 {
			continue
		}
		first := d.Sentences[s].First
		_, last := blockTokens(d, b, s)
		if v.quotes.Mark(first) != markOpen {
			continue
		}
		if _, end := v.quotes.Span(first); end != last-1 {
			continue
		}
		all[i].content = append(all[i].content, [2]int{first, last})
		owner[b] = i
	}
}

// block returns the block that token i stands in.
func (v *view) block(i int) int { return v.d.Sentences[v.sent[i]].Block }
