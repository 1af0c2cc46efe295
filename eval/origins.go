package eval

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hearsay/claim"
	"hearsay/doc"
	"hearsay/lexicon/kb"
	"hearsay/provenance"
	"hearsay/world"
)

// madeWorlds is how many worlds of each shipped set of templates are scored.
const madeWorlds = 60

// madeSets are the shipped sets of templates; worlds of all but plain may be described.
var madeSets = []string{world.Harbour, world.Fields, world.Plain}

// madeCorpus is the name under which worlds made from the shipped templates are reported.
const madeCorpus = "worlds-made"

// origins scores the counting of origins on the worlds of a folder (dev/NAME/).
func (r *Report) origins(c Config, read Reader, name string, parts []string) error {
	var worlds []*world.World
	for _, part := range parts {
		names, err := os.ReadDir(part)
		if err != nil {
			return err
		}
		for _, n := range names {
			if !n.IsDir() {
				continue
			}
			w, err := world.Read(filepath.Join(part, n.Name()))
			if err != nil {
				return err
			}
			worlds = append(worlds, w)
		}
	}
	if len(worlds) == 0 {
		r.note("%s: no worlds in its dev part, skipped", name)
		return nil
	}
	r.Rows = append(r.Rows, worldRows(c, read, name, "dev", worlds)...)
	return nil
}

// made scores the counting of origins on worlds made from the shipped templates.
func (r *Report) made(c Config, read Reader) {
	for _, set := range madeSets {
		templates := world.Shipped(set)
		worlds := make([]*world.World, madeWorlds)
		for i := range worlds {
			worlds[i] = templates.Make(int64(i + 1))
		}
		r.Rows = append(r.Rows, worldRows(c, read, madeCorpus, "dev/"+set, worlds)...)
	}
}

// worldRows reads the articles of worlds and scores their graphs. Which tellings tell a
// claim is given, by their spans; what is read are the statements, and from there on all.
func worldRows(c Config, read Reader, name, part string, worlds []*world.World) []Row {
	var docs []*doc.Doc
	for _, w := range worlds {
		for _, a := range w.Articles {
			d := doc.New(a.Text)
			d.Meta.Outlet, d.Meta.Published, d.Meta.Credit, d.Meta.Language = a.Outlet, day(a.Published), a.Credit, "en"
			docs = append(docs, d)
		}
	}
	each(c, docs, name+" "+part, read.Read)
	s := &originScore{}
	for _, w := range worlds {
		articles := make([]*claim.Article, len(w.Articles))
		for i, a := range w.Articles {
			articles[i] = claim.New(docs[i], a.URL, claim.Evidence{Outlet: a.Outlet, Published: a.Published, Credit: a.Credit})
			articles[i].ID = a.ID
		}
		docs = docs[len(w.Articles):]
		copies := provenance.CopiesOf(articles)
		for i := range w.Truth.Claims {
			t := &w.Truth.Claims[i]
			g, found := traced(t, articles, copies)
			s.claim(t, g, found, copies)
			if c.Open && c.Worlds != nil && !strings.HasSuffix(part, world.Plain) {
				c.Worlds(describe(t, g))
			}
		}
	}
	return s.rows(name, part)
}

func day(moment string) string { return moment[:min(len(moment), len("2006-01-02"))] }

// knownOutlet returns the id and the owner of an outlet of the shipped knowledge base.
func knownOutlet(name, on string) (id, family string) {
	d, _ := kb.ParseDay(on)
	if e, ok := kb.Shipped().Outlet(name, d); ok {
		return e.ID, e.Outlet.Owner
	}
	return "", ""
}

// knownState returns the state that a name or an adjective of the shipped knowledge base
// stands for.
func knownState(name string) string {
	for _, r := range kb.Shipped().Lookup(name) {
		if r.Entry.State != nil {
			return r.Entry.ID
		}
	}
	return ""
}

