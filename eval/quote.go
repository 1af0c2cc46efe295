package eval

import (
	"fmt"
	"sort"
	"unicode"

	"hearsay/doc"
)

// quoteMetrics are the figures of the quote task, in the order shown. Strict ones
// count spans, as a set for each article and role: a source that several statements
// share stands once in the text and counts once, in the gold as in a prediction.
// (CofeNet's evaluation reads spans off one label a token, which is the same. Counted
// as a multiset, once for each statement, a wrong shared source would weigh more.)
var quoteMetrics = []string{"strict source", "strict cue", "strict content", "strict triple",
	"overlap source", "overlap cue", "overlap content", "statement", "nested share"}

// Roles of a statement, in the order of the metrics.
const (
	source = iota
	cue
	content
	roles
)

// QuoteCounts scores the statements of one article, in the order of quoteMetrics:
//   - strict source, cue, content: spans equal after trimming white space; fragments
//     that only white space divides are one; every fragment counts.
//   - strict triple: source, cue and whole content of a statement equal.
//   - overlap: tokens (runs of word characters, or single other marks) that carry the
//     role's label.
//   - statement: the most pairs, one to one, whose cues and contents overlap and whose
//     sources overlap or are both absent.
//   - nested share: predictions whose cue lies inside the content of another, of all
//     predictions, whatever their Parent says. They are left out of all the others,
//     since the gold marks none.
func QuoteCounts(gold, pred *doc.Doc) []Count {
	g := merged(gold.Text, gold.Statements)
	p, nested := outermost(merged(pred.Text, pred.Statements))
	counts := make([]Count, 0, len(quoteMetrics))
	for role := range roles {
		counts = append(counts, common(spanSet(g, role), spanSet(p, role)))
	}
	counts = append(counts, common(tripleSet(g), tripleSet(p)))
	tokens := labelTokens(gold.Text)
	for role := range roles {
		counts = append(counts, common(tokenSet(tokens, g, role), tokenSet(tokens, p, role)))
	}
	edges := make([][]int, len(g))
	for i := range g {
		for j := range p {
			if g[i].tellsLike(p[j]) {
				edges[i] = append(edges[i], j)
			}
		}
	}
	counts = append(counts, Count{matching(edges, len(p)), len(g), len(p)})
	all := len(p) + nested
	return append(counts, Count{nested, all, all})
}

// parts is a statement as it is scored: the spans of each role, trimmed, merged and
// in order. An absent source has none.
type parts [roles][]doc.Span

// merged returns the statements of a text as they are scored.
func merged(text string, statements []doc.Statement) []parts {
	out := make([]parts, len(statements))
	for i, s := range statements {
		out[i] = parts{
			doc.MergeSpans(text, []doc.Span{s.Source.Span}),
			doc.MergeSpans(text, s.Cue.Spans),
			doc.MergeSpans(text, s.Content),
		}
	}
	return out
}

// outermost leaves out the statements whose cue lies inside another's content, and
// returns how many.
func outermost(all []parts) (kept []parts, nested int) {
	for i, s := range all {
		if isNested(all, i) {
			nested++
		} else {
			kept = append(kept, s)
		}
	}
	return kept, nested
}

// isNested says whether the cue of a statement lies inside another's content.
func isNested(all []parts, i int) bool {
	for j, other := range all {
		if i != j && within(all[i][cue], other[content]) {
			return true
		}
	}
	return false
}

// within says whether every span lies inside one of others; no spans lie nowhere.
func within(spans, others []doc.Span) bool {
	for _, s := range spans {
		found := false
		for _, o := range others {
			found = found || o.Contains(s)
		}
		if !found {
			return false
		}
	}
	return len(spans) > 0
}

// tellsLike says whether two statements pass for the same one.
func (s parts) tellsLike(o parts) bool {
	return overlap(s[cue], o[cue]) && overlap(s[content], o[content]) &&
		(overlap(s[source], o[source]) || len(s[source]) == 0 && len(o[source]) == 0)
}

func overlap(a, b []doc.Span) bool {
	for _, s := range a {
		for _, t := range b {
			if s.Overlaps(t) {
				return true
			}
		}
	}
	return false
}

// common counts two sets and what they share.
func common[K comparable](gold, pred map[K]bool) Count {
	c := Count{Gold: len(gold), Pred: len(pred)}
	for k := range pred {
		if gold[k] {
			c.Right++
		}
	}
	return c
}

func spanSet(statements []parts, role int) map[doc.Span]bool {
	set := map[doc.Span]bool{}
	for _, s := range statements {
		for _, span := range s[role] {
			set[span] = true
		}
	}
	return set
}

func tripleSet(statements []parts) map[string]bool {
	set := map[string]bool{}
	for _, s := range statements {
		set[fmt.Sprint(s)] = true
	}
	return set
}

// labelTokens returns the tokens of the overlap score: runs of letters, digits,
// combining marks and underscores, or any other single mark.
func labelTokens(text string) (tokens []doc.Span) {
	open := false // the last token is a run that may go on
	for at, r := range text {
		end := at + len(string(r))
		word := r == '_' || unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)
		switch {
		case unicode.IsSpace(r):
			open = false
		case word && open:
			tokens[len(tokens)-1].End = end
		default:
			tokens = append(tokens, doc.Span{Begin: at, End: end})
			open = word
		}
	}
	return tokens
}

// tokenSet returns which tokens carry a role's label: those that one of its spans
// covers at least in part.
func tokenSet(tokens []doc.Span, statements []parts, role int) map[int]bool {
	set := map[int]bool{}
	for span := range spanSet(statements, role) {
		first := sort.Search(len(tokens), func(i int) bool { return tokens[i].End > span.Begin })
		for i := first; i < len(tokens) && tokens[i].Begin < span.End; i++ {
			set[i] = true
		}
	}
	return set
}
