package syntax

import (
	"hearsay/doc"
	"hearsay/learn"
)

// word is what the tagger and parser see of one word, as hashes.
type word struct {
	lower, shape       uint64
	suffix             [4]uint64 // the last 1 to 4 bytes
	prefix             [3]uint64 // the first 1 to 3 bytes
	flags              uint64    // capital, digit, hyphen, and whether it is the first word
	xpos, upos         int
	xposHash, uposHash uint64
	tagWord            uint64 // lower and xpos
	fine, coarse       uint64 // word classes
	context                   // the marks around it; for the parser
}

// see fills in the words of a sentence.
func (m *Model) see(d *doc.Doc, tokens []doc.Token, words []word) []word {
	words = words[:0]
	var buf [256]byte
	for i := range tokens {
		form := d.Text[tokens[i].Begin:tokens[i].End]
		if len(form) > 80 {
			form = form[:80]
		}
		var w word
		b := fold(buf[:0], form)
		w.lower = learn.HashBytes(b)
		fine, coarse := m.classes.of(w.lower)
		w.fine, w.coarse = uint64(fine)+1000, uint64(coarse)+2000
		for k := range w.suffix {
			w.suffix[k] = learn.HashBytes(b[max(0, len(b)-k-1):])
		}
		for k := range w.prefix {
			w.prefix[k] = learn.HashBytes(b[:min(len(b), k+1)])
		}
		for k := 0; k < len(form); k++ {
			switch c := form[k]; {
			case 'A' <= c && c <= 'Z':
				w.flags |= 1
				if k == 0 {
					w.flags |= 2
				}
			case '0' <= c && c <= '9':
				w.flags |= 4
			case c == '-':
				w.flags |= 8
			case 'a' <= c && c <= 'z':
				w.flags |= 16
			}
		}
		if i == 0 {
			w.flags |= 32
		}
		w.shape = learn.HashBytes(shape(buf[:0], form))
		words = append(words, w)
	}
	return words
}

var edge = word{lower: 11, shape: 12, xposHash: 13, uposHash: 14, tagWord: 15, fine: 16, coarse: 17}

func wordAt(words []word, i int) *word {
	if i < 0 || i >= len(words) {
		return &edge
	}
	return &words[i]
}

// xposFeatures appends what the Penn tag of word i is judged by; the tags of the
// words before it are known.
func xposFeatures(words []word, i int, f []uint64) []uint64 {
	n := 0
	add := func(a, b, c uint64) {
		f = append(f, learn.Mix(learn.Mix(learn.Mix(learn.Template(500+n), a), b), c))
		n++
	}
	w, p1, p2, n1, n2 := wordAt(words, i), wordAt(words, i-1), wordAt(words, i-2), wordAt(words, i+1), wordAt(words, i+2)
	add(0, 0, 0)
	add(w.lower, 0, 0)
	add(w.lower, w.flags, 0)
	add(w.suffix[0], w.flags, 0)
	add(w.suffix[1], w.flags, 0)
	add(w.suffix[2], 0, 0)
	add(w.suffix[3], 0, 0)
	add(w.prefix[0], w.flags, 0)
	add(w.prefix[1], 0, 0)
	add(w.prefix[2], 0, 0)
	add(w.shape, 0, 0)
	add(w.shape, p1.xposHash, n1.shape)
	add(p1.xposHash, 0, 0)
	add(p1.xposHash, p2.xposHash, 0)
	add(p1.xposHash, w.lower, 0)
	add(p1.lower, 0, 0)
	add(p1.lower, w.lower, 0)
	add(p2.lower, p1.xposHash, 0)
	add(n1.lower, 0, 0)
	add(n1.lower, w.lower, 0)
	add(n1.suffix[2], n1.flags, 0)
	add(n1.suffix[2], w.suffix[2], 0)
	add(n2.lower, 0, 0)
	add(p1.xposHash, w.suffix[2], n1.suffix[2])
	add(p1.xposHash, n1.lower, 0)
	add(p1.xposHash, w.suffix[1], w.flags)
	add(p1.flags, w.flags, n1.flags)
	add(n1.lower, n2.lower, 0)
	add(w.fine, 0, 0)
	add(w.coarse, p1.xposHash, 0)
	add(w.fine, w.suffix[1], 0)
	add(n1.fine, 0, 0)
	add(n1.fine, w.lower, 0)
	add(n1.fine, w.fine, 0)
	add(n2.fine, 0, 0)
	add(n1.coarse, n2.coarse, w.lower)
	add(p1.fine, 0, 0)
	add(p1.fine, w.fine, 0)
	add(p1.xposHash, n1.fine, w.coarse)
	add(p1.coarse, w.lower, n1.coarse)
	add(p1.coarse, w.suffix[2], n1.coarse)
	return f
}

// uposFeatures appends what the universal tag of word i is judged by, once all
// Penn tags of the sentence are known.
func uposFeatures(words []word, i int, f []uint64) []uint64 {
	n := 0
	add := func(a, b, c uint64) {
		f = append(f, learn.Mix(learn.Mix(learn.Mix(learn.Template(550+n), a), b), c))
		n++
	}
	w, p1, p2, n1, n2 := wordAt(words, i), wordAt(words, i-1), wordAt(words, i-2), wordAt(words, i+1), wordAt(words, i+2)
	add(w.xposHash, 0, 0)
	add(w.xposHash, w.lower, 0)
	add(w.xposHash, w.shape, 0)
	add(w.xposHash, w.suffix[2], 0)
	add(w.lower, p1.xposHash, n1.xposHash)
	add(w.xposHash, p1.xposHash, n1.xposHash)
	add(w.xposHash, n1.xposHash, n2.xposHash)
	add(w.xposHash, p2.xposHash, p1.xposHash)
	add(w.lower, n1.xposHash, n2.xposHash)
	add(w.lower, n1.lower, 0)
	add(w.lower, p1.lower, 0)
	add(w.lower, n2.xposHash, 0)
	return f
}

// tag fills the tags of a sentence's words.
func (m *Model) tag(s *scratch) {
	words := s.words
	scores := s.scores[:len(m.xpos)]
	for i := range words {
		s.feats = xposFeatures(words, i, s.feats[:0])
		clear(scores)
		m.xposModel.Score(s.feats, scores)
		words[i].setXPOS(best(scores), m)
	}
	scores = s.scores[:len(m.upos)]
	for i := range words {
		s.feats = uposFeatures(words, i, s.feats[:0])
		clear(scores)
		m.uposModel.Score(s.feats, scores)
		words[i].upos = best(scores)
		words[i].uposHash = m.uposHash[words[i].upos]
	}
}

func (w *word) setXPOS(tag int, m *Model) {
	w.xpos = tag
	w.xposHash = m.xposHash[tag]
	w.tagWord = learn.Mix(w.lower, w.xposHash)
}

func best[S int32 | float32 | float64](scores []S) int {
	b := 0
	for i, s := range scores {
		if s > scores[b] {
			b = i
		}
	}
	return b
}
