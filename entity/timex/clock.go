package timex

// clock reads a time of the day, with its zone and the day beside it.
//
//	10:30; 5 p.m. EST Nov. 6; ten o'clock; noon Thursday; 1500 GMT; 11 a.m.
func (p *parser) clock(i int) (node, int) {
	n := node{kind: aClock, clock: true}
	to := i
	switch {
	case p.is(i, noon):
		n.hour, to = p.a[i].val, i+1
	case p.digits(i) == 1 || p.digits(i) == 2:
		n.hour, to = p.num(i), i+1
		if (p.mark(to, ':') || p.mark(to, '.') && p.digits(to+1) == 2 && p.is(to+2, amPM)) && p.a[to].glued && p.digits(to+1) == 2 && p.a[to+1].glued {
			n.minute, to = p.num(to+1), to+2
			if p.mark(to, ':') && p.digits(to+1) == 2 && p.a[to].glued && p.a[to+1].glued { // seconds
				to += 2
			}
			if p.mark(i-1, ':') || p.glue(to) && !p.is(to, amPM, unit) {
				return node{}, i
			}
		} else if !p.is(to, amPM, oclock) && !(p.is(i-1, at) && p.is(to, in) && p.is(to+1, the) && p.is(to+2, part)) {
			return node{}, i
		}
	case p.digits(i) == 4 && p.is(i+1, zone) && p.a[i+1].upper && (p.word(i+1, "gmt") || p.word(i+1, "utc") || p.word(i+1, "est")):
		n.hour, n.minute, to = p.num(i)/100, p.num(i)%100, i+1
	case p.is(i, card) && p.a[i].val >= 1 && p.a[i].val <= 12:
		n.hour, to = p.a[i].val, i+1
		if p.is(to, card) && p.a[to].val >= 10 && p.is(to+1, amPM) {
			n.minute, to = p.a[to].val, to+1
		}
		if !p.is(to, amPM, oclock) {
			return node{}, i
		}
	default:
		return node{}, i
	}
	if p.is(to, oclock) {
		to++
	}
	if p.is(to, amPM) && n.hour <= 12 && !p.is(i, noon) {
		if p.word(to, "am") && !p.a[to].glued && p.upos(to) == "AUX" {
			return node{}, i
		}
		n.hour = n.hour%12 + p.a[to].val
		to++
	} else if p.word(to, "hrs") {
		to++
	}
	if n.hour > 24 || n.minute > 59 || n.hour == 24 && n.minute > 0 {
		return node{}, i
	}
	if p.is(to, zone) && p.a[to].upper {
		to++
	} else if p.mark(to, '(') && p.is(to+1, zone) && p.mark(to+2, ')') {
		to += 3
	}
	if p.is(to, in) && p.is(to+1, the) && p.is(to+2, part) { // "ten o'clock in the morning"
		if v := p.a[to+2].val; v >= 2 && v <= 4 && n.hour < 12 {
			n.hour += 12
		}
		to += 3
	} else if p.is(to, at) && p.word(to+1, "night") {
		if n.hour < 12 {
			n.hour += 12
		}
		to += 2
	}
	return p.dayBeside(n, to)
}

// dayBeside adds the day that follows a time of the clock: "noon Thursday", "5 p.m.,
// Nov. 6", "midnight tonight", "9 a.m. on Monday".
func (p *parser) dayBeside(n node, to int) (node, int) {
	k := to
	if p.mark(k, ',') {
		k++
	}
	var m node
	end := k
	switch p.c(k) {
	case weekday:
		m, end = p.weekday(k)
	case month:
		m, end = p.month(k)
	case deictic:
		m, end = p.deictic(k)
	case last, this, next:
		m, end = p.relative(k, false)
	case none:
		if p.digits(k) > 0 && k == to {
			m, end = p.dayMonth(k, false)
		}
	}
	switch {
	case m.kind == aWeekday, m.kind == aDayOf, m.kind == aDate && m.date.d > 0:
	default:
		return n, to
	}
	m.clock, m.hour, m.minute = true, n.hour, n.minute
	m.part = 0
	return m, end
}
