package collect

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httputil"
	"strconv"
	"strings"
)

// answer reads the HTTP answer that an archive keeps as it went over the wire, into the
// page: status, headers, and the body without its transfer and content encoding. Archives
// that undo an encoding keep the header all the same, so a body that is not encoded as its
// header says is taken as it is.
func (p *Page) answer(block []byte, most int64) error {
	head, body := block, []byte(nil)
	for _, blank := range []string{"\r\n\r\n", "\n\n"} {
		if i := bytes.Index(block, []byte(blank)); i >= 0 && i < len(head) {
			head, body = block[:i], block[i+len(blank):]
		}
	}
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	fields := strings.Fields(string(line))
	if len(fields) < 2 || !strings.HasPrefix(fields[0], "HTTP/") {
		return fmt.Errorf("not an HTTP answer: %.20q", line)
	}
	status, err := strconv.Atoi(fields[1])
	if err != nil || status < 100 || status > 999 {
		return fmt.Errorf("not an HTTP status: %.20q", fields[1])
	}
	header := http.Header(headerLines(rest))
	p.Status, p.Header = status, kept(header)
	if strings.Contains(strings.ToLower(header.Get("Transfer-Encoding")), "chunked") {
		var whole bool
		if body, whole = unchunk(body); !whole {
			p.Cut = "chunks"
		}
	} else if n, err := strconv.Atoi(header.Get("Content-Length")); err == nil && n > len(body) {
		p.Cut = "length"
	}
	if int64(len(body)) > most {
		return fmt.Errorf("%w of %s: %d bytes", errLarge, megabytes(most), len(body))
	}
	switch encoding := strings.ToLower(strings.TrimSpace(header.Get("Content-Encoding"))); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		if !bytes.HasPrefix(body, gzipMagic) {
			break
		}
		body, err = gunzip(bytes.NewReader(body), most)
	case "deflate":
		if zip, e := zlib.NewReader(bytes.NewReader(body)); e == nil {
			body, err = readAll(zip, min(most, max(freeSize, maxRatio*int64(len(body)))))
		}
	default:
		if http.DetectContentType(body) == "application/octet-stream" {
			return fmt.Errorf("content encoding %q cannot be undone", encoding)
		}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) && len(body) > 0 {
		p.Cut, err = "packed body", nil // what came before is kept
	}
	if err != nil {
		return fmt.Errorf("unpack: %w", err)
	}
	p.Body = body
	return nil
}

// unchunk undoes the chunked transfer encoding. A body without chunks comes back as it is;
// of one that breaks off comes what there is, and whole is false.
func unchunk(body []byte) (out []byte, whole bool) {
	out, err := io.ReadAll(httputil.NewChunkedReader(bytes.NewReader(body)))
	if err != nil && len(out) == 0 {
		return body, true
	}
	return out, err == nil
}
