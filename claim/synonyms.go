package claim

import (
	_ "embed"
	"math"
	"strings"
)

//go:embed synonyms.txt
var synonymsFile string

// synonyms are the stems of the list, each with the first of its group.
var synonyms = map[string]string{}

// groupRarity is the rarity of the groups, by their first stems.
var groupRarity = map[string]float64{}

func init() {
	for line := range strings.Lines(synonymsFile) {
		if line[0] == '#' {
			continue
		}
		first, share := "", 0.0
		for _, w := range strings.Fields(line) {
			s := stem(w)
			if first == "" {
				first = s
			}
			if _, ok := synonyms[s]; !ok {
				synonyms[s] = first
				share += math.Exp2(-rarity(s))
			}
		}
		groupRarity[first] = -math.Log2(share)
	}
}

// meaning returns the stem that stands for all of its group, and how much it tells.
func meaning(stem string) (string, float64) {
	if first, ok := synonyms[stem]; ok {
		return first, groupRarity[first]
	}
	return stem, rarity(stem)
}
