package read

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"hearsay/doc"
)

var shipped = sync.OnceValues(func() (*Reader, error) { return New(Config{}) })

func reader(t testing.TB) *Reader {
	t.Helper()
	r, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// seeds are articles of our own, whole and broken.
var seeds = []string{
	"Fictional example\n\nEnvoy sees no deal\n\nPORT VALE (Harbour Wire) — “We did not ask,” Mira Toll told reporters. “Not now.\n\n“And not here.”\n\n• He said she said they left.\n\nSource: Harbour Wire\n",
	"<!DOCTYPE html><html><body><article><p>The envoy said that the talks, which she said were dead, would go on in May after all.</p><p>Nobody knew why, an aide said.</p></article></body></html>",
	"\xff\xfeH\x00e\x00 \x00s\x00a\x00i\x00d\x00 \x00n\x00o\x00.\x00",
	"\xef\xbb\xbfHe said no.\r\nShe said yes.\r\n",
	"He said\x00 no \xff\xfe\xf0\x28, “they \x1b[31m said \u202e.",
	"He said that she said that he said that she said that he said that it was over.",
	"“““ he said ””” '' \"\" ‘’ said said said, according to according to",
	"La ministre a déclaré lundi que les négociations reprendraient au mois de mai, selon un communiqué.",
	strings.Repeat("x", 5000) + " said " + strings.Repeat("y.", 3000),
}

// FuzzArticle holds every reading to what must be true of all: no panic, spans that
// lie inside the text and do not cut a character, layers that nest, offsets that cut
// the same parts out again, JSON that is JSON, and text that cannot steer a terminal.
func FuzzArticle(f *testing.F) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	r := reader(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := r.Article("a.txt", raw, Options{})
		if err != nil {
			return // said what it cannot read
		}
		checkLayers(t, d)
		checkEntities(t, d)
		checkJSON(t, d)
		checkText(t, d)
	})
}

func checkLayers(t *testing.T, d *doc.Doc) {
	if !utf8.ValidString(d.Text) {
		t.Fatal("the text is no UTF-8")
	}
	inside := func(what string, s doc.Span) {
		if s.Begin < 0 || s.End > len(d.Text) || s.Begin > s.End ||
			s.Begin < len(d.Text) && !utf8.RuneStart(d.Text[s.Begin]) || s.End < len(d.Text) && !utf8.RuneStart(d.Text[s.End]) {
			t.Fatalf("%s %v is no span of %d bytes of text", what, s, len(d.Text))
		}
	}
	last := 0
	for _, b := range d.Blocks {
		inside("block", b.Span)
		if b.Begin < last || b.Empty() {
			t.Fatalf("block %v is empty or begins before %d", b.Span, last)
		}
		last = b.End
	}
	last = 0
	for _, s := range d.Sentences {
		inside("sentence", s.Span)
		if s.Begin < last || !d.Blocks[s.Block].Contains(s.Span) {
			t.Fatalf("sentence %v begins before %d, or lies outside its block %v", s.Span, last, d.Blocks[s.Block].Span)
		}
		last = s.End
		for i := s.First; i < s.Last; i++ {
			token := d.Tokens[i]
			inside("token", token.Span)
			if !s.Contains(token.Span) {
				t.Fatalf("token %v lies outside its sentence %v", token.Span, s.Span)
			}
			if token.Head != -1 && (token.Head < s.First || token.Head >= s.Last) {
				t.Fatalf("token %d has its head %d outside the sentence", i, token.Head)
			}
		}
	}
	for i, s := range d.Statements {
		if s.Parent < -1 || s.Parent >= len(d.Statements) || s.Parent == i {
			t.Fatalf("statement %d has the parent %d", i, s.Parent)
		}
		steps := 0
		for k := s.Parent; k >= 0; k = d.Statements[k].Parent {
			if steps++; steps > len(d.Statements) {
				t.Fatalf("statement %d is its own ancestor", i)
			}
		}
		if s.Score < 0 || s.Score > 1 {
			t.Fatalf("score %v", s.Score)
		}
		if len(s.Cue.Spans) == 0 || len(s.Content) == 0 {
			t.Fatalf("statement %d lacks cue or content", i)
		}
		inside("source", s.Source.Span)
		inside("addressee", s.Addressee)
		for _, spans := range [][]doc.Span{s.Cue.Spans, s.Content} {
			last := -1
			for _, c := range spans {
				inside("part", c)
				if c.Empty() || c.Begin < last {
					t.Fatalf("statement %d: parts %v are empty or out of order", i, spans)
				}
				last = c.End
			}
		}
		if s.Parent >= 0 {
			in := false
			for _, c := range d.Statements[s.Parent].Content {
				in = in || c.Contains(s.Cue.Spans[0])
			}
			if !in {
				t.Fatalf("the cue of statement %d lies outside the content of its parent %d", i, s.Parent)
			}
		}
	}
}

