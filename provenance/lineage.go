package provenance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hearsay/claim"
	"hearsay/doc"
)

// lineage fills the edges: for each telling, what says from where it has the claim. What
// names the outlet of the article itself is no edge, for there it was told first.
func (t *tracer) lineage() {
	t.from = make([][]int, len(t.Tellings))
	copies := t.copiesByArticle()
	byOutlet := map[string][]int{}
	byArticle := map[string][]int{}
	byPlace := map[string][]int{}
	for i := range t.Tellings {
		x := &t.Tellings[i]
		if x.inside >= 0 {
			continue
		}
		byOutlet[x.outlet.key] = append(byOutlet[x.outlet.key], i)
		byArticle[x.Article.ID] = append(byArticle[x.Article.ID], i)
		byPlace[x.Article.Locator] = append(byPlace[x.Article.Locator], i)
	}
	for i := range t.Tellings {
		x := &t.Tellings[i]
		if x.inside >= 0 {
			continue
		}
		own := t.toldHere(x)
		cites := t.cited(x)
		from := copySource{to: -1}
		if !own {
			from = t.copySource(i, cites, copies[x.Article.ID], byArticle)
		}
		for _, c := range cites {
			if c.o.key == x.outlet.key || own && c.depth == len(x.chain()) || from.has(c) {
				continue
			}
			to := t.nearest(i, byOutlet[c.o.key])
			if to < 0 && byOutlet[c.o.key] == nil {
				to = t.nearest(i, t.siblings(c.o, byOutlet))
			}
			if to >= 0 || !c.beside {
				t.edge(i, to, c.o.name, c.edge, c.reason)
			}
		}
		if own {
			continue
		}
		if u := x.Article.Canonical; u != "" && u != x.Article.Locator {
			if to := t.nearest(i, byPlace[u]); to >= 0 {
				t.edge(i, to, t.Tellings[to].outlet.name, Copies, "the page calls "+u+" its own address")
			}
		}
		if from.to >= 0 {
			t.edge(i, from.to, t.Tellings[from.to].outlet.name, Copies, from.reason)
		}
		for _, to := range byPlace[x.Article.Locator] {
			if to < i && t.Tellings[to].Article.ID != x.Article.ID && t.fits(i, to) {
				t.edge(i, to, x.outlet.name, Revises, "a later version of the same page")
				break
			}
		}
	}
}

func (t *tracer) edge(from, to int, outlet string, kind EdgeKind, reason string) {
	for _, e := range t.from[from] {
		if old := &t.Edges[e]; old.To == to && old.Kind == kind && (to >= 0 || old.Outlet == outlet) {
			return
		}
	}
	t.from[from] = append(t.from[from], len(t.Edges))
	t.Edges = append(t.Edges, Edge{from, to, outlet, kind, reason})
}

// cited is an outlet that a telling names as where it has the claim from.
type cited struct {
	o      outlet
	edge   EdgeKind
	reason string
	depth  int  // in how many statements the words stand around the telling's own
	beside bool // whether the sentence of the telling names it, in no known form
}

