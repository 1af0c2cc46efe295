package lexicon

import (
	"regexp"
	"strings"
	"testing"
)

// TestNounsFile lints the list: order, doubles, columns and codes.
func TestNounsFile(t *testing.T) {
	classes := set("person organization outlet document government people place")
	// PLOVER's agents, and what it puts in a country's place.
	sectors := set("- GOV MIL PRE PRM PTY LEG JUD COP SPY UAF REB OPP CVL BUS LAB MED JRN EDU REL SOC REF CRM RAD UIS ELI AGR IGO NGO MNC")
	lemma := regexp.MustCompile(`^[a-zà-ÿ0-9][a-zà-ÿ0-9'’.&-]*( [a-zà-ÿ0-9'’.&-]+)*$`)
	last, n := "", 0
	used := map[string]int{}
	for i, line := range strings.Split(strings.TrimSuffix(nounsFile, "\n"), "\n") {
		if line == "" {
			t.Fatalf("line %d is empty", i+1)
		}
		if line[0] == '#' {
			if n > 0 {
				t.Errorf("line %d: a comment among the entries", i+1)
			}
			continue
		}
		n++
		f := strings.Split(line, "\t")
		if len(f) != 6 {
			t.Fatalf("line %d: %d columns, want 6", i+1, len(f))
		}
		if f[0] <= last {
			t.Errorf("line %d: %q is out of order or twice", i+1, f[0])
		}
		last = f[0]
		if !lemma.MatchString(f[0]) {
			t.Errorf("line %d: %q is no lemma in small letters", i+1, f[0])
		}
		if !classes[f[1]] {
			t.Errorf("line %d: unknown class %q", i+1, f[1])
		}
		if g := f[2]; g != "-" && g != "m" && g != "f" || g != "-" && f[1] != "person" && f[1] != "people" {
			t.Errorf("line %d: gender %q of a %s", i+1, g, f[1])
		}
		if !sectors[f[3]] {
			t.Errorf("line %d: unknown sector %q", i+1, f[3])
		}
		for _, x := range f[4:] {
			if x != "-" && x != "yes" {
				t.Errorf("line %d: %q is neither yes nor -", i+1, x)
			}
		}
		used[f[1]]++
		used[f[3]]++
	}
	if n < 5000 || n != len(nouns()) {
		t.Errorf("%d entries, of which %d are read", n, len(nouns()))
	}
	for c := range classes {
		if used[c] == 0 {
			t.Errorf("no entry has the class %q", c)
		}
	}
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

func TestNoun(t *testing.T) {
	for _, c := range []struct {
		lemma string
		want  NounEntry
		ok    bool
	}{
		{"senator", NounEntry{Class: PersonNoun, Sector: "LEG", State: true}, true},
		{"actress", NounEntry{Class: PersonNoun, Gender: Female}, true},
		{"king", NounEntry{Class: PersonNoun, Gender: Male, Sector: "GOV", State: true}, true},
		{"ministry", NounEntry{Class: OrganizationNoun, Sector: "GOV", State: true}, true},
		{"law firm", NounEntry{Class: OrganizationNoun, Sector: "BUS"}, true},
		{"newspaper", NounEntry{Class: OutletNoun, Sector: "JRN"}, true},
		{"cable", NounEntry{Class: DocumentNoun}, true},
		{"administration", NounEntry{Class: GovernmentNoun, Sector: "GOV", State: true}, true},
		{"aide", NounEntry{Class: PersonNoun, Inside: true}, true},
		{"chair leg", NounEntry{}, false},
		{"", NounEntry{}, false},
	} {
		if got, ok := Noun(c.lemma); got != c.want || ok != c.ok {
			t.Errorf("%q: %+v %v, want %+v %v", c.lemma, got, ok, c.want, c.ok)
		}
	}
}
