package claim

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"hearsay/doc"
)

// The features of a pair, in the order of the weights.
const (
	bias     = iota
	rare     // cosine of the words of source, cue and content, weighed within their articles
	within   // share of the shorter's words that stand in the other
	content  // of both contents' words, the share that they have in common
	run      // longest run of words that both contents have, in tens
	quote    // both have one quotation of five words or more
	quotes   // both have one, and not the same
	numbers  // both have numbers, and none agrees
	speaker  // the sources have a word in common, or their names
	act      // one cue, and it is not of saying
	acts     // two such cues
	short    // the shorter content tells little: 1 for nothing, 1/2 for 10 bits
	denies   // one denies, the other doesn't
	doubt    // one source is sure that it is so, the other that it isn't
	happened // both tell of one type of event with one side in common
	features // how many there are
)

// weights are a logistic regression. Those above the line were fitted to the open and the
// train part of eval/labels/links.tsv, 540 pairs (S against D, L2 of 0.6): go test ./claim
// -run TestFit -fit. Those under it are set by hand, since the pairs hold too few
// of them: fitted, a denial is worth -0.95, and no event or factuality was read then.
var weights = [features]float64{
	bias: -3.46, rare: 2.68, within: 2.12, content: 2.56, run: 2.67, quote: 0.49, quotes: -0.83, numbers: -0.95,
	speaker: 0.75, act: 1.25, acts: -0.47, short: -1.88,
	//
	denies: -1.60, doubt: -1.50, happened: 0.50,
}

// Threshold is the least probability at which two tellings are linked: where, over the open
// stories and each scored without itself, 9 of 10 links are right.
const Threshold = 0.55

// compare returns the features of two tellings.
func compare(a, b *Gist) (f [features]float64) {
	f[bias] = 1
	if len(a.terms) == 0 || len(b.terms) == 0 {
		return f
	}
	var square, sum, inside int
	for i, j := 0, 0; i < len(a.terms) && j < len(b.terms); {
		x, y := a.terms[i], b.terms[j]
		switch {
		case x.hash < y.hash:
			i++
		case x.hash > y.hash:
			j++
		default:
			square += int(x.rare) * int(y.rare)
			sum += int(min(x.rare, y.rare))
			if x.inside && y.inside {
				inside += int(min(x.rare, y.rare))
			}
			i++
			j++
		}
	}
	f[rare] = float64(square) / float64(a.norm*b.norm)
	f[within] = float64(sum) / float64(min(a.sum, b.sum))
	if all := a.contentSum + b.contentSum - inside; all > 0 {
		f[content] = float64(inside) / float64(all)
	}
	f[short] = 1 / (1 + float64(min(a.contentSum, b.contentSum))/(10*bit))
	f[run] = float64(min(longestRun(a.run, b.run), 10)) / 10
	if both(a.quoted, b.quoted) > 0 {
		f[quote] = 1
	} else if len(a.quoted) > 0 && len(b.quoted) > 0 {
		f[quotes] = 1
	}
	if len(a.numbers) > 0 && len(b.numbers) > 0 && len(agreeing(a, b)) == 0 {
		f[numbers] = 1
	}
	if both(a.speaker, b.speaker) > 0 {
		f[speaker] = 1
	}
	if a.act != 0 && a.act == b.act {
		f[act] = 1
	} else if a.act != 0 && b.act != 0 {
		f[acts] = 1
	}
	if a.denied != b.denied {
		f[denies] = 1
	}
	if sure(a.value)*sure(b.value) < 0 {
		f[doubt] = 1
	}
	if _, ok := sameEvent(a, b); ok {
		f[happened] = 1
	}
	return f
}

// logit returns the sum of the weighted features, added in their order.
func logit(f *[features]float64) (s float64) {
	for k := range f {
		s += float64(weights[k] * f[k])
	}
	return s
}

// probability is that of a logit, in thousandths.
func probability(logit float64) float64 {
	return math.Round(1000/(1+math.Exp(-logit))) / 1000
}

