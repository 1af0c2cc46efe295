package ledger

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay/claim"
)

// complaints says what is wrong with an article by itself: ids, hashes, references, and
// spans that lie outside the text or inside a character.
func complaints(a *claim.Article) (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if a.Locator == "" {
		say("it has no locator")
	}
	if strings.ContainsRune(a.Locator, 0) || !utf8.ValidString(a.Locator) || !utf8.ValidString(a.Text) {
		say("locator or text is not UTF-8")
	}
	if a.ID != claim.ArticleID(a.Locator, a.Text) {
		say("id %q is not that of locator and text", a.ID)
	}
	if a.TextHash != claim.Hash([]byte(a.Text)) {
		say("the hash of the text is %q", a.TextHash)
	}
	if _, err := digest(a.RawHash); a.RawHash != "" && err != nil {
		say("the hash of the page is %q", a.RawHash)
	}
	span := func(what string, begin, end int) {
		inside := 0 <= begin && begin <= end && end <= len(a.Text)
		if !inside || begin < len(a.Text) && !utf8.RuneStart(a.Text[begin]) || end < len(a.Text) && !utf8.RuneStart(a.Text[end]) {
			say("%s: span [%d, %d) of a text of %d bytes", what, begin, end, len(a.Text))
		}
	}
	entities := map[string]bool{"": true}
	for i := range a.Entities {
		e := &a.Entities[i]
		if entities[e.ID] {
			say("entity %q twice", e.ID)
		}
		entities[e.ID] = true
		span("entity "+e.ID, e.First.Begin, e.First.End)
	}
	places := map[string]bool{"": true}
	for i := range a.Places {
		places[a.Places[i].ID] = true
		span("place "+a.Places[i].ID, a.Places[i].Span.Begin, a.Places[i].Span.End)
	}
	for i := range a.Times {
		span(fmt.Sprintf("time %d", i), a.Times[i].Span.Begin, a.Times[i].Span.End)
	}
	statements := map[string]bool{"": true}
	for i := range a.Statements {
		id := a.Statements[i].ID
		if _, err := label(id); err != nil || statements[id] {
			say("statement id %q twice or not of the form s1", id)
		}
		statements[id] = true
	}
	party := func(what string, p *claim.Party) {
		span(what, p.Span.Begin, p.Span.End)
		if !entities[p.Entity] {
			say("%s: no entity %q", what, p.Entity)
		}
	}
	holders := func(what string, of []claim.Commitment) {
		for _, c := range of {
			if c.Holder != claim.Author && (c.Holder == "" || !statements[c.Holder]) {
				say("%s: no holder %q", what, c.Holder)
			}
		}
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		what := "statement " + s.ID
		if !statements[s.Parent] || s.Parent == s.ID {
			say("%s: no parent %q", what, s.Parent)
		}
		for _, c := range s.Content {
			span(what, c.Begin, c.End)
		}
		for _, c := range s.Cue.Spans {
			span(what, c.Begin, c.End)
		}
		party(what, &s.Source.Party)
		party(what, &s.Addressee)
		holders(what, s.Factuality)
		for _, e := range s.About {
			if e == "" || !entities[e] {
				say("%s: is about no entity %q", what, e)
			}
		}
	}
	for i := range a.Events {
		v := &a.Events[i]
		what := "event " + v.ID
		span(what, v.Trigger.Begin, v.Trigger.End)
		for _, side := range [][]claim.Actor{v.Actors, v.Targets} {
			for j := range side {
				party(what, &side[j].Party)
			}
		}
		if !places[v.Place] {
			say("%s: no place %q", what, v.Place)
		}
		if !statements[v.Statement] {
			say("%s: no statement %q", what, v.Statement)
		}
		holders(what, v.Factuality)
	}
	for i := range a.Citations {
		c := &a.Citations[i]
		what := fmt.Sprintf("citation %d", i)
		span(what, c.Span.Begin, c.Span.End)
		party(what, &c.Party)
		if !statements[c.Statement] {
			say("%s: no statement %q", what, c.Statement)
		}
	}
	return out
}

// label returns the number of a statement's id: 7 of "s7".
func label(id string) (int64, error) {
	digits, ok := strings.CutPrefix(id, "s")
	n, err := strconv.ParseInt(digits, 10, 32)
	if !ok || err != nil || n < 1 || digits != strconv.FormatInt(n, 10) {
		return 0, fmt.Errorf("%q is not the id of a statement", id)
	}
	return n, nil
}

func labelled(n int64) string { return "s" + strconv.FormatInt(n, 10) }
