package read

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/doc"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden holds got against a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (-update writes it anew); got:\n%s", path, got)
	}
}

// hand is an article annotated by hand: four statements, one inside another, one
// with two fragments and one over two paragraphs, and characters of one to four
// bytes before, in and after their parts.
func hand(t testing.TB) *doc.Doc {
	t.Helper()
	const headline = "Søren Ekdahl: “no talks” 🕊 before spring"
	const first = "Aides told the Côte Herald that the envoy — 李雷 — had warned them not to sign."
	const second = "“We did not ask for this,” Ekdahl said. “Not now."
	const third = "“And not here.”"
	const fourth = "The cable does not say whether the fleet has sailed."
	const last = "Source: Côte Herald"
	d := doc.New(strings.Join([]string{headline, first, second, third, fourth, last}, "\r\n\r\n"))
	d.Meta = doc.Meta{Path: "stories/ekdahl.txt", Title: headline, Outlet: "Côte Herald", Byline: "Ana Ruiz",
		Published: "2026-03-15", Language: "en"}
	d.Reader = "VERSION"
	find := func(s string) doc.Span {
		i := strings.Index(d.Text, s)
		if i < 0 {
			t.Fatalf("%q does not stand in the article", s)
		}
		return doc.Span{Begin: i, End: i + len(s)}
	}
	for i, s := range []string{headline, first, second, third, fourth, last} {
		kind := doc.Paragraph
		switch i {
		case 0:
			kind = doc.Headline
		case 5:
			kind = doc.Credit
		}
		d.Blocks = append(d.Blocks, doc.Block{Span: find(s), Kind: kind})
		if kind.Prose() {
			d.Sentences = append(d.Sentences, doc.Sentence{Span: find(s), Block: i})
		}
	}
	d.Statements = []doc.Statement{
		{Parent: -1, Score: 0.91234567, Source: doc.Source{Span: find("Aides")},
			Cue:       doc.Cue{Spans: []doc.Span{find("told")}, Lemma: "tell", Class: "say"},
			Content:   []doc.Span{find("that the envoy — 李雷 — had warned them not to sign")},
			Quotation: doc.Indirect, Addressee: find("the Côte Herald")},
		{Parent: 0, Score: 0.75, Source: doc.Source{Span: find("the envoy — 李雷 —")},
			Cue:       doc.Cue{Spans: []doc.Span{find("had warned")}, Lemma: "warn", Class: "warn"},
			Content:   []doc.Span{find("not to sign")},
			Quotation: doc.Indirect, Addressee: find("them")},
		{Parent: -1, Score: 1, Source: doc.Source{Span: find("Ekdahl said").Trim(d.Text)},
			Cue:       doc.Cue{Spans: []doc.Span{find("said")}, Lemma: "say", Class: "say"},
			Content:   []doc.Span{find("“We did not ask for this,”"), find("“Not now.\r\n\r\n“And not here.”")},
			Quotation: doc.Direct},
		{Parent: -1, Score: 0.5, Source: doc.Source{Kind: doc.UnknownSource},
			Cue:       doc.Cue{Spans: []doc.Span{find("say whether")}, Lemma: "say", Class: "say"},
			Content:   []doc.Span{find("the fleet has sailed")},
			Quotation: doc.Indirect, Negated: true},
	}
	s := &d.Statements[2].Source.Span
	s.End = s.Begin + len("Ekdahl")
	return d
}

