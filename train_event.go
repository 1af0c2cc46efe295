package main

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"

	"hearsay/corpus"
	"hearsay/doc"
	"hearsay/eval"
	"hearsay/event"
	"hearsay/extract"
	"hearsay/learn"
	"hearsay/lexicon/plover"
	"hearsay/read"
)

// storyChars is how much of a synthetic story is read: its first sentences tell the event.
const storyChars = 350

// storyWeight and exampleWeight are how much a synthetic story and the example of a frame
// count beside a sentence that people marked.
const (
	storyWeight   = 0.1
	exampleWeight = 0.5
)

// events teaches the judges of events on PLV's train part, the examples of the frames and
// synthetic stories. The note says what five-fold cross-validation over PLV's train and dev
// parts gives.
func (c *trainCmd) events(o learn.Options) ([]byte, error) {
	dir := filepath.Join(c.Corpora, "plover")
	var plv []corpus.Interaction
	marks := 0 // of plv are the train part
	for _, part := range []string{"train", "dev"} {
		more, err := corpus.PLV(filepath.Join(dir, "plv", part+".tsv"))
		if err != nil {
			return nil, err
		}
		if plv = append(plv, more...); part == "train" {
			marks = len(plv)
		}
	}
	stories, err := corpus.SyntheticStories(filepath.Join(dir, "ngec-synthetic-events.csv"))
	if err != nil {
		return nil, err
	}
	reader, err := read.New(read.Config{})
	if err != nil {
		return nil, err
	}
	var docs []*doc.Doc
	for _, x := range plv {
		docs = append(docs, x.Doc)
	}
	for i := range stories {
		stories[i].Doc = doc.New(opening(stories[i].Doc.Text, storyChars))
		docs = append(docs, stories[i].Doc)
	}
	frames := plover.Shipped().All()
	examples := make([]*doc.Doc, len(frames))
	for i, f := range frames {
		examples[i] = doc.New(f.Example)
		docs = append(docs, examples[i])
	}
	readAll(reader, docs, o)
	m, err := event.New()
	if err != nil {
		return nil, err
	}
	course := &eventCourse{model: m}
	for _, x := range plv {
		class := event.ClassOf(x.Root)
		if class < 0 {
			return nil, fmt.Errorf("PLV row %d: %s is no class", x.Row, x.Root)
		}
		course.marked(event.Sample{Doc: x.Doc, Source: x.Source, Target: x.Target}, class)
	}
	for i, f := range frames {
		course.example(f, examples[i])
	}
	for _, x := range stories {
		if class := event.ClassOf(x.Type); class >= 0 {
			course.foreign(event.Sample{Doc: x.Doc}, class, storyWeight)
		}
	}
	teach := event.TeachOptions{Epochs: o.Epochs, Seed: o.Seed}
	for given, name := range []string{"without actors", "with actors"} {
		f1, low, high := course.crossValidate(given == 1, teach)
		o.Report(float64(given+1), 4, fmt.Sprintf("five folds of PLV, %s: macro-F1 %.1f (%.1f to %.1f)", name, f1, low, high))
		c.note += fmt.Sprintf("Five folds over PLV's train and dev parts, %s: macro-F1 %.1f (95 %%: %.1f to %.1f). ", name, f1, low, high)
	}
	judges := event.Judges{
		Bare:  event.Teach(append(course.bare[:marks:marks], course.more[0]...), teach),
		Given: event.Teach(append(course.given[:marks:marks], course.more[1]...), teach),
	}
	return judges.Bytes(), nil
}

// opening returns the first sentences of a text, up to about n bytes.
func opening(text string, n int) string {
	if k := strings.IndexByte(text, '\n'); k > 100 {
		text = text[:k]
	}
	if len(text) <= n {
		return text
	}
	if k := strings.LastIndex(text[:n], ". "); k > 80 {
		return text[:k+1]
	}
	return strings.ToValidUTF8(text[:n], "")
}

// readAll reads docs with two threads.
func readAll(r *read.Reader, docs []*doc.Doc, o learn.Options) {
	var wait sync.WaitGroup
	var done atomic.Int64
	for k := range 2 {
		wait.Go(func() {
			for i := k; i < len(docs); i += 2 {
				extract.Layout(docs[i])
				r.Annotate(docs[i])
				if n := done.Add(1); k == 0 && n%1000 < 2 {
					o.Report(0, 1, fmt.Sprintf("%d of %d texts read", n, len(docs)))
				}
			}
		})
	}
	wait.Wait()
}

// eventCourse gathers lessons.
type eventCourse struct {
	model       *event.Model
	bare, given []event.Lesson    // of PLV, in its order
	more        [2][]event.Lesson // of other text, for bare and for given
}

func (c *eventCourse) marked(x event.Sample, class int) {
	c.given = append(c.given, event.Lesson{Signs: c.model.Signs(x), Class: class, Weight: 1})
	x.Source, x.Target = doc.Span{}, doc.Span{}
	c.bare = append(c.bare, event.Lesson{Signs: c.model.Signs(x), Class: class, Weight: 1})
}

func (c *eventCourse) foreign(x event.Sample, class int, weight float32) {
	l := event.Lesson{Signs: c.model.Signs(x), Class: class, Weight: weight, Foreign: true}
	c.more[0], c.more[1] = append(c.more[0], l), append(c.more[1], l)
}

// example makes lessons of the example of a frame, whose sides are those that the frame finds.
func (c *eventCourse) example(f *plover.Frame, d *doc.Doc) {
	class := event.ClassOf(f.Type)
	if class < 0 {
		return
	}
	x := event.Sample{Doc: d}
	c.more[0] = append(c.more[0], event.Lesson{Signs: c.model.Signs(x), Class: class, Weight: exampleWeight, Foreign: true})
	for i := range d.Events {
		e := &d.Events[i]
		if e.Frame != f.Text {
			continue
		}
		if len(e.Actors) > 0 {
			x.Source = e.Actors[0].Span
		}
		if len(e.Targets) > 0 {
			x.Target = e.Targets[0].Span
		}
		// What is yet to come is an agreement.
		if now := event.ClassOf(string(e.Type)); now >= 0 {
			class = now
		}
	}
	c.more[1] = append(c.more[1], event.Lesson{Signs: c.model.Signs(x), Class: class, Weight: exampleWeight, Foreign: true})
}

// crossValidate returns the macro-F1 of five folds over PLV, and its interval.
func (c *eventCourse) crossValidate(given bool, teach event.TeachOptions) (f1, low, high float64) {
	const folds = 5
	n := len(c.bare)
	fold := make([]int, n)
	for i, p := range rand.New(rand.NewPCG(5, 5)).Perm(n) {
		fold[p] = i % folds
	}
	want, got := make([]int, n), make([]int, n)
	for f := range folds {
		without := func(lessons, more []event.Lesson) *event.Judge {
			var train []event.Lesson
			for i := range lessons {
				if fold[i] != f {
					train = append(train, lessons[i])
				}
			}
			return event.Teach(append(train, more...), teach)
		}
		judges := event.Judges{Bare: without(c.bare, c.more[0])}
		if given {
			judges.Given = without(c.given, c.more[1])
		}
		for i := range n {
			if fold[i] != f {
				continue
			}
			p := judges.Bare.Classify(c.bare[i].Signs)
			if given {
				p = event.Mean(p, judges.Given.Classify(c.given[i].Signs))
			}
			best := 0
			for k := range p {
				if p[k] > p[best] {
					best = k
				}
			}
			want[i], got[i] = c.bare[i].Class, best
		}
	}
	return eval.MacroF1(want, got, len(event.Classes))
}
