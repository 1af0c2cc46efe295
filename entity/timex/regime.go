package timex

// regime decides from what a text counts. News counts from the day of publication. A
// narrative, such as a history, counts from the date that it named last. A
// narrative names more times long past than days near its own. In news without a day of
// publication "last week" stays open.
//
//	In March 1940 the siege began. In June the town fell.
type regime struct {
	old   int  // months and days of a year long past, and years before Christ
	years int  // bare years long past
	near  int  // weekdays, "today", "last week"
	first date // the first year long past
}

// longAgo is how many years before publication a year tells of history.
const longAgo = 3

func (r *regime) past(p *parser, y int) bool {
	if p.at.ref.y != 0 && y > p.at.ref.y-longAgo {
		return false
	}
	if !r.first.known() {
		r.first = date{y: y}
	}
	return true
}

func (r *regime) see(p *parser) {
	for i := range p.a {
		switch p.a[i].class {
		case month:
			k := i + 1
			if p.dayNumber(k) > 0 {
				k = p.afterDay(k)
			}
			if y, _ := p.yearAfter(k); y.known() && r.past(p, y.y) {
				r.old++
			}
		case bc:
			if p.digits(i-1) > 0 && p.num(i-1) > 0 && r.past(p, -p.num(i-1)) {
				r.old += 2
			}
		case weekday, deictic:
			r.near++
		case last, next, this:
			if p.is(i+1, unit) {
				r.near++
			}
		case none:
			if y := p.yearAt(i); y > 0 && !p.mark(i-1, '$') && r.past(p, y) {
				r.years++
			}
		}
	}
}

func (r *regime) narrative() bool {
	switch all := r.old + r.years; {
	case r.near == 0 && r.old >= 2, r.old >= 3 && r.old > 2*r.near:
		return true
	default:
		return all >= 5 && all > 4*r.near
	}
}
