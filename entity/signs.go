package entity

import (
	"unicode"
	"unicode/utf8"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/lexicon"
	"hearsay/lexicon/kb"
)

// view is what the tagger sees of a Doc's words beside their vectors.
type view struct {
	d     *doc.Doc
	first []bool // begins its sentence
	word  []uint64
	lower []uint64
	shape []uint64
	known []uint64
	seen  map[uint64]uint8 // of each lower-cased word: how the article writes it

	// Of listen.
	heard []uint8  // what raw news makes of a word
	runs  []uint64 // and of the run of words that it stands in
	small []uint64 // what is known of a word in small letters
	given []uint64 // whether it is a given name, and written like one
}

// How an article writes a word inside sentences.
const (
	seenLower = 1 << iota
	seenUpper
)

func newView(d *doc.Doc, base *kb.KB) *view {
	v := &view{d: d, known: known(d, base), first: make([]bool, len(d.Tokens)), word: make([]uint64, len(d.Tokens)), lower: make([]uint64, len(d.Tokens)),
		shape: make([]uint64, len(d.Tokens)), seen: map[uint64]uint8{}}
	for _, s := range d.Sentences {
		if s.First < s.Last {
			v.first[s.First] = true
		}
	}
	var buf []byte
	for i := range d.Tokens {
		w := d.Word(i)
		v.word[i] = learn.Hash(w)
		buf = lowered(buf[:0], w)
		v.lower[i] = learn.HashBytes(buf)
		v.shape[i] = shapeOf(w)
		if v.first[i] {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(w); unicode.IsUpper(r) {
			v.seen[v.lower[i]] |= seenUpper
		} else if unicode.IsLower(r) {
			v.seen[v.lower[i]] |= seenLower
		}
	}
	return v
}

func lowered(to []byte, w string) []byte {
	for _, r := range w {
		to = utf8.AppendRune(to, unicode.ToLower(r))
	}
	return to
}

// shapeOf folds the kinds of a word's letters, runs of one kind as two at most:
// "McCain" is AaAaa, "2016" is 00.
func shapeOf(w string) uint64 {
	h, last, run := uint64(7), rune(0), 0
	for _, r := range w {
		k := r
		switch {
		case unicode.IsUpper(r):
			k = 'A'
		case unicode.IsLetter(r):
			k = 'a'
		case unicode.IsDigit(r):
			k = '0'
		}
		if k == last {
			if run++; run > 2 {
				continue
			}
		} else {
			last, run = k, 1
		}
		h = learn.Mix(h, uint64(k))
	}
	return h
}

// signs appends the rows for the signs of token i.
func (v *view) signs(i int, out []uint32) []uint32 {
	n := 0
	add := func(parts ...uint64) {
		x := learn.Template(700 + n)
		n++
		for _, p := range parts {
			x = learn.Mix(x, p)
		}
		out = append(out, uint32(x>>(64-signLog)))
	}
	w := v.d.Word(i)
	first := uint64(0)
	if v.first[i] {
		first = 1
	}
	add(v.word[i])
	add(v.lower[i])
	add(v.shape[i], first)
	add(learn.Hash(w[max(0, len(w)-3):]))
	add(learn.Hash(w[:min(len(w), 3)]))
	add(uint64(v.seen[v.lower[i]]), first, v.shape[i])
	add(learn.Hash(v.d.Tokens[i].XPOS), first)
	add(v.known[i])
	for _, k := range [2]int{-1, 1} {
		if j := i + k; j >= 0 && j < len(v.word) {
			add(v.lower[j])
			add(v.shape[j], v.shape[i])
		} else {
			n += 2
		}
	}
	return out
}

// listen adds what more signs is made of.
func (v *view) listen(h *heard) {
	n := len(v.d.Tokens)
	v.heard, v.runs, v.given = make([]uint8, n), make([]uint64, n), make([]uint64, n)
	for _, s := range v.d.Sentences {
		h.mark(v.lower[s.First:s.Last], v.heard[s.First:s.Last], v.runs[s.First:s.Last])
	}
	v.small = knownSmall(v.d, v.heard)
	var buf []byte
	for i := range v.given {
		w := v.d.Word(i)
		buf = titled(buf[:0], w)
		if _, ok := lexicon.Given(string(buf)); ok {
			if v.given[i] = 1; w != string(buf) {
				v.given[i] = 2
			}
		}
	}
}

// titled appends w with its first letter alone a capital.
func titled(to []byte, w string) []byte {
	for i, r := range w {
		if i == 0 {
			r = unicode.ToUpper(r)
		} else {
			r = unicode.ToLower(r)
		}
		to = utf8.AppendRune(to, r)
	}
	return to
}

// more appends the rows for the signs of token i and for what was heard of it and of the
// words beside it.
func (v *view) more(i int, out []uint32) []uint32 {
	out = v.signs(i, out)
	n := 0
	add := func(a, b uint64) {
		x := learn.Mix(learn.Mix(learn.Template(730+n), a), b)
		n++
		out = append(out, uint32(x>>(64-signLog)))
	}
	written := uint64(0)
	if v.first[i] {
		written = 1
	}
	if capital(v.d.Word(i)) {
		written |= 2
	}
	add(uint64(v.heard[i]), written)
	add(v.runs[i], written)
	add(v.small[i], 0)
	add(v.given[i], written)
	for _, k := range [2]int{-1, 1} {
		if j := i + k; j >= 0 && j < len(v.heard) {
			add(uint64(v.heard[j]), 0)
			add(v.given[j], v.given[i])
		} else {
			n += 2
		}
	}
	return out
}
