package eval

import (
	_ "embed"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"hearsay/claim"
	"hearsay/corpus"
	"hearsay/doc"
)

//go:embed labels/links.tsv
var linksFile string

// LinkLabel is what readers said of a pair of statements of two articles on one story.
type LinkLabel struct {
	Half  string // "frozen", "open", or "train": labelled by one reader, to fit weights
	Story string
	A, B  LabelledStatement
	// Same is "S" for the same claim, "D" for another, "P" for partly the same, and "?"
	// where the readers differ.
	Same  string
	Quote bool // both give the very same quoted words
}

// LabelledStatement is a statement by its article's name and the code points of its words.
type LabelledStatement struct {
	Article      string
	Content, Cue [][2]int
}

// LinkLabels returns the labels in the order of the file.
func LinkLabels() (out []LinkLabel, err error) {
	n := 0
	for line := range strings.Lines(linksFile) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "half\t") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 10 {
			return nil, fmt.Errorf("labels/links.tsv: line %d: %d columns, want 10", n, len(f))
		}
		l := LinkLabel{Half: f[0], Story: f[1], Same: f[8], Quote: f[9] == "quote"}
		l.A.Article, l.B.Article = f[2], f[5]
		for _, spans := range []struct {
			to   *[][2]int
			from string
		}{{&l.A.Content, f[3]}, {&l.A.Cue, f[4]}, {&l.B.Content, f[6]}, {&l.B.Cue, f[7]}} {
			if *spans.to, err = spanList(spans.from); err != nil {
				return nil, fmt.Errorf("labels/links.tsv: line %d: %w", n, err)
			}
		}
		out = append(out, l)
	}
	return out, nil
}

// spanList reads "12-40,51-60".
func spanList(s string) (out [][2]int, err error) {
	for _, span := range strings.Split(s, ",") {
		from, to, _ := strings.Cut(span, "-")
		a, err1 := strconv.Atoi(from)
		b, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil || a >= b {
			return nil, fmt.Errorf("no span %q", span)
		}
		out = append(out, [2]int{a, b})
	}
	return out, nil
}

// storyFolders are the corpora of the labels, each with its reader.
var storyFolders = []struct {
	path string
	read func(string) ([]*doc.Doc, error)
}{
	{"stories/giveme5w1h-news-cluster", corpus.Stories},
	{"ecbplus/train", corpus.ECBPlus},
	{"ecbplus/dev", corpus.ECBPlus},
}

// links scores which statements are taken for tellings of one claim, on the stories that
// were kept aside, from the raw text of the articles.
func (r *Report) links(c Config, read Reader, name string) error {
	labels, err := LinkLabels()
	if err != nil {
		return err
	}
	named := map[string]bool{}
	for _, l := range labels {
		if l.Half != "train" {
			named[l.A.Article], named[l.B.Article] = true, true
		}
	}
	var docs []*doc.Doc
	for _, f := range storyFolders {
		all, err := f.read(filepath.Join(c.Corpora, filepath.FromSlash(f.path)))
		if err != nil {
			return err
		}
		for _, d := range all {
			if named[corpus.ArticleName(d)] {
				docs = append(docs, d)
			}
		}
	}
	each(c, docs, name+" links", read.Read)
	r.Rows = append(r.Rows, linkRows(name, c.Open, labels, docs)...)
	return nil
}

