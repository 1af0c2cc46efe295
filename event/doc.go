// Package event finds political interactions: who did what to whom, when and where, in the
// types of PLOVER.
//
// In goes a Doc with trees, statements, entities, times and places; out come its Events, in the order
// of their triggers. Every interaction counts, told by the author or inside a statement, past,
// ongoing, planned, threatened or denied; how sure it is, certainty says.
//
// The frames of lexicon/plover are matched over the trees: the word that a frame hangs on,
// then its places, where the tree has them across passives, relative clauses, control and
// coordination. What fills a place must be a political actor, whose country and sector come from
// the entity it is. No event is better than a wrong one: a frame whose required places are
// not filled is not found.
//
//	m, err := event.Load(models.Bytes("event"))
//	m.Annotate(d)
//	for _, e := range d.Events {
//		fmt.Println(e.Type, d.Slice(e.Trigger), e.Frame)
//	}
//
// A judge, a regression taught on PLV, tells the class of a whole sentence whose sides are given or not
// ([Model.Classify]); it decides no event of a reading, which every frame explains by its words.
//
// What it gets wrong: what no frame says is not found; a tree that is wrong hides an
// actor or names the wrong one; of a word with two meanings the restrictions of its frames
// decide. RESULTS.md has its scores.
//
// Types, modes and contexts follow PLOVER's codebook, draft 2.0 of 2021 (Open Event Data Alliance).
package event
