// Package quote finds statements: who said what to whom.
//
// In goes a Doc with blocks, sentences and trees, out come Statements: attribution
// relations of source, cue and content as in PolNeAR (Newell et al. 2018), nested,
// with addressee, kind of quotation and grammatical negation.
//
//	m, err := quote.LoadHeads(f, encode.Dim)
//	m.Annotate(d) // d has the encoder's vectors
//	for _, s := range d.Statements {
//		fmt.Println(d.Slice(s.Source.Span), d.Slice(s.Cue.Spans[0]))
//	}
//
// A net over the encoder's vectors finds the heads of cues (heads.go, neural.go,
// forms.go). For each, every token of its paragraph gets a role seen from that cue, the
// best sequence with at most one source and three fragments of content (decode.go),
// trained as a conditional random field (crf.go). A linear model teaches the net which
// tokens inside contents are cues, for no annotator marked them. With --fast a linear
// classifier (cue.go) and a structured perceptron (roles.go, train.go) take their place.
// What stands in another's content is nested and looked for again inside it (nest.go);
// quotations run on through paragraphs (paragraphs.go). Kind, addressee and negation are
// rules, each beside its example. A statement's probability becomes its score by a map
// fitted on articles kept aside, so that of all with a score of 0.8 readers mark about
// eight in ten (calibrate.go). Once it is known who is meant, Who says of each source of
// what kind it is (sourcekind.go), for which state or body it speaks, how it knows and on
// what terms it speaks (terms.go): rules over trees, nouns and the knowledge base.
//
// What it gets wrong: nouns and adjectives as cues are missed more often than verbs,
// colons mostly; contents end too early or late at relative clauses and trailing
// adverbials; statements nested in direct speech can be cut oddly, for no corpus
// marks them. testdata/known-failures.txt lists sentences; on PolNeAR dev strict F1
// is 80.4 for sources, 73.7 for cues, 68.7 for contents (RESULTS.md). Of sources, documents
// whose issuer stands elsewhere and lawmakers called by their party are given to nobody or
// to the party.
package quote
