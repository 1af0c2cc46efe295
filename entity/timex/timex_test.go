package timex_test

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hearsay/doc"
	"hearsay/entity/timex"
)

// annotate reads a text that was published on a day.
func annotate(parse func(*doc.Doc), text, published string) *doc.Doc {
	d := doc.New(text)
	d.Meta.Published = published
	parse(d)
	timex.Annotate(d)
	return d
}

// check says what every reading has: spans in order, apart from each other, inside the
// text at the borders of code points, and with types and values.
func check(t *testing.T, d *doc.Doc) {
	t.Helper()
	end := 0
	for _, x := range d.Times {
		if x.Begin < end || x.End <= x.Begin || x.End > len(d.Text) || !utf8.ValidString(d.Slice(x.Span)) {
			t.Fatalf("span %v after %d in a text of %d bytes", x.Span, end, len(d.Text))
		}
		end = x.End
		if !wellFormed(x) {
			t.Errorf("%q is %s %q", d.Slice(x.Span), x.Type, x.Value)
		}
	}
}

// wellFormed says whether a value is one that TIMEX3 knows, with months, days, weeks and
// hours that there are.
func wellFormed(x doc.Time) bool {
	v := x.Value
	switch v {
	case "PRESENT_REF", "PAST_REF", "FUTURE_REF":
		return true
	}
	if v == "" || strings.Trim(v, "0123456789ABCDEFHILMNOPQSTUVWXY-:.") != "" {
		return false
	}
	if v[0] == 'P' {
		return len(v) > 2 && (x.Type == doc.Duration || x.Type == doc.Set)
	}
	day, clock, _ := strings.Cut(v, "T")
	if len(clock) == 5 && clock[2] == ':' && (clock[:2] > "24" || clock[3:] > "59") {
		return false
	}
	if len(day) == 10 && !strings.ContainsAny(day, "XBWQ") {
		_, err := time.Parse(time.DateOnly, day)
		return err == nil
	}
	if len(day) == 7 && !strings.ContainsAny(day, "XBWQHSF") {
		_, err := time.Parse("2006-01", day)
		return err == nil
	}
	return true
}

// TestBadInput reads what nobody would write and what no calendar has.
func TestBadInput(t *testing.T) {
	parse := parser(t)
	for _, c := range []struct{ name, text, published string }{
		{"empty", "", "2022-03-16"},
		{"blank", " \n\n ", "2022-03-16"},
		{"many articles", strings.Repeat("the a an its ", 100), ""},
		{"many numbers", strings.Repeat("twenty hundred thousand and ", 100), ""},
		{"long digits", strings.Repeat("9", 5000) + " days ago", "2022-03-16"},
		{"days before our era", "It happened 900000 days ago.", "2022-03-16"},
		{"years before our era", "It happened 9000 years ago, 99999999 years ago and 3 millennia ago.", "2022-03-16"},
		{"years to come", "It will happen 9000 years from now. In 9999 and 10000 BC it had. In 0 BC and AD 0 it did not.", "2022-03-16"},
		{"no such day", "On February 30, 2021, on June 31 and on 32 May it rained at 25:61 and 99 p.m. on 2021-13-45.", "2022-03-16"},
		{"the first day", "Yesterday, last week, last month, last year and last century it rained.", "0001-01-01"},
		{"the last day", "Tomorrow, next week, next month, next year and next Monday it will rain.", "9999-12-31"},
		{"no day of publication", "Yesterday, last week, next month, last Monday, on Friday, three days ago and at Easter it rained.", ""},
		{"no date", "On Monday it rained.", "yesterday"},
		{"a leap day", "On Feb. 29 it rained, and on February 29, 2021, it did not.", "2022-03-16"},
		{"cut short", "On March", "2022-03-16"},
		{"odd marks", "’90s ‘90s – '—' “Monday” 5 p.m.–6 p.m. in 1990–91", "2022-03-16"},
	} {
		t.Run(c.name, func(t *testing.T) { check(t, annotate(parse, c.text, c.published)) })
	}
}

// unparsed returns a text with one sentence and without tokens.
func unparsed(text, published string) *doc.Doc {
	d := doc.New(text)
	d.Meta.Published = published
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: len(text)}}}
	return d
}

