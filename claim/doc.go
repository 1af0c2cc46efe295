// Package claim holds the unit of the ledger: an article with all that was read out of it,
// free of the Doc that it was read from, and the claims that articles tell.
//
// In goes a Doc and what page and feed said about it, out comes an [Article]: records of
// statements, entities and events that name each other by the ids of the reading ("s7",
// "e4"), with spans in bytes of the article's text. A [Claim] is the same proposition
// across articles, a [Telling] one statement of it.
//
//	a := claim.New(d, "https://example.org/story", claim.Evidence{Feed: feed})
//	for _, s := range a.Statements {
//		fmt.Println(s.Source.Text, s.Cue.Text, s.Words)
//	}
package claim
