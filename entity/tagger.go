package entity

import (
	"math"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/kernel"
	"hearsay/learn/net"
	"hearsay/lexicon/kb"
)

// tagTypes are the types that the tagger tells apart. States are places to it, and
// documents are other things: those who marked the names made no difference.
var tagTypes = [...]doc.EntityType{doc.Person, doc.Organization, doc.Location, doc.Group, doc.Other}

// The sizes of the tagger.
const (
	nameDim   = 192 // of a token's vector with its signs
	nameUnits = 128 // of each direction over these
	signLog   = 14  // log of the rows for the signs of tokens
)

// Two taggers read each word, and their scores are added up: one over the second encoder,
// which has been tuned to names, and one over the first, which has learnt grammar and
// statements. They err at different places. The second opinion also hears what raw news makes
// of a word (heard.go).
const (
	ownName     = "names"
	opinionName = "opinion"
)

// opinionWeight is what the second opinion counts beside the first, which knows more of news.
const opinionWeight = 0.5

// nameHeads are what turns an encoder's vectors into tags: a layer with the signs of
// the word, recurrent units over it in both directions, and the scores.
type nameHeads struct {
	own, ownBias *net.Param
	signs        *net.Param
	ahead, back  *net.Recur
	out, outBias *net.Param
	step         *net.Param
}

func newNameHeads(p *net.Params, name string, dim int) *nameHeads {
	h := &nameHeads{
		own: p.Dense(name+".own", dim, nameDim), ownBias: p.Matrix(name+".own.bias", 1, nameDim, 0),
		signs: p.Table(name+".signs", 1<<signLog, nameDim, 0.05),
		out:   p.Dense(name+".out", 2*nameUnits, tagCount), outBias: p.Matrix(name+".out.bias", 1, tagCount, 0),
		step: p.Matrix(name+".step", 1, tagCount*tagCount, 0.05),
	}
	h.ahead = p.NewRecur(name+".ahead", nameDim, nameUnits, false)
	h.back = p.NewRecur(name+".back", nameDim, nameUnits, true)
	return h
}

// NameTrainer trains a tagger on top of an encoder's vectors.
type NameTrainer struct {
	heads   *nameHeads
	heard   *heard // nil: it hears nothing
	lessons map[*doc.Doc]*nameLesson
}

// nameLesson is what is known of a Doc's words.
type nameLesson struct {
	may  []uint32 // the tags that each word may have
	view *view
}

// NewNameTrainer adds the tagger's weights, for vectors of length dim.
func NewNameTrainer(p *net.Params, dim int) *NameTrainer {
	return &NameTrainer{heads: newNameHeads(p, ownName, dim), lessons: map[*doc.Doc]*nameLesson{}}
}

// See makes docs ready for Loss, whose Names are gold. Marked are the types that their
// annotators marked: a word outside of all names may be part of one of another type. A name
// without a type is a group or another thing.
func (t *NameTrainer) See(docs []*doc.Doc, marked ...doc.EntityType) {
	outside := uint32(1)
	for k, kind := range tagTypes {
		known := false
		for _, m := range marked {
			known = known || m == kind
		}
		if !known {
			outside |= 1<<beginOf(k) | 1<<insideOf(k)
		}
	}
	for _, d := range docs {
		l := &nameLesson{may: make([]uint32, len(d.Tokens)), view: newView(d, kb.Shipped())}
		if t.heard != nil {
			l.view.listen(t.heard)
		}
		for i := range l.may {
			l.may[i] = outside
		}
		k := 0
		for _, n := range d.Names {
			for k < len(d.Tokens) && d.Tokens[k].End <= n.Begin {
				k++
			}
			for i := k; i < len(d.Tokens) && d.Tokens[i].Begin < n.End; i++ {
				may := uint32(0)
				for x, kind := range tagTypes {
					if n.Type != kind && !(n.Type == "" && (kind == doc.Group || kind == doc.Other)) {
						continue
					}
					if i == k {
						may |= 1 << beginOf(x)
					} else {
						may |= 1 << insideOf(x)
					}
				}
				l.may[i] = may
			}
		}
		t.lessons[d] = l
	}
}

// headDropout is the share of the heads' inner values that are hidden in training, and
// signDropout that of the signs.
const (
	headDropout = 0.33
	signDropout = 0.2
)

