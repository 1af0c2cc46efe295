package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed given.txt
var givenFile string

var given = sync.OnceValue(func() map[string]Gender {
	m := make(map[string]Gender, 3000)
	for line := range strings.Lines(givenFile) {
		if line[0] == '#' {
			continue
		}
		name, gender, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		m[name] = Gender(gender)
	}
	return m
})

// Given returns the gender of people with a given name, Either for one that both have.
func Given(name string) (Gender, bool) {
	g, ok := given()[name]
	return g, ok
}