// cited returns the outlets that a telling is from: by the sources and addressees of its
// statement and of those around it, by other words of the article, and by its lines, the
// nearest first.
func (t *tracer) cited(x *Telling) (out []cited) {
	on := day(moment(x.Article))
	chain := x.chain()
	add := func(depth int, o outlet, kind EdgeKind, reason string) {
		if o.key != "" {
			out = append(out, cited{o, kind, reason, depth, false})
		}
	}
	for depth, id := range chain {
		s := x.statement(id)
		if o, ok := t.medium(x.Article, s); ok {
			add(depth, o, Cites, "“"+oneLine(s.Source.Text+" "+s.Cue.Text)+"”")
		}
		if o, ok := t.sourceMedium(&s.Addressee, "", on); ok {
			add(depth, o, Cites, "“"+oneLine(s.Cue.Text+" "+s.Addressee.Text)+"”")
		}
	}
	for _, c := range x.Article.Citations {
		depth := slices.Index(chain, c.Statement)
		if c.Statement == "" {
			depth = len(chain)
		}
		if depth < 0 || c.Kind == claim.Posted || c.Kind == claim.Citing {
			continue
		}
		o, _ := t.sourceMedium(&c.Party, doc.OutletSource, on)
		kind := Cites
		if c.Kind == claim.Credited {
			kind = Credits
		}
		add(depth, o, kind, "“"+oneLine(x.Article.Text[c.Span.Begin:c.Span.End])+"”")
	}
	for _, p := range t.beside(x) {
		out = append(out, cited{p.outlet, Cites, "the sentence names " + p.name, len(chain), true})
	}
	slices.SortStableFunc(out, func(a, b cited) int { return cmp.Compare(a.depth, b.depth) })
	add(len(chain), t.in.medium(x.Article.Credit, on), Credits, "the credit line names "+x.Article.Credit)
	add(len(chain), t.in.medium(x.Article.FeedFrom, on), Credits, "the feed's source is "+x.Article.FeedFrom)
	return out
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// chain returns the ids of a telling's statement and of those around it, innermost first.
func (x *Telling) chain() []string {
	var out []string
	for s := x.Statement; s != nil; s = x.statement(s.Parent) {
		out = append(out, s.ID)
		if len(out) > len(x.Article.Statements) {
			break // a ring, which no reading has
		}
	}
	return out
}

func (x *Telling) statement(id string) *claim.Statement {
	for i := range x.Article.Statements {
		if id != "" && x.Article.Statements[i].ID == id {
			return &x.Article.Statements[i]
		}
	}
	return nil
}

// toldHere says whether the telling was told to the outlet of the article itself: "officials
// told the Harbour Wire", in the Harbour Wire.
func (t *tracer) toldHere(x *Telling) bool {
	for s := x.Statement; s != nil; s = x.statement(s.Parent) {
		if s.Addressee.Text != "" {
			o := t.in.medium(cmp.Or(s.Addressee.Name, s.Addressee.Text), day(moment(x.Article)))
			if o.key == x.outlet.key {
				return true
			}
		}
		if s.Parent == s.ID {
			break
		}
	}
	return false
}

// nearest returns of some tellings, given in order, the one that telling i is most likely
// from: the last before it whose speaker fits, else the first after it, which may be all
// that is at hand of what came before; -1 where none fits. Of thousands only those near i
// are looked at.
func (t *tracer) nearest(i int, among []int) int {
	at, _ := slices.BinarySearch(among, i)
	fits := func(k int) bool {
		return t.Tellings[k].Article.ID != t.Tellings[i].Article.ID && t.fits(i, k)
	}
	for n := at - 1; n >= max(0, at-mostTellings); n-- {
		if fits(among[n]) {
			return among[n]
		}
	}
	for n := at; n < min(len(among), at+mostTellings); n++ {
		if fits(among[n]) {
			return among[n]
		}
	}
	return -1
}

// mostTellings is how many tellings of an outlet are looked at before and after one.
const mostTellings = 100

// fits says whether telling i may be from telling k: unless both name their speakers and
// these differ, or their unnamed ones are told apart, and unless one denies what the other
// says.
func (t *tracer) fits(i, k int) bool {
	if t.alike(i, k) {
		return true
	}
	// Its speaker may stand inside the other: "China has expressed …", which officials told.
	for _, m := range t.inner[k] {
		if t.Tellings[i].speaker.same(&t.Tellings[m].speaker) && t.Tellings[i].Denies == t.Tellings[k].Denies {
			return true
		}
	}
	return false
}

// alike says whether the speakers of two tellings may be the same.
func (t *tracer) alike(i, k int) bool {
	a, b := &t.Tellings[i], &t.Tellings[k]
	if a.Denies != b.Denies {
		return false
	}
	p, q := &a.speaker, &b.speaker
	vouches := func(k doc.SourceKind) bool {
		return k == doc.OutletSource || k == doc.Author || k == doc.UnknownSource
	}
	if vouches(p.kind) || vouches(q.kind) {
		return true
	}
	if p.named && q.named {
		return p.same(q)
	}
	// "officials told the Harbour Wire" may be what is left of a named one, and the other
	// way round never: who is unnamed gets no name.
	return p.compatible(q)
}

// siblings returns the tellings of outlets that belong to the same owner as o.
func (t *tracer) siblings(o outlet, byOutlet map[string][]int) (out []int) {
	if o.family == o.key {
		return nil
	}
	for i := range t.Tellings {
		if t.Tellings[i].outlet.family == o.family {
			out = append(out, i)
		}
	}
	return out
}

// side is a copy as one of its two articles sees it.
type side struct {
	other string // id of the article that has the same text
	first bool   // whether the other one was first
	of    *Copy
	b     bool // whether this article is the second of the pair
}

func (s side) reason() string {
	return fmt.Sprintf("%d of %d words are the same", s.of.Shared, min(s.of.WordsA, s.of.WordsB))
}

func (t *tracer) copiesByArticle() map[string][]side {
	articles := map[string]*claim.Article{}
	for i := range t.Tellings {
		articles[t.Tellings[i].Article.ID] = t.Tellings[i].Article
	}
	pairs := slices.Clone(t.in.Copies)
	sortPairs(pairs)
	out := map[string][]side{}
	for _, p := range pairs {
		a, b := articles[p.A], articles[p.B]
		if a == nil || b == nil {
			continue
		}
		first := t.first(a, b)
		out[p.A] = append(out[p.A], side{p.B, first == b, p.Of, false})
		out[p.B] = append(out[p.B], side{p.A, first == a, p.Of, true})
	}
	return out
}

// first returns which of two articles that share text was first: the one whose outlet the
// other credits, else the one published first, else the one with the lesser id, so that
// there is always one way.
func (t *tracer) first(a, b *claim.Article) *claim.Article {
	credits := func(x, y *claim.Article) bool {
		o := t.in.outletOf(y)
		for _, name := range []string{x.Credit, x.FeedFrom} {
			if name != "" && t.in.medium(name, day(moment(x))).key == o.key {
				return true
			}
		}
		return x.Canonical != "" && x.Canonical == y.Locator && x.Canonical != x.Locator
	}
	switch {
	case credits(b, a) && !credits(a, b):
		return a
	case credits(a, b) && !credits(b, a):
		return b
	}
	if c := cmp.Or(earlier(a, b), cmp.Compare(a.ID, b.ID)); c <= 0 {
		return a
	}
	return b
}

// copySource is the telling that another one is a copy of.
type copySource struct {
	to     int // -1: none
	reason string
	names  map[string]bool // keys of the outlets that it names itself
}

// has says whether what a copy cites came with the words that it copied: the article copied
// cites it, so that the copy has it from there only.
func (s *copySource) has(c cited) bool { return s.to >= 0 && s.names[c.o.key] }

// copySource returns the telling that telling i is a copy of: of several articles with its words
// that of an outlet which i credits and the other does not, else that of one it names, else the one
// with the most words, else the first.
func (t *tracer) copySource(i int, cites []cited, copies []side, byArticle map[string][]int) copySource {
	best, most := copySource{to: -1}, -1
	for _, c := range copies {
		to := t.copied(i, c, byArticle)
		if to < 0 {
			continue
		}
		y := &t.Tellings[to]
		names := map[string]bool{}
		for _, n := range t.cited(y) {
			names[n.o.key] = n.o.key != y.outlet.key
		}
		words := c.of.Own
		for _, n := range cites {
			switch {
			case n.o.key != y.outlet.key:
			case n.edge == Credits:
				words += 1 << 21
			default:
				words += 1 << 20
			}
		}
		for _, n := range cites {
			if n.edge == Credits && !names[n.o.key] && n.o.key != y.outlet.key && n.o.key != t.Tellings[i].outlet.key {
				words -= 1 << 22 // it credits somebody whom this one does not know of
				break
			}
		}
		if best.to < 0 || words > most || words == most && to < best.to {
			best, most = copySource{to, c.reason(), names}, words
		}
	}
	return best
}

// copied returns the telling of the other article of which telling i is a copy, or -1: the
// one in the same passage, where the other article was first.
func (t *tracer) copied(i int, s side, byArticle map[string][]int) int {
	if !s.first {
		return -1
	}
	x := &t.Tellings[i]
	for _, p := range s.of.Kept {
		mine, theirs := p.B, p.A
		if !s.b {
			mine, theirs = p.A, p.B
		}
		if !overlaps(x.Statement, mine) {
			continue
		}
		for _, k := range byArticle[s.other] {
			if overlaps(t.Tellings[k].Statement, theirs) && t.Tellings[k].Denies == x.Denies {
				return k
			}
		}
	}
	return -1
}

// overlaps says whether a passage has a good part of a statement's content.
func overlaps(s *claim.Statement, passage doc.Span) bool {
	all, in := 0, 0
	for _, c := range s.Content {
		all += c.Len()
		in += max(0, min(c.End, passage.End)-max(c.Begin, passage.Begin))
	}
	return all > 0 && 2*in >= all
}
