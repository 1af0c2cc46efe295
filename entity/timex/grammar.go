package timex

import "hearsay/doc"

// parser reads the atoms of one sentence at a time.
type parser struct {
	d  *doc.Doc
	a  []atom
	at state
	// first and last are the tokens of the sentence, [first, last).
	first, last int
	depth       int // of the moment that is being read
}

func (p *parser) c(i int) class {
	if i < 0 || i >= len(p.a) {
		return none
	}
	return p.a[i].class
}

// is says whether atom i is of one of the classes.
func (p *parser) is(i int, cs ...class) bool {
	k := p.c(i)
	if k == none {
		return false
	}
	for _, c := range cs {
		if k == c {
			return true
		}
	}
	return false
}

func (p *parser) mark(i int, m byte) bool { return i >= 0 && i < len(p.a) && p.a[i].mark == m }

// dash says whether atom i is a hyphen inside a compound.
func (p *parser) dash(i int) bool {
	return p.mark(i, '-') && p.a[i].glued && i+1 < len(p.a) && p.a[i+1].glued
}

// skipDash returns i, or what follows the hyphen at i.
func (p *parser) skipDash(i int) int {
	if p.dash(i) {
		return i + 1
	}
	return i
}

func (p *parser) digits(i int) int {
	if i < 0 || i >= len(p.a) {
		return 0
	}
	return p.a[i].digits
}

func (p *parser) num(i int) int {
	if i < 0 || i >= len(p.a) {
		return -1
	}
	return p.a[i].num
}

func (p *parser) unit(i int) (units, bool) {
	if !p.is(i, unit) {
		return 0, false
	}
	return units(p.a[i].val), true
}

// text returns the bytes of atom i.
func (p *parser) text(i int) string {
	if i < 0 || i >= len(p.a) {
		return ""
	}
	return p.d.Text[p.a[i].begin:p.a[i].end]
}

func (p *parser) token(i int) *doc.Token {
	if i < 0 || i >= len(p.a) || p.a[i].tok < 0 {
		return nil
	}
	return &p.d.Tokens[p.a[i].tok]
}

func (p *parser) upos(i int) string {
	if t := p.token(i); t != nil {
		return t.UPOS
	}
	return ""
}

func (p *parser) xpos(i int) string {
	if t := p.token(i); t != nil {
		return t.XPOS
	}
	return ""
}

// expression reads the longest time expression that begins at atom i; to is i where
// there is none.
func (p *parser) expression(i int) (n node, to int) {
	if j := p.approx(i); j > i {
		if n, to = p.quantity(j); n.ok() && n.kind != aSet && !p.is(j, the, poss, this, that) {
			return n, to
		}
		if p.c(i) == approx && p.a[i].val == 1 || p.word(i, "ca") {
			if n, to = p.moment(j); n.kind == aDate || n.kind == aClock || n.kind == yearEnd {
				return n, to
			}
		}
		return node{}, i
	}
	if n, to = p.recurring(i); n.ok() {
		return n, to
	}
	if n, to = p.quantity(i); n.ok() {
		return n, to
	}
	if n, to = p.moment(i); n.ok() {
		return n, to
	}
	return node{}, i
}

// approx skips words that make a number inexact: "more than", "at least", "nearly".
// "Over the past year" is no such thing.
func (p *parser) approx(i int) int {
	for {
		switch {
		case p.word(i, "ca") && p.mark(i+1, '.'):
			i += 2
		case p.word(i, "close") && p.word(i+1, "to") && p.numberAt(i+2):
			return i + 2
		case p.is(i, approx) && (p.numberAt(i+1) || p.is(i+1, an, half, approx) || p.a[i].val == 1):
			i++
		case p.is(i, more, fewer) && p.is(i+1, than), p.is(i, fewer) && p.is(i+1, toward),
			p.is(i, at) && p.is(i+1, least, rest):
			i += 2
		default:
			return i
		}
	}
}

// moment reads what names a point or a stretch on the calendar, with its article and
// the words that narrow it.
//
//	the end of March; late last week; mid-1996; later that month; the early 1990s
func (p *parser) moment(i int) (node, int) {
	if p.depth == deepest {
		return node{}, i
	}
	p.depth++
	n, to := p.narrowed(i)
	p.depth--
	return n, to
}

