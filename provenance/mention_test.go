package provenance

import (
	"testing"

	"hearsay/claim"
	"hearsay/doc"
)

// TestNames finds outlets at hand by their names in running text, and not common words.
func TestNames(t *testing.T) {
	in := Input{Articles: []*claim.Article{
		{ID: "a", Evidence: claim.Evidence{Outlet: "the Continental"}},
		{ID: "b", Evidence: claim.Evidence{Outlet: "Zora"}},
		{ID: "c", Evidence: claim.Evidence{Outlet: "the Fjord Post"}},
	}}
	n := in.names()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"two words", "In remarks carried by the Fjord Post, she said so.", []string{"the Fjord Post"}},
		{"possessive", "Zora's report says so.", []string{"Zora"}},
		{"one word with its article", "A story in the Continental says so.", []string{"the Continental"}},
		{"one word without it", "Continental breakfast is served.", nil},
		{"in small letters", "The continental shelf, and zora the cat.", nil},
		{"two outlets", "Zora, citing the Fjord Post, said so.", []string{"Zora", "the Fjord Post"}},
	} {
		var got []string
		for _, p := range n.in(c.text) {
			got = append(got, p.name)
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s: got %v, want %v", c.name, got, c.want)
			}
		}
	}
}

// TestSentence cuts sentences at stops and not at abbreviations.
func TestSentence(t *testing.T) {
	text := "Mr. Lervik left. Zora wrote it.\n\nA U.S. aide said so."
	for _, c := range []struct {
		at   int
		want string
	}{
		{0, "Mr. Lervik left."},
		{18, " Zora wrote it."},
		{len(text) - 2, "A U.S. aide said so."},
	} {
		s := sentence(text, c.at)
		if got := text[s.Begin:s.End]; got != c.want {
			t.Errorf("at %d: %q, want %q", c.at, got, c.want)
		}
	}
}

// TestSpeaksFor takes the states and bodies that a source's own words name, and drops what the
// article only suggests.
func TestSpeaksFor(t *testing.T) {
	in := Input{State: func(name string) string {
		return map[string]string{"Danish": "DNK", "Norwegian": "NOR", "Norway": "NOR", "Oslo": "NOR"}[name]
	}}
	for _, c := range []struct {
		text, name, read string
		kind             doc.SourceKind
		want             string
	}{
		{"a Danish official", "", "", doc.Anonymous, "DNK"},
		{"a Danish official briefed on the talks with Norway", "", "NOR", doc.Anonymous, "DNK"},
		{"an official who knows the Norwegian side", "", "NOR", doc.Anonymous, ""},
		{"a diplomat in Oslo", "", "NOR", doc.Anonymous, ""},
		{"two government officials in Oslo", "", "", doc.Anonymous, "NOR"},
		{"a letter to the Norwegian ministry", "", "NOR", doc.DocumentSource, ""},
		{"Eirik Sandnes, the head of the Coastal Skippers' Union", "Eirik Sandnes", "", doc.PersonSource, "Coastal Skippers' Union"},
		{"Eirik Sandnes", "Eirik Sandnes", "NOR", doc.PersonSource, "NOR"},
		{"the Fjord Post", "Fjord Post", "Fjord Post", doc.OrganizationSource, ""},
	} {
		src := claim.Source{Party: claim.Party{Text: c.text, Name: c.name}, Kind: c.kind, Affiliation: c.read}
		if got := in.speaksFor(&src); got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

// TestRole takes the noun of a trade and nothing of who may be anybody.
func TestRole(t *testing.T) {
	for description, want := range map[string]string{
		"a lock engineer who was not authorised to speak": "engineer",
		"two senior officials familiar with the plan":     "",
		"a diplomat":                        "diplomat",
		"a customs officer on the far side": "",
		"industry sources":                  "",
	} {
		if got := roleOf(description); got != want {
			t.Errorf("%s: %q, want %q", description, got, want)
		}
	}
}
