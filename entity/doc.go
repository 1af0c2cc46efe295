// Package entity finds who and what an article speaks of: names, whatever refers to the
// same, and who that is.
//
// In goes a Doc with trees, the vectors of both encoders and, for Link, Statements; out
// come Names, Mentions and Entities. "He", "the official", "the ministry" and "Moscow"
// become somebody, as far as the article and the tables tell.
//
//	m, err := entity.Load(names, encode.Dim, kb.Shipped())
//	err = m.LoadLinks(models.Bytes("coref"), encode.Dim)
//	m.Names(d)
//	quotes.Annotate(d) // the statements: who speaks as "I"
//	m.Link(d)
//	fmt.Println(d.Entities[d.Mentions[0].Entity].Name)
//
// Names are tags on words, of a conditional random field (crf.go, tagger.go) over the
// second encoder's vectors and signs of the word (signs.go), of which the tables' word on it
// is one (known.go). A second opinion over the first encoder's vectors, which has also heard
// what raw news makes of the word (opinion.go, heard.go), is added to it. Corpora mark
// different types: where a word may have several tags, all that agree with what was marked
// count. A town and its state without a comma are two names (town.go).
//
// Every pronoun, name and noun phrase of the trees is a mention (mention.go); a pronoun
// that comes before its subject waits for it. For each in order a small net ranks those
// before it, and "new" (ranker.go, pair.go); it joins the group whose mentions are
// likeliest together, unless a gender or a name contradicts (link.go). The net learns
// from annotated texts and from news in which names are replaced by pronouns (mask.go).
// Then rules settle what tables know: equal names, states with their seats and capitals,
// who held an office on the day of publication, pairs such as "the two leaders", the
// writer of "I" (identity.go, writer.go), who an office, an aide or a body's noun means
// (officer.go, described.go, meant.go), and pronouns of who speaks (speech.go); role.go
// reads office, state and body, issuer.go and press.go whose documents and hosts are. Nobody is put in the
// place of an office whose holder on that day is not known, and nobody who is unnamed is
// ever given a name that the article and the offices do not. With --fast, plain.go does
// all this by rules.
//
// What it gets wrong: "it" where several things could be meant, "they" for a company,
// descriptions that share no word with the name ("the carrier" for an airline), pronouns
// before their names in quotations, surnames that are words as well, and given names from
// outside its lists. testdata/known-failures.txt has stories; RESULTS.md has the scores
// on names, coreference and sources.
//
// Papers: Lafferty et al., Conditional Random Fields (ICML 2001); Lee et al., End-to-end
// Neural Coreference Resolution (EMNLP 2017) and Clark and Manning, Improving Coreference
// Resolution by Learning Entity-Level Distributed Representations (ACL 2016), for ranking;
// Kocijan et al., WikiCREM: A Large Unsupervised Corpus for Coreference Resolution (EMNLP
// 2019), for masked names. Mentions are drawn as GUM's are.
package entity
