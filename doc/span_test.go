package doc

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMergeSpans(t *testing.T) {
	text := `"We left," she said. "Late."`
	for _, c := range []struct {
		name     string
		in, want []Span
	}{
		{"apart", []Span{{0, 10}, {21, 28}}, []Span{{0, 10}, {21, 28}}},
		{"joined by white space", []Span{{11, 14}, {15, 20}}, []Span{{11, 20}}},
		{"trimmed", []Span{{10, 15}}, []Span{{11, 14}}},
		{"out of order", []Span{{21, 28}, {0, 10}}, []Span{{0, 10}, {21, 28}}},
		{"empty dropped", []Span{{5, 5}, {10, 11}}, []Span{}},
		{"inside another", []Span{{0, 10}, {2, 4}}, []Span{{0, 10}}},
	} {
		if got := MergeSpans(text, c.in); !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSpan(t *testing.T) {
	s := Span{3, 7}
	if !s.Contains(Span{3, 7}) || s.Contains(Span{2, 4}) || s.Contains(Span{5, 5}) {
		t.Error("Contains: wrong at an edge")
	}
	if !s.Overlaps(Span{6, 9}) || s.Overlaps(Span{7, 9}) {
		t.Error("Overlaps: wrong at an edge")
	}
}

// FuzzOffsets compares with counting from the start.
func FuzzOffsets(f *testing.F) {
	f.Add("He said “no” to Çelik.")
	f.Add(strings.Repeat("é", 100))
	f.Add("")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		o := NewOffsets(text)
		for b := 0; b <= len(text); b++ {
			if b < len(text) && !utf8.RuneStart(text[b]) {
				continue
			}
			if got, want := o.Rune(b), utf8.RuneCountInString(text[:b]); got != want {
				t.Fatalf("byte %d of %q is %d, want %d", b, text, got, want)
			}
		}
	})
}
