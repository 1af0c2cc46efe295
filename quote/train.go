package quote

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"sort"

	"hearsay/doc"
	"hearsay/learn"
)

// example is one gold statement in tokens.
type example struct {
	v    *view
	gold found
}

// Train learns from docs whose Statements are gold and whose other layers were
// written by extract and syntax. One doc in ten is kept aside to choose the
// thresholds by and to calibrate; the same docs and options give the same model.
func Train(docs []*doc.Doc, o learn.Options) (*Model, error) {
	if o.Epochs == 0 {
		o.Epochs = 8
	}
	var train, held []*lesson
	learnt, kept := Divide(docs)
	for _, d := range learnt {
		train = append(train, newLesson(d))
	}
	for _, d := range kept {
		held = append(held, newLesson(d))
	}
	if len(train) == 0 || len(held) == 0 {
		return nil, errors.New("train quote: fewer than ten articles")
	}
	rng := rand.New(rand.NewPCG(o.Seed, 0x71))
	m := new(Model)
	total := float64(cuePasses + o.Epochs)
	cues := trainCues(train, o, rng, total)
	m.cue = cues.Freeze(learn.Prune{MinUpdates: 5, MinWeight: 0.01})
	m.trainRoles(train, o, rng, total)
	m.tune(held)
	m.calibrate(held)
	o.Report(total, total, fmt.Sprintf("thresholds %.2f, nested %.2f", m.Top, m.Nested))
	return m, nil
}

// lesson is one article with its gold in tokens.
type lesson struct {
	v        *view
	examples []example
	isCue    map[int]bool
	hidden   []bool    // tokens in a content: whether they are cues nobody marked
	taught   []float32 // for these, the probability that a teacher gives; nil: none
}

func newLesson(d *doc.Doc) *lesson {
	l := &lesson{v: newView(d), isCue: map[int]bool{}, hidden: make([]bool, len(d.Tokens))}
	for i := range d.Statements {
		s := &d.Statements[i]
		var g found
		cue, ok := tokens(d, s.Cue.Spans[0])
		if !ok {
			continue
		}
		g.cue = cue
		g.head = l.v.headOf(cue[0], cue[1])
		if !s.Source.Span.Empty() {
			g.source, _ = tokens(d, s.Source.Span)
		}
		for _, c := range s.Content {
			if r, ok := tokens(d, c); ok {
				g.content = append(g.content, r)
			}
		}
		if len(g.content) == 0 {
			continue
		}
		l.isCue[g.head] = true
		for _, c := range g.content {
			for t := c[0]; t < c[1]; t++ {
				l.hidden[t] = true
			}
		}
		l.examples = append(l.examples, example{l.v, g})
	}
	return l
}

// tokens returns the range of the tokens that overlap a span.
func tokens(d *doc.Doc, s doc.Span) ([2]int, bool) {
	first := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].End > s.Begin })
	last := first
	for last < len(d.Tokens) && d.Tokens[last].Begin < s.End {
		last++
	}
	return [2]int{first, last}, first < last
}

// trainCues fits two logistic classifiers of cue heads by AdaGrad,
// averaged. The first says whether a token is a cue at
// all: tokens inside a gold content are left out, for no annotator said whether
// they are. The second says whether it is the cue of an outermost statement, and
// there they count as none.
func trainCues(train []*lesson, o learn.Options, rng *rand.Rand, total float64) *learn.Trainer {
	t := learn.NewTrainer(cueClasses)
	type item struct {
		l *lesson
		i int
	}
	var items []item
	for _, l := range train {
		for i := range l.v.d.Tokens {
			if !l.v.candidate(i) && !l.isCue[i] {
				continue
			}
			if !l.v.d.Blocks[l.v.d.Sentences[l.v.sent[i]].Block].Kind.Prose() {
				continue
			}
			items = append(items, item{l, i})
		}
	}
	var f []uint64
	for epoch := range cuePasses {
		rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		loss := 0.0
		for _, it := range items {
			f = learn.Thin(it.l.v.cueFeatures(it.i, f[:0]), cueDropout, rng)
			var score [cueClasses]float32
			t.Score(f, score[:])
			y := 0.0
			if it.l.isCue[it.i] {
				y = 1
			}
			for c := range cueClasses {
				if c == cueAny && y == 0 && it.l.hidden[it.i] {
					continue
				}
				p := 1 / (1 + math.Exp(-float64(score[c])))
				if c == cueOuter {
					loss -= math.Log(math.Max(1e-9, 1-math.Abs(y-p)))
				}
				if g := p - y; math.Abs(g) > 0.01 {
					t.Descend(f, c, float32(g), cueRate)
				}
			}
			t.Tick()
		}
		o.Report(float64(epoch+1), total, fmt.Sprintf("cues: pass %d of %d, loss %.4f", epoch+1, cuePasses, loss/float64(len(items))))
	}
	return t
}

// cuePasses is how often the cue classifier sees the data; more overfits.
const cuePasses = 5

// cueRate is the learning rate of the cue classifier.
const cueRate = 0.02

// cueDropout is the share of features hidden from each decision in training.
const cueDropout = 0.5

// margin is how far, in weight units, the gold roles must lead the best others by
// a wrong token.
const margin = 20

// roleDropout is the share of features hidden from the roles in training.
const roleDropout = 0.2

