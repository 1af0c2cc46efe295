// Package ingest takes articles in: collect, extract, read, claim, link, store, as one run
// that can be stopped or killed at any moment and goes on where it was.
//
// In goes the name of a source (a file, a folder, an archive, lines, a feed, an address),
// out come rows of a ledger. Pages are collected one after another, read by several jobs at
// once, and stored in the order in which they were collected, many to a transaction. The
// place behind the last of them is kept by the same transaction, so that after a kill the
// next run neither reads again what was stored nor leaves out what was not. A page that
// cannot be read is told and recorded; the rest goes on.
//
// Statements are linked to those of articles published in days close by. The index of these
// (claim.Linker) is filled from the ledger for the days that a run meets, each once, so that
// the cost of an article does not grow with the ledger. Copies of a text are found by marks
// in the ledger; see [Copies].
//
//	in := ingest.New(ingest.Config{Ledger: l, Reader: r, Collector: c, Jobs: 2})
//	tally, err := in.Source(ctx, "articles/")
//	fmt.Println(tally.Stored, tally.Statements, tally.Failed, err)
//
// What it gets wrong: an address is one article whatever it is asked with, so a page that
// lives at two addresses is two articles, and copies of each other; a claim's later tellings are
// weighed against the claim as it was then, so that the order of articles has a say in what becomes one claim.
package ingest
