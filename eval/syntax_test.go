package eval

import (
	"testing"

	"hearsay/doc"
)

// tree makes a document of one sentence from words "form/UPOS/XPOS/lemma/head/rel",
// heads counting from 1; the text is the forms with spaces between.
func tree(words ...[6]string) *doc.Doc {
	text := ""
	var tokens []doc.Token
	for _, w := range words {
		if text != "" {
			text += " "
		}
		begin := len(text)
		text += w[0]
		tokens = append(tokens, doc.Token{Span: doc.Span{Begin: begin, End: len(text)}, UPOS: w[1], XPOS: w[2],
			Lemma: w[3], Head: int(w[4][0]-'0') - 1, Rel: w[5]})
	}
	d := doc.New(text)
	d.Tokens = tokens
	all := doc.Span{End: len(text)}
	d.Blocks = []doc.Block{{Span: all}}
	d.Sentences = []doc.Sentence{{Span: all, Last: len(tokens)}}
	return d
}

func TestGoldWordCounts(t *testing.T) {
	gold := tree([6]string{"Aides", "NOUN", "NNS", "aide", "2", "nsubj"}, [6]string{"left", "VERB", "VBD", "leave", "0", "root"},
		[6]string{"there", "ADV", "RB", "_", "2", "advmod:x"}, [6]string{".", "PUNCT", ".", ".", "2", "punct"})
	pred := tree([6]string{"Aides", "NOUN", "NN", "aide", "2", "obj"}, [6]string{"left", "ADJ", "JJ", "left", "0", "root"},
		[6]string{"there", "ADV", "RB", "there", "2", "advmod"}, [6]string{".", "PUNCT", ".", ".", "1", "punct"})
	for i, want := range []Count{{3, 4, 4}, {2, 4, 4}, {3, 4, 4}, {3, 4, 4}, {1, 4, 4}} {
		if got := GoldWordCounts(gold, pred)[i]; got != want {
			t.Errorf("%s: %v, want %v", goldWordMetrics[i], got, want)
		}
		if got := GoldWordCounts(gold, gold)[i]; got != (Count{4, 4, 4}) {
			t.Errorf("%s of the gold itself: %v", goldWordMetrics[i], got)
		}
	}
}

// words makes a Doc of tokens and sentences that lie at the given offsets.
func words(text string, tokens, sentences []int) *doc.Doc {
	d := doc.New(text)
	for i := 0; i < len(tokens); i += 2 {
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: tokens[i], End: tokens[i+1]}})
	}
	for i := 0; i < len(sentences); i += 2 {
		d.Sentences = append(d.Sentences, doc.Sentence{Span: doc.Span{Begin: sentences[i], End: sentences[i+1]}})
	}
	return d
}

func TestRawCounts(t *testing.T) {
	const text = "I dunno. No."
	gold := words(text, []int{0, 1, 2, 7, 2, 7, 7, 8, 9, 11, 11, 12}, []int{0, 8, 9, 12})
	for _, c := range []struct {
		name             string
		pred             *doc.Doc
		words, sentences Count
	}{
		{"the same", gold, Count{6, 6, 6}, Count{2, 2, 2}},
		{"one word where two share a span", words(text, []int{0, 1, 2, 7, 7, 8, 9, 11, 11, 12}, []int{0, 8, 9, 12}), Count{4, 6, 5}, Count{2, 2, 2}},
		{"a sentence too few, white space at its end", words(text, []int{0, 1, 2, 8, 9, 12}, []int{0, 12}), Count{1, 6, 3}, Count{0, 2, 1}},
		{"trimmed", words(text, []int{0, 1}, []int{0, 9}), Count{1, 6, 1}, Count{1, 2, 1}},
	} {
		got := RawCounts(gold, c.pred)
		if got[0] != c.words || got[1] != c.sentences {
			t.Errorf("%s: %v, want %v %v", c.name, got, c.words, c.sentences)
		}
	}
}

func TestChainBaseline(t *testing.T) {
	gold := tree([6]string{"Aides", "NOUN", "NNS", "aide", "2", "nsubj"}, [6]string{"left", "VERB", "VBD", "leave", "0", "root"},
		[6]string{"Rome", "NOUN", "NN", "Rome", "2", "obj"}, [6]string{"twice", "ADV", "RB", "twice", "3", "obj"})
	trivial := chainBaseline([]*doc.Doc{gold})[0]
	// NOUN twice, NN, NNS, RB and VBD once (NN is first in order), "twice" its own
	// lemma; heads right: Rome and twice; with "obj" both right.
	for i, want := range []Count{{2, 4, 4}, {1, 4, 4}, {1, 4, 4}, {2, 4, 4}, {2, 4, 4}} {
		if got := GoldWordCounts(gold, trivial)[i]; got != want {
			t.Errorf("%s: %v, want %v", goldWordMetrics[i], got, want)
		}
	}
	if gold.Tokens[0].UPOS != "NOUN" || gold.Tokens[1].Head != -1 {
		t.Error("the gold was changed")
	}
}

func TestSpaceBaseline(t *testing.T) {
	d := spaceBaseline([]*doc.Doc{doc.New("Aides left. So\ndid he.\n\nA headline\n\nNo no!")})[0]
	var got []string
	for _, s := range d.Sentences {
		got = append(got, d.Slice(s.Span))
	}
	want := []string{"Aides left.", "So\ndid he.", "A headline", "No no!"}
	if len(got) != len(want) {
		t.Fatalf("%q, want %q", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("sentence %q, want %q", got[i], want[i])
		}
	}
	if len(d.Tokens) != 9 || d.Word(8) != "no!" || d.Tokens[8].End != len(d.Text) {
		t.Errorf("%d words", len(d.Tokens))
	}
}

// [The old man] [said] [on Monday it rained .]
func TestSayBaseline(t *testing.T) {
	d := tree([6]string{"The", "DET", "DT", "the", "3", "det"}, [6]string{"old", "ADJ", "JJ", "old", "3", "amod"},
		[6]string{"man", "NOUN", "NN", "man", "4", "nsubj"}, [6]string{"said", "VERB", "VBD", "say", "0", "root"},
		[6]string{"it", "PRON", "PRP", "it", "6", "nsubj"}, [6]string{"rained", "VERB", "VBD", "rain", "4", "ccomp"})
	got := sayBaseline(d)
	if len(got) != 1 {
		t.Fatalf("%d statements, want 1", len(got))
	}
	s := got[0]
	content := doc.MergeSpans(d.Text, s.Content)
	if d.Slice(s.Source.Span) != "The old man" || d.Slice(s.Cue.Spans[0]) != "said" || len(content) != 1 || d.Slice(content[0]) != "it rained" {
		t.Errorf("source %q, cue %q, content %v", d.Slice(s.Source.Span), d.Slice(s.Cue.Spans[0]), content)
	}
}
