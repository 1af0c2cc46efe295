package corpus

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"hearsay/doc"
)

// nameTypes says what the labels of the name corpora are here. A label that is not
// in the table marks no name (dates, amounts); the empty type is a name of none of the
// kinds that have labels of their own.
// Facilities are places; parties are organizations.
var nameTypes = map[string]doc.EntityType{
	"PER": doc.Person, "ORG": doc.Organization, "LOC": doc.Location,
	"Person": doc.Person, "Organization": doc.Organization, "Location": doc.Location, "Facility": doc.Location,
	"NORP": doc.Group, "Misc": doc.Other, "Product": doc.Other, "OTH": "",
	"person": doc.Person, "politician": doc.Person, "organisation": doc.Organization, "politicalparty": doc.Organization,
	"country": doc.Location, "location": doc.Location, "election": doc.Other, "event": doc.Other, "misc": "",
}

// UNER reads a file of Universal NER: IOB2, a numbered word and its label to a line,
// sentences with "# text". Each "# newdoc" is a Doc with Names, Sentences and Tokens
// that are spans alone. Errors name the file and line.
func UNER(path string) ([]*doc.Doc, error) { return iob(path, 1, 2) }

// CrossNER reads a file of CrossNER: a word and its label to a line, a blank line
// between sentences, which have nothing to do with each other: each is a Doc.
func CrossNER(path string) ([]*doc.Doc, error) {
	docs, err := iob(path, 0, 1)
	if err != nil || len(docs) == 0 {
		return nil, err
	}
	return apart(docs[0]), nil
}

// Worldwide reads a part of the Worldwide English Newswire corpus: a folder of
// articles, a word and its label to a line, a blank line between sentences.
func Worldwide(dir string) ([]*doc.Doc, error) {
	paths, err := files(dir)
	if err != nil {
		return nil, fmt.Errorf("read worldwide-ner: %w", err)
	}
	var docs []*doc.Doc
	for _, path := range paths {
		if filepath.Ext(path) != ".tsv" {
			continue
		}
		one, err := iob(path, 0, 1)
		if err != nil {
			return nil, err
		}
		docs = append(docs, one...)
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("read %s: no articles", dir)
	}
	return docs, nil
}

