package ledger

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"

	"hearsay/claim"
)

// A frame is an article with one reading of it, compressed: the length of the text, the
// text, and lines of JSON. The first line is the article without text and statements, each
// other line a statement. Text and JSON share a frame because the words of the one come
// again in the other; statements have lines so that one can be had without decoding all.

var (
	encoder = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression), zstd.WithWindowSize(1<<20),
			zstd.WithEncoderConcurrency(2), zstd.WithLowerEncoderMem(true))
		if err != nil {
			panic(err) // the options are constants
		}
		return e
	})
	decoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(4), zstd.WithDecoderMaxMemory(maxBody+maxBody/2))
		if err != nil {
			panic(err)
		}
		return d
	})
)

// maxBody is the size in bytes beyond which an article or a page is not kept.
const maxBody = 256 << 20

func pack(a *claim.Article) ([]byte, error) {
	head := *a
	head.Text, head.Statements = "", nil
	b := binary.AppendUvarint(nil, uint64(len(a.Text)))
	b = append(b, a.Text...)
	line, err := json.Marshal(&head)
	if err != nil {
		return nil, err
	}
	b = append(b, line...)
	for i := range a.Statements {
		line, err := json.Marshal(&a.Statements[i])
		if err != nil {
			return nil, err
		}
		b = append(append(b, '\n'), line...)
	}
	if len(b) > maxBody {
		return nil, fmt.Errorf("%d bytes are more than an article may have", len(b))
	}
	return encoder().EncodeAll(b, make([]byte, 0, len(b)/4)), nil
}

// frame is one that was uncompressed.
type frame struct {
	text string
	head []byte
	// tail is the lines of statements, each with a line feed before it.
	tail []byte
}

var errFrame = errors.New("the stored article is damaged")

func unpack(packed []byte) (*frame, error) {
	b, err := decoder().DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", errFrame, err)
	}
	n, at := binary.Uvarint(b)
	if at <= 0 || n > uint64(len(b)-at) {
		return nil, errFrame
	}
	f := &frame{text: string(b[at : at+int(n)])}
	f.head = b[at+int(n):]
	if end := bytes.IndexByte(f.head, '\n'); end >= 0 {
		f.head, f.tail = f.head[:end], f.head[end:]
	}
	return f, nil
}

// article decodes all of a frame.
func (f *frame) article() (*claim.Article, error) {
	a := new(claim.Article)
	if err := json.Unmarshal(f.head, a); err != nil {
		return nil, fmt.Errorf("%w: %v", errFrame, err)
	}
	a.Text = f.text
	if n := bytes.Count(f.tail, []byte("\n")); n > 0 {
		a.Statements = make([]claim.Statement, 0, n)
	}
	for line := range bytes.SplitSeq(f.tail, []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		var s claim.Statement
		if err := json.Unmarshal(line, &s); err != nil {
			return nil, fmt.Errorf("%w: %v", errFrame, err)
		}
		a.Statements = append(a.Statements, s)
	}
	return a, nil
}

// statement decodes one.
func (f *frame) statement(label int64) (*claim.Statement, error) {
	_, after, found := bytes.Cut(f.tail, fmt.Appendf(nil, "\n{\"ID\":\"s%d\",", label))
	if !found {
		return nil, fmt.Errorf("%w: it has no statement s%d", errFrame, label)
	}
	line, _, _ := bytes.Cut(after, []byte("\n"))
	s := new(claim.Statement)
	if err := json.Unmarshal(append(fmt.Appendf(nil, "{\"ID\":\"s%d\",", label), line...), s); err != nil {
		return nil, fmt.Errorf("%w: %v", errFrame, err)
	}
	return s, nil
}
