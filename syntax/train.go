package syntax

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"

	"hearsay/doc"
	"hearsay/learn"
)

// Train learns all of syntax from docs with gold blocks, sentences and tokens.
// The parser learns from tags that a tagger which had not seen the sentence gave
// (five folds), since such are the tags that it will meet. Docs without sentences are
// raw text, from which word classes are learnt; without any there are none, at a cost
// of about a point of LAS.
func Train(docs []*doc.Doc, o learn.Options) (*Model, error) {
	var raw []*doc.Doc
	docs, raw = divide(docs)
	if len(docs) < 5 {
		return nil, errors.New("train syntax: fewer than five documents")
	}
	if o.Epochs == 0 {
		o.Epochs = 8
	}
	m := &Model{}
	seen := [3]map[string]bool{{}, {}, {}}
	for _, d := range docs {
		for i := range d.Tokens {
			t := &d.Tokens[i]
			seen[0][t.XPOS], seen[1][t.UPOS], seen[2][t.Rel] = true, true, true
		}
	}
	m.xpos, m.upos, m.rels = names(seen[0]), names(seen[1]), names(seen[2])
	if len(m.xpos) > 256 || len(m.rels) > 256 {
		return nil, fmt.Errorf("train syntax: %d tags and %d relations, at most 256 each", len(m.xpos), len(m.rels))
	}
	m.hash()
	m.lemmas = learnLemmas(docs)
	total := float64(o.Epochs + 13)
	rng := rand.New(rand.NewPCG(o.Seed, 0x73))
	m.split = trainWords(docs, rng).Freeze(learn.Prune{MinUpdates: 2})
	o.Report(1, total, "words")
	m.end = trainEnds(docs, rng).Freeze(learn.Prune{MinUpdates: 2})
	o.Report(2, total, "sentences")
	m.classes = newClasses(nil, nil, nil)
	if len(raw) > 0 {
		m.classes = m.learnClasses(raw, func(note string) { o.Report(4, total, "word classes: "+note) })
	}

	const folds = 5
	var sents []*sample
	for i, d := range docs {
		for k := range d.Sentences {
			sents = append(sents, m.newSample(d, k, i%folds))
		}
	}
	for fold := range folds {
		m.trainTags(sents, fold, rng)
		for _, s := range sents {
			if s.fold == fold {
				sc := scratch{words: s.words}
				m.tag(&sc)
			}
		}
		o.Report(float64(6+fold), total, fmt.Sprintf("tags: fold %d of %d", fold+1, folds))
	}
	m.trainTags(sents, -1, rng)
	o.Report(12, total, "tags")
	m.trainParser(sents, o, rng, 12, total)
	o.Report(total, total, "done")
	return m, nil
}

// divide parts gold documents from raw ones.
func divide(docs []*doc.Doc) (gold, raw []*doc.Doc) {
	for _, d := range docs {
		if d.Sentences == nil {
			raw = append(raw, d)
		} else {
			gold = append(gold, d)
		}
	}
	return gold, raw
}

func names(seen map[string]bool) []string {
	out := make([]string, 0, len(seen))
	for s := range seen {
		out = append(out, s)
	}
	sort.Strings(out)
	return out
}

// sample is a gold sentence.
type sample struct {
	words      []word
	xpos, upos []int
	head       []int32 // n: the root
	label      []int
	fold       int
}

func (m *Model) newSample(d *doc.Doc, k, fold int) *sample {
	sent := d.Sentences[k]
	tokens := d.Tokens[sent.First:sent.Last]
	s := &sample{words: m.see(d, tokens, nil), fold: fold}
	for i := range tokens {
		t := &tokens[i]
		x, _ := slices.BinarySearch(m.xpos, t.XPOS)
		u, _ := slices.BinarySearch(m.upos, t.UPOS)
		r, _ := slices.BinarySearch(m.rels, t.Rel)
		h := int32(len(tokens))
		if t.Head >= 0 {
			h = int32(t.Head - sent.First)
		}
		s.xpos, s.upos, s.label, s.head = append(s.xpos, x), append(s.upos, u), append(s.label, r), append(s.head, h)
	}
	return s
}

// decision is one decision with the features it is judged by.
type decision struct {
	feats []uint64
	yes   bool
}

func trainBinary(items []decision, epochs int, rng *rand.Rand) *learn.Trainer {
	t := learn.NewTrainer(1)
	for range epochs {
		rng.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
		for _, it := range items {
			var score [1]float32
			t.Score(it.feats, score[:])
			if it.yes && score[0] <= 2 {
				t.Update(it.feats, 0, 1)
			} else if !it.yes && score[0] > -2 {
				t.Update(it.feats, 0, -1)
			}
			t.Tick()
		}
	}
	return t
}

