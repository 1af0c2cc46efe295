package doc

// Factuality is how sure a holder is that something is so, in FactBank's values.
type Factuality string

// The values: certain, probable and possible, that it is so and that it is not, and no
// commitment. An empty value has not been decided.
const (
	Certain     Factuality = "CT+"
	Probable    Factuality = "PR+"
	Possible    Factuality = "PS+"
	NotCertain  Factuality = "CT-" // certain that it is not so
	NotProbable Factuality = "PR-"
	NotPossible Factuality = "PS-"
	Uncommitted Factuality = "UU"
)

// Words says the value to a person, in at most eight letters or blanks, the same wherever it is
// shown; "" where none has been decided.
func (f Factuality) Words() string {
	switch f {
	case Certain:
		return "certain"
	case Probable:
		return "probable"
	case Possible:
		return "possible"
	case NotCertain:
		return "not so"
	case NotProbable:
		return "unlikely"
	case NotPossible:
		return "doubtful"
	case Uncommitted:
		return "open"
	}
	return ""
}

// Factualities are the values, from certain to certain that it is not so, and no commitment.
var Factualities = []Factuality{Certain, Probable, Possible, NotPossible, NotProbable, NotCertain, Uncommitted}

// ByAuthor is the holder who wrote the article, where others are indexes of statements.
const ByAuthor = -1

// Commitment is how sure one holder is of a statement's content or of an event.
type Commitment struct {
	// Holder is the index into Doc.Statements of the statement whose source it is, or
	// ByAuthor.
	Holder int
	Value  Factuality
	// Degree is the same on the scale from -3 (certain that it is not so) to 3 (certain
	// that it is); 0 is no commitment.
	Degree float64
	// Signs are the words that made the value, the innermost first; none where a plain
	// clause is asserted.
	Signs []Sign
}

// Sign is a word or words that change how sure a holder is of what stands in their scope.
type Sign struct {
	Span         // the words: "might", "did not", "reportedly"
	Scope Span   // what they bear on
	Kind  string // such as "negation", "modal", "condition"; certainty has the list
	Entry string // the entry of the lexicon that they met; empty for a construction
	// Value is what the content is worth to the holder once this sign is taken in.
	Value Factuality
}
