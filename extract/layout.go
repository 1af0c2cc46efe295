package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay/doc"
)

// Layout fills d.Blocks from the lines of d.Text.
func Layout(d *doc.Doc) {
	d.Blocks = d.Blocks[:0]
	lines := splitLines(d.Text)
	for i := 0; i < len(lines); {
		if lines[i].Empty() {
			i++
			continue
		}
		j := i + 1
		for j < len(lines) && !lines[j].Empty() {
			j++
		}
		if n := wrapped(d.Text, lines[i:j]); n > 1 {
			addBlock(d, doc.Span{Begin: lines[i].Begin, End: lines[i+n-1].End})
			i += n
			continue
		}
		addBlock(d, lines[i])
		i++
	}
	headlines(d)
}

// splitLines returns the lines of text without white space at their ends; blank
// lines are empty spans.
func splitLines(text string) (lines []doc.Span) {
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		lines = append(lines, doc.Span{Begin: at, End: end}.Trim(text))
		at = end + 1
	}
	return lines
}

// wrapped returns how many of the lines at the start of a run without blank lines
// are one paragraph broken at a fixed width: each line but the last was broken
// where its next word would not have fitted in the longest. 1: not wrapped.
func wrapped(text string, run []doc.Span) int {
	if len(run) < 2 {
		return 1
	}
	width := 0
	for _, l := range run {
		width = max(width, utf8.RuneCountInString(text[l.Begin:l.End]))
	}
	if width < 40 || width > 110 {
		return 1
	}
	// One paragraph a line also looks so where the lines are short: then most of
	// them end a sentence.
	ends := 0
	for _, l := range run[:len(run)-1] {
		if strings.ContainsAny(text[l.End-1:l.End], ".!?\"") || strings.HasSuffix(text[:l.End], "”") {
			ends++
		}
	}
	if ends*2 >= len(run)-1 {
		return 1
	}
	n := 1
	for n < len(run) {
		next := text[run[n].Begin:run[n].End]
		word, _, _ := strings.Cut(next, " ")
		if utf8.RuneCountInString(text[run[n-1].Begin:run[n-1].End])+1+utf8.RuneCountInString(word) <= width-2 || bullet(next) > 0 {
			break
		}
		n++
	}
	return n
}

var (
	bulletRE = regexp.MustCompile(`^(?:[-*•‣◦▪–·]|\d{1,2}[.)]|[a-z]\))[ \t\x{a0}]+`)
	bylineRE = regexp.MustCompile(`^(?:By|BY) \p{Lu}[\p{L}.'’-]+(?:,? (?:and|\p{Lu}[\p{L}.'’-]*)){1,9}$`)
	// "March 3, 2021", "Updated: 4 March 2021, 9:30 a.m."
	dateLineRE = regexp.MustCompile(`^(?:(?:Updated|Published|Posted):? )?(?:` + dateForm + `)(?:[,|]? ?(?:at )?\d{1,2}:\d{2}.{0,12})?$`)
	creditRE   = regexp.MustCompile(`^(?:\(?(?:Additional r|R)eporting by |\(?(?:Writing|Editing) by |(?:Source|Credit|Photo|Image|Via)s?: )|(?:contributed to this (?:report|article|story)\.?\)?$)`)
	creditOf   = regexp.MustCompile(`^(?:Source|Credit|Via)s?: (.{2,60})$`)
	agencyOf   = regexp.MustCompile(`^(?:The )?(.{2,60}?) contributed to this`)
	boilerRE   = regexp.MustCompile(`^(?i:read (?:more|the full|the original|next|also)\b.{0,90}$|click here|follow .{2,40} on (?:twitter|facebook|instagram|x)\b|sign up (?:for|to)|subscribe (?:to|now|here)|advertisement$|story continues below|share this|related:|related (?:stories|articles|coverage)|copyright\b|©|all rights reserved|\(?h/t\b|editor[’']s note:|watch (?:the video|below|:)|like us on facebook|fictional example)`)
	datelineR  = regexp.MustCompile(`^(?:\p{Lu}[\p{Lu}.'’/ -]{2,30}(?:, (?:\p{Lu}[\p{L}.]+ ?){1,3})?(?:, (?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)\p{Ll}*\.? \d{1,2})?(?: \((?:\p{Lu}[\p{L}/ ]{1,30})\))?|(?:\p{Lu}\p{Ll}+\.? \d{1,2} )\(\p{Lu}{2,8}\)) ?(?:—|–|--|-) `)
	agencyRE   = regexp.MustCompile(`\((\p{Lu}[\p{L}/ ]{1,30})\)`)
)

// bullet returns the length of the mark that opens a list item, 0 if there is none.
func bullet(line string) int {
	return len(bulletRE.FindString(line[:min(len(line), 16)]))
}

// addBlock adds the blocks of one run of text: a paragraph, perhaps with a dateline
// of its own before it, or what its form says it is.
func addBlock(d *doc.Doc, s doc.Span) {
	text := d.Text[s.Begin:s.End]
	add := func(s doc.Span, k doc.BlockKind) { d.Blocks = append(d.Blocks, doc.Block{Span: s, Kind: k}) }
	if n := bullet(text); n > 0 {
		if item := (doc.Span{Begin: s.Begin + n, End: s.End}).Trim(d.Text); !item.Empty() {
			add(item, doc.Item)
		}
		return
	}
	short := len(text) < 300
	switch {
	case short && len(text) < 120 && (bylineRE.MatchString(text) || dateLineRE.MatchString(text)):
		add(s, doc.Byline)
		return
	case short && creditRE.MatchString(text):
		add(s, doc.Credit)
		return
	case short && boilerRE.MatchString(text):
		add(s, doc.Boilerplate)
		return
	}
	if m := datelineR.FindString(text[:min(len(text), 120)]); m != "" && len(text) > len(m)+20 {
		line := doc.Span{Begin: s.Begin, End: s.Begin + len(m)}.Trim(d.Text)
		add(line, doc.Dateline)
		s.Begin += len(m)
		s = s.Trim(d.Text)
	}
	add(s, doc.Paragraph)
}

// headlines marks short lines without a full stop that stand above paragraphs: the
// first of the text, and others in title case or capitals.
func headlines(d *doc.Doc) {
	first := true
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if b.Kind != doc.Paragraph {
			continue
		}
		text := d.Text[b.Begin:b.End]
		more := i+1 < len(d.Blocks)
		opens := first
		first = false
		if !more || len(text) > 160 || !headlineForm(text) {
			continue
		}
		words, capital := 0, 0
		for _, w := range strings.Fields(text) {
			r, _ := utf8.DecodeRuneInString(w)
			if len(w) > 3 || unicode.IsUpper(r) {
				words++
				if unicode.IsUpper(r) || unicode.IsDigit(r) {
					capital++
				}
			}
		}
		if opens || words > 0 && capital*10 >= words*8 && len(text) <= 90 {
			b.Kind = doc.Headline
		}
	}
}

// headlineForm says whether a line could be a headline: no full stop or other
// closing mark at its end, and it is not a quotation.
func headlineForm(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	switch last {
	case '.', '!', '?', ':', ';', ',', '"', '”', '…', '-', '—', '–', ')':
		return last == '?' && len(text) < 90
	}
	open, _ := utf8.DecodeRuneInString(text)
	return open != '"' && open != '“'
}
