package timex

// quantity reads an amount of time and what makes a date of it.
//
//	three weeks; the past two years; a few days ago; six months later; a year and a half
func (p *parser) quantity(i int) (node, int) {
	j := i
	det := false
	if p.is(j, that) && p.upos(j) == "SCONJ" {
		return node{}, i
	}
	if p.is(j, these) && p.word(j+1, "days") {
		return node{}, i
	}
	if p.is(j, the, poss, that) || p.is(j, this) || p.word(j, "these") || p.word(j, "those") {
		det = true
		j++
	}
	rel := none
	if p.is(j, last, next, prior, after, latest) || p.is(j, ord) && (p.a[j].val == 1 || p.a[j].val == -1) {
		rel = p.c(j)
		j++
	}
	if p.is(j, early) && det { // "the early years"
		rel = early
		j++
	}
	if !det && rel == none && p.word(j, "another") && p.numberAt(j+1) {
		j++
	}
	k := j
	n := node{kind: aDuration}
	plain := false // no number was told
	switch {
	case p.is(k, few):
		n.vague = true
		k++
	case p.is(k, an) && p.is(k+1, few) && !p.word(k+1, "many"), p.word(k, "quite") && p.is(k+1, an) && p.is(k+2, few):
		n.vague = true
		for !p.is(k, few) {
			k++
		}
		k++
	case p.is(k, an) && p.is(k+1, couple):
		n.n = 2
		k += 2
		if p.is(k, of) {
			k++
		}
	case p.is(k, couple):
		n.n = 2
		k++
		if p.is(k, of) {
			k++
		}
	case p.is(k, half) && (p.is(k+1, an) || p.dash(k+1) || p.is(k+1, unit)): // "half an hour"
		n.tenths = 5
		k++
		if p.is(k, an) {
			k++
		}
	case p.is(k, an) && p.is(k+1, half): // "a half hour"
		n.tenths = 5
		k += 2
	case p.is(k, an) && p.is(k+1, unit) && p.a[k+1].plural: // "a months-long trek"
		if !p.dash(k+2) || !p.word(k+3, "long") {
			return node{}, i
		}
		n.vague = true
		k++
	case p.is(k, some) && p.is(k+1, unit) && p.a[k+1].plural && p.a[k+1].val != int(quarter):
		n.vague = true
		k++
	case p.is(k, some) && p.numberAt(k+1):
		n.n, n.tenths, n.vague, k = p.number(k + 1)
	case p.is(k, an):
		n.n = 1
		k++
		if p.is(k, dozen) {
			n.n = 12
			k++
		} else if p.is(k, scale) {
			n.n = p.a[k].val
			k++
		}
	case p.numberAt(k):
		n.n, n.tenths, n.vague, k = p.number(k)
		if n.n == 0 && n.tenths == 0 && !n.vague {
			return node{}, i
		}
	default:
		plain = true
	}
	counted := k
	if !plain {
		k = p.rangeTo(&n, k)
		if p.is(counted-1, an) {
			for p.is(k, more, fiscal) || p.dash(k) {
				k++
			}
		} else {
			k = p.adjective(k)
		}
	} else if rel != none {
		k = p.adjective(k)
	}
	u, ok := p.unit(k)
	if !ok {
		if !plain && p.is(counted, of) || plain {
			return node{}, i
		}
		return node{}, i
	}
	n.unit = u
	plural := p.a[k].plural
	dashed := p.dash(k - 1)
	if plain {
		return p.plain(n, i, k, det, rel)
	}
	if p.dash(k+1) && p.is(k+2, ago, sooner) { // "a year-earlier loss"
		return node{}, i
	}
	if p.is(counted-1, an) && u == second && !plural || p.is(k, unit) && u == second && !plural && !dashed && n.n != 1 {
		return node{}, i // "a second"
	}
	if u == quarter && p.dash(k+1) {
		return node{}, i // "a quarter-century"
	}
	if u == second && !plural && n.n == 1 {
		return node{}, i
	}
	if u == quarter && (p.is(k+1, of) && !n.vague || p.is(counted-1, an)) {
		return node{}, i // "a quarter", "three quarters of them"
	}
	if !plural && !dashed && n.n > 1 && n.tenths == 0 && !p.is(k+1, ago) && !p.word(k+1, "long") && !p.mark(k+1, '-') {
		// "three hour meeting"; otherwise "in 20 year" is no English
		if p.upos(k+1) != "NOUN" && p.upos(k+1) != "ADJ" && p.upos(k+1) != "PROPN" && p.upos(k+1) != "VERB" {
			return node{}, i
		}
	}
	k++
	if n2, to := p.age(k); to > k {
		return n2, to
	}
	if p.is(i, an) && !p.is(i+1, few, couple, half, dozen, scale) && p.rate(i, k-1) {
		return node{kind: aSet, n: 1, unit: u}, k
	}
	if p.is(k, and) && p.is(k+1, an) && p.is(k+2, half) { // "a year and a half"
		n.tenths = 5
		k += 3
	}
	if p.is(k, or) && p.word(k+1, "so") || p.is(k, or) && p.is(k+1, more) || p.is(k, and) && p.is(k+1, more) || p.is(k, or) && p.is(k+1, fewer) {
		k += 2
	} else if p.is(k, or) && p.is(k+1, card) && p.a[k+1].val == 2 && n.n == 1 && p.c(k+2) != unit { // "a year or two"
		n.vague = true
		k += 2
	}
	if rel == none && !det {
		if m, to := p.offset(n, i, k); m.ok() {
			return m, to
		}
	}
	if (dashed || !plural || n.vague) && p.dash(k) && p.word(k+1, "long") {
		k += 2
	} else if p.word(k, "long") && !plural {
		k++
	}
	if rel == last && u >= day && n.vague && !det {
		n.kind = aDuration
	}
	return n, k
}

