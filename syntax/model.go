package syntax

import (
	"fmt"
	"strings"
	"sync"

	"hearsay/doc"
	"hearsay/learn"
)

// Model reads syntax: words and sentences by classifiers of its own, tags and trees by
// one of two readers that are put on top, linear models (LoadLinear) or heads over the
// encoder's vectors (LoadHeads). It is safe for concurrent use.
type Model struct {
	split, end       *learn.Linear
	lemmas           *lemmas
	xpos, upos, rels []string // by class
	xposHash         []uint64
	uposHash         []uint64
	relHash          []uint64
	punct, root      int     // relations
	punctTag         int     // universal tag of marks
	kinds            []uint8 // of mark, by Penn tag
	linear
	neural *neural   // nil: linear models read all
	pool   sync.Pool // of *scratch
}

// linear is the linear reader of tags and trees.
type linear struct {
	xposModel, uposModel *learn.Linear
	moves, labels        *learn.Linear
	relabel, marks       *learn.Linear
	classes              *classes
}

// The two model files: what every reader needs, and the linear reader.
const (
	splitName    = "split"
	splitVersion = "2"
	modelName    = "syntax"
	modelVersion = "3"
)

// scratch is the working space of one Annotate.
type scratch struct {
	splitter splitter
	ender    ender
	spans    []doc.Span
	ends     []int
	words    []word
	core     core
	state    state
	labeller labeller
	hanger   hanger
	feats    []uint64
	scores   [256]int32
	lower    []byte
	sheet    sheet
}

// Load reads what splits words and sentences, knows lemmas and names tags and
// relations, from the bytes that Bytes wrote. For Parse, LoadLinear or LoadHeads must
// follow.
func Load(b []byte) (*Model, error) {
	file, err := learn.ReadFile(b, splitName, splitVersion)
	if err != nil {
		return nil, err
	}
	m := new(Model)
	for _, part := range []struct {
		name string
		to   *[]string
	}{{"xpos tags", &m.xpos}, {"upos tags", &m.upos}, {"relations", &m.rels}} {
		data, err := file.Section(part.name)
		if err != nil {
			return nil, err
		}
		*part.to = strings.Split(string(data), "\n")
	}
	m.hash()
	if m.split, err = readLinear(file, "words", 1); err != nil {
		return nil, err
	}
	if m.end, err = readLinear(file, "sentences", 1); err != nil {
		return nil, err
	}
	data, err := file.Section("lemmas")
	if err != nil {
		return nil, err
	}
	if m.lemmas, err = readLemmas(data); err != nil {
		return nil, fmt.Errorf("model %s: %w", splitName, err)
	}
	return m, nil
}

// LoadLinear reads the linear taggers and parser from the bytes that LinearBytes wrote.
func (m *Model) LoadLinear(b []byte) error {
	file, err := learn.ReadFile(b, modelName, modelVersion)
	if err != nil {
		return err
	}
	var l linear
	for _, part := range []struct {
		name    string
		to      **learn.Linear
		classes int
	}{
		{"xpos", &l.xposModel, len(m.xpos)}, {"upos", &l.uposModel, len(m.upos)},
		{"moves", &l.moves, moveCount}, {"labels", &l.labels, len(m.rels)},
		{"relabel", &l.relabel, len(m.rels)}, {"marks", &l.marks, 1},
	} {
		if *part.to, err = readLinear(file, part.name, part.classes); err != nil {
			return err
		}
	}
	data, err := file.Section("classes")
	if err != nil {
		return err
	}
	if l.classes, err = readClasses(data); err != nil {
		return fmt.Errorf("model %s: %w", modelName, err)
	}
	m.linear = l
	return nil
}

func readLinear(file *learn.File, section string, classes int) (*learn.Linear, error) {
	data, err := file.Section(section)
	if err != nil {
		return nil, err
	}
	l, err := learn.ReadLinear(data, classes)
	if err != nil {
		return nil, fmt.Errorf("model %s, section %s: %w", file.Name, section, err)
	}
	return l, nil
}

func (m *Model) hash() {
	hashes := func(names []string) []uint64 {
		h := make([]uint64, len(names))
		for i, s := range names {
			h[i] = learn.Hash(s)
		}
		return h
	}
	m.xposHash, m.uposHash, m.relHash = hashes(m.xpos), hashes(m.upos), hashes(m.rels)
	m.punct, m.root = indexOf(m.rels, "punct"), indexOf(m.rels, "root")
	m.punctTag = indexOf(m.upos, "PUNCT")
	m.kinds = make([]uint8, len(m.xpos))
	for i, tag := range m.xpos {
		m.kinds[i] = markKind(tag)
	}
}

// Bytes returns the model without its reader of tags and trees, in the form that Load
// takes.
func (m *Model) Bytes() []byte {
	file := learn.File{Name: splitName, Version: splitVersion, Sections: []learn.Section{
		{Name: "xpos tags", Data: []byte(strings.Join(m.xpos, "\n"))},
		{Name: "upos tags", Data: []byte(strings.Join(m.upos, "\n"))},
		{Name: "relations", Data: []byte(strings.Join(m.rels, "\n"))},
		{Name: "words", Data: m.split.Bytes()}, {Name: "sentences", Data: m.end.Bytes()},
		{Name: "lemmas", Data: m.lemmas.bytes()},
	}}
	return file.Bytes()
}

// LinearBytes returns the linear reader of tags and trees in the form that LoadLinear
// takes: packed, since only --fast reads it.
func (m *Model) LinearBytes() []byte {
	file := learn.File{Name: modelName, Version: modelVersion, Sections: []learn.Section{
		{Name: "xpos", Data: m.xposModel.Bytes()}, {Name: "upos", Data: m.uposModel.Bytes()},
		{Name: "moves", Data: m.moves.Bytes()}, {Name: "labels", Data: m.labels.Bytes()},
		{Name: "relabel", Data: m.relabel.Bytes()}, {Name: "marks", Data: m.marks.Bytes()},
		{Name: "classes", Data: m.classes.bytes()},
	}}
	return file.Packed()
}

