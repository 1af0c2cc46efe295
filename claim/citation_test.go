package claim_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"hearsay/claim"
	"hearsay/doc"
	"hearsay/extract"
	"hearsay/read"
)

// reader is the one that ships.
var reader = sync.OnceValues(func() (*read.Reader, error) { return read.New(read.Config{}) })

func annotated(t testing.TB, text string) *doc.Doc {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	d := doc.New(text)
	extract.Layout(d)
	r.Annotate(d)
	return d
}

// TestCitations reads the texts of a file and holds what is found against what stands under each.
func TestCitations(t *testing.T) {
	const path = "testdata/citations.txt"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	texts := 0
	lines := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	for i := 0; i < len(lines); i++ {
		line := lines[i]
		out = append(out, line)
		if line == "" || line[0] == '#' {
			continue
		}
		texts++
		var want []string
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "    ") {
			i++
			want = append(want, lines[i])
		}
		got := citations(annotated(t, strings.TrimSpace(strings.ReplaceAll(line, "¶", "\n\n"))))
		if !*claim.Update && strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %s\n got %q\nwant %q", path, line, got, want)
		}
		out = append(out, got...)
	}
	if texts < 60 {
		t.Errorf("%d texts", texts)
	}
	if *claim.Update {
		if err := os.WriteFile(path, []byte(strings.Join(out, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// citations writes what is found in a text.
func citations(d *doc.Doc) (out []string) {
	cues := map[string]string{"": "-"}
	for i := range d.Statements {
		cues[fmt.Sprintf("s%d", i+1)] = d.Slice(d.Statements[i].Cue.Spans[0])
	}
	for _, c := range claim.Cite(d) {
		out = append(out, fmt.Sprintf("    %s | %s | %s | %s", c.Kind, strings.Join(strings.Fields(d.Slice(c.Span)), " "), strings.Join(strings.Fields(c.Party.Text), " "), cues[c.Statement]))
	}
	if out == nil {
		out = []string{"    none"}
	}
	return out
}
