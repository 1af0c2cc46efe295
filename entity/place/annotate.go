package place

import (
	"slices"
	"sort"
	"strings"

	"hearsay/doc"
	"hearsay/lexicon"
	"hearsay/lexicon/gazetteer"
)

// Annotate fills d.Places from the names of states and other places in d.Names and from
// datelines. Names that act are left out, as are words that belong to a place and are
// none ("Russian"). A place that is not in the gazetteer stays unresolved. It needs no
// trees, but without them a state that acts passes for a place.
func Annotate(d *doc.Doc) {
	spans := make([]doc.Span, 0, len(d.Names))
	types := make([]doc.EntityType, 0, len(d.Names))
	for _, n := range d.Names {
		if n.Type == doc.Location || n.Type == doc.Country {
			spans, types = append(spans, n.Span), append(types, n.Type)
		}
	}
	for _, s := range datelines(d) {
		at := sort.Search(len(spans), func(i int) bool { return spans[i].End > s.Begin })
		if at < len(spans) && spans[at].Overlaps(s) {
			continue
		}
		spans, types = slices.Insert(spans, at, s), slices.Insert(types, at, doc.Location)
	}
	g := gazetteer.Shipped()
	ids := resolve(d, spans)
	d.Places = make([]doc.Place, 0, len(spans))
	for i, s := range spans {
		if belongs(g, bareName(d.Slice(s)), ids[i]) {
			continue
		}
		state := types[i] == doc.Country || ids[i] != gazetteer.None && g.Kind(ids[i]) == gazetteer.Country
		if opens(d, s) || !acts(d, s, state) {
			d.Places = append(d.Places, found(g, s, ids[i]))
		}
	}
}

// belongs says whether a word is found at a place without being its name: "Russian".
func belongs(g *gazetteer.Gazetteer, word string, id gazetteer.ID) bool {
	if of, ok := g.Adjective(word); !ok || of != id {
		return false
	}
	for _, c := range g.Find(nil, word) {
		if c.ID == id {
			return false
		}
	}
	return true
}

// datelines returns the places that datelines name, whether or not a tagger found them.
//
//	[PEORIA, Ill.] (AP) — · [CAIRO]/[BEIRUT] (Reuters) -
func datelines(d *doc.Doc) (out []doc.Span) {
	g := gazetteer.Shipped()
	f := &finder{g: g}
	for _, b := range d.Blocks {
		if b.Kind != doc.Dateline {
			continue
		}
		text := d.Slice(b.Span)
		if cut := strings.IndexAny(text, "(—–:|"); cut >= 0 {
			text = text[:cut]
		}
		at := b.Begin
		for _, part := range strings.SplitAfter(text, "/") {
			name, _, _ := strings.Cut(strings.TrimRight(part, "/"), ",")
			s := doc.Span{Begin: at, End: at + len(name)}.Trim(d.Text)
			at += len(part)
			if !s.Empty() && s.Len() < 60 && len(f.options(d.Slice(s))) > 0 {
				out = append(out, s)
			}
		}
	}
	return out
}

// inPlace are the words before a name that make it a place, whatever else its sentence
// says: "in Beijing", "across Russia".
var inPlace = words(`in at near from to into across throughout inside outside around within over toward towards through via off
	onto along beyond under above upon`)

// idle are verbs whose subject does nothing: "Russia has eleven time zones", "Chile
// suffered an earthquake".
var idle = words(`be have lie border remain become see experience suffer get receive need rank stretch grow include contain
	belong stay sit span cover seem appear`)

// speaking are the classes of cues that only people do: a town that says, asks or denies
// something is its government.
var speaking = words("say ask order warn promise plan deny agree doubt judge want fear believe")

// acts says whether a name stands for a government and not for a place: the subject of
// a verb of speech, or, for a state, of any that does something; whom somebody tells,
// warns or accuses; by whom something was done.
//
//	Beijing [denied] it · Russia [invaded] · aides [told] Tehran · a ship seized [by] Iran
//
// and not: talks [in] Beijing · Chile [has] a long coast · Peoria [grew]
func acts(d *doc.Doc, s doc.Span, state bool) bool {
	head, sentence := headOf(d, s)
	if head < 0 {
		return false
	}
	by := ""
	for t := head - 1; t >= sentence.First && t >= head-8; t-- {
		if d.Tokens[t].Head == head && d.Tokens[t].Rel == "case" {
			by = strings.ToLower(d.Word(t))
		}
	}
	if inPlace[by] {
		return false
	}
	rel, over := d.Tokens[head].Rel, d.Tokens[head].Head
	for steps := 0; rel == "conj" && over >= sentence.First && over < sentence.Last && steps < 8; steps++ {
		rel, over = d.Tokens[over].Rel, d.Tokens[over].Head // "Iran and [Syria] said"
	}
	if over < sentence.First || over >= sentence.Last {
		return false
	}
	verb := &d.Tokens[over]
	lemma := strings.ToLower(verb.Lemma)
	speaks := (verb.UPOS == "VERB" || verb.UPOS == "AUX") && speaking[lexicon.CueClass(lemma, verb.UPOS)]
	switch {
	case rel == "nsubj" || rel == "nsubj:outer":
		return speaks || state && verb.UPOS == "VERB" && !idle[lemma]
	case rel == "nsubj:pass", rel == "obj", rel == "iobj":
		return speaks
	case rel == "obl:agent", strings.HasPrefix(rel, "obl") && by == "by":
		return state || speaks
	}
	return false
}

// headOf returns the token of a span on which the others depend, and its sentence; -1
// where there are no tokens.
func headOf(d *doc.Doc, s doc.Span) (int, doc.Sentence) {
	at := sort.Search(len(d.Sentences), func(i int) bool { return d.Sentences[i].End > s.Begin })
	if at == len(d.Sentences) {
		return -1, doc.Sentence{}
	}
	in := d.Sentences[at]
	first := in.First + sort.Search(in.Last-in.First, func(i int) bool { return d.Tokens[in.First+i].End > s.Begin })
	for t := first; t < in.Last && d.Tokens[t].Begin < s.End; t++ {
		if h := d.Tokens[t].Head; h < 0 || h >= in.Last || h < in.First || d.Tokens[h].End <= s.Begin || d.Tokens[h].Begin >= s.End {
			return t, in
		}
	}
	return -1, in
}
