package lexicon

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// TestGivenFile lints the list: order, doubles, columns and genders.
func TestGivenFile(t *testing.T) {
	last, n := "", 0
	genders := map[string]int{}
	for i, line := range strings.Split(strings.TrimSuffix(givenFile, "\n"), "\n") {
		if line == "" {
			t.Fatalf("line %d is empty", i+1)
		}
		if line[0] == '#' {
			if n > 0 {
				t.Errorf("line %d: a comment among the entries", i+1)
			}
			continue
		}
		n++
		f := strings.Split(line, "\t")
		if len(f) != 2 {
			t.Fatalf("line %d: %d columns, want 2", i+1, len(f))
		}
		if f[0] <= last {
			t.Errorf("line %d: %q is out of order or twice", i+1, f[0])
		}
		last = f[0]
		if r, _ := utf8.DecodeRuneInString(f[0]); !unicode.IsUpper(r) || strings.ContainsAny(f[0], " .") {
			t.Errorf("line %d: %q is not one word with a capital", i+1, f[0])
		}
		if f[1] != "m" && f[1] != "f" && f[1] != "u" {
			t.Errorf("line %d: gender %q", i+1, f[1])
		}
		genders[f[1]]++
	}
	if n < 2000 || n != len(given()) || genders["m"] < 500 || genders["f"] < 500 || genders["u"] < 20 {
		t.Errorf("%d entries, %d read, genders %v", n, len(given()), genders)
	}
}

func TestGiven(t *testing.T) {
	for _, c := range []struct {
		name string
		want Gender
		ok   bool
	}{
		{"Jane", Female, true}, {"Karl", Male, true}, {"Robin", Either, true}, {"jane", "", false}, {"Table", "", false}, {"", "", false},
	} {
		if got, ok := Given(c.name); got != c.want || ok != c.ok {
			t.Errorf("%q: %q %v, want %q %v", c.name, got, ok, c.want, c.ok)
		}
	}
}
