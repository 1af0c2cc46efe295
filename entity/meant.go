package entity

import (
	"slices"
	"strings"

	"hearsay/lexicon/kb"
)

// busy says whether a person is in office or a candidate on a day.
func busy(p *kb.Person, day kb.Day) bool {
	covers, sure := p.Term.Covers(day)
	return day != 0 && (len(p.Holds) > 0 || covers && sure && strings.Contains(p.Type, "candidate"))
}

// meant returns whom the tables have by a name on a day: of several the one of that full
// name, those in office or candidates, and of these the ones in a high office: «Obama» is
// the President and not his wife.
func meant(known *kb.KB, name string, day kb.Day) []kb.Person {
	all := known.PersonByName(name, day)
	if len(all) < 2 {
		return all
	}
	keep := func(f func(p *kb.Person) bool) {
		var out []kb.Person
		for i := range all {
			if f(&all[i]) {
				out = append(out, all[i])
			}
		}
		if len(out) > 0 {
			all = out
		}
	}
	high := func(p *kb.Person) bool {
		return strings.Contains(p.Type, "candidate") || slices.ContainsFunc(p.Holds, func(h kb.Holder) bool { return h.Office != "other" })
	}
	keep(func(p *kb.Person) bool { return strings.EqualFold(p.Name, name) })
	if len(all) > 1 {
		keep(func(p *kb.Person) bool { return busy(p, day) })
	}
	if len(all) > 1 {
		keep(func(p *kb.Person) bool { return busy(p, day) && high(p) })
	}
	return all
}
