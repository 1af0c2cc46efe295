package event

import (
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
	"hearsay/lexicon/plover"
)

// rank is how political an actor is.
type rank uint8

const (
	nobody rank = iota // a thing, or somebody with no part in politics
	person             // somebody of whom nothing is known, a firm, the press: a party beside a political one
	public             // protesters, workers, citizens
	strong             // states, bodies, offices, armed groups, parties
)

// party is who fills a place of a frame.
type party struct {
	doc.Party
	head int
	rank rank
	typ  doc.EntityType
	noun string
	many bool
}

// sectorRank says how political those of a sector are.
var sectorRank = map[string]rank{
	"COP": strong, "GOV": strong, "JUD": strong, "LEG": strong, "MIL": strong, "PRM": strong, "PTY": strong, "REB": strong,
	"SPY": strong, "UAF": strong, "OPP": strong, "PRE": strong, "IGO": strong, "IMG": strong,
	"CVL": public, "AGR": public, "LAB": public, "REF": public, "REL": public, "SOC": public, "NGO": public, "ISM": public, "ELI": strong,
	"EDU": person, "MED": person, "JRN": person, "BUS": person, "MNC": person, "CRM": public, "UNK": person,
}

// parties tells who the words of a Doc are.
type parties struct {
	*tree
	frames *plover.Frames
	seen   map[int]party // of what has been asked for
}

func newParties(t *tree, frames *plover.Frames) parties {
	return parties{t, frames, map[int]party{}}
}

// of returns the party that the words headed by token i name.
func (p *parties) of(i int) party {
	i = p.inner(i)
	x, ok := p.seen[i]
	if !ok {
		x = p.read(i)
		p.seen[i] = x
	}
	return x
}

func (p *parties) read(i int) party {
	d := p.d
	out := party{head: i, noun: strings.ToLower(d.Tokens[i].Lemma)}
	out.Entity = -1
	out.Span = d.Tokens[i].Span
	x := d.Tokens[i].XPOS
	out.many = x == "NNS" || x == "NNPS" || out.noun == "they" || out.noun == "we" || p.lower[i] == "people"
	if k := p.mention[i]; k >= 0 {
		m := &d.Mentions[k]
		out.Span, out.Entity = m.Span, m.Entity
	}
	if named := p.named(i); named >= 0 {
		out.Entity = named
	}
	if out.Entity >= 0 {
		e := &d.Entities[out.Entity]
		out.Country, out.Sector, out.typ = e.Country, e.Sector, e.Type
	}
	if out.Entity < 0 && (out.noun == "we" || out.noun == "i") {
		p.speaker(i, &out)
	}
	if out.Entity < 0 || p.child(i, "acl", "appos") >= 0 || out.Span.Len() > 120 || p.trailing(i) || p.overrun(i, out.Span) {
		if s := p.plain(i); out.Entity < 0 || out.Span.Contains(s) {
			out.Span = s
		}
	}
	p.sector(i, &out)
	if out.Country == "" {
		out.Country = p.countryOf(i)
	}
	if out.Country == "" && p.d.Tokens[i].UPOS == "PROPN" {
		out.Country = p.homeOf(i)
	}
	out.rank = p.rankOf(i, &out)
	if out.Country == "" && out.rank != nobody && !foreign[out.Sector] && !strangers[out.noun] && !strings.HasPrefix(p.known(out.Entity), "org:") {
		out.Country = p.around(i)
	}
	return out
}

// foreign are sectors of those who may well be of another state than the sentence speaks of.
var foreign = map[string]bool{"IGO": true, "IMG": true, "NGO": true, "REB": true, "UAF": true, "REF": true, "MIL": true, "SPY": true, "MNC": true, "JRN": true}

// strangers are those who are named for being of another state.
var strangers = map[string]bool{"refugee": true, "migrant": true, "immigrant": true, "foreigner": true, "asylum-seeker": true, "exile": true, "tourist": true, "deportee": true}

// known returns the id in the knowledge base of an entity.
func (p *parties) known(entity int) string {
	if entity < 0 {
		return ""
	}
	return p.d.Entities[entity].Known
}

