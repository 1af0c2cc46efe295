package entity

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/lexicon/kb"
)

// form says how a mention refers.
type form uint8

const (
	pronoun form = iota
	proper       // a name, with or without a title: "Senator Jane Roe"
	common       // "the minister", "two officials"
	joint        // "the minister and her aide"
)

// Genders and numbers are sets: what is not known may be any.
const (
	male uint8 = 1 << iota
	female
	neuter
	anyGender = male | female | neuter
)

const (
	singular uint8 = 1 << iota
	plural
	anyNumber = singular | plural
)

// mention is a run of words that may refer, with what it shows of itself.
type mention struct {
	first, last int // tokens [first, last)
	head        int
	form        form
	kind        doc.EntityType
	gender      uint8
	number      uint8
	person      uint8 // 1, 2 or 3
	sent        int
	quote       int // of the quotation that it stands in, or -1
	name        int // index of the name that it holds as its head, or -1

	headWord uint64 // the lower-cased head, in the singular
	whole    uint64 // the lower-cased words without a determiner
	words    []uint64
	inside   int      // the mention whose words it is part of, or -1
	called   []uint64 // the nouns that it is called by, in the singular: "senator" of «Sen. Jane Roe»
}

// tree is a Doc's tokens with their dependents.
type tree struct {
	d           *doc.Doc
	first, next []int32 // of the dependents of each token, in order
	sent        []int32
	lower       []uint64
	name        []int32 // of each token: index into d.Names, or -1
	quote       []int32 // the number of the quotation that it stands in, or -1
	speaker     []int32 // the head of who speaks there, or -1
	known       *kb.KB
	often       map[uint64]int   // of each head of mentions but pronouns: how many there are
	surnames    map[string]uint8 // the genders of the people who have them in this article
	source      map[int]int      // of each head of a statement's source: the number of its first statement
	latest      map[int]int      // of each head of a source: that of the source before it
}

func newTree(d *doc.Doc, known *kb.KB) *tree {
	n := len(d.Tokens)
	room := make([]int32, 6*n)
	cut := func() []int32 { s := room[:n:n]; room = room[n:]; return s }
	t := &tree{d: d, known: known, first: cut(), next: cut(), sent: cut(), name: cut(), quote: cut(), speaker: cut(), lower: make([]uint64, n)}
	for i := range n {
		t.first[i], t.next[i], t.name[i], t.quote[i], t.speaker[i] = -1, -1, -1, -1, -1
	}
	for k, s := range d.Sentences {
		for i := s.First; i < s.Last; i++ {
			t.sent[i] = int32(k)
		}
	}
	for i := n - 1; i >= 0; i-- {
		if h := d.Tokens[i].Head; h >= 0 {
			t.next[i], t.first[h] = t.first[h], int32(i)
		}
	}
	var buf []byte
	for i := range d.Tokens {
		buf = lowered(buf[:0], d.Word(i))
		t.lower[i] = learn.HashBytes(buf)
	}
	k := 0
	for i := range d.Tokens {
		for k < len(d.Names) && d.Names[k].End <= d.Tokens[i].Begin {
			k++
		}
		if k < len(d.Names) && d.Names[k].Begin <= d.Tokens[i].Begin {
			t.name[i] = int32(k)
		}
	}
	t.quotations()
	t.sources()
	t.people()
	return t
}

// sources notes the heads of the sources of statements, each with the one before it.
func (t *tree) sources() {
	t.source, t.latest = map[int]int{}, map[int]int{}
	var heads []int
	for k := range t.d.Statements {
		if span := t.d.Statements[k].Source.Span; !span.Empty() {
			if h := t.d.HeadOf(span); h >= 0 {
				if _, again := t.source[h]; !again {
					t.source[h] = k
					heads = append(heads, h)
				}
			}
		}
	}
	slices.Sort(heads)
	for k, h := range heads {
		t.latest[h] = -1
		if k > 0 {
			t.latest[h] = heads[k-1]
		}
	}
}

