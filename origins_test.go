package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// referenceArticle is where the article lies that the project started from. Its text is
// another's, so that it is no part of the project, and the test is left out where it is not
// there.
const referenceArticle = "../shared/reference/article.txt"

// TestReferenceStory takes in the reference article, two wire copies of it, one whole and one
// cut, and the reports of testdata/origins: one cites it, one has officials of its own, one
// denies it, and one makes "is" of what may be. Out come two origins, shown independent, the
// denial, and the path along which the claim grew surer.
func TestReferenceStory(t *testing.T) {
	text, err := os.ReadFile(referenceArticle)
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	type line struct {
		URL       string `json:"url"`
		Title     string `json:"title"`
		Text      string `json:"text"`
		Outlet    string `json:"outlet"`
		Published string `json:"published"`
		Credit    string `json:"credit,omitempty"`
	}
	var paragraphs []string
	for _, p := range strings.Split(string(text), "\n") {
		if strings.TrimSpace(p) != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	lines := []line{
		{"https://www.cnn.com/2022/03/15/a", "", string(text), "CNN", "2022-03-15T05:00:00Z", ""},
		{"https://coastnews.example/1", "What officials say", strings.Join(paragraphs[:len(paragraphs)-1], "\n\n") + "\n\n(CNN)", "Coast News", "2022-03-15T09:00:00Z", "CNN"},
		{"https://valleysun.example/7", "Help is weighed", strings.Join(paragraphs[:9], "\n\n"), "the Valley Sun", "2022-03-15T11:00:00Z", "CNN"},
	}
	files, err := filepath.Glob("testdata/origins/*.txt")
	if err != nil || len(files) != 4 {
		t.Fatalf("%d follow-ups, %v", len(files), err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		head, rest, _ := bytes.Cut(b, []byte("\n"))
		var l line
		if err := json.Unmarshal(head, &l); err != nil {
			t.Fatal(err)
		}
		l.Title, l.Text, _ = strings.Cut(string(rest), "\n\n")
		lines = append(lines, l)
	}
	dir := t.TempDir()
	var in bytes.Buffer
	for _, l := range lines {
		b, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(b, '\n'))
	}
	path, ledger := filepath.Join(dir, "in.jsonl"), filepath.Join(dir, "l.db")
	if err := os.WriteFile(path, in.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	call := func(args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		if code := run(append(args, "--ledger", ledger), strings.NewReader(""), &out, &errs); code != 0 {
			t.Fatalf("hearsay %s: status %d: %s", strings.Join(args, " "), code, errs.String())
		}
		return out.String()
	}
	call("ingest", path)
	var hit struct{ Claim string }
	if err := json.Unmarshal([]byte(strings.SplitN(call("find", "--about", "China", "openness"), "\n", 2)[0]), &hit); err != nil {
		t.Fatal(err)
	}
	tree := call("origins", hit.Claim, "--format", "text")
	for _, want := range []string{
		"2 origins, of which 2 shown independent; 1 denial",
		"a Western official and a US diplomat, told to CNN (unnamed)",
		"Two Polish officials, told to the Vistula Post (unnamed)",
		"independent: they speak for USA and POL",
		"Lin Boyuan, a spokesman for the Chinese embassy in Warsaw, denied",
		"surer than its origin: the Baltic Courier (possible) → the Daily Meridian (certain)",
	} {
		if !strings.Contains(tree, want) {
			t.Errorf("no %q in\n%s", want, tree)
		}
	}
}
