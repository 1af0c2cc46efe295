package certainty_test

import (
	"fmt"
	"os"
	"testing"

	"hearsay/certainty"
	"hearsay/corpus"
	"hearsay/doc"
)

func TestCSV(t *testing.T) {
	if os.Getenv("CSV") == "" {
		t.Skip()
	}
	r, _ := reader()
	gold, _ := corpus.MEANTIME("../../shared/corpora/meantime/train")
	for _, g := range gold {
		d := doc.New(g.Text)
		d.Blocks, d.Sentences = g.Blocks, g.Sentences
		d.Tokens = append([]doc.Token(nil), g.Tokens...)
		r.Names(d)
		var toks []int
		for _, e := range g.Events {
			toks = append(toks, e.Head)
		}
		for k, c := range r.Certainty().Judge(d, toks, certainty.News) {
			kinds := ""
			for _, s := range c.Signs {
				kinds += s.Kind + " "
			}
			fmt.Printf("CSV\t%s\t%s\t%.2f\t%s\t%s\n", g.Events[k].Factuality[0].Value, c.Value, c.Degree, kinds, d.Word(toks[k]))
		}
	}
}
