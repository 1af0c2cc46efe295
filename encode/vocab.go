package encode

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/learn"
)

// The rows of the input table are, in order: two marks, the words, the shapes, the
// affixes.
const (
	rowParagraph = iota // stands before each block
	rowUnknown          // in the place of a word that is not in the list
	firstWord
)

const (
	shapeRows = 256
	affixRows = 1 << 15
	// longestAffix is the longest beginning or end of a word with a row, in bytes.
	longestAffix = 4
)

// vocab knows the words that have rows of their own.
type vocab struct {
	words []string // folded, by falling frequency
	index map[string]uint32
}

func newVocab(words []string) *vocab {
	v := &vocab{words: words, index: make(map[string]uint32, len(words))}
	for i, w := range words {
		v.index[w] = uint32(firstWord + i)
	}
	return v
}

// size returns the number of rows of the input table.
func (v *vocab) size() int { return firstWord + len(v.words) + shapeRows + affixRows }

// rows appends the rows whose sum stands for a word: its own or that of the
// unknown word first, then its shape, its beginnings and its ends. «Russians» is
// "russians", "Xxx…", "r", "ru", "rus", "russ", "s", "ns", "ans", "ians".
func (v *vocab) rows(form string, out []uint32) []uint32 {
	var buf [96]byte
	form = form[:min(len(form), 64)]
	folded := fold(buf[:0], form)
	if row, ok := v.index[string(folded)]; ok {
		out = append(out, row)
	} else {
		out = append(out, rowUnknown)
	}
	shapes := uint32(firstWord + len(v.words))
	affixes := shapes + shapeRows
	var pattern [96]byte
	out = append(out, shapes+uint32(learn.HashBytes(shape(pattern[:0], form))%shapeRows))
	for n := 1; n <= longestAffix && n < len(folded); n++ {
		begin, end := learn.HashBytes(folded[:n]), learn.HashBytes(folded[len(folded)-n:])
		out = append(out, affixes+uint32(learn.Mix(begin, 1)%affixRows), affixes+uint32(learn.Mix(end, 2)%affixRows))
	}
	return out
}

// bytes returns the list of words in the form that readVocab takes.
func (v *vocab) bytes() []byte {
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(v.words)))
	return append(b, strings.Join(v.words, "\n")...)
}

func readVocab(b []byte) (*vocab, error) {
	if len(b) < 4 {
		return nil, fmt.Errorf("words: %d bytes, shorter than their number", len(b))
	}
	n, words := int(binary.LittleEndian.Uint32(b)), strings.Split(string(b[4:]), "\n")
	if n == 0 && len(b) == 4 {
		words = nil // Split makes one empty word of nothing
	}
	if n != len(words) {
		return nil, fmt.Errorf("words: %d, want %d", len(words), n)
	}
	return newVocab(words), nil
}

// fold appends s to buf in lower case, with digits as 0 and curly apostrophes and
// quotation marks straight: opening and closing ones stay apart in curly print
// only by their shape.
func fold(buf []byte, s string) []byte {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case 'A' <= c && c <= 'Z':
				c += 'a' - 'A'
			case '0' <= c && c <= '9':
				c = '0'
			}
			buf = append(buf, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch r {
		case '’', '‘':
			buf = append(buf, '\'')
		case '“', '”':
			buf = append(buf, '"')
		case '–', '—', '―':
			buf = append(buf, "--"...)
		default:
			buf = utf8.AppendRune(buf, unicode.ToLower(r))
		}
	}
	return buf
}

// shape appends the shape of s to buf: X for capitals, x for other letters, 0 for
// digits, other characters as they are, runs cut to three.
func shape(buf []byte, s string) []byte {
	var last rune
	run := 0
	for _, r := range s {
		c := r
		switch {
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLetter(r):
			c = 'x'
		case unicode.IsDigit(r):
			c = '0'
		}
		if c == last {
			run++
		} else {
			last, run = c, 1
		}
		if run <= 3 {
			buf = utf8.AppendRune(buf, c)
		}
	}
	return buf
}
