package eval

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"hearsay/doc"
)

//go:embed labels/ordinary.tsv
var ordinaryFile string

// ordinarySentence is a sentence of ordinary news and the events that people have judged in
// it: by the span of the trigger, how much of a mistake it is.
type ordinarySentence struct {
	article string
	span    [2]int // code points
	wrong   map[[2]int]float64
}

func ordinarySentences() (out []ordinarySentence, err error) {
	n := 0
	for line := range strings.Lines(ordinaryFile) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "article\t") {
			continue
		}
		f := strings.Split(line, "\t")
		s := ordinarySentence{wrong: map[[2]int]float64{}}
		if len(f) == 3 {
			s.article = f[0]
			_, err = fmt.Sscanf(f[1], "%d-%d", &s.span[0], &s.span[1])
			for _, judged := range strings.Fields(strings.TrimPrefix(f[2], "-")) {
				var span [2]int
				var word string
				if _, err2 := fmt.Sscanf(judged, "%d-%d:%s", &span[0], &span[1], &word); err2 != nil {
					err = err2
				}
				s.wrong[span] = map[string]float64{"true": 0, "false": 1, "?": 0.5}[word]
			}
		}
		if len(f) != 3 || err != nil {
			return nil, fmt.Errorf("labels/ordinary.tsv: line %d: %q", n, line)
		}
		out = append(out, s)
	}
	return out, nil
}

// ordinary counts the false events in sentences of ordinary news: those judged so, half of
// those on which the readers differ, and all that nobody has judged. The value is events in
// a hundred sentences, so 3 are the thirty in a thousand that are allowed.
func (r *Report) ordinary(c Config, read Reader) error {
	sentences, err := ordinarySentences()
	if err != nil {
		return err
	}
	wanted := map[string]bool{}
	for _, s := range sentences {
		wanted[s.article] = true
	}
	all, err := c.raw()
	if errors.Is(err, fs.ErrNotExist) {
		r.note("events: no raw articles in %s, ordinary news skipped", c.Corpora)
		return nil
	}
	if err != nil {
		return err
	}
	var docs []*doc.Doc
	for _, d := range all {
		if wanted[d.Meta.Path] {
			plain := doc.New(d.Text)
			plain.Meta.Path = d.Meta.Path
			docs = append(docs, plain)
		}
	}
	each(c, docs, "ordinary news", read.Read)
	events := map[string][][2]int{}
	for _, d := range docs {
		o := doc.NewOffsets(d.Text)
		for i := range d.Events {
			events[d.Meta.Path] = append(events[d.Meta.Path], o.Span(d.Events[i].Trigger))
		}
	}
	wrong := make([]float64, len(sentences))
	for i, s := range sentences {
		for _, v := range events[s.article] {
			if v[0] < s.span[0] || v[0] >= s.span[1] {
				continue
			}
			judged, ok := s.wrong[v]
			if !ok {
				judged = 1
			}
			wrong[i] += judged
		}
	}
	sum := func(drawn []int) (float64, bool) {
		total := 0.0
		for _, i := range drawn {
			total += wrong[i]
		}
		return 100 * total / float64(len(drawn)), true
	}
	every := make([]int, len(sentences))
	for i := range every {
		every[i] = i
	}
	value, _ := sum(every)
	low, high := percentiles(len(sentences), sum)
	r.Rows = append(r.Rows, Row{Task: "events", Corpus: "raw", Part: "ordinary news", Metric: "false, of 100 sentences",
		N: len(sentences), Value: round(value), Low: round(low), High: round(high)})
	return nil
}
