package kb

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

//go:embed kb.zst
var shipped []byte

// KB is a knowledge base. It may be read by several goroutines at once.
type KB struct {
	layers []*layer // the shipped one first; a later one wins
}

var shippedLayer = sync.OnceValue(func() *layer {
	l, err := unpack(shipped)
	if err != nil {
		panic(fmt.Sprintf("kb.zst: %v; go generate ./lexicon/kb writes it anew", err))
	}
	return l
})

// Shipped returns the knowledge base that the program carries.
func Shipped() *KB { return &KB{[]*layer{shippedLayer()}} }

// Open returns the shipped knowledge base with the tables (*.csv) of folders on top,
// those in folders inside them too. A later folder wins over those before it; one that
// is not there is left out. The error joins a *Problem for every line that is wrong.
func Open(dirs ...string) (*KB, error) {
	k := Shipped()
	for _, dir := range dirs {
		files, err := readFolder(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		parsed, err := check(k, files)
		if err != nil {
			return nil, err
		}
		k.layers = append(k.layers, newLayer(parsed))
	}
	return k, nil
}

// readFolder reads the tables of a folder in the order of their names.
func readFolder(dir string) (files []File, err error) {
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("open knowledge base: %w", err)
		}
		if entry.IsDir() || filepath.Ext(path) != ".csv" || strings.HasPrefix(entry.Name(), ".") {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("open knowledge base: %w", err)
		}
		files = append(files, File{path, data})
		return nil
	})
	return files, err
}

// Tables returns the shipped tables as they were written, in the order of their names.
func Tables() []File {
	var out []File
	for _, f := range shippedLayer().files {
		out = append(out, File{f.Name, []byte(f.data)})
	}
	return out
}

// Entry returns what has an id: "USA", "org:nato", "person:joe-biden".
func (k *KB) Entry(id string) (*Entry, bool) {
	for i := len(k.layers) - 1; i >= 0; i-- {
		l := k.layers[i]
		if hits := l.indexes[byID].find(id); len(hits) > 0 {
			return k.at(l, hits[len(hits)-1].row), true
		}
	}
	return nil, false
}

// State returns the state of an ISO 3166-1 alpha-3 code.
func (k *KB) State(iso3 string) (*Entry, bool) {
	e, ok := k.Entry(iso3)
	if !ok || e.State == nil {
		return nil, false
	}
	return e, true
}

// Country returns the code of the state that the entry is or belongs to, by way of the
// bodies that it is part of; "" where there is none.
func (k *KB) Country(e *Entry) string {
	for range 20 {
		if e.Country != "" || e.Parent == "" {
			return e.Country
		}
		parent, ok := k.Entry(e.Parent)
		if !ok {
			return ""
		}
		e = parent
	}
	return ""
}

// Lookup returns what a name can stand for, the user's entries first; none where the name
// is not known. The name is taken as it is written. Where nothing has it so, case,
// accents, hyphens and a leading "the" are set aside, but never for abbreviations ("who"
// is not the WHO), and a single word in small letters stands for nothing. People are
// found by two words of their names or more; PersonByName knows surnames too. A
// possessive 's is the caller's to take off.
func (k *KB) Lookup(name string) []Ref {
	name = strings.TrimSpace(name)
	if refs := k.refs(byName, name); len(refs) > 0 {
		return refs
	}
	if rest, ok := cutThe(name); ok {
		if refs := k.refs(byName, rest); len(refs) > 0 {
			return refs
		}
		name = rest
	}
	// "U.N.H.C.R." is an abbreviation too.
	if strings.Contains(name, ".") {
		var out []Ref
		for _, r := range k.refs(byName, strings.ReplaceAll(name, ".", "")) {
			if r.As == Abbreviation {
				out = append(out, r)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	key := fold(name)
	if name == strings.ToLower(name) && !strings.Contains(key, " ") {
		return nil
	}
	return k.refs(byFold, key)
}

func cutThe(s string) (string, bool) {
	if len(s) > 4 && (s[0] == 't' || s[0] == 'T') && s[1:4] == "he " {
		return s[4:], true
	}
	return s, false
}

// refs returns the entries of a key, each once, without those that a later layer has
// replaced.
func (k *KB) refs(x int, key string) (out []Ref) {
	for i := len(k.layers) - 1; i >= 0; i-- {
		l := k.layers[i]
	hits:
		for _, h := range l.indexes[x].find(key) {
			if k.replaced(i, h.row) {
				continue
			}
			e := k.at(l, h.row)
			for n := range out {
				if out[n].Entry.ID == e.ID {
					if e.Outlet != nil && out[n].Entry.Table == Outlets {
						out[n].Entry = e // of an outlet's rows, the last is the newest
					}
					continue hits
				}
			}
			out = append(out, Ref{e, h.as})
		}
	}
	return out
}

// replaced says whether a later layer than number i has the id of a row in that layer.
// What is known of a person is joined, and never replaced.
func (k *KB) replaced(i, row int) bool {
	if t := k.layers[i].table(row); i == len(k.layers)-1 || t == Holders || t == People {
		return false
	}
	id := k.layers[i].entry(row).ID
	for _, l := range k.layers[i+1:] {
		if len(l.indexes[byID].find(id)) > 0 {
			return true
		}
	}
	return false
}

// at returns the entry of a row; for a term of office that of the person who held it.
func (k *KB) at(l *layer, row int) *Entry {
	switch l.table(row) {
	case Holders, People:
		return k.person(l.row(row).get("name"))
	}
	return l.entry(row)
}

// Names gives every name that Lookup knows as it is written, sorted within each folder of
// tables, with a function for the entry, which costs more. One name can come several
// times.
func (k *KB) Names() iter.Seq2[string, func() Ref] {
	return func(yield func(string, func() Ref) bool) {
		for i, l := range k.layers {
			x := &l.indexes[byName]
			for n := range x.len() {
				h := x.hit(n)
				if k.replaced(i, h.row) {
					continue
				}
				if !yield(x.key(n), func() Ref { return Ref{k.at(l, h.row), h.as} }) {
					return
				}
			}
		}
	}
}
