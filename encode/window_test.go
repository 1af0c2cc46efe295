package encode

import (
	"slices"
	"testing"

	"hearsay/doc"
)

// TestLay lays two windows into one batch: each is a sequence, a mark stands before each block, and rows lead from
// tokens to their words.
func TestLay(t *testing.T) {
	d := article("a b\nc\n\nd\ne f\n\ng")
	v := newVocab([]string{"a", "b", "c", "d", "e", "f", "g"})
	var b batch
	b.reset()
	var rows []int
	rows = lay(doc.Window{Doc: d, First: 0, Last: 4}, v, &b, rows)
	rows = lay(doc.Window{Doc: d, First: 4, Last: 7}, v, &b, rows)
	// The second window begins inside a block and has its mark all the same.
	var got string
	for i := range len(b.offsets) - 1 {
		if slices.Contains(b.seqs, i) && i > 0 {
			got += "| "
		}
		switch id := b.ids[b.offsets[i]]; {
		case id == rowParagraph:
			got += "¶ "
		default:
			got += v.words[id-firstWord] + " "
		}
	}
	if want := "¶ a b c ¶ d | ¶ e f ¶ g "; got != want {
		t.Errorf("laid %q, want %q", got, want)
	}
	if want := []int{0, 6, 11}; !slices.Equal(b.seqs, want) {
		t.Errorf("sequences %v, want %v", b.seqs, want)
	}
	if want := []int{1, 2, 3, 5, 7, 8, 10}; !slices.Equal(rows, want) {
		t.Errorf("tokens at rows %v, want %v", rows, want)
	}
}
