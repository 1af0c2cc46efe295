package entity

import (
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
)

// office is what a description or the words before a name say of somebody's place in
// the world: «the Chinese foreign minister», «State Department spokesman Jim Roe».
type office struct {
	role       string // in the article's words, without state, article and rank
	title      string // the role with what "of" adds: "secretary of state"
	country    string // ISO 3166 alpha-3
	body       string // a body that is no state's, in the article's words
	sector     string
	former     bool
	indefinite bool // «a senator», «one of the sources»
	elsewhere  bool // of something that is no state: «the president of the club», "his aide"
	ofState    bool // the noun alone means an officer of a state
	assumed    bool // nothing tells the country, which is the article's own
	stated     bool // the country is that of a body of state, which it belongs to
	weak       bool // the body is a party, and no more than an adjective: «the Republican senator»
	noun       lexicon.NounEntry
	owners     []int // words for what it belongs to: "her" of «her campaign», "campaign" of «an adviser to the campaign»
}

// rank are adjectives that say nothing of what somebody does.
var rank = map[string]bool{"senior": true, "top": true, "high-ranking": true, "ranking": true, "chief": false, "new": true, "old": true, "unnamed": true,
	"unidentified": true, "anonymous": true, "other": true, "several": true, "many": true, "some": true, "longtime": true, "long-time": true, "leading": true,
	"prominent": true, "key": true, "close": true, "influential": true, "same": true, "current": true, "then": true, "embattled": true, "veteran": true, "so-called": true}

// abroad are adjectives of many states: what they describe is of none that can be told.
var abroad = map[string]bool{"western": true, "european": true, "arab": true, "foreign": true, "african": true, "asian": true, "gulf": true, "allied": true,
	"international": true, "regional": true, "un": true, "u.n.": true, "eu": true, "e.u.": true, "nato": true, "latin": true, "nordic": true, "baltic": true}

// ofUnion are adjectives of what is of the state as a whole.
var ofUnion = map[string]bool{"federal": true, "congressional": true, "gubernatorial": false, "presidential": false}

// before was what somebody is no more.
var before = map[string]bool{"former": true, "ex": true, "late": true, "retired": true, "onetime": true, "one-time": true, "ousted": true}

// notYet was never what somebody is: «the next president», "a potential senator".
var notYet = map[string]bool{"next": true, "future": true, "potential": true, "possible": true, "prospective": true, "would-be": true, "aspiring": true}