// Loss adds the loss of the words' tags. It may run for several batches at once.
func (t *NameTrainer) Loss(s *net.Shard, z *net.Node, windows []doc.Window) {
	h := t.heads
	var signs []uint32
	offsets, seqs := []int{0}, []int{0}
	for _, w := range windows {
		v := t.lessons[w.Doc].view
		for i := w.First; i < w.Last; i++ {
			before := len(signs)
			if t.heard == nil {
				signs = v.signs(i, signs)
			} else {
				signs = v.more(i, signs)
			}
			signs = s.Thin(before, signDropout, signs)
			offsets = append(offsets, len(signs))
		}
		seqs = append(seqs, len(offsets)-1)
	}
	z = s.Relu(s.Add(s.Linear(z, h.own, h.ownBias), s.Bag(h.signs, signs, offsets)))
	z = s.Dropout(z, headDropout, seqs)
	z = s.Dropout(s.Join(s.Recur(z, h.ahead, seqs), s.Recur(z, h.back, seqs)), headDropout, seqs)
	z = s.Linear(z, h.out, h.outBias)
	step := (*[tagCount * tagCount]float32)(h.step.W)
	grad := s.Grad(h.step)
	each := 1 / float64(z.R)
	var c chain
	var all []uint32
	row := 0
	for _, w := range windows {
		l := t.lessons[w.Doc]
		for _, sent := range w.Doc.Sentences {
			if sent.First < w.First || sent.Last > w.Last || sent.First == sent.Last {
				continue
			}
			n := sent.Last - sent.First
			emit, gradEmit := make([][tagCount]float32, n), make([][tagCount]float32, n)
			for i := range emit {
				copy(emit[i][:], z.Row(row+i))
			}
			for len(all) < n {
				all = append(all, 1<<tagCount-1)
			}
			may := l.may[sent.First:sent.Last]
			want := c.sums(emit, step, may)
			if math.IsInf(want, -1) {
				row += n // a name that crosses sentences
				continue
			}
			c.expect(emit, step, may, want, -each, gradEmit, grad)
			total := c.sums(emit, step, all)
			c.expect(emit, step, all, total, each, gradEmit, grad)
			s.Loss += (total - want) * each
			for i := range gradEmit {
				to := z.GradRow(row + i)
				for k, g := range gradEmit[i] {
					to[k] += g
				}
			}
			row += n
		}
	}
}

// reading is one tagger's frozen heads.
type reading struct {
	own         net.Layer
	signs       []int8
	scale       []float32
	ahead, back net.Unit
	out         net.Layer
	step        [tagCount * tagCount]float32
}

// tagger is both readings.
type tagger struct {
	own, opinion *reading
	heard        *heard
	step         [tagCount * tagCount]float32
}

// Sections returns the trained tagger in the form that Load takes.
func (t *NameTrainer) Sections() []learn.Section {
	h := t.heads
	out := []learn.Section{h.signs.Rowwise()}
	out = append(out, net.Frozen(h.own, h.ownBias)...)
	out = append(out, h.ahead.Frozen()...)
	out = append(out, h.back.Frozen()...)
	out = append(out, net.Frozen(h.out, h.outBias)...)
	return append(out, net.Frozen(nil, h.step)...)
}

func loadTagger(f *learn.File, dim int) (*tagger, error) {
	t := new(tagger)
	var err error
	if t.own, err = loadReading(f, ownName, dim); err != nil {
		return nil, err
	}
	if t.opinion, err = loadReading(f, opinionName, dim); err != nil {
		return nil, err
	}
	if t.heard, err = readHeard(f); err != nil {
		return nil, err
	}
	for k := range t.step {
		t.step[k] = t.own.step[k] + opinionWeight*t.opinion.step[k]
	}
	return t, nil
}

