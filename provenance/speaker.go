package provenance

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/claim"
	"hearsay/doc"
)

// speaker is who a telling says it is from, as far as two speakers can be told apart.
type speaker struct {
	kind        doc.SourceKind
	named       bool
	known       string   // id in the knowledge base
	name        []string // words of the name, lower case, without titles
	text        string   // as the article has it
	affiliation string
	role        string // the noun of the role, "" where it tells nobody apart

	// Of the speaker of an origin: to which outlet it spoke first, when, and in which words.
	told  outlet
	on    string
	words *claim.Statement
}

// speakerOf returns the source of a statement of an article.
func (in *Input) speakerOf(a *claim.Article, s *claim.Statement) speaker {
	src := s.Source
	if w := fold(src.Text); len(w) == 1 && (w[0] == "who" || w[0] == "which") && src.Name == "" {
		src.Text = before(a.Text, src.Span.Begin)
	}
	if src.Kind == doc.UnknownSource && papers[headOf(src.Text)] {
		src.Kind = doc.DocumentSource
	}
	p := speaker{kind: src.Kind, known: src.Known, text: src.Text}
	switch src.Kind {
	case doc.PersonSource, doc.OrganizationSource, doc.CountrySource, doc.OutletSource, doc.DocumentSource:
		name := cmp.Or(src.Name, src.Text)
		p.named = src.Name != "" || src.Kind != doc.PersonSource
		p.name = fold(name)
		if first, _, ok := strings.Cut(src.Text, ","); ok && src.Name == "" && src.Kind != doc.DocumentSource && properName(first) {
			// "Odd Lervik, a spokesman for the ministry", not found in the text as a person.
			src.Kind, p.kind, p.named, p.name, p.text = doc.PersonSource, doc.PersonSource, true, fold(first), first
		}
		if src.Name != "" {
			p.text = src.Name
		}
		if src.Kind == doc.CountrySource && src.Affiliation != "" {
			p.known = src.Affiliation
			if src.Assumed {
				// «The government» names no state: it is nobody's but by its outlet's.
				p.named, p.known, p.name = false, "", nil
			}
		}
	}
	p.role = roleOf(src.Text)
	p.affiliation = in.speaksFor(&src)
	return p
}

// before returns the words before a relative pronoun that it may stand for, from the beginning of
// its sentence: "Odd Lervik, a spokesman" of "It was Odd Lervik, a spokesman, who said".
func before(text string, at int) string {
	s := text[sentence(text, at).Begin:at]
	for _, cut := range []string{" — ", " – ", "It was ", "It is "} {
		if i := strings.LastIndex(s, cut); i >= 0 {
			s = s[i+len(cut):]
		}
	}
	return strings.Trim(s, " ,")
}

// speaksFor returns the state or the body that a source speaks for, as far as its own words or the
// knowledge base firmly say so. What the article only suggests by where it plays tells nobody apart.
func (in *Input) speaksFor(src *claim.Source) string {
	is := src.Affiliation
	if src.Assumed || press(is) {
		is = ""
	}
	state := len(is) == 3 && is == strings.ToUpper(is)
	switch src.Kind {
	case doc.OutletSource, doc.Author, doc.UnknownSource:
		return ""
	case doc.OrganizationSource:
		if src.Known == "" && !official(cmp.Or(src.Name, src.Text)) {
			return ""
		}
	}
	if in.State == nil {
		return is
	}
	if words := in.stateIn(src); words != "" && (state || is == "") {
		return words
	}
	described := src.Name == "" || strings.Contains(src.Text, ",")
	if state && src.Known == "" && described && in.stateIn(src) == "" {
		is = ""
	}
	if is == "" || !state && !private(is) {
		return cmp.Or(bodyIn(src), is)
	}
	return is
}

// bodyIn returns the body of no state that the words of a source name as its own: "the head of the
// Coastal Skippers' Union", "a driver for the shipping company Nordfrakt".
func bodyIn(src *claim.Source) string {
	rest := strings.TrimPrefix(src.Text, src.Name)
	words := wordsOf(rest)
	for i := 1; i < len(words); i++ {
		if low := strings.ToLower(bare(rest, words[i-1])); !belongs[low] && low != "the" && !companies[low] && low != "at" {
			continue
		}
		end, private := i, companies[strings.ToLower(bare(rest, words[i-1]))]
		for end < len(words) {
			w := words[end]
			if r, _ := utf8.DecodeRuneInString(rest[w.Begin:]); !unicode.IsUpper(r) || end > i && strings.Contains(rest[words[end-1].End:w.Begin], ",") {
				break
			}
			private = private || companies[strings.ToLower(bare(rest, w))]
			end++
		}
		if end > i && private {
			from := words[i]
			if companies[strings.ToLower(bare(rest, words[i-1]))] {
				from = words[i-1] // "drugmaker Bovimed": its name alone would not say that it is one
			}
			if name := rest[from.Begin:words[end-1].End]; !official(name) && !press(name) {
				return name
			}
		}
	}
	return ""
}

