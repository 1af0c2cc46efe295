// Package kb knows who is who in the news: states, bodies, armed groups, nationalities
// and followers, outlets with their owners, office holders with the days on which they
// held office, and what a title means.
//
// In goes a name or an office and the day of the article, out comes who or what that
// was on that day. "The US President" of 2016 and of 2022 are two people. Where no term
// covers the day, the answer is unknown, and never today's holder.
//
// The facts are CSV files in data/, one kind of table each (data/README.md says which
// columns), which a program in build/ checks and packs, with sorted indexes beside them,
// into kb.zst. That file ships in the binary and is searched where it lies: a row is
// read only when something asks for it. Folders of the user's own tables come on top;
// their entries take the place of those shipped under the same id, and their terms are
// asked first.
//
//	k := kb.Shipped()
//	day, _ := kb.ParseDay("2022-03-15")
//	h, confidence, known := k.Holder("CHN", "President", day) // Xi Jinping, high, true
//	for _, ref := range k.Lookup("Kremlin") {
//		fmt.Println(ref.Entry.Country, ref.As) // RUS seat
//	}
//
// What it gets wrong: it holds only what somebody wrote into the tables, so an unknown
// name says nothing; a name that two share comes back twice, and choosing is the
// caller's; surnames are found by simple rules of name order. A body has one sector, and
// an open term ends, as far as is known, on the day that its file gives.
//
// Countries are ISO 3166-1 alpha-3, sectors the codes of PLOVER (Open Event Data Alliance,
// draft 2.0), with IGO, NGO, MNC and IMG, which PLOVER puts in the place of a country, as
// sectors of bodies that belong to none. Days are ISO 8601.
package kb

//go:generate go run ./build
