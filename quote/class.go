package quote

import (
	"hearsay/doc"
	"hearsay/lexicon"
)

// cueClass returns what a token does if it is a cue, "" if the lexicon lacks it.
func cueClass(t *doc.Token) string { return lexicon.CueClass(t.Lemma, t.UPOS) }

// fillCue sets the lemma and class of a statement's cue from its head word h: of
// «has repeatedly warned» "warn", of «in his opinion» "opinion". Where the head is
// not in the lexicon, a word of the cue that is decides the class: «issued a
// warning» is "warn".
func fillCue(v *view, s *doc.Statement, first, last, h int) {
	t := &v.d.Tokens[h]
	s.Cue.Lemma = t.Lemma
	s.Cue.Class = cueClass(t)
	for i := first; i < last && s.Cue.Class == ""; i++ {
		switch v.d.Tokens[i].UPOS {
		case "VERB", "NOUN", "ADJ", "PUNCT":
			s.Cue.Class = cueClass(&v.d.Tokens[i])
		}
	}
	if s.Cue.Class == "" {
		s.Cue.Class = "say"
	}
}
