package eval

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"hearsay/doc"
)

const (
	sampleText = "Ann said no.\n"
	sampleAnn  = "T1\tSource 0 3\tAnn\nT2\tCue 4 8\tsaid\nT3\tContent 9 11\tno\nE1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n"
	sampleTree = "# newdoc id = GUM_news_one\n# newpar\n1\tAnn\tAnn\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n2\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n" +
		"3\tno\tno\tINTJ\tUH\t_\t2\tobj\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n" +
		"# newdoc id = GUM_bio_two\n1\tNo\tno\tINTJ\tUH\t_\t0\troot\t_\t_\n\n"
)

// folder writes files under a new folder and returns its path.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// oracle reads sampleText and sampleTree without a fault, and fails the test when it
// is shown any gold but words.
func oracle(t *testing.T) Reader {
	hidden := func(d *doc.Doc) {
		for _, tok := range d.Tokens {
			if tok.UPOS+tok.XPOS+tok.Lemma+tok.Rel != "" || tok.Head != -1 {
				t.Errorf("the reader was shown a gold token: %+v", tok)
			}
		}
		if len(d.Statements) > 0 || d.Meta.Title != "" {
			t.Error("the reader was shown gold statements or metadata")
		}
	}
	parse := func(d *doc.Doc) {
		hidden(d)
		tags := map[string]doc.Token{"Ann": {UPOS: "PROPN", XPOS: "NNP", Lemma: "Ann", Head: 1, Rel: "nsubj"},
			"said": {UPOS: "VERB", XPOS: "VBD", Lemma: "say", Head: -1, Rel: "root"},
			"no":   {UPOS: "INTJ", XPOS: "UH", Lemma: "no", Head: 1, Rel: "obj"},
			"No":   {UPOS: "INTJ", XPOS: "UH", Lemma: "no", Head: -1, Rel: "root"},
			".":    {UPOS: "PUNCT", XPOS: ".", Lemma: ".", Head: 1, Rel: "punct"}}
		for i := range d.Tokens {
			span := d.Tokens[i].Span
			d.Tokens[i] = tags[d.Word(i)]
			d.Tokens[i].Span = span
		}
	}
	split := func(d *doc.Doc) {
		if d.Blocks != nil || d.Sentences != nil || d.Tokens != nil {
			t.Error("the reader was shown gold sentences")
		}
		end := len(strings.TrimSpace(d.Text))
		d.Sentences = []doc.Sentence{{Span: doc.Span{End: end}}}
		for _, w := range labelTokens(d.Text) {
			d.Tokens = append(d.Tokens, doc.Token{Span: w, Head: -1})
		}
		d.Sentences[0].Last = len(d.Tokens)
	}
	return Reader{
		Split: split, Parse: parse, Link: parse,
		Read: func(d *doc.Doc) {
			hidden(d)
			split(d)
			parse(d)
			d.Statements = mark("[S1 Ann] [C1 said] [Q1 no].").Statements
			d.Statements[0].Score = 1
		},
	}
}

func TestRun(t *testing.T) {
	dir := folder(t, map[string]string{
		"polnear/dev/text/a.txt": sampleText, "polnear/dev/attributions/a_0000.ann": sampleAnn,
		"polnear/train/text/a.txt": "train parts are \xff not opened",
		"gum/dev.conllu":           sampleTree, "gum/train.conllu": "not opened",
		"ud-a/dev/anything.at.all": sampleTree, "ud-a/dev/.hidden": "not opened",
		"ud-b/en_b-ud-dev.conllu": sampleTree,
		"ud-c/train.conllu":       "no dev part",
		"README.md":               "no corpus",
	})
	var calls atomic.Int32
	report, err := Run(Config{Corpora: dir, Tasks: []string{"quote", "syntax"}, Jobs: 2, Errors: 5, Progress: func(done, total int, what string) { calls.Add(1) }}, oracle(t))
	if err != nil {
		t.Fatal(err)
	}
	var heads, others []string
	for _, r := range report.Rows {
		if r.F1 == nil {
			others = append(others, fmt.Sprint(r.Metric, " ", r.Value))
			continue
		}
		if r.Value != 100 || *r.P != 100 || *r.R != 100 || *r.F1 != 100 || r.Low != 100 || r.High != 100 {
			t.Errorf("%s: %v, a perfect reading scores 100", r.key(), r)
		}
		if r.Baseline == nil && !atLeast(r.Metric) {
			t.Errorf("%s has no baseline", r.key())
		}
		if head := r.Task + " " + r.Corpus + " " + r.Part; !slices.Contains(heads, head) {
			heads = append(heads, head)
		}
	}
	want := []string{"quote polnear dev", "syntax gum dev", "syntax gum dev/news", "syntax ud-a dev", "syntax ud-b dev"}
	if !slices.Equal(heads, want) {
		t.Errorf("rows for %q, want %q", heads, want)
	}
	want = []string{"nested share 0", "reliability 0.9-1.0 100", "calibration error 0", "brier 0"}
	if !slices.Equal(others, want) {
		t.Errorf("rows without F1 %q, want %q", others, want)
	}
	notes := strings.Join(report.Notes, "\n")
	for _, want := range []string{"ud-c: no dev part", "polnear: no metadata.tsv"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q lack %q", notes, want)
		}
	}
	if len(report.Mistakes) != 1 || len(report.Mistakes[0].Groups) != 0 {
		t.Errorf("mistakes of a perfect reading: %+v", report.Mistakes)
	}
	if calls.Load() != 1+3*4 {
		t.Errorf("progress called %d times, want 13", calls.Load())
	}
}

