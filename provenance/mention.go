package provenance

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/claim"
	"hearsay/doc"
)

// names are those of the outlets of the articles at hand, so that a text can be searched for
// them: much of what says from whom an article has something stands in no fixed form
// ("in remarks carried by the Fjord Post", "whom Radio Kura interviewed", "speaking to Zora").
type names map[string][]called // by the first word

// called is an outlet by the words of its name, "the" taken off.
type called struct {
	outlet
	words []string
	the   bool
}

func (in *Input) names() names {
	out := names{}
	seen := map[string]bool{}
	for _, a := range in.Articles {
		o := in.outletOf(a)
		if seen[o.name] || a.Outlet == "" {
			continue
		}
		seen[o.name] = true
		c := called{outlet: o}
		for _, w := range wordsOf(o.name) {
			c.words = append(c.words, o.name[w.Begin:w.End])
		}
		if len(c.words) > 1 && strings.EqualFold(c.words[0], "the") {
			c.words, c.the = c.words[1:], true
		}
		if len(c.words) > 0 {
			out[c.words[0]] = append(out[c.words[0]], c)
		}
	}
	return out
}

// in returns the outlets that a text names, in order, each with where it does. A name of one word
// is written as a name, and has its article: "the Continental", not "continental".
func (n names) in(text string) (out []place) {
	words := wordsOf(text)
	for i := 0; i < len(words); i++ {
		best := place{}
		long := 0
		for _, c := range n[bare(text, words[i])] {
			if i+len(c.words) > len(words) || len(c.words) <= long {
				continue
			}
			same := true
			for k, w := range c.words {
				same = same && bare(text, words[i+k]) == w
			}
			if same && len(c.words) == 1 {
				r, _ := utf8.DecodeRuneInString(c.words[0])
				same = !unicode.IsLower(r) && (!c.the || i > 0 && strings.EqualFold(bare(text, words[i-1]), "the"))
			}
			if same {
				best, long = place{c.outlet, doc.Span{Begin: words[i].Begin, End: words[i+len(c.words)-1].End}}, len(c.words)
			}
		}
		if long > 0 {
			out = append(out, best)
			i += long - 1
		}
	}
	return out
}

// place is an outlet named in a text.
type place struct {
	outlet
	doc.Span
}

// bare returns a word without the ending of the possessive.
func bare(text string, w word) string {
	s := text[w.Begin:w.End]
	return strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s")
}

// sentence returns the sentence of a text around an offset: inside its paragraph, from stop to stop.
func sentence(text string, at int) doc.Span {
	at = min(max(at, 0), len(text))
	begin := strings.LastIndexByte(text[:at], '\n') + 1
	end := len(text)
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		end = at + i
	}
	for i := begin; i < end; i++ {
		if text[i] != '.' && text[i] != '?' && text[i] != '!' || !stops(text[begin:end], i-begin) {
			continue
		}
		if i < at {
			begin = i + 1
		} else {
			end = i + 1
		}
	}
	return doc.Span{Begin: begin, End: end}
}

// stops says whether a mark ends a sentence: what follows begins with a capital or a quotation
// mark, and what stands before is no abbreviation ("Mr.", "U.S.").
func stops(line string, i int) bool {
	rest := strings.TrimLeft(line[i+1:], `"”’')`)
	after := strings.TrimLeft(rest, " ")
	if after == rest {
		return after == ""
	}
	r, _ := utf8.DecodeRuneInString(after)
	if !unicode.IsUpper(r) && !unicode.IsDigit(r) && r != '“' && r != '"' && r != '‘' {
		return false
	}
	if line[i] != '.' {
		return true
	}
	last := line[strings.LastIndexByte(line[:i], ' ')+1 : i]
	first, _ := utf8.DecodeRuneInString(last)
	return len(last) > 3 || !unicode.IsUpper(first) || strings.ContainsAny(last, `”"`)
}

// beside returns the other outlets that the sentences of a telling name outside of what is told.
func (t *tracer) beside(x *Telling) []place {
	return slices.DeleteFunc(t.around(x), func(p place) bool { return p.key == x.outlet.key })
}

// namesItself says whether the sentence of a telling names the outlet of its own article, and not
// as the agency of a dateline: what nobody else is named for was then told or shown to it.
func (t *tracer) namesItself(x *Telling) bool {
	return slices.ContainsFunc(t.around(x), func(p place) bool {
		return p.key == x.outlet.key && !strings.HasSuffix(x.Article.Text[:p.Begin], "(")
	})
}

