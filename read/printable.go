package read

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// Printable returns s with everything that could steer a terminal or turn the order
// of its characters about shown as an escape, such as \x1b or \u202e: control
// characters, bytes that are no UTF-8, and format characters other than the joiners
// that scripts and emoji need. Line breaks and tabs count as control characters.
func Printable(s string) string {
	plain := true
	for _, r := range s {
		if r == utf8.RuneError || steers(r) {
			plain = false
			break
		}
	}
	if plain {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !steers(r):
			b.WriteString(s[i : i+n])
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		i += n
	}
	return b.String()
}

// steers says whether a terminal would act on r instead of showing it.
func steers(r rune) bool {
	const softHyphen, nonJoiner, joiner = 0xad, 0x200c, 0x200d
	switch r {
	case softHyphen, nonJoiner, joiner:
		return false
	case '\u2028', '\u2029':
		return true
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}

// cells measures text the same wherever it runs: the locale of the machine has no say.
var cells = &runewidth.Condition{StrictEmojiNeutral: true}

// width returns the columns that s takes up on a terminal.
func width(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return cells.StringWidth(s)
		}
	}
	return len(s)
}
