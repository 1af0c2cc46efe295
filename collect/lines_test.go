package collect

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestFieldsPage(t *testing.T) {
	for _, test := range []struct {
		name, fields, line string
		body               string
		want               Entry
		fault              string
	}{
		{name: "as the raw corpus has it", line: `{"id":"004G","source":"The Harbour Post","url":"http://harbour.example/1","date":"2031-03-04","authors":"Ilse Marrow","title":"Ferry","topic":"ports","bias":"none","text":"The tide."}`,
			body: "The tide.", want: Entry{ID: "004G", Outlet: "The Harbour Post", URL: "http://harbour.example/1", Published: dated("2031-03-04"), Author: "Ilse Marrow", Title: "Ferry", Categories: []string{"ports"}}},
		{name: "names in another case, lists and objects", line: `{"_id":7,"Link":"http://harbour.example/1","Headline":"Ferry  line","Body":"The tide.","Authors":[{"name":"Ada Quill"},"Bo Reed",null],"publisher":{"name":"The Harbour Post","url":"x"},"keywords":["port","ferry"]}`,
			body: "The tide.", want: Entry{ID: "7", URL: "http://harbour.example/1", Title: "Ferry line", Author: "Ada Quill, Bo Reed", Outlet: "The Harbour Post", Categories: []string{"port", "ferry"}}},
		{name: "HTML before text", line: `{"text":"The tide.","html":"<p>The tide.</p>"}`, body: "<p>The tide.</p>"},
		{name: "an empty field does not count", line: `{"text":"","content":null,"body":"The tide."}`, body: "The tide."},
		{name: "seconds", line: `{"text":"t","timestamp":1930384800}`, body: "t", want: Entry{Published: Date{Text: "1930384800", Time: time.Unix(1930384800, 0).UTC()}}},
		{name: "milliseconds", line: `{"text":"t","timestamp":1930384800000}`, body: "t", want: Entry{Published: Date{Text: "1930384800000", Time: time.Unix(1930384800, 0).UTC()}}},
		{name: "a day in digits", line: `{"text":"t","date":20310304}`, body: "t", want: Entry{Published: dated("20310304")}},
		{name: "named fields", fields: "text=story.words, title=t,outlet=meta.paper", line: `{"story":{"words":"The tide."},"t":"Ferry","title":"other","meta":{"paper":"Post"},"credit":"Tidewire"}`,
			body: "The tide.", want: Entry{Title: "Ferry", Outlet: "Post", Source: Source{Title: "Tidewire"}}},
		{name: "a named field is not guessed", fields: "text=words", line: `{"text":"The tide."}`, fault: "without text: no field words, html, raw_html, content_html"},
		{name: "no text", line: `{"title":"Ferry"}`, fault: "without text: no field text, content, "},
		{name: "not an object", line: `["text"]`, fault: "not an object of JSON: "},
		{name: "not JSON", line: `{"text":"The`, fault: "not an object of JSON: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			fields, err := ParseFields(test.fields)
			if err != nil {
				t.Fatal(err)
			}
			p, err := fields.page([]byte(test.line))
			if (err == nil) != (test.fault == "") || err != nil && !strings.HasPrefix(err.Error(), test.fault) {
				t.Fatalf("error %v, want %q", err, test.fault)
			}
			if diff := cmp.Diff(test.want, p.Entry); diff != "" {
				t.Error(diff)
			}
			if string(p.Body) != test.body || p.URL != p.Entry.URL {
				t.Errorf("body %q, URL %q", p.Body, p.URL)
			}
		})
	}
}

func TestParseFields(t *testing.T) {
	for _, text := range []string{"text", "text=", "words=text", "=text"} {
		if _, err := ParseFields(text); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("%q is not PART=FIELD", text)) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestLines reads files of lines, broken ones too, and goes on behind each line.
func TestLines(t *testing.T) {
	good := `{"text":"The tide came in and went out, and the tide came in."}`
	for _, test := range []struct {
		name, text string
		want       string // lines
		faults     []string
	}{
		{"plain", good + "\n" + good + "\n", "1 2", nil},
		{"last line without end", good + "\n" + good, "1 2", nil},
		{"blank lines, carriage returns, a byte order mark", "\ufeff" + good + "\r\n\r\n\n" + good + "\r\n", "1 4", nil},
		{"a broken line", good + "\n{\"text\n" + good + "\n", "1 3", []string{"read FILE:2: not an object of JSON"}},
		{"a line without text", good + "\n{}\n" + good + "\n", "1 3", []string{"read FILE:2: without text"}},
		{"a line too large", good + "\n{\"text\":\"" + strings.Repeat("x", 300_000) + "\"}\n" + good + "\n", "1 3", []string{"read FILE:2: larger than the limit of 1000 bytes: 300012 bytes"}},
		{"packed", string(packed([]byte(good + "\n" + good + "\n"))), "1 2", nil},
		{"packed in parts", string(packed([]byte(good+"\n"+good[:9]), []byte(good[9:]+"\n"))), "1 2", nil},
		{"packed, cut off", cutOff(packed([]byte(good+"\n"+good+"\n"), []byte(good+"\n"))), "1 2", []string{"read FILE:3: unexpected EOF"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			write(t, dir, map[string]string{"x": test.text})
			path := filepath.Join(dir, "x")
			c := &Collector{MaxPage: 1000}
			pages, faults := readPages(c, path, "")
			var got []string
			for _, p := range pages {
				got = append(got, strings.TrimPrefix(p.Locator, path+":"))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if len(faults) != len(test.faults) {
				t.Fatalf("faults %q, want %q", faults, test.faults)
			}
			for i, fault := range faults {
				if fault = strings.ReplaceAll(fault, path, "FILE"); !strings.HasPrefix(fault, test.faults[i]) {
					t.Errorf("fault %q, want %q", fault, test.faults[i])
				}
			}
			resume(t, c, path, pages)
		})
	}
}

func cutOff(raw []byte) string { return string(raw[:len(raw)-20]) }
