package eval

import (
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"hearsay/doc"
)

// Mistakes are the errors of a reading, grouped by kind.
type Mistakes struct {
	Task   string    `json:"task"`
	Corpus string    `json:"corpus"`
	Groups []Group   `json:"groups"` // by count, then name
	Sample []Mistake `json:"sample"` // by group in the same order, then article and place
}

// Group is how often one kind of error was made. A statement can make several: its
// source too long and its content too short.
type Group struct {
	Name  string `json:"group"`
	Count int    `json:"count"`
}

// Mistake is one error, with the passage as the gold has it and as it was read:
// [S source], [C cue] and [Q content] in brackets.
type Mistake struct {
	Group   string `json:"group"`
	Article string `json:"article"`
	At      int    `json:"at"`   // byte offset of the cue
	Gold    string `json:"gold"` // empty where that side has no statement
	Read    string `json:"read"` // likewise
}

// Errors groups the errors of predicted statements and returns a sample of n, drawn
// round the groups so that the rare ones are seen too. The same seed draws the same
// sample. Statements are paired by their cues: those that overlap, equal cues first,
// then those that share more of their content. Nested predictions are left out, as in
// the scores. Parts of speech are those of the predicted tokens.
func Errors(gold, pred []*doc.Doc, n int, seed uint64) Mistakes {
	byGroup := map[string][]Mistake{}
	for i := range gold {
		for _, m := range articleErrors(gold[i], pred[i]) {
			byGroup[m.Group] = append(byGroup[m.Group], m)
		}
	}
	var out Mistakes
	for name, list := range byGroup {
		out.Groups = append(out.Groups, Group{name, len(list)})
	}
	sort.Slice(out.Groups, func(i, j int) bool {
		a, b := out.Groups[i], out.Groups[j]
		return a.Count > b.Count || a.Count == b.Count && a.Name < b.Name
	})
	draw := rand.New(rand.NewPCG(seed, 1))
	for _, g := range out.Groups {
		list := byGroup[g.Name]
		draw.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	take := map[string]int{}
	for left, round := n, 0; left > 0; round++ {
		before := left
		for _, g := range out.Groups {
			if left > 0 && round < g.Count {
				take[g.Name]++
				left--
			}
		}
		if left == before {
			break // no more errors
		}
	}
	for _, g := range out.Groups {
		list := byGroup[g.Name][:take[g.Name]]
		slices.SortFunc(list, func(a, b Mistake) int {
			return cmp.Or(cmp.Compare(a.Article, b.Article), cmp.Compare(a.At, b.At))
		})
		out.Sample = append(out.Sample, list...)
	}
	return out
}

// articleErrors returns all errors of one article.
func articleErrors(gold, pred *doc.Doc) (all []Mistake) {
	text := gold.Text
	noCue := func(s parts) bool { return len(s[cue]) == 0 }
	g := slices.DeleteFunc(merged(text, gold.Statements), noCue)
	p, _ := outermost(merged(text, pred.Statements))
	p = slices.DeleteFunc(p, noCue)
	tokens := labelTokens(text)
	add := func(group string, gs, ps *parts) {
		m := Mistake{Group: group, Article: strings.TrimSuffix(filepath.Base(gold.Meta.Path), ".txt")}
		window := passage(pred, gs, ps)
		if gs != nil {
			m.Gold, m.At = bracket(text, window, *gs), (*gs)[cue][0].Begin
		}
		if ps != nil {
			m.Read = bracket(text, window, *ps)
			if gs == nil {
				m.At = (*ps)[cue][0].Begin
			}
		}
		all = append(all, m)
	}
	partner := pair(tokens, g, p)
	paired := make([]bool, len(p))
	for i := range g {
		j := partner[i]
		if j < 0 {
			add("cue missed, "+headPOS(pred, g[i][cue]), &g[i], nil)
			continue
		}
		paired[j] = true
		for _, group := range differences(tokens, g[i], p[j]) {
			add(group, &g[i], &p[j])
		}
	}
	for j := range p {
		if !paired[j] {
			add("cue spurious, "+headPOS(pred, p[j][cue]), nil, &p[j])
		}
	}
	return all
}

// pair returns for each gold statement the prediction that reads it, or -1.
func pair(tokens []doc.Span, gold, pred []parts) []int {
	type link struct {
		g, p   int
		equal  bool
		shared int // tokens of content
	}
	var links []link
	for i, g := range gold {
		for j, p := range pred {
			if overlap(g[cue], p[cue]) {
				shared := common(tokenSet(tokens, []parts{g}, content), tokenSet(tokens, []parts{p}, content)).Right
				links = append(links, link{i, j, slices.Equal(g[cue], p[cue]), shared})
			}
		}
	}
	sort.SliceStable(links, func(a, b int) bool {
		x, y := links[a], links[b]
		return x.equal && !y.equal || x.equal == y.equal && x.shared > y.shared
	})
	partner, taken := make([]int, len(gold)), make([]bool, len(pred))
	for i := range partner {
		partner[i] = -1
	}
	for _, l := range links {
		if partner[l.g] < 0 && !taken[l.p] {
			partner[l.g], taken[l.p] = l.p, true
		}
	}
	return partner
}

// differences names what is wrong with the reading of one gold statement.
func differences(tokens []doc.Span, gold, pred parts) (groups []string) {
	if !slices.Equal(gold[cue], pred[cue]) {
		groups = append(groups, "cue span wrong")
	}
	g, p := gold[source], pred[source]
	switch {
	case slices.Equal(g, p):
	case len(p) == 0:
		groups = append(groups, "source missing")
	case len(g) == 0:
		groups = append(groups, "source spurious")
	case !overlap(g, p):
		groups = append(groups, "source is another mention")
	case p[0].Contains(g[0]):
		groups = append(groups, "source too long")
	case g[0].Contains(p[0]):
		groups = append(groups, "source too short")
	default:
		groups = append(groups, "source shifted")
	}
	g, p = gold[content], pred[content]
	if slices.Equal(g, p) {
		return groups
	}
	was, is := tokenSet(tokens, []parts{gold}, content), tokenSet(tokens, []parts{pred}, content)
	c := common(was, is)
	missing, extra := c.Gold-c.Right, c.Pred-c.Right
	size := "by 1 or 2 tokens"
	if max(missing, extra) > 2 {
		size = "by more than 2 tokens"
	}
	switch {
	case len(p) == 0:
		groups = append(groups, "content missing")
	case c.Right == 0:
		groups = append(groups, "content is elsewhere")
	case len(p) < len(g):
		groups = append(groups, "content fragment missed")
	case len(p) > len(g):
		groups = append(groups, "content fragment extra")
	case missing == 0:
		groups = append(groups, "content too long "+size)
	case extra == 0:
		groups = append(groups, "content too short "+size)
	default:
		groups = append(groups, "content shifted "+size)
	}
	return groups
}

// headPOS returns the part of speech of the head of a cue: the first token whose own
// head stands outside it.
func headPOS(d *doc.Doc, spans []doc.Span) string {
	inside := func(t doc.Token) bool { return overlap([]doc.Span{t.Span}, spans) }
	first := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > spans[0].Begin })
	last := spans[len(spans)-1].End
	for i := first; i < len(d.Tokens) && d.Tokens[i].Begin < last; i++ {
		t := d.Tokens[i]
		if inside(t) && (t.Head < 0 || !inside(d.Tokens[t.Head])) {
			return cmp.Or(t.UPOS, "untagged")
		}
	}
	return "no token"
}

