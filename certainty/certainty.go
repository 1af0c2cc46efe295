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
// statements and events where there are any.
func (m *Model) Annotate(d *doc.Doc) {
	if len(d.Statements)+len(d.Events) == 0 {
		return
	}
	v := m.View(d)
	for i := range d.Statements {
		d.Statements[i].Factuality = nil
		top := v.of(i).top
		if top < 0 {
			top = v.fallback(i)
		}
		for _, holder := range v.around(i) {
			d.Statements[i].Factuality = append(d.Statements[i].Factuality, v.Of(top, i, holder))
		}
	}
	for i := range d.Events {
		e := &d.Events[i]
		e.Factuality = nil
		for _, holder := range v.around(e.Statement) {
			e.Factuality = append(e.Factuality, v.Of(e.Head, e.Statement, holder))
		}
	}
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

// fallback is a token for a statement without content: its cue, or the first of all.
func (v *View) fallback(s int) int { return max(0, v.of(s).verb) }

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
			if scale == News {
				out[k].Value = settle(out[k].Value, x)
			}
		}
	}
	return out
}
