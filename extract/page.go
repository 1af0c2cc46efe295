package extract

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	readability "codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"hearsay/doc"
)

// maxDepth bounds how deep the elements of a page may lie: extraction recurses, and
// no article lies deeper than a tenth of it.
const maxDepth = 500

// stub is the length in bytes below which a main text is doubted, and what else a page
// has is looked at.
const stub = 250

// page extracts the main text of an HTML page and what the page says of itself. address
// is where it lies, if that is known.
func page(address string, raw []byte) (d *doc.Doc, err error) {
	defer func() {
		if r := recover(); r != nil {
			d, err = nil, fmt.Errorf("broken page: %v", r)
		}
	}()
	if depth := nesting(raw); depth > maxDepth {
		return nil, fmt.Errorf("broken page: elements lie %d deep, at most %d are read", depth, maxDepth)
	}
	source := markup(raw)
	root, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return nil, err
	}
	about := readAbout(root, address)
	body := about.trim(mainText(root, source))
	if len(body) < stub && len(about.body) > 2*len(body) {
		body = about.body
	}
	if body == "" || body == about.Title {
		return nil, fmt.Errorf("no body text")
	}
	text := body
	if first, _, _ := strings.Cut(body, "\n"); about.Title != "" && !sameWords(first, about.Title) {
		text = about.Title + "\n\n" + body
	}
	d = doc.New(text)
	Layout(d)
	d.Meta = about.Meta
	describe(d)
	d.Meta.Language = language(d)
	return d, nil
}

