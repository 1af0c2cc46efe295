package claim

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// link reads "x=y" for a link and "x!y" for a parting; tellings are letters.
func link(s, by string) Link {
	l := Link{A: Telling{"a" + s[:1], "s1"}, B: Telling{"a" + s[2:], "s1"}, Score: 0.9, By: by}
	if s[1] == '!' {
		l.Score = 0
	}
	return l
}

// groups writes claims as "ab c": the tellings of each.
func groups(claims []Claim) string {
	var out []string
	for _, c := range claims {
		g := ""
		for _, t := range c.Tellings {
			g += t.Article[1:]
		}
		out = append(out, g)
	}
	return strings.Join(out, " ")
}

func tellings(letters string) (out []Telling) {
	for _, r := range letters {
		out = append(out, Telling{"a" + string(r), "s1"})
	}
	return out
}

func noWords(Telling) string { return "" }

func TestGather(t *testing.T) {
	for _, c := range []struct {
		name, order, machine, person, want string
	}{
		{"nothing", "", "", "", ""},
		{"no links", "ab", "", "", "a b"},
		{"one pair", "abc", "a=c", "", "ac b"},
		{"a link the other way round", "abc", "c=a", "", "ac b"},
		{"a chain does not drift", "abcd", "a=b b=c c=d", "", "ab cd"},
		{"two tellings vouch", "abcd", "a=b a=c b=d c=d", "", "abcd"},
		{"the first vouches", "abcd", "a=b a=c a=d", "", "abcd"},
		{"one bridge joins nothing", "abcde", "a=b c=d a=e c=e", "", "abe cd"},
		{"two bridges do", "abcdef", "a=b c=d a=e c=e a=f c=f", "", "abcdef"},
		{"a person joins", "abc", "", "a=c", "ac b"},
		{"a person joins claims", "abcd", "a=b c=d", "b=d", "abcd"},
		{"a person parts", "abc", "a=b a=c", "a!b", "ac b"},
		{"parted in spite of a third", "abc", "a=c b=c", "a!b", "ac b"},
		{"parted in spite of two bridges", "abcdef", "a=b c=d a=e c=e a=f c=f", "b!d", "abef cd"},
		{"the later word wins", "ab", "", "a=b a!b", "a b"},
		{"and the other way round", "ab", "", "a!b b=a", "ab"},
		{"a parting stands against joins", "abc", "", "a=b b=c a!c", "ab c"},
		{"a machine's link stands not against a join", "kji", "k=j", "j=i i!k", "k ji"},
		{"a person's join adds to the machine's", "abcd", "a=d", "b=d", "abd c"},
		{"a telling is moved", "abcd", "a=d", "b=d a!d", "a bd c"},
		{"the first of a joined claim vouches on", "abcd", "c=d", "a=c", "acd b"},
		{"links to others are left out", "ab", "a=x", "b=y", "a b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var links []Link
			for _, s := range strings.Fields(c.machine) {
				links = append(links, link(s, Machine))
			}
			for _, s := range strings.Fields(c.person) {
				links = append(links, link(s, "Ann Poe"))
			}
			got := Gather(tellings(c.order), links, noWords)
			if groups(got) != c.want {
				t.Errorf("got %q, want %q", groups(got), c.want)
			}
		})
	}
}

// A claim has the id of its first telling, the plainest words, and the links in it
// together with the partings from it.
func TestGatherClaim(t *testing.T) {
	words := map[string]string{"aa": "It fell", "ab": "The old tower in Port Ellery fell on Sunday night", "ac": "The tower has fallen"}
	links := []Link{link("a=b", Machine), link("a=c", Machine), link("b!d", "Ann Poe")}
	got := Gather(tellings("abcd"), links, func(t Telling) string { return words[t.Article] })
	if len(got) != 2 || got[0].ID != "ca.s1" || got[0].Text != words["ab"] {
		t.Fatalf("%+v", got)
	}
	if diff := cmp.Diff(links, got[0].Links); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(links[2:], got[1].Links); diff != "" {
		t.Error(diff)
	}
}

