package claim

// Machine is who made a link that no person made: see [Link].
const Machine = "machine"

// Telling is a statement in an article.
type Telling struct {
	Article   string
	Statement string
}

// Claim is the same proposition across articles: the tellings that links join.
type Claim struct {
	// ID is that of its first telling, so that it stays while tellings are added: "c" and
	// what follows the "a" of the article, a dot and the statement.
	ID       string
	Text     string // the words of the telling that says it most plainly
	Tellings []Telling
	Links    []Link
}

// Link says that two tellings tell the same, or by a person's word that they don't.
type Link struct {
	A, B     Telling
	Score    float64 // probability that they tell the same
	Evidence []Match
	By       string // Machine, or the person who linked or parted them
}

// Match is one piece of evidence for a link: what agrees, and how.
type Match struct {
	What string // "quotation", "content", "source", "event", "actors", "day"
	How  string // in words that a person can check: "12 of 14 words"
}