// A second reader is scored beside the first, and leaves no rows, errors and notes of
// its own.
func TestRunFast(t *testing.T) {
	dir := folder(t, map[string]string{
		"polnear/dev/text/a.txt": sampleText, "polnear/dev/attributions/a_0000.ann": sampleAnn,
		"ud-a/dev.conllu": sampleTree, "ud-c/train.conllu": "no dev part",
	})
	best := oracle(t)
	alone, err := Run(Config{Corpora: dir, Tasks: []string{"quote", "syntax"}}, best)
	if err != nil {
		t.Fatal(err)
	}
	fast := oracle(t)
	fast.Version = "quick"
	fast.Read = func(d *doc.Doc) {
		best.Read(d)
		d.Statements[0].Source = doc.Source{}
	}
	fast.Parse = func(d *doc.Doc) {
		best.Parse(d)
		d.Tokens[0].UPOS = "X"
	}
	var shown []string
	both, err := Run(Config{Corpora: dir, Tasks: []string{"quote", "syntax"}, Fast: &fast, Progress: func(done, total int, what string) {
		if !slices.Contains(shown, what) {
			shown = append(shown, what)
		}
	}}, best)
	if err != nil {
		t.Fatal(err)
	}
	if both.Fast != "quick" || alone.Fast != "" {
		t.Errorf("versions of the fast reader %q and %q", both.Fast, alone.Fast)
	}
	if len(both.Rows) != len(alone.Rows) || !slices.Equal(both.Notes, alone.Notes) || len(both.Mistakes) != 1 || len(both.Mistakes[0].Groups) != 0 {
		t.Errorf("%d rows, %d alone; notes %q, alone %q; mistakes %+v", len(both.Rows), len(alone.Rows), both.Notes, alone.Notes, both.Mistakes)
	}
	got := map[string]float64{}
	for i, r := range both.Rows {
		if alone.Rows[i].Fast != nil {
			t.Errorf("%s has a value of a fast reader that was not measured", r.key())
		}
		if r.F1 != nil && (r.Value != 100 || r.Fast == nil) {
			t.Errorf("%s: value %v, fast %v", r.key(), r.Value, r.Fast)
		}
		if r.Fast != nil {
			got[r.Metric] = *r.Fast
		}
	}
	for metric, want := range map[string]float64{"strict source": 0, "strict cue": 100, "UPOS": 60, "UAS": 100, "words": 100} {
		if got[metric] != want {
			t.Errorf("%s of the fast reader is %v, want %v", metric, got[metric], want)
		}
	}
	want := []string{"polnear dev", "polnear dev, --fast", "ud-a dev, raw", "ud-a dev, gold words", "ud-a dev, raw, --fast", "ud-a dev, gold words, --fast"}
	if !slices.Equal(shown, want) {
		t.Errorf("progress of %q, want %q", shown, want)
	}
}

