package timex

import "hearsay/doc"

// Annotate fills d.Times. It reads text, sentences, tokens with their trees, and the
// day of publication; without tokens it still finds times, but not on which side of
// publication they lie. A day of publication that is no date counts as absent.
func Annotate(d *doc.Doc) {
	d.Times = d.Times[:0]
	p := parser{d: d}
	p.at.ref = parseDate(d.Meta.Published)
	var r regime
	ends := make([]reach, 0, len(d.Sentences))
	var all []atom
	for k, s := range d.Sentences {
		from := len(all)
		all = atomize(d, s, all)
		if k > 0 && cutShort(all, from) && d.Sentences[k-1].Block == s.Block {
			e := &ends[len(ends)-1]
			e.atoms, e.last = len(all), s.Last
			continue
		}
		ends = append(ends, reach{len(all), s.First, s.Last})
	}
	from := 0
	for _, e := range ends {
		p.a = all[from:e.atoms]
		r.see(&p)
		from = e.atoms
	}
	p.at.narrative = r.narrative()
	p.at.at = p.at.ref
	if p.at.narrative {
		p.at.at = r.first
	}
	from = 0
	for _, e := range ends {
		p.a = all[from:e.atoms]
		p.first, p.last = e.first, e.last
		p.sentence()
		from = e.atoms
	}
	if len(d.Times) == 0 {
		d.Times = nil
	}
}

// reach is where a sentence ends in atoms, and its tokens [first, last).
type reach struct{ atoms, first, last int }

// cutShort says whether the sentence that begins at atom i goes on with the one before,
// which ended at a full stop that only shortens: "until 9 a.m. Tuesday".
func cutShort(a []atom, i int) bool {
	if i == 0 || i >= len(a) || a[i-1].class != amPM && a[i-1].class != zone && !(a[i-1].class == month && a[i-1].digits == 0) {
		return false
	}
	switch a[i].class {
	case weekday, month, deictic, zone:
		return a[i-1].class != month
	}
	return a[i-1].class == month && a[i].digits > 0
}

// sentence reads the atoms of one sentence from left to right and takes the longest
// expression at each.
func (p *parser) sentence() {
	p.at.dayEnds, p.at.yearEnds = -1, -1
	for i := 0; i < len(p.a); {
		a := &p.a[i]
		if a.class == none && a.digits == 0 && a.mark != '\'' {
			i++
			continue
		}
		n, to := p.expression(i)
		if to <= i {
			i++
			continue
		}
		if n.kind != skip {
			from := p.ownArticle(i, to)
			if typ, value := p.resolve(n, i, to); value != "" {
				p.d.Times = append(p.d.Times, doc.Time{
					Span: doc.Span{Begin: p.a[from].begin, End: p.a[to-1].end}, Type: typ, Value: value})
			}
		}
		i = to
	}
}

// ownArticle returns the atom with which an expression begins, without an article that
// belongs to a noun after it: "the Feb. 23 accord", "its third-quarter loss".
func (p *parser) ownArticle(i, to int) int {
	if to-i < 2 || !p.is(i, the, poss, an, this, that) {
		return i
	}
	t := p.token(i)
	if t == nil || t.Head <= p.a[to-1].tok || p.a[to-1].tok < 0 {
		return i
	}
	if p.is(i, an) && p.is(i+1, few, couple, dozen, half, scale) || p.is(i, this, that) {
		return i
	}
	return i + 1
}
