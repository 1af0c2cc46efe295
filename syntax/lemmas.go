package syntax

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"sort"
	"strings"

	"hearsay/doc"
)

// lemmas maps a word and its tags to its lemma: a word seen in training by look-up,
// any other by the longest suffix rule of its Penn tag.
//
// A rule is written "cut+add": "ies" of an NNS cuts 3 and adds "y".
type lemmas struct {
	words map[lemmaKey]string
	rules map[lemmaKey]rule
}

type lemmaKey struct{ form, xpos string }

type rule struct {
	cut int
	add string
}

const longestSuffix = 5

// lemma returns the lemma of a word with its folded form and tags.
func (l *lemmas) lemma(form, lower string, xpos, upos string) string {
	if upos == "PROPN" || upos == "PUNCT" || upos == "SYM" || upos == "X" || upos == "NUM" {
		if xpos != "NNPS" {
			return form
		}
	}
	if s, ok := l.words[lemmaKey{lower, xpos}]; ok {
		return s
	}
	for n := min(longestSuffix, len(lower)-1); n >= 0; n-- {
		if r, ok := l.rules[lemmaKey{lower[len(lower)-n:], xpos}]; ok && r.cut <= len(lower) {
			base := lower
			if upos == "PROPN" {
				base = form
			}
			if r.cut > len(base) {
				continue
			}
			if r.cut == 0 && r.add == "" {
				return base
			}
			return base[:len(base)-r.cut] + r.add
		}
	}
	return lower
}

// learnLemmas counts the lemmas of docs. Of a word's lemmas the most frequent is
// kept; of a suffix the rule that most words take; what the rules say anyway is
// not kept by word.
func learnLemmas(docs []*doc.Doc) *lemmas {
	count := map[lemmaKey]map[string]int{}
	for _, d := range docs {
		for i := range d.Tokens {
			t := &d.Tokens[i]
			if t.UPOS == "PUNCT" || t.UPOS == "SYM" || t.UPOS == "X" || t.UPOS == "NUM" || t.UPOS == "PROPN" && t.XPOS != "NNPS" || t.Lemma == "_" {
				continue
			}
			k := lemmaKey{strings.ToLower(plainQuotes(d.Word(i))), t.XPOS}
			if count[k] == nil {
				count[k] = map[string]int{}
			}
			count[k][t.Lemma]++
		}
	}
	l := &lemmas{words: map[lemmaKey]string{}, rules: map[lemmaKey]rule{}}
	votes := map[lemmaKey]map[rule]int{}
	for k, c := range count {
		best := mostFrequent(c)
		l.words[k] = best
		r := ruleOf(k.form, strings.ToLower(best))
		for n := 0; n <= longestSuffix && n < len(k.form); n++ {
			if n < r.cut {
				continue
			}
			s := lemmaKey{k.form[len(k.form)-n:], k.xpos}
			if votes[s] == nil {
				votes[s] = map[rule]int{}
			}
			votes[s][r]++
		}
	}
	for s, v := range votes {
		var best rule
		n, total := 0, 0
		for r, c := range v {
			total += c
			if c > n || c == n && (r.cut < best.cut || r.cut == best.cut && r.add < best.add) {
				best, n = r, c
			}
		}
		if total >= 2 || len(s.form) == 0 {
			l.rules[s] = best
		}
	}
	for k, best := range l.words {
		delete(l.words, k)
		if l.lemma(k.form, k.form, k.xpos, "") != best {
			l.words[k] = best
		}
	}
	return l
}

func mostFrequent(c map[string]int) string {
	best, n := "", 0
	for s, k := range c {
		if k > n || k == n && s < best {
			best, n = s, k
		}
	}
	return best
}

// ruleOf returns what must be cut from the end of form, and added, to get lemma.
func ruleOf(form, lemma string) rule {
	n := 0
	for n < len(form) && n < len(lemma) && form[n] == lemma[n] {
		n++
	}
	return rule{len(form) - n, lemma[n:]}
}

// plainQuotes returns s with curly apostrophes straight.
func plainQuotes(s string) string { return strings.NewReplacer("’", "'", "‘", "'").Replace(s) }

// bytes writes the tables as sorted lines.
func (l *lemmas) bytes() []byte {
	var b bytes.Buffer
	put := func(n int) { b.Write(binary.LittleEndian.AppendUint32(nil, uint32(n))) }
	var lines []string
	for k, v := range l.words {
		lines = append(lines, k.form+"\t"+k.xpos+"\t"+v)
	}
	sort.Strings(lines)
	put(len(lines))
	n := len(lines)
	for k, v := range l.rules {
		lines = append(lines, fmt.Sprintf("%s\t%s\t%d\t%s", k.form, k.xpos, v.cut, v.add))
	}
	sort.Strings(lines[n:])
	b.WriteString(strings.Join(lines, "\n"))
	return b.Bytes()
}

func readLemmas(b []byte) (*lemmas, error) {
	if len(b) < 4 {
		return nil, fmt.Errorf("lemmas: %d bytes, shorter than the header", len(b))
	}
	n := int(binary.LittleEndian.Uint32(b))
	rest := string(b[4:])
	l := &lemmas{words: make(map[lemmaKey]string, n), rules: make(map[lemmaKey]rule, 8192)}
	for i := 0; rest != ""; i++ {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		form, line, _ := strings.Cut(line, "\t")
		xpos, line, ok := strings.Cut(line, "\t")
		if !ok {
			return nil, fmt.Errorf("lemmas: line %d has too few fields", i+1)
		}
		if i < n {
			l.words[lemmaKey{form, xpos}] = line
			continue
		}
		cut, add, _ := strings.Cut(line, "\t")
		if len(cut) != 1 && len(cut) != 2 {
			return nil, fmt.Errorf("lemmas: line %d: bad rule", i+1)
		}
		c := 0
		for _, d := range cut {
			c = c*10 + int(d-'0')
		}
		l.rules[lemmaKey{form, xpos}] = rule{c, add}
	}
	return l, nil
}
