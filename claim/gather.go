package claim

import (
	"cmp"
	"slices"
	"strings"
)

// Gather puts tellings that tell the same into claims.
//
// The tellings are given in the order in which they became known, each once; the claims
// come in the order of their first tellings, whose ids they have. A telling joins a claim
// if it is linked to the claim's first telling or to two of its tellings, so that a chain of
// pairs, each a little different, does not drift from one claim into another. Of several
// such claims it joins the one to which it has the best link. Claims become one where two
// tellings are linked so to both.
//
// A link of a person wins over all of those of the machine: with a score of a half or
// more it joins two tellings and their claims, with less it parts them. To move a telling,
// part it from the one claim and join it to the other. Of two persons' links of the same
// pair the later in the list wins, and where joins and a parting contradict each other,
// tellings stay parted. The order of the machine's links makes no difference,
// and links to tellings that are not given have no part in it: to bring claims up to date, give it the
// tellings of all claims that a new link or a correction touches, and their links.
//
// Words returns the words of a telling, of which each claim takes the plainest.
func Gather(tellings []Telling, links []Link, words func(Telling) string) []Claim {
	g := gathering{at: map[Telling]int{}}
	for i, t := range tellings {
		g.at[t] = i
	}
	g.sort(links)
	g.claim, g.head = make([]int, len(tellings)), make([]bool, len(tellings))
	g.bridges = map[[2]int]int{}
	for i := range tellings {
		g.claim[i] = i
		g.members = append(g.members, []int{i})
		g.put(i)
	}
	var out []Claim
	for first, members := range g.members {
		if len(members) == 0 {
			continue
		}
		c := Claim{ID: ClaimID(tellings[first])}
		best := -1.0
		for _, i := range members {
			c.Tellings = append(c.Tellings, tellings[i])
			text := words(tellings[i])
			support := plainness(text)
			for _, e := range g.near[i] {
				if g.claim[e.to] == first {
					support += e.score
				}
			}
			if support > best {
				best, c.Text = support, text
			}
		}
		out = append(out, c)
	}
	g.share(links, out)
	return out
}

// ClaimID returns the id of a claim whose first telling it is.
func ClaimID(first Telling) string {
	return "c" + strings.TrimPrefix(first.Article, "a") + "." + first.Statement
}

// plainness is how well words serve to tell a claim, from 0 to 1: a sentence of common length
// says enough and no more.
func plainness(text string) float64 {
	switch n := len(strings.Fields(text)); {
	case n < 4:
		return 0
	case n < 8 || n > 40:
		return 0.5
	}
	return 1
}

// gathering is the work of [Gather]; tellings are indexes.
type gathering struct {
	at      map[Telling]int
	near    [][]edge        // links of the machine, by telling
	unit    []int           // tellings that persons joined have the same, the index of the first
	parted  map[[2]int]bool // units that persons parted
	head    []bool          // the first of a claim, and of those that persons joined to it
	claim   []int           // the claim of each telling: the index of its first
	members [][]int         // of each claim, in order; nil for what is none
	bridges map[[2]int]int
}

type edge struct {
	to    int
	score float64
}

// ordered returns two indexes in order.
func ordered(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

// sort takes in the links.
func (g *gathering) sort(links []Link) {
	g.near, g.unit, g.parted = make([][]edge, len(g.at)), make([]int, len(g.at)), map[[2]int]bool{}
	person := map[[2]int]bool{} // whether it joins
	best := map[[2]int]float64{}
	for _, l := range links {
		a, ok1 := g.at[l.A]
		b, ok2 := g.at[l.B]
		if !ok1 || !ok2 || a == b {
			continue
		}
		if l.By != Machine {
			person[ordered(a, b)] = l.Score >= 0.5
		} else {
			best[ordered(a, b)] = max(best[ordered(a, b)], l.Score)
		}
	}
	g.units(person)
	for p, score := range best {
		if _, ok := person[p]; !ok {
			g.near[p[0]] = append(g.near[p[0]], edge{p[1], score})
			g.near[p[1]] = append(g.near[p[1]], edge{p[0], score})
		}
	}
	for i := range g.near {
		slices.SortFunc(g.near[i], func(a, b edge) int { return cmp.Compare(a.to, b.to) })
	}
}

// units joins what persons joined, the pairs in order, but for what that would join and
// persons parted.
func (g *gathering) units(person map[[2]int]bool) {
	var joins, parts [][2]int
	for p, join := range person {
		if join {
			joins = append(joins, p)
		} else {
			parts = append(parts, p)
		}
	}
	byIndex := func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }
	slices.SortFunc(joins, byIndex)
	for i := range g.unit {
		g.unit[i] = i
	}
	for _, p := range joins {
		a, b := g.unit[p[0]], g.unit[p[1]]
		if slices.ContainsFunc(parts, func(q [2]int) bool { return a != b && ordered(g.unit[q[0]], g.unit[q[1]]) == ordered(a, b) }) {
			continue
		}
		for i, u := range g.unit {
			if u == max(a, b) {
				g.unit[i] = min(a, b)
			}
		}
	}
	for _, p := range parts {
		g.parted[ordered(g.unit[p[0]], g.unit[p[1]])] = true
	}
}

