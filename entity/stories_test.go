package entity_test

import (
	"bufio"
	"flag"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/read"
)

var update = flag.Bool("update", false, "rewrite the list of known failures")

const (
	storiesPath = "testdata/stories.txt"
	knownPath   = "testdata/known-failures.txt"
)

// reader is the shipped one, loaded once.
var reader = sync.OnceValues(func() (*read.Reader, error) { return read.New(read.Config{}) })

func shipped(t *testing.T) *read.Reader {
	t.Helper()
	r, err := reader()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// story is one text with what an editor wrote below it.
type story struct {
	text string
	meta doc.Meta
	want []line
}

// line is what is expected of one entity. Type, country and groups are not compared
// where they are empty.
type line struct {
	name   string
	others string // the other mentions with semicolons between
	typ    string
	state  string
	of     string
}

// TestStories reads every story of testdata/stories.txt, whose head tells the form, and
// compares who is who with what an editor wrote below it. Stories on the list of known
// failures are expected to fail, and one that passes fails the test.
func TestStories(t *testing.T) {
	r := shipped(t)
	known := knownFailures(t)
	seen := map[string]bool{}
	var failing []string
	all := stories(t)
	for _, s := range all {
		if seen[s.text] {
			t.Errorf("story is there twice: %s", s.text)
		}
		seen[s.text] = true
		got, want := s.render(s.read(r))
		pass := slices.Equal(got, want)
		if !pass {
			failing = append(failing, s.text)
		}
		switch {
		case *update || pass != known[s.text]:
		case pass:
			t.Errorf("passes now; take it off the list of known failures:\n%s", s.text)
		default:
			t.Errorf("%s\ngot\n%s\nwant\n%s", s.text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if testing.Verbose() && !pass && known[s.text] {
			t.Logf("%s\ngot\n%s\nwant\n%s", s.text, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
	}
	for text := range known {
		if !seen[text] {
			t.Errorf("known failure is no story: %s", text)
		}
	}
	t.Logf("%d of %d stories right", len(all)-len(failing), len(all))
	if *update {
		writeKnown(t, failing)
	}
}

func (s *story) read(r *read.Reader) *doc.Doc {
	d := doc.New(strings.ReplaceAll(s.text, " ¶ ", "\n\n"))
	d.Meta = s.meta
	extract.Layout(d)
	r.Annotate(d)
	return d
}

func stories(t *testing.T) (all []story) {
	t.Helper()
	raw, err := os.ReadFile(storiesPath)
	if err != nil {
		t.Fatal(err)
	}
	for n, text := range strings.Split(string(raw), "\n") {
		entry, indented := strings.CutPrefix(text, "    ")
		switch {
		case text == "" || text[0] == '#':
			continue
		case !indented:
			all = append(all, story{text: text})
			continue
		case len(all) == 0:
			t.Fatalf("%s:%d: an entity before any story", storiesPath, n+1)
		}
		s := &all[len(all)-1]
		if meta, ok := strings.CutPrefix(entry, "@ "); ok {
			f := append(strings.Split(meta, " | "), "", "")
			s.meta = doc.Meta{Published: f[0], Outlet: f[1], Byline: f[2]}
			continue
		}
		f := strings.Split(entry, " | ")
		var l line
		l.name, l.others, _ = strings.Cut(f[0], ": ")
		l.name = withoutThe(l.name)
		for _, x := range f[1:] {
			switch group, of := strings.CutPrefix(x, "of "); {
			case of:
				l.of = withoutThe(group)
			case slices.Contains(types, doc.EntityType(x)):
				l.typ = x
			case len(x) == 3 && x == strings.ToUpper(x):
				l.state = x
			default:
				t.Fatalf("%s:%d: %q is no type, state or group", storiesPath, n+1, x)
			}
		}
		s.want = append(s.want, l)
	}
	for _, s := range all {
		if len(s.want) == 0 {
			t.Fatalf("%s: nobody is expected in: %s", storiesPath, s.text)
		}
	}
	return all
}

var types = []doc.EntityType{doc.Person, doc.Organization, doc.Country, doc.Location, doc.Document, doc.Group, doc.Other}

func withoutThe(name string) string {
	return strings.TrimPrefix(strings.TrimPrefix(name, "the "), "The ")
}

func (l line) String() string {
	out := "    " + l.name
	if l.others != "" {
		out += ": " + l.others
	}
	for _, x := range []string{l.typ, l.state} {
		if x != "" {
			out += " | " + x
		}
	}
	if l.of != "" {
		out += " | of " + l.of
	}
	return out
}

// render returns the entities that were found and those expected, one a line, sorted.
// Those of one mention are left out unless they are expected.
func (s *story) render(d *doc.Doc) (got, want []string) {
	for _, l := range s.want {
		want = append(want, l.String())
	}
	for e := range d.Entities {
		l := lineOf(d, e)
		expected := slices.IndexFunc(s.want, func(w line) bool { return w.name == l.name && (w.others == "") == (l.others == "") })
		if expected < 0 && l.others == "" {
			continue
		}
		if expected < 0 {
			l.typ, l.state, l.of = "", "", ""
		} else {
			w := s.want[expected]
			l.typ, l.state, l.of = asked(w.typ, l.typ), asked(w.state, l.state), asked(w.of, l.of)
		}
		got = append(got, l.String())
	}
	slices.Sort(got)
	slices.Sort(want)
	return got, want
}

// asked returns what was found where something is expected.
func asked(want, got string) string {
	switch {
	case want == "":
		return ""
	case got == "":
		return "-"
	}
	return got
}

// lineOf writes down entity e. Its own mention is the first that has its name.
func lineOf(d *doc.Doc, e int) line {
	x := &d.Entities[e]
	l := line{name: withoutThe(x.Name), typ: string(x.Type), state: x.Country}
	var others []string
	own := false
	for _, m := range d.Mentions {
		if m.Entity != e {
			continue
		}
		if text := d.Slice(m.Span); own || !strings.Contains(text, l.name) {
			others = append(others, text)
		} else {
			own = true
		}
	}
	l.others = strings.Join(others, "; ")
	if len(x.Of) > 0 {
		l.of = withoutThe(d.Entities[x.Of[0]].Name)
	}
	return l
}

// knownFailures reads the list: a group's reason in a comment, then its stories.
func knownFailures(t *testing.T) map[string]bool {
	t.Helper()
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
		if text := scan.Text(); text != "" && text[0] != '#' {
			known[text] = true
		}
	}
	return known
}

// writeKnown keeps the file's comments and order for stories that still fail, and adds
// new ones at the end for an editor to sort.
func writeKnown(t *testing.T, failing []string) {
	raw, _ := os.ReadFile(knownPath)
	var out []string
	for _, text := range strings.Split(strings.TrimSpace(string(raw)), "\n") {
		if text == "" || text[0] == '#' || slices.Contains(failing, text) {
			out = append(out, text)
			failing = slices.DeleteFunc(failing, func(s string) bool { return s == text })
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
