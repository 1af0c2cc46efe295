package quote

import (
	"encoding/json"
	"fmt"
	"math"
	"sort"
	"sync"

	"hearsay/doc"
	"hearsay/learn"
)

// Model finds statements. It is safe for concurrent use.
type Model struct {
	cue  *learn.Linear // cueAny and cueOuter: the head of a cue
	emit *learn.Linear // by role
	join *learn.Linear // by (role before, role)
	end  *learn.Linear // by (source begun, fragments begun)
	// neural takes the place of the linear models; nil: they read.
	neural *neural
	params
	pool sync.Pool // of *finder
}

// params are the few numbers of a model that are no weights.
type params struct {
	// Top and Nested are the least probability of a cue that is kept, at the top
	// and inside the content of another statement. Both are raw probabilities.
	Top, Nested float64
	// Calibration makes the raw probability of a statement its score.
	Calibration Calibration `json:",omitempty"`
}

// The classes of the cue model, each a probability of its own.
const (
	cueAny   = iota // a cue, wherever it stands
	cueOuter        // the cue of a statement that stands in no other
	cueClasses
)

const (
	modelName    = "quote"
	modelVersion = "3"
)

// Load reads the linear model from the bytes that Bytes wrote.
func Load(b []byte) (*Model, error) {
	file, err := learn.ReadFile(b, modelName, modelVersion)
	if err != nil {
		return nil, err
	}
	m := new(Model)
	for _, part := range []struct {
		name    string
		to      **learn.Linear
		classes int
	}{
		{"cue", &m.cue, cueClasses}, {"emit", &m.emit, roleCount},
		{"join", &m.join, roleCount * roleCount}, {"end", &m.end, endCount},
	} {
		data, err := file.Section(part.name)
		if err != nil {
			return nil, err
		}
		if *part.to, err = learn.ReadLinear(data, part.classes); err != nil {
			return nil, fmt.Errorf("model %s, section %s: %w", modelName, part.name, err)
		}
	}
	data, err := file.Section("params")
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &m.params); err != nil {
		return nil, fmt.Errorf("model %s, section params: %w", modelName, err)
	}
	return m, nil
}

// Bytes returns the linear model in the form that Load takes: packed, since only --fast
// reads it.
func (m *Model) Bytes() []byte {
	p, err := json.Marshal(m.params)
	if err != nil {
		panic(err) // finite numbers always marshal
	}
	file := learn.File{Name: modelName, Version: modelVersion, Sections: []learn.Section{
		{Name: "params", Data: p}, {Name: "cue", Data: m.cue.Bytes()}, {Name: "emit", Data: m.emit.Bytes()},
		{Name: "join", Data: m.join.Bytes()}, {Name: "end", Data: m.end.Bytes()},
	}}
	return file.Packed()
}

// Annotate fills d.Statements. It needs the layers of extract and syntax.
func (m *Model) Annotate(d *doc.Doc) {
	f, _ := m.pool.Get().(*finder)
	if f == nil {
		f = new(finder)
	}
	d.Statements = m.find(f, newView(d))
	m.pool.Put(f)
}

// finder is the scratch space of one Annotate.
type finder struct {
	frame    frame
	lattice  lattice[int32]
	features []uint64
	roles    []uint8
	block    []bool
	scratch  scratch
}

// found is a statement in tokens: ranges [first, last).
type found struct {
	head    int
	p       [cueClasses]float64
	parent  int
	source  [2]int // empty if none
	cue     [2]int
	content [][2]int
}

// statements finds the statements of an article.
func (m *Model) statements(f *finder, v *view) []found {
	all := m.distinct(f, v)
	nest(v, all)
	all = m.keep(all)
	// From the outside in, so that a parent's content is settled before its own.
	for depth, more := 1, true; more; depth++ {
		more = false
		for i := range all {
			if depthOf(all, i) == depth {
				more = true
				m.decode(f, v, &all[i], &all[all[i].parent])
			}
		}
	}
	settle(all)
	all = m.keep(all)
	v.runOn(all)
	return v.unclaimed(all)
}

// likely returns the probability of the statement where it stands.
func (a *found) likely() float64 {
	if a.parent >= 0 {
		return a.p[cueAny]
	}
	return a.p[cueOuter]
}

func (m *Model) find(f *finder, v *view) []doc.Statement {
	all := m.statements(f, v)
	out := make([]doc.Statement, len(all))
	for i := range all {
		a := &all[i]
		s := &out[i]
		s.Parent, s.Score = a.parent, m.Calibration.At(a.likely())
		s.Cue.Spans = []doc.Span{v.span(a.cue)}
		if a.source[0] < a.source[1] {
			s.Source.Span = v.span(a.source)
		}
		for _, c := range a.content {
			s.Content = append(s.Content, v.span(c))
		}
		v.finish(a, s)
	}
	return out
}

// finish fills by rule what is not learnt.
func (v *view) finish(a *found, s *doc.Statement) {
	fillCue(v, s, a.cue[0], a.cue[1], a.head)
	s.Quotation = v.quotation(s.Content)
	s.Negated = v.negated(a.cue[0], a.cue[1], a.head)
	s.Addressee = v.addressee(s, a.head)
	if s.Source.Span.Empty() {
		s.Source.Kind = v.sourceless(a.head)
	}
}

