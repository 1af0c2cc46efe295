package entity

import (
	"math/rand/v2"
	"strings"

	"hearsay/doc"
)

// Pool has names of each type by their number of words, for Swap.
type Pool map[doc.EntityType]map[int][]string

// Add puts a name into the pool.
func (p Pool) Add(t doc.EntityType, name string) {
	n := len(strings.Fields(name))
	if n == 0 {
		return
	}
	if p[t] == nil {
		p[t] = map[int][]string{}
	}
	p[t][n] = append(p[t][n], name)
}

// Swap returns a copy of a Doc whose words and names are known, in which most names are
// others of their type, so that the tagger learns what stands around a name and not
// names by heart. A name that begins in small letters stays.
func Swap(d *doc.Doc, pool Pool, rng *rand.Rand) *doc.Doc {
	out := &doc.Doc{Meta: d.Meta}
	var b strings.Builder
	at, k := 0, 0
	out.Tokens = make([]doc.Token, len(d.Tokens))
	out.Names = make([]doc.Name, len(d.Names))
	var words []string
	for i := range d.Tokens {
		t := d.Tokens[i]
		b.WriteString(d.Text[at:t.Begin])
		at = t.End
		word := d.Text[t.Begin:t.End]
		for k < len(d.Names) && d.Names[k].End <= t.Begin {
			k++
		}
		if k < len(d.Names) && d.Names[k].Begin <= t.Begin {
			n := d.Names[k]
			if n.Begin == t.Begin {
				words = nil
				count := 0
				for j := i; j < len(d.Tokens) && d.Tokens[j].Begin < n.End; j++ {
					count++
				}
				if list := pool[n.Type][count]; len(list) > 0 && rng.IntN(4) > 0 && capital(word) {
					words = strings.Fields(list[rng.IntN(len(list))])
				}
				out.Names[k] = doc.Name{Type: n.Type, Span: doc.Span{Begin: b.Len()}}
			}
			if len(words) > 0 {
				word, words = words[0], words[1:]
			}
			out.Names[k].End = b.Len() + len(word)
		}
		out.Tokens[i] = doc.Token{Span: doc.Span{Begin: b.Len(), End: b.Len() + len(word)}, Head: -1}
		b.WriteString(word)
	}
	b.WriteString(d.Text[at:])
	out.Text = b.String()
	for _, s := range d.Sentences {
		if s.First < s.Last {
			s.Span = doc.Span{Begin: out.Tokens[s.First].Begin, End: out.Tokens[s.Last-1].End}
		}
		out.Sentences = append(out.Sentences, s)
	}
	out.Blocks = []doc.Block{{Span: doc.Span{End: len(out.Text)}}}
	return out
}