// deepest is how many times may stand inside each other: "the night of the last day of
// the first week of May".
const deepest = 4

func (p *parser) narrowed(i int) (node, int) {
	j := i
	det := false
	if p.is(j, the, poss) {
		det = true
		j++
	}
	switch {
	case p.is(j, early):
		k := p.skipDash(j + 1)
		if p.word(k, "to") && p.dash(k+1) && p.is(k+2, early) { // "mid- to late 1990s"
			k += 3
		}
		if p.is(k, rest) && p.is(k+1, of) { // "the early part of the next decade"
			k += 2
		}
		if p.is(k, in) { // "early in 1914"
			k++
			if p.is(k, the) {
				if u, ok := p.unit(k + 1); ok && u >= day && !p.a[k+1].plural {
					return node{kind: aUnit, unit: u, anchored: true, told: true}, k + 2
				}
				k++
			}
		}
		if p.is(k, part) && p.is(k+1, deictic, weekday) { // "mid-afternoon yesterday"
			n, to := p.bare(k+1, false)
			if n.ok() && n.part == 0 {
				n.part = p.a[k].val + 1
				return n, to
			}
		}
		if n, to := p.base(k, true); n.ok() && n.kind != aRef && n.kind != aSet {
			return n, to
		}
		if p.is(k, the) || p.is(k, unit) && p.is(k-1, the) {
			if n, to := p.moment(k); n.ok() && n.kind != aRef {
				return n, to
			}
		}
		return node{}, i
	case p.is(j, sooner, later):
		k := j + 1
		if p.is(k, in) || p.is(k, on) {
			k++
			if p.is(k, the) {
				if u, ok := p.unit(k + 1); ok && u >= day && !p.a[k+1].plural {
					return node{kind: aUnit, unit: u, anchored: true, told: true}, k + 2
				}
				k++
			}
		}
		n, to := p.base(k, false)
		switch n.kind {
		case aUnit, aWeekday, aDayOf, aDate, aSeason, aPart:
			return n, to
		}
		return node{}, i
	case p.is(j, edge), p.is(j, rest), p.is(j, half), p.is(j, later) && p.is(j+1, rest):
		if p.is(j, later) {
			j++
		}
		if !det && p.is(j, rest, half) {
			return node{}, i
		}
		if p.is(j+1, of) {
			return p.edgeOf(i, j+2)
		}
		return node{}, i
	case p.word(j, "latter") && p.is(j+1, rest, half) && p.is(j+2, of):
		return p.edgeOf(i, j+3)
	case p.is(j, ord) && p.is(j+1, half, rest) && p.is(j+2, of):
		// "the first half of 1990"
		if p.is(j+1, half) {
			if n, to := p.moment(j + 3); n.kind == aDate && n.date.m == 0 || n.kind == aUnit && n.unit == year {
				n.kind, n.season = aHalf, p.a[j].val
				return n, to
			}
		}
		return p.edgeOf(i, j+3)
	}
	if det && p.word(j, "time") && p.word(j+1, "being") {
		return node{kind: aRef, n: presentRef}, j + 2
	}
	if p.is(j, an) && p.is(j+1, later) && p.word(j+2, "date") {
		return node{kind: aRef, n: futureRef}, j + 3
	}
	if p.is(j, an) && p.word(j+1, "while") || p.is(j, some) && p.word(j+1, "time") && !p.is(j+2, ago) {
		return node{kind: aDuration, vague: true, unit: nounit}, j + 2
	}
	if p.is(j+1, future) && (p.word(j, "near") || p.word(j, "foreseeable") || p.word(j, "immediate") || p.word(j, "distant")) {
		return node{kind: aRef, n: futureRef}, j + 2
	}
	if det && p.word(j, "full") && p.word(j+1, "year") {
		return node{kind: aUnit, unit: year, told: true}, j + 2
	}
	if p.is(j, more) && p.word(j+1, "recently") {
		j++
	}
	n, to := p.base(j, det)
	if n.ok() {
		if n.kind == aUnit && p.is(to, or) && p.word(to+1, "so") { // "the next year or so"
			to += 2
		}
		return n, to
	}
	return node{}, i
}

