package claim

import (
	"bufio"
	"cmp"
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"hearsay/corpus"
)

var writeRarity = flag.Bool("rarity", false, "count the stems of corpora/raw and write rarity.txt")

// raw is where the articles lie that rarities are counted in.
const raw = "../../shared/corpora/raw/allsides-37k.jsonl.gz"

// The list is in order and each stem is one: what [stem] makes of a word stays as it is
// only where the word is one already, so plain lines are all that is asked.
func TestRarity(t *testing.T) {
	if *writeRarity {
		countRarity(t)
	}
	last, n := "", 0
	scan := bufio.NewScanner(strings.NewReader(rarityFile))
	for scan.Scan() {
		if strings.HasPrefix(scan.Text(), "#") {
			continue
		}
		var s string
		var v float64
		if _, err := fmt.Sscanf(scan.Text(), "%s %f", &s, &v); err != nil || s <= last || v <= 0 || v >= rarest || common[s] {
			t.Errorf("rarity.txt: line %q: %v", scan.Text(), err)
		}
		last = s
		n++
	}
	if n < 3000 {
		t.Errorf("%d stems", n)
	}
}

// countRarity counts in how many sentences of every fourth article a stem stands.
func countRarity(t *testing.T) {
	docs, err := corpus.AllSides(raw, 0)
	if err != nil {
		t.Fatal(err)
	}
	in, sentences := map[string]int{}, 0
	for i := 0; i < len(docs); i += 4 {
		for _, s := range strings.FieldsFunc(strings.ReplaceAll(docs[i].Text, ". ", "\n"), func(r rune) bool { return r == '\n' }) {
			seen := map[string]bool{}
			for _, w := range wordsOf(s) {
				if !w.isNum && !common[w.stem] {
					seen[w.stem] = true
				}
			}
			if len(seen) < 3 {
				continue
			}
			sentences++
			for w := range seen {
				in[w]++
			}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# How much a stem tells: minus the binary logarithm of the share of sentences that have it, counted in %d\n# sentences of news of 2012 to 2020 (AllSides, every fourth article). A stem that is not here is worth %d.\n# Written by: go test ./claim -run TestRarity -rarity\n", sentences, rarest)
	for _, s := range slices.SortedFunc(maps.Keys(in), cmp.Compare[string]) {
		if v := -math.Log2(float64(in[s]) / float64(sentences)); v < rarest-0.5 && len(s) < 30 {
			fmt.Fprintf(&b, "%s %.1f\n", s, v)
		}
	}
	if err := os.WriteFile("rarity.txt", []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	rarityFile = b.String()
}
