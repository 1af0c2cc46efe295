package ingest

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/claim"
)

// Links stand as "a2-b1": of statement 2 of article a and the new statement 1 of article b.
func TestGathering(t *testing.T) {
	for _, test := range []struct{ name, links, want string }{
		{"a pair", "a1-b1", "a1 b1"},
		{"two with the first", "a1-b1 a1-c1", "a1 b1 c1"},
		{"a chain does not drift", "a1-b1 b1-c1", "a1 b1"},
		{"two of a claim vouch", "a1-b1 a1-c1 b1-d1,c1-d1", "a1 b1 c1 d1"},
		{"the best of two claims", "a1-b1 c1-d1 c1-e1,a1-e1", "a1 b1/c1 d1 e1"},
		{"two bridges join claims", "a1-b1 c1-d1 a1-e1,c1-e1 c1-f1,a1-f1", "a1 b1 c1 d1 e1 f1"},
		{"one bridge does not", "a1-b1 c1-d1 a1-e1,c1-e1", "a1 b1 e1/c1 d1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			g := newGathering()
			score := 0.9
			spot := func(s string) claim.Telling {
				g.dates[s[:1]] = "2031-03-0" + fmt.Sprint(1+s[0]-'a')
				return claim.Telling{Article: s[:1], Statement: "s" + s[1:]}
			}
			joined := map[string]string{}
			var order []string
			var find func(s string) string
			find = func(s string) string {
				if joined[s] == "" {
					joined[s] = s
					order = append(order, s)
				}
				if joined[s] == s {
					return s
				}
				return find(joined[s])
			}
			for of := range strings.FieldsSeq(test.links) {
				var links []claim.Link
				for pair := range strings.SplitSeq(of, ",") {
					a, b, _ := strings.Cut(pair, "-")
					links = append(links, claim.Link{A: spot(a), B: spot(b), Score: score})
					score -= 0.001
					find(a)
					find(b)
				}
				for _, l := range g.join(links) {
					joined[find(l.B.Article+l.B.Statement[1:])] = find(l.A.Article + l.A.Statement[1:])
				}
			}
			var groups []string
			for _, first := range order {
				var members []string
				for _, s := range order {
					if find(s) == find(first) {
						members = append(members, s)
					}
				}
				if len(members) > 1 && members[0] == first {
					groups = append(groups, strings.Join(members, " "))
				}
			}
			if got := strings.Join(groups, "/"); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

// With room for few days, articles that come in no order become the same claims as with
// room for all: what is owed is linked at the end of the run, or of the next.
func TestOwed(t *testing.T) {
	dir := t.TempDir()
	path := lines(t, filepath.Join(dir, "s.jsonl"), 0, 84) // the days of March, three times over
	var want int
	for _, test := range []struct {
		name string
		room int
	}{{"room for all", held}, {"room for few", 40}} {
		t.Run(test.name, func(t *testing.T) {
			l := openLedger(t, filepath.Join(t.TempDir(), "ledger.db"))
			in, _ := newIngest(l, 2)
			in.links = newLinking(l, test.room)
			owed := false
			in.Progress = func(Tally) { owed = owed || len(in.links.owed) > 0 }
			if _, err := in.Source(t.Context(), path); err != nil {
				t.Fatal(err)
			}
			if owed != (test.room < held) {
				t.Errorf("articles were owed links: %t", owed)
			}
			if kept, err := l.Checkpoint(t.Context(), owing); err != nil || kept != "" {
				t.Errorf("still owed: %q, %v", kept, err)
			}
			got := len(claimsOf(t, l))
			if want == 0 {
				want = got
			}
			// The order in which tellings are met has a say, so that a few may differ.
			if got < want*9/10 || got == 0 {
				t.Errorf("%d tellings in claims, with room for all %d", got, want)
			}
			verified(t, l)
		})
	}
}
