package collect

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// folder takes the pages of the files below a folder, in the order of their names. What is
// hidden in it, and links to folders, is left out: links can lead in circles. A link to a
// folder that was itself named is followed.
func (c *Collector) folder(ctx context.Context, root string, at place, yield yielder) bool {
	base := strings.TrimSuffix(root, string(filepath.Separator)) + string(filepath.Separator)
	found, more := at.key() != "", true
	filepath.WalkDir(base, func(path string, entry fs.DirEntry, err error) error {
		key, _ := filepath.Rel(base, path)
		key = filepath.ToSlash(key)
		if err != nil {
			found = true
			if more = yield(Page{Locator: path, Cursor: at.behind(key)}, reading(path, err)); !more {
				return fs.SkipAll
			}
			return fs.SkipDir
		}
		if key == "." {
			return nil
		}
		hidden := strings.HasPrefix(entry.Name(), ".")
		if entry.IsDir() {
			if hidden || done(key, at, true) {
				return fs.SkipDir
			}
			return nil
		}
		regular := entry.Type().IsRegular()
		if entry.Type()&fs.ModeSymlink != 0 {
			info, err := os.Stat(path)
			regular = err != nil || info.Mode().IsRegular() // a broken link is reported
		}
		if hidden || !regular || done(key, at, false) {
			return nil
		}
		found = true
		if more = c.file(ctx, filepath.Clean(path), at.inside(key), key, yield); !more {
			return fs.SkipAll
		}
		return nil
	})
	if more && !found {
		more = yield(Page{Locator: root, Cursor: at.behind("")}, fmt.Errorf("read %s: a folder without files to read", root))
	}
	return more
}

// done tells whether a file, or all of a folder, lies before the place to go on at.
func done(key string, at place, folder bool) bool {
	from := at.key()
	if from == "" {
		return false
	}
	if folder {
		return before(key, from) && !strings.HasPrefix(from, key+"/")
	}
	return before(key, from) || key == from && !at.within()
}

// before is the order of a walk: names are compared one folder after another, so that
// "a/z" is before "a.txt".
func before(a, b string) bool {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return as[i] < bs[i]
		}
	}
	return len(as) < len(bs)
}

// file takes the pages of a file: one, or those of the archive or list that it is. key is
// its name in the folder that it was found in, or "".
func (c *Collector) file(ctx context.Context, path string, at place, key string, yield yielder) bool {
	end := at.behind("end") // of a file that was named itself
	if key != "" {
		end = place{above: at.above[:len(at.above)-1]}.behind(key)
	}
	if key == "" && at.key() == "end" {
		return true
	}
	fail := func(err error) bool {
		return yield(Page{Locator: path, Cursor: end}, reading(path, err))
	}
	f, err := os.Open(path)
	if err != nil {
		return fail(err)
	}
	defer f.Close() // read only, so closing cannot lose anything
	info, err := f.Stat()
	if err != nil {
		return fail(err)
	}
	if info.Size() == 0 {
		return fail(errors.New("empty"))
	}
	head, packed, err := headOf(f)
	if err != nil {
		return fail(err)
	}
	switch kind := kindOf(head); kind {
	case kindBinary:
		return fail(errBinary)
	case kindWARC:
		return c.archive(ctx, path, f, packed, at, yield)
	case kindLines:
		return c.lines(ctx, path, f, packed, at, yield)
	default:
		most := c.mostList()
		switch kind {
		case kindPage:
			most = c.mostPage()
		case kindFeed:
			most = min(most, maxFeed)
		}
		raw, err := whole(f, packed, most)
		switch {
		case err != nil:
			return fail(err)
		case len(bytes.TrimSpace(raw)) == 0:
			return fail(errors.New("empty"))
		case kind != kindPage:
			return c.list(ctx, path, path, raw, kind, at, 0, yield)
		}
		return yield(Page{Locator: path, Fetched: c.clock(), Body: raw, Cursor: end}, nil)
	}
}

// headOf returns the first bytes of a file, unpacked, and goes back to its beginning.
func headOf(f *os.File) (head []byte, packed bool, err error) {
	head, err = readSome(f)
	if err != nil {
		return nil, false, err
	}
	if packed = bytes.HasPrefix(head, gzipMagic); packed {
		zip, err := gzip.NewReader(bytes.NewReader(head))
		if err != nil {
			return nil, true, err
		}
		head, _ = readSome(zip) // what it breaks off with is found by whoever reads on
	}
	_, err = f.Seek(0, io.SeekStart)
	return head, packed, err
}

func readSome(r io.Reader) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, headSize))
}

// whole reads a file that is a page or list.
func whole(f *os.File, packed bool, most int64) ([]byte, error) {
	if packed {
		return gunzip(bufio.NewReader(f), most)
	}
	return readAll(f, most)
}
