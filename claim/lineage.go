package claim

import (
	"slices"
	"strings"

	"hearsay/doc"
)

// base returns a relation without its subtype.
func base(rel string) string {
	b, _, _ := strings.Cut(rel, ":")
	return b
}

// token returns the index of the first token that ends behind a byte offset.
func (c *citing) token(at int) int {
	i, _ := slices.BinarySearchFunc(c.d.Tokens, at, func(t doc.Token, at int) int {
		if t.End <= at {
			return -1
		}
		return 1
	})
	return i
}

// sentenceOf returns the index of a token's sentence.
func (c *citing) sentenceOf(t int) int {
	i, _ := slices.BinarySearchFunc(c.d.Sentences, t, func(s doc.Sentence, t int) int {
		if s.Last <= t {
			return -1
		}
		return 1
	})
	return i
}

// sentenceEnd returns the end of a token's sentence, as a token.
func (c *citing) sentenceEnd(t int) int { return c.d.Sentences[c.sentenceOf(t)].Last }

// children returns the tokens that depend on one, in order.
func (c *citing) children(t int) (out []int) {
	s := &c.d.Sentences[c.sentenceOf(t)]
	for k := s.First; k < s.Last; k++ {
		if c.d.Tokens[k].Head == t {
			out = append(out, k)
		}
	}
	return out
}

// marked says whether a noun has one of these prepositions.
func (c *citing) marked(t int, prepositions ...string) bool {
	for _, k := range c.children(t) {
		if base(c.d.Tokens[k].Rel) == "case" && slices.Contains(prepositions, strings.ToLower(c.d.Word(k))) {
			return true
		}
	}
	return false
}

// inPhrase says whether a noun stands behind "in" or "on": "in a tweet".
func (c *citing) inPhrase(t int) bool { return c.marked(t, "in", "on", "via") }

// headAfter returns the head of the noun phrase behind a preposition, or -1.
func (c *citing) headAfter(preposition int) int {
	h := c.d.Tokens[preposition].Head
	if h > preposition && c.sentenceOf(h) == c.sentenceOf(preposition) {
		return h
	}
	return -1
}

// mention returns the longest mention with a head, or -1.
func (c *citing) mention(t int) int {
	best := -1
	for i := range c.d.Mentions {
		if m := &c.d.Mentions[i]; m.Head == t && (best < 0 || m.End-m.Begin > c.d.Mentions[best].End-c.d.Mentions[best].Begin) {
			best = i
		}
	}
	return best
}

// entity returns what a noun refers to, or -1.
func (c *citing) entity(t int) int {
	if m := c.mention(t); m >= 0 {
		return c.d.Mentions[m].Entity
	}
	return -1
}

// outlet returns the outlet that a noun names: as an entity, or by its name alone.
func (c *citing) outlet(t int) (Party, bool) {
	if t < 0 {
		return Party{}, false
	}
	d := c.d
	p := c.phrase(t)
	if e := c.entity(t); outletEntity(d, e) {
		return p, true
	}
	if outletName(p.Text) {
		return p, true
	}
	for i := range d.Names {
		if n := d.Names[i].Span; n.Begin <= d.Tokens[t].Begin && d.Tokens[t].End <= n.End {
			if d.Names[i].Type != doc.Person && outletName(d.Slice(n)) {
				return party(d, n, c.entity(t)), true
			}
		}
	}
	// "State media", "state television", "the state news agency"
	if press[d.Tokens[t].Lemma] && pressWord.MatchString(p.Text) {
		return p, true
	}
	return Party{}, false
}

// phrase returns the words of a noun with what belongs to it: without clauses, what is said beside
// it and what stands behind "and" at a comma.
func (c *citing) phrase(t int) Party {
	d := c.d
	if m := c.mention(t); m >= 0 {
		return party(d, d.Mentions[m].Span, d.Mentions[m].Entity)
	}
	first, last := t, t
	var take func(int)
	take = func(h int) {
		for _, k := range c.children(h) {
			switch base(d.Tokens[k].Rel) {
			case "case", "punct", "acl", "advcl", "appos", "parataxis", "conj", "cc", "mark", "cop", "nsubj", "ccomp":
				continue
			}
			first, last = min(first, k), max(last, k)
			take(k)
		}
	}
	take(t)
	return party(d, doc.Span{Begin: d.Tokens[first].Begin, End: d.Tokens[last].End}, -1)
}

// evidenceFor returns the id of the innermost statement that words are evidence for: the one on
// whose cue they hang; else the innermost one in whose content they stand; else the only one
// of their sentence. "" is none of them.
func (c *citing) evidenceFor(t int) string {
	d := c.d
	for h, n := t, 0; h >= 0 && n < 40; h, n = d.Tokens[h].Head, n+1 {
		if s, ok := c.statementOf[h]; ok {
			return number("s", s)
		}
	}
	at := d.Tokens[t].Begin
	best, size := -1, 0
	for i := range d.Statements {
		long, inside := 0, false
		for _, s := range d.Statements[i].Content {
			long += s.End - s.Begin
			inside = inside || s.Begin <= at && at < s.End
		}
		if inside && (best < 0 || long < size) {
			best, size = i, long
		}
	}
	if best >= 0 {
		return number("s", best)
	}
	sentence := d.Sentences[c.sentenceOf(t)].Span
	for i := range d.Statements {
		if cue := d.Statements[i].Cue.Spans; len(cue) > 0 && sentence.Begin <= cue[0].Begin && cue[0].End <= sentence.End {
			if best >= 0 {
				return ""
			}
			best = i
		}
	}
	return number("s", best)
}
