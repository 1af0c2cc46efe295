package quote

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// letters are the roles in the order of their numbers: out, source, cue, content.
const letters = ".SQC"

func spell(roles []uint8) string {
	var b []byte
	for _, r := range roles {
		b = append(b, letters[r])
	}
	return string(b)
}

func roles(s string) (out []uint8) {
	for _, c := range s {
		out = append(out, uint8(slices.Index([]rune(letters), c)))
	}
	return out
}

// runs returns how many runs of a role there are.
func runs(roles []uint8, role uint8) (n int) {
	for i, r := range roles {
		if r == role && (i == 0 || roles[i-1] != role) {
			n++
		}
	}
	return n
}

// mayBe says whether roles make a statement whose cue is headed by token head: the cue is one run of tokens with the
// head in it, there is at most one source, and from one to three fragments of content.
func mayBe(roles []uint8, head int) bool {
	content := runs(roles, roleContent)
	return roles[head] == roleCue && runs(roles, roleCue) == 1 && runs(roles, roleSource) <= 1 && content >= 1 && content <= 3
}

// eachRoles calls f with all sequences of n roles.
func eachRoles(n int, f func(roles []uint8)) {
	all := make([]uint8, n)
	var fill func(i int)
	fill = func(i int) {
		if i == n {
			f(all)
			return
		}
		for r := range roleCount {
			all[i] = uint8(r)
			fill(i + 1)
		}
	}
	fill(0)
}

// scoreOf adds up the scores of roles, from the definition of the lattice's fields.
func scoreOf[S int32 | float32](l *lattice[S], roles []uint8) float64 {
	before, sum := uint8(roleOut), 0.0
	for i, r := range roles {
		sum += float64(l.emit[i][r]) + float64(l.join[i][int(before)*roleCount+int(r)])
		before = r
	}
	return sum + float64(l.end[wholeOf(roles)])
}

// wholeOf returns which of the scores of whole statements roles have.
func wholeOf(roles []uint8) int { return runs(roles, roleSource)*4 + runs(roles, roleContent) }

// fillRandom fills a lattice with scores.
func fillRandom[S int32 | float32](l *lattice[S], r *rand.Rand, n, head int, scale float64) {
	l.resize(n)
	l.head = head
	for i := range n {
		for j := range l.emit[i] {
			l.emit[i][j] = S(scale * r.NormFloat64())
		}
		for j := range l.join[i] {
			l.join[i][j] = S(scale * r.NormFloat64())
		}
	}
	for j := range l.end {
		l.end[j] = S(scale * r.NormFloat64())
	}
}

// TestLikelihood adds up all that the decoder allows: the loss is the logarithm of the sum less the gold score, and the
// gradient by each score how often it counts in expectation, less how often it counts in gold.
func TestLikelihood(t *testing.T) {
	var f field
	var l, g lattice[float32]
	for _, c := range []struct {
		n, rounds int
		scale     float64
	}{
		{1, 5, 1}, {2, 10, 1}, {3, 20, 1}, {4, 20, 1}, {5, 20, 1},
		{7, 3, 1}, // more than three fragments could be here, and must not
		{5, 20, 30},
		{5, 20, 0},
	} {
		for k := range c.rounds {
			rng := rand.New(rand.NewPCG(uint64(k), uint64(c.n)))
			for head := range c.n {
				fillRandom(&l, rng, c.n, head, c.scale)
				var allowed [][]uint8
				top := math.Inf(-1)
				eachRoles(c.n, func(roles []uint8) {
					if mayBe(roles, head) {
						allowed = append(allowed, slices.Clone(roles))
						top = max(top, scoreOf(&l, roles))
					}
				})
				name := fmt.Sprintf("%d tokens, head %d, scale %g, round %d", c.n, head, c.scale, k)
				if len(allowed) == 0 {
					if _, ok := f.likelihood(&l, make([]uint8, c.n), &g); ok || c.n > 1 {
						t.Errorf("%s: nothing is allowed, ok = %t", name, ok)
					}
					continue
				}
				sum := 0.0
				for _, roles := range allowed {
					sum += math.Exp(scoreOf(&l, roles) - top)
				}
				gold := allowed[rng.IntN(len(allowed))]
				var want struct {
					emit [7][roleCount]float64
					join [7][roleCount * roleCount]float64
					end  [endCount]float64
				}
				count := func(roles []uint8, p float64) {
					before := uint8(roleOut)
					for i, r := range roles {
						want.emit[i][r] += p
						want.join[i][int(before)*roleCount+int(r)] += p
						before = r
					}
					want.end[wholeOf(roles)] += p
				}
				for _, roles := range allowed {
					count(roles, math.Exp(scoreOf(&l, roles)-top)/sum)
				}
				count(gold, -1)
				loss, ok := f.likelihood(&l, gold, &g)
				if !ok {
					t.Fatalf("%s: %s is not allowed", name, spell(gold))
				}
				if w := math.Log(sum) + top - scoreOf(&l, gold); math.Abs(loss-w) > 1e-6*(1+c.scale)*(1+w) {
					t.Errorf("%s, %s: loss %g, want %g", name, spell(gold), loss, w)
				}
				near := func(what string, got float32, want float64) {
					if !(math.Abs(float64(got)-want) < 1e-6*(10+c.scale)) {
						t.Fatalf("%s, %s: gradient of %s is %g, want %g", name, spell(gold), what, got, want)
					}
				}
				for i := range c.n {
					for j, w := range want.emit[i] {
						near(fmt.Sprintf("emit[%d][%d]", i, j), g.emit[i][j], w)
					}
					for j, w := range want.join[i] {
						near(fmt.Sprintf("join[%d][%d]", i, j), g.join[i][j], w)
					}
				}
				for j, w := range want.end {
					near(fmt.Sprintf("end[%d]", j), g.end[j], w)
				}
			}
		}
	}
}

