package timex

import (
	"unicode/utf8"

	"hearsay/doc"
)

// atom is a run of letters, a run of digits, or a single mark. Time expressions are
// read over atoms and not over tokens, so that "10am", "1970s" and "third-quarter" are
// read alike however they were split into words.
type atom struct {
	begin, end int // bytes of the text
	entry          // what the list knows of the word
	num        int // value of a run of digits, -1 for anything else or more than nine digits
	digits     int // how many digits
	mark       byte
	glued      bool // nothing stands between it and the atom before
	upper      bool // begins with a capital
	tok        int  // the token in which it begins, -1 where there is none
}

// atomize appends the atoms of a sentence.
func atomize(d *doc.Doc, s doc.Sentence, out []atom) []atom {
	text, tok := d.Text, s.First
	i := s.Begin
	last := -1
	for i < s.End {
		c := text[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' {
			i++
			continue
		}
		a := atom{begin: i, num: -1, glued: last == i}
		switch {
		case c >= '0' && c <= '9':
			n := 0
			for i < s.End && text[i] >= '0' && text[i] <= '9' {
				if a.digits++; a.digits <= 9 {
					n = 10*n + int(text[i]-'0')
				}
				i++
			}
			if a.digits <= 9 {
				a.num = n
			}
		case letter(c):
			i = a.word(text, i, s.End)
		default:
			a.mark, i = markAt(text, i)
			i = min(i, s.End)
		}
		a.end = i
		last = i
		for tok < s.Last && d.Tokens[tok].End <= a.begin {
			tok++
		}
		a.tok = -1
		if tok < s.Last && d.Tokens[tok].Begin < a.end {
			a.tok = tok
		}
		out = append(out, a)
	}
	return out
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// markAt returns the mark at i, curly and long ones as their plain kin, and where it
// ends. A letter beyond ASCII is a mark of no meaning.
func markAt(text string, i int) (byte, int) {
	if text[i] < utf8.RuneSelf {
		return text[i], i + 1
	}
	r, n := utf8.DecodeRuneInString(text[i:])
	switch r {
	case '’', '‘':
		return '\'', i + n
	case '–', '—', '‑', '−':
		return '-', i + n
	case '£', '€', '¥':
		return '$', i + n
	}
	return '?', i + n
}

// word reads a run of letters from i, looks it up, and returns where it ends. "a.m.",
// "B.C." and abbreviations of months take their full stops with them.
func (a *atom) word(text string, i, end int) int {
	a.upper = text[i] < 'a'
	var buf [12]byte
	n, j := 0, i
	for j < end && (letter(text[j]) || text[j] >= utf8.RuneSelf && joins(text, j)) {
		if n < len(buf) && text[j] < utf8.RuneSelf {
			buf[n] = text[j] | 0x20
		}
		n++
		j++
	}
	if n == 1 && j+1 < end && text[j] == '.' {
		if e, to := dotted(text, i, end); to > 0 {
			a.entry = e
			return to
		}
	}
	if n > len(buf) {
		return j
	}
	if n == 2 && buf[1] == 'm' && (buf[0] == 'a' || buf[0] == 'p') {
		a.entry = entry{class: amPM, val: 12 * int(buf[0]&0x10) / 16}
		return j
	}
	if n == 1 && buf[0] == 'o' && j+1 < end {
		// "o'clock"
		if m, to := markAt(text, j); m == '\'' && to+5 <= end && text[to:to+5] == "clock" {
			a.entry = entry{class: oclock}
			return to + 5
		}
	}
	e, ok := words[string(buf[:n])]
	if !ok {
		return j
	}
	a.entry = e
	if e.short && j < end && text[j] == '.' {
		a.short = false
		j++
	}
	return j
}

// joins says whether the bytes at j, beyond ASCII, belong to a letter.
func joins(text string, j int) bool {
	if !utf8.RuneStart(text[j]) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(text[j:])
	return r < 0x2000
}

// dotted reads "a.m.", "p.m.", "a. m.", "B.C.", "A.D." from i; to is 0 for others.
func dotted(text string, i, end int) (e entry, to int) {
	j := i + 2
	if j < end && text[j] == ' ' {
		j++
	}
	if j >= end || j+1 < end && letter(text[j+1]) {
		return e, 0
	}
	switch [2]byte{text[i] | 0x20, text[j] | 0x20} {
	case [2]byte{'a', 'm'}:
		e = entry{class: amPM}
	case [2]byte{'p', 'm'}:
		e = entry{class: amPM, val: 12}
	case [2]byte{'b', 'c'}:
		e = entry{class: bc}
	case [2]byte{'a', 'd'}:
		e = entry{class: ad}
	default:
		return e, 0
	}
	if j++; j < end && text[j] == '.' {
		j++
	}
	return e, j
}
