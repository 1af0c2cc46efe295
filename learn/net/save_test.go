package net

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hearsay/learn"
)

// reread sends sections through the bytes of a model file.
func reread(t *testing.T, sections ...learn.Section) *learn.File {
	t.Helper()
	f := learn.File{Name: "toy", Version: "1", Sections: sections}
	out, err := learn.ReadFile(f.Bytes(), "toy", "1")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSection writes weights and reads them into another Param: each is the nearest value of eight bits, halves to
// even, and what has been rounded once stays as it is.
func TestSection(t *testing.T) {
	p := NewParams(1)
	w := p.Matrix("w", 3, 4, 2)
	copy(w.W, []float32{0, 1, -0.5, 1 + 1.0/256, 1 + 3.0/256, -3e-39, 1e30})
	want := []float32{0, 1, -0.5, 1, 1 + 4.0/256} // the fourth and fifth lie halfway between two
	q := NewParams(2)
	got := q.Matrix("w", 3, 4, 1)
	if err := got.Read(reread(t, learn.Section{Name: "other"}, w.Section())); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.W[:len(want)], want) {
		t.Errorf("%v, want %v", got.W[:len(want)], want)
	}
	for i, x := range w.W {
		if off := math.Abs(float64(got.W[i] - x)); off > math.Abs(float64(x))/256+1e-40 {
			t.Errorf("w[%d] = %g came back as %g", i, x, got.W[i])
		}
	}
	again := q.Matrix("again", 3, 4, 0)
	again.Name = "w"
	if err := again.Read(reread(t, got.Section())); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(again.W, got.W) {
		t.Error("weights that were rounded before changed again")
	}
}

// TestCheckpoint stops after three steps and goes on from the file in a model that began elsewhere: the next steps are
// the same to the bit.
func TestCheckpoint(t *testing.T) {
	type model struct {
		p     *Params
		o     *Optimizer
		shard *Shard
	}
	build := func(seed uint64) model {
		p := NewParams(seed)
		p.Matrix("matrix", 2, 3, 1)
		p.Table("table", 4, 2, 1)
		m := model{p, NewOptimizer(p), NewShard(p, 0)}
		m.o.Rate, m.o.Decay = 0.1, 0.01
		return m
	}
	step := func(m model, k int) {
		rng := rand.New(rand.NewPCG(uint64(k), 1))
		for i := range m.shard.Grad(m.p.Named("matrix")) {
			m.shard.Grad(m.p.Named("matrix"))[i] = float32(rng.NormFloat64())
		}
		g := m.shard.Touch(m.p.Named("table"), k%4)
		for j := range g {
			g[j] = float32(rng.NormFloat64())
		}
		m.o.Step([]*Shard{m.shard})
	}
	a, b := build(1), build(2)
	for k := range 3 {
		step(a, k)
	}
	if err := b.o.Resume(reread(t, a.o.Checkpoint()...)); err != nil {
		t.Fatal(err)
	}
	if b.o.Steps != 3 {
		t.Errorf("goes on after step %d, want 3", b.o.Steps)
	}
	for k := 3; k < 8; k++ {
		step(a, k)
		step(b, k)
		for i, w := range a.p.List() {
			if !slices.Equal(w.W, b.p.List()[i].W) {
				t.Fatalf("step %d: %s is not the same", k, w.Name)
			}
		}
	}
}

// TestRefused reads sections that are missing, cut, too long or of another shape, in every form that the package has.
// Each is an error that names the model and the section.
func TestRefused(t *testing.T) {
	p := NewParams(1)
	w, b := p.Matrix("w", 3, 16, 1), p.Matrix("b", 1, 16, 1)
	table := p.Table("table", 4, 16, 1)
	same, wide := p.NewRecur("same", 16, 16, false), p.NewRecur("wide", 3, 16, false)
	o := NewOptimizer(p)
	for _, c := range []struct {
		name     string
		sections []learn.Section
		damage   string // the section that is damaged
		read     func(f *learn.File) error
	}{
		{"Read", []learn.Section{w.Section()}, "w", w.Read},
		{"Resume, weights", o.Checkpoint(), "table", o.Resume},
		{"ReadLayer, weights", Frozen(w, b), "w", func(f *learn.File) error { _, err := ReadLayer(f, "w", "b", 3, 16); return err }},
		{"ReadLayer, bias", Frozen(w, b), "b", func(f *learn.File) error { _, err := ReadLayer(f, "w", "b", 3, 16); return err }},
		{"ReadLayer without bias", Frozen(w, nil), "w", func(f *learn.File) error { _, err := ReadLayer(f, "w", "", 3, 16); return err }},
		{"ReadUnit, weights", same.Frozen(), "same.w", func(f *learn.File) error { _, err := ReadUnit(f, "same", 16, 16); return err }},
		{"ReadUnit, gates", same.Frozen(), "same.vb", func(f *learn.File) error { _, err := ReadUnit(f, "same", 16, 16); return err }},
		{"ReadUnit, learnt passes by", wide.Frozen(), "wide.w", func(f *learn.File) error { _, err := ReadUnit(f, "wide", 3, 16); return err }},
		{"ReadTable", []learn.Section{table.Rowwise()}, "table", func(f *learn.File) error { _, _, err := ReadTable(f, "table", 4, 16); return err }},
		{"ReadFloats", Frozen(nil, b), "b", func(f *learn.File) error { _, err := ReadFloats(f, "b", 1, 16); return err }},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := c.read(reread(t, c.sections...)); err != nil {
				t.Fatalf("undamaged: %v", err)
			}
			refused := func(how string, change func(data []byte) []byte) {
				t.Helper()
				var damaged []learn.Section
				for _, s := range c.sections {
					if s.Name == c.damage {
						if s.Data = change(slices.Clone(s.Data)); s.Data == nil {
							continue
						}
					}
					damaged = append(damaged, s)
				}
				err := c.read(reread(t, damaged...))
				if err == nil {
					t.Errorf("%s: not refused", how)
				} else if msg := err.Error(); !strings.Contains(msg, "model toy") || !strings.Contains(msg, c.damage) {
					t.Errorf("%s: the error does not name model and section: %v", how, err)
				}
			}
			refused("missing", func([]byte) []byte { return nil })
			refused("empty", func([]byte) []byte { return []byte{} })
			refused("cut inside its shape", func(b []byte) []byte { return b[:5] })
			refused("a byte short", func(b []byte) []byte { return b[:len(b)-1] })
			refused("a byte long", func(b []byte) []byte { return append(b, 0) })
			refused("rows and columns exchanged", func(b []byte) []byte {
				rows, cols := slices.Clone(b[:4]), slices.Clone(b[4:8])
				copy(b, cols)
				copy(b[4:], rows)
				if binary.LittleEndian.Uint32(rows) == binary.LittleEndian.Uint32(cols) {
					b[0]++
				}
				return b
			})
		})
	}
	t.Run("Resume, steps", func(t *testing.T) {
		for _, sections := range [][]learn.Section{o.Checkpoint()[1:], append([]learn.Section{{Name: "steps", Data: []byte{1}}}, o.Checkpoint()[1:]...)} {
			err := o.Resume(reread(t, sections...))
			if err == nil || !strings.Contains(err.Error(), "model toy") || !strings.Contains(err.Error(), "steps") {
				t.Errorf("error %v", err)
			}
		}
	})
}
