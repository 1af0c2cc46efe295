package doc

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Span is the half-open range [Begin, End) of byte offsets into Doc.Text.
// A span with Begin == End is empty and stands for "none".
type Span struct{ Begin, End int }

// Empty says whether the span covers nothing.
func (s Span) Empty() bool { return s.End <= s.Begin }

// Len returns the number of bytes covered.
func (s Span) Len() int { return s.End - s.Begin }

// Contains says whether t lies inside s. An empty t lies nowhere.
func (s Span) Contains(t Span) bool {
	return !t.Empty() && s.Begin <= t.Begin && t.End <= s.End
}

// Overlaps says whether the spans share at least one byte.
func (s Span) Overlaps(t Span) bool { return max(s.Begin, t.Begin) < min(s.End, t.End) }

// Trim returns the span of text without white space at either end.
func (s Span) Trim(text string) Span {
	if s.Empty() {
		return s
	}
	part := text[s.Begin:s.End]
	left := len(part) - len(strings.TrimLeftFunc(part, unicode.IsSpace))
	part = strings.TrimSpace(part)
	return Span{s.Begin + left, s.Begin + left + len(part)}
}

// MergeSpans sorts spans, trims white space and joins those that only white
// space divides. Empty ones are dropped.
func MergeSpans(text string, spans []Span) []Span {
	out := make([]Span, 0, len(spans))
	for _, s := range spans {
		if s = s.Trim(text); !s.Empty() {
			out = append(out, s)
		}
	}
	sort.Slice(out, func(i, j int) bool {
		return out[i].Begin < out[j].Begin || out[i].Begin == out[j].Begin && out[i].End < out[j].End
	})
	n := 0
	for _, s := range out {
		if n > 0 {
			last := &out[n-1]
			if s.Begin <= last.End || strings.TrimSpace(text[last.End:s.Begin]) == "" {
				last.End = max(last.End, s.End)
				continue
			}
		}
		out[n] = s
		n++
	}
	return out[:n]
}

// Offsets converts byte offsets of one text to code point offsets. The text
// must be valid UTF-8, as every Doc.Text is.
type Offsets struct {
	text  string
	marks []int // code points that begin before every 64th byte; nil for ASCII
}

const offsetStride = 64

// NewOffsets scans text once and returns its converter.
func NewOffsets(text string) *Offsets {
	o := &Offsets{text: text}
	if runeStarts(text) == len(text) {
		return o
	}
	o.marks = make([]int, 0, len(text)/offsetStride+1)
	n := 0
	for i := 0; i <= len(text); i += offsetStride {
		o.marks = append(o.marks, n)
		n += runeStarts(text[i:min(i+offsetStride, len(text))])
	}
	return o
}

func runeStarts(s string) (n int) {
	for i := 0; i < len(s); i++ {
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return n
}

// Rune returns the number of code points that begin before byte offset b, which
// must lie between 0 and len(text).
func (o *Offsets) Rune(b int) int {
	if o.marks == nil {
		return b
	}
	k := b / offsetStride
	return o.marks[k] + runeStarts(o.text[k*offsetStride:b])
}

// Span returns the code point offsets of a span.
func (o *Offsets) Span(s Span) [2]int { return [2]int{o.Rune(s.Begin), o.Rune(s.End)} }
