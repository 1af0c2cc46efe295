package quote

import (
	"hearsay/doc"
	"hearsay/learn"
)

// cueFeatures appends the features by which token i is judged to be the head of
// a cue: "said" in «The plan, she said, was dead», "concern" in «concern among
// officials at the delay», "according" in «according to the ministry».
func (v *view) cueFeatures(i int, f []uint64) []uint64 {
	d := v.d
	s := d.Sentences[v.sent[i]]
	add := func(n int, parts ...uint64) {
		h := learn.Template(n)
		for _, p := range parts {
			h = learn.Mix(h, p)
		}
		f = append(f, h)
	}
	lem, pos, rel := v.lemma[i], v.xpos[i], v.rel[i]
	w := func(k int) uint64 { return at(v.word, i+k, s.First, s.Last) }
	p := func(k int) uint64 { return at(v.xpos, i+k, s.First, s.Last) }
	add(0, v.upos[i])
	add(1, lem)
	add(2, lem, pos)
	add(3, lem, rel)
	add(4, v.class[i], v.upos[i])
	add(5, pos, p(-1), p(1))
	add(6, w(-1), v.upos[i])
	add(7, w(1), v.upos[i])
	add(8, lem, w(1))
	add(9, lem, w(-1))
	add(10, w(-2), w(-1), v.upos[i])
	add(11, w(1), w(2), v.upos[i])
	add(12, lem, p(1), p(2))
	add(13, v.class[i], w(1))
	add(14, v.class[i], rel, pos)
	add(15, lem, w(1), w(2))

	head := d.Tokens[i].Head
	if head >= 0 {
		add(20, rel, v.lemma[head])
		add(21, rel, v.xpos[head], v.upos[i])
		add(22, lem, v.lemma[head])
		add(23, v.class[i], v.class[head], rel)
	}

	// Dependents: which there are, and what stands in them.
	var set uint64
	for c := v.first[i]; c >= 0; c = v.next[c] {
		r := v.rel[c]
		set += learn.Mix(0x77, r) // order does not matter
		add(30, v.upos[i], r)
		add(31, lem, r)
		add(32, v.class[i], r, v.xpos[c])
		add(33, r, v.lemma[c], v.upos[i])
		add(34, lem, r, v.xpos[c])
		if d.Tokens[c].Rel == "ccomp" || d.Tokens[c].Rel == "xcomp" || d.Tokens[c].Rel == "acl" {
			mark := uint64(0)
			for g := v.first[c]; g >= 0; g = v.next[g] {
				if d.Tokens[g].Rel == "mark" {
					mark = v.lemma[g]
					break
				}
			}
			add(35, r, mark, v.upos[i])
			add(36, v.class[i], r, mark)
			add(37, r, bit(v.quotes.Inside(int(c))), v.class[i])
		}
		if isCase(d.Tokens[c].Rel) || d.Tokens[c].Rel == "nmod" || d.Tokens[c].Rel == "obl" {
			for g := v.first[c]; g >= 0; g = v.next[g] {
				if d.Tokens[g].Rel == "case" {
					add(38, lem, r, v.lemma[g])
					add(39, v.class[i], r, v.lemma[g])
					break
				}
			}
		}
	}
	add(40, v.upos[i], set)
	add(41, lem, set)

	// Quotation marks: where the cue stands to them.
	in := bit(v.quotes.Inside(i))
	left, right := v.nearQuote(i, -1, s), v.nearQuote(i, +1, s)
	add(50, in, v.upos[i])
	add(51, in, left, right, v.class[i])
	add(52, left, right, v.upos[i])
	add(53, lem, left, right)
	add(54, w(1), left, right, v.upos[i])
	block := d.Blocks[s.Block]
	add(55, v.upos[i], uint64(block.Kind), v.class[i])
	add(56, bit(i == s.First), bit(i == s.Last-1), v.upos[i])

	// A verb that shares a cue's subject: «she left the room and said …».
	if head >= 0 && d.Tokens[i].Rel == "conj" {
		add(60, v.class[i], v.class[head], v.upos[head])
	}
	// The subject, the verb's own or its head's.
	if subj := v.subject(i); subj >= 0 {
		add(61, v.lemma[subj], v.class[i])
		add(62, v.xpos[subj], v.class[i], v.upos[i])
		add(63, lem, v.upos[subj])
		add(64, v.word[subj], lem)
	}
	return f
}

func isCase(rel string) bool { return rel == "case" }

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// nearQuote says how far from token i the next quotation mark in the direction
// lies: 0 none in the sentence, 1 next to it, 2 after a comma or colon, 3 within
// five words, 4 further. The sign of opening and closing is in the upper bits.
func (v *view) nearQuote(i, step int, s doc.Sentence) uint64 {
	for k, n := i+step, 1; k >= s.First && k < s.Last; k, n = k+step, n+1 {
		q := v.quotes.Mark(k)
		if q == 0 {
			continue
		}
		far := uint64(4)
		switch {
		case n == 1:
			far = 1
		case n == 2 && v.d.Tokens[i+step].UPOS == "PUNCT":
			far = 2
		case n <= 5:
			far = 3
		}
		return far | uint64(q)<<4
	}
	return 0
}

// subject returns the token that heads the subject of token i, its own or that of
// the verb it is joined to, or -1.
func (v *view) subject(i int) int {
	for range 3 {
		for c := v.first[i]; c >= 0; c = v.next[c] {
			switch v.d.Tokens[c].Rel {
			case "nsubj", "nsubj:pass", "nsubj:outer", "csubj":
				return int(c)
			}
		}
		h := v.d.Tokens[i].Head
		if h < 0 || v.d.Tokens[i].Rel != "conj" && v.d.Tokens[i].Rel != "xcomp" {
			return -1
		}
		i = h
	}
	return -1
}

// candidate says whether token i can be the head of a cue at all.
func (v *view) candidate(i int) bool {
	switch v.d.Tokens[i].UPOS {
	case "VERB", "NOUN", "ADJ", "ADV", "AUX", "ADP", "SCONJ":
		return !v.ofTerms(i)
	case "PROPN":
		return v.class[i] != 0
	case "PUNCT":
		switch v.d.Word(i) {
		case ":", "—", "–", "--", "-", "―":
			return true
		}
	}
	return false
}
