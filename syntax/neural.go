package syntax

import (
	"fmt"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/kernel"
	"hearsay/learn/net"
)

// neural is the frozen heads: what reads tags and trees from vectors.
type neural struct {
	tags, dep, head, pair      net.Layer
	labelDep, labelHead, label net.Layer
	root, labelRoot            []float32
}

// Sections returns the trained heads in the form that LoadHeads takes.
func (t *Trainer) Sections() []learn.Section {
	var out []learn.Section
	h := t.heads
	for _, l := range [][2]*net.Param{{h.tags, h.tagBias}, {h.dep, h.depBias}, {h.head, h.headBias}, {h.pair, h.pairBias},
		{h.labelDep, h.labelBias}, {h.labelHead, nil}, {h.label, h.labelOut}, {nil, h.root}, {nil, h.labelRoot}} {
		out = append(out, net.Frozen(l[0], l[1])...)
	}
	return out
}

// LoadHeads reads the heads for vectors of length dim: from then on a Doc that has
// vectors is read by them, and others as before.
func (m *Model) LoadHeads(f *learn.File, dim int) error {
	h := new(neural)
	for _, l := range []struct {
		to         *net.Layer
		name, bias string
		in, out    int
	}{
		{&h.tags, "syntax.tags", "syntax.tags.bias", dim, len(m.xpos) + len(m.upos)},
		{&h.dep, "syntax.dep", "syntax.dep.bias", dim, arcDim},
		{&h.head, "syntax.head", "syntax.head.bias", dim, arcDim},
		{&h.pair, "syntax.pair", "syntax.pair.bias", arcDim, arcDim},
		{&h.labelDep, "syntax.label.dep", "syntax.label.bias", dim, labelDim},
		{&h.labelHead, "syntax.label.head", "", dim, labelDim},
		{&h.label, "syntax.label", "syntax.label.out", labelDim, len(m.rels)},
	} {
		var err error
		if *l.to, err = net.ReadLayer(f, l.name, l.bias, l.in, l.out); err != nil {
			return err
		}
	}
	var err error
	if h.root, err = net.ReadFloats(f, "syntax.root", 1, arcDim); err != nil {
		return err
	}
	if h.labelRoot, err = net.ReadFloats(f, "syntax.label.root", 1, labelDim); err != nil {
		return fmt.Errorf("heads: %w", err)
	}
	m.neural = h
	return nil
}

// passSize is about how many tokens go through the heads at once.
const passSize = 512

// sheet is the working space of the heads.
type sheet struct {
	z, q                              kernel.Quantized
	tags, dep, head, a, b, out, score []float32
	tree                              spanning
}

// readTrees fills tags, heads and labels of d from its vectors.
func (m *Model) readTrees(s *scratch, d *doc.Doc) {
	for from := 0; from < len(d.Sentences); {
		to := from + 1
		for to < len(d.Sentences) && d.Sentences[to].Last-d.Sentences[from].First <= passSize {
			to++
		}
		m.readSentences(s, d, d.Sentences[from:to])
		from = to
	}
}

func (m *Model) readSentences(s *scratch, d *doc.Doc, sents []doc.Sentence) {
	h, w := m.neural, &s.sheet
	first, last := sents[0].First, sents[len(sents)-1].Last
	n, dim := last-first, d.Vectors.Dim
	w.z.Set(d.Vectors.Data[first*dim:last*dim], d.Vectors.Scale[first:last], n, dim)
	tags := len(m.xpos) + len(m.upos)
	w.tags = resize(w.tags, n*tags)
	h.tags.Apply(w.tags, tags, &w.z, n)
	w.dep, w.head, w.a = resize(w.dep, n*arcDim), resize(w.head, (n+1)*arcDim), resize(w.a, n*arcDim)
	h.dep.Apply(w.a, arcDim, &w.z, n)
	kernel.Relus(w.a[:n*arcDim], w.a[:n*arcDim])
	w.q.Quantize(w.a, n, arcDim, arcDim)
	h.pair.Apply(w.dep, arcDim, &w.q, n)
	h.head.Apply(w.head, arcDim, &w.z, n)
	kernel.Relus(w.head[:n*arcDim], w.head[:n*arcDim])

	for _, sent := range sents {
		a, size := sent.First-first, sent.Last-sent.First
		w.score = resize(w.score, size*(size+1))
		for i := range size {
			dep := w.dep[(a+i)*arcDim : (a+i+1)*arcDim]
			row := w.score[i*(size+1) : (i+1)*(size+1)]
			kernel.Dots(row[:size], dep, w.head[a*arcDim:], arcDim)
			kernel.Dots(row[size:], dep, h.root, arcDim)
		}
		for i, up := range w.tree.best(w.score, size) {
			if d.Tokens[sent.First+i].Head = sent.First + up; up == size {
				d.Tokens[sent.First+i].Head = -1
			}
		}
	}

	w.a, w.b = resize(w.a, n*labelDim), resize(w.b, n*labelDim)
	h.labelDep.Apply(w.a, labelDim, &w.z, n)
	h.labelHead.Apply(w.b, labelDim, &w.z, n)
	for i := range n {
		up := h.labelRoot
		if head := d.Tokens[first+i].Head; head >= 0 {
			up = w.b[(head-first)*labelDim : (head-first+1)*labelDim]
		}
		row := w.a[i*labelDim : (i+1)*labelDim]
		for j, x := range up {
			row[j] += x
		}
	}
	kernel.Relus(w.a[:n*labelDim], w.a[:n*labelDim])
	w.q.Quantize(w.a, n, labelDim, labelDim)
	labels := len(m.rels)
	w.out = resize(w.out, n*labels)
	h.label.Apply(w.out, labels, &w.q, n)
	for i := range n {
		t := &d.Tokens[first+i]
		row := w.tags[i*tags : (i+1)*tags]
		t.XPOS, t.UPOS = m.xpos[most(row[:len(m.xpos)])], m.upos[most(row[len(m.xpos):])]
		t.Rel = m.rels[m.root]
		if t.Head >= 0 {
			row := w.out[i*labels : (i+1)*labels]
			row[m.root] = -1e30 // belongs to the arcs from the root and to no other
			t.Rel = m.rels[most(row)]
		}
		form := d.Text[t.Begin:t.End]
		s.lower = fold(s.lower[:0], form)
		t.Lemma = m.lemmas.lemma(form, lowerOf(form, s.lower), t.XPOS, t.UPOS)
	}
}

// most returns the place of the largest value, the first among equals.
func most(row []float32) int {
	best := 0
	for i, x := range row {
		if x > row[best] {
			best = i
		}
	}
	return best
}
