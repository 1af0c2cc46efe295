// Package learn trains and runs the small models that the stages use.
//
// In go sparse features as 64-bit hashes, out come integer scores a class. A
// model is a table of rows, one a feature, with an int8 weight for every class.
// Training keeps averaged float weights; [Trainer.Freeze] prunes and quantises
// them, and the frozen [Linear] is laid out anew when its file is read; files that only
// --fast needs are packed (packed.go) and unpacked once at start. Scores are
// sums of int8 in int32, so they are the same on every processor. Nets stand in
// learn/net, their arithmetic in learn/kernel.
//
//	f := learn.Mix(learn.Template(1), learn.Hash("said"))
//	t := learn.NewTrainer(2)
//	t.Update([]uint64{f}, 1, +1)
//	m := t.Freeze(learn.Prune{})
//	m.Score([]uint64{f}, scores)
//
// What it gets wrong: a feature that the model does not have is taken for another about
// once in 8,000 times, since 15 bits of its hash are checked (32 in small models).
//
// Averaging follows Collins (2002), lazily with time stamps as in Daumé's thesis.
package learn
