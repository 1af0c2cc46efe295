package quote

// negators are the words that negate a cue they depend on.
var negators = map[string]bool{
	"not": true, "n't": true, "never": true, "no": true, "neither": true, "nor": true,
	"nobody": true, "none": true, "nothing": true, "hardly": true, "without": true,
}

// negated says whether the cue is grammatically negated. «She did not say», «He
// has never claimed», «No one believes», «Neither side confirmed», «without
// saying» are. «He declined to say» is not: declining is an act of its own.
func (v *view) negated(first, last, h int) bool {
	for i := first; i < last; i++ {
		if negators[v.d.Tokens[i].Lemma] {
			return true
		}
	}
	for t, climbed := h, 0; t >= 0 && climbed < 3; climbed++ {
		for c := v.first[t]; c >= 0; c = v.next[c] {
			k := &v.d.Tokens[c]
			switch k.Rel {
			case "advmod", "det", "mark", "cc:preconj":
				if negators[k.Lemma] {
					return true
				}
			case "nsubj", "nsubj:pass":
				if k.Lemma == "nobody" || k.Lemma == "none" || v.hasNegativeDeterminer(int(c)) {
					return true
				}
			}
		}
		// A negated verb above an infinitive negates it: «did not want to say».
		if r := v.d.Tokens[t].Rel; r != "xcomp" && r != "aux" && r != "cop" {
			return false
		}
		if h := v.d.Tokens[t].Head; h < 0 || v.d.Tokens[h].UPOS == "VERB" && cueClass(&v.d.Tokens[h]) != "" && h != t && v.d.Tokens[t].Rel == "xcomp" {
			return false // «did not decline to say»: the cue is another
		}
		t = v.d.Tokens[t].Head
	}
	return false
}

// hasNegativeDeterminer says whether the words under i begin with "no" or
// "neither": «No official confirmed it».
func (v *view) hasNegativeDeterminer(i int) bool {
	for c := v.first[i]; c >= 0; c = v.next[c] {
		k := &v.d.Tokens[c]
		if k.Rel == "det" && (k.Lemma == "no" || k.Lemma == "neither") {
			return true
		}
	}
	return false
}
