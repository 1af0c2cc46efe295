package eval

import "hearsay/doc"

// goldWordMetrics are the figures on gold sentences and words, rawMetrics those from
// raw text.
var (
	goldWordMetrics = []string{"UPOS", "XPOS", "lemmas", "UAS", "LAS"}
	rawMetrics      = []string{"words", "sentences"}
)

// GoldWordCounts scores the tags, lemmas and trees of one document whose sentences
// and words are the gold ones, in the order of goldWordMetrics. Relations count with
// their subtypes and punctuation counts; a gold lemma "_" marks none and takes any.
// pred must have as many tokens as gold.
func GoldWordCounts(gold, pred *doc.Doc) []Count {
	n := len(gold.Tokens)
	counts := make([]Count, len(goldWordMetrics))
	for m := range counts {
		counts[m] = Count{0, n, n}
	}
	for i, g := range gold.Tokens {
		p := pred.Tokens[i]
		for m, right := range []bool{g.UPOS == p.UPOS, g.XPOS == p.XPOS, g.Lemma == p.Lemma || g.Lemma == "_",
			g.Head == p.Head, g.Head == p.Head && g.Rel == p.Rel} {
			if right {
				counts[m].Right++
			}
		}
	}
	return counts
}

// RawCounts scores the words and sentences read from the raw text of one document,
// in the order of rawMetrics: the same span is right. Words that share a span, as
// those of "dunno" do, are right where the prediction has as many of them.
func RawCounts(gold, pred *doc.Doc) []Count {
	words := func(d *doc.Doc) map[doc.Span]int {
		at := map[doc.Span]int{}
		for _, t := range d.Tokens {
			at[t.Span]++
		}
		return at
	}
	g, p := words(gold), words(pred)
	c := Count{Gold: len(gold.Tokens), Pred: len(pred.Tokens)}
	for span, n := range g {
		if p[span] == n {
			c.Right += n
		}
	}
	sentences := func(d *doc.Doc) map[doc.Span]bool {
		at := map[doc.Span]bool{}
		for _, s := range d.Sentences {
			at[s.Trim(d.Text)] = true
		}
		return at
	}
	return []Count{c, common(sentences(gold), sentences(pred))}
}
