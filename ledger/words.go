package ledger

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The full-text index knows words as fold leaves them: both databases are given the same.

// longest is the length of a word in runes, beyond which it is cut.
const longest = 64

// most is how many words of a text are indexed; a news story has a thousand.
const most = 60_000

// fold returns the words of a text in small letters, without accents and punctuation, with
// single spaces between them: «don't» is the two words "don t", «U.S.» is "u s".
func fold(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	words, length := 0, 0 // length is that of the word under way in runes
	add := func(r rune) bool {
		if !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			if !unicode.Is(unicode.Mn, r) {
				length = 0
			}
			return true
		}
		if length == 0 {
			if words++; words > most {
				return false
			}
			if words > 1 {
				b.WriteByte(' ')
			}
		}
		if length++; length <= longest {
			b.WriteRune(unicode.ToLower(r))
		}
		return true
	}
	if !ascii(text) {
		text = norm.NFKD.String(strings.ToValidUTF8(text, " "))
	}
	for _, r := range text {
		if !add(r) {
			break
		}
	}
	return b.String()
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// gap stands between names in a column, so that no phrase reaches from one into the next.
const gap = " zzz "

// names folds names into one column, each once.
func names(of []string) string {
	var out []string
	seen := map[string]bool{}
	for _, name := range of {
		if f := fold(name); f != "" && !seen[f] {
			seen[f] = true
			out = append(out, f)
		}
	}
	return strings.Join(out, gap)
}

// phrase is words that must stand together in one of some columns, or must not.
type phrase struct {
	words   []string
	columns []string
	not     bool
}

// where is what an entry of a full-text index must have: of each set of facets one, and
// all phrases.
type where struct {
	facets  [][]string
	phrases []phrase
}

// asks says whether some phrase must be there, so that entries can be ranked by it.
func (w *where) asks() bool {
	return slices.ContainsFunc(w.phrases, func(p phrase) bool { return !p.not })
}

// named adds the phrase of a name.
func (w *where) named(name string, columns ...string) {
	if words := strings.Fields(fold(name)); len(words) > 0 {
		w.phrases = append(w.phrases, phrase{words: words, columns: columns})
	}
}

// ask adds what a person typed: words that must all be there, "phrases in quotation marks",
// and -words or -"phrases" that must not. Nothing that can be typed is an error: what has no
// letter or digit is passed over, a quotation mark that is not closed reaches to the end.
func (w *where) ask(query string, columns ...string) {
	query = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`).Replace(query)
	for len(w.phrases) < 64 {
		query = strings.TrimLeftFunc(query, unicode.IsSpace)
		if query == "" {
			return
		}
		rest, not := strings.CutPrefix(query, "-")
		var words string
		if quoted, ok := strings.CutPrefix(rest, `"`); ok {
			words, query, _ = strings.Cut(quoted, `"`)
		} else if end := strings.IndexFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '"' }); end >= 0 {
			words, query = rest[:end], rest[end:]
		} else {
			words, query = rest, ""
		}
		if words == "AND" {
			continue
		}
		if f := strings.Fields(fold(words)); len(f) > 0 {
			w.phrases = append(w.phrases, phrase{words: f[:min(len(f), 64)], columns: columns, not: not})
		}
	}
}
