package corpus

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"hearsay/doc"
)

// Ambiguous is one snippet of GAP: a pronoun, two names, and which of them it refers
// to, if either.
type Ambiguous struct {
	Doc     *doc.Doc // text alone
	ID      string
	Pronoun doc.Span
	A, B    doc.Span
	IsA     bool
	IsB     bool
}

// GAP reads a file of Gendered Ambiguous Pronouns (Webster et al. 2018), whose offsets
// count code points. Errors name the file and line.
func GAP(path string) ([]Ambiguous, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	r := csv.NewReader(file)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, 11
	var out []Ambiguous
	for n := 0; ; n++ {
		f, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		if n == 0 {
			continue
		}
		line, _ := r.FieldPos(0)
		a := Ambiguous{ID: f[0], Doc: doc.New(strings.ToValidUTF8(f[1], "\uFFFD")), IsA: strings.EqualFold(f[6], "true"), IsB: strings.EqualFold(f[9], "true")}
		a.Doc.Meta.Path = f[0]
		for _, part := range []struct {
			to       *doc.Span
			word, at string
		}{{&a.Pronoun, f[2], f[3]}, {&a.A, f[4], f[5]}, {&a.B, f[7], f[8]}} {
			at, err := strconv.Atoi(part.at)
			if err != nil {
				return nil, fmt.Errorf("read %s: line %d: offset %q is no number", path, line, part.at)
			}
			begin := byteOffset(a.Doc.Text, at)
			if !strings.HasPrefix(a.Doc.Text[begin:], part.word) {
				return nil, fmt.Errorf("read %s: line %d: %q does not stand at %d", path, line, part.word, at)
			}
			*part.to = doc.Span{Begin: begin, End: begin + len(part.word)}
		}
		out = append(out, a)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("read %s: no snippets", path)
	}
	return out, nil
}

// byteOffset returns where code point n begins, or the end.
func byteOffset(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}