// around returns the state that the sentence of token i speaks of, where that is one alone:
// «A court in Chile acquitted the two miners» has Chilean miners, «Chile arrested three
// strikers from Peru» need not.
func (p *parties) around(i int) string {
	k := slices.IndexFunc(p.d.Sentences, func(s doc.Sentence) bool { return s.First <= i && i < s.Last })
	if k < 0 || p.abroad(i) {
		return ""
	}
	span, found := p.d.Sentences[k].Span, ""
	one := func(code string) bool {
		if code != "" && found == "" {
			found = code
		}
		return code == "" || code == found
	}
	for k := range p.d.Mentions {
		m := &p.d.Mentions[k]
		if span.Contains(m.Span) && !one(p.d.Entities[m.Entity].Country) {
			return ""
		}
	}
	for k := range p.d.Places {
		if x := &p.d.Places[k]; span.Contains(x.Span) && !one(x.Country) {
			return ""
		}
	}
	return found
}

// abroad says whether noun i is of states that are not named: «leaders of Asian nations».
func (p *parties) abroad(i int) bool {
	is := false
	p.children(i, func(c int) bool {
		if p.is(c, "nmod") {
			switch strings.ToLower(p.d.Tokens[c].Lemma) {
			case "nation", "country", "state", "region", "continent":
				is = is || p.d.Tokens[c].XPOS == "NNS" || p.d.Tokens[c].XPOS == "NNPS"
			}
		}
		return !is
	})
	return is
}

// speaker takes "we" inside a statement for its source: «"We will attack," the general said».
func (p *parties) speaker(i int, out *party) {
	best := 1 << 30
	for k := range p.d.Statements {
		st := &p.d.Statements[k]
		if st.Source.Entity < 0 || st.Source.Entity >= len(p.d.Entities) {
			continue
		}
		for _, c := range st.Content {
			if c.Contains(p.d.Tokens[i].Span) && c.Len() < best {
				best = c.Len()
				e := &p.d.Entities[st.Source.Entity]
				out.Entity, out.Country, out.Sector, out.typ = st.Source.Entity, e.Country, e.Sector, e.Type
				out.noun = "speaker"
				if out.Sector == "" {
					if n, ok := lexicon.Noun(strings.ToLower(e.Role)); ok {
						out.Sector = n.Sector
					}
				}
			}
		}
	}
}

// trailing says whether words hang on noun i that tell of the event and not of who it is: «an
// attack by rebels on the army».
func (p *parties) trailing(i int) bool {
	is := false
	p.children(i, func(c int) bool {
		if c > i && p.is(c, "nmod", "obl") {
			for _, prep := range []string{"by", "on", "against", "over", "as", "after", "during"} {
				is = is || p.hasCase(c, prep)
			}
		}
		return !is
	})
	return is
}

// named returns the person whose name stands beside the common noun i, or -1: in «the nation's
// president, Petra Lind, will visit Oslo» the name says who it is, whoever was president before.
func (p *parties) named(i int) int {
	c := p.child(i, "appos")
	if c < 0 || p.d.Tokens[i].UPOS != "NOUN" && p.d.Tokens[i].XPOS != "NNP" || p.d.Tokens[c].UPOS != "PROPN" || p.mention[c] < 0 {
		return -1
	}
	k := p.d.Mentions[p.mention[c]].Entity
	if k < 0 || p.d.Entities[k].Type != doc.Person || !p.d.Entities[k].Named {
		return -1
	}
	return k
}

// overrun says whether a mention runs on past the words for who it is: past all that hangs on its
// head, or into words that are quoted: «warned his counterpart of "grave harm"».
func (p *parties) overrun(i int, s doc.Span) bool {
	at := p.d.Tokens[i].Span
	if s.End <= at.End {
		return false
	}
	_, hi := p.subtree(i)
	return s.End > p.d.Tokens[hi].End+2 || strings.ContainsAny(p.d.Text[at.End:s.End], "\"“”")
}

// plain returns the words headed by i without clauses that hang on them.
func (p *parties) plain(i int) doc.Span {
	lo, hi := i, i
	p.children(i, func(c int) bool {
		if p.is(c, "det", "amod", "compound", "nummod", "flat", "nmod:poss", "nmod:desc", "case") && p.d.Tokens[c].Rel != "case" {
			l, h := p.subtree(c)
			lo, hi = min(lo, l), max(hi, h)
		}
		return true
	})
	return p.span(lo, hi)
}

