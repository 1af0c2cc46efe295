package quote

import (
	"math"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/net"
)

// The sizes of the heads.
const (
	ownDim    = 192 // of a token's vector with its signs
	ownUnits  = 128 // of each direction over these
	vectorDim = 2 * ownUnits
	cueDim    = 128
	tokenDim  = 128
	roleDim   = 96
	roleDepth = 2
	signLog   = 13 // log of the rows for the signs of tokens
	placeLog  = 14 // log of the rows for the places of tokens
	emitCols  = roleCount + roleCount*roleCount
)

// heads are what turns the encoder's vectors into statements. A layer of recurrent
// units over the article makes them vectors of the stage's own, seen with the signs
// that trees, quotation marks and the lexicon give. From these a layer says whether a
// token heads a cue; and, for a given cue, layers of recurrent units over the window's
// tokens, each seen with the cue's vector and its place in the tree as seen from the
// cue, give the scores of the lattice.
type heads struct {
	own, ownBias       *net.Param
	signs              *net.Param
	ownAhead, ownBack  *net.Recur
	cue, cueBias       [cueClasses]*net.Param
	out, outBias       [cueClasses]*net.Param
	token, bias, asCue *net.Param
	places             *net.Param
	ahead, back        [roleDepth]*net.Recur
	roles, rolesBias   *net.Param
	end, endBias       *net.Param
}

func newHeads(p *net.Params, dim int) *heads {
	h := &heads{
		own: p.Dense("quote.own", dim, ownDim), ownBias: p.Matrix("quote.own.bias", 1, ownDim, 0),
		signs:    p.Table("quote.signs", 1<<signLog, ownDim, 0.05),
		ownAhead: p.NewRecur("quote.own.ahead", ownDim, ownUnits, false),
		ownBack:  p.NewRecur("quote.own.back", ownDim, ownUnits, true),
		token:    p.Dense("quote.token", vectorDim, tokenDim), bias: p.Matrix("quote.token.bias", 1, tokenDim, 0),
		asCue:  p.Dense("quote.token.cue", vectorDim, tokenDim),
		places: p.Table("quote.places", 1<<placeLog, tokenDim, 0.05),
		roles:  p.Dense("quote.roles", 2*roleDim, emitCols), rolesBias: p.Matrix("quote.roles.bias", 1, emitCols, 0),
		end: p.Dense("quote.end", 2*roleDim, endCount), endBias: p.Matrix("quote.end.bias", 1, endCount, 0),
	}
	for c := range cueClasses {
		h.cue[c], h.cueBias[c] = p.Dense(layerName("quote.cue", c), vectorDim, cueDim), p.Matrix(layerName("quote.cue.bias", c), 1, cueDim, 0)
		h.out[c], h.outBias[c] = p.Dense(layerName("quote.out", c), cueDim, 1), p.Matrix(layerName("quote.out.bias", c), 1, 1, 0)
	}
	in := tokenDim
	for i := range roleDepth {
		h.ahead[i] = p.NewRecur(layerName("quote.ahead", i), in, roleDim, false)
		h.back[i] = p.NewRecur(layerName("quote.back", i), in, roleDim, true)
		in = 2 * roleDim
	}
	return h
}

// layerName returns the name of layer i, counted from 1.
func layerName(name string, i int) string { return name + string(rune('1'+i)) }

// Trainer trains the heads on top of the encoder.
type Trainer struct {
	heads   *heads
	teacher *Model
	lessons map[*doc.Doc]*lesson
	finder  finder
	field   field
	frame   frame
	grad    lattice[float32]
}

// NewTrainer adds the heads' weights, for vectors of length dim. The teacher is a
// linear model: nobody marked the cues inside contents, so the heads learn from it which
// tokens there are cues. It judges them by their own words and tree, while a net that
// sees the whole paragraph would learn that nothing inside a content is a cue.
func NewTrainer(p *net.Params, dim int, teacher *Model) *Trainer {
	return &Trainer{heads: newHeads(p, dim), teacher: teacher, lessons: map[*doc.Doc]*lesson{}}
}

// See makes docs ready for Loss, whose Statements are gold and whose other layers were
// written by extract and syntax. Call it again when their trees have changed.
func (t *Trainer) See(docs []*doc.Doc) {
	for _, d := range docs {
		l := newLesson(d)
		l.taught = make([]float32, len(d.Tokens))
		for i := range d.Tokens {
			if l.hidden[i] && !l.isCue[i] && l.v.candidate(i) {
				l.taught[i] = float32(t.teacher.cueLikely(&t.finder, l.v, i)[cueAny])
			}
		}
		t.lessons[d] = l
	}
}

