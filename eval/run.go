package eval

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"hearsay/corpus"
	"hearsay/doc"
)

// Reader is what is measured. Each function writes its layers into the Doc, and must
// be safe for concurrent use where Config.Jobs is above 1.
type Reader struct {
	// Version is of the program and the models, for WriteResults.
	Version string
	// Read fills all layers of a Doc that has its text alone: the whole reading.
	Read func(*doc.Doc)
	// Split fills the sentences and words of a Doc that has its text alone; it may
	// fill more.
	Split func(*doc.Doc)
	// Parse fills tags, lemmas and trees of a Doc with gold blocks, sentences and words.
	Parse func(*doc.Doc)
	// Names fills the names of a Doc with gold blocks, sentences and words.
	Names func(*doc.Doc)
	// Link fills all layers of a Doc with gold blocks, sentences and words.
	Link func(*doc.Doc)
	// Sources reads a Doc that has its text alone, with these statements in place of
	// those that it would find: span of source, cue and content are given.
	Sources func(*doc.Doc, []doc.Statement)
	// Certainty reads a Doc with gold blocks, sentences and words, and says how sure whoever
	// speaks is of what each of the tokens tells; web asks for degrees as UDS-IH2 gives them,
	// else they are as UW's.
	Certainty func(d *doc.Doc, tokens []int, web bool) []doc.Commitment
	// Event returns the class of PLOVER that a Doc of one sentence tells, which Read has read;
	// source and target are empty where they are not given.
	Event func(d *doc.Doc, source, target doc.Span) string
	// Parties returns who the words of a span are.
	Parties func(d *doc.Doc, span doc.Span) []doc.Party
}

// Config says what to measure.
type Config struct {
	Corpora string   // folder laid out like corpora/
	Tasks   []string // none: all that are built
	Jobs    int      // articles read at once; below 2: one
	Errors  int      // how many errors to sample for each corpus that has them
	Seed    uint64   // of the sample
	// Fast, if not nil, is a second reader, of which the values alone are reported
	// beside those of the first: Row.Fast.
	Fast *Reader
	// Open scores the sources and the links of the articles that served to find errors, in
	// place of those kept aside; Wrong, if not nil, hears of each that was read wrong.
	Open  bool
	Wrong SourceErrors
	// Worlds, if not nil and Open, hears of the graph of each world of the shipped
	// templates that served while origins were made, beside its truth.
	Worlds func(string)
	// WrongEvent, if not nil, hears of the countries of each side that were read wrong.
	WrongEvent func(d *doc.Doc, side doc.Span, want, got []string)
	// Progress, if not nil, hears how many articles of a part have been read.
	Progress func(done, total int, what string)

	// raw returns the articles of corpora/raw, which are unpacked once for all tasks.
	raw func() ([]*doc.Doc, error)
}

// Report is what came of a run.
type Report struct {
	Version  string
	Fast     string // version of the fast reader; "" where it was not measured
	Rows     []Row
	Mistakes []Mistakes // one for each corpus of statements
	Notes    []string   // what was skipped and why, for standard error
}

// Tasks are the tasks that can be measured now.
var Tasks = []string{"quote", "syntax", "names", "coref", "sources", "times", "places", "certainty", "events", "links", "origins"}

// TaskError is the use of a task that there is not.
type TaskError struct{ Task string }

// Error says which tasks there are.
func (e TaskError) Error() string {
	return fmt.Sprintf("eval %s: no such task; tasks: %s", e.Task, strings.Join(Tasks, ", "))
}

// Run scores the reader, and Config.Fast beside it, on the dev parts of a folder of
// corpora. Folders that are not
// there are skipped, and the notes say so. A corpus that cannot be read is skipped
// too, and the error, which then comes with a report of the rest, joins what was
// wrong. A task that cannot be measured is a TaskError.
func Run(c Config, r Reader) (*Report, error) {
	for _, name := range c.Tasks {
		if !slices.Contains(Tasks, name) {
			return nil, TaskError{name}
		}
	}
	entries, err := os.ReadDir(c.Corpora)
	if err != nil {
		return nil, fmt.Errorf("eval: %w", err)
	}
	c.raw = sync.OnceValues(func() ([]*doc.Doc, error) {
		return corpus.AllSides(filepath.Join(c.Corpora, "raw", "allsides-37k.jsonl.gz"), 0)
	})
	report, fast := &Report{Version: r.Version}, &Report{}
	if c.Fast != nil {
		report.Fast = c.Fast.Version
	}
	var failed []error
	for _, task := range Tasks {
		if len(c.Tasks) > 0 && !slices.Contains(c.Tasks, task) {
			continue
		}
		found := false
		for _, e := range entries {
			name := e.Name()
			if !measures(name, task) {
				continue
			}
			found = true
			err := report.corpus(c, r, task, name)
			if err == nil && c.Fast != nil {
				err = fast.corpus(c.named("--fast"), *c.Fast, task, name)
			}
			if err != nil {
				failed = append(failed, fmt.Errorf("eval %s: %w", task, err))
			}
		}
		if task == "origins" {
			found = true
			report.made(c, r)
			if err := report.realCopies(c); err != nil {
				failed = append(failed, fmt.Errorf("eval %s: %w", task, err))
			}
			if c.Fast != nil {
				fast.made(c.named("--fast"), *c.Fast)
			}
		}
		if !found {
			report.note("%s: no corpus for it in %s, skipped", task, c.Corpora)
		}
	}
	report.beside(fast.Rows)
	return report, errors.Join(failed...)
}

