package timex

// relative reads what is told from the day of speaking or from a day named before.
//
//	last week; next March; this year's third quarter; that day; the previous month
func (p *parser) relative(i int, det bool) (node, int) {
	c := p.c(i)
	if c == that && p.upos(i) == "SCONJ" {
		return node{}, i
	}
	n := node{told: true}
	switch c {
	case last:
		n.dir = -1
	case prior:
		n.dir, n.anchored = -1, true
	case next:
		n.dir = 1
		n.anchored = det
	case after:
		n.dir, n.anchored = 1, true
	case this:
		n.anchored = false
	case that:
		n.anchored = true
	}
	k := i + 1
	if c == this && p.is(k, last, next) { // "this past spring", "this coming Sunday"
		n.dir = 0
		if p.is(k, next) {
			n.dir = 1
		}
		k++
	}
	if c == that && p.is(k, that) { // "that same day"
		k++
	}
	if c == this && p.is(k, that) {
		k++
	}
	if c == that && p.is(k, prior) { // "that previous weekend"
		n.dir = -1
		k++
	}
	if p.is(k, fiscal) {
		k++
	}
	if k >= len(p.a) {
		return node{}, i
	}
	if c == latest {
		if u, ok := p.unit(k); ok && u == quarter && !p.a[k].plural || p.word(k, "period") {
			return node{kind: aQuarter}, k + 1
		}
		if u, ok := p.unit(k); ok && u == year && !p.a[k].plural {
			return node{kind: aUnit, unit: year, dir: -1, told: true}, k + 1
		}
		return node{}, i
	}
	switch p.c(k) {
	case unit:
		u := units(p.a[k].val)
		if p.a[k].plural || u < day || p.a[k].upper && p.upos(k) == "PROPN" {
			break
		}
		if (c == last || c == next) && det && p.is(k+1, of) && u <= week {
			if m, to := p.moment(k + 2); m.kind == aDate && m.date.d == 0 || m.kind == aUnit && m.unit > week { // "the last week of August"
				return node{kind: aDuration, n: 1, unit: u}, to
			}
		}
		n.kind, n.unit = aUnit, u
		if u == quarter && c != last && c != next {
			n.kind, n.n = aQuarter, 0
			if !p.word(i, "current") {
				n.unit, n.told = day, false
			}
			return n, k + 1
		}
		if u == year && p.mark(k+1, '\'') && p.word(k+2, "s") { // "this year's third quarter"
			q := k + 3
			if p.is(q, fiscal) {
				q++
			}
			if m, to := p.ordinalQuarter(q); m.ok() {
				m.told, m.dir, m.anchored = true, n.dir, n.anchored
				return m, to
			}
			if v, ok := p.unit(q); ok && v == quarter && !p.a[q].plural {
				return node{kind: aQuarter, told: true, dir: n.dir}, q + 1
			}
		}
		return n, k + 1
	case month:
		if !p.a[k].upper || p.a[k].short {
			return node{}, i
		}
		m, to := p.month(k)
		if m.kind != aDate || m.date.y != 0 {
			return node{}, i
		}
		m.told, m.dir, m.anchored, m.unit = true, n.dir, n.anchored, monthUnit
		return m, to
	case season:
		if p.a[k].plural {
			return node{}, i
		}
		n.kind, n.season = aSeason, p.a[k].val
		return n, k + 1
	case weekday:
		if !p.a[k].upper || p.a[k].plural {
			return node{}, i
		}
		w, to := p.weekday(k)
		if w.kind != aWeekday {
			return w, to
		}
		w.told, w.dir, w.anchored = true, n.dir, n.anchored
		return w, to
	case holiday:
		h, to := p.holiday(k)
		if h.ok() {
			h.told, h.season, h.anchored = true, n.dir, n.anchored
			return h, to
		}
	case part:
		if p.a[k].plural {
			return node{}, i
		}
		n.kind, n.part = aPart, p.a[k].val+1
		return n, k + 1
	case moment:
		if c == this {
			return node{kind: aRef, n: presentRef}, k + 1
		}
	case noon:
		return node{}, i
	case ord:
		if m, to := p.ordinalQuarter(k); m.ok() && !m.told {
			m.told, m.dir, m.anchored = false, n.dir, n.anchored
			return m, to
		}
	case none:
		// "the past" as a noun
		if c == last && det && p.text(i) == "past" && p.nominal(i) {
			return node{kind: aRef, n: pastRef}, i + 1
		}
	}
	if p.word(i, "current") && p.upos(i) == "ADJ" {
		return node{kind: aRef, n: presentRef}, i + 1
	}
	if c == last && det && p.word(i, "past") && p.nominal(i) {
		return node{kind: aRef, n: pastRef}, i + 1
	}
	return node{}, i
}

// nominal says whether atom i is a noun by itself, with no noun after it that it
// would describe.
func (p *parser) nominal(i int) bool {
	t := p.token(i)
	if t == nil {
		return true
	}
	return t.UPOS == "NOUN" && t.Rel != "compound"
}

// ordinalQuarter reads "third quarter" from atom i.
func (p *parser) ordinalQuarter(i int) (node, int) {
	if !p.is(i, ord) && !(p.is(i, unit) && units(p.a[i].val) == second) {
		return node{}, i
	}
	n, to := p.ordinal(i, true)
	if n.kind != aQuarter {
		return node{}, i
	}
	return n, to
}
