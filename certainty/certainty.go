package certainty

import (
	"hearsay/doc"
	"hearsay/lexicon"
)

// Model says how sure holders are. It is safe for concurrent use.
type Model struct {
	words *lexicon.Certainties
	net   *network // nil: rules alone
}

// NewPlain returns a Model of rules alone, which needs no vectors. It fails where the
// lexicon is wrong, and names the lines.
func NewPlain() (*Model, error) {
	words, err := lexicon.ShippedCertainties()
	if err != nil {
		return nil, err
	}
	return &Model{words: words}, nil
}

// Annotate fills the Factuality of d's statements and events. It needs trees, and
// statements and events where there are any; unless the model is plain, both kinds of
// vectors.
func (m *Model) Annotate(d *doc.Doc) {
	if len(d.Statements)+len(d.Events) == 0 {
		return
	}
	v := m.View(d)
	var heads []int // of statements, then of events
	for i := range d.Statements {
		s := &d.Statements[i]
		heads = append(heads, v.head(i))
		s.Factuality = v.all(heads[i], i)
	}
	for i := range d.Events {
		e := &d.Events[i]
		heads = append(heads, e.Head)
		e.Factuality = v.all(e.Head, e.Statement)
	}
	if m.net == nil {
		return
	}
	ops := make([][]operator, len(heads))
	for k, i := range heads {
		ops[k] = v.climb(i, everywhere, true, nil)
	}
	for k, x := range m.net.degrees(&v.analysis, heads, ops, News) {
		if k < len(d.Statements) {
			place(&d.Statements[k].Factuality[0], x)
		} else {
			place(&d.Events[k-len(d.Statements)].Factuality[0], x)
		}
	}
}

// place sets the degree of a commitment to where the network puts it within its value: the
// network knows how sure the one who speaks is, and the rules who that is.
func place(c *doc.Commitment, x float64) {
	at := degree(c.Value)
	c.Degree = max(at-0.5, min(at+0.5, x, 3), -3)
}

// all returns the commitments of all holders of what token i tells inside statement s.
func (v *View) all(i, s int) (out []doc.Commitment) {
	for _, holder := range v.around(s) {
		out = append(out, v.Of(i, s, holder))
	}
	return out
}

// head is the token that heads the content of statement s, or the cue of one that has none.
func (v *View) head(s int) int {
	if t := v.of(s).top; t >= 0 {
		return t
	}
	return max(0, v.of(s).verb)
}

// View is one Doc under a Model. It is for one goroutine.
type View struct {
	holders
	m *Model
}

// View returns the Doc, which has its trees, as the model sees it.
func (m *Model) View(d *doc.Doc) *View {
	return &View{*newHolders(d, m.words), m}
}

// Of returns how sure a holder is of what token i tells. Statement is the innermost one whose
// content i stands in, or -1; holder is it, one around it, or doc.ByAuthor. Signs are the
// chain of words that made the value, the innermost first.
func (v *View) Of(i, statement, holder int) doc.Commitment {
	return v.commitment(holder, v.chain(i, statement, holder))
}

// around returns a statement, those around it and the author: who may hold something.
func (v *View) around(s int) (out []int) {
	for ; s >= 0 && len(out) < len(v.d.Statements); s = v.d.Statements[s].Parent {
		out = append(out, s)
	}
	return append(out, doc.ByAuthor)
}

// Judge returns how sure a reporter who takes over what others say and believe is of what
// each of the tokens tells: where a text says «X said that it fell», of the fall as X has it,
// but of what X plans or wants as one who only reports it. So corpora ask that mark one value
// for each word. Degree is on the scale of one of them. The Doc has its trees and, unless
// the model is plain, both kinds of vectors.
func (m *Model) Judge(d *doc.Doc, tokens []int, scale Scale) []doc.Commitment {
	v := m.View(d)
	out := make([]doc.Commitment, len(tokens))
	ops := make([][]operator, len(tokens))
	for k, i := range tokens {
		ops[k] = v.climb(i, everywhere, true, nil)
		out[k] = v.commitment(doc.ByAuthor, reported(ops[k]))
		out[k].Degree = degree(evaluate(ops[k]))
	}
	if m.net != nil {
		for k, x := range m.net.degrees(&v.analysis, tokens, ops, scale) {
			out[k].Degree = x
		}
	}
	return out
}
