package certainty

import (
	"fmt"
	"math/rand/v2"
	"sync"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/kernel"
	"hearsay/learn/net"
	"hearsay/lexicon"
)

// hidden is how many numbers the network makes of a predicate.
const hidden = 64

// Scale is a corpus's way of using the numbers from -3 to 3.
type Scale int

// News is the scale of UW, Web that of UDS-IH2.
const (
	News Scale = iota
	Web
	scales
)

// The points of a predicate (see points) are read from the first encoder; the predicate
// itself from the second as well.
const pointCount = 3

// heads are the weights under training.
type heads struct {
	points [pointCount]*net.Param
	second *net.Param
	bias   *net.Param
	table  *net.Param
	out    *net.Param
	outs   *net.Param // bias of out
}

func newHeads(p *net.Params, dim int) *heads {
	h := &heads{second: p.Dense("second", dim, hidden), bias: p.Matrix("bias", 1, hidden, 0),
		table: p.Table("signs", 1<<tableLog, hidden, 0.05), out: p.Dense("out", hidden, int(scales)), outs: p.Matrix("out.bias", 1, int(scales), 0)}
	for k := range h.points {
		h.points[k] = p.Dense(fmt.Sprintf("point%d", k), dim, hidden)
	}
	return h
}

// Lesson is a Doc that has been read up to its names, with Events whose first Commitment has
// a Degree, and the scale of it.
type Lesson struct {
	Doc   *doc.Doc
	Scale Scale
}

// example is a predicate to learn from.
type example struct {
	d      *doc.Doc
	points [pointCount]int
	signs  []uint32
	scale  Scale
	degree float32
}

