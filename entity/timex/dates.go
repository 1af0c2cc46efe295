package timex

// month reads from a month's name.
//
//	March; March 3; March 3, 2021; March 2021; March of 2021; March last year
func (p *parser) month(i int) (node, int) {
	a := &p.a[i]
	if !a.upper {
		return node{}, i
	}
	m, dayNum := a.val, p.dayNumber(i+1)
	numbered := dayNum > 0 || p.yearAt(i+1) > 0
	if a.short && !numbered {
		return node{}, i
	}
	if t := p.token(i); t != nil && !numbered && (t.UPOS == "AUX" || t.UPOS == "VERB" || t.XPOS == "MD") {
		return node{}, i // "May I", "March on"
	}
	if m == 3 && !numbered && i > 0 {
		if x := p.token(i - 1); x != nil && p.a[i-1].upper && p.a[i-1].mark == 0 && p.a[i-1].class == none && x.Head == a.tok && x.UPOS != "ADP" || p.word(i-1, "s") && p.mark(i-2, '\'') && i > 2 && p.a[i-3].upper {
			return node{}, i // "the Long March", "the Women's March"
		}
		if p.is(i+1, on) || p.word(i+1, "for") && p.a[min(i+2, len(p.a)-1)].upper || p.is(i+1, of) && p.yearAt(i+2) == 0 && !p.is(i+2, last, this, that, next, the) {
			return node{}, i // "the March for Peace"
		}
	}
	n := node{kind: aDate, date: date{m: m}}
	to := i + 1
	if dayNum > 0 && dayNum <= daysIn(0, m) && !(p.digits(i+1) == 2 && p.mark(i+1+1, ',') && p.digits(i+3) == 3 && p.a[i+3].glued) {
		n.date.d = dayNum
		to = p.afterDay(i + 1)
	}
	y, end := p.yearAfter(to)
	if y.known() && n.date.d > daysIn(y.y, m) {
		return node{}, i // the 29th of February of a common year
	}
	if y.known() {
		n.date.y, n.dir, n.told = y.y, 0, false
		return n, end
	}
	if r, end := p.yearWordAfter(to); r.ok() {
		n.told, n.dir, n.anchored, n.unit = true, r.dir, r.anchored, year
		return n, end
	}
	return n, to
}

// dayNumber returns the day of a month at atom i: "3", "3rd", "third"; 0 for none.
func (p *parser) dayNumber(i int) int {
	if i >= len(p.a) {
		return 0
	}
	if d := p.a[i].digits; d == 1 || d == 2 {
		n := p.a[i].num
		if n < 1 || n > 31 || p.mark(i+1, ':') && p.digits(i+2) > 0 && p.a[i+2].glued {
			return 0
		}
		if p.mark(i+1, '.') && p.a[i+1].glued && p.digits(i+2) > 0 && p.a[i+2].glued {
			return 0 // a decimal
		}
		if p.is(i+1, amPM) {
			return 0
		}
		return n
	}
	if p.is(i, ord) && p.a[i].val > 0 {
		return p.a[i].val
	}
	return 0
}

// afterDay returns what follows the day of a month at atom i.
func (p *parser) afterDay(i int) int {
	if i+1 < len(p.a) && p.a[i].digits > 0 && p.a[i+1].glued {
		switch {
		case p.word(i+1, "st"), p.word(i+1, "nd"), p.word(i+1, "rd"), p.word(i+1, "th"):
			return i + 2
		}
	}
	return i + 1
}

// digitsAt reads what begins with digits: a year, a decade, a day with its month, a
// time of the clock, or a date in figures.
func (p *parser) digitsAt(i int, det bool) (node, int) {
	a := &p.a[i]
	if a.glued && i > 0 && (p.a[i-1].mark == '$' || p.a[i-1].mark == '#' || p.a[i-1].mark == '.' || p.a[i-1].mark == '?' ||
		p.a[i-1].mark == '%' || p.a[i-1].mark == '_' || p.a[i-1].mark == '@' ||
		p.a[i-1].mark == 0 && !p.is(i-1, early)) {
		return node{}, i
	}
	if p.mark(i-1, '$') {
		return node{}, i
	}
	if n, to := p.clock(i); n.ok() {
		return n, to
	}
	if n, to := p.figures(i); n.ok() {
		return n, to
	}
	if y, to := p.christ(i); y != 0 {
		return node{kind: aDate, date: date{y: y}}, to
	}
	if n, to := p.century(i); n.ok() {
		return n, to
	}
	if n, to := p.dayMonth(i, det); n.ok() {
		return n, to
	}
	if n, to := p.decade(i, det); n.ok() {
		return n, to
	}
	if n, to := p.dayAlone(i, det); n.ok() {
		return n, to
	}
	return p.year(i, det)
}

// dayMonth reads "11 November 1918", "the 25th of August", "3rd March".
func (p *parser) dayMonth(i int, det bool) (node, int) {
	d := p.dayNumber(i)
	if d == 0 {
		return node{}, i
	}
	k := p.afterDay(i)
	if p.is(k, of) {
		k++
	}
	if !p.is(k, month) || !p.a[k].upper || d > daysIn(0, p.a[k].val) {
		return node{}, i
	}
	if k == i+1 && p.a[k].short && p.yearAt(k+1) == 0 && p.is(k, month) && !p.is(i-1, on, by, the, since, toward, from) {
		return node{}, i
	}
	n := node{kind: aDate, date: date{m: p.a[k].val, d: d}}
	if y, to := p.yearAfter(k + 1); y.known() && !(p.mark(k+1, ',') && p.dayNumber(k+2) > 0 && p.yearAt(k+2) == 0) {
		n.date.y = y.y
		return n, to
	}
	if r, to := p.yearWordAfter(k + 1); r.ok() {
		n.told, n.dir, n.anchored, n.unit = true, r.dir, r.anchored, year
		return n, to
	}
	return n, k + 1
}

