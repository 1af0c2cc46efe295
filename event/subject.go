package event

// subjects returns the heads of the words for who does what verb i says, in the active
// voice, wherever the tree has them. object says that the verb is passive, so that they are
// what is done to.
func (t *tree) subjects(i int) []int { return t.subjectsOf(i, 0) }

func (t *tree) subjectsOf(i, depth int) []int {
	if depth > 8 {
		return nil
	}
	if s := t.child(i, "nsubj"); s >= 0 {
		if who := t.relative(s, i); who >= 0 {
			return t.joined(who, t.nominal)
		}
		return t.joined(s, t.nominal)
	}
	h := t.d.Tokens[i].Head
	if h < 0 {
		return nil
	}
	switch tok := &t.d.Tokens[i]; {
	case tok.Rel == "conj" && (t.verbal(h) || t.d.Tokens[h].UPOS == "ADJ"):
		// «The army shelled the port and took it.» What stands in the passive does not lend its subject to an active one.
		if t.passive(h) != t.passive(i) && t.child(h, "nsubj:pass") < 0 {
			return nil
		}
		return t.subjectsOf(h, depth+1)
	case t.is(i, "acl"):
		if t.d.Tokens[i].XPOS == "VBG" || t.d.Tokens[i].XPOS == "VBN" || tok.Rel == "acl:relcl" {
			switch m := t.mark(i); {
			case m == "to", m == "of", m == "for" && aims[t.d.Tokens[h].Lemma]:
				return t.planner(h, depth) // «the government's goal of leaving Mali»
			}
			return t.joined(h, t.nominal) // «troops attacking the port»
		}
		if t.mark(i) == "to" {
			return t.planner(h, depth)
		}
	case t.is(i, "xcomp"):
		return t.controller(h, i, depth)
	case t.is(i, "advcl", "ccomp", "parataxis"):
		x := tok.XPOS
		if x == "VBG" || x == "VBN" || t.mark(i) == "to" {
			if t.verbal(h) {
				if t.is(i, "advcl") && t.mark(i) == "to" || t.is(i, "ccomp") {
					return t.controller(h, i, depth)
				}
				return t.subjectsOf(h, depth+1)
			}
			if t.child(h, "cop") >= 0 {
				return t.subjectsOf(h, depth+1)
			}
		}
	}
	if t.mark(i) == "to" && t.d.Tokens[h].UPOS == "NOUN" {
		return t.planner(h, depth)
	}
	return nil
}

// relative returns whom a relative pronoun s that stands under verb i is: «the rebels who
// shelled the port»; -1 where s is no such pronoun.
func (t *tree) relative(s, i int) int {
	switch t.lower[s] {
	case "who", "that", "which", "whom":
	default:
		return -1
	}
	for v := i; v >= 0; v = t.d.Tokens[v].Head {
		if t.d.Tokens[v].Rel == "acl:relcl" {
			return t.d.Tokens[v].Head
		}
		if !t.is(v, "conj", "xcomp", "ccomp") {
			break
		}
	}
	return -1
}

// mark returns the word that opens the clause of i: "to", "that", "unless".
func (t *tree) mark(i int) string {
	if m := t.child(i, "mark"); m >= 0 {
		return t.lower[m]
	}
	return ""
}

// keepers leave what is to be done to their subject though they have an object.
var keepers = map[string]bool{"promise": true, "threaten": true, "use": true, "vow": true, "pledge": true, "need": true, "take": true, "make": true,
	"meet": true, "hold": true, "visit": true, "have": true}

// controller returns who does the infinitive i under verb h: the object of "urge",
// "order", "force", else the subject.
func (t *tree) controller(h, i, depth int) []int {
	if !t.verbal(h) {
		return t.subjectsOf(h, depth+1)
	}
	if o := t.child(h, "obj", "iobj"); o >= 0 && o < i && t.is(i, "xcomp", "ccomp") && !keepers[t.d.Tokens[h].Lemma] {
		return t.joined(o, t.nominal)
	}
	// «called on the army to leave», «pleaded with them to stay»
	out := -1
	if t.is(i, "xcomp", "advcl") {
		t.children(h, func(c int) bool {
			if c < i && t.is(c, "obl") && askers[t.d.Tokens[h].Lemma] && (t.hasCase(c, "on") || t.hasCase(c, "upon") || t.hasCase(c, "for") || t.hasCase(c, "to") || t.hasCase(c, "with")) {
				out = c
			}
			return true
		})
	}
	if out >= 0 {
		return t.joined(out, t.nominal)
	}
	return t.subjectsOf(h, depth+1)
}

