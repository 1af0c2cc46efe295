package eval

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
)

// The labels are as LINKS.md counts them, the halves share no story, and spans are in order.
func TestLinkLabels(t *testing.T) {
	labels, err := LinkLabels()
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	half := map[string]string{}
	for _, l := range labels {
		counts[l.Half+" "+l.Same]++
		if l.Quote {
			counts[l.Half+" quote "+l.Same]++
		}
		if h := strings.Replace(l.Half, "train", "open", 1); half[l.Story] == "" {
			half[l.Story] = h
		} else if half[l.Story] != h {
			t.Errorf("story %s is in both halves", l.Story)
		}
		for _, spans := range [][][2]int{l.A.Content, l.A.Cue, l.B.Content, l.B.Cue} {
			if !slices.IsSortedFunc(spans, func(a, b [2]int) int { return a[0] - b[0] }) || len(spans) == 0 {
				t.Errorf("%s: spans %v", l.Story, spans)
			}
		}
	}
	for what, want := range map[string]int{"open S": 88, "open D": 145, "open P": 18, "open ?": 3, "frozen S": 114, "frozen D": 139,
		"frozen P": 49, "frozen ?": 4, "open quote S": 23, "frozen quote S": 16, "train S": 95, "train D": 229, "train P": 58} {
		if counts[what] != want {
			t.Errorf("%s: %d, want %d", what, counts[what], want)
		}
	}
}

// saying makes an article of lines "source said content." and reads them without a fault.
func saying(name string, lines ...string) *doc.Doc {
	d := doc.New(strings.Join(lines, "\n"))
	d.Meta.Path = name + ".xml"
	at := 0
	for _, line := range lines {
		cue := at + strings.Index(line, " said ") + 1
		d.Statements = append(d.Statements, doc.Statement{Parent: -1, Told: -1, Source: doc.Source{Span: doc.Span{Begin: at, End: cue - 1}, Entity: -1},
			Cue: doc.Cue{Spans: []doc.Span{{Begin: cue, End: cue + 4}}, Lemma: "say"}, Content: []doc.Span{{Begin: cue + 5, End: at + len(line)}}})
		at += len(line) + 1
	}
	return d
}

// labelled returns the label of a line of such an article.
func labelled(d *doc.Doc, line int) LabelledStatement {
	s := d.Statements[line]
	return LabelledStatement{Article: strings.TrimSuffix(filepath.Base(d.Meta.Path), ".xml"),
		Content: [][2]int{{s.Content[0].Begin, s.Content[0].End}}, Cue: [][2]int{{s.Cue.Spans[0].Begin, s.Cue.Spans[0].End}}}
}

func TestLinkRows(t *testing.T) {
	const storm = "the storm had flooded 300 homes in Port Ellery"
	a := saying("one", "Officials said "+storm, "Rebels said they freed the hostages at Tarrak", "Ann Poe said vaccines are scarce in Delmar")
	b := saying("two", "The mayor said "+storm, "The union said pilots would strike on Friday", "Doctors said Delmar lacks doses against measles")
	label := func(half, same string, i, j int) LinkLabel {
		return LinkLabel{Half: half, Story: half, A: labelled(a, i), B: labelled(b, j), Same: same}
	}
	gone := label("frozen", "S", 1, 1)
	gone.B.Content = [][2]int{{2, 3}} // nothing was read there
	labels := []LinkLabel{label("frozen", "S", 0, 0), label("frozen", "S", 2, 2), label("frozen", "D", 1, 1), label("frozen", "P", 0, 1),
		label("frozen", "?", 1, 0), gone, label("open", "S", 0, 0), label("open", "D", 0, 1), label("train", "S", 1, 1)}
	rows := linkRows("stories", false, labels, []*doc.Doc{a, b})
	got := map[string]Row{}
	for _, r := range rows {
		got[r.Metric] = r
	}
	for metric, want := range map[string]struct {
		n    int
		p, r float64
	}{
		"links":                  {3, 100, 33.33}, // one linked, one missed, one not read
		"links, other words":     {3, 100, 33.33},
		"links, one quotation":   {0, 0, 0},
		"links, partly is same":  {4, 100, 25},
		"links, partly is other": {3, 100, 33.33},
		"found by the index":     {3, 100, 33.33},
		"in one claim":           {3, 100, 33.33},
		"baseline: cosine":       {3, 100, 66.67},
		"baseline: same words":   {3, 100, 33.33},
	} {
		r, ok := got[metric]
		if !ok || r.N != want.n || *r.P != want.p || *r.R != want.r || r.Part != "frozen" || r.Task != "links" {
			t.Errorf("%s: %+v, want %v", metric, r, want)
		}
	}
	if len(rows) != 9 || got["links"].Baseline == nil || *got["links"].Baseline != got["baseline: cosine"].Value {
		t.Errorf("%d rows", len(rows))
	}
	if rows := linkRows("stories", true, labels, []*doc.Doc{a, b}); rows[0].N != 1 || rows[0].Part != "open" {
		t.Errorf("open: %+v", rows[0])
	}
}
