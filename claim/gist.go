package claim

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"hearsay/doc"
)

// Gist is a telling made ready for comparison by [Gists]: a few hundred bytes that hold
// hashes of its words. It is never changed once it is made.
type Gist struct {
	Telling
	day   int    // of publication, in days since 1970, or noDay
	terms []term // the words that tell, of source, cue and content, each once, by hash
	// sum is that of what the terms tell in their article, contentSum that of the content's,
	// and norm the length of their vector.
	sum, contentSum int
	norm            float64
	run             []uint32 // the words of the content in order, no more than longest
	quoted          []uint32 // each five words in a row inside quotation marks, by hash
	numbers         []float64
	source          Party
	speaker         []uint32 // the words of the source that tell, and of its name, by hash
	act             uint32   // meaning of the cue, where it tells more than that somebody says something; else 0
	denied          bool     // an odd number of words of denial
	value           doc.Factuality
	events          []happening
	words           map[uint32]string // of the terms, as they stand; nil once it is indexed
}

// term is a word that tells, with what it tells in 1/256 bit. Whole numbers add up to the
// same on every processor.
type term struct {
	hash   uint32
	weight uint16 // by how rare it is in news
	rare   uint16 // the same, less where it is all over the article
	inside bool   // it stands in the content
}

const bit = 256

// happening is an event of a statement: hashes of its type and of each side with it.
type happening struct {
	kind  doc.EventType
	sides []uint32
}

// noDay is the day of what has no date.
const noDay = math.MinInt32

// longest is how many words of a content are compared in order.
const longest = 64

// Gists makes the statements of an article ready for comparison, in their order.
func Gists(a *Article) []Gist {
	out := make([]Gist, len(a.Statements))
	at := map[string]int{}
	for i := range a.Statements {
		at[a.Statements[i].ID] = i
	}
	day := dayOf(a)
	counts := map[uint32]int{}
	if len(out) > 0 {
		for _, w := range wordsOf(a.Text) {
			if w.weight > 0 {
				counts[w.hash]++
			}
		}
	}
	for i := range a.Statements {
		s, t := &a.Statements[i], &out[i]
		t.Telling, t.day = Telling{a.ID, s.ID}, day
		t.read(s, counts)
		t.source = s.Source.Party
		for _, c := range s.Factuality {
			if c.Holder == s.ID {
				t.value = c.Value
			}
		}
	}
	for i := range a.Events {
		v := &a.Events[i]
		j, ok := at[v.Statement]
		if !ok {
			continue
		}
		h := happening{kind: v.Type}
		for _, p := range slices.Concat(v.Actors, v.Targets) {
			if w := nameHash(&p.Party); w != 0 {
				h.sides = append(h.sides, w)
			} else if p.Country != "" {
				h.sides = append(h.sides, hash(p.Country, p.Sector))
			}
		}
		out[j].events = append(out[j].events, h)
	}
	return out
}

// read fills what depends on the words; counts are those of the article's words.
//
// "The Endangered Species Act" tells little in an article on that act, and much in one on
// a budget: a word that stands n times in the article weighs the square root of n less.
func (t *Gist) read(s *Statement, counts map[uint32]int) {
	t.words = map[uint32]string{}
	weights, inside := map[uint32]uint16{}, map[uint32]bool{}
	denials := 0
	if s.Negated {
		denials++
	}
	for _, w := range wordsOf(s.Words) {
		if denial[w.stem] {
			denials++
		}
		if w.isNum {
			t.numbers = append(t.numbers, w.number)
		}
		if len(t.run) < longest {
			t.run = append(t.run, w.hash)
		}
		if w.weight > 0 {
			weights[w.hash], t.words[w.hash], inside[w.hash] = w.weight, w.text, true
		}
	}
	t.denied = denials%2 == 1
	for k, text := range [...]string{s.Source.Text, s.Source.Name, s.Cue.Text} {
		for _, w := range wordsOf(text) {
			if w.weight == 0 {
				continue
			}
			if k < 2 {
				t.speaker = append(t.speaker, w.hash)
			}
			if k != 1 { // the name of "he" is no word of the statement
				weights[w.hash], t.words[w.hash] = w.weight, w.text
			}
		}
	}
	slices.Sort(t.speaker)
	t.speaker = slices.Compact(t.speaker)
	if lemma := s.Cue.Lemma; lemma != "" && !speech[lemma] && !common[lemma] {
		means, _ := meaning(stem(lemma))
		t.act = hash(means)
	}
	square := 0
	for h, w := range weights {
		rare := uint16(math.Round(float64(w) / math.Sqrt(float64(max(1, counts[h])))))
		t.terms = append(t.terms, term{h, w, rare, inside[h]})
		square += int(rare) * int(rare)
		t.sum += int(rare)
		if inside[h] {
			t.contentSum += int(rare)
		}
	}
	slices.SortFunc(t.terms, func(a, b term) int { return compareHash(a.hash, b.hash) })
	t.norm = math.Sqrt(float64(square))
	t.quoted = quoted(s.Words, s.Quotation == doc.Direct)
}

