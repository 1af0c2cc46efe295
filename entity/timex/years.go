package timex

// yearAt returns the year of four digits at atom i, or 0.
func (p *parser) yearAt(i int) int {
	if p.digits(i) == 4 {
		if y := p.a[i].num; y >= 1000 && y < 2200 {
			if i+1 < len(p.a) && p.a[i+1].glued && (p.word(i+1, "s") || p.mark(i+1, ',') && p.digits(i+2) == 3 && p.a[i+2].glued) {
				return 0
			}
			return y
		}
	}
	return 0
}

// yearAfter reads the year that a month or day is of: ", 2021", "2021", "of 2021",
// "'21", "480 BC", "nineteen ninety-seven".
func (p *parser) yearAfter(i int) (date, int) {
	k := i
	if p.mark(k, ',') {
		k++
	}
	if p.is(k, of) {
		k++
	}
	if y, to := p.christ(k); y != 0 {
		return date{y: y}, to
	}
	if y := p.yearAt(k); y > 0 {
		return date{y: y}, k + 1
	}
	if p.mark(k, '\'') && p.digits(k+1) == 2 && p.a[k+1].glued && !(k+2 < len(p.a) && p.word(k+2, "s")) {
		return date{y: p.fullYear(p.a[k+1].num)}, k + 2
	}
	if p.is(k, card) {
		if n, to := p.yearWords(k); n.ok() {
			return n.date, to
		}
	}
	return date{}, i
}

// yearWordAfter reads "this year", "of last year", "the same year" after a month.
func (p *parser) yearWordAfter(i int) (node, int) {
	k := i
	if p.mark(k, ',') {
		return node{}, i
	}
	if p.is(k, of) {
		k++
	}
	if p.is(k, the) {
		k++
	}
	if p.is(k, last, this, next, that, prior, after) {
		if u, ok := p.unit(k + 1); ok && u == year && !p.a[k+1].plural {
			n, to := p.relative(k, p.is(k-1, the))
			if n.kind == aUnit {
				return n, to
			}
		}
	}
	return node{}, i
}

// christ reads a year with its era: "490 BC", "AD 70"; negative before Christ.
func (p *parser) christ(i int) (y, to int) {
	if d := p.digits(i); d > 0 && d <= 4 && p.num(i) > 0 {
		if p.is(i+1, bc) {
			return -p.a[i].num, i + 2
		}
		if p.is(i+1, ad) && p.a[i+1].upper {
			return p.a[i].num, i + 2
		}
		if p.mark(i+1, '-') && p.digits(i+2) > 0 && p.is(i+3, bc) && p.num(i) > p.num(i+2) { // "499-493 BC"
			return -p.a[i].num, i + 1
		}
	}
	if p.is(i, ad) && p.a[i].upper && p.text(i) != "CE" && p.digits(i+1) > 0 && p.digits(i+1) <= 4 && p.num(i+1) > 0 {
		return p.num(i + 1), i + 2
	}
	return 0, i
}

// fullYear gives two digits their century: those nearest to publication, from 80
// years before it to 19 after.
func (p *parser) fullYear(yy int) int {
	base := 2000
	if p.at.ref.known() {
		base = p.at.ref.y
	}
	if p.at.narrative && p.at.at.y > 0 {
		base = p.at.at.y
		return base - base%100 + yy
	}
	y := base - base%100 + yy
	if y > base+19 {
		y -= 100
	} else if y < base-80 {
		y += 100
	}
	return y
}

// shortYear reads "'89" and "'90s".
func (p *parser) shortYear(i int) (node, int) {
	yy := p.a[i+1].num
	if i+2 < len(p.a) && p.a[i+2].glued && p.word(i+2, "s") && yy%10 == 0 {
		return node{kind: aDecade, date: date{y: p.fullYear(yy) / 10}}, i + 3
	}
	if p.is(i+2, unit) {
		return node{}, i
	}
	if i > 0 && p.a[i].glued && (p.digits(i-1) > 0 || p.c(i-1) != none) {
		return node{}, i
	}
	return node{kind: aDate, date: date{y: p.fullYear(yy)}}, i + 2
}

// decade reads "1970s" and, after "the", "470s BC".
func (p *parser) decade(i int, det bool) (node, int) {
	d := p.digits(i)
	if d < 2 || d > 4 || p.num(i)%10 != 0 {
		return node{}, i
	}
	k := i + 1
	if p.mark(k, '\'') {
		k++
	}
	if k >= len(p.a) || !p.a[k].glued || !p.word(k, "s") {
		return node{}, i
	}
	y := p.num(i)
	n := node{kind: aDecade, date: date{y: y / 10}}
	switch {
	case p.is(k+1, bc):
		n.date.y = -y / 10
		return n, k + 2
	case d == 4 && y >= 1000 && y < 2200:
		if y%100 == 0 && y < 2000 && y%1000 != 0 { // "the 1800s"
			n.kind, n.date.y = aCentury, y/100
		}
		return n, k + 1
	case d == 2 && det && y >= 20: // "the 90s"
		n.date.y = p.fullYear(y) / 10
		return n, k + 1
	case d == 3 && det && p.at.bc:
		n.date.y = -y / 10
		return n, k + 1
	}
	return node{}, i
}

