package event

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Lesson is a sample with its class.
type Lesson struct {
	Signs  Signs
	Class  int
	Weight float32 // how much it counts: 1 for what people marked
}

// regression is a multinomial logistic regression.
type regression struct {
	k      int
	rows   map[uint64]int // sparse sign to its row
	sparse []float32      // rows of k
	dense  []float32      // rows of k, one for each number of the vectors
	bias   []float32
}

// regressOptions say how one is learnt.
type regressOptions struct {
	epochs int
	rate   float64
	decay  float64 // L2 of sparse weights
	thin   float64 // share of the sparse signs left out of each look
	least  int     // a sign that fewer lessons show is left out
	seed   uint64
	sparse bool
	dense  bool
	shrink float64 // L2 of dense weights
}

// regress learns by AdaGrad with decaying weights, the same for the same lessons and seed.
func regress(lessons []Lesson, k int, o regressOptions) *regression {
	r := &regression{k: k, rows: map[uint64]int{}, bias: make([]float32, k)}
	if o.sparse {
		count := map[uint64]int{}
		var order []uint64
		for i := range lessons {
			for _, f := range lessons[i].Signs.sparse {
				if count[f]++; count[f] == o.least {
					order = append(order, f)
				}
			}
		}
		slices.Sort(order)
		for n, f := range order {
			r.rows[f] = n
		}
		r.sparse = make([]float32, len(order)*k)
	}
	dim := 0
	if o.dense {
		dim = len(lessons[0].Signs.dense)
		r.dense = make([]float32, dim*k)
	}
	sum2, dsum2, bsum2 := make([]float32, len(r.sparse)), make([]float32, len(r.dense)), make([]float32, k)
	rng := rand.New(rand.NewPCG(o.seed, 7))
	order := rng.Perm(len(lessons))
	scores, rows := make([]float32, k), []int{}
	rate := float32(o.rate)
	step := func(w, s *float32, g, l2 float32) {
		g += l2 * *w
		*s += g * g
		*w -= rate * g / (float32(math.Sqrt(float64(*s))) + 1e-4)
	}
	for range o.epochs {
		rng.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
		for _, i := range order {
			l := &lessons[i]
			rows = rows[:0]
			if o.sparse {
				for _, f := range l.Signs.sparse {
					if n, ok := r.rows[f]; ok && (o.thin == 0 || rng.Float64() >= o.thin) {
						rows = append(rows, n)
					}
				}
			}
			copy(scores, r.bias)
			for _, n := range rows {
				for c, w := range r.sparse[n*k : n*k+k] {
					scores[c] += w
				}
			}
			if dim > 0 {
				for d, x := range l.Signs.dense {
					if x != 0 {
						for c, w := range r.dense[d*k : d*k+k] {
							scores[c] += w * x
						}
					}
				}
			}
			softmax(scores)
			scores[l.Class]--
			for c := range scores {
				scores[c] *= l.Weight
			}
			for c, g := range scores {
				step(&r.bias[c], &bsum2[c], g, 0)
			}
			for _, n := range rows {
				for c, g := range scores {
					step(&r.sparse[n*k+c], &sum2[n*k+c], g, float32(o.decay))
				}
			}
			if dim > 0 {
				for d, x := range l.Signs.dense {
					if x != 0 {
						for c, g := range scores {
							step(&r.dense[d*k+c], &dsum2[d*k+c], g*x, float32(o.shrink))
						}
					}
				}
			}
		}
	}
	return r
}

func softmax(x []float32) {
	m := slices.Max(x)
	sum := float32(0)
	for i, v := range x {
		x[i] = float32(math.Exp(float64(v - m)))
		sum += x[i]
	}
	for i := range x {
		x[i] /= sum
	}
}

// scores adds what the regression makes of the signs to out.
func (r *regression) scores(s *Signs, out []float32) {
	for c, b := range r.bias {
		out[c] += b
	}
	if r.sparse != nil {
		for _, f := range s.sparse {
			if n, ok := r.rows[f]; ok {
				for c, w := range r.sparse[n*r.k : n*r.k+r.k] {
					out[c] += w
				}
			}
		}
	}
	if r.dense != nil {
		for d, x := range s.dense {
			if x != 0 {
				for c, w := range r.dense[d*r.k : d*r.k+r.k] {
					out[c] += w * x
				}
			}
		}
	}
}
