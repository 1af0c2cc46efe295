package event

import (
	"slices"

	"hearsay/doc"
	"hearsay/lexicon/plover"
)

// found is a frame met in a tree.
type found struct {
	frame   *plover.Frame
	head    int
	words   []int // tokens that the pattern names, head and all, in order
	within  []int // infinitives and clauses that the frame speaks of: no events of their own
	actors  []party
	targets []party
	lent    int // the support verb, or -1
	weight  int
}

// lent is what a support verb gives its noun: «the army carried out a strike».
type lent struct {
	verb            int
	words           []int
	actors, targets []int // heads of words
}

// matcher matches frames over one Doc.
type matcher struct {
	parties
	asked int   // whose subjects are kept
	kept  []int // its subjects
}

func newMatcher(d *doc.Doc, frames *plover.Frames) *matcher {
	return &matcher{parties: newParties(newTree(d), frames), asked: -1}
}

// subjects is that of tree, which many frames on one word ask for.
func (m *matcher) subjects(i int) []int {
	if m.asked != i {
		m.asked, m.kept = i, m.tree.subjects(i)
	}
	return m.kept
}

// at returns the best frame that hangs on token i.
func (m *matcher) at(i int) (found, bool) {
	best, ok := found{}, false
	tok := &m.d.Tokens[i]
	seen := [2]string{m.lower[i], tok.Lemma}
	var help *lent
	asked := false
	for k, word := range seen {
		if k == 1 && word == seen[0] {
			break
		}
		for _, f := range m.frames.On(word) {
			if f.Support || !m.hangs(f, i) || ok && f.Pattern.Weight+6 < best.weight {
				continue
			}
			if f.Noun && !asked {
				asked = true
				help = m.support(i)
			}
			if x, met := m.try(f, i, help); met && (!ok || better(x, best)) {
				best, ok = x, true
			}
		}
	}
	return best, ok
}

// better says whether x goes before y: the heavier one, a side that is filled counting too. What
// is no event has no sides to fill and counts as if they were, both where it names its words: «shared a
// photo with the minister» is not "A share _ with T".
func better(x, y found) bool {
	score := func(f found) int {
		if f.frame.Type != "none" {
			return f.weight + 3*min(len(f.actors), 1) + 3*min(len(f.targets), 1)
		}
		if f.frame.Noun || slices.ContainsFunc(f.frame.Pattern.Pieces, func(x plover.Piece) bool { return x.Words != nil }) {
			return f.weight + 6
		}
		return f.weight + 3
	}
	return score(x) > score(y)
}

// hangs says whether the frame can hang on token i by its part of speech.
func (m *matcher) hangs(f *plover.Frame, i int) bool {
	u := m.d.Tokens[i].UPOS
	switch {
	case f.Noun:
		return u == "NOUN" || u == "PROPN" || m.d.Tokens[i].XPOS == "VBG" && m.child(i, "obj", "aux", "nsubj") < 0 // «fighting between»
	case f.Pattern.Copula:
		return m.child(i, "cop") >= 0 || u == "VERB" && m.child(i, "aux:pass") >= 0
	case u == "VERB":
		return !m.is(i, "amod", "compound") // «the attacked village»
	}
	return false
}

// try matches one frame on token h.
func (m *matcher) try(f *plover.Frame, h int, help *lent) (found, bool) {
	p := &f.Pattern
	t := attempt{matcher: m, found: found{frame: f, head: h, words: []int{h}, lent: -1, weight: p.Weight}, help: help, anchors: []int{h}, none: f.Type == "none"}
	if !f.Noun && !p.Copula {
		t.passive = m.passive(h)
		t.objects = m.objects(h)
	}
	for k := range p.Pieces {
		x := &p.Pieces[k]
		if !t.piece(x) && !x.Optional {
			return found{}, false
		}
	}
	if !f.Noun && !p.Copula && (!t.passive && t.bare(p) || t.loose()) {
		return found{}, false
	}
	if !t.none && len(t.actors)+len(t.targets) == 0 {
		return found{}, false
	}
	if f.Noun && len(t.actors) == 0 && f.Type != "none" {
		// «the withdrawal of American troops» is America's.
		for _, w := range t.words {
			if w != h && t.d.Tokens[w].UPOS == "NOUN" && t.is(w, "nmod") {
				for _, c := range t.before(w) {
					if y := t.of(c); y.Country != "" {
						t.actors = append(t.actors, y)
					}
				}
			}
		}
	}
	slices.Sort(t.words)
	t.words = slices.Compact(t.words)
	return t.found, true
}

