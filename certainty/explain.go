package certainty

import (
	"fmt"

	"hearsay/doc"
)

// kinds say what a sign of each kind does, behind its words.
var kinds = map[string]string{
	"ability":        "tells what can be done",
	"ask":            "asks for it",
	"attempt":        "tries it",
	"belief":         "tells what somebody believes",
	"comparison":     "compares with it",
	"condition":      "makes it a condition",
	"consequence":    "makes it hang on a condition",
	"contradiction":  "contradict each other",
	"counterfactual": "tells what did not come about",
	"denial":         "denies it",
	"doubt":          "doubts it",
	"emotion":        "feels or judges something that is so",
	"evidential":     "tells how it is known",
	"fact":           "is taken for granted",
	"factive":        "takes it to be so",
	"fear":           "fears it",
	"future":         "puts it in the future",
	"hedge":          "says how likely it is",
	"implicative":    "decides whether it came about",
	"modal":          "holds it possible",
	"negation":       "denies the clause",
	"obligation":     "tells what ought to be",
	"order":          "orders or recommends it",
	"plan":           "plans it",
	"possibility":    "holds it possible",
	"prediction":     "expects it",
	"prevent":        "keeps it from happening",
	"promise":        "promises or threatens it",
	"purpose":        "makes it a purpose",
	"question":       "leaves it open",
	"report":         "tells what somebody says",
	"time":           "says when",
	"want":           "wants it",
	"withheld":       "says that it is not known",
}

// Step says in a line what a sign of d does: the words, what they do, and what its scope is
// worth from there on.
func Step(d *doc.Doc, s doc.Sign) string {
	return fmt.Sprintf("%q %s: %s", d.Slice(s.Span), kinds[s.Kind], s.Value.Words())
}
