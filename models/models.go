// Package models holds the weights that ship with the program, each with its card.
//
// In goes the name of a model, out come its bytes, for the Load of its stage:
//
//	m, err := syntax.Load(models.Bytes("split"))
//
// "split" finds words and sentences and knows lemmas; "reader" is the encoder with the
// heads that parse and find statements; "names" is the second encoder with the taggers of
// names, "coref" ranks mentions; "syntax" and "quote" stand in the place of "reader" for
// --fast, and are packed, so that they take less room where they are not used.
package models

import "embed"

//go:embed */weights.bin
var files embed.FS

// Bytes returns the weights of a model, or nil if there are none of that name.
// They are not to be changed.
func Bytes(name string) []byte {
	b, err := files.ReadFile(name + "/weights.bin")
	if err != nil {
		return nil
	}
	return b
}
