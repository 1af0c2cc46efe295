// Package plover holds the frames of political interactions: which words say that somebody did
// something to somebody, in the types of PLOVER.
//
// In go the lists of this folder, and those of the user's own, out come frames looked up by
// the word that they hang on. A frame is a pattern of words and places ("A impose sanctions
// on T"), its type, mode and contexts, and one example; README.md says how they are written. The lists
// belong to whoever knows politics, not to whoever knows Go. An error in one names the
// file and the line, and then no frames are returned.
//
//	f, err := plover.Open("desk/frames")
//	for _, frame := range f.On("accuse") {
//		fmt.Println(frame.Text, frame.Type, frame.Modes)
//	}
//
// What it gets wrong: a pattern sees words and trees, not meaning, so a word of two meanings
// needs a restriction or a line that says none.
//
// Types, modes, contexts and agent codes are those of PLOVER's codebook, draft 2.0 of 2021 (Open Event
// Data Alliance, CC BY-SA 4.0).
package plover
