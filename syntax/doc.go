// Package syntax turns text into sentences, words, tags, lemmas and trees.
//
// In goes a Doc with its text and blocks, out come Sentences and Tokens in the
// scheme of Universal Dependencies, English EWT and GUM: clitics are words of
// their own, hyphenated compounds are split, every token has UPOS, Penn tag,
// lemma, head and relation. Linear models split text; tags and trees are read from
// the encoder's vectors by small nets, or, where there are no vectors (--fast), by
// linear models again.
//
//	m, err := syntax.Load(models.Bytes("split"))
//	err = m.LoadHeads(f, encode.Dim)
//	m.Split(d)
//	e.Annotate(d) // the encoder
//	m.Parse(d)
//	for _, t := range d.Tokens {
//		fmt.Println(d.Slice(t.Span), t.UPOS, t.Rel)
//	}
//
// The steps, each in a file of its own: words.go splits white-space chunks where a
// classifier says so; sentences.go ends sentences likewise; lemmas.go looks up and
// applies suffix rules. From vectors, neural.go reads tags, scores each word as the head
// of each other (heads.go; Dozat and Manning 2017) and names the arcs of the best tree
// (spanning.go). Without, tags.go tags from left to right; parser.go is a greedy
// arc-hybrid parser trained with a dynamic oracle (Goldberg and Nivre 2013); marks.go
// hangs punctuation; labels.go names the arcs.
//
// What it gets wrong: attachment of prepositional phrases and coordination over
// long distances, sentence ends without any mark in web text, and relations with
// rare subtypes. Scores stand in RESULTS.md.
package syntax