var askers = map[string]bool{"call": true, "appeal": true, "plead": true, "wait": true, "ask": true, "press": true, "push": true}

// aims are what somebody has for doing something: «its strategy for fighting the rebels»; a complaint for
// it is about somebody else.
var aims = map[string]bool{"strategy": true, "plan": true, "plans": true, "policy": true, "proposal": true, "campaign": true, "approach": true}

// planner returns who does what an infinitive under noun h says: «Chile's plan to leave»,
// «Chile announced plans to leave», «a decision by Chile to leave».
func (t *tree) planner(h, depth int) []int {
	if o := t.ownersOf(h); len(o) > 0 {
		return o
	}
	if v := t.d.Tokens[h].Head; v >= 0 && t.verbal(v) && t.is(h, "obj", "obl") {
		return t.subjectsOf(v, depth+1)
	}
	return nil
}

// ownersOf returns the heads of the words for whose noun i is: its possessor, else «by …».
func (t *tree) ownersOf(i int) []int {
	if p := t.child(i, "nmod:poss"); p >= 0 {
		return t.joined(p, t.nominal)
	}
	var out []int
	t.children(i, func(c int) bool {
		if t.is(c, "nmod", "obl", "acl") && t.hasCase(c, "by") {
			out = t.joined(c, t.nominal)
		}
		return out == nil
	})
	if out != nil {
		return out
	}
	// «the ratification of the treaty by Chile»
	t.children(i, func(c int) bool {
		if t.is(c, "nmod") && t.hasCase(c, "of") {
			t.children(c, func(g int) bool {
				if t.is(g, "nmod") && t.hasCase(g, "by") {
					out = t.joined(g, t.nominal)
				}
				return out == nil
			})
		}
		return out == nil
	})
	return out
}

// agents returns who does what a passive verb says: «by …».
func (t *tree) agents(i int) []int {
	var out []int
	t.children(i, func(c int) bool {
		if t.is(c, "obl") && t.hasCase(c, "by") && t.nominal(c) {
			out = t.joined(c, t.nominal)
		}
		return out == nil
	})
	if out == nil && t.d.Tokens[i].Rel == "conj" {
		return nil
	}
	return out
}

// objects returns the heads of the words for what verb i is done to, the indirect
// object first, each with those coordinated with it.
func (t *tree) objects(i int) [][]int {
	var out [][]int
	if t.passive(i) {
		if s := t.subjects(i); len(s) > 0 {
			out = append(out, s)
		}
	}
	t.children(i, func(c int) bool {
		if t.is(c, "obj", "iobj") {
			if who := t.relative(c, i); who >= 0 {
				out = append(out, t.joined(who, t.nominal))
			} else {
				out = append(out, t.joined(c, t.nominal))
			}
		}
		return true
	})
	if len(out) == 0 {
		// «sanctions Chile imposed»; «the port and the airport that were shelled» is passive
		if tok := &t.d.Tokens[i]; tok.Rel == "acl:relcl" && t.child(i, "nsubj") >= 0 && t.relative(t.child(i, "nsubj"), i) < 0 && !t.passive(i) {
			return [][]int{t.joined(tok.Head, t.nominal)}
		}
		// «shelled and took the port»
		if t.d.Tokens[i].Rel != "conj" {
			t.children(i, func(c int) bool {
				if t.d.Tokens[c].Rel == "conj" && t.verbal(c) && !t.passive(c) && t.child(c, "nsubj") < 0 && !t.spoken(i, c) {
					out = t.objects(c)
				}
				return len(out) == 0
			})
		}
	}
	return out
}

// spoken says whether between tokens i and j stands something other than adverbs and "and".
func (t *tree) spoken(i, j int) bool {
	for k := i + 1; k < j; k++ {
		switch t.d.Tokens[k].UPOS {
		case "CCONJ", "ADV", "PUNCT", "AUX":
		default:
			return true
		}
	}
	return false
}
