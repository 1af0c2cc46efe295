package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"hearsay/corpus"
	"hearsay/doc"
	"hearsay/encode"
	"hearsay/entity"
	"hearsay/extract"
	"hearsay/learn"
	"hearsay/lexicon/kb"
	"hearsay/models"
	"hearsay/quote"
	"hearsay/syntax"
)

// parser is the shipped encoder and the heads that parse: what stages after syntax are
// trained on.
type parser struct {
	file   *learn.File
	encode *encode.Model
	syntax *syntax.Model
}

func shippedParser() (*parser, error) {
	f, err := encode.Read(models.Bytes("reader"))
	if err != nil {
		return nil, err
	}
	p := &parser{file: f}
	if p.encode, err = encode.Load(f); err != nil {
		return nil, err
	}
	if p.syntax, err = syntax.Load(models.Bytes("split")); err != nil {
		return nil, err
	}
	return p, p.syntax.LoadHeads(f, encode.Dim)
}

// shippedEncoders returns the shipped parser, the model names, and the second encoder that
// it has.
func shippedEncoders() (p *parser, names *learn.File, second *encode.Model, err error) {
	if p, err = shippedParser(); err != nil {
		return nil, nil, nil, err
	}
	if names, err = entity.ReadNames(models.Bytes("names")); err != nil {
		return nil, nil, nil, err
	}
	second, err = p.encode.LoadSecond(names)
	return p, names, second, err
}

// parse fills vectors, tags and trees of docs that have their words.
func (p *parser) parse(docs []*doc.Doc) {
	for _, d := range docs {
		p.encode.Annotate(d)
		p.syntax.Parse(d)
	}
}

// names trains the second encoder, which reads the shipped reader's rows of words, with the
// tagger of names on top of it, and then a second opinion on top of the reader. With --start
// shipped the former are those of the built-in model, and the second opinion alone is
// trained.
func (c *trainCmd) names(o learn.Options) ([]byte, error) {
	p, err := shippedParser()
	if err != nil {
		return nil, err
	}
	news, err := corpus.Worldwide(filepath.Join(c.Corpora, "worldwide-ner", "train"))
	if err != nil {
		return nil, err
	}
	web, err := corpus.UNER(filepath.Join(c.Corpora, "uner-ewt", "train.iob2"))
	if err != nil {
		return nil, err
	}
	politics, err := corpus.CrossNER(filepath.Join(c.Corpora, "crossner-politics", "train.txt"))
	if err != nil {
		return nil, err
	}
	lower := small(web)
	for _, docs := range [][]*doc.Doc{news, web, politics, lower} {
		p.parse(docs)
	}
	see := func(t interface {
		See([]*doc.Doc, ...doc.EntityType)
	}) {
		t.See(news, doc.Person, doc.Organization, doc.Location, doc.Group, doc.Other)
		t.See(web, doc.Person, doc.Organization, doc.Location, doc.Other)
		t.See(lower, doc.Person, doc.Organization, doc.Location, doc.Other)
		t.See(politics, doc.Person, doc.Organization, doc.Location, doc.Other)
	}
	var sections []learn.Section
	if c.Start == "shipped" {
		f, err := entity.ReadNames(models.Bytes("names"))
		if err != nil {
			return nil, err
		}
		sections = entity.WithoutOpinion(f)
	} else {
		pretrained, err := c.pretrained()
		if err != nil {
			return nil, err
		}
		t, err := encode.NewSecondTrainer(pretrained, p.file, c.Seed)
		if err != nil {
			return nil, err
		}
		names := entity.NewNameTrainer(t.Params, encode.Dim)
		see(names)
		if err := c.encoder(t, names, news, append(web[:len(web):len(web)], politics...), o); err != nil {
			return nil, err
		}
		sections = append(t.Layers(), names.Sections()...)
	}
	heard, err := c.heardBefore()
	if err != nil {
		return nil, err
	}
	opinion, err := entity.NewOpinion(encode.Dim, heard, c.Seed)
	if err != nil {
		return nil, err
	}
	see(opinion)
	sections = append(sections, opinion.Train(news, slices.Concat(web, politics, lower), o)...)
	return entity.NamesFile(sections).Bytes(), nil
}

