package quote

import (
	"sort"

	"hearsay/doc"
)

// Judge holds the predicted statements of an article against gold ones and returns,
// for each outermost prediction in its order, its score and whether it is right: paired
// one to one with a gold statement whose cue and content it overlaps and whose source
// it overlaps, or neither has one. Of all ways to pair as many as can be, likelier
// predictions come first. A prediction is nested, and left out, where its cue lies
// inside the content of another, for gold marks none there.
func Judge(gold, pred []doc.Statement) (scores []float64, right []bool) {
	var outer []*doc.Statement
	for i := range pred {
		inside := false
		for j := range pred {
			inside = inside || i != j && inContent(&pred[i], &pred[j])
		}
		if !inside {
			outer = append(outer, &pred[i])
		}
	}
	order := make([]int, len(outer))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return outer[order[i]].Score > outer[order[j]].Score })
	// Kuhn's algorithm: whoever has a partner keeps one, if another.
	partner := make([]int, len(gold))
	for g := range partner {
		partner[g] = -1
	}
	var seen []bool
	var pair func(i int) bool
	pair = func(i int) bool {
		for g := range gold {
			if seen[g] || !alike(outer[i], &gold[g]) {
				continue
			}
			seen[g] = true
			if partner[g] < 0 || pair(partner[g]) {
				partner[g] = i
				return true
			}
		}
		return false
	}
	scores, right = make([]float64, len(outer)), make([]bool, len(outer))
	for _, i := range order {
		seen = make([]bool, len(gold))
		scores[i], right[i] = outer[i].Score, pair(i)
	}
	return scores, right
}

// inContent says whether the whole cue of a lies inside the content of b.
func inContent(a, b *doc.Statement) bool {
	for _, c := range a.Cue.Spans {
		in := false
		for _, s := range b.Content {
			in = in || s.Contains(c)
		}
		if !in {
			return false
		}
	}
	return len(a.Cue.Spans) > 0
}

// alike says whether two statements pass for the same one.
func alike(a, b *doc.Statement) bool {
	s, t := a.Source.Span, b.Source.Span
	return overlap(a.Cue.Spans, b.Cue.Spans) && overlap(a.Content, b.Content) && (s.Overlaps(t) || s.Empty() && t.Empty())
}

func overlap(a, b []doc.Span) bool {
	for _, s := range a {
		for _, t := range b {
			if s.Overlaps(t) {
				return true
			}
		}
	}
	return false
}
