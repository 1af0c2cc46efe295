package eval

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"

	"hearsay/corpus"
	"hearsay/doc"
)

// ratio is a precision and a recall as they are added up over documents.
type ratio struct{ pRight, pAll, rRight, rAll float64 }

func (a ratio) add(b ratio) ratio {
	return ratio{a.pRight + b.pRight, a.pAll + b.pAll, a.rRight + b.rRight, a.rAll + b.rAll}
}

func (a ratio) scores() (p, r, f float64) {
	if a.pAll > 0 {
		p = 100 * a.pRight / a.pAll
	}
	if a.rAll > 0 {
		r = 100 * a.rRight / a.rAll
	}
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return p, r, f
}

// corefMetrics are MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998) and
// CEAF-e (Luo 2005); CoNLL is the mean of their F1.
var corefMetrics = []string{"MUC", "B-cubed", "CEAF-e"}

// chains returns what refers to the same, as sets of spans, without what is mentioned
// once.
func chains(d *doc.Doc) (out [][]doc.Span) {
	of := make([][]doc.Span, len(d.Entities))
	for _, m := range d.Mentions {
		if !slices.Contains(of[m.Entity], m.Span) {
			of[m.Entity] = append(of[m.Entity], m.Span)
		}
	}
	for _, c := range of {
		if len(c) > 1 {
			out = append(out, c)
		}
	}
	return out
}

// CorefScores scores the mentions of one document, in the order of corefMetrics.
func CorefScores(gold, pred *doc.Doc) [3]ratio {
	g, p := chains(gold), chains(pred)
	gOf, pOf := places(g), places(p)
	var out [3]ratio
	out[0].rRight, out[0].rAll = muc(g, pOf)
	out[0].pRight, out[0].pAll = muc(p, gOf)
	out[1].rRight, out[1].rAll = bcubed(g, p, pOf)
	out[1].pRight, out[1].pAll = bcubed(p, g, gOf)
	s := ceaf(g, p)
	out[2] = ratio{s, float64(len(p)), s, float64(len(g))}
	return out
}

// places says in which chain each span is.
func places(chains [][]doc.Span) map[doc.Span]int {
	at := map[doc.Span]int{}
	for k, c := range chains {
		for _, s := range c {
			at[s] = k
		}
	}
	return at
}

// muc counts the links of chains that the other side has too.
func muc(chains [][]doc.Span, other map[doc.Span]int) (right, all float64) {
	for _, c := range chains {
		parts := map[int]bool{}
		alone := 0
		for _, s := range c {
			if k, ok := other[s]; ok {
				parts[k] = true
			} else {
				alone++
			}
		}
		right += float64(len(c) - len(parts) - alone)
		all += float64(len(c) - 1)
	}
	return right, all
}

// bcubed adds up, for each mention, the share of its chain that is with it on the
// other side.
func bcubed(chains, others [][]doc.Span, other map[doc.Span]int) (right, all float64) {
	for _, c := range chains {
		common := make([]int, len(others)) // how many of c each chain of the other side has
		for _, s := range c {
			if k, ok := other[s]; ok {
				common[k]++
			}
		}
		for _, n := range common {
			right += float64(n*n) / float64(len(c))
		}
		all += float64(len(c))
	}
	return right, all
}

// ceaf returns the highest sum of similarities that chains paired one to one have.
func ceaf(g, p [][]doc.Span) float64 {
	cost := make([][]float64, len(g))
	at := places(p)
	for i, c := range g {
		cost[i] = make([]float64, len(p))
		for _, s := range c {
			if k, ok := at[s]; ok {
				cost[i][k]--
			}
		}
		for k := range p {
			cost[i][k] *= 2 / float64(len(c)+len(p[k]))
		}
	}
	return -assign(cost)
}

// assign returns the lowest cost of pairing rows with columns one to one, by the
// Hungarian method (Kuhn 1955) in its shortest-path form.
func assign(cost [][]float64) float64 {
	n := len(cost)
	if n == 0 || len(cost[0]) == 0 {
		return 0
	}
	if n > len(cost[0]) {
		turned := make([][]float64, len(cost[0]))
		for k := range turned {
			turned[k] = make([]float64, n)
			for i := range cost {
				turned[k][i] = cost[i][k]
			}
		}
		cost, n = turned, len(turned)
	}
	m := len(cost[0])
	u, v := make([]float64, n+1), make([]float64, m+1)
	match, way := make([]int, m+1), make([]int, m+1)
	for i := 1; i <= n; i++ {
		match[0] = i
		col := 0
		low, used := make([]float64, m+1), make([]bool, m+1)
		for k := range low {
			low[k] = math.Inf(1)
		}
		for match[col] != 0 {
			used[col] = true
			row, next, delta := match[col], 0, math.Inf(1)
			for k := 1; k <= m; k++ {
				if used[k] {
					continue
				}
				if c := cost[row-1][k-1] - u[row] - v[k]; c < low[k] {
					low[k], way[k] = c, col
				}
				if low[k] < delta {
					delta, next = low[k], k
				}
			}
			for k := 0; k <= m; k++ {
				if used[k] {
					u[match[k]] += delta
					v[k] -= delta
				} else {
					low[k] -= delta
				}
			}
			col = next
		}
		for col != 0 {
			match[col] = match[way[col]]
			col = way[col]
		}
	}
	total := 0.0
	for k := 1; k <= m; k++ {
		if match[k] > 0 {
			total += cost[match[k]-1][k-1]
		}
	}
	return total
}

