package read

import (
	"fmt"

	"github.com/cespare/xxhash/v2"

	"hearsay/doc"
	"hearsay/extract"
	"hearsay/models"
	"hearsay/quote"
	"hearsay/syntax"
)

// Version is the version of the program, named in every reading.
const Version = "0.1.0"

// Reader reads articles with one set of models. It is safe for concurrent use.
type Reader struct {
	syntax  *syntax.Model
	quote   *quote.Model
	version string
}

// New returns a reader with the models that ship with the program.
func New() (*Reader, error) {
	s, q := models.Bytes("syntax"), models.Bytes("quote")
	sm, err := syntax.Load(s)
	if err != nil {
		return nil, err
	}
	qm, err := quote.Load(q)
	if err != nil {
		return nil, err
	}
	version := fmt.Sprintf("hearsay %s syntax:%08x quote:%08x", Version, uint32(xxhash.Sum64(s)), uint32(xxhash.Sum64(q)))
	return &Reader{sm, qm, version}, nil
}

// Version names the program and the models, the latter by the hash of their bytes.
func (r *Reader) Version() string { return r.version }

// Syntax returns the reader's syntax stage, for those who read parts alone.
func (r *Reader) Syntax() *syntax.Model { return r.syntax }

// Options say what is known of an article beside its bytes.
type Options struct {
	Date   string // of publication, YYYY-MM-DD; it goes before what the article says
	Outlet string // likewise
}

// Article reads one article. Errors are extract's.
func (r *Reader) Article(path string, raw []byte, o Options) (*doc.Doc, error) {
	d, err := extract.Article(path, raw)
	if err != nil {
		return nil, err
	}
	if o.Date != "" {
		d.Meta.Published = o.Date
	}
	if o.Outlet != "" {
		d.Meta.Outlet = o.Outlet
	}
	if extract.English(d) {
		r.Annotate(d)
	}
	return d, nil
}

// Annotate runs the stages after extract on a Doc with text and blocks.
func (r *Reader) Annotate(d *doc.Doc) {
	r.syntax.Annotate(d)
	r.quote.Annotate(d)
}
