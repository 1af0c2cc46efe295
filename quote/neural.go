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
	cue, out     net.Layer
	token, asCue net.Layer
	places       []int8
	scale        []float32
	ahead, back  net.Unit
	roles, end   net.Layer
}

// Sections returns the trained heads in the form that LoadHeads takes.
func (t *Trainer) Sections() []learn.Section {
	h := t.heads
	out := []learn.Section{h.places.Rowwise()}
	for _, l := range [][2]*net.Param{{h.cue, h.cueBias}, {h.out, h.outBias}, {h.token, h.bias}, {h.asCue, nil},
		{h.roles, h.rolesBias}, {h.end, h.endBias}} {
		out = append(out, net.Frozen(l[0], l[1])...)
	}
	return append(append(out, h.ahead.Frozen()...), h.back.Frozen()...)
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

// Divide parts articles into those to learn from and those kept to tune by: one in ten.
func Divide(docs []*doc.Doc) (learnt, kept []*doc.Doc) {
	for i, d := range docs {
		if i%10 == 9 {
			kept = append(kept, d)
		} else {
			learnt = append(learnt, d)
		}
	}
	return learnt, kept
}

func loadHeads(f *learn.File, dim int) (*Model, error) {
	h := new(neural)
	for _, l := range []struct {
		to         *net.Layer
		name, bias string
		in, out    int
	}{
		{&h.cue, "quote.cue", "quote.cue.bias", dim, cueDim},
		{&h.out, "quote.cue.out", "quote.cue.out.bias", cueDim, cueClasses},
		{&h.token, "quote.token", "quote.token.bias", dim, tokenDim},
		{&h.asCue, "quote.token.cue", "", dim, tokenDim},
		{&h.roles, "quote.roles", "quote.roles.bias", 2 * roleDim, emitCols},
		{&h.end, "quote.end", "quote.end.bias", 2 * roleDim, endCount},
	} {
		var err error
		if *l.to, err = net.ReadLayer(f, l.name, l.bias, l.in, l.out); err != nil {
			return nil, err
		}
	}
	var err error
	if h.places, h.scale, err = net.ReadTable(f, "quote.places", 1<<placeLog, tokenDim); err != nil {
		return nil, err
	}
	if h.ahead, err = net.ReadUnit(f, "quote.ahead", tokenDim, roleDim); err != nil {
		return nil, err
	}
	if h.back, err = net.ReadUnit(f, "quote.back", tokenDim, roleDim); err != nil {
		return nil, err
	}
	return &Model{neural: h}, nil
}

// bench is the working space of the heads.
type bench struct {
	z, q            kernel.Quantized
	x, u, y, scores []float32
	tokens          []float32 // what token gives for tokens [first, last)
	first, last     int
	cue             [tokenDim]float32
	place           [tokenDim]float32
	end             [endCount]float32
	ids             []uint32
	likely          []float32 // log-odds of each token of the article, by cue class
}

// passSize is how many tokens go through the heads at once.
const passSize = 512

// rows points z at the vectors of tokens [first, last).
func (b *bench) rows(v *view, first, last int) {
	x := &v.d.Vectors
	b.z.Set(x.Data[first*x.Dim:last*x.Dim], x.Scale[first:last], last-first, x.Dim)
}

// findCues writes the log-odds of every token being a cue to b.likely.
func (h *neural) findCues(b *bench, v *view) {
	n := len(v.d.Tokens)
	b.likely = room(b.likely, n*cueClasses)
	b.x = room(b.x, passSize*cueDim)
	for first := 0; first < n; first += passSize {
		last := min(first+passSize, n)
		b.rows(v, first, last)
		h.cue.Apply(b.x, cueDim, &b.z, last-first)
		kernel.Relus(b.x[:(last-first)*cueDim], b.x[:(last-first)*cueDim])
		b.q.Quantize(b.x, last-first, cueDim, cueDim)
		h.out.Apply(b.likely[first*cueClasses:], cueClasses, &b.q, last-first)
	}
	b.first, b.last = 0, 0
}

// unitScore is how many units of the decoder's integers a score of 1 is.
const unitScore = 1024

// score fills the lattice for the cue that f stands at.
func (h *neural) score(b *bench, f *frame, l *lattice[int32]) {
	v, n := f.v, f.last-f.first
	if f.first < b.first || f.last > b.last {
		b.first, b.last = f.first, f.last
		b.rows(v, f.first, f.last)
		b.tokens = room(b.tokens, n*tokenDim)
		h.token.Apply(b.tokens, tokenDim, &b.z, n)
	}
	b.rows(v, f.head, f.head+1)
	h.asCue.Apply(b.cue[:], tokenDim, &b.z, 1)
	b.x = room(b.x, n*tokenDim)
	for i := range n {
		b.ids = f.places(f.first+i, b.ids[:0])
		kernel.AddInt8Rows(b.place[:], h.places, h.scale, tokenDim, b.ids)
		row, token := b.x[i*tokenDim:(i+1)*tokenDim], b.tokens[(f.first+i-b.first)*tokenDim:]
		for j := range row {
			row[j] = token[j] + b.cue[j] + b.place[j]
		}
	}
	kernel.Relus(b.x, b.x)
	b.q.Quantize(b.x, n, tokenDim, tokenDim)
	b.u = room(b.u, n*4*roleDim)
	b.y = room(b.y, n*2*roleDim)
	seqs := [2]int{0, n}
	h.ahead.Run(b.y, 2*roleDim, nil, 0, &b.q, seqs[:], false, b.u)
	h.back.Run(b.y[roleDim:], 2*roleDim, nil, 0, &b.q, seqs[:], true, b.u)
	b.q.Quantize(b.y, n, 2*roleDim, 2*roleDim)
	b.scores = room(b.scores, n*emitCols)
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

// units makes a score an integer, so large ones cannot swamp the decoder.
func units(x float32) int32 {
	return int32(math.RoundToEven(float64(max(-1000, min(1000, x))) * unitScore))
}

func room(x []float32, n int) []float32 {
	if cap(x) < n {
		return make([]float32, n)
	}
	return x[:n]
}
