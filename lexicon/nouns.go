package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed nouns.txt
var nounsFile string

// NounClass says what sort of source or actor a noun names.
type NounClass string

// The classes of noun.
const (
	PersonNoun       NounClass = "person"
	OrganizationNoun NounClass = "organization"
	OutletNoun       NounClass = "outlet"
	DocumentNoun     NounClass = "document"
	GovernmentNoun   NounClass = "government"
	PeopleNoun       NounClass = "people" // a group that goes by a noun of its own: "police", "public"
	PlaceNoun        NounClass = "place"
)

// Gender is that of the people whom a noun or a given name is for.
type Gender string

// The genders; of a noun that does not tell, the empty one.
const (
	Male   Gender = "m"
	Female Gender = "f"
	Either Gender = "u"
)

// NounEntry is what the list says of a noun.
type NounEntry struct {
	Class  NounClass
	Gender Gender
	Sector string // what a person or body of that noun does, as a PLOVER agent code; "" if it does not tell
	State  bool   // by itself an officer or a body of a state: "senator", "ministry"
	Inside bool   // says by itself how an unnamed source knows: "aide"
}

var nouns = sync.OnceValue(func() map[string]NounEntry {
	m := make(map[string]NounEntry, 6000)
	for line := range strings.Lines(nounsFile) {
		if line[0] == '#' {
			continue
		}
		var f [6]string
		rest := strings.TrimSuffix(line, "\n")
		for i := range f {
			f[i], rest, _ = strings.Cut(rest, "\t")
			if f[i] == "-" {
				f[i] = ""
			}
		}
		m[f[0]] = NounEntry{NounClass(f[1]), Gender(f[2]), f[3], f[4] == "yes", f[5] == "yes"}
	}
	return m
})

// Noun returns what the list says of a noun by its lemma in small letters. Some entries
// are of several words: "think tank".
func Noun(lemma string) (NounEntry, bool) {
	e, ok := nouns()[lemma]
	return e, ok
}
