package provenance

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"hearsay/claim"
	"hearsay/doc"
)

// Graph says where the tellings of a claim come from.
type Graph struct {
	Claim string // its id
	Text  string
	// Tellings are in order of publication. Denials are tellings that say it is not so: they
	// stand among them and belong to no origin.
	Tellings []Telling
	Origins  []Origin
	// Pairs has each pair of origins once, a before b.
	Pairs []Pair
	// Edges say from where a telling has it.
	Edges []Edge
	// Cycles are paths of reporting that lead back to where they began.
	Cycles []Cycle
	// Rises are chains along which a claim gains certainty without a new origin.
	Rises []Rise
	// Articles and Outlets are how many tell the claim; Independent is how many of the
	// origins are shown independent of each other: the size of the largest set found in which
	// each pair is, 0 where no pair is.
	Articles, Outlets, Independent int

	from [][]int // by telling: its edges, as indexes into Edges, the surest first
}

// Telling is one statement of an article that tells the claim.
type Telling struct {
	Article   *claim.Article
	Statement *claim.Statement
	// Origin is an index into Graph.Origins, or -1: nothing recorded says where it is from.
	Origin int
	Denies bool

	outlet  outlet
	speaker speaker
	inside  int // the telling of the same article that speaks for it; -1: itself
}

// EdgeKind says how one telling comes from another.
type EdgeKind string

// The kinds of edge.
const (
	Copies        EdgeKind = "copies"
	Credits       EdgeKind = "credits"
	Cites         EdgeKind = "cites"
	SameUtterance EdgeKind = "same utterance"
	Revises       EdgeKind = "revises"
)

// Edge says that a telling has the claim from another one, or from an outlet whose article
// is not at hand.
type Edge struct {
	From, To int    // indexes into Graph.Tellings: From has it from To; To is -1 where it is not at hand
	Outlet   string // that it is from
	Kind     EdgeKind
	Reason   string // in words that can be checked: "“told the Harbour Wire”"
}

// OriginKind says what sort of thing an origin is.
type OriginKind string

// The kinds of origin.
const (
	Utterance   OriginKind = "utterance"   // of a person or a body that is named
	Document    OriginKind = "document"    // a cable, a report, a poll
	Unnamed     OriginKind = "unnamed"     // a source without a name, as told to one outlet
	Observation OriginKind = "observation" // what an outlet's own people saw
	Report      OriginKind = "report"      // of an outlet whose article is not at hand
)

// Origin is where a claim began: whatever many tellings may come from.
type Origin struct {
	Kind     OriginKind
	Name     string // who it is, in a few words: "Ned Price", "two officials, told to the Harbour Wire"
	Outlet   string // to which it was told, or that saw it
	Tellings []int  // indexes into Graph.Tellings, in order
	speaker  speaker
	around   []speaker // who says that it says so
}

// Relation is how two origins stand to each other.
type Relation string

// The relations. Nothing that is not shown is independent.
const (
	Derived     Relation = "derived"
	Independent Relation = "independent"
	Unknown     Relation = "unknown"
)

// Pair is two origins and how they stand to each other.
type Pair struct {
	A, B     int // indexes into Graph.Origins
	Relation Relation
	Reason   string
}

// Input is a claim and what its tellings stand in.
type Input struct {
	Claim    *claim.Claim
	Articles []*claim.Article // those of the tellings; others are ignored
	// Copies are the pairs of these articles that share text, as [CopiesOf] finds them.
	Copies []CopyPair
	// Outlet returns what is known of an outlet by a name or a domain on a day
	// (YYYY-MM-DD): an id and its owner family. Nil knows none.
	Outlet func(name, day string) (id, family string)
	// State returns the code of the state that a name or an adjective stands for ("Norway",
	// "Norwegian"), "" for any other. Nil: the affiliations that were read are taken as they are.
	State func(name string) string
}

