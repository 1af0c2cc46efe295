package eval

// matching returns the greatest number of pairs of a bipartite graph in which no
// node stands twice. edges[i] lists the right nodes, below right, that left node i may
// be paired with.
func matching(edges [][]int, right int) (pairs int) {
	for _, in := range paired(edges, right) {
		if in {
			pairs++
		}
	}
	return pairs
}

// paired returns which left nodes stand in a greatest matching, by augmenting paths
// (Kuhn's algorithm): of all such, the one that has the first left nodes in it.
func paired(edges [][]int, right int) []bool {
	partner := make([]int, right) // left node of each right node, -1: none
	for i := range partner {
		partner[i] = -1
	}
	var seen []bool
	var augment func(left int) bool
	augment = func(left int) bool {
		for _, r := range edges[left] {
			if seen[r] {
				continue
			}
			seen[r] = true
			if partner[r] < 0 || augment(partner[r]) {
				partner[r] = left
				return true
			}
		}
		return false
	}
	in := make([]bool, len(edges))
	for left := range edges {
		seen = make([]bool, right)
		in[left] = augment(left)
	}
	return in
}
