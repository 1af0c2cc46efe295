package main

import (
	"path/filepath"

	"hearsay/certainty"
	"hearsay/corpus"
	"hearsay/doc"
	"hearsay/encode"
	"hearsay/learn"
)

// certainty trains the network that says degrees, on UW and UDS-IH2 as the shipped models
// read them.
func (c *trainCmd) certainty(o learn.Options) ([]byte, error) {
	p, _, second, err := shippedEncoders()
	if err != nil {
		return nil, err
	}
	var lessons []certainty.Lesson
	for _, part := range []struct {
		name  string
		scale certainty.Scale
	}{{"uw", certainty.News}, {"uds-ih2", certainty.Web}} {
		docs, err := corpus.Factuality(filepath.Join(c.Corpora, "factuality", part.name, "train.jsonl"))
		if err != nil {
			return nil, err
		}
		for _, d := range docs {
			p.parse([]*doc.Doc{d})
			second.Encode(d, &d.Second)
			lessons = append(lessons, certainty.Lesson{Doc: d, Scale: part.scale})
		}
	}
	m, err := certainty.Train(lessons, encode.Dim, o)
	if err != nil {
		return nil, err
	}
	return m.Bytes(), nil
}