// dayAlone reads a day whose month stands beside another day: "April 24 and 25",
// "the 28 and 29 August", "the 19th".
func (p *parser) dayAlone(i int, det bool) (node, int) {
	d := p.dayNumber(i)
	if d == 0 {
		return node{}, i
	}
	to := p.afterDay(i)
	if p.is(i, ord) && p.a[i].val < 4 {
		return node{}, i
	}
	// The month comes: "28 and 29 August", "6-7 January".
	if (p.is(to, and, or, toward) || p.mark(to, '-')) && p.dayNumber(to+1) > 0 && !p.is(i, ord) {
		k := p.afterDay(to + 1)
		if p.is(k, of) {
			k++
		}
		if p.is(k, month) && p.a[k].upper {
			n := node{kind: aDate, date: date{m: p.a[k].val, d: d}}
			if y, _ := p.yearAfter(k + 1); y.known() {
				n.date.y = y.y
			}
			return n, to
		}
	}
	// The month has been: "April 24 and 25", "from March 3 to 5".
	if p.is(i-1, and, or, toward) || p.mark(i-1, '-') || p.mark(i-1, ',') {
		if p.at.dayEnds == i-1 && p.at.at.d > 0 && p.at.at.d < d && p.alone(to) {
			n := node{kind: aDate, date: date{p.at.at.y, p.at.at.m, d}}
			if y, end := p.yearAfter(to); y.known() && p.mark(to, ',') {
				n.date.y = y.y
				return n, end
			}
			return n, to
		}
	}
	// "on the 19th"
	if det && to == i+2 && p.is(i-2, on, by, toward, from, since, and) && p.at.at.m > 0 && d <= daysIn(0, p.at.at.m) && p.alone(to) && p.at.narrative {
		return node{kind: aDate, date: date{p.at.at.y, p.at.at.m, d}}, to
	}
	return node{}, i
}

// alone says whether atom i begins no noun that a number before it would count.
func (p *parser) alone(i int) bool {
	if i >= len(p.a) || p.a[i].mark != 0 && p.a[i].mark != '$' && p.a[i].mark != '%' && !p.dash(i) {
		return true
	}
	switch p.upos(i) {
	case "NOUN", "PROPN", "ADJ", "NUM", "SYM":
		return false
	}
	return true
}

// figures reads "1998-08-10" and "11/02/89".
func (p *parser) figures(i int) (node, int) {
	sep := byte('-')
	if p.mark(i+1, '/') {
		sep = '/'
	}
	if !p.mark(i+1, sep) || !p.mark(i+3, sep) || p.digits(i+2) == 0 || p.digits(i+4) == 0 || p.digits(i+2) > 2 {
		return node{}, i
	}
	for k := i + 1; k < i+5; k++ {
		if !p.a[k].glued {
			return node{}, i
		}
	}
	y, m, d := p.num(i), p.num(i+2), p.num(i+4)
	switch {
	case p.digits(i) == 4 && p.digits(i+4) <= 2:
	case p.digits(i) <= 2 && (p.digits(i+4) == 4 || p.digits(i+4) == 2 && sep == '/'):
		y, m, d = d, y, m
		if p.digits(i+4) == 2 {
			y = p.fullYear(y)
		}
		if m > 12 && d <= 12 {
			m, d = d, m
		}
	default:
		return node{}, i
	}
	if y < 1000 || y > 2200 || m < 1 || m > 12 || d < 1 || d > daysIn(y, m) {
		return node{}, i
	}
	return node{kind: aDate, date: date{y, m, d}}, i + 5
}

// weekday reads "Monday", "Monday night", "Monday, Oct. 13".
func (p *parser) weekday(i int) (node, int) {
	a := &p.a[i]
	if !a.upper || a.short && !(p.mark(i+1, ',') && p.is(i+2, month)) && !p.is(i+1, month) {
		return node{}, i
	}
	if a.plural {
		return node{kind: aSet, n: a.val, unit: day, weeks: true}, i + 1
	}
	n := node{kind: aWeekday, n: a.val}
	k := i + 1
	if p.is(k, part) && p.a[k].plural {
		return node{kind: aSet, n: a.val, unit: day, weeks: true, part: p.a[k].val + 1}, k + 1
	}
	if p.is(k, part) {
		n.part = p.a[k].val + 1
		k++
	}
	j := k
	if p.mark(j, ',') {
		j++
	}
	if p.is(j, month) || p.digits(j) > 0 {
		var m node
		var to int
		if p.is(j, month) {
			m, to = p.month(j)
		} else {
			m, to = p.dayMonth(j, false)
		}
		if m.kind == aDate && m.date.d > 0 {
			m.part = n.part
			return m, to
		}
	}
	return n, k
}

// deictic reads "yesterday", "tonight", "today".
func (p *parser) deictic(i int) (node, int) {
	if p.a[i].val == 10 {
		return node{kind: aDayOf, part: 5}, i + 1
	}
	return node{kind: aDayOf, n: p.a[i].val}, i + 1
}
