// Package encode turns words into vectors that all later stages read.
//
// In goes a Doc with sentences and tokens, out come [doc.Vectors]: for each token
// what is known of it in its place. One pass serves tags, trees and statements; a second
// encoder over the same rows of words ([Model.LoadSecond]) serves names and coreference,
// so that learning these does not move the others (design/entity.md).
//
// A word is the sum of rows of a table: its own, those of its shape, of its beginnings
// and of its ends. A stack of recurrent layers reads on from the left and another from
// the right; both are learnt from raw news by guessing each word from what the one has
// read before it and the other after it ([Pretrain]). Then both sides are narrowed to
// one vector, and layers in both directions run over it; these are learnt together with
// the heads of the stages ([Trainer]), while what raw news taught goes on learning slowly.
//
//	f, err := encode.Read(models.Bytes("reader"))
//	e, err := encode.Load(f)
//	splitter.Split(d)
//	e.Annotate(d)
//	parser.Parse(d)
//
// Weights and what passes between layers are int8, sums int32, and what is float adds in
// one fixed order: the same bytes come out on every processor.
//
// What it gets wrong: a window has 256 tokens, and nothing is known across its border.
// It has seen news of the United States from 2012 to 2020, so newer names are strange to
// it. design/reader.md has its measures.
//
// Units are those of Lei et al., Simple Recurrent Units for Highly Parallelizable
// Recurrence (EMNLP 2018); guessing words from both sides follows Baevski et al.,
// Cloze-driven Pretraining of Self-attention Networks (EMNLP 2019).
package encode
