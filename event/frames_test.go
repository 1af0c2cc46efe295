package event_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/lexicon/plover"
	"hearsay/read"
)

// knownExamples are the frames whose examples are not read right, one a line.
const knownExamples = "testdata/known-examples"

// TestExamples reads the example of every frame: its own frame must be met, or one of the same
// type that says more; that of a line that says none must give no event. Frames that are not met stand on a list; one
// that is met must leave it.
func TestExamples(t *testing.T) {
	r, err := read.New(read.Config{})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(knownExamples)
	if err != nil && !*update {
		t.Fatal(err)
	}
	known := strings.Split(strings.TrimSuffix(string(raw), "\n"), "\n")
	var failing []string
	frames := plover.Shipped().All()
	for _, f := range frames {
		d := doc.New(f.Example)
		extract.Layout(d)
		r.Annotate(d)
		var got []string
		met := f.Type == "none" && len(d.Events) == 0
		for _, e := range d.Events {
			got = append(got, string(e.Type)+" "+e.Frame)
			switch {
			case f.Type == "none":
			case f.Support:
				met = true
			case e.Frame == f.Text:
				met = true
			case string(e.Type) == f.Type:
				met = met || slices.Equal(f.Modes, []string{e.Mode}) || f.Modes == nil
			}
		}
		if !met {
			failing = append(failing, f.Text)
		}
		if inList := slices.Contains(known, f.Text); inList == met && !*update {
			if met {
				t.Errorf("%s:%d: %s: is met now; take it off %s", f.File, f.Line, f.Text, knownExamples)
			} else {
				t.Errorf("%s:%d: %s: not met in %q: got %q", f.File, f.Line, f.Text, f.Example, got)
			}
		}
		if testing.Verbose() && !met {
			t.Logf("%s:%d: %s: not met in %q: got %q", f.File, f.Line, f.Text, f.Example, got)
		}
	}
	for _, k := range known {
		if k != "" && !slices.ContainsFunc(frames, func(f *plover.Frame) bool { return f.Text == k }) && !*update {
			t.Errorf("%s: no frame %s", knownExamples, k)
		}
	}
	t.Logf("%d of %d frames met in their examples", len(frames)-len(failing), len(frames))
	if *update {
		slices.Sort(failing)
		if err := os.WriteFile(knownExamples, []byte(strings.Join(slices.Compact(failing), "\n")+"\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}