// Annotate fills d.Sentences and d.Tokens: it splits and parses.
func (m *Model) Annotate(d *doc.Doc) {
	m.Split(d)
	m.Parse(d)
}

// Split fills d.Sentences, and d.Tokens with their spans alone. It needs d.Blocks;
// where there are none, the whole text is taken for one paragraph.
func (m *Model) Split(d *doc.Doc) {
	s := m.scratch()
	defer m.pool.Put(s)
	d.Sentences, d.Tokens = d.Sentences[:0], make([]doc.Token, 0, len(d.Text)/5)
	blocks := d.Blocks
	if blocks == nil {
		blocks = []doc.Block{{Span: doc.Span{Begin: 0, End: len(d.Text)}}}
	}
	for b := range blocks {
		s.spans = s.splitter.words(d.Text, blocks[b].Begin, blocks[b].End, s.spans[:0])
		s.ends = s.ender.sentences(d.Text, s.spans, s.ends[:0])
		from := 0
		for _, to := range s.ends {
			first := len(d.Tokens)
			for _, w := range s.spans[from:to] {
				d.Tokens = append(d.Tokens, doc.Token{Span: w})
			}
			d.Sentences = append(d.Sentences, doc.Sentence{
				Span:  doc.Span{Begin: s.spans[from].Begin, End: s.spans[to-1].End},
				First: first, Last: len(d.Tokens), Block: b})
			from = to
		}
	}
}

// Parse fills the tags, lemmas and trees of d's sentences and words as they are: from
// d.Vectors by the heads where both are there, by the linear models otherwise, which
// LoadLinear must then have loaded.
func (m *Model) Parse(d *doc.Doc) {
	s := m.scratch()
	defer m.pool.Put(s)
	if m.neural != nil && len(d.Vectors.Scale) == len(d.Tokens) {
		m.readTrees(s, d)
		return
	}
	for i := range d.Sentences {
		m.parseSentence(s, d, &d.Sentences[i])
	}
}

func (m *Model) scratch() *scratch {
	s, _ := m.pool.Get().(*scratch)
	if s == nil {
		s = new(scratch)
		s.splitter.model, s.ender.model = m.split, m.end
	}
	return s
}

func (m *Model) parseSentence(s *scratch, d *doc.Doc, sent *doc.Sentence) {
	tokens := d.Tokens[sent.First:sent.Last]
	s.words = m.see(d, tokens, s.words)
	m.tag(s)
	m.parse(s)
	for k := range tokens {
		t, w := &tokens[k], &s.words[k]
		t.XPOS, t.UPOS = m.xpos[w.xpos], m.upos[w.upos]
		form := d.Text[t.Begin:t.End]
		s.lower = fold(s.lower[:0], form)
		t.Lemma = m.lemmas.lemma(form, lowerOf(form, s.lower), t.XPOS, t.UPOS)
		t.Rel = m.rels[s.hanger.label[k]]
		if h := s.hanger.head[k]; int(h) == len(tokens) {
			t.Head = -1
		} else {
			t.Head = sent.First + int(h)
		}
	}
}

// lowerOf returns form in lower case, itself if it is already; digits stay.
func lowerOf(form string, folded []byte) string {
	if form == string(folded) {
		return form
	}
	return strings.ToLower(plain(form))
}

func plain(form string) string {
	for i := range len(form) {
		if form[i] >= 0x80 {
			return plainQuotes(form)
		}
	}
	return form
}

// parse makes the tree of the words in s; it stands in s.hanger.
func (m *Model) parse(s *scratch) {
	s.core.fill(m, s.words)
	st := &s.state
	st.reset(s.core.words, m.relHash)
	labels := s.scores[:len(m.rels)]
	for !st.done() {
		var scores [moveCount]int32
		s.feats = st.features(s.feats[:0])
		m.moves.Score(s.feats, scores[:])
		move, label := choose(st.allowed(), scores), 0
		if move != moveShift {
			dep, head := st.arc(move)
			s.feats = st.labelFeatures(dep, head, s.feats[:0])
			clear(labels)
			m.labels.Score(s.feats, labels)
			label = m.bestLabel(labels, int(head) == st.n)
		}
		st.apply(move, label)
	}
	s.labeller.enter(s.core.words, st.head[:st.n])
	for i := range s.core.words {
		s.feats = s.labeller.features(int32(i), s.feats[:0])
		clear(labels)
		m.relabel.Score(s.feats, labels)
		st.label[i] = int32(m.bestLabel(labels, int(st.head[i]) == st.n))
	}
	h := &s.hanger
	h.enter(s.words, &s.core, st.head, st.label, m.punct)
	m.hang(h)
}

// bestLabel returns the best label of an arc. The label root belongs to the arcs
// from the root and to no other.
func (m *Model) bestLabel(scores []int32, fromRoot bool) int {
	if fromRoot {
		return m.root
	}
	b := -1
	for i, s := range scores {
		if i != m.root && (b < 0 || s > scores[b]) {
			b = i
		}
	}
	return b
}

// indexOf returns the place of a name, -1 if it is not there.
func indexOf(names []string, name string) int {
	for i, s := range names {
		if s == name {
			return i
		}
	}
	return -1
}

func choose[S int32 | float32](ok [moveCount]bool, scores [moveCount]S) int {
	b := -1
	for move := range scores {
		if ok[move] && (b < 0 || scores[move] > scores[b]) {
			b = move
		}
	}
	return b
}
