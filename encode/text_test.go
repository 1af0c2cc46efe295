package encode

import (
	"math/rand/v2"
	"strings"
	"testing"

	"hearsay/doc"
)

// article returns a Doc whose sentences stand on lines of their own, their words apart. An empty line ends a block.
func article(text string) *doc.Doc {
	d := doc.New(text)
	at, block := 0, 0
	for line := range strings.SplitSeq(text, "\n") {
		begin := at
		first := len(d.Tokens)
		for word := range strings.SplitSeq(line, " ") {
			if word != "" {
				d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: at, End: at + len(word)}, Head: -1})
			}
			at += len(word) + 1
		}
		if len(d.Tokens) == first {
			block++
			continue
		}
		d.Sentences = append(d.Sentences, doc.Sentence{Span: doc.Span{Begin: begin, End: at - 1}, First: first, Last: len(d.Tokens), Block: block})
	}
	return d
}

// invented returns articles in a language of sixty words, in which a word tells much of the next: who speaks of what.
func invented(seed uint64, articles, sentences int) []*doc.Doc {
	rng := rand.New(rand.NewPCG(seed, 0))
	one := func(words ...string) string { return words[rng.IntN(len(words))] }
	var docs []*doc.Doc
	for range articles {
		var b strings.Builder
		for range sentences {
			switch rng.IntN(3) {
			case 0:
				b.WriteString(one("The minister", "The mayor", "A spokesman", "Aides", "Officials") + " " + one("said", "told reporters", "insisted") + " that the " +
					one("budget", "bill", "plan") + " would " + one("pass", "fail", "change") + " " + one("soon", "in May", "in 2021") + " .")
			case 1:
				b.WriteString("“ " + one("We", "They", "You") + " " + one("win", "lose", "wait") + " , ” " + one("Smith", "Jones", "Müller") + " " + one("said", "added") + " .")
			default:
				b.WriteString(one("Rain", "Snow", "Wind") + " " + one("fell on", "passed over", "missed") + " " + one("Paris", "London", "Oslo") + " " + one("on Monday", "on Friday", "today") + " .")
			}
			b.WriteString("\n")
			if rng.IntN(4) == 0 {
				b.WriteString("\n")
			}
		}
		docs = append(docs, article(b.String()))
	}
	return docs
}

// small lowers what Pretrain takes for granted about the size of its text, until the test ends.
func small(t *testing.T) {
	t.Helper()
	was := [...]int{minCount, chunkSize, partSize, reported}
	minCount, chunkSize, partSize, reported = 3, 12, 10, 1
	t.Cleanup(func() { minCount, chunkSize, partSize, reported = was[0], was[1], was[2], was[3] })
}

// text returns a Text of docs.
func text(docs []*doc.Doc) *Text {
	t := NewText()
	for _, d := range docs {
		t.Add(d)
	}
	return t
}
