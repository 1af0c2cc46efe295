package entity_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/entity"
	"hearsay/extract"
	"hearsay/lexicon/kb"
)

// named is an article that names two people and a body again and again, of invention.
const named = `Senator Mira Toll met Anselm Brodt in Arden on Monday. Toll asked Brodt for his books.

Brodt gave Toll two boxes. The Coastal Safety Agency had asked for Brodt's papers before. “Brodt hid nothing,” his lawyer said.

On Friday, Toll thanked Brodt. The Coastal Safety Agency did not thank Toll or Brodt. Toll's staff read all papers.

Brodt left Arden for good. Toll stayed. A clerk of the Coastal Safety Agency drove Brodt home. Karl Ek watched Toll.
`

// TestMask checks that what stands outside of the masked names is untouched, and that
// each place says what stands there and who stood there.
func TestMask(t *testing.T) {
	r := shipped(t)
	d := doc.New(named)
	extract.Layout(d)
	r.Annotate(d)
	known := kb.Shipped()
	pronouns := strings.Fields("he she him her his it its")
	all, described := 0, 0
	for seed := range uint64(60) {
		text, masked := entity.Mask(d, known, rand.New(rand.NewPCG(seed, 1)))
		if again, _ := entity.Mask(d, known, rand.New(rand.NewPCG(seed, 1))); again != text {
			t.Fatalf("seed %d gives two texts", seed)
		}
		if len(masked) > 4 {
			t.Errorf("seed %d: %d names are masked", seed, len(masked))
		}
		at, from := 0, 0 // in text, and in the article
		for k, m := range masked {
			all++
			if m.Head.Begin < at || m.Head.End > len(text) || m.Head.Empty() {
				t.Fatalf("seed %d: place %d is %v in %d bytes", seed, k, m.Head, len(text))
			}
			begin, end := m.Head.Begin, m.Head.End
			word := text[begin:end]
			if !slices.Contains(pronouns, strings.ToLower(word)) {
				described++
				if begin -= len("the "); !strings.EqualFold(text[begin:begin+4], "the ") || strings.ContainsAny(word, " ’'") {
					t.Fatalf("seed %d: %q is no pronoun and no noun with an article", seed, word)
				}
				if strings.HasPrefix(text[end:], "'s") {
					end += 2
				}
			}
			// What stands before is the article's, and so is what follows the name.
			before := text[at:begin]
			if !strings.HasPrefix(named[from:], before) {
				t.Fatalf("seed %d: before %q stands %q, want what %.60q begins with", seed, word, before, named[from:])
			}
			from += len(before)
			name := m.Key[1:]
			i := strings.Index(strings.ToLower(named[from:]), name)
			if i < 0 || i > len("Senator Mira ") {
				t.Fatalf("seed %d: %q stands for %q, and the article has %.60q", seed, word, m.Key, named[from:])
			}
			from += i + len(name)
			from += len(named[from:]) - len(strings.TrimPrefix(named[from:], "'s"))
			at = end
		}
		if text[at:] != named[from:] {
			t.Errorf("seed %d: ends in %.60q, want %.60q", seed, text[at:], named[from:])
		}
	}
	if all < 60 || described == 0 || described == all {
		t.Errorf("%d names masked, %d of them by descriptions", all, described)
	}
}

// TestMaskedLesson reads a masked article again: what is known of each masked word is
// whom the article names elsewhere.
func TestMaskedLesson(t *testing.T) {
	r := shipped(t)
	d := doc.New(named)
	extract.Layout(d)
	r.Annotate(d)
	text, masked := entity.Mask(d, kb.Shipped(), rand.New(rand.NewPCG(3, 1)))
	if len(masked) == 0 {
		t.Fatal("nothing is masked")
	}
	again := doc.New(text)
	extract.Layout(again)
	r.Annotate(again)
	l := entity.MaskedLesson(again, masked, kb.Shipped())
	if len(l.Only) != len(masked) || l.Doc != again {
		t.Fatalf("%d words are learnt of %d", len(l.Only), len(masked))
	}
	for k, m := range masked {
		g, ok := l.Groups[m.Head]
		if !ok || l.Only[k] != m.Head {
			t.Errorf("%q is not learnt", text[m.Head.Begin:m.Head.End])
			continue
		}
		found := false
		for span, o := range l.Groups {
			found = found || o == g && span != m.Head && strings.Contains(strings.ToLower(m.Key), strings.ToLower(text[span.Begin:span.End]))
		}
		if !found {
			t.Errorf("%q stands for %q, which names nobody in the lesson", text[m.Head.Begin:m.Head.End], m.Key)
		}
	}
}

// Nothing can be masked where nobody is named twice.
func TestMaskNothing(t *testing.T) {
	r := shipped(t)
	for _, text := range []string{"", "Rain fell.", "Mira Toll met Anselm Brodt. He left."} {
		d := doc.New(text)
		extract.Layout(d)
		r.Annotate(d)
		if got, masked := entity.Mask(d, kb.Shipped(), rand.New(rand.NewPCG(1, 1))); got != text || masked != nil {
			t.Errorf("%q became %q", text, got)
		}
	}
}
