package syntax

import (
	"unicode"
	"unicode/utf8"

	"hearsay/doc"
	"hearsay/learn"
)

// maxSentence is the most words a sentence may have; a longer run is cut, so that
// parsing stays linear. The longest in the treebanks has 159.
const maxSentence = 300

// ender decides where sentences end.
type ender struct {
	model *learn.Linear // 1 class: a sentence ends after this word
	feats []uint64
}

// sentences appends the ends, as word counts, of the sentences that the words of
// one block make up. The last is len(words).
func (e *ender) sentences(text string, words []doc.Span, out []int) []int {
	from := 0
	var open parity
	for i := range words {
		open.take(text[words[i].Begin:words[i].End])
		last := i+1 == len(words)
		if !last && i+1-from < maxSentence {
			if !e.maybe(text, words, i) {
				continue
			}
			e.feats = e.features(text, words, i, from, open, e.feats[:0])
			var score [1]int32
			e.model.Score(e.feats, score[:])
			if score[0] <= 0 {
				continue
			}
		}
		out = append(out, i+1)
		from = i + 1
	}
	return out
}

// parity keeps whether a quotation or a parenthesis is open.
type parity struct {
	quote  bool
	parens int8
}

func (p *parity) take(word string) {
	switch word {
	case `"`:
		p.quote = !p.quote
	case "“", "``":
		p.quote = true
	case "”", "''":
		p.quote = false
	case "(", "[":
		p.parens = min(p.parens+1, 2)
	case ")", "]":
		p.parens = max(p.parens-1, 0)
	}
}

// maybe says whether a sentence may end after word i: white space must follow, and
// the word ends in a mark that ends sentences or the next does not begin small.
func (e *ender) maybe(text string, words []doc.Span, i int) bool {
	if words[i].End == words[i+1].Begin {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(text[words[i].Begin:words[i].End])
	switch charClass(r) {
	case charStop, charQuote, charApostrophe, charClose:
		return true
	}
	next, _ := utf8.DecodeRuneInString(text[words[i+1].Begin:])
	return !unicode.IsLower(next)
}

// features appends what an end after word i is judged by; from is the first word
// of the sentence so far.
func (e *ender) features(text string, words []doc.Span, i, from int, open parity, f []uint64) []uint64 {
	add := func(n int, parts ...uint64) {
		h := learn.Template(450 + n)
		for _, p := range parts {
			h = learn.Mix(h, p)
		}
		f = append(f, h)
	}
	var buf [128]byte
	form := func(k int) string {
		if k < from && k < i || k >= len(words) {
			return ""
		}
		s := text[words[k].Begin:words[k].End]
		return s[:min(len(s), 40)]
	}
	word := func(k int) uint64 { return learn.HashBytes(fold(buf[:0], form(k))) }
	shp := func(k int) uint64 { return learn.HashBytes(shape(buf[:0], form(k))) }
	next := form(i + 1)
	first, _ := utf8.DecodeRuneInString(next)
	begins := uint64(charClass(first))
	if unicode.IsUpper(first) {
		begins = 50
	}
	gap := uint64(0)
	if space := text[words[i].End:words[i+1].Begin]; space != " " {
		gap = 1
		for k := range len(space) {
			if space[k] == '\n' {
				gap = 2
			}
		}
	}
	size := uint64(min(i+1-from, 6))
	q := bit(open.quote) | uint64(open.parens)<<1
	add(0, word(i), begins)
	add(1, word(i), word(i+1))
	add(2, word(i-1), word(i), begins)
	add(3, shp(i-1), word(i), shp(i+1))
	add(4, word(i), q, begins)
	add(5, word(i), begins, shp(i+2))
	add(6, word(i+1), bit(charClass(rune(text[words[i].End-1])) == charStop))
	add(7, shp(i), shp(i+1))
	add(8, gap, word(i), begins)
	add(9, size, word(i), begins)
	add(10, uint64(min(len(form(i-1)), 5)), shp(i-1), word(i), begins)
	add(11, word(i-2), word(i-1), word(i))
	add(12, word(i+1), word(i+2), begins)
	add(13, q, gap, begins, shp(i))
	add(14, word(from), word(i), begins)
	add(15, word(i), q, word(i+1))
	return f
}
