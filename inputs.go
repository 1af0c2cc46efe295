package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// input is one article to read.
type input struct {
	path string
	err  error // found while looking for it
}

// inputs returns the articles that paths name, in their order. Folders are walked
// in the order of their names; what is hidden in them, and links to folders, is
// left out.
func inputs(paths []string) (out []input) {
	for _, path := range paths {
		info, err := os.Stat(path)
		switch {
		case path == "-", err == nil && !info.IsDir():
			out = append(out, input{path: path})
		case err != nil:
			out = append(out, input{path, reason(path, err)})
		default:
			found := folder(path)
			if len(found) == 0 {
				found = []input{{path, fmt.Errorf("read %s: a folder without articles; name files, or a folder that holds some", path)}}
			}
			out = append(out, found...)
		}
	}
	return out
}

func folder(root string) (out []input) {
	// A link to a folder that was named is followed.
	if !strings.HasSuffix(root, string(filepath.Separator)) {
		root += string(filepath.Separator)
	}
	filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			out = append(out, input{path, reason(path, err)})
			return fs.SkipDir
		}
		if path == root {
			return nil
		}
		hidden := strings.HasPrefix(entry.Name(), ".")
		if entry.IsDir() {
			if hidden {
				return fs.SkipDir
			}
			return nil
		}
		regular := entry.Type().IsRegular()
		if entry.Type()&fs.ModeSymlink != 0 {
			info, err := os.Stat(path)
			regular = err != nil || info.Mode().IsRegular() // a broken link is reported
		}
		if !hidden && regular {
			out = append(out, input{path: filepath.Clean(path)})
		}
		return nil
	})
	return out
}

// load returns the bytes of a file, or of standard input for "-". It never takes
// more than most bytes into memory, whatever the file's size is said to be.
func load(in io.Reader, path string, most size) ([]byte, error) {
	name, from := path, in
	if path == "-" {
		name = "standard input"
	} else {
		f, err := os.Open(path)
		if err != nil {
			return nil, reason(path, err)
		}
		defer f.Close()
		from = f
	}
	raw, err := io.ReadAll(io.LimitReader(from, int64(most)+1))
	if err != nil {
		return nil, reason(name, err)
	}
	if len(raw) > int(most) {
		return nil, fmt.Errorf("read %s: larger than %v; --max-size raises the limit", name, most)
	}
	return raw, nil
}

// reason puts an error about a file into the words of this program.
func reason(path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("read %s: %w", path, err)
}

// size is a number of bytes, written as "20MB".
type size int64

var sizeUnits = []struct {
	name  string
	bytes size
}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}, {"B", 1}}

// UnmarshalText reads a size.
func (s *size) UnmarshalText(text []byte) error {
	for _, u := range sizeUnits {
		if number, ok := strings.CutSuffix(strings.ToUpper(string(text)), u.name); ok {
			n, err := strconv.ParseInt(strings.TrimSpace(number), 10, 32)
			if err != nil || n < 1 {
				break
			}
			*s = size(n) * u.bytes
			return nil
		}
	}
	return fmt.Errorf("%q is no size such as 20MB or 512KB", text)
}

// String writes the size in the largest unit that divides it.
func (s size) String() string {
	for _, u := range sizeUnits {
		if s%u.bytes == 0 {
			return fmt.Sprintf("%d %s", s/u.bytes, u.name)
		}
	}
	return "0 B"
}
