package syntax

// spanning finds the best tree over the words of a sentence, by the algorithm of Chu and
// Liu (1965) and Edmonds (1967). Exactly one word hangs on the root.
type spanning struct {
	head    []int
	score   []float32
	visited []int8
}

// best returns the head of each of n words; n stands for the root. score has for each
// word n+1 values: of each word as its head, and of the root.
func (t *spanning) best(score []float32, n int) []int {
	t.head = resize(t.head, n)
	roots := 0
	for i := range n {
		row := score[i*(n+1) : (i+1)*(n+1)]
		row[i] = -1e30 // no word hangs on itself
		if t.head[i] = most(row); t.head[i] == n {
			roots++
		}
	}
	if roots == 1 && !t.rings(n) {
		return t.head
	}
	// One root: the word whose choice costs least, tried in the order of how well
	// it does as a root.
	var best []int
	total := 0.0
	tried := 0
	for _, r := range t.candidates(score, n) {
		t.score = append(t.score[:0], score...)
		for i := range n {
			row := t.score[i*(n+1) : (i+1)*(n+1)]
			if i == r {
				for j := range n {
					row[j] = -1e30
				}
			} else {
				row[n] = -1e30
			}
		}
		heads := edmonds(t.score, n+1)
		sum := 0.0
		for i, h := range heads[:n] {
			sum += float64(score[i*(n+1)+h])
		}
		if best == nil || sum > total {
			best, total = heads[:n], sum
		}
		if tried++; tried == maxRoots || n > longSentence {
			break
		}
	}
	return best
}

// maxRoots is how many words are tried as the root where the first choice of each
// word makes no tree.
const maxRoots = 3

// longSentence is the length beyond which only one is: such a run of words is mostly no
// sentence, and each try may take time cubic in it.
const longSentence = 120

// candidates returns the words in the order of how much better than its best other
// head the root is.
func (t *spanning) candidates(score []float32, n int) []int {
	gain := make([]float32, n)
	order := make([]int, n)
	for i := range n {
		row := score[i*(n+1) : (i+1)*(n+1)]
		order[i] = i
		gain[i] = row[n]
		if n > 1 {
			gain[i] -= row[most(row[:n])]
		}
	}
	// Few are needed, so the best are moved to the front one by one.
	for k := range min(maxRoots, n) {
		top := k
		for j := k + 1; j < n; j++ {
			if gain[order[j]] > gain[order[top]] {
				top = j
			}
		}
		order[k], order[top] = order[top], order[k]
	}
	return order
}

// rings says whether following heads from some word does not lead to the root.
func (t *spanning) rings(n int) bool {
	t.visited = resize(t.visited, n)
	clear(t.visited)
	for i := range n {
		j := i
		for j < n && t.visited[j] == 0 {
			t.visited[j] = 1 // on the way
			j = t.head[j]
		}
		if j < n && t.visited[j] == 1 {
			return true
		}
		for j = i; j < n && t.visited[j] == 1; j = t.head[j] {
			t.visited[j] = 2 // leads to the root
		}
	}
	return false
}

// edmonds returns the heads of the best tree over size nodes whose root is the last.
// score holds for each node but the last the score of each node as its head.
func edmonds(score []float32, size int) []int {
	root := size - 1
	head := make([]int, size)
	for i := range root {
		row := score[i*size : (i+1)*size]
		best := -1
		for j, x := range row {
			if j != i && (best < 0 || x > row[best]) {
				best = j
			}
		}
		head[i] = best
	}
	head[root] = -1
	ring := findRing(head)
	if ring == nil {
		return head
	}
	// The ring becomes one node, and the best tree over what is left is opened again.
	in := make([]bool, size)
	var sum float32
	for _, i := range ring {
		in[i] = true
		sum += score[i*size+head[i]]
	}
	var old []int // nodes outside the ring, in order, then the ring, then the root
	for i := range root {
		if !in[i] {
			old = append(old, i)
		}
	}
	c := len(old)
	old = append(old, -1, root)
	small := make([]float32, (len(old)-1)*len(old))
	enter := make([]int, size) // by head outside: the ring's node it enters by
	leave := make([]int, size) // by node outside: the ring's node it hangs on
	for a, i := range old[:len(old)-1] {
		for b, j := range old {
			to := &small[a*len(old)+b]
			switch {
			case a == b:
				*to = -1e30
			case a == c: // the ring hangs on j
				best := -1
				var most float32
				for _, k := range ring {
					if x := sum - score[k*size+head[k]] + score[k*size+j]; best < 0 || x > most {
						best, most = k, x
					}
				}
				enter[j], *to = best, most
			case b == c: // i hangs on the ring
				best := -1
				for _, k := range ring {
					if best < 0 || score[i*size+k] > score[i*size+best] {
						best = k
					}
				}
				leave[i], *to = best, score[i*size+best]
			default:
				*to = score[i*size+j]
			}
		}
	}
	part := edmonds(small, len(old))
	for a, i := range old[:len(old)-1] {
		to := old[part[a]]
		switch {
		case a == c:
			head[enter[to]] = to
		case part[a] == c:
			head[i] = leave[i]
		default:
			head[i] = to
		}
	}
	return head
}

// findRing returns the nodes of one ring of heads, or nil.
func findRing(head []int) []int {
	mark := make([]int, len(head))
	for i := range head {
		j := i
		for j >= 0 && mark[j] == 0 {
			mark[j] = i + 1
			j = head[j]
		}
		if j >= 0 && mark[j] == i+1 {
			ring := []int{j}
			for k := head[j]; k != j; k = head[k] {
				ring = append(ring, k)
			}
			return ring
		}
	}
	return nil
}

func resize[T any](x []T, n int) []T {
	if cap(x) < n {
		return make([]T, n)
	}
	return x[:n]
}
