package eval

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hearsay/corpus"
	"hearsay/doc"
)

// timesMetrics are the figures of the times task, in the order shown, as TempEval-3
// counts them.
var timesMetrics = []string{"strict span", "relaxed span", "value", "type"}

// TimesCounts scores the time expressions of one article, in the order of
// timesMetrics:
//   - strict span: the same offsets after trimming white space.
//   - relaxed span: spans that overlap, each with at most one of the other side, the
//     first in order.
//   - value, type: those of the relaxed pairs whose value, or type, is the same too.
//     A value that the annotators left open matches none.
func TimesCounts(gold, pred *doc.Doc) []Count {
	g, p := inOrder(gold), inOrder(pred)
	counts := make([]Count, len(timesMetrics))
	for m := range counts {
		counts[m] = Count{0, len(g), len(p)}
	}
	for i, j := 0, 0; i < len(g) && j < len(p); {
		switch a, b := g[i], p[j]; {
		case a.Overlaps(b.Span):
			counts[1].Right++
			if a.Span == b.Span {
				counts[0].Right++
			}
			if a.Value == b.Value && a.Value != "" {
				counts[2].Right++
			}
			if a.Type == b.Type {
				counts[3].Right++
			}
			i++
			j++
		case a.End <= b.Begin:
			i++
		default:
			j++
		}
	}
	return counts
}

// inOrder returns the times of an article, trimmed, in order of their beginnings.
func inOrder(d *doc.Doc) []doc.Time {
	times := slices.Clone(d.Times)
	for i := range times {
		times[i].Span = times[i].Trim(d.Text)
	}
	slices.SortStableFunc(times, func(a, b doc.Time) int { return a.Begin - b.Begin })
	return times
}

// TimesRows scores predicted times against gold ones: pred[i] is the reading of
// gold[i]'s text.
func TimesRows(corpus, part string, gold, pred []*doc.Doc) []Row {
	return table("times", corpus, part, timesMetrics, score(gold, pred, TimesCounts))
}

// times adds what a reader scores on each folder of the dev part: timebank, aquaint,
// wikiwars, or whatever they are called; and on TimeBank and AQUAINT together, which
// is how TempEval-3 trains and what others report. WikiWars marks all as DATE, so its
// type figure is that of the spans at best.
func (r *Report) times(c Config, read Reader, name string, parts []string) error {
	var news [2][]*doc.Doc // gold and predicted, of TimeBank and AQUAINT
	var base []*doc.Doc
	joined := 0
	for _, part := range parts {
		dirs, err := foldersOf(part)
		if err != nil {
			return err
		}
		for _, dir := range dirs {
			gold, err := corpus.TimeML(dir)
			if err != nil {
				return err
			}
			under := filepath.Base(dir)
			pred := bare(gold)
			for i := range pred {
				pred[i].Meta.Published = gold[i].Meta.Published
			}
			each(c, pred, name+" dev/"+under, read.Read)
			trivial := timesBaseline(pred)
			r.Rows = append(r.Rows, withBaseline(TimesRows(name, "dev/"+under, gold, pred), TimesRows(name, "dev/"+under, gold, trivial))...)
			if under == "timebank" || under == "aquaint" {
				news[0], news[1] = append(news[0], gold...), append(news[1], pred...)
				base = append(base, trivial...)
				joined++
			}
		}
	}
	if joined == 2 {
		const part = "dev/timebank+aquaint"
		r.Rows = append(r.Rows, withBaseline(TimesRows(name, part, news[0], news[1]), TimesRows(name, part, news[0], base))...)
	}
	return nil
}

// foldersOf returns the folders in a folder, in name order, without hidden ones; the
// folder itself where it holds files alone.
func foldersOf(path string) ([]string, error) {
	dirs, err := filepath.Glob(filepath.Join(path, "[^.]*", "*"))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, d := range dirs {
		if dir := filepath.Dir(d); !slices.Contains(out, dir) {
			out = append(out, dir)
		}
	}
	if len(out) == 0 {
		out = []string{path}
	}
	return out, nil
}

// withBaseline sets the values of the trivial reading beside those of rows.
func withBaseline(rows, base []Row) []Row {
	for i := range rows {
		rows[i].Baseline = &base[i].Value
	}
	return rows
}

// timesBaseline reads each article with one rule: a word that is a year of four digits, a
// weekday or a month is a date, and that day or month is the last one up to
// publication.
//
//	It closed on [Monday] after ten years; the law passed in [March].
func timesBaseline(read []*doc.Doc) []*doc.Doc {
	out := make([]*doc.Doc, len(read))
	for i, d := range read {
		out[i] = &doc.Doc{Text: d.Text}
		ref, err := time.Parse(time.DateOnly, d.Meta.Published)
		for t := range d.Tokens {
			if value := trivialDate(d.Word(t), ref, err == nil); value != "" {
				out[i].Times = append(out[i].Times, doc.Time{Span: d.Tokens[t].Span, Type: doc.Date, Value: value})
			}
		}
	}
	return out
}

// trivialDate returns the value of a word that is a date by itself, "" for others.
func trivialDate(word string, ref time.Time, dated bool) string {
	if len(word) == 4 && word >= "1000" && word < "2100" && strings.Trim(word, "0123456789") == "" {
		return word
	}
	for w := time.Sunday; w <= time.Saturday; w++ {
		if word == w.String() {
			if !dated {
				return fmt.Sprintf("XXXX-WXX-%d", (int(w)+6)%7+1)
			}
			return ref.AddDate(0, 0, -((int(ref.Weekday()) - int(w) + 7) % 7)).Format(time.DateOnly)
		}
	}
	for m := time.January; m <= time.December; m++ {
		if word == m.String() {
			switch {
			case !dated:
				return fmt.Sprintf("XXXX-%02d", m)
			case m > ref.Month():
				return fmt.Sprintf("%04d-%02d", ref.Year()-1, m)
			}
			return fmt.Sprintf("%04d-%02d", ref.Year(), m)
		}
	}
	return ""
}
