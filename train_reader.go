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
	path := filepath.Join(c.Out, "encode", "pretrained.bin")
	pretrained, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("no %s: train words first", path)
	}
	if err != nil {
		return nil, err
	}
	linear, err := linearParser()
	if err != nil {
		return nil, err
	}
	var trees []*doc.Doc
	for _, name := range []string{"ud-ewt", "gum"} {
		docs, err := corpus.CoNLLU(filepath.Join(c.Corpora, name, "train.conllu"))
		if err != nil {
			return nil, err
		}
		trees = append(trees, docs...)
	}
	articles, err := corpus.PolNeAREvery(filepath.Join(c.Corpora, "polnear", "train"))
	if err != nil {
		return nil, err
	}
	for _, d := range articles {
		extract.Layout(d)
		linear.Annotate(d)
	}
	t, err := encode.NewTrainer(pretrained, encode.Start(c.Start), c.Seed)
	if err != nil {
		return nil, err
	}
	parser := linear.NewTrainer(t.Params, encode.Dim)
	teacher, err := quote.Load(models.Bytes("quote"))
	if err != nil {
		return nil, err
	}
	finder := quote.NewTrainer(t.Params, encode.Dim, teacher)
	learnt, kept := quote.Divide(articles)
	finder.See(learnt)
	if o.Epochs == 0 {
		o.Epochs = 20
	}
	words := 0
	for _, d := range trees {
		words += len(d.Tokens)
	}
	// Of a step, so that both courses take about as long.
	const treeWords, articleWords = 1500, 1200
	steps := o.Epochs * words / treeWords
	freeze := func() *learn.File {
		f := t.Freeze()
		f.Sections = append(f.Sections, parser.Sections()...)
		f.Sections = append(f.Sections, finder.Sections()...)
		return f
	}
	load := func(f *learn.File) (*encode.Model, error) {
		e, err := encode.Load(f)
		if err != nil {
			return nil, err
		}
		return e, linear.LoadHeads(f, encode.Dim)
	}
	reparse := func(f *learn.File, docs []*doc.Doc) error {
		e, err := load(f)
		if err != nil {
			return err
		}
		for _, d := range docs {
			e.Annotate(d)
			linear.Parse(d)
		}
		return nil
	}
	courses := []encode.Course{{Head: parser, Docs: trees, Size: treeWords}, {Head: finder, Docs: learnt, Size: articleWords}}
	run := encode.RunOptions{Steps: steps, Rate: 2e-3, Checkpoint: c.Resume, Every: 1000}
	run.After = func(step int, losses []float64) error {
		if step%50 == 0 && losses != nil {
			o.Report(float64(step), float64(steps), fmt.Sprintf("step %d of %d, loss trees %.3f, statements %.3f", step, steps, losses[0], losses[1]))
		}
		if step == steps/2 {
			// From here on statements are learnt from the trees that they will be read by.
			f, err := c.half(freeze)
			if err != nil {
				return err
			}
			if err := reparse(f, learnt); err != nil {
				return err
			}
			finder.See(learnt)
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

// half returns the weights of half the training: those that were kept beside the
// checkpoint, if it is taken up again after them.
func (c *trainCmd) half(freeze func() *learn.File) (*learn.File, error) {
	if c.Resume == "" {
		return freeze(), nil
	}
	path := c.Resume + ".half"
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		b = freeze().Bytes()
		err = replace(path, b)
	}
	if err != nil {
		return nil, err
	}
	return encode.Read(b)
}