// named returns a Config whose progress names the reader.
func (c Config) named(reader string) Config {
	if show := c.Progress; show != nil {
		c.Progress = func(done, total int, what string) { show(done, total, what+", "+reader) }
	}
	return c
}

// corpus adds what a reader scores on one corpus.
func (r *Report) corpus(c Config, read Reader, task, name string) error {
	if task == "certainty" && name == "factuality" {
		return r.factuality(c, read, name)
	}
	if task == "events" {
		return r.events(c, read, name)
	}
	if task == "links" {
		return r.links(c, read, name)
	}
	parts, err := devParts(filepath.Join(c.Corpora, name))
	switch {
	case err != nil:
		return err
	case len(parts) == 0:
		r.note("%s: no dev part, skipped", name)
		return nil
	case task == "quote":
		return r.quote(c, read, name, parts)
	case task == "times":
		return r.times(c, read, name, parts)
	case task == "places":
		return r.places(c, read, name, parts)
	case task == "sources":
		return r.sources(c, read, name, parts)
	case task == "coref":
		return r.coref(c, read, name, parts)
	case task == "names":
		return r.names(c, read, name, parts)
	case task == "origins":
		return r.origins(c, read, name, parts)
	case task == "certainty":
		return r.meantime(c, read, name, parts)
	}
	return r.syntax(c, read, name, parts)
}

// beside sets the values of the fast reader's rows beside those of the same figures.
func (r *Report) beside(fast []Row) {
	values := map[string]float64{}
	for _, row := range fast {
		values[row.key()] = row.Value
	}
	for i := range r.Rows {
		if v, ok := values[r.Rows[i].key()]; ok {
			r.Rows[i].Fast = &v
		}
	}
}

func (r *Report) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

// measures says whether a corpus measures a task, by the name of its folder.
func measures(name, task string) bool {
	switch task {
	case "quote", "sources":
		return name == "polnear"
	case "syntax":
		return name == "gum" || strings.HasPrefix(name, "ud-")
	case "names":
		return name == "worldwide-ner" || strings.HasPrefix(name, "uner-")
	case "times":
		return name == "timex"
	case "places":
		return name == "geo"
	case "origins":
		return name == "worlds"
	case "links":
		return name == "stories"
	case "coref":
		return name == "gum" || name == "gap"
	case "certainty":
		return name == "factuality" || name == "meantime"
	case "events":
		return name == "plover"
	}
	return false
}

// devParts returns the paths of what a corpus holds for measuring: the folder dev, or
// the files dev.EXT and NAME-dev.EXT.
func devParts(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var parts []string
	for _, e := range entries {
		stem := strings.TrimSuffix(e.Name(), filepath.Ext(e.Name()))
		if stem == "dev" || !e.IsDir() && strings.HasSuffix(stem, "-dev") {
			parts = append(parts, filepath.Join(dir, e.Name()))
		}
	}
	return parts, nil
}

func (r *Report) quote(c Config, read Reader, name string, dirs []string) error {
	var gold []*doc.Doc
	for _, dir := range dirs {
		docs, err := corpus.PolNeAR(dir)
		if err != nil {
			return err
		}
		gold = append(gold, docs...)
	}
	if _, err := os.Stat(filepath.Join(c.Corpora, name, "metadata.tsv")); err != nil {
		r.note("%s: no metadata.tsv; scores do not need it", name)
	}
	pred := bare(gold)
	each(c, pred, name+" dev", read.Read)
	trivial := make([]*doc.Doc, len(pred))
	for i, d := range pred {
		trivial[i] = &doc.Doc{Text: d.Text, Statements: sayBaseline(d)}
	}
	rows, base := QuoteRows(name, "dev", gold, pred), QuoteRows(name, "dev", gold, trivial)
	for i := range rows {
		if rows[i].F1 != nil {
			rows[i].Baseline = &base[i].Value
		}
	}
	rows = append(rows, LeastRows(name, "dev", gold, pred)...)
	r.Rows = append(r.Rows, append(rows, ScoreRows(name, "dev", gold, pred)...)...)
	m := Errors(gold, pred, c.Errors, c.Seed)
	m.Task, m.Corpus = "quote", name
	r.Mistakes = append(r.Mistakes, m)
	return nil
}

