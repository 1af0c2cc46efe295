package collect

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// record is one record of an archive (ISO 28500, WARC 1.0 and 1.1).
type record struct {
	at     int64 // of its first byte in the file, or of the gzip member that it is in
	header textproto.MIMEHeader
	block  []byte // nil for kinds of records that are not read
}

// archive reads records one after another. In a packed archive each record is a gzip member
// of its own, so that reading can begin at any; several in one member are read as well.
type archive struct {
	file   io.ReadSeeker
	packed bool
	most   int64 // bytes of a block

	in     *bufio.Reader // the file
	at     int64         // of what in has given so far
	zip    *gzip.Reader
	text   *bufio.Reader // what records are read from: in, or what zip unpacks
	member int64         // where the gzip member begins
	inside int           // records read of this member
	out    int64         // bytes unpacked of this member
}

// errEnd is behind the last record, errCut where the file ends inside of one.
var (
	errEnd = errors.New("end of the archive")
	errCut = errors.New("cut off")
)

const maxRecordHeader = 64 << 10 // bytes

// openArchive reads an archive from a byte on, at which a record or member begins.
func openArchive(file io.ReadSeeker, packed bool, at, most int64) (*archive, error) {
	a := &archive{file: file, packed: packed, most: most}
	return a, a.seek(at)
}

func (a *archive) seek(at int64) error {
	if _, err := a.file.Seek(at, io.SeekStart); err != nil {
		return err
	}
	a.at, a.zip = at, nil
	a.in = bufio.NewReaderSize(tally{a.file, &a.at}, 64<<10)
	a.text = a.in
	return nil
}

// tally counts what is read from a file.
type tally struct {
	r io.Reader
	n *int64
}

func (t tally) Read(p []byte) (int, error) {
	n, err := t.r.Read(p)
	*t.n += int64(n)
	return n, err
}

// here is the place in the file of the next byte to be read of it.
func (a *archive) here() int64 { return a.at - int64(a.in.Buffered()) }

// next returns the next record. An error other than errEnd is about the record at r.at;
// after it next goes on with what follows, if that can be found.
func (a *archive) next() (r record, err error) {
	if a.packed {
		err = a.enter()
	} else {
		err = a.blank()
		a.member, a.inside = a.here(), 0
	}
	r.at = a.member
	if err == nil {
		err = a.read(&r)
	}
	if err == nil && a.packed {
		// The checksum of a member stands behind its last record.
		if err = a.blank(); errors.Is(err, errEnd) {
			err = nil
		}
	}
	a.inside++
	if err != nil && !errors.Is(err, errEnd) && !errors.Is(err, errLarge) && a.resync(r.at) != nil {
		a.in = bufio.NewReader(bytes.NewReader(nil)) // nothing follows
		a.text, a.zip = a.in, nil
	}
	return r, err
}

// enter finds the beginning of a record in a packed archive: in this member, or the next.
func (a *archive) enter() error {
	for {
		if a.zip != nil {
			if err := a.blank(); !errors.Is(err, errEnd) {
				return err
			}
		}
		a.member, a.inside, a.out = a.here(), 0, 0
		if _, err := a.in.Peek(1); errors.Is(err, io.EOF) {
			return errEnd
		}
		var err error
		if a.zip == nil {
			a.zip, err = gzip.NewReader(a.in)
		} else {
			err = a.zip.Reset(a.in)
		}
		if err != nil {
			a.zip = nil
			return cut(err)
		}
		// Reading stops with the member, and takes no byte of what is behind it.
		a.zip.Multistream(false)
		a.text = bufio.NewReader(boundedMember{a})
	}
}

// boundedMember reads what a member unpacks to, while it is in proportion to its size.
type boundedMember struct{ a *archive }

func (b boundedMember) Read(p []byte) (int, error) {
	n, err := b.a.zip.Read(p)
	b.a.out += int64(n)
	if b.a.out > freeSize && b.a.out > maxRatio*(b.a.here()-b.a.member) {
		return 0, errBomb
	}
	return n, err
}

// blank passes over the blank lines behind a record. errEnd: nothing is behind them.
func (a *archive) blank() error {
	for {
		b, err := a.text.ReadByte()
		switch {
		case errors.Is(err, io.EOF):
			return errEnd
		case err != nil:
			return cut(err)
		case b != '\r' && b != '\n':
			return a.text.UnreadByte()
		}
	}
}

// cut names the end of a file by what it means for a record.
func cut(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errCut
	}
	return err
}