// office reads a mention: the words up to its head, or up to the name where it has one
// as its head, and what hangs from it after.
func (l *linker) office(m *mention) office {
	d := l.d
	var o office
	start, end := m.first, m.head+1
	person := false
	if m.form == proper && m.name >= 0 {
		for end = m.first; end < m.last && int(l.name[end]) != m.name; end++ {
		}
		if person = d.Names[m.name].Type == doc.Person; person {
			start = l.titleBefore(m, end)
		}
	}
	o.indefinite = true
	first, last := -1, -1 // of the role's words
	for i := start; i < end; i++ {
		k := &d.Tokens[i]
		word := strings.ToLower(d.Word(i))
		if k.UPOS == "DET" {
			if word == "the" {
				o.indefinite = false
			}
			continue
		}
		if n := l.name[i]; n >= 0 && int(n) != m.name {
			if i > start && l.name[i-1] == n {
				if last == i {
					last = i + 1
				}
				continue
			}
			text := d.Slice(d.Names[n].Span)
			if _, short := titleShort[strings.TrimSuffix(text, ".")]; short {
				if first < 0 {
					first = i
				}
				last = i + 1
				continue
			}
			end := i
			for end < len(l.name) && l.name[end] == n {
				end++
			}
			if end <= m.head && d.Tokens[end].Lemma == "campaign" && !l.isGroup(text) && !l.isState(text) {
				// «the Roe campaign», "Roe campaign officials"
				o.body, o.sector, o.weak = text+" campaign", "PTY", false
				continue
			}
			if d.Names[n].Type == doc.Person {
				// «the Clinton campaign», «Jane Roe's lawyer»
				o.owners = append(o.owners, i)
				o.indefinite = o.indefinite && !l.possessive(i)
				o.elsewhere = o.elsewhere || l.possessive(i)
				continue
			}
			o.indefinite = o.indefinite && !l.possessive(i)
			l.belongs(&o, text, d.Names[n].Type, l.isGroup(text) && !l.possessive(i))
			o.elsewhere = o.elsewhere || abroad[strings.ToLower(text)]
			if !l.isState(text) && !o.weak {
				// «State Department spokesman»: the body is part of the role.
				if first < 0 {
					first = i
				}
				last = i + 1
			}
			continue
		}
		switch {
		case before[word] || strings.HasPrefix(word, "ex-"):
			o.former = true
		case notYet[word]:
			o.elsewhere = true
		case k.Rel == "nmod:poss" || k.XPOS == "PRP$":
			o.indefinite, o.elsewhere = false, true
			o.owners = append(o.owners, i)
			continue
		case k.XPOS == "POS" || k.UPOS == "PUNCT" && word != "-" || k.UPOS == "NUM" || rank[word] || k.UPOS == "ADV" || k.UPOS == "CCONJ":
			continue
		case abroad[word]:
			o.elsewhere = true
		case ofUnion[word] && m.form == common && i < m.head:
			o.stated = true // «federal investigators»
		}
		if i != m.head && k.UPOS != "ADJ" {
			if n, ok := lexicon.Noun(strings.ToLower(k.Lemma)); ok && n.State && n.Class == lexicon.OrganizationNoun {
				// «a foreign ministry spokesman», «a police source»
				o.stated, o.sector = true, n.Sector
			}
		}
		if first < 0 {
			first = i
		}
		last = i + 1
	}
	if first >= 0 && first < last {
		o.role = d.Text[d.Tokens[first].Begin:d.Tokens[last-1].End]
	}
	o.title = o.role
	l.dependents(m.head, m, &o)
	if person && o.body == "" && !o.stated && o.country == "" {
		l.predicate(m, &o)
	}
	if m.form != proper || person && o.role != "" {
		o.noun = l.roleNoun(m, &o, last)
		o.ofState = o.noun.State || o.former && o.noun.Sector == "ELI" // «a former ambassador»
	}
	if person && l.seat(m) {
		// «Jane Roe (D-Ohio)»: a member of the Congress of the United States.
		o.country, o.sector, o.stated = "USA", "LEG", true
	}
	if o.sector == "" && o.title != "" {
		if t, ok := l.known.Title(o.title, o.country); ok {
			o.sector = t.Sector
		}
	}
	return o
}

// dependents reads what hangs from a head after it: «of the Peterson Institute», «who
// heads the museum», «at the university».
func (l *linker) dependents(head int, m *mention, o *office) {
	d := l.d
	for c := l.first[head]; c >= 0; c = l.next[c] {
		k := &d.Tokens[c]
		rel, _, _ := strings.Cut(k.Rel, ":")
		switch {
		case rel == "acl" && int(c) > head && (joins[k.Lemma] || k.XPOS == "VBN"):
			l.workplace(int(c), o)
			continue
		case rel != "nmod" || int(c) < head && k.Rel != "nmod:poss":
			continue
		}
		prep := l.preposition(int(c))
		if prep == "of" && about[strings.ToLower(d.Tokens[head].Lemma)] {
			continue
		}
		if n := l.name[c]; n >= 0 {
			name := d.Slice(d.Names[n].Span)
			if k.Rel == "nmod:poss" {
				o.indefinite = false
			}
			if int(c) < head && (int(c) >= m.first && int(c) < m.last) {
				continue // read with the words before the head
			}
			switch prep {
			case "of", "for", "to", "from", "at", "in", "with", "by", "on", "":
				if d.Names[n].Type == doc.Person {
					o.elsewhere = true // «a lawyer for Ms. Roe»
					o.owners = append(o.owners, int(c))
					continue
				}
				if prep == "on" && o.body+o.country != "" {
					continue
				}
				if !l.belongs(o, name, d.Names[n].Type, false) && d.Names[n].Type != doc.Location {
					o.elsewhere = true
				}
				if prep == "of" && m.form != proper && !l.isState(name) {
					o.title = strings.TrimSpace(o.role + " of " + name)
				}
			}
			continue
		}
		switch prep {
		case "of", "for", "to", "at", "with", "in", "from", "by", "":
			o.owners = append(o.owners, int(c))
			if n, ok := lexicon.Noun(strings.ToLower(k.Lemma)); ok && n.Class == lexicon.OrganizationNoun && !n.State && (prep == "for" || prep == "to" || prep == "at" || prep == "with") {
				o.elsewhere = true // «a security adviser to the campaign»
			}
		case "on":
			if m.kind == doc.Document {
				o.owners = append(o.owners, int(c))
			}
		}
		if int(c) > head && prep != "of" && prep != "" {
			// «an expert on trade at the Peterson Institute»
			for g := l.first[c]; g >= 0; g = l.next[g] {
				if n := l.name[g]; n >= 0 && l.d.Tokens[g].Rel == "nmod" && l.d.Names[n].Type == doc.Organization {
					switch l.preposition(int(g)) {
					case "at", "for", "with":
						l.belongs(o, d.Slice(d.Names[n].Span), doc.Organization, false)
					}
				}
			}
		}
		if n, ok := lexicon.Noun(strings.ToLower(k.Lemma)); ok && n.Class == lexicon.OrganizationNoun && !n.State && o.body == "" && k.XPOS == "NN" && m.kind != doc.Document {
			// «the president of the Harbour firefighters union»
			f, e := l.extent(int(c))
			for i := f; i < int(c); i++ {
				if l.name[i] >= 0 && d.Tokens[i].Rel != "nmod:poss" && !teams[strings.ToLower(k.Lemma)] {
					o.body = strings.TrimPrefix(d.Text[d.Tokens[f].Begin:d.Tokens[min(e, int(c)+1)-1].End], "the ")
					break
				}
			}
		}
		if prep == "of" && o.role != "" {
			f, e := l.extent(int(c))
			of := d.Text[d.Tokens[f].Begin:d.Tokens[e-1].End]
			if t, ok := l.known.Title(o.role+" of "+of, o.country); ok {
				o.title, o.sector = o.role+" of "+of, t.Sector
			} else if !strings.EqualFold(of, "state") && !strings.EqualFold(of, "the united states") {
				o.elsewhere = true
			}
			l.dependents(int(c), &mention{first: f, last: e, head: int(c), name: -1}, o)
		}
	}
}

