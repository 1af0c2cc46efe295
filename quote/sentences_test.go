package quote_test

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/read"
)

var update = flag.Bool("update", false, "rewrite the list of known failures")

// TestSentences reads every text of testdata and compares what is found with what
// an editor wrote below it; testdata/direct.txt tells the form. Texts on the list of
// known failures of a reader are expected to fail, and one that passes fails the test.
func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, known string
		config      read.Config
	}{
		{"default", "testdata/known-failures.txt", read.Config{}},
		{"fast", "testdata/known-failures-fast.txt", read.Config{Fast: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := read.New(c.config)
			if err != nil {
				t.Fatal(err)
			}
			sentences(t, r, c.known)
		})
	}
}

func sentences(t *testing.T, r *read.Reader, knownPath string) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := knownFailures(t, knownPath)
	seen := map[string]bool{}
	var failing []string
	right, n := 0, 0
	for _, path := range paths {
		if strings.HasPrefix(filepath.Base(path), "known-failures") {
			continue
		}
		for _, c := range cases(t, path) {
			n++
			seen[c.text] = true
			d := doc.New(strings.ReplaceAll(c.text, " ¶ ", "\n\n"))
			extract.Layout(d)
			r.Annotate(d)
			got := render(d, c)
			pass := got == strings.Join(c.want, "\n")
			if pass {
				right++
			} else {
				failing = append(failing, filepath.Base(path)+": "+c.text)
			}
			switch {
			case *update || pass != known[c.text]:
			case pass:
				t.Errorf("%s: passes now; take it off the list of known failures:\n%s", path, c.text)
			default:
				t.Errorf("%s:\n%s\ngot\n%s\nwant\n%s", path, c.text, got, strings.Join(c.want, "\n"))
			}
			if testing.Verbose() && !pass {
				t.Logf("%s:\n%s\ngot\n%s\nwant\n%s", path, c.text, got, strings.Join(c.want, "\n"))
			}
		}
	}
	for text := range known {
		if !seen[text] {
			t.Errorf("known failure is in no file: %s", text)
		}
	}
	t.Logf("%d of %d texts right", right, n)
	if *update {
		writeKnown(t, knownPath, failing)
	}
}

// textCase is one text and the statements expected, one a line with its depth.
type textCase struct {
	text string
	want []string
}

func cases(t *testing.T, path string) (all []textCase) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "    "):
			if len(all) == 0 {
				t.Fatalf("%s: a statement before any text: %s", path, line)
			}
			c := &all[len(all)-1]
			c.want = append(c.want, normal(line))
		default:
			all = append(all, textCase{text: line})
		}
	}
	return all
}

// normal puts the extras of an expected line into the order in which they come out;
// content that says nothing of its quotation is indirect.
func normal(line string) string {
	field := strings.Split(line, " | ")
	if len(field) < 3 {
		return line
	}
	kind, not, to := "indirect", "", ""
	for _, x := range field[3:] {
		switch {
		case x == "not":
			not = " | not"
		case strings.HasPrefix(x, "to "):
			to = " | " + x
		default:
			kind = x
		}
	}
	return strings.Join(field[:3], " | ") + " | " + kind + not + to
}

// render writes what was found in the form of the expectations, in order of cues
// under their parents.
func render(d *doc.Doc, c textCase) string {
	var lines []string
	var walk func(parent, depth int)
	walk = func(parent, depth int) {
		for i := range d.Statements {
			s := &d.Statements[i]
			if s.Parent != parent {
				continue
			}
			source := "-"
			if !s.Source.Span.Empty() {
				source = d.Slice(s.Source.Span)
			}
			var content []string
			for _, x := range s.Content {
				content = append(content, d.Slice(x))
			}
			line := fmt.Sprintf("%s%s | %s | %s | %s", strings.Repeat("    ", depth+1), source,
				d.Slice(s.Cue.Spans[0]), strings.Join(content, " … "), s.Quotation)
			if s.Negated {
				line += " | not"
			}
			if !s.Addressee.Empty() {
				line += " | to " + d.Slice(s.Addressee)
			}
			lines = append(lines, line)
			walk(i, depth+1)
		}
	}
	walk(-1, 0)
	return strings.Join(lines, "\n")
}

// knownFailures reads the list: a group's reason in a comment, then its texts.
func knownFailures(t *testing.T, knownPath string) map[string]bool {
	file, err := os.Open(knownPath)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	known := map[string]bool{}
	scan := bufio.NewScanner(file)
	for scan.Scan() {
		if line := scan.Text(); line != "" && line[0] != '#' {
			_, text, _ := strings.Cut(line, ": ")
			known[text] = true
		}
	}
	return known
}

// writeKnown keeps the file's comments and order for texts that still fail, and
// adds new ones at the end for an editor to sort.
func writeKnown(t *testing.T, knownPath string, failing []string) {
	raw, _ := os.ReadFile(knownPath)
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if line == "" || line[0] == '#' || slices.Contains(failing, line) {
			out = append(out, line)
			failing = slices.DeleteFunc(failing, func(s string) bool { return s == line })
		}
	}
	if len(failing) > 0 {
		out = append(out, "", "# Not sorted yet.")
		out = append(out, failing...)
	}
	if err := os.WriteFile(knownPath, []byte(strings.TrimSpace(strings.Join(out, "\n"))+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}