// desk is an article annotated by hand whose sources are somebody: a minister with and
// without her name, a medium, two officials and one of them, a reporter who vouches, and a
// passive without an agent; times and places that can be told and that cannot.
func desk(t testing.TB) *doc.Doc {
	t.Helper()
	paragraphs := []string{
		"Mira Tollefsen, the Norwegian fisheries minister, said on Monday that the gates would open. She told the Harbour Wire and reporters that “nobody has asked”.",
		"Two officials familiar with the talks said in Bergen that the minister had warned Oslo not to wait until spring. One of the officials, who spoke on condition of anonymity, denied it.",
		"It is not clear whether the fleet has sailed from Port Vale. The lock is said to leak, and it leaks.",
	}
	d := doc.New(strings.Join(paragraphs, "\n\n"))
	d.Meta = doc.Meta{Path: "stories/gates.txt", Title: "Gates to open", Outlet: "Harbour Wire", Published: "2026-03-11", Language: "en"}
	d.Reader = "VERSION"
	at := 0
	// find returns the next place of s behind the last one, so that the parts of the article
	// can be named in order; from goes back to the beginning of the text that it is given.
	find := func(s string) doc.Span {
		t.Helper()
		i := strings.Index(d.Text[at:], s)
		if i < 0 {
			t.Fatalf("%q does not stand in %q", s, d.Text[at:])
		}
		at += i
		return doc.Span{Begin: at, End: at + len(s)}
	}
	from := func(s string) { at = 0; find(s) }
	for i, s := range paragraphs {
		from(s)
		d.Blocks = append(d.Blocks, doc.Block{Span: find(s)})
		d.Sentences = append(d.Sentences, doc.Sentence{Span: find(s), Block: i})
	}
	const minister, wire, officials, oslo, one, gates, lock = 0, 1, 2, 3, 4, 5, 6
	d.Entities = []doc.Entity{
		minister:  {Name: "Mira Tollefsen", Named: true, Type: doc.Person, Country: "NOR", Sector: "GOV", Role: "fisheries minister"},
		wire:      {Name: "Harbour Wire", Named: true, Type: doc.Organization, Known: "outlet:harbour-wire"},
		officials: {Name: "Two officials familiar with the talks", Type: doc.Person, Sector: "GOV", Role: "officials"},
		oslo:      {Name: "Norway", Named: true, Type: doc.Country, Country: "NOR", Sector: "GOV", Known: "NOR"},
		one:       {Name: "One of the officials", Type: doc.Person, Body: "Port Authority", Role: "officials", Of: []int{officials}},
		gates:     {Name: "the gates"},
		lock:      {Name: "The lock"},
	}
	mention := func(entity int, s string) doc.Span {
		t.Helper()
		span := find(s)
		d.Mentions = append(d.Mentions, doc.Mention{Span: span, Entity: entity})
		return span
	}
	from("Mira")
	mira := mention(minister, "Mira Tollefsen, the Norwegian fisheries minister")
	from("the gates")
	mention(gates, "the gates")
	she := mention(minister, "She")
	harbour := mention(wire, "the Harbour Wire")
	two := mention(officials, "Two officials familiar with the talks")
	the := mention(minister, "the minister")
	toOslo := mention(oslo, "Oslo")
	who := mention(one, "One of the officials")
	mention(lock, "The lock")
	at = 0
	mention(lock, "it leaks")
	last := &d.Mentions[len(d.Mentions)-1]
	last.End = last.Begin + len("it")
	d.Names = []doc.Name{{Span: doc.Span{End: len("Mira Tollefsen")}, Type: doc.Person}, {Span: toOslo, Type: doc.Country}}
	cue := func(s, lemma string) doc.Cue {
		t.Helper()
		return doc.Cue{Spans: []doc.Span{find(s)}, Lemma: lemma, Class: "say"}
	}
	content := func(s string) []doc.Span { t.Helper(); return []doc.Span{find(s)} }
	at = 0
	d.Statements = []doc.Statement{
		{Parent: -1, Score: 0.95, Told: -1, Cue: cue("said", "say"), Content: content("that the gates would open"), Quotation: doc.Indirect,
			Source: doc.Source{Span: mira, Entity: minister, Kind: doc.PersonSource, Role: "fisheries minister", Affiliation: "NOR", Count: 1, Record: doc.OnRecord}},
		{Parent: -1, Score: 0.97, Told: wire, Cue: cue("told", "tell"), Addressee: harbour, Content: content("that “nobody has asked”"), Quotation: doc.Mixed,
			Source: doc.Source{Span: she, Entity: minister, Kind: doc.PersonSource, Role: "fisheries minister", Affiliation: "NOR", Count: 1, Record: doc.OnRecord}},
		{Parent: -1, Score: 0.9, Told: -1, Cue: cue("said", "say"), Content: content("that the minister had warned Oslo not to wait until spring"), Quotation: doc.Indirect,
			Source: doc.Source{Span: two, Entity: officials, Kind: doc.Anonymous, Role: "officials", Count: 2, Basis: "familiar with the talks", Record: doc.OffRecord}},
		{Parent: 2, Score: 0.8, Told: oslo, Cue: cue("had warned", "warn"), Addressee: toOslo, Content: content("not to wait until spring"), Quotation: doc.Indirect,
			Source: doc.Source{Span: the, Entity: minister, Kind: doc.PersonSource, Role: "fisheries minister", Affiliation: "NOR", Count: 1, Record: doc.OnRecord}},
		{Parent: -1, Score: 0.6, Told: -1, Cue: cue("denied", "deny"), Content: content("it"), Quotation: doc.Indirect,
			Source: doc.Source{Span: who, Entity: one, Kind: doc.Anonymous, Role: "officials", Affiliation: "Port Authority", Count: 1,
				Terms: "on condition of anonymity", Record: doc.OffRecord}},
		{Parent: -1, Score: 0.7, Told: -1, Cue: cue("not clear", "clear"), Content: content("whether the fleet has sailed from Port Vale"), Quotation: doc.Indirect,
			Source: doc.Source{Kind: doc.Author, Entity: -1}},
		{Parent: -1, Score: 0.5, Told: -1, Cue: cue("said", "say"), Content: content("to leak"), Quotation: doc.Indirect,
			Source: doc.Source{Kind: doc.UnknownSource, Entity: -1}},
	}
	at = 0
	d.Times = []doc.Time{{Span: find("Monday"), Type: doc.Date, Value: "2026-03-09"}, {Span: find("spring"), Type: doc.Date, Value: "XXXX-SP"}}
	at = 0
	d.Places = []doc.Place{{Span: find("Bergen"), Name: "Bergen", Country: "NOR", Lat: 60.392990001, Lon: 5.32415, GeoNames: 3161732},
		{Span: find("Port Vale")}}
	hold := func(values ...doc.Factuality) (out []doc.Commitment) {
		for i, v := range values {
			out = append(out, doc.Commitment{Holder: i + 2, Value: v}) // the warning and its teller
		}
		out[len(out)-1].Holder = doc.ByAuthor
		return out
	}
	for i, value := range []doc.Factuality{doc.Probable, doc.Certain, doc.Certain, doc.Uncommitted, doc.NotCertain, "", doc.Possible} {
		if value != "" {
			d.Statements[i].Factuality = []doc.Commitment{{Holder: i, Value: value}, {Holder: doc.ByAuthor, Value: doc.Uncommitted}}
		}
	}
	from("had warned")
	warned := find("warned")
	from("sailed")
	sailed := find("sailed")
	d.Events = []doc.Event{
		{Trigger: warned, Frame: "warn", Type: doc.Threaten, Contexts: []string{"diplomatic", "environment"}, Time: 1, Place: 0, Statement: 2,
			Actors:     []doc.Party{{Span: the, Entity: minister, Country: "NOR", Sector: "GOV"}, {Span: two, Entity: officials, Sector: "GOV"}},
			Targets:    []doc.Party{{Span: toOslo, Entity: oslo, Country: "NOR", Sector: "GOV"}},
			Factuality: hold(doc.Certain, doc.Uncommitted)},
		{Trigger: sailed, Frame: "sail", Type: doc.Mobilize, Mode: "troops", Time: -1, Place: -1, Statement: -1, Killed: 2, Injured: 11,
			Amount: find("Port Vale"), Factuality: hold(doc.Uncommitted)},
	}
	return d
}
