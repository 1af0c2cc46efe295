package kb

import (
	"iter"
	"strings"
)

// Entry is somebody or something that the knowledge base has. Unknown fields are empty.
type Entry struct {
	// ID is the ISO 3166-1 alpha-3 code of a state, and else a prefix and a name:
	// "org:nato", "group:kurds", "outlet:cnn", "person:joe-biden".
	ID    string
	Table Table  // where it stands
	Name  string // as news writes it
	Names []string
	// Type is "state", the type of a body or of a group, the kind of an outlet, the role
	// of a person.
	Type string
	// Country is the ISO 3166-1 alpha-3 code of the state that it is or belongs to.
	Country string
	Sector  string // a PLOVER agent code
	Parent  string // id of the body that it is part of; a person's affiliation
	Term    Term   // when it was so, where the table says that
	State   *State // of a state
	Outlet  *Outlet
}

// State is what else is known of a state.
type State struct {
	ISO2       string
	Adjectives []string // "American", "US"
	Demonyms   []string // "Americans", "American"
	Capital    string
	// Seats are words that stand for the government: "Kremlin", "Downing Street". Whether
	// the capital does too, CapitalIsSeat says.
	Seats         []string
	CapitalIsSeat bool
}

// Outlet is what else is known of an outlet.
type Outlet struct {
	Domain string
	Kind   string // agency, newspaper, magazine, broadcaster, online or programme
	Owner  string // the family of its owner, such as "News Corp"
}

// As says how a name stands for an entry.
type As uint8

// The ways in which a name stands for an entry.
const (
	Name         As = iota // its name, or another full name of it
	Abbreviation           // "NATO", "U.S."
	Short                  // some of the words of its name: "Amnesty"
	Adjective              // of a state: "French"
	Demonym                // of a state: "Frenchmen"; a group's own names are names
	Capital                // of a state, which may stand for its government
	Seat                   // of a state's government: "Kremlin"
	Surname                // of a person
	Domain                 // of an outlet
)

// String returns the lower-case name of the way.
func (a As) String() string {
	return [...]string{"name", "abbreviation", "short", "adjective", "demonym", "capital", "seat", "surname", "domain"}[a]
}

// Ref is an entry and how the name that was looked up stands for it.
type Ref struct {
	Entry *Entry
	As    As
}

// entry reads a row. Rows of titles, holders and rivals are no entries.
func (r row) entry() *Entry {
	e := &Entry{
		ID: r.get("id"), Table: r.table, Name: r.get("name"), Names: list(r.get("names")),
		Type: r.get("type"), Country: r.get("country"), Sector: r.get("sector"), Parent: r.get("parent"),
	}
	e.Term, _ = newTerm(r.get("from"), r.get("to"), 0)
	switch r.table {
	case States:
		e.Type, e.Country, e.Sector = "state", e.ID, "GOV"
		e.State = &State{
			ISO2: r.get("iso2"), Adjectives: list(r.get("adjectives")), Demonyms: list(r.get("demonyms")),
			Capital: r.get("capital"), Seats: list(r.get("seats")), CapitalIsSeat: r.get("capital_is_seat") == "yes",
		}
	case Outlets:
		e.Type, e.Sector = r.get("kind"), "JRN"
		e.Outlet = &Outlet{Domain: r.get("domain"), Kind: r.get("kind"), Owner: r.get("owner")}
	case People:
		e.Type, e.Parent = r.get("role"), r.get("affiliation")
	}
	return e
}

// names returns every name of the entry with the way in which it stands for it.
func (e *Entry) names() iter.Seq2[string, As] {
	return func(yield func(string, As) bool) {
		each := func(names []string, as As) bool {
			for _, n := range names {
				if !yield(n, as) {
					return false
				}
			}
			return true
		}
		if !yield(e.Name, nameKind(e.Name, "")) {
			return
		}
		for _, n := range e.Names {
			if !yield(n, nameKind(n, e.Name)) {
				return
			}
		}
		if e.State == nil {
			return
		}
		if each(e.State.Adjectives, Adjective) && each(e.State.Demonyms, Demonym) && each(e.State.Seats, Seat) && e.State.Capital != "" {
			yield(e.State.Capital, Capital)
		}
	}
}

// nameKind tells abbreviations and short forms of the full name from other names.
func nameKind(name, full string) As {
	capitals, small := 0, 0
	for _, r := range name {
		switch {
		case r >= 'A' && r <= 'Z':
			capitals++
		case r >= 'a' && r <= 'z' || r > 127:
			small++
		}
	}
	if small == 0 && capitals > 1 {
		return Abbreviation // "U.S.", "FARC-EP", "G20"
	}
	words := strings.Fields(full)
	for _, w := range strings.Fields(name) {
		i := 0
		for i < len(words) && words[i] != w {
			i++
		}
		if i == len(words) {
			return Name
		}
		words = words[i+1:]
	}
	if len(full) > len(name) {
		return Short
	}
	return Name
}

// list splits a field that holds several values.
func list(s string) []string {
	if s == "" {
		return nil
	}
	parts := strings.Split(s, "|")
	out := parts[:0]
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}
