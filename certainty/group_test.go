package certainty_test

import (
	"fmt"
	"os"
	"sort"
	"testing"

	"hearsay/certainty"
	"hearsay/corpus"
	"hearsay/doc"
)

func TestGroup(t *testing.T) {
	what := os.Getenv("GROUP")
	if what == "" {
		t.Skip()
	}
	r, _ := reader()
	gold, _ := corpus.Factuality("../../shared/corpora/factuality/" + what)
	type g struct {
		n         int
		y, m, y2  float64
	}
	by := map[string]*g{}
	for _, gd := range gold {
		d := doc.New(gd.Text)
		d.Blocks, d.Sentences = gd.Blocks, gd.Sentences
		d.Tokens = append([]doc.Token(nil), gd.Tokens...)
		r.Names(d)
		var toks []int
		for _, e := range gd.Events {
			toks = append(toks, e.Head)
		}
		for k, c := range r.Certainty().Judge(d, toks, certainty.News) {
			y := gd.Events[k].Factuality[0].Degree
			key := "kinds "
			ent := ""
			for _, s := range c.Signs {
				key += s.Kind + " "
			}
			if len(c.Signs) > 0 {
				ent = "first " + c.Signs[0].Kind + ":" + c.Signs[0].Entry
			} else {
				ent = "first none " + d.Tokens[toks[k]].UPOS + " " + d.Tokens[toks[k]].Rel
			}
			for _, key := range []string{key + "-> " + string(c.Value), ent + " -> " + string(c.Value), "value " + string(c.Value)} {
				if by[key] == nil {
					by[key] = &g{}
				}
				b := by[key]
				b.n++
				b.y += y
				b.y2 += y * y
				b.m += c.Degree
			}
		}
	}
	var keys []string
	for k := range by {
		if by[k].n >= 12 {
			keys = append(keys, k)
		}
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	for _, k := range keys {
		b := by[k]
		n := float64(b.n)
		m := b.y / n
		fmt.Printf("%-60s %5d  label %5.2f sd %4.2f\n", k, b.n, m, b.y2/n-m*m)
	}
}
