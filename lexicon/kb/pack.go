package kb

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"

	"github.com/klauspost/compress/zstd"
)

// Pack checks tables and returns them with their indexes as the bytes of the shipped
// file. The same tables give the same bytes. The order of files does not matter.
func Pack(files ...File) ([]byte, error) {
	b, err := layOut(files)
	if err != nil {
		return nil, err
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // the options are wrong
	}
	return w.EncodeAll(b, nil), nil
}

// layOut is Pack before it compresses.
func layOut(files []File) ([]byte, error) {
	parsed, err := check(nil, files)
	if err != nil {
		return nil, err
	}
	return newLayer(parsed).bytes(), nil
}

// unpack reads the bytes of Pack.
func unpack(packed []byte) (*layer, error) {
	b, err := unzip(packed)
	if err != nil {
		return nil, err
	}
	return readLayer(b)
}

func unzip(packed []byte) ([]byte, error) {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return r.DecodeAll(packed, nil)
}

const packMagic = "hearsay kb 1\n"

// bytes lays the layer out: for files, rows and indexes a number of them and then each
// one; texts with their lengths before them; numbers in 32 bits, little end first.
func (l *layer) bytes() []byte {
	out := []byte(packMagic)
	number := func(n int) { out = binary.LittleEndian.AppendUint32(out, uint32(n)) }
	text := func(s string) { number(len(s)); out = append(out, s...) }
	number(len(l.files))
	for _, f := range l.files {
		text(f.Name)
		number(int(f.table))
		number(int(f.asOf))
		number(int(f.later))
		text(f.data)
	}
	number(len(l.rows))
	for _, r := range l.rows {
		number(int(r.file))
		number(int(r.begin))
		number(int(r.end))
	}
	for _, x := range l.indexes {
		text(x.keys)
		text(string(x.pairs))
	}
	return out
}

var errShort = errors.New("ends early")

// readLayer reads what bytes wrote, and keeps nothing of b.
func readLayer(b []byte) (_ *layer, err error) {
	if len(b) < len(packMagic) || string(b[:len(packMagic)]) != packMagic {
		return nil, errors.New("not a packed knowledge base of this version")
	}
	b = b[len(packMagic):]
	number := func() int {
		if len(b) < 4 {
			b, err = nil, errShort
			return 0
		}
		n := binary.LittleEndian.Uint32(b)
		b = b[4:]
		return int(n)
	}
	text := func() []byte {
		n := number()
		if n > len(b) {
			b, err = nil, errShort
			return nil
		}
		s := b[:n:n]
		b = b[n:]
		return s
	}
	l := &layer{}
	for n := number(); n > 0 && err == nil; n-- {
		f := file{File: File{Name: string(text())}, table: Table(number()), asOf: Day(number()), later: Day(number())}
		if int(f.table) >= len(tables) {
			return nil, fmt.Errorf("%s is a table of an unknown kind", f.Name)
		}
		l.files = append(l.files, layerFile{f, string(text())})
	}
	n := number()
	if n > len(b)/12 {
		return nil, errShort
	}
	l.rows = make([]place, n)
	for i := range l.rows {
		r := place{uint32(number()), uint32(number()), uint32(number())}
		if int(r.file) >= len(l.files) || r.begin > r.end || int(r.end) > len(l.files[r.file].data) {
			return nil, fmt.Errorf("row %d lies outside its file", i)
		}
		l.rows[i] = r
	}
	for i := range l.indexes {
		l.indexes[i] = index{keys: string(text()), pairs: bytes.Clone(text())}
	}
	l.entries = make([]atomic.Pointer[Entry], len(l.rows))
	return l, err
}
