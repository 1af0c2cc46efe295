package ingest

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"hearsay/claim"
)

// Changes is how the statements of one text of an article differ from those of the text
// before.
type Changes struct {
	Added    []claim.Statement // in the order of the later text
	Dropped  []claim.Statement // in the order of the earlier text
	Reworded []Rewording       // in the order of the later text
	Same     int
}

// Rewording is a statement that is told in other words: of who said it, how, or what.
type Rewording struct{ Before, After claim.Statement }

// alike is the share of their words from which on two statements are tellings of one, and
// alikeSaid the same where source and cue are the same too.
const (
	alike     = 0.6
	alikeSaid = 0.4
)

// Diff compares two texts of an article. Statements that stand word for word in both are
// the same wherever they stand. Of the others each is paired with the one most like it by
// the words that both have: "officials said two were hurt", "officials said three were
// hurt".
func Diff(before, after *claim.Article) Changes {
	var c Changes
	olds, news := said(before), said(after)
	oldDone, newDone := make([]bool, len(olds)), make([]bool, len(news))
	at := map[string][]int{}
	for i, o := range olds {
		at[o.whole] = append(at[o.whole], i)
	}
	for k, n := range news {
		if list := at[n.whole]; len(list) > 0 {
			at[n.whole] = list[1:]
			oldDone[list[0]], newDone[k] = true, true
			c.Same++
		}
	}
	type pair struct {
		old, new int
		score    float64
	}
	var pairs []pair
	for k := range news {
		for i := range olds {
			if newDone[k] || oldDone[i] {
				continue
			}
			score := shared(olds[i].words, news[k].words)
			if score >= alike || score >= alikeSaid && olds[i].who == news[k].who {
				pairs = append(pairs, pair{i, k, score})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(b.score, a.score) })
	with := map[int]int{}
	for _, p := range pairs {
		if !oldDone[p.old] && !newDone[p.new] {
			oldDone[p.old], newDone[p.new] = true, true
			with[p.new] = p.old
		}
	}
	for k := range news {
		if i, ok := with[k]; ok {
			c.Reworded = append(c.Reworded, Rewording{before.Statements[i], after.Statements[k]})
		} else if !newDone[k] {
			c.Added = append(c.Added, after.Statements[k])
		}
	}
	for i := range olds {
		if !oldDone[i] {
			c.Dropped = append(c.Dropped, before.Statements[i])
		}
	}
	return c
}

// saying is a statement as it is compared.
type saying struct {
	whole, who string
	words      []string // sorted
}

func said(a *claim.Article) []saying {
	out := make([]saying, len(a.Statements))
	for i := range a.Statements {
		s := &a.Statements[i]
		not := ""
		if s.Negated {
			not = "not"
		}
		who := strings.Join(fold(cmp.Or(s.Source.Name, s.Source.Text)+" "+s.Cue.Text+" "+not), " ")
		words := fold(s.Words)
		out[i] = saying{whole: strings.Join(fold(s.Source.Text), " ") + "\x00" + who + "\x00" + strings.Join(words, " "), who: who}
		slices.Sort(words)
		out[i].words = words
	}
	return out
}

// fold returns the words of a text in lower case.
func fold(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// shared is the part of two sorted lists of words that both have, from 0 to 1.
func shared(a, b []string) float64 {
	n := 0
	for i, k := 0, 0; i < len(a) && k < len(b); {
		switch c := strings.Compare(a[i], b[k]); {
		case c < 0:
			i++
		case c > 0:
			k++
		default:
			n, i, k = n+1, i+1, k+1
		}
	}
	if len(a)+len(b) == 0 {
		return 0
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}
