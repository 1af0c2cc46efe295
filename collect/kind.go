package collect

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// kind is what a source is by its content.
type kind int

const (
	kindPage kind = iota // text or HTML
	kindFeed
	kindOPML
	kindSitemap
	kindWARC
	kindLines
	kindBinary
)

// headSize is how much of a source decides its kind: a root element may stand behind
// comments and a document type.
const headSize = 8 << 10

// kindOf tells the kind by the first bytes of a source, unpacked.
func kindOf(head []byte) kind {
	if bytes.HasPrefix(head, []byte("WARC/")) {
		return kindWARC
	}
	text := bytes.TrimLeft(utf8Text(head), "\ufeff \t\r\n")
	switch {
	case len(text) == 0:
		return kindPage
	case text[0] == '{':
		return jsonKind(text)
	case text[0] == '<':
		switch rootElement(text) {
		case "rss", "rdf", "feed":
			return kindFeed
		case "opml":
			return kindOPML
		case "urlset", "sitemapindex":
			return kindSitemap
		}
		return kindPage
	case bytes.IndexByte(text, 0) >= 0, !strings.HasPrefix(http.DetectContentType(text), "text/"):
		return kindBinary
	}
	return kindPage
}

// jsonKind tells a JSON feed, which is one object on many lines or names its version,
// from lines of objects.
func jsonKind(text []byte) kind {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	if len(bytes.TrimSpace(line)) == 1 || bytes.Contains(text, []byte("jsonfeed.org/version")) {
		return kindFeed
	}
	return kindLines
}

// rootElement returns the name of the first element in small letters, or "".
func rootElement(text []byte) string {
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.CharsetReader = asIs
	for {
		token, err := dec.RawToken()
		if err != nil {
			return ""
		}
		if element, ok := token.(xml.StartElement); ok {
			return strings.ToLower(element.Name.Local)
		}
	}
}

// asIs reads XML that is UTF-8 already, whatever its declaration says.
func asIs(_ string, r io.Reader) (io.Reader, error) { return r, nil }

// utf8Text drops a byte order mark, and turns UTF-16 that has one into UTF-8.
func utf8Text(raw []byte) []byte {
	if !bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) && !bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		return bytes.TrimPrefix(raw, []byte("\ufeff"))
	}
	out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(raw)
	if err != nil {
		return raw
	}
	return out
}

// Bounds of what a list may be made of, so that no reader takes more memory than some
// hundred megabytes for it: each costs more than the bytes that it is written with.
const (
	maxDepth    = 200       // elements in each other: readers call themselves for each
	maxElements = 1_000_000 // a sitemap of 50,000 pages has half of that
	maxTag      = 1 << 20   // bytes of a tag with its attributes
	maxObjects  = 100_000   // braces in a JSON feed
)

// xmlText returns the XML of a list in UTF-8, whatever it was in, for readers that take no
// heed of the declaration; and a note where it was not what it declared. Text beyond the
// bounds is refused. Entities that the document declares are never expanded: a reader
// in Go leaves them as they stand, so they cannot multiply.
func xmlText(raw []byte) (text []byte, note string, err error) {
	text = utf8Text(raw)
	if label := declared(text); label != "" && !utf8Names[label] && len(text) == len(raw) {
		r, err := charset.NewReaderLabel(label, bytes.NewReader(text))
		if err == nil {
			if converted, err := io.ReadAll(r); err == nil {
				text = converted
			}
		}
	}
	if !utf8.Valid(text) {
		// Windows-1252 gives each byte a character, so this cannot fail.
		text, _ = charmap.Windows1252.NewDecoder().Bytes(text)
		note = "characters are not in the encoding it declares; read as windows-1252"
	}
	return text, note, bounded(text)
}

var utf8Names = map[string]bool{"utf-8": true, "utf8": true}

// declared is the encoding that an XML declaration names, in small letters, or "".
func declared(text []byte) string {
	if !bytes.HasPrefix(text, []byte("<?xml")) {
		return ""
	}
	line, _, _ := bytes.Cut(text, []byte("?>"))
	_, value, ok := bytes.Cut(line, []byte("encoding="))
	if !ok || len(value) < 2 {
		return ""
	}
	name, _, _ := bytes.Cut(value[1:], value[:1])
	return strings.ToLower(string(name))
}

// bounded refuses XML beyond the bounds. What else is wrong with it is for its reader to
// say.
func bounded(text []byte) error {
	for part := range bytes.SplitSeq(text, []byte(">")) {
		for from := 0; len(part)-from > maxTag; from++ {
			i := bytes.IndexByte(part[from:len(part)-maxTag], '<')
			if i < 0 {
				break
			}
			from += i
			if next := part[from+1]; next != '!' && next != '?' {
				return fmt.Errorf("a tag of more than %s", megabytes(maxTag))
			}
		}
	}
	dec := xml.NewDecoder(bytes.NewReader(text))
	dec.Strict = false
	dec.CharsetReader = asIs
	for depth, n := 0, 0; ; {
		token, err := dec.RawToken()
		if err != nil {
			return nil
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
			n++
		case xml.EndElement:
			depth = max(0, depth-1)
		}
		switch {
		case depth > maxDepth:
			return fmt.Errorf("elements stand in each other more than %d deep", maxDepth)
		case n > maxElements:
			return fmt.Errorf("more than %d elements", maxElements)
		}
	}
}

// errBinary says of a file what it is not.
var errBinary = errors.New("neither text nor HTML, nor a list or archive of pages")
