package eval

import (
	"fmt"
	"path/filepath"
	"slices"
	"unicode"
	"unicode/utf8"

	"hearsay/corpus"
	"hearsay/doc"
)

// nameTypes are the types that both name corpora mark.
var nameTypes = []doc.EntityType{doc.Person, doc.Organization, doc.Location}

// nameMetrics are the figures of names: all types together, then each.
var nameMetrics = []string{"names", "person", "organization", "place"}

// named is a name as it is compared: its words and its type.
type named struct {
	doc.Span
	doc.EntityType
}

// NameCounts scores the names of one document, in the order of nameMetrics: the same
// span and the same type is right (CoNLL 2003). Types that the corpora do not mark
// are left out; a state is a place.
func NameCounts(gold, pred *doc.Doc) []Count {
	counts := make([]Count, len(nameMetrics))
	sets := func(d *doc.Doc, t doc.EntityType) map[named]bool {
		out := map[named]bool{}
		for _, n := range d.Names {
			kind := n.Type
			if kind == doc.Country {
				kind = doc.Location
			}
			if kind == t {
				out[named{n.Span, kind}] = true
			}
		}
		return out
	}
	for k, t := range nameTypes {
		counts[k+1] = common(sets(gold, t), sets(pred, t))
		counts[0] = counts[0].add(counts[k+1])
	}
	return counts
}

// readNames reads the dev part of a corpus of names.
func readNames(name string, parts []string) (gold []*doc.Doc, err error) {
	for _, part := range parts {
		if name == "worldwide-ner" {
			docs, err := corpus.Worldwide(part)
			if err != nil {
				return nil, err
			}
			gold = append(gold, docs...)
			continue
		}
		files, err := filesOf(part)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			if filepath.Ext(file) != ".iob2" {
				continue
			}
			docs, err := corpus.UNER(file)
			if err != nil {
				return nil, err
			}
			gold = append(gold, docs...)
		}
	}
	return gold, nil
}

func (r *Report) names(c Config, read Reader, name string, parts []string) error {
	gold, err := readNames(name, parts)
	if err != nil {
		return err
	}
	if len(gold) == 0 {
		return fmt.Errorf("%s: its dev part is empty", name)
	}
	pred, raw := goldWords(gold), bare(gold)
	each(c, pred, name+" dev, gold words", read.Names)
	each(c, raw, name+" dev, raw", read.Read)
	trivial := goldWords(gold)
	for _, d := range trivial {
		d.Names = capitalBaseline(d)
	}
	rows := table("names", name, "dev", nameMetrics, score(gold, pred, NameCounts))
	base := table("names", name, "dev", nameMetrics, score(gold, trivial, NameCounts))
	for i := range rows {
		rows[i].Baseline = &base[i].Value
	}
	rows = append(rows, table("names", name, "dev/raw", nameMetrics[:1], score(gold, raw, NameCounts))...)
	r.Rows = append(r.Rows, rows...)
	return nil
}

// capitalBaseline takes runs of capitalised words that do not begin a sentence for
// names, of people where there are two and of places otherwise.
func capitalBaseline(d *doc.Doc) (out []doc.Name) {
	capital := func(i int) bool {
		r, _ := utf8.DecodeRuneInString(d.Word(i))
		return unicode.IsUpper(r)
	}
	for _, s := range d.Sentences {
		for i := s.First + 1; i < s.Last; i++ {
			first := i
			for i < s.Last && capital(i) {
				i++
			}
			if i == first {
				continue
			}
			kind := doc.Location
			if i-first == 2 {
				kind = doc.Person
			}
			out = append(out, doc.Name{Type: kind, Span: doc.Span{Begin: d.Tokens[first].Begin, End: d.Tokens[i-1].End}})
		}
	}
	return slices.Clip(out)
}
