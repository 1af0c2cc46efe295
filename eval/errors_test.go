package eval

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

// groupsOf returns the kinds of error of one article with their counts.
func groupsOf(t *testing.T, gold, pred string) []string {
	t.Helper()
	g, p := mark(gold), mark(pred)
	if g.Text != p.Text {
		t.Fatalf("texts differ: %q %q", g.Text, p.Text)
	}
	var out []string
	for _, group := range Errors([]*doc.Doc{g}, []*doc.Doc{p}, 0, 1).Groups {
		out = append(out, fmt.Sprint(group.Count, " ", group.Name))
	}
	return out
}

func TestErrorGroups(t *testing.T) {
	const plain = "[S1 Ann Lee] [C1 said] [Q1 on Monday it rained hard all day]."
	for _, c := range []struct {
		name, gold, pred string
		want             []string
	}{
		{"none", plain, plain, nil},
		{"missed", plain, "Ann Lee said on Monday it rained hard all day.", []string{"1 cue missed, no token"}},
		{"spurious", "Ann Lee said on Monday it rained hard all day.", plain, []string{"1 cue spurious, no token"}},
		{"cue too long", plain, "[S1 Ann Lee] [C1 said on] [Q1 Monday it rained hard all day].",
			[]string{"1 content too short by 1 or 2 tokens", "1 cue span wrong"}},
		{"source missing", plain, "Ann Lee [C1 said] [Q1 on Monday it rained hard all day].", []string{"1 source missing"}},
		{"source spurious", "Ann Lee [C1 said] [Q1 on Monday it rained hard all day].", plain, []string{"1 source spurious"}},
		{"source too short", plain, "Ann [S1 Lee] [C1 said] [Q1 on Monday it rained hard all day].", []string{"1 source too short"}},
		{"source too long", "Ann [S1 Lee] [C1 said] [Q1 on Monday it rained hard all day].", plain, []string{"1 source too long"}},
		{"source shifted", "[S1 Ann Lee] of Rome [C1 said] [Q1 no].", "Ann [S1 Lee of Rome] [C1 said] [Q1 no].", []string{"1 source shifted"}},
		{"another mention", "[S1 Ann] met Bo and [C1 said] [Q1 no].", "Ann met [S1 Bo] and [C1 said] [Q1 no].", []string{"1 source is another mention"}},
		{"content two tokens too short", plain, "[S1 Ann Lee] [C1 said] on Monday [Q1 it rained hard all day].", []string{"1 content too short by 1 or 2 tokens"}},
		{"content three tokens too short", plain, "[S1 Ann Lee] [C1 said] on Monday it [Q1 rained hard all day].", []string{"1 content too short by more than 2 tokens"}},
		{"content too long", "[S1 Ann Lee] [C1 said] on Monday [Q1 it rained hard all day].", plain, []string{"1 content too long by 1 or 2 tokens"}},
		{"content shifted", "[S1 Ann] [C1 said] [Q1 it rained] hard.", "[S1 Ann] [C1 said] it [Q1 rained hard].", []string{"1 content shifted by 1 or 2 tokens"}},
		{"content elsewhere", "[Q1 It rained], [S1 Ann] [C1 said]. No one cared.", "It rained, [S1 Ann] [C1 said]. [Q1 No one cared].", []string{"1 content is elsewhere"}},
		{"fragment missed", "[Q1 It rained], [S1 Ann] [C1 said], [Q1 all day].", "[Q1 It rained], [S1 Ann] [C1 said], all day.", []string{"1 content fragment missed"}},
		{"fragment extra", "[Q1 It rained], [S1 Ann] [C1 said], all day.", "[Q1 It rained], [S1 Ann] [C1 said], [Q1 all day].", []string{"1 content fragment extra"}},
		{"nested is no error", "[S1 Ann] [C1 said] [Q1 Bo warned of rain].", "[S1 Ann] [C1 said] [Q1 [S2 Bo] [C2 warned of] [Q2 rain]].", nil},
		{"the equal cue is the partner", "[S1 Ann] [C1 said] [Q1 no].", "[S1 Ann] [C1 said][C2 [C1 ]] [Q1 no].", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, groupsOf(t, c.gold, c.pred)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestHeadPOS(t *testing.T) {
	// "was feared": the head is "feared", on which "was" hangs.
	d := tree([6]string{"It", "PRON", "PRP", "it", "3", "nsubj"}, [6]string{"was", "AUX", "VBD", "be", "3", "aux"},
		[6]string{"feared", "VERB", "VBN", "fear", "0", "root"})
	for _, c := range []struct {
		begin, end int
		want       string
	}{{3, 13, "VERB"}, {3, 6, "AUX"}, {0, 2, "PRON"}, {2, 3, "no token"}} {
		if got := headPOS(d, []doc.Span{{Begin: c.begin, End: c.end}}); got != c.want {
			t.Errorf("%q: %s, want %s", d.Text[c.begin:c.end], got, c.want)
		}
	}
}

// many returns articles with two missed cues and one spurious one each.
func many(n int) (gold, pred []*doc.Doc) {
	for i := range n {
		g := mark("[S1 Ann] [C1 said] [Q1 no]. [S2 Bo] [C2 asked] [Q2 why]. Cy sang.")
		p := mark("Ann said no. Bo asked why. [S1 Cy] [C1 sang].")
		g.Meta.Path = fmt.Sprintf("dir/article-%03d.txt", i)
		gold, pred = append(gold, g), append(pred, p)
	}
	return gold, pred
}

func TestErrorsSample(t *testing.T) {
	gold, pred := many(20)
	m := Errors(gold, pred, 6, 7)
	want := []Group{{"cue missed, no token", 40}, {"cue spurious, no token", 20}}
	if diff := cmp.Diff(want, m.Groups); diff != "" {
		t.Error(diff)
	}
	counts := map[string]int{}
	for i, s := range m.Sample {
		counts[s.Group]++
		if i > 0 && s.Group == m.Sample[i-1].Group && s.Article < m.Sample[i-1].Article {
			t.Errorf("%s after %s", s.Article, m.Sample[i-1].Article)
		}
	}
	if len(m.Sample) != 6 || counts["cue missed, no token"] != 3 {
		t.Errorf("sample of 6: %v", counts)
	}
	if diff := cmp.Diff(m, Errors(gold, pred, 6, 7)); diff != "" {
		t.Error("the same seed drew another sample:", diff)
	}
	if cmp.Equal(m, Errors(gold, pred, 6, 8)) {
		t.Error("another seed drew the same sample")
	}
	if all := Errors(gold, pred, 1000, 1); len(all.Sample) != 60 {
		t.Errorf("a sample of more than there are: %d, want 60", len(all.Sample))
	}
}

func TestWriteErrors(t *testing.T) {
	gold, pred := many(1)
	m := Errors(gold, pred, 9, 1)
	m.Task, m.Corpus = "quote", "polnear"
	var b bytes.Buffer
	if err := WriteErrors(&b, m); err != nil {
		t.Fatal(err)
	}
	want := `errors of quote on polnear dev, by kind
     2  cue missed, no token
     1  cue spurious, no token

cue missed, no token (2)
  article-000, byte 4
    gold  [S Ann] [C said] [Q no]
  article-000, byte 16
    gold  [S Bo] [C asked] [Q why]

cue spurious, no token (1)
  article-000, byte 30
    read  [S Cy] [C sang]
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Error(diff)
	}
}

// A passage is the sentences touched, and a long one is cut near the cue.
func TestPassage(t *testing.T) {
	d := mark("Rain fell. [S1 Ann] [C1 said] [Q1 no]. Bo left.")
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: 10}}, {Span: doc.Span{Begin: 11, End: 23}}, {Span: doc.Span{Begin: 24, End: 32}}}
	s := merged(d.Text, d.Statements)
	if got := d.Slice(passage(d, &s[0])); got != "Ann said no." {
		t.Errorf("passage %q", got)
	}
	long := mark("[Q1 " + strings.Repeat("blah é ", 300) + "], [S1 Ann] [C1 said].")
	s = merged(long.Text, long.Statements)
	where := passage(long, &s[0])
	if where.Len() > passageBytes+40 || !strings.HasSuffix(bracket(long.Text, where, s[0]), "é] , [S Ann] [C said]") {
		t.Errorf("passage of %d bytes: %q", where.Len(), bracket(long.Text, where, s[0]))
	}
}
