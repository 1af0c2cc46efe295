// Package timex finds time expressions and what they mean on the calendar.
//
// In goes a Doc with sentences, tags and trees, and the day of publication if there is
// one; out come Times: TIMEX3 expressions of TimeML with span, type and value.
//
//	timex.Annotate(d) // d.Meta.Published is "2022-03-16", a Wednesday
//	for _, t := range d.Times {
//		fmt.Println(d.Slice(t.Span), t.Type, t.Value) // "last week" DATE 2022-W10
//	}
//
// A small grammar reads each sentence once from left to right over atoms (atoms.go):
// runs of letters or digits, and marks, so that "10am" and "third-quarter" read alike
// however they were split. What begins an expression is looked up in one table
// (words.go). The grammar (grammar.go, and a file for each kind of expression) makes a
// node (node.go) that says what the words mean before any calendar is held against
// them; resolving (resolve.go, reckon.go) then counts from the day of publication, or in
// a history from the date named last (regime.go, state.go). The tense of the verb that
// governs a weekday or a month, from the tree, says on which side it lies (tense.go):
// "arrived on Monday" and "will arrive on Monday" are two days. What cannot be told has
// an X for each digit. Extents are those of TimeML 1.2.1: articles, "late", "nearly" and
// "more than" belong to the expression, prepositions do not.
//
// What it gets wrong: an article that is a history in part counts wholly one way; a
// weekday of a week that the article has moved to counts from publication; "a year
// earlier" is taken for the quarter that was told first; "two days after the battle" is
// a duration, for the battle has no date here; ages ("25-year-old") and names ("the Winter
// Olympics") are left out, and so are "former", "at the time" and "this period". On
// TimeBank and AQUAINT dev value F1 is 85.9 and 72.2 (80.6 together), on WikiWars dev
// 81.7. The gold of AQUAINT is uneven: "Wednesday night" is now a day, now an evening, now
// a night. It reads more than 500,000 words a second on one core.
//
// Formats: TimeML 1.2.1 (http://timeml.org), ISO 8601; scored as TempEval-3 (UzZaman et
// al., SemEval 2013).
package timex
