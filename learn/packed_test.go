package learn

import (
	"bytes"
	"strings"
	"testing"
)

// TestPacked packs sections and finds them again, and refuses packed bytes that are
// damaged behind a good checksum.
func TestPacked(t *testing.T) {
	f := &File{Name: "quote", Version: "2", Sections: []Section{
		{"cue", bytes.Repeat([]byte("said "), 1000)}, {"none", []byte{}}, {"end", []byte{0, 255}},
	}}
	packed := f.Packed()
	if len(packed) > 300 {
		t.Errorf("%d bytes, hardly less than %d", len(packed), len(f.Bytes()))
	}
	if !bytes.Equal(packed, f.Packed()) {
		t.Error("the same file gives other bytes")
	}
	got, err := ReadFile(packed, "quote", "2")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), f.Bytes()) {
		t.Error("what comes out is another file")
	}
	inner := got.Sections[0].Data
	for _, test := range []struct {
		name string
		data []byte
		want string
	}{
		{"no zstd", []byte("hello"), "model quote: unpack: "},
		{"sections that end early", (&File{Sections: []Section{{"x", inner}}}).Packed(), "model quote: unpack: "},
	} {
		file := (&File{Name: "quote", Version: "2", Sections: []Section{{packedSection, test.data}}}).Bytes()
		if _, err := ReadFile(file, "quote", "2"); err == nil || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s: error %v, want %s", test.name, err, test.want)
		}
	}
	if _, err := ReadFile(packed[:len(packed)-1], "quote", "2"); err == nil || !strings.Contains(err.Error(), "truncated or damaged") {
		t.Errorf("truncated: %v", err)
	}
	if _, err := ReadFile(packed, "quote", "1"); err == nil || !strings.Contains(err.Error(), `version "2", this program reads "1"`) {
		t.Errorf("other version: %v", err)
	}
}
