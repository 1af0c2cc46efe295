package entity

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"hearsay/doc"
	"hearsay/learn"
)

// Annotated text has few of the names there are, raw news most of them, each many times
// and somewhere in plain sight («the Home Depot store», «Firefox, a browser»). What a first
// tagger made of a word or a run of words there, all in all, tells a second one what to
// expect where the sight is bad: in small letters, in lists, in signatures.

// longestHeard is how many words a run has at most, fewestHeard how often it must have been
// a name, and fewestPlain how often a word must have stood in small letters outside of names
// to be an ordinary one.
const (
	longestHeard = 4
	fewestHeard  = 2
	fewestPlain  = 3
)

// plainWord is the value of an ordinary word that is hardly ever a name.
const plainWord = 255

// heardName is the section of the names' file.
const heardName = "names.heard"

// Heard counts names in raw news.
type Heard struct {
	words map[uint64]*heardWord
	runs  map[uint64]*[len(tagTypes)]int
}

// heardWord says how often a word was met at all and in small letters, and as the beginning
// or another word of names of each type.
type heardWord struct {
	all, small    int
	begin, inside [len(tagTypes)]int
}

// NewHeard returns counts of nothing.
func NewHeard() *Heard {
	return &Heard{map[uint64]*heardWord{}, map[uint64]*[len(tagTypes)]int{}}
}

// Hear counts the words and d.Names of a Doc.
func (h *Heard) Hear(d *doc.Doc) {
	hashes := make([]uint64, len(d.Tokens))
	var buf []byte
	for i := range d.Tokens {
		buf = lowered(buf[:0], d.Word(i))
		hashes[i] = learn.HashBytes(buf)
		w := h.words[hashes[i]]
		if w == nil {
			w = new(heardWord)
			h.words[hashes[i]] = w
		}
		w.all++
		if d.Word(i) == string(buf) {
			w.small++
		}
	}
	k := 0
	for _, n := range d.Names {
		t := slices.Index(tagTypes[:], n.Type)
		for k < len(d.Tokens) && d.Tokens[k].End <= n.Begin {
			k++
		}
		key, size := uint64(runSeed), 0
		for i := k; i < len(d.Tokens) && d.Tokens[i].Begin < n.End; i++ {
			if t >= 0 && i == k {
				h.words[hashes[i]].begin[t]++
			} else if t >= 0 {
				h.words[hashes[i]].inside[t]++
			}
			key = learn.Mix(key, hashes[i])
			size++
		}
		if t < 0 || size < 2 || size > longestHeard {
			continue
		}
		r := h.runs[key]
		if r == nil {
			r = new([len(tagTypes)]int)
			h.runs[key] = r
		}
		r[t]++
	}
}

// runSeed begins the hash of a run of words.
const runSeed = 0x72756e

// keyOf returns the key of a word by its hash, or of a run.
func keyOf(h uint64) uint32 { return uint32(learn.Mix(h, 0x6865617264) >> 32) }

// value folds the counts to a number from 1 on: the type, whether it is nearly always this
// one, whether it mostly begins names, which share of all it is, and whether it is frequent.
// An ordinary word has plainWord; of others nothing is known.
func (w *heardWord) value() (v uint8, ok bool) {
	sum, begins, top := 0, 0, 0
	for t := range tagTypes {
		n := w.begin[t] + w.inside[t]
		sum, begins = sum+n, begins+w.begin[t]
		if n > w.begin[top]+w.inside[top] {
			top = t
		}
	}
	if sum < fewestHeard {
		return plainWord, w.small >= fewestPlain
	}
	share := 0
	for _, part := range [...]float64{0.05, 0.4, 0.9} {
		if float64(sum) >= part*float64(w.all) {
			share++
		}
	}
	v = uint8(top)
	v = v*2 + truth(10*(w.begin[top]+w.inside[top]) >= 8*sum)
	v = v*2 + truth(2*begins >= sum)
	v = v*4 + uint8(share)
	v = v*2 + truth(sum >= 8)
	return 1 + v, true
}

// ordinary says whether a value is that of a word that is one in twenty times a name at most.
func ordinary(v uint8) bool { return v == plainWord || v > 0 && (v-1)/2%4 == 0 }

