package eval

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hearsay/doc"
)

// timedDoc is a text with times marked in it: "it closed [DATE 2031-01-05|on Sunday]".
func timedDoc(marked string) *doc.Doc {
	var text strings.Builder
	var times []doc.Time
	for rest := marked; rest != ""; {
		before, after, found := strings.Cut(rest, "[")
		text.WriteString(before)
		if !found {
			break
		}
		inside, after, _ := strings.Cut(after, "]")
		what, words, _ := strings.Cut(inside, "|")
		typ, value, _ := strings.Cut(what, " ")
		begin := text.Len()
		text.WriteString(words)
		times = append(times, doc.Time{Span: doc.Span{Begin: begin, End: text.Len()}, Type: doc.TimeType(typ), Value: value})
		rest = after
	}
	return &doc.Doc{Text: text.String(), Times: times}
}

// Counts are {right, gold, predicted} in the order of timesMetrics: strict span, relaxed
// span, value, type.
func TestTimesCounts(t *testing.T) {
	for _, c := range []struct {
		name       string
		gold, pred string
		want       []Count
	}{
		{"perfect", "It shut [DATE 2031-01-05|Sunday].", "It shut [DATE 2031-01-05|Sunday].",
			[]Count{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}}},
		{"nothing read", "It shut [DATE 2031-01-05|Sunday].", "It shut Sunday.",
			[]Count{{0, 1, 0}, {0, 1, 0}, {0, 1, 0}, {0, 1, 0}}},
		{"nothing there", "It shut Sunday.", "It shut [DATE 2031-01-05|Sunday].",
			[]Count{{0, 0, 1}, {0, 0, 1}, {0, 0, 1}, {0, 0, 1}}},
		{"too long", "It shut on [DATE 2031-01-05|Sunday].", "It shut [DATE 2031-01-05|on Sunday].",
			[]Count{{0, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}}},
		{"white space", "It shut[DATE 2031-01-05| Sunday].", "It shut [DATE 2031-01-05|Sunday].",
			[]Count{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}}},
		{"wrong value", "It shut [DATE 2031-01-05|Sunday].", "It shut [DATE 2031-01-12|Sunday].",
			[]Count{{1, 1, 1}, {1, 1, 1}, {0, 1, 1}, {1, 1, 1}}},
		{"wrong type", "It shut [DATE 2031-01-05|Sunday].", "It shut [TIME 2031-01-05|Sunday].",
			[]Count{{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {0, 1, 1}}},
		{"no value in the gold", "By [DATE |this time] it shut.", "By [DATE |this time] it shut.",
			[]Count{{1, 1, 1}, {1, 1, 1}, {0, 1, 1}, {1, 1, 1}}},
		{"two in one", "[DATE 2031-01-05|Sunday, January 5]", "[DATE 2031-01-05|Sunday], [DATE 2031-01-05|January 5]",
			[]Count{{0, 1, 2}, {1, 1, 2}, {1, 1, 2}, {1, 1, 2}}},
		{"one in two", "[DATE 2031-01-05|Sunday], [DATE 2031-01-05|January 5]", "[DATE 2031-01-05|Sunday, January 5]",
			[]Count{{0, 2, 1}, {1, 2, 1}, {1, 2, 1}, {1, 2, 1}}},
		{"apart", "[DATE 2031|2031], 2032", "2031, [DATE 2032|2032]",
			[]Count{{0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {0, 1, 1}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, TimesCounts(timedDoc(c.gold), timedDoc(c.pred))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTrivialDate(t *testing.T) {
	ref := time.Date(2022, 3, 16, 0, 0, 0, 0, time.UTC) // a Wednesday
	for _, c := range []struct {
		word  string
		dated bool
		want  string
	}{
		{"Wednesday", true, "2022-03-16"},
		{"Thursday", true, "2022-03-10"},
		{"Sunday", false, "XXXX-WXX-7"},
		{"March", true, "2022-03"},
		{"April", true, "2021-04"},
		{"April", false, "XXXX-04"},
		{"1999", false, "1999"},
		{"9999", true, ""},
		{"march", true, ""},
	} {
		if got := trivialDate(c.word, ref, c.dated); got != c.want {
			t.Errorf("%s: %q, want %q", c.word, got, c.want)
		}
	}
}

// TestTimes scores a reader on two folders of gold and on both together: the reader finds
// "Sunday" alone, and only where it hears the day of publication.
func TestTimes(t *testing.T) {
	dir := t.TempDir()
	file := func(path, text string) {
		path = filepath.Join(dir, "dev", path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		raw := `<TimeML><DCT><TIMEX3 type="DATE" value="2031-01-06">x</TIMEX3></DCT><TEXT>` + text + `</TEXT></TimeML>`
		if err := os.WriteFile(path, []byte(raw), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	sunday := `It shut <TIMEX3 type="DATE" value="2031-01-05">Sunday</TIMEX3>.`
	file("timebank/a.tml", sunday)
	file("aquaint/a.tml", sunday+` It had been <TIMEX3 type="DURATION" value="P1D">a day</TIMEX3>.`)
	read := Reader{Read: func(d *doc.Doc) {
		if at := strings.Index(d.Text, "Sunday"); at >= 0 && d.Meta.Published == "2031-01-06" && d.Times == nil {
			d.Times = []doc.Time{{Span: doc.Span{Begin: at, End: at + 6}, Type: doc.Date, Value: "2031-01-05"}}
		}
	}}
	r := &Report{}
	if err := r.times(Config{}, read, "timex", []string{filepath.Join(dir, "dev")}); err != nil {
		t.Fatal(err)
	}
	got := map[string]float64{}
	for _, row := range r.Rows {
		got[row.Part+" "+row.Metric] = row.Value
		if row.Task != "times" || row.Corpus != "timex" || row.Baseline == nil {
			t.Errorf("row %+v", row)
		}
	}
	for part, want := range map[string]float64{"dev/timebank": 100, "dev/aquaint": 66.67, "dev/timebank+aquaint": 80} {
		for _, m := range timesMetrics {
			if got[part+" "+m] != want {
				t.Errorf("%s %s: %v, want %v", part, m, got[part+" "+m], want)
			}
		}
	}
	if len(r.Rows) != 12 {
		t.Errorf("%d rows, want 12", len(r.Rows))
	}
}
