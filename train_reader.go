package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"hearsay/corpus"
	"hearsay/doc"
	"hearsay/encode"
	"hearsay/extract"
	"hearsay/learn"
	"hearsay/models"
	"hearsay/quote"
)

// reader trains the encoder with the heads of all stages that read it.
func (c *trainCmd) reader(o learn.Options) ([]byte, error) {
	pretrained, err := c.pretrained()
	if err != nil {
		return nil, err
	}
	parser, err := linearParser()
	if err != nil {
		return nil, err
	}
	var treebanks []*doc.Doc
	for _, name := range []string{"ud-ewt", "gum"} {
		docs, err := corpus.CoNLLU(filepath.Join(c.Corpora, name, "train.conllu"))
		if err != nil {
			return nil, err
		}
		treebanks = append(treebanks, docs...)
	}
	articles, err := corpus.PolNeAREvery(filepath.Join(c.Corpora, "polnear", "train"))
	if err != nil {
		return nil, err
	}
	for _, d := range articles {
		extract.Layout(d)
		parser.Annotate(d)
	}
	t, err := encode.NewTrainer(pretrained, encode.Start(c.Start), c.Seed)
	if err != nil {
		return nil, err
	}
	trees := parser.NewTrainer(t.Params, encode.Dim)
	teacher, err := quote.Load(models.Bytes("quote"))
	if err != nil {
		return nil, err
	}
	statements := quote.NewTrainer(t.Params, encode.Dim, teacher)
	learnt, kept := quote.Divide(articles)
	statements.See(learnt)
	words := 0
	for _, d := range treebanks {
		words += len(d.Tokens)
	}
	// Of a step, so that both courses take about as long.
	const treeWords, articleWords = 1500, 1200
	steps := o.Epochs * words / treeWords
	freeze := func() *learn.File {
		f := t.Freeze()
		f.Sections = append(f.Sections, trees.Sections()...)
		f.Sections = append(f.Sections, statements.Sections()...)
		return f
	}
	load := func(f *learn.File) (*encode.Model, error) {
		e, err := encode.Load(f)
		if err != nil {
			return nil, err
		}
		return e, parser.LoadHeads(f, encode.Dim)
	}
	reparse := func(f *learn.File, docs []*doc.Doc) error {
		e, err := load(f)
		if err != nil {
			return err
		}
		for _, d := range docs {
			e.Annotate(d)
			parser.Parse(d)
		}
		return nil
	}
	if len(learnt) == 0 || len(kept) == 0 {
		return nil, errors.New("fewer than ten articles")
	}
	courses := []encode.Course{{Head: trees, Docs: treebanks, Size: treeWords}, {Head: statements, Docs: learnt, Size: articleWords}}
	run := encode.RunOptions{Steps: steps, Rate: 2e-3, Checkpoint: c.Resume, Every: 1000}
	run.After = func(step int, losses []float64) error {
		if step%50 == 0 && losses != nil {
			o.Report(float64(step), float64(steps), fmt.Sprintf("step %d of %d, loss trees %.3f, statements %.3f", step, steps, losses[0], losses[1]))
		}
		if step == steps/2 {
			// From here on statements are learnt from the trees that they will be read by.
			f, err := c.half(freeze, losses == nil)
			if err != nil {
				return err
			}
			if err := reparse(f, learnt); err != nil {
				return err
			}
			statements.See(learnt)
			for _, d := range learnt {
				d.Vectors = doc.Vectors{} // were for the trees alone
			}
		}
		return nil
	}
	if err := t.Run(courses, run); err != nil {
		return nil, err
	}
	f := freeze()
	if err := reparse(f, kept); err != nil {
		return nil, err
	}
	tuned, err := quote.Tune(f, encode.Dim, kept)
	if err != nil {
		return nil, err
	}
	f.Sections = append(f.Sections, tuned)
	return f.Bytes(), nil
}

// pretrained returns what the training of words made.
func (c *trainCmd) pretrained() ([]byte, error) {
	path := filepath.Join(c.Out, "encode", "pretrained.bin")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no %s: train words first", path)
	}
	return b, err
}

// half returns the weights at half of the training. They are kept beside the
// checkpoint, and read from there when training is taken up past them.
func (c *trainCmd) half(freeze func() *learn.File, past bool) (*learn.File, error) {
	if c.Resume == "" {
		return freeze(), nil
	}
	path := c.Resume + ".half"
	if past {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("the checkpoint is past half, but its weights of then are not there: %w", err)
		}
		return encode.Read(b)
	}
	f := freeze()
	return f, replace(path, f.Bytes())
}