// edgeOf reads what an end, a start or a part is of, from atom k.
func (p *parser) edgeOf(i, k int) (node, int) {
	if p.is(k, the) {
		if u, ok := p.unit(k + 1); ok && u >= day && !p.a[k+1].plural {
			if n, to := p.base(k+1, true); n.kind == aDate || n.kind == aQuarter || n.kind == aUnit {
				return n, to
			}
			return node{kind: aUnit, unit: u, anchored: true, told: true}, k + 2
		}
	}
	switch n, to := p.moment(k); n.kind {
	case aDate, aDecade, aCentury, aSeason, aQuarter, aHalf, aUnit, aWeekday, aDayOf:
		return n, to
	}
	return node{}, i
}

// word says whether atom i is a lower-case word.
func (p *parser) word(i int, w string) bool {
	if i < 0 || i >= len(p.a) {
		return false
	}
	a := &p.a[i]
	if a.end-a.begin != len(w) {
		return false
	}
	for k := 0; k < len(w); k++ {
		c := p.d.Text[a.begin+k]
		if c != w[k] && (c|0x20 != w[k] || !letter(c)) {
			return false
		}
	}
	return true
}

// base reads a time without what narrows it; det says whether an article or the like
// stands before.
func (p *parser) base(i int, det bool) (n node, to int) {
	if i >= len(p.a) {
		return node{}, i
	}
	n, to = p.bare(i, det)
	if !n.ok() {
		return node{}, i
	}
	return p.partOf(n, to)
}

// partOf adds the part of the day that follows a day: "Monday morning", "Christmas Eve".
func (p *parser) partOf(n node, to int) (node, int) {
	switch n.kind {
	case aWeekday, aHoliday, aDayOf:
	case aDate:
		if n.date.d == 0 {
			return n, to
		}
	case aUnit:
		if n.unit != day {
			return n, to
		}
	default:
		return n, to
	}
	if n.part > 0 || n.clock {
		return n, to
	}
	k := to
	if p.is(k, early) && p.is(k+1, part) { // "Monday late afternoon"
		k++
	}
	if p.is(k, part) && (!p.a[k].plural || n.set) {
		n.part = p.a[k].val + 1
		return n, k + 1
	}
	if p.digits(k) > 0 && n.kind == aDate && p.mark(k+1, ':') {
		if m, end := p.clock(k); m.kind == aClock {
			n.clock, n.hour, n.minute = true, m.hour, m.minute
			return n, end
		}
	}
	if p.is(k, noon) {
		n.clock, n.hour = true, p.a[k].val
		return n, k + 1
	}
	return n, to
}

func (p *parser) bare(i int, det bool) (node, int) {
	a := &p.a[i]
	switch a.class {
	case month:
		return p.month(i)
	case weekday:
		return p.weekday(i)
	case season:
		return p.season(i, det)
	case deictic:
		if p.word(i-1, "usa") && p.a[i].upper {
			return node{}, i // "USA TODAY"
		}
		return p.deictic(i)
	case holiday:
		return p.holiday(i)
	case card, scale:
		if n, to := p.clock(i); n.ok() {
			return n, to
		}
		if n, to := p.century(i); n.ok() {
			return n, to
		}
		return p.yearWords(i)
	case ord:
		return p.ordinal(i, det)
	case decades:
		if det || p.mark(i-1, '\'') {
			return node{kind: aDecade, date: date{y: 190 + a.val/10}}, i + 1
		}
	case last, prior, next, after, this, that, latest:
		return p.relative(i, det)
	case fiscal:
		return p.fiscal(i, det)
	case part:
		return p.part(i, det)
	case noon, amPM:
		return p.clock(i)
	case unit:
		if units(a.val) == second && !a.plural {
			return p.ordinal(i, det)
		}
		return p.unitWord(i, det)
	case letterQ, letterH:
		return p.numbered(i)
	case these:
		if p.word(i+1, "days") {
			return node{kind: aRef, n: presentRef}, i + 2
		}
	case vague, recent, future, moment:
		return p.reference(i, det)
	case none:
		if a.digits > 0 {
			return p.digitsAt(i, det)
		}
		if a.mark == '\'' && p.digits(i+1) == 2 && p.a[i+1].glued {
			return p.shortYear(i)
		}
	}
	return node{}, i
}
