// Package read runs the stages on an article and writes its reading.
//
// In goes a file's bytes, out comes the Doc with all layers filled, and from it
// JSON ([JSON], the schema hearsay/reading/1) or text for a person ([Text]).
//
//	r, err := read.New()
//	d, err := r.Article("story.txt", raw, read.Options{})
//	err = read.Text(os.Stdout, d, read.TextOptions{Width: 80})
//
// The stages run in a fixed order in a plain function: extract, syntax, quote. An
// article that is not English is not read: its language is set and it has no
// statements.
package read
