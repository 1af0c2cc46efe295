package syntax

import (
	"unicode/utf8"

	"hearsay/doc"
	"hearsay/learn"
)

// glued are words that are written without a break but are two in the treebanks,
// with the length of the first.
var glued = map[string]int{
	"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "gimme": 3, "lemme": 3,
}

// splitter decides where white-space chunks fall into words.
type splitter struct {
	model *learn.Linear // 1 class: split here
	feats []uint64
	chars []chunkChar
}

// chunkChar is one code point of a chunk.
type chunkChar struct {
	at    int // byte offset in the chunk
	r     rune
	class uint8
}

// maxChunk bounds what of a chunk is looked at as a whole: longer ones (a line of
// base64, a megabyte without a space) are cut here, so that work stays linear.
const maxChunk = 256

// words appends the spans of the words of text[begin:end) to out.
func (w *splitter) words(text string, begin, end int, out []doc.Span) []doc.Span {
	for i := begin; i < end; {
		r, n := utf8.DecodeRuneInString(text[i:end])
		if charClass(r) == charSpace {
			i += n
			continue
		}
		j, plain := i, true
		for j < end {
			r, n := utf8.DecodeRuneInString(text[j:end])
			c := charClass(r)
			if c == charSpace || j+n-i > maxChunk {
				break
			}
			plain = plain && c == charLetter
			j += n
		}
		if j == i { // one code point alone is never too long
			j = i + n
		}
		if plain {
			out = w.letters(text, i, j, out)
		} else {
			out = w.chunk(text, i, j, out)
		}
		i = j
	}
	return out
}

// letters appends a chunk of letters alone: one word, but for the glued ones.
func (w *splitter) letters(text string, i, j int, out []doc.Span) []doc.Span {
	if n := j - i; 5 <= n && n <= 6 {
		var buf [8]byte
		if cut := glued[string(fold(buf[:0], text[i:j]))]; cut > 0 {
			return append(out, doc.Span{Begin: i, End: i + cut}, doc.Span{Begin: i + cut, End: j})
		}
	}
	return append(out, doc.Span{Begin: i, End: j})
}

// chunk splits a chunk wherever the model says so.
func (w *splitter) chunk(text string, i, j int, out []doc.Span) []doc.Span {
	w.scan(text[i:j])
	from := 0
	for k := 1; k < len(w.chars); k++ {
		if !w.maybe(k) {
			continue
		}
		w.feats = w.features(text[i:j], k, from, w.feats[:0])
		var score [1]int32
		w.model.Score(w.feats, score[:])
		if score[0] > 0 {
			out = append(out, doc.Span{Begin: i + w.chars[from].at, End: i + w.chars[k].at})
			from = k
		}
	}
	return append(out, doc.Span{Begin: i + w.chars[from].at, End: j})
}

func (w *splitter) scan(chunk string) {
	w.chars = w.chars[:0]
	for at, r := range chunk {
		w.chars = append(w.chars, chunkChar{at, r, charClass(r)})
	}
}

// maybe says whether a word may begin at character k: where the class changes,
// between marks, and before the "n" of "n't".
func (w *splitter) maybe(k int) bool {
	a, b := w.chars[k-1].class, w.chars[k].class
	if a != b {
		return true
	}
	if b != charLetter && b != charDigit {
		return true
	}
	return k+2 < len(w.chars) && lower(w.chars[k].r) == 'n' && w.chars[k+1].class == charApostrophe && lower(w.chars[k+2].r) == 't'
}

func lower(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// features appends what a break before character k is judged by; from is where
// the current word began.
func (w *splitter) features(chunk string, k, from int, f []uint64) []uint64 {
	add := func(n int, parts ...uint64) {
		h := learn.Template(400 + n)
		for _, p := range parts {
			h = learn.Mix(h, p)
		}
		f = append(f, h)
	}
	char := func(i int) uint64 {
		if i < 0 || i >= len(w.chars) {
			return 1
		}
		r := lower(w.chars[i].r)
		switch w.chars[i].class {
		case charDigit:
			r = '0'
		case charApostrophe:
			r = '\''
		}
		return uint64(r) + 2
	}
	class := func(i int) uint64 {
		if i < 0 || i >= len(w.chars) {
			return 99
		}
		return uint64(w.chars[i].class)
	}
	n := len(w.chars)
	var buf [maxChunk * 2]byte
	left := learn.HashBytes(fold(buf[:0], chunk[w.chars[from].at:w.chars[k].at]))
	right := learn.HashBytes(fold(buf[:0], chunk[w.chars[k].at:]))
	// The run of one class on either side.
	a, b := k-1, k+1
	for a > 0 && w.chars[a-1].class == w.chars[k-1].class {
		a--
	}
	for b < n && w.chars[b].class == w.chars[k].class {
		b++
	}
	end := len(chunk)
	if b < n {
		end = w.chars[b].at
	}
	runL := learn.HashBytes(fold(buf[:0], chunk[w.chars[a].at:w.chars[k].at]))
	runR := learn.HashBytes(fold(buf[:0], chunk[w.chars[k].at:end]))
	whole := learn.HashBytes(fold(buf[:0], chunk))
	shp := learn.HashBytes(shape(buf[:0], chunk))
	web := bit(isWeb(chunk))
	add(0)
	add(1, char(k-1), char(k))
	add(2, char(k-2), char(k-1), char(k))
	add(3, char(k-1), char(k), char(k+1))
	add(4, char(k-2), char(k-1), char(k), char(k+1))
	add(5, class(k-2), class(k-1), class(k), class(k+1))
	add(6, class(k-1), class(k), class(k+1), class(k+2), bit(k+1 == n))
	add(7, left, char(k))
	add(8, right, char(k-1))
	add(9, right)
	add(10, left, right)
	add(11, runL, char(k), class(k+1))
	add(12, char(k-1), runR)
	add(13, runL, runR)
	add(14, whole, uint64(k))
	add(15, shp, uint64(k))
	add(16, web, class(k-1), class(k))
	add(17, web, char(k-1), char(k), bit(k == 1), bit(k+1 == n))
	add(18, class(k-1), class(k), uint64(min(k-from, 4)), uint64(min(n-k, 4)))
	add(19, char(k-1), char(k), uint64(min(k-from, 4)), uint64(min(n-k, 4)))
	add(20, class(k-3), class(k-2), class(k-1), class(k), class(k+1), class(k+2))
	return f
}

// isWeb says whether a chunk looks like an address: such are one word.
func isWeb(chunk string) bool {
	dots := 0
	for i := 0; i+1 < len(chunk); i++ {
		switch {
		case chunk[i] == '@' && i > 0:
			return true
		case chunk[i] == ':' && i+2 < len(chunk) && chunk[i+1] == '/' && chunk[i+2] == '/':
			return true
		case chunk[i] == '.' && i > 0 && isAlpha(chunk[i-1]) && isAlpha(chunk[i+1]):
			dots++
		}
	}
	return dots > 1 || len(chunk) > 4 && chunk[:4] == "www."
}

func isAlpha(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
