package entity

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/kernel"
	"hearsay/learn/net"
	"hearsay/lexicon/kb"
)

// The sizes of the ranker.
const (
	mentionDim = 96 // of a mention's vector
	pairDim    = 96 // of what is known of a pair
)

// rankHeads rank, for a mention, those before it by how likely they refer to the same,
// and "new" among them (Clark and Manning 2016; Lee et al. 2017). A mention is the
// vectors of its head and its first and last words with its signs; a pair is both
// mentions with the signs of the pair.
type rankHeads struct {
	head, first, last, around *net.Param // from vectors to mentions
	bias                      *net.Param
	own                       *net.Param // signs of mentions
	later, before             *net.Param // from mentions to pairs
	pairBias                  *net.Param
	signs                     *net.Param // signs of pairs
	out                       *net.Param
	fresh, freshBias, freshTo *net.Param // from a mention to "new"
}

func newRankHeads(p *net.Params, dim int) *rankHeads {
	return &rankHeads{
		head: p.Dense("coref.head", dim, mentionDim), around: p.Dense("coref.around", dim, mentionDim),
		first: p.Dense("coref.first", dim, mentionDim), last: p.Dense("coref.last", dim, mentionDim),
		bias: p.Matrix("coref.bias", 1, mentionDim, 0), own: p.Table("coref.own", 1<<pairLog, mentionDim, 0.05),
		later: p.Dense("coref.later", mentionDim, pairDim), before: p.Dense("coref.before", mentionDim, pairDim),
		pairBias: p.Matrix("coref.pair.bias", 1, pairDim, 0), signs: p.Table("coref.signs", 1<<pairLog, pairDim, 0.05),
		out:   p.Dense("coref.out", pairDim, 1),
		fresh: p.Dense("coref.fresh", mentionDim, pairDim), freshBias: p.Matrix("coref.fresh.bias", 1, pairDim, 0),
		freshTo: p.Dense("coref.fresh.out", pairDim, 1),
	}
}

// How many mentions before one are looked at.
const (
	nearest   = 60 // those just before it
	sameWords = 20 // and of those that share a word with it
)

// candidates calls f with each mention that m may refer back to, the last first. seen
// holds for each word the mentions that have it.
func candidates(all []mention, m int, seen map[uint64][]int32, f func(a int)) {
	from := max(0, m-nearest)
	for a := m - 1; a >= from; a-- {
		f(a)
	}
	if all[m].form == pronoun || from == 0 {
		return
	}
	var more []int32
	for _, w := range all[m].words {
		list := seen[w]
		for k := len(list) - 1; k >= max(0, len(list)-sameWords); k-- {
			if int(list[k]) < from {
				more = append(more, list[k])
			}
		}
	}
	sortUnique(&more)
	for _, a := range more {
		f(int(a))
	}
}

// sortUnique sorts from the last to the first and drops doubles.
func sortUnique(x *[]int32) {
	v := *x
	for i := 1; i < len(v); i++ {
		for k := i; k > 0 && v[k] > v[k-1]; k-- {
			v[k], v[k-1] = v[k-1], v[k]
		}
	}
	n := 0
	for i := range v {
		if i == 0 || v[i] != v[i-1] {
			v[n] = v[i]
			n++
		}
	}
	*x = v[:n]
}

// note adds the words of mention m to seen.
func note(all []mention, m int, seen map[uint64][]int32) {
	for _, w := range all[m].words {
		seen[w] = append(seen[w], int32(m))
	}
}

// CorefLesson is an article to learn coreference from.
type CorefLesson struct {
	Doc *doc.Doc // read, with vectors
	// Groups has for each mention of the article, by its span, the entity that it refers to.
	Groups map[doc.Span]int
	// Only, if not nil, are the mentions of which it is known what they refer to: pronouns
	// of GAP and masked names. What else refers is not learnt, and other pronouns, which
	// may refer to the same, are no wrong answer.
	Only []doc.Span
}

// corefExample is a lesson made ready.
type corefExample struct {
	d          *doc.Doc
	tree       *tree
	all        []mention
	later      []int // the mentions that are learnt, with their candidates
	candidates [][]int32
	right      [][]bool
	fresh      []bool
}

