package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWriteResults(t *testing.T) {
	path := filepath.Join(t.TempDir(), "RESULTS.md")
	floors := []Floor{{"quote", "polnear", "dev", "strict cue", 55, 50}}
	write := func(version string, mistakes bool, rows ...Row) string {
		t.Helper()
		report := &Report{Version: version, Fast: "quick " + version, Rows: rows}
		if mistakes {
			report.Mistakes = []Mistakes{{Task: "quote", Corpus: "polnear", Groups: []Group{{"cue missed, VERB", 7}}}}
		}
		if err := WriteResults(path, report, floors); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(raw)
	}
	has := func(text, want string) {
		t.Helper()
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	cue := func(c Count) Row { return table("quote", "polnear", "dev", []string{"strict cue"}, [][]Count{{c}})[0] }
	las := table("syntax", "ud-ewt", "dev", []string{"LAS"}, [][]Count{{{4, 5, 5}}})[0]
	base := 4.4
	las.Baseline = &base
	fast := 71.25
	las.Fast = &fast

	first := write("one", true, cue(Count{3, 4, 6}), las)
	has(first, "Read by one.\nWith --fast by quick one.\n")
	has(first, "| strict cue | 4 | 50.0 | 75.0 | **60.0** | 60.0–60.0 |  |  |  | 55.0 |")
	has(first, "| LAS | 5 | 80.0 | 80.0 | **80.0** | 80.0–80.0 | 71.2 |  | 4.4 |  |")
	has(first, "| BERT + CofeNet, the best known | 83.2 | 75.3 | 72.9 | – |")
	has(first, "| **Hearsay** | – | 60.0 | – | – |")
	has(first, "| 7 | cue missed, VERB |")

	if again := write("one", true, cue(Count{3, 4, 6}), las); again != first {
		t.Errorf("writing twice changed\n%s\nto\n%s", first, again)
	}
	// Only quote is run: syntax stays as it was, with the version that read it.
	next := cue(Count{4, 4, 6})
	next.Fast = &fast
	second := write("two", false, next)
	has(second, "| strict cue | 4 | 66.7 | 100.0 | **80.0** | 80.0–80.0 | 71.2 | 60.0 |  | 55.0 |")
	has(second, "| **Hearsay, --fast** | – | 71.2 | – | – |")
	has(second, "| LAS | 5 | 80.0 |")
	has(second, "Read by two.\nWith --fast by quick two.\n")
	has(second, "Read by one.\nWith --fast by quick one.\n")
	if strings.Contains(second, "cue missed") {
		t.Error("the errors of an earlier reading are still there")
	}
	// The same figure again keeps the last that differed.
	has(write("two", false, cue(Count{4, 4, 6})), "| **80.0** | 80.0–80.0 |  | 60.0 |")

	if err := os.WriteFile(path, []byte(keptOpen+"\n{broken\n"+keptClose), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := WriteResults(path, &Report{}, floors); err == nil || !strings.Contains(err.Error(), "line 1 of the figures") {
		t.Errorf("broken figures: %v", err)
	}
	if err := WriteResults(filepath.Join(path, "x"), &Report{}, floors); err == nil {
		t.Error("a path below a file was written")
	}
}
