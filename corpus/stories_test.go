package corpus

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/doc"
)

func place(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestStories(t *testing.T) {
	dir := t.TempDir()
	place(t, filepath.Join(dir, "ab12.json"),
		`{"title": "Bridge shut", "text": "The bridge is shut.\nIt will reopen.", "date_publish": "2021-05-03T00:00:00", "source_domain": "harbour.example", "authors": ["Ann Poe", "Jo Roe"], "language": null}`)
	place(t, filepath.Join(dir, "notes.txt"), "none")
	docs, err := Stories(dir)
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	if len(docs) != 1 || d.Text != "Bridge shut\n\nThe bridge is shut.\nIt will reopen." || ArticleName(d) != "ab12" ||
		d.Meta.Outlet != "harbour.example" || d.Meta.Published != "2021-05-03" || d.Meta.Byline != "Ann Poe, Jo Roe" {
		t.Errorf("%q %+v", d.Text, d.Meta)
	}
}

func TestECBPlus(t *testing.T) {
	dir := t.TempDir()
	place(t, filepath.Join(dir, "7", "7_1ecbplus.xml"), `<?xml version="1.0" encoding="UTF-8"?><Document doc_name="7_1ecbplus.xml">
<token t_id="1" sentence="0" number="0">http</token><token t_id="2" sentence="0" number="1">:</token>
<token t_id="3" sentence="1" number="0">`+"``"+`</token><token t_id="4" sentence="1" number="1">I</token>
<token t_id="5" sentence="1" number="2">do</token><token t_id="6" sentence="1" number="3">n't</token>
<token t_id="7" sentence="1" number="4">know</token><token t_id="8" sentence="1" number="5">,</token>
<token t_id="9" sentence="1" number="6">''</token><token t_id="10" sentence="1" number="7">he</token>
<token t_id="11" sentence="1" number="8">said</token><token t_id="12" sentence="1" number="9">.</token>
<token t_id="13" sentence="2" number="0">It</token><token t_id="14" sentence="2" number="1">cost</token>
<token t_id="15" sentence="2" number="2">$</token><token t_id="16" sentence="2" number="3">5</token>
<token t_id="17" sentence="2" number="4">(</token><token t_id="18" sentence="2" number="5">or</token>
<token t_id="19" sentence="2" number="6">6</token><token t_id="20" sentence="2" number="7">)</token>
<token t_id="21" sentence="2" number="8">.</token></Document>`)
	docs, err := ECBPlus(dir)
	if err != nil {
		t.Fatal(err)
	}
	if want := `"I don't know," he said. It cost $5 (or 6).`; docs[0].Text != want || ArticleName(docs[0]) != "7_1ecbplus" {
		t.Errorf("got %q, %q", docs[0].Text, ArticleName(docs[0]))
	}
}

// What is no article is refused, with the file's name.
func TestStoriesRefused(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		read       func(string) ([]*doc.Doc, error)
	}{
		"no JSON":   {"a.json", "{", Stories},
		"no title":  {"a.json", `{"text": "x"}`, Stories},
		"nothing":   {"a.txt", "x", Stories},
		"no XML":    {"1/a.xml", "<Document><token", ECBPlus},
		"no tokens": {"1/a.xml", "<Document></Document>", ECBPlus},
		"no topics": {"a.xml", "<Document></Document>", ECBPlus},
	} {
		dir := t.TempDir()
		place(t, filepath.Join(dir, filepath.FromSlash(c.file)), c.text)
		if docs, err := c.read(dir); err == nil || !strings.Contains(err.Error(), dir) {
			t.Errorf("%s: %d articles, error %v", name, len(docs), err)
		}
	}
}

// Labels have offsets into these texts, so not a byte of them may change.
func TestStoryTexts(t *testing.T) {
	sum, n := sha256.New(), 0
	for _, part := range []struct {
		dir  string
		read func(string) ([]*doc.Doc, error)
	}{{"stories/giveme5w1h-news-cluster", Stories}, {"ecbplus/train", ECBPlus}, {"ecbplus/dev", ECBPlus}} {
		docs, err := part.read(filepath.Join(home, filepath.FromSlash(part.dir)))
		skipAbsent(t, err)
		for _, d := range docs {
			n++
			sum.Write([]byte(ArticleName(d) + "\x00" + d.Text + "\x00"))
		}
	}
	const want = "ee10b814f19cbf83a854032bc5d9c86af8a0c6f1189a355dbe6d36a2f129a9f6"
	if got := hex.EncodeToString(sum.Sum(nil)); n != 1155 || got != want {
		t.Errorf("%d texts with the sum %s, want 1155 with %s", n, got, want)
	}
}
