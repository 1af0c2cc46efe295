package quote

import (
	"slices"
	"sort"
	"strings"
)

// unclaimed adds statements for sentences whose frame attributes in words that the model has not
// learnt, where no statement has the clause that the frame leaves: behind a colon («The Gazette
// broke the story on Monday: the fort is lost»), behind "that" («The word from the envoy is that the
// fort is lost») or before the last comma («The fort is lost, if the Gazette is to be believed»). A frame
// names somebody and has a word of telling, and the clause has a verb.
func (v *view) unclaimed(all []found) []found {
	n := len(all)
	for s := range v.d.Sentences {
		sent := v.d.Sentences[s]
		if !v.d.Blocks[sent.Block].Kind.Prose() || sent.Last-sent.First < 8 {
			continue
		}
		first, last := sent.First, sent.Last
		for last > first && v.d.Tokens[last-1].UPOS == "PUNCT" && !strings.ContainsAny(v.d.Word(last-1), `"”`) {
			last--
		}
		for k := first; k < min(first+12, last); k++ {
			if w := v.d.Word(k); (w == "—" || w == "–") && strings.ToUpper(v.d.Word(first)) == v.d.Word(first) {
				first = k + 1 // the place of a dateline
			}
		}
		for _, try := range []func(first, last int) (content, frame [2]int, ok bool){v.quotedClause, v.behindColon, v.behindThat, v.beforeComma} {
			content, frame, ok := try(first, last)
			if !ok || v.claimed(all, content) {
				continue
			}
			if cue, source, ok := v.attribution(frame, v.d.Tokens[content[0]].UPOS == "PUNCT"); ok && !v.cueTaken(all, cue) {
				a := found{head: cue, parent: -1, source: source, cue: [2]int{cue, cue + 1}, content: [][2]int{content}}
				a.p[cueAny], a.p[cueOuter] = evenChance, evenChance
				all = append(all, a)
				break
			}
		}
	}
	if len(all) == n {
		return all
	}
	// In order of the cues, and the numbers of the parents with them.
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return all[order[i]].cue[0] < all[order[j]].cue[0] })
	to := make([]int, len(all))
	for i, from := range order {
		to[from] = i
	}
	out := make([]found, len(all))
	for i, from := range order {
		out[i] = all[from]
		if out[i].parent >= 0 {
			out[i].parent = to[out[i].parent]
		}
	}
	return out
}

// claimed says whether statements have a third of the words of a clause already.
func (v *view) claimed(all []found, clause [2]int) bool {
	n := 0
	for i := range all {
		for _, c := range all[i].content {
			n = max(n, min(c[1], clause[1])-max(c[0], clause[0]))
		}
	}
	return 3*n >= clause[1]-clause[0]
}

func (v *view) cueTaken(all []found, cue int) bool {
	return slices.ContainsFunc(all, func(a found) bool { return a.cue[0] <= cue && cue < a.cue[1] })
}

// finite says whether a clause of the tokens has a subject and a verb.
func (v *view) finite(first, last int) bool {
	for k := first; k < last; k++ {
		if t := &v.d.Tokens[k]; (t.Rel == "nsubj" || t.Rel == "nsubj:pass") && t.Head >= first && t.Head < last {
			return last-first > 3
		}
	}
	return false
}

// quotedClause finds the one quotation of a sentence whose rest names a person and needs no word of telling:
// «“The fort is lost” — with these words the envoy ended weeks of guessing.»
func (v *view) quotedClause(first, last int) (content, frame [2]int, ok bool) {
	open, closed := -1, -1
	for k := first; k < last; k++ {
		switch w := v.d.Word(k); {
		case (w == "“" || w == `"`) && open < 0:
			open = k
		case (w == "”" || w == `"`) && open >= 0 && closed < 0:
			closed = k
		}
	}
	if open < 0 || closed < open+5 || !v.finite(open, closed) {
		return content, frame, false
	}
	frame = [2]int{first, open}
	if last-closed-1 > open-first {
		frame = [2]int{closed + 1, last}
	}
	for k := frame[0]; k < frame[1]; k++ {
		if v.d.Tokens[k].UPOS == "PROPN" {
			return [2]int{open, closed + 1}, frame, true
		}
	}
	return content, frame, false
}