func trainWords(docs []*doc.Doc, rng *rand.Rand) *learn.Trainer {
	var items []decision
	var w splitter
	for _, d := range docs {
		starts := map[int]bool{}
		for i := range d.Tokens {
			starts[d.Tokens[i].Begin] = true
		}
		var chunks []doc.Span
		for _, b := range d.Blocks {
			for i := b.Begin; i < b.End; {
				j := i
				for j < b.End && d.Text[j] != ' ' && d.Text[j] != '\n' && j-i < maxChunk {
					j++
				}
				if j > i {
					chunks = append(chunks, doc.Span{Begin: i, End: j})
				}
				i = max(j, i+1)
			}
		}
		for _, c := range chunks {
			chunk := d.Slice(c)
			w.scan(chunk)
			from := 0
			for k := 1; k < len(w.chars); k++ {
				if !w.maybe(k) {
					continue
				}
				yes := starts[c.Begin+w.chars[k].at]
				items = append(items, decision{w.features(chunk, k, from, nil), yes})
				if yes {
					from = k
				}
			}
		}
	}
	return trainBinary(items, 8, rng)
}

func trainEnds(docs []*doc.Doc, rng *rand.Rand) *learn.Trainer {
	var items []decision
	var e ender
	for _, d := range docs {
		ends := map[int]bool{}
		for _, s := range d.Sentences {
			ends[s.End] = true
		}
		i := 0
		for _, b := range d.Blocks {
			var words []doc.Span
			for ; i < len(d.Tokens) && d.Tokens[i].Begin < b.End; i++ {
				if n := len(words); n == 0 || words[n-1] != d.Tokens[i].Span {
					words = append(words, d.Tokens[i].Span)
				}
			}
			from := 0
			var open parity
			for k := range words {
				open.take(d.Slice(words[k]))
				if k+1 == len(words) {
					break
				}
				yes := ends[words[k].End]
				if e.maybe(d.Text, words, k) {
					items = append(items, decision{e.features(d.Text, words, k, from, open, nil), yes})
				}
				if yes {
					from = k + 1
				}
			}
		}
	}
	return trainBinary(items, 8, rng)
}

// gate is how often a feature is updated before it counts; see learn.Trainer.
const gate = 5

// trainTags learns the taggers from the sentences outside a fold.
func (m *Model) trainTags(sents []*sample, fold int, rng *rand.Rand) {
	xpos, upos := learn.NewTrainer(len(m.xpos)), learn.NewTrainer(len(m.upos))
	xpos.Gate, upos.Gate = gate, gate
	var use []*sample
	for _, s := range sents {
		if s.fold != fold {
			c := *s
			c.words = slices.Clone(s.words)
			use = append(use, &c)
		}
	}
	var feats []uint64
	scores := make([]float32, 256)
	for range 6 {
		rng.Shuffle(len(use), func(i, j int) { use[i], use[j] = use[j], use[i] })
		for _, s := range use {
			for i := range s.words {
				feats = xposFeatures(s.words, i, feats[:0])
				sc := scores[:len(m.xpos)]
				clear(sc)
				xpos.Score(feats, sc)
				guess := perceptron(xpos, feats, sc, s.xpos[i])
				s.words[i].setXPOS(guess, m)
			}
			for i := range s.words {
				feats = uposFeatures(s.words, i, feats[:0])
				sc := scores[:len(m.upos)]
				clear(sc)
				upos.Score(feats, sc)
				perceptron(upos, feats, sc, s.upos[i])
			}
		}
	}
	m.xposModel = xpos.Freeze(learn.Prune{MinWeight: 0.03})
	m.uposModel = upos.Freeze(learn.Prune{MinWeight: 0.03})
}

// margin is by how much the right class must win for nothing to be learnt.
const margin = 1

// perceptron makes one update towards the gold class where it does not win by the
// margin, and returns the guess.
func perceptron(t *learn.Trainer, feats []uint64, scores []float32, gold int) int {
	guess, wrong := best(scores), -1
	for c, s := range scores {
		if c != gold && (wrong < 0 || s > scores[wrong]) {
			wrong = c
		}
	}
	if wrong >= 0 && scores[gold]-scores[wrong] <= margin {
		t.Update(feats, gold, 1)
		t.Update(feats, wrong, -1)
	}
	t.Tick()
	return guess
}
