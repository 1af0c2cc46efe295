package syntax

import (
	"unicode"
	"unicode/utf8"
)

// The classes of characters that word boundaries depend on.
const (
	charSpace = iota
	charLetter
	charDigit
	charApostrophe
	charQuote
	charHyphen
	charStop // . ! ? …
	charComma
	charSymbol
	charOpen
	charClose
	charOther
)

// charClass returns the class of a code point.
func charClass(r rune) uint8 {
	switch {
	case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
		return charLetter
	case '0' <= r && r <= '9':
		return charDigit
	}
	switch r {
	case '\'', '’', '`', '‘', '´':
		return charApostrophe
	case '"', '“', '”', '«', '»', '„':
		return charQuote
	case '-', '–', '—', '―', '‐', '‑':
		return charHyphen
	case '.', '!', '?', '…':
		return charStop
	case ',', ';', ':':
		return charComma
	case '(', '[', '{', '<':
		return charOpen
	case ')', ']', '}', '>':
		return charClose
	}
	switch {
	case unicode.IsSpace(r) || r == 0:
		return charSpace
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return charLetter
	case unicode.IsDigit(r):
		return charDigit
	case r == utf8.RuneError:
		return charOther
	}
	return charSymbol
}

// fold appends s to buf in lower case, with digits as 0 and curly apostrophes
// and quotation marks straight.
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
		default:
			buf = utf8.AppendRune(buf, unicode.ToLower(r))
		}
	}
	return buf
}

// shape appends the shape of s to buf: X for capitals, x for other letters, 0 for
// digits, other characters as they are, runs cut to two.
func shape(buf []byte, s string) []byte {
	var last byte
	run := 0
	for _, r := range s {
		c := byte('o')
		switch {
		case unicode.IsUpper(r):
			c = 'X'
		case unicode.IsLetter(r):
			c = 'x'
		case unicode.IsDigit(r):
			c = '0'
		case r < utf8.RuneSelf:
			c = byte(r)
		}
		if c == last {
			run++
		} else {
			last, run = c, 1
		}
		if run <= 2 {
			buf = append(buf, c)
		}
	}
	return buf
}
