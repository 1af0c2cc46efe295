package corpus

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"hearsay/doc"
)

// runOf is how many sentences of a factuality file make a Doc: the files do not say where
// articles end, and neighbours mostly stand in one.
const runOf = 25

// Factuality reads a file of UW or UDS-IH2: a sentence a line in JSON, as words with white
// space between them, and for some words a degree from -3 (it certainly did not happen) to
// 3 (it certainly did). Each Doc is a run of sentences, with words alone and with Events
// whose Head has a degree of the author's; Value is empty. Errors name the file and line.
func Factuality(path string) ([]*doc.Doc, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read factuality: %w", err)
	}
	defer file.Close()
	var docs []*doc.Doc
	var g *givenWords
	scan := bufio.NewScanner(file)
	scan.Buffer(nil, 1<<22)
	line := 0
	fail := func(format string, args ...any) error {
		return fmt.Errorf("read %s: line %d: %s", path, line, fmt.Sprintf(format, args...))
	}
	for scan.Scan() {
		line++
		if strings.TrimSpace(scan.Text()) == "" {
			continue
		}
		var in struct {
			Text    string
			Targets []struct {
				Span1 [2]int
				Label float64
			}
		}
		if !utf8.ValidString(scan.Text()) {
			return nil, fail("not UTF-8")
		}
		if err := json.Unmarshal(scan.Bytes(), &in); err != nil {
			return nil, fail("%v", err)
		}
		words := strings.Fields(in.Text)
		if len(words) == 0 {
			return nil, fail("a sentence without words")
		}
		if g == nil {
			g = &givenWords{d: new(doc.Doc)}
			g.d.Meta.Path = fmt.Sprintf("%s:%d", path, line)
		}
		at := g.sentence(words, true)
		for _, t := range in.Targets {
			if t.Span1[0] < 0 || t.Span1[0] >= t.Span1[1] || t.Span1[1] > len(words) {
				return nil, fail("words %v of a sentence of %d", t.Span1, len(words))
			}
			if !(t.Label >= -3 && t.Label <= 3) {
				return nil, fail("degree %v is not from -3 to 3", t.Label)
			}
			e := event(g.d, at[t.Span1[0]])
			e.Factuality = []doc.Commitment{{Holder: doc.ByAuthor, Degree: t.Label}}
			g.d.Events = append(g.d.Events, e)
		}
		if len(g.d.Sentences) == runOf {
			docs, g = append(docs, g.finish()), nil
		}
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if g != nil {
		docs = append(docs, g.finish())
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("read %s: no sentences", path)
	}
	return docs, nil
}

// event returns an event that is a word and nothing more.
func event(d *doc.Doc, token int) doc.Event {
	return doc.Event{Trigger: d.Tokens[token].Span, Head: token, Time: -1, Place: -1, Statement: -1}
}
