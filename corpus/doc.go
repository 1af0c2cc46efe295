// Package corpus reads gold formats into doc.Doc.
//
// In goes a folder or file in its native format, out come Docs whose text and
// gold layers are those of the annotators: [PolNeAR] fills Statements, [CoNLLU]
// Sentences and Tokens, and of GUM Mentions and Entities; [UNER], [CrossNER] and
// [Worldwide] fill Names, [TimeML] Times, [Geo] Places, [Factuality] and [MEANTIME] the
// Heads and the author's Factuality of Events, [AllSides], [Stories] and [ECBPlus] the text
// and Meta alone. [GAP] gives pronouns with two names each. Layers that a corpus does not mark
// stay empty, for a stage to fill.
//
//	docs, err := corpus.PolNeAR("corpora/polnear/dev")
//	for _, s := range docs[0].Statements {
//		fmt.Println(docs[0].Slice(s.Cue.Spans[0]))
//	}
//
// Offsets become bytes here: brat counts code points. Any error names the file and
// line, and nothing is guessed: a gold file that contradicts itself is refused.
//
// What it leaves out: PolNeAR's Discard spans, and the second and later
// annotators of an article; CoNLL-U's empty nodes, features and enhanced graphs; what
// GUM says of a mention beside its group and type; names of dates and amounts; of nested
// time expressions the inner ones. Text whose spaces a file does not tell is spaced as
// news is printed. Formats: brat standoff (https://brat.nlplab.org/standoff.html), CoNLL-U
// (https://universaldependencies.org/format.html), IOB2 (Tjong Kim Sang and Veenstra,
// EACL 1999), GAP (Webster et al., TACL 2018), TimeML 1.2.1 (http://timeml.org).
package corpus
