package claim

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"hearsay/doc"
)

var update = flag.Bool("update", false, "write testdata anew")

// labelledPair is two statements of a file of pairs, and the line under them.
type labelledPair struct {
	line  int // of the first
	text  [2]string
	gists [2]Gist
	below string
}

// readPairs reads a file of pairs; lines are the file's.
func readPairs(t *testing.T, path string) (pairs []labelledPair, lines []string) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines = strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		if lines[i] == "" || strings.ContainsRune("#~ ", rune(lines[i][0])) {
			continue
		}
		if i+1 == len(lines) || lines[i+1] == "" {
			t.Fatalf("%s:%d: a statement alone", path, i+1)
		}
		p := labelledPair{line: i, text: [2]string{lines[i], lines[i+1]}}
		about := ""
		if i > 0 {
			if what, ok := strings.CutPrefix(lines[i-1], "~ "); ok {
				about = what
			}
		}
		for k, text := range p.text {
			p.gists[k] = gistOf(t, text, about)
		}
		if i+2 < len(lines) && strings.HasPrefix(lines[i+2], "    ") {
			p.below = lines[i+2][4:]
		}
		pairs = append(pairs, p)
		i++
	}
	return pairs, lines
}

// gistOf reads "source | cue | content", which stands in an article that says three times more
// what it is about.
func gistOf(t *testing.T, text, about string) Gist {
	t.Helper()
	f := strings.Split(text, " | ")
	if len(f) != 3 {
		t.Fatalf("%q: want source | cue | content", text)
	}
	a := &Article{ID: "a" + text, Text: strings.Join(f, " ") + strings.Repeat(" "+about, 3)}
	s := Statement{ID: "s1", Words: f[2], Cue: Cue{Text: f[1], Lemma: f[1]}, Quotation: doc.Indirect}
	for lemma := range speech { // "announced"
		if f[1] == lemma+"d" || f[1] == lemma+"ed" || f[1] == lemma+"s" {
			s.Cue.Lemma = lemma
		}
	}
	if strings.HasPrefix(f[2], `"`) {
		s.Quotation = doc.Direct
	}
	s.Source.Text = f[0]
	a.Statements = []Statement{s}
	return Gists(a)[0]
}

// verdict is what the line under a pair says.
func verdict(p *labelledPair) string {
	score, why := Score(&p.gists[0], &p.gists[1])
	word := "different"
	if score >= Threshold {
		word = "same"
	}
	var parts []string
	for _, m := range why {
		parts = append(parts, m.What+" "+m.How)
	}
	return fmt.Sprintf("%s, %.2f: %s", word, score, strings.Join(parts, "; "))
}

func TestPairs(t *testing.T) {
	const path = "testdata/links.txt"
	pairs, lines := readPairs(t, path)
	if len(pairs) < 60 {
		t.Errorf("%d pairs", len(pairs))
	}
	var out []string
	at := 0
	for _, p := range pairs {
		got := verdict(&p)
		if got != p.below && !*update {
			t.Errorf("%s:%d: %s\n got %s\nwant %s", path, p.line+1, p.text[0], got, p.below)
		}
		out = append(append(out, lines[at:p.line+2]...), "    "+got)
		if at = p.line + 2; p.below != "" {
			at++
		}
		mirrored := labelledPair{gists: [2]Gist{p.gists[1], p.gists[0]}}
		a, _ := Score(&p.gists[0], &p.gists[1])
		if b, _ := Score(&mirrored.gists[0], &mirrored.gists[1]); a != b {
			t.Errorf("%s:%d: %v one way, %v the other", path, p.line+1, a, b)
		}
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.Join(append(out, lines[at:]...), "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func TestPairsKnownFailures(t *testing.T) {
	const path = "testdata/links-known-failures.txt"
	pairs, _ := readPairs(t, path)
	for _, p := range pairs {
		if word, _, _ := strings.Cut(verdict(&p), ","); word == p.below || p.below != "same" && p.below != "different" {
			t.Errorf("%s:%d: is %s: move it to links.txt", path, p.line+1, word)
		}
	}
}
