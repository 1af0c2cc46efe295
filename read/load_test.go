package read

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hearsay/learn"
	"hearsay/learn/kernel"
	"hearsay/models"
)

// open takes a shipped model apart, whatever its version.
func open(t *testing.T, name string) *learn.File {
	t.Helper()
	b := models.Bytes(name)
	// Behind the magic of 8 bytes: the length of the name, the name, likewise the version.
	at := 8 + 4 + len(name)
	version := string(b[at+4:][:binary.LittleEndian.Uint32(b[at:])])
	f, err := learn.ReadFile(b, name, version)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// textSections are those in which a byte less may go unnoticed.
var textSections = map[string]bool{
	"split xpos tags": true, "split upos tags": true, "split relations": true, "split lemmas": true, "reader words": true,
}

// TestLoad gives each reader models that it must refuse, with the model's name and the
// reason: truncated, of another version, of another model, absent, and with any section
// missing or too short.
func TestLoad(t *testing.T) {
	for _, c := range []struct {
		name   string
		config Config
		models []string
	}{
		{"default", Config{}, neuralModels},
		{"fast", Config{Fast: true}, linearModels},
	} {
		t.Run(c.name, func(t *testing.T) {
			files, plain := map[string]*learn.File{}, map[string][]byte{}
			for _, name := range c.models {
				files[name] = open(t, name)
				plain[name] = files[name].Bytes() // packed ones would be unpacked each time
			}
			if _, err := load(c.config, func(name string) []byte { return plain[name] }); err != nil {
				t.Fatal(err)
			}
			refused := func(name, what string, weights []byte, want ...string) {
				t.Helper()
				_, err := load(c.config, func(n string) []byte {
					if n == name {
						return weights
					}
					return plain[n]
				})
				if err == nil {
					t.Errorf("model %s %s is taken", name, what)
					return
				}
				for _, w := range append(want, "model "+name) {
					if !strings.Contains(err.Error(), w) {
						t.Errorf("model %s %s: error %q does not say %q", name, what, err, w)
					}
				}
			}
			for _, name := range c.models {
				f := files[name]
				shipped := models.Bytes(name)
				refused(name, "truncated", shipped[:len(shipped)-3], "truncated or damaged")
				other := *f
				other.Version = "0"
				refused(name, "of another version", other.Bytes(), `version "0"`)
				other.Version, other.Name = f.Version, "chess"
				refused(name, "that is another", other.Bytes(), `holds model "chess"`)
				refused(name, "that is absent", nil, "not a model file")
				for i, s := range f.Sections {
					less := *f
					less.Sections = slices.Delete(slices.Clone(f.Sections), i, i+1)
					refused(name, "without "+s.Name, less.Bytes(), "no section", s.Name)
					if !textSections[name+" "+s.Name] {
						less.Sections = slices.Clone(f.Sections)
						less.Sections[i].Data = s.Data[:len(s.Data)-1]
						refused(name, "with a short "+s.Name, less.Bytes())
					}
				}
			}
			// A tag more in the model that names them, and the others have another shape.
			split := *files["split"]
			split.Sections = slices.Clone(split.Sections)
			for i, s := range split.Sections {
				if s.Name == "xpos tags" {
					split.Sections[i].Data = append(slices.Clone(s.Data), "\nZZ"...)
				}
			}
			of := map[bool][2]string{true: {"syntax", "section xpos: linear model: "}, false: {"reader", "section syntax.tags: not of shape"}}[c.config.Fast]
			plain["split"] = split.Bytes()
			refused(of[0], "of another shape", plain[of[0]], of[1])
		})
	}
}

// TestVersions holds what readings say of their reader.
func TestVersions(t *testing.T) {
	fast, err := New(Config{Fast: true})
	if err != nil {
		t.Fatal(err)
	}
	if v := fast.Version(); !strings.HasPrefix(v, "hearsay "+Program+" split:") || !strings.HasSuffix(v, " fast") || strings.Contains(v, "reader:") {
		t.Errorf("the fast reader is %q", v)
	}
	d, err := fast.Article("a.txt", []byte("She said no."), Options{})
	if err != nil || d.Reader != fast.Version() {
		t.Errorf("a Doc names %q as its reader, not %q; %v", d.Reader, fast.Version(), err)
	}
	d, err = fast.Article("b.txt", []byte(seeds[7]), Options{})
	if err != nil || d.Reader != fast.Version() {
		t.Errorf("a Doc that is not in English names %q; %v", d.Reader, err)
	}
	if v := reader(t).Version(); !strings.Contains(v, " reader:") || strings.Contains(v, "quote:") || strings.HasSuffix(v, "fast") {
		t.Errorf("the default reader is %q", v)
	}
}

// TestLevels reads articles with every set of instructions that this processor has: the
// same bytes must come out.
func TestLevels(t *testing.T) {
	articles := map[string][]byte{"hand": []byte(hand(t).Text)}
	for i, s := range seeds {
		articles["seed "+ID(i)] = []byte(s)
	}
	paths, err := filepath.Glob("../quote/testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no articles in quote/testdata: %v", err)
	}
	for _, path := range append(paths, "../testdata/sample.txt") {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		articles[path] = raw
	}
	before := kernel.Use(kernel.Plain)
	defer kernel.Use(before)
	want := map[string]string{}
	for level := kernel.Plain; level <= kernel.Best(); level++ {
		kernel.Use(level)
		r, err := New(Config{})
		if err != nil {
			t.Fatal(err)
		}
		for name, raw := range articles {
			d, err := r.Article(name, raw, Options{})
			if err != nil {
				continue // at any level
			}
			line, err := JSON(d, JSONOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if level == kernel.Plain {
				want[name] = string(line)
			} else if string(line) != want[name] {
				t.Errorf("%s, %s: %.300s\nplain Go: %.300s", name, level, line, want[name])
			}
		}
	}
}