// companies are nouns of bodies that are no state's.
var companies = setOf("company firm group union federation league association society foundation charity institute university college club " +
	"cooperative co-operative maker drugmaker carmaker shipbuilder manufacturer operator bank insurer airline startup corporation inc ltd plc " +
	"gmbh watch network alliance coalition guild trust party ngo consultancy brewery fund think-tank shipper builder chamber initiative collective")

// stateIn returns the first state that the words of a source name as its own: "a Danish official
// briefed on the talks with Norway", and not where somebody is: "a diplomat in Oslo".
func (in *Input) stateIn(src *claim.Source) string {
	text := src.Text
	words := wordsOf(text)
	name := setOf(strings.Join(fold(src.Name), " "))
	aside := false // behind a preposition of whom it is to, or about
	for i, w := range words {
		low := strings.ToLower(bare(text, w))
		if belongs[low] || target[low] {
			aside = target[low]
		}
		if behind[low] && !belongs[low] && low != "and" {
			switch low {
			case "in", "on", "at", "to", "with", "near", "inside", "within", "about", "under", "behind":
			default:
				return "" // what follows only describes
			}
		}
		if r, _ := utf8.DecodeRuneInString(text[w.Begin:]); !unicode.IsUpper(r) || name[low] || aside {
			continue
		}
		if i > 0 && places[strings.ToLower(bare(text, words[i-1]))] && !governs(text[:w.Begin]) {
			continue
		}
		for n := min(3, len(words)-i); n > 0; n-- {
			phrase := text[w.Begin:words[i+n-1].End]
			phrase = strings.TrimSuffix(strings.TrimSuffix(phrase, "'s"), "’s")
			if state := in.State(phrase); state != "" {
				return state
			}
		}
	}
	return ""
}

// governs says whether who is at a place speaks for the state there: "government officials in Oslo".
func governs(before string) bool {
	f := fold(before)
	return len(f) > 1 && f[len(f)-1] == "in" && (strings.HasPrefix(f[len(f)-2], "official") || f[len(f)-2] == "government" || f[len(f)-2] == "spokesperson" || f[len(f)-2] == "authorities")
}

// belongs are prepositions before whom somebody speaks for, places those before where it is, and target
// those before whom or what something is for.
var (
	belongs = setOf("of for by from")
	places  = setOf("in on at near inside within under behind over")
	target  = setOf("to with about against toward towards on")
)

// properName says whether words look like the name of a person: two to four, each with a capital.
func properName(s string) bool {
	f := strings.Fields(s)
	for _, w := range f {
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) || strings.EqualFold(w, "the") {
			return false
		}
	}
	return len(f) > 1 && len(f) < 5
}

// roleOf returns the noun that says what somebody is, "" where it tells nobody apart: "engineer" of
// "a lock engineer who was not authorised to speak", nothing of "a senior official".
func roleOf(description string) string {
	head := headOf(description)
	if vague[head] || vague[head+"s"] {
		return ""
	}
	for _, end := range []string{"er", "or", "ist", "ian", "man", "woman"} {
		if strings.HasSuffix(head, end) {
			return head
		}
	}
	if trades[head] {
		return head
	}
	return ""
}

// headOf returns the noun of a description, in the singular: the last word before what only describes.
func headOf(description string) string {
	head := ""
	for _, w := range fold(description) {
		if behind[w] {
			break
		}
		head = w
	}
	return stem(head)
}

// papers are nouns of documents.
var papers = setOf("order memo letter cable note contract ledger log report minute agenda email e-mail filing draft document record transcript " +
	"decree circular invoice briefing dossier file agreement study statement communiqué audit protocol register")

// trades are nouns of what somebody does whose endings do not tell.
var trades = setOf("diplomat clerk pilot guard nurse mechanic accountant captain cook envoy judge monk priest agent attendant consultant " +
	"assistant sergeant economist merchant student neighbour nephew guide chauffeur chemist witness")

// behind are words that end the noun of a description: what follows only describes.
var behind = setOf("of in on at for to from with by who whom that which whose close familiar briefed involved based aboard near inside within " +
	"speaking working asking requesting not and or about under behind directly")

// press says whether a body is a medium by a word of its name.
func press(body string) bool {
	for _, w := range fold(body) {
		if mediaWords[w] {
			return true
		}
	}
	return false
}

// vague are nouns and other words of descriptions that tell nobody apart: "a senior official familiar with
// the talks" and "one of the sources" may be the same.
var vague = setOf("a an the one two three four five six several some many few other another of in on at for to from with and or who " +
	"is was are were has have had that this his her their its senior top high ranking level former official officials source " +
	"sources person people familiar close briefed knowledge matter talks plans discussions situation unnamed anonymous " +
	"us u.s american western administration government local foreign insider aide figure someone somebody anyone persons members member individual " +
	"individuals representative representatives adviser advisers authority authorities staffer employee leader leaders minister colleague officer officers insider observer spokesman spokeswoman spokesperson lawmaker number order letter paper minister master other matter power career expert experts " +
	"he she it they we one some who which insiders aides figures informant informants voices circles")

