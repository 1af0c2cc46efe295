package read

import (
	"sort"
	"strings"
	"unicode"

	"hearsay/doc"
)

// source returns how the source of a statement is shown: its words and, where they are a
// pronoun or a description, who that is, such as "he = Ned Price"; and in a few words
// about it what the text says of it elsewhere, such as "person, USA".
func (p *printer) source(s *doc.Statement) (source, about []word) {
	src := &s.Source
	if src.Span.Empty() {
		return words("("+string(kindOf(src.Kind))+")", faintLook), nil
	}
	said := p.d.Slice(src.Span)
	source = words(said, sourceLook)
	if name := p.called(src); name != "" {
		is := words(name, faintLook)
		is[0] = unbroken("= "+is[0].pieces[0].text, faintLook)
		source = append(source, is...)
		said += " " + name
	}
	return source, words(strings.Join(p.about(src, said), ", "), faintLook)
}

// called returns who a source is, or "" where its own words tell. A person of whom it has
// the surname alone is told by that: no "Price = Ned Price".
func (p *printer) called(src *doc.Source) string {
	e := entityOf(p.d, src.Entity)
	if e == nil {
		return ""
	}
	said := p.d.Slice(src.Span)
	switch {
	case holds(said, e.Name):
		return ""
	case e.Named && p.isName(src.Span):
		return ""
	case !e.Named && (pronoun(e.Name) || !pronoun(said) && holds(e.Name, said)):
		return ""
	}
	return short(e.Name)
}

// about returns the kind of a source, and what is known of it beyond the words said:
// its state or body; of an unnamed one also its role, whose member it is, how it knows,
// and on what terms it speaks.
func (p *printer) about(src *doc.Source, said string) []string {
	if src.Kind == "" {
		return nil
	}
	f := facts{said: said}
	f.add(string(src.Kind))
	e := entityOf(p.d, src.Entity)
	unnamed := e == nil || !e.Named
	if unnamed {
		f.other(src.Role)
	}
	f.other(src.Affiliation)
	if unnamed && e != nil {
		f.among(p.d, p.d.Slice(src.Span), e.Of)
	}
	f.other(src.Basis)
	f.other(src.Terms)
	if src.Record == doc.OffRecord {
		f.add("off the record")
	}
	return f.out
}

// facts gathers in a few words each what is known of a source.
type facts struct {
	said string // what the reader has been told of it
	out  []string
}

func (f *facts) add(s string) { f.out = append(f.out, s) }

// other adds a fact in the article's words unless those have been said.
func (f *facts) other(s string) {
	if s != "" && !holds(f.said, s) {
		f.add(s)
		f.said += " " + s
	}
}

// among adds the groups that an unnamed source is a member of, unless they are made of its
// words: "an aide and a diplomat" says nothing of "an aide".
func (f *facts) among(d *doc.Doc, source string, groups []int) {
	for _, g := range groups {
		if name := d.Entities[g].Name; !holds(f.said, name) && !holds(name, source) {
			f.add("among “" + short(name) + "”")
		}
	}
}

// isName says whether the word of a span that the others depend on belongs to a name:
// "Price" and "spokesperson Ned Price", not "the Russian official".
func (p *printer) isName(span doc.Span) bool {
	d := p.d
	head := span // where there are no words yet
	from := sort.Search(len(d.Tokens), func(i int) bool { return d.Tokens[i].Begin >= span.Begin })
	for i := from; i < len(d.Tokens) && d.Tokens[i].Begin < span.End; i++ {
		t := &d.Tokens[i]
		if t.UPOS == "PUNCT" || t.Rel == "case" || t.Head >= 0 && span.Contains(d.Tokens[t.Head].Span) {
			continue
		}
		head = t.Span
		break
	}
	for _, n := range d.Names {
		if n.Contains(head) {
			return true
		}
	}
	return false
}

// holds says whether the words of part stand in s one after the other, whatever stands
// between them that is no letter or digit.
func holds(s, part string) bool {
	return strings.Contains(plainWords(s), plainWords(part))
}

// plainWords returns the words of s in lower case with a space before and after each.
func plainWords(s string) string {
	f := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(f, " ") + " "
}

// short returns the first words of a name or a description: it is to remind of whom
// somebody has read about.
func short(s string) string {
	const most = 8
	f := strings.Fields(s)
	if len(f) > most {
		return strings.Join(f[:most], " ") + " …"
	}
	return strings.Join(f, " ")
}