func newExample(l CorefLesson, known *kb.KB) *corefExample {
	e := &corefExample{d: l.Doc, tree: newTree(l.Doc, known)}
	e.all = e.tree.mentions()
	group := make([]int, len(e.all))
	for k := range e.all {
		m := &e.all[k]
		span := doc.Span{Begin: l.Doc.Tokens[m.first].Begin, End: l.Doc.Tokens[m.last-1].End}
		g, ok := l.Groups[span]
		if !ok {
			// A gold mention of the same head may have other edges.
			g, ok = l.Groups[l.Doc.Tokens[m.head].Span]
			if !ok || l.Only == nil {
				g = -1
			}
		}
		group[k] = g
	}
	seen := map[uint64][]int32{}
	for k := range e.all {
		if l.Only != nil && !slices.Contains(l.Only, l.Doc.Tokens[e.all[k].head].Span) {
			note(e.all, k, seen)
			continue
		}
		var list []int32
		var right []bool
		any := false
		candidates(e.all, k, seen, func(a int) {
			if l.Only != nil && (e.all[a].form == pronoun || e.all[a].form == joint) {
				return
			}
			r := group[k] >= 0 && group[a] == group[k]
			any = any || r
			list, right = append(list, int32(a)), append(right, r)
		})
		note(e.all, k, seen)
		if l.Only != nil && !any {
			continue
		}
		e.later, e.candidates, e.right, e.fresh = append(e.later, k), append(e.candidates, list), append(e.right, right), append(e.fresh, !any)
	}
	return e
}

// rowsOf lays out the vectors of tokens as floats.
func rowsOf(s *net.Shard, from *doc.Vectors, tokens []int) *net.Node {
	z := s.Node(len(tokens), from.Dim)
	for r, i := range tokens {
		to, scale := z.Row(r), from.Scale[i]
		for k, v := range from.Row(i) {
			to[k] = float32(v) * scale
		}
	}
	return z
}

// rankDropout is the share of inner values that are hidden in training, rankSigns that of
// signs.
const (
	rankDropout = 0.25
	rankSigns   = 0.1
)

// least is how many mentions a lesson counts for at least: a snippet of which one pronoun
// is known counts for a tenth of an article.
const least = 10

// loss adds the negative log-probability of the right mentions before each.
func (h *rankHeads) loss(s *net.Shard, e *corefExample, weight float64) {
	if len(e.later) == 0 {
		return
	}
	n := len(e.all)
	heads, firsts, lasts := make([]int, n), make([]int, n), make([]int, n)
	var own []uint32
	offsets := []int{0}
	for k := range e.all {
		m := &e.all[k]
		heads[k], firsts[k], lasts[k] = m.head, m.first, m.last-1
		own = s.Thin(len(own), rankSigns, e.tree.own(m, own))
		offsets = append(offsets, len(own))
	}
	all := []int{0, n}
	x := s.Linear(s.Dropout(rowsOf(s, &e.d.Vectors, heads), rankDropout, all), h.head, h.bias)
	x = s.Add(x, s.Linear(s.Dropout(rowsOf(s, &e.d.Second, heads), rankDropout, all), h.around, nil))
	x = s.Add(x, s.Linear(s.Dropout(rowsOf(s, &e.d.Vectors, firsts), rankDropout, all), h.first, nil))
	x = s.Add(x, s.Linear(s.Dropout(rowsOf(s, &e.d.Vectors, lasts), rankDropout, all), h.last, nil))
	x = s.Dropout(s.Relu(s.Add(x, s.Bag(h.own, own, offsets))), rankDropout, all)
	later, before := s.Linear(x, h.later, h.pairBias), s.Linear(x, h.before, nil)
	fresh := s.Linear(s.Relu(s.Linear(x, h.fresh, h.freshBias)), h.freshTo, nil)

	var ms, as []int
	var ids []uint32
	offsets = []int{0}
	for k, m := range e.later {
		var r rival
		for _, a := range e.candidates[k] {
			rivals := r.next(&e.all[a], &e.all[m])
			ms, as = append(ms, m), append(as, int(a))
			ids = s.Thin(len(ids), rankSigns, e.tree.pair(&e.all[a], &e.all[m], m-int(a)-1, rivals, ids))
			offsets = append(offsets, len(ids))
		}
	}
	if len(ms) == 0 {
		return
	}
	y := s.Add(s.Add(s.Pick(later, ms), s.Pick(before, as)), s.Bag(h.signs, ids, offsets))
	y = s.Linear(s.Dropout(s.Relu(y), rankDropout, []int{0, len(ms)}), h.out, nil)
	each := weight / float64(max(len(e.later), least))
	row := 0
	for k, m := range e.later {
		list := e.candidates[k]
		scores := y.V[row : row+len(list)]
		f := float64(fresh.V[m])
		top := f
		for _, v := range scores {
			top = max(top, float64(v))
		}
		total, right := math.Exp(f-top), 0.0
		if e.fresh[k] {
			right = total
		}
		for j, v := range scores {
			p := math.Exp(float64(v) - top)
			total += p
			if e.right[k][j] {
				right += p
			}
		}
		s.Loss += (math.Log(total) - math.Log(max(right, 1e-30))) * each
		for j, v := range scores {
			p := math.Exp(float64(v) - top)
			g := p / total
			if e.right[k][j] {
				g -= p / max(right, 1e-30)
			}
			y.G[row+j] += float32(g * each)
		}
		p := math.Exp(f - top)
		g := p / total
		if e.fresh[k] {
			g -= p / max(right, 1e-30)
		}
		fresh.G[m] += float32(g * each)
		row += len(list)
	}
}

