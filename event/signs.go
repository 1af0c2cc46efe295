package event

import (
	"slices"
	"strings"

	"hearsay/doc"
	"hearsay/learn"
)

// Sample is a sentence whose event is to be told, with the words for who did it and to
// whom where they are given.
type Sample struct {
	Doc            *doc.Doc // read up to places
	Source, Target doc.Span // empty where not given
}

// Signs are what a sample shows, as hashed features.
type Signs []uint64

// reader of signs of one sample
type signReader struct {
	*matcher
	out    Signs
	all    []found
	types  []string // of all, once what is yet to come is an agreement
	source int      // head of the words given, or -1
	target int
}

// Signs of words and frames are told apart by their first letter.
func (s *signReader) add(parts ...string) {
	s.out = append(s.out, learn.Hash(strings.Join(parts, "\x00")))
}

// Signs reads what the sample shows.
func (m *Model) Signs(x Sample) Signs {
	s := &signReader{matcher: newMatcher(x.Doc, m.frames), source: -1, target: -1}
	for i := range x.Doc.Tokens {
		if f, ok := s.at(i); ok {
			s.all = append(s.all, f)
		}
	}
	s.all = settle(s.all)
	s.types = make([]string, len(s.all))
	for k := range s.all {
		e := doc.Event{Type: doc.EventType(s.all[k].frame.Type)}
		s.future(&s.all[k], &e)
		s.types[k] = string(e.Type)
	}
	s.words(x)
	s.frameSigns(x)
	s.rootSigns()
	if !x.Source.Empty() || !x.Target.Empty() {
		s.source, s.target = s.headIn(x.Source), s.headIn(x.Target)
		s.givenSigns(x)
	}
	slices.Sort(s.out)
	s.out = slices.Compact(s.out)
	return s.out
}

// form is what stands for token i among the signs: its lemma, or the type of a name.
func (s *signReader) form(i int) string {
	t := &s.d.Tokens[i]
	switch t.UPOS {
	case "PROPN":
		return "NAME"
	case "NUM":
		return "NUM"
	case "PUNCT", "SYM":
		return ""
	}
	return strings.ToLower(t.Lemma)
}

var dull = map[string]bool{"the": true, "a": true, "be": true, "of": true, "and": true, "NAME": true, "NUM": true, "its": true, "his": true, "he": true, "it": true, "have": true, "in": true, "that": true, "as": true}

func (s *signReader) words(x Sample) {
	last := "^"
	for i := range s.d.Tokens {
		w := s.form(i)
		if w == "" {
			continue
		}
		if !dull[w] {
			s.add("w", w)
			s.add("u", s.lower[i])
		}
		s.add("b", last, w)
		last = w
	}
}

func (s *signReader) frameSigns(x Sample) {
	best := -1
	for k, f := range s.all {
		s.add("f", s.types[k])
		s.add("ff", f.frame.Text)
		s.add("fd", s.types[k], depthName(s.depth(f.head)))
		if best < 0 || s.depth(f.head) < s.depth(s.all[best].head) {
			best = k
		}
	}
	if best >= 0 {
		s.add("ft", s.types[best])
		s.add("ftm", s.types[best], strings.Join(s.all[best].frame.Modes, " "))
	} else {
		s.add("ft", "none")
	}
	// Words on which frames hang, met or not.
	for i := range s.d.Tokens {
		for _, t := range s.hanging(i) {
			s.add("h", t)
		}
	}
}

// hanging returns the types of the frames that hang on token i.
func (s *signReader) hanging(i int) (out []string) {
	for _, w := range []string{s.lower[i], s.d.Tokens[i].Lemma} {
		for _, f := range s.frames.On(w) {
			if f.Type != "" && f.Type != "none" && !slices.Contains(out, f.Type) && (f.Noun == (s.d.Tokens[i].UPOS == "NOUN")) {
				out = append(out, f.Type)
			}
		}
	}
	return out
}

func depthName(n int) string { return string('0' + rune(min(n, 3))) }

// depth is how many clauses lie about token i.
func (s *signReader) depth(i int) (n int) {
	for i = s.d.Tokens[i].Head; i >= 0; i = s.d.Tokens[i].Head {
		n++
	}
	return n
}

func (s *signReader) rootSigns() {
	for i := range s.d.Tokens {
		if s.d.Tokens[i].Head >= 0 {
			continue
		}
		s.predicate("r", i)
		// What a verb of saying governs tells more.
		if c := s.child(i, "ccomp", "xcomp"); c >= 0 {
			s.predicate("rc", c)
		}
	}
}

// predicate adds what token i says as a predicate.
func (s *signReader) predicate(name string, i int) {
	w := s.form(i)
	s.add(name, w)
	if s.passive(i) {
		s.add(name, "passive")
	}
	if s.denied(i) {
		s.add(name, "not")
		s.add(name, "not", w)
	}
	if s.toCome(i, 0) {
		s.add(name, "future")
	}
	s.children(i, func(c int) bool {
		rel := s.d.Tokens[c].Rel
		switch {
		case s.is(c, "obj", "xcomp", "ccomp", "obl", "advmod", "compound:prt", "aux"):
			s.add(name, rel, w, s.form(s.inner(c)))
			s.add(name, rel, s.form(s.inner(c)))
			if m := s.child(c, "case", "mark"); m >= 0 {
				s.add(name, rel, w, s.lower[m])
				s.add(name, rel, s.lower[m], s.form(c))
			}
			for _, t := range s.hanging(c) {
				s.add(name, "h", rel, t)
			}
		}
		return true
	})
	for _, t := range s.hanging(i) {
		s.add(name, "h", t)
	}
}

