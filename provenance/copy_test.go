package provenance

import (
	"fmt"
	"math/rand"
	"runtime"
	"strings"
	"testing"

	"hearsay/claim"
	"hearsay/doc"
)

func TestCompare(t *testing.T) {
	const speech = "“We have asked for nothing and we have been given nothing, and whoever tells you that the lock was opened for us has never stood on this quay in winter, when even the gulls walk to the other side of the basin,”"
	for _, test := range []struct {
		name, a, b string
		copied     bool
		kept       []string // in the second text
	}{
		{"cut and given another head", wireText, cutText, true,
			[]string{cutText[len("Harbour fleet to sail. ") : len(cutText)-1]}},
		{"another text on the same thing", wireText, "Boats that have lain at the quay for a month because of the ice may put to sea again this week, according to people who know of the plans of the harbour board.", false, nil},
		{"one speech in two reports", "Mayor Odd Lervik spoke at noon. " + speech + " he said to the crowd.",
			"On Tuesday the harbour heard its mayor. " + speech + " he told them. Then it rained.", false,
			[]string{speech[len("“"):] + " he"}},
		{"nothing", "", "", false, nil},
		{"the same few words", "Officials said no.", "Officials said no.", false, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Compare(test.a, test.b)
			if c.Copied() != test.copied {
				t.Errorf("copied is %v; %d of %d and %d words are shared, %d outside quotations", c.Copied(), c.Shared, c.WordsA, c.WordsB, c.Own)
			}
			var kept []string
			for _, k := range c.Kept {
				kept = append(kept, test.b[k.B.Begin:k.B.End])
			}
			if fmt.Sprintf("%q", kept) != fmt.Sprintf("%q", test.kept) && test.kept != nil {
				t.Errorf("kept %q, want %q", kept, test.kept)
			}
		})
	}
}

// vocabulary are made-up words for texts of any length.
var vocabulary = func() []string {
	out := make([]string, 5000)
	for i := range out {
		out[i] = fmt.Sprintf("w%dx", i)
	}
	return out
}()

func randomText(r *rand.Rand, n int) string {
	words := make([]string, n)
	for i := range words {
		// Few words are frequent, as in language.
		words[i] = vocabulary[int(float64(len(vocabulary))*r.Float64()*r.Float64()*r.Float64())]
	}
	return strings.Join(words, " ")
}

// TestPassage checks the promise that a shared passage of Passage words is found wherever
// it stands.
func TestPassage(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range 300 {
		passage := randomText(r, Passage)
		x := NewIndex()
		x.Add(Sign(randomText(r, r.Intn(400))+" "+passage+" "+randomText(r, r.Intn(400))), "")
		if got := x.Find(Sign(randomText(r, r.Intn(400))+" "+passage+" "+randomText(r, r.Intn(400))), 3); len(got) == 0 || got[0].Number != 0 {
			t.Fatalf("the passage %q was not found", passage)
		}
	}
}

func TestIndexTwins(t *testing.T) {
	x := NewIndex()
	r := rand.New(rand.NewSource(1))
	text := randomText(r, 300)
	for i := range 1000 {
		if n := x.Add(Sign(text), ""); n != i {
			t.Fatalf("number %d, want %d", n, i)
		}
	}
	x.Add(Sign(randomText(r, 300)), "")
	got := x.Find(Sign(text+"."), 10)
	if len(got) != 1 || got[0].Number != 0 || !got[0].Same {
		t.Errorf("a thousand identical pages give %v", got)
	}
	if x.Twin(999) != 0 || x.Twin(1000) != 1000 {
		t.Errorf("twins %d and %d, want 0 and 1000", x.Twin(999), x.Twin(1000))
	}
}

