package quote

import "hearsay/doc"

// quotation says how far a content stands in its source's own words: direct where
// every word of it is inside quotation marks («"We left," he said»), mixed where
// some are («he said they "left"»), indirect where none is.
func (v *view) quotation(content []doc.Span) doc.Quotation {
	in, out := 0, 0
	for _, c := range content {
		r, ok := tokens(v.d, c)
		if !ok {
			continue
		}
		for i := r[0]; i < r[1]; i++ {
			switch {
			case v.d.Tokens[i].UPOS == "PUNCT":
			case v.quotes.Inside(i):
				in++
			default:
				out++
			}
		}
	}
	switch {
	case in == 0:
		return doc.Indirect
	case out == 0:
		return doc.Direct
	}
	return doc.Mixed
}

// sourceless says what stands behind a statement without a named source: nobody
// in particular where the cue is a passive or a noun («the plan was described as
// dead», «reports that …»), the reporter where the words are the article's own
// judgement («it is not yet clear whether», «there is little to indicate»).
func (v *view) sourceless(h int) doc.SourceKind {
	t := &v.d.Tokens[h]
	if t.UPOS == "ADJ" {
		return doc.Author
	}
	for c := v.first[h]; c >= 0; c = v.next[c] {
		if k := &v.d.Tokens[c]; k.Rel == "expl" && t.UPOS != "VERB" {
			return doc.Author
		}
	}
	if head := t.Head; head >= 0 && v.d.Tokens[head].UPOS == "ADJ" {
		return doc.Author // «little to indicate»
	}
	return doc.UnknownSource
}
