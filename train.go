package main

import (
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hearsay/corpus"
	"hearsay/doc"
	"hearsay/encode"
	"hearsay/extract"
	"hearsay/learn"
	"hearsay/models"
	"hearsay/quote"
	"hearsay/syntax"
)

type trainCmd struct {
	Task    string `arg:"" enum:"syntax,quote,words,reader" help:"syntax, quote, words or reader."`
	Corpora string `required:"" placeholder:"DIR" help:"Folder of the corpora."`
	Out     string `default:"models" placeholder:"DIR" help:"Folder for TASK/weights.bin and TASK/card.md (models)."`
	Seed    uint64 `default:"1" placeholder:"N" help:"Of the order in which examples are seen (1)."`
	Epochs  int    `placeholder:"N" help:"Passes over the data. Unless given: the stage's own number."`
	Limit   int    `placeholder:"N" help:"Read only the first N raw articles (words)."`
	Resume  string `placeholder:"FILE" help:"Keep a checkpoint in FILE, and go on from it if it exists (words)."`
}

func (trainCmd) Help() string {
	return `The same data, seed and version give the same bytes. A model is part of the program: build it again to read with what was trained. quote learns from articles that the built-in syntax model has parsed, so train syntax first and build between the two.

Examples:
  hearsay train syntax --corpora ../shared/corpora
  hearsay train quote --corpora ../shared/corpora --out /tmp/trial`
}

// Run trains a model and writes it with its card.
func (c *trainCmd) Run(e *env) error {
	report := newReporter(e.errs, "train "+c.Task)
	if c.Task == "words" {
		return c.words(e, report)
	}
	defer report.stop()
	o := learn.Options{Seed: c.Seed, Epochs: c.Epochs, Progress: report.progress}
	weights, err := c.train(o)
	if err != nil {
		return fmt.Errorf("train %s: %w", c.Task, err)
	}
	dir := filepath.Join(c.Out, c.Task)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("train %s: %w", c.Task, err)
	}
	for name, data := range map[string][]byte{"weights.bin": weights, "card.md": c.card(weights)} {
		if err := replace(filepath.Join(dir, name), data); err != nil {
			return fmt.Errorf("train %s: %w", c.Task, err)
		}
	}
	report.stop()
	_, err = fmt.Fprintf(e.out, "%s: %.1f MB; build the program again to read with it\n",
		filepath.Join(dir, "weights.bin"), float64(len(weights))/1e6)
	return err
}

// train brings a stage its corpora and returns the bytes of its model.
func (c *trainCmd) train(o learn.Options) ([]byte, error) {
	if c.Task == "reader" {
		return c.reader(o)
	}
	if c.Task == "syntax" {
		var docs []*doc.Doc
		for _, name := range []string{"ud-ewt", "gum"} {
			more, err := corpus.CoNLLU(filepath.Join(c.Corpora, name, "train.conllu"))
			if err != nil {
				return nil, err
			}
			docs = append(docs, more...)
		}
		raw, err := corpus.AllSides(filepath.Join(c.Corpora, "raw", "allsides-37k.jsonl.gz"), rawArticles)
		if err != nil {
			return nil, err
		}
		docs = append(docs, raw...)
		m, err := syntax.Train(docs, o)
		if err != nil {
			return nil, err
		}
		return m.Bytes(), nil
	}
	docs, err := corpus.PolNeAR(filepath.Join(c.Corpora, "polnear", "train"))
	if err != nil {
		return nil, err
	}
	parser, err := syntax.Load(models.Bytes("syntax"))
	if err != nil {
		return nil, err
	}
	for _, d := range docs {
		extract.Layout(d)
		parser.Annotate(d)
	}
	m, err := quote.Train(docs, o)
	if err != nil {
		return nil, err
	}
	return m.Bytes(), nil
}

// words learns representations of words from raw news.
func (c *trainCmd) words(e *env, report *reporter) error {
	defer report.stop()
	parser, err := syntax.Load(models.Bytes("syntax"))
	if err != nil {
		return err
	}
	docs, err := corpus.AllSides(filepath.Join(c.Corpora, "raw", "allsides-37k.jsonl.gz"), c.Limit)
	if err != nil {
		return err
	}
	more, err := corpus.PolNeAR(filepath.Join(c.Corpora, "polnear", "train"))
	if err != nil {
		return err
	}
	docs = append(docs, more...)
	text := encode.NewText()
	for i, d := range docs {
		extract.Layout(d)
		parser.Split(d)
		text.Add(d)
		docs[i] = nil
		if i%1000 == 0 {
			report.progress(0, 1, fmt.Sprintf("%d articles split", i))
		}
	}
	o := encode.PretrainOptions{Options: learn.Options{Seed: c.Seed, Epochs: c.Epochs, Progress: report.progress}, Checkpoint: c.Resume, Every: 1000}
	weights, err := encode.Pretrain(text, o)
	if err != nil {
		return fmt.Errorf("train words: %w", err)
	}
	report.stop()
	path := filepath.Join(c.Out, "encode", "pretrained.bin")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("train words: %w", err)
	}
	return replace(path, weights)
}

