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
	b = appendString(b, f.Name)
	b = appendString(b, f.Version)
	b = appendSections(b, f.Sections)
	return binary.LittleEndian.AppendUint64(b, xxhash.Sum64(b))
}

func appendString(b []byte, s string) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s)))
	return append(b, s...)
}

func appendSections(b []byte, sections []Section) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(sections)))
	for _, s := range sections {
		b = appendString(b, s.Name)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(s.Data)))
		b = append(b, s.Data...)
	}
	return b
}

// ReadFile takes a model file apart, packed or not. Sections point into b, or into what
// was unpacked. It refuses a file that is truncated or damaged, or of another name or
// version, and says which.
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
	c := cutter{rest: b[len(magic) : len(b)-8]}
	f := &File{Name: string(c.part()), Version: string(c.part())}
	if f.Name != name {
		return fail("holds model %q", f.Name)
	}
	if f.Version != version {
		return fail("version %q, this program reads %q", f.Version, version)
	}
	var ok bool
	if f.Sections, ok = readSections(c.rest); !ok {
		return fail("sections end early")
	}
	if err := f.unpack(); err != nil {
		return fail("unpack: %v", err)
	}
	return f, nil
}

// readSections reads what appendSections wrote; ok is false where b ends early.
func readSections(b []byte) (sections []Section, ok bool) {
	c := cutter{rest: b}
	for range c.number() {
		s := Section{Name: string(c.part())}
		s.Data = c.part()
		if c.short {
			return nil, false
		}
		sections = append(sections, s)
	}
	return sections, !c.short
}

// cutter cuts numbers and parts off bytes.
type cutter struct {
	rest  []byte
	short bool // there was less than asked for
}

func (c *cutter) number() int {
	if len(c.rest) < 4 {
		c.short = true
		return 0
	}
	n := binary.LittleEndian.Uint32(c.rest)
	c.rest = c.rest[4:]
	return int(n)
}

func (c *cutter) part() []byte {
	n := c.number()
	if n > len(c.rest) {
		c.short = true
		n = 0
	}
	p := c.rest[:n:n]
	c.rest = c.rest[n:]
	return p
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
