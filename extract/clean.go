package extract

import (
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// dropped are the elements that never hold the text of an article.
var dropped = setOf("script style noscript template iframe object embed svg canvas audio video picture figure figcaption " +
	"form button input select textarea nav aside footer dialog menu amp-ad amp-iframe amp-social-share amp-sidebar amp-consent")

// The words of a class or an id that say what an element is for.
var (
	// Comments can be longer than the article.
	commentWords = setOf("comment comments commentlist commenting disqus respond replies")
	asideWords   = setOf("related recommended recommendations recirculation recirc share sharing sharebar sharedaddy social " +
		"promo promos promotion sponsored sponsor ad ads advert adverts " +
		"advertisement advertising adslot banner breadcrumb breadcrumbs tags taglist sidebar widget widgets " +
		"popular trending mostread toolbar pagination pager footer nav navigation navbar menu rating ratings teaser teasers " +
		"readmore bio authorbox caption credit credits timestamp pubdate print hidden modal popup overlay login " +
		"copyright outbrain taboola addthis relatedposts seealso noprint cta")
	// A page that sells its articles has little of them, and much of this.
	offerWords  = setOf("paywall subscribe subscription newsletter newsletters signup cookie cookies consent gdpr")
	bylineWords = setOf("byline author authors dateline posted published meta postmeta info kicker eyebrow")
)

// longestByline is the length in bytes of the text of an element that may be a byline.
const longestByline = 200

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// clean takes out of a page what is no part of any article's text: what is not shown,
// forms, navigation, pictures with their captions, and elements whose class or id says
// that they are advertising, comments, links to other articles and the like. The main
// text is found more surely without them. The headline and what is marked as the body of
// an article stay.
func clean(root *html.Node) {
	weights := map[*html.Node]weight{}
	weigh(root, weights)
	all := weights[root].prose
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			switch {
			case c.Type == html.CommentNode, c.Type == html.ElementNode && drop(c, weights[c], all):
				n.RemoveChild(c)
			default:
				walk(c)
			}
			c = next
		}
	}
	walk(root)
}

// weight is what an element holds, in bytes without white space at the ends of texts.
type weight struct {
	text    int  // all of it
	prose   int  // in paragraphs that are longer than a label or a link
	article bool // the headline of a page, or a body that is marked as such
}

func weigh(n *html.Node, all map[*html.Node]weight) (w weight) {
	if n.Type == html.TextNode {
		w.text = len(strings.TrimSpace(n.Data))
		return w
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		x := weigh(c, all)
		w.text, w.prose, w.article = w.text+x.text, w.prose+x.prose, w.article || x.article
	}
	if n.Type == html.ElementNode {
		w.article = w.article || n.Data == "h1" || n.Data == "main" || hasProp(n, "articleBody")
		switch {
		case dropped[n.Data]:
			w.text, w.prose = 0, 0
		case n.Data == "p" && w.text > 60:
			w.prose = w.text
		}
	}
	all[n] = w
	return w
}

// drop says whether an element goes; all is the length of the page's prose.
func drop(n *html.Node, w weight, all int) bool {
	switch n.Data {
	case "html", "head", "body", "main", "h1":
		return false
	}
	if dropped[n.Data] || unseen(n) {
		return true
	}
	if w.article {
		return false
	}
	switch attr(n, "role") {
	case "navigation", "complementary", "search", "banner", "contentinfo", "dialog", "menu":
		return true
	}
	for _, word := range labels(n) {
		switch {
		case commentWords[word]:
			return true
		case offerWords[word] && w.prose*2 <= all:
			return true
		case asideWords[word] && w.prose*4 <= all: // a wrapper can be called "with-sidebar" and hold all
			return true
		case bylineWords[word] && w.text < longestByline:
			return true
		}
	}
	return false
}

// unseen says whether a page hides an element.
func unseen(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Key {
		case "hidden":
			return true
		case "style":
			s := strings.ToLower(strings.ReplaceAll(a.Val, " ", ""))
			if strings.Contains(s, "display:none") || strings.Contains(s, "visibility:hidden") {
				return true
			}
		}
	}
	return false
}

// labels returns the words of an element's class and id: of "relatedPosts__list-item"
// related, posts, list and item.
func labels(n *html.Node) (words []string) {
	for _, a := range n.Attr {
		if a.Key == "class" || a.Key == "id" || a.Key == "data-testid" {
			words = appendLabels(words, a.Val)
		}
	}
	return words
}

func appendLabels(words []string, label string) []string {
	begin := -1
	cut := func(end int) {
		if begin >= 0 {
			words = append(words, strings.ToLower(label[begin:end]))
		}
		begin = -1
	}
	var last rune
	for i, r := range label {
		switch {
		case !unicode.IsLetter(r):
			cut(i)
		case begin < 0:
			begin = i
		case unicode.IsUpper(r) && unicode.IsLower(last):
			cut(i)
			begin = i
		}
		last = r
	}
	cut(len(label))
	return words
}

// attr returns the value of an attribute, "" where there is none.
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// hasProp says whether an element is marked with a property of schema.org.
func hasProp(n *html.Node, name string) bool {
	for _, v := range strings.Fields(attr(n, "itemprop")) {
		if strings.EqualFold(v, name) {
			return true
		}
	}
	return false
}
