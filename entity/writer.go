package entity

import (
	"strings"
	"unicode"

	"hearsay/doc"
)

// writer finds who speaks as "I" in the article's own words: whoever signs below it, as
// letters are signed, whoever the byline names, or the one whom a note at its end
// introduces («Jane Roe is a professor at …»).
func (l *linker) writer() {
	signed := l.signatures()
	own := map[int]int{} // the group of "I" above each signature; -1 for below all
	for k := range l.all {
		m := &l.all[k]
		if m.form != pronoun || m.person != 1 || m.number != singular || m.quote >= 0 || l.speaker[m.head] >= 0 {
			continue
		}
		above := -1
		for n, s := range signed {
			if l.d.Names[s].Begin > l.d.Tokens[m.head].Begin {
				above = n
				break
			}
		}
		g, ok := own[above]
		switch {
		case ok && l.of[k] != g:
			l.move(k, g)
		case ok:
		case len(l.groups[l.of[k]].names) > 0 || len(own) > 0:
			// It was taken for somebody whom the article speaks of.
			l.groups = append(l.groups, group{gender: anyGender, onlyPronouns: true})
			own[above] = len(l.groups) - 1
			l.move(k, own[above])
		default:
			own[above] = l.of[k]
		}
	}
	for n, s := range signed {
		if g, ok := own[n]; ok {
			l.signs(g, bareName(l.d.Slice(l.d.Names[s].Span)))
		}
	}
	if g, ok := own[-1]; ok {
		l.unsigned(g)
	}
}

// signatures returns the names of people that are paragraphs of their own, in order: what
// stands below a letter.
func (l *linker) signatures() (names []int) {
	for b := range l.d.Blocks {
		text := l.d.Slice(l.d.Blocks[b].Span)
		if b == 0 || len(text) > 60 {
			continue
		}
		for n := range l.d.Names {
			x := &l.d.Names[n]
			if x.Type != doc.Person || !l.d.Blocks[b].Contains(x.Span) || !strings.Contains(l.d.Slice(x.Span), " ") {
				continue
			}
			rest := text[:x.Begin-l.d.Blocks[b].Begin] + text[x.End-l.d.Blocks[b].Begin:]
			if !strings.ContainsFunc(rest, unicode.IsLetter) {
				names = append(names, n)
			}
		}
	}
	return names
}

// signs gives the group of "I" a name: it is the person of the article who has it, or
// somebody of whom it says no more.
func (l *linker) signs(own int, name string) {
	for g := range l.groups {
		for _, n := range l.groups[g].names {
			if sameName(n, name) && l.merge(g, own) {
				return
			}
		}
	}
	l.groups[own].names = append(l.groups[own].names, name)
	l.groups[own].byline = true
}

// unsigned names the group of "I" of an article that nobody signs below.
func (l *linker) unsigned(own int) {
	if by := strings.TrimPrefix(strings.TrimSpace(l.d.Meta.Byline), "By "); by != "" && !strings.ContainsAny(by, ",&") && !strings.Contains(by, " and ") {
		l.signs(own, by)
		return
	}
	for s := len(l.d.Sentences) - 1; s >= max(0, len(l.d.Sentences)-4); s-- {
		for k := range l.all {
			m := &l.all[k]
			if m.sent != s || l.personName(m) == "" || m.first > l.d.Sentences[s].First+1 {
				continue
			}
			t := &l.d.Tokens[m.head]
			if t.Rel == "nsubj" && t.Head >= 0 && l.copula(m.head, t.Head) && len(l.groups[l.of[k]].mentions) <= 2 {
				l.merge(l.of[k], own)
				return
			}
		}
	}
}
