package read

import (
	"encoding/binary"
	"fmt"
	"strings"

	"hearsay/certainty"
	"hearsay/doc"
	"hearsay/encode"
	"hearsay/entity"
	"hearsay/entity/place"
	"hearsay/entity/timex"
	"hearsay/event"
	"hearsay/extract"
	"hearsay/lexicon/gazetteer"
	"hearsay/lexicon/kb"
	"hearsay/lexicon/plover"
	"hearsay/models"
	"hearsay/quote"
	"hearsay/syntax"
)

// Program is the version of the program, named in every reading.
const Program = "0.4.0"

// The models that each reader reads with, in the order in which they run. "split"
// finds words and sentences for both.
var (
	neuralModels = []string{"split", "reader", "names", "coref", "certainty"}
	linearModels = []string{"split", "syntax", "quote"}
)

// Version names the program, all models, the knowledge base and the frames that ship with it, such as
// "hearsay 0.4.0 split:1f0c55aa reader:5d03b7e9 … kb:09b1e2d4 frames:7a0c11de". The number of a model is half
// of the xxhash64 of its file, so that it changes whenever a weight does. A reading names those that made it: see [Reader.Version].
func Version() string {
	// What tells classes of whole sentences apart reads no article.
	all := append(neuralModels[:len(neuralModels):len(neuralModels)], "event")
	all = append(all, linearModels[1:]...)
	return version(models.Bytes, all...) + lists(kb.Shipped(), plover.Shipped())
}

// lists names the knowledge base and the frames.
func lists(known *kb.KB, frames *plover.Frames) string {
	return " kb:" + known.Version() + " frames:" + frames.Version()
}

func version(weights func(string) []byte, names ...string) string {
	parts := []string{"hearsay " + Program}
	for _, name := range names {
		parts = append(parts, name+":"+hash(weights(name)))
	}
	return strings.Join(parts, " ")
}

// hash returns the first half of the hash that ends a model file.
func hash(b []byte) string {
	if len(b) < 8 {
		return "none"
	}
	return fmt.Sprintf("%08x", binary.LittleEndian.Uint64(b[len(b)-8:])>>32)
}

// Reader reads articles with one set of models. It is safe for concurrent use.
type Reader struct {
	version string
	syntax  *syntax.Model
	encode  *encode.Model // nil: linear models read all
	second  *encode.Model
	known   *kb.KB
	entity  namer
	quote   *quote.Model
	event   *event.Model
	sure    *certainty.Model
}

// namer finds names and what they refer to.
type namer interface {
	Names(*doc.Doc)
	Link(*doc.Doc)
}

// Config says which reader New returns.
type Config struct {
	// Fast asks for the linear models, which need no vectors: quicker where the
	// processor has no vector instructions, and less right.
	Fast bool
	// KB are folders of tables that go before the shipped knowledge base; one that is not
	// there is left out.
	KB []string
	// Frames are folders of frames of events that go before those shipped; likewise.
	Frames []string
}

// New returns a reader with the models that ship with the program: the neural one, or
// the linear one where c says so. Models of the other are not loaded. It fails where a
// model is damaged or of another version.
func New(c Config) (*Reader, error) { return load(c, models.Bytes) }

// load is New with the weights from elsewhere.
func load(c Config, weights func(string) []byte) (*Reader, error) {
	// Tables are unpacked while models are loaded.
	go gazetteer.Shipped()
	go kb.Shipped()
	s, err := syntax.Load(weights("split"))
	if err != nil {
		return nil, err
	}
	r := &Reader{syntax: s}
	if r.event, err = event.New(c.Frames...); err != nil {
		return nil, err
	}
	if c.Fast {
		err = r.loadLinear(c.KB, weights)
	} else {
		err = r.loadNeural(c.KB, weights)
	}
	if err != nil {
		return nil, err
	}
	return r, nil
}

func (r *Reader) loadNeural(tables []string, weights func(string) []byte) error {
	f, err := encode.Read(weights("reader"))
	if err != nil {
		return err
	}
	if r.encode, err = encode.Load(f); err != nil {
		return err
	}
	if err := r.syntax.LoadHeads(f, encode.Dim); err != nil {
		return err
	}
	if r.quote, err = quote.LoadHeads(f, encode.Dim); err != nil {
		return err
	}
	names, err := entity.ReadNames(weights("names"))
	if err != nil {
		return err
	}
	if r.second, err = r.encode.LoadSecond(names); err != nil {
		return err
	}
	if r.known, err = kb.Open(tables...); err != nil {
		return err
	}
	r.version = version(weights, neuralModels...) + lists(r.known, r.event.Frames())
	who, err := entity.Load(names, encode.Dim, r.known)
	if err != nil {
		return err
	}
	r.entity = who
	if err = who.LoadLinks(weights("coref"), encode.Dim); err != nil {
		return err
	}
	r.sure, err = certainty.Load(weights("certainty"), encode.Dim)
	return err
}

func (r *Reader) loadLinear(tables []string, weights func(string) []byte) (err error) {
	if err = r.syntax.LoadLinear(weights("syntax")); err != nil {
		return err
	}
	if r.quote, err = quote.Load(weights("quote")); err != nil {
		return err
	}
	if r.known, err = kb.Open(tables...); err != nil {
		return err
	}
	r.version = version(weights, linearModels...) + lists(r.known, r.event.Frames()) + " fast"
	r.entity = entity.NewPlain(r.known)
	r.sure, err = certainty.NewPlain()
	return err
}

// Version names the program, the models and the knowledge base that r reads with, such as
// "hearsay 0.4.0 split:1f0c55aa reader:5d03b7e9 … kb:09b1e2d4"; that of the linear reader ends
// in "fast". Tables of the user's change it. It stands in every reading.
func (r *Reader) Version() string { return r.version }

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
	d.Reader = r.version
	if extract.English(d) {
		r.Annotate(d)
	}
	return d, nil
}

// Annotate runs the stages after extract on a Doc that has text and blocks.
func (r *Reader) Annotate(d *doc.Doc) {
	d.Reader = r.version
	r.syntax.Split(d)
	r.Link(d)
}

// Link fills all layers of a Doc that has sentences and words.
func (r *Reader) Link(d *doc.Doc) {
	r.Names(d)
	r.quote.Annotate(d)
	r.Who(d)
}

// Who fills the layers that come after statements: who is meant, who the sources are,
// when and where, and what happened.
func (r *Reader) Who(d *doc.Doc) {
	r.entity.Link(d)
	quote.Who(d, r.known)
	timex.Annotate(d)
	place.Annotate(d)
	r.event.Annotate(d)
	r.sure.Annotate(d)
}

// Names fills the names of a Doc that has sentences and words, and all before them.
func (r *Reader) Names(d *doc.Doc) {
	r.Parse(d)
	if r.second != nil {
		r.second.Encode(d, &d.Second)
	}
	r.entity.Names(d)
}

// Parse fills tags, lemmas and trees of a Doc that has sentences and words.
func (r *Reader) Parse(d *doc.Doc) {
	if r.encode != nil {
		r.encode.Annotate(d)
	}
	r.syntax.Parse(d)
}

// Certainty returns the stage that says how sure holders are, for those who measure or
// explain it by itself.
func (r *Reader) Certainty() *certainty.Model { return r.sure }

// Syntax returns the stage that splits, tags and parses, for those who measure it
// by itself.
func (r *Reader) Syntax() *syntax.Model { return r.syntax }