func (r *Report) syntax(c Config, read Reader, name string, paths []string) error {
	gold, err := treebank(paths)
	if err != nil {
		return err
	}
	if len(gold) == 0 {
		r.note("%s: its dev part is empty, skipped", name)
		return nil
	}
	split, parsed := bare(gold), goldWords(gold)
	each(c, split, name+" dev, raw", read.Split)
	each(c, parsed, name+" dev, gold words", read.Parse)
	for i := range gold {
		if len(parsed[i].Tokens) != len(gold[i].Tokens) {
			return fmt.Errorf("%s: Parse changed the words of %s", name, gold[i].Meta.Path)
		}
	}
	r.Rows = append(r.Rows, syntaxRows(name, "dev", gold, parsed, split)...)
	if name != "gum" {
		return nil
	}
	var g, p, s []*doc.Doc
	for i, d := range gold {
		if strings.HasPrefix(d.Meta.Path, "GUM_news_") {
			g, p, s = append(g, d), append(p, parsed[i]), append(s, split[i])
		}
	}
	if len(g) > 0 {
		r.Rows = append(r.Rows, syntaxRows(name, "dev/news", g, p, s)...)
	}
	return nil
}

// treebank reads the CoNLL-U files of dev parts.
func treebank(paths []string) (gold []*doc.Doc, err error) {
	for _, path := range paths {
		files, err := filesOf(path)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			docs, err := corpus.CoNLLU(file)
			if err != nil {
				return nil, err
			}
			gold = append(gold, docs...)
		}
	}
	return gold, nil
}

// syntaxRows scores documents parsed on gold words and split from raw text.
func syntaxRows(corpus, part string, gold, parsed, split []*doc.Doc) []Row {
	words := func(pred []*doc.Doc) []Row {
		return table("syntax", corpus, part, goldWordMetrics, score(gold, pred, GoldWordCounts))
	}
	raw := func(pred []*doc.Doc) []Row {
		return table("syntax", corpus, part, rawMetrics, score(gold, pred, RawCounts))
	}
	rows := append(words(parsed), raw(split)...)
	base := append(words(chainBaseline(gold)), raw(spaceBaseline(gold))...)
	for i := range rows {
		rows[i].Baseline = &base[i].Value
	}
	return rows
}

// QuoteRows scores predicted statements against gold ones: pred[i] is the reading of
// gold[i]'s text.
func QuoteRows(corpus, part string, gold, pred []*doc.Doc) []Row {
	return table("quote", corpus, part, quoteMetrics, score(gold, pred, QuoteCounts))
}

// score counts each pair of articles: counts[article][metric].
func score(gold, pred []*doc.Doc, count func(gold, pred *doc.Doc) []Count) [][]Count {
	counts := make([][]Count, len(gold))
	for i := range gold {
		counts[i] = count(gold[i], pred[i])
	}
	return counts
}

// table turns the counts of articles into rows.
func table(task, corpus, part string, names []string, counts [][]Count) []Row {
	rows := make([]Row, len(names))
	for k, name := range names {
		m := metric{name: name, share: strings.HasSuffix(name, " share")}
		for _, article := range counts {
			m.articles = append(m.articles, article[k])
		}
		rows[k] = m.row(task, corpus, part)
	}
	return rows
}

// filesOf returns a file itself, and the files of a folder in name order without
// hidden ones.
func filesOf(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, e := range entries {
		if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			files = append(files, filepath.Join(path, e.Name()))
		}
	}
	return files, nil
}

// bare returns Docs with the text alone: no gold reaches the reader.
func bare(gold []*doc.Doc) []*doc.Doc {
	docs := make([]*doc.Doc, len(gold))
	for i, g := range gold {
		docs[i] = doc.New(g.Text)
		docs[i].Meta.Path = g.Meta.Path
	}
	return docs
}

// goldWords returns Docs with the gold blocks, sentences and spans of words alone.
func goldWords(gold []*doc.Doc) []*doc.Doc {
	docs := bare(gold)
	for i, g := range gold {
		docs[i].Blocks = slices.Clone(g.Blocks)
		docs[i].Sentences = slices.Clone(g.Sentences)
		docs[i].Tokens = make([]doc.Token, len(g.Tokens))
		for t := range g.Tokens {
			docs[i].Tokens[t] = doc.Token{Span: g.Tokens[t].Span, Head: -1}
		}
	}
	return docs
}

// each calls f for every Doc, Config.Jobs at once. Their order makes no difference.
func each(c Config, docs []*doc.Doc, what string, f func(*doc.Doc)) {
	next := make(chan *doc.Doc)
	var wait sync.WaitGroup
	var mu sync.Mutex
	done := 0
	for range max(1, c.Jobs) {
		wait.Go(func() {
			for d := range next {
				f(d)
				mu.Lock()
				done++
				if c.Progress != nil {
					c.Progress(done, len(docs), what)
				}
				mu.Unlock()
			}
		})
	}
	for _, d := range docs {
		next <- d
	}
	close(next)
	wait.Wait()
}
