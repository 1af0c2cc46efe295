package read

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/doc"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden holds got against a file of testdata, or writes it with -update.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (-update writes it anew); got:\n%s", path, got)
	}
}

// hand is an article annotated by hand: four statements, one inside another, one
// with two fragments and one over two paragraphs, and characters of one to four
// bytes before, in and after their parts.
func hand(t testing.TB) *doc.Doc {
	t.Helper()
	const headline = "Søren Ekdahl: “no talks” 🕊 before spring"
	const first = "Aides told the Côte Herald that the envoy — 李雷 — had warned them not to sign."
	const second = "“We did not ask for this,” Ekdahl said. “Not now."
	const third = "“And not here.”"
	const fourth = "The cable does not say whether the fleet has sailed."
	const last = "Source: Côte Herald"
	d := doc.New(strings.Join([]string{headline, first, second, third, fourth, last}, "\r\n\r\n"))
	d.Meta = doc.Meta{Path: "stories/ekdahl.txt", Title: headline, Outlet: "Côte Herald", Byline: "Ana Ruiz",
		Published: "2026-03-15", Language: "en"}
	d.Reader = "VERSION"
	find := func(s string) doc.Span {
		i := strings.Index(d.Text, s)
		if i < 0 {
			t.Fatalf("%q does not stand in the article", s)
		}
		return doc.Span{Begin: i, End: i + len(s)}
	}
	for i, s := range []string{headline, first, second, third, fourth, last} {
		kind := doc.Paragraph
		switch i {
		case 0:
			kind = doc.Headline
		case 5:
			kind = doc.Credit
		}
		d.Blocks = append(d.Blocks, doc.Block{Span: find(s), Kind: kind})
		if kind.Prose() {
			d.Sentences = append(d.Sentences, doc.Sentence{Span: find(s), Block: i})
		}
	}
	d.Statements = []doc.Statement{
		{Parent: -1, Score: 0.91234567, Source: doc.Source{Span: find("Aides")},
			Cue:       doc.Cue{Spans: []doc.Span{find("told")}, Lemma: "tell", Class: "say"},
			Content:   []doc.Span{find("that the envoy — 李雷 — had warned them not to sign")},
			Quotation: doc.Indirect, Addressee: find("the Côte Herald")},
		{Parent: 0, Score: 0.75, Source: doc.Source{Span: find("the envoy — 李雷 —")},
			Cue:       doc.Cue{Spans: []doc.Span{find("had warned")}, Lemma: "warn", Class: "warn"},
			Content:   []doc.Span{find("not to sign")},
			Quotation: doc.Indirect, Addressee: find("them")},
		{Parent: -1, Score: 1, Source: doc.Source{Span: find("Ekdahl said").Trim(d.Text)},
			Cue:       doc.Cue{Spans: []doc.Span{find("said")}, Lemma: "say", Class: "say"},
			Content:   []doc.Span{find("“We did not ask for this,”"), find("“Not now.\r\n\r\n“And not here.”")},
			Quotation: doc.Direct},
		{Parent: -1, Score: 0.5, Source: doc.Source{Kind: doc.UnknownSource},
			Cue:       doc.Cue{Spans: []doc.Span{find("say whether")}, Lemma: "say", Class: "say"},
			Content:   []doc.Span{find("the fleet has sailed")},
			Quotation: doc.Indirect, Negated: true},
	}
	s := &d.Statements[2].Source.Span
	s.End = s.Begin + len("Ekdahl")
	return d
}
