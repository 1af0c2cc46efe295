package entity

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
	"hearsay/lexicon/kb"
)

// TestMentions says which words of a tree refer, how far they reach and of what form they
// are, in the order in which they are linked.
func TestMentions(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		names      []string
		want       []string
	}{
		{"a possessor inside", `
			The the DET DT 2 det
			minister minister NOUN NN 4 nmod:poss
			~'s 's PART POS 2 case
			aide aide NOUN NN 5 nsubj
			left leave VERB VBD 0 root`, nil,
			[]string{"common The minister's", "common The minister's aide"}},
		{"two that are joined", `
			The the DET DT 2 det
			minister minister NOUN NN 6 nsubj
			and and CCONJ CC 5 cc
			her she PRON PRP$ 5 nmod:poss
			aide aide NOUN NN 2 conj
			left leave VERB VBD 0 root`, nil,
			[]string{"joint The minister and her aide", "common The minister", "pronoun her", "common her aide"}},
		{"three that are joined", `
			Ann ann PROPN NNP 6 nsubj
			~, , PUNCT , 3 punct
			Ben ben PROPN NNP 1 conj
			and and CCONJ CC 5 cc
			Cy cy PROPN NNP 1 conj
			left leave VERB VBD 0 root`, []string{"person: Ann", "person: Ben", "person: Cy"},
			[]string{"joint Ann, Ben and Cy", "proper Ann", "proper Ben", "proper Cy"}},
		{"verbs that are joined refer to nothing", `
			Aides aide NOUN NNS 2 nsubj
			came come VERB VBD 0 root
			and and CCONJ CC 4 cc
			went go VERB VBD 2 conj`, nil,
			[]string{"common Aides"}},
		{"an apposition stands for itself", `
			Jane jane PROPN NNP 7 nsubj
			Roe roe PROPN NNP 1 flat
			~, , PUNCT , 5 punct
			the the DET DT 5 det
			mayor mayor NOUN NN 1 appos
			~, , PUNCT , 5 punct
			left leave VERB VBD 0 root`, []string{"person: Jane Roe"},
			[]string{"proper Jane Roe", "common the mayor"}},
		{"a title before a name", `
			Senator senator PROPN NNP 2 compound
			Jane jane PROPN NNP 4 nsubj
			Roe roe PROPN NNP 2 flat
			left leave VERB VBD 0 root`, []string{"person: Jane Roe"},
			[]string{"proper Senator Jane Roe"}},
		{"of a compound a name refers", `
			The the DET DT 3 det
			Senate senate PROPN NNP 3 compound
			vote vote NOUN NN 4 nsubj
			failed fail VERB VBD 0 root`, []string{"organization: Senate"},
			[]string{"common The Senate vote", "proper Senate"}},
		{"other nouns of a compound do not", `
			The the DET DT 3 det
			budget budget NOUN NN 3 compound
			vote vote NOUN NN 4 nsubj
			failed fail VERB VBD 0 root`, nil,
			[]string{"common The budget vote"}},
		{"a body before a title and a name", `
			State state PROPN NNP 2 compound
			Department department PROPN NNP 3 compound
			spokesman spokesman NOUN NN 4 compound
			Odran odran PROPN NNP 6 nsubj
			Pell pell PROPN NNP 4 flat
			left leave VERB VBD 0 root`, []string{"organization: State Department", "person: Odran Pell"},
			[]string{"proper State Department spokesman Odran Pell", "proper State Department"}},
		{"a nationality", `
			The the DET DT 3 det
			French french ADJ JJ 3 amod
			minister minister NOUN NN 4 nsubj
			left leave VERB VBD 0 root`, []string{"group: French"},
			[]string{"common The French minister", "proper French"}},
		{"another adjective", `
			The the DET DT 3 det
			new new ADJ JJ 3 amod
			minister minister NOUN NN 4 nsubj
			left leave VERB VBD 0 root`, nil,
			[]string{"common The new minister"}},
		{"one of the sources", `
			One one NUM CD 5 nsubj
			of of ADP IN 4 case
			the the DET DT 4 det
			sources source NOUN NNS 1 nmod
			left leave VERB VBD 0 root`, nil,
			[]string{"common One of the sources", "common the sources"}},
		{"a relative clause belongs to it", `
			The the DET DT 2 det
			guard guard NOUN NN 6 nsubj
			who who PRON WP 4 nsubj
			saw see VERB VBD 2 acl:relcl
			it it PRON PRP 4 obj
			hid hide VERB VBD 0 root`, nil,
			[]string{"common The guard who saw it", "pronoun it"}},
		{"a predicate without its subject", `
			Toll toll PROPN NNP 4 nsubj
			is be AUX VBZ 4 cop
			a a DET DT 4 det
			judge judge NOUN NN 0 root`, []string{"person: Toll"},
			[]string{"proper Toll", "common a judge"}},
		{"an adverb before the noun phrase", `
			Only only ADV RB 2 advmod
			he he PRON PRP 3 nsubj
			left leave VERB VBD 0 root`, nil,
			[]string{"pronoun he"}},
		{"it of the weather's kind", `
			It it PRON PRP 2 expl
			seems seem VERB VBZ 0 root
			late late ADJ JJ 2 xcomp`, nil,
			nil},
		{"some body", `
			Someone someone PRON NN 2 nsubj
			called call VERB VBD 0 root
			them they PRON PRP 2 obj`, nil,
			[]string{"common Someone", "pronoun them"}},
		{"a number and an adjective for nouns", `
			Two two NUM CD 2 nsubj
			praised praise VERB VBD 0 root
			others other ADJ JJ 2 obj`, nil,
			[]string{"common Two", "common others"}},
		{"this by itself, and with a noun", `
			This this PRON DT 2 nsubj
			ended end VERB VBD 0 root
			that that DET DT 4 det
			war war NOUN NN 2 obj`, nil,
			[]string{"pronoun This", "common that war"}},
		{"who refers to nothing by itself", `
			Who who PRON WP 2 nsubj
			called call VERB VBD 0 root`, nil,
			nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr, all := handTree(t, c.rows, c.names...)
			var got []string
			for k := range all {
				got = append(got, tr.shown(&all[k]))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			for k := range all {
				m := &all[k]
				if m.head < m.first || m.head >= m.last {
					t.Errorf("%q has its head outside", tr.shown(m))
				}
				if up := m.inside; up >= 0 && (up == k || all[up].first > m.first || all[up].last < m.last) {
					t.Errorf("%q does not lie in %q", tr.shown(m), tr.shown(&all[up]))
				}
			}
		})
	}
}

