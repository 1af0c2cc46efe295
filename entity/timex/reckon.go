package timex

import "hearsay/doc"

// quarterOf writes the value of a quarter.
func (p *parser) quarterOf(v *value, n node, i, to int) {
	s := &p.at
	y, q := n.date.y, n.n
	b := s.ref
	if s.narrative {
		b = s.at
	}
	switch {
	case y != 0 && q == 0 && n.set:
		// "the 1988 period": the quarter that is being told, or the year
		if q = s.quarter; q == 0 || s.yearly {
			v.year(y)
			return
		}
	case y != 0:
	case n.unit == quarter && n.told && b.m > 0: // "the current quarter"
		q, y = (b.m+2)/3, b.y
	case q == 0 && p.endsIn(to) > 0 && b.known():
		m := p.endsIn(to)
		y = b.y
		if b.m > 0 && m > b.m {
			y = b.years(-1).y
		}
		if q = (m + 1) / 3; q == 0 {
			q, y = 4, date{y: y}.years(-1).y
		}
	case n.told && q > 0 && b.known():
		y = b.years(n.dir).y
	case n.told && n.dir != 0 && b.m > 0 && n.kind == aQuarter:
		// "last year's quarter"
		y = b.years(n.dir).y
		q = s.quarter
	case q == 0 && s.quarter > 0:
		q, y = s.quarter, s.quarterOf
	case b.m == 0:
		y = b.y
	case q == 0:
		// the last one that is over
		m := b.months(-3)
		q, y = (m.m+2)/3, m.y
	default:
		y = b.y
		now := (b.m + 2) / 3
		switch t := p.tense(i, to); {
		case t == tenseFuture && q < now-1:
			y = b.years(1).y
		case q > now+1, q == now+1 && t == tensePast && now < 3:
			y = b.years(-1).y
		}
	}
	v.year(y)
	v.text("-Q")
	if q == 0 {
		v.text("X")
	} else {
		v.pad(q, 1)
	}
	if y == 0 || q == 0 || n.dir != 0 || n.date.y != 0 && y != b.y {
		return
	}
	s.yearly = false
	over := y < b.y || y == b.y && 3*q < b.m || p.is(to, ended)
	if over && (s.quarter == 0 || p.is(to, ended)) {
		s.quarter, s.quarterOf = q, y
	}
}

// endsIn returns the month in which the period before atom i ended: "the quarter ended
// July 31".
func (p *parser) endsIn(i int) int {
	if p.is(i, ended) && p.is(i+1, month) {
		return p.a[i+1].val
	}
	return 0
}

// yearBefore writes the value of "a year ago": the same quarter of the year before,
// where a quarter has been told.
func (p *parser) yearBefore(v *value) {
	s := &p.at
	if s.quarter > 0 && !s.yearly && !s.narrative {
		v.year(date{y: s.quarterOf}.years(-1).y)
		v.text("-Q")
		v.pad(s.quarter, 1)
		return
	}
	b := s.now()
	if !b.known() {
		v.text("XXXX")
		return
	}
	v.year(b.years(-1).y)
}

// unitOf writes the value of "last week", "this year", "the next day".
func (p *parser) unitOf(v *value, n node, i, to int) {
	s := &p.at
	b := s.base(n)
	switch n.unit {
	case day:
		d := b
		if b.d > 0 {
			d = b.days(n.dir)
		}
		if n.dir == 0 && b.d == 0 || !d.known() || b.d == 0 {
			v.date(date{y: b.y, m: b.m})
			if b.m == 0 {
				v.text("-XX")
			}
			v.text("-XX")
			return
		}
		v.date(d)
		s.at = d
	case week, weekend, fortnight:
		d := b
		if b.d > 0 {
			d = b.days(7 * n.dir)
			if n.unit == weekend && n.dir == 0 && n.weeks && b.weekday() < 6 && p.tense(i, to) != tenseFuture {
				d = b.days(-7) // "over the weekend"
			}
		}
		v.week(d)
		if n.unit == weekend {
			v.text("-WE")
		}
	case monthUnit:
		d := b.months(n.dir)
		if !d.known() {
			v.year(b.y)
			v.text("-XX")
			return
		}
		v.date(d)
		s.at = d
	case quarter:
		if b.m == 0 {
			v.year(b.y)
			v.text("-QX")
			return
		}
		d := date{b.y, (b.m-1)/3*3 + 1, 0}.months(3 * n.dir)
		v.year(d.y)
		v.text("-Q")
		v.pad((d.m+2)/3, 1)
	case year:
		if !b.known() {
			v.text("XXXX")
			return
		}
		d := b.years(n.dir)
		v.year(d.y)
		if n.anchored || s.narrative {
			s.at = d
		}
	case decade:
		if b.y <= 0 {
			if b.y == 0 {
				v.text("XXX")
			} else {
				v.text("BC")
				v.pad(-b.y/10-n.dir, 3)
			}
			return
		}
		v.pad(b.y/10+n.dir, 3)
	case century:
		if b.y <= 0 {
			if b.y == 0 {
				v.text("XX")
			} else {
				v.text("BC")
				v.pad(max(0, -b.y/100-n.dir), 2)
			}
			return
		}
		v.pad(b.y/100+n.dir, 2)
	case millennium:
		if b.y <= 0 {
			v.text("X")
			return
		}
		v.pad(b.y/1000+n.dir, 1)
	}
}

// offsetOf writes the value of "three weeks ago", "two days later".
func (p *parser) offsetOf(v *value, n node) doc.TimeType {
	s := &p.at
	b := s.base(n)
	if n.vague || !b.known() {
		if n.dir < 0 {
			v.text(refs[pastRef])
		} else {
			v.text(refs[futureRef])
		}
		return doc.Date
	}
	k := n.n * n.dir
	var d date
	switch n.unit {
	case second, minute, hour:
		if b.d > 0 {
			d = b
		}
		if n.unit == hour && b.d > 0 {
			d = b.days(k / 24)
		}
	case day:
		d = fine(b, k)
	case week:
		d = fine(b, 7*k)
	case fortnight:
		d = fine(b, 14*k)
	case monthUnit:
		d = b.months(k)
		if !d.known() {
			d = b.years(k / 12)
		}
	case quarter:
		d = b.months(3 * k)
	case year:
		if n.tenths == 5 && b.m > 0 {
			d = b.months(12*k + 6*n.dir)
		} else {
			d = b.years(k)
		}
	case decade:
		if d = b.years(10 * k); d.known() && d.y > 0 {
			v.pad(d.y/10, 3)
			return doc.Date
		}
	case century:
		if d = b.years(100 * k); d.known() && d.y > 0 {
			v.pad(d.y/100, 2)
			return doc.Date
		}
	case millennium:
		d = b.years(1000 * k)
	}
	if !d.known() {
		if n.dir < 0 {
			v.text(refs[pastRef])
		} else {
			v.text(refs[futureRef])
		}
		return doc.Date
	}
	v.date(d)
	if n.anchored || s.narrative {
		s.at = d
	}
	return doc.Date
}

// fine returns the day n days after b, or the month or year of it where b tells no day.
func fine(b date, n int) date {
	if b.d > 0 {
		return b.days(n)
	}
	if n > 15000 || n < -15000 {
		return date{}
	}
	return b
}
