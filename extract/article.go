package extract

import (
	"bytes"
	"fmt"
	"regexp"

	"hearsay/doc"
)

// Article returns the article that raw holds. path names it in errors and may say
// nothing about its kind. Beside those of Decode it gives an error for a page
// without body text.
func Article(path string, raw []byte) (*doc.Doc, error) {
	d, err := article(path, raw)
	if err != nil {
		return nil, fmt.Errorf("extract %s: %w", path, err)
	}
	d.Meta.Path = path
	return d, nil
}

func article(path string, raw []byte) (*doc.Doc, error) {
	if isHTML(raw) {
		return page(path, raw)
	}
	text, err := Decode(raw)
	if err != nil {
		return nil, err
	}
	if isHTML([]byte(text[:min(len(text), 2048)])) {
		return page(path, []byte(text)) // was UTF-16
	}
	d := doc.New(text)
	Layout(d)
	describe(d)
	d.Meta.Language = language(d)
	return d, nil
}

var htmlRE = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body|article|main)[\s>]`)

// isHTML says whether the first kilobytes hold the tags of a page.
func isHTML(raw []byte) bool {
	sample := raw[:min(len(raw), 2048)]
	trimmed := bytes.TrimLeft(sample, "\xef\xbb\xbf \t\r\n")
	if len(trimmed) == 0 || trimmed[0] != '<' {
		return false
	}
	return htmlRE.Match(sample) || bytes.HasPrefix(bytes.ToLower(trimmed), []byte("<p")) || bytes.HasPrefix(bytes.ToLower(trimmed), []byte("<div"))
}
