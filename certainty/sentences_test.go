package certainty_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/lexicon"
	"hearsay/read"
)

var update = flag.Bool("update", false, "rewrite the lists of known failures")

var (
	reader = sync.OnceValues(func() (*read.Reader, error) { return read.New(read.Config{}) })
	fast   = sync.OnceValues(func() (*read.Reader, error) { return read.New(read.Config{Fast: true}) })
)

// TestSentences reads every text of testdata and holds the values against what an editor
// wrote below it; testdata/negation.txt tells the form. Texts on the list of known failures
// of a reader are expected to fail, and one that passes fails the test.
func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name, known string
		open        func() (*read.Reader, error)
		least       int // texts that must be right, of a hundred
	}{{"default", "testdata/known-failures.txt", reader, 85}, {"fast", "testdata/known-failures-fast.txt", fast, 75}} {
		t.Run(c.name, func(t *testing.T) {
			r, err := c.open()
			if err != nil {
				t.Fatal(err)
			}
			known := knownFailures(t, c.known)
			var failing []string
			seen := map[string]bool{}
			all := cases(t)
			for _, k := range all {
				seen[k.text] = true
				d := doc.New(k.text)
				extract.Layout(d)
				r.Annotate(d)
				got := k.render(r, d)
				pass := slices.Equal(got, k.want)
				if !pass {
					failing = append(failing, k.file+": "+k.text)
				}
				switch {
				case *update || pass && !known[k.text]:
				case pass:
					t.Errorf("%s: passes now; take it off the list of known failures:\n%s", k.file, k.text)
				case !known[k.text]:
					t.Errorf("%s: %s\ngot\n%s\nwant\n%s", k.file, k.text, strings.Join(got, "\n"), strings.Join(k.want, "\n"))
				}
			}
			for text := range known {
				if !seen[text] {
					t.Errorf("known failure is in no file: %s", text)
				}
			}
			right := len(all) - len(failing)
			if 100*right < c.least*len(all) {
				t.Errorf("%d of %d texts right, want %d %%", right, len(all), c.least)
			}
			t.Logf("%d of %d texts right", right, len(all))
			if *update {
				writeKnown(t, c.known, failing)
			}
		})
	}
}

// textCase is a text and the lines that are expected of it.
type textCase struct {
	file, text string
	want       []string
}

func cases(t *testing.T) (all []textCase) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		file := filepath.Base(path)
		if strings.HasPrefix(file, "known-failures") {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(raw), "\n") {
			switch {
			case line == "" || line[0] == '#':
			case strings.HasPrefix(line, "    "):
				head, values, _ := strings.Cut(strings.TrimSpace(line), ":")
				if v := slices.Compact(strings.Fields(values)); len(v) == 1 {
					values = " " + v[0] // all of one mind
				}
				all[len(all)-1].want = append(all[len(all)-1].want, head+":"+values)
			default:
				all = append(all, textCase{file: file, text: line})
			}
		}
	}
	return all
}

// render writes what was read in the form of the expectations.
func (k *textCase) render(r *read.Reader, d *doc.Doc) (out []string) {
	for _, want := range k.want {
		head, _, _ := strings.Cut(want, ":")
		what, word, _ := strings.Cut(head, " ")
		var values []string
		if what == "statement" {
			for _, s := range d.Statements {
				if slices.Contains(strings.Fields(d.Slice(s.Cue.Spans[0])), word) {
					for _, c := range s.Factuality {
						values = append(values, string(c.Value))
					}
					break
				}
			}
		} else {
			i := slices.IndexFunc(d.Tokens, func(t doc.Token) bool { return d.Slice(t.Span) == word })
			if i >= 0 {
				e := doc.Event{Head: i, Trigger: d.Tokens[i].Span, Statement: innermost(d, d.Tokens[i].Span)}
				d.Events = []doc.Event{e}
				r.Certainty().Annotate(d)
				for _, c := range d.Events[0].Factuality {
					values = append(values, string(c.Value))
				}
			}
		}
		if len(slices.Compact(slices.Clone(values))) == 1 {
			values = values[:1]
		}
		if values == nil {
			values = []string{"not found"}
		}
		out = append(out, head+": "+strings.Join(values, " "))
	}
	return out
}

// innermost is the statement that tells a word and has the most around it, or -1.
func innermost(d *doc.Doc, word doc.Span) int {
	best, most := -1, -1
	for i, s := range d.Statements {
		depth := 0
		for p := s.Parent; p >= 0; p = d.Statements[p].Parent {
			depth++
		}
		for _, c := range s.Content {
			if c.Contains(word) && depth > most {
				best, most = i, depth
			}
		}
	}
	return best
}

// TestExamples reads the example of every entry of the lexicon, and looks for the entry
// among the signs of the word in brackets.
func TestExamples(t *testing.T) {
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	words, err := lexicon.ShippedCertainties()
	if err != nil {
		t.Fatal(err)
	}
	known := knownFailures(t, "testdata/known-failures-examples.txt")
	var failing []string
	for _, e := range words.All {
		name := fmt.Sprintf("%s %s %s", e.Lemma, e.POS, e.Frame)
		at := strings.IndexByte(e.Example, '[')
		d := doc.New(strings.NewReplacer("[", "", "]", "").Replace(e.Example))
		extract.Layout(d)
		r.Syntax().Split(d)
		r.Parse(d)
		i := slices.IndexFunc(d.Tokens, func(t doc.Token) bool { return t.Begin == at })
		if i < 0 {
			t.Errorf("%s: no word begins at the bracket of %q", name, e.Example)
			continue
		}
		c := r.Certainty().View(d).Of(i, -1, doc.ByAuthor)
		met := slices.ContainsFunc(c.Signs, func(s doc.Sign) bool { return s.Entry == e.Lemma && s.Kind == e.Kind })
		if !met {
			failing = append(failing, "certainty.txt: "+name+": "+e.Example)
		}
		switch text := name + ": " + e.Example; {
		case *update || met != known[text]:
		case met:
			t.Errorf("%s is met now; take it off the list", name)
		default:
			t.Errorf("%s is not met in %q: signs %v", name, e.Example, c.Signs)
		}
	}
	t.Logf("%d of %d entries met", len(words.All)-len(failing), len(words.All))
	if 100*len(failing) > 5*len(words.All) {
		t.Errorf("%d of %d entries are not met in their examples", len(failing), len(words.All))
	}
	if *update {
		writeKnown(t, "testdata/known-failures-examples.txt", failing)
	}
}

// knownFailures reads a list: a group's reason in a comment, then its texts.
func knownFailures(t *testing.T, path string) map[string]bool {
	raw, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, line := range strings.Split(string(raw), "\n") {
		if line != "" && line[0] != '#' {
			_, text, _ := strings.Cut(line, ": ")
			known[text] = true
		}
	}
	return known
}

// writeKnown keeps the comments and the order of texts that still fail, and adds new ones at
// the end for an editor to sort.
func writeKnown(t *testing.T, path string, failing []string) {
	raw, _ := os.ReadFile(path)
	var out []string
	for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if line == "" || line[0] == '#' || slices.Contains(failing, line) {
			out = append(out, line)
			failing = slices.DeleteFunc(failing, func(s string) bool { return s == line })
		}
	}
	if len(failing) > 0 {
		out = append(append(out, "", "# Not sorted yet."), failing...)
	}
	if err := os.WriteFile(path, []byte(strings.TrimSpace(strings.Join(out, "\n"))+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}
