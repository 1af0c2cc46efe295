package timex_test

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
	"hearsay/entity/timex"
)

var update = flag.Bool("update", false, "rewrite the list of known failures")

const knownPath = "testdata/known-failures.txt"

// TestSentences reads every text of testdata and compares what is found with what an
// editor wrote below it; testdata/days.txt tells the form. Texts on the list of known
// failures are expected to fail, and one that passes fails the test.
func TestSentences(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	parse := parser(t)
	known := knownFailures(t)
	seen := map[string]bool{}
	var failing []string
	right, n := 0, 0
	for _, path := range paths {
		if path == knownPath {
			continue
		}
		for _, c := range cases(t, path) {
			n++
			key := c.published + ": " + c.text
			seen[key] = true
			d := doc.New(strings.ReplaceAll(c.text, " ¶ ", "\n\n"))
			d.Meta.Published = c.published
			parse(d)
			timex.Annotate(d)
			got, want := render(d), strings.Join(c.want, "\n")
			pass := got == want
			if pass {
				right++
			} else {
				failing = append(failing, key)
			}
			switch {
			case *update || pass != known[key]:
			case pass:
				t.Errorf("%s: passes now; take it off the list of known failures:\n%s", path, c.text)
			default:
				t.Errorf("%s, published %q:\n%s\ngot\n%s\nwant\n%s", path, c.published, c.text, got, want)
			}
		}
	}
	for key := range known {
		if !seen[key] {
			t.Errorf("known failure is in no file: %s", key)
		}
	}
	if n < 120 {
		t.Errorf("%d texts: some were not read", n)
	}
	t.Logf("%d of %d texts right", right, n)
	if *update {
		writeKnown(t, failing)
	}
}

// textCase is a text, its day of publication, and the expressions expected, one a line.
type textCase struct {
	text, published string
	want            []string
}

func cases(t *testing.T, path string) (all []textCase) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	published := ""
	for i, line := range strings.Split(string(raw), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '@':
			if published = strings.TrimSpace(line[1:]); published == "-" {
				published = ""
			}
		case strings.HasPrefix(line, "    "):
			if len(all) == 0 || strings.Count(line, " | ") != 2 && line != "    -" {
				t.Fatalf("%s: line %d: not an expression of a text: %s", path, i+1, line)
			}
			c := &all[len(all)-1]
			c.want = append(c.want, line)
		default:
			all = append(all, textCase{text: line, published: published})
		}
	}
	return all
}

// render writes what was found in the form of the expectations.
func render(d *doc.Doc) string {
	var lines []string
	for _, x := range d.Times {
		lines = append(lines, fmt.Sprintf("    %s | %s | %s", d.Slice(x.Span), x.Type, x.Value))
	}
	if len(lines) == 0 {
		return "    -"
	}
	return strings.Join(lines, "\n")
}

// knownFailures reads the list: a reason in a comment, then the texts that it is of,
// each after its day of publication.
func knownFailures(t *testing.T) map[string]bool {
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
			known[line] = true
		}
	}
	return known
}

// writeKnown keeps the file's comments and order for texts that still fail, and adds
// new ones at the end for an editor to sort.
func writeKnown(t *testing.T, failing []string) {
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
