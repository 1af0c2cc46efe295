package entity

import (
	"strings"
	"testing"

	"hearsay/doc"
)

// line is a Doc of one sentence, its words parted by spaces. Names stand in brackets with
// their type: "[person Mira Toll] left".
func line(text string) *doc.Doc {
	d := new(doc.Doc)
	var name *doc.Name
	var out strings.Builder
	for _, w := range strings.Fields(text) {
		if kind, ok := strings.CutPrefix(w, "["); ok {
			name = &doc.Name{Type: doc.EntityType(kind), Span: doc.Span{Begin: out.Len() + min(out.Len(), 1)}}
			continue
		}
		word, last := strings.CutSuffix(w, "]")
		if out.Len() > 0 {
			out.WriteByte(' ')
		}
		begin := out.Len()
		out.WriteString(word)
		d.Tokens = append(d.Tokens, doc.Token{Span: doc.Span{Begin: begin, End: out.Len()}, Head: -1})
		if last {
			name.End = out.Len()
			d.Names = append(d.Names, *name)
		}
	}
	d.Text = out.String()
	d.Sentences = []doc.Sentence{{Span: doc.Span{End: len(d.Text)}, Last: len(d.Tokens)}}
	return d
}

// Towns and what they lie in are two names where no mark stands between.
func TestTownsApart(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a region", "moved to [place San Jose California] then", "San Jose|California"},
		{"a short form", "[place Tampa FL] is hot", "Tampa|FL"},
		{"small letters", "near [place tampa florida]", "tampa|florida"},
		{"a country of two words", "in [place Durban South Africa]", "Durban|South Africa"},
		{"a comma", "in [place Tampa, Florida]", "Tampa, Florida"},
		{"a dash", "in [place Lyon – France]", "Lyon – France"},
		{"another state's town", "in [place Tampa Oregon]", "Tampa Oregon"},
		{"known as a whole", "in [place West Virginia]", "West Virginia"},
		{"the state first", "in [place Florida Tampa]", "Florida Tampa"},
		{"no place", "[organization Tampa Florida] won", "Tampa Florida"},
		{"two names", "[place Tampa Florida] or [place Lima Peru]", "Tampa|Florida|Lima|Peru"},
	} {
		d := line(c.text)
		townsApart(d)
		var got []string
		at := 0
		for _, n := range d.Names {
			if n.Begin < at || n.End <= n.Begin {
				t.Errorf("%s: name %v after %d", c.name, n.Span, at)
			}
			at = n.End
			got = append(got, d.Slice(n.Span))
		}
		if s := strings.Join(got, "|"); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}

// FuzzTownsApart holds names of any text inside it and in order.
func FuzzTownsApart(f *testing.F) {
	f.Add("Tampa  Florida", 0, 14)
	f.Add(" Lima Peru", 1, 9)
	f.Fuzz(func(t *testing.T, text string, begin, size int) {
		if begin < 0 || size < 1 || begin > len(text) || size > len(text)-begin || size > 200 {
			return
		}
		d := doc.New(text)
		d.Names = []doc.Name{{Type: doc.Location, Span: doc.Span{Begin: begin, End: begin + size}}}
		townsApart(d)
		at := begin
		for _, n := range d.Names {
			if n.Begin < at || n.Empty() || n.End > begin+size {
				t.Fatalf("%v after %d of [%d, %d)", n.Span, at, begin, begin+size)
			}
			at = n.End
		}
	})
}
