package kb

import (
	"slices"
	"strings"
)

// Outlet returns the outlet of a name, a domain or an id without its prefix ("nyt") as it
// was on a day, with its owner then. A domain may have others before it
// ("edition.cnn.com"). Where no row covers the day, or the day is zero and the rows
// differ, the outlet is known but not its owner.
// A name that two outlets share gives none. An owner without a last day goes on owning,
// unlike the holder of an office: owners change seldom.
func (k *KB) Outlet(nameOrDomain string, on Day) (*Entry, bool) {
	var found []Ref
	if strings.Contains(nameOrDomain, ".") && !strings.Contains(nameOrDomain, " ") {
		for d := strings.ToLower(nameOrDomain); len(found) == 0 && strings.Contains(d, "."); {
			found = k.refs(byDomain, d)
			_, d, _ = strings.Cut(d, ".")
		}
	}
	if e, ok := k.Entry("outlet:" + strings.ToLower(nameOrDomain)); ok && len(found) == 0 {
		found = []Ref{{Entry: e}}
	}
	if len(found) == 0 {
		for _, r := range k.Lookup(nameOrDomain) {
			if r.Entry.Outlet != nil {
				found = append(found, r)
			}
		}
	}
	if len(found) > 1 {
		// A programme shares the domain of its network.
		found = slices.DeleteFunc(found, func(r Ref) bool { return r.Entry.Outlet.Kind == "programme" })
	}
	if len(found) != 1 {
		return nil, false
	}
	return k.OutletByID(found[0].Entry.ID, on)
}

// OutletByID returns the outlet of an id as it was on a day, as Outlet does.
func (k *KB) OutletByID(id string, on Day) (*Entry, bool) {
	rows := k.successive(id)
	if len(rows) == 0 || rows[0].Outlet == nil {
		return nil, false
	}
	same := true
	for _, e := range rows {
		same = same && e.Outlet.Owner == rows[0].Outlet.Owner
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if covers, sure := rows[i].Term.Covers(on); covers && sure {
			return rows[i], true
		}
	}
	if last := rows[len(rows)-1]; on == 0 && same {
		return last, true
	}
	unowned := *rows[len(rows)-1]
	facts := *unowned.Outlet
	facts.Owner = ""
	unowned.Outlet, unowned.Term = &facts, Term{}
	return &unowned, true
}

// successive returns the rows of an id in their order.
func (k *KB) successive(id string) (out []*Entry) {
	for i := len(k.layers) - 1; i >= 0 && len(out) == 0; i-- {
		for _, h := range k.layers[i].indexes[byID].find(id) {
			out = append(out, k.layers[i].entry(h.row))
		}
	}
	return out
}
