package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// outlet returns the name of the medium, "" where only the title may give it.
func (e *evidence) outlet() string {
	site := e.of("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "citation_journal_title", "article:publisher", "publisher")
	for _, s := range []string{site, e.said("publisher"), e.props["publisher"]} {
		if s = line(s); s != "" && !strings.Contains(s, "://") && len(s) < 80 && !strings.HasPrefix(s, "@") {
			return s
		}
	}
	return ""
}

var ownerRE = regexp.MustCompile(`^(?:©|\(c\)|Copyright(?: ©)?) (?:\d{4}(?:[-–]\d{4})?,? )?(\p{Lu}.{2,40}?)(?:[.,] All rights reserved)?\.?$`)

// owner returns who says that the page is theirs: "© 2024 Quay Times".
func (e *evidence) owner() string {
	for _, l := range e.lines {
		if m := ownerRE.FindStringSubmatch(l); m != nil {
			return m[1]
		}
	}
	return ""
}

// titleParts are what stands between a headline and the name of its outlet.
var titleParts = regexp.MustCompile(`\s+(?:[|·•»«:–—-]|::|<|>|\|\||//)\s+|\s*\|\s*|:\s+`)

// headline returns the title of the article: the heading of the page that says the same
// as its title elements, or else what these say without the name of the outlet.
func (e *evidence) headline(outlet string) string {
	var said []string
	for _, s := range []string{e.said("headline"), e.of("og:title"), e.of("twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "citation_title", "title"), line(e.props["headline"]), e.title} {
		if s = e.trimOutlet(line(s), outlet); s != "" {
			said = append(said, s)
		}
	}
	best, most := "", 0.0
	for _, h := range e.headings {
		if len(h) > 400 {
			continue
		}
		for _, s := range said {
			if v := shared(h, s); v > most {
				best, most = h, v
			}
		}
	}
	switch {
	case most >= 0.5:
		// «Open Progress Why rivals share notes» has the name of a series before it.
		for _, s := range said {
			if len(s) > 20 && len(s) < len(best) && (strings.HasPrefix(best, s) || strings.HasSuffix(best, s)) {
				return s
			}
		}
		return best
	case len(said) > 0:
		return e.linePart(said[0])
	case len(e.headings) > 0 && len(e.headings[0]) <= 400:
		return e.headings[0]
	}
	return ""
}

// linePart returns the part of a title that stands on a line of its own on the page,
// the longest if there are several, or else the title.
func (e *evidence) linePart(title string) string {
	best := ""
	for _, at := range titleParts.FindAllStringIndex(title, -1) {
		for _, part := range [...]string{title[:at[0]], title[at[1]:]} {
			if len(part) <= len(best) {
				continue
			}
			for _, l := range e.lines {
				if sameWords(l, part) {
					best = part
					break
				}
			}
		}
	}
	if len(best)*2 > len(title) {
		return best
	}
	return title
}

// shared returns how much of the words of a line another has, and the other way round:
// 1 for the same words.
func shared(a, b string) float64 {
	x, y := wordRE.FindAllString(strings.ToLower(a), -1), wordRE.FindAllString(strings.ToLower(b), -1)
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	in := map[string]int{}
	for _, w := range x {
		in[w]++
	}
	n := 0
	for _, w := range y {
		if in[w] > 0 {
			in[w]--
			n++
		}
	}
	return float64(2*n) / float64(len(x)+len(y))
}

// trimOutlet takes the name of the outlet off a title: "Ferry strike ends | Delta Post".
// Where the name is not known, what a heading of the page does not have goes.
func (e *evidence) trimOutlet(title, outlet string) string {
	for _, h := range e.headings {
		if rest, ok := strings.CutPrefix(title, h); ok && len(h) > len(rest) && titleParts.MatchString(rest+" ") {
			return h
		}
	}
	if outlet == "" {
		return title
	}
	at := titleParts.FindAllStringIndex(title, -1)
	if len(at) == 0 {
		return title
	}
	if last := at[len(at)-1]; sameWords(title[last[1]:], outlet) || sameWords(title[last[1]:], strings.TrimPrefix(outlet, "The ")) {
		return title[:last[0]]
	}
	if sameWords(title[:at[0][0]], outlet) {
		return title[at[0][1]:]
	}
	return title
}

// titleRest returns what stands behind or before the headline in the title element, which
// most often is the outlet.
func (e *evidence) titleRest(headline string) string {
	if headline == "" {
		return ""
	}
	if rest, ok := strings.CutPrefix(e.title, headline); ok {
		if at := titleParts.FindAllStringIndex(rest, -1); len(at) > 0 && at[0][0] == 0 {
			return strings.TrimSpace(rest[at[len(at)-1][1]:])
		}
	}
	if rest, ok := strings.CutSuffix(e.title, headline); ok {
		if at := titleParts.FindStringIndex(rest); at != nil && at[1] <= 60 && !strings.EqualFold(rest[:at[0]], "print") {
			return strings.TrimSpace(rest[:at[0]])
		}
	}
	return ""
}

var (
	byRE       = regexp.MustCompile(`(?i)^(?:(?:written|posted|published|submitted|reported|words|story|text|interview|analysis|report|review|opinion) )?by:? +`)
	lateBy     = regexp.MustCompile(`(?i)\d.{0,20} by (.+)$`)
	afterName  = regexp.MustCompile(`(?i)\s*(?:[|•·/(@]|,? (?:updated|published|posted|on) |\b(?:` + shortMonths + `)\.? \d|\d).*$`)
	office     = regexp.MustCompile(`(?i)^(?:.* )?(?:editor|correspondent|reporter|writer|staff|columnist|contributor|analyst|bureau|desk|chief|author|producer|fellow|team|news|press|agency|online|intern)s?$`)
	listRE     = regexp.MustCompile(`\s*(?:,|;|&| and )\s*`)
	degrees    = regexp.MustCompile(`^(?:Ph\.?D|M\.?D|R\.?[DN]|MPH|MBA|M\.?Sc?|M\.?A|B\.?A|Esq|LL\.?[BM]|CFA|CPA|Jr|Sr)\.?$`)
	notPerson  = setOf("admin administrator editor author staff webmaster unknown guest anonymous webdesk newsroom editorial contributor posted published updated by follow profile google author: none")
	nameRE     = regexp.MustCompile(`^[\pL.'’-]+$`)
	agencyForm = regexp.MustCompile(`\b(?:` + agencies + `)\b`)
)

// agencies are the wire services that pages of others credit.
const agencies = `Associated Press|AP|Reuters|Agence France-Presse|AFP|Bloomberg|United Press International|UPI|Xinhua|TASS|dpa|DPA|ANSA|Kyodo(?: News)?|PA Media|Press Association|Press Trust of India|PTI|IANS|ANI|Australian Associated Press|AAP|The Canadian Press|Canadian Press|Anadolu(?: Agency)?|EFE|Interfax|Yonhap`

var agencyNames = func() map[string]bool {
	m := map[string]bool{}
	for _, a := range strings.Split(strings.NewReplacer("(?: News)?", "|Kyodo News", "(?: Agency)?", "|Anadolu Agency").Replace(agencies), "|") {
		m[strings.ToLower(a)], m["the "+strings.ToLower(a)] = true, true
	}
	return m
}()

// byline returns the names of the authors, "A", "A and B" or "A, B and C", without their
// offices.
func (e *evidence) byline(outlet string) string {
	var lists [][]string
	for _, x := range e.articles {
		lists = append(lists, texts(x["author"]), texts(x["creator"]))
	}
	for _, m := range []string{"author", "byl", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "sailthru.author", "citation_author", "og:article:author"} {
		lists = append(lists, []string{e.meta[m]})
	}
	lists = append(lists, []string{e.props["author"]})
	for _, b := range append(e.bylines, e.by...) {
		lists = append(lists, []string{b})
	}
	// "Published on 9 Feb 2021 by Sal Trench"
	for _, b := range append(e.dated, e.near...) {
		if m := lateBy.FindStringSubmatch(b); m != nil {
			lists = append(lists, []string{m[1]})
		}
	}
	for _, list := range lists {
		var names []string
		for _, s := range list {
			for _, n := range authorNames(s) {
				if !sameWords(n, outlet) && !contains(names, n) {
					names = append(names, n)
				}
			}
		}
		switch n := len(names); {
		case n == 1:
			return names[0]
		case n > 1 && n < 20:
			return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
		}
	}
	return ""
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if strings.EqualFold(x, s) {
			return true
		}
	}
	return false
}

// authorNames returns the names in a byline such as "By Ines Maro, Political Editor, and
// Karl Dorn in Port Vale".
func authorNames(s string) (names []string) {
	s = line(s)
	if strings.Contains(s, "://") || len(s) > longestByline {
		return nil
	}
	s = byRE.ReplaceAllString(s, "")
	s = afterName.ReplaceAllString(s, "")
	for _, part := range listRE.Split(s, -1) {
		part, _, _ = strings.Cut(part, " in ")
		part, _, _ = strings.Cut(part, " for ")
		part = strings.TrimRight(strings.TrimSpace(strings.TrimPrefix(part, "and ")), ",.:-–— ")
		words := strings.Fields(part)
		if len(words) == 0 || len(words) > 6 || len(names) > 0 && office.MatchString(part) || degrees.MatchString(part) {
			continue
		}
		if part == strings.ToUpper(part) && len(words) > 1 { // "INES MARO"
			part = capitalised(words)
			words = strings.Fields(part)
		}
		good := unicode.IsUpper([]rune(part)[0])
		for _, w := range words {
			good = good && nameRE.MatchString(w) && !notPerson[strings.ToLower(w)]
		}
		if good {
			names = append(names, part)
		}
	}
	return names
}

// capitalised writes names in capitals with small letters.
func capitalised(words []string) string {
	var out []string
	for _, w := range words {
		r := []rune(strings.ToLower(w))
		up := true
		for i, c := range r {
			if up {
				r[i] = []rune(strings.ToUpper(string(c)))[0]
			}
			up = c == '-' || c == '\'' || c == '’' || c == '.'
		}
		out = append(out, string(r))
	}
	return strings.Join(out, " ")
}

// section returns the part of the outlet that the article stands in: "World".
func (e *evidence) section(title string) string {
	last := ""
	for _, c := range e.crumbs {
		if c = line(c); !sameWords(c, title) && !strings.EqualFold(c, "home") && len(c) < 60 {
			last = c
		}
	}
	for _, s := range []string{e.said("articleSection"), e.of("article:section", "section", "parsely-section", "cxenseparse:section", "sailthru.section", "category"), line(e.props["articlesection"]), last} {
		if s = line(s); s != "" && len(s) < 60 {
			return s
		}
	}
	return ""
}

// credit returns the agency or outlet that the page credits, "" for none.
func (e *evidence) credit(outlet string) string {
	for _, s := range []string{e.said("creditText"), e.said("sourceOrganization"), e.said("provider"), e.of("dc.source", "article:source", "news_source", "source", "copyright-holder")} {
		if s = line(s); s != "" && len(s) < 60 && !strings.Contains(s, "://") && !sameWords(s, outlet) {
			return s
		}
	}
	for _, s := range append(e.credits, e.bylines...) {
		if len(s) < 80 {
			if m := agencyForm.FindString(s); m != "" && !sameWords(m, outlet) {
				return m
			}
		}
		if m := creditOf.FindStringSubmatch(s); m != nil {
			return m[1]
		}
	}
	return ""
}

var (
	publishedNames = []string{"article:published_time", "og:published_time", "og:article:published_time", "datepublished", "publishdate", "publish-date", "publish_date",
		"pubdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "article.published", "bt:pubdate", "date.issued", "dc.date.issued", "dcterms.issued", "dcterms.created",
		"dc.date.created", "dc.date", "dcterms.date", "citation_publication_date", "citation_online_date", "article_date_original", "originalpublicationdate", "rnews:datepublished", "article:published",
		"timestamp", "ptime", "published_time", "published-date", "published_at", "article:post_date", "datecreated", "date", "created", "pub_date"}
	updatedNames = []string{"article:modified_time", "og:updated_time", "datemodified", "dc.date.modified", "dcterms.modified", "lastmod", "last-modified", "modified_time", "article:modified", "revised", "updated_time", "moddate"}
	updatedWord  = regexp.MustCompile(`(?i)\b(?:updated?|modified|revised|edited)\b[^.]{0,25}$`)
)

// days returns when the article was published and last changed.
func (e *evidence) days(addresses ...string) (published, updated string) {
	order := unknownOrder
	locale := strings.ToLower(strings.ReplaceAll(e.lang+" "+e.meta["og:locale"], "_", "-"))
	switch {
	case strings.Contains(locale, "en-us"):
		order = monthFirst
	case strings.Contains(locale, "-"):
		order = dayFirst
	}
	try := func(to *string, values ...string) {
		for _, v := range values {
			if *to == "" {
				*to = stampDay(v, order)
			}
		}
	}
	for _, x := range e.articles {
		try(&published, text(x["datePublished"]))
		try(&updated, text(x["dateModified"]))
	}
	for _, n := range publishedNames {
		try(&published, e.meta[n])
	}
	for _, n := range updatedNames {
		try(&updated, e.meta[n])
	}
	try(&published, e.props["datepublished"])
	try(&updated, e.props["datemodified"])
	try(&published, e.published...)
	try(&updated, e.updated...)
	try(&published, e.times...)
	for _, s := range e.dated {
		for _, d := range days(s, order) {
			if to := &published; updatedWord.MatchString(s[:d.begin]) {
				if updated == "" {
					updated = d.day
				}
			} else if *to == "" {
				*to = d.day
			}
		}
	}
	for _, a := range addresses {
		if published == "" {
			published = urlDay(a)
		}
	}
	if published == "" {
		near := e.near
		if len(e.headings) == 0 {
			near = e.lines
		}
		for _, s := range near {
			if d := days(s, order); len(d) > 0 && !updatedWord.MatchString(s[:d[0].begin]) {
				published = d[0].day
				break
			}
		}
	}
	try(&published, e.of("datecreated"), e.said("dateCreated"), e.said("uploadDate"))
	if published == "" && updated != "" {
		return updated, updated
	}
	return published, updated
}