func TestRunTasks(t *testing.T) {
	dir := folder(t, map[string]string{"ud-a/dev.conllu": sampleTree})
	report, err := Run(Config{Corpora: dir, Tasks: []string{"quote"}}, oracle(t))
	if err != nil || len(report.Rows) != 0 || len(report.Notes) != 1 || !strings.Contains(report.Notes[0], "quote: no corpus") {
		t.Errorf("an absent corpus: %+v, %v", report, err)
	}
	var bad TaskError
	if _, err = Run(Config{Corpora: dir, Tasks: []string{"syntax", "chess"}}, oracle(t)); !errors.As(err, &bad) || !strings.Contains(err.Error(), "no such task") {
		t.Errorf("events: %v", err)
	}
	if _, err = Run(Config{Corpora: dir, Tasks: []string{"poetry"}}, oracle(t)); !errors.As(err, &bad) {
		t.Errorf("poetry: %v", err)
	}
	if _, err = Run(Config{Corpora: filepath.Join(dir, "none")}, oracle(t)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

// A corpus that cannot be read is an error, and the others are measured all the same.
func TestRunBroken(t *testing.T) {
	dir := folder(t, map[string]string{"ud-a/dev.conllu": "1\tbroken\n", "ud-b/dev.conllu": sampleTree})
	report, err := Run(Config{Corpora: dir, Tasks: []string{"syntax"}}, oracle(t))
	if err == nil || !strings.Contains(err.Error(), filepath.Join("ud-a", "dev.conllu")+": line 1") {
		t.Errorf("error %v", err)
	}
	if report == nil || len(report.Rows) != 7 || report.Rows[0].Corpus != "ud-b" {
		t.Errorf("report %+v", report)
	}
	r := oracle(t)
	r.Parse = func(d *doc.Doc) { d.Tokens = nil }
	if _, err := Run(Config{Corpora: dir, Tasks: []string{"syntax"}}, r); err == nil || !strings.Contains(err.Error(), "changed the words") {
		t.Errorf("a parser that loses words: %v", err)
	}
}

func TestCheckFloors(t *testing.T) {
	rows := table("quote", "polnear", "dev", []string{"strict cue", "strict triple"}, [][]Count{{{3, 4, 6}, {1, 2, 2}}})
	fast := 55.0
	rows[0].Fast = &fast
	floors := []Floor{{"quote", "polnear", "dev", "strict cue", 60, 54}, {"quote", "polnear", "dev", "strict triple", 50.5, 0}, {"syntax", "gum", "dev", "LAS", 80, 80}}
	var b bytes.Buffer
	err := CheckFloors(&b, rows, floors)
	if !errors.Is(err, ErrFloor) || strings.Contains(err.Error(), "cue") || !strings.Contains(err.Error(), "strict triple") {
		t.Errorf("error %v", err)
	}
	want := `quote polnear dev strict cue               60.00  floor  60.0  ok
quote polnear dev strict triple            50.00  floor  50.5  UNDER
syntax gum dev LAS                             -  floor  80.0  not measured
quote polnear dev strict cue, --fast       55.00  floor  54.0  ok
syntax gum dev LAS, --fast                     -  floor  80.0  not measured
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	if err := CheckFloors(&b, rows, floors[:1]); err != nil {
		t.Errorf("a figure at its floor: %v", err)
	}
	floors[0].Fast = 56
	if err := CheckFloors(&b, rows, floors[:1]); !errors.Is(err, ErrFloor) || !strings.Contains(err.Error(), "strict cue, --fast") {
		t.Errorf("a figure of the fast reader under its floor: %v", err)
	}
}

// Every floor of the file names a figure that is measured.
func TestFloors(t *testing.T) {
	metrics := map[string][]string{"quote": quoteMetrics, "syntax": slices.Concat(goldWordMetrics, rawMetrics), "names": nameMetrics,
		"coref": append([]string{"CoNLL", "pronouns"}, corefMetrics...), "sources": sourceMetrics, "times": timesMetrics, "places": {"gold spans, 161 km"}, "certainty": {"Pearson r", "macro-F1"}, "links": {"links", "found by the index"},
		"events":  {"macro-F1, no actors", "macro-F1, actors given", "countries of actors"},
		"origins": {"count exact", "count within one", "independent, found", "copies", "lineage edges", "circular, found", "tellings read"}}
	made := []string{"uw", "uds-ih2", madeCorpus, "stories"} // in no folder of their own
	floors := Floors()
	if len(floors) == 0 {
		t.Fatal("no floors")
	}
	for _, f := range floors {
		if !slices.Contains(metrics[f.Task], f.Metric) || !measures(f.Corpus, f.Task) && !slices.Contains(made, f.Corpus) || f.Floor <= 0 || f.Floor > 100 || f.Fast < 0 || f.Fast > 100 {
			t.Errorf("floor %+v", f)
		}
	}
}
