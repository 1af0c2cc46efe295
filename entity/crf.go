package entity

import "math"

// A linear-chain conditional random field over the tags of names (Lafferty et al.
// 2001): a sentence's tags have the score of their tags and of the steps between them.
// What annotators of a corpus do not mark leaves several tags possible for a word; the
// likelihood is then that of all ways that agree with what they marked.

// tags are the tags of names: outside, then begin and inside for each type.
const tagCount = 1 + 2*len(tagTypes)

// beginOf and insideOf return the tags of type t.
func beginOf(t int) int  { return 1 + 2*t }
func insideOf(t int) int { return 2 + 2*t }

// follows says whether tag b may stand after tag a: inside only after its own type.
func follows(a, b int) bool {
	if b == 0 || b%2 == 1 {
		return true
	}
	return a == b || a == b-1
}

// opens says whether a sentence may begin with tag b.
func opens(b int) bool { return b == 0 || b%2 == 1 }

// chain is the scratch space of a sentence's sums.
type chain struct {
	ahead, back [][tagCount]float64
}

// sums fills the log-sums of all ways up to each word and from it on, over the tags
// that may holds, and returns that of the whole.
func (c *chain) sums(emit [][tagCount]float32, step *[tagCount * tagCount]float32, may []uint32) float64 {
	n := len(emit)
	for len(c.ahead) < n {
		c.ahead, c.back = append(c.ahead, [tagCount]float64{}), append(c.back, [tagCount]float64{})
	}
	var v [tagCount]float64
	for i := range n {
		for b := range tagCount {
			c.ahead[i][b] = math.Inf(-1)
			if may[i]>>b&1 == 0 {
				continue
			}
			if i == 0 {
				if opens(b) {
					c.ahead[i][b] = float64(emit[i][b])
				}
				continue
			}
			for a := range tagCount {
				v[a] = math.Inf(-1)
				if follows(a, b) {
					v[a] = c.ahead[i-1][a] + float64(step[a*tagCount+b])
				}
			}
			c.ahead[i][b] = logSum(v[:]) + float64(emit[i][b])
		}
	}
	for i := n - 1; i >= 0; i-- {
		for a := range tagCount {
			if i == n-1 {
				c.back[i][a] = 0
				continue
			}
			for b := range tagCount {
				v[b] = math.Inf(-1)
				if follows(a, b) && may[i+1]>>b&1 == 1 {
					v[b] = c.back[i+1][b] + float64(step[a*tagCount+b]) + float64(emit[i+1][b])
				}
			}
			c.back[i][a] = logSum(v[:])
		}
	}
	return logSum(c.ahead[n-1][:])
}

func logSum(v []float64) float64 {
	top := math.Inf(-1)
	for _, x := range v {
		top = max(top, x)
	}
	if math.IsInf(top, -1) {
		return top
	}
	sum := 0.0
	for _, x := range v {
		sum += math.Exp(x - top)
	}
	return top + math.Log(sum)
}

// expect adds the expected number of each tag and step, times weight, to the
// gradients; total is what sums returned.
func (c *chain) expect(emit [][tagCount]float32, step *[tagCount * tagCount]float32, may []uint32, total, weight float64, gradEmit [][tagCount]float32, gradStep []float32) {
	for i := range emit {
		for b := range tagCount {
			if may[i]>>b&1 == 0 {
				continue
			}
			gradEmit[i][b] += float32(weight * math.Exp(c.ahead[i][b]+c.back[i][b]-total))
			if i == 0 {
				continue
			}
			for a := range tagCount {
				if follows(a, b) {
					p := c.ahead[i-1][a] + float64(step[a*tagCount+b]) + float64(emit[i][b]) + c.back[i][b] - total
					gradStep[a*tagCount+b] += float32(weight * math.Exp(p))
				}
			}
		}
	}
}

// best writes the tags of the highest score, the first of equal ones.
func best(emit [][tagCount]float32, step *[tagCount * tagCount]float32, from [][tagCount]uint8, tags []uint8) {
	var score [tagCount]float32
	for i := range emit {
		var next [tagCount]float32
		for b := range tagCount {
			next[b] = float32(math.Inf(-1))
			if i == 0 {
				if opens(b) {
					next[b] = emit[i][b]
				}
				continue
			}
			for a := range tagCount {
				if s := score[a] + step[a*tagCount+b]; follows(a, b) && s > next[b] {
					next[b], from[i][b] = s, uint8(a)
				}
			}
			next[b] += emit[i][b]
		}
		score = next
	}
	last := 0
	for b := range tagCount {
		if score[b] > score[last] {
			last = b
		}
	}
	for i := len(emit) - 1; i >= 0; i-- {
		tags[i] = uint8(last)
		last = int(from[i][last])
	}
}
