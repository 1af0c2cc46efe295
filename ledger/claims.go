package ledger

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hearsay/claim"
)

// Machine is who links where no person does.
const Machine = "machine"

// A claim is what links join. Its tellings are rows of their own, kept up whenever a link
// is added, so that no query has to walk along links: a statement that nothing joins has
// no row and is a claim by itself.

// spot is a statement as the tables name it.
type spot struct{ article, label int64 }

func (a spot) compare(b spot) int {
	return cmp.Or(cmp.Compare(a.article, b.article), cmp.Compare(a.label, b.label))
}

// ClaimID is the id of a claim whose first telling a statement is.
func ClaimID(article, statement string) string {
	return "c" + strings.TrimPrefix(article, "a") + "." + statement
}

// splitClaimID returns the first telling that a claim's id names.
func splitClaimID(id string) (t claim.Telling, err error) {
	article, statement, ok := strings.Cut(strings.TrimPrefix(id, "c"), ".")
	if _, bad := label(statement); !ok || bad != nil || !strings.HasPrefix(id, "c") {
		return t, fmt.Errorf("%q is not the id of a claim, such as c0123456789abcdef.s7", id)
	}
	return claim.Telling{Article: "a" + article, Statement: statement}, nil
}

// Link stores links between statements and joins their claims. A link that is stored
// already changes nothing. The machine never joins what a person has parted. A link with
// the score 0 by a person parts; see [Ledger.Split] for the usual way.
func (l *Ledger) Link(ctx context.Context, links ...claim.Link) error {
	return l.write(ctx, fmt.Sprintf("store %d links", len(links)), func(t *tx) error { return t.link(links) })
}

