package main

import (
	"fmt"
	"io"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
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
	Task    string `arg:"" enum:"syntax,quote,words,reader,heard,names,coref,certainty,event" help:"syntax, quote, words, reader, heard, names, coref, certainty or event."`
	Corpora string `required:"" placeholder:"DIR" help:"Folder of the corpora."`
	Out     string `default:"models" placeholder:"DIR" help:"Folder for NAME/weights.bin and NAME/card.md of each model (models)."`
	Seed    uint64 `default:"1" placeholder:"N" help:"Of the order in which examples are seen (1)."`
	Epochs  int    `placeholder:"N" help:"Passes over the data. Unless given: the stage's own number."`
	Limit   int    `placeholder:"N" help:"Read only the first N raw articles (words, heard, coref)."`
	Resume  string `placeholder:"FILE" help:"Keep a checkpoint in FILE, and go on from it if it exists (words, reader)."`
	Start   string `enum:"all,words,nothing,shipped" default:"all" help:"What of that which raw news taught to begin with (reader): all, words or nothing. Less than all shows what the rest is worth. With shipped, names keeps the second encoder and the first tagger of the built-in model and trains the second opinion alone."`

	note string // for the card: scores that training itself measured
}

func (trainCmd) Help() string {
	return `The same data, seed and version give the same bytes. A model is part of the program: build it again to read with what was trained. syntax writes two models: split, for words, sentences and lemmas, which every reader uses, and syntax, the parser of read --fast. quote finds the statements of read --fast; it learns from articles that the built-in syntax model has parsed, so train syntax first and build between the two. words learns from raw text what reader begins with; reader begins with words, takes the names of tags from split and the first trees from syntax, and learns from quote which words inside contents are cues: build before it. names learns a second encoder, from words and reader, with a tagger on it, and then a second opinion over reader, which has heard what heard wrote: what the built-in names makes of the words of raw news. Without that file it has heard nothing. coref learns from what reader and names read: build between the two. event learns from what all of them read, and from the frames of lexicon/plover. certainty learns from what reader and names read, and from the rules of the program that trains it.

Examples:
  hearsay train syntax --corpora ../shared/corpora
  hearsay train quote --corpora ../shared/corpora --out /tmp/trial`
}

// Run trains a model and writes it with its card.
func (c *trainCmd) Run(e *env) error {
	if c.Start == "shipped" && c.Task != "names" {
		return usageError("--start shipped is for names")
	}
	if c.Epochs == 0 {
		c.Epochs = map[string]int{"syntax": 8, "quote": 8, "words": 2, "reader": 22, "heard": 1, "names": 10, "coref": 8, "certainty": 10, "event": 15}[c.Task]
	}
	report := newReporter(e.errs, "train "+c.Task)
	if c.Task == "words" {
		return c.words(e, report)
	}
	defer report.stop()
	o := learn.Options{Seed: c.Seed, Epochs: c.Epochs, Progress: report.progress}
	if c.Task == "heard" {
		b, err := c.heard(o)
		if err != nil {
			return fmt.Errorf("train heard: %w", err)
		}
		report.stop()
		return c.keep("heard", "table.bin", b)
	}
	weights, err := c.train(o)
	if err != nil {
		return fmt.Errorf("train %s: %w", c.Task, err)
	}
	report.stop()
	for _, name := range slices.Sorted(maps.Keys(weights)) {
		path, err := c.save(name, weights[name])
		if err != nil {
			return fmt.Errorf("train %s: %w", c.Task, err)
		}
		if _, err := fmt.Fprintf(e.out, "%s: %.1f MB; build the program again to read with it\n", path, float64(len(weights[name]))/1e6); err != nil {
			return err
		}
	}
	return nil
}

