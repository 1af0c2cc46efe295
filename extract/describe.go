package extract

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"

	"hearsay/doc"
)

// dateForm matches a full date: 2021-03-03, 3 March 2021 or March 3, 2021.
const dateForm = `\d{4}-\d{2}-\d{2}|\d{1,2} (?:` + months + `) \d{4}|(?:` + months + `) \d{1,2}, \d{4}`

const months = `January|February|March|April|May|June|July|August|September|October|November|December`

var dateRE = regexp.MustCompile(`\b(?:` + dateForm + `)\b`)

// describe fills Meta from the blocks of a plain text: the headline that opens it,
// its byline, its dateline, the agency of that or of a credit line, and dates on short
// lines of their own among the first five blocks. What a page has said already stays.
func describe(d *doc.Doc) {
	prose := 0
	for i, b := range d.Blocks {
		text := d.Slice(b.Span)
		switch b.Kind {
		case doc.Headline:
			if d.Meta.Title == "" && prose == 0 {
				d.Meta.Title = text
			}
		case doc.Byline:
			if d.Meta.Byline == "" && bylineRE.MatchString(text) {
				d.Meta.Byline = text[3:]
			}
		case doc.Dateline:
			if d.Meta.Dateline == "" {
				d.Meta.Dateline = strings.TrimRight(agencyRE.ReplaceAllString(text, ""), " -–—")
			}
			if m := agencyRE.FindStringSubmatch(text); m != nil && d.Meta.Credit == "" {
				d.Meta.Credit = m[1]
			}
		case doc.Credit:
			for _, re := range []*regexp.Regexp{creditOf, agencyOf} {
				if m := re.FindStringSubmatch(text); m != nil && d.Meta.Credit == "" {
					d.Meta.Credit = m[1]
				}
			}
		case doc.Paragraph:
			prose++
		}
		if i < 5 && len(text) < 60 {
			if m := dateRE.FindStringIndex(text); m != nil {
				to := &d.Meta.Published
				if updatedWord.MatchString(text[:m[0]]) {
					to = &d.Meta.Updated
				}
				if *to == "" {
					*to = stampDay(text[m[0]:m[1]], unknownOrder)
				}
			}
		}
	}
}

// common are words that make up over a quarter of running English.
var common = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields("the of and to a in that is was for on with he as it by at from his be are have this not they but had which she an were has their will who would said its been one or you we about there if when all so out up what more than can no her him them after i my do did into over also could some my your our these those how because while where says say") {
		m[w] = true
	}
	return m
}()

// language returns the ISO 639-1 code of the text's language: "en" where English's
// commonest words are common enough, "und" where the text is too short to tell, and
// else what a trigram model says.
func language(d *doc.Doc) string {
	sample := d.Text
	if len(sample) > 6000 {
		sample = strings.ToValidUTF8(sample[:6000], "")
	}
	words, hits := 0, 0
	for _, w := range strings.FieldsFunc(sample, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }) {
		words++
		if common[strings.ToLower(w)] {
			hits++
		}
	}
	if words >= 4 && hits*6 >= words {
		return "en"
	}
	if words == 0 {
		return "und"
	}
	info := whatlanggo.Detect(sample)
	code := info.Lang.Iso6391()
	switch {
	case code == "":
		return "und"
	case info.Script != unicode.Latin:
		return code // a script of its own tells at once
	case words < 12, !info.IsReliable() && hits*10 >= words:
		return "und"
	}
	return code
}

// English says whether an article is read: it is English, or too short to tell.
func English(d *doc.Doc) bool { return d.Meta.Language == "en" || d.Meta.Language == "und" }
