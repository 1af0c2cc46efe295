package extract

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	trafilatura "github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"hearsay/doc"
)

// Article returns the article that raw holds. path names it in errors and may say
// nothing about its kind. Beside those of Decode it gives an error for a page
// without body text.
func Article(path string, raw []byte) (*doc.Doc, error) {
	d, err := article(raw)
	if err != nil {
		return nil, fmt.Errorf("extract %s: %w", path, err)
	}
	d.Meta.Path = path
	return d, nil
}

func article(raw []byte) (*doc.Doc, error) {
	if isHTML(raw) {
		return page(raw)
	}
	text, err := Decode(raw)
	if err != nil {
		return nil, err
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

// maxDepth bounds how deep the elements of a page may lie: extraction recurses, and
// no article lies deeper than a tenth of it.
const maxDepth = 500

// page extracts the main text of an HTML page.
func page(raw []byte) (d *doc.Doc, err error) {
	defer func() {
		if r := recover(); r != nil {
			d, err = nil, fmt.Errorf("broken page: %v", r)
		}
	}()
	if depth := nesting(raw); depth > maxDepth {
		return nil, fmt.Errorf("broken page: elements lie %d deep, at most %d are read", depth, maxDepth)
	}
	decoded, err := charset.NewReader(bytes.NewReader(raw), "text/html")
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(decoded)
	if err != nil {
		return nil, err
	}
	result, err := trafilatura.ExtractDocument(root, trafilatura.Options{
		OriginalURL: &url.URL{}, ExcludeComments: true, ExcludeTables: true, EnableFallback: false,
	})
	if err != nil || result == nil || result.ContentNode == nil {
		return nil, fmt.Errorf("no body text")
	}
	text := strings.ToValidUTF8(pageText(result.ContentNode), "\uFFFD")
	if body := strings.TrimSpace(text); body == "" || body == strings.TrimSpace(result.Metadata.Title) {
		return nil, fmt.Errorf("no body text") // a page without any gives its title
	}
	d = doc.New(text)
	Layout(d)
	describe(d)
	m := result.Metadata
	set := func(to *string, s string) {
		if s = strings.TrimSpace(s); s != "" {
			*to = s
		}
	}
	set(&d.Meta.Title, m.Title)
	set(&d.Meta.Outlet, m.Sitename)
	set(&d.Meta.Byline, m.Author)
	if !m.Date.IsZero() {
		d.Meta.Published = m.Date.Format(time.DateOnly)
	}
	d.Meta.Language = language(d)
	return d, nil
}

// nesting returns how deep the elements of a page lie, by its tags alone.
func nesting(raw []byte) int {
	z := html.NewTokenizer(bytes.NewReader(raw))
	depth, most := 0, 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return most
		case html.StartTagToken:
			name, _ := z.TagName()
			if !void[string(name)] {
				depth++
				most = max(most, depth)
			}
		case html.EndTagToken:
			depth = max(0, depth-1)
		}
	}
}

// void are the elements that have no end tag, or whose end tag may be left out.
var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true,
	"input": true, "link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true,
	"p": true, "li": true, "td": true, "tr": true, "th": true, "dt": true, "dd": true, "option": true}

// pageText returns the text of a page's content, a line for each block element and
// a blank line between them; list items open with a bullet.
func pageText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	var paragraphs []string
	flush := func() {
		if s := strings.Join(strings.Fields(b.String()), " "); s != "" {
			paragraphs = append(paragraphs, s)
		}
		b.Reset()
	}
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			return
		}
		block := n.Type == html.ElementNode && blockElement[n.Data]
		if block {
			flush()
			if n.Data == "li" {
				b.WriteString("• ")
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
		if block {
			flush()
		}
	}
	walk(n)
	flush()
	return strings.Join(paragraphs, "\n\n")
}

var blockElement = map[string]bool{"p": true, "div": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true,
	"h6": true, "li": true, "ul": true, "ol": true, "blockquote": true, "section": true, "article": true, "br": true,
	"pre": true, "table": true, "tr": true, "td": true, "figure": true, "figcaption": true, "header": true, "footer": true, "body": true, "main": true}
