package doc

// EntityType says what sort of thing a name or an entity is.
type EntityType string

// The types of entity, as FORMATS lists them. An empty type is not known.
const (
	Person       EntityType = "person"
	Organization EntityType = "organization" // any body: a ministry, a firm, a party, a bloc
	Country      EntityType = "country"      // a state, as an actor or as a place
	Location     EntityType = "place"        // any other place
	Document     EntityType = "document"     // a law, a report, a treaty
	Group        EntityType = "group"        // a nationality, a faith, the followers of a party
	Other        EntityType = "other"
)

// Name is a proper name in the text.
type Name struct {
	Span
	Type EntityType
}

// Mention is a run of words that refers to an entity: "Jane Roe", "the minister", "she".
type Mention struct {
	Span
	Head   int // index into Doc.Tokens of the word that the others depend on
	Entity int // index into Doc.Entities
}

// Entity is somebody or something that the article mentions. Unknown fields are empty.
type Entity struct {
	// Name is the fullest name that the article gives, or the words of the first
	// mention of what it does not name.
	Name string
	// Named says whether Name is a proper name.
	Named bool
	Type  EntityType
	// Country is the ISO 3166 alpha-3 code of the state that it is, or belongs to.
	Country string
	// Assumed says that no word of the article tells Country: see Source.Assumed.
	Assumed bool
	// Sector is what it does for that state or elsewhere, as a PLOVER agent code ("GOV").
	Sector string
	// Body is the body that is no state's which it belongs to, in the article's words.
	Body string
	// Role is the office or the occupation, in the article's words.
	Role string
	// Of are the groups that it is a member of, as indexes into Doc.Entities: «one of the
	// sources» is one of "two sources".
	Of []int
	// Known is the id under which the knowledge base has it, such as "org:nato".
	Known string
}

// Time is a time expression, as TIMEX3 of TimeML has it.
type Time struct {
	Span
	Type TimeType
	// Value is the ISO 8601 form that TIMEX3 takes: "2022-03-14", "2022-W11",
	// "2022-03-14TEV", "P3M", "PAST_REF". What cannot be told has an X for each digit
	// ("XXXX-WXX-1" for a Monday of nobody knows which week).
	Value string
}

// TimeType is the type of a time expression.
type TimeType string

// The types of time expression.
const (
	Date     TimeType = "DATE"
	Clock    TimeType = "TIME"
	Duration TimeType = "DURATION"
	Set      TimeType = "SET"
)

// Place is the name of a place, found on the map where that can be done.
type Place struct {
	Span
	Name    string  // as the gazetteer has it; empty where it was not found
	Country string  // ISO 3166 alpha-3
	Lat     float64 // degrees north
	Lon     float64 // degrees east
	// GeoNames is the id of the place in GeoNames; 0 where not known.
	GeoNames int
}

// Resolved says whether the place was found.
func (p *Place) Resolved() bool { return p.Name != "" }
