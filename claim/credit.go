package claim

import (
	"regexp"
	"strings"

	"hearsay/doc"
)

// press are the nouns of the press, which "state" or another word before makes an outlet.
var press = map[string]bool{"media": true, "medium": true, "television": true, "tv": true, "radio": true, "agency": true, "broadcaster": true, "newspaper": true}

// pressWord says that a phrase with such a noun means an outlet: "state media", "the state-run news agency".
var pressWord = regexp.MustCompile(`(?i)^(?:\pL+ |\pL+'s |\pL+’s )*(?:state|state-run|state-owned|state-controlled|official|local|national) (?:news |media )?(?:media|television|TV|radio|agency|broadcaster|newspapers?)$|(?i)news agency$`)

// outletRE is a name as it stands in a credit line.
const outletRE = `((?:[Tt]he )?[A-Z][\pL.&'’-]*(?: (?:[A-Z][\pL.&'’-]*|of|and|de)){0,4})`

// creditLines are the forms of credit; the name is the group.
var creditLines = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[.;(] ?)` + outletRE + ` (?:also )?contributed(?: to this (?:report|story|article))?\b`),
	regexp.MustCompile(`(?i:(?:additional |with |and )?reporting (?:by|from)|with (?:files|material|reporting) from|(?:information|material) from|first published (?:by|in|on)|originally (?:published|appeared) (?:by|in|on)|courtesy of) ` + outletRE),
	regexp.MustCompile(`^\(?(?i:source|via|credit)s?: ?` + outletRE),
}

// dateline is the agency of "WASHINGTON (AP) —" and of "(Reuters)".
var dateline = regexp.MustCompile(`\(` + outletRE + `\)`)

// byline is the outlet of "By Jane Roe, Associated Press" and of "Jane Roe | Harbour Wire".
var byline = regexp.MustCompile(`(?:,|\||/| for| of) ` + outletRE + `$`)

// credits finds the outlets that a line of the page credits, as evidence for all of the article. In
// the report itself only a line that is nothing but credit counts.
func (c *citing) credits(b doc.Block) {
	text := c.d.Slice(b.Span)
	switch b.Kind {
	case doc.Credit:
		c.credit(b, creditLines...)
		c.credit(b, dateline)
	case doc.Dateline:
		c.credit(b, dateline)
	case doc.Byline:
		c.credit(b, byline, dateline)
	case doc.Boilerplate, doc.Paragraph:
		if len(strings.Fields(text)) <= 14 && !strings.ContainsAny(text, `"“`) {
			c.credit(b, creditLines...)
			if dateline.FindString(text) == strings.TrimRight(text, ". ") {
				c.credit(b, dateline)
			}
		}
	}
}

// credit adds what forms find in a block, if it is an outlet.
func (c *citing) credit(b doc.Block, forms ...*regexp.Regexp) {
	text := c.d.Slice(b.Span)
	for _, re := range forms {
		for _, m := range re.FindAllStringSubmatchIndex(text, -1) {
			span := doc.Span{Begin: b.Begin + m[2], End: b.Begin + m[3]}
			name := strings.TrimRight(c.d.Slice(span), ".")
			// "Reuters and AP": the first that is one.
			for _, part := range strings.Split(name, " and ") {
				at := strings.Index(c.d.Text[span.Begin:span.End], part)
				s := doc.Span{Begin: span.Begin + at, End: span.Begin + at + len(part)}
				if e := c.entityAt(s); outletName(part) || outletEntity(c.d, e) {
					p := party(c.d, s, e)
					if p.Name == "" {
						p.Name = strings.TrimPrefix(strings.TrimPrefix(part, "The "), "the ")
					}
					words := doc.Span{Begin: b.Begin + m[0], End: b.Begin + m[1]}.Trim(c.d.Text)
					if re == byline {
						words = s
					}
					c.add(Citation{words, Credited, p, ""})
				}
			}
		}
	}
}

// entityAt returns the entity whose mention has a span, or -1.
func (c *citing) entityAt(s doc.Span) int {
	for i := range c.d.Mentions {
		if m := &c.d.Mentions[i]; m.Begin <= s.Begin && s.End <= m.End && m.End-m.Begin <= s.End-s.Begin+4 {
			return m.Entity
		}
	}
	return -1
}
