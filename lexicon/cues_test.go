package lexicon

import (
	"strings"
	"testing"
)

func TestCuesFile(t *testing.T) {
	classes := strings.Fields("say show ask order warn promise plan deny believe know doubt fear want agree judge")
	known := map[string]bool{}
	for _, c := range classes {
		known[c] = true
	}
	parts := map[string]bool{}
	for _, p := range cuePOS {
		parts[p] = true
	}
	last, n := "", 0
	for i, line := range strings.Split(strings.TrimSuffix(cuesFile, "\n"), "\n") {
		if line[0] == '#' {
			continue
		}
		n++
		field := strings.Split(line, "\t")
		if len(field) != 3 {
			t.Fatalf("line %d: %d fields, want 3", i+1, len(field))
		}
		if !parts[field[1]] {
			t.Errorf("line %d: unknown part of speech %q", i+1, field[1])
		}
		if !known[field[2]] {
			t.Errorf("line %d: unknown class %q", i+1, field[2])
		}
		if key := field[0] + "\t" + field[1]; key <= last {
			t.Errorf("line %d: %q is out of order or twice", i+1, key)
		} else {
			last = key
		}
	}
	if n < 500 {
		t.Errorf("%d entries, want at least 500", n)
	}
}

func TestCueClass(t *testing.T) {
	for _, c := range []struct{ lemma, upos, want string }{
		{"warn", "VERB", "warn"}, {"denial", "NOUN", "deny"}, {"according", "ADP", "say"},
		{"afraid", "ADJ", "fear"}, {"table", "NOUN", ""}, {"warn", "NOUN", ""},
	} {
		if got := CueClass(c.lemma, c.upos); got != c.want {
			t.Errorf("CueClass(%q, %q) = %q, want %q", c.lemma, c.upos, got, c.want)
		}
	}
}
