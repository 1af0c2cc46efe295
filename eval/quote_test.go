package eval

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

// mark reads a text with statements marked in it: "[S1 Ann] [C1 said] [Q1 no]." is
// one statement, numbered 1. Parts with the same number belong together; S12 is the
// source of 1 and 2. Statement numbers are single digits.
func mark(marked string) *doc.Doc {
	type open struct {
		label string
		begin int
	}
	var text strings.Builder
	var stack []open
	var statements []doc.Statement
	for i := 0; i < len(marked); i++ {
		switch c := marked[i]; {
		case c == '[' && strings.ContainsRune("SCQ", rune(marked[i+1])):
			label, _, _ := strings.Cut(marked[i+1:], " ")
			stack = append(stack, open{label, text.Len()})
			i += len(label) + 1
		case c == ']':
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			span := doc.Span{Begin: o.begin, End: text.Len()}
			for _, digit := range o.label[1:] {
				k := int(digit - '1')
				for len(statements) <= k {
					statements = append(statements, doc.Statement{Parent: -1})
				}
				switch s := &statements[k]; o.label[0] {
				case 'S':
					s.Source.Span = span
				case 'C':
					s.Cue.Spans = append(s.Cue.Spans, span)
				case 'Q':
					s.Content = append(s.Content, span)
				}
			}
		default:
			text.WriteByte(c)
		}
	}
	d := doc.New(text.String())
	d.Statements = statements
	return d
}

func TestMark(t *testing.T) {
	d := mark("[S12 Ann] [C1 said] [Q1 no] and [C2 asked] [Q2 [S3 Bo] why].")
	if d.Text != "Ann said no and asked Bo why." {
		t.Fatalf("text %q", d.Text)
	}
	if s := d.Statements; len(s) != 3 || d.Slice(s[1].Source.Span) != "Ann" || d.Slice(s[1].Content[0]) != "Bo why" || d.Slice(s[2].Source.Span) != "Bo" {
		t.Fatalf("statements %+v", s)
	}
}

// Counts are {right, gold, predicted} in the order of quoteMetrics: strict source,
// cue, content, triple; overlap source, cue, content; statement; nested share.
func TestQuoteCounts(t *testing.T) {
	for _, c := range []struct {
		name       string
		gold, pred string
		want       []Count
	}{
		{"perfect", "[S1 Ann Lee] [C1 said] [Q1 it rained].", "[S1 Ann Lee] [C1 said] [Q1 it rained].",
			[]Count{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {2, 2, 2}, {1, 1, 1}, {2, 2, 2}, {1, 1, 1}, {0, 1, 1}}},
		{"nothing read", "[S1 Ann Lee] [C1 said] [Q1 it rained].", "Ann Lee said it rained.",
			[]Count{{0, 1, 0}, {0, 1, 0}, {0, 1, 0}, {0, 1, 0}, {0, 2, 0}, {0, 1, 0}, {0, 2, 0}, {0, 1, 0}, {0, 0, 0}}},
		{"nothing there", "Ann Lee said it rained.", "[S1 Ann Lee] [C1 said] [Q1 it rained].",
			[]Count{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 2}, {0, 0, 1}, {0, 0, 2}, {0, 0, 1}, {0, 1, 1}}},
		{"a shifted content is wrong strictly, half right by tokens",
			"[S1 Ann Lee] [C1 said] [Q1 it rained hard].", "[S1 Ann Lee] [C1 said] it [Q1 rained hard.]",
			[]Count{{1, 1, 1}, {1, 1, 1}, {0, 1, 1}, {0, 1, 1}, {2, 2, 2}, {1, 1, 1}, {2, 3, 3}, {1, 1, 1}, {0, 1, 1}}},
		{"white space at the edges is nothing", "[S1 Ann] [C1 said] [Q1 no].", "[S1 Ann ][C1 said ][Q1 no].",
			[]Count{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {0, 1, 1}}},
		{"fragments that white space divides are one", "[S1 Ann] [C1 said] [Q1 no]\n[Q1 way].", "[S1 Ann] [C1 said] [Q1 no\nway].",
			[]Count{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {2, 2, 2}, {1, 1, 1}, {0, 1, 1}}},
		{"every fragment counts, the triple wants them all", "[Q1 No], [S1 Ann] [C1 said], [Q1 never].", "[Q1 No], [S1 Ann] [C1 said], never.",
			[]Count{{1, 1, 1}, {1, 1, 1}, {1, 2, 1}, {0, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 2, 1}, {1, 1, 1}, {0, 1, 1}}},
		{"a shared source counts once", "[S12 Ann] [C1 said] [Q1 no] and [C2 asked] [Q2 why].", "[S12 Ann] [C1 said] [Q1 no] and [C2 asked] [Q2 why].",
			[]Count{{1, 1, 1}, {2, 2, 2}, {2, 2, 2}, {2, 2, 2}, {1, 1, 1}, {2, 2, 2}, {2, 2, 2}, {2, 2, 2}, {0, 2, 2}}},
		{"absent sources agree", "It is [C1 feared] [Q1 he left].", "It is [C1 feared] [Q1 he left].",
			[]Count{{0, 0, 0}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {0, 0, 0}, {1, 1, 1}, {2, 2, 2}, {1, 1, 1}, {0, 1, 1}}},
		{"a source found where there is none", "[C1 Fears] among aides [Q1 that he left].", "[C1 Fears] among [S1 aides] [Q1 that he left].",
			[]Count{{0, 0, 1}, {1, 1, 1}, {1, 1, 1}, {0, 1, 1}, {0, 0, 1}, {1, 1, 1}, {3, 3, 3}, {0, 1, 1}, {0, 1, 1}}},
		{"nested predictions are left out and their share is told",
			"[S1 Ann] [C1 said] [Q1 Bo warned that it rained].", "[S1 Ann] [C1 said] [Q1 [S2 Bo] [C2 warned] that [Q2 it rained]].",
			[]Count{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {5, 5, 5}, {1, 1, 1}, {1, 2, 2}}},
		{"a cue between fragments is not nested", "[Q1 No], [S1 Ann] [C1 said], [Q1 never].", "[Q1 No], [S1 Ann] [C1 said], [Q1 never].",
			[]Count{{1, 1, 1}, {1, 1, 1}, {2, 2, 2}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {2, 2, 2}, {1, 1, 1}, {0, 1, 1}}},
		{"one prediction pays for one gold statement", "[S12 Ann] [C1 said][C2  again] [Q12 no].", "[S1 Ann] [C1 said again] [Q1 no].",
			[]Count{{1, 1, 1}, {0, 2, 1}, {1, 1, 1}, {0, 2, 1}, {1, 1, 1}, {2, 2, 2}, {1, 1, 1}, {1, 2, 1}, {0, 1, 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			gold, pred := mark(c.gold), mark(c.pred)
			if gold.Text != pred.Text {
				t.Fatalf("texts differ: %q %q", gold.Text, pred.Text)
			}
			got := QuoteCounts(gold, pred)
			for k, name := range quoteMetrics {
				if got[k] != c.want[k] {
					t.Errorf("%s: %v, want %v", name, got[k], c.want[k])
				}
			}
		})
	}
}

