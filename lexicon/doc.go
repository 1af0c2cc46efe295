// Package lexicon holds word lists as data files that a reader can check.
//
// In goes a word, out comes what the lists say of it. Each file is plain text,
// sorted, one entry a line, its source and licence in the header; a test lints
// them for order, duplicates and unknown codes.
//
//	lexicon.CueClass("warn", "VERB") // "warn"
//
// What it gets wrong: a word has one class, so "find" is always what a study or a
// court does, never what a searcher does.
package lexicon
