package quote

import "math"

// A conditional random field over the decoder's states (Lafferty et al. 2001): the
// probability of a window's roles is the exponential of their score, over the sum of
// that of all roles that the decoder allows.

// field is the scratch space of likelihood.
type field struct {
	ahead, back [][stateCount]float64
	emit        [][roleCount]float64
	join        [][roleCount * roleCount]float64
}

// open says whether step st may be taken to token i.
func (l *lattice[S]) open(st step, i int) bool {
	switch {
	case st.role == roleCue:
		return i <= l.head || st.roleFrom == roleCue
	case i == l.head || i < l.head && i > 0 && st.roleFrom == roleCue:
		return false
	}
	return true
}

// likelihood returns the negative log-probability of the gold roles, and writes its
// gradient by every score of l to g. It returns false where the decoder does not
// allow the gold roles, or they have no content, and where scores lie so far apart
// that probabilities vanish; then g is not to be used.
func (f *field) likelihood(l *lattice[float32], gold []uint8, g *lattice[float32]) (loss float64, ok bool) {
	n := l.n
	g.resize(n)
	clear(g.end[:])
	for len(f.ahead) <= n {
		f.ahead, f.back = append(f.ahead, [stateCount]float64{}), append(f.back, [stateCount]float64{})
		f.emit, f.join = append(f.emit, [roleCount]float64{}), append(f.join, [roleCount * roleCount]float64{})
	}
	// The gold path: its score, and minus one in the gradient.
	state, score := stateOf(roleOut, 0, 0), 0.0
	for i, r := range gold {
		next := -1
		for _, st := range steps {
			if int(st.from) == state && st.role == r && l.open(st, i) {
				next = int(st.to)
				j := int(st.roleFrom)*roleCount + int(r)
				score += float64(l.emit[i][r]) + float64(l.join[i][j])
				g.emit[i][r]--
				g.join[i][j]--
			}
		}
		if next < 0 {
			return 0, false
		}
		state = next
	}
	if state%(maxFragments+1) == 0 {
		return 0, false
	}
	score += float64(l.end[state%endCount])
	g.end[state%endCount]--

	// Potentials, each token's scaled by its largest so that none overflows.
	logScale := 0.0
	for i := range n {
		top := l.emit[i][0]
		for _, x := range l.emit[i] {
			top = max(top, x)
		}
		for r, x := range l.emit[i] {
			f.emit[i][r] = math.Exp(float64(x - top))
		}
		logScale += float64(top)
		top = l.join[i][0]
		for _, x := range l.join[i] {
			top = max(top, x)
		}
		for j, x := range l.join[i] {
			f.join[i][j] = math.Exp(float64(x - top))
		}
		logScale += float64(top)
	}
	clear(f.ahead[0][:])
	f.ahead[0][stateOf(roleOut, 0, 0)] = 1
	for i := range n {
		cur, next := &f.ahead[i], &f.ahead[i+1]
		clear(next[:])
		sum := 0.0
		for _, st := range steps {
			if x := cur[st.from]; x != 0 && l.open(st, i) {
				x *= f.emit[i][st.role] * f.join[i][st.roleFrom*roleCount+st.role]
				next[st.to] += x
				sum += x
			}
		}
		if sum <= 0 {
			return 0, false
		}
		for s := range next {
			next[s] /= sum
		}
		logScale += math.Log(sum)
	}
	last, end, top := &f.back[n], 0.0, l.end[0]
	for _, x := range l.end {
		top = max(top, x)
	}
	logScale += float64(top)
	for s := range last {
		last[s] = 0
		if s%(maxFragments+1) != 0 {
			last[s] = math.Exp(float64(l.end[s%endCount] - top))
			end += f.ahead[n][s] * last[s]
		}
	}
	if end <= 0 {
		return 0, false
	}
	for s := range last {
		g.end[s%endCount] += float32(f.ahead[n][s] * last[s] / end)
	}
	for i := n - 1; i >= 0; i-- {
		cur, next := &f.back[i], &f.back[i+1]
		clear(cur[:])
		// All that passes through token i adds up to total.
		total := 0.0
		var pass [roleCount * roleCount]float64
		for _, st := range steps {
			y := next[st.to]
			if y == 0 || !l.open(st, i) {
				continue
			}
			x := f.emit[i][st.role] * f.join[i][st.roleFrom*roleCount+st.role]
			cur[st.from] += x * y
			x *= f.ahead[i][st.from] * y
			pass[st.roleFrom*roleCount+st.role] += x
			total += x
		}
		if total <= 0 {
			return 0, false // scores so far apart that all vanishes; dividing would give NaN
		}
		for j, x := range pass {
			p := float32(x / total)
			g.join[i][j] += p
			g.emit[i][j%roleCount] += p
		}
		sum := 0.0
		for _, x := range cur {
			sum += x
		}
		for s := range cur {
			cur[s] /= sum
		}
	}
	return logScale + math.Log(end) - score, true
}
