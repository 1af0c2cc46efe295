package ledger

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"hearsay/claim"
	"hearsay/doc"
)

// Articles with invented people and words. The same number gives the same article.

var (
	given     = []string{"Ada", "Bela", "Cato", "Dara", "Edda", "Faro", "Gita", "Hana", "Ivo", "Jora"}
	family    = []string{"Marrow", "Quill", "Tansy", "Ober", "Pell", "Strand", "Vane", "Wick", "Yarrow", "Zeller"}
	states    = [][2]string{{"Norland", "NOR"}, {"Estmark", "EST"}, {"Canda", "CAN"}, {"Ruvia", "RUS"}, {"Chena", "CHN"}, {"Ushland", "USA"}}
	papers    = []string{"Harbour Wire", "Morning Lantern", "The Daily Ferry", "Hill Gazette", "Coast Radio"}
	cues      = [][2]string{{"said", "say"}, {"warned", "warn"}, {"denied", "deny"}, {"promised", "promise"}}
	nouns     = strings.Fields("bridge harbour treaty grain convoy border ferry tariff shipment garrison budget election embassy pipeline reservoir railway customs fishery quota ceasefire")
	verbs     = strings.Fields("close open delay inspect guard cross repair tax seize search visit leave enter sell buy move count block free watch")
	eventType = []string{"AID", "THREATEN", "CONSULT", "AGREE", "SANCTION", "ASSAULT"}
	values    = []string{"CT+", "PR+", "PS+", "CT-", "UU"}
)

// vocabulary is rarer words, so that texts differ as real ones do.
var vocabulary = func() []string {
	rng := rand.New(rand.NewPCG(7, 7))
	out := make([]string, 20000)
	for i := range out {
		var b strings.Builder
		for range 2 + rng.IntN(3) {
			b.WriteByte("bdfgklmnprstvz"[rng.IntN(14)])
			b.WriteByte("aeiou"[rng.IntN(5)])
		}
		out[i] = b.String() + []string{"", "n", "s", "t", "rk"}[rng.IntN(5)]
	}
	return out
}()

