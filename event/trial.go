package event

// Trial is scratch.
func Trial(train, test []Lesson, k int, o map[string]float64) (probs [][]float32) {
	get := func(n string, d float64) float64 {
		if v, ok := o[n]; ok {
			return v
		}
		return d
	}
	probs = make([][]float32, len(test))
	for i := range probs {
		probs[i] = make([]float32, k)
	}
	views := []struct {
		on     float64
		sparse bool
	}{{get("sparse", 1), true}, {get("dense", 0), false}}
	for _, v := range views {
		if v.on == 0 {
			continue
		}
		r := regress(train, k, regressOptions{epochs: int(get("epochs", 15)), rate: get("rate", 0.1), decay: get("decay", 1e-4), thin: get("thin", 0), least: int(get("least", 1)), seed: 1, sparse: v.sparse, dense: !v.sparse, shrink: get("shrink", 1e-3)})
		for i := range test {
			out := make([]float32, k)
			r.scores(&test[i].Signs, out)
			softmax(out)
			for c := range out {
				probs[i][c] += float32(v.on) * out[c]
			}
		}
	}
	return probs
}

// BagOnly keeps the words.
func (s Signs) Only(f func(uint64) bool) Signs {
	out := Signs{dense: s.dense}
	for _, x := range s.sparse {
		if f(x) {
			out.sparse = append(out.sparse, x)
		}
	}
	return out
}