// bare says whether the verb has an object of which the pattern does not speak: «met the
// deadline» is not "A meet (with T)". "(_)" in a pattern allows any.
func (t *attempt) bare(p *plover.Pattern) bool {
	if t.taken != nil || slices.ContainsFunc(p.Pieces, func(x plover.Piece) bool { return x.Place == plover.Object }) {
		return false
	}
	for _, o := range t.objects {
		for _, i := range o {
			if !t.clock(i) {
				return true
			}
		}
	}
	return false
}

// loose says whether the verb has a particle that the pattern does not name: «called out» is
// no call.
func (t *attempt) loose() bool {
	is := false
	t.children(t.head, func(c int) bool {
		is = t.d.Tokens[c].Rel == "compound:prt" && !slices.Contains(t.words, c) && !t.named(t.lower[c])
		return !is
	})
	return is
}

// named says whether the pattern has the preposition.
func (t *attempt) named(prep string) bool {
	for i := range t.frame.Pattern.Pieces {
		for _, p := range t.frame.Pattern.Pieces[i].Preps {
			if slices.Contains(p, prep) {
				return true
			}
		}
	}
	return false
}

// clock says whether token i stands in a time: «met Monday».
func (t *attempt) clock(i int) bool {
	at := t.d.Tokens[i].Span
	for k := range t.d.Times {
		if t.d.Times[k].Contains(at) {
			return true
		}
	}
	return false
}

// attempt is a frame that is being matched.
type attempt struct {
	*matcher
	found
	help    *lent
	anchors []int // what a later piece may hang on, the last first
	objects [][]int
	passive bool
	taken   []int // objects matched
	none    bool
}

// piece matches one place of the pattern.
func (t *attempt) piece(x *plover.Piece) bool {
	switch x.Place {
	case plover.Subject:
		return t.subject(x)
	case plover.Object:
		return t.object(x)
	case plover.Oblique:
		return t.oblique(x)
	case plover.Particle:
		return t.particles(x.Preps, -1)
	case plover.Infinitive, plover.Clause:
		// «come to the aid of» looks like an infinitive in a pattern.
		return t.clause(x) || x.Place == plover.Infinitive && t.oblique(x)
	case plover.Owner:
		return t.owner(x)
	case plover.Modifier:
		ok := false
		t.children(t.head, func(c int) bool {
			if t.is(c, "compound", "amod", "nmod:desc") && t.says(c, x.Words) {
				ok = true
				t.words = append(t.words, c)
			}
			return true
		})
		return ok
	}
	return false
}

func (t *attempt) subject(x *plover.Piece) bool {
	var who []int
	if t.passive {
		who = t.agents(t.head)
		if len(who) == 0 {
			// Who is not told: «was arrested».
			return x.Any || x.Slot.Role != 0 && x.Slot.Only == nil || t.none
		}
	} else {
		who = t.subjects(t.head)
	}
	return t.put(x, who)
}

// put fills a slot with the words headed by the tokens, or compares them with the words
// of the pattern.
func (t *attempt) put(x *plover.Piece, heads []int) bool {
	if len(heads) == 0 {
		return false
	}
	if x.Any {
		return true
	}
	if x.Words != nil {
		for _, i := range heads {
			if i = t.inner(i); t.says(i, x.Words) {
				t.words = append(t.words, i)
				t.anchors = append(t.anchors, i)
				return true
			}
		}
		return false
	}
	if t.none && x.Slot.Only == nil && x.Slot.Class == nil {
		return true
	}
	got := t.resolve(heads, &x.Slot)
	if got == nil {
		return false
	}
	switch x.Slot.Role {
	case 'A':
		t.actors = append(t.actors, got...)
	case 'T':
		t.targets = append(t.targets, got...)
	case '+':
		if len(got) == 1 && !got[0].many && got[0].typ != "" && got[0].typ != "group" {
			return false
		}
		t.actors = append(t.actors, got[0])
		t.targets = append(t.targets, got[1:]...)
	}
	return true
}

// resolve returns the parties that meet a slot; nil where none does. Of words whose class
// alone is asked for it may be an empty list.
func (t *attempt) resolve(heads []int, s *plover.Slot) []party {
	var out []party
	met := false
	for _, i := range heads {
		i = t.inner(i)
		// «a strike on a depot»: whose depot it is, is the target.
		if s.Class != nil && t.says(i, s.Class) || s.Role == 'T' && s.Class == nil && t.frame.Type == "ASSAULT" && t.frame.Noun && t.says(i, t.frames.Class("site")) {
			met = true
			out = append(out, t.owners(i)...)
			continue
		}
		if s.Class != nil && s.Only == nil {
			continue
		}
		if x := t.of(i); x.rank > nobody && allowed(x, s.Only) {
			out = append(out, t.split(x)...)
		} else if s.Of || s.Role == 'A' && acts[x.noun] {
			for _, x := range t.owners(i) {
				if allowed(x, s.Only) {
					out = append(out, x)
				}
			}
		}
	}
	if met && out == nil {
		out = []party{}
	}
	return out
}

