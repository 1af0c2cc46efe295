package certainty

import (
	"strings"

	"hearsay/learn"
)

// tableLog is the log of the rows for the signs of predicates.
const tableLog = 13

// signs hashes what a predicate shows into rows of the network's table.
type signs struct {
	n   int
	out []uint32
}

// add adds a sign of the next template.
func (s *signs) add(parts ...string) {
	s.put(s.n, parts...)
	s.n++
}

// put adds a sign of template n.
func (s *signs) put(n int, parts ...string) {
	x := learn.Template(1700 + n)
	for _, p := range parts {
		x = learn.Mix(x, learn.Hash(p))
	}
	s.out = append(s.out, uint32(x>>(64-tableLog)))
}

// signs appends the rows of predicate i: what the rules make of it, the words beside it, and
// those above it in the tree.
func (a *analysis) signs(i int, ops []operator, out []uint32) []uint32 {
	d := a.d
	s := signs{out: out}
	value := string(evaluate(ops))
	s.add(value)
	kinds := ""
	for k, o := range ops {
		s.put(100, o.kind)
		s.put(101, o.kind, o.entry)
		s.put(102, o.kind, string(evaluate(ops[:k+1])))
		kinds += o.kind + " "
	}
	s.add(kinds)
	s.add(kinds, value)
	t := &d.Tokens[i]
	lemma := a.lemma(i)
	s.add(lemma)
	s.add(lemma, t.UPOS)
	s.add(t.XPOS, value)
	s.add(t.Rel)
	s.add(t.Rel, t.XPOS, value)
	past := ""
	if a.past(i) {
		past = "past"
	}
	s.add(past, t.XPOS)
	path := t.Rel
	voices := a.voices(i)
	s.add(voices, t.XPOS)
	s.add(voices, value)
	for up, h := 0, t.Head; up < 4; up++ {
		if h < 0 {
			s.put(110+up, path, "root")
			break
		}
		g := &d.Tokens[h]
		s.put(110+up, path)
		s.put(120+up, path, a.lemma(h))
		s.put(130+up, g.UPOS, a.lemma(h))
		s.put(140+up, path, g.XPOS, a.voices(h))
		s.put(150, base(t.Rel), a.lemma(h))
		path += " " + base(g.Rel)
		h = g.Head
	}
	a.children(i, func(c int, rel string) bool {
		k := &d.Tokens[c]
		s.put(160, k.Rel)
		switch rel {
		case "aux", "advmod", "det", "mark", "case", "cop", "amod", "cc", "expl":
			s.put(161, rel, a.form(c))
			s.put(162, rel, a.form(c), value)
		case "nsubj":
			s.put(163, k.XPOS, subjectOf(a, c))
			s.put(164, a.lemma(c))
		case "obj", "obl", "nmod", "xcomp", "ccomp", "advcl":
			s.put(165, k.Rel, k.XPOS)
			a.children(c, func(g int, r string) bool {
				if r == "case" || r == "mark" || r == "det" {
					s.put(166, rel, a.form(g))
				}
				return true
			})
		}
		return true
	})
	sent := d.Sentences[a.sentence[i]]
	if i > sent.First {
		s.add(a.form(i-1), t.UPOS)
		s.add(a.form(i-1), t.XPOS, value)
	} else {
		s.add("first")
	}
	if i+1 < sent.Last {
		s.add(a.form(i+1), t.UPOS)
	}
	s.add(a.form(sent.Last - 1))
	s.add(a.form(sent.First), value)
	for k := max(sent.First, i-6); k < min(sent.Last, i+4); k++ {
		if k < i {
			s.put(170, a.form(k))
		} else if k > i {
			s.put(171, a.form(k))
		}
	}
	return s.out
}

// subjectOf says who a subject is: I, you, we, or another.
func subjectOf(a *analysis, c int) string {
	if a.d.Tokens[c].UPOS == "PRON" {
		return a.form(c)
	}
	return a.d.Tokens[c].UPOS
}

// voices joins the auxiliaries of i with its form: "have been VBN".
func (a *analysis) voices(i int) string {
	var b strings.Builder
	a.children(i, func(c int, rel string) bool {
		if rel == "aux" || rel == "cop" || rel == "mark" {
			b.WriteString(a.form(c))
			b.WriteByte(' ')
		}
		return true
	})
	b.WriteString(a.d.Tokens[i].XPOS)
	return b.String()
}

// points are the tokens whose vectors are read for predicate i: it, its head, and the next
// verb above; -1 for none.
func (a *analysis) points(i int) [3]int {
	h := a.d.Tokens[i].Head
	verb := -1
	for up, g := 0, h; g >= 0 && up < 6; up, g = up+1, a.d.Tokens[g].Head {
		if g != h && a.d.Tokens[g].UPOS == "VERB" {
			verb = g
			break
		}
	}
	return [3]int{i, h, verb}
}
