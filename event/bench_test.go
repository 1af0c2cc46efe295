package event_test

import (
	"os"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/event"
	"hearsay/extract"
	"hearsay/models"
	"hearsay/read"
)

// BenchmarkAnnotate measures the stage alone on the texts of testdata.
func BenchmarkAnnotate(b *testing.B) {
	r, err := read.New(read.Config{})
	if err != nil {
		b.Fatal(err)
	}
	m, err := event.Load(models.Bytes("event"))
	if err != nil {
		b.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/active.txt")
	if err != nil {
		b.Fatal(err)
	}
	var text []string
	for _, line := range strings.Split(string(raw), "\n") {
		if line != "" && line[0] != '#' && line[0] != ' ' {
			text = append(text, line)
		}
	}
	d := doc.New(strings.Repeat(strings.Join(text, " ")+"\n\n", 4))
	extract.Layout(d)
	r.Annotate(d)
	for b.Loop() {
		m.Annotate(d)
	}
	b.ReportMetric(float64(len(strings.Fields(d.Text))*b.N)/b.Elapsed().Seconds(), "words/s")
}
