package doc

// Event is a political interaction: who did what to whom, coded in PLOVER.
type Event struct {
	// Trigger is the words that name what was done: "strikes", "held talks".
	Trigger Span
	Head    int // index into Doc.Tokens of the trigger's word that carries the meaning
	// Frame is the entry of the lexicon that the trigger met, such as "hold talks".
	Frame    string
	Type     EventType
	Mode     string   // of the type, as the codebook names it; empty where none fits
	Contexts []string // such as "military", in alphabetical order
	// Actors did it and Targets were met by it. Of what is done together (a meeting, an
	// agreement) each side is an actor and the other side a target.
	Actors  []Party
	Targets []Party
	// Time is the index into Doc.Times of when, or -1.
	Time int
	// Place is the index into Doc.Places of where, or -1.
	Place int
	// Statement is the innermost statement whose content tells it, or -1 where the author
	// does.
	Statement int
	// Killed and Injured are numbers of victims, 0 where none is told.
	Killed, Injured int
	// Amount is the sum or the quantity in the article's words ("$300 million").
	Amount Span
	// Factuality is how sure each holder is that it happened. Writer: certainty.
	Factuality []Commitment
}

// Party is a side of an event.
type Party struct {
	Span
	Entity  int    // index into Doc.Entities, or -1
	Country string // ISO 3166 alpha-3, or empty
	Sector  string // PLOVER agent code ("GOV"), or empty
}

// EventType is a type of PLOVER's 2021 list.
type EventType string

// The types of event.
const (
	Agree     EventType = "AGREE"
	Consult   EventType = "CONSULT"
	Support   EventType = "SUPPORT"
	Concede   EventType = "CONCEDE"
	Cooperate EventType = "COOPERATE"
	Aid       EventType = "AID"
	Retreat   EventType = "RETREAT"
	Request   EventType = "REQUEST"
	Accuse    EventType = "ACCUSE"
	Reject    EventType = "REJECT"
	Threaten  EventType = "THREATEN"
	Protest   EventType = "PROTEST"
	Sanction  EventType = "SANCTION"
	Mobilize  EventType = "MOBILIZE"
	Coerce    EventType = "COERCE"
	Assault   EventType = "ASSAULT"
)
