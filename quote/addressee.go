package quote

import "hearsay/doc"

// addressed are cues whose object is whom it is said to: «told the Gazette»,
// «assured investors that», «asked the minister whether».
var addressed = map[string]bool{
	"tell": true, "warn": true, "assure": true, "reassure": true, "inform": true, "notify": true, "advise": true,
	"ask": true, "remind": true, "urge": true, "order": true, "brief": true, "alert": true, "promise": true,
	"caution": true, "instruct": true, "convince": true, "persuade": true, "beg": true, "implore": true, "command": true,
	"direct": true, "counsel": true, "lecture": true, "press": true, "call": true, "email": true, "text": true,
	"encourage": true, "invite": true, "address": true, "update": true, "threaten": true, "pressure": true, "show": true,
	"teach": true, "answer": true, "write": true, "thank": true, "congratulate": true,
}

// to are cues whose addressee follows "to" or "with": «said to reporters»,
// «relayed to its allies», «spoke with the Gazette».
var addressingCase = map[string]bool{"to": true, "with": true, "before": true}

// addressee returns whom the cue headed by h says it to, or an empty span. What
// stands in the content or the source is nobody's addressee.
func (v *view) addressee(s *doc.Statement, h int) doc.Span {
	t := &v.d.Tokens[h]
	for c := v.first[h]; c >= 0; c = v.next[c] {
		k := &v.d.Tokens[c]
		switch {
		case (k.Rel == "iobj" || k.Rel == "obj" && addressed[t.Lemma]) && v.person(int(c)),
			k.Rel == "nsubj" && int(c) == h+1 && t.Lemma == "tell",          // what comes first was taken for the object: «"…," an aide told reporters»
			k.Rel == "nsubj:pass" && addressed[t.Lemma] && v.person(int(c)): // «Reporters were told that …»
			if span := v.outside(s, int(c), false); !span.Empty() {
				return span
			}
		}
	}
	for c := v.first[h]; c >= 0; c = v.next[c] {
		k := &v.d.Tokens[c]
		if k.Rel != "obl" && k.Rel != "nmod" && k.Rel != "obl:arg" {
			continue
		}
		switch prep := v.preposition(int(c)); {
		case addressingCase[prep] && classSpeaks(s.Cue.Class) && v.person(int(c)):
			if span := v.outside(s, int(c), true); !span.Empty() {
				return span
			}
		case prep == "in" && (k.Lemma == "interview" || k.Lemma == "letter" || k.Lemma == "email" || k.Lemma == "statement"):
			// «said in an interview with the Gazette», «wrote in a letter to parliament».
			for g := v.first[c]; g >= 0; g = v.next[g] {
				if addressingCase[v.preposition(int(g))] {
					if span := v.outside(s, int(g), true); !span.Empty() {
						return span
					}
				}
			}
		}
	}
	return doc.Span{}
}

func classSpeaks(class string) bool {
	switch class {
	case "say", "warn", "promise", "ask", "order", "deny":
		return true
	}
	return false
}

// person says whether token i can be spoken to: a name, a pronoun, or a noun that
// is not a clause's or a measure's.
func (v *view) person(i int) bool {
	t := &v.d.Tokens[i]
	switch t.UPOS {
	case "PROPN":
		return true
	case "PRON":
		return t.Lemma != "it" && t.Lemma != "that" && t.Lemma != "this" && t.Lemma != "what" && t.Lemma != "which"
	case "NOUN":
		return cueClass(t) == ""
	}
	return false
}

// preposition returns the lemma of the preposition of the words under token i.
func (v *view) preposition(i int) string {
	for c := v.first[i]; c >= 0; c = v.next[c] {
		if v.d.Tokens[c].Rel == "case" {
			return v.d.Tokens[c].Lemma
		}
	}
	return ""
}

// outside returns the span of the words under token i, without its preposition,
// cut before a clause, a comma or anything that the content, source or cue holds.
func (v *view) outside(s *doc.Statement, i int, prep bool) doc.Span {
	first, last := int(v.lo[i]), int(v.hi[i])
	if prep {
		for first < i && (v.d.Tokens[first].Rel == "case" || v.d.Tokens[first].UPOS == "PUNCT") {
			first++
		}
	}
	for k := first; k <= last; k++ {
		t := &v.d.Tokens[k]
		span := t.Span
		taken := s.Source.Span.Overlaps(span)
		for _, c := range s.Content {
			taken = taken || c.Overlaps(span)
		}
		for _, c := range s.Cue.Spans {
			taken = taken || c.Overlaps(span)
		}
		clause := k > i && (t.UPOS == "PUNCT" || t.Rel == "mark" || t.UPOS == "SCONJ" || t.XPOS == "WP" || t.XPOS == "WDT")
		if taken || clause {
			last = k - 1
			break
		}
	}
	for last > i && v.d.Tokens[last].Rel == "case" {
		last--
	}
	if last < i || first > i {
		return doc.Span{}
	}
	return doc.Span{Begin: v.d.Tokens[first].Begin, End: v.d.Tokens[last].End}
}
