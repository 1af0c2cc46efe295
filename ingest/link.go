package ingest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"hearsay/claim"
	"hearsay/ledger"
)

// window is how many days apart two articles may be published that tell the same claim.
const window = 10

// linking finds the links of a new article to those in the ledger. Of the days around an
// article it has all that the ledger has: whatever is stored goes through it, and what was
// stored before this run is taken from the ledger when its days are first met.
type linking struct {
	ledger *ledger.Ledger
	linker *claim.Linker
	filled map[int]bool // shelves of the linker that have what the ledger has
	claims gathering
}

func newLinking(l *ledger.Ledger) *linking {
	k := &linking{ledger: l, linker: claim.NewLinker(window, 0), filled: map[int]bool{}, claims: newGathering()}
	k.linker.Forgot = func(shelf int) { delete(k.filled, shelf) }
	return k
}

// of returns the links of an article's statements to earlier ones that join claims.
func (k *linking) of(ctx context.Context, a *claim.Article) ([]claim.Link, error) {
	if len(a.Statements) == 0 {
		return nil, nil
	}
	shelf, from, to := k.linker.Shelf(a)
	for place := shelf - 1; place <= shelf+1; place++ {
		if from == to && place != shelf {
			continue // without a date: a shelf without neighbours
		}
		if err := k.fill(ctx, place, from+(place-shelf)*window, to+(place-shelf)*window); err != nil {
			return nil, err
		}
	}
	k.claims.dates[a.ID] = date(a)
	return k.claims.join(k.linker.Add(a)), nil
}

// date is when an article was published, as far as the order of claims goes by it.
func date(a *claim.Article) string {
	return dayOf(cmp.Or(a.Published, a.Updated, a.Fetched))
}

// fill adds what the ledger has of some days, [from, to) since 1970, to a shelf.
func (k *linking) fill(ctx context.Context, shelf, from, to int) error {
	if k.filled[shelf] {
		return nil
	}
	k.filled[shelf] = true
	if from == to {
		return nil // whatever the ledger has, it has with a day
	}
	day := func(n int) string { return time.Unix(int64(n)*86400, 0).UTC().Format(time.DateOnly) }
	now := k.ledger.Now()
	f := ledger.Filter{Since: day(from), Until: day(to - 1), Revisions: true, Limit: 500}
	var ids []string
	for {
		found, err := now.Articles(ctx, f)
		if err != nil {
			return err
		}
		for _, s := range found.Hits {
			ids = append(ids, s.Article)
		}
		if f.After = found.Next; f.After == "" {
			break
		}
	}
	slices.Reverse(ids) // the earliest first
	for _, id := range ids {
		page, err := now.Article(ctx, id)
		if err != nil {
			return err
		}
		k.claims.dates[id] = date(page.Content)
		k.claims.known(id, page.Claims)
		k.linker.Add(page.Content)
	}
	return nil
}

// gathering knows which tellings are in which claims, and says which links join a claim, as
// claim.Gather does with all of them at hand: a telling joins a claim if it is linked to the
// claim's first telling or to two of its tellings, so that a chain of pairs, each a little
// different, does not drift from one claim into another.
type gathering struct {
	of      map[claim.Telling]*group // those in a claim of two tellings or more
	dates   map[string]string        // of articles
	bridges map[[2]*group]int
}

// group is a claim.
type group struct {
	first claim.Telling
	into  *group // where it was merged into another
}

func newGathering() gathering {
	return gathering{map[claim.Telling]*group{}, map[string]string{}, map[[2]*group]int{}}
}

// known takes in the claims of the statements of a stored article.
func (g *gathering) known(article string, claims map[string]string) {
	for statement, id := range claims {
		lead, label, ok := strings.Cut(strings.TrimPrefix(id, "c"), ".")
		if !ok {
			continue
		}
		first := claim.Telling{Article: "a" + lead, Statement: label}
		c := g.claimOf(first)
		g.of[first] = c
		g.of[claim.Telling{Article: article, Statement: statement}] = c
	}
}

// claimOf returns the claim of a telling; one of its own where it is in none.
func (g *gathering) claimOf(t claim.Telling) *group {
	c := g.of[t]
	if c == nil {
		return &group{first: t}
	}
	for c.into != nil {
		c = c.into
	}
	return c
}

// join returns those of the links of new tellings (B) to earlier ones (A) that join claims:
// links come in the order of the new tellings.
func (g *gathering) join(links []claim.Link) (out []claim.Link) {
	for from := 0; from < len(links); {
		to := from + 1
		for to < len(links) && links[to].B == links[from].B {
			to++
		}
		out = append(out, g.joinOne(links[from:to])...)
		from = to
	}
	return out
}

// candidate is a claim that a new telling may join.
type candidate struct {
	claim *group
	links []claim.Link
	first bool // one of them is to the claim's first telling
	best  float64
}

func (g *gathering) joinOne(links []claim.Link) (out []claim.Link) {
	var found []*candidate
	alone := map[claim.Telling]*group{}
	for _, l := range links {
		c := g.claimOf(l.A)
		if g.of[l.A] == nil {
			if alone[l.A] == nil {
				alone[l.A] = c
			}
			c = alone[l.A]
		}
		i := slices.IndexFunc(found, func(f *candidate) bool { return f.claim == c })
		if i < 0 {
			i = len(found)
			found = append(found, &candidate{claim: c})
		}
		f := found[i]
		f.links = append(f.links, l)
		f.first = f.first || c.first == l.A
		f.best = max(f.best, l.Score)
	}
	found = slices.DeleteFunc(found, func(f *candidate) bool { return !f.first && len(f.links) < 2 })
	if len(found) == 0 {
		return nil
	}
	slices.SortStableFunc(found, func(a, b *candidate) int { return cmp.Compare(b.best, a.best) })
	home := found[0].claim
	new := links[0].B
	for _, l := range found[0].links {
		g.of[l.A] = home
	}
	g.of[new] = home
	// The ledger names a new claim by the earlier of its tellings.
	if len(found[0].links) == 1 && home.first == found[0].links[0].A && alone[home.first] == home && g.dates[new.Article] < g.dates[home.first.Article] {
		home.first = new
	}
	out = append(out, found[0].links...)
	for _, f := range found[1:] {
		if alone[f.claim.first] == f.claim {
			g.of[f.claim.first] = f.claim // so that a second bridge meets the same
		}
		pair := [2]*group{f.claim, home}
		if g.bridges[pair] == 0 && g.bridges[[2]*group{home, f.claim}] > 0 {
			pair = [2]*group{home, f.claim}
		}
		if g.bridges[pair]++; g.bridges[pair] >= 2 {
			delete(g.bridges, pair)
			f.claim.into = home
			out = append(out, f.links...)
		}
	}
	return out
}
