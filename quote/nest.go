package quote

// No corpus marks what is reported inside a content, so nesting is by rule: a
// statement whose cue stands in the content of another is part of what that one
// reports. In «One official said the ministry warned that rivals would likely
// deny it», "warned" stands in the content of "said" and "deny" in that of
// "warned".

// nest sets the parent of each statement: the one with the shortest content
// among those whose content holds its cue. Where two hold each other's cues, the
// outer is the one whose cue stands higher in the tree.
func nest(v *view, all []found) {
	for i := range all {
		all[i].parent = -1
		size := 0
		for j := range all {
			if i == j || !holds(&all[j], all[i].cue) {
				continue
			}
			if holds(&all[i], all[j].cue) && !v.above(all[j].head, all[i].head) {
				continue
			}
			if n := length(&all[j]); all[i].parent < 0 || n < size {
				all[i].parent, size = j, n
			}
		}
	}
	// Parsing errors can leave a ring of parents; it is cut at its first cue.
	for i := range all {
		for j, n := all[i].parent, 0; j >= 0; j, n = all[j].parent, n+1 {
			if j == i || n > len(all) {
				all[i].parent = -1
				break
			}
		}
	}
}

// settle mends what looking again inside the parents changed: a statement whose
// parent's content no longer holds its cue moves outwards, and one that was left
// without content is given up.
func settle(all []found) {
	for i := range all {
		a := &all[i]
		for a.parent >= 0 && !holds(&all[a.parent], a.cue) {
			a.parent = all[a.parent].parent
		}
		if len(a.content) == 0 {
			a.p = [cueClasses]float64{}
		}
	}
}

func holds(a *found, cue [2]int) bool {
	for _, c := range a.content {
		if c[0] <= cue[0] && cue[1] <= c[1] {
			return true
		}
	}
	return false
}

func length(a *found) (n int) {
	for _, c := range a.content {
		n += c[1] - c[0]
	}
	return n
}

// above says whether token a stands above token b in one tree, or, where neither
// is above the other, is nearer to its root or before it.
func (v *view) above(a, b int) bool {
	da, db := 0, 0
	for t := b; t >= 0 && db < 500; t = v.d.Tokens[t].Head {
		if t == a {
			return true
		}
		db++
	}
	for t := a; t >= 0 && da < 500; t = v.d.Tokens[t].Head {
		if t == b {
			return false
		}
		da++
	}
	return da < db || da == db && a < b
}

// keep drops what is too unlikely for its place. What stood in a dropped one
// moves to the next statement outside it.
func (m *Model) keep(all []found) []found {
	drop := make([]bool, len(all))
	for changed := true; changed; {
		changed = false
		for i := range all {
			for all[i].parent >= 0 && drop[all[i].parent] {
				all[i].parent = all[all[i].parent].parent
			}
			least := m.Top
			if all[i].parent >= 0 {
				least = m.Nested
			}
			if !drop[i] && all[i].likely() < least {
				drop[i], changed = true, true
			}
		}
	}
	to := make([]int, len(all))
	n := 0
	for i := range all {
		to[i] = n
		if !drop[i] {
			n++
		}
	}
	kept := make([]found, 0, n)
	for i, a := range all {
		if drop[i] {
			continue
		}
		if a.parent >= 0 {
			a.parent = to[a.parent]
		}
		kept = append(kept, a)
	}
	return kept
}

func depthOf(all []found, i int) (depth int) {
	for p := all[i].parent; p >= 0; p = all[p].parent {
		depth++
	}
	return depth
}