// people notes what the article's titles and full names tell of the gender of each
// surname: «Mr. Roe», "Jane Roe".
func (t *tree) people() {
	t.surnames = map[string]uint8{}
	for k := range t.d.Names {
		n := &t.d.Names[k]
		if n.Type != doc.Person {
			continue
		}
		first, last := t.d.Within(n.Span)
		if first >= last {
			continue
		}
		g := uint8(0)
		for i := max(0, first-1); i < last; i++ {
			if x := titleGender(t.d.Word(i)); x != 0 {
				g = x
			}
		}
		surname := strings.ToLower(t.d.Word(last - 1))
		if g == 0 && last-first > 1 {
			if g = givenGender(t.d.Word(first)); g == 0 {
				g = male | female
			}
		}
		t.surnames[surname] |= g
	}
	day, _ := kb.ParseDay(t.d.Meta.Published)
	for k := range t.d.Names {
		n := &t.d.Names[k]
		text := t.d.Slice(n.Span)
		if n.Type != doc.Person || strings.Contains(text, " ") || t.surnames[strings.ToLower(text)] != 0 {
			continue
		}
		g := givenGender(text)
		if all := meant(t.known, text, day); len(all) == 1 || len(all) > 1 && busy(&all[0], day) {
			g = 0
			for _, p := range all {
				given, _, _ := strings.Cut(p.Name, " ")
				g |= givenGender(given)
			}
		}
		t.surnames[strings.ToLower(text)] = g
	}
}

// titleGender returns the gender that a title before a name tells, 0 for none.
func titleGender(title string) uint8 {
	switch title {
	case "Mr.", "Mr", "Sir", "Lord", "King", "Prince", "Congressman", "Señor", "Don":
		return male
	case "Mrs.", "Ms.", "Miss", "Mrs", "Ms", "Queen", "Princess", "Lady", "Dame", "Congresswoman", "Madame":
		return female
	}
	return 0
}

// quotations numbers the runs of words inside quotation marks, and finds who speaks
// each: the source of a statement whose content covers it.
func (t *tree) quotations() {
	d := t.d
	open, number := false, int32(-1)
	block := -1
	for i := range d.Tokens {
		if b := d.Sentences[t.sent[i]].Block; b != block {
			block, open = b, false
		}
		switch d.Word(i) {
		case "“", "``":
			open = true
			number++
			continue
		case "”":
			open = false
			continue
		case `"`, "''": // some papers open quotations with two apostrophes as well
			if open = !open; open {
				number++
			}
			continue
		}
		if open {
			t.quote[i] = number
		}
	}
	for k := range d.Statements {
		st := &d.Statements[k]
		if st.Source.Span.Empty() || st.Quotation == doc.Indirect {
			continue
		}
		h := t.d.HeadOf(st.Source.Span)
		if h < 0 {
			continue
		}
		for _, c := range st.Content {
			first, last := t.d.Within(c)
			for i := first; i < last; i++ {
				if t.quote[i] >= 0 && t.speaker[i] < 0 {
					t.speaker[i] = int32(h)
				}
			}
		}
	}
}

// mentions returns the words of a Doc that may refer to something, in order of their
// beginnings, longer ones first.
func (t *tree) mentions() []mention {
	d := t.d
	t.often = map[uint64]int{}
	var out []mention
	for i := range d.Tokens {
		if !d.Blocks[d.Sentences[t.sent[i]].Block].Kind.Prose() {
			continue
		}
		f, ok := t.refers(i)
		if !ok {
			continue
		}
		m := mention{head: i, form: f}
		m.first, m.last = t.extent(i)
		if k := t.name[i]; f != pronoun && (k >= 0 || t.titled(i) >= 0) {
			m.form = proper
		}
		if t.joined(i) {
			whole := m
			for c := t.first[i]; c >= 0; c = t.next[c] {
				if d.Tokens[c].Rel == "conj" {
					_, last := t.extent(int(c))
					whole.last = max(whole.last, last)
				}
			}
			whole.form = joint
			out = append(out, whole)
		}
		out = append(out, m)
	}
	sortMentions(out)
	for k := range out {
		t.describe(&out[k])
		out[k].called = t.calledBy(&out[k])
		if out[k].form != pronoun {
			t.often[out[k].headWord]++
		}
	}
	var stack []int
	for k := range out {
		for len(stack) > 0 && out[stack[len(stack)-1]].last < out[k].last {
			stack = stack[:len(stack)-1]
		}
		out[k].inside = -1
		if len(stack) > 0 {
			out[k].inside = stack[len(stack)-1]
		}
		stack = append(stack, k)
	}
	// An owner is settled before what it owns: «her lawyer».
	for k := 0; k+1 < len(out); k++ {
		if h := &t.d.Tokens[out[k+1].head]; h.Rel == "nmod:poss" && h.Head == out[k].head && out[k].form != joint && out[k+1].inside == k {
			out[k], out[k+1] = out[k+1], out[k]
			out[k].inside = k + 1
			for j := k + 2; j < len(out) && out[j].inside >= k; j++ {
				switch out[j].inside {
				case k:
					out[j].inside = k + 1
				case k + 1:
					out[j].inside = k
				}
			}
			k++
		}
	}
	return t.reorder(out)
}

