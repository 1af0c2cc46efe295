package timex

// ordinal reads "third quarter", "first half of 1990", "eighteenth century", "Fourth
// of July" and "second quarter of next year".
func (p *parser) ordinal(i int, det bool) (node, int) {
	v := p.a[i].val
	if p.is(i, unit) {
		v = 2
	}
	k := p.skipDash(i + 1)
	if p.is(k, fiscal) {
		k = p.skipDash(k + 1)
	}
	if u, ok := p.unit(k); ok && u == quarter && v >= 1 && v <= 4 && !p.a[k].plural {
		n := node{kind: aQuarter, n: v}
		return p.ofYear(n, k+1)
	}
	if p.is(k, half) && v <= 2 && det && !p.is(k+1, of) {
		return node{}, i
	}
	if n, to := p.century(i); n.ok() {
		return n, to
	}
	if p.is(i, ord) {
		return p.dayMonth(i, det)
	}
	return node{}, i
}

// numbered reads "Q3" and "H1 2021".
func (p *parser) numbered(i int) (node, int) {
	v := p.num(i + 1)
	if !p.a[i].upper || p.digits(i+1) != 1 || !p.a[i+1].glued || p.glue(i+2) || v < 1 {
		return node{}, i
	}
	switch {
	case p.is(i, letterQ) && v <= 4:
		return p.ofYear(node{kind: aQuarter, n: v}, i+2)
	case p.is(i, letterH) && v <= 2:
		if n, to := p.ofYear(node{kind: aHalf, season: v}, i+2); n.date.y != 0 {
			return n, to
		}
	}
	return node{}, i
}

// ofYear adds the year that a quarter or half is of: "of 1990", "of next year", "1990".
func (p *parser) ofYear(n node, to int) (node, int) {
	k := to
	if p.is(k, of) {
		k++
	}
	if y := p.yearAt(k); y > 0 {
		n.date.y = y
		return n, k + 1
	}
	if p.is(k, fiscal) && p.yearAt(k+1) > 0 {
		n.date.y = p.yearAt(k + 1)
		return n, k + 2
	}
	if r, end := p.yearWordAfter(to); r.ok() {
		n.told, n.dir, n.anchored = true, r.dir, r.anchored
		return n, end
	}
	if n.kind == aQuarter && k == to && p.is(k, an) && p.word(k+1, "year") && p.is(k+2, ago, sooner) {
		n.told, n.dir = true, -1
		return n, k + 3
	}
	return n, to
}

// season reads "spring 1990", "the winter of 1944", "the summer".
func (p *parser) season(i int, det bool) (node, int) {
	a := &p.a[i]
	n := node{kind: aSeason, season: a.val}
	if a.plural {
		return node{}, i
	}
	k := i + 1
	if p.is(k, of) {
		k++
	}
	if y, to := p.christ(k); y != 0 {
		n.date.y = y
		return n, to
	}
	if y, to := p.yearAfter(k); y.known() {
		n.date = y
		return n, to
	}
	if r, end := p.yearWordAfter(i + 1); r.ok() {
		n.told, n.dir, n.anchored = true, r.dir, r.anchored
		return n, end
	}
	if p.is(i+1, of) {
		return node{}, i // "the fall of Rome"
	}
	if t := p.token(i); t != nil && t.UPOS != "NOUN" && t.UPOS != "PROPN" {
		return node{}, i
	}
	if a.val == 0 || a.val == 2 {
		if !det && !p.is(i-1, in, by, since, early, toward, this, from, and) || a.upper && p.upos(i+1) == "PROPN" {
			return node{}, i
		}
		if p.text(i) == "fall" && p.is(i-1, poss) {
			return node{}, i
		}
		if p.text(i) == "fall" && det && p.is(i+1, in) {
			return node{}, i // "the fall in prices"
		}
	}
	if a.upper && p.upos(i+1) == "PROPN" && p.upos(i) == "PROPN" { // "Winter Olympics"
		return node{}, i
	}
	return n, i + 1
}

// holiday reads "Christmas", "Labor Day", "New Year's Eve", "Thanksgiving 2010".
func (p *parser) holiday(i int) (node, int) {
	a := &p.a[i]
	h := &holidays[a.val]
	if !a.upper {
		return node{}, i
	}
	n := node{kind: aHoliday, n: a.val}
	k, found := i+1, true
	tail := h.tail
	if h.word == "presidents" || h.word == "veterans" {
		if p.mark(k, '\'') {
			k++
		}
	}
	for _, w := range tail {
		if w == "'" && p.mark(k, '\'') || w != "'" && p.word(k, w) {
			k++
			continue
		}
		if w == "day" && p.word(k, "eve") {
			n.dir = -1
			k++
			continue
		}
		found = false
		break
	}
	if !found {
		if !h.opt {
			return node{}, i
		}
		k = i + 1
	}
	if p.word(k, "eve") {
		n.dir = -1
		k++
	}
	if u, ok := p.unit(k); ok && (u == week || u == weekend) && !p.a[k].plural { // "Easter week"
		n.unit, n.weeks = u, true
		k++
	}
	if y := p.yearAt(k); y > 0 {
		n.date.y = y
		k++
	} else if y, to := p.yearAfter(k); y.known() && (p.is(k, of) || p.mark(k, ',')) {
		n.date.y = y.y
		k = to
	}
	return n, k
}