// FuzzCompare checks that passages are the same words in both texts, apart from each other
// and in place.
func FuzzCompare(f *testing.F) {
	f.Add(wireText, cutText)
	f.Add("a b c d e f g h i j \"k", "a b c d e f g h i j k a b c d e f g h i j")
	f.Add("\xff’’", "don’t don't don")
	f.Fuzz(func(t *testing.T, a, b string) {
		c := Compare(a, b)
		if c.Own > c.Shared || c.Shared > min(c.WordsA, c.WordsB) {
			t.Fatalf("%+v", c)
		}
		in := map[int]bool{}
		last := 0
		for _, k := range c.Kept {
			if k.A.Begin < 0 || k.A.End > len(a) || k.B.Begin < last || k.B.End > len(b) || k.A.Empty() || k.B.Empty() {
				t.Fatalf("%+v", k)
			}
			last = k.B.End
			for i := k.A.Begin; i < k.A.End; i++ {
				if in[i] {
					t.Fatalf("byte %d of the first text is kept twice", i)
				}
				in[i] = true
			}
		}
		Sign(a)
	})
}

func BenchmarkSign(b *testing.B) {
	text := randomText(rand.New(rand.NewSource(1)), 600)
	b.SetBytes(int64(len(text)))
	for range b.N {
		Sign(text)
	}
}

func BenchmarkCompare(b *testing.B) {
	r := rand.New(rand.NewSource(1))
	x := randomText(r, 600)
	y := x[:len(x)/2] + randomText(r, 200)
	for range b.N {
		Compare(x, y)
	}
}

// BenchmarkFindAmongMillion asks for the copies of one article among a million, whose
// signatures are synthetic: random marks, each of an article of 600 words.
func BenchmarkFindAmongMillion(b *testing.B) {
	r := rand.New(rand.NewSource(1))
	x := NewIndex()
	for range 1_000_000 {
		x.Add(synthetic(r), "")
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	text := randomText(r, 600)
	x.Add(Sign(text), "")
	changed := text[:len(text)/2] + randomText(r, 300)
	b.ResetTimer()
	for range b.N {
		if got := x.Find(Sign(changed), 12); len(got) == 0 || got[0].Number != 1_000_000 {
			b.Fatal("the copy was not found")
		}
	}
	b.ReportMetric(float64(m.HeapAlloc)/1e6, "MB")
}

func synthetic(r *rand.Rand) Signature {
	s := Signature{whole: r.Uint64(), length: 600, marks: make([]uint32, 36)}
	for i := range s.marks {
		s.marks[i] = r.Uint32()
	}
	return s
}

// crowd returns a claim told by n articles of 200 outlets: a tenth copies, half cite, and
// the others have speakers of their own.
func crowd(n int) (Input, []tell) {
	r := rand.New(rand.NewSource(1))
	var tells []tell
	for i := range n {
		x := tell{id: fmt.Sprintf("a%05d", i), outlet: fmt.Sprintf("Outlet %d", r.Intn(200)), day: fmt.Sprintf("2026-03-%02d", 1+i*28/n),
			kind: doc.Anonymous, source: "an official"}
		switch r.Intn(4) {
		case 0:
			x.told = x.outlet
		case 1, 2:
			x.kind, x.source = doc.OutletSource, fmt.Sprintf("Outlet %d", r.Intn(200))
			x.cites = x.source
		default:
			x.kind, x.source, x.of = doc.PersonSource, fmt.Sprintf("Name Surname%d", r.Intn(60)), []string{"NOR", "DNK", ""}[r.Intn(3)]
		}
		tells = append(tells, x)
	}
	c := &claim.Claim{ID: "c1", Text: "the fleet may leave the harbour"}
	in := Input{Claim: c}
	for _, t := range tells {
		in.Articles = append(in.Articles, t.article())
		c.Tellings = append(c.Tellings, claim.Telling{Article: t.id, Statement: "s1"})
	}
	return in, tells
}

func BenchmarkTrace10000(b *testing.B) {
	in, _ := crowd(10_000)
	b.ResetTimer()
	for range b.N {
		g := Trace(in)
		b.ReportMetric(float64(len(g.Origins)), "origins")
	}
}
