package learn

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// packedSection is the one section of a packed file: the sections of the file that
// was packed, laid out as in File and compressed by zstd.
const packedSection = "packed"

// Packed returns the file's bytes with its sections compressed, for models that are
// read seldom: tables of features shrink by about a third. ReadFile takes either form.
// The name, the version and the checksum lie outside, so that a file is refused
// before it is unpacked.
func (f *File) Packed() []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // the options are wrong
	}
	outer := File{Name: f.Name, Version: f.Version, Sections: []Section{
		{Name: packedSection, Data: w.EncodeAll(appendSections(nil, f.Sections), nil)},
	}}
	return outer.Bytes()
}

// unpack puts the sections of a file that was packed in the place of the one that
// holds them. Other files it leaves as they are.
func (f *File) unpack() error {
	if len(f.Sections) != 1 || f.Sections[0].Name != packedSection {
		return nil
	}
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer r.Close()
	b, err := r.DecodeAll(f.Sections[0].Data, nil)
	if err != nil {
		return err
	}
	sections, ok := readSections(b)
	if !ok {
		return fmt.Errorf("sections end early")
	}
	f.Sections = sections
	return nil
}
