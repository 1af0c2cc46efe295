package read

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"hearsay/doc"
)

// TestCastGolden holds the cast of an article against its golden files.
func TestCastGolden(t *testing.T) {
	for _, test := range []struct {
		width int
		color bool
	}{{40, false}, {80, false}, {80, true}} {
		name := fmt.Sprintf("cast-%d.txt", test.width)
		if test.color {
			name = fmt.Sprintf("cast-%d-color.txt", test.width)
		}
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := CastText(&b, desk(t), TextOptions{Width: test.width, Color: test.color}); err != nil {
				t.Fatal(err)
			}
			golden(t, name, b.Bytes())
		})
	}
	t.Run("cast.json", func(t *testing.T) {
		b, err := CastJSON(desk(t), 0)
		if err != nil {
			t.Fatal(err)
		}
		wide, err := Indent(b)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, "cast.json", append(wide, '\n'))
	})
}

// spoken is an article in which each source says "no": "He said no. Two aides said no."
// Each source is given as its words, "=" and an entity, or without one; its kind is
// anonymous, or the author's where there are no words.
func spoken(sources ...string) *doc.Doc {
	var text strings.Builder
	d := doc.New("")
	for _, s := range sources {
		words, entity, _ := strings.Cut(s, "=")
		src := doc.Source{Entity: -1, Kind: doc.Anonymous}
		if words == "" {
			src.Kind = doc.Author
		}
		fmt.Sscan(entity, &src.Entity)
		src.Span = doc.Span{Begin: text.Len(), End: text.Len() + len(words)}
		text.WriteString(words + " said no. ")
		said := doc.Span{Begin: src.Span.End + 1, End: src.Span.End + 5}
		d.Statements = append(d.Statements, doc.Statement{Parent: -1, Score: 0.9, Source: src, Told: -1,
			Cue: doc.Cue{Spans: []doc.Span{said}}, Content: []doc.Span{{Begin: said.End + 1, End: said.End + 3}}})
	}
	d.Text = text.String()
	return d
}

