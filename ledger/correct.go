package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"hearsay/claim"
)

// Change says what a person corrects.
type Change string

// The changes. Each but the last two sets one thing of a statement; a later one goes
// before an earlier one of the same kind, and all go before what a machine reads.
const (
	SetKind        Change = "kind"        // of the source
	SetEntity      Change = "entity"      // who the source is
	SetAffiliation Change = "affiliation" // of the source
	SetContent     Change = "content"     // what is attributed
	Reject         Change = "reject"      // it is not a statement
	Restore        Change = "restore"     // takes earlier corrections of the statement back
	Split          Change = "split"       // of a claim; see [Ledger.Split]
	Merge          Change = "merge"       // of claims; see [Ledger.Merge]
)

// positive says whether a change says that the statement is one.
func (c Change) positive() bool {
	return c == SetKind || c == SetEntity || c == SetAffiliation || c == SetContent
}

// Correction is what a person has changed, when and why. It is a row that wins over what
// was read, and it survives new readings of the article.
type Correction struct {
	ID        int64  `json:"id"`
	Article   string `json:"article"`
	Statement string `json:"statement"`
	What      Change `json:"what"`
	Kind      string `json:"kind,omitzero"`        // of SetKind, as in claim.Source
	Name      string `json:"name,omitzero"`        // of SetEntity
	Known     string `json:"known,omitzero"`       // of SetEntity: id in the knowledge base, or ""
	Affil     string `json:"affiliation,omitzero"` // of SetAffiliation
	// Content is the fragments of SetContent, as pairs of byte offsets into the text.
	Content [][2]int `json:"content,omitzero"`
	// Field is what Restore takes back; "" is everything.
	Field Change `json:"field,omitzero"`
	// Tellings are those that Split takes out of a claim, or Merge brings together.
	Tellings []claim.Telling `json:"tellings,omitzero"`
	By       string          `json:"by"`
	Reason   string          `json:"reason"`
	Recorded time.Time       `json:"recorded"`
}

var kinds = []string{"person", "organization", "country", "anonymous", "collective", "document", "outlet", "author", "unknown"}

// Correct records a correction of one statement by a person, and returns it with its number
// and moment. It needs a name in By and a Reason. An unnamed source is never given a name:
// its kind must be corrected first.
func (l *Ledger) Correct(ctx context.Context, c Correction) (Correction, error) {
	op := fmt.Sprintf("correct %s of article %s", c.Statement, c.Article)
	err := l.write(ctx, op, func(t *tx) error {
		if c.By == "" || c.Reason == "" {
			return errors.New("a correction needs a person and a reason")
		}
		article, err := t.article(c.Article)
		if err != nil {
			return err
		}
		n, err := label(c.Statement)
		if err != nil {
			return err
		}
		v, err := load(t.ctx, t.Tx, article, t.now)
		if err != nil {
			return err
		}
		machine := v.machine(c.Statement)
		if machine == nil {
			return fmt.Errorf("statement %s: %w", c.Statement, ErrNotFound)
		}
		if err := c.sound(v, machine); err != nil {
			return err
		}
		c.Recorded = moment(t.record())
		if c.ID, err = t.correction(article, n, &c); err != nil {
			return err
		}
		return t.recast(v, article, n, append(v.made, c))
	})
	return c, err
}

// sound says what is wrong with a correction.
func (c *Correction) sound(v *version, machine *claim.Statement) error {
	switch c.What {
	case SetKind:
		if !slices.Contains(kinds, c.Kind) {
			return fmt.Errorf("%q is not a kind of source; there are %s", c.Kind, strings.Join(kinds, ", "))
		}
	case SetEntity:
		now := v.Article
		kind := string(machine.Source.Kind)
		if i := slices.IndexFunc(now.Statements, func(s claim.Statement) bool { return s.ID == c.Statement }); i >= 0 {
			kind = string(now.Statements[i].Source.Kind)
		}
		if c.Name == "" {
			return errors.New("no name")
		}
		if kind == "anonymous" || kind == "collective" {
			return fmt.Errorf("an unnamed source (%s) is never given a name; correct its kind first", kind)
		}
	case SetAffiliation, Reject, Restore:
	case SetContent:
		if len(c.Content) == 0 {
			return errors.New("no content")
		}
		at := 0
		for _, s := range c.Content {
			if s[0] < at || s[1] <= s[0] || s[1] > len(v.Article.Text) {
				return fmt.Errorf("content [%d, %d) of a text of %d bytes", s[0], s[1], len(v.Article.Text))
			}
			at = s[1]
		}
	default:
		return fmt.Errorf("%q is no correction of a statement", c.What)
	}
	return nil
}

// correction adds the row.
func (t *tx) correction(article, n int64, c *Correction) (id int64, err error) {
	// What has columns of its own is not written twice.
	value := *c
	value.ID, value.Article, value.Statement, value.What, value.By, value.Reason, value.Recorded = 0, "", "", "", "", "", time.Time{}
	b, err := json.Marshal(&value)
	if err != nil {
		return 0, err
	}
	err = t.QueryRowContext(t.ctx, `INSERT INTO correction (article, label, what, value, person, reason, recorded)
		VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`, article, n, string(c.What), string(b), clean(c.By), clean(c.Reason), t.record()).Scan(&id)
	return id, err
}

