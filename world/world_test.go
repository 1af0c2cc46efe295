package world

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

// TestMake checks over many seeds that the truth lies inside the articles: spans that hold
// the claim, groups, pairs and edges that exist, rings of articles that do.
func TestMake(t *testing.T) {
	for _, name := range []string{Harbour, Fields, Plain} {
		t.Run(name, func(t *testing.T) { testMake(t, name) })
	}
}

func testMake(t *testing.T, name string) {
	set, err := Templates("templates/" + name)
	if err != nil {
		t.Fatal(err)
	}
	rings, rises, two := 0, 0, 0
	for seed := range int64(200) {
		w := set.Make(seed)
		c := w.Truth.Claims[0]
		if len(w.Articles) == 0 || len(c.Tellings) == 0 || len(c.Origins) == 0 {
			t.Fatalf("seed %d: %d articles, %d tellings, %d origins", seed, len(w.Articles), len(c.Tellings), len(c.Origins))
		}
		text, published := map[string][]rune{}, map[string]string{}
		for _, a := range w.Articles {
			text[a.ID], published[a.ID] = []rune(a.Text), a.Published
			if strings.ContainsAny(a.Text, "{}") || strings.Contains(a.Text, "[[") {
				t.Errorf("seed %d: %s has a slot left: %s", seed, a.ID, a.Text)
			}
		}
		for _, x := range append(append([]Telling{}, c.Tellings...), c.Denials...) {
			r := text[x.Article]
			if x.Span[0] < 0 || x.Span[1] > len(r) || x.Span[1]-x.Span[0] < 10 {
				t.Fatalf("seed %d: %v in an article of %d", seed, x, len(r))
			}
		}
		seen := map[int]bool{}
		for _, o := range c.Origins {
			for _, i := range o {
				if seen[i] || i >= len(c.Tellings) {
					t.Errorf("seed %d: telling %d in two origins, or nowhere", seed, i)
				}
				seen[i] = true
			}
		}
		if n := len(c.Origins); len(c.Pairs) != n*(n-1)/2 {
			t.Errorf("seed %d: %d pairs of %d origins", seed, len(c.Pairs), n)
		}
		for _, ring := range c.Cycles {
			for _, id := range ring {
				if text[id] == nil {
					t.Errorf("seed %d: the ring %v has no article %s", seed, ring, id)
				}
			}
		}
		for _, p := range c.Copies {
			if published[p[0]] > published[p[1]] {
				t.Errorf("seed %d: the copy %s is older than %s", seed, p[1], p[0])
			}
		}
		rings, rises = rings+len(c.Cycles), rises+len(c.Rises)
		if len(c.Origins) > 1 {
			two++
		}
		if again := set.Make(seed); !reflect.DeepEqual(w, again) {
			t.Fatalf("seed %d gives two worlds", seed)
		}
	}
	if rings < 20 || rises < 20 || two < 50 {
		t.Errorf("200 worlds have %d rings, %d rises, %d with two origins", rings, rises, two)
	}
}

func TestWrite(t *testing.T) {
	set, err := Templates("templates/harbour")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	w := set.Make(3)
	if err := w.Write(dir); err != nil {
		t.Fatal(err)
	}
	again, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(w.Articles, again.Articles) {
		t.Errorf("articles read %v, written %v", again.Articles, w.Articles)
	}
	if len(again.Truth.Claims) != 1 || !reflect.DeepEqual(again.Truth.Claims[0].Tellings, w.Truth.Claims[0].Tellings) {
		t.Errorf("truth read %v, written %v", again.Truth, w.Truth)
	}
	if err := os.WriteFile(filepath.Join(dir, "articles", "a01.txt"), []byte("no JSON\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir); err == nil || !strings.Contains(err.Error(), "a01.txt") {
		t.Errorf("a broken article gives %v", err)
	}
}

func TestTemplateErrors(t *testing.T) {
	for _, test := range []struct{ name, stories, forms, want string }{
		{"unknown key", "story a\nfoo: bar", "", `stories.txt:2: unknown key "foo"`},
		{"parts", "story a\nperson: Ann Roe | mayor", "", "stories.txt:2: person has 2 parts, not 4"},
		{"before a story", "is: it is", "", `stories.txt:1: "is" before the first story`},
		{"unknown kind", "story a", "shout: it", `forms.txt:1: unknown kind "shout"`},
		{"no colon", "story a", "it", "forms.txt:1: no colon"},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := FromFS(fstest.MapFS{"stories.txt": {Data: []byte(test.stories)}, "forms.txt": {Data: []byte(test.forms)}})
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %s", err, test.want)
			}
		})
	}
}
