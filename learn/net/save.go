package net

import (
	"encoding/binary"
	"fmt"
	"math"

	"hearsay/learn"
)

// Section returns the weights as a section of a model file, each in the upper two
// bytes of its float32 (bfloat16), rounded to nearest even.
func (w *Param) Section() learn.Section {
	b := make([]byte, 8, 8+2*len(w.W))
	binary.LittleEndian.PutUint32(b, uint32(w.Rows))
	binary.LittleEndian.PutUint32(b[4:], uint32(w.Cols))
	for _, x := range w.W {
		bits := math.Float32bits(x)
		bits += 0x7fff + bits>>16&1
		b = binary.LittleEndian.AppendUint16(b, uint16(bits>>16))
	}
	return learn.Section{Name: w.Name, Data: b}
}

// Read takes the weights from a file that has them as Section made them. A section
// that is missing or of another shape is an error.
func (w *Param) Read(f *learn.File) error {
	b, err := f.Section(w.Name)
	if err != nil {
		return err
	}
	if err := w.shape(b, 2); err != nil {
		return fmt.Errorf("model %s, section %s: %w", f.Name, w.Name, err)
	}
	for i := range w.W {
		w.W[i] = math.Float32frombits(uint32(binary.LittleEndian.Uint16(b[8+2*i:])) << 16)
	}
	return nil
}

func (w *Param) shape(b []byte, size int) error {
	if len(b) < 8 || len(b) != 8+size*len(w.W) ||
		int(binary.LittleEndian.Uint32(b)) != w.Rows || int(binary.LittleEndian.Uint32(b[4:])) != w.Cols {
		return fmt.Errorf("not of shape %d x %d", w.Rows, w.Cols)
	}
	return nil
}

// Checkpoint returns weights and moments as sections, so that training can go on
// as if it had never stopped.
func (o *Optimizer) Checkpoint() []learn.Section {
	steps := binary.LittleEndian.AppendUint64(nil, uint64(o.Steps))
	out := []learn.Section{{Name: "steps", Data: steps}}
	for _, w := range o.params.list {
		b := make([]byte, 8, 8+12*len(w.W))
		binary.LittleEndian.PutUint32(b, uint32(w.Rows))
		binary.LittleEndian.PutUint32(b[4:], uint32(w.Cols))
		for _, part := range [][]float32{w.W, w.m, w.v} {
			for _, x := range part {
				b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
			}
		}
		out = append(out, learn.Section{Name: w.Name, Data: b})
	}
	return out
}

// Resume takes what Checkpoint gave.
func (o *Optimizer) Resume(f *learn.File) error {
	b, err := f.Section("steps")
	if err != nil || len(b) != 8 {
		return fmt.Errorf("model %s: no number of steps", f.Name)
	}
	for _, w := range o.params.list {
		b, err := f.Section(w.Name)
		if err != nil {
			return err
		}
		if err := w.shape(b, 12); err != nil {
			return fmt.Errorf("model %s, section %s: %w", f.Name, w.Name, err)
		}
		b = b[8:]
		for _, part := range [][]float32{w.W, w.m, w.v} {
			for i := range part {
				part[i] = math.Float32frombits(binary.LittleEndian.Uint32(b))
				b = b[4:]
			}
		}
	}
	o.Steps = int(binary.LittleEndian.Uint64(b))
	return nil
}
