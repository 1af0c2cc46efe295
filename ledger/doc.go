// Package ledger keeps articles, what was read out of them and the claims that they tell, in
// a file of SQLite or a database of PostgreSQL, and finds them again.
//
// In go a [claim.Article] with its page as it came, links between statements, a person's
// corrections, the state of feeds and of runs. Out come articles, statements, sources and
// claims, as they are known now or were known at any earlier moment.
//
// The ledger forgets nothing: an article is named by its content, so that the same one twice
// changes nothing; a new text under a known locator is a revision; a new reading is appended
// and takes the place of the old from then on; a correction is a row that wins over every
// reading. Each row that can be superseded says since and until when it was what was known,
// and a [View] picks those of its moment. The one exception is [Ledger.Redact].
//
//	l, err := ledger.Open(ctx, "") // or a path, or postgres://…
//	out, err := l.Put(ctx, ledger.Item{Article: a, Raw: page})
//	r, err := l.Now().Find(ctx, ledger.Filter{Query: `"military assistance" -denied`, Kinds: []string{"anonymous"}})
//	p, err := l.AsOf(day).Article(ctx, r.Hits[0].Article)
//	id, err := l.Merge(ctx, oneClaim, another, "Jane Roe", "the same announcement")
//
// # What is a row and what is not
//
// An article with one reading of it is one compressed frame (frame.go), because it is read
// whole and written once. Of a statement there is a row with four numbers, and beside it
// an entry in a full-text index, which holds the statement's words and, as words of one more
// column, its facets: kind of source, affiliation, outlet, countries, events, sides,
// certainty (entry.go). So every filter is one more word of the same query, and the index
// never hands out what a filter would drop. Numbers begin with the day of publication: newest
// first is the order of the index, a stretch of days is a stretch of numbers, and a page
// after another begins at a number. Nothing is counted or sorted before it is shown, but for
// the order of rank, which is that of the 1,000 newest that fit.
//
// A statement keeps its id through readings (reread.go): the statements of a new reading are
// paired with those of the old by where their words stand in the text. Links and corrections
// therefore name an article and a statement's id, and hold.
//
// Writers take turns, in PostgreSQL too: each transaction begins by locking the row of head, so
// that moments rise in the order in which transactions are stored, even where the clock goes
// back. Calls of [Ledger.Put] at the same time share a transaction (group.go).
//
// # Tables
//
// Both databases have the same tables (migrations), but for the two full-text indexes.
// Moments are microseconds since 1970. A name in brackets is of a row elsewhere.
//
//	head        one row: the last moment, the last numbers given to articles and statements
//	raw         hash, media, size, recorded, body: pages as they came, compressed with zstd
//	article     id (days since the year 1 << 43 | a number), name ("a…", of locator and text),
//	            locator, outlet, title, published, fetched, text_hash, raw_hash [raw], recorded,
//	            before [article] of which it is a revision, replaced: since when a later text is known,
//	            reading: the newest, labels: the highest statement id given
//	reading     [article], number, reader, recorded, frame
//	statement   id (as an article's), [article], [reading], label (7 of "s7"), since, until:
//	            a row for each form in which it was known: each reading, each correction
//	statement_find, article_find
//	            the full-text index: FTS5 without content, or a tsvector with GIN; rowid is the id
//	mark        hash, [article], label (0 is the article itself): what candidates for links
//	            and copies are found by
//	link        two statements (a, b), score, evidence (JSON), person ("machine"), recorded,
//	            until; the score 0 parts them, by a person's word
//	telling     a claim, named by its first telling, and a statement in it, since, until; a
//	            statement that nothing joins has none
//	correction  [article], label, what, value (JSON), person, reason, recorded
//	redaction   name, text_hash, raw_hash, person, reason, recorded
//	feed        address, schedule and health of a source that is polled
//	task        run, name, payload, state (waiting, taken, done, failed), tries, due, problem
//	checkpoint  name, value
//
// # What it gets wrong
//
// A page that goes back to an earlier text stays at the later one, because the earlier is
// known and changes nothing. Articles, other than statements, are found by the index of their
// newest reading also in views of earlier days. A statement whose cue and content both moved
// in a new reading is taken for another one, and what a person said of it stays behind, shown
// with the statement as it was. Of a text only the first 60,000 words are indexed, and
// PostgreSQL finds phrases only in the first 16,000. Several sides of one event are looked for
// apart and then checked one by one, which is slow where many statements have all of them in
// different events.
//
// With 40,000 articles of 960 words and 30 statements (BenchmarkGrow) an article takes 3 to 5 ms
// of processor time to store, whatever the size, and 24 KB on disk; 1 to 2 ms to open; a page of
// 20 found 5 to 30 ms, by rank 40 to 100 where each word is in a tenth of all statements. PostgreSQL
// takes twice the room.
package ledger