// What Parent says makes no difference to what is nested.
func TestNestedWhateverParentSays(t *testing.T) {
	gold := mark("[S1 Ann] [C1 said] [Q1 Bo warned].")
	pred := mark("[S1 Ann] [C1 said] [Q1 [S2 Bo] [C2 warned]].")
	plain := QuoteCounts(gold, pred)
	pred.Statements[0].Parent, pred.Statements[1].Parent = 1, -1
	if diff := cmp.Diff(plain, QuoteCounts(gold, pred)); diff != "" {
		t.Error(diff)
	}
}

func TestLabelTokens(t *testing.T) {
	text := "Zoë’s_x 2.5 %—“no”\n"
	var got []string
	for _, s := range labelTokens(text) {
		got = append(got, text[s.Begin:s.End])
	}
	want := []string{"Zoë", "’", "s_x", "2", ".", "5", "%", "—", "“", "no", "”"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// slowMatching tries every way to pair the left nodes from i on.
func slowMatching(edges [][]int, i int, taken map[int]bool) int {
	if i == len(edges) {
		return 0
	}
	best := slowMatching(edges, i+1, taken)
	for _, r := range edges[i] {
		if !taken[r] {
			taken[r] = true
			best = max(best, 1+slowMatching(edges, i+1, taken))
			taken[r] = false
		}
	}
	return best
}

func TestMatching(t *testing.T) {
	draw := rand.New(rand.NewPCG(1, 1))
	for range 2000 {
		left, right := draw.IntN(7), 1+draw.IntN(6)
		edges := make([][]int, left)
		for i := range edges {
			for r := range right {
				if draw.IntN(3) == 0 {
					edges[i] = append(edges[i], r)
				}
			}
		}
		if got, want := matching(edges, right), slowMatching(edges, 0, map[int]bool{}); got != want {
			t.Fatalf("matching(%v, %d) = %d, want %d", edges, right, got, want)
		}
	}
}

// FuzzQuoteCounts checks on any spans that no count exceeds its whole, that a reading
// held against itself is all right, and that swapping gold and prediction swaps the
// counts where nothing is nested.
func FuzzQuoteCounts(f *testing.F) {
	f.Add("Ann said no, and Bo asked why.", []byte{0, 3, 4, 8, 9, 11, 17, 19, 20, 25, 26, 29})
	f.Add("a b c", []byte{0, 5, 0, 5, 0, 5})
	f.Fuzz(func(t *testing.T, text string, at []byte) {
		text = strings.ToValidUTF8(text, "?")
		span := func(b, e byte) doc.Span {
			s := doc.Span{Begin: min(int(b), len(text)), End: min(int(e), len(text))}
			for s.Begin > 0 && s.Begin < len(text) && text[s.Begin]&0xC0 == 0x80 {
				s.Begin--
			}
			for s.End < len(text) && text[s.End]&0xC0 == 0x80 {
				s.End++
			}
			return doc.Span{Begin: s.Begin, End: max(s.Begin, s.End)}
		}
		gold, pred := doc.New(text), doc.New(text)
		for i := 0; i+6 <= len(at) && i < 60; i += 6 {
			s := doc.Statement{Source: doc.Source{Span: span(at[i], at[i+1])},
				Cue: doc.Cue{Spans: []doc.Span{span(at[i+2], at[i+3])}}, Content: []doc.Span{span(at[i+4], at[i+5])}}
			d := gold
			if i/6%2 == 1 {
				d = pred
			}
			d.Statements = append(d.Statements, s)
		}
		for k, c := range QuoteCounts(gold, pred) {
			if c.Right > min(c.Gold, c.Pred) {
				t.Fatalf("%s: %v", quoteMetrics[k], c)
			}
		}
		kept, _ := outermost(merged(text, gold.Statements))
		if len(kept) == len(gold.Statements) {
			for k, c := range QuoteCounts(gold, gold) {
				full := c.Right == c.Gold && c.Gold == c.Pred
				if !full && k < 7 {
					t.Fatalf("%s of a reading against itself: %v", quoteMetrics[k], c)
				}
			}
		}
		Errors([]*doc.Doc{gold}, []*doc.Doc{pred}, 3, 1)
	})
}
