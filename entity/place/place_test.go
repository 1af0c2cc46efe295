package place

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"hearsay/doc"
	"hearsay/lexicon/gazetteer"
)

var update = flag.Bool("update", false, "rewrite the expected places of testdata/places.txt")

// piece is an article of testdata: its names are in brackets, those of states in braces.
type piece struct {
	line    int
	outlet  string
	text    string // as written, with brackets
	want    []string
	failure string // why it is known to be wrong; "" where it is right
}

// TestPlaces reads testdata/places.txt: an article a line, and under it, indented, its
// places in order: the name in the text, "=", and the name, state and point that it has
// in the gazetteer; or "?" where it has none. Lines that begin with "outlet" name the
// outlet of the next article, and "wrong because" says that it is known to fail.
func TestPlaces(t *testing.T) {
	const path = "testdata/places.txt"
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	head, pieces := parse(string(raw))
	if len(pieces) < 60 {
		t.Errorf("%d articles, want at least 60", len(pieces))
	}
	var out strings.Builder
	out.WriteString(head)
	for _, p := range pieces {
		d := marked(p.text)
		d.Meta.Outlet = p.outlet
		Annotate(d)
		got := show(d)
		same := strings.Join(got, "\n") == strings.Join(p.want, "\n")
		switch {
		case p.failure != "" && same:
			t.Errorf("line %d is known to be wrong, and is right now: take its \"wrong because\" away", p.line)
		case p.failure == "" && !same && !*update:
			t.Errorf("%s:%d: %s\ngot\n  %s\nwant\n  %s", path, p.line, p.text, strings.Join(got, "\n  "), strings.Join(p.want, "\n  "))
		}
		if p.outlet != "" {
			fmt.Fprintf(&out, "outlet %s\n", p.outlet)
		}
		if p.failure != "" {
			fmt.Fprintf(&out, "wrong because %s\n", p.failure)
			got = p.want
		}
		fmt.Fprintf(&out, "%s\n", p.text)
		for _, g := range got {
			fmt.Fprintf(&out, "  %s\n", g)
		}
		out.WriteString("\n")
	}
	if *update {
		if err := os.WriteFile(path, []byte(strings.TrimSuffix(out.String(), "\n")), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func parse(raw string) (head string, pieces []piece) {
	var p piece
	for i, line := range strings.Split(raw, "\n") {
		switch {
		case strings.HasPrefix(line, "#"):
			head += line + "\n"
		case strings.HasPrefix(line, "  "):
			last := &pieces[len(pieces)-1]
			last.want = append(last.want, strings.TrimSpace(line))
		case strings.HasPrefix(line, "outlet "):
			p.outlet = line[len("outlet "):]
		case strings.HasPrefix(line, "wrong because "):
			p.failure = line[len("wrong because "):]
		case line != "":
			p.line, p.text = i+1, line
			pieces = append(pieces, p)
			p = piece{}
		case len(pieces) == 0:
			head += "\n"
		}
	}
	return head, pieces
}

// marked returns a Doc whose names are those in brackets and braces.
func marked(text string) *doc.Doc {
	d := &doc.Doc{}
	var b strings.Builder
	begin := 0
	for _, r := range text {
		switch r {
		case '[', '{':
			begin = b.Len()
		case ']':
			d.Names = append(d.Names, doc.Name{Span: doc.Span{Begin: begin, End: b.Len()}, Type: doc.Location})
		case '}':
			d.Names = append(d.Names, doc.Name{Span: doc.Span{Begin: begin, End: b.Len()}, Type: doc.Country})
		default:
			b.WriteRune(r)
		}
	}
	d.Text = b.String()
	return d
}

func show(d *doc.Doc) (out []string) {
	for _, p := range d.Places {
		if !p.Resolved() {
			out = append(out, d.Slice(p.Span)+" ?")
			continue
		}
		out = append(out, fmt.Sprintf("%s = %s %s %.1f %.1f", d.Slice(p.Span), p.Name, p.Country, p.Lat, p.Lon))
	}
	return out
}

// tree makes a Doc of one sentence from words as "form/UPOS/lemma/head/relation", heads
// counted from 1 and 0 for the root. Its names are those of the given types.
func tree(sentence string, names map[string]doc.EntityType) *doc.Doc {
	d := &doc.Doc{}
	var b strings.Builder
	for _, w := range strings.Fields(sentence) {
		f := strings.Split(w, "/")
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		s := doc.Span{Begin: b.Len(), End: b.Len() + len(f[0])}
		b.WriteString(f[0])
		head := 0
		fmt.Sscan(f[3], &head)
		d.Tokens = append(d.Tokens, doc.Token{Span: s, UPOS: f[1], Lemma: f[2], Head: head - 1, Rel: f[4]})
		if typ, ok := names[f[0]]; ok {
			d.Names = append(d.Names, doc.Name{Span: s, Type: typ})
		}
	}
	d.Text = b.String()
	whole := doc.Span{Begin: 0, End: b.Len()}
	d.Blocks = []doc.Block{{Span: whole}}
	d.Sentences = []doc.Sentence{{Span: whole, First: 0, Last: len(d.Tokens)}}
	return d
}

func TestActs(t *testing.T) {
	country, town := doc.Country, doc.Location
	for _, c := range []struct {
		name     string
		sentence string
		typ      map[string]doc.EntityType
		want     string
	}{
		{"a capital that denies is a government", "Beijing/PROPN/Beijing/2/nsubj denied/VERB/deny/0/root it/PRON/it/2/obj",
			map[string]doc.EntityType{"Beijing": town}, ""},
		{"in a capital is a place", "Aides/NOUN/aide/2/nsubj met/VERB/meet/0/root in/ADP/in/4/case Beijing/PROPN/Beijing/2/obl",
			map[string]doc.EntityType{"Beijing": town}, "Beijing"},
		{"a state that does something acts", "Russia/PROPN/Russia/2/nsubj invaded/VERB/invade/0/root Georgia/PROPN/Georgia/2/obj",
			map[string]doc.EntityType{"Russia": country, "Georgia": country}, "Georgia"},
		{"a state that has something is a place", "Chile/PROPN/Chile/2/nsubj has/VERB/have/0/root deserts/NOUN/desert/2/obj",
			map[string]doc.EntityType{"Chile": country}, "Chile"},
		{"a town that grows is a place", "Peoria/PROPN/Peoria/2/nsubj grew/VERB/grow/0/root",
			map[string]doc.EntityType{"Peoria": town}, "Peoria"},
		{"whom somebody tells is a government", "Aides/NOUN/aide/2/nsubj told/VERB/tell/0/root Tehran/PROPN/Tehran/2/obj",
			map[string]doc.EntityType{"Tehran": town}, ""},
		{"by whom it was done", "ships/NOUN/ship/3/nsubj:pass were/AUX/be/3/aux:pass seized/VERB/seize/0/root by/ADP/by/5/case Iran/PROPN/Iran/3/obl:agent",
			map[string]doc.EntityType{"Iran": country}, ""},
		{"the second of two that say", "Iran/PROPN/Iran/4/nsubj and/CCONJ/and/3/cc Syria/PROPN/Syria/1/conj said/VERB/say/0/root so/ADV/so/4/advmod",
			map[string]doc.EntityType{"Iran": country, "Syria": country}, ""},
		{"to a state is a place", "They/PRON/they/2/nsubj fled/VERB/flee/0/root to/ADP/to/4/case Chad/PROPN/Chad/2/obl",
			map[string]doc.EntityType{"Chad": country}, "Chad"},
		{"an adjective is no place", "Russian/ADJ/russian/2/amod gas/NOUN/gas/0/root",
			map[string]doc.EntityType{"Russian": town}, ""},
		{"a person is no place", "Paris/PROPN/Paris/2/nsubj left/VERB/leave/0/root",
			map[string]doc.EntityType{"Paris": doc.Person}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := tree(c.sentence, c.typ)
			Annotate(d)
			var got []string
			for _, p := range d.Places {
				got = append(got, d.Slice(p.Span))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestDateline: the places of a dateline need no tagger, and help with the others.
func TestDateline(t *testing.T) {
	text := "PEORIA, Ill. (AP) —\nThe mayor of Springfield left."
	d := doc.New(text)
	d.Blocks = []doc.Block{{Span: doc.Span{Begin: 0, End: 21}, Kind: doc.Dateline}, {Span: doc.Span{Begin: 22, End: len(text)}}}
	at := strings.Index(text, "Springfield")
	d.Names = []doc.Name{{Span: doc.Span{Begin: at, End: at + 11}, Type: doc.Location}}
	Annotate(d)
	if got, want := strings.Join(show(d), "; "), "PEORIA = Peoria USA 40.7 -89.6; Springfield = Springfield USA 39.8 -89.6"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOutletNames(t *testing.T) {
	for _, c := range []struct{ outlet, first, state string }{
		{"The Springfield News-Sun", "Springfield", ""},
		{"lasvegassun.com", "lasvegas", ""},
		{"https://www.cambridge-news.co.uk/sport", "cambridge", "United Kingdom"},
		{"CNN", "CNN", ""},
		{"", "", ""},
	} {
		names, state := outletNames(c.outlet)
		first := ""
		if len(names) > 0 {
			first = names[0]
		}
		if first != c.first || state != c.state {
			t.Errorf("%q: %q, %q; want %q, %q", c.outlet, first, state, c.first, c.state)
		}
	}
}

// TestSame: the same article is read the same every time.
func TestSame(t *testing.T) {
	text := "The council of [Springfield] met with [Paris], [Columbus] and [Athens]; [Georgia] and [Lebanon] paid, and {Jordan} watched [Richmond]."
	first := ""
	for range 20 {
		d := marked(text)
		Annotate(d)
		if got := strings.Join(show(d), "; "); first == "" {
			first = got
		} else if got != first {
			t.Fatalf("got %q, then %q", first, got)
		}
	}
}

// FuzzAnnotate: whatever the text and the names, places lie inside the text and in
// order, and points on the Earth.
func FuzzAnnotate(f *testing.F) {
	f.Add("Springfield, Ill. and (Ohio), St. Louis’s County", 0, 11, 19, 24)
	f.Add("Ré, Île-de-France — ", 0, 3, 5, 9)
	f.Add(",,,((", 0, 1, 2, 5)
	f.Add("the city of the county of County County", 0, 20, 21, 39)
	f.Fuzz(func(t *testing.T, text string, a, b, c, e int) {
		d := doc.New(strings.ToValidUTF8(text, "?"))
		at := 0
		for _, s := range []doc.Span{{Begin: a, End: b}, {Begin: c, End: e}} {
			if s.Begin >= at && s.End > s.Begin && s.End <= len(d.Text) {
				d.Names = append(d.Names, doc.Name{Span: s, Type: doc.Location})
				at = s.End
			}
		}
		d.Blocks = []doc.Block{{Span: doc.Span{Begin: 0, End: len(d.Text)}, Kind: doc.Dateline}}
		Annotate(d)
		last := 0
		for _, p := range d.Places {
			if p.Begin < last || p.End > len(d.Text) || p.Empty() {
				t.Fatalf("place %v after %d in %d bytes", p.Span, last, len(d.Text))
			}
			last = p.End
			if p.Lat < -90 || p.Lat > 90 || p.Lon < -180 || p.Lon > 180 {
				t.Fatalf("%q lies at %v, %v", d.Slice(p.Span), p.Lat, p.Lon)
			}
		}
	})
}

// TestOptionsHoldChoice: what is chosen is one of the options.
func TestOptionsHoldChoice(t *testing.T) {
	d := marked("In [Springfield], [Clark County], near [Columbus], [Ohio].")
	gazetteer.Shipped()
	for i, p := range Resolve(d, []doc.Span{d.Names[0].Span, d.Names[1].Span, d.Names[2].Span, d.Names[3].Span}) {
		found := false
		for _, o := range Options(d, d.Names[i].Span) {
			found = found || o == p
		}
		if !found {
			t.Errorf("%q: %+v is no option", d.Slice(p.Span), p)
		}
	}
}
