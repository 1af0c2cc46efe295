package quote

import (
	"encoding/json"
	"fmt"
	"math"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/kernel"
	"hearsay/learn/net"
)

// neural is the frozen heads: what finds cues and roles from vectors.
type neural struct {
	own                   net.Layer
	signs, places         []int8
	signScale, placeScale []float32
	ownAhead, ownBack     net.Unit
	cue, out              [cueClasses]net.Layer
	token, asCue          net.Layer
	ahead, back           [roleDepth]net.Unit
	roles, end            net.Layer
}

// Sections returns the trained heads in the form that LoadHeads takes.
func (t *Trainer) Sections() []learn.Section {
	h := t.heads
	out := []learn.Section{h.signs.Rowwise(), h.places.Rowwise()}
	for _, l := range [][2]*net.Param{{h.own, h.ownBias}, {h.cue[cueAny], h.cueBias[cueAny]}, {h.out[cueAny], h.outBias[cueAny]},
		{h.cue[cueOuter], h.cueBias[cueOuter]}, {h.out[cueOuter], h.outBias[cueOuter]}, {h.token, h.bias}, {h.asCue, nil},
		{h.roles, h.rolesBias}, {h.end, h.endBias}} {
		out = append(out, net.Frozen(l[0], l[1])...)
	}
	units := []*net.Recur{h.ownAhead, h.ownBack}
	for i := range roleDepth {
		units = append(units, h.ahead[i], h.back[i])
	}
	for _, u := range units {
		out = append(out, u.Frozen()...)
	}
	return out
}

// LoadHeads returns a model that finds statements from vectors of length dim. Docs
// must have them.
func LoadHeads(f *learn.File, dim int) (*Model, error) {
	m, err := loadHeads(f, dim)
	if err != nil {
		return nil, err
	}
	data, err := f.Section(paramsSection)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &m.params); err != nil {
		return nil, fmt.Errorf("model %s, section %s: %w", f.Name, paramsSection, err)
	}
	return m, nil
}

const paramsSection = "quote.params"

// Tune chooses the thresholds and the calibration of trained heads on articles that
// they have not learnt from, read up to their vectors, and returns them as a section
// for LoadHeads.
func Tune(f *learn.File, dim int, kept []*doc.Doc) (learn.Section, error) {
	m, err := loadHeads(f, dim)
	if err != nil {
		return learn.Section{}, err
	}
	var held []*lesson
	for _, d := range kept {
		held = append(held, newLesson(d))
	}
	m.tune(held)
	m.calibrate(held)
	p, err := json.Marshal(m.params)
	return learn.Section{Name: paramsSection, Data: p}, err
}

// Divide parts articles into those to learn from and those kept to tune by: one in
// ten, by the first of its annotators where docs has an article several times.
func Divide(docs []*doc.Doc) (learnt, kept []*doc.Doc) {
	articles := 0
	for i, d := range docs {
		again := i > 0 && docs[i-1].Text == d.Text
		if !again {
			articles++
		}
		switch {
		case articles%10 != 0:
			learnt = append(learnt, d)
		case !again:
			kept = append(kept, d)
		}
	}
	return learnt, kept
}

func loadHeads(f *learn.File, dim int) (*Model, error) {
	h := new(neural)
	type layer struct {
		to         *net.Layer
		name, bias string
		in, out    int
	}
	layers := []layer{
		{&h.own, "quote.own", "quote.own.bias", dim, ownDim},
		{&h.token, "quote.token", "quote.token.bias", vectorDim, tokenDim},
		{&h.asCue, "quote.token.cue", "", vectorDim, tokenDim},
		{&h.roles, "quote.roles", "quote.roles.bias", 2 * roleDim, emitCols},
		{&h.end, "quote.end", "quote.end.bias", 2 * roleDim, endCount},
	}
	for c := range cueClasses {
		layers = append(layers, layer{&h.cue[c], layerName("quote.cue", c), layerName("quote.cue.bias", c), vectorDim, cueDim},
			layer{&h.out[c], layerName("quote.out", c), layerName("quote.out.bias", c), cueDim, 1})
	}
	for _, l := range layers {
		var err error
		if *l.to, err = net.ReadLayer(f, l.name, l.bias, l.in, l.out); err != nil {
			return nil, err
		}
	}
	var err error
	if h.signs, h.signScale, err = net.ReadTable(f, "quote.signs", 1<<signLog, ownDim); err != nil {
		return nil, err
	}
	if h.places, h.placeScale, err = net.ReadTable(f, "quote.places", 1<<placeLog, tokenDim); err != nil {
		return nil, err
	}
	type unit struct {
		to    *net.Unit
		name  string
		in, d int
	}
	units := []unit{{&h.ownAhead, "quote.own.ahead", ownDim, ownUnits}, {&h.ownBack, "quote.own.back", ownDim, ownUnits}}
	in := tokenDim
	for i := range roleDepth {
		units = append(units, unit{&h.ahead[i], layerName("quote.ahead", i), in, roleDim}, unit{&h.back[i], layerName("quote.back", i), in, roleDim})
		in = 2 * roleDim
	}
	for _, u := range units {
		if *u.to, err = net.ReadUnit(f, u.name, u.in, u.d); err != nil {
			return nil, err
		}
	}
	return &Model{neural: h}, nil
}

// scratch is the working space of the heads.
type scratch struct {
	windows     []doc.Window
	seqs        []int
	z, q        kernel.Quantized
	x, y, u     []float32
	scores      []float32
	tokens      []float32 // what token gives for tokens [first, last)
	first, last int
	cue         [tokenDim]float32
	sum         [ownDim]float32
	end         [endCount]float32
	ids         []uint32
	own         doc.Vectors // of the whole article
	likely      []float32   // log-odds of each token of the article, by cue class
}

