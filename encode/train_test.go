package encode

import (
	"bytes"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/kernel"
	"hearsay/learn/net"
)

// toy is a head that tells words by something anyone can see of them.
type toy struct {
	w, b *net.Param
	is   func(word string) bool
}

func newToy(p *net.Params, name string, is func(word string) bool) *toy {
	return &toy{p.Dense(name, Dim, 2), p.Matrix(name+".bias", 1, 2, 0), is}
}

func (h *toy) Loss(s *net.Shard, z *net.Node, windows []doc.Window) {
	var targets []int
	for _, w := range windows {
		for i := w.First; i < w.Last; i++ {
			target := 0
			if h.is(w.Doc.Word(i)) {
				target = 1
			}
			targets = append(targets, target)
		}
	}
	s.Softmax(s.Linear(z, h.w, h.b), targets, 1/float64(z.R))
}

// untaught returns what Pretrain would return after no step at all.
func untaught() []byte {
	v, _ := text(invented(1, 8, 18)).vocab()
	return newNetwork(net.NewParams(9), v).bytes(v)
}

// trained trains the encoder and two heads for some steps, and returns the losses after each. Of two courses of
// different sizes, each head has its own.
func trained(t *testing.T, seed uint64, o RunOptions) (*Trainer, [][]float64) {
	t.Helper()
	tr, losses, err := train(t, seed, o)
	if err != nil {
		t.Fatal(err)
	}
	return tr, losses
}

func train(t *testing.T, seed uint64, o RunOptions) (tr *Trainer, losses [][]float64, err error) {
	t.Helper()
	if tr, err = NewTrainer(untaught(), StartAll, seed); err != nil {
		t.Fatal(err)
	}
	courses := []Course{
		{newToy(tr.Params, "capital", func(w string) bool { return w[0] >= 'A' && w[0] <= 'Z' }), invented(2, 10, 4), 60},
		{newToy(tr.Params, "short", func(w string) bool { return len(w) < 4 }), invented(3, 10, 4), 40},
	}
	o.Rate = 0.2 // of which so few steps reach a twentieth
	after := o.After
	o.After = func(step int, l []float64) error {
		if l != nil {
			losses = append(losses, slices.Clone(l))
		}
		if after != nil {
			return after(step, l)
		}
		return nil
	}
	err = tr.Run(courses, o)
	return tr, losses, err
}

// TestRun trains two heads side by side: both learn, and the same seed gives the same bytes, also where the run was
// stopped and taken up again.
func TestRun(t *testing.T) {
	kept := filepath.Join(t.TempDir(), "checkpoint")
	a, losses := trained(t, 1, RunOptions{Steps: 10, Checkpoint: kept, Every: 6})
	first, last := losses[0], losses[len(losses)-1]
	t.Logf("losses %.3f", losses)
	for k := range first {
		if math.Abs(first[k]-math.Ln2) > 0.5 || last[k] > 0.9*first[k] {
			t.Errorf("course %d: loss %.3f at first, mean %.3f in the end", k, first[k], last[k])
		}
	}
	want := a.Freeze().Bytes()
	if b, dropout := trained(t, 1, RunOptions{Steps: 10, Checkpoint: kept}); !bytes.Equal(b.Freeze().Bytes(), want) {
		t.Error("taken up from a checkpoint it ends with other bytes")
	} else if len(dropout) != 4 {
		t.Errorf("%d steps after the checkpoint, want 4", len(dropout))
	}
	if c, _ := trained(t, 1, RunOptions{Steps: 10}); !bytes.Equal(c.Freeze().Bytes(), want) {
		t.Error("the same seed gives other bytes")
	}
	enough := errors.New("enough")
	steps := 0
	_, _, err := train(t, 2, RunOptions{Steps: 10, After: func(step int, losses []float64) error {
		if steps = step; step == 2 {
			return enough
		}
		return nil
	}})
	if !errors.Is(err, enough) || steps != 2 {
		t.Errorf("an error after step 2 ends the run after step %d with the error %v", steps, err)
	}
}

// TestStart compares what a Trainer begins with to what raw news taught.
func TestStart(t *testing.T) {
	file := untaught()
	taught, err := NewTrainer(file, StartAll, 1)
	if err != nil {
		t.Fatal(err)
	}
	for start, want := range map[Start]string{
		StartAll:     "input ahead1.w ahead1.vb back1.w back1.vb ahead2.w ahead2.vb back2.w back2.vb",
		StartWords:   "input",
		StartNothing: "",
	} {
		tr, err := NewTrainer(file, start, 2)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(tr.vocab.words, taught.vocab.words) {
			t.Errorf("%s: words %q", start, tr.vocab.words)
		}
		var same []string
		for _, w := range tr.net.params() {
			if slices.Equal(w.W, taught.Params.Named(w.Name).W) {
				same = append(same, w.Name)
			}
		}
		if got := strings.Join(same, " "); got != want {
			t.Errorf("%s: begins with what was learnt of %q, want %q", start, got, want)
		}
	}
}