// headIn returns the token of a span that stands highest in the tree, or -1.
func (s *signReader) headIn(x doc.Span) int {
	best, depth := -1, 1<<30
	for i := range s.d.Tokens {
		if s.d.Tokens[i].Overlaps(x) && s.d.Tokens[i].UPOS != "PUNCT" {
			if n := s.depth(i); n < depth {
				best, depth = i, n
			}
		}
	}
	return best
}

// givenSigns adds what lies about the given source and target.
func (s *signReader) givenSigns(x Sample) {
	in := func(i int, span doc.Span) bool { return s.d.Tokens[i].Overlaps(span) }
	place := func(i int) string {
		b := s.d.Tokens[i].Begin
		switch {
		case in(i, x.Source):
			return "S"
		case in(i, x.Target):
			return "T"
		case b < x.Source.Begin && (x.Target.Empty() || b < x.Target.Begin):
			return "before"
		case !x.Target.Empty() && b > x.Source.End && b > x.Target.End:
			return "after"
		case x.Target.Empty() && b > x.Source.End:
			return "between"
		}
		return "between"
	}
	last := "^"
	order := "ST"
	if !x.Target.Empty() && x.Target.Begin < x.Source.Begin {
		order = "TS"
	}
	s.add("order", order)
	for i := range s.d.Tokens {
		p := place(i)
		w := s.form(i)
		if p == "S" || p == "T" {
			if last != p {
				s.add("gb", last, p)
			}
			if w != "" && !dull[w] {
				s.add("g"+p, w)
			}
			last = p
			continue
		}
		if w == "" {
			continue
		}
		if !dull[w] {
			s.add("g", p, w)
		}
		s.add("gb", last, w)
		last = w
	}
	src, tgt := s.chain(s.source), s.chain(s.target)
	// The predicate under which both stand.
	meet := -1
	for _, i := range src {
		if slices.Contains(tgt, i) {
			meet = i
			break
		}
	}
	if meet < 0 && len(src) > 1 {
		meet = src[1]
	}
	if meet >= 0 {
		s.predicate("m", meet)
	}
	if len(src) > 1 {
		s.predicate("ps", src[1])
		s.add("psr", s.d.Tokens[s.source].Rel, s.form(src[1]))
	}
	if len(tgt) > 1 {
		s.predicate("pt", tgt[1])
		s.add("ptr", s.d.Tokens[s.target].Rel, s.form(tgt[1]))
	}
	var path []string
	for k, i := range src {
		if k > 0 {
			s.add("up", s.form(i))
			for _, t := range s.hanging(i) {
				s.add("uph", t)
			}
		}
		path = append(path, s.d.Tokens[i].Rel)
		if i == meet {
			break
		}
	}
	path = append(path, "^")
	for k, i := range tgt {
		if i == meet {
			break
		}
		if k > 0 {
			s.add("down", s.form(i))
			for _, t := range s.hanging(i) {
				s.add("downh", t)
			}
		}
		path = append(path, s.d.Tokens[i].Rel)
	}
	s.add("path", strings.Join(path, " "))
	touches := func(list []party, span doc.Span, head int) bool {
		return slices.ContainsFunc(list, func(p party) bool {
			return !span.Empty() && (p.Span.Overlaps(span) || p.head == head)
		})
	}
	for k, f := range s.all {
		a, b := touches(f.actors, x.Source, s.source), touches(f.targets, x.Target, s.target)
		mode := strings.Join(f.frame.Modes, " ")
		switch {
		case a && b:
			s.add("fST", s.types[k])
			s.add("fSTm", s.types[k], mode)
			s.add("fS", s.types[k])
			s.add("fT", s.types[k])
		case a:
			s.add("fS", s.types[k])
			s.add("fSm", s.types[k], mode)
		case b:
			s.add("fT", s.types[k])
		case touches(f.actors, x.Target, s.target) && touches(f.targets, x.Source, s.source):
			s.add("fTS", s.types[k])
		}
		if f.head == meet || slices.Contains(src, f.head) {
			s.add("fm", s.types[k])
			s.add("fmf", f.frame.Text)
		}
	}
	for n, span := range map[string]doc.Span{"S": x.Source, "T": x.Target} {
		if span.Empty() {
			s.add("none", n)
			continue
		}
		i := s.source
		if n == "T" {
			i = s.target
		}
		if i >= 0 {
			p := s.of(i)
			s.add("sector", n, p.Sector)
			s.add("type", n, string(p.typ))
		}
	}
}

// chain returns token i and those above it, without functional steps.
func (s *signReader) chain(i int) (out []int) {
	for ; i >= 0; i = s.d.Tokens[i].Head {
		out = append(out, i)
	}
	return out
}