// reorder moves a pronoun that stands before what it refers to behind it, so that it is
// looked for among what comes before: the subject of a clause that opens with words
// round the pronoun («In her first speech, Jane Roe said», "After he left, Roe said").
func (t *tree) reorder(all []mention) []mention {
	at := map[int]int{} // the mention that a token heads, but for joint ones
	for k := range all {
		if all[k].form != joint {
			at[all[k].head] = k
		}
	}
	after := map[int][]int{} // of a mention: the pronouns that come behind it
	moved := make([]bool, len(all))
	for k := range all {
		m := &all[k]
		if m.form != pronoun || m.person != 3 || t.quote[m.head] >= 0 {
			continue
		}
		if s := t.subjectAhead(m.head); s >= 0 {
			if to, ok := at[s]; ok && all[to].form != pronoun {
				after[to] = append(after[to], k)
				moved[k] = true
			}
		}
	}
	if len(after) == 0 {
		return all
	}
	place := make([]int, len(all)) // where each mention goes
	out := make([]mention, 0, len(all))
	for k := range all {
		if moved[k] {
			continue
		}
		place[k] = len(out)
		out = append(out, all[k])
		for _, p := range after[k] {
			place[p] = len(out)
			out = append(out, all[p])
		}
	}
	for k := range out {
		if out[k].inside >= 0 {
			out[k].inside = place[out[k].inside]
		}
	}
	return out
}

// subjectAhead returns the subject of the clause in whose opening words token i stands,
// if the subject comes after it; -1 otherwise.
func (t *tree) subjectAhead(i int) int {
	d := t.d
	for x, n := i, 0; n < 12; n++ {
		v := d.Tokens[x].Head
		if v < 0 {
			return -1
		}
		rel, _, _ := strings.Cut(d.Tokens[x].Rel, ":")
		if v > x && n > 0 && (rel == "obl" || rel == "advcl") {
			for c := t.first[v]; c >= 0; c = t.next[c] {
				if strings.HasPrefix(d.Tokens[c].Rel, "nsubj") && int(c) > x && int(c) > i {
					return int(c)
				}
			}
		}
		x = v
	}
	return -1
}

// sortMentions sorts by beginning, then by end from the last, then by head.
func sortMentions(m []mention) {
	// They come in order of their heads, nearly sorted: insertion is quick.
	for i := 1; i < len(m); i++ {
		for k := i; k > 0; k-- {
			a, b := &m[k-1], &m[k]
			if a.first < b.first || a.first == b.first && (a.last > b.last || a.last == b.last && a.form >= b.form) {
				break
			}
			m[k-1], m[k] = m[k], m[k-1]
		}
	}
}

// refers says whether token i heads words that may refer: nouns, names, pronouns, and
// numbers and determiners that stand for a noun («two said», «this shows»).
func (t *tree) refers(i int) (form, bool) {
	k := &t.d.Tokens[i]
	switch k.UPOS {
	case "PRON":
		switch {
		case strings.HasPrefix(k.XPOS, "PRP"):
			return pronoun, k.Rel != "expl"
		case k.XPOS == "DT":
			return pronoun, true
		case k.XPOS == "NN": // "someone", "everybody"
			return common, true
		}
		return 0, false
	case "NOUN", "PROPN":
		switch k.Rel {
		case "flat", "fixed", "goeswith":
			return 0, false
		case "compound":
			// Of a compound, names refer («the Senate vote»), and other nouns seldom do.
			n := t.name[i]
			if n < 0 || t.d.Names[n].Contains(t.d.Tokens[k.Head].Span) {
				return 0, false
			}
			// The last word of the name stands for it.
			return common, i+1 >= len(t.name) || t.name[i+1] != n
		}
		// Of a name whose words the parser hangs apart, the first stands for all.
		for j := i - 1; j >= 0 && t.name[i] >= 0 && t.name[j] == t.name[i]; j-- {
			if h := t.d.Tokens[j].Head; h < 0 || t.name[h] != t.name[i] {
				return 0, false
			}
		}
		return common, true
	case "DET":
		switch k.Rel {
		case "nsubj", "obj", "obl", "nmod", "nsubj:pass", "conj", "root":
			return pronoun, true
		}
		return 0, strings.HasPrefix(k.XPOS, "PRP")
	case "NUM":
		switch k.Rel {
		case "nsubj", "nsubj:pass", "obj", "nmod", "obl":
			return common, true
		}
		return 0, false
	case "ADJ":
		switch k.Rel {
		case "nsubj", "nsubj:pass", "obj": // «the poor said», «many believe», "others"
			return common, true
		}
		// An adjective of nationality is a name of its own: «the Chinese president».
		n := t.name[i]
		return common, n >= 0 && t.d.Names[n].Type == doc.Group
	}
	return 0, false
}