// reader returns the int8 encoder of a trainer.
func reader(t *testing.T, tr *Trainer) *Model {
	t.Helper()
	f, err := Read(tr.Freeze().Bytes())
	if err != nil {
		t.Fatal(err)
	}
	m, err := Load(f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestAnnotate reads articles with the int8 encoder: vectors point where those of the float layers do, and are the same
// bytes on every processor, in whatever company a window is read and whatever was read before.
func TestAnnotate(t *testing.T) {
	tr, _ := trained(t, 1, RunOptions{Steps: 3})
	m := reader(t, tr)
	long := article(strings.Repeat("The minister said that Rain missed Oslo .\n", 100)) // three windows, two passes
	docs := append(invented(4, 3, 12), article("One"), article(""), long, article("Strange wörds 1999 appear — “ here ” .\n\nX"))
	want := map[*doc.Doc]doc.Vectors{}
	for _, d := range docs {
		m.Annotate(d)
		v := d.Vectors
		if v.Dim != Dim || len(v.Scale) != len(d.Tokens) || len(v.Data) != Dim*len(d.Tokens) {
			t.Fatalf("%d tokens have %d scales and %d numbers", len(d.Tokens), len(v.Scale), len(v.Data))
		}
		want[d] = doc.Vectors{Dim: Dim, Data: slices.Clone(v.Data), Scale: slices.Clone(v.Scale)}
	}
	same := func(name string, d *doc.Doc) {
		t.Helper()
		if v := d.Vectors; !slices.Equal(v.Data, want[d].Data) || !slices.Equal(v.Scale, want[d].Scale) {
			t.Errorf("%s: other vectors for %.20q", name, d.Text)
		}
	}

	t.Run("float", func(t *testing.T) {
		defer kernel.Use(kernel.Use(kernel.AVX2)) // products are not rounded to bfloat16
		worst, longest := 1.0, 0.0
		for _, d := range docs {
			for _, w := range d.Windows(nil) {
				for i, row := range tr.float(w) {
					cosine, length := compare(d.Vectors.Row(w.First+i), row)
					worst = min(worst, cosine)
					longest = max(longest, math.Abs(1-length*float64(d.Vectors.Scale[w.First+i])))
				}
			}
		}
		t.Logf("smallest cosine %.4f, lengths differ by %.3f", worst, longest)
		if !(worst > 0.99 && longest < 0.05) {
			t.Errorf("a vector has cosine %.4f with that of the float layers, and lengths differ by %.3f", worst, longest)
		}
	})
	t.Run("levels", func(t *testing.T) {
		defer kernel.Use(kernel.Use(kernel.Best()))
		for l := kernel.Plain; l <= kernel.Best(); l++ {
			kernel.Use(l)
			for _, d := range docs {
				d.Vectors = doc.Vectors{}
				m.Annotate(d)
				same(l.String(), d)
			}
		}
	})
	t.Run("many at once", func(t *testing.T) {
		var wait sync.WaitGroup
		for _, d := range docs {
			wait.Go(func() {
				for range 3 {
					m.Annotate(d)
				}
			})
		}
		wait.Wait()
		for _, d := range docs {
			same("at once", d)
		}
	})
	t.Run("window alone", func(t *testing.T) {
		w := long.Windows(nil)[1]
		alone := new(doc.Doc)
		*alone = *long
		alone.Tokens = long.Tokens[w.First:w.Last]
		alone.Sentences = nil
		for _, s := range long.Sentences {
			if s.First >= w.First && s.Last <= w.Last {
				s.First, s.Last = s.First-w.First, s.Last-w.First
				alone.Sentences = append(alone.Sentences, s)
			}
		}
		m.Annotate(alone)
		if !slices.Equal(alone.Vectors.Data, want[long].Data[w.First*Dim:w.Last*Dim]) {
			t.Error("a window read alone has other vectors than beside others")
		}
	})
}

// float returns the vectors of a window's tokens from the float layers.
func (t *Trainer) float(w doc.Window) (out [][]float32) {
	s := net.NewShard(t.Params, 0)
	s.Train = false
	var b batch
	b.reset()
	rows := lay(w, t.vocab, &b, nil)
	x, ahead, back := t.net.run(s, &b, dropout)
	z := t.mixer.run(s, x, ahead, back, dropout, b.seqs)
	for _, r := range rows {
		out = append(out, z.Row(r))
	}
	return out
}

// compare returns the cosine of two vectors, and how much longer the first is.
func compare(a []int8, b []float32) (cosine, length float64) {
	dot, aa, bb := 0.0, 0.0, 0.0
	for i := range a {
		x, y := float64(a[i]), float64(b[i])
		dot, aa, bb = dot+x*y, aa+x*x, bb+y*y
	}
	return dot / math.Sqrt(aa*bb), math.Sqrt(aa / bb)
}

// TestLoadRefused takes one section after the other out of a model file, or cuts it.
func TestLoadRefused(t *testing.T) {
	tr, err := NewTrainer(untaught(), StartAll, 1)
	if err != nil {
		t.Fatal(err)
	}
	whole := tr.Freeze()
	for i, s := range whole.Sections {
		for how, data := range map[string][]byte{"missing": nil, "cut": s.Data[:len(s.Data)/2]} {
			f := &learn.File{Name: whole.Name, Version: whole.Version, Sections: slices.Clone(whole.Sections)}
			f.Sections[i].Data = data
			if how == "missing" {
				f.Sections = slices.Delete(f.Sections, i, i+1)
			}
			if _, err := Load(f); err == nil {
				t.Errorf("section %s %s: loaded", s.Name, how)
			} else if !strings.Contains(err.Error(), "model "+modelName) || !strings.Contains(err.Error(), s.Name) {
				t.Errorf("section %s %s: the error does not name model and section: %v", s.Name, how, err)
			}
		}
	}
	if _, err := Read(untaught()); err == nil {
		t.Error("the file of Pretrain is read as a reader")
	}
	if _, err := NewTrainer(whole.Bytes(), StartAll, 1); err == nil {
		t.Error("a reader is read as a file of Pretrain")
	}
}
