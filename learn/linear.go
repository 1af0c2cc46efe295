package learn

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"sort"
)

// Linear is a frozen linear model of K classes. Nothing writes to it, so any number
// of goroutines may share it.
//
// A row has an int8 for each class and a shift for them all: a weight is the int8
// times two to the shift. So the few large weights of the commonest features and
// the many small ones of rare features are both held to seven bits.
//
// A feature's slot is the low 32 bits of its hash scaled to the number of slots,
// probed upwards; its check is the highest 15 bits, or with few rows, where they cost
// little, 32. Rows are put in by ascending hash, so a search passes lower checks only, and
// ends at a higher one: that is ordered hashing (Amble and Knuth 1974). For a feature
// that is not there it looks at three slots instead of thirteen, and so takes it with 15
// bits for another only once in about 8,000 times.
//
// Bytes: uint32 K, uint32 slots, float32 scale, uint32 rows, then a bit for every slot,
// lowest first, set where there is a row; then for all rows, in the order of their slots,
// the highest bytes of the checks, the next ones (with few rows: all four), and the
// shifts. With up to denseClasses
// classes all int8 of the first class follow, of the second, and so on. With more, the
// number of weights of each row follows, the classes that have a weight in row after
// row, the int8 of the last of them in each row, and those of all others. Bytes of one
// kind stand together because zstd then does more with them.
//
// In place of the last int8 of a row stands the sum of the row. An update of a perceptron
// gives to one class what it takes from another, so this is 0 but for rounding.
type Linear struct {
	k       int
	scale   float32
	mask    uint32   // of the bits of a check that count
	checks  []uint32 // by slot
	weights []byte   // a shift and K int8 a slot; or the sparse rows
	offsets []uint32 // of sparse rows in weights, by slot; nil if dense
}

const (
	linearHeader = 16
	denseClasses = 8

	fewRows   = 1 << 14    // and less: checks have 32 bits
	checkBits = 15         // otherwise
	freeCheck = 0xffffffff // in a slot without a row; above all checks
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
			// A sparse row: the number of its weights, its shift, then a class and
			// an int8 for each.
			at := m.offsets[slot]
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
	check := m.check(feature)
	for slot := m.slot(feature); ; {
		if c := m.checks[slot]; c >= check {
			return slot, c == check
		}
		if slot++; slot == uint32(len(m.checks)) {
			slot = 0
		}
	}
}

func (m *Linear) slot(feature uint64) uint32 {
	return uint32(uint64(uint32(feature)) * uint64(len(m.checks)) >> 32)
}

func (m *Linear) check(feature uint64) uint32 {
	return min(uint32(feature>>32)&m.mask, freeCheck-1)
}

// checkBytes returns the number of bytes of a check in a file.
func checkBytes(rows int) int {
	if rows <= fewRows {
		return 4
	}
	return (checkBits + 7) / 8
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
	m := emptyLinear(k, len(rows)+len(rows)/4+2, len(rows), scale)
	for _, r := range rows {
		slot := m.slot(r.feature)
		for m.checks[slot] != freeCheck {
			slot = (slot + 1) % uint32(len(m.checks))
		}
		m.checks[slot] = m.check(r.feature)
		if m.offsets == nil {
			row := m.weights[int(slot)*(k+1):]
			row[0] = r.shift
			for c, w := range r.weights {
				row[1+c] = byte(w)
			}
			continue
		}
		at := len(m.weights)
		m.offsets[slot] = uint32(at)
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

// emptyLinear returns a model that waits for its rows.
func emptyLinear(k, slots, rows int, scale float32) *Linear {
	m := &Linear{k: k, scale: scale, mask: math.MaxUint32, checks: make([]uint32, slots)}
	if rows > fewRows {
		m.mask <<= 32 - checkBits
	}
	for slot := range m.checks {
		m.checks[slot] = freeCheck
	}
	if k > denseClasses {
		m.offsets = make([]uint32, slots)
	} else {
		m.weights = make([]byte, (k+1)*slots)
	}
	return m
}

// Bytes returns the model in the form that ReadLinear takes.
func (m *Linear) Bytes() []byte {
	taken := make([]byte, (len(m.checks)+7)/8)
	var checks [4][]byte
	var shifts, counts, classes, last, others []byte
	columns := make([][]byte, m.k) // dense
	for slot, check := range m.checks {
		if check == freeCheck {
			continue
		}
		taken[slot/8] |= 1 << (slot % 8)
		for i := range checks {
			checks[i] = append(checks[i], byte(check>>(24-8*i)))
		}
		var sum byte
		if m.offsets == nil {
			row := m.weights[slot*(m.k+1):][:m.k+1]
			shifts = append(shifts, row[0])
			for c, w := range row[1:] {
				sum += w
				columns[c] = append(columns[c], w)
			}
			columns[m.k-1][len(shifts)-1] = sum
			continue
		}
		row := m.weights[m.offsets[slot]:]
		counts, shifts = append(counts, row[0]), append(shifts, row[1])
		row = row[2:][:2*int(row[0])]
		for i := 0; i < len(row); i += 2 {
			classes = append(classes, row[i])
			if sum += row[i+1]; i+2 < len(row) {
				others = append(others, row[i+1])
			}
		}
		last = append(last, sum)
	}
	b := binary.LittleEndian.AppendUint32(nil, uint32(m.k))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(m.checks)))
	b = binary.LittleEndian.AppendUint32(b, math.Float32bits(m.scale))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(shifts)))
	parts := append([][]byte{taken}, checks[:checkBytes(len(shifts))]...)
	parts = append(append(parts, shifts), columns...)
	for _, part := range append(parts, counts, classes, last, others) {
		b = append(b, part...)
	}
	return b
}