// Train trains the network that says degrees, and returns its file for Load. Lessons have
// both kinds of vectors, of dim numbers.
func Train(lessons []Lesson, dim int, o learn.Options) (*learn.File, error) {
	words, err := lexicon.ShippedCertainties()
	if err != nil {
		return nil, err
	}
	var all []example
	for _, l := range lessons {
		a := analysis{newTree(l.Doc), words}
		for _, e := range l.Doc.Events {
			ops := a.climb(e.Head, everywhere, true, nil)
			all = append(all, example{l.Doc, a.points(e.Head), a.signs(e.Head, ops, nil), l.Scale, float32(e.Factuality[0].Degree)})
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("certainty: nothing to learn from")
	}
	p := net.NewParams(o.Seed)
	h := newHeads(p, dim)
	const side, batch = 2, 32 // shards, and predicates of each in a step
	shards := make([]*net.Shard, side)
	for k := range shards {
		shards[k] = net.NewShard(p, 0)
	}
	opt := net.NewOptimizer(p)
	opt.Decay = 0.02
	rng := rand.New(rand.NewPCG(o.Seed, 11))
	perEpoch := (len(all) + side*batch - 1) / (side * batch)
	steps, step := o.Epochs*perEpoch, 0
	for epoch := range o.Epochs {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		sum := 0.0
		for from := 0; from < len(all); from += side * batch {
			opt.Rate = 1e-3 * min(1, float64(step+1)/200) * (1 - float64(step)/float64(steps))
			var wait sync.WaitGroup
			for k, s := range shards {
				wait.Go(func() {
					s.Reset()
					lo, hi := min(len(all), from+k*batch), min(len(all), from+(k+1)*batch)
					if lo == hi {
						return
					}
					s.Rng, s.Train = rand.New(rand.NewPCG(o.Seed+3, uint64(step*side+k))), true
					h.loss(s, all[lo:hi], 1.0/(side*batch))
					s.Backward()
				})
			}
			wait.Wait()
			opt.Step(shards)
			for _, s := range shards {
				sum += s.Loss / float64(perEpoch)
			}
			step++
		}
		o.Report(float64(epoch+1), float64(o.Epochs), fmt.Sprintf("loss %.4f", sum))
	}
	f := &learn.File{Name: modelName, Version: modelVersion}
	f.Sections = append(f.Sections, h.table.Rowwise())
	for k := range h.points {
		f.Sections = append(f.Sections, net.Frozen(h.points[k], nil)...)
	}
	f.Sections = append(f.Sections, net.Frozen(h.second, h.bias)...)
	f.Sections = append(f.Sections, net.Frozen(h.out, h.outs)...)
	return f, nil
}

// The shares of inner values and of signs that are hidden in training.
const (
	dropout   = 0.4
	hideSigns = 0.25
)

// loss adds the errors of some predicates: squares up to a degree of 1.5 off, from there on
// straight, since labels that far off are often wrong.
func (h *heads) loss(s *net.Shard, some []example, weight float32) {
	all := []int{0}
	for i := range some {
		all = append(all, i+1)
	}
	var ids []uint32
	offsets := []int{0}
	for i := range some {
		ids = s.Thin(len(ids), hideSigns, append(ids, some[i].signs...))
		offsets = append(offsets, len(ids))
	}
	x := s.Bag(h.table, ids, offsets)
	for k := range h.points {
		x = s.Add(x, s.Linear(s.Dropout(rows(s, some, k, false), dropout, all), h.points[k], nil))
	}
	x = s.Add(x, s.Linear(s.Dropout(rows(s, some, 0, true), dropout, all), h.second, h.bias))
	y := s.Linear(s.Dropout(s.Relu(x), dropout, all), h.out, h.outs)
	const bend = 1.5
	for i := range some {
		at := i*y.C + int(some[i].scale)
		e := y.V[at] - some[i].degree
		size := max(e, -e)
		if size <= bend {
			s.Loss += float64(e * e / 2 * weight)
			y.G[at] += e * weight
		} else {
			s.Loss += float64((size - bend/2) * bend * weight)
			y.G[at] += e / size * bend * weight
		}
	}
}

// rows lays out the vectors of point k.
func rows(s *net.Shard, some []example, k int, second bool) *net.Node {
	dim := some[0].d.Vectors.Dim
	z := s.Node(len(some), dim)
	for r := range some {
		from := &some[r].d.Vectors
		if second {
			from = &some[r].d.Second
		}
		i := some[r].points[k]
		if i < 0 {
			continue
		}
		to, scale := z.Row(r), from.Scale[i]
		for j, v := range from.Row(i) {
			to[j] = float32(v) * scale
		}
	}
	return z
}

func everywhere(int) bool { return true }

const (
	modelName    = "certainty"
	modelVersion = "1"
)

// network is the frozen heads.
type network struct {
	dim      int
	points   [pointCount]net.Layer
	second   net.Layer
	out      net.Layer
	table    []int8
	rowScale []float32
	pool     sync.Pool // of *space
}

// space is the working space of one call.
type space struct {
	q      kernel.Quantized
	data   []int8
	scale  []float32
	y, sum []float32
	ids    []uint32
}

// Load returns the model of a file that Train made, for vectors of dim numbers. It fails
// where the file is damaged or the lexicon wrong.
func Load(weights []byte, dim int) (*Model, error) {
	m, err := NewPlain()
	if err != nil {
		return nil, err
	}
	f, err := learn.ReadFile(weights, modelName, modelVersion)
	if err != nil {
		return nil, err
	}
	n := &network{dim: dim}
	for k := range n.points {
		if n.points[k], err = net.ReadLayer(f, fmt.Sprintf("point%d", k), "", dim, hidden); err != nil {
			return nil, err
		}
	}
	if n.second, err = net.ReadLayer(f, "second", "bias", dim, hidden); err != nil {
		return nil, err
	}
	if n.out, err = net.ReadLayer(f, "out", "out.bias", hidden, int(scales)); err != nil {
		return nil, err
	}
	if n.table, n.rowScale, err = net.ReadTable(f, "signs", 1<<tableLog, hidden); err != nil {
		return nil, err
	}
	m.net = n
	return m, nil
}

// degrees returns what the network says of predicates with their operators.
func (n *network) degrees(a *analysis, tokens []int, ops [][]operator, scale Scale) []float64 {
	count := len(tokens)
	if count == 0 {
		return nil
	}
	s, _ := n.pool.Get().(*space)
	if s == nil {
		s = new(space)
	}
	defer n.pool.Put(s)
	s.sum, s.y = grow(s.sum, count*hidden), grow(s.y, count*hidden)
	s.data, s.scale = grow(s.data, count*n.dim), grow(s.scale, count)
	for i, token := range tokens {
		s.ids = a.signs(token, ops[i], s.ids[:0])
		kernel.AddInt8Rows(s.sum[i*hidden:(i+1)*hidden], n.table, n.rowScale, hidden, s.ids)
	}
	layer := func(l *net.Layer, from *doc.Vectors, point int) {
		for i, token := range tokens {
			row := s.data[i*n.dim : (i+1)*n.dim]
			if at := a.points(token)[point]; at >= 0 {
				copy(row, from.Row(at))
				s.scale[i] = from.Scale[at]
			} else {
				clear(row)
				s.scale[i] = 0
			}
		}
		s.q.Set(s.data, s.scale, count, n.dim)
		l.Apply(s.y, hidden, &s.q, count)
		for k, v := range s.y[:count*hidden] {
			s.sum[k] += v
		}
	}
	for k := range n.points {
		layer(&n.points[k], &a.d.Vectors, k)
	}
	layer(&n.second, &a.d.Second, 0)
	kernel.Relus(s.sum, s.sum[:count*hidden])
	s.q.Quantize(s.sum, count, hidden, hidden)
	s.y = grow(s.y, count*int(scales))
	n.out.Apply(s.y, int(scales), &s.q, count)
	out := make([]float64, count)
	for i := range out {
		out[i] = max(-3, min(3, float64(s.y[i*int(scales)+int(scale)])))
	}
	return out
}

func grow[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n)
	}
	return x[:n]
}