// headDropout is the share of the heads' inner values that are hidden in training.
const headDropout = 0.33

// Loss adds the losses of cues and of roles.
func (t *Trainer) Loss(s *net.Shard, z *net.Node, windows []doc.Window) {
	h := t.heads
	var signs []uint32
	offsets, seqs := []int{0}, []int{0}
	for _, w := range windows {
		v := t.lessons[w.Doc].v
		for i := w.First; i < w.Last; i++ {
			signs = s.Thin(len(signs), signDropout, v.signs(i, signs))
			offsets = append(offsets, len(signs))
		}
		seqs = append(seqs, len(offsets)-1)
	}
	z = s.Relu(s.Add(s.Linear(z, h.own, h.ownBias), s.Bag(h.signs, signs, offsets)))
	z = s.Dropout(z, headDropout, seqs)
	z = s.Dropout(s.Join(s.Recur(z, h.ownAhead, seqs), s.Recur(z, h.ownBack, seqs)), headDropout, seqs)
	var targets [cueClasses][]float32
	for c := range targets {
		targets[c] = make([]float32, z.R)
		for i := range targets[c] {
			targets[c][i] = -1
		}
	}
	at, known := 0, 0
	var items []item
	for _, w := range windows {
		l := t.lessons[w.Doc]
		for i := w.First; i < w.Last; i++ {
			if !l.v.candidate(i) && !l.isCue[i] || !w.Doc.Blocks[w.Doc.Sentences[l.v.sent[i]].Block].Kind.Prose() {
				continue
			}
			y := float32(0)
			if l.isCue[i] {
				y = 1
			}
			row := at + i - w.First
			targets[cueOuter][row] = y
			if targets[cueAny][row] = y; y == 0 && l.hidden[i] {
				targets[cueAny][row] = l.taught[i]
			}
			known++
		}
		for k := range l.examples {
			if g := &l.examples[k].gold; g.head >= w.First && g.head < w.Last {
				items = append(items, item{l, g, w, at})
			}
		}
		at += w.Last - w.First
	}
	// Each question has a layer of its own, so that what the teacher says of tokens inside
	// contents does not blur what annotators say of the others.
	for c := range cueClasses {
		x := s.Dropout(s.Relu(s.Linear(z, h.cue[c], h.cueBias[c])), headDropout, []int{0, z.R})
		s.Logistic(s.Linear(x, h.out[c], h.outBias[c]), targets[c], 1/float64(max(1, known)))
	}
	if len(items) > 0 {
		t.roles(s, z, items)
	}
}

// item is a gold statement of a batch: at is the row of z of the window's first token.
type item struct {
	l    *lesson
	gold *found
	w    doc.Window
	at   int
}

// roles adds the loss of the roles of the items' tokens.
func (t *Trainer) roles(s *net.Shard, z *net.Node, items []item) {
	h := t.heads
	var rows, cues, heads, firsts []int
	var ids []uint32
	offsets, seqs := []int{0}, []int{0}
	for _, it := range items {
		f := &t.frame
		f.enter(it.l.v, it.gold.head)
		first, last := max(f.first, it.w.First), min(f.last, it.w.Last)
		for i := first; i < last; i++ {
			rows = append(rows, it.at+i-it.w.First)
			cues = append(cues, it.at+it.gold.head-it.w.First)
			ids = s.Thin(len(ids), signDropout, f.places(i, ids))
			offsets = append(offsets, len(ids))
		}
		heads = append(heads, seqs[len(seqs)-1]+it.gold.head-first)
		firsts = append(firsts, first)
		seqs = append(seqs, len(rows))
	}
	x := s.Add(s.Pick(s.Linear(z, h.token, h.bias), rows), s.Pick(s.Linear(z, h.asCue, nil), cues))
	x = s.Dropout(s.Relu(s.Add(x, s.Bag(h.places, ids, offsets))), headDropout, seqs)
	for i := range roleDepth {
		x = s.Dropout(s.Join(s.Recur(x, h.ahead[i], seqs), s.Recur(x, h.back[i], seqs)), headDropout, seqs)
	}
	scores := s.Linear(x, h.roles, h.rolesBias)
	ends := s.Linear(s.Pick(x, heads), h.end, h.endBias)
	each := float32(1 / float64(len(items)) * roleWeight)
	var l lattice[float32]
	var gold []uint8
	for k, it := range items {
		n := seqs[k+1] - seqs[k]
		l.resize(n)
		l.head = it.gold.head - firsts[k]
		for i := range n {
			row := scores.Row(seqs[k] + i)
			copy(l.emit[i][:], row)
			copy(l.join[i][:], row[roleCount:])
		}
		copy(l.end[:], ends.Row(k))
		gold = grow(gold, n)
		it.gold.give(gold, firsts[k])
		loss, ok := t.field.likelihood(&l, gold, &t.grad)
		if !ok || math.IsNaN(loss) {
			continue
		}
		s.Loss += loss * float64(each)
		for i := range n {
			row := scores.GradRow(seqs[k] + i)
			for r, g := range t.grad.emit[i] {
				row[r] = g * each
			}
			for j, g := range t.grad.join[i] {
				row[roleCount+j] = g * each
			}
		}
		for e, g := range t.grad.end {
			ends.GradRow(k)[e] = g * each
		}
	}
}