// encoder trains a second encoder with a tagger on top of it.
func (c *trainCmd) encoder(t *encode.Trainer, names *entity.NameTrainer, news, web []*doc.Doc, o learn.Options) error {
	words := 0
	for _, d := range news {
		words += len(d.Tokens)
	}
	// Of a step, so that both courses are gone through about as often.
	const newsWords, webWords = 1500, 1000
	steps := o.Epochs * words / newsWords
	courses := []encode.Course{{Head: names, Docs: news, Size: newsWords}, {Head: names, Docs: web, Size: webWords}}
	run := encode.RunOptions{Steps: steps, Rate: 2e-3, Checkpoint: c.Resume, Every: 1000}
	run.After = func(step int, losses []float64) error {
		if step%50 == 0 && losses != nil {
			o.Report(float64(step), float64(steps), fmt.Sprintf("step %d of %d, loss news %.3f, web %.3f", step, steps, losses[0], losses[1]))
		}
		return nil
	}
	return t.Run(courses, run)
}

// small returns a copy of every fifth Doc in small letters: «has anyone been to san jose».
func small(docs []*doc.Doc) (out []*doc.Doc) {
	for i := 0; i < len(docs); i += 5 {
		d := *docs[i]
		d.Tokens = slices.Clone(d.Tokens)
		d.Text = strings.Map(func(r rune) rune {
			if 'A' <= r && r <= 'Z' {
				r += 'a' - 'A'
			}
			return r
		}, d.Text)
		out = append(out, &d)
	}
	return out
}

// heardBefore returns what train heard wrote, or nothing where it has not run.
func (c *trainCmd) heardBefore() (learn.Section, error) {
	path := filepath.Join(c.Out, "heard", "table.bin")
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return entity.NewHeard().Section(), nil
	}
	if err != nil {
		return learn.Section{}, err
	}
	return entity.ReadHeard(b)
}

// heard reads raw news with the built-in tagger and writes what it makes of each word.
func (c *trainCmd) heard(o learn.Options) ([]byte, error) {
	p, f, second, err := shippedEncoders()
	if err != nil {
		return nil, err
	}
	names, err := entity.Load(f, encode.Dim, kb.Shipped())
	if err != nil {
		return nil, err
	}
	articles := heardArticles
	if c.Limit > 0 {
		articles = c.Limit
	}
	docs, err := corpus.AllSides(filepath.Join(c.Corpora, "raw", "allsides-37k.jsonl.gz"), articles)
	if err != nil {
		return nil, err
	}
	h := entity.NewHeard()
	for i, d := range docs {
		docs[i] = nil
		if cut := strings.LastIndexByte(d.Text[:min(len(d.Text), maskedSize)], '\n'); cut > 0 {
			d.Text = d.Text[:cut]
		}
		extract.Layout(d)
		p.syntax.Split(d)
		p.parse([]*doc.Doc{d})
		second.Encode(d, &d.Second)
		names.Names(d)
		h.Hear(d)
		if i%500 == 0 {
			o.Report(float64(i), float64(len(docs)), fmt.Sprintf("%d articles read", i))
		}
	}
	return entity.HeardFile(h).Bytes(), nil
}

// heardArticles is how many articles of corpora/raw are read for what is heard.
const heardArticles = 12000