// joined says whether token i is the first of words joined by "and" or "or".
func (t *tree) joined(i int) bool {
	for c := t.first[i]; c >= 0; c = t.next[c] {
		if t.d.Tokens[c].Rel == "conj" {
			switch t.d.Tokens[c].UPOS {
			case "NOUN", "PROPN", "PRON":
				return true
			}
		}
	}
	return false
}

// extent returns the words of the mention that token i heads: those that depend on it,
// but for joined ones, what stands beside it in apposition, and what belongs to the
// clause that it is the predicate of.
func (t *tree) extent(i int) (first, last int) {
	first, last = i, i+1
	for c := t.first[i]; c >= 0; c = t.next[c] {
		k := &t.d.Tokens[c]
		rel, _, _ := strings.Cut(k.Rel, ":")
		ok := false
		switch rel {
		case "amod", "compound", "det", "flat", "nmod", "nummod", "acl", "fixed", "goeswith":
			ok = true
		case "case":
			ok = int(c) > i // «the minister's»
		case "advmod":
			ok = int(c) < i && int(c) > first // «a very large army», not «only he»
		}
		if !ok {
			continue
		}
		if int(c) < i {
			first = min(first, t.edge(int(c), -1))
		} else {
			last = max(last, t.edge(int(c), +1)+1)
		}
	}
	// A name that reaches further is taken whole.
	if n := t.name[i]; n >= 0 {
		for first > 0 && t.name[first-1] == n {
			first--
		}
		for last < len(t.name) && t.name[last] == n {
			last++
		}
	}
	return first, last
}

// edge returns the first or last token under c, but for punctuation.
func (t *tree) edge(c, side int) int {
	at := c
	for k := t.first[c]; k >= 0; k = t.next[k] {
		if t.d.Tokens[k].UPOS == "PUNCT" {
			continue
		}
		if e := t.edge(int(k), side); side < 0 && e < at || side > 0 && e > at {
			at = e
		}
	}
	return at
}

// describe fills in what a mention shows of itself.
func (t *tree) describe(m *mention) {
	d := t.d
	m.sent, m.quote, m.name = int(t.sent[m.head]), int(t.quote[m.head]), -1
	m.person, m.gender, m.number = 3, anyGender, anyNumber
	h := &d.Tokens[m.head]
	word := strings.ToLower(d.Word(m.head))
	m.headWord = t.lower[m.head]
	m.whole = 11
	of := t.name[m.head]
	if of < 0 && m.form == proper {
		of = t.titled(m.head)
		first, _ := d.Within(d.Names[of].Span)
		m.headWord = t.lower[first]
	}
	for i := m.first; i < m.last; i++ {
		k := &d.Tokens[i]
		if k.UPOS == "DET" || k.UPOS == "PUNCT" || k.XPOS == "POS" {
			continue
		}
		m.whole = learn.Mix(m.whole, t.lower[i])
		if i > m.head && (of < 0 || t.name[i] != of) {
			continue // of what follows, a name's own words alone
		}
		switch k.UPOS {
		case "NOUN", "PROPN", "ADJ", "NUM":
			if len(m.words) < 12 {
				m.words = append(m.words, t.lower[i])
			}
		}
	}
	if m.form == pronoun {
		if p, ok := pronouns[word]; ok {
			m.person, m.gender, m.number = p.person, p.gender, p.number
		}
		if m.gender&neuter == 0 {
			m.kind = doc.Person
		}
		return
	}
	if m.form == joint {
		m.number = plural
	} else {
		switch h.XPOS {
		case "NN", "NNP":
			m.number = singular
		case "NNS", "NNPS", "CD":
			m.number = plural
			if h.Lemma == "one" || h.Lemma == "1" {
				m.number = singular
			}
		}
	}
	if n := of; n >= 0 {
		m.name = int(n)
		m.kind = d.Names[n].Type
		m.number = singular
		switch m.kind {
		case doc.Person:
			m.gender = t.nameGender(m)
		case doc.Group:
			m.number = plural
			m.gender = anyGender
		default:
			m.gender = anyGender // the tagger may be wrong; signs see the type
			m.number = anyNumber // "the company … they"
		}
		if m.form == joint {
			m.number = plural
		}
		return
	}
	if h.Lemma != "" && h.XPOS != "CD" {
		m.headWord = learn.Hash(strings.ToLower(h.Lemma))
	}
	m.kind, m.gender = t.nounKind(m)
}

