package claim

import (
	"cmp"
	"slices"
)

// Linker finds which statements of an article tell what statements of earlier ones told.
// It looks at no more than a few candidates a statement, which it finds by the words
// that they share, among the articles of some days before and after. What it
// holds in memory is the articles that were added, so that a run that goes on where an
// earlier one stopped adds those of the last days again. It is not safe for concurrent use.
type Linker struct {
	// Forgot, unless it is nil, is told which shelf (see [Linker.Shelf]) was forgotten.
	Forgot func(shelf int)

	days    int // how far apart two articles may be published
	most    int // tellings held at once
	held    int
	clock   int // of additions
	looked  int // tellings looked up, for the test that this does not grow
	shelves map[int]*shelf
}

// shelf holds the tellings of articles published in the same so many days.
type shelf struct {
	gists    []Gist
	numbers  []int // the addition that brought each
	articles map[string]bool
	posts    map[uint32][]int32 // the tellings that have a key, by index, the latest last
	used     int                // when it was last looked at
	shared   []uint32           // of the tellings, what they share with the one looked for; all 0 between
	touched  []int32
}

const (
	// perKey is how many tellings with a word are looked at: the latest. A word that more
	// have tells little, and its neighbours are keys as well.
	perKey = 256
	// keyBits is what a word must tell to be a key.
	keyBits = 6 * bit
	// sharedBits is what two tellings must share to be compared: two or three words.
	sharedBits = 12 * bit
	// compared is how many candidates of a shelf are compared with a telling.
	compared = 24
	// perTelling is how many links a telling may have to earlier ones, the best.
	perTelling = 16
)

// NewLinker returns a Linker of articles published no more than days apart, which holds
// about most tellings (0: 400,000, some 250 MB). Beyond that it forgets the span of days that
// it has looked at least lately. Articles without a date are linked among themselves.
func NewLinker(days, most int) *Linker {
	if most <= 0 {
		most = 400_000
	}
	return &Linker{days: max(days, 1), most: most, shelves: map[int]*shelf{}}
}

// Add takes in an article and returns the links of its statements to those of the
// articles added before, in order of its statements, the most probable first. A is the
// earlier telling. No two statements of one article are linked, though they may be linked
// to the same telling: an article that says that officials said that a dam burst tells
// twice that it did. An article that has been added already gives its links again and is not
// added twice.
func (l *Linker) Add(a *Article) []Link {
	l.clock++
	gists := Gists(a)
	if len(gists) == 0 {
		return nil
	}
	at := l.place(gists[0].day)
	var found []candidate
	for i := range gists {
		for _, place := range l.around(at) {
			if s := l.shelves[place]; s != nil {
				s.used = l.clock
				near, looked := s.near(&gists[i], l.days)
				found = append(found, near...)
				l.looked += looked
			}
		}
	}
	links := choose(found)
	l.keep(at, gists)
	return links
}

// Shelf returns the number of the shelf that holds what was published on the day of an
// article, and the days that it holds, [from, to) in days since 1970. What has no date has
// a shelf of its own, without days. An article is linked to those of its own shelf and of
// the ones just before and after.
func (l *Linker) Shelf(a *Article) (shelf, from, to int) {
	day := dayOf(a)
	if shelf = l.place(day); day != noDay {
		from, to = shelf*l.days, (shelf+1)*l.days
	}
	return shelf, from, to
}

// place returns the shelf of a day.
func (l *Linker) place(day int) int {
	if day == noDay {
		return noDay
	}
	if day < 0 {
		return -((-day + l.days - 1) / l.days)
	}
	return day / l.days
}

// around returns the shelves that may hold what was published close to those of one.
func (l *Linker) around(place int) []int {
	if place == noDay {
		return []int{place}
	}
	return []int{place - 1, place, place + 1}
}

// candidate is a pair of tellings that may be linked.
type candidate struct {
	a, b   *Gist
	number int // the addition that brought a
	logit  float64
}