func (v *view) span(r [2]int) doc.Span {
	return doc.Span{Begin: v.d.Tokens[r[0]].Begin, End: v.d.Tokens[r[1]-1].End}
}

// distinct returns the statements whose cues do not overlap, the likeliest first
// served, in order of their cues.
func (m *Model) distinct(f *finder, v *view) []found {
	var all []found
	if m.neural != nil {
		m.neural.read(&f.scratch, v)
	}
	for s := range v.d.Sentences {
		sent := &v.d.Sentences[s]
		if !v.d.Blocks[sent.Block].Kind.Prose() {
			continue
		}
		for i := sent.First; i < sent.Last; i++ {
			if !v.candidate(i) {
				continue
			}
			a := found{head: i, parent: -1}
			a.p = m.cueLikely(f, v, i)
			if a.p[cueAny] >= m.Nested || a.p[cueOuter] >= m.Top {
				all = append(all, a)
			}
		}
	}
	for i := range all {
		m.decode(f, v, &all[i], nil)
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].p[cueAny] > all[j].p[cueAny] })
	taken := make([]bool, len(v.d.Tokens))
	n := 0
next:
	for _, a := range all {
		if len(a.content) == 0 {
			continue
		}
		for i := a.cue[0]; i < a.cue[1]; i++ {
			if taken[i] {
				continue next
			}
		}
		for i := a.cue[0]; i < a.cue[1]; i++ {
			taken[i] = true
		}
		all[n] = a
		n++
	}
	all = all[:n]
	sort.Slice(all, func(i, j int) bool { return all[i].cue[0] < all[j].cue[0] })
	return all
}

// cueLikely returns how likely token i is the head of a cue.
func (m *Model) cueLikely(f *finder, v *view, i int) (p [cueClasses]float64) {
	if m.neural != nil {
		for c := range p {
			p[c] = probability(float64(f.scratch.likely[i*cueClasses+c]))
		}
	} else {
		f.features = v.cueFeatures(i, f.features[:0])
		var score [cueClasses]int32
		m.cue.Score(f.features, score[:])
		for c := range p {
			p[c] = probability(float64(score[c]) * m.cue.Scale())
		}
	}
	if p[cueAny] > p[cueOuter] && p[cueAny] >= evenChance && v.onTerms(i)[1] > 0 {
		p[cueOuter] = p[cueAny] // it is not inside the terms, whatever the tree says
	}
	if v.form(i) != "" {
		for c := range p {
			p[c] = math.Max(p[c], evenChance)
		}
	}
	return p
}

// probability makes log-odds a probability, rounded so that no difference between
// processors' exponentials can show.
func probability(odds float64) float64 {
	return math.Round(1e4/(1+math.Exp(-odds))) / 1e4
}

// decode finds source, cue and content of the cue headed by a.head. Where parent
// is given, they are looked for in its content alone.
func (m *Model) decode(f *finder, v *view, a *found, parent *found) {
	f.frame.enter(v, a.head)
	n := f.frame.last - f.frame.first
	l := &f.lattice
	l.resize(n)
	l.head = a.head - f.frame.first
	l.block = nil
	if parent != nil {
		f.block = grow(f.block, n)
		for i := range f.block {
			f.block[i] = true
		}
		for _, c := range parent.content {
			for i := max(c[0], f.frame.first); i < min(c[1], f.frame.last); i++ {
				f.block[i-f.frame.first] = false
			}
		}
		f.block[l.head] = false
		l.block = f.block
	}
	if m.neural != nil {
		m.neural.score(&f.scratch, &f.frame, l)
	} else {
		m.score(f, l)
	}
	f.roles = grow(f.roles, n)
	l.decode(f.roles)
	a.take(f.roles, f.frame.first)
	v.tidy(a)
}

// score fills the lattice for the cue that f stands at, by the linear models.
func (m *Model) score(f *finder, l *lattice[int32]) {
	for i := range l.n {
		if l.block != nil && l.block[i] {
			continue
		}
		f.features = f.frame.emit(f.frame.first+i, f.features[:0])
		m.emit.Score(f.features, l.emit[i][:])
		f.features = f.frame.join(f.frame.first+i, f.features[:0])
		m.join.Score(f.features, l.join[i][:])
	}
	f.features = f.frame.ending(f.features[:0])
	clear(l.end[:])
	m.end.Score(f.features, l.end[:])
}

// take reads the parts off the roles of the tokens from first on.
func (a *found) take(roles []uint8, first int) {
	a.source, a.cue, a.content = [2]int{}, [2]int{}, a.content[:0]
	for i := 0; i < len(roles); {
		j := i + 1
		for j < len(roles) && roles[j] == roles[i] {
			j++
		}
		part := [2]int{first + i, first + j}
		switch roles[i] {
		case roleSource:
			a.source = part
		case roleCue:
			a.cue = part
		case roleContent:
			a.content = append(a.content, part)
		}
		i = j
	}
}