// traced returns the graph of a claim whose tellings are given, and for each of them its
// index in the graph, -1 where no statement was read there.
func traced(t *world.Claim, articles []*claim.Article, copies []provenance.CopyPair) (*provenance.Graph, []int) {
	c := &claim.Claim{ID: t.ID}
	ids := make([]claim.Telling, len(t.Tellings))
	for i, telling := range t.Tellings {
		k := slices.IndexFunc(articles, func(a *claim.Article) bool { return a.ID == telling.Article })
		if k < 0 {
			continue
		}
		if s := tells(articles[k], telling.Span); s != nil {
			ids[i] = claim.Telling{Article: telling.Article, Statement: s.ID}
			c.Tellings = append(c.Tellings, ids[i])
		}
	}
	g := provenance.Trace(provenance.Input{Claim: c, Articles: articles, Copies: copies, Outlet: knownOutlet, State: knownState})
	found := make([]int, len(ids))
	for i, id := range ids {
		found[i] = slices.IndexFunc(g.Tellings, func(x provenance.Telling) bool {
			return x.Article.ID == id.Article && x.Statement.ID == id.Statement
		})
	}
	return g, found
}

// tells returns the statement of an article whose content shares the most with a span of
// code points, of equals the innermost; nil where none has a half of it.
func tells(a *claim.Article, span [2]int) *claim.Statement {
	o := doc.NewOffsets(a.Text)
	var best *claim.Statement
	most := 0.5
	for i := range a.Statements {
		s := &a.Statements[i]
		in, all := 0, 0
		for _, c := range s.Content {
			r := o.Span(c)
			all += r[1] - r[0]
			in += max(0, min(r[1], span[1])-max(r[0], span[0]))
		}
		// Shared characters of all that either has.
		if share := float64(in) / float64(max(1, span[1]-span[0]+all-in)); share >= most {
			best, most = s, share
		}
	}
	return best
}

// originScore counts over claims.
type originScore struct {
	exact, near, copies, edges           []Count
	wrong, found, cycles, tellings, rise []Count
}

// claim scores the graph of one claim.
func (s *originScore) claim(t *world.Claim, g *provenance.Graph, found []int, copies []provenance.CopyPair) {
	yes := func(ok bool) Count {
		if ok {
			return Count{1, 1, 1}
		}
		return Count{0, 1, 1}
	}
	read := 0
	for _, i := range found {
		if i >= 0 {
			read++
		}
	}
	s.tellings = append(s.tellings, Count{read, len(found), len(found)})
	off := len(g.Origins) - len(t.Origins)
	s.exact = append(s.exact, yes(off == 0))
	s.near = append(s.near, yes(off >= -1 && off <= 1))

	// An origin read is the true one from which most of its tellings come.
	of := map[int]int{} // by telling of the graph
	for n, group := range t.Origins {
		for _, i := range group {
			if found[i] >= 0 {
				of[found[i]] = n
			}
		}
	}
	truly := make([]int, len(g.Origins))
	for n, o := range g.Origins {
		votes := map[int]int{}
		truly[n] = -1
		for _, i := range o.Tellings {
			if k, ok := of[i]; ok {
				votes[k]++
				if truly[n] < 0 || votes[k] > votes[truly[n]] {
					truly[n] = k
				}
			}
		}
	}
	relation := map[[2]int]string{}
	shown := map[[2]int]bool{}
	for _, p := range t.Pairs {
		a, aok := p[0].(float64)
		b, bok := p[1].(float64)
		if !aok || !bok { // a world just made has ints
			a, b = float64(p[0].(int)), float64(p[1].(int))
		}
		relation[[2]int{int(min(a, b)), int(max(a, b))}] = fmt.Sprint(p[2])
	}
	var wrong Count
	for _, p := range g.Pairs {
		if p.Relation != provenance.Independent {
			continue
		}
		wrong.Pred++
		wrong.Gold++
		a, b := truly[p.A], truly[p.B]
		key := [2]int{min(a, b), max(a, b)}
		if a < 0 || b < 0 || a == b || relation[key] != string(provenance.Independent) {
			wrong.Right++
		} else {
			shown[key] = true
		}
	}
	s.wrong = append(s.wrong, wrong)
	var pairs Count
	for key, r := range relation {
		if r == string(provenance.Independent) {
			pairs.Gold++
			pairs.Pred++
			if shown[key] {
				pairs.Right++
			}
		}
	}
	s.found = append(s.found, pairs)
	s.copies = append(s.copies, copyCount(t, copies))
	s.edges = append(s.edges, edgeCount(t, g, found))

	var cycles Count
	for _, want := range t.Cycles {
		cycles.Gold++
		cycles.Pred++
		if slices.ContainsFunc(g.Cycles, func(c provenance.Cycle) bool { return sameSet(c.Articles, want) }) {
			cycles.Right++
		}
	}
	s.cycles = append(s.cycles, cycles)
	var rises Count
	rises.Gold, rises.Pred = len(t.Rises), len(g.Rises)
	for _, want := range t.Rises {
		if slices.ContainsFunc(g.Rises, func(r provenance.Rise) bool {
			return len(want) > 0 && r.Tellings[len(r.Tellings)-1] == found[want[len(want)-1]]
		}) {
			rises.Right++
		}
	}
	s.rise = append(s.rise, rises)
}