// TrainCoref trains a ranker, and returns the sections that Load reads. Lessons are read
// docs with their vectors.
func TrainCoref(lessons []CorefLesson, dim int, known *kb.KB, o learn.Options) []learn.Section {
	p := net.NewParams(o.Seed)
	h := newRankHeads(p, dim)
	examples := make([]*corefExample, len(lessons))
	for i, l := range lessons {
		examples[i] = newExample(l, known)
	}
	const side = 2 // lessons computed at once
	shards := make([]*net.Shard, side)
	for k := range shards {
		shards[k] = net.NewShard(p, 0)
	}
	opt := net.NewOptimizer(p)
	opt.Decay = 0.01
	rng := rand.New(rand.NewPCG(o.Seed, 7))
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	const batch = 4 // lessons of each side in a step
	perEpoch := (len(order) + side*batch - 1) / (side * batch)
	steps, step := o.Epochs*perEpoch, 0
	mean := 0.0
	for epoch := range o.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for from := 0; from < len(order); from += side * batch {
			opt.Rate = 1e-3 * min(1, float64(step+1)/100) * (1 - float64(step)/float64(steps))
			var wait sync.WaitGroup
			for k, s := range shards {
				wait.Go(func() {
					s.Reset()
					s.Rng, s.Train = rand.New(rand.NewPCG(o.Seed+2, uint64(step*side+k))), true
					for i := from + k; i < min(len(order), from+side*batch); i += side {
						h.loss(s, examples[order[i]], 1.0/batch)
					}
					s.Backward()
				})
			}
			wait.Wait()
			opt.Step(shards)
			for _, s := range shards {
				mean += s.Loss / side / float64(perEpoch)
			}
			step++
		}
		o.Report(float64(epoch+1), float64(o.Epochs), "coreference, loss "+formatLoss(mean))
		mean = 0
	}
	return h.sections()
}

func (h *rankHeads) sections() []learn.Section {
	out := []learn.Section{h.own.Rowwise(), h.signs.Rowwise()}
	for _, l := range [][2]*net.Param{{h.head, h.bias}, {h.around, nil}, {h.first, nil}, {h.last, nil}, {h.later, h.pairBias}, {h.before, nil},
		{h.out, nil}, {h.fresh, h.freshBias}, {h.freshTo, nil}} {
		out = append(out, net.Frozen(l[0], l[1])...)
	}
	return out
}

// ranker is the frozen heads.
type ranker struct {
	head, around, first, last, later, before, fresh net.Layer
	out, freshTo                                    net.Layer
	own, signs                                      []int8
	ownScale, signScale                             []float32
}

func loadRanker(f *learn.File, dim int) (*ranker, error) {
	r := new(ranker)
	var err error
	for _, l := range []struct {
		to         *net.Layer
		name, bias string
		in, out    int
	}{
		{&r.head, "coref.head", "coref.bias", dim, mentionDim}, {&r.around, "coref.around", "", dim, mentionDim},
		{&r.first, "coref.first", "", dim, mentionDim}, {&r.last, "coref.last", "", dim, mentionDim},
		{&r.later, "coref.later", "coref.pair.bias", mentionDim, pairDim}, {&r.before, "coref.before", "", mentionDim, pairDim},
		{&r.out, "coref.out", "", pairDim, 1},
		{&r.fresh, "coref.fresh", "coref.fresh.bias", mentionDim, pairDim}, {&r.freshTo, "coref.fresh.out", "", pairDim, 1},
	} {
		if *l.to, err = net.ReadLayer(f, l.name, l.bias, l.in, l.out); err != nil {
			return nil, err
		}
	}
	if r.own, r.ownScale, err = net.ReadTable(f, "coref.own", 1<<pairLog, mentionDim); err != nil {
		return nil, err
	}
	r.signs, r.signScale, err = net.ReadTable(f, "coref.signs", 1<<pairLog, pairDim)
	return r, err
}