func loadReading(f *learn.File, name string, dim int) (*reading, error) {
	r := new(reading)
	var err error
	if r.own, err = net.ReadLayer(f, name+".own", name+".own.bias", dim, nameDim); err != nil {
		return nil, err
	}
	if r.signs, r.scale, err = net.ReadTable(f, name+".signs", 1<<signLog, nameDim); err != nil {
		return nil, err
	}
	if r.ahead, err = net.ReadUnit(f, name+".ahead", nameDim, nameUnits); err != nil {
		return nil, err
	}
	if r.back, err = net.ReadUnit(f, name+".back", nameDim, nameUnits); err != nil {
		return nil, err
	}
	if r.out, err = net.ReadLayer(f, name+".out", name+".out.bias", 2*nameUnits, tagCount); err != nil {
		return nil, err
	}
	step, err := net.ReadFloats(f, name+".step", 1, tagCount*tagCount)
	if err != nil {
		return nil, err
	}
	copy(r.step[:], step)
	return r, nil
}

// tagSpace is the working space of a tagging.
type tagSpace struct {
	windows []doc.Window
	q       kernel.Quantized
	x, y, u []float32
	signs   []uint32
	emit    [][tagCount]float32
	from    [][tagCount]uint8
	tags    []uint8
	seqs    [2]int
	bag     [nameDim]float32
}

// tag fills d.Names from d.Vectors and d.Second.
func (t *tagger) tag(d *doc.Doc, base *kb.KB, s *tagSpace) {
	d.Names = d.Names[:0]
	v := newView(d, base)
	v.listen(t.heard)
	s.windows = d.Windows(s.windows[:0])
	sent := 0
	for _, w := range s.windows {
		n := w.Last - w.First
		if n == 0 {
			continue
		}
		s.emit, s.from, s.tags = grow(s.emit, n), grow(s.from, n), grow(s.tags, n)
		clear(s.emit)
		t.own.score(s, &d.Second, w, v.signs, 1)
		t.opinion.score(s, &d.Vectors, w, v.more, opinionWeight)
		for ; sent < len(d.Sentences) && d.Sentences[sent].Last <= w.Last; sent++ {
			a, b := d.Sentences[sent].First-w.First, d.Sentences[sent].Last-w.First
			if a < b {
				best(s.emit[a:b], &t.step, s.from[a:b], s.tags[a:b])
				gather(d, s.tags[a:b], w.First+a)
			}
		}
	}
	townsApart(d)
}

// score adds the scores of the tags of a window's words, times weight, to s.emit.
func (r *reading) score(s *tagSpace, vectors *doc.Vectors, w doc.Window, signs func(i int, out []uint32) []uint32, weight float32) {
	n := w.Last - w.First
	s.x, s.y = grow(s.x, n*2*nameUnits), grow(s.y, n*2*nameUnits)
	s.u = grow(s.u, n*4*nameUnits)
	s.q.Set(vectors.Data[w.First*vectors.Dim:], vectors.Scale[w.First:], n, vectors.Dim)
	r.own.Apply(s.x, nameDim, &s.q, n)
	for i := range n {
		s.signs = signs(w.First+i, s.signs[:0])
		kernel.AddInt8Rows(s.bag[:], r.signs, r.scale, nameDim, s.signs)
		row := s.x[i*nameDim : (i+1)*nameDim]
		for k := range row {
			row[k] += s.bag[k]
		}
	}
	kernel.Relus(s.x, s.x[:n*nameDim])
	s.seqs = [2]int{0, n}
	s.q.Quantize(s.x, n, nameDim, nameDim)
	r.ahead.Run(s.y, 2*nameUnits, nil, 0, &s.q, s.seqs[:], false, s.u)
	r.back.Run(s.y[nameUnits:], 2*nameUnits, nil, 0, &s.q, s.seqs[:], true, s.u)
	s.q.Quantize(s.y, n, 2*nameUnits, 2*nameUnits)
	r.out.Apply(s.x, tagCount, &s.q, n)
	for i := range n {
		for k, x := range s.x[i*tagCount : (i+1)*tagCount] {
			s.emit[i][k] += weight * x
		}
	}
}

// gather appends the names that the tags of the words from first on make.
func gather(d *doc.Doc, tags []uint8, first int) {
	for i := 0; i < len(tags); {
		tag := int(tags[i])
		end := i + 1
		if tag != 0 {
			for end < len(tags) && int(tags[end]) == tag+1 {
				end++
			}
			d.Names = append(d.Names, doc.Name{Type: tagTypes[(tag-1)/2],
				Span: doc.Span{Begin: d.Tokens[first+i].Begin, End: d.Tokens[first+end-1].End}})
		}
		i = end
	}
}

func grow[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n)
	}
	return x[:n]
}
