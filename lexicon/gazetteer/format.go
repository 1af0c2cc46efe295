package gazetteer

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// The file is one zstd frame. Inside it: a magic line, the number of places, then
// columns, each a uvarint length in bytes and the bytes:
//
//	latitude      thousandths of a degree north of the south pole, three byte planes
//	longitude     thousandths of a degree east of the date line, likewise
//	geonames      signed varint, less the one before
//	kind, size    a byte each
//	country       runs: a uvarint count and the uvarint 1+ID, or 0 for none
//	region        likewise
//	county        uvarint 1+ID less the ID of the region, or 0 for none
//	names         strings, each a uvarint length and bytes, in blocks (see packed)
//	iso3          three bytes for each country in order of IDs
//	keys          folded names in byte order, front coded in blocks (see packedKeys)
//	postings      for each key a uvarint count and uvarints: ID<<1 | alternate, each
//	              less the one before
const magic = "hearsay gazetteer 1\n"

// Entry is a place on its way into a gazetteer. Country, Region and County of its
// Place are indices into the entries.
type Entry struct {
	Place
	ISO3 string // of a country
	// Alternates are its other names; Name itself is always found. Own are those that it
	// is called by as much as by its first: "New York" beside "New York City".
	Alternates, Own []string
}

// quantise puts a population on the scale of Size.
func quantise(population int) uint8 {
	if population <= 0 {
		return 0
	}
	return uint8(min(255, 1+math.Round(8*math.Log2(float64(population)))))
}

// Encode returns the file of a gazetteer of entries, in whose order the IDs are.
func Encode(entries []Entry) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(magic)
	out.Write(binary.AppendUvarint(nil, uint64(len(entries))))
	column := func(b []byte) {
		out.Write(binary.AppendUvarint(nil, uint64(len(b))))
		out.Write(b)
	}
	n := len(entries)
	for axis := range 2 {
		planes := make([]byte, 3*n)
		for i, e := range entries {
			deg := [...]float64{e.Lat, e.Lon}[axis]
			if math.Abs(deg) > float64(poles[axis])/1000 {
				return nil, fmt.Errorf("encode gazetteer: %s lies at %v degrees", e.Name, deg)
			}
			v := int32(math.Round(1000*deg)) + poles[axis]
			for p := range 3 {
				planes[p*n+i] = byte(v >> (8 * p))
			}
		}
		column(planes)
	}
	var ids, kind, size, iso3, names []byte
	before := 0
	for _, e := range entries {
		ids = binary.AppendVarint(ids, int64(e.GeoNames-before))
		before = e.GeoNames
		kind = append(kind, byte(e.Kind))
		size = append(size, quantise(e.Population))
		names = binary.AppendUvarint(names, uint64(len(e.Name)))
		names = append(names, e.Name...)
		if e.Kind == Country {
			iso3 = append(iso3, (e.ISO3 + "   ")[:3]...)
		}
	}
	column(ids)
	column(kind)
	column(size)
	for k := range 2 {
		var b []byte
		for i := 0; i < n; {
			of := [...]ID{entries[i].Country, entries[i].Region}[k]
			j := i
			for j < n && [...]ID{entries[j].Country, entries[j].Region}[k] == of {
				j++
			}
			b = binary.AppendUvarint(binary.AppendUvarint(b, uint64(j-i)), uint64(of+1))
			i = j
		}
		column(b)
	}
	var counties []byte
	for _, e := range entries {
		switch {
		case e.County == None:
			counties = append(counties, 0)
		case e.Region == None || e.County < e.Region:
			return nil, fmt.Errorf("encode gazetteer: the county of %s does not stand behind its region", e.Name)
		default:
			counties = binary.AppendUvarint(counties, uint64(1+e.County-e.Region))
		}
	}
	column(counties)
	column(names)
	column(iso3)
	index := map[string][]uint32{}
	for i, e := range entries {
		if Fold(e.Name) == "" {
			return nil, fmt.Errorf("encode gazetteer: place %d (GeoNames %d) has no name", i, e.GeoNames)
		}
		seen := map[string]bool{"": true}
		for _, a := range append([]string{e.Name}, e.Own...) {
			if key := Fold(a); !seen[key] {
				seen[key] = true
				index[key] = append(index[key], uint32(i)<<1)
			}
		}
		for _, a := range e.Alternates {
			if key := Fold(a); !seen[key] {
				seen[key] = true
				index[key] = append(index[key], uint32(i)<<1|1)
			}
		}
	}
	sorted := make([]string, 0, len(index))
	for key := range index {
		sorted = append(sorted, key)
	}
	sort.Strings(sorted)
	var keys, postings []byte
	last := ""
	for i, key := range sorted {
		shared := 0
		if i%blockSize != 0 {
			for shared < min(len(last), len(key), 255) && last[shared] == key[shared] {
				shared++
			}
		}
		if len(key)-shared > 255 {
			return nil, fmt.Errorf("encode gazetteer: name %q is too long", key)
		}
		keys = append(keys, byte(shared), byte(len(key)-shared))
		keys = append(keys, key[shared:]...)
		last = key
		list := index[key]
		slices.Sort(list)
		postings = binary.AppendUvarint(postings, uint64(len(list)))
		before := uint32(0)
		for _, p := range list {
			postings = binary.AppendUvarint(postings, uint64(p-before))
			before = p
		}
	}
	column(keys)
	column(postings)
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithWindowSize(1<<25), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	return enc.EncodeAll(out.Bytes(), nil), nil
}