// Nothing outside the report is looked at.
func TestMentionsProse(t *testing.T) {
	d := hand(t, `
		Aides aide NOUN NNS 2 nsubj
		left leave VERB VBD 0 root
		¶
		By by ADP IN 2 case
		Roe roe PROPN NNP 0 root`, "person: Roe")
	d.Blocks[1].Kind = doc.Byline
	tr := newTree(d, kb.Shipped())
	if all := tr.mentions(); len(all) != 1 || tr.shown(&all[0]) != "common Aides" {
		t.Errorf("%d mentions", len(all))
	}
}

// TestReorder says in what order mentions are linked where a pronoun comes first.
func TestReorder(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		names      []string
		want       string
	}{
		{"in her first speech", `
			In in ADP IN 4 case
			her she PRON PRP$ 4 nmod:poss
			first first ADJ JJ 4 amod
			speech speech NOUN NN 8 obl
			~, , PUNCT , 4 punct
			Jane jane PROPN NNP 8 nsubj
			Roe roe PROPN NNP 6 flat
			wept weep VERB VBD 0 root`, []string{"person: Jane Roe"},
			"her first speech; Jane Roe; her"},
		{"after he left", `
			After after SCONJ IN 3 mark
			he he PRON PRP 3 nsubj
			left leave VERB VBD 6 advcl
			~, , PUNCT , 3 punct
			Roe roe PROPN NNP 6 nsubj
			wept weep VERB VBD 0 root
			for for ADP IN 9 case
			his he PRON PRP$ 9 nmod:poss
			son son NOUN NN 6 obl`, []string{"person: Roe"},
			"Roe; he; his; his son"},
		{"a name goes before already", `
			Roe roe PROPN NNP 2 nsubj
			wept weep VERB VBD 0 root
			after after SCONJ IN 5 mark
			he he PRON PRP 5 nsubj
			left leave VERB VBD 2 advcl`, []string{"person: Roe"},
			"Roe; he"},
		{"the subject is a pronoun too", `
			After after SCONJ IN 3 mark
			he he PRON PRP 3 nsubj
			left leave VERB VBD 6 advcl
			~, , PUNCT , 3 punct
			he he PRON PRP 6 nsubj
			wept weep VERB VBD 0 root`, nil,
			"he; he"},
		{"its own subject is not waited for", `
			He he PRON PRP 2 nsubj
			said say VERB VBD 0 root
			Roe roe PROPN NNP 4 nsubj
			wept weep VERB VBD 2 ccomp`, []string{"person: Roe"},
			"He; Roe"},
		{"who speaks is no matter of the clause", `
			“ “ PUNCT ` + "``" + ` 4 punct
			After after SCONJ IN 4 mark
			I i PRON PRP 4 nsubj
			left leave VERB VBD 8 advcl
			~, , PUNCT , 4 punct
			Roe roe PROPN NNP 8 nsubj
			~” ” PUNCT '' 6 punct
			wept weep VERB VBD 0 root`, []string{"person: Roe"},
			"I; Roe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr, all := handTree(t, c.rows, c.names...)
			var got []string
			for k := range all {
				got = append(got, tr.d.Slice(tr.span(&all[k])))
				if up := all[k].inside; up >= 0 && (all[up].first > all[k].first || all[up].last < all[k].last) {
					t.Errorf("%q is said to lie in %q", got[k], tr.d.Slice(tr.span(&all[up])))
				}
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("%s, want %s", s, c.want)
			}
		})
	}
}

