package read

import (
	"encoding/binary"
	"fmt"
	"strings"
	"sync"

	"hearsay/doc"
	"hearsay/encode"
	"hearsay/extract"
	"hearsay/models"
	"hearsay/quote"
	"hearsay/syntax"
)

// Program is the version of the program, named in every reading.
const Program = "0.1.0"

// stages are the names of the models in the order in which they run.
var stages = []string{"syntax", "quote"}

// Version names the program and the models that ship with it, such as
// "hearsay 0.1.0 syntax:1f0c55aa quote:09b1e2d4". The number of a model is half of
// the xxhash64 of its file, so that it changes whenever a weight does.
var Version = sync.OnceValue(func() string {
	parts := []string{"hearsay " + Program}
	for _, name := range stages {
		parts = append(parts, name+":"+hash(models.Bytes(name)))
	}
	return strings.Join(parts, " ")
})

// hash returns the first half of the hash that ends a model file.
func hash(b []byte) string {
	if len(b) < 8 {
		return "none"
	}
	return fmt.Sprintf("%08x", binary.LittleEndian.Uint64(b[len(b)-8:])>>32)
}

// Reader reads articles with one set of models. It is safe for concurrent use.
type Reader struct {
	syntax *syntax.Model
	encode *encode.Model // nil: linear models read all
	quote  *quote.Model
}

// New returns a reader with the models that ship with the program. It fails where
// one of them is damaged or of another version.
func New() (*Reader, error) {
	s, err := syntax.Load(models.Bytes("syntax"))
	if err != nil {
		return nil, err
	}
	q, err := quote.Load(models.Bytes("quote"))
	if err != nil {
		return nil, err
	}
	r := &Reader{syntax: s, quote: q}
	if b := models.Bytes("reader"); b != nil {
		f, err := encode.Read(b)
		if err != nil {
			return nil, err
		}
		if r.encode, err = encode.Load(f); err != nil {
			return nil, err
		}
		if err := s.LoadHeads(f, encode.Dim); err != nil {
			return nil, err
		}
		if r.quote, err = quote.LoadHeads(f, encode.Dim); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// Options say what is known of an article beside its bytes.
type Options struct {
	Date   string // of publication, YYYY-MM-DD; goes before what the article says
	Outlet string // that published it; likewise
}

// Article reads the article that raw holds; path names it. An article that
// is not in English (extract.English) gets no sentences and no statements. Errors
// are those of extract.Article.
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

// Annotate runs the stages after extract on a Doc that has text and blocks.
func (r *Reader) Annotate(d *doc.Doc) {
	r.syntax.Split(d)
	r.Parse(d)
	r.quote.Annotate(d)
}

// Parse fills tags, lemmas and trees of a Doc that has sentences and words.
func (r *Reader) Parse(d *doc.Doc) {
	if r.encode != nil {
		r.encode.Annotate(d)
	}
	r.syntax.Parse(d)
}

// Syntax returns the stage that splits, tags and parses, for those who measure it
// by itself.
func (r *Reader) Syntax() *syntax.Model { return r.syntax }
