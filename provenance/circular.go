package provenance

import (
	"slices"
	"strings"
)

// Cycle is a path of reporting that leads back to the outlet where it began: the first
// article has it from the outlet of the second, and so on, and the last from that of the
// first.
type Cycle struct {
	Articles []string // ids
	Outlets  []string // of the articles, by name
}

// String returns the path by its outlets: "A ← B ← A".
func (c Cycle) String() string {
	if len(c.Outlets) == 0 {
		return ""
	}
	return strings.Join(append(slices.Clone(c.Outlets), c.Outlets[0]), " ← ")
}

// circles finds the cycles among outlets: one for each set of outlets that all lead to
// each other, the shortest that goes through the one that cited last. An outlet that cites
// the coverage of its own claim is in such a set.
func (t *tracer) circles() {
	// next has for each outlet the edges that lead from it to another one.
	next := map[string][]int{}
	var outlets []string
	for e := range t.Edges {
		edge := &t.Edges[e]
		if edge.Kind != Cites && edge.Kind != Credits || edge.To < 0 {
			continue
		}
		from, to := t.Tellings[edge.From].outlet.key, t.Tellings[edge.To].outlet.key
		if from == to {
			continue
		}
		if next[from] == nil {
			outlets = append(outlets, from)
		}
		next[from] = append(next[from], e)
	}
	for _, set := range t.rings(outlets, next) {
		if path := t.shortest(set, next); path != nil {
			c := Cycle{}
			for _, e := range path {
				x := &t.Tellings[t.Edges[e].From]
				c.Articles = append(c.Articles, x.Article.ID)
				c.Outlets = append(c.Outlets, x.outlet.name)
			}
			t.Cycles = append(t.Cycles, c)
		}
	}
}

func (t *tracer) target(e int) string { return t.Tellings[t.Edges[e].To].outlet.key }

// rings returns the sets of two and more outlets that all lead to each other (Tarjan's
// strongly connected components), each in order of the outlets given. The stack is its
// own, so that a chain of ten thousand does not overflow the program's.
func (t *tracer) rings(outlets []string, next map[string][]int) (out [][]string) {
	index, low := map[string]int{}, map[string]int{}
	on := map[string]bool{}
	var stack []string
	type frame struct {
		at   string
		edge int
	}
	n := 0
	for _, root := range outlets {
		if _, done := index[root]; done {
			continue
		}
		frames := []frame{{root, 0}}
		for len(frames) > 0 {
			f := &frames[len(frames)-1]
			if f.edge == 0 {
				if _, seen := index[f.at]; !seen {
					n++
					index[f.at], low[f.at] = n, n
					stack, on[f.at] = append(stack, f.at), true
				}
			}
			if f.edge < len(next[f.at]) {
				to := t.target(next[f.at][f.edge])
				f.edge++
				if _, seen := index[to]; !seen {
					frames = append(frames, frame{to, 0})
				} else if on[to] {
					low[f.at] = min(low[f.at], index[to])
				}
				continue
			}
			at := f.at
			frames = frames[:len(frames)-1]
			if len(frames) > 0 {
				up := frames[len(frames)-1].at
				low[up] = min(low[up], low[at])
			}
			if low[at] != index[at] {
				continue
			}
			var set []string
			for {
				top := stack[len(stack)-1]
				stack, on[top] = stack[:len(stack)-1], false
				set = append(set, top)
				if top == at {
					break
				}
			}
			if len(set) > 1 {
				order := func(s string) int { return slices.Index(outlets, s) }
				slices.SortFunc(set, func(a, b string) int { return order(a) - order(b) })
				out = append(out, set)
			}
		}
	}
	return out
}

// shortest returns the edges of the shortest cycle inside a set of outlets, of equals the
// one through the edge that comes last, which is what closed the ring.
func (t *tracer) shortest(set []string, next map[string][]int) (best []int) {
	in := setOf("")
	for _, s := range set {
		in[s] = true
	}
	for _, start := range set {
		came := map[string]int{} // by outlet: the edge that led there first
		queue := []string{start}
		for len(queue) > 0 && came[start] == 0 {
			at := queue[0]
			queue = queue[1:]
			for _, e := range next[at] {
				to := t.target(e)
				if _, seen := came[to]; !seen && in[to] {
					came[to] = e + 1
					queue = append(queue, to)
				}
			}
		}
		if came[start] == 0 {
			continue
		}
		var path []int
		for at := start; len(path) == 0 || at != start; {
			e := came[at] - 1
			path = append(path, e)
			at = t.Tellings[t.Edges[e].From].outlet.key
		}
		slices.Reverse(path)
		if best == nil || len(path) < len(best) {
			best = path
		}
	}
	// The path begins with what was published last.
	last := 0
	for i, e := range best {
		if t.Edges[e].From > t.Edges[best[last]].From {
			last = i
		}
	}
	return append(slices.Clone(best[last:]), best[:last]...)
}