// invent returns article n with some statements, and about words words in all.
func invent(n, statements, words int) *claim.Article {
	rng := rand.New(rand.NewPCG(uint64(n), 1))
	var text strings.Builder
	a := &claim.Article{Reader: "test 1"}
	word := func() string {
		if rng.IntN(3) > 0 {
			// Few words are common and most are rare.
			return vocabulary[int(float64(len(vocabulary))*pow4(rng.Float64()))]
		}
		return nouns[rng.IntN(len(nouns))]
	}
	entity := func(name, country string, kind doc.EntityType, at doc.Span) string {
		for i := range a.Entities {
			if a.Entities[i].Name == name {
				a.Entities[i].Count++
				return a.Entities[i].ID
			}
		}
		id := fmt.Sprintf("e%d", len(a.Entities)+1)
		a.Entities = append(a.Entities, claim.Entity{ID: id, Name: name, Named: true, Type: kind, Country: country, First: at, Count: 1})
		return id
	}
	write := func(s string) doc.Span {
		begin := text.Len()
		text.WriteString(s)
		return doc.Span{Begin: begin, End: text.Len()}
	}
	day := fmt.Sprintf("20%02d-%02d-%02d", 15+n%8, 1+n/8%12, 1+n/96%28)
	filler := max(0, words-statements*22) / max(1, statements)
	for i := range statements {
		for k := range filler {
			write(word())
			if k%14 == 13 {
				write(". ")
			} else {
				write(" ")
			}
		}
		write("Then ")
		name := given[rng.IntN(10)] + " " + family[rng.IntN(10)]
		state, other := states[rng.IntN(6)], states[rng.IntN(6)]
		s := claim.Statement{ID: fmt.Sprintf("s%d", i+1), Score: float64(rng.IntN(1000)) / 1000, Quotation: doc.Indirect}
		if rng.IntN(4) == 0 {
			at := write("a " + state[0] + " official")
			s.Source = claim.Source{Party: claim.Party{Span: at, Text: text.String()[at.Begin:at.End]}, Kind: doc.Anonymous, Role: "official", Affiliation: state[1], Count: 1}
		} else {
			at := write(name)
			s.Source = claim.Source{Party: claim.Party{Span: at, Text: name, Name: name, Entity: entity(name, state[1], doc.Person, at)}, Kind: doc.PersonSource, Role: "minister", Affiliation: state[1]}
		}
		write(" ")
		cue := cues[rng.IntN(len(cues))]
		at := write(cue[0])
		s.Cue = claim.Cue{Spans: []doc.Span{at}, Text: cue[0], Lemma: cue[1], Class: cue[1]}
		write(" that ")
		begin := text.Len()
		actor := write(state[0])
		ea := entity(state[0], state[1], doc.Country, actor)
		write(" would ")
		trigger := write(verbs[rng.IntN(len(verbs))])
		write(" the " + nouns[rng.IntN(len(nouns))] + " of ")
		target := write(other[0])
		eb := entity(other[0], other[1], doc.Country, target)
		for range 6 + rng.IntN(10) {
			write(" " + word())
		}
		s.Content = []doc.Span{{Begin: begin, End: text.Len()}}
		s.About = []string{ea}
		if eb != ea {
			s.About = append(s.About, eb)
		}
		write(". ")
		s.Factuality = []claim.Commitment{{Holder: s.ID, Value: doc.Factuality(values[rng.IntN(len(values))])}, {Holder: claim.Author, Value: doc.Uncommitted}}
		full := text.String()
		s.Words = full[begin : text.Len()-2]
		a.Statements = append(a.Statements, s)
		a.Events = append(a.Events, claim.Event{ID: fmt.Sprintf("v%d", i+1), Trigger: trigger, Text: full[trigger.Begin:trigger.End], Type: doc.EventType(eventType[rng.IntN(6)]),
			Actors:  []claim.Actor{{Party: claim.Party{Span: actor, Text: state[0], Name: state[0], Entity: ea}, Country: state[1]}},
			Targets: []claim.Actor{{Party: claim.Party{Span: target, Text: other[0], Name: other[0], Entity: eb}, Country: other[1]}},
			Time:    day, Statement: s.ID, Factuality: s.Factuality})
	}
	a.Text = text.String()
	a.Locator = fmt.Sprintf("https://news.example/%d", n)
	a.ID, a.TextHash = claim.ArticleID(a.Locator, a.Text), claim.Hash([]byte(a.Text))
	a.Evidence = claim.Evidence{Title: "On the " + nouns[rng.IntN(20)] + " and the " + nouns[rng.IntN(20)] + ", part " + fmt.Sprint(n), Outlet: papers[n%len(papers)], Published: day, Language: "en"}
	return a
}

func pow4(x float64) float64 { return x * x * x * x }

// say is an article of one statement, written for a test: words stand in the text with
// «source» before the cue.
func say(locator, published, source, cue, content string) *claim.Article {
	text := source + " " + cue + " that " + content + "."
	a := &claim.Article{Locator: locator, Text: text, Reader: "test 1"}
	a.ID, a.TextHash = claim.ArticleID(locator, text), claim.Hash([]byte(text))
	a.Evidence = claim.Evidence{Title: "What " + source + " " + cue, Outlet: "Harbour Wire", Published: published}
	at := doc.Span{Begin: 0, End: len(source)}
	a.Entities = []claim.Entity{{ID: "e1", Name: source, Named: true, Type: doc.Person, Country: "NOR", First: at, Count: 1}}
	begin := len(source) + 1
	a.Statements = []claim.Statement{{ID: "s1", Score: 0.9,
		Source:     claim.Source{Party: claim.Party{Span: at, Text: source, Name: source, Entity: "e1"}, Kind: doc.PersonSource, Role: "foreign minister", Affiliation: "NOR"},
		Cue:        claim.Cue{Spans: []doc.Span{{Begin: begin, End: begin + len(cue)}}, Text: cue, Lemma: cue, Class: "say"},
		Content:    []doc.Span{{Begin: len(text) - 1 - len(content), End: len(text) - 1}},
		Words:      content,
		Quotation:  doc.Indirect,
		Factuality: []claim.Commitment{{Holder: "s1", Value: doc.Certain}, {Holder: claim.Author, Value: doc.Uncommitted}}}}
	return a
}
