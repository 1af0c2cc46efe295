package corpus

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"hearsay/doc"
)

// PolNeAR reads a part of the Political News Attribution Relations corpus: a
// folder with text/ and attributions/. Statements hold the gold of one annotator
// an article, the first in name order; nesting is not marked, so Parent is -1.
// Meta comes from metadata.tsv beside the folder, if it is there. Errors name the
// file and line.
func PolNeAR(dir string) ([]*doc.Doc, error) {
	texts, err := filepath.Glob(filepath.Join(dir, "text", "*.txt"))
	if err != nil {
		return nil, err
	}
	if len(texts) == 0 {
		return nil, fmt.Errorf("read %s: no text/*.txt", dir)
	}
	sort.Strings(texts)
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
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		d := doc.New(string(raw))
		d.Meta = meta[name]
		d.Meta.Path = path
		anns, err := filepath.Glob(filepath.Join(dir, "attributions", name+"_????.ann"))
		if err != nil {
			return nil, err
		}
		if len(anns) == 0 {
			return nil, fmt.Errorf("read %s: no annotations in attributions/", path)
		}
		sort.Strings(anns)
		ann, err := os.ReadFile(anns[0])
		if err != nil {
			return nil, err
		}
		if err := brat(d, anns[0], string(ann)); err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
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

// brat adds the attributions of a standoff file to d.Statements.
func brat(d *doc.Doc, path, ann string) error {
	bytesAt := runeStarts(d.Text)
	spans := map[string][]doc.Span{}
	var events []string
	line := 0
	for _, entry := range bratEntries(ann) {
		line += 1 + strings.Count(entry, "\n")
		fail := func(what string) error { return fmt.Errorf("read %s: line %d: %s", path, line, what) }
		id, rest, ok := strings.Cut(entry, "\t")
		if !ok {
			continue
		}
		switch id[0] {
		case 'E':
			events = append(events, rest)
		case 'T':
			where, _, _ := strings.Cut(rest, "\t")
			_, where, ok := strings.Cut(where, " ")
			if !ok {
				return fail("a span without offsets")
			}
			for _, part := range strings.Split(where, ";") {
				from, to, _ := strings.Cut(part, " ")
				b, err1 := strconv.Atoi(from)
				e, err2 := strconv.Atoi(to)
				if err1 != nil || err2 != nil || b < 0 || e < b || e >= len(bytesAt) {
					return fail(fmt.Sprintf("offsets %q outside the text", part))
				}
				spans[id] = append(spans[id], doc.Span{Begin: bytesAt[b], End: bytesAt[e]})
			}
		}
	}
	for _, event := range events {
		s := doc.Statement{Parent: -1, Score: 1}
		var source, cue []doc.Span
		for _, arg := range strings.Fields(event) {
			role, id, _ := strings.Cut(arg, ":")
			switch {
			case strings.HasPrefix(role, "Source"):
				source = append(source, spans[id]...)
			case strings.HasPrefix(role, "Cue"):
				cue = append(cue, spans[id]...)
			case strings.HasPrefix(role, "Content"):
				s.Content = append(s.Content, spans[id]...)
			}
		}
		s.Content = doc.MergeSpans(d.Text, s.Content)
		s.Cue.Spans = doc.MergeSpans(d.Text, cue)
		if len(s.Cue.Spans) == 0 || len(s.Content) == 0 {
			continue // left unfinished by the annotator
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

// bratEntries splits a standoff file into entries. A span's text can hold a raw
// newline, so a line that does not open an entry continues the one before.
func bratEntries(ann string) []string {
	var entries []string
	for _, line := range strings.Split(strings.TrimRight(ann, "\n"), "\n") {
		if opensEntry(line) || len(entries) == 0 {
			entries = append(entries, line)
		} else {
			entries[len(entries)-1] += "\n" + line
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
