package claim

import (
	"cmp"
	"slices"
	"strings"

	"hearsay/doc"
)

// CitationKind says how an article comes by what an outlet reported.
type CitationKind string

// The kinds of citation.
const (
	Reported  CitationKind = "reported"  // "CNN reported", "according to the Harbour Wire"
	First     CitationKind = "first"     // "first reported by the Harbour Wire"
	Told      CitationKind = "told"      // "officials told CNN": where the statement first appeared
	Interview CitationKind = "interview" // "in an interview with CNN"
	Citing    CitationKind = "citing"    // "citing two officials": what a cited report rests on
	Posted    CitationKind = "posted"    // "in a statement on Telegram"
	Credited  CitationKind = "credited"  // "(Reuters)", "AP contributed": a line of the page
)

// Citation is a place of the text that says from whom the article has something.
type Citation struct {
	Span doc.Span // the words: "first reported by the Harbour Wire"
	Kind CitationKind
	// Party is the outlet, the platform or the sources cited.
	Party Party
	// Statement is the statement that it is evidence for, or "" for all of the article.
	Statement string
}

// Cite returns the citations of a Doc in order of their spans: what the statements tell,
// what the sentences say beside them, and the lines of credit. It would rather miss one
// than take an opinion for a report: a name must be an outlet's, a cited source somebody who can
// be asked or a paper that can be read.
func Cite(d *doc.Doc) []Citation {
	c := citing{d: d, statementOf: map[int]int{}}
	for i := range d.Statements {
		for _, s := range d.Statements[i].Cue.Spans {
			for t := c.token(s.Begin); t < len(d.Tokens) && d.Tokens[t].Begin < s.End; t++ {
				c.statementOf[t] = i
			}
		}
	}
	for i := range d.Statements {
		c.statement(i)
	}
	for i := range d.Sentences {
		if d.Blocks == nil || d.Blocks[d.Sentences[i].Block].Kind.Prose() {
			for t := d.Sentences[i].First; t < d.Sentences[i].Last; t++ {
				c.reported(t)
				c.interview(t)
				c.cites(t)
				c.posted(t)
			}
		}
	}
	for _, b := range d.Blocks {
		c.credits(b)
	}
	slices.SortStableFunc(c.out, func(a, b Citation) int {
		return cmp.Or(cmp.Compare(a.Span.Begin, b.Span.Begin), cmp.Compare(a.Span.End, b.Span.End))
	})
	return c.out
}

// citing is the work of [Cite].
type citing struct {
	d           *doc.Doc
	statementOf map[int]int // by the tokens of its cue
	out         []Citation
}

// add takes a citation in, unless one of the same words for the party is there: then the
// more special kind stays.
func (c *citing) add(n Citation) {
	for i := range c.out {
		o := &c.out[i]
		if o.Party.Span == n.Party.Span && o.Kind == Told && n.Kind == Interview {
			o.Kind, o.Span = Interview, n.Span
			return
		}
		if o.Party.Span == n.Party.Span && (o.Kind == n.Kind || o.Kind == Reported && n.Kind == First) {
			if n.Kind == First {
				o.Kind = First
				o.Span = doc.Span{Begin: min(o.Span.Begin, n.Span.Begin), End: max(o.Span.End, n.Span.End)}
			}
			if o.Statement == "" {
				o.Statement = n.Statement
			}
			return
		}
	}
	c.out = append(c.out, n)
}

// statement finds what the source and the addressee of a statement tell.
func (c *citing) statement(i int) {
	d, s := c.d, &c.d.Statements[i]
	src := s.Source.Span
	switch {
	case src.Empty() || c.plainWord(src):
	case s.Source.Kind == doc.OutletSource || outletEntity(d, s.Source.Entity) && s.Source.Kind != doc.PersonSource:
		c.add(Citation{src, Reported, party(d, src, s.Source.Entity), number("s", i)})
	default:
		// "According to a report in the Harbour Wire": the paper that it stands in.
		for t := c.token(src.Begin); t < len(d.Tokens) && d.Tokens[t].Begin < src.End; t++ {
			if !reports[d.Tokens[t].Lemma] || d.Tokens[t].UPOS != "NOUN" {
				continue
			}
			if p, ok := c.outletOf(t, src); ok {
				c.add(Citation{src, Reported, p, number("s", i)})
			}
			break
		}
	}
	if e := s.Told; !s.Addressee.Empty() && outletEntity(d, e) {
		c.add(Citation{s.Addressee, Told, party(d, s.Addressee, e), number("s", i)})
	} else if !s.Addressee.Empty() && outletName(d.Slice(s.Addressee)) {
		c.add(Citation{s.Addressee, Told, party(d, s.Addressee, -1), number("s", i)})
	}
}

// plainWord says whether a source is one common noun that a name happens to be spelt like:
// "People say".
func (c *citing) plainWord(src doc.Span) bool {
	t := c.token(src.Begin)
	return t < len(c.d.Tokens) && c.d.Tokens[t].Span == src && c.d.Tokens[t].UPOS == "NOUN"
}

