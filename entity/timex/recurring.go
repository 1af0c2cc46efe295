package timex

// rate says whether "a year" from atom i to the unit at k tells how often: "$5 a year".
func (p *parser) rate(i, k int) bool {
	t := p.token(k)
	if t == nil || i == 0 {
		return false
	}
	switch t.Rel {
	case "nmod:unmarked", "obl:unmarked", "nmod:npmod", "obl:npmod", "nmod:tmod", "obl:tmod":
	default:
		return false
	}
	if p.is(i-1, approx, fewer, than, least, in, of, within) || p.is(k+1, ago, sooner, later, before, afterWord) {
		return false
	}
	switch p.upos(i - 1) {
	case "NOUN", "NUM", "SYM", "PROPN", "ADV":
		return true
	}
	return p.a[i-1].digits > 0 || p.mark(i-1, '%')
}

// recurring reads what comes again and again.
//
//	every Monday; each of the past three years; daily; twice a week; per month
func (p *parser) recurring(i int) (node, int) {
	switch p.c(i) {
	case often:
		if p.a[i].upper && p.upos(i+1) == "PROPN" && i > 0 || p.upos(i) == "PROPN" {
			return node{}, i // "the Daily Post"
		}
		return node{kind: aSet, n: 1, unit: units(p.a[i].val)}, i + 1
	case per:
		if u, ok := p.unit(i + 1); ok && u >= minute && !p.a[i+1].plural && !speed(p.text(i-1)) {
			return node{kind: aSet, n: 1, unit: u}, i + 2
		}
	case times:
		if p.is(i+1, an, per, every) {
			if u, ok := p.unit(i + 2); ok && u >= hour && !p.a[i+2].plural {
				return node{kind: aSet, n: 1, unit: u}, i + 3
			}
		}
	case card:
		if p.word(i+1, "times") && p.is(i+2, an, per, every) {
			if u, ok := p.unit(i + 3); ok && u >= hour && !p.a[i+3].plural {
				return node{kind: aSet, n: 1, unit: u}, i + 4
			}
		}
	case every:
		return p.everyWhat(i)
	}
	return node{}, i
}

func speed(w string) bool {
	switch w {
	case "miles", "kilometers", "kilometres", "km", "feet", "mile", "knots":
		return true
	}
	return false
}

func (p *parser) everyWhat(i int) (node, int) {
	k := i + 1
	if p.is(k, of) { // "each of the past three years"
		if n, to := p.quantity(k + 1); n.kind == aDuration && p.is(k+1, the) {
			return n, to
		}
		return node{}, i
	}
	n := node{kind: aSet, n: 1}
	if p.word(k, "other") {
		n.n = 2
		k++
	} else if p.numberAt(k) {
		n.n, n.tenths, n.vague, k = p.number(k)
	} else if p.is(k, few) {
		n.vague = true
		k++
	} else if p.is(k, single) {
		k++
	}
	switch p.c(k) {
	case unit:
		u := units(p.a[k].val)
		if u == second && !p.a[k].plural {
			return node{}, i
		}
		n.unit = u
		return n, k + 1
	case weekday:
		if !p.a[k].upper {
			return node{}, i
		}
		n.n, n.unit, n.weeks = p.a[k].val, day, true
		if p.is(k+1, part) {
			n.part = p.a[k+1].val + 1
			return n, k + 2
		}
		return n, k + 1
	case month:
		if p.a[k].upper {
			n.date.m = p.a[k].val
			if d := p.dayNumber(k + 1); d > 0 {
				n.date.d = d
				return n, p.afterDay(k + 1)
			}
			return n, k + 1
		}
	case season:
		n.season, n.set, n.unit = p.a[k].val, true, quarter
		return n, k + 1
	case part:
		n.part, n.unit = p.a[k].val+1, day
		return n, k + 1
	}
	return node{}, i
}
