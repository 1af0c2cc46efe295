package entity

import (
	"strings"

	"hearsay/doc"
	"hearsay/learn"
)

// pairLog is the log of the rows for the signs of mentions and of pairs of them.
const pairLog = 14

// signer appends rows for signs to a list, a new template with each call.
type signer struct {
	out []uint32
	n   int
}

func (s *signer) add(parts ...uint64) {
	x := learn.Template(900 + s.n)
	s.n++
	for _, p := range parts {
		x = learn.Mix(x, p)
	}
	s.out = append(s.out, uint32(x>>(64-pairLog)))
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

// kindOf numbers the type of a mention.
func kindOf(t doc.EntityType) uint64 {
	switch t {
	case doc.Person:
		return 1
	case doc.Organization:
		return 2
	case doc.Location, doc.Country:
		return 3
	case doc.Group:
		return 4
	case doc.Other:
		return 5
	case doc.Document:
		return 6
	}
	return 0
}

// class folds what a mention shows: its form, and of a pronoun which it is.
func (t *tree) class(m *mention) uint64 {
	if m.form == pronoun {
		return 64 + t.lower[m.head]
	}
	return uint64(m.form)<<3 | kindOf(m.kind)
}

// opening says how a noun phrase begins: definite, indefinite, demonstrative,
// possessive or bare.
func (t *tree) opening(m *mention) uint64 {
	for c := t.first[m.head]; c >= 0; c = t.next[c] {
		k := &t.d.Tokens[c]
		switch k.Rel {
		case "det":
			return t.lower[c]
		case "nmod:poss":
			return 3
		case "nummod":
			return 4
		}
	}
	return 1
}

// own appends the signs of a mention by itself: whether it is likely to be new.
func (t *tree) own(m *mention, out []uint32) []uint32 {
	s := signer{out: out}
	k := &t.d.Tokens[m.head]
	c := t.class(m)
	s.add(c)
	s.add(c, learn.Hash(k.Rel))
	s.add(t.opening(m), uint64(m.form), kindOf(m.kind))
	s.add(m.headWord, t.opening(m))
	s.add(uint64(min(m.last-m.first, 6)), uint64(m.form))
	s.add(uint64(min(m.sent, 4)), uint64(m.form))
	s.add(bit(m.quote >= 0), c)
	up := uint64(0)
	if k.Head >= 0 {
		up = t.lower[k.Head]
	}
	s.add(up, learn.Hash(k.Rel))
	before, after := uint64(0), uint64(0)
	if m.first > 0 {
		before = t.lower[m.first-1]
	}
	if m.last < len(t.lower) {
		after = t.lower[m.last]
	}
	s.add(before)
	s.add(after)
	modified := uint64(0)
	for c := t.first[m.head]; c >= 0; c = t.next[c] {
		switch t.d.Tokens[c].Rel {
		case "acl", "acl:relcl":
			modified |= 1
		case "nmod":
			modified |= 2
		case "amod", "compound":
			modified |= 4
		case "appos":
			modified |= 8
		}
	}
	s.add(modified, t.opening(m), kindOf(m.kind))
	return s.out
}

// rival counts, while candidates are gone through from the nearest on, those that could
// be meant as well: of fitting gender, number and type, each name once.
type rival struct {
	count int
	last  uint64
}

// next returns how many rivals stand nearer than a, and counts a.
func (r *rival) next(a, m *mention) int {
	n := r.count
	if a.form != pronoun && a.gender&m.gender != 0 && a.number&m.number != 0 && (m.kind == "" || a.kind == "" || a.kind == m.kind) && a.headWord != r.last {
		r.count++
		r.last = a.headWord
	}
	return n
}

// pair appends the signs of mention m referring to what a, before it, refers to.
// apart is how many mentions stand between, rivals how many of these could be meant.
func (t *tree) pair(a, m *mention, apart, rivals int, out []uint32) []uint32 {
	s := signer{out: out, n: 20}
	d := t.d
	ka, km := &d.Tokens[a.head], &d.Tokens[m.head]
	ca, cm := t.class(a), t.class(m)
	fa, fm := uint64(a.form), uint64(m.form)
	forms := fa<<2 | fm
	fit := uint64(0)
	if a.gender&m.gender == 0 {
		fit |= 1
	}
	if a.number&m.number == 0 {
		fit |= 2
	}
	if a.kind != "" && m.kind != "" && a.kind != m.kind {
		fit |= 4
	}
	if a.gender == m.gender && a.gender != anyGender {
		fit |= 8
	}
	if a.kind == m.kind && a.kind != "" {
		fit |= 16
	}
	sentences := uint64(bucket(m.sent-a.sent)) | bit(a.head > m.head)<<6
	between := uint64(bucket(apart))

	s.add(ca, cm, bit(a.head > m.head))
	s.add(fit, forms)
	s.add(fit, cm)
	s.add(sentences, forms)
	s.add(between, forms)
	s.add(sentences, cm, fa)
	s.add(between, cm, kindOf(a.kind))

	often := uint64(bucket(t.often[a.headWord]))
	s.add(uint64(min(rivals, 5)), cm, fa)
	s.add(uint64(min(rivals, 5)), fit, forms, bit(subject(ka)))
	s.add(often, cm, fa)
	s.add(uint64(min(rivals, 3)), sentences, forms, bit(subject(ka)), bit(subject(km)))

	// Words in common.
	match := uint64(0)
	if a.headWord == m.headWord {
		match |= 1
	}
	if a.whole == m.whole {
		match |= 2
	}
	shared, extra := overlap(m.words, a.words)
	if shared > 0 {
		match |= 4
	}
	if shared > 0 && extra == 0 {
		match |= 8 // all words of m are words of a
	}
	if _, more := overlap(a.words, m.words); more > 0 {
		match |= 16 // a says more
	}
	if m.form != pronoun && a.form != pronoun {
		if t.initials(a, m) || t.initials(m, a) {
			match |= 32
		}
		if len(a.words) > 0 && len(m.words) > 0 && a.words[len(a.words)-1] == m.words[len(m.words)-1] {
			match |= 64
		}
		if len(a.words) > 0 && len(m.words) > 0 && a.words[0] == m.words[0] {
			match |= 128
		}
	}
	s.add(match, forms)
	s.add(match, fit)
	s.add(match, forms, sentences)
	s.add(match, kindOf(a.kind), kindOf(m.kind))
	if m.form != pronoun && a.form != pronoun {
		s.add(a.headWord, m.headWord)
		s.add(match, t.opening(m), t.opening(a))
	} else {
		s.n++
		s.add(a.headWord, cm)
	}

	// What each is called.
	called := uint64(0)
	if shared, _ := overlap(a.called, m.called); shared > 0 {
		called = 1
	}
	if has(a.called, m.headWord) {
		called |= 2
	}
	if has(m.called, a.headWord) {
		called |= 4
	}
	s.add(called, forms, fit)
	s.add(called, match, t.opening(m), fm)

	// Grammar.
	ra, rm := learn.Hash(ka.Rel), learn.Hash(km.Rel)
	s.add(ra, rm, sentences)
	s.add(ra, cm, sentences)
	same := a.sent == m.sent
	grammar := uint64(0)
	if same {
		grammar |= 1
		if ka.Head >= 0 && ka.Head == km.Head {
			grammar |= 2 // of one verb
		}
		if a.first <= m.first && m.last <= a.last {
			grammar |= 4 // inside
		}
		if km.Head == a.head || ka.Head == m.head {
			grammar |= 8
			if km.Rel == "appos" || ka.Rel == "appos" {
				grammar |= 16
			}
		}
		if predicates(ka, km, a.head, m.head) && t.copula(a.head, m.head) {
			grammar |= 32
		}
		if t.above(m.head, a.head) {
			grammar |= 64
		}
		if km.Head >= 0 && t.above(km.Head, a.head) {
			grammar |= 128
		}
	}
	s.add(grammar, forms, ra)
	s.add(grammar, cm)
	if same && km.Head >= 0 {
		s.add(grammar&3, bit(m.head-a.head > 8), rm, ra)
	} else {
		s.n++
	}

	// Who speaks.
	speech := bit(a.quote >= 0) | bit(m.quote >= 0)<<1 | bit(a.quote >= 0 && a.quote == m.quote)<<2
	sa, sm := t.speaker[a.head], t.speaker[m.head]
	if sm >= 0 && int(sm) >= a.first && int(sm) < a.last && int(sm) == a.head {
		speech |= 8 // a speaks m
	}
	if sa >= 0 && int(sa) == m.head {
		speech |= 16 // m speaks a
	}
	if sa >= 0 && sa == sm {
		speech |= 32
	}
	if sa >= 0 && sm >= 0 && sa != sm {
		speech |= 64
	}
	s.add(speech, cm, fa, uint64(a.person))
	s.add(speech, uint64(a.person), uint64(m.person), fit)
	s.add(bit(a.inside >= 0), fa, cm)

	// Who was quoted before.
	said := uint64(0)
	if _, ok := t.source[a.head]; ok {
		said |= 1
	}
	if before, ok := t.latest[m.head]; ok {
		said |= 2
		if before == a.head {
			said |= 4
		}
	}
	s.add(said, cm, fa, fit)
	s.add(said, cm, sentences)
	s.add(said, speech, forms)
	return s.out
}

// subject says whether a token is the subject of its clause.
func subject(k *doc.Token) bool { return strings.HasPrefix(k.Rel, "nsubj") }

func has(list []uint64, x uint64) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// predicates says whether two tokens may be a subject and its predicate.
func predicates(a, m *doc.Token, ia, im int) bool {
	return a.Head == im && (a.Rel == "nsubj" || a.Rel == "nsubj:outer") || m.Head == ia && (m.Rel == "nsubj" || m.Rel == "nsubj:outer")
}

// copula says whether one of two tokens has a form of "be" that joins them.
func (t *tree) copula(a, b int) bool {
	for _, h := range [2]int{a, b} {
		for c := t.first[h]; c >= 0; c = t.next[c] {
			if t.d.Tokens[c].Rel == "cop" {
				return true
			}
		}
	}
	return false
}

// above says whether token b hangs, over some tokens, from token a.
func (t *tree) above(a, b int) bool {
	for n := 0; b >= 0 && n < 60; n++ {
		if b == a {
			return true
		}
		b = t.d.Tokens[b].Head
	}
	return false
}

// overlap counts the words of a that b has, and those that it has not.
func overlap(a, b []uint64) (shared, extra int) {
	for _, x := range a {
		found := false
		for _, y := range b {
			if x == y {
				found = true
				break
			}
		}
		if found {
			shared++
		} else {
			extra++
		}
	}
	return shared, extra
}

// initials says whether the head of b is made of the first letters of a's capitalised
// words: "European Union" and "EU", "E.U.".
func (t *tree) initials(a, b *mention) bool {
	if b.name < 0 || a.last-a.first < 2 {
		return false
	}
	w := t.d.Word(b.head)
	if len(w) < 2 || len(w) > 10 {
		return false
	}
	k := 0
	for i := a.first; i < a.last; i++ {
		x := t.d.Word(i)
		if !capital(x) {
			continue
		}
		for k < len(w) && w[k] == '.' {
			k++
		}
		if k >= len(w) || w[k] != x[0] {
			return false
		}
		k++
	}
	for k < len(w) && w[k] == '.' {
		k++
	}
	return k == len(w) && k > 1
}

// bucket folds a distance.
func bucket(n int) int {
	switch {
	case n < 5:
		return n
	case n < 8:
		return 5
	case n < 16:
		return 6
	case n < 32:
		return 7
	case n < 64:
		return 8
	}
	return 9
}
