package event_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/read"
)

var update = flag.Bool("update", false, "rewrite the lists of known failures")

// knownSentences are the texts that are not read right, one a line.
const knownSentences = "testdata/known-failures"

// TestSentences reads every text of testdata and compares its events with what an editor wrote
// below it, one a line:
//
//	The Peruvian minister met his Chilean counterpart in Lima on Monday.
//	    CONSULT | The Peruvian minister PER GOV | his Chilean counterpart CHL GOV
//
// First the type, with the mode after a full stop where it has one; then the actors and the
// targets, several with " + " between, each with its country and sector (- where it has none), and - where nobody is named. After them may follow what else is
// to be checked: "time …", "place …", "in NAME" (the source of the statement that tells it, "nobody" for the author's
// word), "killed N", "injured N", "amount …", "context …". A text without lines has no events. Those on the list of known failures
// are expected to fail, and one that passes fails the test.
func TestSentences(t *testing.T) {
	r, err := read.New(read.Config{})
	if err != nil {
		t.Fatal(err)
	}
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	raw, err := os.ReadFile(knownSentences)
	if err != nil && !*update {
		t.Fatal(err)
	}
	for _, line := range strings.Split(string(raw), "\n") {
		if line != "" && line[0] != '#' {
			known[line] = true
		}
	}
	var failing []string
	n := 0
	for _, path := range paths {
		for _, c := range cases(t, path) {
			n++
			d := doc.New(strings.ReplaceAll(c.text, " ¶ ", "\n\n"))
			d.Meta.Published = "2024-05-15"
			extract.Layout(d)
			r.Annotate(d)
			got := render(d, c)
			pass := got == strings.Join(c.want, "\n")
			if !pass {
				failing = append(failing, c.text)
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
			delete(known, c.text)
		}
	}
	if !*update {
		for text := range known {
			t.Errorf("known failure is in no file: %s", text)
		}
	}
	t.Logf("%d of %d texts right", n-len(failing), n)
	if *update {
		out := "# Texts that are read wrong: mostly a tree that is wrong, or a word that no frame has.\n" + strings.Join(failing, "\n") + "\n"
		if err := os.WriteFile(knownSentences, []byte(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// textCase is one text and the events expected, one a line.
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
				t.Fatalf("%s: an event before any text: %s", path, line)
			}
			c := &all[len(all)-1]
			c.want = append(c.want, strings.TrimSpace(line))
		default:
			all = append(all, textCase{text: line})
		}
	}
	return all
}

// render writes the events of a Doc as the files have them. Of what else is known of an
// event it writes what the expected line at its place asks for.
func render(d *doc.Doc, c textCase) string {
	var lines []string
	for k := range d.Events {
		e := &d.Events[k]
		line := string(e.Type)
		if e.Mode != "" {
			line += "." + e.Mode
		}
		line += " | " + sides(d, e.Actors) + " | " + sides(d, e.Targets)
		if k < len(c.want) {
			for _, field := range strings.Split(c.want[k], " | ")[min(3, len(strings.Split(c.want[k], " | "))):] {
				line += " | " + extra(d, e, field)
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func sides(d *doc.Doc, list []doc.Party) string {
	var out []string
	dash := func(s string) string {
		if s == "" {
			return "-"
		}
		return s
	}
	for _, p := range list {
		out = append(out, d.Slice(p.Span)+" "+dash(p.Country)+" "+dash(p.Sector))
	}
	return dash(strings.Join(out, " + "))
}

// extra writes what the event has for a field such as "time Monday".
func extra(d *doc.Doc, e *doc.Event, field string) string {
	kind, _, _ := strings.Cut(field, " ")
	switch kind {
	case "time":
		if e.Time >= 0 {
			return "time " + d.Slice(d.Times[e.Time].Span)
		}
		return "time -"
	case "place":
		if e.Place >= 0 {
			return "place " + d.Slice(d.Places[e.Place].Span)
		}
		return "place -"
	case "in":
		if e.Statement < 0 {
			return "in nobody"
		}
		return "in " + d.Slice(d.Statements[e.Statement].Source.Span)
	case "killed":
		return fmt.Sprintf("killed %d", e.Killed)
	case "injured":
		return fmt.Sprintf("injured %d", e.Injured)
	case "amount":
		return "amount " + d.Slice(e.Amount)
	case "context":
		return "context " + strings.Join(e.Contexts, " ")
	}
	return "unknown field " + field
}
