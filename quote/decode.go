package quote

// A state of the decoder is the role of the last token, whether the source has
// been begun, and how many fragments of content have been begun: so a statement
// has at most one source and at most three fragments, which is what annotators
// mark in all but 1 of 500.
const (
	maxFragments = 3
	endCount     = 2 * (maxFragments + 1) // pairs of (source begun, fragments begun)
	stateCount   = roleCount * endCount
)

func stateOf(role, source, fragments int) int {
	return (role*2+source)*(maxFragments+1) + fragments
}

// step is one allowed move between states.
type step struct{ from, to, roleFrom, role uint8 }

// steps lists all moves from each state; the cue's own constraints depend on
// where its head is and are checked while decoding.
var steps = func() (all []step) {
	for role := range roleCount {
		for source := range 2 {
			for fragments := range maxFragments + 1 {
				if role == roleSource && source == 0 || role == roleContent && fragments == 0 {
					continue // cannot be
				}
				from := stateOf(role, source, fragments)
				for next := range roleCount {
					s, c := source, fragments
					if next == roleSource && role != roleSource {
						if source == 1 {
							continue
						}
						s = 1
					}
					if next == roleContent && role != roleContent {
						if fragments == maxFragments {
							continue
						}
						c++
					}
					all = append(all, step{uint8(from), uint8(stateOf(next, s, c)), uint8(role), uint8(next)})
				}
			}
		}
	}
	return all
}()

// lattice holds the scores of one cue's window and finds the best roles. S is
// int32 when reading and float32 when training.
type lattice[S int32 | float32] struct {
	n     int
	head  int                        // the cue's head, as an index into the window
	emit  [][roleCount]S             // by token
	join  [][roleCount * roleCount]S // by token and (role before, role)
	end   [endCount]S                // by (source, fragments): whole-statement score
	block []bool                     // tokens that must stay out; nil: none
	best  []S
	back  []uint8
}

func (l *lattice[S]) resize(n int) {
	l.n = n
	if cap(l.emit) < n {
		l.emit = make([][roleCount]S, n)
		l.join = make([][roleCount * roleCount]S, n)
		l.back = make([]uint8, n*stateCount)
	}
	l.emit, l.join, l.back = l.emit[:n], l.join[:n], l.back[:n*stateCount]
	clear(l.emit)
	clear(l.join)
}

const low = -1 << 28

// decode writes the best roles of the window's tokens to roles. The cue is one
// run of tokens with the head in it; content is found if any token may be content.
func (l *lattice[S]) decode(roles []uint8) {
	var cur, next [stateCount]S
	for s := range cur {
		cur[s] = low
	}
	cur[stateOf(roleOut, 0, 0)] = 0
	for i := range l.n {
		for s := range next {
			next[s] = low
		}
		back := l.back[i*stateCount : (i+1)*stateCount]
		emit, join := &l.emit[i], &l.join[i]
		for _, st := range steps {
			if cur[st.from] <= low/2 {
				continue
			}
			switch {
			case st.role == roleCue:
				if i > l.head && st.roleFrom != roleCue {
					continue
				}
			case i == l.head || i < l.head && i > 0 && st.roleFrom == roleCue:
				continue
			}
			if st.role != roleOut && l.block != nil && l.block[i] {
				continue
			}
			x := cur[st.from] + emit[st.role] + join[st.roleFrom*roleCount+st.role]
			if x > next[st.to] {
				next[st.to] = x
				back[st.to] = st.from
			}
		}
		cur = next
	}
	bestState, best := stateOf(roleOut, 0, 0), S(2*low)
	for s := range cur {
		if cur[s] <= low/2 {
			continue
		}
		x := cur[s] + l.end[s%endCount]
		if s%(maxFragments+1) == 0 {
			x += low / 4 // no content: only where nothing else can be
		}
		if x > best {
			bestState, best = s, x
		}
	}
	for i := l.n - 1; i >= 0; i-- {
		roles[i] = uint8(bestState / endCount)
		bestState = int(l.back[i*stateCount+bestState])
	}
}
