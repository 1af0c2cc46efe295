package entity

import (
	"math"
	"unicode"
	"unicode/utf8"

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

// nameHeads are what turns the encoder's vectors into tags: a layer with the signs of
// the word, recurrent units over it in both directions, and the scores.
type nameHeads struct {
	own, ownBias *net.Param
	signs        *net.Param
	ahead, back  *net.Recur
	out, outBias *net.Param
	step         *net.Param
}

func newNameHeads(p *net.Params, dim int) *nameHeads {
	h := &nameHeads{
		own: p.Dense("names.own", dim, nameDim), ownBias: p.Matrix("names.own.bias", 1, nameDim, 0),
		signs: p.Table("names.signs", 1<<signLog, nameDim, 0.05),
		out:   p.Dense("names.out", 2*nameUnits, tagCount), outBias: p.Matrix("names.out.bias", 1, tagCount, 0),
		step: p.Matrix("names.step", 1, tagCount*tagCount, 0.05),
	}
	h.ahead = p.NewRecur("names.ahead", nameDim, nameUnits, false)
	h.back = p.NewRecur("names.back", nameDim, nameUnits, true)
	return h
}

// NameTrainer trains the tagger on top of the encoder's vectors.
type NameTrainer struct {
	heads   *nameHeads
	lessons map[*doc.Doc]*nameLesson
}

// nameLesson is what is known of a Doc's words.
type nameLesson struct {
	may  []uint32 // the tags that each word may have
	view *view
}

// NewNameTrainer adds the tagger's weights, for vectors of length dim.
func NewNameTrainer(p *net.Params, dim int) *NameTrainer {
	return &NameTrainer{heads: newNameHeads(p, dim), lessons: map[*doc.Doc]*nameLesson{}}
}

// See makes docs ready for Loss, whose Names are gold. Marked are the types that their
// annotators marked: a word outside of all names may be part of one of another type.
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
					if n.Type != kind && n.Type != "" {
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
			signs = s.Thin(len(signs), signDropout, v.signs(i, signs))
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

// view is what the tagger sees of a Doc's words beside their vectors.
type view struct {
	d     *doc.Doc
	first []bool // begins its sentence
	word  []uint64
	lower []uint64
	shape []uint64
	known []uint64
	seen  map[uint64]uint8 // of each lower-cased word: how the article writes it
}

// How an article writes a word inside sentences.
const (
	seenLower = 1 << iota
	seenUpper
)

func newView(d *doc.Doc, base *kb.KB) *view {
	v := &view{d: d, known: known(d, base), first: make([]bool, len(d.Tokens)), word: make([]uint64, len(d.Tokens)), lower: make([]uint64, len(d.Tokens)),
		shape: make([]uint64, len(d.Tokens)), seen: map[uint64]uint8{}}
	for _, s := range d.Sentences {
		if s.First < s.Last {
			v.first[s.First] = true
		}
	}
	var buf []byte
	for i := range d.Tokens {
		w := d.Word(i)
		v.word[i] = learn.Hash(w)
		buf = lowered(buf[:0], w)
		v.lower[i] = learn.HashBytes(buf)
		v.shape[i] = shapeOf(w)
		if v.first[i] {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			v.seen[v.lower[i]] |= seenUpper
		} else if unicode.IsLower(r) {
			v.seen[v.lower[i]] |= seenLower
		}
	}
	return v
}

func lowered(to []byte, w string) []byte {
	for _, r := range w {
		to = utf8.AppendRune(to, unicode.ToLower(r))
	}
	return to
}

// shapeOf folds the kinds of a word's letters, runs of one kind as two at most:
// "McCain" is AaAaa, "2016" is 00.
func shapeOf(w string) uint64 {
	h, last, run := uint64(7), rune(0), 0
	for _, r := range w {
		k := r
		switch {
		case unicode.IsUpper(r):
			k = 'A'
		case unicode.IsLetter(r):
			k = 'a'
		case unicode.IsDigit(r):
			k = '0'
		}
		if k == last {
			if run++; run > 2 {
				continue
			}
		} else {
			last, run = k, 1
		}
		h = learn.Mix(h, uint64(k))
	}
	return h
}

// signs appends the rows for the signs of token i.
func (v *view) signs(i int, out []uint32) []uint32 {
	n := 0
	add := func(parts ...uint64) {
		x := learn.Template(700 + n)
		n++
		for _, p := range parts {
			x = learn.Mix(x, p)
		}
		out = append(out, uint32(x>>(64-signLog)))
	}
	w := v.d.Word(i)
	first := uint64(0)
	if v.first[i] {
		first = 1
	}
	add(v.word[i])
	add(v.lower[i])
	add(v.shape[i], first)
	add(learn.Hash(w[max(0, len(w)-3):]))
	add(learn.Hash(w[:min(len(w), 3)]))
	add(uint64(v.seen[v.lower[i]]), first, v.shape[i])
	add(learn.Hash(v.d.Tokens[i].XPOS), first)
	add(v.known[i])
	for _, k := range [2]int{-1, 1} {
		if j := i + k; j >= 0 && j < len(v.word) {
			add(v.lower[j])
			add(v.shape[j], v.shape[i])
		} else {
			n += 2
		}
	}
	return out
}

// tagger is the frozen heads.
type tagger struct {
	own         net.Layer
	signs       []int8
	scale       []float32
	ahead, back net.Unit
	out         net.Layer
	step        [tagCount * tagCount]float32
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
	if t.own, err = net.ReadLayer(f, "names.own", "names.own.bias", dim, nameDim); err != nil {
		return nil, err
	}
	if t.signs, t.scale, err = net.ReadTable(f, "names.signs", 1<<signLog, nameDim); err != nil {
		return nil, err
	}
	if t.ahead, err = net.ReadUnit(f, "names.ahead", nameDim, nameUnits); err != nil {
		return nil, err
	}
	if t.back, err = net.ReadUnit(f, "names.back", nameDim, nameUnits); err != nil {
		return nil, err
	}
	if t.out, err = net.ReadLayer(f, "names.out", "names.out.bias", 2*nameUnits, tagCount); err != nil {
		return nil, err
	}
	step, err := net.ReadFloats(f, "names.step", 1, tagCount*tagCount)
	if err != nil {
		return nil, err
	}
	copy(t.step[:], step)
	return t, nil
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

// tag fills d.Names from d.Vectors.
func (t *tagger) tag(d *doc.Doc, base *kb.KB, s *tagSpace) {
	d.Names = d.Names[:0]
	v := newView(d, base)
	s.windows = d.Windows(s.windows[:0])
	sent := 0
	for _, w := range s.windows {
		n := w.Last - w.First
		if n == 0 {
			continue
		}
		s.x, s.y = grow(s.x, n*2*nameUnits), grow(s.y, n*2*nameUnits)
		s.u = grow(s.u, n*4*nameUnits)
		s.q.Set(d.Second.Data[w.First*d.Second.Dim:], d.Second.Scale[w.First:], n, d.Second.Dim)
		t.own.Apply(s.x, nameDim, &s.q, n)
		for i := range n {
			s.signs = v.signs(w.First+i, s.signs[:0])
			kernel.AddInt8Rows(s.bag[:], t.signs, t.scale, nameDim, s.signs)
			row := s.x[i*nameDim : (i+1)*nameDim]
			for k := range row {
				row[k] += s.bag[k]
			}
		}
		kernel.Relus(s.x, s.x[:n*nameDim])
		s.seqs = [2]int{0, n}
		s.q.Quantize(s.x, n, nameDim, nameDim)
		t.ahead.Run(s.y, 2*nameUnits, nil, 0, &s.q, s.seqs[:], false, s.u)
		t.back.Run(s.y[nameUnits:], 2*nameUnits, nil, 0, &s.q, s.seqs[:], true, s.u)
		s.q.Quantize(s.y, n, 2*nameUnits, 2*nameUnits)
		t.out.Apply(s.x, tagCount, &s.q, n)
		s.emit, s.from, s.tags = grow(s.emit, n), grow(s.from, n), grow(s.tags, n)
		for i := range n {
			copy(s.emit[i][:], s.x[i*tagCount:])
		}
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