// The order of the machine's links and which way they point make no difference; whatever
// persons join is together and what they part is apart, unless they contradict
// themselves; and each telling is in one claim.
func TestGatherProperties(t *testing.T) {
	const letters = "abcdefghijklmnop"
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		var links []Link
		for range 5 + r.IntN(40) {
			x, y := r.IntN(len(letters)), r.IntN(len(letters))
			if x != y {
				l := link(fmt.Sprintf("%c=%c", letters[x], letters[y]), Machine)
				l.Score = 0.6 + float64(r.IntN(40))/100
				links = append(links, l)
			}
		}
		var joins, parts []Link // over disjoint letters, so that they do not contradict each other
		p := r.Perm(len(letters))
		for k := 0; k+2 < 9; k += 3 {
			joins = append(joins, link(fmt.Sprintf("%c=%c", letters[p[k]], letters[p[k+1]]), "Ann Poe"))
			parts = append(parts, link(fmt.Sprintf("%c!%c", letters[p[k+1]], letters[p[k+2]]), "Ann Poe"))
		}
		corrections := append(slices.Clone(joins), parts...)
		claims := Gather(tellings(letters), append(slices.Clone(links), corrections...), noWords)
		want := groups(claims)
		of := map[Telling]int{}
		for k, c := range claims {
			for _, t2 := range c.Tellings {
				if _, twice := of[t2]; twice {
					t.Fatalf("seed %d: %v is in two claims", seed, t2)
				}
				of[t2] = k
			}
		}
		if len(of) != len(letters) {
			t.Fatalf("seed %d: %d tellings of %d", seed, len(of), len(letters))
		}
		for _, l := range joins {
			if of[l.A] != of[l.B] {
				t.Errorf("seed %d: %v and %v were joined: %s", seed, l.A, l.B, want)
			}
		}
		for _, l := range parts {
			if of[l.A] == of[l.B] {
				t.Errorf("seed %d: %v and %v were parted: %s", seed, l.A, l.B, want)
			}
		}
		r.Shuffle(len(links), func(i, j int) { links[i], links[j] = links[j], links[i] })
		for i := range links {
			if r.IntN(2) == 0 {
				links[i].A, links[i].B = links[i].B, links[i].A
			}
		}
		if got := groups(Gather(tellings(letters), append(corrections, links...), noWords)); got != want {
			t.Errorf("seed %d: %q, shuffled %q", seed, want, got)
		}
	}
}

// Bringing claims up to date from the tellings of those that a new link touches gives what
// all tellings give.
func TestGatherByParts(t *testing.T) {
	const letters = "abcdefghijkl"
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 11))
		var links []Link
		var claims []Claim
		for i := range letters {
			for j := range i {
				if r.IntN(4) == 0 {
					links = append(links, link(fmt.Sprintf("%c=%c", letters[j], letters[i]), Machine))
				}
			}
			fresh := tellings(letters[i : i+1])
			var rest []Claim
			part := fresh
			for _, c := range claims {
				if slices.ContainsFunc(links, func(l Link) bool { return l.B == fresh[0] && slices.Contains(c.Tellings, l.A) }) {
					part = append(part, c.Tellings...)
				} else {
					rest = append(rest, c)
				}
			}
			slices.SortFunc(part, func(a, b Telling) int { return strings.Compare(a.Article, b.Article) })
			claims = append(rest, Gather(part, links, noWords)...)
		}
		slices.SortFunc(claims, func(a, b Claim) int { return strings.Compare(a.ID, b.ID) })
		if got, want := groups(claims), groups(Gather(tellings(letters), links, noWords)); got != want {
			t.Errorf("seed %d: by parts %q, at once %q", seed, got, want)
		}
	}
}
