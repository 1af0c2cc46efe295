package quote_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/read"
)

const whoPath = "testdata/who/sources.txt"

// TestWho reads every text of testdata/who/sources.txt, whose head tells the form, and
// compares the sources with what an editor wrote below it. Texts on the list of known
// failures are expected to fail, and one that passes fails the test.
func TestWho(t *testing.T) {
	r, err := read.New(read.Config{})
	if err != nil {
		t.Fatal(err)
	}
	const knownPath = "testdata/who/known-failures.txt"
	known := knownFailures(t, knownPath)
	seen := map[string]bool{}
	var failing []string
	right, n := 0, 0
	for _, c := range whoCases(t, whoPath) {
		seen[c.text] = true
		d := doc.New(c.text)
		extract.Layout(d)
		d.Meta.Outlet, d.Meta.Published = "CNN", "2022-03-15"
		r.Annotate(d)
		var wrong []string
		for _, want := range c.want {
			n++
			if w := differs(d, strings.TrimSpace(want)); w != "" {
				wrong = append(wrong, w)
			} else {
				right++
			}
		}
		if len(wrong) > 0 {
			failing = append(failing, "sources.txt: "+c.text)
		}
		switch {
		case *update || (len(wrong) == 0) != known[c.text]:
		case len(wrong) == 0:
			t.Errorf("passes now; take it off the list of known failures:\n%s", c.text)
		default:
			t.Errorf("%s\n%s", c.text, strings.Join(wrong, "\n"))
		}
		if testing.Verbose() {
			for _, w := range wrong {
				t.Logf("%s\n%s", c.text, w)
			}
		}
	}
	for text := range known {
		if !seen[text] {
			t.Errorf("known failure is in no file: %s", text)
		}
	}
	t.Logf("%d of %d sources right", right, n)
	if *update {
		writeKnown(t, knownPath, failing)
	}
}

// whoCases reads texts with the lines below them.
func whoCases(t *testing.T, path string) (all []textCase) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimRight(line, "\n")
		switch {
		case line == "" || line[0] == '#':
		case !strings.HasPrefix(line, "    "):
			all = append(all, textCase{text: line})
		case len(all) == 0:
			t.Fatalf("%s: a source before any text: %s", path, line)
		default:
			c := &all[len(all)-1]
			c.want = append(c.want, line)
		}
	}
	return all
}

// differs compares the source that a line expects with what was found; "" where they
// agree.
func differs(d *doc.Doc, want string) string {
	field := strings.Split(want, " | ")
	k := slices.IndexFunc(d.Statements, func(s doc.Statement) bool {
		return !s.Source.Span.Empty() && strings.Trim(d.Slice(s.Source.Span), " ,") == strings.Trim(field[0], " ,")
	})
	if k < 0 {
		return fmt.Sprintf("no source %q", field[0])
	}
	src := &d.Statements[k].Source
	got := map[string]string{"aff": src.Affiliation, "role": src.Role, "count": fmt.Sprint(src.Count), "basis": src.Basis, "terms": src.Terms, "record": string(src.Record)}
	var wrong []string
	if string(src.Kind) != field[1] {
		wrong = append(wrong, fmt.Sprintf("kind %s, want %s", src.Kind, field[1]))
	}
	for _, f := range field[2:] {
		name, value, _ := strings.Cut(f, "=")
		if value == "-" {
			value = ""
		}
		if g, ok := got[name]; !ok || g != value && (name != "aff" || strings.TrimPrefix(strings.TrimPrefix(g, "The "), "the ") != value) {
			wrong = append(wrong, fmt.Sprintf("%s %q, want %q", name, g, value))
		}
	}
	return strings.Join(wrong, "; ")
}
