package corpus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/doc"
)

// TestFactuality reads an invented sentence: words are divided as trees have them, and
// brackets and quotation marks are written as news is printed.
func TestFactuality(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	line := `{"text": "` + "``" + ` It hasn't rained , '' Mira said -LRB- twice -RRB- .", "targets": [{"span1": [2, 3], "label": -3.0}, {"span1": [3, 4], "label": -2.5}, {"span1": [7, 8], "label": 3.0}], "idx": 0}`
	if err := os.WriteFile(path, []byte(line+"\n\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	docs, err := Factuality(path)
	if err != nil {
		t.Fatal(err)
	}
	d := docs[0]
	if want := `"It hasn't rained," Mira said (twice).`; len(docs) != 1 || d.Text != want {
		t.Errorf("got %q, want %q", d.Text, want)
	}
	for i, want := range []struct {
		word   string
		degree float64
	}{{"has", -3}, {"rained", -2.5}, {"said", 3}} {
		e := d.Events[i]
		if d.Word(e.Head) != want.word || e.Factuality[0].Degree != want.degree || e.Factuality[0].Holder != doc.ByAuthor || e.Statement != -1 {
			t.Errorf("event %d: %q %+v", i, d.Word(e.Head), e)
		}
	}
	check(t, docs)
}

func TestFactualityRefused(t *testing.T) {
	for _, c := range []struct{ name, file, want string }{
		{"empty", "", "no sentences"},
		{"no JSON", "{", "line 1: "},
		{"no words", `{"text": " ", "targets": []}`, "line 1: a sentence without words"},
		{"beyond the end", `{"text": "It rained", "targets": [{"span1": [1, 3], "label": 1}]}`, "line 1: words [1 3] of a sentence of 2"},
		{"empty span", `{"text": "It rained", "targets": [{"span1": [1, 1], "label": 1}]}`, "line 1: words [1 1]"},
		{"degree", "\n" + `{"text": "It rained", "targets": [{"span1": [1, 2], "label": 4}]}`, "line 2: degree 4"},
	} {
		path := filepath.Join(t.TempDir(), "bad.jsonl")
		if err := os.WriteFile(path, []byte(c.file), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Factuality(path); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestFactualityDev(t *testing.T) {
	for _, c := range []struct {
		name                             string
		docs, sentences, events, skipped int
	}{{"uw", 40, 992, 3358, 0}, {"uds-ih2", 50, 1246, 2642, 0}} {
		docs, err := Factuality(filepath.Join(home, "factuality", c.name, "dev.jsonl"))
		skipAbsent(t, err)
		sentences, events := 0, 0
		for _, d := range docs {
			sentences += len(d.Sentences)
			events += len(d.Events)
		}
		if len(docs) != c.docs || sentences != c.sentences || events != c.events {
			t.Errorf("%s: %d docs, %d sentences, %d events", c.name, len(docs), sentences, events)
		}
		check(t, docs)
	}
}

const inventedCAT = `<?xml version="1.0"?><Document doc_name="x">
<token number="0" sentence="0" t_id="1">Mill</token><token number="1" sentence="0" t_id="2">closes</token>
<token number="2" sentence="1" t_id="3">It</token><token number="3" sentence="1" t_id="4">did</token><token number="4" sentence="1" t_id="5">n't</token><token number="5" sentence="1" t_id="6">shut</token><token number="6" sentence="1" t_id="7">down</token>
<Markables>
<EVENT_MENTION certainty="CERTAIN" polarity="NEG" m_id="2"><token_anchor t_id="6"/><token_anchor t_id="7"/></EVENT_MENTION>
<EVENT_MENTION certainty="POSSIBLE" polarity="POS" m_id="1"><token_anchor t_id="2"/></EVENT_MENTION>
<EVENT_MENTION certainty="CERTAIN" polarity="UNDERSPECIFIED" m_id="3"><token_anchor t_id="1"/></EVENT_MENTION>
<EVENT_MENTION certainty="" polarity="" m_id="4"><token_anchor t_id="1"/></EVENT_MENTION>
<EVENT_MENTION certainty="CERTAIN" polarity="POS" m_id="5"/>
</Markables></Document>`

func TestMEANTIME(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("x.xml", inventedCAT)
	write("README.md", "no document")
	docs, err := MEANTIME(dir)
	if err != nil || len(docs) != 1 {
		t.Fatal(docs, err)
	}
	d := docs[0]
	if want := "Mill closes\n\nIt didn't shut down"; d.Text != want {
		t.Errorf("got %q, want %q", d.Text, want)
	}
	for i, want := range []struct {
		trigger string
		value   doc.Factuality
	}{{"Mill", doc.Uncommitted}, {"closes", doc.Possible}, {"shut down", doc.NotCertain}} {
		if e := d.Events[i]; d.Slice(e.Trigger) != want.trigger || e.Factuality[0].Value != want.value {
			t.Errorf("event %d: %q %s, want %+v", i, d.Slice(e.Trigger), e.Factuality[0].Value, want)
		}
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"no tokens", "token", "word", "no tokens"},
		{"cut short", "</Document>", "", "unexpected EOF"},
		{"an unknown token", `token_anchor t_id="6"`, `token_anchor t_id="66"`, "token 66, which is not there"},
		{"a token twice", `t_id="2">closes`, `t_id="1">closes`, "token 1 stands there twice"},
		{"an empty token", ">closes<", "> <", "token 2 is empty"},
	} {
		write("x.xml", strings.ReplaceAll(inventedCAT, c.from, c.to))
		if _, err := MEANTIME(dir); err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "x.xml") {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}

func TestMEANTIMEDev(t *testing.T) {
	docs, err := MEANTIME(filepath.Join(home, "meantime", "dev"))
	skipAbsent(t, err)
	n := map[doc.Factuality]int{}
	for _, d := range docs {
		for _, e := range d.Events {
			n[e.Factuality[0].Value]++
		}
	}
	if len(docs) != 23 || n[doc.Certain] != 378 || n[doc.NotCertain] != 10 || n[doc.Uncommitted] != 43 {
		t.Errorf("%d documents, %v", len(docs), n)
	}
	check(t, docs)
}
