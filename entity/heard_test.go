package entity

import (
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/learn/net"
	"hearsay/lexicon/kb"
)

// told returns what was heard in the lines, read back from its section.
func told(t *testing.T, lines ...string) *heard {
	t.Helper()
	h := NewHeard()
	for _, l := range lines {
		h.Hear(line(l))
	}
	out, err := heardOf(h.Section().Data)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestHeard(t *testing.T) {
	h := told(t,
		"[person Mira Toll] bought [organization Blue Heron] paint",
		"the [organization Blue Heron] shop is blue",
		"[person Mira] saw a [organization Heron Lake Bank] clerk")
	for _, c := range []struct {
		word  string
		heard bool
	}{
		{"mira", true}, {"heron", true}, {"blue", true},
		{"toll", false}, // once is not enough
		{"shop", false}, {"lake", false}, {"nowhere", false},
	} {
		if got := h.of(learn.Hash(c.word)); got != 0 != c.heard {
			t.Errorf("%q has value %d, heard %v", c.word, got, c.heard)
		}
	}
	if h.of(learn.Hash("mira")) == h.of(learn.Hash("heron")) {
		t.Error("a person and a company are the same")
	}
}

// Runs are found in any case, the longest from left to right.
func TestHeardRuns(t *testing.T) {
	name := "at [organization Blue Heron] and [organization Blue Heron Paint Works]"
	h := told(t, name, name)
	for _, c := range []struct{ text, inside string }{
		{"i like blue heron .", "blue heron"},
		{"Blue Heron Paint Works", "Blue Heron Paint Works"},
		{"blue heron paint", "blue heron"},
		{"blue paint heron", ""},
		{"heron blue heron", "blue heron"},
	} {
		d := line(c.text)
		v := newView(d, kb.Shipped())
		v.listen(h)
		var inside []string
		for i := range d.Tokens {
			if v.runs[i] != 0 {
				inside = append(inside, d.Word(i))
			}
		}
		if got := strings.Join(inside, " "); got != c.inside {
			t.Errorf("%q: run %q, want %q", c.text, got, c.inside)
		}
	}
	d := line("blue heron paint works")
	v := newView(d, kb.Shipped())
	v.listen(h)
	if v.runs[0] == v.runs[1] || v.runs[1] != v.runs[2] || v.runs[2] == v.runs[3] {
		t.Errorf("places in the run: %v", v.runs)
	}
}

func TestHeardValue(t *testing.T) {
	word := func(all, begin, inside int) *heardWord {
		w := &heardWord{all: all}
		w.begin[1], w.inside[1] = begin, inside
		return w
	}
	base, _ := word(10, 5, 0).value()
	for _, c := range []struct {
		name string
		w    *heardWord
		same bool
	}{
		{"twice as often", word(20, 10, 0), false},
		{"a little more often", word(12, 6, 0), true},
		{"inside of names", word(10, 0, 5), false},
		{"a word of its own as a rule", word(100, 5, 0), false},
		{"nothing but a name", word(5, 5, 0), false},
	} {
		if got, ok := c.w.value(); !ok || got == base != c.same {
			t.Errorf("%s: value %d beside %d", c.name, got, base)
		}
	}
	other := word(10, 5, 0)
	other.begin[0] = 4
	if got, _ := other.value(); got == base {
		t.Error("a word of two types has the value of one")
	}
	once := word(10, 1, 0)
	if _, ok := once.value(); ok {
		t.Error("a word that was a name once has a value")
	}
	once.small = fewestPlain
	if got, ok := once.value(); !ok || got != plainWord || !ordinary(got) {
		t.Errorf("an ordinary word has value %d", got)
	}
	if rare, _ := word(100, 5, 0).value(); ordinary(rare) {
		t.Error("a word that is one time in twenty a name is ordinary")
	}
	if rare, _ := word(101, 5, 0).value(); !ordinary(rare) {
		t.Error("a word that is hardly ever a name is not ordinary")
	}
}

// The longest value has room in a byte, and is not 0.
func TestHeardRoom(t *testing.T) {
	w := &heardWord{all: 9}
	w.begin[len(tagTypes)-1] = 9
	if got, _ := w.value(); got != 16*2*uint8(len(tagTypes)) {
		t.Errorf("value %d", got)
	}
}

func TestHeardBroken(t *testing.T) {
	for name, b := range map[string][]byte{
		"a byte short":  {1, 0, 0, 0},
		"out of order":  {2, 0, 0, 0, 1, 0, 0, 0, 7, 7},
		"the same keys": {2, 0, 0, 0, 2, 0, 0, 0, 7, 7},
	} {
		if _, err := heardOf(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// FuzzHeard finds what a table has, and nothing else, whatever its keys are.
func FuzzHeard(f *testing.F) {
	f.Add([]byte{2, 0, 0, 0, 9, 0, 0, 128, 7, 8}, uint64(3))
	f.Add([]byte{}, uint64(0))
	f.Fuzz(func(t *testing.T, b []byte, hash uint64) {
		h, err := heardOf(b)
		if err != nil {
			return
		}
		want := uint8(0)
		for i, v := range h.values {
			if h.key(i) == keyOf(hash) {
				want = v
			}
		}
		if got := h.of(hash); got != want {
			t.Fatalf("value %d, want %d", got, want)
		}
	})
}

// Places are known in small letters as well, but for ordinary words.
func TestKnownSmall(t *testing.T) {
	h := told(t, "a nice day", "a nice man", "how nice")
	for _, c := range []struct{ text, places string }{
		{"we flew to chicago", "chicago"},
		{"a week in new delhi then", "new delhi"},
		{"who is it", ""},
		{"Chicago is large", ""}, // is for known
		{"it is nice in marseille", "marseille"},
	} {
		d := line(c.text)
		v := newView(d, kb.Shipped())
		v.listen(h)
		var found []string
		for i, x := range v.small {
			if x != 0 {
				found = append(found, d.Word(i))
			}
		}
		if got := strings.Join(found, " "); got != c.places {
			t.Errorf("%q: %q, want %q", c.text, got, c.places)
		}
	}
}

// A name without a type is a group or something else; a word outside of names may be of
// what was not marked.
func TestSee(t *testing.T) {
	d := line("[person Mira] met [ Blue Finns] again")
	trainer := NewNameTrainer(net.NewParams(1), smallDim)
	trainer.See([]*doc.Doc{d}, doc.Person, doc.Organization, doc.Location, doc.Other)
	person, group, other := 0, 3, 4
	got := trainer.lessons[d].may
	open := uint32(1 | 1<<beginOf(group) | 1<<insideOf(group))
	for i, want := range []uint32{
		1 << beginOf(person), open,
		1<<beginOf(group) | 1<<beginOf(other), 1<<insideOf(group) | 1<<insideOf(other), open,
	} {
		if got[i] != want {
			t.Errorf("%s: %b, want %b", d.Word(i), got[i], want)
		}
	}
}

// An opinion learns the names that it is shown.
func TestOpinionLearns(t *testing.T) {
	var docs []*doc.Doc
	for k := range 12 {
		d := line("[person Mira Toll] met [organization Blue Heron] again")
		if k%2 == 1 {
			d = line("again [organization Blue Heron] met [person Mira Toll]")
		}
		vectors(d, &d.Vectors, uint64(k))
		docs = append(docs, d)
	}
	trainer, err := NewOpinion(smallDim, NewHeard().Section(), 1)
	if err != nil {
		t.Fatal(err)
	}
	trainer.See(docs, tagTypes[:]...)
	loss := func() float64 {
		s := net.NewShard(trainer.params, 0)
		s.Train = false
		windows := docs[0].Windows(nil)
		trainer.Loss(s, vectorsOf(s, windows), windows)
		return s.Loss
	}
	before := loss()
	trainer.Train(docs, docs[:1], learn.Options{Seed: 1, Epochs: 500})
	if after := loss(); after > before/2 {
		t.Errorf("loss %.3f, %.3f before", after, before)
	}
}