// rankSpace is the working space of a ranking.
type rankSpace struct {
	q          kernel.Quantized
	data       []int8
	scale      []float32
	y, sum     []float32
	later, old []float32
	fresh      []float32
	ids        []uint32
	list       []int32
	rows       []float32
	score      []float32
	bag        [pairDim]float32
}

// rank calls choose for each mention in order, with those before it, their scores and
// that of being new.
func (r *ranker) rank(t *tree, all []mention, s *rankSpace, choose func(m int, before []int32, score []float32, fresh float32)) {
	n := len(all)
	if n == 0 {
		return
	}
	d := t.d
	s.sum = grow(s.sum, n*mentionDim)
	s.y = grow(s.y, n*max(mentionDim, pairDim))
	clear(s.sum)
	at := [4]func(m *mention) int{func(m *mention) int { return m.head }, func(m *mention) int { return m.head },
		func(m *mention) int { return m.first }, func(m *mention) int { return m.last - 1 }}
	for k, l := range [4]*net.Layer{&r.head, &r.around, &r.first, &r.last} {
		from := &d.Vectors
		if k == 1 {
			from = &d.Second
		}
		s.data, s.scale = grow(s.data, n*from.Dim), grow(s.scale, n)
		for i := range all {
			token := at[k](&all[i])
			copy(s.data[i*from.Dim:(i+1)*from.Dim], from.Row(token))
			s.scale[i] = from.Scale[token]
		}
		s.q.Set(s.data, s.scale, n, from.Dim)
		l.Apply(s.y, mentionDim, &s.q, n)
		for i, v := range s.y[:n*mentionDim] {
			s.sum[i] += v
		}
	}
	for i := range all {
		s.ids = t.own(&all[i], s.ids[:0])
		kernel.AddInt8Rows(s.bag[:mentionDim], r.own, r.ownScale, mentionDim, s.ids)
		row := s.sum[i*mentionDim : (i+1)*mentionDim]
		for k := range row {
			row[k] += s.bag[k]
		}
	}
	kernel.Relus(s.sum, s.sum[:n*mentionDim])
	s.q.Quantize(s.sum, n, mentionDim, mentionDim)
	s.later, s.old, s.fresh = grow(s.later, n*pairDim), grow(s.old, n*pairDim), grow(s.fresh, n)
	r.later.Apply(s.later, pairDim, &s.q, n)
	r.before.Apply(s.old, pairDim, &s.q, n)
	r.fresh.Apply(s.y, pairDim, &s.q, n)
	kernel.Relus(s.y, s.y[:n*pairDim])
	s.q.Quantize(s.y, n, pairDim, pairDim)
	r.freshTo.Apply(s.fresh, 1, &s.q, n)
	seen := map[uint64][]int32{}
	for m := range all {
		s.list = s.list[:0]
		candidates(all, m, seen, func(a int) { s.list = append(s.list, int32(a)) })
		note(all, m, seen)
		s.rows = grow(s.rows, len(s.list)*pairDim)
		var near rival
		for k, a := range s.list {
			s.ids = t.pair(&all[a], &all[m], m-int(a)-1, near.next(&all[a], &all[m]), s.ids[:0])
			kernel.AddInt8Rows(s.bag[:], r.signs, r.signScale, pairDim, s.ids)
			row := s.rows[k*pairDim : (k+1)*pairDim]
			x, y := s.later[m*pairDim:(m+1)*pairDim], s.old[int(a)*pairDim:(int(a)+1)*pairDim]
			for j := range row {
				row[j] = x[j] + y[j] + s.bag[j]
			}
		}
		kernel.Relus(s.rows, s.rows[:len(s.list)*pairDim])
		s.q.Quantize(s.rows, len(s.list), pairDim, pairDim)
		s.score = grow(s.score, len(s.list))
		if len(s.list) > 0 {
			r.out.Apply(s.score, 1, &s.q, len(s.list))
		}
		choose(m, s.list, s.score, s.fresh[m])
	}
}

func formatLoss(x float64) string { return strconv.FormatFloat(x, 'f', 4, 64) }
