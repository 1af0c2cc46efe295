package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestREADME holds the README to what the program does and RESULTS.md says. With
// -update it writes the reading and the figures in it anew.
func TestREADME(t *testing.T) {
	old, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	next := string(old)
	marked, row := sampleReading(t)
	figure := resultsFigures(t)
	for _, part := range []struct {
		name, pattern, want string
	}{
		{"the reading of the sample", "(?s)```\nIn a diplomatic cable.*?\n```", "```\n" + marked + "\n```"},
		{"the statement as JSON", `(?m)^\{ ?"id": ?"s\d+".*$`, row},
		{"the figures of statements", `(?m)^\| \*\*Hearsay\*\* \|.*$`, fmt.Sprintf("| **Hearsay** | **%.1f** | **%.1f** | **%.1f** | **%.1f** |",
			figure("polnear strict source"), figure("polnear strict cue"), figure("polnear strict content"), figure("polnear strict triple"))},
		{"the figures of statements with --fast", "(?m)^\\| Hearsay `--fast` \\|.*$", fmt.Sprintf("| Hearsay `--fast` | %.1f | %.1f | %.1f | %.1f |",
			figure("polnear strict source --fast"), figure("polnear strict cue --fast"), figure("polnear strict content --fast"), figure("polnear strict triple --fast"))},
		{"the figures of trees and words", `(?m)^Trees \(LAS.*$`, fmt.Sprintf("Trees (LAS with predicted tags, gold words): EWT %.1f, GUM %.1f; with `--fast` %.1f and %.1f. Words from raw text: %.1f and %.1f F1.",
			figure("ud-ewt LAS"), figure("gum LAS"), figure("ud-ewt LAS --fast"), figure("gum LAS --fast"), figure("ud-ewt words"), figure("gum words"))},
	} {
		re := regexp.MustCompile(part.pattern)
		got := re.FindString(next)
		if got == "" {
			t.Errorf("README.md has lost %s (%s)", part.name, part.pattern)
		} else if got != part.want && !*update {
			t.Errorf("README.md is out of date: %s (go test . -run README -update writes it):\n%s\nis now\n%s", part.name, got, part.want)
		}
		next = strings.Replace(next, got, part.want, 1)
	}
	if *update && next != string(old) {
		if err := os.WriteFile("README.md", []byte(next), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var labels = regexp.MustCompile(`(?:[\[{<]|\(→)(\d+) `)

// sampleReading returns the sample's paragraph on the cable, marked, with the rows
// of the table whose statements it holds, and the statement on what the cable does
// not state as JSON.
func sampleReading(t *testing.T) (marked, row string) {
	t.Helper()
	parts := strings.Split(output(t, "read", "--format", "text", "--width", "100", "testdata/sample.txt"), "\n\n")
	i := slices.IndexFunc(parts, func(s string) bool { return strings.HasPrefix(s, "In a diplomatic cable") })
	table := slices.IndexFunc(parts, func(s string) bool { return strings.Contains(s, "\n#  ") })
	if i < 0 || table < 0 {
		t.Fatalf("the sample's reading lacks its second paragraph or its table:\n%s", strings.Join(parts, "\n\n"))
	}
	shown := map[string]bool{}
	for _, m := range labels.FindAllStringSubmatch(parts[i], -1) {
		shown[m[1]] = true
	}
	blocks := []string{parts[i]}
	for _, row := range parts[table+1:] {
		if number := strings.Fields(row); len(number) > 0 && shown[number[0]] {
			blocks = append(blocks, strings.TrimRight(row, "\n"))
		}
	}
	var reading struct{ Statements []json.RawMessage }
	if err := json.Unmarshal([]byte(output(t, "read", "testdata/sample.txt")), &reading); err != nil {
		t.Fatal(err)
	}
	for _, s := range reading.Statements {
		if strings.Contains(string(s), "that an agreement had been reached") && strings.Contains(string(s), `"text":"The cable"`) {
			row = string(s)
		}
	}
	if row == "" {
		t.Error("the sample's reading lacks what the cable did not state")
	}
	return strings.Join(blocks, "\n\n"), row
}

// output returns what a command line prints.
func output(t *testing.T, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	if status := run(args, strings.NewReader(""), &out, &errs); status != 0 {
		t.Fatalf("%v: status %d\n%s", args, status, errs.String())
	}
	return out.String()
}

// resultsFigures returns a function that looks up a figure of RESULTS.md's dev parts by
// corpus and metric; " --fast" behind them stands for the linear reader's.
func resultsFigures(t *testing.T) func(string) float64 {
	t.Helper()
	results, err := os.ReadFile("RESULTS.md")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]float64{}
	for _, line := range strings.Split(string(results), "\n") {
		var r struct {
			Corpus, Part, Metric string
			Value, Fast          float64
		}
		if json.Unmarshal([]byte(line), &r) == nil && r.Part == "dev" {
			values[r.Corpus+" "+r.Metric], values[r.Corpus+" "+r.Metric+" --fast"] = r.Value, r.Fast
		}
	}
	return func(name string) float64 {
		v, ok := values[name]
		if !ok {
			t.Errorf("RESULTS.md has no figure %q", name)
		}
		return v
	}
}