// year reads a year of four digits, or of two after a range: "1914-18".
func (p *parser) year(i int, det bool) (node, int) {
	y := p.yearAt(i)
	if y == 0 {
		if p.digits(i) == 2 && p.dash(i-1) && p.at.yearEnds == i-1 && p.num(i) > p.at.at.y%100 && p.at.at.y > 0 && !p.glue(i+1) {
			return node{kind: aDate, date: date{y: p.at.at.y - p.at.at.y%100 + p.num(i)}}, i + 1
		}
		if p.digits(i) == 3 && p.at.bc && !p.mark(i+1, ',') && p.is(i-1, in, by, since, toward, from, of, and, before, sooner, early) && p.alone(i+1) {
			return node{kind: aDate, date: date{y: -p.num(i)}}, i + 1
		}
		return node{}, i
	}
	if p.counts(i) {
		return node{}, i
	}
	if q, to := p.ordinalQuarter(i + 1); q.ok() && q.date.y == 0 && !q.told { // "the 1988 third quarter"
		q.date.y = y
		return q, to
	}
	if det && (p.word(i+1, "period") || p.word(i+1, "quarter")) { // "the 1988 period"
		return node{kind: aQuarter, date: date{y: y}, set: true}, i + 2
	}
	return node{kind: aDate, date: date{y: y}}, i + 1
}

// glue says whether a letter or digit is stuck to the end of the atom before i.
func (p *parser) glue(i int) bool {
	return i < len(p.a) && p.a[i].glued && p.a[i].mark == 0
}

// counts says whether the four digits at atom i count something and name no year.
//
//	1500 soldiers; 2000 percent
func (p *parser) counts(i int) bool {
	if p.glue(i+1) || p.mark(i+1, '%') || p.mark(i-1, '$') || p.is(i+1, point, unit) && !p.is(i+1, unit) {
		return true
	}
	if p.mark(i+1, '.') && p.digits(i+2) > 0 && p.a[i+2].glued {
		return true
	}
	if p.is(i+1, unit) && p.a[i+1].plural {
		return true
	}
	if p.is(i+1, and) && p.digits(i+2) == 4 {
		return false
	}
	t := p.token(i)
	if t == nil || t.Head < 0 {
		return false
	}
	y := p.num(i)
	h := p.d.Tokens[t.Head]
	if t.Rel == "nummod" {
		if h.XPOS == "NNS" && h.Begin > t.Begin && (y%100 == 0 || y < 1500 || y > 2050) {
			return true
		}
		if h.XPOS == "NNS" && h.Begin > t.Begin && !p.is(i-1, the, poss) && p.nextIs(i, "NNS") {
			return true
		}
	}
	if y%100 == 0 && p.nextIs(i, "NNS") && !p.is(i-1, the, poss, in, by, since, toward, from, of, early) {
		return true
	}
	if y < 1400 || y > 2050 {
		return !p.is(i-1, in, by, since, toward, from, of, early) && !p.mark(i-1, '-')
	}
	return false
}

// nextIs says whether the word after atom i has that tag.
func (p *parser) nextIs(i int, xpos string) bool { return p.xpos(i+1) == xpos }

// yearWords reads "nineteen ninety-six" and "two thousand" after "the year".
func (p *parser) yearWords(i int) (node, int) {
	if !p.is(i, card) {
		return node{}, i
	}
	c := p.a[i].val
	if c >= 13 && c <= 20 && p.is(i+1, card) {
		v := p.a[i+1].val
		k := i + 2
		if v >= 20 {
			if j := p.skipDash(k); p.is(j, card) && p.a[j].val < 10 && p.a[j].val > 0 {
				v += p.a[j].val
				k = j + 1
			}
		}
		if v >= 10 && !p.is(k, unit) {
			return node{kind: aDate, date: date{y: c*100 + v}}, k
		}
	}
	if c >= 13 && c <= 20 && p.is(i+1, decades) {
		return node{kind: aDecade, date: date{y: c*10 + p.a[i+1].val/10}}, i + 2
	}
	return node{}, i
}

// century reads "20th century", "eighteenth-century", "4th century BC".
func (p *parser) century(i int) (node, int) {
	v, k := p.a[i].val, i+1
	switch {
	case p.a[i].digits > 0:
		v = p.dayNumber(i)
		if k = p.afterDay(i); k == i+1 {
			return node{}, i
		}
	case p.is(i, card) && p.a[i].val == 20: // "twenty-first"
		j := p.skipDash(k)
		if !p.is(j, ord) {
			return node{}, i
		}
		v, k = 20+p.a[j].val, j+1
	case p.is(i, ord):
		if p.a[i].val < 0 {
			return node{}, i
		}
	case p.is(i, unit):
		v = 2
	default:
		return node{}, i
	}
	k = p.skipDash(k)
	if u, ok := p.unit(k); !ok || u != century || v < 1 {
		return node{}, i
	}
	n := node{kind: aCentury, date: date{y: v - 1}}
	if p.is(k+1, bc) {
		n.date.y = -v
		return n, k + 2
	}
	return n, k + 1
}
