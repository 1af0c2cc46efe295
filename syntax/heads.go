package syntax

import (
	"hearsay/doc"
	"hearsay/learn/net"
)

// The sizes of the heads.
const (
	arcDim   = 192
	labelDim = 160
)

// heads are what turns the encoder's vectors into tags and trees: a layer for the
// tags; a product that scores each pair of a word and a head (Dozat and Manning
// 2017); and a layer for the label of an arc.
type heads struct {
	tags, tagBias       *net.Param // Penn tags, then universal ones
	dep, depBias        *net.Param // a word as one that hangs
	head, headBias      *net.Param // a word as one that others hang on
	root                *net.Param // the root as such
	pair, pairBias      *net.Param
	labelDep, labelBias *net.Param
	labelHead           *net.Param
	labelRoot           *net.Param
	label, labelOut     *net.Param
}

func newHeads(p *net.Params, dim, tags, labels int) *heads {
	return &heads{
		tags: p.Dense("syntax.tags", dim, tags), tagBias: p.Matrix("syntax.tags.bias", 1, tags, 0),
		dep: p.Dense("syntax.dep", dim, arcDim), depBias: p.Matrix("syntax.dep.bias", 1, arcDim, 0),
		head: p.Dense("syntax.head", dim, arcDim), headBias: p.Matrix("syntax.head.bias", 1, arcDim, 0),
		root: p.Matrix("syntax.root", 1, arcDim, 0.1),
		pair: p.Matrix("syntax.pair", arcDim, arcDim, 0.05), pairBias: p.Matrix("syntax.pair.bias", 1, arcDim, 0),
		labelDep: p.Dense("syntax.label.dep", dim, labelDim), labelBias: p.Matrix("syntax.label.bias", 1, labelDim, 0),
		labelHead: p.Dense("syntax.label.head", dim, labelDim),
		labelRoot: p.Matrix("syntax.label.root", 1, labelDim, 0.1),
		label:     p.Dense("syntax.label", labelDim, labels), labelOut: p.Matrix("syntax.label.out", 1, labels, 0),
	}
}

// gold is what a window's tokens should be, as class numbers.
type gold struct {
	xpos, upos, label []int
	head              []int    // place in the window; -1: the root
	sents             [][2]int // places of the sentences
}

// see looks up the classes of the tokens [first, last), which hold whole sentences. A
// class that m does not know is -1, and nothing is learnt from it.
func (g *gold) see(m *Model, d *doc.Doc, first, last, at int) {
	for i := first; i < last; i++ {
		t := &d.Tokens[i]
		x, u, r := indexOf(m.xpos, t.XPOS), indexOf(m.upos, t.UPOS), indexOf(m.rels, t.Rel)
		h := -1
		if t.Head >= 0 {
			h = t.Head - first + at
		}
		g.xpos, g.upos, g.label, g.head = append(g.xpos, x), append(g.upos, u), append(g.label, r), append(g.head, h)
	}
	for _, s := range d.Sentences {
		if s.First >= first && s.Last <= last {
			g.sents = append(g.sents, [2]int{s.First - first + at, s.Last - first + at})
		}
	}
}

// headDropout is the share of the heads' inner values that are hidden in training.
const headDropout = 0.33

// loss adds the losses of tags, heads and labels for the rows of z; tags, which are
// easier, count half.
func (h *heads) loss(s *net.Shard, z *net.Node, seqs []int, g *gold, xpos, upos int) {
	each := 1 / float64(z.R)
	tags := s.Linear(z, h.tags, h.tagBias)
	s.Softmax(s.Columns(tags, 0, xpos), g.xpos, each/2)
	s.Softmax(s.Columns(tags, xpos, xpos+upos), g.upos, each/2)

	dep := s.Dropout(s.Relu(s.Linear(z, h.dep, h.depBias)), headDropout, seqs)
	head := s.Dropout(s.Relu(s.Linear(z, h.head, h.headBias)), headDropout, seqs)
	head = s.Stack(head, s.Weights(h.root))
	dep = s.Linear(dep, h.pair, h.pairBias)
	for _, sent := range g.sents {
		n := sent[1] - sent[0]
		rows, heads := make([]int, n), make([]int, n+1)
		targets := make([]int, n)
		for i := range n {
			rows[i], heads[i] = sent[0]+i, sent[0]+i
			targets[i] = g.head[sent[0]+i] - sent[0]
			if g.head[sent[0]+i] < 0 {
				targets[i] = n
			}
		}
		heads[n] = z.R
		s.Softmax(s.Cross(s.Pick(dep, rows), s.Pick(head, heads)), targets, each)
	}

	up := make([]int, z.R)
	for i, to := range g.head {
		if up[i] = to; to < 0 {
			up[i] = z.R
		}
	}
	ld := s.Linear(z, h.labelDep, h.labelBias)
	lh := s.Stack(s.Linear(z, h.labelHead, nil), s.Weights(h.labelRoot))
	l := s.Dropout(s.Relu(s.Add(ld, s.Pick(lh, up))), headDropout, seqs)
	s.Softmax(s.Linear(l, h.label, h.labelOut), g.label, each)
}

// Trainer trains the heads on top of the encoder.
type Trainer struct {
	m     *Model
	heads *heads
}

// NewTrainer adds the heads' weights, for vectors of length dim. The classes of tags
// and relations are those of m.
func (m *Model) NewTrainer(p *net.Params, dim int) *Trainer {
	return &Trainer{m, newHeads(p, dim, len(m.xpos)+len(m.upos), len(m.rels))}
}

// Loss adds the losses of gold tags and trees.
func (t *Trainer) Loss(s *net.Shard, z *net.Node, windows []doc.Window) {
	var g gold
	seqs := []int{0}
	for _, w := range windows {
		g.see(t.m, w.Doc, w.First, w.Last, seqs[len(seqs)-1])
		seqs = append(seqs, seqs[len(seqs)-1]+w.Last-w.First)
	}
	t.heads.loss(s, z, seqs, &g, len(t.m.xpos), len(t.m.upos))
}
