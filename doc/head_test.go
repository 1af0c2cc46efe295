package doc

import "testing"

func TestHeadOf(t *testing.T) {
	// «and the mayor of Arden said»
	d := New("and the mayor of Arden said")
	at := [][2]int{{0, 3}, {4, 7}, {8, 13}, {14, 16}, {17, 22}, {23, 27}}
	heads := []int{2, 2, 5, 4, 2, -1}
	rels := []string{"cc", "det", "nsubj", "case", "nmod", "root"}
	for i, s := range at {
		d.Tokens = append(d.Tokens, Token{Span: Span{s[0], s[1]}, Head: heads[i], Rel: rels[i], UPOS: "X"})
	}
	for _, c := range []struct {
		name string
		span Span
		want int
	}{
		{"noun of a phrase", Span{4, 22}, 2},
		{"conjunction before it", Span{0, 13}, 2},
		{"preposition before it", Span{14, 22}, 4},
		{"nothing but a preposition", Span{14, 16}, 3},
		{"no token", Span{27, 27}, -1},
	} {
		if got := d.HeadOf(c.span); got != c.want {
			t.Errorf("%s: head is token %d, want %d", c.name, got, c.want)
		}
	}
}