func (v *view) behindColon(first, last int) (content, frame [2]int, ok bool) {
	for k := first + 2; k < last-3; k++ {
		if v.d.Word(k) == ":" && !v.quotes.Inside(k) {
			return [2]int{k + 1, last}, [2]int{first, k}, v.finite(k+1, last)
		}
	}
	return content, frame, false
}

func (v *view) behindThat(first, last int) (content, frame [2]int, ok bool) {
	for k := first + 2; k < last-3; k++ {
		if t := &v.d.Tokens[k]; t.Lemma == "that" && (t.Rel == "mark" || t.UPOS == "SCONJ") && !v.quotes.Inside(k) {
			end := last
			// «The news that the fort is lost was first carried by the Gazette.»
			if h := t.Head; h > k && int(v.hi[h])+1 < last && v.d.Tokens[v.hi[h]+1].Rel == "aux:pass" {
				end = int(v.hi[h]) + 1
				if _, _, ok := v.attribution([2]int{end, last}, false); ok {
					return [2]int{k, end}, [2]int{end, last}, true
				}
			}
			return [2]int{k, end}, [2]int{first, k}, v.finite(k+1, end)
		}
	}
	return content, frame, false
}

func (v *view) beforeComma(first, last int) (content, frame [2]int, ok bool) {
	for k := last - 3; k > first+3; k-- {
		if v.d.Word(k) != "," || v.quotes.Inside(k) || last-k > 20 || !v.finite(first, k) {
			continue
		}
		content, frame = [2]int{first, k}, [2]int{k + 1, last}
		if _, _, told := v.attribution(frame, false); told {
			return content, frame, true
		}
	}
	return content, frame, false
}

// telling are words of frames that attribute, beside those that are cues anywhere.
var telling = map[string]bool{"word": true, "news": true, "account": true, "report": true, "story": true, "talk": true, "rumour": true,
	"message": true, "answer": true, "version": true, "confirmation": true, "learn": true, "hear": true, "understand": true,
	"emerge": true, "confide": true, "read": true, "carry": true, "print": true, "break": true, "publish": true, "tell": true,
	"quote": true, "write": true, "say": true, "believe": true, "air": true, "reveal": true, "disclose": true}

// attribution returns of a frame the word that tells and whoever tells it: behind "by" or "from", else
// the subject, if it is somebody. Of a quotation any verb or colon tells.
func (v *view) attribution(frame [2]int, quoted bool) (cue int, source [2]int, ok bool) {
	cue = -1
	best, rank := -1, 0
	for k := frame[0]; k < frame[1]; k++ {
		t := &v.d.Tokens[k]
		if telling[t.Lemma] && (t.UPOS == "VERB" || t.UPOS == "NOUN") && (cue < 0 || t.UPOS == "VERB" && v.d.Tokens[cue].UPOS == "NOUN") {
			cue = k
		}
		if t.UPOS != "PROPN" && t.UPOS != "NOUN" || !v.person(k) || telling[t.Lemma] || t.Rel == "compound" || t.Rel == "flat" {
			continue
		}
		r := 0
		switch prep := v.preposition(k); {
		case prep == "by" || prep == "from":
			r = 3
		case t.Rel == "nsubj" || t.Rel == "nsubj:pass":
			r = 2
		case t.UPOS == "PROPN" && prep != "on" && prep != "to" || t.Rel == "root":
			r = 1
		}
		if r > rank {
			best, rank = k, r
		}
	}
	for k := frame[0]; k < frame[1] && quoted && cue < 0; k++ {
		if v.d.Tokens[k].UPOS == "VERB" {
			cue = k
		}
	}
	if quoted && cue < 0 && v.d.Word(frame[1]-1) == ":" {
		cue = frame[1] - 1
	}
	if cue < 0 || best < 0 {
		return 0, source, false
	}
	lo, hi := max(int(v.lo[best]), frame[0]), min(int(v.hi[best])+1, frame[1])
	for lo < best && (v.d.Tokens[lo].Rel == "case" || v.d.Tokens[lo].UPOS == "PUNCT") {
		lo++
	}
	if lo <= cue && cue < hi {
		if cue > best {
			hi = cue
		} else {
			lo = cue + 1
		}
	}
	for hi > lo+1 && v.d.Tokens[hi-1].UPOS == "PUNCT" {
		hi--
	}
	return cue, [2]int{lo, hi}, lo <= best && best < hi
}
