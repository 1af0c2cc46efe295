package corpus

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"hearsay/doc"
)

// ECBPlus reads a part of ECB+ (Cybulska and Vossen, LREC 2014): a folder with a folder of
// CAT files for each topic. The text is the sentences joined by blanks, since the files
// keep neither spaces nor paragraphs; a first sentence that is the page's address is left
// out. What the corpus marks (events and who is in them) is not read. Topics and files in
// name order; Meta.Path is the path of the file. Errors name the file.
func ECBPlus(dir string) ([]*doc.Doc, error) {
	topics, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("read ecb+: %w", err)
	}
	var docs []*doc.Doc
	for _, topic := range topics {
		if !topic.IsDir() {
			continue
		}
		paths, err := files(filepath.Join(dir, topic.Name()))
		if err != nil {
			return nil, fmt.Errorf("read ecb+: %w", err)
		}
		for _, path := range paths {
			d, err := ecbArticle(path)
			if err != nil {
				return nil, err
			}
			docs = append(docs, d)
		}
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("read %s: no articles", dir)
	}
	return docs, nil
}

func ecbArticle(path string) (*doc.Doc, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read ecb+: %w", err)
	}
	var file struct {
		Tokens []struct {
			Sentence int    `xml:"sentence,attr"`
			Word     string `xml:",chardata"`
		} `xml:"token"`
	}
	if err := xml.Unmarshal(raw, &file); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var text, words []string
	for i, t := range file.Tokens {
		words = append(words, t.Word)
		if i+1 < len(file.Tokens) && file.Tokens[i+1].Sentence == t.Sentence {
			continue
		}
		if len(text) > 0 || words[0] != "http" {
			text = append(text, printed(words))
		}
		words = nil
	}
	if len(text) == 0 {
		return nil, fmt.Errorf("read %s: no tokens", path)
	}
	d := doc.New(strings.Join(text, " "))
	d.Meta = doc.Meta{Path: path, Language: "en"}
	return d, nil
}

// What stands close to the word before it, and what to the word after it.
var (
	closing = regexp.MustCompile(` ([,.;:?!%)\]’'])`)
	notEnd  = regexp.MustCompile(` n't\b`)
	opening = regexp.MustCompile(`([(\[$]) `)
	quotes  = strings.NewReplacer("`` ", `"`, "``", `"`, "''", `"`)
)

// printed joins the words of a sentence, nearly as they were printed. Labels have offsets
// into what comes out: it must not change.
func printed(words []string) string {
	s := closing.ReplaceAllString(strings.Join(words, " "), "$1")
	s = notEnd.ReplaceAllString(quotes.Replace(s), "n't")
	return opening.ReplaceAllString(s, "$1")
}