// sector finds the sector of who goes by a common noun, where the entity has none.
func (p *parties) sector(i int, out *party) {
	if p.d.Tokens[i].UPOS == "PROPN" && out.Sector != "" {
		return
	}
	noun := out.noun
	if c := p.child(i, "compound"); c >= 0 {
		if s := p.frames.Agent(p.lower[c] + " " + noun); s != "" {
			out.Sector = s
			return
		}
		if s := p.frames.Agent(p.d.Tokens[c].Lemma + " " + noun); s != "" {
			out.Sector = s
			return
		}
	}
	s := p.frames.Agent(noun)
	if s == "" {
		s = p.frames.Agent(p.lower[i]) // a name too: «the NFL» is no political actor
	}
	switch {
	case s == "none":
		out.Sector = ""
		out.noun = "none"
	case s != "" && p.d.Tokens[i].UPOS == "NOUN":
		out.Sector = s
	case out.Sector == "" && p.d.Tokens[i].UPOS == "NOUN":
		if n, ok := lexicon.Noun(noun); ok && n.Class != lexicon.DocumentNoun && n.Class != lexicon.PlaceNoun {
			out.Sector = n.Sector
			if out.typ == "" && (n.Class == lexicon.PersonNoun || n.Class == lexicon.PeopleNoun) {
				out.typ = doc.Person
			}
		}
	}
}

// countryOf returns the country whose adjective, name or possessive stands with noun i:
// «Russian troops», «the army of Chile».
func (p *parties) countryOf(i int) string {
	country := ""
	p.children(i, func(c int) bool {
		if p.is(c, "appos", "nmod:desc") && p.nominal(c) {
			country = p.countryOf(c) // «his counterpart, the Greek minister»
			if country != "" {
				return false
			}
		}
		if p.is(c, "amod", "compound", "nmod:poss", "nmod:desc") || p.is(c, "nmod") && (p.hasCase(c, "of") || p.hasCase(c, "in") || p.hasCase(c, "from")) {
			if k := p.mention[c]; k >= 0 {
				e := &p.d.Entities[p.d.Mentions[k].Entity]
				if e.Country != "" && (e.Type == doc.Country || e.Type == doc.Location || e.Sector == "GOV" || e.Type == doc.Group) {
					country = e.Country
				}
			}
		}
		return country == ""
	})
	return country
}

// homeOf returns the country of whom a name stands for, where all whom it can mean are of
// one: a person's country, unlike the office, does not hang on the day.
func (p *parties) homeOf(i int) string {
	last := i
	p.children(i, func(c int) bool {
		if p.is(c, "flat") {
			last = c
		}
		return true
	})
	home := ""
	for _, person := range kb.Shipped().PersonByName(p.d.Slice(p.span(i, max(last, i))), 0) {
		c := kb.Shipped().Country(person.Entry)
		if c == "" || home != "" && c != home {
			return ""
		}
		home = c
	}
	return home
}

// rankOf says how political a party is.
func (p *parties) rankOf(i int, x *party) rank {
	if x.noun == "none" || x.typ == doc.Document || anyone[x.noun] && (x.Entity < 0 || !p.d.Entities[x.Entity].Named) {
		return nobody
	}
	if p.d.Tokens[i].UPOS == "NOUN" && sectorRank[x.Sector] < strong && slices.Contains(p.frames.Class("site"), x.noun) {
		return nobody // «the base»: whose it is counts
	}
	if p.d.Tokens[i].UPOS == "NOUN" && x.typ != doc.Person {
		if n, ok := lexicon.Noun(x.noun); ok && n.Class == lexicon.DocumentNoun {
			return nobody // «the ruling blocked the plan»: its court is another word
		}
	}
	if x.typ == doc.Country {
		return strong
	}
	if r, ok := sectorRank[x.Sector]; ok {
		return r
	}
	switch x.typ {
	case doc.Person:
		return person
	case doc.Organization:
		if x.Country != "" || x.Entity >= 0 && p.d.Entities[x.Entity].Named {
			return person
		}
	case doc.Group:
		if x.Country != "" {
			return public
		}
		return person
	case doc.Location:
		// A capital or a state told as a place: «missiles hit Kyiv»
		if x.Country != "" && x.Entity >= 0 && p.d.Entities[x.Entity].Named {
			return person
		}
	}
	return nobody
}