// trainRoles learns roles by the structured perceptron (Collins 2002), with a
// margin: before decoding, every wrong role of a token is given a lead.
func (m *Model) trainRoles(train []*lesson, o learn.Options, rng *rand.Rand, total float64) {
	emit, join, end := learn.NewTrainer(roleCount), learn.NewTrainer(roleCount*roleCount), learn.NewTrainer(endCount)
	var items []example
	for _, l := range train {
		items = append(items, l.examples...)
	}
	var f frame
	var l lattice[float32]
	var emits, joins [][]uint64
	var ends []uint64
	var gold, roles []uint8
	for epoch := range o.Epochs {
		rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		wrong, n := 0, 0
		for _, it := range items {
			f.enter(it.v, it.gold.head)
			size := f.last - f.first
			l.resize(size)
			l.head = it.gold.head - f.first
			gold, roles = grow(gold, size), grow(roles, size)
			it.gold.give(gold, f.first)
			for len(emits) < size {
				emits, joins = append(emits, nil), append(joins, nil)
			}
			for i := range size {
				emits[i] = learn.Thin(f.emit(f.first+i, emits[i][:0]), roleDropout, rng)
				joins[i] = learn.Thin(f.join(f.first+i, joins[i][:0]), roleDropout, rng)
				emit.Score(emits[i], l.emit[i][:])
				join.Score(joins[i], l.join[i][:])
				for r := range roleCount {
					if r != int(gold[i]) {
						l.emit[i][r] += margin
					}
				}
			}
			ends = f.ending(ends[:0])
			clear(l.end[:])
			end.Score(ends, l.end[:])
			l.decode(roles)
			before := [2]uint8{}
			for i := range size {
				g, r := gold[i], roles[i]
				if g != r {
					emit.Update(emits[i], int(g), 1)
					emit.Update(emits[i], int(r), -1)
					wrong++
				}
				if gj, rj := int(before[0])*roleCount+int(g), int(before[1])*roleCount+int(r); gj != rj {
					join.Update(joins[i], gj, 1)
					join.Update(joins[i], rj, -1)
				}
				before = [2]uint8{g, r}
				n++
			}
			if ge, re := endOf(gold), endOf(roles); ge != re {
				end.Update(ends, ge, 1)
				end.Update(ends, re, -1)
			}
			emit.Tick()
			join.Tick()
			end.Tick()
		}
		o.Report(float64(cuePasses+epoch+1), total, fmt.Sprintf("roles: pass %d of %d, tokens wrong %.2f %%", epoch+1, o.Epochs, 100*float64(wrong)/float64(n)))
	}
	scale := math.Max(emit.Scale(), math.Max(join.Scale(), end.Scale()))
	p := learn.Prune{MinUpdates: 5, Scale: scale}
	m.emit, m.join, m.end = emit.Freeze(p), join.Freeze(p), end.Freeze(p)
}

// give writes the roles of the window's tokens from first on.
func (a *found) give(roles []uint8, first int) {
	clear(roles)
	put := func(r [2]int, role uint8) {
		for i := max(r[0], first); i < min(r[1], first+len(roles)); i++ {
			roles[i-first] = role
		}
	}
	for k, c := range a.content {
		if k < maxFragments {
			put(c, roleContent)
		}
	}
	put(a.source, roleSource)
	put(a.cue, roleCue)
	// What an overlap cut in two keeps one source and three fragments.
	sources, fragments := 0, 0
	for i, r := range roles {
		if i > 0 && roles[i-1] == r {
			continue
		}
		switch r {
		case roleSource:
			sources++
		case roleContent:
			fragments++
		}
		if r == roleSource && sources > 1 || r == roleContent && fragments > maxFragments {
			for k := i; k < len(roles) && roles[k] == r; k++ {
				roles[k] = roleOut
			}
		}
	}
}

// endOf returns the class of a whole window's roles for the end model.
func endOf(roles []uint8) int {
	source, fragments := 0, 0
	for i, r := range roles {
		if r == roleSource {
			source = 1
		}
		if r == roleContent && (i == 0 || roles[i-1] != roleContent) {
			fragments++
		}
	}
	return source*(maxFragments+1) + min(fragments, maxFragments)
}

// tune chooses the least probability of an outermost cue on articles kept aside, by
// the F1 of whole cues that stand in no other content. For Nested there is no gold:
// it is the even chance.
func (m *Model) tune(held []*lesson) {
	m.Nested = 0.5
	best, choice := -1.0, 0.0
	var f finder
	for top := 0.10; top <= 0.75; top += 0.05 {
		m.Top = math.Round(top*100) / 100
		right, found, gold := 0, 0, 0
		for _, l := range held {
			cues := map[[2]int]bool{}
			for _, e := range l.examples {
				cues[e.gold.cue] = true
			}
			gold += len(cues)
			for _, a := range m.statements(&f, l.v) {
				if a.parent >= 0 {
					continue
				}
				found++
				if cues[a.cue] {
					right++
				}
			}
		}
		if f1 := 2 * float64(right) / float64(found+gold); f1 > best {
			best, choice = f1, m.Top
		}
	}
	m.Top = choice
}

// calibrate fits the map from raw probabilities to scores on articles kept aside.
func (m *Model) calibrate(held []*lesson) {
	m.Calibration = nil
	var scores []float64
	var right []bool
	var f finder
	for _, l := range held {
		s, r := Judge(l.v.d.Statements, m.find(&f, l.v))
		scores, right = append(scores, s...), append(right, r...)
	}
	m.Calibration = Calibrate(scores, right)
}
