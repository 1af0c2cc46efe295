package claim_test

import (
	"errors"
	"flag"
	"io/fs"
	"math"
	"path/filepath"
	"testing"

	"hearsay/claim"
	"hearsay/corpus"
	"hearsay/doc"
	"hearsay/eval"
	"hearsay/extract"
	"hearsay/read"
)

var fit = flag.Bool("fit", false, "read the stories of the open half and fit the weights of links anew")

// TestFit fits the weights to the labels of the open stories and shows them beside those that
// the program has. It reads some 400 articles.
func TestFit(t *testing.T) {
	if !*fit {
		t.Skip("only with -fit")
	}
	labels, err := eval.LinkLabels()
	if err != nil {
		t.Fatal(err)
	}
	articles := readStories(t, labels)
	var x [][]float64
	var y []float64
	for _, l := range labels {
		if l.Half == "frozen" || l.Same != "S" && l.Same != "D" {
			continue
		}
		a, b := articles.gist(&l.A), articles.gist(&l.B)
		if a == nil || b == nil {
			continue
		}
		x = append(x, claim.Features(a, b)[:claim.FittedFeatures])
		same := 0.0
		if l.Same == "S" {
			same = 1
		}
		y = append(y, same)
	}
	w := regression(x, y, 0.6)
	for k := range w {
		t.Logf("feature %2d: fitted %6.2f, has %6.2f", k, w[k], claim.Weights[k])
	}
}

// stories are the articles of the labels, as they are read.
type stories struct {
	articles map[string]*claim.Article
	gists    map[string][]claim.Gist
}

func readStories(t *testing.T, labels []eval.LinkLabel) stories {
	const home = "../../shared/corpora"
	reader, err := read.New(read.Config{})
	if err != nil {
		t.Fatal(err)
	}
	wanted := map[string]bool{}
	for _, l := range labels {
		if l.Half != "frozen" {
			wanted[l.A.Article], wanted[l.B.Article] = true, true
		}
	}
	out := stories{map[string]*claim.Article{}, map[string][]claim.Gist{}}
	for _, part := range []struct {
		dir  string
		read func(string) ([]*doc.Doc, error)
	}{{"stories/giveme5w1h-news-cluster", corpus.Stories}, {"ecbplus/train", corpus.ECBPlus}, {"ecbplus/dev", corpus.ECBPlus}} {
		docs, err := part.read(filepath.Join(home, filepath.FromSlash(part.dir)))
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("needs the corpora")
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range docs {
			if name := corpus.ArticleName(d); wanted[name] {
				extract.Layout(d)
				reader.Annotate(d)
				a := claim.New(d, name, claim.Evidence{})
				out.articles[name], out.gists[name] = a, claim.Gists(a)
			}
		}
	}
	return out
}

// gist returns the statement whose content begins or ends where the labelled one's does, and
// whose cue overlaps it best; nil for none. The labels were made of what was read.
func (s stories) gist(l *eval.LabelledStatement) *claim.Gist {
	a := s.articles[l.Article]
	o := doc.NewOffsets(a.Text)
	for i := range a.Statements {
		st := &a.Statements[i]
		if o.Span(st.Content[0]) == l.Content[0] && o.Span(st.Cue.Spans[0]) == l.Cue[0] {
			return &s.gists[l.Article][i]
		}
	}
	return nil
}

// regression returns the weights of a logistic regression with an L2 penalty on all but
// the first, by gradient descent with a step of its own for each weight.
func regression(x [][]float64, y []float64, penalty float64) []float64 {
	n := len(x[0])
	w, mean, square := make([]float64, n), make([]float64, n), make([]float64, n)
	for step := 1; step <= 1500; step++ {
		slope := make([]float64, n)
		for i := range x {
			sum := 0.0
			for k := range w {
				sum += w[k] * x[i][k]
			}
			miss := 1/(1+math.Exp(-sum)) - y[i]
			for k := range w {
				slope[k] += miss * x[i][k]
			}
		}
		for k := range w {
			if k > 0 {
				slope[k] += penalty * w[k]
			}
			mean[k] = 0.9*mean[k] + 0.1*slope[k]
			square[k] = 0.99*square[k] + 0.01*slope[k]*slope[k]
			w[k] -= 0.05 * mean[k] / (math.Sqrt(square[k]) + 1e-6) / math.Sqrt(1+float64(step)/100)
		}
	}
	return w
}