func compareHash(a, b uint32) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// denial are the words that turn a statement round.
var denial = map[string]bool{"not": true, "no": true, "never": true, "none": true, "nobody": true, "nothing": true,
	"neither": true, "without": true, "cannot": true}

// speech are the lemmas of cues that tell no more than that somebody says or thinks
// something. Others are a part of what is told: "Israel indicted a girl".
var speech = map[string]bool{"add": true, "allege": true, "announce": true, "assert": true, "believe": true, "claim": true,
	"comment": true, "confirm": true, "declare": true, "describe": true, "explain": true, "insist": true, "know": true,
	"note": true, "report": true, "speak": true, "state": true, "suggest": true, "think": true, "write": true}

// quoteLength is how many words in a row make a quotation that two articles share.
const quoteLength = 5

// quoted returns the hashes of all runs of five words that stand inside quotation marks,
// sorted. All of a direct quotation does, though the marks may stand outside.
func quoted(text string, all bool) (out []uint32) {
	var run []uint32
	inside, begin := all, 0
	take := func(end int) {
		if inside {
			for _, w := range strings.FieldsFunc(text[begin:end], func(r rune) bool { return !inWord(r) }) {
				if w = strings.Trim(w, "'’"); w != "" {
					run = append(run, hash(strings.ToLower(strings.ReplaceAll(w, "’", "'"))))
				}
			}
		}
		if all && end < len(text) {
			return // marks inside a direct quotation part its fragments alone
		}
		for i := 0; i+quoteLength <= len(run); i++ {
			h := uint32(0)
			for _, w := range run[i : i+quoteLength] {
				h = pairHash(h, w)
			}
			out = append(out, h)
		}
		run = run[:0]
	}
	for i, r := range text {
		if r == '"' || r == '“' || r == '”' {
			take(i)
			inside = all || r == '“' || r == '"' && !inside
			begin = i + utf8.RuneLen(r)
		}
	}
	take(len(text))
	slices.Sort(out)
	return slices.Compact(out)
}

// inWord says whether a character belongs to a word of a quotation.
func inWord(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '\'' || r == '’' ||
		r >= 0xc0 && r < 0x2000
}

// nameHash returns a hash of a party known by name: of its id, or of its last name. 0 is
// nobody known.
func nameHash(p *Party) uint32 {
	if p.Known != "" {
		return hash(p.Known)
	}
	f := strings.Fields(p.Name)
	if len(f) == 0 {
		return 0
	}
	return hash(plain(f[len(f)-1]))
}

// dayOf returns the day of an article: when it was published, else when it was fetched.
func dayOf(a *Article) int {
	for _, s := range []string{a.Published, a.Fetched} {
		if len(s) >= 10 {
			if t, err := time.Parse(time.DateOnly, s[:10]); err == nil {
				return int(t.Unix() / 86400)
			}
		}
	}
	return noDay
}

// hash is FNV-1a over parts.
func hash(parts ...string) uint32 {
	h := uint32(2166136261)
	for _, s := range parts {
		for i := 0; i < len(s); i++ {
			h = (h ^ uint32(s[i])) * 16777619
		}
		h = (h ^ 0xff) * 16777619
	}
	return h
}

// pairHash is that of two things in order.
func pairHash(a, b uint32) uint32 { return (a*31 + b) * 2654435761 }
