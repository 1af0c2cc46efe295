package provenance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Summary says in a line how much stands behind a claim.
func (g *Graph) Summary() string {
	s := fmt.Sprintf("%s, %s, %s", plural(g.Articles, "article"), plural(g.Outlets, "outlet"), plural(len(g.Origins), "origin"))
	switch {
	case len(g.Origins) > 1 && g.Independent == 0:
		s += ", none shown independent"
	case len(g.Origins) > 1:
		s += fmt.Sprintf(", of which %d shown independent", g.Independent)
	}
	if n := g.denials(); n > 0 {
		s += "; " + plural(n, "denial")
	}
	return s
}

func (g *Graph) denials() (n int) {
	for i := range g.Tellings {
		if g.Tellings[i].Denies && g.Tellings[i].inside < 0 {
			n++
		}
	}
	return n
}

func plural(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprint(n, " ", noun)
}

// Tree returns the graph as lines for a person: each origin with the tellings that come
// from it, each below the one that it has it from; then what no origin is recorded for,
// how the origins stand to each other, denials, cycles and rises of certainty.
func (g *Graph) Tree() string {
	var b strings.Builder
	fmt.Fprintf(&b, "“%s”\n%s\n", oneLine(g.Text), g.Summary())
	for n, o := range g.Origins {
		fmt.Fprintf(&b, "\norigin %d: %s (%s)\n", n+1, oneLine(o.Name), o.Kind)
		g.branch(&b, o.Tellings)
	}
	if loose := g.loose(); len(loose) > 0 {
		b.WriteString("\nno origin recorded\n")
		g.branch(&b, loose)
	}
	if len(g.Pairs) > 0 {
		b.WriteString("\npairs\n")
		for _, p := range g.Pairs {
			fmt.Fprintf(&b, "  %d and %d: %s: %s\n", p.A+1, p.B+1, p.Relation, p.Reason)
		}
	}
	if g.denials() > 0 {
		b.WriteString("\ndenied by\n")
		for i := range g.Tellings {
			if g.Tellings[i].Denies && g.Tellings[i].inside < 0 {
				fmt.Fprintf(&b, "  %s\n", g.line(i))
			}
		}
	}
	for _, c := range g.Cycles {
		fmt.Fprintf(&b, "\ncircular: %s\n", c)
	}
	for _, r := range g.Rises {
		fmt.Fprintf(&b, "\nsurer than its origin: %s\n", g.rise(r))
	}
	return b.String()
}

// loose returns the tellings for which no origin is recorded.
func (g *Graph) loose() (out []int) {
	for i := range g.Tellings {
		if x := &g.Tellings[i]; x.Origin < 0 && !x.Denies {
			out = append(out, i)
		}
	}
	return out
}

// rise returns a chain with how sure each of its tellings is.
func (g *Graph) rise(r Rise) string {
	var path []string
	for _, i := range r.Tellings {
		x := &g.Tellings[i]
		path = append(path, fmt.Sprintf("%s (%s)", cmp.Or(x.outlet.name, x.Article.Locator), sureOf(x.Statement).Words()))
	}
	return strings.Join(path, " → ")
}

// line returns a telling: when, in which outlet, who, how sure, and its first words.
func (g *Graph) line(i int) string {
	x := &g.Tellings[i]
	s := cmp.Or(day(x.Article.Published), "no date") + "  " + cmp.Or(x.outlet.name, x.Article.Locator)
	if who := oneLine(x.Statement.Source.Text); who != "" {
		s += "  " + who + " " + oneLine(x.Statement.Cue.Text)
	}
	s += ": " + cut(oneLine(x.Statement.Words), 80)
	if v := sureOf(x.Statement).Words(); v != "" {
		s += "  [" + v + "]"
	}
	return s
}

// cut returns the first n code points of s.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}

// branch writes tellings as a tree.
func (g *Graph) branch(b *strings.Builder, tellings []int) {
	g.walk(tellings, func(i, depth, up int) {
		lead := "  "
		if depth > 0 {
			lead += strings.Repeat("  ", depth-1) + "└ "
		}
		b.WriteString(lead + g.line(i))
		for _, n := range g.from[i] {
			if e := &g.Edges[n]; e.To < 0 || e.To == up {
				fmt.Fprintf(b, "  (%s: %s)", e.Kind, e.Reason)
				break
			}
		}
		b.WriteByte('\n')
	})
}

// walk visits tellings as trees: each below the one that it has the claim from, up, which
// is -1 at the top.
func (g *Graph) walk(tellings []int, visit func(i, depth, up int)) {
	up := map[int]int{} // by telling: the edge to the one above it
	below := map[int][]int{}
	var tops []int
	for _, i := range tellings {
		if g.Tellings[i].inside >= 0 {
			continue // its line is that of the one that speaks for it
		}
		e := g.above(i, tellings)
		if e < 0 || g.round(up, i, g.Edges[e].To) {
			tops = append(tops, i)
			continue
		}
		up[i] = e
		below[g.Edges[e].To] = append(below[g.Edges[e].To], i)
	}
	var down func(i, depth int)
	down = func(i, depth int) {
		visit(i, depth, g.upOf(up, i))
		for _, c := range below[i] {
			down(c, depth+1)
		}
	}
	for _, i := range tops {
		down(i, 0)
	}
}

func (g *Graph) upOf(up map[int]int, i int) int {
	if e, ok := up[i]; ok {
		return g.Edges[e].To
	}
	return -1
}

// above returns the first edge of telling i to another one of those given, or -1.
func (g *Graph) above(i int, among []int) int {
	for _, e := range g.from[i] {
		if g.Edges[e].To >= 0 {
			if _, ok := slices.BinarySearch(among, g.Edges[e].To); ok {
				return e
			}
		}
	}
	return -1
}

// round says whether telling i would stand below itself, were it put below another.
func (g *Graph) round(up map[int]int, i, below int) bool {
	for at := below; at >= 0; at = g.upOf(up, at) {
		if at == i {
			return true
		}
	}
	return false
}