func setOf(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// fold returns the words of a name in lower case, possessive endings taken off.
func fold(s string) (out []string) {
	for _, w := range wordsOf(s) {
		x := strings.ToLower(s[w.Begin:w.End])
		x = strings.TrimSuffix(strings.TrimSuffix(x, "'s"), "’s")
		if x != "the" {
			out = append(out, x)
		}
	}
	return out
}

// same says whether two speakers are one: the same id, or names of which one ends the
// other ("Price", "Ned Price"). Speakers without a name are never the same person; whether
// they are one origin is for the outlet that they told to decide.
func (p *speaker) same(q *speaker) bool {
	if !p.named || !q.named {
		return false
	}
	if p.known != "" && q.known != "" {
		return p.known == q.known
	}
	short, long := p.name, q.name
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) == 0 {
		return false
	}
	if p.kind == doc.PersonSource && q.kind == doc.PersonSource {
		// "Price" and "Ned Price"; "Ned Price" and "Ned R. Price".
		if short[len(short)-1] != long[len(long)-1] {
			return false
		}
		return len(short) == 1 || short[0] == long[0] || slices.Equal(short, long[len(long)-len(short):])
	}
	return slices.Equal(short, long)
}

// compatible says whether two unnamed speakers may be the same: neither state or body nor
// role tells them apart.
func (p *speaker) compatible(q *speaker) bool {
	why, _ := p.apart(q)
	return why == ""
}

// apart returns what tells two speakers apart, or "": different states or bodies, or
// different roles. Bodies of one state ("State Department", "USA") do not.
func (p *speaker) apart(q *speaker) (why string, firm bool) {
	a, b := p.affiliation, q.affiliation
	if a != "" && b != "" && a != b && !within(a, b) {
		return "they speak for " + a + " and " + b, true
	}
	unnamed := func(k doc.SourceKind) bool { return k == doc.Anonymous || k == doc.Collective }
	if unnamed(p.kind) && unnamed(q.kind) && p.role != "" && q.role != "" && p.role != q.role {
		return "one is " + p.role + ", the other " + q.role, false
	}
	return "", false
}

// within says whether one affiliation may be part of the other: a state and a body that
// may be its government's, or two bodies of which one name holds the other.
func within(a, b string) bool {
	switch state := func(s string) bool { return len(s) == 3 && s == strings.ToUpper(s) }; {
	case state(a) && state(b):
		return false
	case state(a):
		return !private(b)
	case state(b):
		return !private(a)
	}
	x, y := strings.Join(fold(a), " "), strings.Join(fold(b), " ")
	return strings.Contains(x, y) || strings.Contains(y, x) || !private(a) || !private(b)
}

// private says whether a body is no state's, by the words of its name: a laboratory or a port may be.
func private(body string) bool {
	if official(body) {
		return false
	}
	for _, w := range fold(body) {
		if w == "state" || w == "national" || w == "state-owned" || w == "public" {
			return false
		}
	}
	for _, w := range fold(body) {
		if companies[w] {
			return true
		}
	}
	return false
}

// official says whether a body may be part of a government, by the words of its name.
func official(body string) bool {
	for _, w := range fold(body) {
		if bodies[stem(w)] {
			return true
		}
	}
	return false
}

var bodies = setOf("ministry department government agency council commission army navy force police court parliament senate congress " +
	"house embassy bureau service authority guard staff command committee administration pentagon kremlin office state secretariat " +
	"cabinet presidency chancellery mission military intelligence board treasury fbi cia nsa fda cdc")

// stem takes the plural off: "diplomats", "diplomat".
func stem(w string) string {
	if len(w) > 3 && !strings.HasSuffix(w, "ss") {
		return strings.TrimSuffix(w, "s")
	}
	return w
}

// ends says whether words tell that something has ended, which is no denial though they negate: "no
// more trawlers will pass", "the lock is no longer open".
func ends(words string) bool {
	s := strings.ToLower(words)
	return strings.Contains(s, "no more ") || strings.Contains(s, "no longer ") || strings.Contains(s, "any more") || strings.Contains(s, "any longer")
}

// denies says whether a telling says that the claim is not so.
func denies(s *claim.Statement) bool {
	if ends(s.Words) {
		return s.Cue.Class == "deny"
	}
	if len(s.Factuality) > 0 {
		switch s.Factuality[0].Value {
		case doc.NotCertain, doc.NotProbable, doc.NotPossible:
			return true
		case doc.Certain, doc.Probable, doc.Possible:
			return false
		}
	}
	return s.Cue.Class == "deny"
}
