package corpus

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay/doc"
)

// CoNLLU reads a CoNLL-U file: one Doc for each "# newdoc", or one for all. The
// text is rebuilt from the forms and SpaceAfter, a space between sentences and a
// blank line between paragraphs ("# newpar"), which become the blocks. Words of a
// multiword token are adjacent spans where their forms make up its surface, and
// share its span otherwise. Empty nodes are skipped. Meta.Path is the document's
// id. "Entity" in the last field, as GUM has it, fills Mentions and Entities. Errors name the file and line: a line without ten fields, words out of order,
// heads that make no tree, bytes that are not UTF-8.
func CoNLLU(path string) ([]*doc.Doc, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := conllu{path: path}
	scan := bufio.NewScanner(file)
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		r.line++
		line := strings.TrimSuffix(scan.Text(), "\r")
		if r.line == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		if err := r.take(line); err != nil {
			return nil, err
		}
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if err := r.endSentence(); err != nil {
		return nil, err
	}
	r.endDoc()
	if len(r.docs) == 0 {
		return nil, fmt.Errorf("read %s: no sentences", path)
	}
	return r.docs, nil
}

// conllu is the state of reading one file.
type conllu struct {
	path   string
	line   int
	docs   []*doc.Doc
	cur    *doc.Doc
	text   strings.Builder
	newPar bool
	gap    bool // a space is due before the next form
	words  []conlluWord
	tokens []conlluToken
	until  int // last word of the open multiword token
	spans  mentions
}

// conlluWord is one numbered line.
type conlluWord struct {
	doc.Token
	form string
	head int // as written, 0 for the root
}

// conlluToken is a surface token and the words [first, last) it is made of.
type conlluToken struct {
	surface     string
	first, last int
	space       bool
}

// fail returns an error at the line being read.
func (r *conllu) fail(format string, args ...any) error {
	return fmt.Errorf("read %s: line %d: "+format, append([]any{r.path, r.line}, args...)...)
}

// take reads one line.
func (r *conllu) take(line string) error {
	if !utf8.ValidString(line) {
		return r.fail("not UTF-8")
	}
	switch {
	case line == "":
		return r.endSentence()
	case strings.HasPrefix(line, "# newdoc"):
		if err := r.endSentence(); err != nil {
			return err
		}
		r.endDoc()
		r.cur = doc.New("")
		if _, id, ok := strings.Cut(line, "="); ok {
			r.cur.Meta.Path = strings.TrimSpace(id)
		}
		return nil
	case strings.HasPrefix(line, "# newpar") && !strings.HasPrefix(line, "# newpar_"):
		r.newPar = true
		return nil
	case line[0] == '#':
		return nil
	}
	field := strings.Split(line, "\t")
	if len(field) != 10 {
		return r.fail("%d fields, want 10", len(field))
	}
	if strings.TrimSpace(field[1]) == "" {
		return r.fail("no form")
	}
	space, entity := true, ""
	for _, m := range strings.Split(field[9], "|") {
		if m == "SpaceAfter=No" {
			space = false
		} else if e, ok := strings.CutPrefix(m, "Entity="); ok {
			entity = e
		}
	}
	if from, to, ok := strings.Cut(field[0], "-"); ok {
		a, err1 := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || a != len(r.words)+1 || b < a || a <= r.until || b-a > 100 {
			return r.fail("bad range %q", field[0])
		}
		r.tokens = append(r.tokens, conlluToken{field[1], a - 1, b, space})
		r.until = b
		return nil
	}
	if strings.Contains(field[0], ".") {
		return nil // an empty node of the enhanced graph
	}
	id, err := strconv.Atoi(field[0])
	if err != nil || id != len(r.words)+1 {
		return r.fail("word number %q, want %d", field[0], len(r.words)+1)
	}
	head, err := strconv.Atoi(field[6])
	if err != nil {
		return r.fail("head %q is no number", field[6])
	}
	if id > r.until {
		r.tokens = append(r.tokens, conlluToken{field[1], id - 1, id, space})
	}
	r.words = append(r.words, conlluWord{
		Token: doc.Token{UPOS: field[3], XPOS: field[4], Lemma: field[2], Rel: field[7]},
		form:  field[1], head: head})
	if entity != "" {
		at := len(r.words) - 1
		if r.cur != nil {
			at += len(r.cur.Tokens)
		}
		if err := r.spans.take(entity, at); err != nil {
			return r.fail("%v", err)
		}
	}
	return nil
}

// endSentence adds the sentence read so far, if any, to the open document.
func (r *conllu) endSentence() error {
	if len(r.tokens) == 0 {
		return nil
	}
	if err := r.checkTree(); err != nil {
		return err
	}
	if r.cur == nil {
		r.cur = doc.New("")
	}
	d := r.cur
	if r.newPar && r.text.Len() > 0 {
		r.text.WriteString("\n\n")
	} else if r.gap {
		r.text.WriteString(" ")
	}
	begin := r.text.Len()
	if r.newPar || len(d.Blocks) == 0 {
		d.Blocks = append(d.Blocks, doc.Block{Span: doc.Span{Begin: begin}})
	}
	r.newPar = false
	first := len(d.Tokens)
	end := begin
	for i, t := range r.tokens {
		at := r.text.Len()
		r.text.WriteString(t.surface)
		end = r.text.Len()
		forms := ""
		for _, w := range r.words[t.first:t.last] {
			forms += w.form
		}
		for _, w := range r.words[t.first:t.last] {
			tok := w.Token
			tok.Span = doc.Span{Begin: at, End: end}
			if forms == t.surface {
				tok.End = at + len(w.form)
				at = tok.End
			}
			tok.Head = -1
			if w.head > 0 {
				tok.Head = first + w.head - 1
			}
			d.Tokens = append(d.Tokens, tok)
		}
		if i+1 < len(r.tokens) && t.space {
			r.text.WriteString(" ")
		}
		r.gap = t.space
	}
	d.Blocks[len(d.Blocks)-1].End = end
	d.Sentences = append(d.Sentences, doc.Sentence{Span: doc.Span{Begin: begin, End: end},
		First: first, Last: len(d.Tokens), Block: len(d.Blocks) - 1})
	r.words, r.tokens, r.until = r.words[:0], r.tokens[:0], 0
	return nil
}

// checkTree says what is wrong with the sentence's heads and ranges. The line
// named is the one after the sentence.
func (r *conllu) checkTree() error {
	if r.until > len(r.words) {
		return r.fail("a range ends after its sentence")
	}
	for i, w := range r.words {
		if w.head < 0 || w.head > len(r.words) {
			return r.fail("word %d: head %d is outside the sentence", i+1, w.head)
		}
		steps, up := 0, w.head
		for up > 0 && steps <= len(r.words) {
			up = r.words[up-1].head
			if up < 0 || up > len(r.words) {
				break // named when its own turn comes
			}
			steps++
		}
		if steps > len(r.words) {
			return r.fail("word %d: its heads go round in a circle", i+1)
		}
	}
	return nil
}

// endDoc closes the open document. One without sentences is dropped.
func (r *conllu) endDoc() {
	if r.cur == nil {
		return
	}
	r.cur.Text = r.text.String()
	if len(r.cur.Sentences) > 0 {
		r.spans.give(r.cur)
		r.docs = append(r.docs, r.cur)
	}
	r.spans = mentions{}
	r.cur, r.newPar, r.gap = nil, false, false
	r.text.Reset()
}
