package corpus

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// zipped writes text as a gzip file and returns its path.
func zipped(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "raw.jsonl.gz")
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := gzip.NewWriter(file)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAllSides(t *testing.T) {
	path := zipped(t, `{"text":"Aides left.","title":"Left","source":"The Post","authors":"Ida Lund","date":"2031-01-06","bias":"left"}
{"text":"Aides stayed.","date":""}
{"text":
`)
	docs, err := AllSides(path, 2)
	if err != nil {
		t.Fatal(err)
	}
	if len(docs) != 2 || docs[1].Text != "Aides stayed." {
		t.Fatalf("%d articles", len(docs))
	}
	m := docs[0].Meta
	if m.Title != "Left" || m.Outlet != "The Post" || m.Byline != "Ida Lund" || m.Published != "2031-01-06" {
		t.Errorf("meta %+v", m)
	}
	if _, err := AllSides(path, 0); err == nil || !strings.Contains(err.Error(), "line 3") {
		t.Errorf("error %v, want one that names line 3", err)
	}
	if _, err := AllSides("testdata/conllu/invented.conllu", 0); err == nil {
		t.Error("a file that is not gzip was read")
	}
}