// runValue is value for a run of words.
func runValue(counts *[len(tagTypes)]int) (v uint8, ok bool) {
	sum, top := 0, 0
	for t, n := range counts {
		sum += n
		if n > counts[top] {
			top = t
		}
	}
	v = uint8(top)
	v = v*2 + truth(10*counts[top] >= 8*sum)
	v = v*2 + truth(sum >= 8)
	return 1 + v, sum >= fewestHeard
}

func truth(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// Section returns what was heard in the form that the tagger takes: keys of four bytes in
// order, then the value of each.
func (h *Heard) Section() learn.Section {
	values := map[uint32]uint8{}
	for k, w := range h.words {
		if v, ok := w.value(); ok {
			values[keyOf(k)] = max(v, values[keyOf(k)]) // whatever the order
		}
	}
	for k, r := range h.runs {
		if v, ok := runValue(r); ok {
			values[keyOf(k)] = max(v, values[keyOf(k)])
		}
	}
	var data []byte
	keys := slices.Sorted(maps.Keys(values))
	for _, k := range keys {
		data = binary.LittleEndian.AppendUint32(data, k)
	}
	for _, k := range keys {
		data = append(data, values[k])
	}
	return learn.Section{Name: heardName, Data: data}
}

// HeardFile wraps counts as the file that ReadHeard takes.
func HeardFile(h *Heard) *learn.File {
	return &learn.File{Name: "heard", Version: modelVersion, Sections: []learn.Section{h.Section()}}
}

// ReadHeard returns the section of a file that HeardFile made.
func ReadHeard(b []byte) (learn.Section, error) {
	f, err := learn.ReadFile(b, "heard", modelVersion)
	if err != nil {
		return learn.Section{}, err
	}
	data, err := f.Section(heardName)
	return learn.Section{Name: heardName, Data: data}, err
}

// heard is what Section wrote.
type heard struct {
	keys, values []byte
}

// readHeard reads the section of a file.
func readHeard(f *learn.File) (*heard, error) {
	b, err := f.Section(heardName)
	if err != nil {
		return nil, err
	}
	h, err := heardOf(b)
	if err != nil {
		return nil, fmt.Errorf("model %s: %w", f.Name, err)
	}
	return h, nil
}

// heardOf reads the bytes of a section.
func heardOf(b []byte) (*heard, error) {
	n := len(b) / 5
	h := &heard{b[:4*n], b[4*n:]}
	if len(h.values) != n {
		return nil, fmt.Errorf("section %s: %d bytes", heardName, len(b))
	}
	for i := 1; i < n; i++ {
		if h.key(i) <= h.key(i-1) {
			return nil, fmt.Errorf("section %s: key %d is out of order", heardName, i)
		}
	}
	return h, nil
}

func (h *heard) key(i int) uint32 { return binary.LittleEndian.Uint32(h.keys[4*i:]) }

// of returns the value of a word's or a run's hash, 0 for one that was not heard. Keys are
// spread evenly, so it looks first where one should stand.
func (h *heard) of(hash uint64) uint8 {
	n, want := len(h.values), keyOf(hash)
	if n == 0 {
		return 0
	}
	i := int(uint64(want) * uint64(n) >> 32)
	for i > 0 && h.key(i) > want {
		i--
	}
	for i < n && h.key(i) < want {
		i++
	}
	if i < n && h.key(i) == want {
		return h.values[i]
	}
	return 0
}

// mark writes the values of the words of a sentence by their hashes, and those of the
// longest runs that were heard, from left to right, with each word's place in its run.
func (h *heard) mark(hashes []uint64, words []uint8, runs []uint64) {
	for i, x := range hashes {
		words[i] = h.of(x)
	}
	for i := 0; i < len(hashes); {
		var keys [longestHeard + 1]uint64
		most := min(longestHeard, len(hashes)-i)
		keys[0] = runSeed
		for n := range most {
			keys[n+1] = learn.Mix(keys[n], hashes[i+n])
		}
		n := most
		for ; n > 1; n-- {
			if v := h.of(keys[n]); v > 0 {
				for k := range n {
					runs[i+k] = uint64(v)<<2 | uint64(min(k, 1)) | uint64(min(n-1-k, 1))<<1
				}
				break
			}
		}
		i += max(n, 1)
	}
}
