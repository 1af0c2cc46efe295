package corpus

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"hearsay/doc"
)

// PolNeAR reads a part of the Political News Attribution Relations corpus: a
// folder with text/ and attributions/. Every file in text/ is an article; its
// annotations are NAME.ann or NAME_ANNOTATOR.ann. Statements hold the gold of one
// annotator an article, the first in name order, sorted by cue; nesting is not
// marked, so Parent is -1. Attributions without a cue or without a content were
// left unfinished and are dropped. Meta comes from metadata.tsv beside the
// folder, if it is there. Errors name the file and line.
func PolNeAR(dir string) ([]*doc.Doc, error) { return polnear(dir, false) }

// PolNeAREvery reads like PolNeAR, with a Doc for every annotator of an article, one
// after the other.
func PolNeAREvery(dir string) ([]*doc.Doc, error) { return polnear(dir, true) }

func polnear(dir string, every bool) ([]*doc.Doc, error) {
	texts, err := files(filepath.Join(dir, "text"))
	if err != nil {
		return nil, fmt.Errorf("read polnear: %w", err)
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("read %s: no articles in text/", dir)
	}
	anns, err := annotations(filepath.Join(dir, "attributions"))
	if err != nil {
		return nil, fmt.Errorf("read polnear: %w", err)
	}
	meta, err := polnearMeta(filepath.Join(dir, "..", "metadata.tsv"))
	if err != nil {
		return nil, err
	}
	var docs []*doc.Doc
	for _, path := range texts {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if !utf8.Valid(raw) {
			return nil, fmt.Errorf("read %s: not UTF-8, so its offsets mean nothing", path)
		}
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		of := anns[name]
		if len(of) == 0 {
			return nil, fmt.Errorf("read %s: no annotations in attributions/", path)
		}
		if !every {
			of = of[:1]
		}
		for _, file := range of {
			d := doc.New(string(raw))
			d.Meta = meta[name]
			d.Meta.Path = path
			ann, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			if err := brat(d, file, string(ann)); err != nil {
				return nil, err
			}
			docs = append(docs, d)
		}
	}
	return docs, nil
}

// files returns the paths of the files of a folder in name order, without hidden
// ones.
func files(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, e := range entries {
		if !e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths, nil
}

// annotations returns the standoff files of each article of a folder, one for each
// of its annotators, in name order: NAME.ann or NAME_4b22.ann.
func annotations(dir string) (map[string][]string, error) {
	paths, err := files(dir)
	if err != nil {
		return nil, err
	}
	of := map[string][]string{}
	for _, path := range paths {
		name, ok := strings.CutSuffix(filepath.Base(path), ".ann")
		if !ok {
			continue
		}
		of[name] = append(of[name], path)
		if cut := strings.LastIndexByte(name, '_'); cut > 0 {
			of[name[:cut]] = append(of[name[:cut]], path)
		}
	}
	return of, nil
}

// polnearMeta returns what the metadata table says of each article, by name. A
// missing table gives an empty map.
func polnearMeta(path string) (map[string]doc.Meta, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	meta := map[string]doc.Meta{}
	var column map[string]int
	for i, line := range strings.Split(string(raw), "\n") {
		field := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if i == 0 {
			column = map[string]int{}
			for c, name := range field {
				column[name] = c
			}
			continue
		}
		get := func(name string) string {
			c, ok := column[name]
			if !ok || c >= len(field) || field[c] == "None" {
				return ""
			}
			return field[c]
		}
		if name := get("filename"); name != "" {
			credit := get("wire")
			if credit == "" {
				credit = get("credit")
			}
			meta[name] = doc.Meta{Title: get("title"), Outlet: get("publisher"), Byline: get("author"),
				Published: get("publication_date"), Credit: credit}
		}
	}
	return meta, nil
}

// brat adds the attributions of a standoff file to d.Statements. Spans may stand
// after the events that name them.
func brat(d *doc.Doc, path, ann string) error {
	bytesAt := runeStarts(d.Text)
	spans := map[string][]doc.Span{}
	var events []entry
	for _, e := range bratEntries(ann) {
		id, rest, ok := strings.Cut(e.text, "\t")
		if !ok || id == "" {
			continue
		}
		switch id[0] {
		case 'E':
			events = append(events, entry{e.line, rest})
		case 'T':
			where, _, _ := strings.Cut(rest, "\t")
			_, where, ok := strings.Cut(where, " ")
			if !ok {
				return fmt.Errorf("read %s: line %d: %s has no offsets", path, e.line, id)
			}
			for _, part := range strings.Split(where, ";") {
				from, to, _ := strings.Cut(part, " ")
				b, err1 := strconv.Atoi(from)
				e2, err2 := strconv.Atoi(to)
				if err1 != nil || err2 != nil || b < 0 || e2 < b || e2 >= len(bytesAt) {
					return fmt.Errorf("read %s: line %d: offsets %q are not in the text", path, e.line, part)
				}
				spans[id] = append(spans[id], doc.Span{Begin: bytesAt[b], End: bytesAt[e2]})
			}
		}
	}
	for _, e := range events {
		s := doc.Statement{Parent: -1, Score: 1}
		var source, cue []doc.Span
		for _, arg := range strings.Fields(e.text) {
			role, id, _ := strings.Cut(arg, ":")
			where, ok := spans[id]
			if !ok {
				return fmt.Errorf("read %s: line %d: %s names %q, which is not there", path, e.line, role, id)
			}
			// An argument of several spans is numbered: Content, Content2, Content3.
			switch strings.TrimRight(role, "0123456789") {
			case "Source":
				source = append(source, where...)
			case "Cue":
				cue = append(cue, where...)
			case "Content":
				s.Content = append(s.Content, where...)
			}
		}
		s.Content = doc.MergeSpans(d.Text, s.Content)
		s.Cue.Spans = doc.MergeSpans(d.Text, cue)
		if len(s.Cue.Spans) == 0 || len(s.Content) == 0 {
			continue
		}
		if source = doc.MergeSpans(d.Text, source); len(source) > 0 {
			s.Source.Span = source[0]
		}
		d.Statements = append(d.Statements, s)
	}
	sort.SliceStable(d.Statements, func(i, j int) bool {
		return d.Statements[i].Cue.Spans[0].Begin < d.Statements[j].Cue.Spans[0].Begin
	})
	return nil
}

// entry is one entry of a standoff file and the line that it opens on.
type entry struct {
	line int
	text string
}

// bratEntries splits a standoff file into entries. A span's text can hold a raw
// newline, so a line that does not open an entry continues the one before.
func bratEntries(ann string) []entry {
	var entries []entry
	for i, line := range strings.Split(strings.TrimRight(ann, "\r\n"), "\n") {
		if opensEntry(line) || len(entries) == 0 {
			entries = append(entries, entry{i + 1, line})
		} else {
			entries[len(entries)-1].text += "\n" + line
		}
	}
	return entries
}

func opensEntry(line string) bool {
	if strings.HasPrefix(line, "#") {
		return true
	}
	if len(line) < 2 || line[0] != 'T' && line[0] != 'E' {
		return false
	}
	i := 1
	for i < len(line) && '0' <= line[i] && line[i] <= '9' {
		i++
	}
	return i > 1 && i < len(line) && line[i] == '\t'
}

// runeStarts returns the byte offset of every code point of text and of its end.
func runeStarts(text string) []int {
	starts := make([]int, 0, len(text)+1)
	for i := range text {
		starts = append(starts, i)
	}
	return append(starts, len(text))
}