func TestCast(t *testing.T) {
	for _, test := range []struct {
		name     string
		sources  []string
		entities []doc.Entity
		change   func(d *doc.Doc)
		want     []string // name and the numbers of the statements
	}{
		{"one entity by several words", []string{"Mira Toll=0", "An aide", "She=0"}, []doc.Entity{{Name: "Mira Toll", Named: true}}, nil,
			[]string{"Mira Toll 1 3", "An aide 2"}},
		{"the same words of two that nobody has linked", []string{"An official", "An official"}, nil, nil,
			[]string{"An official 1", "An official 2"}},
		{"most statements first, then the first", []string{"A", "B=1", "C=0", "B=1", "C=0"}, []doc.Entity{{Name: "C", Named: true}, {Name: "B", Named: true}}, nil,
			[]string{"B 2 4", "C 3 5", "A 1"}},
		{"the author is one, and last", []string{"", "An aide", ""}, nil, nil, []string{"An aide 2", " 1 3"}},
		{"passives are each their own", []string{"", "", "A"}, nil, func(d *doc.Doc) {
			d.Statements[0].Source.Kind, d.Statements[1].Source.Kind = doc.UnknownSource, doc.UnknownSource
		}, []string{"A 3", " 1", " 2"}},
		{"a description behind its pronoun", []string{"He=0", "the envoy=0"}, []doc.Entity{{Name: "He"}}, nil, []string{"the envoy 1 2"}},
		{"a pronoun alone", []string{"He=0", "They"}, []doc.Entity{{Name: "He"}}, nil, []string{"He 1", "They 2"}},
		{"scores too low", []string{"A", "B"}, nil, func(d *doc.Doc) { d.Statements[0].Score = 0.1 }, []string{"B 2"}},
		{"no statements", nil, nil, nil, nil},
		{"entities that no stage has found", []string{"A=0", "B=0"}, nil, nil, []string{"A 1", "B 2"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := spoken(test.sources...)
			d.Entities = test.entities
			if test.change != nil {
				test.change(d)
			}
			var got []string
			for _, m := range Cast(d, 0.5) {
				s := m.Name
				for _, i := range m.Statements {
					s += fmt.Sprint(" ", i+1)
				}
				got = append(got, s)
			}
			if !reflect.DeepEqual(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// TestCastGathers shows what several statements of a source tell of it together.
func TestCastGathers(t *testing.T) {
	d := spoken("Mira Toll=0", "She=0", "the envoy=0", "who=0")
	d.Entities = []doc.Entity{{Name: "Mira Toll", Named: true, Type: doc.Person, Of: []int{2}}, {Name: "Harbour Wire", Named: true}, {Name: "two envoys"}}
	for i, change := range []func(s *doc.Statement){
		func(s *doc.Statement) { s.Source.Kind = doc.Anonymous },
		func(s *doc.Statement) { s.Source.Kind, s.Source.Role, s.Source.Count = doc.PersonSource, "envoy", 1 },
		func(s *doc.Statement) { s.Source.Kind, s.Source.Affiliation = doc.PersonSource, "NOR" },
		func(s *doc.Statement) {
			s.Source.Role, s.Source.Terms, s.Source.Basis = "aide", "on background", "briefed on it"
		},
	} {
		change(&d.Statements[i])
	}
	one := func() Member {
		t.Helper()
		all := Cast(d, 0)
		if len(all) != 1 {
			t.Fatalf("%d members, want one", len(all))
		}
		return all[0]
	}
	want := Member{Name: "Mira Toll", Named: true, Kind: doc.PersonSource, Role: "envoy", Affiliation: "NOR", Count: 1,
		Basis: "briefed on it", Terms: "on background", Of: []int{2}, Statements: []int{0, 1, 2, 3}}
	// Two kinds twice each: that which was there twice first.
	if got := one(); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	for _, test := range []struct {
		name    string
		records [4]doc.Record
		want    doc.Record
	}{
		{"all on", [4]doc.Record{"on", "on", "on", "on"}, "on"},
		{"off, where it tells", [4]doc.Record{"", "off", "", ""}, "off"},
		{"both", [4]doc.Record{"on", "off", "", ""}, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			for i, r := range test.records {
				d.Statements[i].Source.Record = r
			}
			if got := one().Record; got != test.want {
				t.Errorf("record is %q, want %q", got, test.want)
			}
		})
	}
	listeners := []struct {
		words string
		told  int
	}{{"who", -1}, {"Mira", 1}, {"She", 1}, {"envoy", -1}}
	for i, l := range listeners {
		at := strings.Index(d.Text, l.words)
		d.Statements[i].Addressee, d.Statements[i].Told = doc.Span{Begin: at, End: at + len(l.words)}, l.told
	}
	if got, want := one().Told, []Listener{{"Harbour Wire", 1}, {"envoy", -1}}; !reflect.DeepEqual(got, want) {
		t.Errorf("told %+v, want %+v", got, want)
	}
}

// TestCastJSON wants no null where a list is empty, and ids that a reading has too.
func TestCastJSON(t *testing.T) {
	d := doc.New("Nobody spoke.")
	b, err := CastJSON(d, 0)
	if err != nil || !bytes.Contains(b, []byte(`"cast":[]`)) {
		t.Errorf("without statements: %s, %v", b, err)
	}
	d = desk(t)
	long := spoken("A")
	long.Text += strings.Repeat("tale ", 40)
	long.Statements[0].Content[0].End = len(long.Text)
	b, err = CastJSON(long, 0)
	if err != nil || !bytes.Contains(b, []byte(`"told":[]`)) || bytes.Count(b, []byte("tale")) != firstWords-1 || !bytes.Contains(b, []byte(`tale …"`)) {
		t.Errorf("a long content: %s, %v", b, err)
	}
	b, err = CastJSON(d, 0.55)
	if err != nil {
		t.Fatal(err)
	}
	again, _ := CastJSON(d, 0.55)
	if !bytes.Equal(b, again) || bytes.ContainsRune(b, '\n') {
		t.Error("the same Doc gave other bytes, or more than one line")
	}
	line, err := JSON(d, JSONOptions{MinScore: 0.55})
	if err != nil {
		t.Fatal(err)
	}
	var c cast
	var r reading
	if json.Unmarshal(b, &c) != nil || json.Unmarshal(line, &r) != nil {
		t.Fatalf("no JSON: %s", b)
	}
	if !reflect.DeepEqual(c.Document, r.Document) {
		t.Errorf("document is %+v, in the reading %+v", c.Document, r.Document)
	}
	statements, entities := map[string]string{}, map[string]string{}
	for _, s := range r.Statements {
		statements[s.ID] = s.Source.Entity
	}
	for _, e := range r.Entities {
		entities[e.ID] = e.Name
	}
	n := 0
	for _, m := range c.Cast {
		if m.Entity != "" && entities[m.Entity] != m.Name {
			t.Errorf("%s is %q, in the reading %q", m.Entity, m.Name, entities[m.Entity])
		}
		for _, s := range m.Statements {
			n++
			if e, ok := statements[s.ID]; !ok || e != m.Entity {
				t.Errorf("%s is %q's, in the reading %q's", s.ID, m.Entity, e)
			}
		}
	}
	if n != len(r.Statements) {
		t.Errorf("%d statements in the cast, %d in the reading", n, len(r.Statements))
	}
}

// TestCastWidth checks that no line is wider than asked, and that none of what an
// article holds can steer a terminal.
func TestCastWidth(t *testing.T) {
	d := desk(t)
	d.Entities[0].Name = "Mira \x1b[31m " + strings.Repeat("Toll", 30)
	d.Statements[0].Source.Role = strings.Repeat("minister ", 40)
	for w := leastWidth; w <= 200; w += 7 {
		var b bytes.Buffer
		if err := CastText(&b, d, TextOptions{Width: w}); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if n := width(line); n > w || strings.ContainsRune(line, '\x1b') {
				t.Errorf("at %d columns a line takes %d: %q", w, n, line)
			}
		}
	}
	if err := CastText(failing{}, d, TextOptions{}); err == nil {
		t.Error("a failed write gave no error")
	}
}
