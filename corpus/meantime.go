package corpus

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"hearsay/doc"
)

// cat is the part of a CAT document that is read here.
type cat struct {
	Tokens []struct {
		ID       int    `xml:"t_id,attr"`
		Sentence int    `xml:"sentence,attr"`
		Form     string `xml:",chardata"`
	} `xml:"token"`
	Events []struct {
		Certainty string `xml:"certainty,attr"`
		Polarity  string `xml:"polarity,attr"`
		Anchors   []struct {
			ID int `xml:"t_id,attr"`
		} `xml:"token_anchor"`
	} `xml:"Markables>EVENT_MENTION"`
}

// MEANTIME reads a folder of MEANTIME's documents in CAT XML, with words and sentences, and
// Events whose author's Value is worked out from certainty and polarity: CERTAIN, PROBABLE
// and POSSIBLE with POS or NEG; UNDERSPECIFIED in either is no commitment. Mentions without
// both attributes, or without words, are left out. Head is the first word of a mention
// ("set up"). Files in name order. Errors name the file.
func MEANTIME(dir string) ([]*doc.Doc, error) {
	paths, err := files(dir)
	if err != nil {
		return nil, fmt.Errorf("read meantime: %w", err)
	}
	var docs []*doc.Doc
	for _, path := range paths {
		if filepath.Ext(path) != ".xml" {
			continue
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read meantime: %w", err)
		}
		d, err := meantime(path, raw)
		if err != nil {
			return nil, err
		}
		docs = append(docs, d)
	}
	if len(docs) == 0 {
		return nil, fmt.Errorf("read %s: no documents", dir)
	}
	return docs, nil
}

// certainties are MEANTIME's pairs of certainty and polarity.
var certainties = map[[2]string]doc.Factuality{
	{"CERTAIN", "POS"}: doc.Certain, {"PROBABLE", "POS"}: doc.Probable, {"POSSIBLE", "POS"}: doc.Possible,
	{"CERTAIN", "NEG"}: doc.NotCertain, {"PROBABLE", "NEG"}: doc.NotProbable, {"POSSIBLE", "NEG"}: doc.NotPossible,
}

func meantime(path string, raw []byte) (*doc.Doc, error) {
	fail := func(format string, args ...any) (*doc.Doc, error) {
		return nil, fmt.Errorf("read %s: %s", path, fmt.Sprintf(format, args...))
	}
	if !utf8.Valid(raw) {
		return fail("not UTF-8")
	}
	var in cat
	if err := xml.Unmarshal(raw, &in); err != nil {
		return fail("%v", err)
	}
	if len(in.Tokens) == 0 {
		return fail("no tokens")
	}
	g := &givenWords{d: new(doc.Doc)}
	g.d.Meta.Path = path
	at := map[int]int{} // from t_id to token
	for from := 0; from < len(in.Tokens); {
		to := from
		var words []string
		for ; to < len(in.Tokens) && in.Tokens[to].Sentence == in.Tokens[from].Sentence; to++ {
			w := strings.Join(strings.Fields(in.Tokens[to].Form), "")
			if w == "" {
				return fail("token %d is empty", in.Tokens[to].ID)
			}
			words = append(words, w)
		}
		// The headline and the day stand before the report.
		for k, token := range g.sentence(words, from == 0 || in.Tokens[from].Sentence <= 2) {
			if _, twice := at[in.Tokens[from+k].ID]; twice {
				return fail("token %d stands there twice", in.Tokens[from+k].ID)
			}
			at[in.Tokens[from+k].ID] = token
		}
		from = to
	}
	d := g.finish()
	for _, m := range in.Events {
		if len(m.Anchors) == 0 || m.Certainty == "" || m.Polarity == "" {
			continue
		}
		first, last := -1, -1
		for _, a := range m.Anchors {
			token, ok := at[a.ID]
			if !ok {
				return fail("an event has token %d, which is not there", a.ID)
			}
			if first < 0 || token < first {
				first = token
			}
			last = max(last, token)
		}
		value, ok := certainties[[2]string{m.Certainty, m.Polarity}]
		if !ok {
			value = doc.Uncommitted
		}
		e := event(d, first)
		e.Trigger.End = d.Tokens[last].End
		e.Factuality = []doc.Commitment{{Holder: doc.ByAuthor, Value: value}}
		d.Events = append(d.Events, e)
	}
	slices.SortStableFunc(d.Events, func(a, b doc.Event) int { return a.Head - b.Head })
	return d, nil
}