// TestDescribe says what mentions show of gender, number and person.
func TestDescribe(t *testing.T) {
	tr, all := handTree(t, `
		Ms. ms. PROPN NNP 2 compound
		Pell pell PROPN NNP 3 nsubj
		met meet VERB VBD 0 root
		Karl karl PROPN NNP 3 obj
		Ek ek PROPN NNP 4 flat

		Pell pell PROPN NNP 2 nsubj
		told tell VERB VBD 0 root
		Ek ek PROPN NNP 2 obj

		Lund lund PROPN NNP 2 nsubj
		saw see VERB VBD 0 root
		two two NUM CD 4 nummod
		actresses actress NOUN NNS 2 obj
		and and CCONJ CC 7 cc
		the the DET DT 7 det
		company company NOUN NN 4 conj

		We we PRON PRP 2 nsubj
		told tell VERB VBD 0 root
		you you PRON PRP 2 obj
		~: : PUNCT : 5 punct
		it it PRON PRP 2 dep`,
		"person: Pell", "person: Karl Ek", "person: Pell", "person: Ek", "person: Lund")
	for _, c := range []struct {
		mention                string
		gender, number, person uint8
	}{
		{"proper Ms. Pell", female, singular, 3},
		{"proper Karl Ek", male, singular, 3},
		{"proper Pell", female, singular, 3}, // the article says so elsewhere
		{"proper Ek", male, singular, 3},     // of the given name
		{"proper Lund", male | female, singular, 3},
		{"common two actresses", female, plural, 3},
		{"common the company", neuter, singular, 3},
		{"joint two actresses and the company", female, plural, 3},
		{"pronoun We", anyGender, plural, 1},
		{"pronoun you", male | female, anyNumber, 2},
		{"pronoun it", neuter, singular, 3},
	} {
		m := find(t, tr, all, c.mention)
		if m.gender != c.gender || m.number != c.number || m.person != c.person {
			t.Errorf("%s: gender %d, number %d, person %d; want %d, %d, %d", c.mention, m.gender, m.number, m.person, c.gender, c.number, c.person)
		}
	}
}

