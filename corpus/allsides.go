package corpus

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"os"

	"hearsay/doc"
)

// AllSides reads the first limit articles (0: all) of a gzipped file of JSON
// lines with the fields id, text, title, source, authors and date; the id is the path. Bytes that are not
// UTF-8 become U+FFFD. Errors name the file and line.
func AllSides(path string, limit int) ([]*doc.Doc, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() // read only, so closing cannot lose anything
	zip, err := gzip.NewReader(file)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var docs []*doc.Doc
	scan := bufio.NewScanner(zip)
	scan.Buffer(nil, 1<<26)
	for (limit == 0 || len(docs) < limit) && scan.Scan() {
		var row struct{ ID, Text, Title, Source, Authors, Date string }
		if err := json.Unmarshal(scan.Bytes(), &row); err != nil {
			return nil, fmt.Errorf("read %s: line %d: %w", path, len(docs)+1, err)
		}
		d := doc.New(row.Text)
		d.Meta = doc.Meta{Path: row.ID, Title: row.Title, Outlet: row.Source, Byline: row.Authors, Published: row.Date}
		docs = append(docs, d)
	}
	if err := scan.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return docs, nil
}
