// Package corpus reads gold formats into doc.Doc.
//
// In goes a folder or file in its native format, out come Docs whose text and
// gold layers are those of the annotators: [PolNeAR] fills Statements, [CoNLLU]
// fills Sentences and Tokens, [AllSides] the text and Meta alone. Layers that a
// corpus does not mark stay empty, for a stage to fill.
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
// annotators of an article; CoNLL-U's empty nodes, features and enhanced graphs.
// Formats: brat standoff (https://brat.nlplab.org/standoff.html), CoNLL-U
// (https://universaldependencies.org/format.html).
package corpus