// split tells apart the parties of several states that one word names: «the ministers of
// Russia and China», «US and Chinese officials».
func (p *parties) split(x party) []party {
	if !x.many {
		return []party{x}
	}
	var states []party
	p.children(x.head, func(c int) bool {
		if p.is(c, "amod", "compound", "nmod:poss") || p.is(c, "nmod") && (p.hasCase(c, "of") || p.hasCase(c, "from")) {
			group := p.joined(c, func(int) bool { return true })
			if len(group) < 2 {
				return true
			}
			for _, j := range group {
				if y := p.of(j); y.typ == doc.Country || y.Country != "" && y.rank == strong && y.typ != doc.Person {
					states = append(states, y)
				}
			}
		}
		return true
	})
	if len(states) < 2 {
		return []party{x}
	}
	for i := range states {
		states[i].Sector, states[i].rank = x.Sector, x.rank
	}
	return states
}

// anyone are words for people who are nobody in particular.
var anyone = map[string]bool{"i": true, "you": true, "we": true, "one": true, "someone": true, "anyone": true, "everyone": true,
	"everybody": true, "nobody": true, "somebody": true, "anybody": true, "who": true, "it": true, "this": true, "that": true, "some": true, "many": true}

// owners returns the parties that the words headed by i belong to: «Russia's attack»,
// «the US proposal», «the decision of the court», «an attack by rebels».
func (p *parties) owners(i int) []party {
	var out []party
	add := func(c int) {
		for _, j := range p.joined(c, p.nominal) {
			if x := p.of(j); x.rank > nobody {
				out = append(out, x)
			}
		}
	}
	p.children(i, func(c int) bool {
		switch {
		case p.is(c, "nmod:poss"):
			add(c)
		case p.is(c, "amod", "compound") && (p.mention[c] >= 0 || p.d.Tokens[c].UPOS == "NOUN"):
			if x := p.of(c); x.rank == strong || p.mention[c] >= 0 && (x.rank >= public || x.Country != "") {
				out = append(out, x)
			}
		case p.is(c, "nmod", "obl") && (p.hasCase(c, "of") || p.hasCase(c, "by") || p.hasCase(c, "in") || p.hasCase(c, "from")):
			add(c)
		}
		return true
	})
	if len(out) > 1 {
		// The nearest to the meaning: a possessor before what follows.
		best := out[:0:0]
		for _, x := range out {
			if x.rank == strong {
				best = append(best, x)
			}
		}
		if len(best) > 0 {
			return best[:1]
		}
	}
	return out
}

// allowed says whether a party meets one of the restrictions.
func allowed(x party, only []string) bool {
	if len(only) == 0 {
		return true
	}
	return slices.ContainsFunc(only, func(r string) bool {
		switch r {
		case "state":
			return x.typ == doc.Country || x.Country != "" && x.Sector == "GOV" && x.typ != doc.Person
		case "body":
			return x.typ == doc.Organization || x.typ == doc.Country
		case "person":
			return x.typ == doc.Person
		case "official":
			return x.rank == strong && !force[x.Sector]
		case "armed":
			return force[x.Sector] || x.typ == doc.Country || x.Sector == "CRM" || x.Country != "" && x.Sector == "GOV" && x.typ != doc.Person
		case "force":
			return force[x.Sector] || x.Sector == "CRM"
		case "politician":
			return unarmed[x.Sector] && x.typ == doc.Person || x.Sector == "PTY" || x.Sector == "OPP"
		case "people":
			return x.rank == public || x.rank == person && x.many || x.Sector == "EDU" || x.Sector == "PTY" || x.Sector == "OPP"
		case "migrant":
			return x.Sector == "REF"
		case "court":
			return x.Sector == "JUD"
		}
		return false
	})
}

// unarmed are the sectors of politicians, who attack with words.
var unarmed = map[string]bool{"GOV": true, "LEG": true, "PTY": true, "OPP": true, "ELI": true, "JUD": true}

// force are the sectors of those who carry arms.
var force = map[string]bool{"COP": true, "MIL": true, "PRM": true, "REB": true, "UAF": true, "SPY": true, "IMG": true}
