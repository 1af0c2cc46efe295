package extract

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"

	"hearsay/doc"
)

// about is what a page says of its article.
type about struct {
	doc.Meta
	body string // the text of the article, where the page gives it apart from its elements
}

// evidence is what readAbout finds on a page, each in the order of the page.
type evidence struct {
	lang      string
	title     string            // the title element
	headings  []string          // h1, and what is called a headline
	lines     []string          // short texts, such as stand alone on a line
	meta      map[string]string // contents of meta elements by name, in small letters: the first of each
	props     map[string]string // values of schema.org's properties as attributes, by name in small letters: the first of each
	articles  []map[string]any  // JSON-LD: objects that are articles
	crumbs    []string          // names of the pages above, in JSON-LD or links
	canonical string
	published []string // values of elements that say when, by mark-up
	updated   []string
	times     []string // values of time elements that do not say which
	dated     []string // texts of elements that are called a date
	near      []string // short texts behind the heading that hold a date
	by        []string // short texts that open with "By"
	bylines   []string // texts of elements that are called a byline or an author
	credits   []string // texts of elements that are called a source or a credit
}

// readAbout gathers what a page says of its article: first what it says to machines
// (JSON-LD, meta elements, microdata, time elements), then what its classes and its
// address tell. address is where the page lies, if that is known. Unknown fields stay
// empty. Path and Language are not filled.
func readAbout(root *html.Node, address string) about {
	e := &evidence{meta: map[string]string{}, props: map[string]string{}}
	e.walk(root, false)
	a := about{}
	a.Canonical = e.address()
	a.Outlet = e.outlet()
	a.Title = e.headline(a.Outlet)
	for _, find := range []func() string{func() string { return e.titleRest(a.Title) }, e.owner} {
		if a.Outlet == "" {
			a.Outlet = find()
		}
	}
	a.Byline = e.byline(a.Outlet)
	a.Section = e.section(a.Title)
	a.Published, a.Updated = e.days(a.Canonical, address)
	a.Credit = e.credit(a.Outlet)
	if agencyNames[strings.ToLower(a.Byline)] {
		if a.Credit == "" {
			a.Credit = a.Byline
		}
		a.Byline = ""
	}
	for _, x := range e.articles {
		if s := strings.TrimSpace(text(x["articleBody"])); len(s) > len(a.body) && !strings.Contains(s, "<") {
			a.body = s
		}
		if s := text(x["dateline"]); s != "" && a.Dateline == "" {
			a.Dateline = line(s)
		}
	}
	a.body = paragraphs(a.body)
	return a
}

// walk gathers the evidence under n. beside says that n lies in a part of the page that
// is about other articles, or is a comment.
func (e *evidence) walk(n *html.Node, beside bool) {
	if n.Type == html.ElementNode {
		if !beside {
			beside = isBeside(n)
		}
		e.see(n, beside)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		e.walk(c, beside)
	}
}

// besideWords are those of commentWords and asideWords that stand for other articles.
var besideWords = setOf("comment comments commentlist disqus respond replies related recommended recommendations recirculation recirc " +
	"promo promos sponsored popular trending mostread teaser teasers sidebar relatedposts seealso newsletter")

func isBeside(n *html.Node) bool {
	switch n.Data {
	case "html", "body", "main":
		return false
	case "nav", "aside":
		return true
	}
	for _, w := range labels(n) {
		if besideWords[w] {
			return !holds(n, func(n *html.Node) bool { return n.Data == "h1" || hasProp(n, "articleBody") })
		}
	}
	return false
}

// holds says whether n or an element under it is one that is sought.
func holds(n *html.Node, is func(*html.Node) bool) bool {
	if n.Type == html.ElementNode && is(n) {
		return true
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if holds(c, is) {
			return true
		}
	}
	return false
}

// first sets a key that has no value yet.
func first(m map[string]string, key, value string) {
	if value = strings.TrimSpace(value); value != "" && m[key] == "" {
		m[key] = value
	}
}

// see takes in one element.
func (e *evidence) see(n *html.Node, beside bool) {
	switch n.Data {
	case "html":
		e.lang = attr(n, "lang")
	case "title":
		if e.title == "" && n.Parent != nil && n.Parent.Data == "head" {
			e.title = flat(n)
		}
	case "h1":
		if s := flat(n); s != "" && !beside {
			e.headings = append(e.headings, s)
		}
	case "meta":
		for _, key := range [...]string{"property", "name", "itemprop", "http-equiv"} {
			if k := strings.ToLower(strings.TrimSpace(attr(n, key))); k != "" {
				first(e.meta, k, attr(n, "content"))
			}
		}
	case "link":
		if strings.EqualFold(attr(n, "rel"), "canonical") && e.canonical == "" {
			e.canonical = strings.TrimSpace(attr(n, "href"))
		}
	case "script":
		if strings.EqualFold(strings.TrimSpace(attr(n, "type")), "application/ld+json") && n.FirstChild != nil {
			e.readJSON(n.FirstChild.Data)
		}
		return
	case "a":
		if strings.Contains(strings.ToLower(attr(n, "rel")), "author") && !beside {
			e.bylines = append(e.bylines, flat(n))
		}
	}
	if hasLabel(n, "breadcrumb", "breadcrumbs") {
		e.readCrumbs(n)
	}
	if beside {
		return
	}
	if n.Data != "meta" && n.Data != "link" {
		e.property(n)
	}
	if n.Data == "time" || n.Data == "abbr" && attr(n, "title") != "" && hasLabel(n, "published", "updated") {
		e.time(n)
		return
	}
	e.labelled(n)
}

