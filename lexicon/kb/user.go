package kb

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// UserDir returns the folder of the user's own tables: $HEARSAY_KB, or hearsay/kb in the
// user's configuration. It need not exist.
func UserDir() (string, error) {
	if dir := os.Getenv("HEARSAY_KB"); dir != "" {
		return dir, nil
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the user's knowledge base: %w; HEARSAY_KB names one", err)
	}
	return filepath.Join(dir, "hearsay", "kb"), nil
}

// Added is a table in a folder of the user's.
type Added struct {
	File    string // its path
	Table   Table
	Entries int // rows
}

// Add copies tables into a folder, which it makes where there is none. They are checked
// first together with what lies there: where anything is wrong, the error joins a
// *Problem for each mistake and nothing is changed. A file takes the place of the one of
// the same name.
func Add(dir string, files ...File) ([]Added, error) {
	var names []string
	for _, f := range files {
		name := filepath.Base(f.Name)
		if filepath.Ext(name) != ".csv" {
			return nil, &Problem{f.Name, 0, "a table is a file whose name ends in .csv"}
		}
		if slices.Contains(names, name) {
			return nil, &Problem{f.Name, 0, "two files of the same name"}
		}
		names = append(names, name)
	}
	old, err := readFolder(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	all := slices.Clone(files)
	for _, f := range old {
		if filepath.Dir(f.Name) != filepath.Clean(dir) || !slices.Contains(names, filepath.Base(f.Name)) {
			all = append(all, f)
		}
	}
	parsed, err := check(Shipped(), all)
	if err != nil {
		return nil, err
	}
	if err := store(dir, names, files); err != nil {
		return nil, fmt.Errorf("add to knowledge base: %w", err)
	}
	var out []Added
	for i, f := range files {
		for _, p := range parsed {
			if p.Name == f.Name {
				out = append(out, Added{filepath.Join(dir, names[i]), p.table, len(p.rows)})
			}
		}
	}
	return out, nil
}

// store writes all files beside their places and then moves them there.
func store(dir string, names []string, files []File) (err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	var written []string
	defer func() {
		for _, w := range written {
			os.Remove(w) // those that have been moved are no longer there
		}
	}()
	for i, f := range files {
		w, err := os.CreateTemp(dir, "."+names[i]+".*")
		if err != nil {
			return err
		}
		written = append(written, w.Name())
		_, err = w.Write(f.Data)
		if err := cmp.Or(err, w.Chmod(0o644), w.Close()); err != nil {
			return err
		}
	}
	for i, w := range written {
		if err := os.Rename(w, filepath.Join(dir, names[i])); err != nil {
			return err
		}
	}
	return nil
}

// List returns the tables in a folder of the user's, in the order of their names; none
// where the folder does not exist.
func List(dir string) (out []Added, err error) {
	files, err := readFolder(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, f := range files {
		p, err := parse(f)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		out = append(out, Added{f.Name, p.table, len(p.rows)})
	}
	return out, errors.Join(errs...)
}
