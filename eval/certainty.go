package eval

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hearsay/corpus"
	"hearsay/doc"
)

// factuality scores degrees on each folder in a corpus of factuality: UW, UDS-IH2.
func (r *Report) factuality(c Config, read Reader, name string) error {
	entries, err := os.ReadDir(filepath.Join(c.Corpora, name))
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		paths, err := devParts(filepath.Join(c.Corpora, name, e.Name()))
		if err != nil {
			return err
		}
		var gold []*doc.Doc
		for _, path := range paths {
			files, err := filesOf(path)
			if err != nil {
				return err
			}
			for _, file := range files {
				docs, err := corpus.Factuality(file)
				if err != nil {
					return err
				}
				gold = append(gold, docs...)
			}
		}
		if len(gold) == 0 {
			r.note("%s/%s: no dev part, skipped", name, e.Name())
			continue
		}
		r.Rows = append(r.Rows, DegreeRows(e.Name(), "dev", gold, r.judged(c, read, gold, e.Name()))...)
	}
	return nil
}

// meantime scores values.
func (r *Report) meantime(c Config, read Reader, name string, dirs []string) error {
	var gold []*doc.Doc
	for _, dir := range dirs {
		docs, err := corpus.MEANTIME(dir)
		if err != nil {
			return err
		}
		gold = append(gold, docs...)
	}
	r.Rows = append(r.Rows, ValueRows(name, "dev", gold, r.judged(c, read, gold, name))...)
	return nil
}

// judged has the words that gold marks judged: judged[i][k] is of gold[i].Events[k].
func (r *Report) judged(c Config, read Reader, gold []*doc.Doc, name string) [][]doc.Commitment {
	pred := goldWords(gold)
	at := map[*doc.Doc]int{}
	for i, d := range pred {
		at[d] = i
	}
	out := make([][]doc.Commitment, len(gold))
	web := strings.HasPrefix(name, "uds")
	each(c, pred, name+" dev", func(d *doc.Doc) {
		i := at[d]
		tokens := make([]int, len(gold[i].Events))
		for k := range tokens {
			tokens[k] = gold[i].Events[k].Head
		}
		out[i] = read.Certainty(d, tokens, web)
	})
	return out
}

// DegreeRows scores degrees: Pearson's r in percent, and the mean absolute error in
// hundredths of a degree. The baseline of both looks at the words before the one that is
// judged and at nothing else (wordDegree).
func DegreeRows(name, part string, gold []*doc.Doc, pred [][]doc.Commitment) []Row {
	want, got, base := make([][]float64, len(gold)), make([][]float64, len(gold)), make([][]float64, len(gold))
	for i, d := range gold {
		for k, e := range d.Events {
			want[i] = append(want[i], e.Factuality[0].Degree)
			got[i] = append(got[i], pred[i][k].Degree)
			base[i] = append(base[i], wordDegree(d, e.Head))
		}
	}
	var rows []Row
	for _, m := range []struct {
		name   string
		figure func(x, y []float64) float64
	}{{"Pearson r", pearson}, {"MAE, hundredths", meanError}} {
		rows = append(rows, pairedRow(name, part, m.name, want, got, m.figure))
		b := pairedRow(name, part, m.name, want, base, m.figure).Value
		rows[len(rows)-1].Baseline = &b
	}
	return rows
}

// pairedRow is a figure over pairs of numbers.
func pairedRow(name, part, what string, want, got [][]float64, figure func(x, y []float64) float64) Row {
	of := func(drawn []int) (float64, bool) {
		var x, y []float64
		for _, i := range drawn {
			x, y = append(x, want[i]...), append(y, got[i]...)
		}
		return 100 * figure(x, y), len(x) > 1
	}
	every := make([]int, len(want))
	n := 0
	for i := range every {
		every[i] = i
		n += len(want[i])
	}
	row := Row{Task: "certainty", Corpus: name, Part: part, Metric: what, N: n}
	value, _ := of(every)
	low, high := percentiles(len(want), of)
	row.Value, row.Low, row.High = round(value), round(low), round(high)
	return row
}

