package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"hearsay/claim"
)

// Hit is a statement that was found.
type Hit struct {
	About
	Statement string `json:"statement"`
	Claim     string `json:"claim,omitzero"` // where it is told elsewhere too
	Source    Who    `json:"source"`
	Cue       string `json:"cue"`
	Class     string `json:"class"`
	Words     string `json:"words"`
	Quotation string `json:"quotation"`
	Negated   bool   `json:"negated,omitzero"`
	Addressee string `json:"addressee,omitzero"`
	// Certainty is how sure the source is, and Author how sure the article's author.
	Certainty string `json:"certainty,omitzero"`
	Author    string `json:"author,omitzero"`
	// Factuality is every holder.
	Factuality []Held  `json:"factuality,omitzero"`
	Score      float64 `json:"score"`
	// Spans are the content in code points of the article's text.
	Spans [][2]int `json:"spans"`
	// Open is where to read it: the address with a text fragment, or the path.
	Open      string `json:"open"`
	Corrected bool   `json:"corrected,omitzero"` // by a person
	// Full is the statement itself, with offsets in bytes.
	Full *claim.Statement `json:"-"`
}

// Who is a source as it is shown.
type Who struct {
	Text        string `json:"text"`
	Name        string `json:"name,omitzero"`
	Known       string `json:"known,omitzero"`
	Kind        string `json:"kind"`
	Role        string `json:"role,omitzero"`
	Affiliation string `json:"affiliation,omitzero"`
	Count       int    `json:"count,omitzero"`
	Basis       string `json:"basis,omitzero"`
	Terms       string `json:"terms,omitzero"`
	Record      string `json:"record,omitzero"`
}

// Held is how sure a holder is.
type Held struct {
	Holder string `json:"holder"`
	Value  string `json:"value"`
}

// Results is a page of what was found.
type Results[T any] struct {
	Hits []T `json:"hits"`
	// Next is what Filter.After must be for the page after; "" after the last.
	Next string `json:"next,omitzero"`
}

// Find returns statements, the newest first unless asked otherwise.
func (v View) Find(ctx context.Context, f Filter) (Results[Hit], error) {
	r, err := find(ctx, v, &f, ofStatements, v.hit)
	return r, v.l.fail("find", err)
}

// find gathers a page. make turns a match into a result, or drops it.
func find[T any](ctx context.Context, v View, f *Filter, of *catalogue, make func(context.Context, *Filter, *match) (T, bool, error)) (out Results[T], err error) {
	limit := cmp.Or(max(f.Limit, 0), 20)
	c, err := f.cursor()
	if err != nil {
		return out, err
	}
	out.Hits = []T{}
	for {
		// One more than is wanted tells whether there is another page.
		want := limit - len(out.Hits) + 1
		found, err := v.matches(ctx, f, of, c, want)
		if err != nil {
			return out, err
		}
		for i := range found {
			if len(out.Hits) == limit {
				out.Next = c.String(f.ByRank)
				return out, nil
			}
			hit, ok, err := make(ctx, f, &found[i])
			if err != nil {
				return out, err
			}
			if ok {
				out.Hits = append(out.Hits, hit)
			}
			c = found[i].cursor
			c.set = true
		}
		if len(found) < want {
			return out, nil
		}
	}
}

func (v View) hit(ctx context.Context, f *Filter, m *match) (h Hit, ok bool, err error) {
	var packed []byte
	err = v.l.reads.QueryRowContext(ctx, `SELECT frame FROM reading WHERE article = $1 AND number = $2`, m.article, m.reading).Scan(&packed)
	if err != nil {
		return h, false, err
	}
	fr, err := unpack(packed)
	if err != nil {
		return h, false, fmt.Errorf("article %s: %w", m.about.Article, err)
	}
	s, err := fr.statement(m.label)
	if err != nil {
		return h, false, fmt.Errorf("article %s: %w", m.about.Article, err)
	}
	if f.sided() > 1 {
		var head claim.Article
		if err := json.Unmarshal(fr.head, &head); err != nil {
			return h, false, err
		}
		if !slices.ContainsFunc(head.Events, func(e claim.Event) bool { return e.Statement == s.ID && f.fits(&e) }) {
			return h, false, nil
		}
	}
	if m.corrected > 0 {
		made, err := corrections(ctx, v.l.reads, m.article, v.at)
		if err != nil {
			return h, false, err
		}
		p := patch(&claim.Article{Text: fr.text, Statements: []claim.Statement{*s}}, made)
		if len(p.Article.Statements) == 0 {
			return h, false, nil
		}
		s = &p.Article.Statements[0]
		h.Corrected = p.changed[s.ID]
	}
	fill(&h, m.about.done(v.at), s, fr.text)
	h.Claim, err = v.claimOf(ctx, m.article, m.label)
	return h, true, err
}

// fill writes a statement down as it is shown.
func fill(h *Hit, about About, s *claim.Statement, text string) {
	src := &s.Source
	h.About, h.Full, h.Statement = about, s, s.ID
	h.Source = Who{src.Text, src.Name, src.Known, string(src.Kind), src.Role, src.Affiliation, src.Count, src.Basis, src.Terms, string(src.Record)}
	h.Cue, h.Class, h.Words, h.Quotation, h.Negated = s.Cue.Text, s.Cue.Class, s.Words, string(s.Quotation), s.Negated
	h.Addressee, h.Score = s.Addressee.Text, s.Score
	for _, c := range s.Factuality {
		h.Factuality = append(h.Factuality, Held{c.Holder, string(c.Value)})
		switch c.Holder {
		case s.ID:
			h.Certainty = string(c.Value)
		case claim.Author:
			h.Author = string(c.Value)
		}
	}
	h.Spans = points(text, s.Content)
	h.Open = place(about.Locator, s.Words, len(s.Content) == 1)
}

// place is where to read words: the address with a text fragment, where they stand together
// and it is an address; otherwise the locator.
func place(locator, words string, together bool) string {
	if !strings.HasPrefix(locator, "http://") && !strings.HasPrefix(locator, "https://") || !together || strings.Contains(locator, "#") {
		return locator
	}
	w := strings.Fields(words)
	if len(w) == 0 {
		return locator
	}
	escape := func(s string) string {
		return strings.NewReplacer("-", "%2D", ",", "%2C", "&", "%26").Replace(url.PathEscape(s))
	}
	if len(w) <= 10 {
		return locator + "#:~:text=" + escape(strings.Join(w, " "))
	}
	return locator + "#:~:text=" + escape(strings.Join(w[:4], " ")) + "," + escape(strings.Join(w[len(w)-4:], " "))
}
