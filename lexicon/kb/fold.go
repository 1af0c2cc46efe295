package kb

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold returns the form in which spellings of one name agree: lower case, without
// accents and full stops, hyphens as spaces. "Al-Qaïda" and "al Qaida" fold alike.
func fold(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < 0x80
	}
	if !ascii {
		s = norm.NFD.String(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	space := true // the last rune written was a space, or none was
	for _, r := range s {
		switch {
		case r == '.' || unicode.Is(unicode.Mn, r):
			continue
		case r == '-' || r == '‐' || r == '‑' || r == '–' || unicode.IsSpace(r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		}
		space = false
		if t, ok := letters[r]; ok {
			b.WriteString(t)
		} else {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return strings.TrimSuffix(b.String(), " ")
}

// letters are those that have no plain letter inside them, and the other apostrophes.
var letters = map[rune]string{
	'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ı': "i", 'ß': "ss",
	'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th",
	'’': "'", '‘': "'", 'ʼ': "'", 'ʻ': "'", '`': "'",
}

// slug makes an id's tail of a name: "Recep Tayyip Erdoğan" gives recep-tayyip-erdogan.
func slug(name string) string {
	var b strings.Builder
	for _, r := range fold(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r == ' ' || r > 127:
			b.WriteByte('-')
		}
	}
	return b.String()
}

// personID is the id of a person of that full name.
func personID(name string) string { return "person:" + slug(name) }

// surname returns the part of a person's name that news goes on with: "Biden",
// "van Rompuy", and the first word where the family name comes first ("Xi Jinping",
// "Moon Jae-in"). It is empty where no part can stand alone ("Mohammed bin Salman",
// "Elizabeth II").
func surname(name, country string) string {
	words := strings.Fields(name)
	if len(words) > 2 && (words[len(words)-1] == "Jr." || words[len(words)-1] == "Jr") {
		words = words[:len(words)-1]
	}
	n := len(words)
	if n < 2 {
		return ""
	}
	last := words[n-1]
	if strings.Trim(last, "IVX") == "" {
		return ""
	}
	if _, after, ok := strings.Cut(last, "-"); ok && len(after) > 0 && unicode.IsLower(rune(after[0])) && len(last) > 3 && last[0] >= 'A' && last[0] <= 'Z' {
		return words[0] // "Tsai Ing-wen"
	}
	switch country {
	case "CHN", "KOR", "PRK":
		return words[0]
	}
	i := n - 1
	for i > 1 && particle[words[i-1]] {
		i--
	}
	if w := words[i]; w == "bin" || w == "ibn" || w == "bint" || i != n-1 && (words[i] == "Bin") {
		return ""
	}
	return strings.Join(words[i:], " ")
}

// particle are the words that a family name can begin with.
var particle = map[string]bool{
	"van": true, "Van": true, "von": true, "de": true, "De": true, "da": true, "dos": true, "del": true, "della": true,
	"di": true, "Di": true, "du": true, "der": true, "den": true, "la": true, "La": true, "le": true, "Le": true, "ten": true,
	"bin": true, "ibn": true, "bint": true, "Bin": true, "al": true, "el": true, "El": true, "Al": true, "al-": true, "St.": true,
}