// pearson is the correlation of two lists, 0 where one of them does not vary.
func pearson(x, y []float64) float64 {
	mx, my := mean(x), mean(y)
	var xx, yy, xy float64
	for i := range x {
		a, b := x[i]-mx, y[i]-my
		xx, yy, xy = xx+a*a, yy+b*b, xy+a*b
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(xx*yy)
}

func meanError(x, y []float64) float64 {
	sum := 0.0
	for i := range x {
		sum += math.Abs(x[i] - y[i])
	}
	return sum / float64(max(1, len(x)))
}

// factualities are the values in the order of their rows.
var factualities = []doc.Factuality{doc.Certain, doc.Probable, doc.Possible, doc.NotCertain, doc.NotProbable, doc.NotPossible, doc.Uncommitted}

// ValueRows scores values: macro-F1 over those that the gold has, the accuracy, and each value by itself. The
// baseline of all but one looks at the words before the one that is judged and at nothing else (wordValue);
// "macro-F1, all certain" is what the commonest value would get for everything.
func ValueRows(name, part string, gold []*doc.Doc, pred [][]doc.Commitment) []Row {
	n := len(factualities)
	tally := func(value func(i, k int) doc.Factuality) [][]Count {
		counts := make([][]Count, len(gold))
		for i, d := range gold {
			counts[i] = make([]Count, n+1)
			for k, e := range d.Events {
				want, got := slices.Index(factualities, e.Factuality[0].Value), slices.Index(factualities, value(i, k))
				counts[i][want].Gold++
				counts[i][got].Pred++
				counts[i][n].Gold++
				counts[i][n].Pred++
				if want == got {
					counts[i][want].Right++
					counts[i][n].Right++
				}
			}
		}
		return counts
	}
	ours := tally(func(i, k int) doc.Factuality { return pred[i][k].Value })
	words := tally(func(i, k int) doc.Factuality { return wordValue(gold[i], gold[i].Events[k].Head) })
	certain := tally(func(i, k int) doc.Factuality { return doc.Certain })
	base := macroRow(name, part, "", words)
	rows := []Row{macroRow(name, part, "macro-F1", ours), macroRow(name, part, "macro-F1, all certain", certain)}
	rows[0].Baseline = &base.Value
	names := []string{}
	for _, v := range factualities {
		names = append(names, string(v))
	}
	each, of := table("certainty", name, part, append(names, "accuracy"), ours), table("certainty", name, part, append(names, "accuracy"), words)
	for i := range each {
		if each[i].N > 0 {
			each[i].Baseline = &of[i].Value
			rows = append(rows, each[i])
		}
	}
	return rows
}

// macroRow is the mean F1 of the values that the gold has.
func macroRow(name, part, what string, counts [][]Count) Row {
	of := func(drawn []int) (float64, bool) {
		sum, kinds := 0.0, 0
		for v := range factualities {
			var c Count
			for _, i := range drawn {
				c = c.add(counts[i][v])
			}
			if c.Gold > 0 {
				sum += c.F1()
				kinds++
			}
		}
		return sum / float64(max(1, kinds)), kinds > 0
	}
	every := make([]int, len(counts))
	n := 0
	for i := range every {
		every[i] = i
		n += counts[i][len(factualities)].Gold
	}
	row := Row{Task: "certainty", Corpus: name, Part: part, Metric: what, N: n}
	value, _ := of(every)
	low, high := percentiles(len(counts), of)
	row.Value, row.Low, row.High = round(value), round(low), round(high)
	return row
}

// hedgeWords are what the baseline knows: the value of a word that follows one of them
// within four words.
var hedgeWords = map[string]doc.Factuality{
	"not": doc.NotCertain, "n't": doc.NotCertain, "never": doc.NotCertain, "no": doc.NotCertain, "without": doc.NotCertain,
	"may": doc.Possible, "might": doc.Possible, "could": doc.Possible, "can": doc.Possible, "possibly": doc.Possible, "possible": doc.Possible,
	"likely": doc.Probable, "probably": doc.Probable, "would": doc.Probable, "expected": doc.Probable, "expects": doc.Probable,
	"should": doc.Uncommitted, "must": doc.Uncommitted, "if": doc.Uncommitted, "want": doc.Uncommitted, "wants": doc.Uncommitted, "to": doc.Uncommitted,
}

// wordValue judges a word by the nearest of hedgeWords before it in its sentence.
func wordValue(d *doc.Doc, i int) doc.Factuality {
	for _, s := range d.Sentences {
		if s.First <= i && i < s.Last {
			for k := i - 1; k >= max(s.First, i-4); k-- {
				if v, ok := hedgeWords[strings.ToLower(d.Word(k))]; ok {
					return v
				}
			}
		}
	}
	return doc.Certain
}

// wordDegree is the degree of wordValue.
func wordDegree(d *doc.Doc, i int) float64 {
	switch wordValue(d, i) {
	case doc.Certain:
		return 3
	case doc.Probable:
		return 2
	case doc.Possible:
		return 1
	case doc.NotCertain:
		return -3
	}
	return 0
}
