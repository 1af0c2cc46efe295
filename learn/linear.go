package learn

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
)

// Linear is a frozen linear model of K classes. It only reads its bytes, so any
// number of goroutines may share it.
//
// A row has an int8 for each class and a shift for them all: a weight is the int8
// times two to the shift. So the few large weights of the commonest features and
// the many small ones of rare features are both held to seven bits.
//
// Bytes: uint32 K, uint32 slots, float32 scale, uint32 n, then for every slot a
// uint32 check (0: free). With up to denseClasses classes n is 0 and for every slot
// its shift and K int8 follow. With more, a uint32 follows for every slot, the
// offset of its row in the n bytes at the end; a row is the number of its weights,
// its shift, then a class and an int8 for each.
//
// A feature's slot is the low 32 bits of its hash scaled to the number of slots,
// probed upwards; its check is the high 32 bits, with 0 replaced by 1.
type Linear struct {
	k       int
	slots   uint32
	scale   float32
	checks  []byte // 4 bytes a slot
	weights []byte // a shift and K int8 a slot; or the sparse rows
	offsets []byte // 4 bytes a slot; nil if dense
}

const (
	linearHeader = 16
	denseClasses = 16
)

// K returns the number of classes.
func (m *Linear) K() int { return m.k }

// Scale returns what one unit of score is worth in the trainer's weights.
func (m *Linear) Scale() float64 { return float64(m.scale) }

// Score adds the weights of the features to out, which has length K.
func (m *Linear) Score(features []uint64, out []int32) {
	for _, f := range features {
		slot, ok := m.find(f)
		if !ok {
			continue
		}
		if m.offsets != nil {
			at := binary.LittleEndian.Uint32(m.offsets[slot*4:])
			row := m.weights[at+2:]
			row = row[:2*int(m.weights[at])]
			shift := m.weights[at+1] & 31
			for i := 0; i+1 < len(row); i += 2 {
				out[row[i]] += int32(int8(row[i+1])) << shift
			}
			continue
		}
		row := m.weights[int(slot)*(m.k+1):]
		shift := row[0] & 31
		row = row[1 : m.k+1]
		out := out[:len(row)]
		for c, w := range row {
			out[c] += int32(int8(w)) << shift
		}
	}
}

// find returns the slot of a feature.
func (m *Linear) find(feature uint64) (uint32, bool) {
	check := checkOf(feature)
	for slot := m.slot(feature); ; {
		switch binary.LittleEndian.Uint32(m.checks[slot*4:]) {
		case check:
			return slot, true
		case 0:
			return 0, false
		}
		if slot++; slot == m.slots {
			slot = 0
		}
	}
}

func (m *Linear) slot(feature uint64) uint32 {
	return uint32(uint64(uint32(feature)) * uint64(m.slots) >> 32)
}

func checkOf(feature uint64) uint32 {
	if c := uint32(feature >> 32); c != 0 {
		return c
	}
	return 1
}

// frozenRow is one row on its way into a Linear.
type frozenRow struct {
	feature uint64
	shift   uint8
	weights []int8
}

// newLinear lays rows out. Rows are put in by order of their hash, so the bytes
// do not depend on the order in which training met them.
func newLinear(k int, scale float32, rows []frozenRow) *Linear {
	sort.Slice(rows, func(i, j int) bool { return rows[i].feature < rows[j].feature })
	slots := uint32(len(rows) + len(rows)/4 + 2)
	m := &Linear{k: k, slots: slots, scale: scale, checks: make([]byte, 4*int(slots))}
	if k > denseClasses {
		m.offsets = make([]byte, 4*int(slots))
	} else {
		m.weights = make([]byte, (k+1)*int(slots))
	}
	for _, r := range rows {
		slot := m.slot(r.feature)
		for binary.LittleEndian.Uint32(m.checks[slot*4:]) != 0 {
			slot = (slot + 1) % slots
		}
		binary.LittleEndian.PutUint32(m.checks[slot*4:], checkOf(r.feature))
		if m.offsets == nil {
			row := m.weights[int(slot)*(k+1):]
			row[0] = r.shift
			for c, w := range r.weights {
				row[1+c] = byte(w)
			}
			continue
		}
		binary.LittleEndian.PutUint32(m.offsets[slot*4:], uint32(len(m.weights)))
		at := len(m.weights)
		m.weights = append(m.weights, 0, r.shift)
		for c, w := range r.weights {
			if w != 0 && m.weights[at] < 255 {
				m.weights[at]++
				m.weights = append(m.weights, byte(c), byte(w))
			}
		}
	}
	return m
}

// Bytes returns the model in the form that ReadLinear takes.
func (m *Linear) Bytes() []byte {
	b := make([]byte, linearHeader, linearHeader+len(m.checks)+len(m.offsets)+len(m.weights))
	binary.LittleEndian.PutUint32(b, uint32(m.k))
	binary.LittleEndian.PutUint32(b[4:], m.slots)
	binary.LittleEndian.PutUint32(b[8:], math.Float32bits(m.scale))
	if m.offsets != nil {
		binary.LittleEndian.PutUint32(b[12:], uint32(len(m.weights)))
	}
	return append(append(append(b, m.checks...), m.offsets...), m.weights...)
}

// ReadLinear returns the model whose Bytes are b, of k classes, at most 256. It
// keeps b and reads it in place. It refuses bytes of another length or number of
// classes. Rows are trusted: the file around them has a checksum.
func ReadLinear(b []byte, k int) (*Linear, error) {
	if len(b) < linearHeader {
		return nil, fmt.Errorf("linear model: %d bytes, shorter than its header", len(b))
	}
	got, slots, sparse := binary.LittleEndian.Uint32(b), uint64(binary.LittleEndian.Uint32(b[4:])), uint64(binary.LittleEndian.Uint32(b[12:]))
	if int(got) != k {
		return nil, fmt.Errorf("linear model: %d classes, want %d", got, k)
	}
	if slots == 0 {
		return nil, fmt.Errorf("linear model: no slots")
	}
	want := linearHeader + slots*(5+uint64(k))
	if k > denseClasses {
		want = linearHeader + slots*8 + sparse
	}
	if uint64(len(b)) != want {
		return nil, fmt.Errorf("linear model: %d bytes, want %d", len(b), want)
	}
	m := &Linear{k: k, slots: uint32(slots), scale: math.Float32frombits(binary.LittleEndian.Uint32(b[8:]))}
	rest := b[linearHeader:]
	m.checks, rest = rest[:4*slots], rest[4*slots:]
	if k > denseClasses {
		m.offsets, rest = rest[:4*slots], rest[4*slots:]
	}
	m.weights = rest
	return m, nil
}