// coref trains the ranker of mentions on GUM, GAP's pronouns and masked news, read by the
// shipped models up to statements.
func (c *trainCmd) coref(o learn.Options) ([]byte, error) {
	p, f, second, err := shippedEncoders()
	if err != nil {
		return nil, err
	}
	names, err := entity.Load(f, encode.Dim, kb.Shipped())
	if err != nil {
		return nil, err
	}
	statements, err := quote.LoadHeads(p.file, encode.Dim)
	if err != nil {
		return nil, err
	}
	finish := func(d *doc.Doc) {
		p.parse([]*doc.Doc{d})
		second.Encode(d, &d.Second)
		names.Names(d)
		statements.Annotate(d)
	}
	gum, err := corpus.CoNLLU(filepath.Join(c.Corpora, "gum", "train.conllu"))
	if err != nil {
		return nil, err
	}
	var lessons []entity.CorefLesson
	for _, d := range gum {
		groups := map[doc.Span]int{}
		for _, m := range d.Mentions {
			groups[m.Span] = m.Entity
		}
		finish(d)
		lessons = append(lessons, entity.CorefLesson{Doc: d, Groups: groups})
	}
	gap, err := corpus.GAP(filepath.Join(c.Corpora, "gap", "train.tsv"))
	if err != nil {
		return nil, err
	}
	for i := range gap {
		a := &gap[i]
		if a.IsA == a.IsB {
			continue
		}
		extract.Layout(a.Doc)
		p.syntax.Split(a.Doc)
		finish(a.Doc)
		lessons = append(lessons, entity.CorefLesson{Doc: a.Doc, Groups: ambiguous(a), Only: []doc.Span{a.Pronoun}})
	}
	masked, err := c.masked(p, finish, o)
	if err != nil {
		return nil, err
	}
	marked := slices.Clone(lessons)
	// In a pass, what people marked counts several times.
	for range markedTimes - 1 {
		lessons = append(lessons, marked...)
	}
	lessons = append(lessons, masked...)
	return entity.CorefFile(entity.TrainCoref(lessons, encode.Dim, kb.Shipped(), o)).Bytes(), nil
}

// markedTimes is how often a pass of training goes over GUM and GAP, beside once over
// masked news.
const markedTimes = 4

// maskedArticles is how many articles of corpora/raw names are masked in, maskedSize how
// much of each is read at most, in bytes: up to the last line that ends before.
const (
	maskedArticles = 10000
	maskedSize     = 2500
)

// masked makes lessons of raw news by putting pronouns in the place of names.
func (c *trainCmd) masked(p *parser, finish func(*doc.Doc), o learn.Options) ([]entity.CorefLesson, error) {
	articles := maskedArticles
	if c.Limit > 0 {
		articles = c.Limit
	}
	docs, err := corpus.AllSides(filepath.Join(c.Corpora, "raw", "allsides-37k.jsonl.gz"), articles)
	if err != nil {
		return nil, err
	}
	lessons := make([]entity.CorefLesson, len(docs))
	var wait sync.WaitGroup
	const side = 2
	for k := range side {
		wait.Go(func() {
			for i := k; i < len(docs); i += side {
				d := docs[i]
				docs[i] = nil
				if cut := strings.LastIndexByte(d.Text[:min(len(d.Text), maskedSize)], '\n'); cut > 0 {
					d.Text = d.Text[:cut]
				}
				read := func(text string) *doc.Doc {
					x := doc.New(text)
					x.Meta = d.Meta
					extract.Layout(x)
					p.syntax.Split(x)
					finish(x)
					return x
				}
				text, names := entity.Mask(read(d.Text), kb.Shipped(), rand.New(rand.NewPCG(c.Seed, uint64(i))))
				if len(names) > 0 {
					lessons[i] = entity.MaskedLesson(read(text), names, kb.Shipped())
				}
				if k == 0 && i%500 == 0 {
					o.Report(0, 1, fmt.Sprintf("%d articles masked", i))
				}
			}
		})
	}
	wait.Wait()
	return slices.DeleteFunc(lessons, func(l entity.CorefLesson) bool { return l.Doc == nil }), nil
}

// ambiguous groups the words of a snippet: those of the name that the pronoun refers to
// with it, wherever they stand, and those of the other name.
func ambiguous(a *corpus.Ambiguous) map[doc.Span]int {
	groups := map[doc.Span]int{a.Pronoun: 0}
	d := a.Doc
	for _, n := range []struct {
		span doc.Span
		is   bool
	}{{a.A, a.IsA}, {a.B, a.IsB}} {
		group := 1
		if n.is {
			group = 0
		}
		words := map[string]bool{}
		for i := range d.Tokens {
			if n.span.Contains(d.Tokens[i].Span) {
				words[d.Word(i)] = true
				groups[d.Tokens[i].Span] = group
			}
		}
		for i := range d.Tokens {
			if _, taken := groups[d.Tokens[i].Span]; !taken && d.Tokens[i].UPOS == "PROPN" && words[d.Word(i)] {
				groups[d.Tokens[i].Span] = group
			}
		}
	}
	return groups
}
