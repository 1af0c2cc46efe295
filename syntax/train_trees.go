package syntax

import (
	"fmt"
	"math/rand/v2"

	"hearsay/learn"
)

// goldTree is the core of a gold sentence with its tree.
type goldTree struct {
	*sample
	core  core
	head  []int32 // of the core's words; n: the root
	label []int
}

// newTree takes the core out of a tagged gold sentence. A word that hangs on a mark
// is hung on the mark's head.
func (m *Model) newTree(s *sample) *goldTree {
	g := &goldTree{sample: s}
	g.core.fill(m, s.words)
	n := int32(len(s.words))
	root := int32(-1)
	for k, i := range g.core.at {
		h := s.head[i]
		for h < n && g.core.index[h] < 0 {
			h = s.head[h]
		}
		to := int32(len(g.core.at))
		switch {
		case h < n:
			to = g.core.index[h]
		case root >= 0:
			to = root // the root was a mark with several dependents
		default:
			root = int32(k)
		}
		g.head, g.label = append(g.head, to), append(g.label, s.label[i])
	}
	return g
}

// treeTrainer learns to parse.
type treeTrainer struct {
	m                             *Model
	moves, labels, relabel, marks *learn.Trainer
	state                         state
	labeller                      labeller
	hanger                        hanger
	feats                         []uint64
	scores                        []float32
}

// markPasses and labelPasses are how many passes the marks and the second labels are
// trained in: they converge sooner than the moves, and the parser's trees soon
// become better than any that it will make later.
const markPasses, labelPasses = 3, 4

// trainParser learns moves with a dynamic oracle, following the parser's own
// choices, right or wrong, from the second pass on; labels at the arcs of the gold
// tree that it makes; and, once a tree is done, the labels again and the marks.
func (m *Model) trainParser(sents []*sample, o learn.Options, rng *rand.Rand, done, total float64) {
	r := len(m.rels)
	t := &treeTrainer{m: m, moves: learn.NewTrainer(moveCount), labels: learn.NewTrainer(r),
		relabel: learn.NewTrainer(r), marks: learn.NewTrainer(1), scores: make([]float32, r)}
	t.moves.Gate, t.labels.Gate, t.relabel.Gate, t.marks.Gate = gate, 3, 3, 2
	trees := make([]*goldTree, len(sents))
	for i, s := range sents {
		trees[i] = m.newTree(s)
	}
	for epoch := range o.Epochs {
		rng.Shuffle(len(trees), func(i, j int) { trees[i], trees[j] = trees[j], trees[i] })
		wrong, n := 0, 0
		for _, g := range trees {
			wrong += t.parse(g, epoch > 0)
			n += 2 * len(g.core.words)
			if epoch < labelPasses {
				t.again(g)
			}
			if epoch < markPasses {
				t.hang(g)
			}
		}
		o.Report(done+float64(epoch+1), total, fmt.Sprintf("trees: pass %d of %d, moves wrong %.2f %%", epoch+1, o.Epochs, 100*float64(wrong)/float64(n)))
	}
	m.moves = t.moves.Freeze(learn.Prune{MinWeight: 0.03})
	m.labels = t.labels.Freeze(learn.Prune{MinWeight: 0.03})
	m.relabel = t.relabel.Freeze(learn.Prune{MinWeight: 0.03})
	m.marks = t.marks.Freeze(learn.Prune{})
}

// parse parses a gold tree and learns from every move; it returns how many moves
// were wrong. Unless it explores, a wrong move is not made.
func (t *treeTrainer) parse(g *goldTree, explore bool) (wrong int) {
	st := &t.state
	st.reset(g.core.words, t.m.relHash)
	for !st.done() {
		ok := st.allowed()
		var scores [moveCount]float32
		t.feats = st.features(t.feats[:0])
		t.moves.Score(t.feats, scores[:])
		move := choose(ok, scores)
		good, bad := sortMoves(ok, st.costs(g.head))
		right, other := choose(good, scores), choose(bad, scores)
		if other >= 0 && scores[right]-scores[other] <= margin {
			t.moves.Update(t.feats, right, 1)
			t.moves.Update(t.feats, other, -1)
		}
		t.moves.Tick()
		if !good[move] {
			wrong++
			if !explore {
				move = right
			}
		}
		label := 0
		if move != moveShift {
			dep, head := st.arc(move)
			t.feats = st.labelFeatures(dep, head, t.feats[:0])
			clear(t.scores)
			t.labels.Score(t.feats, t.scores)
			if head == g.head[dep] {
				label = perceptron(t.labels, t.feats, t.scores, g.label[dep])
			} else {
				label = best(t.scores)
			}
		}
		st.apply(move, label)
	}
	return wrong
}

// again learns the labels of the tree just parsed, where its arcs are right.
func (t *treeTrainer) again(g *goldTree) {
	l := &t.labeller
	l.enter(g.core.words, t.state.head[:t.state.n])
	for i := range g.core.words {
		if l.head[i] == g.head[i] {
			t.feats = l.features(int32(i), t.feats[:0])
			clear(t.scores)
			t.relabel.Score(t.feats, t.scores)
			perceptron(t.relabel, t.feats, t.scores, g.label[i])
		}
	}
}

// hang learns to hang the marks of the gold tree.
func (t *treeTrainer) hang(g *goldTree) {
	label := t.state.label[:0:0]
	for _, l := range g.label {
		label = append(label, int32(l))
	}
	t.hanger.enter(g.words, &g.core, g.head, label, t.m.punct)
	t.hanger.learn(t.marks, t.m.kinds, g.sample.head)
}

// sortMoves parts the allowed moves into those of least cost and the others.
func sortMoves(ok [moveCount]bool, cost [moveCount]int) (good, bad [moveCount]bool) {
	least := 1 << 30
	for k := range cost {
		if ok[k] {
			least = min(least, cost[k])
		}
	}
	for k := range cost {
		good[k] = ok[k] && cost[k] == least
		bad[k] = ok[k] && cost[k] != least
	}
	return good, bad
}
