package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "hearsay"

// learning is what a stage with models may import: learn has two inner rooms, the
// arithmetic and the nets.
var learning = []string{"doc", "learn", "learn/kernel", "learn/net", "lexicon"}

// known are the tables of who and what there is: actors and places.
var known = []string{"lexicon/kb", "lexicon/gazetteer"}

var stagePackages = []string{"encode", "syntax", "entity", "entity/timex", "entity/place", "quote", "certainty", "event"}

// mayImport is the table of the design: for each package, those of this module that
// it may import. What is not built yet stands here already. Beyond the words of the
// design, every package that touches articles imports doc, and models, which holds
// nothing but embedded weights, may be imported by read. The stage encode, which the
// design did not have, turns words into the vectors that all later stages read: one pass
// in place of one for each stage. Two rooms of entity stand for
// themselves, since they need nothing of names: times, and places on the map.
var mayImport = map[string][]string{
	"doc":                     {},
	"learn":                   {},
	"learn/kernel":            {},
	"learn/net":               {"learn", "learn/kernel"},
	"lexicon":                 {},
	"lexicon/kb":              {"lexicon"},
	"lexicon/kb/build":        {"lexicon/kb"},
	"lexicon/gazetteer":       {"lexicon", "lexicon/kb"},
	"lexicon/gazetteer/build": {"lexicon/gazetteer"},
	"lexicon/plover":          {},
	"models":                  {},
	"corpus":                  {"doc"},
	"collect":                 {},
	"extract":                 {"doc"},
	"encode":                  learning,
	"syntax":                  learning,
	"entity":                  append(learning[:len(learning):len(learning)], known...),
	"entity/timex":            {"doc", "lexicon"},
	"entity/place":            append([]string{"doc", "lexicon"}, known...),
	"quote":                   append(learning[:len(learning):len(learning)], known...),
	"certainty":               learning,
	"event":                   append(append(learning[:len(learning):len(learning)], known...), "lexicon/plover"),
	"read":                    append(append([]string{"doc", "extract", "models", "lexicon/plover"}, known...), stagePackages...),
	"claim":                   {"doc"},
	"ledger":                  {"claim"},
	"ingest":                  {"doc", "collect", "extract", "read", "claim", "ledger", "provenance"},
	"provenance":              {"claim", "doc"},
	"world":                   {},
	"watch":                   {"claim", "ledger", "provenance"},
	"exchange":                {"claim", "ledger", "provenance"},
	"desk":                    {"read", "ingest", "claim", "ledger", "provenance", "watch", "exchange"},
	"eval":                    append(append([]string{"doc", "corpus", "extract", "read", "claim", "provenance", "world"}, known...), stagePackages...),
}

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Imports    []string // without those of tests
}

// TestImports holds every package to the table. The root may import all of them.
func TestImports(t *testing.T) {
	if _, err := os.Stat("go.mod"); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v\n%s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	if len(packages) < 9 {
		t.Fatalf("go list names %d packages: too few to be this module", len(packages))
	}
	for _, complaint := range violations(packages) {
		t.Error(complaint)
	}
}

// violations says which imports the table does not allow.
func violations(packages []listed) (out []string) {
	for _, p := range packages {
		name, inside := strings.CutPrefix(p.ImportPath, module+"/")
		if !inside {
			continue // the root
		}
		allowed, known := mayImport[name]
		if !known {
			out = append(out, name+" is not in the table of packages")
			continue
		}
		for _, path := range p.Imports {
			other, inside := strings.CutPrefix(path, module+"/")
			if inside && !slices.Contains(allowed, other) {
				out = append(out, name+" may not import "+other)
			}
		}
	}
	return out
}

// TestViolations shows that the check can fail.
func TestViolations(t *testing.T) {
	for _, test := range []struct {
		name string
		in   listed
		want string
	}{
		{"allowed", listed{"hearsay/quote", []string{"fmt", "hearsay/doc", "hearsay/learn"}}, ""},
		{"stage imports stage", listed{"hearsay/quote", []string{"hearsay/syntax"}}, "quote may not import syntax"},
		{"below imports above", listed{"hearsay/doc", []string{"hearsay/read"}}, "doc may not import read"},
		{"unknown package", listed{"hearsay/util", nil}, "util is not in the table of packages"},
		{"root imports all", listed{"hearsay", []string{"hearsay/syntax", "hearsay/models"}}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := strings.Join(violations([]listed{test.in}), "; "); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}
