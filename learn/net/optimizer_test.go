package net

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// slowAdam is AdamW in float64 over one Param, row by row.
type slowAdam struct {
	w, m, v []float64
}

func newSlowAdam(w *Param) *slowAdam {
	a := &slowAdam{m: make([]float64, len(w.W)), v: make([]float64, len(w.W))}
	for _, x := range w.W {
		a.w = append(a.w, float64(x))
	}
	return a
}

func (a *slowAdam) step(i int, g, rate, decay float64, steps int) {
	a.m[i] = 0.9*a.m[i] + 0.1*g
	a.v[i] = 0.98*a.v[i] + 0.02*g*g
	mean := a.m[i] / (1 - math.Pow(0.9, float64(steps)))
	square := a.v[i] / (1 - math.Pow(0.98, float64(steps)))
	a.w[i] -= rate * (mean/(math.Sqrt(square)+1e-8) + decay*a.w[i])
}

// TestStep takes four steps with two shards and compares all weights with the slow ones: matrices decay and biases and
// tables do not; of a table only the rows that some shard touched move; all gradients are added before the norm is
// taken, and the norm before it is clipped is what Step returns.
func TestStep(t *testing.T) {
	for _, clip := range []float64{0, 0.5, 4, 1000} {
		t.Run(fmt.Sprintf("clip %g", clip), func(t *testing.T) {
			p := NewParams(1)
			matrix := p.Matrix("matrix", 3, 5, 1)
			bias := p.Matrix("bias", 1, 5, 1)
			slow := p.Matrix("slow", 2, 2, 1)
			slow.Slow(0.3)
			table := p.Table("table", 6, 3, 1)
			o := NewOptimizer(p)
			o.Rate, o.Decay, o.Clip = 0.01, 0.1, clip
			shards := []*Shard{NewShard(p, 0), NewShard(p, 0)}
			want := map[*Param]*slowAdam{}
			for _, w := range p.List() {
				want[w] = newSlowAdam(w)
			}
			rng := rand.New(rand.NewPCG(1, 2))
			// Rows that each shard touches in each step: 4 by both, 1 by the second alone, 5 never.
			rows := [][2][]int{{{4, 0}, {4}}, {{}, {1, 4}}, {{2}, {}}, {{3, 4}, {0, 4}}}
			for step, touched := range rows {
				sum := map[*Param][]float64{}
				for _, w := range p.List() {
					sum[w] = make([]float64, len(w.W))
				}
				active := map[int]bool{}
				for k, s := range shards {
					for _, w := range []*Param{matrix, bias, slow} {
						for i := range w.W {
							g := float32(rng.NormFloat64())
							s.Grad(w)[i] += g
							sum[w][i] += float64(g)
						}
					}
					for _, r := range touched[k] {
						active[r] = true
						g := s.Touch(table, r)
						for j := range g {
							x := float32(rng.NormFloat64())
							g[j] += x
							sum[table][r*3+j] += float64(x)
						}
					}
				}
				norm := 0.0
				for _, g := range sum {
					for _, x := range g {
						norm += x * x
					}
				}
				norm = math.Sqrt(norm)
				shrink := 1.0
				if clip > 0 && norm > clip {
					shrink = clip / norm
				}
				for _, w := range p.List() {
					rate, decay := 0.01, 0.1
					if w == slow {
						rate *= 0.3
					}
					if w == bias || w == table {
						decay = 0
					}
					for i := range w.W {
						if w != table || active[i/3] {
							want[w].step(i, sum[w][i]*shrink, rate, decay, step+1)
						}
					}
				}

				before := slices.Clone(table.W)
				if got := o.Step(shards); math.Abs(got-norm) > 1e-5*norm {
					t.Errorf("step %d: norm %g, want %g", step, got, norm)
				}
				for _, w := range p.List() {
					for i, x := range w.W {
						if math.Abs(float64(x)-want[w].w[i]) > 1e-6 {
							t.Fatalf("step %d: %s[%d] = %g, want %g", step, w.Name, i, x, want[w].w[i])
						}
						if w == table && !active[i/3] && x != before[i] {
							t.Errorf("step %d: row %d of the table moved, and nothing touched it", step, i/3)
						}
					}
					for k, s := range shards {
						if slices.ContainsFunc(s.Grad(w), func(x float32) bool { return x != 0 }) {
							t.Errorf("step %d: shard %d keeps a gradient of %s", step, k, w.Name)
						}
						if len(s.touched[w.index]) > 0 || slices.Contains(s.seen[w.index], true) {
							t.Errorf("step %d: shard %d keeps touched rows of %s", step, k, w.Name)
						}
					}
				}
			}
			if o.Steps != len(rows) {
				t.Errorf("%d steps counted, %d taken", o.Steps, len(rows))
			}
		})
	}
}

// TestStepDown lets steps find the bottom of a bowl, with a rate of the size that training has.
func TestStepDown(t *testing.T) {
	p := NewParams(1)
	w := p.Matrix("w", 2, 8, 3)
	o := NewOptimizer(p)
	s := NewShard(p, 0)
	for step := range 2000 {
		o.Rate = 0.05 * (1 - float64(step)/2000)
		for i, x := range w.W {
			s.Grad(w)[i] = x - float32(i)/16
		}
		o.Step([]*Shard{s})
	}
	for i, x := range w.W {
		if math.Abs(float64(x)-float64(i)/16) > 1e-3 {
			t.Errorf("w[%d] = %g, the bottom is at %g", i, x, float64(i)/16)
		}
	}
}

// TestParams checks that the seed makes the weights, that they lie inside their spread, and that names find them.
func TestParams(t *testing.T) {
	build := func(seed uint64) *Params {
		p := NewParams(seed)
		p.Dense("dense", 12, 5)
		p.Table("table", 4, 3, 0.2)
		p.NewRecur("unit", 7, 16, true)
		p.Matrix("zeros", 2, 2, 0)
		return p
	}
	a, b, c := build(1), build(1), build(2)
	for i, w := range a.List() {
		if !slices.Equal(w.W, b.List()[i].W) {
			t.Errorf("%s: the same seed gives other weights", w.Name)
		}
		if w.Name != "zeros" && slices.Equal(w.W, c.List()[i].W) {
			t.Errorf("%s: another seed gives the same weights", w.Name)
		}
		if a.Named(w.Name) != w {
			t.Errorf("%s is not found by its name", w.Name)
		}
		if len(w.W) != w.Rows*w.Cols {
			t.Errorf("%s: %d weights for %d x %d", w.Name, len(w.W), w.Rows, w.Cols)
		}
	}
	if a.Named("dens") != nil {
		t.Error("a name that no weights have is found")
	}
	for name, spread := range map[string]float64{"dense": 0.5, "table": 0.2, "zeros": 0} {
		for _, x := range a.Named(name).W {
			if math.Abs(float64(x)) > spread {
				t.Errorf("%s: %g lies outside ±%g", name, x, spread)
			}
		}
	}
}