// property takes in the microdata of an element.
func (e *evidence) property(n *html.Node) {
	for _, p := range strings.Fields(attr(n, "itemprop")) {
		p = strings.ToLower(p)
		v := attr(n, "content")
		if v == "" {
			v = attr(n, "datetime")
		}
		if v == "" && p != "articlebody" {
			v = flat(n)
			if p == "author" || p == "publisher" { // the name in it, if that is marked
				holds(n, func(c *html.Node) bool {
					if c != n && hasProp(c, "name") {
						if v = attr(c, "content"); v == "" {
							v = flat(c)
						}
						return true
					}
					return false
				})
			}
		}
		if len(v) < 1000 {
			first(e.props, p, v)
		}
	}
}

// time takes in a time element by what it or its parent is called.
func (e *evidence) time(n *html.Node) {
	value := attr(n, "datetime")
	if value == "" {
		value = attr(n, "title")
	}
	if value == "" || len(value) < 8 {
		value = flat(n)
	}
	words := labels(n)
	if p := n.Parent; p != nil {
		words = append(words, labels(p)...)
		if s := flat(p); len(s) < 80 {
			words = append(words, strings.Fields(strings.ToLower(s))...)
		}
	}
	for _, w := range words {
		switch strings.Trim(w, ":") {
		case "updated", "modified", "update", "edited", "revised", "lastmod", "lastmodified":
			if !hasLabel(n, "published") {
				e.updated = append(e.updated, value)
				return
			}
		case "published", "pubdate", "publication", "posted", "created":
			e.published = append(e.published, value)
			return
		}
	}
	if attr(n, "pubdate") != "" || hasProp(n, "datePublished") {
		e.published = append(e.published, value)
		return
	}
	e.times = append(e.times, value)
}

// labelled takes in an element by its class or id, and lines by how they begin.
func (e *evidence) labelled(n *html.Node) {
	if short[n.Data] {
		if s := flat(n); s != "" && len(s) < longestByline {
			if len(e.lines) < 500 {
				e.lines = append(e.lines, s)
			}
			if len(s) < 100 && (byRE.MatchString(s) || n.Data == "address") {
				e.by = append(e.by, s)
			}
			if len(s) < 100 && len(e.headings) > 0 && len(e.near) < 20 {
				e.near = append(e.near, s)
			}
		}
	}
	if isHeadline(n) {
		if s := flat(n); s != "" {
			e.headings = append(e.headings, s)
		}
	}
	for _, w := range labels(n) {
		var to *[]string
		switch w {
		case "date", "dateline", "datetime", "timestamp", "published", "pubdate", "posted", "updated", "time", "created", "submitted", "meta", "byline":
			to = &e.dated
		case "source", "credit", "agency", "wire", "provider":
			to = &e.credits
		}
		author := w == "byline" || w == "bylines" || w == "author" || w == "authors" || w == "authorname" || w == "writer" || w == "fn" && hasLabelAbove(n, "author", "byline")
		if to == nil && !author {
			continue
		}
		s := flat(n)
		if s == "" || len(s) > longestByline {
			continue
		}
		if to != nil {
			*to = append(*to, s)
		}
		if author {
			e.bylines = append(e.bylines, s)
		}
	}
}

// isHeadline says whether an element is called a headline: "entry-title", "articleHeadline".
func isHeadline(n *html.Node) bool {
	switch n.Data {
	case "h1", "a", "title":
		return false
	}
	for _, label := range strings.Fields(attr(n, "class")) {
		words := appendLabels(nil, label)
		if len(words) == 1 && words[0] == "headline" || len(words) == 2 && (bodyWords[words[0]] || words[0] == "page") && (words[1] == "title" || words[1] == "headline") {
			return true
		}
	}
	return false
}

// short are the elements that a line of its own can stand in.
var short = setOf("p div span address em strong b i small font td li center h2 h3 h4 h5 h6")

func hasLabel(n *html.Node, want ...string) bool {
	for _, w := range labels(n) {
		for _, x := range want {
			if w == x {
				return true
			}
		}
	}
	return false
}

func hasLabelAbove(n *html.Node, want ...string) bool {
	for p, k := n.Parent, 0; p != nil && k < 3; p, k = p.Parent, k+1 {
		if hasLabel(p, want...) {
			return true
		}
	}
	return false
}