// recast replaces the row of a statement by one that is found as corrected.
func (t *tx) recast(v *version, article, n int64, made []Correction) error {
	if _, err := t.exec(`UPDATE statement SET until = $1 WHERE article = $2 AND label = $3 AND until IS NULL`, t.now, article, n); err != nil {
		return err
	}
	corrected := patch(v.read, made)
	i := slices.IndexFunc(corrected.Article.Statements, func(s claim.Statement) bool { return s.ID == labelled(n) })
	if i < 0 {
		return nil // rejected
	}
	var s shelf
	t.shelve(&s, article, v.number, n, statementEntries(corrected.Article, []int{i})[0])
	return t.flush(&s)
}

// corrections returns those of an article that were known at a moment, in order.
func corrections(ctx context.Context, q querier, article, at int64) ([]Correction, error) {
	rows, err := q.QueryContext(ctx, `SELECT c.id, a.name, c.label, c.what, c.value, c.person, c.reason, c.recorded
		FROM correction c JOIN article a ON a.id = c.article WHERE c.article = $1 AND c.recorded <= $2 ORDER BY c.id`, article, at)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Correction
	for rows.Next() {
		var c Correction
		var n, recorded int64
		var id int64
		var name, what, value, person, reason string
		if err := rows.Scan(&id, &name, &n, &what, &value, &person, &reason, &recorded); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(value), &c); err != nil {
			return nil, fmt.Errorf("correction %d: %w", id, err)
		}
		c.ID, c.Article, c.Statement, c.What, c.By, c.Reason, c.Recorded = id, name, labelled(n), Change(what), person, reason, moment(recorded)
		out = append(out, c)
	}
	return out, rows.Err()
}

// version is an article as it was known at a moment.
type version struct {
	// Article is as people have corrected it: without the statements that they rejected.
	Article *claim.Article
	read    *claim.Article // as it was read
	number  int64          // of the reading
	at      int64          // when that was recorded
	made    []Correction
	changed map[string]bool // statements that a correction has changed
	reject  []string
}

// machine returns a statement as it was read, or nil.
func (v *version) machine(id string) *claim.Statement {
	for i := range v.read.Statements {
		if v.read.Statements[i].ID == id {
			return &v.read.Statements[i]
		}
	}
	return nil
}

// load returns an article as known at a moment.
func load(ctx context.Context, q querier, article, at int64) (*version, error) {
	var packed []byte
	var number, recorded int64
	err := q.QueryRowContext(ctx, `SELECT number, recorded, frame FROM reading WHERE article = $1 AND recorded <= $2 ORDER BY number DESC LIMIT 1`,
		article, at).Scan(&number, &recorded, &packed)
	if none(err) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	f, err := unpack(packed)
	if err != nil {
		return nil, err
	}
	a, err := f.article()
	if err != nil {
		return nil, err
	}
	made, err := corrections(ctx, q, article, at)
	if err != nil {
		return nil, err
	}
	v := patch(a, made)
	v.number, v.at = number, recorded
	return v, nil
}

// patch applies corrections, in order, to a copy of an article.
func patch(a *claim.Article, made []Correction) *version {
	v := &version{Article: a, read: a, made: made, changed: map[string]bool{}}
	if len(made) == 0 {
		return v
	}
	inForce := map[string]map[Change]*Correction{}
	for i := range made {
		c := &made[i]
		of := inForce[c.Statement]
		if of == nil {
			of = map[Change]*Correction{}
			inForce[c.Statement] = of
		}
		switch {
		case c.What == Restore && c.Field == "":
			clear(of)
		case c.What == Restore:
			delete(of, c.Field)
		case c.What == Reject || c.What.positive():
			of[c.What] = c
		}
	}
	copied := *a
	copied.Statements = nil
	for _, s := range a.Statements {
		of := inForce[s.ID]
		if of[Reject] != nil {
			v.reject = append(v.reject, s.ID)
			continue
		}
		for _, c := range of {
			c.apply(&s, a.Text)
			v.changed[s.ID] = true
		}
		copied.Statements = append(copied.Statements, s)
	}
	v.Article = &copied
	return v
}

// apply sets one field.
func (c *Correction) apply(s *claim.Statement, text string) {
	switch c.What {
	case SetKind:
		s.Source.Kind = claim.SourceKind(c.Kind)
	case SetEntity:
		s.Source.Name, s.Source.Known, s.Source.Entity = c.Name, c.Known, ""
	case SetAffiliation:
		s.Source.Affiliation = c.Affil
	case SetContent:
		s.Content = nil
		var words []string
		for _, f := range c.Content {
			s.Content = append(s.Content, claim.Span{Begin: f[0], End: f[1]})
			words = append(words, strings.Fields(text[f[0]:f[1]])...)
		}
		s.Words = strings.Join(words, " ")
	}
}
