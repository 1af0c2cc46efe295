package lexicon

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed cues.txt
var cuesFile string

type cueKey struct{ lemma, pos string }

var cues = sync.OnceValue(func() map[cueKey]string {
	m := make(map[cueKey]string, 1200)
	for line := range strings.Lines(cuesFile) {
		if line[0] == '#' {
			continue
		}
		lemma, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		pos, class, _ := strings.Cut(rest, "\t")
		m[cueKey{lemma, pos}] = class
	}
	return m
})

// cuePOS gives the part of speech in the list for a universal tag.
var cuePOS = map[string]string{
	"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj",
	"ADV": "adv", "ADP": "adp", "SCONJ": "adp", "PUNCT": "punct", "SYM": "punct",
}

// CueClass returns what a cue of that lemma and universal part of speech does:
// say, show, ask, order, warn, promise, plan, deny, believe, know, doubt, fear,
// want, agree or judge; "" for a word that is not in the list.
func CueClass(lemma, upos string) string {
	return cues()[cueKey{lemma, cuePOS[upos]}]
}