// checkEntities holds the layers of who, when and where to what their types promise.
func checkEntities(t *testing.T, d *doc.Doc) {
	inside := func(what string, s doc.Span) {
		if s.Begin < 0 || s.End > len(d.Text) || s.Begin >= s.End ||
			!utf8.RuneStart(d.Text[s.Begin]) || s.End < len(d.Text) && !utf8.RuneStart(d.Text[s.End]) {
			t.Fatalf("%s %v is no span of %d bytes of text", what, s, len(d.Text))
		}
	}
	apart := func(what string, n int, span func(int) doc.Span) {
		last := 0
		for i := range n {
			inside(what, span(i))
			if span(i).Begin < last {
				t.Fatalf("%s %d begins at %d, before %d", what, i, span(i).Begin, last)
			}
			last = span(i).End
		}
	}
	apart("name", len(d.Names), func(i int) doc.Span { return d.Names[i].Span })
	apart("time", len(d.Times), func(i int) doc.Span { return d.Times[i].Span })
	apart("place", len(d.Places), func(i int) doc.Span { return d.Places[i].Span })
	first, last := 0, doc.Span{}
	for i, m := range d.Mentions {
		inside("mention", m.Span)
		if m.Begin < last.Begin || m.Begin == last.Begin && m.End > last.End && i > 0 {
			t.Fatalf("mention %v stands behind %v", m.Span, last)
		}
		if m.Entity < 0 || m.Entity > first || m.Entity >= len(d.Entities) {
			t.Fatalf("mention %d is of entity %d, and %d have been mentioned", i, m.Entity, first)
		}
		if m.Entity == first {
			first++
		}
		if m.Head < 0 || m.Head >= len(d.Tokens) || !m.Contains(d.Tokens[m.Head].Span) {
			t.Fatalf("mention %d has its head %d outside", i, m.Head)
		}
		last = m.Span
	}
	for i, e := range d.Entities {
		if e.Name == "" || i >= first {
			t.Fatalf("entity %d has the name %q, and %d are mentioned", i, e.Name, first)
		}
		for _, g := range e.Of {
			if g < 0 || g >= len(d.Entities) || g == i {
				t.Fatalf("entity %d is a member of %d", i, g)
			}
		}
	}
	for i, s := range d.Statements {
		if s.Source.Kind == "" || s.Source.Count < 0 {
			t.Fatalf("statement %d has a source of kind %q and count %d", i, s.Source.Kind, s.Source.Count)
		}
		for _, e := range []int{s.Source.Entity, s.Told} {
			if e < -1 || e >= len(d.Entities) {
				t.Fatalf("statement %d refers to entity %d of %d", i, e, len(d.Entities))
			}
		}
		if s.Source.Span.Empty() && s.Source.Entity >= 0 || s.Addressee.Empty() && s.Told >= 0 {
			t.Fatalf("statement %d is by %d to %d, for whom it has no words", i, s.Source.Entity, s.Told)
		}
	}
}