// save writes a model with its card and returns where its weights are.
func (c *trainCmd) save(name string, weights []byte) (string, error) {
	dir := filepath.Join(c.Out, name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	if err := replace(filepath.Join(dir, "card.md"), c.card(name, weights)); err != nil {
		return "", err
	}
	path := filepath.Join(dir, "weights.bin")
	return path, replace(path, weights)
}

// train brings a stage its corpora and returns the bytes of its models by their names.
func (c *trainCmd) train(o learn.Options) (map[string][]byte, error) {
	switch c.Task {
	case "syntax":
		return c.syntax(o)
	case "quote":
		return c.quote(o)
	case "names":
		b, err := c.names(o)
		return map[string][]byte{"names": b}, err
	case "coref":
		b, err := c.coref(o)
		return map[string][]byte{"coref": b}, err
	case "certainty":
		b, err := c.certainty(o)
		return map[string][]byte{"certainty": b}, err
	case "event":
		b, err := c.events(o)
		return map[string][]byte{"event": b}, err
	}
	b, err := c.reader(o)
	return map[string][]byte{"reader": b}, err
}

// syntax trains words, sentences and lemmas, and the linear tagger and parser.
func (c *trainCmd) syntax(o learn.Options) (map[string][]byte, error) {
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
	m, err := syntax.Train(append(docs, raw...), o)
	if err != nil {
		return nil, err
	}
	return map[string][]byte{"split": m.Bytes(), "syntax": m.LinearBytes()}, nil
}

// quote trains the linear finder of statements.
func (c *trainCmd) quote(o learn.Options) (map[string][]byte, error) {
	docs, err := corpus.PolNeAR(filepath.Join(c.Corpora, "polnear", "train"))
	if err != nil {
		return nil, err
	}
	parser, err := linearParser()
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
	return map[string][]byte{"quote": m.Bytes()}, nil
}

// linearParser returns the linear models of syntax that ship with the program.
func linearParser() (*syntax.Model, error) {
	m, err := syntax.Load(models.Bytes("split"))
	if err != nil {
		return nil, err
	}
	return m, m.LoadLinear(models.Bytes("syntax"))
}

// words learns representations of words from raw news.
func (c *trainCmd) words(e *env, report *reporter) error {
	defer report.stop()
	splitter, err := syntax.Load(models.Bytes("split"))
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
		splitter.Split(d)
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
	return c.keep("encode", "pretrained.bin", weights)
}

// keep writes what other trainings begin with, with its card.
func (c *trainCmd) keep(name, file string, weights []byte) error {
	dir := filepath.Join(c.Out, name)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("train %s: %w", c.Task, err)
	}
	if err := replace(filepath.Join(dir, file), weights); err != nil {
		return fmt.Errorf("train %s: %w", c.Task, err)
	}
	return replace(filepath.Join(dir, "card.md"), c.card(name, weights))
}

// rawArticles is how many articles of corpora/raw word classes are learnt from.
const rawArticles = 15000

