package learn

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/cespare/xxhash/v2"
)

// File is a model file: named sections under one name and version.
//
// Bytes: "HEARSAY\n", then the name, the version and the number of sections, then
// for each section its name, length and bytes, then the xxhash64 of all before.
// Strings have a uint32 length before them; numbers are little-endian.
type File struct {
	Name     string // of the model, such as "syntax"
	Version  string // changes whenever the code that reads the sections does
	Sections []Section
}

// Section is one named part of a model file.
type Section struct {
	Name string
	Data []byte
}

const magic = "HEARSAY\n"

// Bytes returns the file's bytes.
func (f *File) Bytes() []byte {
	b := []byte(magic)
	str := func(s string) {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	str(f.Name)
	str(f.Version)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(f.Sections)))
	for _, s := range f.Sections {
		str(s.Name)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(s.Data)))
		b = append(b, s.Data...)
	}
	return binary.LittleEndian.AppendUint64(b, xxhash.Sum64(b))
}

// ReadFile takes a model file apart. Sections point into b. It refuses a file
// that is truncated or damaged, or of another name or version, and says which.
func ReadFile(b []byte, name, version string) (*File, error) {
	fail := func(format string, args ...any) (*File, error) {
		return nil, fmt.Errorf("model %s: %s", name, fmt.Sprintf(format, args...))
	}
	if !bytes.HasPrefix(b, []byte(magic)) {
		return fail("not a model file")
	}
	if len(b) < len(magic)+8 || xxhash.Sum64(b[:len(b)-8]) != binary.LittleEndian.Uint64(b[len(b)-8:]) {
		return fail("truncated or damaged: checksum differs")
	}
	rest := b[len(magic) : len(b)-8]
	ok := true
	number := func() int {
		if len(rest) < 4 {
			ok = false
			return 0
		}
		n := binary.LittleEndian.Uint32(rest)
		rest = rest[4:]
		return int(n)
	}
	part := func() []byte {
		n := number()
		if n > len(rest) {
			ok = false
			n = 0
		}
		p := rest[:n:n]
		rest = rest[n:]
		return p
	}
	f := &File{Name: string(part()), Version: string(part())}
	if f.Name != name {
		return fail("holds model %q", f.Name)
	}
	if f.Version != version {
		return fail("version %q, this program reads %q", f.Version, version)
	}
	for range number() {
		s := Section{Name: string(part())}
		s.Data = part()
		if !ok {
			return fail("sections end early")
		}
		f.Sections = append(f.Sections, s)
	}
	return f, nil
}

// Section returns the bytes of a section.
func (f *File) Section(name string) ([]byte, error) {
	for _, s := range f.Sections {
		if s.Name == name {
			return s.Data, nil
		}
	}
	return nil, fmt.Errorf("model %s: no section %q", f.Name, name)
}
