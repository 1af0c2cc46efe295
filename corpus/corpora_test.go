package corpus

import (
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"hearsay/doc"
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

// TestNamesDev counts what the readers of names find in dev parts.
func TestNamesDev(t *testing.T) {
	for _, c := range []struct {
		name                           string
		read                           func(path string) ([]*doc.Doc, error)
		path                           string
		docs, sentences, tokens, names int
	}{
		{"uner-ewt", UNER, "uner-ewt/dev.iob2", 318, 2001, 25149, 966},
		{"crossner-politics", CrossNER, "crossner-politics/dev.txt", 541, 541, 24624, 3482},
		{"worldwide-ner", Worldwide, "worldwide-ner/dev", 143, 2161, 84695, 5442},
	} {
		t.Run(c.name, func(t *testing.T) {
			docs, err := c.read(filepath.Join(home, c.path))
			skipAbsent(t, err)
			sentences, tokens, names := 0, 0, 0
			for _, d := range docs {
				sentences += len(d.Sentences)
				tokens += len(d.Tokens)
				names += len(d.Names)
			}
			if len(docs) != c.docs || sentences != c.sentences || tokens != c.tokens || names != c.names {
				t.Errorf("%d documents, %d sentences, %d words, %d names; want %d, %d, %d, %d",
					len(docs), sentences, tokens, names, c.docs, c.sentences, c.tokens, c.names)
			}
			check(t, docs)
		})
	}
}

// TestGUMMentionsDev counts mentions, entities and those of more than one mention.
func TestGUMMentionsDev(t *testing.T) {
	docs, err := CoNLLU(filepath.Join(home, "gum", "dev.conllu"))
	skipAbsent(t, err)
	mentions, entities, chains := 0, 0, 0
	for _, d := range docs {
		mentions += len(d.Mentions)
		entities += len(d.Entities)
		of := make([]int, len(d.Entities))
		for _, m := range d.Mentions {
			if of[m.Entity]++; of[m.Entity] == 2 {
				chains++
			}
			if !m.Contains(d.Tokens[m.Head].Span) {
				t.Errorf("%s: mention %q has its head outside", d.Meta.Path, d.Slice(m.Span))
			}
		}
	}
	if mentions != 7897 || entities != 3940 || chains != 1102 {
		t.Errorf("%d mentions of %d entities, %d of them with several; want 7897, 3940, 1102", mentions, entities, chains)
	}
}

// Of the 2,000 pronouns of GAP's dev part some refer to neither name, and none to both.
func TestGAPDev(t *testing.T) {
	all, err := GAP(filepath.Join(home, "gap", "dev.tsv"))
	skipAbsent(t, err)
	a, b, neither, both := 0, 0, 0, 0
	for _, x := range all {
		switch {
		case x.IsA && x.IsB:
			both++
		case x.IsA:
			a++
		case x.IsB:
			b++
		default:
			neither++
		}
	}
	if len(all) != 2000 || a != 874 || b != 925 || neither != 201 || both != 0 {
		t.Errorf("%d pronouns: %d the first, %d the second, %d neither, %d both; want 874, 925, 201, 0", len(all), a, b, neither, both)
	}
}