// acts are what somebody acts by: «the court's ruling blocked the plan».
var acts = map[string]bool{"ruling": true, "decision": true, "statement": true, "report": true, "resolution": true, "order": true, "letter": true,
	"verdict": true, "move": true, "law": true, "bill": true, "policy": true}

func (t *attempt) object(x *plover.Piece) bool {
	objects := t.objects
	for _, i := range t.anchors[1:] {
		if t.verbal(i) { // the infinitive's
			objects = t.matcher.objects(i)
		}
	}
	for _, o := range objects {
		if o != nil && !slices.Contains(t.taken, o[0]) && t.put(x, o) {
			t.taken = append(t.taken, o[0])
			if x.Slot.Role != 0 && !x.Slot.Of {
				t.anchors = append(t.anchors, o[0]) // «stripped the senator of his seat»
			}
			return true
		}
	}
	if last := t.anchors[len(t.anchors)-1]; x.Slot.Role != 0 && last != t.head && t.verbal(last) {
		// «vowed to retaliate against Peru», «refused to meet with them»
		ok := false
		t.children(last, func(c int) bool {
			if t.is(c, "obl") && !ok {
				for _, prep := range []string{"against", "with", "on", "at", "to", "from"} {
					ok = ok || t.hasCase(c, prep) && t.put(x, t.joined(c, t.nominal))
				}
			}
			return !ok
		})
		if ok {
			return true
		}
	}
	if x.Slot.Role != 0 {
		// «gave Mali money», where the tree has money of Mali
		for _, o := range objects {
			if len(t.objectPieces()) < 2 || o == nil {
				break
			}
			if c := t.child(o[0], "compound"); c >= 0 && t.put(x, t.joined(c, t.nominal)) {
				return true
			}
		}
	} else if x.Words != nil {
		// «held the rebels responsible», «took them hostage»
		found := false
		for _, from := range append([]int{t.head}, firsts(objects)...) {
			t.children(from, func(c int) bool {
				if c > t.head && t.is(c, "xcomp", "obl", "advmod", "amod", "acl", "nmod", "appos", "dep", "ccomp") && t.child(c, "case", "mark") < 0 && t.says(c, x.Words) {
					found = true
					t.words = append(t.words, c)
				}
				return !found
			})
			if found {
				return true
			}
		}
	}
	// «refused to leave» has an object that is a clause.
	return x.Any && t.child(t.head, "xcomp", "ccomp") >= 0
}

func firsts(groups [][]int) (out []int) {
	for _, g := range groups {
		if len(g) > 0 {
			out = append(out, g[0])
		}
	}
	return out
}

// objectPieces returns the places of objects in the pattern.
func (t *attempt) objectPieces() (out []*plover.Piece) {
	for i := range t.frame.Pattern.Pieces {
		if x := &t.frame.Pattern.Pieces[i]; x.Place == plover.Object {
			out = append(out, x)
		}
	}
	return out
}

// oblique matches words after a preposition, which hang on any word met so far, or on
// the support verb.
func (t *attempt) oblique(x *plover.Piece) bool {
	anchors := t.anchors
	if t.help != nil {
		anchors = append([]int{t.help.verb}, anchors...)
	}
	for k := len(anchors) - 1; k >= 0; k-- {
		ok := false
		t.children(anchors[k], func(c int) bool {
			if c == t.head || !t.is(c, "obl", "nmod", "advcl", "acl", "xcomp", "advmod", "conj") || !t.cased(c, x.Preps, anchors[k]) {
				return true
			}
			if !t.is(c, "obl", "nmod") && !x.Any {
				return true
			}
			ok = t.put(x, t.joined(c, t.nominal))
			return !ok
		})
		if ok {
			return true
		}
		// «a protest by workers against the ministry» hangs on the workers in many trees.
		if t.frame.Noun {
			t.children(anchors[k], func(c int) bool {
				if t.is(c, "nmod", "obl") {
					t.children(c, func(g int) bool {
						if t.is(g, "nmod") && !t.hasCase(g, "of") && t.cased(g, x.Preps, c) {
							ok = t.put(x, t.joined(g, t.nominal))
						}
						return !ok
					})
				}
				return !ok
			})
			if ok {
				return true
			}
		}
	}
	// «carry out»: the words are a particle, what follows is the object.
	if !t.frame.Noun && t.particles(x.Preps, -1) && t.object(&plover.Piece{Place: plover.Object, Words: x.Words, Slot: x.Slot, Any: x.Any}) {
		return true
	}
	// A slot of a noun that its support verb fills: «Peru faces sanctions».
	if t.help != nil && x.Slot.Role == 'T' && len(t.help.targets) > 0 {
		return t.useHelp(x, t.help.targets)
	}
	return false
}

