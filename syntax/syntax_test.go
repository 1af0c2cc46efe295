package syntax_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/encode"
	"hearsay/models"
	"hearsay/syntax"
)

var update = flag.Bool("update", false, "rewrite testdata with what comes out")

// parser reads syntax from text.
type parser interface{ Annotate(*doc.Doc) }

// parsers are the default one, with the encoder before it, and that of --fast.
func parsers(t testing.TB) map[string]parser {
	t.Helper()
	f, err := encode.Read(models.Bytes("reader"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := encode.Load(f)
	if err != nil {
		t.Fatal(err)
	}
	m, err := syntax.Load(models.Bytes("split"))
	if err != nil {
		t.Fatal(err)
	}
	if err := m.LoadHeads(f, encode.Dim); err != nil {
		t.Fatal(err)
	}
	return map[string]parser{"default": neural{m, e}, "fast": load(t)}
}

// neural encodes between splitting and parsing.
type neural struct {
	*syntax.Model
	encode *encode.Model
}

func (n neural) Annotate(d *doc.Doc) {
	n.Split(d)
	n.encode.Annotate(d)
	n.Parse(d)
}

func load(t testing.TB) *syntax.Model {
	t.Helper()
	m, err := syntax.Load(models.Bytes("split"))
	if err != nil {
		t.Fatal(err)
	}
	if err := m.LoadLinear(models.Bytes("syntax")); err != nil {
		t.Fatal(err)
	}
	return m
}

// TestSentences compares sentences and words with testdata/sentences.txt.
func TestSentences(t *testing.T) {
	m := load(t)
	raw, err := os.ReadFile("testdata/sentences.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, entry := range strings.Split(strings.TrimSpace(string(raw)), "\n\n") {
		if strings.HasPrefix(entry, "#") {
			out.WriteString(entry + "\n\n")
			continue
		}
		text, want, _ := strings.Cut(entry, "\n")
		d := doc.New(text)
		m.Annotate(d)
		var got []string
		for _, s := range d.Sentences {
			var words []string
			for i := s.First; i < s.Last; i++ {
				words = append(words, d.Word(i))
			}
			got = append(got, "    "+strings.Join(words, " "))
		}
		out.WriteString(text + "\n" + strings.Join(got, "\n") + "\n\n")
		if g := strings.Join(got, "\n"); g != want && !*update {
			t.Errorf("%s\ngot\n%s\nwant\n%s", text, g, want)
		}
	}
	if *update {
		if err := os.WriteFile("testdata/sentences.txt", []byte(strings.TrimSpace(out.String())+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTrees checks heads, relations and lemmas of short sentences.
func TestTrees(t *testing.T) {
	for name, m := range parsers(t) {
		t.Run(name, func(t *testing.T) { trees(t, m) })
	}
}

func trees(t *testing.T, m parser) {
	for _, c := range []struct{ text, want string }{
		{"The minister denied the report.", "the<minister:det minister<denied:nsubj deny<-:root the<report:det report<denied:obj .<denied:punct"},
		{"Two officials said talks had failed.", "two<officials:nummod official<said:nsubj say<-:root talk<failed:nsubj have<failed:aux fail<said:ccomp .<said:punct"},
		{"According to the ministry, exports fell.", "accord<ministry:case to<according:fixed the<ministry:det ministry<fell:obl ,<ministry:punct export<fell:nsubj fall<-:root .<fell:punct"},
	} {
		d := doc.New(c.text)
		m.Annotate(d)
		var got []string
		for _, k := range d.Tokens {
			head := "-"
			if k.Head >= 0 {
				head = strings.ToLower(d.Word(k.Head))
			}
			got = append(got, strings.ToLower(k.Lemma)+"<"+head+":"+k.Rel)
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.text, g, c.want)
		}
	}
}

// FuzzAnnotate holds the invariants of the layer on any text: words lie in order
// inside their sentence and block, cover all that is no space, and every sentence is
// one tree.
func FuzzAnnotate(f *testing.F) {
	for _, s := range []string{"", "He said no.", "a\x00b \x00", `"""'' n't`, strings.Repeat("x", 1000), "“‘»—…", "U.S. U.N.\n\n- item", strings.Repeat("( ", 400)} {
		f.Add(s)
	}
	all := parsers(f)
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		for name, m := range all {
			d := doc.New(text)
			m.Annotate(d)
			invariants(t, name, d)
		}
	})
}

// invariants are what holds of any text's sentences, words and trees.
func invariants(t *testing.T, name string, d *doc.Doc) {
	t.Helper()
	text := d.Text
	at := 0
	for _, s := range d.Sentences {
		roots := 0
		for i := s.First; i < s.Last; i++ {
			k := d.Tokens[i]
			if k.Begin < at || k.End <= k.Begin || k.End > len(text) || k.Begin < s.Begin || k.End > s.End {
				t.Fatalf("word %d is at %v in sentence %v after %d", i, k.Span, s.Span, at)
			}
			if gap := text[at:k.Begin]; strings.Trim(gap, " \t\r\n\v\f\x00") != "" && strings.TrimSpace(strings.ReplaceAll(gap, "\x00", "")) != "" {
				t.Fatalf("%q lies outside all words", gap)
			}
			at = k.End
			if k.Head < 0 {
				roots++
				if k.Rel != "root" {
					t.Fatalf("root has relation %q", k.Rel)
				}
			} else if k.Head < s.First || k.Head >= s.Last || k.Head == i {
				t.Fatalf("word %d has head %d outside %d to %d", i, k.Head, s.First, s.Last)
			}
			for h, n := i, 0; h >= 0; h, n = d.Tokens[h].Head, n+1 {
				if n > s.Last-s.First {
					t.Fatalf("word %d hangs in a ring", i)
				}
			}
		}
		if roots != 1 {
			t.Fatalf("%s: %d roots in %q", name, roots, text[s.Begin:s.End])
		}
	}
}

func BenchmarkAnnotate(b *testing.B) {
	m := load(b)
	text := strings.Repeat("The envoy told reporters on Monday that talks with the ministry had been \"useful,\" though officials said no date was set. ", 40)
	words := len(strings.Fields(text))
	for b.Loop() {
		d := doc.New(text)
		m.Annotate(d)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}
