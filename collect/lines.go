package collect

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Fields says which field of a JSON line plays which part. Parts that are not named are
// guessed by the usual names: see guesses.
type Fields map[string]string

// guesses are the usual names for each part, the likeliest first. Names are compared
// without regard to case. Where a line has a page both as HTML and as text, HTML is taken:
// it is nearer to what came.
var guesses = map[string][]string{
	"id":         {"id", "_id", "guid", "uuid", "article_id"},
	"url":        {"url", "link", "uri", "permalink", "article_url", "source_url"},
	"canonical":  {"canonical", "canonical_url", "original_url"},
	"title":      {"title", "headline", "heading"},
	"html":       {"html", "raw_html", "content_html"},
	"text":       {"text", "content", "body", "article", "maintext", "full_text", "content_text", "story"},
	"date":       {"date", "published", "date_published", "publication_date", "publish_date", "published_at", "pubdate", "datetime", "timestamp", "created_at"},
	"updated":    {"updated", "date_modified", "modified", "updated_at", "lastmod"},
	"author":     {"author", "authors", "byline", "creator"},
	"outlet":     {"source", "outlet", "publisher", "publication", "source_name", "site", "newspaper", "domain"},
	"credit":     {"credit", "agency", "wire"},
	"language":   {"language", "lang"},
	"summary":    {"summary", "description", "abstract", "lead"},
	"categories": {"categories", "category", "topic", "topics", "tags", "keywords", "section"},
}

// ParseFields reads a map such as "text=story,date=day": parts, and the fields that play
// them. A field in an object is named with dots: "outlet=meta.paper".
func ParseFields(text string) (Fields, error) {
	f := Fields{}
	for pair := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		part, field, _ := strings.Cut(pair, "=")
		part, field = strings.TrimSpace(part), strings.TrimSpace(field)
		if guesses[part] == nil || field == "" {
			parts := slices.Sorted(maps.Keys(guesses))
			return nil, fmt.Errorf("field map %q: %q is not PART=FIELD with a part of %s", text, pair, strings.Join(parts, ", "))
		}
		f[part] = field
	}
	return f, nil
}

// lines takes the pages of a file of JSON lines. A key is LINE@OFFSET: so many lines, and
// bytes of unpacked text, are done.
func (c *Collector) lines(ctx context.Context, path string, f *os.File, packed bool, at place, yield yielder) bool {
	line, offset, err := lineKey(at.key())
	if err != nil {
		return yield(Page{Locator: path, Cursor: at.behind(at.key())}, fmt.Errorf("read %s: %w", path, err))
	}
	from, err := openAt(f, packed, offset)
	if err != nil {
		return yield(Page{Locator: path, Cursor: at.behind(at.key())}, fmt.Errorf("read %s: go on at line %d: %w", path, line+1, err))
	}
	in := bufio.NewReaderSize(from, 64<<10)
	fetched := c.clock()
	for {
		text, n, err := oneLine(in, c.mostPage())
		line++
		offset += n
		if n == 0 && errors.Is(err, io.EOF) {
			return true
		}
		locator := path + ":" + strconv.Itoa(line)
		cursor := at.behind(fmt.Sprintf("%d@%d", line, offset))
		broken := err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, errLarge)
		if broken || errors.Is(err, errLarge) {
			if !yield(Page{Locator: locator, Cursor: cursor}, fmt.Errorf("read %s: %w", locator, err)) {
				return false
			}
			if broken {
				return true // as a packed file that breaks off: nothing can follow
			}
			continue
		}
		if text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte("\ufeff"))); len(text) == 0 {
			continue
		}
		page, err := c.Fields.page(text)
		if err != nil {
			page, err = Page{}, fmt.Errorf("read %s: %w", locator, err)
		} else {
			page.Fetched, page.Entry.List = fetched, path
		}
		page.Locator, page.Cursor = locator, cursor
		if !yield(page, err) {
			return false
		}
	}
}

func lineKey(key string) (line int, offset int64, err error) {
	if key == "" {
		return 0, 0, nil
	}
	a, b, _ := strings.Cut(key, "@")
	line, err = strconv.Atoi(a)
	if err == nil {
		offset, err = strconv.ParseInt(b, 10, 64)
	}
	if err != nil || line < 0 || offset < 0 {
		return 0, 0, fmt.Errorf("cursor key %q: not a line", key)
	}
	return line, offset, nil
}

// openAt reads a file, unpacked, from a byte of its text on.
func openAt(f *os.File, packed bool, offset int64) (io.Reader, error) {
	if !packed {
		_, err := f.Seek(offset, io.SeekStart)
		return f, err
	}
	u, err := unpack(bufio.NewReaderSize(f, 64<<10))
	if err != nil {
		return nil, err
	}
	if n, err := io.CopyN(io.Discard, u, offset); err != nil && !(errors.Is(err, io.EOF) && n == offset) {
		return nil, err
	}
	return u, nil
}

