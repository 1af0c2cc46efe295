// Package certainty says how sure each holder is of what is told.
//
// In goes a Doc with trees, statements and events, out come their Commitments: for the source
// of a statement, the sources of those around it and the author, a value of FactBank (CT+ …
// UU), a degree from -3 to 3, and the chain of words that made it.
//
// The chain is worked out by rules over the tree. From the word that tells the content or the
// event the tree is climbed to where the holder speaks; on the way each sign is an operator
// that turns how sure the holder is of the clause outside into how sure it is of the scope
// inside: a negation turns, "may" weakens, "managed to" passes on and "refused to" turns,
// "knew that" takes for granted, and what others say or want binds nobody but them. The words
// stand in lexicon/certainty.txt, each with its two values (with and without a negation) and
// an example; constructions (conditions, questions, purposes, what a noun takes for granted)
// stand beside their examples in this package. A small net (network.go) over the encoders'
// vectors and the signs says degrees; it moves a degree within the value that the rules
// give.
//
//	m, err := certainty.Load(models.Bytes("certainty"), encode.Dim)
//	m.Annotate(d)
//	for _, c := range d.Statements[0].Factuality {
//		fmt.Println(c.Holder, c.Value, c.Degree, c.Signs)
//	}
//
// A value is FactBank's: of the event that the content's main word tells, so "the talks did
// not fail" said by an aide is CT- of the failing. A saying that is only likely or planned
// changes nothing for its source: "China would likely deny it" is CT- for China. Who reports
// it is UU, unless the cue takes it for granted ("knew", "confirmed", "have shown").
//
// What it gets wrong: what the parser gets wrong, above all nouns after "of" before a verb;
// relative clauses are always taken for facts; a noun without an article is taken for one
// where it is a subject. Ambiguous words have one entry for each frame ("would" is a future).
// Dev, Pearson's r in percent: UW 79 (rules alone 69), UDS-IH2 77 (rules alone 42). MEANTIME,
// macro-F1 of values: 45; values worked out from the net's degrees alone come to 34, and letting
// the net overrule the rules where it is sure of the contrary changes nothing, so it may not.
//
// Values: Saurí and Pustejovsky, FactBank (2009); operators with two signatures: Nairn,
// Condoravdi and Karttunen (2006), Karttunen (2012); degrees: Lee et al., Event Detection and
// Factuality Assessment (EMNLP 2015), Rudinger et al., Neural Models of Factuality (NAACL 2018).
package certainty
