package read

import (
	"os"
	"testing"

	"hearsay/encode"
	"hearsay/entity"
	"hearsay/lexicon/gazetteer"
	"hearsay/lexicon/kb"
	"hearsay/models"
	"hearsay/quote"
	"hearsay/syntax"
)

// BenchmarkStart measures what a process does before its first reading, part by part; the
// processor's caches are warm, so a true start takes about twice the sum. "new" is all of
// the models, "article" a reading with them.
func BenchmarkStart(b *testing.B) {
	file := func(path string) []byte {
		raw, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		return raw
	}
	places, sample := file("../lexicon/gazetteer/places.bin"), file("../testdata/sample.txt")
	known := kb.Shipped()
	split, err := syntax.Load(models.Bytes("split"))
	if err != nil {
		b.Fatal(err)
	}
	f, err := encode.Read(models.Bytes("reader"))
	if err != nil {
		b.Fatal(err)
	}
	first, err := encode.Load(f)
	if err != nil {
		b.Fatal(err)
	}
	names, err := entity.ReadNames(models.Bytes("names"))
	if err != nil {
		b.Fatal(err)
	}
	who, err := entity.Load(names, encode.Dim, known)
	if err != nil {
		b.Fatal(err)
	}
	reader, err := New(Config{})
	if err != nil {
		b.Fatal(err)
	}
	for _, part := range []struct {
		name string
		load func() error
	}{
		{"split", func() error { _, err := syntax.Load(models.Bytes("split")); return err }},
		{"reader", func() error {
			f, err := encode.Read(models.Bytes("reader"))
			if err == nil {
				_, err = encode.Load(f)
			}
			return err
		}},
		{"names", func() error {
			f, err := entity.ReadNames(models.Bytes("names"))
			if err == nil {
				_, err = first.LoadSecond(f)
			}
			return err
		}},
		{"coref", func() error { return who.LoadLinks(models.Bytes("coref"), encode.Dim) }},
		{"fast syntax", func() error { return split.LoadLinear(models.Bytes("syntax")) }},
		{"fast quote", func() error { _, err := quote.Load(models.Bytes("quote")); return err }},
		{"gazetteer", func() error { _, err := gazetteer.Decode(places); return err }},
		{"kb version", func() error { known.Version(); return nil }},
		{"new", func() error { _, err := New(Config{}); return err }},
		{"article", func() error { _, err := reader.Article("sample.txt", sample, Options{}); return err }},
	} {
		b.Run(part.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := part.load(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