// poles are what is added to thousandths of a degree so that none is below nought.
var poles = [2]int32{90_000, 180_000}

var errShort = errors.New("decode gazetteer: the file ends too soon")

// Decode unpacks the file that Encode made.
func Decode(file []byte) (*Gazetteer, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(1<<26))
	if err != nil {
		return nil, err
	}
	defer dec.Close()
	raw, err := dec.DecodeAll(file, nil)
	if err != nil {
		return nil, fmt.Errorf("decode gazetteer: %w", err)
	}
	return decode(raw)
}

// decode reads the columns, which the gazetteer then holds in place.
func decode(raw []byte) (*Gazetteer, error) {
	rest, ok := bytes.CutPrefix(raw, []byte(magic))
	if !ok {
		return nil, errors.New("decode gazetteer: not a gazetteer of this version")
	}
	count, k := binary.Uvarint(rest)
	if k <= 0 || count > uint64(len(rest)) {
		return nil, errShort
	}
	n, rest := int(count), rest[k:]
	columns := make([][]byte, 11)
	for i := range columns {
		size, k := binary.Uvarint(rest)
		if k <= 0 || size > uint64(len(rest)-k) {
			return nil, errShort
		}
		columns[i], rest = rest[k:k+int(size)], rest[k+int(size):]
	}
	g := new(Gazetteer)
	for axis, to := range []*[]int32{&g.lat, &g.lon} {
		c := columns[axis]
		if len(c) != 3*n {
			return nil, errShort
		}
		v := make([]int32, n)
		low, mid, high := c[:n], c[n:2*n], c[2*n:]
		for i := range v {
			v[i] = int32(low[i]) | int32(mid[i])<<8 | int32(high[i])<<16
			v[i] -= poles[axis]
		}
		*to = v
	}
	g.geonames = make([]uint32, n)
	at, before := columns[2], int64(0)
	for i := range g.geonames {
		d, k := binary.Varint(at)
		if k <= 0 {
			return nil, errShort
		}
		before += d
		g.geonames[i], at = uint32(before), at[k:]
	}
	if len(columns[3]) != n || len(columns[4]) != n {
		return nil, errShort
	}
	g.kind = make([]Kind, n)
	for i, k := range columns[3] {
		g.kind[i] = Kind(k)
	}
	g.size = columns[4]
	for p := range 2 {
		col, err := runs(columns[5+p], n)
		if err != nil {
			return nil, err
		}
		g.parents[p] = col
	}
	g.parents[2] = make([]ID, n)
	at = columns[7]
	for i := range g.parents[2] {
		v, k := binary.Uvarint(at)
		region := g.parents[1][i]
		if k <= 0 || v > uint64(n) || v > 0 && region == None {
			return nil, errShort
		}
		at = at[k:]
		g.parents[2][i] = None
		if v > 0 {
			g.parents[2][i] = region + ID(v) - 1
			if g.parents[2][i] >= ID(n) {
				return nil, errShort
			}
		}
	}
	var err error
	if g.names, err = unpack(columns[8], n); err != nil {
		return nil, err
	}
	for i, k := range g.kind {
		if k == Country {
			j := len(g.countries)
			if 3*j+3 > len(columns[9]) {
				return nil, errShort
			}
			g.countries = append(g.countries, ID(i))
			g.iso3 = append(g.iso3, strings.TrimRight(string(columns[9][3*j:3*j+3]), " "))
		}
	}
	if err := g.index(columns[10], rest); err != nil {
		return nil, err
	}
	return g, nil
}

// runs unpacks n IDs that stand as runs.
func runs(b []byte, n int) ([]ID, error) {
	out := make([]ID, 0, n)
	for len(out) < n {
		count, k := binary.Uvarint(b)
		if k <= 0 || count == 0 || count > uint64(n-len(out)) {
			return nil, errShort
		}
		of, k2 := binary.Uvarint(b[k:])
		if k2 <= 0 || of > uint64(n) {
			return nil, errShort
		}
		b = b[k+k2:]
		for range count {
			out = append(out, ID(of)-1)
		}
	}
	return out, nil
}