// oneLine reads a line of at most that many bytes, and tells how many it took with its
// end. A longer one is passed over: errLarge.
func oneLine(in *bufio.Reader, most int64) (text []byte, n int64, err error) {
	for {
		part, err := in.ReadSlice('\n')
		n += int64(len(part))
		if n <= most {
			text = append(text, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case (err == nil || errors.Is(err, io.EOF)) && n > most:
			return nil, n, fmt.Errorf("%w of %s: %d bytes", errLarge, megabytes(most), n)
		}
		return text, n, err
	}
}

// page makes a page of a line.
func (f Fields) page(line []byte) (Page, error) {
	var row map[string]json.RawMessage
	if err := json.Unmarshal(line, &row); err != nil {
		return Page{}, fmt.Errorf("not an object of JSON: %w", err)
	}
	get := func(part string) string { return words(f.find(row, part)) }
	p := Page{Entry: Entry{
		ID: get("id"), URL: get("url"), Canonical: get("canonical"), Title: plain(get("title")), Author: plain(get("author")),
		Outlet: plain(get("outlet")), Language: get("language"), Summary: get("summary"),
		Published: lineDate(f.find(row, "date")), Updated: lineDate(f.find(row, "updated")),
		Source: Source{Title: plain(get("credit"))}, Categories: list(f.find(row, "categories")),
	}}
	p.URL = p.Entry.URL
	body, kind := get("html"), "text/html"
	if strings.TrimSpace(body) == "" {
		body, kind = get("text"), "text/plain"
	}
	if strings.TrimSpace(body) == "" {
		return Page{}, fmt.Errorf("without text: no field %s", strings.Join(append(f.names("text"), f.names("html")...), ", "))
	}
	p.Body = []byte(body)
	p.Header = http.Header{"Content-Type": {kind + "; charset=utf-8"}}
	return p, nil
}

// names are the fields that may play a part.
func (f Fields) names(part string) []string {
	if name := f[part]; name != "" {
		return []string{name}
	}
	return guesses[part]
}

// find returns the value of the field that plays a part, or nil.
func (f Fields) find(row map[string]json.RawMessage, part string) json.RawMessage {
	for _, name := range f.names(part) {
		if value := field(row, name); !blank(value) {
			return value
		}
	}
	return nil
}

func blank(value json.RawMessage) bool {
	switch string(value) {
	case "", "null", `""`, "[]", "{}":
		return true
	}
	return false
}

// field looks a name up as it is, then in any case, then as a path with dots.
func field(row map[string]json.RawMessage, name string) json.RawMessage {
	if value, ok := row[name]; ok {
		return value
	}
	key := "" // the first in order, if several differ in case
	for k := range row {
		if strings.EqualFold(k, name) && (key == "" || k < key) {
			key = k
		}
	}
	if key != "" {
		return row[key]
	}
	outer, inner, ok := strings.Cut(name, ".")
	if !ok {
		return nil
	}
	var object map[string]json.RawMessage
	if json.Unmarshal(row[outer], &object) != nil {
		return nil
	}
	return field(object, inner)
}

// words is a value as text: a string as it is, a number in its digits, the members of an
// array divided by ", ", and of an object its name.
func words(value json.RawMessage) string {
	if len(value) == 0 {
		return ""
	}
	switch value[0] {
	case '"':
		var text string
		if json.Unmarshal(value, &text) != nil {
			return ""
		}
		return text
	case '[':
		return strings.Join(list(value), ", ")
	case '{':
		var object struct{ Name, Title, Text, URL string }
		if json.Unmarshal(value, &object) != nil {
			return ""
		}
		for _, text := range []string{object.Name, object.Title, object.Text, object.URL} {
			if text != "" {
				return text
			}
		}
		return ""
	case 'n', 't', 'f': // null, true, false
		return ""
	}
	return string(value)
}

// list is the members of an array as text, or a single value as the only member.
func list(value json.RawMessage) (out []string) {
	var members []json.RawMessage
	if json.Unmarshal(value, &members) != nil {
		members = []json.RawMessage{value}
	}
	for _, m := range members {
		// An array in an array stops here: it is nobody's name.
		if len(m) > 0 && m[0] != '[' {
			if text := strings.TrimSpace(words(m)); text != "" {
				out = append(out, text)
			}
		}
	}
	return out
}

// lineDate reads a date, or the seconds or milliseconds since 1970.
func lineDate(value json.RawMessage) Date {
	text := words(value)
	d := dated(text)
	if n, err := strconv.ParseFloat(text, 64); err == nil && n > 1e8 && n < 1e13 && len(text) != len("20310304") {
		if n > 1e11 {
			n /= 1000
		}
		d.Time, d.Day = time.Unix(int64(n), 0).UTC(), false
	}
	return d
}