// readCrumbs takes in the links of a breadcrumb.
func (e *evidence) readCrumbs(n *html.Node) {
	if len(e.crumbs) > 0 {
		return
	}
	holds(n, func(c *html.Node) bool {
		if c.Data == "a" {
			if s := flat(c); s != "" {
				e.crumbs = append(e.crumbs, s)
			}
		}
		return false
	})
}

// readJSON takes in the objects of a JSON-LD script. What is no JSON is left out, but for
// line ends inside strings, which many pages have.
func (e *evidence) readJSON(s string) {
	s = strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, s)
	s = strings.TrimSuffix(strings.TrimSpace(s), ";")
	for _, mark := range [...]string{"<!--", "//<![CDATA[", "<![CDATA["} {
		s = strings.TrimPrefix(strings.TrimSpace(s), mark)
	}
	for _, mark := range [...]string{"-->", "//]]>", "]]>"} {
		s = strings.TrimSuffix(strings.TrimSpace(s), mark)
	}
	var v any
	if json.Unmarshal([]byte(s), &v) == nil {
		e.takeJSON(v, 0)
	}
}

func (e *evidence) takeJSON(v any, depth int) {
	if depth > 6 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			e.takeJSON(x, depth+1)
		}
	case map[string]any:
		kinds := strings.ToLower(strings.Join(texts(v["@type"]), " "))
		switch {
		case strings.Contains(kinds, "article"), strings.Contains(kinds, "blogposting"), strings.Contains(kinds, "report"), strings.Contains(kinds, "socialmediaposting"):
			e.articles = append(e.articles, v)
		case strings.Contains(kinds, "breadcrumblist") && len(e.crumbs) == 0:
			items, _ := v["itemListElement"].([]any)
			for _, x := range items {
				if m, ok := x.(map[string]any); ok {
					name := text(m["name"])
					if in, ok := m["item"].(map[string]any); ok && name == "" {
						name = text(in["name"])
					}
					if name != "" {
						e.crumbs = append(e.crumbs, line(name))
					}
				}
			}
		}
		for _, key := range [...]string{"@graph", "mainEntity", "mainEntityOfPage"} {
			if x, ok := v[key]; ok {
				e.takeJSON(x, depth+1)
			}
		}
	}
}

// text returns a string of JSON, the first of a list, or the name or address of an object.
func text(v any) string {
	if all := texts(v); len(all) > 0 {
		return all[0]
	}
	return ""
}

// texts returns the strings that text returns the first of.
func texts(v any) (out []string) {
	switch v := v.(type) {
	case string:
		if s := unmarked(v); s != "" {
			out = append(out, s)
		}
	case []any:
		for _, x := range v {
			out = append(out, texts(x)...)
		}
	case map[string]any:
		for _, key := range [...]string{"name", "@value", "@id", "url"} {
			if s, ok := v[key].(string); ok && unmarked(s) != "" {
				return []string{unmarked(s)}
			}
		}
	}
	return out
}

var tagRE = regexp.MustCompile(`<[/a-zA-Z!][^>]*>`)

// unmarked takes references and tags out of a value.
func unmarked(s string) string {
	s = html.UnescapeString(s)
	if strings.Contains(s, "<") {
		s = tagRE.ReplaceAllString(s, " ")
	}
	return strings.TrimSpace(s)
}

// said returns the first value of a key of the articles of the page.
func (e *evidence) said(key string) string {
	for _, x := range e.articles {
		if s := text(x[key]); s != "" {
			return s
		}
	}
	return ""
}

// of returns the first of some meta elements that has a content.
func (e *evidence) of(names ...string) string {
	for _, n := range names {
		if v := e.meta[n]; v != "" {
			return line(unmarked(v))
		}
	}
	return ""
}

// address returns the page's own address, "" where it gives none that is whole.
func (e *evidence) address() string {
	for _, s := range []string{e.canonical, e.of("og:url"), e.said("url"), e.said("mainEntityOfPage")} {
		if u, err := url.Parse(s); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
			return s
		}
	}
	return ""
}

// line puts a text on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// paragraphs gives a text a blank line between paragraphs.
func paragraphs(s string) string {
	var out []string
	for p := range strings.Lines(s) {
		if p = line(p); p != "" {
			out = append(out, p)
		}
	}
	return strings.ToValidUTF8(strings.Join(out, "\n\n"), "\uFFFD")
}

// flat returns the text under n on one line, "" where it is longer than any headline.
func flat(n *html.Node) string {
	const longest = 2000
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case b.Len() > longest:
			return
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "style" || n.Data == "noscript"):
			return
		case n.Type == html.ElementNode && blockElement[n.Data]:
			b.WriteByte(' ')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	if walk(n); b.Len() > longest {
		return ""
	}
	return line(b.String())
}

var wordRE = regexp.MustCompile(`[\pL\pN]+`)

// sameWords says whether two lines have the same words, whatever their case and marks.
func sameWords(a, b string) bool {
	x, y := wordRE.FindAllString(strings.ToLower(a), -1), wordRE.FindAllString(strings.ToLower(b), -1)
	if len(x) != len(y) {
		return false
	}
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return true
}