// copyCount scores which articles share text. Copies of one article share it with each
// other as well.
func copyCount(t *world.Claim, copies []provenance.CopyPair) (c Count) {
	group := map[string]string{}
	var root func(id string) string
	root = func(id string) string {
		if up, ok := group[id]; ok && up != id {
			return root(up)
		}
		return id
	}
	for _, p := range t.Copies {
		group[root(p[1])] = root(p[0])
	}
	var ids []string
	for _, p := range t.Copies {
		for _, id := range p {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	for i, a := range ids {
		for _, b := range ids[:i] {
			if root(a) == root(b) {
				c.Gold++
			}
		}
	}
	in := func(id string) bool { return slices.Contains(ids, id) }
	for _, p := range copies {
		c.Pred++
		if in(p.A) && in(p.B) && root(p.A) == root(p.B) {
			c.Right++
		}
	}
	return c
}

// edgeCount scores which telling has it from which.
func edgeCount(t *world.Claim, g *provenance.Graph, found []int) (c Count) {
	want := map[[2]int]bool{}
	for _, e := range t.Edges {
		c.Gold++
		want[[2]int{found[e[0]], found[e[1]]}] = true
	}
	read := map[int]bool{}
	for _, i := range found {
		read[i] = true
	}
	seen := map[[2]int]bool{}
	for _, e := range g.Edges {
		key := [2]int{e.From, e.To}
		if e.To < 0 || e.Kind == provenance.SameUtterance || seen[key] {
			continue
		}
		seen[key] = true
		c.Pred++
		if want[key] {
			c.Right++
		}
	}
	return c
}

func sameSet(a, b []string) bool {
	x, y := slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(x, y)
}

// rows returns the figures over all claims. Beside counts of origins: the share of pairs
// shown independent that are not (wrong, the less the better), and of truly independent
// pairs that are shown (found).
func (s *originScore) rows(name, part string) []Row {
	var rows []Row
	for _, m := range []metric{
		{name: "count exact", share: true, articles: s.exact},
		{name: "count within one", share: true, articles: s.near},
		{name: "independent, wrong", share: true, articles: s.wrong},
		{name: "independent, found", share: true, articles: s.found},
		{name: "copies", articles: s.copies},
		{name: "lineage edges", articles: s.edges},
		{name: "circular, found", share: true, articles: s.cycles},
		{name: "rising certainty", articles: s.rise},
		{name: "tellings read", share: true, articles: s.tellings},
	} {
		rows = append(rows, m.row("origins", name, part))
	}
	return rows
}

// describe returns a graph beside the truth, for the analysis of errors.
func describe(t *world.Claim, g *provenance.Graph) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\ntruth: %d origins %v, pairs %v, cycles %v, edges %v\n", g.Tree(), len(t.Origins), t.Origins, t.Pairs, t.Cycles, t.Edges)
	return b.String()
}
