package corpus

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"hearsay/doc"
)

// Interaction is one sentence of PLV: what its source does to its target.
type Interaction struct {
	Doc *doc.Doc // text alone
	ID  string
	Row int // lines after the header before it
	// Root is one of the 15 root classes: PLOVER's types, of which CONCEDE and RETREAT
	// are YIELD.
	Root           string
	Source, Target doc.Span // empty where the sentence does not mark it
}

// PLV reads a file of PLV (Lefebvre and Stoehr 2022, Hu et al. 2024), whose columns are told by
// its header. Errors name the file and line.
func PLV(path string) ([]Interaction, error) {
	rows, err := readTable(path, '\t', "sentence_id", "sentence", "marked_sentence", "gold_root")
	if err != nil {
		return nil, err
	}
	var out []Interaction
	for n, f := range rows {
		x := Interaction{ID: f[0], Row: n, Root: f[3]}
		text := strings.ToValidUTF8(f[2], "\uFFFD")
		var plain strings.Builder
		marks := map[string]*int{"<s>": &x.Source.Begin, "</s>": &x.Source.End, "<t>": &x.Target.Begin, "</t>": &x.Target.End}
	text:
		for text != "" {
			for mark, at := range marks {
				if rest, ok := strings.CutPrefix(text, mark); ok {
					*at, text = plain.Len(), rest
					continue text
				}
			}
			plain.WriteByte(text[0])
			text = text[1:]
		}
		x.Doc = doc.New(plain.String())
		for _, s := range []doc.Span{x.Source, x.Target} {
			if s.Begin > s.End || s.End > plain.Len() {
				return nil, fmt.Errorf("read %s: row %d: marks that do not close", path, n)
			}
		}
		x.Doc.Meta.Path = x.ID
		out = append(out, x)
	}
	return out, nil
}

// Story is one synthetic story of NGEC's, written by a language model to tell an event.
type Story struct {
	Doc  *doc.Doc // title and text
	Type string   // of PLOVER
	Mode string
}

// SyntheticStories reads ngec-synthetic-events.csv (Halterman et al. 2023). Titles have
// places in braces, such as {country_1}: they are left out. Errors name the file.
func SyntheticStories(path string) ([]Story, error) {
	rows, err := readTable(path, ',', "text", "label", "mode")
	if err != nil {
		return nil, err
	}
	var out []Story
	for _, f := range rows {
		out = append(out, Story{Doc: doc.New(strings.ToValidUTF8(f[0], "\uFFFD")), Type: f[1], Mode: strings.ToLower(f[2])})
	}
	return out, nil
}

// readTable returns the named columns of every row of a file with a header.
func readTable(path string, comma rune, names ...string) ([][]string, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes = comma, true
	header, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	at := make([]int, len(names))
	for i, name := range names {
		at[i] = -1
		for k, h := range header {
			if h == name {
				at[i] = k
			}
		}
		if at[i] < 0 {
			return nil, fmt.Errorf("read %s: no column %s", path, name)
		}
	}
	var out [][]string
	for {
		f, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		row := make([]string, len(names))
		for i, k := range at {
			row[i] = f[k]
		}
		out = append(out, row)
	}
}
