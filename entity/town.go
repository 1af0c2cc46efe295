package entity

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"hearsay/doc"
	"hearsay/lexicon/gazetteer"
)

// townsApart makes two names of a town and the region or country that it lies in where the
// tagger made one: «we live in San Rafael California», as people write on the web. With a
// comma between them the tagger knows.
func townsApart(d *doc.Doc) {
	for k := 0; k < len(d.Names); k++ {
		n := d.Names[k]
		if n.Type != doc.Location {
			continue
		}
		if at := inside(d, n.Span); at > n.Begin {
			d.Names[k].End = at - trailing(d.Text[n.Begin:at])
			d.Names = slices.Insert(d.Names, k+1, doc.Name{Type: doc.Location, Span: doc.Span{Begin: at, End: n.End}})
			k++
		}
	}
}

// trailing returns how many bytes of space end s.
func trailing(s string) int {
	n := 0
	for n < len(s) && s[len(s)-1-n] == ' ' {
		n++
	}
	return n
}

// inside returns where in the name of a town the name of what it lies in begins, 0 where it
// has none or where the gazetteer knows the whole («Quebec City»).
func inside(d *doc.Doc, name doc.Span) int {
	places, text := gazetteer.Shipped(), d.Slice(name)
	var around, towns []gazetteer.Candidate
	for cut := 1; cut < len(text); cut++ {
		if r, _ := utf8.DecodeRuneInString(text[cut:]); text[cut-1] != ' ' || !unicode.IsLetter(r) {
			continue
		}
		if r, _ := utf8.DecodeLastRuneInString(text[:cut-trailing(text[:cut])]); !unicode.IsLetter(r) {
			continue
		}
		state := text[cut:]
		around = places.Find(around[:0], state)
		if id, ok := places.Abbreviation(gazetteer.Fold(state)); ok {
			around = append(around, gazetteer.Candidate{ID: id})
		}
		for _, s := range around {
			if kind := places.Kind(s.ID); kind != gazetteer.Country && kind != gazetteer.Region {
				continue
			}
			towns = places.Find(towns[:0], text[:cut])
			for _, t := range towns {
				country, region, _ := places.Lies(t.ID)
				if places.Kind(t.ID).Populated() && (country == s.ID || region == s.ID) && len(places.Find(nil, text)) == 0 {
					return name.Begin + cut
				}
			}
		}
	}
	return 0
}