// read reads a record whose first byte is next.
func (a *archive) read(r *record) error {
	head, err := a.head()
	if err != nil {
		return err
	}
	version, rest, _ := bytes.Cut(head, []byte("\n"))
	if !bytes.HasPrefix(version, []byte("WARC/")) {
		return fmt.Errorf("not a WARC record: %.20q", version)
	}
	r.header = headerLines(rest)
	size, err := strconv.ParseInt(r.header.Get("Content-Length"), 10, 64)
	if err != nil || size < 0 {
		return fmt.Errorf("Content-Length %q: not a size", r.header.Get("Content-Length"))
	}
	if !wanted(r.header) {
		_, err := io.CopyN(io.Discard, a.text, size)
		return cutOrNil(err)
	}
	if size > a.most {
		if _, err := io.CopyN(io.Discard, a.text, size); err != nil {
			return cut(err)
		}
		return fmt.Errorf("%w of %s: %d bytes", errLarge, megabytes(a.most), size)
	}
	var block bytes.Buffer // grows as bytes come, whatever size is claimed
	_, err = io.CopyN(&block, a.text, size)
	r.block = block.Bytes()
	return cutOrNil(err)
}

func cutOrNil(err error) error {
	if err == nil {
		return nil
	}
	return cut(err)
}

// head reads the header of a record, to the blank line.
func (a *archive) head() ([]byte, error) {
	var head []byte
	for {
		line, err := a.text.ReadSlice('\n')
		head = append(head, line...)
		if len(head) > maxRecordHeader {
			return nil, fmt.Errorf("header of more than %s", megabytes(maxRecordHeader))
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return nil, cut(err)
		case len(bytes.TrimRight(line, "\r\n")) == 0:
			return head, nil
		}
	}
}

