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
// Bytes: uint32 K, uint32 log2 of the slots, float32 scale, uint32 rows, then for
// every slot a uint32 check (0: free), then for every slot K int8 weights. A
// feature's slot is the low bits of its hash, probed upwards; its check is the
// high 32 bits of its hash, with 0 replaced by 1.
type Linear struct {
	k       int
	mask    uint32
	scale   float32
	checks  []byte // 4 bytes a slot
	weights []byte // K bytes a slot, each an int8
}

const linearHeader = 16

// K returns the number of classes.
func (m *Linear) K() int { return m.k }

// Scale returns what one unit of score is worth in the trainer's weights.
func (m *Linear) Scale() float64 { return float64(m.scale) }

// Row returns the weights of a feature, one byte (an int8) a class, or nil if the
// model does not know it.
func (m *Linear) Row(feature uint64) []byte {
	check := checkOf(feature)
	for slot := uint32(feature) & m.mask; ; slot = (slot + 1) & m.mask {
		switch binary.LittleEndian.Uint32(m.checks[slot*4:]) {
		case check:
			at := int(slot) * m.k
			return m.weights[at : at+m.k : at+m.k]
		case 0:
			return nil
		}
	}
}

// Score adds the weights of the features to out, which has length K.
func (m *Linear) Score(features []uint64, out []int32) {
	for _, f := range features {
		m.Add(f, out)
	}
}

// Add adds the weights of one feature to out, which has length K.
func (m *Linear) Add(feature uint64, out []int32) {
	row := m.Row(feature)
	if row == nil {
		return
	}
	out = out[:len(row)]
	for c, w := range row {
		out[c] += int32(int8(w))
	}
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
	weights []int8
}

// newLinear lays rows out. Rows are put in by order of their hash, so the bytes
// do not depend on the order in which training met them.
func newLinear(k int, scale float32, rows []frozenRow) *Linear {
	sort.Slice(rows, func(i, j int) bool { return rows[i].feature < rows[j].feature })
	slots := uint32(8)
	for float64(len(rows)) > 0.75*float64(slots) {
		slots *= 2
	}
	m := &Linear{k: k, mask: slots - 1, scale: scale,
		checks: make([]byte, 4*int(slots)), weights: make([]byte, k*int(slots))}
	for _, r := range rows {
		check := checkOf(r.feature)
		slot := uint32(r.feature) & m.mask
		for binary.LittleEndian.Uint32(m.checks[slot*4:]) != 0 {
			slot = (slot + 1) & m.mask
		}
		binary.LittleEndian.PutUint32(m.checks[slot*4:], check)
		for c, w := range r.weights {
			m.weights[int(slot)*k+c] = byte(w)
		}
	}
	return m
}

// Bytes returns the model in the form that ReadLinear takes.
func (m *Linear) Bytes() []byte {
	b := make([]byte, linearHeader, linearHeader+len(m.checks)+len(m.weights))
	binary.LittleEndian.PutUint32(b, uint32(m.k))
	binary.LittleEndian.PutUint32(b[4:], m.mask+1)
	binary.LittleEndian.PutUint32(b[8:], math.Float32bits(m.scale))
	return append(append(b, m.checks...), m.weights...)
}

// ReadLinear returns the model whose Bytes are b, of k classes. It keeps b and
// reads it in place. It refuses bytes of another length or number of classes.
func ReadLinear(b []byte, k int) (*Linear, error) {
	if len(b) < linearHeader {
		return nil, fmt.Errorf("linear model: %d bytes, shorter than its header", len(b))
	}
	got, slots := binary.LittleEndian.Uint32(b), uint64(binary.LittleEndian.Uint32(b[4:]))
	if int(got) != k {
		return nil, fmt.Errorf("linear model: %d classes, want %d", got, k)
	}
	if slots == 0 || slots&(slots-1) != 0 {
		return nil, fmt.Errorf("linear model: %d slots, not a power of two", slots)
	}
	if want := linearHeader + slots*(4+uint64(k)); uint64(len(b)) != want {
		return nil, fmt.Errorf("linear model: %d bytes, want %d", len(b), want)
	}
	scale := math.Float32frombits(binary.LittleEndian.Uint32(b[8:]))
	split := linearHeader + 4*slots
	return &Linear{k: k, mask: uint32(slots - 1), scale: scale,
		checks: b[linearHeader:split], weights: b[split:]}, nil
}
