package entity

import (
	"sync"

	"hearsay/doc"
	"hearsay/learn"
	"hearsay/lexicon/kb"
)

// The names of the models' files, and the version, which changes whenever the code that
// reads their sections does.
const (
	NamesModel   = "names"
	CorefModel   = "coref"
	modelVersion = "entity/1"
)

// NamesFile and CorefFile wrap trained sections as the files that Load takes.
func NamesFile(s []learn.Section) *learn.File {
	return &learn.File{Name: NamesModel, Version: modelVersion, Sections: s}
}

// CorefFile is NamesFile for what TrainCoref returns.
func CorefFile(s []learn.Section) *learn.File {
	return &learn.File{Name: CorefModel, Version: modelVersion, Sections: s}
}

// Model finds names and what they refer to. It is safe for concurrent use.
type Model struct {
	names *tagger
	coref *ranker
	known *kb.KB
	pool  sync.Pool // of *space
}

// ReadNames takes the file of names apart, for Load here and for the second encoder.
func ReadNames(b []byte) (*learn.File, error) {
	return learn.ReadFile(b, NamesModel, modelVersion)
}

// Load returns a model that finds names from vectors of length dim: of a file that
// ReadNames took apart. Before Link, LoadLinks must follow.
func Load(names *learn.File, dim int, known *kb.KB) (*Model, error) {
	m := &Model{known: known}
	var err error
	m.names, err = loadTagger(names, dim)
	return m, err
}

// LoadLinks adds the ranker of mentions from the bytes of its file.
func (m *Model) LoadLinks(b []byte, dim int) error {
	f, err := learn.ReadFile(b, CorefModel, modelVersion)
	if err != nil {
		return err
	}
	m.coref, err = loadRanker(f, dim)
	return err
}

// space is the working space of a reading.
type space struct {
	tag  tagSpace
	rank rankSpace
}

func (m *Model) space() *space {
	if s, _ := m.pool.Get().(*space); s != nil {
		return s
	}
	return new(space)
}

// Names fills d.Names. It needs the vectors of both encoders, sentences and tags.
func (m *Model) Names(d *doc.Doc) {
	s := m.space()
	defer m.pool.Put(s)
	m.names.tag(d, m.known, &s.tag)
}

// Link fills d.Mentions and d.Entities. It needs all layers up to d.Statements.
func (m *Model) Link(d *doc.Doc) {
	s := m.space()
	defer m.pool.Put(s)
	l := newLinker(d, m.known)
	m.coref.rank(l.tree, l.all, &s.rank, l.choose)
	l.identify()
	l.write()
}

// span returns the text span of a mention.
func (t *tree) span(m *mention) doc.Span {
	return doc.Span{Begin: t.d.Tokens[m.first].Begin, End: t.d.Tokens[m.last-1].End}
}
