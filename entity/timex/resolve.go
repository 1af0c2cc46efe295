package timex

import "hearsay/doc"

// resolve gives a node its type and value and moves the state along; an empty value is
// none worth having.
func (p *parser) resolve(n node, i, to int) (doc.TimeType, string) {
	var v value
	s := &p.at
	typ := doc.Date
	switch n.kind {
	case aDate:
		d := p.whole(n, i, to)
		if n.weeks {
			v.week(d)
		} else {
			v.date(d)
		}
		if d.y < 0 {
			s.bc = true
		}
		if (d.m > 0 || d.y != s.at.y) && !(s.narrative && (p.aside(i) || s.leap(d))) {
			s.at = d
		}
		if d.d > 0 {
			s.dayEnds = to
		}
		if d.m == 0 {
			s.yearEnds = to
		}
		typ = p.dayTime(&v, n, d)
	case aDecade:
		if n.date.y < 0 {
			v.text("BC")
			v.pad(-n.date.y, 3)
		} else {
			v.pad(n.date.y, 3)
		}
	case aCentury:
		if n.date.y < 0 {
			v.text("BC")
			v.pad(-n.date.y-1, 2)
		} else {
			v.pad(n.date.y, 2)
		}
	case aSeason:
		d := p.seasonOf(n, i, to)
		if n.date.y == 0 && !n.told && to-i == 1 && p.compound(i) {
			d = 0 // "winter quarters": of no year
		}
		v.year(d)
		v.text("-")
		v.text(seasons[n.season])
		if d != 0 {
			s.at = date{y: d, m: [...]int{4, 7, 10, 1}[n.season]}
		}
	case aQuarter:
		p.quarterOf(&v, n, i, to)
	case aHalf:
		y := n.date.y
		if n.kind == aHalf && y == 0 {
			if b := s.base(n); b.known() {
				y = b.years(n.dir).y
			}
		}
		v.year(y)
		v.text("-H")
		v.pad(n.season, 1)
	case yearAgo:
		p.yearBefore(&v)
	case yearEnd:
		b := s.now()
		v.year(b.y)
		if b.y != 0 {
			s.at = date{y: b.y}
		}
	case aWeekday:
		d := p.weekdayOf(n, i, to)
		if d.known() {
			v.date(d)
			s.at = d
		} else {
			v.text("XXXX-WXX-")
			v.pad(n.n, 1)
		}
		typ = p.dayTime(&v, n, d)
	case aHoliday:
		d := p.holidayOf(n, i, to)
		if n.weeks {
			v.week(d)
			if n.unit == weekend {
				v.text("-WE")
			}
			return typ, v.String()
		}
		v.date(d)
		if d.known() {
			s.at = d
		}
		typ = p.dayTime(&v, n, d)
	case aDayOf:
		b := s.ref
		if s.narrative && s.at.d > 0 && n.n != 0 {
			b = s.at
		}
		d := b.days(n.n)
		if n.n == 0 && n.part == 0 && (s.narrative || !s.ref.known()) {
			return typ, refs[presentRef]
		}
		if d.known() {
			v.date(d)
			s.at = d
		} else {
			v.text("XXXX-XX-XX")
		}
		typ = p.dayTime(&v, n, d)
	case aPart:
		b := s.base(n)
		if n.told && n.dir == -1 {
			b = b.days(-1)
		}
		switch {
		case b.known() && b.d > 0:
			v.date(b)
			s.at = b
		default:
			v.text("XXXX-XX-XX")
		}
		typ = p.dayTime(&v, n, b)
	case aUnit:
		p.unitOf(&v, n, i, to)
		typ = p.dayTime(&v, n, s.at)
	case anOffset:
		typ = p.offsetOf(&v, n)
	case aClock:
		b := s.now()
		if s.at.d > 0 {
			b = s.at
		}
		if b.d > 0 {
			v.date(b)
		} else {
			v.text("XXXX-XX-XX")
		}
		typ = p.dayTime(&v, n, b)
	case aRef:
		v.text(refs[n.n])
	case aDuration:
		typ = doc.Duration
		duration(&v, n)
		if n.n > 3 && n.unit == monthUnit && p.is(i, the) {
			s.yearly = true
		}
	case aSet:
		typ = doc.Set
		p.setOf(&v, n)
	}
	return typ, v.String()
}

// dayTime adds the part of the day or the time of the clock, and says of which type
// the expression is then.
func (p *parser) dayTime(v *value, n node, d date) doc.TimeType {
	switch {
	case n.clock:
		v.text("T")
		v.pad(n.hour, 2)
		v.text(":")
		v.pad(n.minute, 2)
		return doc.Clock
	case n.part > 0:
		v.text("T")
		v.text(parts[n.part-1])
		return doc.Clock
	}
	return doc.Date
}

// whole adds to a date the year that it does not tell.
func (p *parser) whole(n node, i, to int) date {
	d, s := n.date, &p.at
	if d.y != 0 || d.m == 0 {
		return d
	}
	if !n.told {
		if y := p.yearAhead(d, to); y != 0 {
			d.y = y
			return d
		}
	}
	b := s.base(n)
	if !b.known() && !n.told {
		b = s.at // news without a day of publication, after a date that tells its year
	}
	if !b.known() {
		return d
	}
	switch {
	case n.told && n.unit == year: // "March last year"
		d.y = b.years(n.dir).y
	case n.told && n.dir < 0: // "last March"
		d.y = b.y
		if b.m > 0 && d.m >= b.m {
			d.y = b.years(-1).y
		}
	case n.told && n.dir > 0:
		d.y = b.y
		if b.m > 0 && d.m <= b.m {
			d.y = b.years(1).y
		}
	case n.told:
		d.y = b.y
	case s.narrative || !s.ref.known():
		d.y = p.nearest(b, d, p.tense(i, to))
	default:
		d.y = p.nearest(b, d, p.tense(i, to))
	}
	if d.d > daysIn(d.y, d.m) {
		d.y = 0
	}
	return d
}

