package lexicon

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed certainty.txt
var certaintyFile string

// CertaintyEntry is a word that changes how sure a holder is of what stands in its scope.
type CertaintyEntry struct {
	Lemma, POS, Frame string
	Kind              string // "negation", "modal", "factive" …
	// If and IfNot are the values of the scope where the word itself is certain, and where
	// it is denied: "CT+", … "UU".
	If, IfNot string
	// Outer is the value to whoever reports the word, where it tells somebody else's view;
	// "=" where it is the same to everybody.
	Outer   string
	Example string
}

// Certainties is a list of entries by lemma, part of speech and frame.
type Certainties struct {
	All   []CertaintyEntry
	index map[[3]string]int
	words map[[2]string]bool
}

// Entry returns the entry of a lemma in small letters, a part of speech and a frame, or nil.
func (c *Certainties) Entry(lemma, pos, frame string) *CertaintyEntry {
	if i, ok := c.index[[3]string{lemma, pos, frame}]; ok {
		return &c.All[i]
	}
	return nil
}

// Has says whether there is an entry of that lemma and part of speech, in any frame.
func (c *Certainties) Has(lemma, pos string) bool { return c.words[[2]string{lemma, pos}] }

// certaintyCodes are the codes that the columns of certainty.txt may hold.
var certaintyCodes = map[string][]string{
	"part of speech": strings.Fields("verb noun adj adv aux det pron adp conj"),
	"frame":          strings.Fields("- that to ing np subj mod of for from in on about at against"),
	"kind": strings.Fields("ability ask attempt belief condition counterfactual denial doubt emotion evidential fact factive fear " +
		"future hedge implicative modal negation obligation order plan possibility prediction prevent promise question report time want withheld"),
	"value":           strings.Fields("CT+ PR+ PS+ CT- PR- PS- UU"),
	"value to others": strings.Fields("= CT+ CT- UU"),
}

// ParseCertainties reads a list as certainty.txt has it. The error names the file, as name
// does, and the line of every mistake: columns, codes, order, doubles.
func ParseCertainties(name, text string) (*Certainties, error) {
	c := &Certainties{index: map[[3]string]int{}, words: map[[2]string]bool{}}
	var wrong []string
	last := ""
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		complain := func(format string, args ...any) {
			wrong = append(wrong, fmt.Sprintf("%s:%d: %s", name, i+1, fmt.Sprintf(format, args...)))
		}
		if strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 8 {
			complain("%d columns, want 8", len(f))
			continue
		}
		for k, what := range []string{"", "part of speech", "frame", "kind", "value", "value", "value to others"} {
			if what != "" && !slices.Contains(certaintyCodes[what], f[k]) {
				complain("unknown %s %q", what, f[k])
			}
		}
		if f[0] == "" || f[0] != strings.ToLower(f[0]) {
			complain("%q is no lemma in small letters", f[0])
		}
		if open, end := strings.IndexByte(f[7], '['), strings.IndexByte(f[7], ']'); open < 0 || end < open+2 {
			complain("the example has no word in brackets")
		}
		key := strings.Join(f[:3], "\t")
		switch {
		case key == last:
			complain("%s %s %s stands there twice", f[0], f[1], f[2])
		case key < last:
			complain("%s %s %s is out of order", f[0], f[1], f[2])
		}
		last = key
		c.index[[3]string{f[0], f[1], f[2]}] = len(c.All)
		c.words[[2]string{f[0], f[1]}] = true
		c.All = append(c.All, CertaintyEntry{f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7]})
	}
	if wrong != nil {
		return nil, fmt.Errorf("lexicon of certainty:\n%s", strings.Join(wrong, "\n"))
	}
	return c, nil
}

// ShippedCertainties returns the list that ships with the program. An error names file and
// line.
var ShippedCertainties = sync.OnceValues(func() (*Certainties, error) {
	return ParseCertainties("lexicon/certainty.txt", certaintyFile)
})