// headerLines reads "Name: value" lines; what is no such line is passed over.
func headerLines(text []byte) textproto.MIMEHeader {
	h := textproto.MIMEHeader{}
	last := ""
	for line := range strings.SplitSeq(string(text), "\n") {
		line = strings.TrimRight(line, "\r")
		if last != "" && line != "" && (line[0] == ' ' || line[0] == '\t') { // folded
			values := h[last]
			values[len(values)-1] += " " + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if name = strings.TrimSpace(name); !ok || name == "" {
			last = ""
			continue
		}
		last = textproto.CanonicalMIMEHeaderKey(name)
		h[last] = append(h[last], strings.TrimSpace(value))
	}
	return h
}

// wanted tells whether a record may hold a page: a response, or a resource of the web.
// Programs also keep their logs as resources (metadata://…).
func wanted(h textproto.MIMEHeader) bool {
	switch strings.ToLower(h.Get("WARC-Type")) {
	case "response":
		kind := strings.ToLower(h.Get("Content-Type"))
		return isAddress(targetURI(h)) && (kind == "" || strings.HasPrefix(kind, "application/http"))
	case "resource":
		return isAddress(targetURI(h)) && readable(h.Get("Content-Type"), false)
	}
	return false
}

// targetURI is the address of a record; WARC 1.0 has it in angle brackets.
func targetURI(h textproto.MIMEHeader) string {
	return strings.TrimSuffix(strings.TrimPrefix(h.Get("WARC-Target-URI"), "<"), ">")
}

var nextRecord = []byte("\nWARC/1.")

// resync looks for the next record behind one that could not be read, which began at a
// byte of the file: first in what its member unpacks to, then in the file. It returns an
// error where there is none.
func (a *archive) resync(from int64) error {
	if a.packed && a.zip != nil {
		if here, _ := a.text.Peek(len(nextRecord) - 1); bytes.Equal(here, nextRecord[1:]) {
			return nil // behind a header of rubbish
		}
		switch err := find(a.text, nextRecord); {
		case err == nil:
			_, err = a.text.Discard(1)
			return err
		case errors.Is(err, errEnd):
			return nil // with the next member
		}
	}
	return a.search(from)
}

// maxTries is how often search takes bytes for the beginning of a record: an archive made
// of nothing but such bytes is given up.
const maxTries = 1000

// search looks for a record in the file, behind a byte of it.
func (a *archive) search(from int64) error {
	mark := nextRecord
	if a.packed {
		mark = []byte{0x1f, 0x8b, 0x08}
	}
	for range maxTries {
		from++
		if err := a.seek(from); err != nil {
			return err
		}
		if err := find(a.in, mark); err != nil {
			return err
		}
		from = a.here()
		if !a.packed {
			return a.seek(from + 1)
		}
		// Three bytes stand in packed data by chance: what they begin must be a record.
		zip, err := gzip.NewReader(a.in)
		if err != nil {
			continue
		}
		head := make([]byte, 5)
		if _, err := io.ReadFull(zip, head); err == nil && string(head) == "WARC/" {
			return a.seek(from)
		}
	}
	return errEnd
}

// find goes on to the next bytes that are mark. errEnd: there are none.
func find(in *bufio.Reader, mark []byte) error {
	for {
		window, err := in.Peek(in.Size())
		if i := bytes.Index(window, mark); i >= 0 {
			_, err := in.Discard(i)
			return err
		}
		switch {
		case errors.Is(err, io.EOF): // the window is the rest
			in.Discard(len(window))
			return errEnd
		case err != nil:
			return err
		}
		if _, err := in.Discard(len(window) - len(mark) + 1); err != nil {
			return err
		}
	}
}

// archive takes the pages of a WARC archive. A key is OFFSET+N: behind the Nth record of
// the member at that byte.
func (c *Collector) archive(ctx context.Context, path string, f *os.File, packed bool, at place, yield yielder) bool {
	offset, skip, err := recordKey(at.key())
	if err != nil {
		return yield(Page{Locator: path, Cursor: at.behind(at.key())}, fmt.Errorf("read %s: %w", path, err))
	}
	a, err := openArchive(f, packed, offset, c.mostPage()+maxRecordHeader)
	if err != nil {
		return yield(Page{Locator: path, Cursor: at.behind(at.key())}, reading(path, err))
	}
	for {
		if ctx.Err() != nil {
			return yield(Page{Locator: path}, ctx.Err())
		}
		r, err := a.next()
		if errors.Is(err, errEnd) {
			return true
		}
		if r.at == offset && a.inside <= skip && err == nil {
			continue // done already
		}
		locator := fmt.Sprintf("%s@%d", path, r.at)
		cursor := at.behind(fmt.Sprintf("%d+%d", r.at, a.inside))
		if err != nil {
			if r.at == offset && a.inside <= skip {
				continue // told already
			}
			text := fmt.Sprintf("read %s: record at byte %d", path, r.at)
			if uri := targetURI(r.header); uri != "" {
				text += " (" + uri + ")"
			}
			if !yield(Page{Locator: locator, Cursor: cursor}, fmt.Errorf("%s: %w", text, err)) {
				return false
			}
			continue
		}
		if r.block == nil {
			continue
		}
		page, ok, err := r.page(c.mostPage())
		if err != nil {
			page, err = Page{}, fmt.Errorf("read %s: record at byte %d (%s): %w", path, r.at, targetURI(r.header), err)
		} else if !ok {
			continue
		}
		page.Locator, page.Cursor, page.Entry.List = locator, cursor, path
		if !yield(page, err) {
			return false
		}
	}
}

func recordKey(key string) (offset int64, skip int, err error) {
	if key == "" {
		return 0, 0, nil
	}
	a, b, _ := strings.Cut(key, "+")
	offset, err = strconv.ParseInt(a, 10, 64)
	if err == nil {
		skip, err = strconv.Atoi(b)
	}
	if err != nil || offset < 0 || skip < 0 {
		return 0, 0, fmt.Errorf("cursor key %q: not a record", key)
	}
	return offset, skip, nil
}

// page makes a page of a record. ok is false where it holds none: redirects, errors,
// images, lists, what is empty.
func (r record) page(most int64) (p Page, ok bool, err error) {
	p = Page{URL: targetURI(r.header), Cut: r.header.Get("WARC-Truncated"), Entry: Entry{ID: r.header.Get("WARC-Record-ID"), URL: targetURI(r.header)}}
	if t, err := time.Parse(time.RFC3339Nano, r.header.Get("WARC-Date")); err == nil {
		p.Fetched = t.UTC()
	}
	if strings.EqualFold(r.header.Get("WARC-Type"), "resource") {
		p.Header, p.Body = http.Header{}, r.block
		if kind := r.header.Get("Content-Type"); kind != "" {
			p.Header.Set("Content-Type", kind)
		}
	} else if err := p.answer(r.block, most); err != nil {
		return Page{}, false, err
	}
	if p.Status != 0 && p.Status != http.StatusOK && p.Status != http.StatusNonAuthoritativeInfo {
		return Page{}, false, nil
	}
	kind := p.Header.Get("Content-Type")
	if kind == "" {
		kind = http.DetectContentType(p.Body)
	}
	if !readable(kind, false) || kindOf(p.Body[:min(len(p.Body), headSize)]) != kindPage || len(bytes.TrimSpace(p.Body)) == 0 {
		return Page{}, false, nil // a feed or sitemap is no page
	}
	u, err := url.Parse(p.URL)
	return p, err == nil && u.Path != "/robots.txt", nil
}
