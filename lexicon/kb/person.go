package kb

import "slices"

// Person is somebody who can be meant by a name on a day.
type Person struct {
	*Entry
	// Holds are the offices that the person held on the day.
	Holds []Holder
}

// PersonByName returns those whom a full name, a surname or another short form can mean,
// those in office on the day first, then those who had held one before, then the others.
// With the zero Day nobody is known to be in office.
func (k *KB) PersonByName(name string, on Day) []Person {
	var out []Person
	rank := map[string]int{}
	for _, e := range k.peopleOf(fold(name)) {
		p := Person{Entry: e, Holds: k.OfficesOf(e.Name, on)}
		rank[e.ID] = 2
		if len(p.Holds) > 0 {
			rank[e.ID] = 0
		} else if slices.ContainsFunc(k.terms(e.Name), func(h Holder) bool { return on != 0 && h.Term.First <= on }) {
			rank[e.ID] = 1
		}
		out = append(out, p)
	}
	slices.SortStableFunc(out, func(a, b Person) int { return rank[a.ID] - rank[b.ID] })
	return out
}

// peopleOf returns those of a folded name, each once, in the order of the tables.
func (k *KB) peopleOf(folded string) (out []*Entry) {
	for i := len(k.layers) - 1; i >= 0; i-- {
		l := k.layers[i]
		for _, h := range l.indexes[byPerson].find(folded) {
			e := k.at(l, h.row)
			if !slices.ContainsFunc(out, func(o *Entry) bool { return o.ID == e.ID }) {
				out = append(out, e)
			}
		}
	}
	return out
}

// person returns the entry of the person with that full name, joined from the row that
// tells of them and from their terms of office. Rows with the same full name are one
// person: where two share it, the tables tell them apart by their names.
func (k *KB) person(name string) *Entry {
	out := &Entry{ID: personID(name), Table: Holders, Name: name}
	for i := len(k.layers) - 1; i >= 0; i-- {
		l := k.layers[i]
		for _, h := range l.indexes[byPerson].find(fold(name)) {
			r := l.row(h.row)
			if r.get("name") != name {
				continue
			}
			for _, n := range list(r.get("names")) {
				if !slices.Contains(out.Names, n) {
					out.Names = append(out.Names, n)
				}
			}
			if r.table == People && out.Table != People {
				e := l.entry(h.row)
				e2 := *e
				e2.Names = out.Names
				for _, n := range e.Names {
					if !slices.Contains(e2.Names, n) {
						e2.Names = append(e2.Names, n)
					}
				}
				if e2.Country == "" {
					e2.Country = out.Country
				}
				out = &e2
			} else if c := r.get("country"); out.Country == "" && len(c) == 3 {
				out.Country = c
			}
		}
	}
	return out
}
