package doc

import "testing"

// TestWords checks that each value has words of its own that fit a narrow column.
func TestWords(t *testing.T) {
	seen := map[string]Factuality{"": ""}
	for _, f := range Factualities {
		w := f.Words()
		if other, ok := seen[w]; ok || len(w) > 8 {
			t.Errorf("%s in words is %q, as %q", f, w, other)
		}
		seen[w] = f
	}
	if w := Factuality("").Words(); w != "" {
		t.Errorf("what is not decided is %q", w)
	}
}
