// Package read runs the stages on an article and writes its reading.
//
// In goes a file's bytes, out comes the Doc with all layers filled, and from it
// JSON for programs ([JSON], the schema hearsay/reading/1), text for a person ([Text]),
// or the cast: who said what, how often ([Cast]).
//
// The stages run in a fixed order in a plain function: extract, words and sentences of
// syntax, encode, trees of syntax, names of entity, quote, coreference of entity, kinds of
// source of quote, times, places, events, certainty. Each finds in the Doc what those before
// it wrote. With Config.Fast, linear models and rules take the place of encode and of the
// heads that read its vectors. An article that is not in English is not read: its language
// is set and it has no statements.
//
//	r, err := read.New(read.Config{})
//	d, err := r.Article("story.txt", raw, read.Options{})
//	err = read.Text(os.Stdout, d, read.TextOptions{Width: 80})
//
// What it gets wrong is what the stages get wrong; RESULTS.md has their scores. A
// text that mixes languages is read or left as a whole. Marks of statements whose
// parts cross are closed and opened again where they do.
//
// Offsets leave the program as code points, as in the W3C Web Annotation model.
package read
