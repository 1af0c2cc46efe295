package eval

import (
	_ "embed"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hearsay/corpus"
	"hearsay/doc"
)

//go:embed labels/sources.tsv
var sourcesFile string

// SourceLabel is what readers said of one source of PolNeAR's dev part. A field that
// they differ on is "?" and not scored; one that has nothing is "-".
type SourceLabel struct {
	Frozen      bool
	Article     string
	Span        [2]int // code points
	Kind        string
	Affiliation string
	Refers      string   // name, pronoun or description
	Names       []string // whom a pronoun or a description stands for; nil for nobody named
	Unknown     bool     // Names are not agreed on
}

// SourceLabels returns the labels in the order of the articles and of the text.
func SourceLabels() (out []SourceLabel, err error) {
	n := 0
	for line := range strings.Lines(sourcesFile) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "half\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 7 {
			return nil, fmt.Errorf("labels/sources.tsv: line %d: %d columns, want 7", n, len(f))
		}
		from, to, _ := strings.Cut(f[2], "-")
		a, err1 := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || a >= b {
			return nil, fmt.Errorf("labels/sources.tsv: line %d: no span %q", n, f[2])
		}
		l := SourceLabel{Frozen: f[0] == "frozen", Article: f[1], Span: [2]int{a, b}, Kind: f[3], Affiliation: f[4], Refers: f[5], Unknown: f[6] == "?"}
		if f[6] != "-" && f[6] != "?" {
			for _, name := range strings.Split(f[6], ";") {
				l.Names = append(l.Names, strings.TrimSpace(name))
			}
		}
		out = append(out, l)
	}
	return out, nil
}

// sourceMetrics are the figures of sources on the labels.
var sourceMetrics = []string{"kind", "affiliation", "linked"}

// sourceCounts scores the sources of one article. Only statements whose source has the
// labelled span count.
func sourceCounts(labels []SourceLabel, d *doc.Doc) []Count {
	counts := make([]Count, len(sourceMetrics))
	at := map[[2]int]*doc.Source{}
	o := doc.NewOffsets(d.Text)
	for i := range d.Statements {
		s := &d.Statements[i].Source
		if !s.Span.Empty() {
			at[o.Span(s.Span)] = s
		}
	}
	for k := range labels {
		l := &labels[k]
		s := at[l.Span]
		if s == nil {
			continue
		}
		right := func(m int, ok bool) {
			counts[m].Gold++
			counts[m].Pred++
			if ok {
				counts[m].Right++
			}
		}
		if l.Kind != "?" {
			right(0, string(s.Kind) == l.Kind)
		}
		if l.Affiliation != "?" {
			right(1, sameBody(l.Affiliation, s.Affiliation))
		}
		if l.Refers != "name" && l.Refers != "?" && l.Names != nil {
			right(2, s.Entity >= 0 && d.Entities[s.Entity].Named && l.means(d.Entities[s.Entity].Name, labels))
		}
	}
	return counts
}

// sameBody says whether an affiliation is the labelled one: a state by its code, a body
// by its name, of which one may have words that the other leaves out. Of several, each
// that was read must be one of the labelled.
func sameBody(gold, pred string) bool {
	if gold == "-" || pred == "" {
		return gold == "-" && pred == ""
	}
	for _, p := range strings.Split(pred, ";") {
		p = strings.TrimSpace(p)
		if !slices.ContainsFunc(strings.Split(gold, ";"), func(g string) bool {
			g = strings.TrimSpace(g)
			return strings.EqualFold(g, p) || len(g) != 3 && len(p) != 3 && (partOf(g, p) || partOf(p, g))
		}) {
			return false
		}
	}
	return true
}

// partOf says whether all words of a are words of b.
func partOf(a, b string) bool {
	words := bodyWords(b)
	list := bodyWords(a)
	for _, w := range list {
		if !slices.Contains(words, w) {
			return false
		}
	}
	return len(list) > 0
}

func bodyWords(s string) (out []string) {
	s = strings.NewReplacer("’s", "", "'s", "", ".", "", "’", "", "'", "").Replace(strings.ToLower(s))
	for _, w := range strings.Fields(s) {
		if w != "the" && w != "of" && w != "for" {
			out = append(out, w)
		}
	}
	return out
}

// means says whether a name is the labelled one: the same, or a part of it that is no
// part of another name that the article's labels have.
func (l *SourceLabel) means(name string, all []SourceLabel) bool {
	for _, want := range l.Names {
		if partOf(want, name) {
			return true
		}
		if !partOf(name, want) {
			continue
		}
		clear := true
		for k := range all {
			for _, other := range all[k].Names {
				if !partOf(other, want) && !partOf(want, other) && partOf(name, other) {
					clear = false
				}
			}
		}
		if clear {
			return true
		}
	}
	return false
}

