package plover

import "strings"

// FormOf says whether a word in small letters is a regular form of a base: "shelled" and
// "shelling" of "shell", "parties" of "party". Taggers give odd lemmas to rare verbs.
func FormOf(word, base string) bool {
	n := len(base)
	if len(word) <= n || n < 3 || word[:n-1] != base[:n-1] {
		return false
	}
	if rest := word[n-1:]; base[n-1] == 'y' && (rest == "ies" || rest == "ied") || base[n-1] == 'e' && rest == "ing" {
		return true
	}
	rest, ok := strings.CutPrefix(word, base)
	if !ok {
		return false
	}
	switch rest {
	case "s", "es", "ed", "ing":
		return true
	case "d":
		return base[n-1] == 'e'
	}
	last := base[n-1:]
	return rest == last+"ed" || rest == last+"ing"
}

// irregular forms are those of verbs whose lemmas taggers get wrong.
var irregular = map[string][]string{
	"flee": {"fled"}, "forgive": {"forgave", "forgiven"}, "overrun": {"overran"}, "overthrow": {"overthrew", "overthrown"},
	"shoot": {"shot"}, "slay": {"slew", "slain"}, "uphold": {"upheld"}, "withdraw": {"withdrew", "withdrawn"},
}

// forms returns the forms of a verb: the regular ones, and those of irregular.
func forms(base string) []string {
	if f := irregular[base]; f != nil {
		return f
	}
	n := len(base)
	if n < 3 || strings.ContainsAny(base, "-_") {
		return nil
	}
	last, stem := base[n-1:], base[:n-1]
	switch {
	case last == "e":
		return []string{base + "s", base + "d", stem + "ing"}
	case last == "y" && !strings.ContainsAny(base[n-2:n-1], "aeiou"):
		return []string{stem + "ies", stem + "ied", base + "ing"}
	}
	out := []string{base + "s", base + "es", base + "ed", base + "ing"}
	if strings.ContainsAny(base[n-2:n-1], "aeiou") && !strings.ContainsAny(last, "aeiouwxy") {
		out = append(out, base+last+"ed", base+last+"ing")
	}
	return out
}