// titled returns the name of the person that a noun is the title of where the tree hangs the
// name from the title, -1 for none: «Gazette editor Jane Roe».
func (t *tree) titled(i int) int32 {
	if k := &t.d.Tokens[i]; k.UPOS != "NOUN" || k.XPOS != "NN" || i+1 >= len(t.name) || t.name[i] >= 0 {
		return -1
	}
	n := t.name[i+1]
	if k := &t.d.Tokens[i+1]; n < 0 || k.Head != i || k.Rel != "flat" || t.d.Names[n].Type != doc.Person {
		return -1
	}
	return n
}

// nameGender guesses from a title, the given name, or what the article says of others
// with the surname.
func (t *tree) nameGender(m *mention) uint8 {
	for i := max(0, m.first-1); i < m.last; i++ {
		if g := titleGender(t.d.Word(i)); g != 0 {
			return g
		}
	}
	text := plainName(t.d.Slice(t.d.Names[m.name].Span))
	g := uint8(0)
	if first, _, ok := strings.Cut(text, " "); ok {
		g = givenGender(first)
	} else {
		g = t.surnames[strings.ToLower(text)]
	}
	if g == 0 {
		return male | female
	}
	return g
}

type pronounForm struct{ person, gender, number uint8 }

var pronouns = map[string]pronounForm{
	"i": {1, male | female, singular}, "me": {1, male | female, singular}, "my": {1, male | female, singular}, "mine": {1, male | female, singular}, "myself": {1, male | female, singular},
	"we": {1, anyGender, plural}, "us": {1, anyGender, plural}, "our": {1, anyGender, plural}, "ours": {1, anyGender, plural}, "ourselves": {1, anyGender, plural},
	"you": {2, male | female, anyNumber}, "your": {2, male | female, anyNumber}, "yours": {2, male | female, anyNumber}, "yourself": {2, male | female, singular}, "yourselves": {2, male | female, plural},
	"he": {3, male, singular}, "him": {3, male, singular}, "his": {3, male, singular}, "himself": {3, male, singular},
	"she": {3, female, singular}, "her": {3, female, singular}, "hers": {3, female, singular}, "herself": {3, female, singular},
	"it": {3, neuter, singular}, "its": {3, neuter, singular}, "itself": {3, neuter, singular},
	"they": {3, anyGender, plural}, "them": {3, anyGender, plural}, "their": {3, anyGender, plural}, "theirs": {3, anyGender, plural}, "themselves": {3, anyGender, plural},
	"this": {3, neuter, singular}, "that": {3, neuter, singular}, "these": {3, anyGender, plural}, "those": {3, anyGender, plural},
}

// titleNouns are titles that are short for nouns.
var titleNouns = map[string]string{"Sen.": "senator", "Sens.": "senator", "Rep.": "representative", "Gov.": "governor", "Gen.": "general", "Dr.": "doctor",
	"Prof.": "professor", "Lt.": "lieutenant", "Col.": "colonel", "Capt.": "captain", "Adm.": "admiral", "Rev.": "reverend", "Sgt.": "sergeant", "Congressman": "congressman"}

// calledBy returns the nouns by which a mention calls what it refers to: its own head, those
// before a name, in apposition to it, and what it is said to be.
func (t *tree) calledBy(m *mention) []uint64 {
	if m.form == pronoun || m.form == joint {
		return nil
	}
	d := t.d
	var out []uint64
	add := func(i int) {
		k := &d.Tokens[i]
		if n, ok := titleNouns[d.Word(i)]; ok {
			out = append(out, learn.Hash(n))
			return
		}
		if k.UPOS == "NOUN" || k.UPOS == "PROPN" && (t.name[i] < 0 || int(t.name[i]) != m.name) {
			out = append(out, learn.Hash(strings.ToLower(k.Lemma)))
		}
	}
	if m.form == proper {
		for i := m.first; i < m.head; i++ {
			add(i)
		}
		if m.first > 0 {
			if n, ok := titleNouns[d.Word(m.first-1)]; ok {
				out = append(out, learn.Hash(n))
			}
		}
	}
	add(m.head)
	for c := t.first[m.head]; c >= 0; c = t.next[c] {
		if d.Tokens[c].Rel == "appos" {
			add(int(c))
		}
	}
	if k := &d.Tokens[m.head]; k.Head >= 0 && (k.Rel == "appos" || k.Rel == "nsubj" && d.Tokens[k.Head].UPOS == "NOUN") {
		add(k.Head)
	}
	return out
}

// capital says whether a word begins with a capital letter.
func capital(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r)
}
