package eval

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"hearsay/provenance"
)

//go:embed labels/copies.tsv
var copiesFile string

// copyLabel is what two readers said of a pair of AllSides articles; labels/COPIES.md says
// how. Pairs on which they differ are left out.
type copyLabel struct {
	frozen bool
	a, b   string // ids
	copy   bool
}

func copyLabels() (out []copyLabel, err error) {
	n := 0
	for line := range strings.Lines(copiesFile) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "half\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			return nil, fmt.Errorf("labels/copies.tsv: line %d: %d columns, want 4", n, len(f))
		}
		if f[3] != "?" {
			out = append(out, copyLabel{f[0] == "frozen", f[1], f[2], f[3] == "yes"})
		}
	}
	return out, nil
}

// realCopies scores which of the labelled pairs are taken for copies. The index has all
// articles of the corpus, so that it knows stock passages, as it does in a ledger. The
// baseline calls a copy whatever shares three in ten words of the shorter text.
func (r *Report) realCopies(c Config) error {
	labels, err := copyLabels()
	if err != nil {
		return err
	}
	docs, err := c.raw()
	if errors.Is(err, fs.ErrNotExist) {
		r.note("origins: no raw articles in %s, copies skipped", c.Corpora)
		return nil
	}
	if err != nil {
		return err
	}
	x := provenance.NewIndex()
	text := map[string]string{}
	for _, d := range docs {
		x.Add(provenance.Sign(d.Text), d.Meta.Published)
		text[d.Meta.Path] = d.Text
	}
	var read, plain metric
	read.name = "copies"
	for _, l := range labels {
		a, b := text[l.a], text[l.b]
		if l.frozen == c.Open || a == "" || b == "" {
			continue
		}
		of := x.Compare(a, b)
		read.articles = append(read.articles, countOf(l.copy, of.Copied()))
		plain.articles = append(plain.articles, countOf(l.copy, of.Share() >= 0.3))
	}
	part := "dev/frozen"
	if c.Open {
		part = "dev/open"
	}
	row := read.row("origins", "stories", part)
	base := plain.row("origins", "stories", part).Value
	row.Baseline = &base
	r.Rows = append(r.Rows, row)
	return nil
}

// countOf counts one decision.
func countOf(gold, pred bool) (c Count) {
	if gold {
		c.Gold = 1
	}
	if pred {
		c.Pred = 1
	}
	if gold && pred {
		c.Right = 1
	}
	return c
}
