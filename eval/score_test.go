package eval

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func TestCount(t *testing.T) {
	for _, c := range []struct {
		Count
		p, r, f float64
	}{
		{Count{1, 1, 1}, 100, 100, 100},
		{Count{3, 4, 6}, 50, 75, 60},
		{Count{0, 4, 0}, 0, 0, 0},
		{Count{0, 0, 0}, 0, 0, 0},
	} {
		if c.P() != c.p || c.R() != c.r || c.F1() != c.f {
			t.Errorf("%v: %v %v %v, want %v %v %v", c.Count, c.P(), c.R(), c.F1(), c.p, c.r, c.f)
		}
	}
}

// F1 from the sums is the harmonic mean of P and R.
func TestF1(t *testing.T) {
	for right := range 5 {
		for more := range 5 {
			c := Count{right, right + more, right + 2*more + 1}
			p, r := c.P(), c.R()
			if p+r > 0 && math.Abs(c.F1()-2*p*r/(p+r)) > 1e-9 {
				t.Errorf("%v: F1 %v of P %v and R %v", c, c.F1(), p, r)
			}
		}
	}
}

func TestInterval(t *testing.T) {
	same := []Count{{3, 4, 6}, {3, 4, 6}, {3, 4, 6}}
	if low, high := interval(same); low != 60 || high != 60 {
		t.Errorf("articles that are alike: %v to %v, want 60", low, high)
	}
	if low, high := interval(nil); low != 0 || high != 0 {
		t.Errorf("no articles: %v to %v", low, high)
	}
	mixed := make([]Count, 100)
	for i := range mixed {
		mixed[i] = Count{Right: i % 2, Gold: 1, Pred: 1}
	}
	low, high := interval(mixed)
	// Half of a hundred right: the binomial's 95 % interval is 50 +- 9.8.
	if math.Abs(low-40.2) > 2 || math.Abs(high-59.8) > 2 {
		t.Errorf("half of a hundred: %v to %v", low, high)
	}
	for range 3 {
		if l, h := interval(mixed); l != low || h != high {
			t.Errorf("the same articles gave %v to %v, then %v to %v", low, high, l, h)
		}
	}
}

func TestWriteJSON(t *testing.T) {
	rows := table("quote", "polnear", "dev", []string{"strict cue", "nested share"}, [][]Count{{{3, 4, 6}, {1, 5, 5}}})
	var b bytes.Buffer
	if err := WriteJSON(&b, rows); err != nil {
		t.Fatal(err)
	}
	want := `{"task":"quote","corpus":"polnear","part":"dev","metric":"strict cue","n":4,"p":50,"r":75,"f1":60,"value":60,"low":60,"high":60}
{"task":"quote","corpus":"polnear","part":"dev","metric":"nested share","n":5,"p":null,"r":null,"f1":null,"value":20,"low":20,"high":20}
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
	for _, line := range strings.Split(strings.TrimSpace(b.String()), "\n") {
		var r Row
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Error(err)
		}
	}
}

func TestWriteTable(t *testing.T) {
	rows := table("syntax", "ud-example", "dev/news", []string{"LAS"}, [][]Count{{{3, 4, 4}}})
	rows = append(rows, table("quote", "polnear", "dev", []string{"strict cue", "nested share"}, [][]Count{{{4, 4, 4}, {1, 5, 5}}})...)
	base := 11.3
	rows[1].Baseline = &base
	fast := 71.25
	rows[1].Fast = &fast
	var b bytes.Buffer
	if err := WriteTable(&b, rows); err != nil {
		t.Fatal(err)
	}
	want := `syntax on ud-example, dev/news     n     P     R    F1          95 %  --fast baseline
  LAS                        4  75.0  75.0  75.0   75.0 - 75.0                 

quote on polnear, dev        n     P     R    F1          95 %  --fast baseline
  strict cue                 4 100.0 100.0 100.0 100.0 - 100.0    71.2     11.3
  nested share               5              20.0   20.0 - 20.0                 
`
	if b.String() != want {
		t.Errorf("got\n%swant\n%s", b.String(), want)
	}
}