// about are documents whose "of" says what they are about: «a review of Gazette articles».
var about = map[string]bool{"review": true, "analysis": true, "study": true, "survey": true, "poll": true, "video": true, "footage": true, "transcript": true,
	"recording": true, "summary": true, "image": true, "photo": true, "list": true, "copy": true, "examination": true}

// predicate reads what a person is said to be: «Jane Roe is a professor at …».
func (l *linker) predicate(m *mention, o *office) {
	t := &l.d.Tokens[m.head]
	if t.Rel != "nsubj" || t.Head < m.head || l.d.Tokens[t.Head].UPOS != "NOUN" {
		return
	}
	be := false
	for c := l.first[t.Head]; c >= 0; c = l.next[c] {
		be = be || l.d.Tokens[c].Rel == "cop"
		if l.d.Tokens[c].Rel == "advmod" && l.d.Tokens[c].Lemma == "not" {
			return
		}
	}
	is := mention{head: t.Head, form: common, name: -1}
	is.first, is.last = l.extent(t.Head)
	n, ok := l.noun(&is)
	ok = ok && n.Class == lexicon.PersonNoun
	for c := l.first[t.Head]; c >= 0; c = l.next[c] {
		// «is playwright-in-residence at …»
		ok = ok || l.preposition(int(c)) == "at" && l.name[c] >= 0
	}
	if be && ok {
		role := o.role
		x := l.office(&is)
		if role != "" {
			x.role = role
		}
		x.indefinite = o.indefinite
		*o = x
	}
}

// joins are verbs that say where somebody works: «who heads the museum».
var joins = map[string]bool{"head": true, "lead": true, "run": true, "direct": true, "chair": true, "teach": true, "work": true, "serve": true,
	"manage": true, "oversee": true, "found": true, "represent": true, "write": true, "edit": true, "cover": true, "conduct": true, "publish": true,
	"release": true, "issue": true, "commission": true, "sponsor": true, "study": true, "appear": true}

// workplace reads the clause that a verb heads: its first name of a body is where somebody
// works, or who made a document.
func (l *linker) workplace(verb int, o *office) {
	for i := verb + 1; i <= min(l.edge(verb, +1), verb+14); i++ {
		n := l.name[i]
		if n < 0 || l.name[i-1] == n {
			continue
		}
		switch l.d.Names[n].Type {
		case doc.Organization, doc.Other:
			if o.body == "" || o.weak {
				l.belongs(o, l.d.Slice(l.d.Names[n].Span), doc.Organization, false)
			}
			return
		case doc.Person:
			return
		}
	}
}

