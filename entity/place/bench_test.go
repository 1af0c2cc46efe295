package place

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hearsay/doc"
	"hearsay/lexicon/gazetteer"
)

// article returns words of news with a name in every 25, and their spans.
func article(n int) *doc.Doc {
	towns := strings.Split("Springfield Paris Illinois London Moscow Rochester Athens Georgia Columbus Ohio Dublin Richmond Cairo "+
		"Alexandria Jackson Portland Lebanon Manchester Kansas Berlin", " ")
	var b strings.Builder
	d := &doc.Doc{}
	for i := range n {
		if i%25 == 24 {
			town := towns[i/25%len(towns)]
			d.Names = append(d.Names, doc.Name{Span: doc.Span{Begin: b.Len(), End: b.Len() + len(town)}, Type: doc.Location})
			b.WriteString(town + " ")
		} else {
			b.WriteString("council ")
		}
	}
	d.Text = b.String()
	return d
}

func BenchmarkAnnotate(b *testing.B) {
	gazetteer.Shipped()
	const n = 500
	d := article(n)
	for b.Loop() {
		Annotate(d)
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "words/s")
}

// TestManyNames: an article of nothing but names takes time in proportion to them.
func TestManyNames(t *testing.T) {
	gazetteer.Shipped()
	g := gazetteer.Shipped()
	var b strings.Builder
	d := &doc.Doc{}
	for i := range 5000 {
		name := g.Name(gazetteer.ID(i * 48))
		d.Names = append(d.Names, doc.Name{Span: doc.Span{Begin: b.Len(), End: b.Len() + len(name)}, Type: doc.Location})
		fmt.Fprintf(&b, "%s, ", name)
	}
	d.Text = b.String()
	begin := time.Now()
	Annotate(d)
	if took := time.Since(begin); took > 10*time.Second {
		t.Errorf("5,000 names took %v", took)
	}
	if len(d.Places) < 4900 {
		t.Errorf("%d places of 5,000 names", len(d.Places))
	}
}