// namesPaper says whether the sentence of a telling has a document in it beside what is told: "a memo seen by
// the Fjord Post" is nothing that its people saw happen.
func (t *tracer) namesPaper(x *Telling) bool {
	text, s := x.Article.Text, x.Statement
	if len(s.Cue.Spans) == 0 {
		return false
	}
	span := sentence(text, s.Cue.Spans[0].Begin)
	for _, w := range wordsOf(text[span.Begin:span.End]) {
		at := doc.Span{Begin: w.Begin + span.Begin, End: w.End + span.Begin}
		told := slices.ContainsFunc(s.Content, func(c doc.Span) bool { return c.Begin <= at.Begin && at.End <= c.End })
		if !told && papers[stem(strings.ToLower(text[at.Begin:at.End]))] {
			return true
		}
	}
	return false
}

// around returns the outlets that the sentences of a telling name outside of what is told.
func (t *tracer) around(x *Telling) (out []place) {
	s, text := x.Statement, x.Article.Text
	at := []int{}
	if len(s.Cue.Spans) > 0 {
		at = append(at, s.Cue.Spans[0].Begin)
	}
	if len(s.Content) > 0 {
		at = append(at, s.Content[0].Begin)
	}
	var seen []doc.Span
	for _, i := range at {
		span := sentence(text, i)
		if slices.Contains(seen, span) {
			continue
		}
		seen = append(seen, span)
		for _, p := range t.names.in(text[span.Begin:span.End]) {
			p.Begin, p.End = p.Begin+span.Begin, p.End+span.Begin
			told := slices.ContainsFunc(s.Content, func(c doc.Span) bool { return c.Begin <= p.Begin && p.End <= c.End })
			if !told {
				out = append(out, p)
			}
		}
	}
	return out
}

// it are words that stand for an outlet named before: "Radio Kura aired a talk. The station said …".
var it = setOf("it paper newspaper daily weekly magazine outlet agency broadcaster station channel website site portal report story article piece " +
	"newscast programme program bulletin")

// reportWords are nouns of what an outlet publishes: "a report in Zora", "the newspaper's story".
var reportWords = setOf("report reports story article dispatch account investigation exposé column scoop piece broadcast programme interview coverage")

// publishes says whether an outlet with these words before and behind it is the one that published
// what they name: "a report in Zora", "Zora's story", and not "a report by monitors that reached Zora".
func publishes(before, behind string) bool {
	if f := fold(behind); len(f) > 0 && reportWords[f[0]] {
		return true
	}
	f := fold(before)
	n := len(f)
	return n > 1 && reportWords[f[n-2]] && (f[n-1] == "in" || f[n-1] == "by" || f[n-1] == "from" || f[n-1] == "on" || f[n-1] == "of")
}

// medium says whether a statement has its content from a medium, and which: its source is one, or
// what one published, or stands for one that the sentence before names.
func (t *tracer) medium(a *claim.Article, s *claim.Statement) (outlet, bool) {
	on := day(moment(a))
	o, ok := t.sourceMedium(&s.Source.Party, s.Source.Kind, on)
	if ok && t.media[o.key] {
		return o, true
	}
	words := fold(s.Source.Text)
	if s.Source.Kind != doc.PersonSource && slices.ContainsFunc(words, func(w string) bool { return reportWords[w] }) {
		for _, p := range t.names.in(s.Source.Text) {
			if publishes(s.Source.Text[:p.Begin], s.Source.Text[p.End:]) {
				return p.outlet, true
			}
		}
		for _, c := range a.Citations {
			if c.Kind == claim.Reported && c.Statement == s.ID && c.Span == s.Source.Span {
				return t.sourceMedium(&c.Party, doc.OutletSource, on)
			}
		}
	}
	if len(words) == 1 && it[words[0]] && !s.Source.Span.Empty() {
		// “Zora published a long piece. It said …”
		here := sentence(a.Text, s.Source.Span.Begin)
		before := strings.TrimRight(a.Text[:here.Begin], " \n”\"")
		if before != "" {
			span := sentence(a.Text, len(before)-1)
			if named := t.names.in(a.Text[span.Begin:span.End]); len(named) > 0 {
				return named[len(named)-1].outlet, true
			}
		}
	}
	return o, ok
}