// TestCalledBy says by which nouns a mention calls what it refers to.
func TestCalledBy(t *testing.T) {
	words := []string{"senator", "spokesman", "mayor", "judge", "lawyer", "committee", "member", "general", "roe", "toll"}
	for _, c := range []struct {
		name, rows, mention string
		names               []string
		want                string
	}{
		{"a title that is short for a noun", `
			Sen. sen. PROPN NNP 2 compound
			Jane jane PROPN NNP 4 nsubj
			Roe roe PROPN NNP 2 flat
			left leave VERB VBD 0 root`, "proper Sen. Jane Roe", []string{"person: Jane Roe"}, "senator"},
		{"a title that the tree hangs elsewhere", `
			Gen. gen. PROPN NNP 4 dep
			Jane jane PROPN NNP 4 nsubj
			Roe roe PROPN NNP 2 flat
			left leave VERB VBD 0 root`, "proper Jane Roe", []string{"person: Jane Roe"}, "general"},
		{"nouns before a name", `
			Committee committee NOUN NN 2 compound
			spokesman spokesman NOUN NN 3 compound
			Roe roe PROPN NNP 4 nsubj
			left leave VERB VBD 0 root`, "proper Committee spokesman Roe", []string{"person: Roe"}, "spokesman committee"},
		{"an apposition, from both sides", `
			Roe roe PROPN NNP 5 nsubj
			~, , PUNCT , 4 punct
			the the DET DT 4 det
			mayor mayor NOUN NN 1 appos
			left leave VERB VBD 0 root`, "proper Roe", []string{"person: Roe"}, "mayor"},
		{"what it is said to be", `
			Toll toll PROPN NNP 4 nsubj
			is be AUX VBZ 4 cop
			a a DET DT 4 det
			judge judge NOUN NN 0 root`, "proper Toll", []string{"person: Toll"}, "judge"},
		{"its own head in the singular", `
			Lawyers lawyer NOUN NNS 2 nsubj
			left leave VERB VBD 0 root`, "common Lawyers", nil, "lawyer"},
		{"a pronoun calls nobody anything", `
			She she PRON PRP 4 nsubj
			is be AUX VBZ 4 cop
			a a DET DT 4 det
			judge judge NOUN NN 0 root`, "pronoun She", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tr, all := handTree(t, c.rows, c.names...)
			m := find(t, tr, all, c.mention)
			var got []string
			for _, w := range words {
				if has(m.called, hashOf(w)) {
					got = append(got, w)
				}
			}
			if s := strings.Join(got, " "); s != c.want || len(m.called) != len(got) {
				t.Errorf("called %s and %d others, want %s", s, len(m.called)-len(got), c.want)
			}
		})
	}
}

// TestInitials says which names are abbreviations of which.
func TestInitials(t *testing.T) {
	for _, c := range []struct {
		full, short string
		want        bool
	}{
		{"European Union", "EU", true},
		{"European Union", "E.U.", true},
		{"Bank of England", "BE", true},
		{"European Union", "UN", false},
		{"European Union", "EUR", false},
		{"European Coal Union", "EU", false},
		{"Union", "U", false},
		{"European Union", "Eu", false},
	} {
		words := strings.Fields(c.full)
		var rows strings.Builder
		for i, w := range words {
			rel, head, pos := "compound", len(words), "PROPN NNP"
			if i == len(words)-1 {
				rel, head = "nsubj", len(words)+1
			}
			if w == "of" {
				pos = "ADP IN"
			}
			rows.WriteString(w + " " + strings.ToLower(w) + " " + pos + " " + itoa(head) + " " + rel + "\n")
		}
		rows.WriteString("left leave VERB VBD 0 root\n\n" + c.short + " x PROPN NNP 2 nsubj\nleft leave VERB VBD 0 root")
		tr, all := handTree(t, rows.String(), "organization: "+c.full, "organization: "+c.short)
		a, b := find(t, tr, all, "proper "+c.full), find(t, tr, all, "proper "+c.short)
		if got := tr.initials(a, b); got != c.want {
			t.Errorf("%q for %q: %v", c.short, c.full, got)
		}
	}
}

