package lexicon

import (
	"strings"
	"testing"
)

// TestCertaintyFile lints the list: ParseCertainties refuses doubles, wrong order and unknown codes. That
// every entry is met in its example is tested in certainty, which can read it.
func TestCertaintyFile(t *testing.T) {
	c, err := ShippedCertainties()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.All) < 400 {
		t.Errorf("%d entries, want at least 400", len(c.All))
	}
	used := map[string]bool{}
	for _, e := range c.All {
		used[e.Kind], used[e.POS], used[e.Frame] = true, true, true
		if e.Kind == "fact" && (e.If != e.IfNot || e.Outer == "UU") {
			t.Errorf("%s: a fact that is none to somebody", e.Lemma)
		}
	}
	for _, what := range []string{"kind", "part of speech", "frame"} {
		for _, code := range certaintyCodes[what] {
			if !used[code] {
				t.Errorf("no entry has the %s %q", what, code)
			}
		}
	}
}

func TestParseCertainties(t *testing.T) {
	good := "able\tadj\tto\tability\tPS+\tCT-\t=\tShe is able to [swim]."
	for _, c := range []struct{ name, text, want string }{
		{"good", "# head\n" + good + "\n", ""},
		{"columns", "able\tadj", "f.txt:1: 2 columns"},
		{"double", good + "\n" + good, "f.txt:2: able adj to stands there twice"},
		{"order", strings.Replace(good, "able", "zoo", 1) + "\n" + good, "f.txt:2: able adj to is out of order"},
		{"value", strings.Replace(good, "PS+", "PS", 1), `f.txt:1: unknown value "PS"`},
		{"kind", strings.Replace(good, "ability", "skill", 1), `f.txt:1: unknown kind "skill"`},
		{"frame", strings.Replace(good, "\tto\t", "\ttoo\t", 1), `f.txt:1: unknown frame "too"`},
		{"capital", strings.Replace(good, "able", "Able", 1), "f.txt:1: \"Able\" is no lemma"},
		{"example", strings.Replace(good, "[swim]", "swim", 1), "f.txt:1: the example has no word in brackets"},
	} {
		_, err := ParseCertainties("f.txt", c.text)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
