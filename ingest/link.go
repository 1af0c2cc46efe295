package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"hearsay/claim"
	"hearsay/ledger"
)

// window is how many days apart two articles may be published that tell the same claim.
const window = 10

// held is about how many tellings are held in memory at once: some 250 MB.
const held = 400_000

// linking finds the links of a new article to those in the ledger. Of the days around an
// article it has all that the ledger has: whatever is stored goes through it, and what was
// stored before this run is taken from the ledger when its days are first met.
//
// Where articles of many years come in no order, there is no room for all of their days.
// What falls into days that were forgotten is not linked then: they are owed, and at the end of
// the run linked in the order of days, which needs room for few of them. So each article is
// taken from the ledger once or twice, whatever the order in which they came.
type linking struct {
	ledger *ledger.Ledger
	linker *claim.Linker
	filled map[int]bool // shelves of the linker that have what the ledger has
	claims gathering

	forgotten map[int]bool // shelves that there was no room for
	owed      map[int]bool // shelves with articles that are not linked
	dirty     bool         // owed is not as the ledger has it
}

func newLinking(l *ledger.Ledger, held int) *linking {
	k := &linking{ledger: l, forgotten: map[int]bool{}, owed: map[int]bool{}}
	k.clear(held)
	return k
}

// clear makes room.
func (k *linking) clear(held int) {
	k.linker, k.filled, k.claims = claim.NewLinker(window, held), map[int]bool{}, newGathering()
	k.linker.Forgot = func(shelf int) {
		delete(k.filled, shelf)
		k.forgotten[shelf] = true
	}
}

// of returns the links of an article's statements to earlier ones that join claims.
func (k *linking) of(ctx context.Context, a *claim.Article) ([]claim.Link, error) {
	if len(a.Statements) == 0 {
		return nil, nil
	}
	shelf, from, to := k.linker.Shelf(a)
	if k.forgotten[shelf-1] || k.forgotten[shelf] || k.forgotten[shelf+1] {
		k.dirty = k.dirty || !k.owed[shelf]
		k.owed[shelf] = true
		return nil, nil
	}
	for place := shelf - 1; place <= shelf+1; place++ {
		if from == to && place != shelf {
			continue // without a date: a shelf without neighbours
		}
		if err := k.fill(ctx, place); err != nil {
			return nil, err
		}
	}
	k.claims.dates[a.ID] = date(a)
	return k.claims.join(k.linker.Add(a)), nil
}

// owing is the name of the checkpoint that has what is owed, so that a kill does not forget it.
const owing = "linking"

// note keeps what is owed.
func (k *linking) note(ctx context.Context) error {
	if !k.dirty {
		return nil
	}
	value, err := json.Marshal(slices.Sorted(maps.Keys(k.owed)))
	if err == nil {
		err = k.ledger.SetCheckpoint(ctx, owing, string(value))
	}
	k.dirty = k.dirty && err != nil
	return err
}

// settle links what is owed, by this run or one that was killed, in the order of days. It
// returns how many links were stored, and may be stopped between two shelves.
func (k *linking) settle(ctx context.Context) (links int, err error) {
	kept, err := k.ledger.Checkpoint(ctx, owing)
	if err != nil {
		return 0, err
	}
	var shelves []int
	if kept != "" {
		if err := json.Unmarshal([]byte(kept), &shelves); err != nil {
			return 0, fmt.Errorf("checkpoint %s: %w", owing, err)
		}
	}
	for _, s := range shelves {
		k.owed[s] = true
	}
	if len(k.owed) == 0 {
		return 0, nil
	}
	k.clear(held)
	for _, shelf := range slices.Sorted(maps.Keys(k.owed)) {
		if ctx.Err() != nil {
			return links, ctx.Err()
		}
		for _, place := range []int{shelf - 1, shelf, shelf + 1} {
			if err := k.fill(ctx, place); err != nil {
				return links, err
			}
		}
		// All are there now: each gives its links to those that were there before it, and the
		// ledger knows those that it has.
		err := k.articles(ctx, shelf, func(page *ledger.Page) error {
			found := k.claims.join(k.linker.Add(page.Content))
			links += len(found)
			return k.ledger.Link(ctx, found...)
		})
		if err != nil {
			return links, err
		}
		delete(k.owed, shelf)
		k.dirty = true
		if err := k.note(ctx); err != nil {
			return links, err
		}
	}
	clear(k.forgotten)
	k.clear(held)
	return links, k.ledger.SetCheckpoint(ctx, owing, "")
}

// date is when an article was published, as far as the order of claims goes by it.
func date(a *claim.Article) string {
	return dayOf(cmp.Or(a.Published, a.Updated, a.Fetched))
}

// fill adds what the ledger has of the days of a shelf.
func (k *linking) fill(ctx context.Context, shelf int) error {
	if k.filled[shelf] {
		return nil
	}
	k.filled[shelf] = true
	return k.articles(ctx, shelf, func(page *ledger.Page) error {
		k.claims.dates[page.Article] = date(page.Content)
		k.claims.known(page.Article, page.Claims)
		k.linker.Add(page.Content)
		return nil
	})
}

// articles calls f for what the ledger has of the days of a shelf, the earliest first.
func (k *linking) articles(ctx context.Context, shelf int, f func(*ledger.Page) error) error {
	first := time.Unix(int64(shelf)*window*86400, 0).UTC()
	if first.Year() < 1 || first.Year() > 2800 {
		return nil // the shelf without a date: the ledger has nothing without a day
	}
	now := k.ledger.Now()
	filter := ledger.Filter{Since: first.Format(time.DateOnly), Until: first.AddDate(0, 0, window-1).Format(time.DateOnly), Revisions: true, Limit: 500}
	var ids []string
	for {
		found, err := now.Articles(ctx, filter)
		if err != nil {
			return err
		}
		for _, s := range found.Hits {
			ids = append(ids, s.Article)
		}
		if filter.After = found.Next; filter.After == "" {
			break
		}
	}
	slices.Reverse(ids)
	for _, id := range ids {
		page, err := now.Article(ctx, id)
		if errors.Is(err, ledger.ErrNotFound) || errors.Is(err, ledger.ErrRedacted) {
			continue // removed meanwhile
		}
		if err == nil {
			err = f(page)
		}
		if err != nil {
			return err
		}
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
