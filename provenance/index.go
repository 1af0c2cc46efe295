package provenance

import (
	"cmp"
	"iter"
	"slices"
	"time"
)

// Signature is what an [Index] knows of a text: some of its shingles, chosen so that two
// texts that share a passage of [Passage] words or more have at least one in common.
type Signature struct {
	whole  uint64   // hash of all words: equal for texts that differ in nothing but punctuation
	marks  []uint32 // hashes of the shingles chosen, in order and apart from each other
	length int      // in words
}

// window is how many shingles in a row give one mark. The marks are the least shingles of
// all windows (winnowing: Schleimer, Wilkerson and Aiken, SIGMOD 2003), about one in
// sixteen, each a band of its own: what two texts share is found by looking up a mark,
// whatever stands around the passage and however much was cut.
const window = 32

// Passage is the length in words from which on a passage that two texts share is always
// found.
const Passage = window + shingle - 1

// Sign returns the signature of a text.
func Sign(text string) Signature {
	words := wordsOf(text)
	s := Signature{length: len(words)}
	for _, w := range words {
		s.whole = (s.whole ^ w.hash) * 0x9e3779b97f4a7c15
		s.whole ^= s.whole >> 31
	}
	for _, m := range marksOf(words) {
		s.marks = append(s.marks, m.hash)
	}
	slices.Sort(s.marks)
	s.marks = slices.Compact(s.marks)
	return s
}

// Marks returns the hashes of the shingles chosen, in order, for an index kept elsewhere.
func (s Signature) Marks() []uint32 { return s.marks }

// mark is a shingle that was chosen and the word that it begins with.
type mark struct {
	hash uint32
	at   int
}

// marksOf returns the least shingle of each window, in order; of equals the last.
func marksOf(words []word) (out []mark) {
	all := shingles(words)
	for i := 0; i < len(all) && (i == 0 || i+window <= len(all)); i++ {
		least := i
		for k := i; k < min(i+window, len(all)); k++ {
			if all[k] <= all[least] {
				least = k
			}
		}
		if len(out) == 0 || out[len(out)-1].at != least {
			out = append(out, mark{uint32(all[least] >> 32), least})
		}
	}
	return out
}

// Index finds texts that share passages with a new one in time that does not grow with
// how many there are. A million articles of 600 words take about 600 MB. It is not safe for
// concurrent use.
type Index struct {
	buckets []uint32 // by the low bits of a mark: the number of the last post there, plus one
	blocks  [][]post
	posts   int
	whole   map[uint64]uint32 // by hash of all words: the first article that has them
	twins   []uint32          // by article: the first that has the same words, itself if none
	days    []int32           // by article: when it was published, in days; 0 where not known
}

// post says that an article has a mark; next is the post before it in its bucket, plus one.
type post struct{ mark, article, next uint32 }

const blockPosts = 1 << 16

// common is the number of articles from which on a mark says nothing more: a footer, a
// line of advertising. What is kept are the first ones, so that the thousandth copy still
// leads to the first.
const common = 256

// NewIndex returns an empty index.
func NewIndex() *Index {
	return &Index{buckets: make([]uint32, 1<<12), whole: map[uint64]uint32{}}
}

// Len returns the number of texts in the index.
func (x *Index) Len() int { return len(x.twins) }

// Add puts a text in and returns its number: 0 for the first, 1 for the next. Day is that
// of publication (YYYY-MM-DD, or what begins so), "" where it is not known. A text whose
// words are all those of one before is kept as that one's twin.
func (x *Index) Add(s Signature, day string) int {
	n := uint32(len(x.twins))
	x.days = append(x.days, dayNumber(day))
	if first, ok := x.whole[s.whole]; ok && s.length > 0 {
		x.twins = append(x.twins, first)
		return int(n)
	}
	x.whole[s.whole] = n
	x.twins = append(x.twins, n)
	for _, m := range s.marks {
		seen := 0
		for range x.of(m) {
			seen++
		}
		if seen < common {
			x.put(post{mark: m, article: n})
		}
	}
	return int(n)
}

func (x *Index) at(i uint32) *post { return &x.blocks[i/blockPosts][i%blockPosts] }

// of yields the articles that have a mark, the last one first.
func (x *Index) of(mark uint32) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i := x.buckets[mark&uint32(len(x.buckets)-1)]; i > 0; {
			p := x.at(i - 1)
			if p.mark == mark && !yield(p.article) {
				return
			}
			i = p.next
		}
	}
}

func (x *Index) put(p post) {
	if x.posts == len(x.buckets) {
		x.grow()
	}
	if x.posts%blockPosts == 0 {
		x.blocks = append(x.blocks, make([]post, 0, blockPosts))
	}
	b := &x.buckets[p.mark&uint32(len(x.buckets)-1)]
	p.next = *b
	last := &x.blocks[len(x.blocks)-1]
	*last = append(*last, p)
	x.posts++
	*b = uint32(x.posts)
}

// grow doubles the buckets and hangs all posts anew, in their order.
func (x *Index) grow() {
	x.buckets = make([]uint32, 2*len(x.buckets))
	for i := range uint32(x.posts) {
		p := x.at(i)
		b := &x.buckets[p.mark&uint32(len(x.buckets)-1)]
		p.next = *b
		*b = i + 1
	}
}

// Candidate is a text that may share a passage with the one asked for.
type Candidate struct {
	Number int  // as Add gave it
	Marks  int  // that both have
	Same   bool // whether all words are the same
}

// Find returns the texts that share marks with s, those with the most first and of equals
// the one put in first; at most most of them. Stock passages lead to nobody, and of twins only
// the first is returned.
func (x *Index) Find(s Signature, most int) []Candidate {
	hits := map[uint32]int{}
	for _, m := range s.marks {
		if x.stock(m) {
			continue
		}
		for n := range x.of(m) {
			hits[n]++
		}
	}
	same, twin := x.whole[s.whole]
	if twin = twin && s.length > 0; twin {
		hits[same] = max(hits[same], len(s.marks))
	}
	out := make([]Candidate, 0, len(hits))
	for n, marks := range hits {
		out = append(out, Candidate{int(n), marks, twin && n == same})
	}
	slices.SortFunc(out, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(b.Marks, a.Marks), cmp.Compare(a.Number, b.Number))
	})
	return out[:min(most, len(out))]
}

// Twin returns the first text whose words are all those of text n: n itself where it was
// the first.
func (x *Index) Twin(n int) int { return int(x.twins[n]) }

// stock says whether a mark is of a stock passage: a footer, an offer of newsletters, the
// paragraph on the background that stands in each report of a paper. It is in several
// articles over more than a month, where copies of a report follow within days, or in many
// that have no date.
func (x *Index) stock(mark uint32) bool {
	seen, undated, first, last := 0, 0, int32(0), int32(0)
	for n := range x.of(mark) {
		seen++
		d := x.days[n]
		switch {
		case d == 0:
			undated++
		case first == 0:
			first, last = d, d
		default:
			first, last = min(first, d), max(last, d)
		}
	}
	return seen >= common || undated >= leastUndated || seen >= leastStock && last-first > stockDays
}

const (
	leastStock   = 4
	stockDays    = 30
	leastUndated = 12
)

// dayNumber returns the days from 1970 to a day, 0 where it is none.
func dayNumber(s string) int32 {
	t, err := time.Parse(time.DateOnly, day(s))
	if err != nil {
		return 0
	}
	return int32(t.Unix() / (24 * 60 * 60))
}

// Compare returns what two texts share, as the function does. Words of stock passages are
// not Own.
func (x *Index) Compare(a, b string) *Copy { return compare(a, b, x.stock) }
