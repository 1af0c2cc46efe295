// Package world makes small worlds of reporting of which the truth is known: who told what
// to which outlet, which article was copied or cited by which, and so from how many origins
// each claim has come. They serve to score the counting of origins, for which no corpus
// exists.
//
// In go a set of templates and a seed, out comes a [World]: articles with their first lines
// of JSON and the truth, in the layout of FORMATS (worlds/dev/NAME/). All in it is invented
// but for the names of states.
//
//	set, err := world.Templates("folder")
//	w := set.Make(7)
//	err = w.Write("worlds/dev/w7")
//
// The truth is drawn first: origins, and tellings that come from them at first hand, by
// copying (whole, cut, under another head, with or without a credit line), by citing, from
// the same briefing; rings of outlets that cite each other, chains along which "may" becomes
// "is", denials, and articles that say it and name nobody. Then each telling is written from
// a template. Truth has only what the text gives evidence for: two officials of whom nothing
// is told but that they are officials are "unknown" to each other, though the world knows
// that they are two.
//
// What it lacks: worlds have one claim each, written in sentences of few kinds; real reports
// mix claims and err in more ways.
//
// Templates are text files; see templates/README.md.
package world