// titleBefore returns where the words before a name begin that are its title though the
// tree does not say so: «Republican nominee | Jane Roe», «Rep. | Jane Roe».
func (l *linker) titleBefore(m *mention, name int) int {
	d := l.d
	i := m.first
	for i > 0 && m.first-i < 8 {
		k := &d.Tokens[i-1]
		dot := k.UPOS == "PUNCT" && d.Word(i-1) == "." && i-2 >= 0 && d.Tokens[i-2].End == k.Begin
		_, short := titleShort[strings.TrimSuffix(d.Word(i-1), ".")]
		if n := l.name[i-1]; n >= 0 && d.Names[n].Type == doc.Person && !short || !dot && k.UPOS != "NOUN" && k.UPOS != "PROPN" && k.UPOS != "ADJ" {
			break
		}
		i--
	}
	for i < m.first && d.Tokens[i].UPOS == "PUNCT" {
		i++
	}
	if i == m.first {
		return i
	}
	last := m.first - 1
	if d.Tokens[last].UPOS == "PUNCT" {
		last--
	}
	n, ok := lexicon.Noun(strings.ToLower(d.Tokens[last].Lemma))
	if abbreviated, short := titleShort[strings.TrimSuffix(d.Word(last), ".")]; short {
		n, ok = lexicon.Noun(abbreviated)
	} else if d.Tokens[m.first-1].UPOS == "PUNCT" {
		return m.first
	}
	if !ok || n.Class != lexicon.PersonNoun {
		return m.first
	}
	return i
}

// titleShort are titles that are shortened before names.
var titleShort = map[string]string{"Rep": "senator", "Reps": "senator", "Sen": "senator", "Sens": "senator", "Gov": "governor", "Govs": "governor",
	"Gen": "general", "Lt": "lieutenant", "Col": "colonel", "Maj": "major", "Capt": "captain", "Sgt": "sergeant", "Adm": "admiral", "Cmdr": "commander",
	"Del": "senator", "Brig": "brigadier", "Pres": "president", "Amb": "ambassador", "Insp": "inspector general", "Det": "detective", "Cpl": "corporal",
	"Prof": "professor", "Rev": "priest", "Pvt": "private", "Supt": "police superintendent"}

// roleNoun returns the noun that a role comes down to.
func (l *linker) roleNoun(m *mention, o *office, last int) lexicon.NounEntry {
	if m.form != proper {
		n, _ := l.noun(m)
		return n
	}
	if last > 0 {
		if t, ok := titleShort[strings.TrimSuffix(l.d.Word(last-1), ".")]; ok {
			n, _ := lexicon.Noun(t)
			return n
		}
	}
	role := strings.ToLower(strings.TrimSuffix(o.role, "."))
	for {
		if n, ok := lexicon.Noun(role); ok {
			return n
		}
		_, rest, more := strings.Cut(role, " ")
		if !more {
			return lexicon.NounEntry{}
		}
		role = rest
	}
}

// seat says whether a member's party and district follow a name: «(R-Ariz.)».
func (l *linker) seat(m *mention) bool {
	after := l.d.Text[l.d.Names[m.name].End:]
	after = strings.TrimLeft(after, " ")
	if len(after) < 5 || after[0] != '(' || !strings.ContainsRune("RDI", rune(after[1])) {
		return false
	}
	after = after[2:]
	return after[0] == '-' && after[1] >= 'A' && after[1] <= 'Z' || strings.HasPrefix(after, "–") || strings.HasPrefix(after, ", ") && after[2] >= 'A' && after[2] <= 'Z'
}

// possessive says whether the name that begins at token i has an apostrophe after it.
func (l *linker) possessive(i int) bool {
	n := l.name[i]
	for ; i < len(l.name) && l.name[i] == n; i++ {
		if l.d.Tokens[i].XPOS == "POS" || l.d.Tokens[i].Rel == "nmod:poss" {
			return true
		}
	}
	return i < len(l.name) && l.d.Tokens[i].XPOS == "POS"
}

// preposition returns the case marker of token c in small letters, or "".
func (l *linker) preposition(c int) string {
	for k := l.first[c]; k >= 0; k = l.next[k] {
		if l.d.Tokens[k].Rel == "case" && int(k) < c {
			return strings.ToLower(l.d.Word(int(k)))
		}
	}
	return ""
}