// Trace returns the graph of a claim. It is the one place where sources are counted. The
// same input gives the same graph, whatever the order of tellings and articles.
func Trace(in Input) *Graph {
	g := &Graph{Claim: in.Claim.ID, Text: in.Claim.Text}
	g.Tellings = tellings(in)
	t := &tracer{Graph: g, in: in, media: in.media(), names: in.names()}
	for i := range g.Tellings {
		x := &g.Tellings[i]
		if o, ok := t.medium(x.Article, x.Statement); ok {
			x.speaker.affiliation = ""
			x.speaker.kind, x.speaker.text = doc.OutletSource, cmp.Or(x.Statement.Source.Name, o.name)
		}
	}
	for i := range g.Tellings {
		if x := &g.Tellings[i]; t.media[in.medium(x.speaker.affiliation, day(moment(x.Article))).key] {
			x.speaker.affiliation = "" // the outlet that it spoke to
		}
	}
	t.nest()
	t.lineage()
	t.origins()
	t.pairs()
	t.circles()
	t.rises()
	t.count()
	return g
}

type tracer struct {
	*Graph
	in    Input
	media map[string]bool
	inner [][]int // by telling: those of its article that it speaks for
	names names
}

// tellings returns the tellings of a claim with their articles, in order of publication,
// then of ids.
func tellings(in Input) []Telling {
	articles := map[string]*claim.Article{}
	for _, a := range in.Articles {
		articles[a.ID] = a
	}
	known := map[[2]string]outlet{}
	var out []Telling
	seen := map[claim.Telling]bool{}
	for _, t := range in.Claim.Tellings {
		a := articles[t.Article]
		if a == nil || seen[t] {
			continue
		}
		seen[t] = true
		for i := range a.Statements {
			if s := &a.Statements[i]; s.ID == t.Statement {
				key := [2]string{a.Outlet + "\x00" + a.Locator, day(a.Published)}
				o, ok := known[key]
				if !ok {
					o = in.outletOf(a)
					known[key] = o
				}
				out = append(out, Telling{Article: a, Statement: s, Origin: -1, Denies: denies(s), outlet: o, speaker: in.speakerOf(a, s)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Telling) int {
		return cmp.Or(earlier(a.Article, b.Article), cmp.Compare(a.Article.ID, b.Article.ID),
			cmp.Compare(number(a.Statement.ID), number(b.Statement.ID)))
	})
	return out
}

// number returns the number in an id: 7 of "s7".
func number(id string) int {
	n, _ := strconv.Atoi(strings.TrimLeft(id, "sev"))
	return n
}

// earlier compares two articles by when they were published, or where that is not known
// when they were fetched. An article without either comes last.
func earlier(a, b *claim.Article) int {
	x, y := moment(a), moment(b)
	switch {
	case x == y:
		return 0
	case x == "":
		return 1
	case y == "":
		return -1
	}
	// A day without an hour is neither before nor after an hour of that day.
	n := min(len(x), len(y))
	return cmp.Compare(x[:n], y[:n])
}

func moment(a *claim.Article) string { return cmp.Or(a.Published, a.Fetched) }

// day returns the day of a moment.
func day(moment string) string { return moment[:min(len(moment), len("2006-01-02"))] }

// count fills the numbers that are shown.
func (t *tracer) count() {
	articles, outlets := map[string]bool{}, map[string]bool{}
	for _, x := range t.Tellings {
		if x.Denies {
			continue
		}
		articles[x.Article.ID] = true
		outlets[cmp.Or(x.outlet.key, x.Article.Locator)] = true
	}
	t.Articles, t.Outlets = len(articles), len(outlets)
	t.Independent = t.largest()
}

// largest returns the size of the largest set of origins found in which each pair is
// independent. Each origin in turn begins a set that takes in whatever fits, so that the
// result is never too large.
func (t *tracer) largest() int {
	apart := map[[2]int]bool{}
	for _, p := range t.Pairs {
		if p.Relation == Independent {
			apart[[2]int{p.A, p.B}] = true
		}
	}
	if len(apart) == 0 {
		return 0
	}
	most := 0
	for first := range t.Origins {
		set := []int{first}
		for k := range t.Origins {
			fits := k != first
			for _, o := range set {
				fits = fits && apart[[2]int{min(o, k), max(o, k)}]
			}
			if fits {
				set = append(set, k)
			}
		}
		most = max(most, len(set))
	}
	return most
}
