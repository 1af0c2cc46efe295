// Command build packs the tables in data/ into kb.zst, the file that the program carries.
// It runs in lexicon/kb: go generate ./lexicon/kb.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hearsay/lexicon/kb"
)

func main() {
	if err := build("data", "kb.zst"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// build packs the tables of a folder. Their names in the pack are those within it.
func build(from, to string) error {
	var files []kb.File
	err := filepath.WalkDir(from, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".csv" {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, from+string(filepath.Separator)))
		files = append(files, kb.File{Name: name, Data: data})
		return nil
	})
	if err != nil {
		return fmt.Errorf("build knowledge base: %w", err)
	}
	packed, err := kb.Pack(files...)
	if err != nil {
		return err
	}
	fmt.Printf("%s: %d tables, %d bytes\n", to, len(files), len(packed))
	return os.WriteFile(to, packed, 0o644)
}
