package place

import (
	"strings"
	"unicode"

	"hearsay/lexicon/gazetteer"
)

// option is a place that a name may stand for, with what speaks for it before the rest
// of the article is heard.
type option struct {
	id    gazetteer.ID
	kind  gazetteer.Kind
	prior float64
	score float64
	share float64 // of all options, when they are heard as witnesses for other names
	root  float64 // of share
	point vector
}

// maxOptions bounds the options of a name; of more, those with the best priors stay.
const maxOptions = 256

// directions stand before the name of a place and leave it where it is, more or less:
// "northern Virginia", "downtown Lowell".
var directions = words(`north south east west northern southern eastern western northeast northwest southeast southwest
	northeastern northwestern southeastern southwestern central upper lower greater downtown uptown midtown metro metropolitan
	suburban rural mainland inner outer mid coastal old far`)

// heads stand before "of": "the city of Leeds", "the state of Kansas".
var heads = words(`city town village county state province republic kingdom island borough township district region
	parish commonwealth port municipality territory emirate gulf`)

// tails stand behind: "Cook County", "Kandahar province", "Mexico City". Each has the
// kinds of place that are left when it is taken away; 0 is any.
var tails = map[string]gazetteer.Kind{"county": gazetteer.County, "parish": gazetteer.County, "counties": gazetteer.County,
	"borough": gazetteer.County, "district": gazetteer.County, "province": gazetteer.Region, "state": gazetteer.Region,
	"oblast": gazetteer.Region, "governorate": gazetteer.Region, "prefecture": gazetteer.Region, "region": gazetteer.Region, "republic": gazetteer.Region,
	"city": gazetteer.City, "town": gazetteer.City, "village": gazetteer.City, "township": gazetteer.City, "twp": gazetteer.City,
	"co": gazetteer.County, "area": 0, "metro": 0, "suburb": 0, "peninsula": 0, "valley": 0, "island": 0, "islands": 0, "coast": 0, "metropolitan": 0,
	"airport": 0, "international": 0, "beach": 0, "north": 0, "south": 0, "east": 0, "west": 0, "river": 0, "bay": 0, "harbor": 0,
	"harbour": 0, "refugee": 0, "camp": 0, "downtown": 0}

func words(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// finder looks names up. It holds room that is used again.
type finder struct {
	g    *gazetteer.Gazetteer
	key  []byte
	cand []gazetteer.Candidate
}

// options returns the places that a name in the text may stand for: under the whole
// name if there are any, else under what is left without the words around it.
func (f *finder) options(name string) []option {
	name = bareName(name)
	f.key = gazetteer.AppendFold(f.key[:0], name)
	key := string(f.key)
	if key == "" {
		return nil
	}
	if region, ok := abbreviated(f.g, name, key); ok {
		return f.take([]gazetteer.Candidate{{ID: region}}, 0, 0)
	}
	f.cand = f.g.FindFolded(f.cand[:0], f.key)
	if n := len(f.cand); n > 0 {
		return f.take(f.cand, 0, 0)
	}
	loss := 0.0
	var want gazetteer.Kind
	for range 4 {
		word := strings.Fields(key)
		first, last := word[0], word[len(word)-1]
		n := len(word)
		switch {
		case n > 2 && heads[first] && word[1] == "of":
			key = strings.Join(word[2:], " ")
			if k := tails[first]; k != 0 {
				want = k
			}
		case n > 1 && first == "county": // "County Cork"
			key, want = strings.Join(word[1:], " "), gazetteer.County
		case n > 1 && hasTail(last):
			key = strings.Join(word[:n-1], " ")
			if k := tails[last]; k != 0 {
				want = k
			}
		case n > 1 && directions[first]:
			key = strings.Join(word[1:], " ")
		default:
			return nil
		}
		loss++
		f.cand = f.g.FindFolded(f.cand[:0], []byte(key))
		if len(f.cand) > 0 {
			return f.take(f.cand, want, loss)
		}
	}
	return nil
}

// anyOptions is options, and for a word that belongs to a place the place as well:
// "Russian", "Canadian" (which is also a town in Texas).
func (f *finder) anyOptions(name string) []option {
	list := f.options(name)
	id, ok := f.g.Adjective(bareName(name))
	if !ok {
		return list
	}
	return append(list, f.take([]gazetteer.Candidate{{ID: id}}, 0, 0)...)
}

func hasTail(w string) bool { _, ok := tails[w]; return ok }

// bareName takes away what is not the name: a possessive, brackets, a full stop that
// ends the sentence.
func bareName(s string) string {
	s = strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'“”‘’()[],;:-–—`, r)
	})
	for _, p := range []string{"'s", "’s", "'S", "’S"} {
		if cut, ok := strings.CutSuffix(s, p); ok {
			return cut
		}
	}
	return s
}

// abbreviated reads a short form of a region that stands alone: "Calif.", "Pa.", "NY".
// A form that is a word needs its full stop, and one of two letters without a stop two
// capitals: "Miss." and "La." but not "Miss" and "La".
func abbreviated(g *gazetteer.Gazetteer, name, key string) (gazetteer.ID, bool) {
	if len(key) > 5 || name == "L.A." || !strings.Contains(name, ".") && (len(name) != 2 || strings.ToUpper(name) != name) {
		return 0, false
	}
	return g.Abbreviation(key)
}

// take turns candidates into options, of one kind if there are any of it.
func (f *finder) take(cand []gazetteer.Candidate, want gazetteer.Kind, loss float64) []option {
	out := make([]option, 0, len(cand))
	found := false
	for _, c := range cand {
		kind := f.g.Kind(c.ID)
		fits := want == 0 || kind == want || want == gazetteer.City && kind.Populated() ||
			want == gazetteer.County && kind == gazetteer.Region
		if found && !fits {
			continue
		}
		if fits && !found {
			found, out = true, out[:0]
		}
		lat, lon := f.g.Degrees(c.ID)
		o := option{id: c.ID, kind: kind, point: onSphere(lat, lon)}
		o.prior = prior(kind, f.g.Size(c.ID)) - weights.loss*loss
		if c.Alternate {
			o.prior -= weights.alternate
		}
		out = append(out, o)
	}
	demoteNamesakes(f.g, out)
	if len(out) > maxOptions {
		sortByPrior(out)
		out = out[:maxOptions]
	}
	return out
}