// passageBytes is about how many bytes of a passage are shown at most.
const passageBytes = 700

// passage returns the sentences that the statements touch, cut to the neighbourhood of
// the cue where they are long.
func passage(d *doc.Doc, statements ...*parts) doc.Span {
	var around, at doc.Span
	for _, s := range statements {
		if s == nil {
			continue
		}
		for _, spans := range s {
			for _, span := range spans {
				if around.Empty() {
					around = span
				}
				around = doc.Span{Begin: min(around.Begin, span.Begin), End: max(around.End, span.End)}
			}
		}
		if at.Empty() {
			at = s[cue][0]
		}
	}
	for _, s := range d.Sentences {
		if s.Overlaps(around) {
			around = doc.Span{Begin: min(around.Begin, s.Begin), End: max(around.End, s.End)}
		}
	}
	if around.Len() <= passageBytes {
		return around
	}
	cut := doc.Span{Begin: max(around.Begin, at.Begin-passageBytes/2), End: min(around.End, at.End+passageBytes/2)}
	for cut.Begin > around.Begin && d.Text[cut.Begin-1] != ' ' {
		cut.Begin--
	}
	for cut.End < around.End && d.Text[cut.End] != ' ' {
		cut.End++
	}
	return cut
}

// bracket writes a passage on one line with the parts of a statement in brackets.
func bracket(text string, where doc.Span, s parts) string {
	type mark struct {
		at    int
		close bool
		len   int
		label string
	}
	var marks []mark
	for role, label := range [roles]string{source: "[S ", cue: "[C ", content: "[Q "} {
		for _, span := range s[role] {
			b, e := max(span.Begin, where.Begin), min(span.End, where.End)
			if b < e {
				marks = append(marks, mark{b, false, e - b, label}, mark{e, true, e - b, "]"})
			}
		}
	}
	// Where parts meet, the one that ends is closed first; of two that begin, the
	// longer one is opened first, and of two that end, it is closed last.
	sort.SliceStable(marks, func(i, j int) bool {
		a, b := marks[i], marks[j]
		if a.at != b.at {
			return a.at < b.at
		}
		if a.close != b.close {
			return a.close
		}
		return a.len != b.len && (a.len > b.len) != a.close
	})
	var b strings.Builder
	if where.Begin > 0 && !strings.ContainsRune(" \n", rune(text[where.Begin-1])) {
		b.WriteString("…")
	}
	at := where.Begin
	for _, m := range marks {
		b.WriteString(text[at:m.at] + m.label)
		at = m.at
	}
	b.WriteString(text[at:where.End])
	return strings.Join(strings.Fields(b.String()), " ")
}

// WriteErrors writes the counts of all groups and then the sample.
func WriteErrors(w io.Writer, m Mistakes) error {
	var b strings.Builder
	fmt.Fprintf(&b, "errors of %s on %s dev, by kind\n", m.Task, m.Corpus)
	counts := map[string]int{}
	for _, g := range m.Groups {
		counts[g.Name] = g.Count
		fmt.Fprintf(&b, "%6d  %s\n", g.Count, g.Name)
	}
	group := ""
	for _, e := range m.Sample {
		if e.Group != group {
			group = e.Group
			fmt.Fprintf(&b, "\n%s (%d)\n", group, counts[group])
		}
		fmt.Fprintf(&b, "  %s, byte %d\n", e.Article, e.At)
		if e.Gold != "" {
			fmt.Fprintf(&b, "    gold  %s\n", e.Gold)
		}
		if e.Read != "" {
			fmt.Fprintf(&b, "    read  %s\n", e.Read)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