func (t *attempt) useHelp(x *plover.Piece, heads []int) bool {
	if !t.put(x, heads) {
		return false
	}
	t.words = append(t.words, t.help.words...)
	t.lent = t.help.verb
	return true
}

// cased says whether the words headed by c begin with the prepositions, the last of which stands
// directly before them; others may be particles of the word that they hang on.
func (t *attempt) cased(c int, preps [][]string, anchor int) bool {
	for k, alternatives := range preps {
		ok := false
		for q := t.first[c]; q >= 0 && !ok; q = t.next[q] {
			if t.is(int(q), "case", "mark", "advmod") {
				ok = slices.Contains(alternatives, t.lower[q])
				for r := t.first[q]; r >= 0 && !ok; r = t.next[r] {
					ok = t.is(int(r), "fixed") && slices.Contains(alternatives, t.lower[r])
				}
			}
		}
		if !ok && k < len(preps)-1 {
			ok = t.particles(preps[k:k+1], anchor)
		}
		if !ok {
			return false
		}
	}
	return true
}

// particles says whether all of them hang on the head (or on another anchor).
func (t *attempt) particles(preps [][]string, anchor int) bool {
	if anchor < 0 {
		anchor = t.head
	}
	for _, alternatives := range preps {
		ok := false
		t.children(anchor, func(c int) bool {
			if t.is(c, "compound:prt", "advmod", "case", "obl") && slices.Contains(alternatives, t.lower[c]) {
				ok = true
				t.words = append(t.words, c)
			}
			return !ok
		})
		if !ok {
			return false
		}
	}
	return true
}

// clause matches an infinitive or a clause after that.
func (t *attempt) clause(x *plover.Piece) bool {
	for k := len(t.anchors) - 1; k >= 0; k-- {
		ok := false
		t.children(t.anchors[k], func(c int) bool {
			if !t.is(c, "xcomp", "ccomp", "advcl", "acl", "csubj") || t.d.Tokens[c].Rel == "acl:relcl" {
				return true
			}
			switch mark := t.mark(c); {
			case x.Place == plover.Infinitive && mark != "to", x.Place == plover.Clause && (mark == "to" || !t.is(c, "ccomp", "acl")):
				return true
			}
			for _, v := range t.joined(c, t.verbalLike) {
				if x.Any || t.says(v, x.Words) {
					if x.Place == plover.Clause && t.frame.Type == "REQUEST" && !t.wished(v) {
						continue
					}
					if x.Slot.Role != 0 && !t.put(&plover.Piece{Slot: x.Slot}, t.subjects(v)) {
						continue
					}
					if ok = true; !x.Any {
						t.words = append(t.words, v)
						t.anchors = append(t.anchors, v)
					}
					t.within = append(t.within, t.joined(c, t.verbalLike)...)
					break
				}
			}
			return !ok
		})
		if ok {
			return true
		}
	}
	return false
}

// wished says whether the clause of verb v says what should be: «that he resign», «that he must
// resign».
func (t *attempt) wished(v int) bool {
	if t.child(v, "aux") < 0 {
		s := t.child(v, "nsubj")
		if x := t.d.Tokens[v].XPOS; x == "VB" || x == "VBP" && s >= 0 && (t.d.Tokens[s].XPOS == "NN" || t.d.Tokens[s].XPOS == "NNP") {
			return true
		}
	}
	is := false
	t.children(v, func(c int) bool {
		switch t.lower[c] {
		case "should", "must", "be":
			is = is || t.is(c, "aux") && (t.lower[c] != "be" || t.d.Tokens[c].XPOS == "VB")
		}
		return !is
	})
	return is
}

func (t *attempt) verbalLike(i int) bool { return t.verbal(i) || t.child(i, "cop") >= 0 }