// linkRows scores articles that have been read.
func linkRows(name string, open bool, labels []LinkLabel, docs []*doc.Doc) []Row {
	t := newTellings(docs)
	part := "frozen"
	if open {
		part = "open"
	}
	var mine, opened []LinkLabel
	for _, l := range labels {
		if l.Half == part {
			mine = append(mine, l)
		}
		if l.Half == "open" {
			opened = append(opened, l)
		}
	}
	least := t.bestCosine(opened)
	cosine := func(a, b int) bool { return t.cosine(a, b) >= least }
	isSame := func(l *LinkLabel) string { return l.Same }
	row := func(metric string, keep func(*LinkLabel) bool, is func(*LinkLabel) string, same func(a, b int) bool) Row {
		return t.row(name, part, metric, mine, keep, is, same)
	}
	all := func(*LinkLabel) bool { return true }
	plain := func(l *LinkLabel) bool { return !l.Quote }
	quoted := func(l *LinkLabel) bool { return l.Quote }
	partly := func(as string) func(l *LinkLabel) string {
		return func(l *LinkLabel) string {
			if l.Same == "P" {
				return as
			}
			return l.Same
		}
	}
	rows := []Row{
		row("links", all, isSame, t.same),
		row("links, other words", plain, isSame, t.same),
		row("links, one quotation", quoted, isSame, t.same),
		row("links, partly is same", all, partly("S"), t.same),
		row("links, partly is other", all, partly("D"), t.same),
		row("found by the index", all, isSame, t.linked),
		row("in one claim", all, isSame, t.together),
	}
	for i, keep := range []func(*LinkLabel) bool{all, plain, quoted} {
		base := row("", keep, isSame, cosine)
		rows[i].Baseline = &base.Value
	}
	return append(rows, row("baseline: cosine", all, isSame, cosine), row("baseline: same words", all, isSame, t.sameWords))
}

// readTellings are the statements of the labelled articles as they were read.
type readTellings struct {
	articles map[string]*claim.Article
	offsets  map[string]*doc.Offsets
	first    map[string]int // index of an article's first statement
	gists    []claim.Gist
	words    []map[string]float64 // TF-IDF, of length 1
	keys     []string             // the words in order
	links    map[[2]int]bool
	claims   []int
}

func newTellings(docs []*doc.Doc) *readTellings {
	t := &readTellings{articles: map[string]*claim.Article{}, offsets: map[string]*doc.Offsets{}, first: map[string]int{}, links: map[[2]int]bool{}}
	at := map[claim.Telling]int{}
	var tellings []claim.Telling
	var links []claim.Link
	linker := claim.NewLinker(30, 0)
	in := map[string]float64{} // how many statements have a word
	for _, d := range docs {
		name := corpus.ArticleName(d)
		a := claim.New(d, name, claim.Evidence{})
		t.articles[name], t.offsets[name], t.first[name] = a, doc.NewOffsets(d.Text), len(t.gists)
		for _, s := range a.Statements {
			at[claim.Telling{Article: a.ID, Statement: s.ID}] = len(tellings)
			tellings = append(tellings, claim.Telling{Article: a.ID, Statement: s.ID})
			list := plainWords(s.Words)
			t.keys = append(t.keys, strings.Join(list, " "))
			counts := map[string]float64{}
			for _, w := range list {
				counts[w]++
			}
			for w := range counts {
				in[w]++
			}
			t.words = append(t.words, counts)
		}
		t.gists = append(t.gists, claim.Gists(a)...)
		links = append(links, linker.Add(a)...)
	}
	for _, counts := range t.words {
		for w, n := range counts {
			counts[w] = n * math.Log(float64(len(t.words))/in[w])
		}
	}
	for _, l := range links {
		a, b := at[l.A], at[l.B]
		t.links[[2]int{min(a, b), max(a, b)}] = true
	}
	t.claims = make([]int, len(tellings))
	for k, c := range claim.Gather(tellings, links, func(claim.Telling) string { return "" }) {
		for _, x := range c.Tellings {
			t.claims[at[x]] = k
		}
	}
	return t
}

