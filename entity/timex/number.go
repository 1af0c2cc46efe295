package timex

// rangeTo reads the second number of "12 to 18 months", "two or three weeks".
func (p *parser) rangeTo(n *node, k int) int {
	j := k
	if p.is(j, or, toward) || p.dash(j) {
		j++
	} else {
		return k
	}
	if !p.numberAt(j) {
		return k
	}
	_, _, _, end := p.number(j)
	if u := p.adjective(end); p.is(u, unit) {
		n.vague = true
		return end
	}
	return k
}

// numberAt says whether a number begins at atom i.
func (p *parser) numberAt(i int) bool {
	if i < 0 || i >= len(p.a) {
		return false
	}
	if p.is(i, card, dozen, scale) {
		return true
	}
	if p.digits(i) == 0 || i > 0 && p.mark(i-1, '$') || p.glue(i+1) && !p.is(i+1, unit) {
		return false
	}
	return !(i > 0 && p.a[i].glued && (p.mark(i-1, '.') || p.mark(i-1, ',') || p.mark(i-1, ':') || p.mark(i-1, '/') || p.a[i-1].mark == 0))
}

// number reads a number from atom i: its whole part, tenths beyond it, and where it
// ends. One too large to be meant is vague.
//
//	12; 1,500; 2.5; 2 1/2; twenty-five; two hundred and fifty; two dozen
func (p *parser) number(i int) (n, tenths int, vague bool, to int) {
	if p.digits(i) > 0 {
		n, to = p.num(i), i+1
		for p.mark(to, ',') && p.digits(to+1) == 3 && p.a[to].glued && p.a[to+1].glued && n >= 0 {
			n = n*1000 + p.num(to+1)
			to += 2
			if n > 1e9 {
				n = -1
			}
		}
		if p.mark(to, '.') && p.digits(to+1) > 0 && p.a[to].glued && p.a[to+1].glued {
			if p.digits(to+1) <= 4 {
				tenths = p.num(to + 1)
				for k := p.digits(to + 1); k > 1; k-- {
					tenths /= 10
				}
			}
			to += 2
		}
		if j := p.skipDash(to); p.num(j) == 1 && p.mark(j+1, '/') && p.num(j+2) == 2 { // "2 1/2"
			tenths, to = 5, j+3
		}
		if p.is(to, and) && p.is(to+1, an) && p.is(to+2, half) { // "5 and a half"
			tenths, to = 5, to+3
		}
		if n < 0 || n > 1e8 {
			return 0, 0, true, to
		}
		return n, tenths, false, to
	}
	total, cur, k := 0, 0, i
	for k < len(p.a) {
		j := k
		if k > i {
			j = p.skipDash(k)
			if p.is(j, and) && (p.is(j+1, card) && total+cur >= 100) {
				j++
			}
		}
		switch p.c(j) {
		case card:
			if k > i && cur%10 != 0 || cur > 0 && cur < 20 || cur >= 20 && p.a[j].val >= 10 && cur%100 != 0 {
				return total + cur, p.andHalf(&k), false, k
			}
			cur += p.a[j].val
		case scale:
			if p.a[j].val == 1000 {
				total, cur = total+max(1, cur)*1000, 0
			} else {
				cur = max(1, cur) * 100
			}
		case dozen:
			cur = max(1, cur) * 12
		default:
			return total + cur, p.andHalf(&k), false, k
		}
		if total+cur > 1e7 {
			return 0, 0, true, j + 1
		}
		k = j + 1
	}
	return total + cur, 0, false, k
}

// andHalf reads "and a half" at atom k.
func (p *parser) andHalf(k *int) int {
	if p.is(*k, and) && p.is(*k+1, an) && p.is(*k+2, half) {
		*k += 3
		return 5
	}
	if p.is(*k, and) && p.is(*k+1, half) {
		*k += 2
		return 5
	}
	return 0
}
