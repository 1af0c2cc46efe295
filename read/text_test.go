package read

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"hearsay/doc"
)

func TestText(t *testing.T) {
	for _, test := range []struct {
		name   string
		of     *doc.Doc
		widths []int
	}{{"hand", hand(t), []int{80, 160}}, {"desk", desk(t), []int{40, 80, 160}}} {
		for _, w := range test.widths {
			for _, color := range []bool{false, true} {
				name := fmt.Sprintf("%s-%d.txt", test.name, w)
				if color {
					name = fmt.Sprintf("%s-%d-color.txt", test.name, w)
				}
				t.Run(name, func(t *testing.T) {
					var b bytes.Buffer
					if err := Text(&b, test.of, TextOptions{Width: w, Color: color}); err != nil {
						t.Fatal(err)
					}
					golden(t, name, b.Bytes())
				})
			}
		}
	}
}

// TestTextWidth checks that no line is wider than asked, at widths where every word
// fits and at widths where none does.
func TestTextWidth(t *testing.T) {
	d := hand(t)
	d.Statements[0].Addressee = d.Statements[0].Content[0]
	checkWidth(t, d)
	d = desk(t)
	d.Entities[0].Name = "Mira " + strings.Repeat("Toll", 30)
	checkWidth(t, d)
}

func checkWidth(t *testing.T, d *doc.Doc) {
	t.Helper()
	for w := leastWidth; w <= 200; w += 7 {
		var b bytes.Buffer
		if err := Text(&b, d, TextOptions{Width: w}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if n := width(line); n > w {
				t.Errorf("at %d columns a line takes %d: %s", w, n, line)
			}
		}
	}
}

// TestTextMarks shows how marks nest, cross and are shared.
func TestTextMarks(t *testing.T) {
	for _, test := range []struct {
		name, text string
		statements func(at func(string) doc.Span) []doc.Statement
		want       string
	}{
		{"one source of two statements", "He said no and denied all.", func(at func(string) doc.Span) []doc.Statement {
			he := doc.Source{Span: at("He")}
			return []doc.Statement{
				{Parent: -1, Source: he, Cue: doc.Cue{Spans: []doc.Span{at("said")}}, Content: []doc.Span{at("no")}},
				{Parent: -1, Source: he, Cue: doc.Cue{Spans: []doc.Span{at("denied")}}, Content: []doc.Span{at("all")}},
			}
		}, "{1,2 He} <1 said> [1 no] and <2 denied> [2 all]."},
		{"a source inside its content", "The plan, she said, is dead.", func(at func(string) doc.Span) []doc.Statement {
			return []doc.Statement{{Parent: -1, Source: doc.Source{Span: at("she")}, Cue: doc.Cue{Spans: []doc.Span{at("said")}},
				Content: []doc.Span{at("The plan, she said, is dead")}}}
		}, "[1 The plan, {1 she} <1 said>, is dead]."},
		{"parts that cross", "They fear he said no.", func(at func(string) doc.Span) []doc.Statement {
			return []doc.Statement{
				{Parent: -1, Cue: doc.Cue{Spans: []doc.Span{at("fear")}}, Content: []doc.Span{at("he said")}},
				{Parent: -1, Cue: doc.Cue{Spans: []doc.Span{at("They")}}, Content: []doc.Span{at("said no")}},
			}
		}, "<2 They> <1 fear> [1 he [2 said]] [2 no]."},
		{"parts that touch", "“No”he said.", func(at func(string) doc.Span) []doc.Statement {
			return []doc.Statement{{Parent: -1, Source: doc.Source{Span: at("he")}, Cue: doc.Cue{Spans: []doc.Span{at("said")}},
				Content: []doc.Span{at("“No”")}}}
		}, "[1 “No”]{1 he} <1 said>."},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := doc.New(test.text)
			d.Blocks = []doc.Block{{Span: doc.Span{End: len(test.text)}}}
			d.Statements = test.statements(func(s string) doc.Span {
				i := strings.Index(test.text, s)
				if i < 0 {
					t.Fatalf("%q does not stand in %q", s, test.text)
				}
				return doc.Span{Begin: i, End: i + len(s)}
			})
			var b bytes.Buffer
			if err := Text(&b, d, TextOptions{Width: 100}); err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(b.String(), "\n"+test.want+"\n") {
				t.Errorf("got\n%s\nwant in it\n%s", b.String(), test.want)
			}
		})
	}
}

// TestTextEscapes checks that nothing an article holds reaches the terminal raw.
func TestTextEscapes(t *testing.T) {
	d := doc.New("Red \x1b[31malert\x07 \u202elatem\u202c \u009b2J\ttab.")
	d.Meta = doc.Meta{Path: "a\x1b]0;x\x07.txt", Title: "T\x1b[2J", Byline: "\u2066x", Language: "\x1b"}
	d.Blocks = []doc.Block{{Span: doc.Span{End: len(d.Text)}}}
	all := doc.Span{End: len(d.Text)}
	d.Statements = []doc.Statement{{Parent: -1, Source: doc.Source{Span: all, Kind: "\x1b"}, Content: []doc.Span{all},
		Cue: doc.Cue{Spans: []doc.Span{all}}, Quotation: "direct", Addressee: all}}
	var b bytes.Buffer
	if err := Text(&b, d, TextOptions{Width: 100}); err != nil {
		t.Fatal(err)
	}
	for _, r := range b.String() {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			t.Errorf("%U is in the output:\n%q", r, b.String())
			break
		}
	}
	for _, want := range []string{`\x1b[31malert\x07`, `\u202elatem\u202c`, `\x9b2J`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s is not in the output:\n%s", want, b.String())
		}
	}
}

func TestPrintable(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"plain", "Søren “said” 🕊", "Søren “said” 🕊"},
		{"escape", "a\x1b[31mb", `a\x1b[31mb`},
		{"no UTF-8", "a\xffb", `a\xffb`},
		{"replacement character", "a\uFFFDb", "a\uFFFDb"},
		{"bidi", "a\u202eb", `a\u202eb`},
		{"line separator", "a\u2028b", `a\u2028b`},
		{"emoji joiner", "👩\u200d🚀", "👩\u200d🚀"},
		{"newline", "a\nb", `a\x0ab`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := Printable(test.in); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestTextLongWord checks that a megabyte without a space is laid out in linear time
// and within the width.
func TestTextLongWord(t *testing.T) {
	d := doc.New(strings.Repeat("x", 1<<20))
	d.Blocks = []doc.Block{{Span: doc.Span{End: len(d.Text)}}}
	var b bytes.Buffer
	if err := Text(&b, d, TextOptions{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(b.String(), "\n"); n < len(d.Text)/80 {
		t.Errorf("%d lines", n)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, fmt.Errorf("no space") }

func TestTextWriteError(t *testing.T) {
	if err := Text(failing{}, hand(t), TextOptions{}); err == nil {
		t.Error("a failed write gave no error")
	}
}