func (t *tx) link(links []claim.Link) error {
	for i := range links {
		k := links[i]
		a, err := t.spot(k.A)
		if err != nil {
			return err
		}
		b, err := t.spot(k.B)
		if err != nil {
			return err
		}
		if a == b {
			return fmt.Errorf("link of %s of article %s to itself", k.A.Statement, k.A.Article)
		}
		if a.compare(b) > 0 {
			a, b = b, a
		}
		if k.By = cmp.Or(k.By, Machine); k.Score < 0 || k.Score > 1 {
			return fmt.Errorf("link with the score %v", k.Score)
		}
		var n int
		err = t.QueryRowContext(t.ctx, `SELECT count(*) FROM link WHERE a_article = $1 AND a_label = $2 AND b_article = $3 AND b_label = $4
			AND person = $5 AND until IS NULL`, a.article, a.label, b.article, b.label, k.By).Scan(&n)
		if err != nil {
			return err
		}
		if n > 0 {
			continue
		}
		if k.Evidence == nil {
			k.Evidence = []claim.Match{}
		}
		evidence, err := json.Marshal(k.Evidence)
		if err != nil {
			return err
		}
		_, err = t.exec(`INSERT INTO link (a_article, a_label, b_article, b_label, score, evidence, person, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			a.article, a.label, b.article, b.label, k.Score, string(evidence), k.By, t.record())
		if err != nil {
			return err
		}
		if k.Score > 0 {
			if err := t.join(a, b, k.By != Machine); err != nil {
				return err
			}
		}
	}
	return nil
}

// spot finds a statement that some reading of an article has, or had.
func (t *tx) spot(of claim.Telling) (spot, error) {
	article, err := t.article(of.Article)
	if err != nil {
		return spot{}, err
	}
	n, err := label(of.Statement)
	if err != nil {
		return spot{}, err
	}
	var rows int
	err = t.QueryRowContext(t.ctx, `SELECT count(*) FROM statement WHERE article = $1 AND label = $2`, article, n).Scan(&rows)
	if err == nil && rows == 0 {
		err = fmt.Errorf("statement %s of article %s: %w", of.Statement, of.Article, ErrNotFound)
	}
	return spot{article, n}, err
}

// membersOf returns the claim that a statement is in and all of its tellings; the statement
// by itself where it is in none.
func (t *tx) membersOf(s spot) (of spot, members []spot, since int64, err error) {
	err = t.QueryRowContext(t.ctx, `SELECT claim_article, claim_label FROM telling WHERE article = $1 AND label = $2 AND until IS NULL`,
		s.article, s.label).Scan(&of.article, &of.label)
	if none(err) {
		return s, []spot{s}, 0, nil
	}
	if err != nil {
		return of, nil, 0, err
	}
	rows, err := t.QueryContext(t.ctx, `SELECT article, label, since FROM telling WHERE claim_article = $1 AND claim_label = $2 AND until IS NULL ORDER BY article, label`,
		of.article, of.label)
	if err != nil {
		return of, nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var m spot
		var from int64
		if err := rows.Scan(&m.article, &m.label, &from); err != nil {
			return of, nil, 0, err
		}
		if since == 0 || from < since {
			since = from
		}
		members = append(members, m)
	}
	return of, members, since, rows.Err()
}

// join makes one claim of those that two statements are in. The claim that has been there
// for longer keeps its id; of two new ones it is that of the earlier telling.
func (t *tx) join(a, b spot, byPerson bool) error {
	of, members, since, err := t.membersOf(a)
	if err != nil {
		return err
	}
	other, others, otherSince, err := t.membersOf(b)
	if err != nil || of == other {
		return err
	}
	if !byPerson {
		if parted, err := t.parted(members, others); parted || err != nil {
			return err
		}
	}
	switch {
	case since != 0 && otherSince != 0:
		if otherSince < since || otherSince == since && other.compare(of) < 0 {
			of, members, other, others = other, others, of, members
		}
	case otherSince != 0:
		of, members, other, others = other, others, of, members
	case since == 0 && other.compare(of) < 0:
		of, members, other, others = other, others, of, members
	}
	if len(members) == 1 && members[0] == of {
		if err := t.tell(of, members); err != nil {
			return err
		}
	}
	return t.tell(of, others)
}

// tell puts statements into a claim, and takes them out of those that they were in.
func (t *tx) tell(of spot, statements []spot) error {
	for _, m := range statements {
		if _, err := t.exec(`UPDATE telling SET until = $1 WHERE article = $2 AND label = $3 AND until IS NULL`, t.now, m.article, m.label); err != nil {
			return err
		}
		if _, err := t.exec(`INSERT INTO telling (claim_article, claim_label, article, label, since) VALUES ($1, $2, $3, $4, $5)`,
			of.article, of.label, m.article, m.label, t.record()); err != nil {
			return err
		}
	}
	return nil
}

// parted says whether a person has said that one of these statements does not tell what
// one of those tells.
func (t *tx) parted(these, those []spot) (bool, error) {
	if len(these) > len(those) {
		these, those = those, these
	}
	for _, a := range these {
		rows, err := t.QueryContext(t.ctx, `SELECT b_article, b_label FROM link WHERE a_article = $1 AND a_label = $2 AND score = 0 AND until IS NULL
			UNION SELECT a_article, a_label FROM link WHERE b_article = $1 AND b_label = $2 AND score = 0 AND until IS NULL`, a.article, a.label)
		if err != nil {
			return false, err
		}
		found := false
		for rows.Next() {
			var b spot
			if err := rows.Scan(&b.article, &b.label); err != nil {
				rows.Close()
				return false, err
			}
			found = found || slices.Contains(those, b)
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil || found {
			return found, err
		}
	}
	return false, nil
}

// Split takes tellings out of a claim, by a person's word: they become a claim of their
// own, which the machine does not join with the rest again. It returns the ids of the claim
// that has the rest and of the new one; the claim keeps its id where its first telling is.
func (l *Ledger) Split(ctx context.Context, id string, out []claim.Telling, by, reason string) (rest, split string, err error) {
	err = l.write(ctx, "split claim "+id, func(t *tx) error {
		if by == "" || reason == "" {
			return errors.New("a correction needs a person and a reason")
		}
		first, err := splitClaimID(id)
		if err != nil {
			return err
		}
		at, err := t.spot(first)
		if err != nil {
			return err
		}
		of, members, _, err := t.membersOf(at)
		if err != nil {
			return err
		}
		var gone, stay []spot
		for _, o := range out {
			s, err := t.spot(o)
			if err != nil {
				return err
			}
			if !slices.Contains(members, s) {
				return fmt.Errorf("statement %s of article %s is not a telling of it", o.Statement, o.Article)
			}
			if !slices.Contains(gone, s) {
				gone = append(gone, s)
			}
		}
		for _, m := range members {
			if !slices.Contains(gone, m) {
				stay = append(stay, m)
			}
		}
		if len(gone) == 0 || len(stay) == 0 {
			return errors.New("a claim is split into tellings that go and tellings that stay")
		}
		slices.SortFunc(gone, spot.compare)
		if slices.Contains(gone, of) {
			gone, stay = stay, gone
		}
		// Each of one side is parted from the first of the other, so that none comes back.
		pairs := [][2]spot{}
		for _, s := range stay {
			pairs = append(pairs, [2]spot{gone[0], s})
		}
		for _, g := range gone[1:] {
			pairs = append(pairs, [2]spot{g, stay[0]})
		}
		for _, p := range pairs {
			if err := t.personal(p[0], p[1], 0, by, reason); err != nil {
				return err
			}
		}
		for _, group := range [][]spot{stay, gone} {
			if len(group) == 1 {
				_, err = t.exec(`UPDATE telling SET until = $1 WHERE article = $2 AND label = $3 AND until IS NULL`, t.record(), group[0].article, group[0].label)
			} else if group[0] != of && !slices.Contains(group, of) {
				err = t.tell(group[0], group)
			}
			if err != nil {
				return err
			}
		}
		restOf := of
		if len(stay) == 1 {
			restOf = stay[0]
		}
		if rest, err = t.claimName(restOf); err != nil {
			return err
		}
		if split, err = t.claimName(gone[0]); err != nil {
			return err
		}
		_, err = t.correction(at.article, at.label, &Correction{What: Split, Tellings: out, By: by, Reason: reason})
		return err
	})
	return rest, split, err
}

// Merge makes one claim of two, by a person's word, and returns its id.
func (l *Ledger) Merge(ctx context.Context, a, b string, by, reason string) (id string, err error) {
	err = l.write(ctx, "merge claims "+a+" and "+b, func(t *tx) error {
		if by == "" || reason == "" {
			return errors.New("a correction needs a person and a reason")
		}
		var at [2]spot
		var all [2][]spot
		var tellings []claim.Telling
		for i, name := range []string{a, b} {
			first, err := splitClaimID(name)
			if err != nil {
				return err
			}
			if at[i], err = t.spot(first); err != nil {
				return err
			}
			tellings = append(tellings, first)
			if _, all[i], _, err = t.membersOf(at[i]); err != nil {
				return err
			}
		}
		if slices.Contains(all[0], at[1]) {
			return errors.New("they are one claim")
		}
		// A later word of a person takes back the earlier one that parted them.
		for _, x := range all[0] {
			for _, y := range all[1] {
				p, q := x, y
				if p.compare(q) > 0 {
					p, q = q, p
				}
				if _, err := t.exec(`UPDATE link SET until = $1 WHERE a_article = $2 AND a_label = $3 AND b_article = $4 AND b_label = $5
					AND score = 0 AND until IS NULL`, t.now, p.article, p.label, q.article, q.label); err != nil {
					return err
				}
			}
		}
		if err := t.personal(at[0], at[1], 1, by, reason); err != nil {
			return err
		}
		if err := t.join(at[0], at[1], true); err != nil {
			return err
		}
		of, _, _, err := t.membersOf(at[0])
		if err != nil {
			return err
		}
		if id, err = t.claimName(of); err != nil {
			return err
		}
		_, err = t.correction(at[0].article, at[0].label, &Correction{What: Merge, Tellings: tellings, By: by, Reason: reason})
		return err
	})
	return id, err
}

// personal stores what a person says of two statements.
func (t *tx) personal(a, b spot, score float64, by, reason string) error {
	if a.compare(b) > 0 {
		a, b = b, a
	}
	evidence, err := json.Marshal([]claim.Match{{What: "person", How: reason}})
	if err != nil {
		return err
	}
	_, err = t.exec(`UPDATE link SET until = $1 WHERE a_article = $2 AND a_label = $3 AND b_article = $4 AND b_label = $5 AND person <> $6 AND person <> $7
		AND until IS NULL`, t.now, a.article, a.label, b.article, b.label, Machine, by)
	if err == nil {
		_, err = t.exec(`INSERT INTO link (a_article, a_label, b_article, b_label, score, evidence, person, recorded) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			a.article, a.label, b.article, b.label, score, string(evidence), by, t.record())
	}
	return err
}

func (t *tx) claimName(of spot) (string, error) {
	var name string
	err := t.QueryRowContext(t.ctx, `SELECT name FROM article WHERE id = $1`, of.article).Scan(&name)
	return ClaimID(name, labelled(of.label)), err
}
