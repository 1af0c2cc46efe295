package read

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"hearsay/doc"
)

// TestJSON holds a whole reading against its golden file.
func TestJSON(t *testing.T) {
	for _, test := range []struct {
		name string
		of   *doc.Doc
		text bool
	}{{"hand.json", hand(t), false}, {"hand-text.json", hand(t), true}, {"desk.json", desk(t), false}} {
		t.Run(test.name, func(t *testing.T) {
			line, err := JSON(test.of, JSONOptions{Text: test.text})
			if err != nil {
				t.Fatal(err)
			}
			if bytes.ContainsAny(line, "\r\n") {
				t.Error("a reading is more than one line")
			}
			wide, err := Indent(line)
			if err != nil {
				t.Fatal(err)
			}
			golden(t, test.name, append(wide, '\n'))
		})
	}
}

// TestJSONOffsets cuts every part out of the text by its code points, as a program
// that reads the JSON would.
func TestJSONOffsets(t *testing.T) {
	for _, of := range []*doc.Doc{hand(t), desk(t)} {
		t.Run(of.Meta.Path, func(t *testing.T) { checkOffsets(t, of) })
	}
}

func checkOffsets(t *testing.T, of *doc.Doc) {
	// Characters of more bytes than one stand before all.
	const before = "🕊é "
	of.Text = before + of.Text
	shift(of, len(before))
	line, err := JSON(of, JSONOptions{Text: true})
	if err != nil {
		t.Fatal(err)
	}
	var r reading
	if err := json.Unmarshal(line, &r); err != nil {
		t.Fatal(err)
	}
	runes := []rune(r.Document.Text)
	same := func(what, want string, spans ...[2]int) {
		t.Helper()
		parts := make([]string, len(spans))
		for i, s := range spans {
			parts[i] = string(runes[s[0]:s[1]])
		}
		if got := strings.Join(parts, " … "); got != want {
			t.Errorf("%s: offsets %v cut %q, text is %q", what, spans, got, want)
		}
	}
	for _, s := range r.Statements {
		if s.Source.Span != nil {
			same(s.ID+" source", s.Source.Text, *s.Source.Span)
		}
		same(s.ID+" cue", s.Cue.Text, s.Cue.Spans...)
		same(s.ID+" content", s.Content.Text, s.Content.Spans...)
		if s.Addressee != nil {
			same(s.ID+" addressee", s.Addressee.Text, s.Addressee.Span)
		}
	}
	if n := len(r.Statements); n != len(of.Statements) {
		t.Errorf("%d statements, want %d", n, len(of.Statements))
	}
	for _, x := range r.Times {
		same("time", x.Text, x.Span)
	}
	for _, x := range r.Places {
		same(x.ID, x.Text, x.Span)
	}
	next := 0
	for _, e := range r.Entities {
		for _, m := range e.Mentions {
			for fmt.Sprint("e", of.Mentions[next].Entity+1) != e.ID {
				next = (next + 1) % len(of.Mentions)
			}
			same(e.ID, of.Slice(of.Mentions[next].Span), m)
			next = (next + 1) % len(of.Mentions)
		}
	}
}

// shift moves all spans of a Doc.
func shift(d *doc.Doc, by int) {
	move := func(s *doc.Span) {
		if !s.Empty() {
			s.Begin, s.End = s.Begin+by, s.End+by
		}
	}
	for i := range d.Sentences {
		move(&d.Sentences[i].Span)
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		move(&s.Source.Span)
		move(&s.Addressee)
		for k := range s.Cue.Spans {
			move(&s.Cue.Spans[k])
		}
		for k := range s.Content {
			move(&s.Content[k])
		}
	}
	for i := range d.Mentions {
		move(&d.Mentions[i].Span)
	}
	for i := range d.Times {
		move(&d.Times[i].Span)
	}
	for i := range d.Places {
		move(&d.Places[i].Span)
	}
}