// owner matches whose noun it is.
func (t *attempt) owner(x *plover.Piece) bool {
	if x.Slot.Role == '+' {
		return t.sides(x)
	}
	if own := t.before(t.head); len(own) > 0 && t.put(x, own) {
		return true
	}
	if t.help == nil {
		return false
	}
	if x.Slot.Role == 'A' {
		if len(t.help.actors) > 0 {
			return t.useHelp(x, t.help.actors)
		}
		// «came under attack by rebels»
		return t.put(x, t.agents(t.help.verb))
	}
	if x.Slot.Role == 'T' && len(t.help.targets) > 0 {
		return t.useHelp(x, t.help.targets)
	}
	return false
}

// before returns the heads of the words for whose noun i is: a possessor, an adjective of a
// state, a noun before it, or «by …».
func (t *attempt) before(i int) []int {
	if o := t.ownersOf(i); len(o) > 0 {
		return o
	}
	var out []int
	t.children(i, func(c int) bool {
		if c < i && t.is(c, "amod", "compound", "nmod:desc") {
			if x := t.of(c); x.rank >= public || x.Country != "" {
				out = append(out, t.joined(c, t.nominal)...)
			}
		}
		return true
	})
	// «the Chilean troop withdrawal» is Chile's.
	if state := slices.IndexFunc(out, func(c int) bool { return t.of(c).Country != "" }); state >= 0 {
		return slices.DeleteFunc(out, func(c int) bool { return t.of(c).Country == "" })
	}
	return out
}

// sides matches both sides before a noun: «US-Chinese talks».
func (t *attempt) sides(x *plover.Piece) bool {
	var out []party
	t.children(t.head, func(c int) bool {
		if c < t.head && t.is(c, "amod", "compound", "nmod", "conj") {
			group := t.joined(c, func(int) bool { return true })
			t.children(c, func(g int) bool {
				if g < c && t.is(g, "amod", "compound") {
					group = append([]int{g}, group...) // «the Chilean-Peruvian talks»
				}
				return true
			})
			for _, j := range group {
				if y := t.of(j); y.rank >= public || y.Country != "" {
					out = append(out, y)
				}
			}
		}
		return true
	})
	if len(out) < 2 {
		return false
	}
	t.actors = append(t.actors, out[0])
	t.targets = append(t.targets, out[1:]...)
	return true
}

// support returns what a support verb lends the noun i, or nil.
func (m *matcher) support(i int) *lent {
	h := m.d.Tokens[i].Head
	if h >= 0 && m.verbal(h) && m.is(i, "obj", "obl", "nsubj:pass") {
		if l := m.lend(h, i); l != nil {
			return l
		}
	}
	// «strikes carried out by Peru», «sanctions imposed on Peru», «the strikes that Peru carried out»
	var out *lent
	m.children(i, func(c int) bool {
		if m.is(c, "acl") && m.verbal(c) {
			out = m.lend(c, i)
		}
		return out == nil
	})
	return out
}

// lend matches the frames of support.txt on verb v and noun i.
func (m *matcher) lend(v, i int) *lent {
	for _, word := range []string{m.lower[v], m.d.Tokens[v].Lemma} {
		for _, f := range m.frames.On(word) {
			if !f.Support {
				continue
			}
			if l := m.lendBy(f, v, i); l != nil {
				return l
			}
		}
	}
	return nil
}

func (m *matcher) lendBy(f *plover.Frame, v, i int) *lent {
	t := attempt{matcher: m, found: found{frame: f, head: v, words: []int{v}}, anchors: []int{v}, none: true}
	passive := m.passive(v)
	out := &lent{verb: v}
	for k := range f.Pattern.Pieces {
		x := &f.Pattern.Pieces[k]
		var who []int
		switch {
		case x.Slot.Role == 'N':
			if x.Preps != nil && !t.cased(i, x.Preps, v) && !t.particles(x.Preps, -1) {
				return nil
			}
			continue
		case x.Place == plover.Subject && passive:
			who = m.agents(v)
		case x.Place == plover.Subject:
			who = m.subjects(v)
			if slices.Contains(who, i) {
				return nil
			}
		case x.Place == plover.Oblique:
			m.children(v, func(c int) bool {
				if m.is(c, "obl") && t.cased(c, x.Preps, v) {
					who = m.joined(c, m.nominal)
				}
				return who == nil
			})
		case x.Place == plover.Object:
			for _, o := range m.objects(v) {
				if !slices.Contains(o, i) {
					who = o
				}
			}
		default:
			if !t.piece(x) && !x.Optional {
				return nil
			}
			continue
		}
		if x.Slot.Role == 'A' {
			out.actors = who
		} else {
			out.targets = who
		}
	}
	out.words = t.words
	return out
}
