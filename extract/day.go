package extract

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms of a date in the values and the visible text of pages.
const (
	shortMonths = `Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?`
	yearForm    = `(?:19[89]\d|20\d\d)`
)

var (
	isoRE  = regexp.MustCompile(`\b(` + yearForm + `)([-/.])(\d{1,2})[-/.](\d{1,2})(?:\b|[T_])`)
	flatRE = regexp.MustCompile(`^(` + yearForm + `)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?$`)
	unixRE = regexp.MustCompile(`^\d{10}(?:\d{3})?$`)
	// "March 4th, 2021", "Thu Mar 04 2021", "Mar. 4, 08:00 GMT 2021" is not one.
	mdyRE = regexp.MustCompile(`(?i)\b(` + shortMonths + `)\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?,? (?:\d{1,2}:\d{2}(?::\d{2})? (?:[A-Z]{3,4} )?)?(` + yearForm + `)\b`)
	// "4 March 2021", "04-Mar-2021", "the 4th of March, 2021"
	dmyRE     = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)?[ -](?:of )?(` + shortMonths + `)\.?,?[ -](` + yearForm + `)\b`)
	numericRE = regexp.MustCompile(`\b(\d{1,2})([/.-])(\d{1,2})[/.-](` + yearForm + `)\b`)
	inURL     = regexp.MustCompile(`/(` + yearForm + `)[/-]?(\d\d|[a-z]{3})[/-]?(\d\d)(?:[/.-]|\d{0,6}\b|$)`)
)

// numericOrder says in which order a page writes the numbers of "3/4/2021".
type numericOrder uint8

const (
	unknownOrder numericOrder = iota
	dayFirst
	monthFirst
)

// found is a date in a text.
type found struct {
	day   string // YYYY-MM-DD
	begin int
}

// days returns the dates in a text, in their order. "3/4/2021" is one where order, or the
// size of its numbers, tells the day from the month. Dates before 1980 are none: they are
// what an article is about.
func days(text string, order numericOrder) (out []found) {
	if !strings.ContainsAny(text, "0123456789") {
		return nil
	}
	add := func(begin int, year, month, day string) {
		if d := calendarDay(year, month, day); d != "" {
			out = append(out, found{d, begin})
		}
	}
	for _, m := range isoRE.FindAllStringSubmatchIndex(text, -1) {
		add(m[0], text[m[2]:m[3]], text[m[6]:m[7]], text[m[8]:m[9]])
	}
	for _, m := range mdyRE.FindAllStringSubmatchIndex(text, -1) {
		add(m[0], text[m[6]:m[7]], text[m[2]:m[3]], text[m[4]:m[5]])
	}
	for _, m := range dmyRE.FindAllStringSubmatchIndex(text, -1) {
		add(m[0], text[m[6]:m[7]], text[m[4]:m[5]], text[m[2]:m[3]])
	}
	for _, m := range numericRE.FindAllStringSubmatchIndex(text, -1) {
		a, sign, b, year := text[m[2]:m[3]], text[m[4]:m[5]], text[m[6]:m[7]], text[m[8]:m[9]]
		x, _ := strconv.Atoi(a)
		y, _ := strconv.Atoi(b)
		switch {
		case y > 12 || sign == "/" && order == monthFirst && x <= 12:
			add(m[0], year, a, b)
		case x > 12 || x == y || sign == "." || order == dayFirst:
			add(m[0], year, b, a)
		}
	}
	// The forms were looked for one after the other.
	for i := 1; i < len(out); i++ {
		for j := i; j > 0 && out[j].begin < out[j-1].begin; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// stampDay returns the day of the value of an attribute or of a field of JSON, as it is
// written there: no time zone is reckoned with. "" where it holds no date.
func stampDay(value string, order numericOrder) string {
	value = strings.TrimSpace(value)
	if m := flatRE.FindStringSubmatch(value); m != nil {
		return calendarDay(m[1], m[2], m[3])
	}
	if unixRE.MatchString(value) {
		if n, err := strconv.ParseInt(value[:10], 10, 64); err == nil && n > 315532800 {
			return time.Unix(n, 0).UTC().Format(time.DateOnly)
		}
	}
	if all := days(value, order); len(all) > 0 {
		return all[0].day
	}
	return ""
}

// urlDay returns the date in the path of an address, such as /2021/03/04/ or
// /2021/mar/04/.
func urlDay(address string) string {
	for _, m := range inURL.FindAllStringSubmatch(address, -1) {
		if d := calendarDay(m[1], m[2], m[3]); d != "" {
			return d
		}
	}
	return ""
}

// calendarDay puts a date together; month is a number or an English name. "" where there
// is no such day.
func calendarDay(year, month, day string) string {
	m, err := strconv.Atoi(month)
	if err != nil {
		m = 0
		for k := time.January; k <= time.December; k++ {
			if len(month) >= 3 && strings.EqualFold(k.String()[:3], month[:3]) {
				m = int(k)
			}
		}
	}
	y, _ := strconv.Atoi(year)
	d, _ := strconv.Atoi(day)
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	if m < 1 || m > 12 || t.Day() != d || t.Month() != time.Month(m) {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}
