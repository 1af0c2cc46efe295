package corpus

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"hearsay/doc"
)

// TimeML reads a folder of TimeML files, as TimeBank, AQUAINT and WikiWars come in
// TempEval-3's form. Text is what stands inside TEXT, without tags; Times are its
// TIMEX3 elements, in order and apart from each other: of nested ones the outer stays.
// The value is that of the annotators, and empty for what they left open ("null").
// Meta.Published is the day of the document creation time, which is no part of the
// text and is not among the Times; it is empty where that time is no day. Files in
// name order; hidden ones are skipped. Errors name the file and line.
func TimeML(dir string) ([]*doc.Doc, error) {
	paths, err := files(dir)
	if err != nil {
		return nil, fmt.Errorf("read timeml: %w", err)
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("read %s: no files", dir)
	}
	var docs []*doc.Doc
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read timeml: %w", err)
		}
		d, err := timeML(path, string(raw))
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	return docs, nil
}

// timexTypes are the types that a TIMEX3 may have.
var timexTypes = map[string]doc.TimeType{"DATE": doc.Date, "TIME": doc.Clock, "DURATION": doc.Duration, "SET": doc.Set}

// timeML reads one file.
func timeML(path, raw string) (*doc.Doc, error) {
	dec := xml.NewDecoder(strings.NewReader(raw))
	fail := func(format string, args ...any) error {
		line, _ := dec.InputPos()
		return fmt.Errorf("read %s: line %d: "+format, append([]any{path, line}, args...)...)
	}
	if !utf8.ValidString(raw) {
		return nil, fmt.Errorf("read %s: not UTF-8", path)
	}
	d := doc.New("")
	d.Meta.Path = path
	var text strings.Builder
	inText, seen, inDCT, depth := false, false, false, 0
	var open doc.Time
	for {
		tok, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err) // names the line
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "TEXT":
				if seen {
					return nil, fail("a second TEXT")
				}
				inText, seen = true, true
			case "DCT":
				inDCT = true
			case "TIMEX3":
				switch {
				case inDCT:
					if v := attribute(t, "value"); isDay(v) {
						d.Meta.Published = v[:10]
					}
				case inText:
					if depth++; depth > 1 {
						continue
					}
					typ, ok := timexTypes[attribute(t, "type")]
					if !ok {
						return nil, fail("TIMEX3 of type %q", attribute(t, "type"))
					}
					open = doc.Time{Type: typ, Value: attribute(t, "value")}
					if open.Value == "null" {
						open.Value = ""
					}
					open.Begin = text.Len()
				}
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "TEXT":
				inText = false
			case "DCT":
				inDCT = false
			case "TIMEX3":
				if !inText {
					continue
				}
				if depth--; depth == 0 {
					open.End = text.Len()
					if open.Span = open.Trim(text.String()); !open.Empty() {
						d.Times = append(d.Times, open)
					}
				}
			}
		case xml.CharData:
			if inText {
				text.Write(t)
			}
		}
	}
	if !seen {
		return nil, fmt.Errorf("read %s: no TEXT", path)
	}
	d.Text = text.String()
	return d, nil
}

// attribute returns the value of an attribute, "" where it is absent.
func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// isDay says whether v begins with YYYY-MM-DD.
func isDay(v string) bool {
	if len(v) < 10 {
		return false
	}
	for i := range 10 {
		if i == 4 || i == 7 {
			if v[i] != '-' {
				return false
			}
		} else if v[i] < '0' || v[i] > '9' {
			return false
		}
	}
	return true
}
