package corpus

import (
	"strings"

	"hearsay/doc"
)

// givenWords lays out text that a corpus gives as words, sentence by sentence, as news is
// printed. Each sentence is a block of its own unless it is joined to the one before.
type givenWords struct {
	d    *doc.Doc
	text strings.Builder
}

// bracketNames are the names that treebanks give to brackets and quotation marks.
var bracketNames = map[string]string{"``": `"`, "''": `"`, "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}

// sentence appends the words and returns for each the first token that it became: "hasn't"
// is the two tokens "has" and "n't".
func (g *givenWords) sentence(words []string, newBlock bool) []int {
	d := g.d
	if newBlock || len(d.Blocks) == 0 {
		if g.text.Len() > 0 {
			g.text.WriteString("\n\n")
		}
		d.Blocks = append(d.Blocks, doc.Block{Span: doc.Span{Begin: g.text.Len()}})
	} else {
		g.text.WriteByte(' ')
	}
	s := doc.Sentence{Span: doc.Span{Begin: g.text.Len()}, First: len(d.Tokens), Block: len(d.Blocks) - 1}
	at := make([]int, len(words))
	open, before := false, ""
	for i, w := range words {
		if name, ok := bracketNames[w]; ok {
			w = name
		}
		at[i] = len(d.Tokens)
		if i > 0 && spaced(before, w, open) {
			g.text.WriteByte(' ')
		}
		if w == `"` {
			open = !open
		}
		before = w
		if head, tail := cutNot(w); head != "" {
			g.token(head)
			w = tail
		}
		g.token(w)
	}
	s.End, s.Last = g.text.Len(), len(d.Tokens)
	d.Sentences = append(d.Sentences, s)
	d.Blocks[len(d.Blocks)-1].End = s.End
	return at
}

func (g *givenWords) token(w string) {
	begin := g.text.Len()
	g.text.WriteString(w)
	g.d.Tokens = append(g.d.Tokens, doc.Token{Span: doc.Span{Begin: begin, End: g.text.Len()}, Head: -1})
}

// finish returns the Doc with its text.
func (g *givenWords) finish() *doc.Doc {
	g.d.Text = g.text.String()
	return g.d
}

// cutNot cuts "n't" off a verb.
func cutNot(w string) (head, tail string) {
	for _, not := range []string{"n't", "n’t"} {
		if head, ok := strings.CutSuffix(w, not); ok && head != "" {
			return head, not
		}
	}
	return "", ""
}
