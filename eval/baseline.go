package eval

import (
	"strings"

	"hearsay/doc"
)

// The trivial readings that figures are held against. They stand on the articles that
// are measured and on nothing else, so constants are the best ones for that gold.

// sayVerbs are the lemmas that the trivial reading takes for cues.
var sayVerbs = map[string]bool{"say": true, "tell": true, "add": true, "claim": true, "argue": true,
	"announce": true, "report": true, "state": true, "write": true, "believe": true, "think": true, "ask": true}

// sayBaseline reads an article with one rule: a verb of saying is a cue, its subject
// is the source, and the rest of its sentence is the content.
//
//	[The minister] [said] [on Monday that talks had failed.]
func sayBaseline(d *doc.Doc) (out []doc.Statement) {
	for _, s := range d.Sentences {
		for v := s.First; v < s.Last; v++ {
			if d.Tokens[v].UPOS != "VERB" || !sayVerbs[d.Tokens[v].Lemma] {
				continue
			}
			for t := s.First; t < s.Last; t++ {
				if d.Tokens[t].Head != v || !strings.HasPrefix(d.Tokens[t].Rel, "nsubj") {
					continue
				}
				src := subtree(d, s, t)
				st := doc.Statement{Parent: -1, Source: doc.Source{Span: src}, Cue: doc.Cue{Spans: []doc.Span{d.Tokens[v].Span}}}
				st.Content = without([]doc.Span{s.Span}, src)
				st.Content = without(st.Content, d.Tokens[v].Span)
				out = append(out, st)
				break
			}
		}
	}
	return out
}

// subtree returns the span from the first to the last token that hangs from head.
func subtree(d *doc.Doc, s doc.Sentence, head int) doc.Span {
	span := d.Tokens[head].Span
	for t := s.First; t < s.Last; t++ {
		up, steps := t, 0
		for up != head && up >= 0 && steps < s.Last-s.First {
			up = d.Tokens[up].Head
			steps++
		}
		if up == head {
			span.Begin, span.End = min(span.Begin, d.Tokens[t].Begin), max(span.End, d.Tokens[t].End)
		}
	}
	return span
}

// without cuts a hole out of spans.
func without(spans []doc.Span, hole doc.Span) (out []doc.Span) {
	for _, s := range spans {
		for _, part := range []doc.Span{{Begin: s.Begin, End: min(s.End, hole.Begin)}, {Begin: max(s.Begin, hole.End), End: s.End}} {
			if !part.Empty() {
				out = append(out, part)
			}
		}
	}
	return out
}

// chainBaseline gives every word the tags and relation most frequent in the gold, its
// lower-case form as its lemma, and the word before it as its head.
func chainBaseline(gold []*doc.Doc) []*doc.Doc {
	counts := [3]map[string]int{{}, {}, {}}
	for _, d := range gold {
		for _, t := range d.Tokens {
			counts[0][t.UPOS]++
			counts[1][t.XPOS]++
			if t.Head >= 0 {
				counts[2][t.Rel]++
			}
		}
	}
	upos, xpos, rel := most(counts[0]), most(counts[1]), most(counts[2])
	docs := goldWords(gold)
	for _, d := range docs {
		for _, s := range d.Sentences {
			for t := s.First; t < s.Last; t++ {
				tok := &d.Tokens[t]
				tok.UPOS, tok.XPOS, tok.Rel, tok.Lemma = upos, xpos, rel, strings.ToLower(d.Word(t))
				if t > s.First {
					tok.Head = t - 1
				} else {
					tok.Rel = "root"
				}
			}
		}
	}
	return docs
}

// most returns the most frequent key, the first in order of several.
func most(counts map[string]int) (best string) {
	for k, n := range counts {
		if n > counts[best] || n == counts[best] && k < best {
			best = k
		}
	}
	return best
}

// spaceBaseline splits words at white space and sentences after ".", "!" or "?" and
// at blank lines.
func spaceBaseline(gold []*doc.Doc) []*doc.Doc {
	docs := bare(gold)
	for _, d := range docs {
		at := 0
		for _, para := range strings.SplitAfter(d.Text, "\n\n") {
			begin := -1
			var word doc.Span
			for _, w := range strings.Fields(para) {
				word.Begin = at + strings.Index(d.Text[at:], w)
				word.End = word.Begin + len(w)
				at = word.End
				d.Tokens = append(d.Tokens, doc.Token{Span: word})
				if begin < 0 {
					begin = word.Begin
				}
				if strings.ContainsAny(w[len(w)-1:], ".!?") {
					d.Sentences = append(d.Sentences, doc.Sentence{Span: doc.Span{Begin: begin, End: word.End}})
					begin = -1
				}
			}
			if begin >= 0 {
				d.Sentences = append(d.Sentences, doc.Sentence{Span: doc.Span{Begin: begin, End: word.End}})
			}
		}
	}
	return docs
}