// plain reads units without a number: "weeks", "the past decade", "decade-long".
func (p *parser) plain(n node, i, k int, det bool, rel class) (node, int) {
	u, plural := n.unit, p.a[k].plural
	to := k + 1
	if !plural {
		if rel == last && det && !p.is(i, this, that) && p.word(k-1, "past") {
			// "the past year" is the one before; "the past decade" lasts as long.
			if u >= hour && u != weekend && u != quarter {
				n.n = 1
				if u == year {
					return node{kind: aUnit, unit: year, dir: -1, told: true}, to
				}
				return n, to
			}
		}
		if p.is(i, unit) && p.dash(to) && p.word(to+1, "long") { // "decade-long"
			n.n = 1
			return n, to + 2
		}
		if rel == ord && det && u >= minute && u != day && u != quarter && p.is(to, of) && u != second {
			n.n = 1 // "the first week of"
			if u == week || u == hour {
				return n, to
			}
		}
		return node{}, i
	}
	n.vague = true
	if n2, end := p.age(to); end > to {
		return n2, end
	}
	if p.dash(to) && p.word(to+1, "long") { // "months-long"
		return n, to + 2
	}
	if u == second || u == quarter && rel == none || u == minute && rel == none && !det && p.upos(i-1) != "ADP" {
		return node{}, i
	}
	switch rel {
	case next:
		return node{kind: aRef, n: futureRef}, to
	case none:
		if det && !p.is(i, the) {
			return node{}, i // "these days", "his years"
		}
		if p.is(i, the) && p.is(to, of) {
			return node{}, i
		}
	}
	if m, end := p.offset(n, i, to); m.ok() {
		return m, end
	}
	if rel == none && p.is(to, or) && p.is(to+1, unit) && p.a[to+1].plural { // "weeks or months"
		return n, to + 2
	}
	return n, to
}

// age reads what makes a person's age of a number of years: "-old", "old", "of age".
func (p *parser) age(k int) (node, int) {
	j := p.skipDash(k)
	switch {
	case p.is(j, old), j > k && p.word(j, "olds"):
		return node{kind: skip}, j + 1
	case p.is(k, of) && p.word(k+1, "age"):
		return node{kind: skip}, k + 2
	}
	return node{}, k
}

// offset makes a date of an amount: "ago", "earlier", "later", "from now".
func (p *parser) offset(n node, i, k int) (node, int) {
	m := n
	m.kind = anOffset
	switch {
	case p.is(k, ago):
		m.dir = -1
	case p.is(k, sooner) && !p.is(k+1, than):
		m.dir, m.anchored = -1, true
	case p.is(k, later):
		m.dir, m.anchored = 1, true
	case p.is(k, hence):
		m.dir = 1
	case p.is(k, from) && p.is(k+1, vague, deictic):
		m.dir = 1
		k++
	case p.is(k, before, afterWord) && p.clauseEnds(k+1) && !n.vague:
		m.dir, m.anchored = -1, true
		if p.is(k, afterWord) {
			m.dir = 1
		}
	default:
		return node{}, k
	}
	if n.n == 1 && n.tenths == 0 && n.unit == year && m.dir < 0 && !p.at.narrative && !n.vague {
		m.kind = yearAgo
	}
	return m, k + 1
}

// adjective skips a hyphen and up to two words between a number and its unit: "four
// more weeks", "ten brutal months", "10-year".
func (p *parser) adjective(k int) int {
	k = p.skipDash(k)
	for range 2 {
		if p.is(k, unit) || p.is(k, old) || k >= len(p.a) {
			return k
		}
		if p.is(k, more, fiscal) || p.a[k].mark == 0 && p.upos(k) == "ADJ" && !p.is(k, ord) {
			k = p.skipDash(k + 1)
			continue
		}
		break
	}
	return k
}