// SourceErrors is called with every label that was read wrong, for error analysis; it
// never sees frozen ones.
type SourceErrors func(what string, l SourceLabel, d *doc.Doc, s *doc.Source)

// sources scores kinds, affiliations and links on the articles that were kept aside:
// with the corpus's statements given, and from the raw text.
func (r *Report) sources(c Config, read Reader, name string, parts []string) error {
	labels, err := SourceLabels()
	if err != nil {
		return err
	}
	of := map[string][]SourceLabel{}
	for _, l := range labels {
		if l.Frozen != c.Open {
			of[l.Article] = append(of[l.Article], l)
		}
	}
	var gold []*doc.Doc
	var want [][]SourceLabel
	for _, dir := range parts {
		docs, err := corpus.PolNeAR(dir)
		if err != nil {
			return err
		}
		for _, d := range docs {
			if l := of[strings.TrimSuffix(filepath.Base(d.Meta.Path), ".txt")]; l != nil {
				gold, want = append(gold, d), append(want, l)
			}
		}
	}
	if len(gold) == 0 {
		r.note("%s: none of the articles whose sources are labelled, skipped", name)
		return nil
	}
	given, raw := bare(gold), bare(gold)
	statements := map[*doc.Doc][]doc.Statement{}
	for i, g := range gold {
		for _, d := range []*doc.Doc{given[i], raw[i]} {
			d.Meta.Outlet, d.Meta.Published = g.Meta.Outlet, g.Meta.Published
		}
		statements[given[i]] = g.Statements
	}
	each(c, given, name+" sources, given", func(d *doc.Doc) { read.Sources(d, statements[d]) })
	each(c, raw, name+" sources, raw", read.Read)
	part := "dev/frozen"
	if c.Open {
		part = "dev/open"
	}
	count := func(docs []*doc.Doc) [][]Count {
		counts := make([][]Count, len(docs))
		for i, d := range docs {
			counts[i] = sourceCounts(want[i], d)
		}
		return counts
	}
	rows := table("sources", name, part, sourceMetrics, count(given))
	trivial := bare(gold)
	for i, d := range trivial {
		d.Entities, d.Statements = sourceBaseline(given[i])
	}
	base := table("sources", name, part, sourceMetrics, count(trivial))
	for i := range rows {
		rows[i].Baseline = &base[i].Value
	}
	r.Rows = append(r.Rows, rows...)
	r.Rows = append(r.Rows, table("sources", name, part+"/raw", sourceMetrics, count(raw))...)
	if c.Wrong != nil && c.Open {
		for i, d := range given {
			wrongSources(want[i], d, c.Wrong)
		}
	}
	return nil
}

// wrongSources tells of each label that was read wrong.
func wrongSources(labels []SourceLabel, d *doc.Doc, tell SourceErrors) {
	o := doc.NewOffsets(d.Text)
	for k := range labels {
		for i := range d.Statements {
			s := &d.Statements[i].Source
			if s.Span.Empty() || o.Span(s.Span) != labels[k].Span {
				continue
			}
			one := &doc.Doc{Text: d.Text, Entities: d.Entities, Statements: d.Statements[i : i+1]}
			for m, c := range sourceCounts(append(labels[k:k+1:k+1], others(labels)...), one) {
				if c.Right < c.Gold {
					tell(sourceMetrics[m], labels[k], d, s)
				}
			}
			break
		}
	}
}

// others returns labels that are there for their names alone.
func others(labels []SourceLabel) []SourceLabel {
	out := slices.Clone(labels)
	for i := range out {
		out[i].Span = [2]int{-1, -1}
	}
	return out
}

// sourceBaseline takes every source for an official of the state that most are of, and a
// pronoun or a description for the last person named before it.
func sourceBaseline(d *doc.Doc) ([]doc.Entity, []doc.Statement) {
	var entities []doc.Entity
	var out []doc.Statement
	for _, s := range d.Statements {
		s.Source.Kind, s.Source.Affiliation, s.Source.Entity = doc.PersonSource, "USA", -1
		for _, n := range d.Names {
			if n.Type == doc.Person && n.End <= s.Source.Span.Begin {
				if len(entities) == 0 || entities[len(entities)-1].Name != d.Slice(n.Span) {
					entities = append(entities, doc.Entity{Name: d.Slice(n.Span), Named: true})
				}
				s.Source.Entity = len(entities) - 1
			}
		}
		out = append(out, s)
	}
	return entities, out
}
