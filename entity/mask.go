package entity

import (
	"math/rand/v2"
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// Nobody has marked coreference in news at large, but an article says itself whom a name
// means. A name put down again is replaced by the pronoun or the description that could
// stand there, and whom it refers to is known (Kocijan et al. 2019).

// Masked are the words that stand where an article had a name.
type Masked struct {
	Head doc.Span // of the word that the others depend on
	Key  string   // of whom it refers to, see maskKey
}

// maskedMost is how many names of an article are replaced at most: the others have to
// stay to be referred to.
const maskedMost = 4

// Mask returns the text of a read article with some names of people and bodies replaced
// by pronouns or descriptions, and where. Only those are replaced whom the text names shortly before.
func Mask(d *doc.Doc, known *kb.KB, rng *rand.Rand) (string, []Masked) {
	t := newTree(d, known)
	all := t.mentions()
	full := map[string]map[string]bool{} // of each surname: the full names that have it
	called := map[string][]string{}      // of each key: the nouns by which the article calls it
	for k := range all {
		key := t.maskKey(&all[k])
		if key == "" {
			continue
		}
		if n := t.personName(&all[k]); strings.Contains(n, " ") {
			if full[key] == nil {
				full[key] = map[string]bool{}
			}
			full[key][n] = true
		}
		called[key] = append(called[key], t.callings(&all[k])...)
	}
	var chosen []int
	for k := range all {
		m := &all[k]
		key := t.maskKey(m)
		if key == "" || len(full[key]) > 1 || !t.replaceable(m) || rng.IntN(3) == 0 {
			continue
		}
		before, others := false, false
		for a := k - 1; a >= 0 && m.sent-all[a].sent <= 3; a-- {
			if o := t.maskKey(&all[a]); o != "" && all[a].last <= m.first {
				if o == key {
					before = before || !slices.Contains(chosen, a)
				} else {
					others = others || o[0] == key[0]
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
		words := t.pronounFor(m, rng)
		if nouns := called[t.maskKey(m)]; len(nouns) > 0 && rng.IntN(3) == 0 {
			words = "the " + nouns[rng.IntN(len(nouns))]
			if t.d.Tokens[m.head].Rel == "nmod:poss" {
				words += "'s"
			}
		}
		if m.first == t.d.Sentences[m.sent].First || m.first > 0 && t.quote[m.first] >= 0 && t.quote[m.first-1] < 0 {
			words = strings.ToUpper(words[:1]) + words[1:]
		}
		b.WriteString(d.Text[at:span.Begin])
		end := b.Len() + len(strings.TrimSuffix(words, "'s"))
		out = append(out, Masked{doc.Span{Begin: b.Len() + strings.LastIndexByte(words, ' ') + 1, End: end}, t.maskKey(m)})
		b.WriteString(words)
		at = span.End
	}
	b.WriteString(d.Text[at:])
	return b.String(), out
}

// maskKey returns what a named mention is told apart by: of a person "p" and the surname,
// of a body "o" and its name, both in small letters; "" for others.
func (t *tree) maskKey(m *mention) string {
	if n := t.personName(m); n != "" {
		return "p" + strings.ToLower(lastWord(n))
	}
	if m.form == proper && m.name >= 0 && t.d.Names[m.name].Type == doc.Organization {
		name := plainName(t.d.Slice(t.d.Names[m.name].Span))
		return "o" + strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The "))
	}
	return ""
}

// callings returns the nouns that can stand for a mention after "the": a person's title
// or office, the last word of a body's name.
func (t *tree) callings(m *mention) (out []string) {
	d := t.d
	if d.Names[m.name].Type != doc.Person {
		name := d.Slice(d.Names[m.name].Span)
		if n, ok := lexicon.Noun(strings.ToLower(lastWord(name))); ok && strings.Contains(name, " ") && (n.Class == lexicon.OrganizationNoun || n.Class == lexicon.OutletNoun) {
			out = append(out, strings.ToLower(lastWord(name)))
		}
		return out
	}
	take := func(i int) {
		if n, ok := titleNouns[d.Word(i)]; ok {
			out = append(out, n)
			return
		}
		lemma := strings.ToLower(d.Tokens[i].Lemma)
		if n, ok := lexicon.Noun(lemma); ok && n.Class == lexicon.PersonNoun && d.Tokens[i].XPOS != "NNS" {
			out = append(out, lemma)
		}
	}
	for i := max(0, m.first-1); i < m.head; i++ {
		if t.name[i] < 0 {
			take(i)
		}
	}
	for c := t.first[m.head]; c >= 0; c = t.next[c] {
		if d.Tokens[c].Rel == "appos" {
			take(int(c))
		}
	}
	return out
}

// replaceable says whether a pronoun can stand for the whole mention: it has no words
// beside the name and a title, and nothing hangs from it.
func (t *tree) replaceable(m *mention) bool {
	for i := m.first; i < m.last; i++ {
		if int(t.name[i]) != m.name && titleGender(t.d.Word(i)) == 0 && t.d.Tokens[i].XPOS != "POS" && t.lower[i] != theHash {
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
	case t.d.Names[m.name].Type != doc.Person && k.Rel == "nmod:poss":
		word = "its"
	case t.d.Names[m.name].Type != doc.Person:
		word = "it"
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
	return word
}

// theHash is the article that belongs to many names of bodies.
var theHash = learn.Hash("the")

// MaskedLesson is the lesson of an article that Mask made, read anew.
func MaskedLesson(d *doc.Doc, masked []Masked, known *kb.KB) CorefLesson {
	number := map[string]int{}
	of := func(key string) int {
		n, ok := number[key]
		if !ok {
			n = len(number)
			number[key] = n
		}
		return n
	}
	l := CorefLesson{Doc: d, Groups: map[doc.Span]int{}}
	t := newTree(d, known)
	for _, m := range t.mentions() {
		key := t.maskKey(&m)
		if key == "" {
			continue
		}
		g := of(key)
		for i := range d.Tokens {
			if d.Names[m.name].Contains(d.Tokens[i].Span) {
				l.Groups[d.Tokens[i].Span] = g
			}
		}
	}
	for _, m := range masked {
		l.Groups[m.Head] = of(m.Key)
		l.Only = append(l.Only, m.Head)
	}
	return l
}