// ReadLinear returns the model whose Bytes are b, of k classes, 1 to 256. It does
// not keep b. It refuses bytes of another length or number of classes, and rows that
// do not fit their slots.
func ReadLinear(b []byte, k int) (*Linear, error) {
	fail := func(format string, args ...any) (*Linear, error) {
		return nil, fmt.Errorf("linear model: "+format, args...)
	}
	if len(b) < linearHeader {
		return fail("%d bytes, shorter than its header", len(b))
	}
	got, slots, rows := int(binary.LittleEndian.Uint32(b)), int(binary.LittleEndian.Uint32(b[4:])), int(binary.LittleEndian.Uint32(b[12:]))
	if got != k {
		return fail("%d classes, want %d", got, k)
	}
	if rows >= slots {
		return fail("%d rows in %d slots", rows, slots)
	}
	fixed := linearHeader + (slots+7)/8 + (checkBytes(rows)+1)*rows
	if k > denseClasses {
		fixed += rows // the numbers of weights
	} else {
		fixed += k * rows
	}
	if len(b) < fixed || k <= denseClasses && len(b) > fixed {
		return fail("%d bytes, want %d", len(b), fixed)
	}
	rest := b[linearHeader:]
	cut := func(n int) []byte {
		part := rest[:n]
		rest = rest[n:]
		return part
	}
	taken := cut((slots + 7) / 8)
	set := 0
	for _, x := range taken {
		set += bits.OnesCount8(x)
	}
	if set != rows || slots%8 != 0 && taken[len(taken)-1]>>(slots%8) != 0 {
		return fail("%d rows, but %d slots are taken", rows, set)
	}
	m := emptyLinear(k, slots, rows, math.Float32frombits(binary.LittleEndian.Uint32(b[8:])))
	at := make([]int, 0, rows) // slots of the rows
	for i, x := range taken {
		for ; x != 0; x &= x - 1 {
			slot := i*8 + bits.TrailingZeros8(x)
			m.checks[slot] = 0
			at = append(at, slot)
		}
	}
	for i := range checkBytes(rows) {
		part := cut(rows)
		for r, slot := range at {
			m.checks[slot] |= uint32(part[r]) << (24 - 8*i)
		}
	}
	for _, slot := range at {
		if c := m.checks[slot]; c&^m.mask != 0 || c == freeCheck {
			return fail("no check may be %#x", c)
		}
	}
	shifts := cut(rows)
	if k > denseClasses {
		if err := m.readSparse(at, shifts, cut(rows), rest); err != nil {
			return nil, err
		}
		return m, nil
	}
	for r, slot := range at {
		row := m.weights[slot*(k+1):][:k+1]
		row[0] = shifts[r]
		var sum byte
		for c := range k {
			w := rest[c*rows+r]
			if c == k-1 {
				w -= sum
			}
			row[1+c] = w
			sum += w
		}
	}
	return m, nil
}

// readSparse fills in the rows that stand in the slots at: rest holds their classes and
// weights.
func (m *Linear) readSparse(at []int, shifts, counts, rest []byte) error {
	total, some := 0, 0 // weights, and rows that have any
	for _, n := range counts {
		total += int(n)
		some += min(int(n), 1)
	}
	rows := len(at)
	if want := 2*total + rows - some; len(rest) != want {
		return fmt.Errorf("linear model: %d bytes of classes and weights, want %d", len(rest), want)
	}
	classes, last, others := rest[:total], rest[total:total+rows], rest[total+rows:]
	m.weights = make([]byte, 0, 2*(rows+total))
	for r, slot := range at {
		m.offsets[slot] = uint32(len(m.weights))
		n := int(counts[r])
		if n == 0 && last[r] != 0 {
			return fmt.Errorf("linear model: a row without weights has the sum %d", last[r])
		}
		m.weights = append(m.weights, counts[r], shifts[r])
		var sum byte
		for i, c := range classes[:n] {
			if int(c) >= m.k {
				return fmt.Errorf("linear model: class %d of %d", c, m.k)
			}
			w := last[r] - sum
			if i+1 < n {
				w, others = others[0], others[1:]
			}
			m.weights = append(m.weights, c, w)
			sum += w
		}
		classes = classes[n:]
	}
	return nil
}
