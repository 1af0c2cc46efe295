package provenance

import (
	"testing"

	"hearsay/claim"
	"hearsay/doc"
)

// An affiliation that no word of an article tells is no evidence that two speakers differ,
// and "the government" that is only its outlet's is nobody's name.
func TestAssumed(t *testing.T) {
	of := func(kind doc.SourceKind, text, state string, assumed bool) speaker {
		return (&Input{}).speakerOf(&claim.Article{}, &claim.Statement{Source: claim.Source{Kind: kind, Party: claim.Party{Text: text}, Affiliation: state, Assumed: assumed}})
	}
	told, other := of(doc.Anonymous, "an official", "NOR", false), of(doc.Anonymous, "an official", "SWE", false)
	if told.compatible(&other) {
		t.Error("officials of two states are compatible")
	}
	if guess := of(doc.Anonymous, "an official", "SWE", true); !told.compatible(&guess) {
		t.Error("an assumed state tells an official apart")
	}
	a, b := of(doc.CountrySource, "the government", "NOR", true), of(doc.CountrySource, "the government", "NOR", true)
	if a.same(&b) {
		t.Error("two governments that are only assumed are the same")
	}
}