// corefRows scores documents: the mean of the three, then each.
func corefRows(name, part string, gold, pred []*doc.Doc) []Row {
	scores := make([][3]ratio, len(gold))
	mentions := 0
	for i := range gold {
		scores[i] = CorefScores(gold[i], pred[i])
		for _, c := range chains(gold[i]) {
			mentions += len(c)
		}
	}
	sum := func(drawn []int) (total [3]ratio) {
		for _, i := range drawn {
			for k := range total {
				total[k] = total[k].add(scores[i][k])
			}
		}
		return total
	}
	all := make([]int, len(gold))
	for i := range all {
		all[i] = i
	}
	row := func(metric string, figure func(total [3]ratio) (p, r, f float64)) Row {
		p, r, f := figure(sum(all))
		low, high := percentiles(len(gold), func(drawn []int) (float64, bool) {
			_, _, f := figure(sum(drawn))
			return f, true
		})
		p, r, f = round(p), round(r), round(f)
		return Row{Task: "coref", Corpus: name, Part: part, Metric: metric, N: mentions, P: &p, R: &r, F1: &f, Value: f, Low: round(low), High: round(high)}
	}
	rows := []Row{row("CoNLL", func(total [3]ratio) (p, r, f float64) {
		for k := range total {
			a, b, c := total[k].scores()
			p, r, f = p+a/3, r+b/3, f+c/3
		}
		return p, r, f
	})}
	for k, metric := range corefMetrics {
		rows = append(rows, row(metric, func(total [3]ratio) (p, r, f float64) { return total[k].scores() }))
	}
	return rows
}

// wordsBaseline takes mentions of the same words for the same thing.
func wordsBaseline(pred []*doc.Doc) []*doc.Doc {
	out := make([]*doc.Doc, len(pred))
	for i, p := range pred {
		d := &doc.Doc{Text: p.Text}
		of := map[string]int{}
		for _, m := range p.Mentions {
			e, ok := of[p.Slice(m.Span)]
			if !ok {
				e = len(d.Entities)
				of[p.Slice(m.Span)] = e
				d.Entities = append(d.Entities, doc.Entity{})
			}
			d.Mentions = append(d.Mentions, doc.Mention{Span: m.Span, Entity: e})
		}
		out[i] = d
	}
	return out
}

func (r *Report) coref(c Config, read Reader, name string, paths []string) error {
	if name == "gap" {
		return r.gap(c, read, paths)
	}
	gold, err := treebank(paths)
	if err != nil {
		return err
	}
	pred, raw := goldWords(gold), bare(gold)
	each(c, pred, name+" dev, gold words", read.Link)
	each(c, raw, name+" dev, raw", read.Read)
	rows, base := corefRows(name, "dev", gold, pred), corefRows(name, "dev", gold, wordsBaseline(pred))
	for i := range rows {
		rows[i].Baseline = &base[i].Value
	}
	r.Rows = append(r.Rows, rows...)
	r.Rows = append(r.Rows, corefRows(name, "dev/raw", gold, raw)[:1]...)
	return nil
}

// gap scores ambiguous pronouns as GAP's authors do: each of the two names is a yes or
// a no. A name is what the pronoun refers to where the article's entity of the pronoun
// has a mention whose head lies in the name.
func (r *Report) gap(c Config, read Reader, paths []string) error {
	var gold []corpus.Ambiguous
	for _, path := range paths {
		if filepath.Ext(path) != ".tsv" {
			continue
		}
		more, err := corpus.GAP(path)
		if err != nil {
			return err
		}
		gold = append(gold, more...)
	}
	if len(gold) == 0 {
		return fmt.Errorf("gap: its dev part is empty")
	}
	pred := make([]*doc.Doc, len(gold))
	for i := range gold {
		pred[i] = doc.New(gold[i].Doc.Text)
	}
	each(c, pred, "gap dev", read.Read)
	counts, base := make([][]Count, len(gold)), make([][]Count, len(gold))
	for i := range gold {
		g := &gold[i]
		isA, isB := refersTo(pred[i], g.Pronoun, g.A), refersTo(pred[i], g.Pronoun, g.B)
		counts[i] = []Count{yes(g.IsA, isA).add(yes(g.IsB, isB))}
		// The trivial reading takes the name that begins last before the pronoun.
		last := g.B.Begin < g.Pronoun.Begin && g.B.Begin > g.A.Begin || g.A.Begin > g.Pronoun.Begin
		base[i] = []Count{yes(g.IsA, !last).add(yes(g.IsB, last))}
	}
	rows := table("coref", "gap", "dev", []string{"pronouns"}, counts)
	rows[0].Baseline = &table("coref", "gap", "dev", []string{"pronouns"}, base)[0].Value
	r.Rows = append(r.Rows, rows...)
	return nil
}

// yes counts one decision.
func yes(gold, pred bool) Count {
	c := Count{}
	if gold {
		c.Gold++
	}
	if pred {
		c.Pred++
	}
	if gold && pred {
		c.Right++
	}
	return c
}

// refersTo says whether what stands at pronoun refers to a thing that is also mentioned
// by the name.
func refersTo(d *doc.Doc, pronoun, name doc.Span) bool {
	for _, m := range d.Mentions {
		if m.Span != pronoun {
			continue
		}
		for _, o := range d.Mentions {
			if o.Entity == m.Entity && name.Contains(d.Tokens[o.Head].Span) {
				return true
			}
		}
	}
	return false
}
