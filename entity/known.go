package entity

import (
	"hearsay/doc"
	"hearsay/learn"
	"hearsay/lexicon/gazetteer"
	"hearsay/lexicon/kb"
)

// longest is how many words a name that the tables know has at most.
const longest = 6

// known marks each token with what the knowledge base and the gazetteer have of the
// longest run of words from a capitalised one on: 0 for nothing. Tables are no judge
// («Reading», «Will»): the tagger learns how far to trust them.
func known(d *doc.Doc, base *kb.KB) []uint64 {
	out := make([]uint64, len(d.Tokens))
	places := gazetteer.Shipped()
	var found []gazetteer.Candidate
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; {
			if !capital(d.Word(i)) {
				i++
				continue
			}
			end, what := i+1, uint64(0)
			for n := min(longest, s.Last-i); n > 0 && what == 0; n-- {
				last := i + n
				if !capital(d.Word(last - 1)) {
					continue
				}
				text := d.Text[d.Tokens[i].Begin:d.Tokens[last-1].End]
				for _, r := range base.Lookup(text) {
					what |= 1 << (uint(r.Entry.Table)*2 + min(1, uint(r.As)))
				}
				if found = places.Find(found[:0], text); len(found) > 0 {
					size, kind := 0, uint64(0)
					for _, c := range found {
						size = max(size, places.Size(c.ID))
						kind |= 1 << uint64(places.Kind(c.ID))
					}
					what = learn.Mix(what|1<<40, uint64(size/32)|kind<<8)
				}
				end = last
			}
			if what == 0 {
				i++
				continue
			}
			for k := i; k < end; k++ {
				out[k] = learn.Mix(what, uint64(min(k-i, 1))|uint64(min(end-1-k, 1))<<1)
			}
			i = end
		}
	}
	return out
}

// A place in small letters has at most longestSmall words and at least shortestSmall bytes.
const (
	longestSmall  = 2
	shortestSmall = 4
)

// knownSmall is known for places that are written in small letters, as people write on the
// web: «has anyone been to san jose». Ordinary words are left out («mobile», «nice»); heard is
// what raw news makes of each word.
func knownSmall(d *doc.Doc, heard []uint8) []uint64 {
	out := make([]uint64, len(d.Tokens))
	places := gazetteer.Shipped()
	var found []gazetteer.Candidate
	for _, s := range d.Sentences {
		for i := s.First; i < s.Last; {
			n := min(longestSmall, s.Last-i)
			if capital(d.Word(i)) || ordinary(heard[i]) {
				n = 0
			}
			for ; n > 0; n-- {
				text := d.Text[d.Tokens[i].Begin:d.Tokens[i+n-1].End]
				if len(text) < shortestSmall {
					n = 0
					break
				}
				if found = places.Find(found[:0], text); len(found) > 0 {
					break
				}
			}
			if n == 0 {
				i++
				continue
			}
			size := 0
			for _, c := range found {
				size = max(size, places.Size(c.ID))
			}
			for k := range n {
				out[i+k] = learn.Mix(uint64(size/32)+1, uint64(min(k, 1))|uint64(min(n-1-k, 1))<<1)
			}
			i += n
		}
	}
	return out
}