// Score returns the probability that two tellings tell the same claim, in thousandths, and
// what speaks for it or against it. It knows nothing of where they stand: tellings of one
// article are scored like any others.
func Score(a, b *Gist) (float64, []Match) {
	f := compare(a, b)
	return probability(logit(&f)), evidence(a, b, &f)
}

// evidence tells in words what two tellings have in common, and where they clash.
func evidence(a, b *Gist, f *[features]float64) (out []Match) {
	if n := both(a.quoted, b.quoted); n > 0 {
		out = append(out, Match{"quotation", strconv.Itoa(n+quoteLength-1) + " words"})
	}
	words := a.words
	if words == nil {
		words = b.words
	}
	var common []term
	for _, t := range a.terms {
		if _, ok := slices.BinarySearchFunc(b.terms, t.hash, func(t term, h uint32) int { return compareHash(t.hash, h) }); ok {
			common = append(common, t)
		}
	}
	if len(common) > 0 {
		how := strconv.Itoa(len(common)) + " of " + strconv.Itoa(min(len(a.terms), len(b.terms))) + " words"
		slices.SortFunc(common, func(a, b term) int {
			return cmp.Or(cmp.Compare(b.rare, a.rare), compareHash(a.hash, b.hash))
		})
		var named []string
		for _, t := range common[:min(len(common), 5)] {
			if w := words[t.hash]; w != "" {
				named = append(named, w)
			}
		}
		if named != nil {
			how += ": " + strings.Join(named, ", ")
		}
		out = append(out, Match{"content", how})
	}
	if agree := agreeing(a, b); len(agree) > 0 {
		var list []string
		for _, v := range agree {
			list = append(list, strconv.FormatFloat(v, 'f', -1, 64))
		}
		out = append(out, Match{"numbers", strings.Join(list, ", ")})
	} else if f[numbers] > 0 {
		out = append(out, Match{"numbers", "none agrees"})
	}
	if f[speaker] > 0 {
		out = append(out, Match{"source", cmp.Or(a.source.Name, b.source.Name, a.source.Text)})
	}
	if kind, ok := sameEvent(a, b); ok {
		out = append(out, Match{"event", string(kind)})
	}
	if f[denies] > 0 {
		out = append(out, Match{"denial", "one denies"})
	}
	if f[doubt] > 0 {
		out = append(out, Match{"factuality", string(a.value) + " and " + string(b.value)})
	}
	if a.day != noDay && b.day != noDay {
		how := "the same"
		if n := max(a.day-b.day, b.day-a.day); n > 0 {
			how = strconv.Itoa(n) + " apart"
		}
		out = append(out, Match{"day", how})
	}
	return out
}

// sure is 1 where a holder is sure that it is so, -1 that it isn't, and 0 otherwise.
func sure(v doc.Factuality) int {
	switch v {
	case doc.Certain, doc.Probable:
		return 1
	case doc.NotCertain, doc.NotProbable:
		return -1
	}
	return 0
}

// sameEvent returns the type of an event that both tell of, with a side in common.
func sameEvent(a, b *Gist) (doc.EventType, bool) {
	for _, x := range a.events {
		for _, y := range b.events {
			if x.kind == y.kind && slices.ContainsFunc(x.sides, func(s uint32) bool { return slices.Contains(y.sides, s) }) {
				return x.kind, true
			}
		}
	}
	return "", false
}

// both returns how many hashes two sorted lists share.
func both(a, b []uint32) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n++
			i++
			j++
		}
	}
	return n
}

// agreeing returns the numbers of a that b has too, give or take a twentieth: "about 100"
// and "98".
func agreeing(a, b *Gist) (out []float64) {
	for _, x := range a.numbers {
		if slices.ContainsFunc(b.numbers, func(y float64) bool { return math.Abs(x-y) <= float64(0.05*max(x, y)) }) {
			out = append(out, x)
		}
	}
	return out
}

// longestRun returns the length of the longest run of words that two contents share.
func longestRun(a, b []uint32) int {
	var row [longest + 1]uint8
	best := uint8(0)
	for i := range a {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] != b[j] {
				row[j+1] = 0
				continue
			}
			row[j+1] = row[j] + 1
			best = max(best, row[j+1])
		}
	}
	return int(best)
}