func checkJSON(t *testing.T, d *doc.Doc) {
	line, err := JSON(d, JSONOptions{Text: true})
	if err != nil {
		t.Fatal(err)
	}
	var r reading
	if err := json.Unmarshal(line, &r); err != nil {
		t.Fatal(err)
	}
	if r.Document.Text != d.Text {
		t.Fatal("the text does not come back")
	}
	runes := []rune(d.Text)
	for i, s := range r.Statements {
		for k, c := range s.Content.Spans {
			if got, want := string(runes[c[0]:c[1]]), d.Slice(d.Statements[i].Content[k]); got != want {
				t.Fatalf("content %v cuts %q out, want %q", c, got, want)
			}
		}
	}
	members, err := CastJSON(d, 0)
	if err != nil {
		t.Fatal(err)
	}
	var c cast
	if err := json.Unmarshal(members, &c); err != nil {
		t.Fatal(err)
	}
	said := 0
	for _, m := range c.Cast {
		said += len(m.Statements)
	}
	if said != len(d.Statements) {
		t.Fatalf("%d statements in the cast, %d in the article", said, len(d.Statements))
	}
	wide, err := Indent(line)
	if err != nil {
		t.Fatal(err)
	}
	var narrow bytes.Buffer
	if err := json.Compact(&narrow, wide); err != nil || !bytes.Equal(narrow.Bytes(), line) {
		t.Fatalf("laid out it is other JSON: %v", err)
	}
}

func checkText(t *testing.T, d *doc.Doc) {
	var b bytes.Buffer
	if err := Text(&b, d, TextOptions{Width: 80}); err != nil {
		t.Fatal(err)
	}
	if err := CastText(&b, d, TextOptions{Width: 80}); err != nil {
		t.Fatal(err)
	}
	for _, r := range b.String() {
		if r != '\n' && r != '\u00ad' && r != '\u200c' && r != '\u200d' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			t.Fatalf("%U would reach the terminal", r)
		}
	}
}

// TestArticleOptions reads what is given and what the options add.
func TestArticleOptions(t *testing.T) {
	r := reader(t)
	d, err := r.Article("a.txt", []byte("The envoy said on Monday that the talks would go on."), Options{Date: "2026-03-15", Outlet: "Harbour Wire"})
	if err != nil {
		t.Fatal(err)
	}
	if m := d.Meta; m.Published != "2026-03-15" || m.Outlet != "Harbour Wire" || m.Language != "en" || m.Path != "a.txt" {
		t.Errorf("meta is %+v", m)
	}
	if len(d.Statements) == 0 || len(d.Sentences) != 1 {
		t.Errorf("%d statements in %d sentences", len(d.Statements), len(d.Sentences))
	}
	d, err = r.Article("b.txt", []byte(seeds[7]), Options{})
	if err != nil || d.Meta.Language != "fr" || len(d.Sentences)+len(d.Statements) > 0 {
		t.Errorf("French: %v, language %q, %d sentences", err, d.Meta.Language, len(d.Sentences))
	}
}

// TestArticleTogether reads the same articles at once and one after the other: the
// same bytes must come out.
func TestArticleTogether(t *testing.T) {
	r := reader(t)
	read := func(s string) string {
		d, err := r.Article("a.txt", []byte(s), Options{})
		if err != nil {
			return err.Error()
		}
		b, err := JSON(d, JSONOptions{Text: true})
		if err != nil {
			return err.Error()
		}
		return string(b)
	}
	want := map[string]string{}
	for _, s := range seeds {
		want[s] = read(s)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for _, s := range seeds {
				if got := read(s); got != want[s] {
					t.Errorf("read beside others: %.200s\nalone: %.200s", got, want[s])
				}
			}
		})
	}
	wait.Wait()
}

// BenchmarkArticle reads the sample that ships, text in to JSON out.
func BenchmarkArticle(b *testing.B) {
	raw, err := os.ReadFile(filepath.Join("..", "testdata", "sample.txt"))
	if err != nil {
		b.Fatal(err)
	}
	r := reader(b)
	b.SetBytes(int64(len(raw)))
	for b.Loop() {
		d, err := r.Article("sample.txt", raw, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := JSON(d, JSONOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	words := float64(len(strings.Fields(string(raw))))
	b.ReportMetric(words*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}