// index takes the keys and postings in.
func (g *Gazetteer) index(keys, rest []byte) error {
	size, k := binary.Uvarint(rest)
	if k <= 0 || size > uint64(len(rest)-k) {
		return errShort
	}
	g.postings = rest[k : k+int(size)]
	g.keys.data = keys
	g.keys.block, g.keys.posting = make([]uint32, 0, len(keys)/100), make([]uint32, 0, len(keys)/100)
	at, post := 0, 0
	for i := 0; at < len(keys); i++ {
		if i%blockSize == 0 {
			g.keys.block = append(g.keys.block, uint32(at))
			g.keys.posting = append(g.keys.posting, uint32(post))
		}
		if at+2 > len(keys) || at+2+int(keys[at+1]) > len(keys) || i%blockSize == 0 && keys[at] != 0 {
			return errShort
		}
		at += 2 + int(keys[at+1])
		n, k := binary.Uvarint(g.postings[post:])
		if k <= 0 {
			return errShort
		}
		post += k
		last := uint64(0)
		for range n {
			v, k := binary.Uvarint(g.postings[post:])
			if last += v; k <= 0 || last>>1 >= uint64(len(g.lat)) {
				return errShort
			}
			post += k
		}
	}
	return nil
}

// blockSize is how many keys stand in a block: more is smaller and slower.
const blockSize = 16

// packedKeys are sorted strings, each as the number of bytes that it shares with the
// one before in its block, that of those that follow, and those.
type packedKeys struct {
	data    []byte
	block   []uint32 // where each block begins in data
	posting []uint32 // and where the postings of its first key do
}

// find returns the block and the place in it of key.
func (p *packedKeys) find(key []byte) (at [2]int, ok bool) {
	lo, hi := 0, len(p.block)
	for lo < hi { // the first block that begins after key
		m := int(uint(lo+hi) >> 1)
		b := p.block[m]
		if bytes.Compare(p.data[b+2:b+2+uint32(p.data[b+1])], key) <= 0 {
			lo = m + 1
		} else {
			hi = m
		}
	}
	if lo == 0 {
		return at, false
	}
	i := int(p.block[lo-1])
	end := len(p.data)
	if lo < len(p.block) {
		end = int(p.block[lo])
	}
	// same is how many bytes the key before has in common with the sought one. The one
	// before was less, so a key that shares more with it than that is less too.
	same := 0
	for j := 0; i < end; j++ {
		shared, more := int(p.data[i]), int(p.data[i+1])
		rest := p.data[i+2 : i+2+more]
		i += 2 + more
		if shared > same {
			continue
		}
		if shared < same {
			return at, false
		}
		k := 0
		for k < more && same+k < len(key) && rest[k] == key[same+k] {
			k++
		}
		same += k
		switch {
		case k == more && same == len(key):
			return [2]int{lo - 1, j}, true
		case same == len(key), k < more && rest[k] > key[same]:
			return at, false
		}
	}
	return at, false
}

// appendPostings appends the candidates of the key at a place of a block.
func (g *Gazetteer) appendPostings(dst []Candidate, at [2]int) []Candidate {
	p := g.postings[g.keys.posting[at[0]]:]
	for j := 0; ; j++ {
		n, k := binary.Uvarint(p)
		p = p[k:]
		last := uint64(0)
		for range n {
			v, k := binary.Uvarint(p)
			p = p[k:]
			if last += v; j == at[1] {
				dst = append(dst, Candidate{ID(last >> 1), last&1 != 0})
			}
		}
		if j == at[1] {
			return dst
		}
	}
}

// packed are strings one after the other, each behind its length.
type packed struct {
	data  []byte
	block []uint32 // where every blockSize-th begins
}

func unpack(data []byte, n int) (packed, error) {
	p := packed{data: data, block: make([]uint32, 0, n/blockSize+1)}
	at := 0
	for i := range n {
		if i%blockSize == 0 {
			p.block = append(p.block, uint32(at))
		}
		if at < len(data) && data[at] < 0x80 && int(data[at]) < len(data)-at {
			at += 1 + int(data[at])
			continue
		}
		size, k := binary.Uvarint(data[at:])
		if k <= 0 || size > uint64(len(data)-at-k) {
			return p, errShort
		}
		at += k + int(size)
	}
	return p, nil
}

func (p *packed) at(i int) string {
	at := int(p.block[i/blockSize])
	for j := i % blockSize; ; j-- {
		size, shift := 0, 0
		for {
			b := p.data[at]
			at++
			size |= int(b&0x7f) << shift
			shift += 7
			if b < 0x80 {
				break
			}
		}
		if j == 0 {
			return string(p.data[at : at+size])
		}
		at += size
	}
}
