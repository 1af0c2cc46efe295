package ingest

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/klauspost/compress/gzip"
)

// Count returns about how many pages there are in sources, for whoever shows how far a run
// is: files, and lines of files of lines. It is 0 where a source cannot be counted without reading
// it, as what lies on the web.
func Count(ctx context.Context, sources []string) (n int) {
	for _, source := range sources {
		if isAddress(source) {
			return 0
		}
		err := filepath.WalkDir(source, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || ctx.Err() != nil {
				return ctx.Err()
			}
			hidden := path != source && strings.HasPrefix(entry.Name(), ".")
			switch {
			case hidden && entry.IsDir():
				return fs.SkipDir
			case hidden || entry.IsDir():
				return nil
			}
			in := countFile(ctx, path)
			if in == 0 {
				n = 0
				return fs.SkipAll
			}
			n += in
			return nil
		})
		if err != nil || n == 0 {
			return 0
		}
	}
	return n
}

// countFile returns how many pages a file has; 0 where that cannot be told.
func countFile(ctx context.Context, path string) int {
	f, err := os.Open(path)
	if err != nil {
		return 1 // a page that fails
	}
	defer f.Close()
	var from io.Reader = bufio.NewReaderSize(f, 256<<10)
	if head, _ := from.(*bufio.Reader).Peek(2); bytes.Equal(head, []byte{0x1f, 0x8b}) {
		if from, err = gzip.NewReader(from); err != nil {
			return 1
		}
	}
	in := bufio.NewReaderSize(from, 256<<10)
	head, _ := in.Peek(64)
	head = bytes.TrimLeft(head, "\ufeff \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("WARC/")):
		return 0
	case !bytes.HasPrefix(head, []byte("{")):
		return 1
	}
	lines, buf := 0, make([]byte, 256<<10)
	for ctx.Err() == nil {
		n, err := in.Read(buf)
		lines += bytes.Count(buf[:n], []byte("\n"))
		if err != nil {
			return max(lines, 1)
		}
	}
	return 0
}
