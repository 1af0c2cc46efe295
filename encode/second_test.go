package encode

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/kernel"
)

// seconds trains a reader for some steps, and on its rows of words a second encoder.
func seconds(t *testing.T) (first *Model, file *learn.File, second *Trainer) {
	t.Helper()
	tr, _ := trained(t, 1, RunOptions{Steps: 2})
	file, err := Read(tr.Freeze().Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if first, err = Load(file); err != nil {
		t.Fatal(err)
	}
	if second, err = NewSecondTrainer(untaught(), file, 5); err != nil {
		t.Fatal(err)
	}
	return first, file, second
}

// TestSecond trains a second encoder: it learns, its rows of words stay those of the
// reader to the byte, and it fills Second with other vectors than Vectors.
func TestSecond(t *testing.T) {
	first, file, tr := seconds(t)
	var losses []float64
	courses := []Course{{newToy(tr.Params, "capital", func(w string) bool { return w[0] >= 'A' && w[0] <= 'Z' }), invented(2, 10, 4), 60}}
	if err := tr.Run(courses, RunOptions{Steps: 6, Rate: 0.2, After: func(_ int, l []float64) error {
		losses = append(losses, l...)
		return nil
	}}); err != nil {
		t.Fatal(err)
	}
	if n := len(losses); n < 6 || !(losses[n-1] < 0.9*losses[0]) {
		t.Errorf("losses %.3f", losses)
	}
	rows := func(f *learn.File) []byte {
		b, err := f.Section("input")
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if !bytes.Equal(rows(tr.Freeze()), rows(file)) {
		t.Error("the rows of words are no more the reader's")
	}
	names := &learn.File{Name: "names", Version: "test/1", Sections: tr.Layers()}
	for _, s := range names.Sections {
		if s.Name == "input" || s.Name == "words" {
			t.Errorf("the layers hold the rows of words: %s", s.Name)
		}
	}
	m, err := first.LoadSecond(names)
	if err != nil {
		t.Fatal(err)
	}
	d := article("The minister said that Rain missed Oslo .\nAides wept .\n\nMüller added . ”")
	first.Annotate(d)
	was := slices.Clone(d.Vectors.Data)
	m.Encode(d, &d.Second)
	if d.Second.Dim != Dim || len(d.Second.Data) != Dim*len(d.Tokens) || len(d.Second.Scale) != len(d.Tokens) {
		t.Fatalf("%d tokens have %d numbers and %d scales", len(d.Tokens), len(d.Second.Data), len(d.Second.Scale))
	}
	if !slices.Equal(was, d.Vectors.Data) {
		t.Error("the second encoder wrote into the vectors of the first")
	}
	if slices.Equal(was, d.Second.Data) {
		t.Error("both encoders give the same vectors")
	}

	// The same layers in a file of their own read the same.
	alone, err := Load(tr.Freeze())
	if err != nil {
		t.Fatal(err)
	}
	var other doc.Vectors
	alone.Encode(d, &other)
	if !slices.Equal(other.Data, d.Second.Data) || !slices.Equal(other.Scale, d.Second.Scale) {
		t.Error("with a table of its own the encoder gives other vectors")
	}

	defer kernel.Use(kernel.Use(kernel.Best()))
	for l := kernel.Plain; l <= kernel.Best(); l++ {
		kernel.Use(l)
		var again doc.Vectors
		m.Encode(d, &again)
		if !slices.Equal(again.Data, d.Second.Data) || !slices.Equal(again.Scale, d.Second.Scale) {
			t.Errorf("%s: other vectors", l)
		}
	}
}

// Before any step the second encoder has the layers that raw news taught, and the rows
// of words that the reader learnt.
func TestSecondStart(t *testing.T) {
	_, file, tr := seconds(t)
	taught, err := NewTrainer(untaught(), StartAll, 5)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range tr.net.params() {
		same := slices.Equal(w.W, taught.Params.Named(w.Name).W)
		if same != (w.Name != "input") {
			t.Errorf("%s is that of raw news: %v", w.Name, same)
		}
	}
	for _, whole := range []*learn.File{{Name: file.Name, Version: file.Version}, tr.Freeze()} {
		_, err := NewSecondTrainer(untaught(), whole, 5)
		if want := len(whole.Sections) == 0; (err != nil) != want {
			t.Errorf("a reader of %d sections: error %v", len(whole.Sections), err)
		}
	}
}

// TestLoadSecondRefused takes one section after the other out of the second encoder.
func TestLoadSecondRefused(t *testing.T) {
	first, _, tr := seconds(t)
	layers := tr.Layers()
	for i, s := range layers {
		f := &learn.File{Name: "names", Version: "test/1", Sections: slices.Delete(slices.Clone(layers), i, i+1)}
		if _, err := first.LoadSecond(f); err == nil {
			t.Errorf("without section %s it is loaded", s.Name)
		} else if !strings.Contains(err.Error(), "names") || !strings.Contains(err.Error(), s.Name) {
			t.Errorf("the error does not name model and section: %v", err)
		}
	}
}