// reports are the nouns of what an outlet publishes.
var reports = map[string]bool{"report": true, "story": true, "article": true, "dispatch": true, "account": true,
	"investigation": true, "exposé": true, "column": true, "scoop": true}

// outletOf returns the outlet that a noun's phrase names: "a report in the Harbour Wire", "a Harbour
// Wire report", "reports by state television".
func (c *citing) outletOf(noun int, within doc.Span) (Party, bool) {
	d := c.d
	for t := max(0, noun-8); t < min(len(d.Tokens), noun+10); t++ {
		if d.Tokens[t].Begin < within.Begin || d.Tokens[t].End > within.End || t == noun {
			continue
		}
		if t < noun && !(d.Tokens[t].Head == noun && (base(d.Tokens[t].Rel) == "compound" || base(d.Tokens[t].Rel) == "nmod")) {
			continue
		}
		if t > noun && !(d.Tokens[t].Head == noun && base(d.Tokens[t].Rel) == "nmod" && c.marked(t, "in", "by", "from", "on")) {
			continue
		}
		if p, ok := c.outlet(t); ok {
			return p, true
		}
	}
	return Party{}, false
}

// first and its kin say that nobody had it before.
var firstly = map[string]bool{"first": true, "originally": true, "initially": true}

// reporting are the verbs of an outlet that publishes what it found out.
var reporting = map[string]bool{"report": true, "publish": true, "reveal": true, "disclose": true, "break": true, "air": true}

// reported finds "first reported by the Harbour Wire", "as the Harbour Wire reported", "the Harbour Wire
// first reported".
func (c *citing) reported(t int) {
	d, v := c.d, &c.d.Tokens[t]
	if v.UPOS != "VERB" || !reporting[v.Lemma] {
		return
	}
	kind, begin := Reported, v.Begin
	for _, k := range c.children(t) {
		if d.Tokens[k].UPOS == "ADV" && firstly[d.Tokens[k].Lemma] || firstly[strings.ToLower(d.Word(k))] && k < t {
			kind, begin = First, min(begin, d.Tokens[k].Begin)
		}
	}
	if v.Lemma != "report" && kind != First {
		return
	}
	for _, k := range c.children(t) {
		rel := base(d.Tokens[k].Rel)
		by := rel == "obl" && c.marked(k, "by")
		subject := rel == "nsubj" && k < t
		if !by && !subject {
			continue
		}
		p, ok := c.outlet(k)
		if !ok {
			continue
		}
		span := doc.Span{Begin: min(begin, p.Span.Begin), End: max(v.End, p.Span.End)}
		c.add(Citation{span, kind, p, c.evidenceFor(t)})
	}
}

// interview finds "in an interview with the Harbour Wire", "in a Harbour Wire interview".
func (c *citing) interview(t int) {
	d, w := c.d, &c.d.Tokens[t]
	if w.Lemma != "interview" || w.UPOS != "NOUN" {
		return
	}
	begin := w.Begin
	for _, k := range c.children(t) {
		if k < t {
			begin = min(begin, d.Tokens[k].Begin)
		}
		if base(d.Tokens[k].Rel) == "compound" {
			if p, ok := c.outlet(k); ok {
				c.add(Citation{doc.Span{Begin: begin, End: w.End}, Interview, p, c.evidenceFor(t)})
				return
			}
		}
	}
	// The preposition may hang on the verb: "said in an interview on Sunday with CNN".
	for k := t + 1; k < min(t+8, len(d.Tokens)) && d.Tokens[k].UPOS != "PUNCT"; k++ {
		switch strings.ToLower(d.Word(k)) {
		case "with", "on", "to", "by", "for", "in":
			head := c.headAfter(k)
			if p, ok := c.outlet(head); ok {
				c.add(Citation{doc.Span{Begin: begin, End: p.Span.End}, Interview, p, c.evidenceFor(t)})
				return
			}
		}
	}
}

// cited are the nouns of what a report can rest on.
var cited = map[string]bool{"official": true, "source": true, "people": true, "person": true, "document": true, "report": true,
	"statement": true, "record": true, "filing": true, "witness": true, "diplomat": true, "aide": true, "analyst": true, "study": true,
	"memo": true, "letter": true, "email": true, "e-mail": true, "transcript": true, "spokesman": true, "spokeswoman": true,
	"spokesperson": true, "police": true, "authority": true, "expert": true, "lawmaker": true, "employee": true, "executive": true,
	"adviser": true, "advisor": true, "officer": true, "lawyer": true, "insider": true, "resident": true, "cable": true, "assessment": true,
	"agency": true, "ministry": true, "minister": true, "survey": true, "data": true, "figure": true, "paper": true, "doctor": true,
	"commander": true, "soldier": true, "staffer": true, "colleague": true, "relative": true, "survivor": true, "article": true, "post": true}