// iob reads a file whose lines have the word and its label in the given columns. A
// sentence without "# text" is written as news is printed: no space before a comma.
func iob(path string, word, label int) ([]*doc.Doc, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	var docs []*doc.Doc
	b := new(iobDoc)
	text, line := "", 0
	var words, labels []string
	sentence := func() error {
		if len(words) > 0 {
			if err := b.add(words, labels, text); err != nil {
				return fmt.Errorf("read %s: line %d: %w", path, line, err)
			}
		}
		words, labels, text = words[:0], labels[:0], ""
		return nil
	}
	finish := func() {
		if len(b.d.Sentences) > 0 {
			b.d.Text = b.text.String()
			b.d.Blocks = []doc.Block{{Span: doc.Span{End: len(b.d.Text)}}}
			docs = append(docs, &b.d)
		}
		b = new(iobDoc)
	}
	scan := bufio.NewScanner(file)
	scan.Buffer(nil, 1<<22)
	id := path
	for scan.Scan() {
		line++
		l := strings.TrimPrefix(strings.TrimRight(scan.Text(), "\r"), "\ufeff")
		if !utf8.ValidString(l) {
			return nil, fmt.Errorf("read %s: line %d: not UTF-8", path, line)
		}
		switch {
		case strings.TrimSpace(l) == "":
			if err := sentence(); err != nil {
				return nil, err
			}
		case strings.HasPrefix(l, "# newdoc"):
			finish()
			if _, name, ok := strings.Cut(l, "= "); ok {
				id = name
			}
		case strings.HasPrefix(l, "# text = "):
			text = strings.TrimPrefix(l, "# text = ")
		case l[0] == '#' && strings.Contains(l, " = "):
		default:
			field := strings.Split(l, "\t")
			if len(field) <= label || field[word] == "" {
				return nil, fmt.Errorf("read %s: line %d: %d columns, want a word and its label", path, line, len(field))
			}
			words, labels = append(words, field[word]), append(labels, field[label])
		}
		b.d.Meta.Path = id
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if err := sentence(); err != nil {
		return nil, err
	}
	finish()
	if len(docs) == 0 {
		return nil, fmt.Errorf("read %s: no sentences", path)
	}
	return docs, nil
}

// iobDoc is a Doc that grows by sentences.
type iobDoc struct {
	d    doc.Doc
	text strings.Builder
}

// add appends a sentence. Where text is given, the words are found in it.
func (b *iobDoc) add(words, labels []string, text string) error {
	d := &b.d
	if b.text.Len() > 0 {
		b.text.WriteByte(' ')
	}
	begin, first := b.text.Len(), len(d.Tokens)
	at, open := 0, false // an opened quotation mark takes no space after it
	for i, w := range words {
		from := b.text.Len()
		if text != "" {
			k := strings.Index(text[at:], w)
			if k < 0 || strings.TrimSpace(text[at:at+k]) != "" {
				return fmt.Errorf("word %q does not follow in the text", w)
			}
			b.text.WriteString(text[at : at+k+len(w)])
			from += k
			at += k + len(w)
		} else {
			if i > 0 && spaced(words[i-1], w, open) {
				b.text.WriteByte(' ')
				from++
			}
			b.text.WriteString(w)
			if w == `"` {
				open = !open
			}
		}
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: from, End: b.text.Len()}, Head: -1})
	}
	d.Sentences = append(d.Sentences, doc.Sentence{Span: doc.Span{Begin: begin, End: b.text.Len()}, First: first, Last: len(d.Tokens)})
	for i := 0; i < len(labels); {
		kind, ok := strings.CutPrefix(labels[i], "B-")
		if !ok {
			if strings.HasPrefix(labels[i], "I-") {
				kind, ok = labels[i][2:], true // begins without a B
			} else if labels[i] != "O" {
				return fmt.Errorf("label %q", labels[i])
			}
		}
		end := i + 1
		for ok && end < len(labels) && labels[end] == "I-"+kind {
			end++
		}
		if t, known := nameTypes[kind]; ok && known {
			d.Names = append(d.Names, doc.Name{Type: t, Span: doc.Span{Begin: d.Tokens[first+i].Begin, End: d.Tokens[first+end-1].End}})
		}
		i = end
	}
	return nil
}

// spaced says whether news prints a space between two words.
func spaced(before, word string, open bool) bool {
	switch word {
	case ",", ".", ";", ":", "?", "!", ")", "]", "%", "'s", "’s", "'", "’", "n't", "n’t", "'re", "'ve", "'ll", "'d", "'m", "”":
		return false
	case `"`:
		return !open
	}
	switch before {
	case "(", "[", "$", "£", "€", "“", "‘", "#":
		return false
	case `"`:
		return !open
	}
	return true
}

// apart makes a Doc of each sentence.
func apart(d *doc.Doc) (out []*doc.Doc) {
	k := 0
	for _, s := range d.Sentences {
		one := doc.New(d.Text[s.Begin:s.End])
		one.Meta.Path = d.Meta.Path
		one.Blocks = []doc.Block{{Span: doc.Span{End: len(one.Text)}}}
		for _, t := range d.Tokens[s.First:s.Last] {
			t.Begin, t.End = t.Begin-s.Begin, t.End-s.Begin
			one.Tokens = append(one.Tokens, t)
		}
		one.Sentences = []doc.Sentence{{Span: doc.Span{End: len(one.Text)}, Last: len(one.Tokens)}}
		for ; k < len(d.Names) && d.Names[k].Begin < s.End; k++ {
			n := d.Names[k]
			n.Begin, n.End = n.Begin-s.Begin, n.End-s.Begin
			one.Names = append(one.Names, n)
		}
		out = append(out, one)
	}
	return out
}