// plainWords returns the runs of letters and digits of a text, in small letters.
func plainWords(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// find returns the statement that was read in the place of a labelled one: the one whose
// content overlaps it best, by half of both at least, cues that overlap tipping the
// scales. -1 is none.
func (t *readTellings) find(l *LabelledStatement) int {
	a := t.articles[l.Article]
	if a == nil {
		return -1
	}
	o := t.offsets[l.Article]
	best, found := 0.5, -1
	for i := range a.Statements {
		s := &a.Statements[i]
		shared, long := 0, 0
		for _, c := range s.Content {
			p := o.Span(c)
			long += p[1] - p[0]
			shared += covered(p, l.Content)
		}
		for _, c := range l.Content {
			long += c[1] - c[0]
		}
		v := 2 * float64(shared) / float64(long)
		if v < 0.5 {
			continue
		}
		for _, c := range s.Cue.Spans {
			if covered(o.Span(c), l.Cue) > 0 {
				v += 0.5
				break
			}
		}
		if v >= best {
			best, found = v+1e-9, t.first[l.Article]+i
		}
	}
	return found
}

// covered returns how many code points of a span lie in others.
func covered(p [2]int, others [][2]int) (n int) {
	for _, o := range others {
		n += max(0, min(p[1], o[1])-max(p[0], o[0]))
	}
	return n
}

// row counts the pairs by their stories: a pair of which a statement was not found is taken
// for none.
func (t *readTellings) row(name, part, what string, labels []LinkLabel, keep func(*LinkLabel) bool, is func(*LinkLabel) string, same func(a, b int) bool) Row {
	var stories []string
	m := metric{name: what}
	for i := range labels {
		l := &labels[i]
		label := is(l)
		if !keep(l) || label != "S" && label != "D" {
			continue
		}
		k := slices.Index(stories, l.Story)
		if k < 0 {
			k = len(stories)
			stories = append(stories, l.Story)
			m.articles = append(m.articles, Count{})
		}
		c := &m.articles[k]
		a, b := t.find(&l.A), t.find(&l.B)
		linked := a >= 0 && b >= 0 && same(a, b)
		if label == "S" {
			c.Gold++
		}
		if linked {
			c.Pred++
		}
		if linked && label == "S" {
			c.Right++
		}
	}
	return m.row("links", name, part)
}

// same says whether two tellings are scored as the same.
func (t *readTellings) same(a, b int) bool {
	p, _ := claim.Score(&t.gists[a], &t.gists[b])
	return p >= claim.Threshold
}

// linked says whether the Linker, which saw all articles, linked two tellings.
func (t *readTellings) linked(a, b int) bool { return t.links[[2]int{min(a, b), max(a, b)}] }

// together says whether two tellings were gathered into one claim.
func (t *readTellings) together(a, b int) bool { return t.claims[a] == t.claims[b] }

// sameWords says whether the contents have the same words in the same order.
func (t *readTellings) sameWords(a, b int) bool { return t.keys[a] == t.keys[b] }

// cosine is that of TF-IDF over the words of the contents.
func (t *readTellings) cosine(a, b int) float64 {
	dot := func(x, y map[string]float64) float64 {
		var terms []float64 // in an order that no map has a say in
		for w, v := range x {
			if u := y[w]; u != 0 {
				terms = append(terms, u*v)
			}
		}
		slices.Sort(terms)
		sum := 0.0
		for _, v := range terms {
			sum += v
		}
		return sum
	}
	x, y := t.words[a], t.words[b]
	if n := dot(x, x) * dot(y, y); n > 0 {
		return dot(x, y) / math.Sqrt(n)
	}
	return 0
}

// bestCosine returns the threshold at which cosine has the best F1 on the open labels.
func (t *readTellings) bestCosine(labels []LinkLabel) float64 {
	bestF, best := -1.0, 1.0
	for k := 1; k <= 100; k++ {
		least := float64(k) / 100
		row := t.row("", "", "", labels, func(*LinkLabel) bool { return true }, func(l *LinkLabel) string { return l.Same },
			func(a, b int) bool { return t.cosine(a, b) >= least })
		if row.Value > bestF {
			bestF, best = row.Value, least
		}
	}
	return best
}
