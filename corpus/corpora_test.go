package corpus

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"
)

// home is where the corpora lie beside the project, seen from this package.
const home = "../../shared/corpora"

// skipAbsent skips a test whose corpus is not there, and says so.
func skipAbsent(t *testing.T, err error) {
	t.Helper()
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("needs the corpora: %v", err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// The dev part has 2,193 attributions, of which one is empty, and no cue of theirs
// lies inside the content of another.
func TestPolNeARDev(t *testing.T) {
	docs, err := PolNeAR(filepath.Join(home, "polnear", "dev"))
	skipAbsent(t, err)
	statements, unnamed, nested := 0, 0, 0
	for _, d := range docs {
		if d.Meta.Outlet == "" || d.Meta.Published == "" || d.Meta.Title == "" {
			t.Errorf("%s: meta %+v", d.Meta.Path, d.Meta)
		}
		for i, s := range d.Statements {
			statements++
			if s.Source.Span.Empty() {
				unnamed++
			}
			for j, o := range d.Statements {
				for _, c := range o.Content {
					if i != j && c.Contains(s.Cue.Spans[0]) {
						nested++
					}
				}
			}
		}
	}
	if len(docs) != 84 || statements != 2192 || unnamed != 126 || nested != 0 {
		t.Errorf("%d articles, %d statements, %d without a source, %d nested; want 84, 2192, 126, 0",
			len(docs), statements, unnamed, nested)
	}
}

func TestCoNLLUDev(t *testing.T) {
	for _, c := range []struct {
		name                    string
		docs, sentences, tokens int
	}{{"ud-ewt", 318, 2001, 25147}, {"gum", 30, 1575, 28119}} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := CoNLLU(filepath.Join(home, c.name, "dev.conllu"))
			skipAbsent(t, err)
			sentences, tokens := 0, 0
			for _, d := range docs {
				sentences += len(d.Sentences)
				tokens += len(d.Tokens)
			}
			if len(docs) != c.docs || sentences != c.sentences || tokens != c.tokens {
				t.Errorf("%d documents, %d sentences, %d words; want %d, %d, %d", len(docs), sentences, tokens, c.docs, c.sentences, c.tokens)
			}
			check(t, docs)
		})
	}
}
