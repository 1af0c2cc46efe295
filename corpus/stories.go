package corpus

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"hearsay/doc"
)

// Stories reads a folder of articles that tell the same stories, a JSON object each, as
// news-please writes them and Giveme5W1H's news cluster comes. The text is the title, a
// blank line and the text of the page; Meta has title, outlet (the domain) and the day of
// publication. Files in name order; Meta.Path is the path of the file, whose name is the
// article's id. Errors name the file.
func Stories(dir string) ([]*doc.Doc, error) {
	paths, err := files(dir)
	if err != nil {
		return nil, fmt.Errorf("read stories: %w", err)
	}
	var docs []*doc.Doc
	for _, path := range paths {
		if !strings.HasSuffix(path, ".json") {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read stories: %w", err)
		}
		var page struct {
			Title, Text, Language string
			Day                   string `json:"date_publish"`
			Domain                string `json:"source_domain"`
			Authors               []string
		}
		if err := json.Unmarshal(raw, &page); err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		if page.Title == "" || page.Text == "" || !utf8.ValidString(page.Text) {
			return nil, fmt.Errorf("read %s: no title, no text, or no UTF-8", path)
		}
		d := doc.New(page.Title + "\n\n" + page.Text)
		d.Meta = doc.Meta{Path: path, Title: page.Title, Outlet: page.Domain, Byline: strings.Join(page.Authors, ", "), Language: page.Language}
		if len(page.Day) >= 10 {
			d.Meta.Published = page.Day[:10]
		}
		docs = append(docs, d)
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("read %s: no articles", dir)
	}
	return docs, nil
}

// ArticleName returns the id of an article of [Stories] or [ECBPlus]: the name of its file.
func ArticleName(d *doc.Doc) string {
	base := filepath.Base(d.Meta.Path)
	return strings.TrimSuffix(base, filepath.Ext(base))
}
