package certainty_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
)

func TestDump(t *testing.T) {
	raw, err := os.ReadFile("/tmp/certainty/dump.txt")
	if err != nil {
		t.Skip()
	}
	r, _ := reader()
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		d := doc.New(strings.NewReplacer("[", "", "]", "").Replace(line))
		extract.Layout(d)
		r.Annotate(d)
		fmt.Println(line)
		for i, k := range d.Tokens {
			h := "ROOT"
			if k.Head >= 0 {
				h = d.Word(k.Head)
			}
			fmt.Printf("  %s/%s/%s/%s<-%s-%s", d.Word(i), k.Lemma, k.UPOS, k.XPOS, k.Rel, h)
		}
		fmt.Println()
		for _, s := range d.Statements {
			fmt.Printf("   cue %q content %q class %s f %v\n", d.Slice(s.Cue.Spans[0]), d.Slice(s.Content[0]), s.Cue.Class, s.Factuality)
		}
	}
}