// near returns the tellings of a shelf that tell the same as g, and how many it looked at.
func (s *shelf) near(g *Gist, days int) (out []candidate, looked int) {
	keys(g, func(key uint32, weight int) {
		list := s.posts[key]
		list = list[max(0, len(list)-perKey):]
		looked += len(list)
		for _, i := range list {
			if s.shared[i] == 0 {
				s.touched = append(s.touched, i)
			}
			s.shared[i] += uint32(weight)
		}
	})
	type ranked struct {
		i    int32
		rank float64
	}
	var best []ranked
	for _, i := range s.touched {
		other := &s.gists[i]
		apart := 0
		if g.day != noDay {
			apart = max(g.day-other.day, other.day-g.day)
		}
		if s.shared[i] >= sharedBits && apart <= days && other.Article != g.Article {
			best = append(best, ranked{i, float64(s.shared[i]) / other.norm})
		}
		s.shared[i] = 0
	}
	s.touched = s.touched[:0]
	slices.SortFunc(best, func(a, b ranked) int { return cmp.Or(cmp.Compare(b.rank, a.rank), cmp.Compare(a.i, b.i)) })
	for _, r := range best[:min(len(best), compared)] {
		f := compare(&s.gists[r.i], g)
		if v := logit(&f); probability(v) >= Threshold {
			out = append(out, candidate{&s.gists[r.i], g, s.numbers[r.i], v})
		}
	}
	return out, looked
}

// keys calls f for the words of a telling that tell much, and for each two that stand
// side by side in its content, with what they tell.
func keys(g *Gist, f func(key uint32, weight int)) {
	for _, t := range g.terms {
		if t.weight >= keyBits {
			f(t.hash, int(t.weight))
		}
	}
	last, lastWeight := uint32(0), 0
	for _, h := range g.run {
		i, ok := slices.BinarySearchFunc(g.terms, h, func(t term, h uint32) int { return compareHash(t.hash, h) })
		if !ok {
			continue
		}
		weight := int(g.terms[i].weight)
		if lastWeight > 0 && lastWeight+weight >= keyBits {
			f(pairHash(last, h), (lastWeight+weight)/2)
		}
		last, lastWeight = h, weight
	}
}

// choose makes links of candidates: see [Linker.Add].
func choose(found []candidate) []Link {
	slices.SortStableFunc(found, func(x, y candidate) int {
		return cmp.Or(byNumber(x.b.Statement, y.b.Statement), cmp.Compare(y.logit, x.logit), cmp.Compare(x.number, y.number))
	})
	var out []Link
	n := 0
	for i, c := range found {
		if i == 0 || c.b.Statement != found[i-1].b.Statement {
			n = 0
		}
		if n++; n <= perTelling {
			score, why := Score(c.a, c.b)
			out = append(out, Link{A: c.a.Telling, B: c.b.Telling, Score: score, Evidence: why, By: Machine})
		}
	}
	return out
}

// byNumber compares ids of statements: "s9" comes before "s10".
func byNumber(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) }

// keep puts the tellings of an article on their shelf, and makes room.
func (l *Linker) keep(place int, gists []Gist) {
	s := l.shelves[place]
	if s == nil {
		s = &shelf{posts: map[uint32][]int32{}, articles: map[string]bool{}}
		l.shelves[place] = s
	}
	s.used = l.clock
	if s.articles[gists[0].Article] {
		return
	}
	s.articles[gists[0].Article] = true
	for i := range gists {
		g := &gists[i]
		g.words = nil
		at := int32(len(s.gists))
		s.gists, s.numbers, s.shared = append(s.gists, *g), append(s.numbers, l.clock), append(s.shared, 0)
		keys(g, func(key uint32, _ int) {
			list := append(s.posts[key], at)
			if len(list) >= 2*perKey {
				list = slices.Clone(list[len(list)-perKey:])
			}
			s.posts[key] = list
		})
	}
	for l.held += len(gists); l.held > l.most; {
		oldest, found := 0, false
		for place, s := range l.shelves {
			if o := l.shelves[oldest]; !found || s.used < o.used || s.used == o.used && place < oldest {
				oldest, found = place, true
			}
		}
		l.held -= len(l.shelves[oldest].gists)
		delete(l.shelves, oldest)
		if l.Forgot != nil {
			l.Forgot(oldest)
		}
	}
}
