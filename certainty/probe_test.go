package certainty_test

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"hearsay/certainty"
	"hearsay/corpus"
	"hearsay/doc"
)

// errors of MEANTIME train and uw train, for analysis.
func TestProbe(t *testing.T) {
	what := os.Getenv("PROBE")
	if what == "" {
		t.Skip()
	}
	r, _ := reader()
	var gold []*doc.Doc
	if strings.HasPrefix(what, "meantime") {
		gold, _ = corpus.MEANTIME("../../shared/corpora/" + what)
	} else {
		gold, _ = corpus.Factuality("../../shared/corpora/factuality/" + what)
	}
	conf := map[string]int{}
	type miss struct {
		gap float64
		s   string
	}
	var all []miss
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
			f := g.Events[k].Factuality[0]
			if f.Value != "" {
				conf[string(f.Value)+" as "+string(c.Value)]++
			}
			if f.Value != "" && f.Value == c.Value {
				continue
			}
			gap := 0.0
			if f.Value == "" {
				gap = f.Degree - c.Degree
				if os.Getenv("RULES") != "" {
					v := map[doc.Factuality]float64{"CT+": 3, "PR+": 2, "PS+": 1, "CT-": -3, "PR-": -2, "PS-": -1}[c.Value]
					gap = f.Degree - v
				}
				if gap < 0 {
					gap = -gap
				}
			}
			sent := ""
			for _, s := range d.Sentences {
				if s.First <= toks[k] && toks[k] < s.Last {
					w := d.Tokens[toks[k]].Span
					sent = d.Text[s.Begin:w.Begin] + "[" + d.Slice(w) + "]" + d.Text[w.End:s.End]
				}
			}
			var signs []string
			for _, s := range c.Signs {
				signs = append(signs, s.Kind+":"+s.Entry+"="+string(s.Value))
			}
			all = append(all, miss{gap, fmt.Sprintf("want %s %.1f got %s %.1f  %s\n      %s", f.Value, f.Degree, c.Value, c.Degree, strings.Join(signs, " "), sent)})
		}
	}
	var keys []string
	for k := range conf {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	for _, k := range keys {
		fmt.Println(k, conf[k])
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].gap > all[j].gap })
	for _, m := range all {
		fmt.Println(m.s)
	}
}