// passSize is about how many tokens go through the heads at once.
const passSize = 512

// rows points z at tokens [first, last) of vectors.
func (b *scratch) rows(x *doc.Vectors, first, last int) {
	b.z.Set(x.Data[first*x.Dim:last*x.Dim], x.Scale[first:last], last-first, x.Dim)
}

// read writes the article's vectors as this stage sees them to b.own, and the log-odds
// of every token being a cue to b.likely.
func (h *neural) read(b *scratch, v *view) {
	n := len(v.d.Tokens)
	b.own.Resize(n, vectorDim)
	b.likely = grow(b.likely, n*cueClasses)
	b.first, b.last = 0, 0
	b.windows = v.d.Windows(b.windows[:0])
	for from := 0; from < len(b.windows); {
		first := b.windows[from].First
		b.seqs = append(b.seqs[:0], 0)
		for from < len(b.windows) && (len(b.seqs) == 1 || b.windows[from].Last-first <= passSize) {
			b.seqs = append(b.seqs, b.windows[from].Last-first)
			from++
		}
		h.pass(b, v, first)
	}
}

// pass reads the sequences of b.seqs, the first of which begins at token first.
func (h *neural) pass(b *scratch, v *view, first int) {
	n := b.seqs[len(b.seqs)-1]
	b.rows(&v.d.Vectors, first, first+n)
	b.x = grow(b.x, n*ownDim)
	h.own.Apply(b.x, ownDim, &b.z, n)
	for i := range n {
		b.ids = v.signs(first+i, b.ids[:0])
		kernel.AddInt8Rows(b.sum[:], h.signs, h.signScale, ownDim, b.ids)
		row := b.x[i*ownDim : (i+1)*ownDim]
		for j := range row {
			row[j] += b.sum[j]
		}
	}
	kernel.Relus(b.x, b.x)
	b.q.Quantize(b.x, n, ownDim, ownDim)
	b.y, b.u = grow(b.y, n*vectorDim), grow(b.u, n*4*ownUnits)
	h.ownAhead.Run(b.y, vectorDim, nil, 0, &b.q, b.seqs, false, b.u)
	h.ownBack.Run(b.y[ownUnits:], vectorDim, nil, 0, &b.q, b.seqs, true, b.u)
	b.q.Quantize(b.y, n, vectorDim, vectorDim)
	copy(b.own.Data[first*vectorDim:], b.q.Data)
	copy(b.own.Scale[first:], b.q.Scale)

	b.x = grow(b.x, n*cueDim)
	b.z.Set(b.own.Data[first*vectorDim:(first+n)*vectorDim], b.own.Scale[first:first+n], n, vectorDim)
	for c := range cueClasses {
		h.cue[c].Apply(b.x, cueDim, &b.z, n)
		kernel.Relus(b.x, b.x)
		b.q.Quantize(b.x, n, cueDim, cueDim)
		h.out[c].Apply(b.likely[first*cueClasses+c:], cueClasses, &b.q, n)
	}
}

// unitScore is how many units of the decoder's integers a score of 1 is.
const unitScore = 1024

// score fills the lattice for the cue that f stands at.
func (h *neural) score(b *scratch, f *frame, l *lattice[int32]) {
	n := f.last - f.first
	if f.first < b.first || f.last > b.last {
		b.first, b.last = f.first, f.last
		b.rows(&b.own, f.first, f.last)
		b.tokens = grow(b.tokens, n*tokenDim)
		h.token.Apply(b.tokens, tokenDim, &b.z, n)
	}
	b.rows(&b.own, f.head, f.head+1)
	h.asCue.Apply(b.cue[:], tokenDim, &b.z, 1)
	b.x = grow(b.x, n*tokenDim)
	for i := range n {
		b.ids = f.places(f.first+i, b.ids[:0])
		kernel.AddInt8Rows(b.sum[:tokenDim], h.places, h.placeScale, tokenDim, b.ids)
		row, token := b.x[i*tokenDim:(i+1)*tokenDim], b.tokens[(f.first+i-b.first)*tokenDim:]
		for j := range row {
			row[j] = token[j] + b.cue[j] + b.sum[j]
		}
	}
	kernel.Relus(b.x, b.x)
	b.q.Quantize(b.x, n, tokenDim, tokenDim)
	b.u, b.y = grow(b.u, n*4*roleDim), grow(b.y, n*2*roleDim)
	seqs := [2]int{0, n}
	for i := range roleDepth {
		h.ahead[i].Run(b.y, 2*roleDim, nil, 0, &b.q, seqs[:], false, b.u)
		h.back[i].Run(b.y[roleDim:], 2*roleDim, nil, 0, &b.q, seqs[:], true, b.u)
		b.q.Quantize(b.y, n, 2*roleDim, 2*roleDim)
	}
	b.scores = grow(b.scores, n*emitCols)
	h.roles.Apply(b.scores, emitCols, &b.q, n)
	for i := range n {
		row := b.scores[i*emitCols : (i+1)*emitCols]
		for r := range l.emit[i] {
			l.emit[i][r] = units(row[r])
		}
		for j := range l.join[i] {
			l.join[i][j] = units(row[roleCount+j])
		}
	}
	b.q.Quantize(b.y[(f.head-f.first)*2*roleDim:], 1, 2*roleDim, 2*roleDim)
	h.end.Apply(b.end[:], endCount, &b.q, 1)
	for e, x := range b.end {
		l.end[e] = units(x)
	}
}

// units makes a score an integer of limited size: the decoder takes a sum below low/2
// for a way that does not exist, and a window has up to 441 tokens with two scores each.
func units(x float32) int32 {
	return int32(math.RoundToEven(float64(max(-100, min(100, x))) * unitScore))
}
