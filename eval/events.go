package eval

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"hearsay/corpus"
	"hearsay/doc"
	"hearsay/event"
)

//go:embed labels/events.tsv
var eventLabels string

// MacroF1 returns the mean of the F1 of n classes in percent, with its interval over
// samples drawn anew. A class that nobody wants or gives counts as 0, as in the papers.
func MacroF1(want, got []int, n int) (f1, low, high float64) {
	over := func(drawn []int) (float64, bool) {
		counts := make([]Count, n)
		for _, i := range drawn {
			counts[want[i]].Gold++
			if got[i] >= 0 {
				counts[got[i]].Pred++
			}
			if want[i] == got[i] {
				counts[want[i]].Right++
			}
		}
		sum := 0.0
		for _, c := range counts {
			sum += c.F1()
		}
		return sum / float64(n), true
	}
	all := make([]int, len(want))
	for i := range all {
		all[i] = i
	}
	f1, _ = over(all)
	low, high = percentiles(len(want), over)
	return f1, low, high
}

// events scores the class of PLV's sentences with the actors given and not, and the
// countries of their actors, and false events in ordinary news.
func (r *Report) events(c Config, read Reader, name string) error {
	dir := filepath.Join(c.Corpora, name, "plv")
	parts, err := devParts(dir)
	if err != nil {
		return err
	}
	var gold []corpus.Interaction
	for _, path := range parts {
		more, err := corpus.PLV(path)
		if err != nil {
			return err
		}
		gold = append(gold, more...)
	}
	if len(gold) == 0 {
		r.note("%s: no dev part in plv, skipped", name)
	} else if err := r.classes(c, read, name, gold); err != nil {
		return err
	}
	if err := r.countries(c, read, name, filepath.Join(dir, "train.tsv")); err != nil {
		return err
	}
	return r.ordinary(c, read)
}

// classes adds the rows of the 15 root classes.
func (r *Report) classes(c Config, read Reader, name string, gold []corpus.Interaction) error {
	docs := make([]*doc.Doc, len(gold))
	want := make([]int, len(gold))
	for i, x := range gold {
		docs[i] = doc.New(x.Doc.Text)
		if want[i] = event.ClassOf(x.Root); want[i] < 0 {
			return fmt.Errorf("%s: row %d: %s is no class of PLOVER's", name, x.Row, x.Root)
		}
	}
	each(c, docs, name+" dev", read.Read)
	for _, given := range []bool{false, true} {
		got := make([]int, len(gold))
		for i, x := range gold {
			var source, target doc.Span
			if given {
				source, target = x.Source, x.Target
			}
			got[i] = event.ClassOf(read.Event(docs[i], source, target))
		}
		metric := "macro-F1, no actors"
		if given {
			metric = "macro-F1, actors given"
		}
		f1, low, high := MacroF1(want, got, len(event.Classes))
		base, _, _ := MacroF1(want, commonest(want), len(event.Classes))
		base = round(base)
		r.Rows = append(r.Rows, Row{Task: "events", Corpus: name, Part: "dev", Metric: metric, N: len(gold),
			Value: round(f1), Low: round(low), High: round(high), Baseline: &base})
	}
	// What frames alone find, without a judge: the class of the first event.
	got := make([]int, len(gold))
	for i := range gold {
		got[i] = -1
		for k := range docs[i].Events {
			if e := &docs[i].Events[k]; k == 0 || shallower(docs[i], e.Head, docs[i].Events[0].Head) {
				got[i] = event.ClassOf(string(e.Type))
			}
		}
	}
	f1, low, high := MacroF1(want, got, len(event.Classes))
	r.Rows = append(r.Rows, Row{Task: "events", Corpus: name, Part: "dev", Metric: "macro-F1, frames alone", N: len(gold),
		Value: round(f1), Low: round(low), High: round(high)})
	return nil
}

// shallower says whether token i stands higher in its tree than token j.
func shallower(d *doc.Doc, i, j int) bool {
	depth := func(i int) (n int) {
		for ; d.Tokens[i].Head >= 0; i = d.Tokens[i].Head {
			n++
		}
		return n
	}
	return depth(i) < depth(j)
}

// commonest answers the commonest class to everything.
func commonest(want []int) []int {
	count := map[int]int{}
	for _, w := range want {
		count[w]++
	}
	best := 0
	for w, n := range count {
		if n > count[best] || n == count[best] && w < best {
			best = w
		}
	}
	return slices.Repeat([]int{best}, len(want))
}

// eventLabel is one line of labels/events.tsv: the countries of the source and of the
// target of a sentence of PLV's train part.
type eventLabel struct {
	row    int
	hash   string
	frozen bool
	sides  [2]string // codes with spaces between; "-" none, "?" not agreed
}

func eventLabelList() ([]eventLabel, error) {
	var out []eventLabel
	for n, line := range strings.Split(strings.TrimSuffix(eventLabels, "\n"), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if f[0] == "row" {
			continue
		}
		if len(f) != 6 {
			return nil, fmt.Errorf("labels/events.tsv: line %d: %d columns, want 6", n+1, len(f))
		}
		row, err := strconv.Atoi(f[0])
		if err != nil {
			return nil, fmt.Errorf("labels/events.tsv: line %d: row %q", n+1, f[0])
		}
		out = append(out, eventLabel{row, f[2], f[3] == "frozen", [2]string{f[4], f[5]}})
	}
	return out, nil
}

// countries scores the countries of the actors of the sentences that have labels. They stand in
// PLV's train part, from which nothing learns countries; where it is not there, or holds other
// sentences, the score is left out. Only the frozen half is scored, or with Config.Open the other.
func (r *Report) countries(c Config, read Reader, name, path string) error {
	labels, err := eventLabelList()
	if err != nil {
		return err
	}
	gold, err := corpus.PLV(path)
	if err != nil {
		r.note("%s: countries of actors: %v", name, err)
		return nil
	}
	m := metric{name: "countries of actors"}
	other := 0
	for _, l := range labels {
		if l.frozen == c.Open {
			continue
		}
		if l.row >= len(gold) || hashOf(gold[l.row].Doc.Text) != l.hash {
			other++
			continue
		}
		x := gold[l.row]
		d := doc.New(x.Doc.Text)
		read.Read(d)
		var count Count
		for k, span := range []doc.Span{x.Source, x.Target} {
			if span.Empty() || l.sides[k] == "?" {
				continue
			}
			want := strings.Fields(strings.Trim(l.sides[k], "-"))
			var got []string
			for _, p := range read.Parties(d, span) {
				if p.Country != "" && !slices.Contains(got, p.Country) {
					got = append(got, p.Country)
				}
			}
			count = count.add(Count{shared(want, got), len(want), len(got)})
			if c.WrongEvent != nil && (shared(want, got) != len(want) || len(got) != len(want)) {
				c.WrongEvent(d, span, want, got)
			}
		}
		m.articles = append(m.articles, count)
	}
	if other > 0 {
		r.note("%s: countries of actors: %d labels are of other sentences, left out", name, other)
	}
	if len(m.articles) > 0 {
		r.Rows = append(r.Rows, m.row("events", name, "labels"))
	}
	return nil
}

func shared(a, b []string) (n int) {
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// hashOf returns the first 8 hex digits of the sha256 of a text.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}
