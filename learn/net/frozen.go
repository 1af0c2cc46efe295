package net

import (
	"encoding/binary"
	"fmt"
	"math"
	"unsafe"

	"hearsay/learn"
	"hearsay/learn/kernel"
)

// Layer is a frozen layer: int8 weights, a scale for each column, and a bias.
type Layer struct {
	W    *kernel.Weights
	Bias []float32 // nil: none
	In   int
	Out  int
}

// Apply sets each row of dst, Out wide and stride apart, to that of x through the
// layer.
func (l *Layer) Apply(dst []float32, stride int, x *kernel.Quantized, rows int) {
	l.W.Mul(dst, stride, x, 0, rows, l.Bias)
}

// Unit is one direction of a frozen recurrent layer.
type Unit struct {
	W       *kernel.Weights
	In, Out int // columns of what goes in, and of W
	kernel.SRU
}

// Run reads the rows of x, whose int8 form is q, and writes those of h. Sequences
// are rows [seqs[i], seqs[i+1]); u is working space of Out floats a row.
func (r *Unit) Run(h []float32, hstride int, x []float32, xstride int, q *kernel.Quantized, seqs []int, reverse bool, u []float32) {
	r.W.Mul(u, r.Out, q, 0, seqs[len(seqs)-1], nil)
	for k := 0; k+1 < len(seqs); k++ {
		a, n := seqs[k], seqs[k+1]-seqs[k]
		var by []float32
		if r.Out == 3*r.D {
			by = x[a*xstride:]
		}
		r.Forward(n, u[a*r.Out:], r.Out, by, xstride, h[a*hstride:], hstride, nil, reverse)
	}
}

// columnwise returns the weights in int8 with a scale for each column.
func (w *Param) columnwise() learn.Section {
	scale := make([]float32, w.Cols)
	for i, x := range w.W {
		scale[i%w.Cols] = max(scale[i%w.Cols], float32(math.Abs(float64(x))))
	}
	return w.section(scale, func(i int) int { return i % w.Cols })
}

// Rowwise returns the weights in int8 with a scale for each row.
func (w *Param) Rowwise() learn.Section {
	scale := make([]float32, w.Rows)
	for i, x := range w.W {
		scale[i/w.Cols] = max(scale[i/w.Cols], float32(math.Abs(float64(x))))
	}
	return w.section(scale, func(i int) int { return i / w.Cols })
}

// section writes the shape, the scales and the int8 weights; scale holds the largest
// weight of each group on entry.
func (w *Param) section(scale []float32, group func(i int) int) learn.Section {
	b := binary.LittleEndian.AppendUint32(nil, uint32(w.Rows))
	b = binary.LittleEndian.AppendUint32(b, uint32(w.Cols))
	for i := range scale {
		scale[i] /= 127
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(scale[i]))
	}
	for i, x := range w.W {
		q := 0.0
		if s := scale[group(i)]; s > 0 {
			q = math.RoundToEven(float64(x) / float64(s))
		}
		b = append(b, byte(int8(max(-127, min(127, q)))))
	}
	return learn.Section{Name: w.Name, Data: b}
}

// floats returns small weights as they are.
func (w *Param) floats() learn.Section {
	b := binary.LittleEndian.AppendUint32(nil, uint32(w.Rows))
	b = binary.LittleEndian.AppendUint32(b, uint32(w.Cols))
	for _, x := range w.W {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return learn.Section{Name: w.Name, Data: b}
}

// Frozen returns the sections of a layer and its bias, which may be nil, in the form
// that ReadLayer takes. Where w is nil, it is the bias alone, for ReadFloats.
func Frozen(w, bias *Param) (out []learn.Section) {
	if w != nil {
		out = append(out, w.columnwise())
	}
	if bias != nil {
		out = append(out, bias.floats())
	}
	return out
}

// Frozen returns the sections of a recurrent layer in the form that ReadUnit takes.
func (r *Recur) Frozen() []learn.Section { return Frozen(r.W, r.VB) }

// ReadLayer reads a layer of the given shape; bias is the name of its bias, or "".
func ReadLayer(f *learn.File, name, bias string, in, out int) (Layer, error) {
	q, scale, err := readInt8(f, name, in, out, out)
	if err != nil {
		return Layer{}, err
	}
	l := Layer{W: kernel.NewWeights(q, scale, in, out), In: in, Out: out}
	if bias != "" {
		l.Bias, err = ReadFloats(f, bias, 1, out)
	}
	return l, err
}

// ReadUnit reads a recurrent layer of d units over rows of length in.
func ReadUnit(f *learn.File, name string, in, d int) (Unit, error) {
	out := 3 * d
	if in != d {
		out = 4 * d
	}
	q, scale, err := readInt8(f, name+".w", in, out, out)
	if err != nil {
		return Unit{}, err
	}
	vb, err := ReadFloats(f, name+".vb", 4, d)
	if err != nil {
		return Unit{}, err
	}
	return Unit{W: kernel.NewWeights(q, scale, in, out), In: in, Out: out,
		SRU: kernel.SRU{D: d, V: vb[:2*d], B: vb[2*d:]}}, nil
}

// ReadTable reads what Rowwise made: int8 weights that lie in the file's bytes, and
// a scale for each row.
func ReadTable(f *learn.File, name string, rows, cols int) ([]int8, []float32, error) {
	return readInt8(f, name, rows, cols, rows)
}

func readInt8(f *learn.File, name string, rows, cols, scales int) ([]int8, []float32, error) {
	b, err := section(f, name, rows, cols, 4*scales+rows*cols)
	if err != nil {
		return nil, nil, err
	}
	return int8s(b[4*scales:]), toFloats(b[:4*scales]), nil
}

// ReadFloats reads a small matrix of floats.
func ReadFloats(f *learn.File, name string, rows, cols int) ([]float32, error) {
	b, err := section(f, name, rows, cols, 4*rows*cols)
	return toFloats(b), err
}

// section returns what follows the shape of a section, which must be as given.
func section(f *learn.File, name string, rows, cols, size int) ([]byte, error) {
	b, err := f.Section(name)
	if err != nil {
		return nil, err
	}
	if len(b) < 8 || int(binary.LittleEndian.Uint32(b)) != rows || int(binary.LittleEndian.Uint32(b[4:])) != cols {
		return nil, fmt.Errorf("model %s, section %s: not of shape %d x %d", f.Name, name, rows, cols)
	}
	if len(b) != 8+size {
		return nil, fmt.Errorf("model %s, section %s: %d bytes, want %d", f.Name, name, len(b), 8+size)
	}
	return b[8:], nil
}

func toFloats(b []byte) []float32 {
	out := make([]float32, len(b)/4)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return out
}

// int8s sees bytes as int8, in place.
func int8s(b []byte) []int8 {
	if len(b) == 0 {
		return nil
	}
	return unsafe.Slice((*int8)(unsafe.Pointer(&b[0])), len(b))
}
