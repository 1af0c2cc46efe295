package timex_test

import (
	"testing"

	"hearsay/doc"
	"hearsay/encode"
	"hearsay/extract"
	"hearsay/models"
	"hearsay/syntax"
)

// parser returns what splits, tags and parses an article as the whole reading does.
func parser(t testing.TB) func(*doc.Doc) {
	t.Helper()
	s, err := syntax.Load(models.Bytes("split"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := encode.Read(models.Bytes("reader"))
	if err != nil {
		t.Fatal(err)
	}
	e, err := encode.Load(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.LoadHeads(f, encode.Dim); err != nil {
		t.Fatal(err)
	}
	return func(d *doc.Doc) {
		extract.Layout(d)
		s.Split(d)
		e.Annotate(d)
		s.Parse(d)
	}
}
