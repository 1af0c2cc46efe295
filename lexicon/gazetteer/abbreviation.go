package gazetteer

import (
	_ "embed"
	"strings"
)

//go:embed abbreviations.tsv
var abbreviationsFile string

// Abbreviation returns the region that a folded short form stands for where it follows
// the name of a town: "ill", "nsw".
func (g *Gazetteer) Abbreviation(key string) (ID, bool) {
	g.readShort.Do(func() {
		g.short = map[string]ID{}
		for line := range strings.Lines(abbreviationsFile) {
			form, rest, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			name, state, ok2 := strings.Cut(rest, "\t")
			if !ok || !ok2 || line[0] == '#' {
				continue
			}
			for _, c := range g.Find(nil, name) {
				if g.kind[c.ID] == Region && g.ISO3(c.ID) == state {
					g.short[form] = c.ID
					break
				}
			}
		}
	})
	id, ok := g.short[key]
	return id, ok
}

//go:embed adjectives.tsv
var adjectivesFile string

// Adjective returns the place that a word which is none itself belongs to: "Russian",
// "Londoners". The place of several is the largest.
func (g *Gazetteer) Adjective(word string) (ID, bool) {
	g.readAdjectives.Do(func() {
		g.adjectives = map[string]string{}
		for line := range strings.Lines(adjectivesFile) {
			if word, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok && line[0] != '#' {
				g.adjectives[Fold(word)] = name
			}
		}
	})
	key := Fold(word)
	name, ok := g.adjectives[key]
	if !ok {
		name, ok = g.adjectives[strings.TrimSuffix(key, "s")]
	}
	if !ok {
		return None, false
	}
	best, score := None, -1
	for _, c := range g.Find(nil, name) {
		size := int(g.size[c.ID])
		if g.kind[c.ID] == Country {
			size += 1000
		}
		if size > score {
			best, score = c.ID, size
		}
	}
	return best, best != None
}
