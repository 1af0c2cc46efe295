package provenance

import (
	"unicode"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"

	"hearsay/doc"
)

// word is a run of letters and digits of a text, folded to lower case and hashed.
type word struct {
	doc.Span
	hash uint64
	// quoted says whether it stands in quotation marks: words that two articles share
	// because both quote them are no sign that one copied the other.
	quoted bool
	stock  bool // whether it stands in a passage that many articles have
}

// own says whether a word that two texts share tells of a copy.
func (w *word) own() bool { return !w.quoted && !w.stock }

// wordsOf returns the words of a text. An apostrophe inside a word belongs to it. A
// quotation ends with its paragraph at the latest, so that a mark left open does not
// swallow the article.
func wordsOf(text string) []word {
	out := make([]word, 0, len(text)/6)
	var buf []byte
	begin, open := -1, false
	end := func(at int) {
		if begin < 0 {
			return
		}
		out = append(out, word{Span: doc.Span{Begin: begin, End: at}, hash: xxhash.Sum64(buf), quoted: open})
		buf, begin = buf[:0], -1
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if begin < 0 {
				begin = i
			}
			buf = utf8.AppendRune(buf, unicode.ToLower(r))
		case (r == '\'' || r == '’') && begin >= 0 && letterAt(text, i+utf8.RuneLen(r)):
			// "don't" and "don’t" are one word, and the same.
		default:
			end(i)
			switch r {
			case '"':
				open = !open
			case '“', '«', '„':
				open = true
			case '”', '»':
				open = false
			case '\n':
				open = false
			}
		}
	}
	end(len(text))
	return out
}

func letterAt(text string, i int) bool {
	r, _ := utf8.DecodeRuneInString(text[i:])
	return unicode.IsLetter(r)
}

// shingle is how many words in a row are one shingle. Five words in a row that two texts
// share by chance are rare in news, and stock phrases are mostly shorter.
const shingle = 5

// shingles returns the hash of each run of five words, by its first word.
func shingles(words []word) []uint64 {
	if len(words) < shingle {
		return nil
	}
	out := make([]uint64, len(words)-shingle+1)
	for i := range out {
		h := uint64(0)
		for _, w := range words[i : i+shingle] {
			h = (h ^ w.hash) * 0x9e3779b97f4a7c15
			h ^= h >> 29
		}
		out[i] = h
	}
	return out
}