// TestJSONPlain shows what JSON must not do to text.
func TestJSONPlain(t *testing.T) {
	d := doc.New("a < b & c\x00\u2028\x1b[31m")
	line, err := JSON(d, JSONOptions{Text: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`a < b & c`, `\u0000`, `\u001b[31m`, `"sentences":[]`, `"statements":[]`} {
		if !bytes.Contains(line, []byte(want)) {
			t.Errorf("%s lacks %s", line, want)
		}
	}
	var r reading
	if err := json.Unmarshal(line, &r); err != nil || r.Document.Text != d.Text {
		t.Errorf("text comes back as %q, %v", r.Document.Text, err)
	}
	again, err := JSON(d, JSONOptions{Text: true})
	if err != nil || !bytes.Equal(line, again) {
		t.Error("the same Doc gave other bytes")
	}
}

// TestJSONLayers holds what is left out where nothing is known, and what is not.
func TestJSONLayers(t *testing.T) {
	with := func(change func(*doc.Doc)) reading {
		t.Helper()
		d := desk(t)
		change(d)
		line, err := JSON(d, JSONOptions{MinScore: 0.5})
		if err != nil {
			t.Fatal(err)
		}
		var r reading
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	ids := func(r reading) (out string) {
		for _, e := range r.Entities {
			out += " " + e.ID
		}
		return out
	}
	for _, test := range []struct {
		name   string
		change func(*doc.Doc)
		got    func(reading) any
		want   any
	}{
		{"mentioned once, unnamed", func(*doc.Doc) {}, func(r reading) any { return ids(r) }, " e1 e2 e3 e4 e5 e7"},
		{"a group of a member", func(d *doc.Doc) { d.Statements = d.Statements[4:5] },
			func(r reading) any { return ids(r) }, " e1 e2 e3 e4 e5 e7"},
		{"an unnamed source left out", func(d *doc.Doc) {
			d.Entities[4].Of = nil
			d.Statements[4].Score = 0.4
		}, func(r reading) any { return ids(r) }, " e1 e2 e3 e4 e7"},
		{"an unnamed addressee", func(d *doc.Doc) { d.Statements[1].Told = 5 }, func(r reading) any { return ids(r) }, " e1 e2 e3 e4 e5 e6 e7"},
		{"what has no source is nobody", func(d *doc.Doc) { d.Statements[5].Source.Entity = 5 },
			func(r reading) any { return ids(r) + r.Statements[5].Source.Entity }, " e1 e2 e3 e4 e5 e7"},
		{"no layers", func(d *doc.Doc) { d.Entities, d.Mentions, d.Times, d.Places = nil, nil, nil, nil },
			func(r reading) any {
				return r.Entities != nil && r.Times != nil && r.Places != nil && r.Statements[0].Source.Entity == "" && r.Statements[1].Addressee.Entity == ""
			}, true},
		{"an entity without mentions", func(d *doc.Doc) { d.Mentions = nil }, func(r reading) any { return r.Entities[0].Mentions != nil }, true},
		{"a set of unknown weeks", func(d *doc.Doc) { d.Times[1] = doc.Time{Span: d.Times[1].Span, Type: doc.Set, Value: "XXXX-WXX-4"} },
			func(r reading) any { return r.Times[1].Resolved == nil }, true},
		{"a time without a value", func(d *doc.Doc) { d.Times[0].Value = "" }, func(r reading) any { return *r.Times[0].Resolved }, false},
		{"a time that is vague", func(d *doc.Doc) { d.Times[0].Value = "PAST_REF" }, func(r reading) any { return r.Times[0].Resolved == nil }, true},
		{"a place on the equator at Greenwich", func(d *doc.Doc) { d.Places[0].Lat, d.Places[0].Lon = 0, 0 },
			func(r reading) any { return *r.Places[0].Lat + *r.Places[0].Lon }, 0.0},
		{"a place that was not found", func(d *doc.Doc) { d.Places[1].Country = "NOR" },
			func(r reading) any {
				p := r.Places[1]
				return p.ID == "p2" && !*p.Resolved && p.Lat == nil && p.Lon == nil && p.Name+p.Country == ""
			}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := test.got(with(test.change)); got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}

func TestIndent(t *testing.T) {
	long := strings.Repeat("x", 99)
	for _, test := range []struct{ name, in, want string }{
		{"short", `{"a":[1,2],"b":null}`, `{"a": [1, 2], "b": null}`},
		{"empty", `{"a":[],"b":{}}`, `{"a": [], "b": {}}`},
		{"brackets in strings", `{"a":"[{","b":["}",1]}`, `{"a": "[{", "b": ["}", 1]}`},
		{"a string ends in a bracket", `{"a":"x[","b":["{"]}`, `{"a": "x[", "b": ["{"]}`},
		{"long", `{"a":"` + long + `","b":[1,[2]]}`, "{\n  \"a\": \"" + long + "\",\n  \"b\": [1, [2]]\n}"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Indent([]byte(test.in))
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
	if _, err := Indent([]byte(`{"a":`)); err == nil {
		t.Error("broken JSON gave no error")
	}
}
