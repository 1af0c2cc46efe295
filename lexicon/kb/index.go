package kb

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"
)

// index finds rows by a key. It is a list of pairs, sorted by key and then in the order
// of the rows, laid out so that it can be read in place from the shipped file.
type index struct {
	keys  string // all keys, one behind the other
	pairs []byte // eight bytes a pair: where its key ends in keys, and row<<4 | As
}

// hit is a row that a key has led to.
type hit struct {
	row int
	as  As
}

func (x *index) len() int { return len(x.pairs) / 8 }

func (x *index) key(i int) string {
	begin := uint32(0)
	if i > 0 {
		begin = binary.LittleEndian.Uint32(x.pairs[8*i-8:])
	}
	return x.keys[begin:binary.LittleEndian.Uint32(x.pairs[8*i:])]
}

func (x *index) hit(i int) hit {
	v := binary.LittleEndian.Uint32(x.pairs[8*i+4:])
	return hit{int(v >> 4), As(v & 15)}
}

// find returns the rows of a key in their order.
func (x *index) find(key string) (out []hit) {
	i := sort.Search(x.len(), func(i int) bool { return x.key(i) >= key })
	for ; i < x.len() && x.key(i) == key; i++ {
		out = append(out, x.hit(i))
	}
	return out
}

// pair is an entry of an index before it is laid out.
type pair struct {
	key string
	hit
}

// newIndex lays pairs out. Of pairs with the same key and row the one with the least As
// stays: a state's own name comes before its adjective.
func newIndex(pairs []pair) index {
	slices.SortFunc(pairs, func(a, b pair) int {
		return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.row, b.row), cmp.Compare(a.as, b.as))
	})
	pairs = slices.CompactFunc(pairs, func(a, b pair) bool { return a.key == b.key && a.row == b.row })
	var keys strings.Builder
	out := index{pairs: make([]byte, 0, 8*len(pairs))}
	for _, p := range pairs {
		keys.WriteString(p.key)
		out.pairs = binary.LittleEndian.AppendUint32(out.pairs, uint32(keys.Len()))
		out.pairs = binary.LittleEndian.AppendUint32(out.pairs, uint32(p.row)<<4|uint32(p.as))
	}
	out.keys = keys.String()
	return out
}
