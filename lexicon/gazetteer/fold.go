package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns the form under which a name is kept: lower case, without marks on its
// letters, full stops and apostrophes, with one blank for whatever else divides its
// words, without a leading "the", and with "St.", "Ste.", "Mt." and "Ft." written out.
//
//	Fold("The St. Lawrence River") // "saint lawrence river"
//	Fold("Ciudad de México")       // "ciudad de mexico"
func Fold(name string) string { return string(AppendFold(nil, name)) }

// AppendFold appends the folded form of name to dst.
func AppendFold(dst []byte, name string) []byte {
	if !ascii(name) {
		name = norm.NFD.String(name)
	}
	start := len(dst)
	word := start // where the word under way began
	end := func() {
		if word == len(dst) {
			return
		}
		switch string(dst[word:]) {
		case "st":
			dst = append(dst[:word], "saint"...)
		case "ste":
			dst = append(dst[:word], "sainte"...)
		case "mt":
			dst = append(dst[:word], "mount"...)
		case "ft":
			dst = append(dst[:word], "fort"...)
		case "the":
			if word == start {
				dst = dst[:start]
			}
		}
		word = len(dst)
	}
	put := func(s string) {
		if word == len(dst) && len(dst) > start {
			dst = append(dst, ' ')
			word = len(dst)
		}
		dst = append(dst, s...)
	}
	for i := 0; i < len(name); {
		c := name[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
				put(string(rune(c)))
			case 'A' <= c && c <= 'Z':
				put(string(rune(c + 'a' - 'A')))
			case c == '.' || c == '\'' || c == '`':
			case c == '&':
				end()
				put("and")
				end()
			default:
				end()
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(name[i:])
		i += n
		switch {
		case unicode.Is(unicode.Mn, r) || strings.ContainsRune("’‘ʻʼ´\u00ad", r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if s, ok := spelt[unicode.ToLower(r)]; ok {
				put(s)
			} else {
				put(string(unicode.ToLower(r)))
			}
		default:
			end()
		}
	}
	end()
	for len(dst) > start && dst[len(dst)-1] == ' ' {
		dst = dst[:len(dst)-1]
	}
	return dst
}

// spelt are letters that are no letter with a mark, and how they are written without.
var spelt = map[rune]string{'ø': "o", 'ł': "l", 'đ': "d", 'ð': "d", 'þ': "th", 'ß': "ss", 'æ': "ae", 'œ': "oe", 'ı': "i", 'ħ': "h", 'ə': "a"}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
