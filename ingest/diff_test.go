package ingest

import (
	"fmt"
	"strings"
	"testing"

	"hearsay/claim"
)

// said makes an article of lines "source | cue | words".
func article(text string) *claim.Article {
	a := new(claim.Article)
	for line := range strings.Lines(text) {
		f := strings.Split(strings.TrimSpace(line), " | ")
		if len(f) != 3 {
			continue
		}
		s := claim.Statement{ID: fmt.Sprintf("s%d", len(a.Statements)+1), Words: f[2]}
		s.Source.Text, s.Cue.Text = f[0], f[1]
		a.Statements = append(a.Statements, s)
	}
	return a
}

func TestDiff(t *testing.T) {
	for _, test := range []struct{ name, before, after, want string }{
		{"the same", "the mayor | said | two were hurt", "the mayor | said | two were hurt", "1 same"},
		{"moved", "a | said | one thing\nb | said | another matter", "b | said | another matter\na | said | one thing", "2 same"},
		{"a number", "officials | said | two people were hurt in the blast", "officials | said | three people were hurt in the blast", "s1>s1"},
		{"denied later", "the mayor | said | the bridge was safe", "the mayor | denied | the bridge was safe", "s1>s1"},
		{"another source", "one official | said | the cable was sent on Monday", "two officials | said | the cable was sent on Monday", "s1>s1"},
		{"added", "a | said | one thing", "a | said | one thing\nb | warned | of floods in spring", "+s2 1 same"},
		{"dropped", "a | said | one thing\nb | warned | of floods in spring", "a | said | one thing", "-s2 1 same"},
		{"another thing altogether", "a | said | one thing", "a | said | quite unlike before", "+s1 -s1"},
		{"twice the same", "a | said | one thing\na | said | one thing", "a | said | one thing", "-s2 1 same"},
		{"the more alike is taken", "a | said | the dam would hold for ten years", "b | said | the dam would not hold\na | said | the dam would hold for nine years", "+s1 s1>s2"},
		{"nothing", "", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Diff(article(test.before), article(test.after))
			var got []string
			for _, s := range c.Added {
				got = append(got, "+"+s.ID)
			}
			for _, s := range c.Dropped {
				got = append(got, "-"+s.ID)
			}
			for _, r := range c.Reworded {
				got = append(got, r.Before.ID+">"+r.After.ID)
			}
			if c.Same > 0 {
				got = append(got, fmt.Sprint(c.Same, " same"))
			}
			if s := strings.Join(got, " "); s != test.want {
				t.Errorf("got %q, want %q", s, test.want)
			}
		})
	}
}