// trim takes off the beginning of a main text what the page has said of its article: all
// up to the headline, and lines that are the byline, the date, the outlet or the section.
// Lines without a letter go everywhere.
func (a *about) trim(body string) string {
	lines := strings.Split(body, "\n\n")
	for i, l := range lines[:min(len(lines), 6)] {
		if sameWords(l, a.Title) {
			lines = lines[i+1:]
			break
		}
	}
	var out []string
	opening := true
	for _, l := range lines {
		if opening = opening && len(l) < 100; opening && a.tells(l) || strings.IndexFunc(l, unicode.IsLetter) < 0 || len(out) < 3 && dateLineRE.MatchString(l) {
			continue
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n\n")
}

var minutesRE = regexp.MustCompile(`^\d+ min(?:ute)?s? read`)

// tells says whether a line is nothing but what the page says of its article.
func (a *about) tells(l string) bool {
	if sameWords(l, a.Outlet) || sameWords(l, a.Section) || sameWords(l, a.Byline) {
		return true
	}
	if strings.ContainsAny(l[len(l)-1:], ".!?") {
		return false // a sentence
	}
	return byRE.MatchString(l) || minutesRE.MatchString(l) || len(days(l, dayFirst)) > 0
}

// markup returns a page's source in UTF-8. What is valid UTF-8 is taken for that,
// whatever the page declares.
func markup(raw []byte) string {
	if raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf")); utf8.Valid(raw) {
		return string(raw)
	}
	// The declaration must lie in the first kilobyte, but does not always.
	from := 0
	if i := bytes.Index(bytes.ToLower(raw[:min(len(raw), 1<<16)]), []byte("charset=")); i > 512 {
		from = bytes.LastIndexByte(raw[:i], '<')
	}
	e, _, _ := charset.DetermineEncoding(raw[max(0, from):], "text/html")
	b, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		b = raw
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

// mainText returns the text of a page's article, "" where there is none. It takes root
// apart; source is what root was parsed from.
func mainText(root *html.Node, source string) string {
	clean(root)
	if n := bodyOf(root); n != nil && bodyRank(n) == marked {
		if t := pageText(n); len(t) >= 2*stub {
			return t
		}
	}
	text := readable(root)
	if len(text) >= 2*stub {
		return text
	}
	if n := bodyOf(root); n != nil {
		if t := pageText(n); len(t) > 2*len(text) {
			text = t
		}
	}
	if len(text) < stub {
		// A page can name the whole of its article "banner", or hide it until a script runs.
		if whole, err := html.Parse(strings.NewReader(source)); err == nil {
			if t := readable(whole); len(t) > 2*len(text) {
				text = t
			}
		}
	}
	return text
}

// The search for the main text takes the square of the number of elements, and counts
// every character once for each element that it lies in. Pages of more than this, which
// news has a tenth of, are not searched: all is taken that clean has left.
const (
	mostElements = 20_000
	mostCounted  = 50_000_000
)

// readable returns the main text as Mozilla's Readability finds it.
func readable(root *html.Node) string {
	if n, counted := effort(root, 0); n > mostElements || counted > mostCounted {
		return pageText(root)
	}
	p := readability.NewParser()
	p.DisableJSONLD = true
	a, err := p.ParseDocument(root, nil)
	if err != nil || a.Node == nil {
		return ""
	}
	return pageText(a.Node)
}

// effort returns the number of elements under n, which lies so deep, and of characters
// that are counted.
func effort(n *html.Node, deep int) (elements, counted int) {
	if n.Type == html.TextNode {
		return 0, deep * len(n.Data)
	}
	elements = 1
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		e, k := effort(c, deep+1)
		elements, counted = elements+e, counted+k
	}
	return elements, counted
}

// bodyOf returns the element of a cleaned page that is marked as the body of its article,
// nil where none is that holds a fair part of the page's prose.
func bodyOf(root *html.Node) *html.Node {
	weights := map[*html.Node]weight{}
	all := weigh(root, weights).prose
	var best *html.Node
	most, rank := 0, 0
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			l := weights[n].prose
			if r := bodyRank(n); r > 0 && l > stub && (r > rank || r == rank && l > most) {
				best, most, rank = n, l, r
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(root)
	if most*5 < all*2 {
		return nil
	}
	return best
}

// marked is the rank of an element that is marked as the body of an article.
const marked = 3

// bodyRank says how surely an element is the body of an article, 0 for not at all.
func bodyRank(n *html.Node) int {
	if hasProp(n, "articleBody") {
		return marked
	}
	for _, label := range append(strings.Fields(attr(n, "class")), attr(n, "id")) {
		if words := appendLabels(nil, label); len(words) == 2 && bodyWords[words[0]] && textWords[words[1]] {
			return 2 // "entry-content", "articleBody"
		}
	}
	if n.Data == "article" {
		return 1
	}
	return 0
}

var bodyWords, textWords = setOf("article story post entry news"), setOf("body content text copy")

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
var void = setOf("area base br col embed hr img input link meta param source track wbr p li td tr th dt dd option")

// pageText returns the text of a page's content, a line for each block element and
// a blank line between them; list items open with a bullet. Blocks that are nothing but
// a link lead to other articles and are left out.
func pageText(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	var paragraphs []string
	links := map[*html.Node]bool{}
	findLinks(n, false, links)
	flush := func() {
		if s := strings.Join(strings.Fields(b.String()), " "); s != "" && s != "•" {
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
			if links[n] {
				return
			}
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
	return strings.ToValidUTF8(strings.Join(paragraphs, "\n\n"), "\uFFFD")
}

// findLinks marks the elements under n whose text is that of links but for a tenth. It
// returns the length of the text under n, and of that in links.
func findLinks(n *html.Node, inLink bool, only map[*html.Node]bool) (text, linked int) {
	if n.Type == html.TextNode {
		text = len(strings.TrimSpace(n.Data))
		if inLink {
			linked = text
		}
		return text, linked
	}
	inLink = inLink || n.Type == html.ElementNode && n.Data == "a"
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		t, l := findLinks(c, inLink, only)
		text, linked = text+t, linked+l
	}
	only[n] = linked*10 > text*9
	return text, linked
}

var blockElement = setOf("p div h1 h2 h3 h4 h5 h6 li ul ol blockquote section article br pre table tr td figure figcaption header footer body main")
