// Package syntax turns text into sentences, words, tags, lemmas and trees.
//
// In goes a Doc with its text and blocks, out come Sentences and Tokens in the
// scheme of Universal Dependencies, English EWT and GUM: clitics are words of
// their own, hyphenated compounds are split, every token has UPOS, Penn tag,
// lemma, head and relation. All models are linear, trained as averaged
// perceptrons and read as int8.
//
//	m, err := syntax.Load(models.Bytes("split"))
//	err = m.LoadLinear(models.Bytes("syntax"))
//	m.Annotate(d)
//	for _, t := range d.Tokens {
//		fmt.Println(d.Slice(t.Span), t.UPOS, t.Rel)
//	}
//
// The steps, each in a file of its own: words.go splits white-space chunks where a
// classifier says so; sentences.go ends sentences likewise; tags.go tags from left
// to right; lemmas.go looks up and applies suffix rules; parser.go is a greedy
// arc-hybrid parser trained with a dynamic oracle (Goldberg and Nivre 2013), with
// single-rooted trees; labels.go names the arcs.
//
// What it gets wrong: attachment of prepositional phrases and coordination over
// long distances, sentence ends without any mark in web text, and relations with
// rare subtypes. Scores stand in RESULTS.md.
package syntax
