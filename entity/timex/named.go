package timex

// fiscal reads "fiscal 1989", "fiscal year 2010", "fiscal first quarter", "the fiscal year".
func (p *parser) fiscal(i int, det bool) (node, int) {
	k := p.skipDash(i + 1)
	if y := p.yearAt(k); y > 0 {
		return node{kind: aDate, date: date{y: y}}, k + 1
	}
	if n, to := p.ordinalQuarter(k); n.ok() {
		return n, to
	}
	if u, ok := p.unit(k); ok && u == year && !p.a[k].plural {
		if y := p.yearAt(k + 1); y > 0 {
			return node{kind: aDate, date: date{y: y}}, k + 2
		}
		if det {
			return node{kind: aDuration, n: 1, unit: year}, k + 1
		}
	}
	return node{}, i
}

// part reads a part of a day by itself: "the morning", "the night of April 18", "dawn".
func (p *parser) part(i int, det bool) (node, int) {
	a := &p.a[i]
	if a.plural {
		return node{}, i
	}
	if p.is(i+1, of) {
		if m, to := p.moment(i + 2); m.kind == aDate && m.date.d > 0 || m.kind == aWeekday || m.kind == aHoliday || m.kind == aUnit && m.unit == day {
			if m.part == 0 {
				m.part = a.val + 1
				return m, to
			}
		}
		return node{}, i
	}
	if p.word(i, "overnight") {
		return node{kind: aPart, part: a.val + 1, dir: -1, told: true}, i + 1
	}
	if det && p.is(i-1, the) && p.upos(i) == "NOUN" && !p.compound(i) {
		return node{kind: aPart, part: a.val + 1, anchored: true, told: true}, i + 1
	}
	return node{}, i
}

// compound says whether the word at atom i describes the noun after it.
func (p *parser) compound(i int) bool {
	t := p.token(i)
	return t != nil && t.Rel == "compound"
}

// unitWord reads what begins with a unit: "year-end", "year-ago quarter", "the
// quarter", "the weekend", "the year 2000", "the day before yesterday".
func (p *parser) unitWord(i int, det bool) (node, int) {
	a := &p.a[i]
	u := units(a.val)
	if a.plural {
		return node{}, i
	}
	k := i + 1
	if p.mark(k, '\'') && p.word(k+1, "s") && p.word(k+2, "end") && (u == year || u == monthUnit) { // "year's end"
		if u == year {
			return node{kind: yearEnd}, k + 3
		}
		return node{kind: aUnit, unit: u, anchored: true, told: true}, k + 3
	}
	j := p.skipDash(k)
	switch {
	case u == year && p.word(j, "end"):
		return node{kind: yearEnd}, j + 1
	case u == year && j > k && p.is(j, ago, sooner):
		n := node{kind: yearAgo}
		if v, ok := p.unit(j + 1); ok && v == quarter && !p.a[j+1].plural || p.word(j+1, "period") {
			return n, j + 2
		}
		if m, to := p.ordinalQuarter(j + 1); m.ok() {
			m.told, m.dir = true, -1
			return m, to
		}
		return n, j + 1
	}
	if !det {
		return node{}, i
	}
	switch u {
	case weekend:
		return node{kind: aUnit, unit: weekend, weeks: true, told: true}, k
	case quarter:
		if p.dash(k) {
			return node{}, i
		}
		if p.is(k, of) && !p.yearLike(k+1) {
			return node{}, i
		}
		n := node{kind: aQuarter}
		if p.is(k, an) || p.is(k, of) || p.yearAt(k) > 0 {
			return p.ofYear(n, k)
		}
		return n, k
	case year:
		if y := p.yearAt(k); y > 0 {
			return node{kind: aDate, date: date{y: y}}, k + 1
		}
		if p.is(k, card) {
			if v, tenths, _, to := p.number(k); tenths == 0 && v >= 1000 && v < 2200 {
				return node{kind: aDate, date: date{y: v}}, to
			}
			if n, to := p.yearWords(k); n.ok() {
				return n, to
			}
		}
		if p.is(k, ended) {
			return node{kind: aDuration, n: 1, unit: year}, k
		}
	case week:
		if p.is(k, of) {
			if m, to := p.moment(k + 1); m.kind == aDate && m.date.d > 0 { // "the week of March 6"
				m.weeks = true
				return m, to
			}
		}
		if p.mark(k, '\'') && p.word(k+1, "s") && p.is(i-1, the) {
			return node{kind: aUnit, unit: week, told: true}, k
		}
	case day:
		switch {
		case p.is(k, before) && p.is(k+1, deictic) && p.a[k+1].val == -1:
			return node{kind: aDayOf, n: -2}, k + 2
		case p.is(k, afterWord) && p.is(k+1, deictic) && p.a[k+1].val == 1:
			return node{kind: aDayOf, n: 2}, k + 2
		case p.is(k, before) && p.clauseEnds(k+1):
			return node{kind: anOffset, n: 1, unit: day, dir: -1, anchored: true}, k + 1
		case p.is(k, afterWord) && p.clauseEnds(k+1):
			return node{kind: anOffset, n: 1, unit: day, dir: 1, anchored: true}, k + 1
		}
	}
	return node{}, i
}

// yearLike says whether a year begins at atom i.
func (p *parser) yearLike(i int) bool {
	return p.yearAt(i) > 0 || p.is(i, fiscal) || p.is(i, last, this, next) && p.word(i+1, "year")
}

// clauseEnds says whether a mark or the end of the sentence stands at atom i.
func (p *parser) clauseEnds(i int) bool { return i >= len(p.a) || p.a[i].mark != 0 }

// reference reads what is told but not dated: "now", "recent years", "the near future".
func (p *parser) reference(i int, det bool) (node, int) {
	a := &p.a[i]
	n := node{kind: aRef, n: a.val}
	switch a.class {
	case vague:
		if a.val == futureRef && !p.willBe(i) {
			return node{}, i
		}
		return n, i + 1
	case recent:
		n.n = pastRef
		if u, ok := p.unit(i + 1); ok && p.a[i+1].plural && u >= day {
			to := i + 2
			if p.is(to, and, or) && p.is(to+1, unit) && p.a[to+1].plural { // "recent weeks and months"
				to += 2
			}
			return n, to
		}
		return n, i + 1
	case future:
		n.n = futureRef
		return n, i + 1
	case moment:
		if det && p.is(i-2, at) {
			n.n = presentRef
			return n, i + 1
		}
	}
	return node{}, i
}

// willBe says whether the verb that the word at atom i belongs to is not in the past:
// "will soon close", not "soon closed" and not "as soon as".
func (p *parser) willBe(i int) bool {
	if p.word(i-1, "as") || p.is(i+1, afterWord) {
		return false
	}
	return p.tense(i, i+1) == tenseFuture
}
