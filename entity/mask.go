package entity

import (
	"math/rand/v2"
	"strings"
	"unicode"

	"hearsay/doc"
	"hearsay/lexicon/kb"
)

// Nobody has marked coreference in news at large, but an article says itself whom a name
// means. A name put down again is replaced by the pronoun that could stand there, and
// whom the pronoun refers to is known (Kocijan et al. 2019).

// Masked is a pronoun that stands where an article had a name.
type Masked struct {
	Span    doc.Span
	Surname string // of whom it refers to, in small letters
}

// maskedMost is how many names of an article are replaced at most: the others have to
// stay to be referred to.
const maskedMost = 4

// Mask returns the text of a read article with some names of people replaced by
// pronouns, and where. Only those are replaced whom the text names shortly before.
func Mask(d *doc.Doc, known *kb.KB, rng *rand.Rand) (string, []Masked) {
	t := newTree(d, known)
	all := t.mentions()
	full := map[string]map[string]bool{} // of each surname: the full names that have it
	for k := range all {
		if n := t.fullName(&all[k]); n != "" {
			last := strings.ToLower(lastWord(n))
			if full[last] == nil {
				full[last] = map[string]bool{}
			}
			if strings.Contains(n, " ") {
				full[last][n] = true
			}
		}
	}
	var chosen []int
	for k := range all {
		m := &all[k]
		n := t.fullName(m)
		if n == "" || len(full[strings.ToLower(lastWord(n))]) > 1 || !t.replaceable(m) || rng.IntN(3) == 0 {
			continue
		}
		surname := strings.ToLower(lastWord(n))
		before, others := false, false
		for a := k - 1; a >= 0 && m.sent-all[a].sent <= 3; a-- {
			if o := t.fullName(&all[a]); o != "" && all[a].last <= m.first {
				if strings.ToLower(lastWord(o)) == surname {
					before = before || !contains(chosen, a)
				} else {
					others = true
				}
			}
		}
		if !before || !others && rng.IntN(4) > 0 {
			continue
		}
		if len(chosen) > 0 && m.sent-all[chosen[len(chosen)-1]].sent < 2 {
			continue
		}
		if chosen = append(chosen, k); len(chosen) == maskedMost {
			break
		}
	}
	var b strings.Builder
	var out []Masked
	at := 0
	for _, k := range chosen {
		m := &all[k]
		span := t.span(m)
		word := t.pronounFor(m, rng)
		b.WriteString(d.Text[at:span.Begin])
		out = append(out, Masked{doc.Span{Begin: b.Len(), End: b.Len() + len(word)}, strings.ToLower(lastWord(t.fullName(m)))})
		b.WriteString(word)
		at = span.End
	}
	b.WriteString(d.Text[at:])
	return b.String(), out
}

func contains(list []int, x int) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// fullName returns the name of a mention of a person that is nothing but a name.
func (t *tree) fullName(m *mention) string {
	if m.form != proper || m.name < 0 || t.d.Names[m.name].Type != doc.Person {
		return ""
	}
	return bareName(t.d.Slice(t.d.Names[m.name].Span))
}

// replaceable says whether a pronoun can stand for the whole mention: it has no words
// beside the name and a title, and nothing hangs from it.
func (t *tree) replaceable(m *mention) bool {
	for i := m.first; i < m.last; i++ {
		if int(t.name[i]) != m.name && titleGender(t.d.Word(i)) == 0 && t.d.Tokens[i].XPOS != "POS" {
			return false
		}
	}
	for c := t.first[m.head]; c >= 0; c = t.next[c] {
		switch t.d.Tokens[c].Rel {
		case "appos", "acl:relcl", "acl", "conj", "nmod", "cop", "nummod":
			return false
		}
	}
	switch t.d.Tokens[m.head].Rel {
	case "nsubj", "nsubj:pass", "obj", "obl", "nmod:poss", "nmod", "iobj":
		return true
	}
	return false
}

// pronounFor returns the pronoun that fits where a mention stands.
func (t *tree) pronounFor(m *mention, rng *rand.Rand) string {
	g := m.gender
	if g != male && g != female {
		g = male
		if rng.IntN(2) == 0 {
			g = female
		}
	}
	k := &t.d.Tokens[m.head]
	var word string
	switch {
	case k.Rel == "nmod:poss" && g == male:
		word = "his"
	case k.Rel == "nmod:poss":
		word = "her"
	case strings.HasPrefix(k.Rel, "nsubj") && g == male:
		word = "he"
	case strings.HasPrefix(k.Rel, "nsubj"):
		word = "she"
	case g == male:
		word = "him"
	default:
		word = "her"
	}
	if m.first == t.d.Sentences[m.sent].First || m.first > 0 && strings.ContainsAny(t.d.Word(m.first-1), `“"`) {
		word = string(unicode.ToUpper(rune(word[0]))) + word[1:]
	}
	return word
}

// MaskedLesson is the lesson of an article that Mask made, read anew.
func MaskedLesson(d *doc.Doc, masked []Masked) CorefLesson {
	number := map[string]int{}
	of := func(surname string) int {
		n, ok := number[surname]
		if !ok {
			n = len(number)
			number[surname] = n
		}
		return n
	}
	l := CorefLesson{Doc: d, Groups: map[doc.Span]int{}}
	for k := range d.Names {
		n := &d.Names[k]
		if n.Type != doc.Person {
			continue
		}
		g := of(strings.ToLower(lastWord(bareName(d.Slice(n.Span)))))
		for i := range d.Tokens {
			if n.Contains(d.Tokens[i].Span) {
				l.Groups[d.Tokens[i].Span] = g
			}
		}
	}
	for _, m := range masked {
		l.Groups[m.Span] = of(m.Surname)
		l.Only = append(l.Only, m.Span)
	}
	return l
}