// TestLong reads texts that are long and full of times; all take less than a second.
func TestLong(t *testing.T) {
	for _, c := range []struct {
		name, part string
		times      int // in a thousand parts; -1: any number
	}{
		{"five thousand dates", "On March 3, 2021, on 4 May, on Monday, in 1990 and for 3 days it rained. ", 5000},
		{"phrases in phrases", "the last week of the night of the end of ", -1},
		{"articles", "the a an its ", 0},
		{"numbers", "twenty hundred thousand and ", 0},
		{"digits", "1234567890", 0},
		{"hyphens", "mid-", 0},
		{"ranges", "1-2 or 3 to 4-", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := unparsed(strings.Repeat(c.part, 1000), "2022-03-16")
			timex.Annotate(d)
			check(t, d)
			if c.times >= 0 && len(d.Times) != c.times {
				t.Errorf("%d times, want %d", len(d.Times), c.times)
			}
		})
	}
}

// TestAgain reads an article twice: the second reading takes the place of the first.
func TestAgain(t *testing.T) {
	d := annotate(parser(t), "On Monday it rained. It will rain on Friday for three hours.", "2022-03-16")
	first := append([]doc.Time(nil), d.Times...)
	timex.Annotate(d)
	if !reflect.DeepEqual(first, d.Times) {
		t.Errorf("first %v, then %v", first, d.Times)
	}
}

// TestWithoutTokens reads a text that has sentences alone: times are found all the same.
func TestWithoutTokens(t *testing.T) {
	text := "On March 3, 2021, it rained for three weeks."
	d := unparsed(text, "")
	timex.Annotate(d)
	if len(d.Times) != 2 || d.Times[0].Value != "2021-03-03" || d.Times[1].Value != "P3W" {
		t.Errorf("times %v", d.Times)
	}
}

// FuzzAnnotate checks what every reading has, without words and with words whose tags
// and heads, which are no tree, come from the seed.
func FuzzAnnotate(f *testing.F) {
	for _, s := range []string{
		"On Monday, March 3, 2021, at 5 p.m. EST, it rained for two and a half years.",
		"In 499-493 BC and the late '80s, 2 1/2 weeks ago, Q3 of fiscal 2021, mid-1996",
		"twenty-five hundred and one days from now every other Tuesday night until May",
		"the last week of the first half of the 20th century’s 90s",
		"each of the past three years; the 1988 third quarter; the week of March 6; 28 and 29 August",
	} {
		f.Add(s, "2022-03-16", 3)
		f.Add(s, "", 7)
	}
	xpos := []string{"NN", "NNS", "NNP", "VBD", "VBN", "VB", "MD", "JJ", "CD", "IN", "TO", "VBZ", "VBG"}
	upos := []string{"NOUN", "NOUN", "PROPN", "VERB", "VERB", "VERB", "AUX", "ADJ", "NUM", "ADP", "PART", "VERB", "VERB"}
	rels := []string{"obl:unmarked", "nummod", "aux", "compound", "cop", "mark", "nmod:poss", "acl"}
	f.Fuzz(func(t *testing.T, text, published string, seed int) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		if text == "" {
			t.Skip()
		}
		d := unparsed(text, published)
		timex.Annotate(d)
		check(t, d)
		n := len(strings.Fields(text))
		at := 0
		for i, w := range strings.Fields(text) {
			at += strings.Index(text[at:], w)
			k := int(uint(seed*(i+1)) % 104)
			d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: at, End: at + len(w)}, Head: k%(n+1) - 1,
				XPOS: xpos[k%13], UPOS: upos[k%13], Rel: rels[k%8], Lemma: strings.ToLower(w)})
			at += len(w)
		}
		d.Sentences[0].Last = n
		timex.Annotate(d)
		check(t, d)
	})
}

// BenchmarkAnnotate reads invented news of which every third sentence has a time; it
// reports words a second.
func BenchmarkAnnotate(b *testing.B) {
	d := doc.New(strings.Repeat("The minister said on Monday that the ministry of the interior would not take part in the talks. "+
		"Nobody in the town knew why the bridge over the river had been closed to the trucks of the mill. "+
		"The mayor, a former judge with many friends in the capital, told reporters that the case was not over yet. ", 40))
	d.Meta.Published = "2022-03-16"
	parser(b)(d)
	words := len(strings.Fields(d.Text))
	b.ReportAllocs()
	for b.Loop() {
		timex.Annotate(d)
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