// TestQuotations says which words stand in which quotation, and who speaks them.
func TestQuotations(t *testing.T) {
	d := hand(t, `
		“ “ PUNCT `+"``"+` 3 punct
		I i PRON PRP 3 nsubj
		left leave VERB VBD 6 ccomp
		~” ” PUNCT '' 3 punct
		Roe roe PROPN NNP 6 nsubj
		said say VERB VBD 0 root
		¶
		" " PUNCT `+"``"+` 2 punct
		Never never ADV RB 0 root
		~" " PUNCT '' 2 punct

		Yes yes INTJ UH 0 root
		¶
		“ “ PUNCT `+"``"+` 2 punct
		No no INTJ UH 0 root
		¶
		Rain rain NOUN NN 2 nsubj
		fell fall VERB VBD 0 root`, "person: Roe")
	d.Statements = []doc.Statement{{
		Source:    doc.Source{Span: d.Tokens[4].Span},
		Cue:       doc.Cue{Spans: []doc.Span{d.Tokens[5].Span}},
		Content:   []doc.Span{{Begin: d.Tokens[0].Begin, End: d.Tokens[3].End}},
		Quotation: doc.Direct,
	}}
	tr := newTree(d, kb.Shipped())
	for _, c := range []struct {
		word, quote string
		speaker     int32
	}{
		{"I", "0", 4}, {"left", "0", 4}, {"said", "-", -1}, {"Never", "1", -1}, {"Yes", "-", -1}, {"No", "2", -1},
		{"Rain", "-", -1}, // a quotation that is not closed ends with its paragraph
	} {
		for i := range d.Tokens {
			if d.Word(i) != c.word {
				continue
			}
			got := "-"
			if tr.quote[i] >= 0 {
				got = itoa(int(tr.quote[i]))
			}
			if got != c.quote || tr.speaker[i] != c.speaker {
				t.Errorf("%s stands in quotation %s, spoken by %d; want %s, %d", c.word, got, tr.speaker[i], c.quote, c.speaker)
			}
		}
	}
}

// TestKindOfNouns says what descriptions are of, by the head's words in the lexicon.
func TestKindOfNouns(t *testing.T) {
	tr, all := handTree(t, `
		The the DET DT 3 det
		law law NOUN NN 3 compound
		firm firm NOUN NN 4 nsubj
		told tell VERB VBD 0 root
		the the DET DT 6 det
		police police NOUN NNS 4 obj
		of of ADP IN 9 case
		the the DET DT 9 det
		report report NOUN NN 6 nmod
		by by ADP IN 12 case
		the the DET DT 12 det
		king king NOUN NN 9 nmod`)
	for _, c := range []struct {
		mention string
		kind    doc.EntityType
		gender  uint8
	}{
		{"common The law firm", doc.Organization, neuter},
		{"common the report by the king", doc.Document, neuter},
		{"common the king", doc.Person, male},
		{"common the police of the report by the king", doc.Group, anyGender},
	} {
		if m := find(t, tr, all, c.mention); m.kind != c.kind || m.gender != c.gender {
			t.Errorf("%s: %q, gender %d; want %q, %d", c.mention, m.kind, m.gender, c.kind, c.gender)
		}
	}
}

// TestGroup says of which group a mention is a member.
func TestGroup(t *testing.T) {
	l := newLinker(hand(t, `
		One one NUM CD 5 nsubj
		of of ADP IN 4 case
		the the DET DT 4 det
		sources source NOUN NNS 1 nmod
		saw see VERB VBD 0 root
		Jane jane PROPN NNP 5 obj
		Roe roe PROPN NNP 6 flat
		and and CCONJ CC 10 cc
		her she PRON PRP$ 10 nmod:poss
		aide aide NOUN NN 6 conj
		at at ADP IN 13 case
		the the DET DT 13 det
		end end NOUN NN 5 obl
		of of ADP IN 16 case
		the the DET DT 16 det
		talks talk NOUN NNS 13 nmod`, "person: Jane Roe"), kb.Shipped())
	for _, c := range []struct{ mention, of string }{
		{"common One of the sources", "common the sources"},
		{"common the sources", ""},
		{"proper Jane Roe", "joint Jane Roe and her aide"},
		{"common her aide", "joint Jane Roe and her aide"},
		{"pronoun her", ""},
		{"joint Jane Roe and her aide", ""},
		{"common the end of the talks", ""},
	} {
		for k := range l.all {
			if l.shown(&l.all[k]) != c.mention {
				continue
			}
			got := ""
			if g := l.group(k); g >= 0 {
				got = l.shown(&l.all[g])
			}
			if got != c.of {
				t.Errorf("%s is of %q, want %q", c.mention, got, c.of)
			}
		}
	}
}