// rawArticles is how many articles of corpora/raw word classes are learnt from.
const rawArticles = 15000

// cards say what stands on the card of each model.
var cards = map[string]struct{ reads, data, licence, method string }{
	"syntax": {
		"text into sentences, words, tags, lemmas and dependency trees (Universal Dependencies)",
		"train parts of UD English EWT and of GUM 11 without Reddit; word classes from the first 15,000 articles of AllSides",
		"EWT is CC BY-SA 4.0. AllSides: repository Apache-2.0, texts the publishers'. GUM's annotations are CC BY 4.0, its texts by genre, some NC. The weights hold numbers and a table of word forms with their lemmas, no text",
		"linear models over hashed features, stored as int8: classifiers for words and sentence ends, word classes by exchange clustering, a tagger from left to right, suffix rules for lemmas, an arc-hybrid parser with a dynamic oracle",
	},
	"quote": {
		"parsed text into statements: source, cue and content of who said what",
		"train part of PolNeAR, the first annotator of each article, parsed by the syntax model that ships with the same commit",
		"PolNeAR states none. The weights hold hashed features and numbers, no text",
		"linear models over hashed features, stored as int8: a classifier for cues, and a structured perceptron for the roles round a cue",
	},
}

// card returns the model's card. It has no date: the same training writes the same card.
func (c *trainCmd) card(weights []byte) []byte {
	k := cards[c.Task]
	command := fmt.Sprintf("hearsay train %s --corpora DIR --seed %d", c.Task, c.Seed)
	if c.Epochs > 0 {
		command += fmt.Sprintf(" --epochs %d", c.Epochs)
	}
	built := commit()
	if built == "" {
		built = "not known to the build; the one that last changed weights.bin"
	}
	return fmt.Appendf(nil, `# Model %s

Reads %s.

- Data: %s.
- Licence of the data: %s.
- Method: %s.
- Seed: %d.
- Command: `+"`%s`"+`
- Commit: %s.
- Held-out score: RESULTS.md, which `+"`hearsay eval --write`"+` writes from the dev parts.
- Checksum: xxhash64 %x of all bytes before the last eight, which hold it; the program refuses a file that differs.
- Size: %d bytes.
`, c.Task, k.reads, k.data, k.licence, k.method, c.Seed, command, built, checksum(weights), len(weights))
}

// checksum returns the hash that ends a model file, highest byte first.
func checksum(weights []byte) []byte {
	var sum []byte
	for i := range min(8, len(weights)) {
		sum = append(sum, weights[len(weights)-1-i])
	}
	return sum
}

// replace writes a file beside its place and moves it there, so that nobody reads
// half of one.
func replace(path string, data []byte) error {
	tmp := path + ".new"
	if err := os.WriteFile(tmp, data, 0o644); err != nil {
		os.Remove(tmp)
		return err
	}
	return os.Rename(tmp, path)
}

// reporter shows how far training is: a bar on a terminal, else a line for each
// percent or new note.
type reporter struct {
	bar     *meter
	out     io.Writer
	name    string
	start   time.Time
	percent float64
	note    string
}

func newReporter(w io.Writer, name string) *reporter {
	r := &reporter{out: w, name: name, start: time.Now(), percent: -1}
	if isTerminal(w) {
		r.bar = newMeter(w, 1000, name)
	}
	return r
}

// progress is learn.Options.Progress.
func (r *reporter) progress(done, total float64, note string) {
	part := 0.0
	if total > 0 {
		part = min(1, done/total)
	}
	note = strings.TrimSpace(note)
	if r.bar != nil {
		if note != r.note && note != "" {
			r.bar.say(note)
		}
		r.note = note
		r.bar.reach(int(1000 * part))
		return
	}
	if percent := math.Floor(100 * part); percent != r.percent || note != r.note {
		fmt.Fprintf(r.out, "%s  %3.0f %%  %6s  %s\n", r.name, percent, time.Since(r.start).Round(time.Second), note)
		r.percent, r.note = percent, note
	}
}

// stop takes the bar off. It may be called twice.
func (r *reporter) stop() {
	if r.bar != nil {
		r.bar.stop()
		r.bar = nil
	}
}
