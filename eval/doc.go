// Package eval scores what the stages read against what people marked.
//
// In go a folder laid out like corpora/ and a [Reader], out come rows of figures:
// precision, recall and F1 in percent with the number of gold items and a 95 %
// interval. Each dev article is read from its raw text (or, where a row says so,
// from gold words), and the predicted Doc is held against the gold Doc. An article
// gives whole counts; a figure is made of their sums, and its interval of the sums
// over articles drawn with replacement, always the same ones. Train parts are never
// opened. Nothing is copied from a corpus into a result but counts.
//
//	report, err := eval.Run(eval.Config{Corpora: "corpora"}, reader)
//	eval.WriteTable(os.Stdout, report.Rows)          // for a person
//	eval.WriteJSON(os.Stdout, report.Rows)           // for a program
//	eval.WriteResults("RESULTS.md", report, floors)  // beside the change that moved it
//
// Beside each figure stand a trivial baseline, worked out on the same articles, and,
// where Config.Fast is given, the value of a second reader. The scoring functions take
// Docs alone, so that a stage can be scored inside a test. Who the sources of PolNeAR's
// dev part are was labelled for this project (labels/, sources.go); two thirds of the
// articles were kept aside, and only they are scored unless Config.Open asks for the rest.
//
// What it cannot say: PolNeAR marks no nesting, addressees or kinds of quotation, so
// those are tested on sentences of our own; half of the cues found beyond the gold
// look like attributions that annotators missed, so precision is a lower bound.
//
// What scores are worth is told in ten bins (reliability.go), and what is left at four
// least scores beside the figures of all (minscore.go).
//
// Definitions: strict spans as in CofeNet (Wang et al., COLING 2022), words and
// sentences as in the CoNLL 2018 shared task, expected calibration error as in Naeini
// et al. (2015), percentile bootstrap (Efron 1979).
package eval