// TestLikelihoodNudged compares the gradient with what the loss does in windows too long to try everything.
func TestLikelihoodNudged(t *testing.T) {
	var f field
	var l, g, unused lattice[float32]
	rng := rand.New(rand.NewPCG(1, 2))
	const n, head = 40, 17
	fillRandom(&l, rng, n, head, 1)
	gold := roles("...SSS..CCCCC.C.QQQ.CCCC................")
	loss := func() float64 {
		loss, ok := f.likelihood(&l, gold, &unused)
		if !ok {
			t.Fatal("not allowed")
		}
		return loss
	}
	if _, ok := f.likelihood(&l, gold, &g); !ok {
		t.Fatal("not allowed")
	}
	check := func(what string, x *float32, got float32) {
		const nudge = 1.0 / 64
		was := *x
		*x = was + nudge
		high, up := float64(*x), loss()
		*x = was - nudge
		low, down := float64(*x), loss()
		*x = was
		if want := (up - down) / (high - low); math.Abs(float64(got)-want) > 1e-4 {
			t.Errorf("gradient of %s is %g, the loss says %g", what, got, want)
		}
	}
	for i := range n {
		for j := range l.emit[i] {
			check(fmt.Sprintf("emit[%d][%d]", i, j), &l.emit[i][j], g.emit[i][j])
		}
		for j := range l.join[i] {
			check(fmt.Sprintf("join[%d][%d]", i, j), &l.join[i][j], g.join[i][j])
		}
	}
	for j := range l.end {
		check(fmt.Sprintf("end[%d]", j), &l.end[j], g.end[j])
	}
}

// TestLikelihoodFar has scores so far apart that exponentials vanish. Then it may give up, but what it returns as good
// is finite: one NaN would spoil all weights.
func TestLikelihoodFar(t *testing.T) {
	var f field
	var l, g lattice[float32]
	gold := roles(".SS.QQ.CCCC.CC...C..............")
	for _, scale := range []float64{10, 100, 300, 1000, 1e5} {
		given := 0
		for k := range 300 {
			fillRandom(&l, rand.New(rand.NewPCG(uint64(k), 3)), len(gold), 4, scale)
			if k%2 == 1 { // a large score that all share changes nothing
				for e := range l.end {
					l.end[e] += 1000
				}
			}
			loss, ok := f.likelihood(&l, gold, &g)
			if !ok {
				continue
			}
			given++
			if !(loss > -1e-3 && loss < 1e9) {
				t.Fatalf("scale %g, round %d: loss %g", scale, k, loss)
			}
			for e, x := range g.end {
				if !(x >= -1.00001 && x <= 1.00001) {
					t.Fatalf("scale %g, round %d: gradient of end %d is %g", scale, k, e, x)
				}
			}
			for i := range gold {
				sum := 0.0
				for _, x := range g.emit[i] {
					sum += float64(x)
					if !(x >= -1.00001 && x <= 1.00001) {
						t.Fatalf("scale %g, round %d: gradient of token %d is %v", scale, k, i, g.emit[i])
					}
				}
				if math.Abs(sum) > 1e-5 {
					t.Fatalf("scale %g, round %d: the roles of token %d have gradients that add up to %g", scale, k, i, sum)
				}
			}
		}
		t.Logf("scale %g: %d of 300 have a loss", scale, given)
		if scale <= 10 && given < 300 {
			t.Errorf("scale %g: only %d of 300 have a loss", scale, given)
		}
	}
}