// put finds the claim of telling i, all before it having theirs.
func (g *gathering) put(i int) {
	g.head[i] = true
	if u := g.unit[i]; u < i {
		g.merge(g.claim[u], i)
	}
	type support struct {
		claim int
		links int
		first bool
		best  float64
	}
	var found []support
	for _, e := range g.near[i] {
		if e.to >= i {
			break
		}
		c := g.claim[e.to]
		k := slices.IndexFunc(found, func(s support) bool { return s.claim == c })
		if k < 0 {
			k = len(found)
			found = append(found, support{claim: c})
		}
		found[k].links++
		found[k].first = found[k].first || g.head[e.to]
		found[k].best = max(found[k].best, e.score)
	}
	found = slices.DeleteFunc(found, func(s support) bool {
		return s.claim == g.claim[i] || !s.first && s.links < 2 || g.apart(s.claim, g.claim[i])
	})
	slices.SortFunc(found, func(a, b support) int { return cmp.Or(cmp.Compare(b.best, a.best), cmp.Compare(a.claim, b.claim)) })
	if len(found) == 0 {
		return
	}
	g.join(found[0].claim, g.claim[i])
	home := g.claim[i]
	for _, s := range found[1:] {
		p := ordered(home, s.claim)
		if g.bridges[p]++; g.bridges[p] >= 2 {
			g.join(home, s.claim)
			home = g.claim[i]
		}
	}
}

// apart says whether a person parted a telling of one claim from one of another.
func (g *gathering) apart(a, b int) bool {
	if len(g.parted) == 0 {
		return false
	}
	for _, i := range g.members[a] {
		for _, j := range g.members[b] {
			if g.parted[ordered(g.unit[i], g.unit[j])] {
				return true
			}
		}
	}
	return false
}

// join makes one claim of two by the machine's word: the later one's first telling no
// longer vouches for others.
func (g *gathering) join(a, b int) {
	if a != b && !g.apart(a, b) {
		g.merge(a, b)
		g.head[max(a, b)] = false
	}
}

// merge makes one claim of two, unless a person parted them.
func (g *gathering) merge(a, b int) {
	if a == b || g.apart(a, b) {
		return
	}
	a, b = min(a, b), max(a, b)
	g.members[a] = append(g.members[a], g.members[b]...)
	slices.Sort(g.members[a])
	for _, i := range g.members[b] {
		g.claim[i] = a
	}
	g.members[b] = nil
}

// share gives each claim the links between its tellings, and those by which persons parted
// one of them from another telling.
func (g *gathering) share(links []Link, claims []Claim) {
	at := map[int]int{} // claims by their first telling
	for k := range claims {
		at[g.at[claims[k].Tellings[0]]] = k
	}
	for _, l := range links {
		a, ok1 := g.at[l.A]
		b, ok2 := g.at[l.B]
		if !ok1 || !ok2 {
			continue
		}
		ca, cb := at[g.claim[a]], at[g.claim[b]]
		if ca == cb || l.By != Machine {
			claims[ca].Links = append(claims[ca].Links, l)
		}
		if ca != cb && l.By != Machine {
			claims[cb].Links = append(claims[cb].Links, l)
		}
	}
}