// cards say what stands on the card of each model.
var cards = map[string]struct{ reads, data, licence, method string }{
	"split": {
		"text into sentences and words, and words with their tags into lemmas (Universal Dependencies); it also names the tags and relations of the models that tag and parse",
		"train parts of UD English EWT and of GUM 11 without Reddit",
		"EWT is CC BY-SA 4.0. GUM's annotations are CC BY 4.0, its texts by genre, some NC. The weights hold numbers and a table of word forms with their lemmas, no text",
		"classifiers for words and sentence ends, linear models over hashed features stored as int8; a look-up and suffix rules for lemmas",
	},
	"syntax": {
		"words into tags and dependency trees (Universal Dependencies), for `hearsay read --fast`; the model split goes before it",
		"train parts of UD English EWT and of GUM 11 without Reddit; word classes from the first 15,000 articles of AllSides",
		"EWT is CC BY-SA 4.0. AllSides: repository Apache-2.0, texts the publishers'. GUM's annotations are CC BY 4.0, its texts by genre, some NC. The weights hold numbers, no text",
		"linear models over hashed features, stored as int8 and packed by zstd: word classes by exchange clustering, a tagger from left to right, an arc-hybrid parser with a dynamic oracle",
	},
	"quote": {
		"parsed text into statements, source, cue and content of who said what, for `hearsay read --fast`",
		"train part of PolNeAR, the first annotator of each article, parsed by the models split and syntax that ship with the same commit",
		"PolNeAR states none. The weights hold hashed features and numbers, no text",
		"linear models over hashed features, stored as int8 and packed by zstd: a classifier for cues, and a structured perceptron for the roles round a cue",
	},
	"encode": {
		"nothing by itself: it is what `hearsay train reader` begins with, and no part of the program",
		"all articles of AllSides and the texts of PolNeAR's train part, 38 million words",
		"AllSides: repository Apache-2.0, texts the publishers'. PolNeAR states none. The weights hold numbers and a list of frequent words, no text",
		"rows for words, shapes and affixes added up, and recurrent units (SRU) from either side, trained to guess each word from both; stored as bfloat16 in pretrained.bin",
	},
	"heard": {
		"nothing by itself: it is what the second opinion of the model names has heard of words, and goes into that model",
		"the first 12,000 articles of AllSides, each to 2,500 bytes, as the tagger that the model names had before there was a second opinion reads them; the command makes a new table, from the model that is built in",
		"AllSides: repository Apache-2.0, texts the publishers'. The table holds hashes of words with numbers, no text",
		"counts: of each word and each run of up to four, what kind of name it mostly is, and how often it is none",
	},
	"coref": {
		"mentions into what they refer to; the models reader and names go before it",
		"train parts of GUM 11 without Reddit and of GAP; the first 10,000 articles of AllSides, in which names were replaced by pronouns and descriptions",
		"AllSides: repository Apache-2.0, texts the publishers'. GUM's annotations are CC BY 4.0, its texts by genre, some NC; GAP is Apache-2.0. The weights hold hashed features and numbers, no text",
		"neural, stored as int8: for each mention, those before it and \"new\" are ranked from the encoder's vectors of both and hashed signs of the pair",
	},
	"certainty": {
		"predicates into degrees of certainty from -3 to 3; the models reader and names go before it",
		"train parts of UW and UDS-IH2",
		"UDS-IH2 is CC BY-SA 4.0, UW states none. The weights hold hashed features and numbers, no text",
		"neural, stored as int8: one hidden layer over the encoders' vectors of a predicate and of the words above it, and hashed signs, among them what the rules make of it",
	},
	"event": {
		"which of PLOVER's classes a sentence tells, with its actors given or not; frames find the events of a reading without it",
		"train part of PLV; the examples of lexicon/plover; the first sentences of NGEC's 4,500 synthetic stories",
		"PLV and the stories state none; the examples are the project's own. The weights hold hashed features and numbers, no text",
		"two multinomial logistic regressions over hashed signs (words, frames, the tree about the predicate and the actors), stored as int8 and packed by zstd; signs of other text than PLV's are shared, those of PLV have copies of their own",
	},
	"names": {
		"names of people, organizations, places, groups and others; the model reader goes before it",
		"train parts of the Worldwide English Newswire corpus, of Universal NER over EWT and of CrossNER's politics; the table heard, from raw news. Facilities are places, parties organizations, products and events other things; what Universal NER labels OTH and CrossNER misc is a group or another thing",
		"EWT is CC BY-SA 4.0, CrossNER MIT; Worldwide states none. AllSides: repository Apache-2.0, texts the publishers'. The weights hold hashed features and numbers, no text",
		"neural, stored as int8: two taggers, one over a second encoder's vectors and one over the reader's, each with recurrent units and signs of the words; their scores are added up, the latter's by half, in a conditional random field that takes what a corpus does not mark for any type. With --start shipped, the second encoder and its tagger are those of the commit before, whose card said `hearsay train names --corpora DIR --seed 1 --epochs 10`",
	},
	"reader": {
		"words into tags, dependency trees and statements (source, cue and content of who said what); the model split goes before it",
		"words from all articles of AllSides and the texts of PolNeAR's train part; tags and trees from the train parts of UD English EWT and of GUM 11 without Reddit; statements from the train part of PolNeAR, every annotator; cues inside contents from the model quote that ships with the same commit",
		"EWT is CC BY-SA 4.0. AllSides: repository Apache-2.0, texts the publishers'. GUM's annotations are CC BY 4.0, its texts by genre, some NC. PolNeAR states none. The weights hold numbers and a list of frequent words, no text",
		"neural, stored as int8: rows for words, shapes and affixes added up, recurrent units (SRU) from both sides trained to guess words, and on top of them heads for tags, biaffine trees, cues and roles",
	},
}

// card returns the model's card. It has no date: the same training writes the same card.
func (c *trainCmd) card(name string, weights []byte) []byte {
	k := cards[name]
	command := fmt.Sprintf("hearsay train %s --corpora DIR --seed %d --epochs %d", c.Task, c.Seed, c.Epochs)
	if c.Start == "shipped" {
		command += " --start shipped"
	}
	score := "RESULTS.md, which `hearsay eval --write` writes from the dev parts"
	switch name {
	case "encode":
		score = "what it is worth to the reader stands in design/reader.md"
	case "heard":
		score = "what it is worth to names stands in design/entity.md"
	}
	if c.note != "" {
		score = c.note + score
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
- Held-out score: %s.
- Checksum: xxhash64 %x of all bytes before the last eight, which hold it; the program refuses a file that differs.
- Size: %d bytes.
`, name, k.reads, k.data, k.licence, k.method, c.Seed, command, built, score, checksum(weights), len(weights))
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