// TestLikelihoodRefused: gold roles that the decoder could not find are no example to learn from. The head is the third
// token.
func TestLikelihoodRefused(t *testing.T) {
	for _, c := range []struct {
		gold, why string
		ok        bool
	}{
		{"S.QC....", "a plain statement", true},
		{"CCQ.....", "no source", true},
		{"SQQQCC..", "a cue of three tokens", true},
		{"C.QC.C.S", "three fragments", true},
		{"..Q.....", "no content", false},
		{"S.Q.....", "a source and no content", false},
		{"........", "nothing at all", false},
		{"S..QC...", "the head is not in the cue", false},
		{"S.CC....", "no cue", false},
		{"S.QCQ...", "a second cue, after the head", false},
		{"Q.QCC...", "a second cue, before the head", false},
		{"S.QCC.S.", "two sources", false},
		{"CSQC.C.C", "four fragments", false},
	} {
		t.Run(c.why, func(t *testing.T) {
			var f field
			var l, g lattice[float32]
			fillRandom(&l, rand.New(rand.NewPCG(1, 2)), len(c.gold), 2, 1)
			if mayBe(roles(c.gold), 2) != c.ok {
				t.Fatalf("the test itself says ok = %t", !c.ok)
			}
			if _, ok := f.likelihood(&l, roles(c.gold), &g); ok != c.ok {
				t.Errorf("%s: ok = %t, want %t", c.gold, ok, c.ok)
			}
		})
	}
}

// TestDecode compares the roles that it finds with the best of all: in integers, as when reading, and in floats; with
// tokens that must stay out; and where nothing can be content, which then alone is allowed to be missing.
func TestDecode(t *testing.T) {
	t.Run("int32", func(t *testing.T) { testDecode[int32](t, 1000) })
	t.Run("float32", func(t *testing.T) { testDecode[float32](t, 1) })
}

func testDecode[S int32 | float32](t *testing.T, scale float64) {
	var l lattice[S] // one for all, as when reading: what an earlier window left must not show
	for k := range 60 {
		rng := rand.New(rand.NewPCG(uint64(k), 5))
		for n := 1; n <= 6; n++ {
			for head := range n {
				fillRandom(&l, rng, n, head, scale)
				l.block = nil
				if k%2 == 1 {
					l.block = make([]bool, n)
					for i := range n {
						l.block[i] = i != head && rng.IntN(2) == 0
					}
				}
				stays := func(roles []uint8) bool {
					for i, r := range roles {
						if r != roleOut && l.block != nil && l.block[i] {
							return false
						}
					}
					return true
				}
				var best, bare []uint8
				eachRoles(n, func(roles []uint8) {
					switch {
					case !stays(roles):
					case mayBe(roles, head):
						if best == nil || scoreOf(&l, roles) > scoreOf(&l, best) {
							best = slices.Clone(roles)
						}
					case runs(roles, roleContent) == 0 && roles[head] == roleCue && runs(roles, roleCue) == 1 && runs(roles, roleSource) <= 1:
						if bare == nil || scoreOf(&l, roles) > scoreOf(&l, bare) {
							bare = slices.Clone(roles)
						}
					}
				})
				if best == nil {
					best = bare
				}
				got := make([]uint8, n)
				for i := range got {
					got[i] = 77 // all must be written
				}
				l.decode(got)
				if !slices.Equal(got, best) {
					t.Fatalf("round %d, %d tokens, head %d, blocked %v: %s, want %s", k, n, head, l.block, spell(got), spell(best))
				}
			}
		}
	}
}

// TestUnits: the widest window with the worst scores that a head can give still has a way through it.
func TestUnits(t *testing.T) {
	for _, worst := range []float32{-1e30, float32(math.Inf(-1)), 1e30, -3} {
		var l lattice[int32]
		l.resize(2*windowReach + 1)
		l.head = windowReach
		for i := range l.n {
			for j := range l.emit[i] {
				l.emit[i][j] = units(worst)
			}
			for j := range l.join[i] {
				l.join[i][j] = units(worst)
			}
		}
		got := make([]uint8, l.n)
		if l.decode(got); !mayBe(got, l.head) {
			t.Errorf("scores of %g: no statement in %s", worst, spell(got))
		}
	}
}