// aside says whether the date at atom i is one that a narrative looks out to and does
// not go on from: "until the fall of the city in 1945", "(born 1902)".
func (p *parser) aside(i int) bool {
	for k := i - 1; k >= 0 && k >= i-8; k-- {
		switch {
		case p.word(k, "until"), p.word(k, "since"):
			return true
		case p.mark(k, ','), p.is(k, month):
			return false
		}
	}
	return false
}

// yearAhead returns the year that a later date of the same range tells: "between March
// and April 1918", "26 June - 4 August 1952".
func (p *parser) yearAhead(d date, to int) int {
	k := to
	if !p.is(k, and, or, toward) && !p.mark(k, '-') {
		return 0
	}
	k++
	if p.is(k, early) {
		k = p.skipDash(k + 1)
	}
	var m node
	switch {
	case p.is(k, month):
		m, _ = p.month(k)
	case p.digits(k) > 0:
		m, _ = p.dayMonth(k, false)
	}
	if m.kind != aDate || m.date.y == 0 || m.date.m == 0 {
		return 0
	}
	if m.date.m < d.m {
		return m.date.years(-1).y
	}
	return m.date.y
}

// nearest returns the year of a month or a day of which only that is told: the one
// that lies nearest to b, or on the side of it to which the tense points.
func (p *parser) nearest(b, d date, t tense) int {
	if b.m == 0 {
		return b.y
	}
	ahead := d.m - b.m
	if ahead == 0 && d.d > 0 && b.d > 0 {
		// The same month: a day soon before or soon after.
		return b.y
	}
	// months ahead if it comes next, and months back if it was last
	next, back := (ahead+12)%12, (12-ahead)%12
	if next == 0 {
		return b.y
	}
	fore := next <= 4
	// A text that counts from its own dates goes forward.
	told := p.at.narrative || !p.at.ref.known()
	switch {
	case told && t == tensePerfect:
		fore = next <= 4
	case told:
		fore = next <= narrativeReach
	case t == tensePast || t == tensePerfect:
		fore = next <= 2
	case t == tenseFuture:
		fore = back > 2
	}
	y := b.y
	if fore && ahead < 0 {
		y = b.years(1).y
	} else if !fore && ahead > 0 {
		y = b.years(-1).y
	}
	return y
}

// narrativeReach is how many months a narrative goes forward in one step; what would
// be further ahead lies behind. Found on the train part of WikiWars.
const narrativeReach = 6

// weekdayOf returns the day that a weekday names.
func (p *parser) weekdayOf(n node, i, to int) date {
	b := p.at.base(n)
	if p.at.narrative && b.d == 0 || b.d == 0 || b.y < 0 {
		return date{}
	}
	back := (b.weekday() - n.n + 7) % 7
	ahead := (n.n - b.weekday() + 7) % 7
	if n.told {
		switch {
		case n.dir < 0:
			if back == 0 {
				back = 7
			}
			return b.days(-back)
		case n.dir > 0:
			if ahead == 0 {
				ahead = 7
			}
			return b.days(ahead)
		}
		return b.days(n.n - b.weekday())
	}
	if p.at.narrative {
		return b.days(ahead)
	}
	switch p.tense(i, to) {
	case tenseFuture:
		return b.days(ahead)
	case tensePresent:
		return b.days(ahead)
	}
	return b.days(-back)
}

// seasonOf returns the year of a season.
func (p *parser) seasonOf(n node, i, to int) int {
	if n.date.y != 0 {
		return n.date.y
	}
	b := p.at.base(n)
	if !b.known() {
		return 0
	}
	mid := [...]int{4, 7, 10, 13}[n.season]
	switch {
	case n.told && n.dir < 0:
		if b.m > 0 && b.m > mid+1 {
			return b.y
		}
		return b.years(-1).y
	case n.told && n.dir > 0:
		if b.m > 0 && b.m >= mid-1 {
			return b.years(1).y
		}
		return b.y
	case p.at.narrative && n.season == 3 && b.m >= 7:
		return b.years(1).y
	}
	return b.y
}

// holidayOf returns the day of a holiday.
func (p *parser) holidayOf(n node, i, to int) date {
	h := &holidays[n.n]
	b := p.at.base(n)
	y := n.date.y
	if y == 0 {
		if b.y <= 0 {
			d := h.on(2001)
			return date{0, d.m, d.d}
		}
		y = b.y
		d := h.on(y)
		d.y = y
		past := b.m > 0 && (d.m < b.m || d.m == b.m && b.d > 0 && d.d <= b.d)
		switch {
		case n.told && n.season < 0:
			if !past {
				y--
			}
		case n.told && n.season > 0:
			if past {
				y++
			}
		case n.told:
		case b.m > 0 && !p.at.narrative:
			y = p.nearest(b, date{m: d.m, d: d.d}, p.tense(i, to))
		case b.m > 0:
			y = p.nearest(b, date{m: d.m, d: d.d}, tenseNone)
		}
	}
	d := h.on(y)
	if n.dir < 0 {
		d = d.days(-1)
	}
	return d
}
