package ledger

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"hearsay/claim"
)

// Filter says what to find. Fields that are empty filter nothing; all that are set must
// hold. Names are matched as words of a name, without regard to case and accents: "roe"
// finds Jane Roe. Countries are ISO 3166 alpha-3 codes, in capitals.
type Filter struct {
	// Query is words that must all stand in the content or in who the source is (of
	// articles: in title or text), "phrases in quotation marks", and -words that must not.
	Query string
	// About are whom or what it must be about: a country's code, an id in the knowledge
	// base ("org:nato"), or a name.
	About []string
	// Source is a name or words of the source; Entity its name whole, or its id in the
	// knowledge base.
	Source, Entity string
	Kinds          []string // of source, any of them: "anonymous"
	Role           string   // words of the role: "official"
	Affiliation    string   // a country's code or a body
	Outlets        []string // any of them
	// Certain are values of factuality, any of them ("PS+"), that Holder has: "source" is
	// the statement's own, "author" the article's, "" anybody at all.
	Certain []string
	Holder  string
	// Event, Actor and Target must hold of one event that the statement tells. Actors are
	// countries' codes, ids in the knowledge base, or whole names.
	Event, Actor, Target string
	Place                string // a whole name, or a country's code
	Cited                string // of articles: an outlet that the text cites or credits
	// Since and Until are days (YYYY-MM-DD) of publication, both included; for an article
	// that tells no day, the one on which it was fetched or stored.
	Since, Until string
	// Revisions asks for texts too that a later one of the same locator replaced.
	Revisions bool
	// ByRank asks for the best first, of the 1,000 newest that fit; otherwise it is the newest first.
	ByRank bool
	Limit  int    // 0 is 20
	After  string // Next of the page before
}

// terms turns the filter into what the index of statements or articles must match.
func (f *Filter) terms(of *catalogue) (where, error) {
	var w where
	facet1 := func(kind string, values ...string) {
		var any []string
		for _, v := range values {
			if x := facet(kind, v); x != "" {
				any = append(any, x)
			}
		}
		if len(any) > 0 {
			w.facets = append(w.facets, any)
		}
	}
	statements := of == ofStatements
	if statements {
		w.ask(f.Query, "content", "source")
		w.named(f.Source, "source")
		w.named(f.Role, "role")
		facet1(hasEntity, f.Entity)
		facet1(hasKind, f.Kinds...)
		facet1(hasAffil, f.Affiliation)
		kind, ok := map[string]string{"": hasCertainty, "source": hasOwn, "author": hasAuthor}[f.Holder]
		if !ok {
			return w, fmt.Errorf("holder %q: it is source, author or empty", f.Holder)
		}
		var values []string
		for _, v := range f.Certain {
			if !slices.Contains([]string{"CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "UU"}, v) {
				return w, fmt.Errorf("%q is not a value of factuality", v)
			}
			values = append(values, signed(v))
		}
		facet1(kind, values...)
		for _, k := range f.Kinds {
			if !slices.Contains(kinds, k) {
				return w, fmt.Errorf("%q is not a kind of source", k)
			}
		}
	} else {
		if f.Source+f.Entity+f.Role+f.Affiliation != "" || len(f.Kinds)+len(f.Certain) > 0 {
			return w, fmt.Errorf("articles are not found by their sources; look for statements")
		}
		w.ask(f.Query, "title", "text")
		facet1(hasCited, f.Cited)
	}
	for _, about := range f.About {
		switch {
		case country(about):
			facet1(hasCountry, about)
		case strings.Contains(about, ":"):
			facet1(hasKnown, about)
		default:
			w.named(about, "about")
		}
	}
	facet1(hasOutlet, f.Outlets...)
	facet1(hasEvent, f.Event)
	facet1(hasActor, f.Actor)
	facet1(hasTarget, f.Target)
	facet1(hasPlace, f.Place)
	return w, nil
}

// country says whether a word is written as the code of a country.
func country(s string) bool {
	return len(s) == 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// days returns the stretch of numbers [from, to) of a filter's days.
func (f *Filter) days() (from, to int64, err error) {
	to = math.MaxInt64
	if f.Since != "" {
		d, ok := dayOf(f.Since)
		if !ok || len(f.Since) != 10 {
			return 0, 0, fmt.Errorf("since %q: not a day (YYYY-MM-DD)", f.Since)
		}
		from = d << serialBits
	}
	if f.Until != "" {
		d, ok := dayOf(f.Until)
		if !ok || len(f.Until) != 10 {
			return 0, 0, fmt.Errorf("until %q: not a day (YYYY-MM-DD)", f.Until)
		}
		to = (d + 1) << serialBits
	}
	return from, to, nil
}

// cursor is where a page ended.
type cursor struct {
	id   int64
	rank float64
	set  bool
}

func (f *Filter) cursor() (c cursor, err error) {
	if f.After == "" {
		return c, nil
	}
	rank, id, ok := strings.Cut(f.After, "~")
	if !ok {
		id = rank
	}
	c.set = true
	c.id, err = strconv.ParseInt(id, 36, 64)
	if err == nil && ok {
		c.rank, err = strconv.ParseFloat(rank, 64)
	}
	if err != nil || ok != f.ByRank {
		return c, fmt.Errorf("after %q: not the end of a page of this query", f.After)
	}
	return c, nil
}

func (c cursor) String(byRank bool) string {
	id := strconv.FormatInt(c.id, 36)
	if byRank {
		return strconv.FormatFloat(c.rank, 'g', -1, 64) + "~" + id
	}
	return id
}

// sided is how many sides of one event a filter names. The index knows them only apart.
func (f *Filter) sided() int {
	n := 0
	for _, s := range []string{f.Event, f.Actor, f.Target} {
		if s != "" {
			n++
		}
	}
	return n
}

// fits says whether one event is what the filter asks for.
func (f *Filter) fits(e *claim.Event) bool {
	side := func(want string, of []claim.Actor) bool {
		return want == "" || slices.ContainsFunc(of, func(a claim.Actor) bool {
			return slices.ContainsFunc(keys(&a), func(k string) bool { return k != "" && facet("", k) == facet("", want) })
		})
	}
	return (f.Event == "" || strings.EqualFold(string(e.Type), f.Event)) && side(f.Actor, e.Actors) && side(f.Target, e.Targets)
}
