package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"hearsay/claim"
)

// A statement keeps its id through readings. Links, corrections and the ids of claims name
// it by that id, so a new reading is made to use the ids of the old: the statements of both
// are paired by where their words stand in the text, which never changes.

// reread appends a reading to a known article. What the reading before said is not known
// any more from now on, and what a person has corrected stays.
func (t *tx) reread(s *shelf, article, reading, labels int64, p *prepared) (map[string]string, error) {
	a := *p.Article
	olds, err := t.frames(article)
	if err != nil {
		return nil, err
	}
	made, err := corrections(t.ctx, t.Tx, article, t.now)
	if err != nil {
		return nil, err
	}
	ids := relabel(&a, olds, &labels)
	keep(&a, olds[0], made)
	corrected := patch(&a, made)
	packed, err := pack(&a)
	if err != nil {
		return nil, err
	}
	now := t.record()
	if _, err := t.exec(`UPDATE statement SET until = $1 WHERE article = $2 AND until IS NULL`, now, article); err != nil {
		return nil, err
	}
	// The newest reading has the highest number, also where readings are made out of order.
	if _, err := t.exec(`UPDATE article SET reading = $1, labels = $2 WHERE id = $3`, reading+1, labels, article); err != nil {
		return nil, err
	}
	s.readings = append(s.readings, []any{article, reading + 1, clean(a.Reader), now, packed})
	for i, e := range statementEntries(corrected.Article, all(len(corrected.Article.Statements))) {
		n, _ := label(corrected.Article.Statements[i].ID)
		t.shelve(s, article, reading+1, n, e)
	}
	if err := t.shelveRaw(s, p); err != nil {
		return nil, err
	}
	if len(p.Marks) > 0 {
		if _, err := t.exec(`DELETE FROM mark WHERE article = $1`, article); err != nil {
			return nil, err
		}
		t.shelveMarks(s, article, p, ids)
	}
	// What the whole article is about is found by its newest reading.
	whole := articleEntry(corrected.Article)
	whole.id = article
	if err := t.unindex(ofArticles, article); err != nil {
		return nil, err
	}
	s.whole = append(s.whole, whole)
	return ids, nil
}

// unindex takes an entry out of an index.
func (t *tx) unindex(of *catalogue, id int64) error {
	_, err := t.ExecContext(t.ctx, "DELETE FROM "+of.table+" WHERE rowid = $1", id)
	return err
}

// frames returns all readings of an article, the newest first.
func (t *tx) frames(article int64) ([]*claim.Article, error) {
	packed, err := column[[]byte](t.ctx, t.Tx, `SELECT frame FROM reading WHERE article = $1 ORDER BY number DESC`, article)
	if err != nil {
		return nil, err
	}
	var out []*claim.Article
	for _, b := range packed {
		f, err := unpack(b)
		if err != nil {
			return nil, err
		}
		a, err := f.article()
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w: it has no reading", errFrame)
	}
	return out, nil
}

// relabel gives the statements of a new reading the ids that older ones, the newest first,
// have for the same words, and others ids that were never given. labels is the highest
// number given. It returns the new ids of those that changed.
func relabel(a *claim.Article, olds []*claim.Article, labels *int64) map[string]string {
	ids := map[string]string{}
	taken := map[string]bool{}
	for _, old := range olds {
		type pair struct {
			new, old int
			score    float64
		}
		var pairs []pair
		for i := range a.Statements {
			if _, ok := ids[a.Statements[i].ID]; ok {
				continue
			}
			for j := range old.Statements {
				if taken[old.Statements[j].ID] {
					continue
				}
				if score := likeness(&a.Statements[i], &old.Statements[j]); score > 0 {
					pairs = append(pairs, pair{i, j, score})
				}
			}
		}
		slices.SortStableFunc(pairs, func(x, y pair) int { return cmp.Compare(y.score, x.score) })
		for _, p := range pairs {
			from, to := a.Statements[p.new].ID, old.Statements[p.old].ID
			if _, ok := ids[from]; !ok && !taken[to] {
				ids[from], taken[to] = to, true
			}
		}
	}
	for i := range a.Statements {
		if from := a.Statements[i].ID; ids[from] == "" {
			*labels++
			ids[from] = labelled(*labels)
		}
	}
	rename(a, ids)
	for from, to := range ids {
		if from == to {
			delete(ids, from)
		}
	}
	return ids
}

// likeness is 0 for two readings of different statements. The words of the cue say most:
// "X said Y warned that Z" holds two statements, one of which has the other's cue and content
// in its own content. Where the cues are apart only nearly the same content will do.
func likeness(a, b *claim.Statement) float64 {
	content := shared(a.Content, b.Content)
	cue := shared(a.Cue.Spans, b.Cue.Spans)
	switch {
	case cue > 0 && content > 0:
		return 1 + cue + content
	case cue > 0 && len(a.Content)+len(b.Content) == 0:
		return 1 + cue
	case shared(a.Cue.Spans, b.Content)+shared(b.Cue.Spans, a.Content) > 0:
		return 0
	case content >= 0.8:
		return content
	}
	return 0
}

// shared is what two sets of spans have in common, as a part of what they cover.
func shared(a, b []claim.Span) float64 {
	both, either := 0, 0
	for _, x := range a {
		either += x.Len()
		for _, y := range b {
			both += max(0, min(x.End, y.End)-max(x.Begin, y.Begin))
		}
	}
	for _, y := range b {
		either += y.Len()
	}
	if either -= both; either <= 0 {
		return 0
	}
	return float64(both) / float64(either)
}

// rename replaces the ids of statements wherever a names them. Slices that the caller may
// hold too are copied.
func rename(a *claim.Article, ids map[string]string) {
	to := func(id *string) {
		if n, ok := ids[*id]; ok {
			*id = n
		}
	}
	held := func(of []claim.Commitment) []claim.Commitment {
		of = slices.Clone(of)
		for i := range of {
			to(&of[i].Holder)
		}
		return of
	}
	a.Statements = slices.Clone(a.Statements)
	for i := range a.Statements {
		s := &a.Statements[i]
		to(&s.ID)
		to(&s.Parent)
		s.Factuality = held(s.Factuality)
	}
	a.Events = slices.Clone(a.Events)
	for i := range a.Events {
		to(&a.Events[i].Statement)
		a.Events[i].Factuality = held(a.Events[i].Factuality)
	}
	a.Citations = slices.Clone(a.Citations)
	for i := range a.Citations {
		to(&a.Citations[i].Statement)
	}
}

// keep adds to a new reading the statements of the one before that it has not and that a
// person has corrected: whoever looked at a statement and set it right has said that it is
// there. What it names of the old reading is dropped but for other statements.
func keep(a *claim.Article, old *claim.Article, made []Correction) {
	has := map[string]bool{}
	for i := range a.Statements {
		has[a.Statements[i].ID] = true
	}
	for i := range old.Statements {
		s := old.Statements[i]
		if has[s.ID] || !slices.ContainsFunc(made, func(c Correction) bool { return c.Statement == s.ID && c.What.positive() }) {
			continue
		}
		s.Source.Entity, s.Addressee.Entity, s.About = "", "", nil
		a.Statements = append(a.Statements, s)
		has[s.ID] = true
	}
	for i := range a.Statements {
		s := &a.Statements[i]
		if s.Parent != "" && !has[s.Parent] {
			s.Parent = ""
		}
		s.Factuality = slices.DeleteFunc(slices.Clone(s.Factuality), func(c claim.Commitment) bool {
			return c.Holder != claim.Author && !has[c.Holder]
		})
	}
}
