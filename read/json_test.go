package read

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"hearsay/doc"
)

// TestJSON holds a whole reading against its golden file.
func TestJSON(t *testing.T) {
	for _, test := range []struct {
		name string
		text bool
	}{{"hand.json", false}, {"hand-text.json", true}} {
		t.Run(test.name, func(t *testing.T) {
			line, err := JSON(hand(t), JSONOptions{Text: test.text})
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
	line, err := JSON(hand(t), JSONOptions{Text: true})
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
	if n := len(r.Statements); n != 4 {
		t.Errorf("%d statements, want 4", n)
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