// cites finds "citing two officials", "the Harbour Wire cited a cable", "quoting an unnamed aide".
func (c *citing) cites(t int) {
	d, v := c.d, &c.d.Tokens[t]
	if v.UPOS != "VERB" || v.Lemma != "cite" && v.Lemma != "quote" {
		return
	}
	word := strings.ToLower(d.Word(t))
	subject := false
	for _, k := range c.children(t) {
		if base(d.Tokens[k].Rel) == "nsubj" {
			_, subject = c.outlet(k)
		}
	}
	if word != "citing" && word != "quoting" && !subject {
		return
	}
	for _, k := range c.children(t) {
		if rel := base(d.Tokens[k].Rel); rel != "obj" && rel != "iobj" && !(rel == "obl" && k == t+1) {
			continue
		}
		if k < t {
			continue
		}
		p, outlet := c.outlet(k)
		if !outlet {
			p = c.phrase(k)
		}
		e := c.entity(k)
		named := e >= 0 && d.Entities[e].Named && (d.Entities[e].Type == doc.Person || d.Entities[e].Type == doc.Organization)
		if !outlet && (!named || v.Lemma == "quote" && !subject) && !cited[d.Tokens[k].Lemma] {
			continue
		}
		c.add(Citation{doc.Span{Begin: v.Begin, End: p.Span.End}, Citing, p, c.evidenceFor(t)})
		return
	}
}

// postings are the words of what is put on a platform, and of putting it there.
var postings = map[string]bool{"statement": true, "post": true, "message": true, "video": true, "tweet": true, "thread": true,
	"write": true, "say": true, "announce": true, "publish": true, "share": true, "add": true, "comment": true, "note": true,
	"upload": true, "claim": true, "warn": true, "declare": true, "reply": true, "appeal": true, "letter": true, "respond": true}

// channels are what a source has on a platform.
var channels = map[string]bool{"channel": true, "page": true, "account": true, "feed": true, "profile": true, "group": true}

// posted finds "in a statement on Telegram", "wrote on his Facebook page", "in a Telegram post", "tweeted".
func (c *citing) posted(t int) {
	d, w := c.d, &c.d.Tokens[t]
	if w.Lemma == "tweet" && (w.UPOS == "VERB" || w.UPOS == "NOUN") {
		s, ok := c.statementOf[t]
		if w.UPOS == "NOUN" && t > 0 { // "said in a tweet", not "his tweets are wild"
			if id := c.evidenceFor(t); id != "" && c.inPhrase(t) {
				c.add(Citation{w.Span, Posted, Party{Span: w.Span, Text: d.Slice(w.Span), Name: "Twitter"}, id})
			}
			return
		}
		if ok {
			c.add(Citation{w.Span, Posted, Party{Span: w.Span, Text: d.Slice(w.Span), Name: "Twitter"}, number("s", s)})
		}
		return
	}
	name, last := strings.ToLower(d.Word(t)), t
	if !platforms[name] && t+1 < len(d.Tokens) {
		if two := name + " " + strings.ToLower(d.Word(t+1)); platforms[two] {
			name, last = two, t+1
		}
	}
	if first := d.Word(t)[0]; !platforms[name] || first < 'A' || first > 'Z' || t == 0 {
		return
	}
	p := party(d, doc.Span{Begin: w.Begin, End: d.Tokens[last].End}, c.entity(last))
	p.Name = p.Text
	// "in a Telegram post"
	if last+1 < len(d.Tokens) && last+1 < c.sentenceEnd(t) {
		if n := &d.Tokens[last+1]; n.UPOS == "NOUN" && (n.Lemma == "post" || n.Lemma == "message" || n.Lemma == "video" || n.Lemma == "statement") && c.inPhrase(last+1) {
			if id := c.evidenceFor(last + 1); id != "" {
				c.add(Citation{doc.Span{Begin: w.Begin, End: n.End}, Posted, p, id})
				return
			}
		}
	}
	// "on Telegram", "on his Telegram channel", "via Telegram", "on the messaging app Telegram"
	on := -1
	for k := t - 1; k >= max(0, t-5) && on < 0; k-- {
		switch word := strings.ToLower(d.Word(k)); {
		case word == "on" || word == "via":
			on = k
		case d.Tokens[k].UPOS == "DET" || d.Tokens[k].UPOS == "ADJ" || d.Tokens[k].UPOS == "NOUN" || d.Tokens[k].UPOS == "PRON" || d.Tokens[k].UPOS == "PROPN" || word == "'s" || d.Tokens[k].UPOS == "VERB" && d.Tokens[k].Rel == "amod":
		default:
			k = -1
		}
	}
	if on < 1 {
		return
	}
	// What it was that was put there stands before: at once, or a few words back.
	for k := on - 1; k >= max(0, on-6); k-- {
		if d.Tokens[k].UPOS == "PUNCT" && d.Word(k) != "," && d.Word(k) != `"` && d.Word(k) != "”" {
			return
		}
		if !postings[d.Tokens[k].Lemma] || d.Tokens[k].UPOS != "NOUN" && d.Tokens[k].UPOS != "VERB" {
			continue
		}
		end := p.Span.End
		if n := last + 1; n < c.sentenceEnd(t) && channels[d.Tokens[n].Lemma] {
			end = d.Tokens[n].End
		}
		if id := c.evidenceFor(k); id != "" {
			c.add(Citation{doc.Span{Begin: d.Tokens[on].Begin, End: end}, Posted, p, id})
		}
		return
	}
}
