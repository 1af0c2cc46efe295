// Package provenance says from how many independent origins a claim has come. It is the one
// place where sources are counted: whatever shows such a number calls [Trace].
//
// In go a claim, the articles that tell it and the pairs of them that share text; out comes
// a [Graph]. Its nodes are tellings (a statement in an article) and origins (an utterance, a
// document, an unnamed source as told to one outlet, what an outlet's own people saw); its
// edges carry evidence: copies, credits, cites, same utterance, revises. It is pure: no
// database, no clock, the same input gives the same graph.
//
//	copies := provenance.CopiesOf(articles)
//	g := provenance.Trace(provenance.Input{Claim: c, Articles: articles, Copies: copies, Outlet: known, State: states})
//	fmt.Println(g.Summary()) // 7 articles, 6 outlets, 2 origins, none shown independent
//
// Nothing counts as independent that is not shown to be: two speakers of different states
// or bodies, or unnamed sources whom state, body or role tell apart. Two people of one body
// are one position. Unnamed sources are never merged into a person, only taken as one
// origin where they spoke to one outlet and nothing tells them apart. A telling of which
// nothing says where it is from has no origin, and neither have those of a ring of outlets
// that cite each other.
//
// Copies are found with winnowed shingles ([Index]): each text is known by the least hash of
// every 32 runs of five words (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms
// for document fingerprinting", SIGMOD 2003). Each of these marks is a band of its own, so
// that a cut, re-headed or pasted-in passage is found as well as a whole copy, which MinHash
// bands of whole documents do not find. Words in quotation marks and stock passages (footers,
// background paragraphs that come back for more than a month) are no sign of a copy.
//
// Whom a telling is from says its statement, and beside it any outlet at hand that its sentence names.
// Whom a source speaks for say its own words or the knowledge base, never the article around it.
//
// What it gets wrong: a paraphrase without credit looks like a telling of its own, and a telling
// whose frame the reading does not know is missed. On made worlds in forms of attribution by another
// author the count of origins is exact in 70 of 100 claims and within one in all, and 11 of 100
// pairs shown independent are not; in those that served to build it 85 to 98 are exact and no such
// pair is wrong. Of real pairs of articles it finds nine in ten copies, and half of what it
// calls a copy only shares an outlet's own background.
package provenance