const (
	signDropout = 0.15 // of signs and places
	// roleWeight is what the loss of a statement's roles counts beside that of its
	// tokens being cues.
	roleWeight = 0.1
)

// signs appends the rows for the signs that token i bears: its tag and relation, what
// its lemma does as a cue, how it stands to quotation marks, and which dependents it has.
func (v *view) signs(i int, out []uint32) []uint32 {
	n := 0
	add := func(parts ...uint64) {
		x := learn.Template(600 + n)
		n++
		for _, p := range parts {
			x = learn.Mix(x, p)
		}
		out = append(out, uint32(x>>(64-signLog)))
	}
	s := v.d.Sentences[v.sent[i]]
	quoted := bit(v.quotes.Inside(i)) | uint64(v.quotes.Mark(i))<<1
	up, upClass := uint64(0), uint64(0)
	if h := v.d.Tokens[i].Head; h >= 0 {
		up, upClass = v.xpos[h], v.class[h]
	}
	add(v.xpos[i], v.rel[i])
	add(v.class[i], v.upos[i])
	add(v.rel[i], up)
	add(v.class[i], upClass, v.rel[i])
	add(quoted, bit(i == s.First), uint64(v.d.Blocks[s.Block].Kind))
	add(quoted, v.nearQuote(i, -1, s), v.nearQuote(i, +1, s))
	var set uint64
	for c := v.first[i]; c >= 0; c = v.next[c] {
		set += learn.Mix(0x77, v.rel[c]) // order does not matter
		if r := v.d.Tokens[c].Rel; r == "ccomp" || r == "xcomp" || r == "acl" || r == "advcl" {
			add(v.class[i], v.rel[c], v.upos[i])
		}
	}
	n = 10
	add(v.upos[i], set)
	return out
}

// places appends the rows for the place of token i as seen from the cue: what the
// tree and the quotation marks say about the way between them.
func (f *frame) places(i int, out []uint32) []uint32 {
	v, h, k := f.v, f.head, i-f.first
	n := 0
	add := func(parts ...uint64) {
		x := learn.Template(500 + n)
		n++
		for _, p := range parts {
			x = learn.Mix(x, p)
		}
		out = append(out, uint32(x>>(64-placeLog)))
	}
	side := bit(i > h)
	if i == h {
		side = 2
	}
	lc := f.levelClass(i)
	in := bit(v.quotes.Inside(i)) | bit(v.quotes.Inside(h))<<1 | uint64(v.quotes.Mark(i))<<2
	before := uint64(0)
	if i > f.first {
		before = bit(v.quotes.Inside(i-1)) | uint64(v.quotes.Mark(i-1))<<1
	}
	add(uint64(max(-31, min(31, i-h)) + 32))
	add(in, before, uint64(f.marksBefore[k]), side)
	add(v.xpos[i], v.rel[i])
	add(v.class[h], v.upos[h], v.rel[h], side)
	if f.level[k] < 0 {
		add(lc, in, bit(i == f.first || v.sent[i] != v.sent[i-1]))
		return out
	}
	b, w := f.branch[k], f.twig[k]
	brel, wrel := v.rel[b], v.rel[w]
	if l, on := f.onChain[b]; on && l == f.level[k] {
		brel = 0x99
	}
	chain := uint64(0)
	if int(f.level[k]) < len(f.chain) {
		chain = f.chain[f.level[k]]
	}
	n = 10
	add(lc, brel, side)
	add(lc, brel, wrel, side)
	add(chain, brel)
	edge := bit(int(v.lo[b]) == i) | bit(int(v.hi[b]) == i)<<1 | bit(int(v.lo[w]) == i)<<2 | bit(int(v.hi[w]) == i)<<3
	add(edge, brel, side)
	add(lc, brel, f.mark(int(b)))
	add(v.class[h], brel, lc)
	closed := uint64(0)
	if i > f.first && v.sent[i] == v.sent[i-1] {
		closed = v.rel[f.closer(i-1)]
	}
	add(v.rel[f.opener(i)], closed)
	return out
}
