// Package models holds the weights that ship with the program, each with its card.
//
// In goes the name of a model, out come its bytes, for the Load of its stage:
//
//	m, err := syntax.Load(models.Bytes("split"))
//
// "split" finds words and sentences and knows lemmas; "reader" is the encoder with the
// heads that parse and find statements; "names" is the second encoder with the taggers of
// names, "coref" ranks mentions, "certainty" says degrees of certainty, "event" tells classes
// of events apart; "syntax" and "quote" stand in the place of "reader" for
// --fast, and are packed, so that they take less room where they are not used.
package models

import _ "embed"

// The weights lie in the program file and are read where they lie: a copy of them would
// cost more than all else that a start does.
var (
	//go:embed split/weights.bin
	split []byte
	//go:embed reader/weights.bin
	reader []byte
	//go:embed names/weights.bin
	names []byte
	//go:embed coref/weights.bin
	coref []byte
	//go:embed certainty/weights.bin
	certainty []byte
	//go:embed event/weights.bin
	event []byte
	//go:embed syntax/weights.bin
	syntax []byte
	//go:embed quote/weights.bin
	quote []byte
)

// Bytes returns the weights of a model, or nil if there are none of that name.
// They are not to be changed.
func Bytes(name string) []byte {
	switch name {
	case "split":
		return split
	case "reader":
		return reader
	case "names":
		return names
	case "coref":
		return coref
	case "certainty":
		return certainty
	case "event":
		return event
	case "syntax":
		return syntax
	case "quote":
		return quote
	}
	return nil
}
